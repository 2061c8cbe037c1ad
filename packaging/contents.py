"""What goes into the frozen program and what stays out: asked by ``denkidesk.spec``, which runs inside PyInstaller.

The trims were measured on the Windows build; ``--smoke`` of the frozen program proves that nothing was left out that the desk needs.
"""

import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
ROOT: Final = FOLDER.parent

# Never "unittest": pyparsing imports it, and matplotlib imports pyparsing.
EXCLUDED_MODULES: Final = [
    "tkinter",
    "_tkinter",
    "IPython",
    "setuptools",
    "pkg_resources",
    "PIL.ImageTk",
    "PIL._avif",
    "PIL._webp",
    "PIL._imagingcms",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "matplotlib.backends.backend_qtagg",  # pictures are drawn by Agg into an image and shown by our own widget
    "matplotlib._qhull",  # triangles and contours: loaded where somebody draws them, and no picture of the desk does
    "matplotlib._tri",
    "contourpy",
    "mpl_toolkits",  # three dimensions; ``ui.charts.library`` tells matplotlib not to look for them
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "httpx._main",  # httpx's own command line, and what it draws with
    "anyio",  # the half of httpx and httpcore that waits without a thread
    "asyncio",
    "multiprocessing",
    "click",
    "rich",
    "pygments",
    "pytest",  # offered by numpy.testing
    "_pytest",
    "psutil",
    "numpy.random",
    "numpy.f2py",
    "pydoc",  # with the two below: Python's own tools at a prompt
    "pydoc_data",
    "doctest",
    "pdb",
    "_pydecimal",  # decimal in Python, for machines without _decimal
]

_ONLY_FOR_THE_WINDOW: Final = (
    "PySide6",
    "shiboken6",
    "shibokensupport",
    "matplotlib",
    "PIL",
    "pyparsing",
    "fontTools",
    "kiwisolver",
    "cycler",
    "denkidesk.ui",
    "denkidesk.jobs",
    "denkidesk.smoke",
)

NAMED_LIBRARIES: Final = ("PySide6-Essentials", "zeep", "lxml", "httpx", "keyring", "matplotlib", "numpy", "msgspec", "jpholiday")
"""Whose version the desk tells in its self-description."""

_IMAGE_FORMATS: Final = ("qico", "qjpeg", "qsvg")
_FONTS_OF_MATPLOTLIB: Final = ("dejavusans.", "lastresort", "license")  # the minus sign and formulas; missing glyphs
_LEFT_OUT_PLUGINS: Final = (
    "/tls/",
    "/styles/",  # the desk is Fusion everywhere
    "/generic/",
    "/networkinformation/",
    "/egldeviceintegrations/",
    "/platforminputcontexts/qtvirtualkeyboard",
)
_LEFT_OUT_LIBRARIES: Final = frozenset({"opengl32sw.dll", "qdirect2d.dll", "qminimal.dll", "libqminimal.so"})
_LEFT_OUT_MATPLOTLIB: Final = ("/sample_data/", "/images/", "/fonts/afm/", "/fonts/pdfcorefonts/", "/plot_directive/")
_LICENCE_NAMES: Final = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)


def own_modules() -> list[str]:
    """Every module of the desk: some are imported by a name that only the running program knows."""
    source = ROOT / "src"
    names = (".".join(file.relative_to(source).with_suffix("").parts) for file in sorted((source / "denkidesk").rglob("*.py")))
    return [name.removesuffix(".__init__") for name in names]


def is_kept(destination: str) -> bool:
    """Whether a file is needed, by where it would lie in the program's folder."""
    path = "/" + destination.replace("\\", "/").lower()
    name = path.rsplit("/", 1)[-1]
    if ".dist-info/" in path:
        return path.startswith("/licenses/") or name in ("metadata", "entry_points.txt")
    if "pyside6/" in path and "/translations/" in path:
        return name == "qtbase_ja.qm"
    if name in _LEFT_OUT_LIBRARIES:
        return False
    if "qt6network" in name or name.startswith("qtnetwork."):
        return uses_qt_network()
    if "/plugins/" in path and any(part in path for part in _LEFT_OUT_PLUGINS):
        return False
    if "/plugins/imageformats/" in path:
        return name.removeprefix("lib").startswith(_IMAGE_FORMATS)
    if "/mpl-data/" in path:
        if "/fonts/ttf/" in path:
            return name.startswith(_FONTS_OF_MATPLOTLIB)
        return not any(part in path for part in _LEFT_OUT_MATPLOTLIB)
    if "/tzdata/zoneinfo/" in path:
        return path.endswith("/asia/tokyo")
    return True


