"""Locks that the operating system takes back when a process dies: no stale lock, no process numbers used again."""

import contextlib
import os
from pathlib import Path
from typing import Final

from denkidesk.domain.errors import SetupFault
from denkidesk.store.process_lock import LockTaken, ProcessLock

_LOCK_NAME: Final = "desk.lock"
_MOMENT_S: Final = 5.0
"""Far longer than anybody takes who only looks whether an owner lives."""


class FolderLock:
    """At most one window works on a data folder; held for the life of the process."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / _LOCK_NAME
        self._lock = ProcessLock(self._path)

    def acquire(self) -> bool:
        """True if this process now holds the folder; False at once if another one does. Raises SetupFault if it cannot be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except LockTaken:
            return False
        except OSError as error:
            raise SetupFault.of_os_error(self._path.parent, "folder", error) from error
        return True

    def release(self) -> None:
        """Gives the folder back."""
        self._lock.release()


def owners_dir_of(database: Path) -> Path:
    """Where those who may write into a database are known."""
    return database.parent / "owners"


class Owner:
    """Whoever may write into a database, known to other processes for as long as it lives.

    An item that is being sent names its owner. Another process may touch it only after it has got the owner's lock, which the
    operating system hands out when the owner's process has ended, however it ended. Raises SetupFault where the folder is none or
    cannot be written.
    """

    def __init__(self, directory: Path) -> None:
        self.name: Final = os.urandom(16).hex()
        self._path = directory / f"{self.name}.owner"
        self._lock = ProcessLock(self._path)
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(_MOMENT_S)
            # Somebody looked before it was locked, and took it for left behind; a second one may have looked too late to find it, and early
            # enough to make it anew.
            while not self._lock.is_in_place:
                self._lock.release()
                self._lock.acquire(_MOMENT_S)
        except OSError as error:
            raise SetupFault.of_os_error(directory, "folder", error) from error

    @staticmethod
    def has_ended(directory: Path, name: str) -> bool:
        """Whether the owner of that name has ended; never true while it runs."""
        path = directory / f"{name}.owner"
        if not path.exists():
            return True
        lock = ProcessLock(path)
        try:
            lock.acquire()
        except (LockTaken, OSError):  # of another user of this machine, perhaps: then nobody can tell
            return False
        if os.name == "posix":
            path.unlink(missing_ok=True)  # under the lock: whoever makes it just now sees that it is gone
        lock.release()
        if os.name != "posix":
            with contextlib.suppress(OSError):  # Windows keeps a file that somebody has open
                path.unlink()
        return True

    @staticmethod
    def any_at_work(directory: Path) -> bool:
        """Whether any owner still runs."""
        return any(not Owner.has_ended(directory, path.stem) for path in directory.glob("*.owner"))

    def leave(self) -> None:
        """Ends this owner: what still stands as being sent in its name is nobody's any more."""
        self._lock.release()
        with contextlib.suppress(OSError):
            self._path.unlink()
