#!/usr/bin/env python3
"""Every chore of the project, from a fresh clone on: ``python3 packaging/dev.py COMMAND``.

Standard library only, because it runs before anything is installed. It makes ``.venv``, installs the locked dependencies (nothing
when they have not changed), and on Debian and Ubuntu the few system libraries that Qt needs.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
RUNTIME_LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"
WINDOWS_LOCK = ROOT / "packaging" / "requirements-windows.lock"
UV_VERSION = "0.13.9"
WINDOWS_NUMPY = "numpy==2.0.2"  # 2.1 and later import ucrtbase.crealf, which neither wine 8 nor wine 10 has
ATTACKS = ("matrix", "answers", "fuzz")
PICTURES = ROOT / "packaging" / "pictures"
OFFSCREEN = f"offscreen:configfile={ROOT / 'packaging' / 'screen.json'}"  # a desk's screen: Qt's own is 800x800
README_PICTURES = ("inbox-status", "outage-fault", "price-sheet", "bill", "usage", "inbox-dark")
OLDEST, NEWEST = (3, 11), (3, 13)
WORKERS = ("-n", "3", "--dist", "worksteal")  # one more than the two cores of the usual machine: a third of a test's time is waiting

# What Qt's platform plugins load on Linux, by shared library; the wheel brings all the rest.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class ChoreFailed(Exception):
    """The chore cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    print(f"[dev] {text}", flush=True)


def venv_program(name: str) -> Path:
    return VENV / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Runs a program in the project's root; raises ChoreFailed with its exit code."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if code:
        raise ChoreFailed(f"{Path(str(command[0])).name} ended with {code}")


# --- set-up ----------------------------------------------------------------------------------------------------------


def suitable_python() -> str:
    """This interpreter if the project supports it, else one from PATH."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise ChoreFailed(f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed; this is {sys.version.split()[0]}")


def install_system_packages(packages: Sequence[str], purpose: str) -> None:
    """With apt as root; otherwise prints the command and goes on, since the program itself says what it misses."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        say(f"{purpose} needs: {' '.join(packages)}. On Debian or Ubuntu: sudo {' '.join(command)}")
        return
    say(f"installing for {purpose}: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=env, check=False, stdout=subprocess.DEVNULL)
    if subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL).returncode:
        raise ChoreFailed(f"apt-get could not install {' '.join(packages)}")


def missing_qt_packages() -> list[str]:
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_freezing_packages() -> list[str]:
    """What PyInstaller needs on Linux: a tool that writes into programs, and Python as a library, which Debian packs apart."""
    missing = [] if shutil.which("objcopy") else ["binutils"]
    if sys.base_prefix == "/usr":
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        try:
            ctypes.CDLL(f"libpython{version}.so.1.0")
        except OSError:
            missing.append(f"libpython{version}")
    return missing


