"""The Windows program made on Debian: frozen under wine, packed, installed, tried out, and taken off again.

``dev.py windows`` runs all steps; words after it choose some of :data:`STEPS`. Products: ``dist/windows`` with Setup.exe, the zip, their
SHA-256 sums and ``report.json``, which is printed too. Needs root on Debian or Ubuntu for the packages; nothing of the machine's own user
is touched, since wine gets a home of its own under ``build/windows``.

Python comes signed (``windows_python.py``), libraries by their hashes (``requirements-windows.lock``). numpy is held at the newest version
that wine can run, and two DLLs that Windows 10 has and wine lacks are stood in for (``shims/``); they are for the trial alone, and the
build fails if one is collected.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import products
import windows_python
import windows_trial
from wine import Wine, add_locale, compile_shims

FOLDER: Final = Path(__file__).resolve().parent
ROOT: Final = FOLDER.parent
WORK: Final = ROOT / "build" / "windows"
PRODUCTS: Final = ROOT / "dist" / "windows"

DEBIAN_PACKAGES: Final = (
    "wine",
    "wine64",
    "xvfb",
    "osslsigncode",
    "nsis",
    "gcc-mingw-w64-x86-64-win32",
    "mingw-w64-x86-64-dev",
    "locales",
)
_STAND_INS: Final = ("icu", "mscms", "ucrtbase", "api-ms-")
_SOURCES: Final = ("src", "resources", "packaging", "LICENSE")


def say(text: str) -> None:
    """A line about what happens now."""
    print(f"[windows] {text}", flush=True)


class Build:
    """The steps, each on what the one before it left in the folders."""

    def __init__(self, wine: Wine) -> None:
        self._wine = wine
        self.payload = wine.c / "dist" / "denkidesk"

    def prepare(self) -> dict[str, Any]:
        """Python for Windows, the locked libraries, the stand-ins."""
        archive = windows_python.download(WORK / "downloads")
        python = self._wine.c / "py"
        shutil.rmtree(python, ignore_errors=True)
        counts = windows_python.unpack(archive, python)
        # --no-deps: the lock is closed already, and pip would answer questions about the system for the machine it runs on.
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        system = ["--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp", "--only-binary", ":all:"]
        what = ["-r", str(FOLDER / "requirements-windows.lock"), "--target", str(python / "Lib" / "site-packages")]
        subprocess.run([*pip, *system, "--ignore-requires-python", "--no-compile", *what], check=True)
        compile_shims(FOLDER / "shims", self._wine.c / "windows" / "system32")
        asked = "import sys, locale; print(sys.version.split()[0], locale.getencoding())"
        answer = self._wine.run(r"C:\py\python.exe", "-c", asked, limit_s=120).output.strip()
        if answer != f"{windows_python.VERSION} cp932":
            raise RuntimeError(f"Python under wine answers: {answer}")
        return {"python": answer, "python_files": counts}

    def build(self) -> dict[str, Any]:
        """The frozen program, by the same spec as on a real Windows machine."""
        source = self._wine.c / "src" / "denkidesk"
        shutil.rmtree(source, ignore_errors=True)
        shutil.rmtree(self.payload, ignore_errors=True)
        source.mkdir(parents=True)
        for name in _SOURCES:
            origin = ROOT / name
            if origin.is_dir():
                shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(origin, source)
        options = ["-y", "--clean", "--log-level", "WARN", "--distpath", r"C:\dist", "--workpath", r"C:\work"]
        ended = self._wine.run(r"C:\py\python.exe", "-m", "PyInstaller", *options, r"packaging\denkidesk.spec", cwd=source, limit_s=1800)
        (WORK / "pyinstaller.log").write_text(ended.output, encoding="utf-8")
        if ended.code != 0:
            raise RuntimeError(f"PyInstaller ended with {ended.code}:\n{ended.output[-4000:]}")
        strangers = [file.name for file in self.payload.rglob("*") if file.name.lower().startswith(_STAND_INS) and file.suffix == ".dll"]
        if strangers:
            raise RuntimeError(f"libraries of the system were collected: {strangers}")
        products.add_read_me(self.payload)
        return {"installed_mb": products.megabytes(self.payload), "files": sum(1 for file in self.payload.rglob("*") if file.is_file())}

    def pack(self) -> dict[str, Any]:
        """Setup.exe, the plain zip, and their sums."""
        return dict(products.make_all(self.payload, PRODUCTS))

    def try_out(self) -> dict[str, Any]:
        """Installs, runs, updates and uninstalls the very Setup.exe that would be handed out."""
        return windows_trial.Trial(self._wine, next(PRODUCTS.glob("*-Setup.exe")), next(PRODUCTS.glob("*.zip")), WORK).run()

    def tour(self) -> dict[str, Any]:
        """The clerk's day in the real window, as ``dev.py tour`` walks it; pictures in ``build/windows/tour``. It takes minutes."""
        pictures, home = self._wine.c / "旅" / "写真", self._wine.c / "旅" / "控え"
        for folder in (pictures, home, WORK / "tour"):
            shutil.rmtree(folder, ignore_errors=True)
        program = self._wine.path(self.payload / "denkidesk.exe")
        options = ["--practice", "--home", self._wine.path(home), "--tour", self._wine.path(pictures)]
        ended = self._wine.run(program, *options, limit_s=900)
        if pictures.exists():
            shutil.copytree(pictures, WORK / "tour")
        return {"ok": ended.code == 0, "exit_code": ended.code, "pictures": len(list((WORK / "tour").glob("*.png")))}


def install_packages() -> None:
    """By apt, as root; what is missing is named otherwise."""
    known = subprocess.run(["dpkg", "-s", *DEBIAN_PACKAGES], check=False, capture_output=True).returncode == 0
    if known:
        return
    if os.geteuid() != 0:
        sys.exit(f"[windows] needed: sudo apt-get install --no-install-recommends {' '.join(DEBIAN_PACKAGES)}")
    say("installing " + " ".join(DEBIAN_PACKAGES))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=600"]
    subprocess.run(["apt-get", *wait, "update", "-q"], env=env, check=True, stdout=subprocess.DEVNULL)
    install = ["apt-get", *wait, "install", "-y", "-q", "--no-install-recommends"]
    subprocess.run([*install, *DEBIAN_PACKAGES], env=env, check=True, stdout=subprocess.DEVNULL)


STEPS: Final[dict[str, Callable[[Build], dict[str, Any]]]] = {
    "prepare": Build.prepare,
    "build": Build.build,
    "pack": Build.pack,
    "try": Build.try_out,
    "tour": Build.tour,
}
ON_DEMAND: Final = ("tour",)


def main(arguments: list[str]) -> int:
    """Runs the steps; 0 only if all that they check is as it must be."""
    if unknown := set(arguments) - set(STEPS):
        sys.exit(f"[windows] no such step: {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
    install_packages()
    add_locale()
    WORK.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {}
    with Wine(WORK).running() as wine:
        build = Build(wine)
        for name, step in STEPS.items():
            if name not in arguments and (arguments or name in ON_DEMAND):
                continue
            say(name)
            started = time.monotonic()
            report[name] = {**step(build), "took_s": round(time.monotonic() - started, 1)}
    text = json.dumps(report, ensure_ascii=False, indent=2)
    if PRODUCTS.is_dir():
        (PRODUCTS / "report.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0 if all(step.get("ok", True) for step in report.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
