"""What about the places of the data is worth a word although the desk can work: said once by the window, always by the doctor."""

import json
import ntpath
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.settings import KansaiSettings, Places
from denkidesk.wire.gate_file import GateFile, State
from denkidesk.wire.gate_folder import gate_place, is_usable

_SYNCED_NAMES: Final = re.compile(
    r"(OneDrive( - .+)?|Dropbox( \(.+\))?|Google ?Drive(-.+)?|My ?Drive|マイ ?ドライブ|iCloud ?Drive|CloudStorage)", re.IGNORECASE
)
_SYNCED_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_DROPBOX_SAYS: Final = (("APPDATA", "Dropbox/info.json"), ("LOCALAPPDATA", "Dropbox/info.json"), ("HOME", ".dropbox/info.json"))
_NETWORK_TYPES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs"}
)
_REMOTE_DRIVE: Final = 4
_MOUNTS: Final = Path("/proc/self/mountinfo")


def cautions(places: Places, kansai: KansaiSettings) -> tuple[SetupFault, ...]:
    """Facts about the home folder and, where a real utility is set up, about the gate; empty where there is nothing to say."""
    found = []
    if is_synced(places.home):
        found.append(SetupFault(str(places.home), "folder", InstallationCode.SYNCED_FOLDER))
    if is_on_network(places.home):
        found.append(SetupFault(str(places.home), "folder", InstallationCode.NETWORK_FOLDER))
    if kansai.base_url:
        folder, _, fallback = gate_place(places, kansai)
        if fallback is not None and not is_usable(folder):
            found.append(SetupFault(str(folder), "gate", InstallationCode.NOT_SHARED))
        gate = gate_file(places, kansai)
        if gate.exists() and GateFile.peek(gate).state is State.UNREADABLE:
            found.append(SetupFault(str(gate), "gate", InstallationCode.UNREADABLE))
    return tuple(found)


def gate_file(places: Places, kansai: KansaiSettings) -> Path:
    """The gate's file as it is used now."""
    folder, name, fallback = gate_place(places, kansai)
    return (folder if fallback is None or is_usable(folder) else fallback) / f"{name}.gate"


def is_synced(folder: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a service copies the folder elsewhere: by its name, or because the service says where its folder is."""
    roots = [environ[name] for name in _SYNCED_VARIABLES if environ.get(name)]
    for variable, name in _DROPBOX_SAYS:
        if environ.get(variable):
            roots += _dropbox_folders(Path(environ[variable]) / name)
    for spelled in (folder.absolute(), Path(os.path.realpath(folder))):
        if any(_SYNCED_NAMES.fullmatch(part) for part in spelled.parts) or any(spelled.is_relative_to(root) for root in roots):
            return True
    return False


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether the folder lies on another machine, which keeps neither locks nor what was written as a disk does."""
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        import ctypes

        return is_remote_drive(real, ctypes.windll.kernel32.GetDriveTypeW)
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    return _file_system_of(real, lines) in _NETWORK_TYPES


def is_remote_drive(path: str, drive_type: Callable[[str], int]) -> bool:
    """Windows: whether a path names a server (UNC) or a letter that stands for one; ``drive_type`` as GetDriveTypeW."""
    plain = path.replace("\\\\?\\UNC\\", "\\\\").removeprefix("\\\\?\\")
    drive, _ = ntpath.splitdrive(plain)
    return drive.startswith(("\\\\", "//")) or (bool(drive) and drive_type(f"{drive}\\") == _REMOTE_DRIVE)


def _file_system_of(folder: str, mounts: list[str]) -> str:
    """The type of the file system with the longest mount point above a folder."""
    best, kind = "", ""
    for line in mounts:
        mount, _, after = line.partition(" - ")
        words = mount.split(" ")
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), words[4]) if len(words) > 4 else ""
        if point and len(point) >= len(best) and Path(folder).is_relative_to(point):
            best, kind = point, after.split(" ")[0]
    return kind


def _dropbox_folders(info: Path) -> list[str]:
    try:
        accounts = json.loads(info.read_text(encoding="utf-8"))
        return [str(account["path"]) for account in accounts.values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
