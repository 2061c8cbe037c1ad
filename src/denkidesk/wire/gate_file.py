"""The one small file in which all processes see when the last request started, and a second one that knows it by its marks.

Whoever can write there can write anything: what does not fit together costs a period, and no content and no link does more harm.
"""

import os
import stat
import sys
import zlib
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Final, Self

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.wire import gate_folder
from denkidesk.wire.file_lock import try_lock, unlock

_RECORD_BYTES: Final = 64
_MOST_BYTES: Final = 100
_WITNESS: Final = ".seen"
_SAFELY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class State(Enum):
    """What the file says of the last start."""

    IN_FLIGHT = "in-flight"  # it is happening, or its process died of it
    STARTED = "started"
    UNREADABLE = "unreadable"  # or missing, or not the file that was written last


@dataclass(frozen=True, slots=True)
class Record:
    """The state and the machine clock's reading that belongs to it."""

    state: State
    at_ns: int

    def encode(self) -> bytes:
        """One line of fixed length with a checksum, so that a damaged file shows."""
        text = f"{self.state.value} {self.at_ns}"
        return f"{text} {zlib.crc32(text.encode()):08x}".ljust(_RECORD_BYTES - 1).encode() + b"\n"

    @classmethod
    def decode(cls, raw: bytes) -> "Record":
        """Never raises: what is not a whole record is UNREADABLE."""
        try:
            state, at_ns, checksum = raw.decode("ascii").split()
            record = cls(State(state), int(at_ns))
            intact = len(raw) == _RECORD_BYTES and checksum == f"{zlib.crc32(f'{state} {at_ns}'.encode()):08x}"
        except ValueError:
            intact = False
        return record if intact else cls(State.UNREADABLE, 0)


class GateFile:
    """The file, open and locked by this object, and its witness."""

    def __init__(self, handle: int, witness: int) -> None:
        self._handles: tuple[int, int] | None = (handle, witness)

    @classmethod
    def open_locked(cls, path: Path, *, for_all: bool = False) -> Self | None:
        """Opens and locks the file, making it where there is none; None while somebody else holds it.

        ``for_all``: in the folder that all users of the machine share, which is looked at with distrust.

        Raises SetupFault where there is no such file to be had, or what stands there is none of ours.
        """
        with ExitStack() as on_failure:
            try:
                handle = open_plain(path, for_all=for_all)
                on_failure.callback(os.close, handle)
                if not try_lock(handle):
                    return None
                on_failure.callback(unlock, handle)
                if not _is_same_file(handle, path):
                    return None
                file = cls(handle, open_plain(path.with_suffix(_WITNESS), for_all=for_all))
            except OSError as error:
                raise SetupFault(str(path), "gate", InstallationCode.UNWRITABLE, type(error).__name__) from error
            on_failure.pop_all()
            return file
        raise AssertionError("unreachable")

    @staticmethod
    def peek(path: Path) -> Record:
        """What the file says, without the lock and without asking the witness."""
        try:
            handle = os.open(path, os.O_RDONLY | _SAFELY)
            try:
                return Record.decode(_content(handle))
            finally:
                os.close(handle)
        except OSError:
            return Record(State.UNREADABLE, 0)

    def read(self) -> Record:
        """What the file says, if its witness says so too."""
        handle, witness = self._open_handles()
        record = Record.decode(_content(handle))
        if record.state is State.STARTED and _content(witness) != _marks(record, handle):
            return Record(State.UNREADABLE, 0)
        return record

    def write(self, record: Record) -> None:
        """Replaces the record in one write. Not flushed to the disk: a reboot takes longer than a period."""
        handle, witness = self._open_handles()
        _replace(handle, record.encode())
        if record.state is State.STARTED:
            _replace(witness, _marks(record, handle))

    def close(self) -> None:
        """Frees the lock; closing twice is allowed."""
        handles, self._handles = self._handles, None
        if handles is not None:
            handle, witness = handles
            os.close(witness)
            try:
                unlock(handle)
            finally:
                os.close(handle)

    def _open_handles(self) -> tuple[int, int]:
        if self._handles is None:
            raise ValueError("the gate's file is closed")
        return self._handles


def _marks(record: Record, handle: int) -> bytes:
    """What tells the file, as it was written last, from an older copy of it, in another file or in the same one."""
    status = os.fstat(handle)
    # Windows writes a file's times down at some later moment, and has no time of change that a copy could not carry along.
    changed = 0 if sys.platform == "win32" else status.st_ctime_ns
    return b"%d %d %d" % (record.at_ns, status.st_ino, changed)


def open_plain(path: Path, *, for_all: bool) -> int:
    """A handle of a plain file of one name, made with its folder where there is none; never of what a link leads to. Raises OSError.

    ``for_all``: in the folder that all users of the machine share.
    """
    if for_all:
        gate_folder.make(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | _SAFELY
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        try:
            handle = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o644)
            if for_all and os.name == "posix":
                os.fchmod(handle, 0o666)  # whatever the umask
        except FileExistsError:  # another process was quicker
            handle = os.open(path, flags)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(handle)
        raise OSError("no plain file")
    return handle


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, _MOST_BYTES)


def _replace(handle: int, raw: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, raw)
    if os.fstat(handle).st_size != len(raw):
        os.ftruncate(handle, len(raw))


def _is_same_file(handle: int, path: Path) -> bool:
    """Whether the locked file is still the one that others would open."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False
