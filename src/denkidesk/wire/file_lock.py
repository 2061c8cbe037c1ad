"""A lock on an open file that the operating system frees when its holder dies."""

import sys
from typing import Final

_LOCK_AT: Final = 0x4000_0000
"""Windows' locks are mandatory, so the locked byte lies far behind the content, which others may still read."""

if sys.platform == "win32":
    import msvcrt
    import os

    def try_lock(handle: int) -> bool:
        """Takes the lock if it is free; never waits."""
        os.lseek(handle, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(handle: int) -> None:
        """Frees a lock taken by :func:`try_lock`."""
        os.lseek(handle, _LOCK_AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Takes the lock if it is free; never waits."""
        try:
            # flock, not lockf: a lockf lock belongs to the process and is lost when any handle of the file is closed.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(handle: int) -> None:
        """Frees a lock taken by :func:`try_lock`."""
        fcntl.flock(handle, fcntl.LOCK_UN)
