"""What packaging/ promises about the frozen program, as far as it can be seen without building one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from denkidesk import __version__
from denkidesk.credentials import SECRET_NAMES, _service_of
from denkidesk.settings import default_home

PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def contents(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """``packaging/contents.py``, imported as the spec imports it."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import contents

    yield contents
    sys.modules.pop("contents", None)


@pytest.mark.parametrize(
    ("destination", "kept"),
    [
        ("PySide6/translations/qtbase_ja.qm", True),
        ("PySide6\\translations\\qtbase_de.qm", False),
        ("PySide6/Qt/translations/qtbase_ja.qm", True),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/imageformats/qsvg.dll", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/plugins/imageformats/qwebp.dll", False),
        ("PySide6/plugins/tls/qopensslbackend.dll", False),
        ("matplotlib/mpl-data/matplotlibrc", True),
        ("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf", True),
        ("matplotlib/mpl-data/fonts/ttf/LastResortHE-Regular.ttf", True),
        ("matplotlib/mpl-data/fonts/ttf/cmr10.ttf", False),
        ("matplotlib/mpl-data/sample_data/grace_hopper.jpg", False),
        ("tzdata/zoneinfo/Asia/Tokyo", True),
        ("tzdata/zoneinfo/Europe/Paris", False),
        ("zeep-4.3.3.dist-info/METADATA", True),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("zeep-4.3.3.dist-info/RECORD", False),
        ("resources/fonts/BIZUDPGothic_400Regular.ttf", True),
    ],
)
def test_what_is_needed_goes_in_and_nothing_else(contents: ModuleType, destination: str, kept: bool) -> None:
    assert contents.is_kept(destination) is kept


def test_the_console_program_has_the_words_but_not_the_window(contents: ModuleType) -> None:
    assert contents.is_for_console("denkidesk.texts.errors")
    assert contents.is_for_console("denkidesk.billing.engine")
    assert contents.is_for_console("jpholiday")
    assert not contents.is_for_console("denkidesk.ui.shell.main_window")
    assert not contents.is_for_console("PySide6")


def test_every_module_of_the_desk_is_named(contents: ModuleType) -> None:
    names = contents.own_modules()
    assert {"denkidesk", "denkidesk.main", "denkidesk.cli.doctor", "denkidesk.smoke.walk"} <= set(names)
    assert not [name for name in names if name.endswith("__init__")]


def test_windows_is_told_the_programs_own_version(contents: ModuleType) -> None:
    assert contents.version() == __version__
    resource = contents.version_resource("denkidesk-cli")
    assert f"'ProductVersion', '{__version__}'" in resource
    assert "'OriginalFilename', 'denkidesk-cli.exe'" in resource
    assert re.search(r"filevers=\(\d+, \d+, \d+, \d+\)", resource)


def test_the_uninstaller_knows_the_desks_data_and_secrets() -> None:
    script = (PACKAGING / "installer.nsi").read_text(encoding="utf-8")
    assert f'!define FOLDER "{default_home().name}"' in script
    forgotten = set(re.findall(r'CredDeleteW\(w "([^"]+)"', script))
    assert forgotten == {_service_of(name) for name in SECRET_NAMES}
    # Only folders that Setup itself made are removed whole, and the data only by the one function that asks.
    removed = set(re.findall(r'RMDir /r "([^"]+)"', script))
    assert removed == {"$INSTDIR\\_internal", "$INSTDIR\\_internal.old", "$INSTDIR\\${FILE}", "$LOCALAPPDATA\\${FOLDER}"}


def test_the_windows_build_has_the_locked_versions() -> None:
    def pins(name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for library, version in re.findall(r"^([\w.-]+)==([\w.]+)", (PACKAGING / name).read_text(encoding="utf-8"), re.MULTILINE):
            found.setdefault(library, set()).add(version)
        return found

    locked, windows = pins("requirements-dev.lock"), pins("requirements-windows.lock")
    different = {library for library, versions in windows.items() if not versions <= locked.get(library, set())}
    assert different == {"numpy"}  # held for wine
    assert windows["numpy"] == {"2.0.2"}
    assert {"pyside6-essentials", "keyring", "pywin32-ctypes", "tzdata", "pyinstaller", "pefile"} <= set(windows)
