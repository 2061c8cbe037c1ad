"""The one small file in which all processes see when the last request started."""

import contextlib
import os
import zlib
from enum import Enum
from pathlib import Path
from typing import Final, Self

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.wire.file_lock import try_lock, unlock

_RECORD_BYTES: Final = 64


class State(Enum):
    """What the file says of the last start."""

    FRESH = "fresh"  # there never was one
    IN_FLIGHT = "in-flight"  # it is happening, or its process died of it
    STARTED = "started"
    UNREADABLE = "unreadable"


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
    """The file, open and locked by this object."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @classmethod
    def open_locked(cls, path: Path) -> Self | None:
        """Opens and locks the file, making it where there is none; None while somebody else holds it."""
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0)
        try:
            try:
                handle = os.open(path, flags)
            except FileNotFoundError:
                _create(path)
                handle = os.open(path, flags)
        except OSError as error:
            raise SetupFault(str(path), "gate", InstallationCode.UNWRITABLE, type(error).__name__) from error
        try:
            if try_lock(handle):
                if _is_same_file(handle, path):
                    return cls(path, handle)
                unlock(handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        return None

    @staticmethod
    def peek(path: Path) -> Record:
        """What the file says, without the lock; FRESH where there is no file."""
        try:
            return Record.decode(path.read_bytes())
        except FileNotFoundError:
            return Record(State.FRESH, 0)
        except OSError:
            return Record(State.UNREADABLE, 0)

    def read(self) -> Record:
        """What the file says."""
        handle = self._open_handle()
        os.lseek(handle, 0, os.SEEK_SET)
        return Record.decode(os.read(handle, _RECORD_BYTES + 1))

    def write(self, record: Record) -> None:
        """Replaces the record in one write. Not flushed to the disk: a reboot takes longer than a period."""
        handle = self._open_handle()
        raw = record.encode()
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, raw)
        if os.fstat(handle).st_size != len(raw):
            os.ftruncate(handle, len(raw))

    def close(self) -> None:
        """Frees the lock; closing twice is allowed."""
        handle, self._handle = self._handle, None
        if handle is not None:
            try:
                unlock(handle)
            finally:
                os.close(handle)

    def _open_handle(self) -> int:
        if self._handle is None:
            raise ValueError("the gate's file is closed")
        return self._handle


def _is_same_file(handle: int, path: Path) -> bool:
    """Whether the locked file is still the one that others would open."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _create(path: Path) -> None:
    """Puts a whole record in place in one step, or leaves the file that somebody else just made. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(Record(State.FRESH, 0).encode())
        with contextlib.suppress(FileExistsError):
            if os.name == "posix":
                os.link(temporary, path)
            else:
                Path(temporary).rename(path)  # on Windows it refuses to overwrite
    finally:
        Path(temporary).unlink(missing_ok=True)
