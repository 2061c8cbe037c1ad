"""Numbers that no process of the company uses twice, from a file in the folder that they share."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.wire.file_lock import try_lock, unlock

_FILE: Final = "request-id"
_WAIT_S: Final = 5.0
_LOOK_S: Final = 0.005


class RequestIds:
    """Counts on in one file, under a lock that the system frees when its holder dies.

    A file that is lost or damaged is begun anew from the clock's seconds: far from what was counted so far, as one a second is the most.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def next(self, digits: int) -> str:
        """The next number, of so many digits; after the last one it begins anew. Raises SetupFault where the file cannot be written."""
        path = self._folder / _FILE
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                return str(self._count(handle)).zfill(digits)[-digits:]
            finally:
                os.close(handle)
        except OSError as error:
            raise SetupFault.of_os_error(path, "request_id", error) from error

    def _count(self, handle: int) -> int:
        give_up_at = time.monotonic() + _WAIT_S
        while not try_lock(handle):
            if time.monotonic() > give_up_at:
                raise SetupFault(str(self._folder / _FILE), "request_id", InstallationCode.LOCKED)
            time.sleep(_LOOK_S)
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            text = os.read(handle, 64).strip()
            number = int(text) + 1 if text.isdigit() else int(self._clock())
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, b"%-40d\n" % number)
            os.fsync(handle)
            return number
        finally:
            unlock(handle)
