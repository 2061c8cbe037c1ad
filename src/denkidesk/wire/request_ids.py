"""Numbers that no process of the company uses twice, from a file in the folder that they share."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.wire.file_lock import try_lock, unlock
from denkidesk.wire.gate_file import open_plain

_WAIT_S: Final = 5.0
_LOOK_S: Final = 0.005


class RequestIds:
    """Counts on in one file beside the gate, under a lock that the system frees when its holder dies.

    With a ``fallback`` the folder is the one that all users of the machine share; where it cannot be used, the fallback serves from then
    on. A file that is lost or damaged is begun anew from the clock's seconds: beyond what was counted so far, as one a second is the most.
    """

    def __init__(self, folder: Path, name: str, fallback: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / f"{name}.request-id"
        self._fallback = fallback
        self._clock = clock

    def next(self, digits: int) -> str:
        """The next number, of so many digits, zeros in front; after the last one it begins anew.

        Raises SetupFault where the file cannot be written.
        """
        try:
            handle = open_plain(self._path, for_all=self._fallback is not None)
            try:
                return str(self._count(handle)).zfill(digits)[-digits:]
            finally:
                os.close(handle)
        except OSError as error:
            if self._fallback is None:
                raise SetupFault.of_os_error(self._path, "request_id", error) from error
        self._path, self._fallback = self._fallback / self._path.name, None
        return self.next(digits)

    def _count(self, handle: int) -> int:
        give_up_at = time.monotonic() + _WAIT_S
        while not try_lock(handle):
            if time.monotonic() > give_up_at:
                raise SetupFault(str(self._path), "request_id", InstallationCode.LOCKED)
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
