"""The folder in which all users of this machine meet at one gate."""

import contextlib
import os
import stat
import sys
import zlib
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from denkidesk.settings import KansaiSettings, Places

_NAME: Final = "denkidesk-gate"
_RIGHTS: Final = "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;BU)"
"""Windows: system and administrators may do all, every user may read, write and delete, and so with what is made in it."""


def shared_folder() -> Path:
    """Where it is; it is made when a gate in it is first opened."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or "C:/ProgramData") / "DenkiDesk"
    return Path("/Users/Shared" if sys.platform == "darwin" else "/var/tmp") / _NAME  # noqa: S108 - never followed through a link, see below


def gate_place(places: Places, kansai: KansaiSettings) -> tuple[Path, str, Path | None]:
    """Folder, name and fallback of the gate: one for a company and machine; a server on this machine has its own in the home.

    Who the company is cannot be read from the name.
    """
    own = places.gate_dir(kansai)
    if places.practice or kansai.on_this_machine:
        return own, "kansai", None
    address = urlsplit(kansai.base_url)
    company = f"{address.hostname}:{address.port or address.scheme}/{kansai.login_id.strip()}"
    return shared_folder(), f"kansai-{zlib.crc32(company.encode('utf-8', 'surrogatepass')):08x}", own


def is_usable(folder: Path) -> bool:
    """Whether a gate can stand there, as far as can be told without writing."""
    try:
        _refuse_links(folder)
    except FileNotFoundError:
        return os.access(folder.parent, os.W_OK | os.X_OK)
    except OSError:
        return False
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def make(folder: Path) -> None:
    """Makes the folder if it is not there, open to every user of this machine. Raises OSError, also where it is a link or no folder."""
    try:
        _refuse_links(folder)
    except FileNotFoundError:
        with contextlib.suppress(FileExistsError):  # another process was quicker
            _make_for_all(folder)
        _refuse_links(folder)


def _refuse_links(folder: Path) -> None:
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or bool(getattr(status, "st_reparse_tag", None)):
        raise NotADirectoryError(str(folder))


if sys.platform == "win32":

    def _make_for_all(folder: Path) -> None:
        import ctypes
        from ctypes import wintypes

        class SecurityAttributes(ctypes.Structure):
            _fields_ = (("length", wintypes.DWORD), ("descriptor", wintypes.LPVOID), ("inherit", wintypes.BOOL))

        descriptor = wintypes.LPVOID()
        convert = ctypes.WinDLL("advapi32", use_last_error=True).ConvertStringSecurityDescriptorToSecurityDescriptorW
        convert.argtypes = (wintypes.LPCWSTR, wintypes.DWORD, ctypes.POINTER(wintypes.LPVOID), ctypes.POINTER(wintypes.ULONG))
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel32.CreateDirectoryW.argtypes = (wintypes.LPCWSTR, ctypes.POINTER(SecurityAttributes))
        kernel32.LocalFree.argtypes = (wintypes.HLOCAL,)
        if not convert(_RIGHTS, 1, ctypes.byref(descriptor), None):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            rights = SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, False)
            if not kernel32.CreateDirectoryW(str(folder), ctypes.byref(rights)):
                raise ctypes.WinError(ctypes.get_last_error())
        finally:
            kernel32.LocalFree(descriptor)

else:

    def _make_for_all(folder: Path) -> None:
        import tempfile

        made = Path(tempfile.mkdtemp(prefix=".denkidesk-", dir=folder.parent))
        try:
            made.chmod(0o1777)  # nobody removes the files of another
            made.rename(folder)  # under its name it is open to all from the first moment
        except OSError as error:
            made.rmdir()
            if not folder.exists():
                raise
            raise FileExistsError from error