def kind_of(name: str, kind: str) -> str:
    """PyInstaller's word for a module without docstrings: matplotlib's are as long as its code, numpy 2.0 needs its own."""
    return "PYMODULE-2" if kind == "PYMODULE" and name.partition(".")[0] == "matplotlib" else kind


def is_for_console(name: str) -> bool:
    """Whether the console program may need a module: it has no window, but its words come from ``texts``."""
    if name == "denkidesk.ui" or name.startswith("denkidesk.texts"):
        return True
    return not any(name == family or name.startswith(f"{family}.") for family in _ONLY_FOR_THE_WINDOW)


@cache
def uses_qt_network() -> bool:
    """Whether the desk itself imports QtNetwork; PyInstaller takes it along in any case."""
    return any("QtNetwork" in file.read_text(encoding="utf-8") for file in (ROOT / "src" / "denkidesk").rglob("*.py"))


def version() -> str:
    """The program's version, as the source says it."""
    text = (ROOT / "src" / "denkidesk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__[^=]*= "([^"]+)"', text)
    if found is None:
        raise ValueError("src/denkidesk/__init__.py names no version")
    return found[1]


def version_resource(program: str) -> str:
    """What Windows shows under "Details" of a program."""
    numbers = [*(int(part) for part in re.findall(r"\d+", version())), 0, 0, 0][:4]
    template = (FOLDER / "version_info.txt").read_text(encoding="utf-8")
    return template.format(numbers=tuple(numbers), text=version(), program=program)


def licences(modules: Iterable[str]) -> list[tuple[str, str]]:
    """(file, folder in the program) of the licences of everything that is inside; raises LookupError for a library that brings none."""
    found = [(str(ROOT / "LICENSE"), "licenses"), *((str(file), "licenses") for file in sorted((FOLDER / "licenses").iterdir()))]
    found += [(str(file), "licenses/python") for file in _python_licence()]
    for part in sorted(_distributions(modules)):
        own = _licence_files(distribution(part))
        if not own and not part.lower().startswith(("pyside6", "shiboken6")):  # theirs is in licenses/
            raise LookupError(f"{part} brings no licence file")
        folder = f"licenses/{part}-{distribution(part).version}"
        # The path inside the library's own licence folder is kept: several files may have one name.
        found += [(str(file), f"{folder}/{parent}".rstrip("/.")) for file, parent in own]
    return found


def _distributions(modules: Iterable[str]) -> set[str]:
    owners = packages_distributions()
    names = {re.split(r"[./]", module)[0] for module in modules} | {"PyInstaller"}
    parts = {part for name in names for part in owners.get(name, ())}
    return {part for part in parts if part.lower().replace("_", "-") != "denkidesk"}


def _licence_files(part: Distribution) -> list[tuple[Path, str]]:
    found = []
    for file in part.files or ():
        if ".dist-info" not in file.parts[0] or not _LICENCE_NAMES.search("/".join(file.parts[1:])):
            continue
        path = Path(str(part.locate_file(file)))
        inside = file.parts[1:-1]
        if path.is_file():
            found.append((path, "/".join(inside[1:] if inside[:1] == ("licenses",) else inside)))
    return found


def _python_licence() -> list[Path]:
    base = Path(sys.base_prefix)
    places = (base / "LICENSE.txt", base / "LICENSE", Path(sys.modules["os"].__file__ or "").parent / "LICENSE.txt")
    debian = sorted(Path("/usr/share/doc").glob(f"python{sys.version_info[0]}.{sys.version_info[1]}*/copyright"))
    return [next((place for place in (*places, *debian) if place.is_file()), ROOT / "LICENSE")][:1]
