"""Every place in the source where a dialog is made: ``module:function``, found by reading the source, so that a new one is found too."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import denkidesk

SOURCE: Final = Path(denkidesk.__file__).parent
_OF_QT: Final = frozenset(
    {
        "QDialog",
        "QMessageBox",
        "QErrorMessage",
        "QFileDialog",
        "QInputDialog",
        "QColorDialog",
        "QFontDialog",
        "QProgressDialog",
        "QWizard",
        "QAbstractPrintDialog",
        "QPrintDialog",
        "QPrintPreviewDialog",
        "QPageSetupDialog",
    }
)


def dialog_sites() -> frozenset[str]:
    """Functions that make a dialog, of their own or by a function whose annotation says that it hands one out."""
    trees = {module_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    classes = _dialog_classes(trees)
    makers = {
        node.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns).strip("\"'") in classes
    }
    return frozenset(
        f"{module}:{function}" for module, tree in trees.items() for function, call in _calls(tree) if _makes_one(call, classes, makers)
    )


def module_of(path: Path) -> str:
    """The module's name below the package."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


def _dialog_classes(trees: dict[str, ast.Module]) -> frozenset[str]:
    found = set(_OF_QT)
    defined = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while more := {node.name for node in defined for base in node.bases if _last(base) in found} - found:
        found |= more
    return frozenset(found)


def _calls(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _calls(node, f"{inside}.{node.name}".lstrip("."))
            continue
        if isinstance(node, ast.Call):
            yield inside, node
        yield from _calls(node, inside)


def _makes_one(call: ast.Call, classes: frozenset[str], makers: set[str]) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute) and _last(function.value) in _OF_QT:
        return function.attr[0].islower() and not function.attr.startswith("set")  # a static one: QFileDialog.getOpenFileName(...)
    return _last(function) in classes or (isinstance(function, ast.Name) and function.id in makers)


def _last(name: ast.expr) -> str:
    return name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
