"""What is handed out: the frozen folder with a word for the clerk, one Setup.exe, a plain zip, and their sums."""

import hashlib
import os
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import contents

FOLDER: Final = Path(__file__).resolve().parent
READ_ME: Final = "はじめにお読みください.txt"

_NSIS_ON_WINDOWS: Final = Path(r"C:\Program Files (x86)\NSIS\makensis.exe")


def sign(*files: Path) -> None:
    """Signs programs with the command of ``DENKIDESK_SIGN``, such as ``signtool sign /fd SHA256 /a``; without one they stay unsigned."""
    command = shlex.split(os.environ.get("DENKIDESK_SIGN", ""), posix=os.name == "posix")
    for file in files if command else ():
        subprocess.run([*command, str(file)], check=True)


def add_read_me(payload: Path) -> None:
    """The clerk's first page, in the encoding that Windows' own editor shows without a question."""
    text = (FOLDER / "read_me.ja.txt").read_text(encoding="utf-8").format(version=contents.version())
    (payload / READ_ME).write_text(text, encoding="utf-8-sig", newline="\r\n")


def make_all(payload: Path, target: Path) -> dict[str, float]:
    """Setup.exe, the zip and SHA256SUMS in ``target``, which is emptied first; returns sizes in units of 1,000,000 bytes."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    setup = target / f"DenkiDesk-{contents.version()}-Setup.exe"
    archive = target / f"DenkiDesk-{contents.version()}-win64.zip"
    sign(*sorted(payload.glob("*.exe")))
    make_setup(payload, setup)
    sign(setup)
    make_zip(payload, archive)
    write_sums(target / "SHA256SUMS", (setup, archive))
    return {"setup_mb": megabytes(setup), "zip_mb": megabytes(archive)}


def make_setup(payload: Path, setup: Path) -> None:
    """One Setup.exe from a frozen folder; needs NSIS 3."""
    makensis = shutil.which("makensis") or str(_NSIS_ON_WINDOWS)
    values = {
        "PAYLOAD": payload,
        "OUT": setup,
        "VERSION": contents.version(),
        "ICON": FOLDER / "denkidesk.ico",
        "SIDE": FOLDER / "setup_side.bmp",
    }
    defines = [f"-D{name}={value}" for name, value in values.items()]
    subprocess.run([makensis, "-V2", "-INPUTCHARSET", "UTF8", *defines, str(FOLDER / "installer.nsi")], check=True)


def make_zip(payload: Path, archive: Path) -> None:
    """For a company whose rules stop Setup.exe: unpack and start."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(payload.rglob("*")):
            file.write(path, Path("DenkiDesk") / path.relative_to(payload))


def write_sums(target: Path, files: Iterable[Path]) -> None:
    """As ``sha256sum`` writes and checks them."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")


def megabytes(path: Path) -> float:
    """Size of a file or of all files of a folder, in units of 1,000,000 bytes."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)
