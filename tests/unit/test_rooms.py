"""The dependency rule where import-linter cannot see it: at run time, and in what a source file may not hold."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import denkidesk

PACKAGE = Path(denkidesk.__file__).parent
ROOMS_WITHOUT_QT = (
    "domain", "settings", "credentials", "wire", "store", "kansai", "enegaeru", "forms", "metering", "billing", "desk", "practice", "cli",
    "texts", "compose", "journal",
)  # fmt: skip


def modules_of(room: str) -> list[str]:
    place = PACKAGE.joinpath(*room.split("."))
    files = [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.rglob("*.py"))
    names = [".".join(("denkidesk", *file.relative_to(PACKAGE).with_suffix("").parts)) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def test_no_room_below_the_window_loads_qt() -> None:
    modules = [module for room in ROOMS_WITHOUT_QT for module in modules_of(room)]
    assert len(modules) > 80
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('PySide6', 'shiboken6', 'matplotlib')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_texts_do_not_load_their_screens() -> None:
    program = "import sys, denkidesk.texts.errors; print([n for n in sys.modules if n.startswith('denkidesk.ui.') and '.texts' not in n])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True, env=dict(os.environ))
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_of_readable_size_and_loads_nothing_that_can_run_data(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    tree = ast.parse(source)
    imported = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"pickle", "shelve", "marshal", "yaml"}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile"}
