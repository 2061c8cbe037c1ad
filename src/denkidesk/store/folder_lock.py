"""Locks that the operating system takes back when a process dies: no stale lock, no process numbers used again."""

import os
from pathlib import Path
from typing import Final

from denkidesk.domain.errors import SetupFault
from denkidesk.store.process_lock import LockTaken, ProcessLock

_LOCK_NAME: Final = "desk.lock"


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


class Owner:
    """Whoever sends from the outbox, known to other processes for as long as it lives.

    An item that is being sent names its owner. Another process may touch it only after it has got the owner's lock, which the
    operating system hands out when the owner's process has ended, however it ended.
    """

    def __init__(self, directory: Path) -> None:
        self.name: Final = os.urandom(16).hex()
        directory.mkdir(parents=True, exist_ok=True)
        self._path = directory / f"{self.name}.owner"
        self._lock = ProcessLock(self._path)
        self._lock.acquire()

    @staticmethod
    def has_ended(directory: Path, name: str) -> bool:
        """Whether the owner of that name has ended; never true while it runs."""
        path = directory / f"{name}.owner"
        if not path.exists():
            return True
        lock = ProcessLock(path)
        try:
            lock.acquire()
        except LockTaken:
            return False
        lock.release()
        path.unlink(missing_ok=True)
        return True

    def leave(self) -> None:
        """Ends this owner: what still stands as being sent in its name is nobody's any more."""
        self._lock.release()
        self._path.unlink(missing_ok=True)