def wanted_stamp(python: str, lock: Path) -> str:
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), python.encode(), str(VENV).encode()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def set_up(*, with_tests: bool = False) -> None:
    """Makes ``.venv`` and installs what is locked; does nothing when nothing has changed."""
    if sys.platform == "linux":
        install_system_packages(missing_qt_packages(), "Qt")
        if with_tests and not shutil.which("Xvfb"):
            install_system_packages(["xvfb", "xauth"], "tests on a virtual screen")
        if with_tests:
            install_system_packages(missing_freezing_packages(), "the frozen program")
    python = suitable_python()
    lock = DEV_LOCK if with_tests else RUNTIME_LOCK
    stamps = {"dev": VENV / "denkidesk-dev.stamp", "run": VENV / "denkidesk-run.stamp"}
    mine = stamps["dev" if with_tests else "run"]
    dev_is_current = stamps["dev"].exists() and stamps["dev"].read_text() == wanted_stamp(python, DEV_LOCK)
    if dev_is_current or (mine.exists() and mine.read_text() == wanted_stamp(python, lock)):
        return
    if not venv_program("python").exists() or not _pip_works():
        say(f"making {VENV.name} with {python}")
        _make_venv(python)
    say("installing the locked dependencies")
    pip = [str(venv_program("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    for stamp in stamps.values():
        stamp.unlink(missing_ok=True)
    mine.write_text(wanted_stamp(python, lock))


def _pip_works() -> bool:
    probe = [str(venv_program("python")), "-m", "pip", "--version"]
    return subprocess.run(probe, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def _make_venv(python: str) -> None:
    if python == sys.executable and importlib.util.find_spec("ensurepip") is None:
        # Debian packs ensurepip apart from Python
        install_system_packages([f"python3.{sys.version_info[1]}-venv"], "the virtual environment")
    shutil.rmtree(VENV, ignore_errors=True)
    run(python, "-m", "venv", VENV)


# --- chores ----------------------------------------------------------------------------------------------------------


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def chore_run(arguments: list[str]) -> None:
    """Starts the desk on the built-in practice servers."""
    set_up()
    if not has_display() and os.environ.get("QT_QPA_PLATFORM", "") not in ("offscreen", "minimal", "vnc"):
        raise ChoreFailed(
            "this machine has no display, so the window cannot open. See the desk at work without one:\n"
            "      python3 packaging/dev.py tour DIR     (saves a picture of each step in DIR)"
        )
    run(venv_program("denkidesk"), "--practice", *arguments)


def chore_tour(arguments: list[str]) -> None:
    """Walks the main job in the real window and saves numbered pictures: tour DIR [--xvfb]."""
    set_up(with_tests="--xvfb" in arguments)
    rest = [argument for argument in arguments if argument != "--xvfb"]
    directory = rest[0] if rest else "tour"
    command: list[str | Path] = [venv_program("denkidesk"), "--practice", "--tour", directory]
    env = dict(os.environ)
    if "--xvfb" in arguments:
        command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", *command]
        env["QT_QPA_PLATFORM"] = "xcb"
    elif not has_display():
        env["QT_QPA_PLATFORM"] = OFFSCREEN
    run(*command, env=env)


def chore_pictures(_arguments: list[str]) -> None:
    """Makes the README's pictures anew from the tour."""
    with tempfile.TemporaryDirectory() as directory:
        # a home of its own, so that the pictures do not show whatever was practised here before
        home = str(Path(directory) / "home")
        set_up()
        env = {**os.environ, "QT_QPA_PLATFORM": OFFSCREEN}
        run(venv_program("denkidesk"), "--home", home, "--practice", "--tour", directory, env=env)
        for picture in Path(directory).glob("[0-9][0-9]-*.png"):
            wanted = PICTURES / picture.name[3:]
            if picture.stem[3:] in README_PICTURES:
                shutil.copyfile(picture, wanted)


def chore_lint(_arguments: list[str]) -> None:
    """Checks style, formatting, types and import rules."""
    set_up(with_tests=True)
    python = venv_program("python")
    _each(
        ("ruff check", lambda: run(python, "-m", "ruff", "check", ".")),
        ("ruff format", lambda: run(python, "-m", "ruff", "format", "--check", ".")),
        ("mypy", lambda: run(python, "-m", "mypy")),
        ("import rules", lambda: run(venv_program("lint-imports"))),
    )


def chore_test(arguments: list[str]) -> None:
    """Runs everything that must pass: lint, types, import rules and all tests. Further words go to pytest."""
    set_up(with_tests=True)
    workers = [] if arguments else WORKERS
    tests = lambda: run(venv_program("python"), "-m", "pytest", *workers, *arguments, env=test_environment())  # noqa: E731 - one of a list of steps
    if arguments:
        tests()
        return
    _each(("lint", lambda: chore_lint([])), ("pytest", tests))


def test_environment() -> dict[str, str]:
    """Tests never see the person's own settings, proxies or screen; the hundreds of processes that they start compile nothing twice."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DENKIDESK_") and name != "PYTHONDONTWRITEBYTECODE"}
    env.setdefault("QT_QPA_PLATFORM", OFFSCREEN)
    return env


def chore_bench(arguments: list[str]) -> None:
    """Runs the benchmarks and prints their figures as JSON lines: bench [NAME...]."""
    set_up(with_tests=True)
    programs = sorted((ROOT / "bench").glob("*.py"))
    chosen = [p for p in programs if not p.stem.startswith("_") and (not arguments or p.stem in arguments)]
    if not chosen:
        raise ChoreFailed(f"no such benchmark; there are: {', '.join(p.stem for p in programs)}")
    _each(*((program.stem, lambda program=program: run(venv_program("python"), program)) for program in chosen))


def chore_attack(arguments: list[str]) -> None:
    """Runs the attacks in their full size, of which the tests take a seeded tenth: attack [matrix] [answers] [fuzz]."""
    if unknown := set(arguments) - set(ATTACKS):
        raise ChoreFailed(f"no such attack: {', '.join(sorted(unknown))}; there are: {', '.join(ATTACKS)}")
    set_up(with_tests=True)
    env = {**test_environment(), "ATTACK": "whole"}
    pytest = [venv_program("python"), "-m", "pytest", "-s", *WORKERS, "--timeout", "900"]
    files = {name: next((ROOT / "tests").rglob(f"test_attack_{name}.py")) for name in arguments or ATTACKS}
    _each(*((name, lambda file=file: run(*pytest, file, env=env)) for name, file in files.items()))


def chore_bundle(arguments: list[str]) -> None:
    """Freezes the program for this machine and has the frozen one prove itself: bundle [--into DIR] [--setup]."""
    set_up(with_tests=True)
    run(venv_program("python"), ROOT / "packaging" / "bundle.py", *arguments)


def chore_windows(arguments: list[str]) -> None:
    """Makes and tries the Windows build, Setup.exe and zip on Debian, under wine: windows [prepare] [build] [pack] [try]."""
    set_up(with_tests=True)
    run(venv_program("python"), ROOT / "packaging" / "windows.py", *arguments)


def chore_format(_arguments: list[str]) -> None:
    """Formats the code and mends what can be mended without a person."""
    set_up(with_tests=True)
    run(venv_program("python"), "-m", "ruff", "check", "--fix", ".")
    run(venv_program("python"), "-m", "ruff", "format", ".")


def chore_lock(arguments: list[str]) -> None:
    """Writes the lock files anew from pyproject.toml, for every supported Python and system; newer versions only with --upgrade."""
    set_up(with_tests=True)
    tool = ROOT / "build" / "uv"
    run(venv_program("python"), "-m", "pip", "install", "--quiet", "--target", tool, "--upgrade", f"uv=={UV_VERSION}")
    uv = tool / "bin" / ("uv.exe" if WINDOWS else "uv")
    options = ["--universal", "--python-version", f"{OLDEST[0]}.{OLDEST[1]}", "--generate-hashes", "--no-header", "--quiet"]
    newer = ["--upgrade"] if "--upgrade" in arguments else []
    options += newer
    run(uv, "pip", "compile", "pyproject.toml", "--group", "dev", *options, "-o", DEV_LOCK)
    run(uv, "pip", "compile", "pyproject.toml", "--group", "build", "-c", DEV_LOCK, *options, "--no-annotate", "-o", RUNTIME_LOCK)
    # The Windows build has one Python and one system, and the versions of the lock above; numpy is held for wine (packaging/windows.py).
    held = ROOT / "build" / "windows-constraints.txt"
    pins = [line.removesuffix(" \\") for line in DEV_LOCK.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    held.write_text("\n".join([*(pin for pin in pins if not pin.startswith("numpy==")), WINDOWS_NUMPY]), encoding="utf-8")
    windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.12", "--only-binary", ":all:"]
    shape = ["--generate-hashes", "--no-header", "--quiet", "--no-annotate", *newer]
    run(uv, "pip", "compile", "pyproject.toml", "--group", "bundle", "-c", held, *windows, *shape, "-o", WINDOWS_LOCK)


def _each(*steps: tuple[str, Callable[[], None]]) -> None:
    """Runs every step even if one fails, so that one run names all that is wrong."""
    failed = []
    for name, step in steps:
        started = time.monotonic()
        say(name)
        try:
            step()
        except ChoreFailed as failure:
            failed.append(f"{name} ({failure})")
        say(f"{name}: {time.monotonic() - started:.0f} s")
    if failed:
        raise ChoreFailed("failed: " + ", ".join(failed))


def chore_setup(_arguments: list[str]) -> None:
    """Makes the environment with all that tests need, and nothing more."""
    set_up(with_tests=True)


CHORES: dict[str, Callable[[list[str]], None]] = {
    "run": chore_run,
    "test": chore_test,
    "tour": chore_tour,
    "pictures": chore_pictures,
    "lint": chore_lint,
    "format": chore_format,
    "bench": chore_bench,
    "attack": chore_attack,
    "bundle": chore_bundle,
    "windows": chore_windows,
    "lock": chore_lock,
    "setup": chore_setup,
}


def main() -> int:
    listing = "\n".join(f"  {name:8} {(chore.__doc__ or '').splitlines()[0]}" for name, chore in CHORES.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Every chore of the project.",
        epilog="commands:\n" + listing,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("command", choices=CHORES, metavar="COMMAND", help="one of: " + ", ".join(CHORES))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed to the command")
    options = parser.parse_args()
    try:
        CHORES[options.command](options.arguments)
    except ChoreFailed as failure:
        print(f"[dev] {failure}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
