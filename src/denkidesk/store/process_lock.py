"""A lock over all threads and processes, on a file of its own, that the operating system frees when its holder dies."""

import os
import threading
import time
from pathlib import Path
from typing import Final

from denkidesk.wire.file_lock import try_lock, unlock

_LOOK_AGAIN_S: Final = 0.002


class LockTaken(Exception):
    """Somebody else held the lock for as long as was waited."""


class ProcessLock:
    """May be taken again by whoever holds this object, and is freed as often as it was taken. The file stays; its contents mean nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counting = threading.Lock()
        self._handle = -1
        self._times = 0

    def acquire(self, wait_s: float = 0.0) -> None:
        """Takes the lock; raises LockTaken after ``wait_s``, or OSError where the file cannot be written."""
        until = time.monotonic() + wait_s
        while not self._take():
            if time.monotonic() >= until:
                raise LockTaken(self._path.name)
            time.sleep(_LOOK_AGAIN_S)

    @property
    def is_in_place(self) -> bool:
        """Whether what is held is the file that stands there now: another one may have been put in the place of one that was removed."""
        try:
            return self._handle >= 0 and os.path.samestat(os.fstat(self._handle), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Frees the lock; nothing happens if it is not held."""
        with self._counting:
            if self._times == 0:
                return
            self._times -= 1
            if self._times == 0:
                handle, self._handle = self._handle, -1
                try:
                    unlock(handle)
                finally:
                    os.close(handle)

    def _take(self) -> bool:
        with self._counting:
            if self._times == 0:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0), 0o644)
                try:
                    taken = try_lock(handle)
                except BaseException:
                    os.close(handle)
                    raise
                if not taken:
                    os.close(handle)
                    return False
                self._handle = handle
            self._times += 1
            return True
