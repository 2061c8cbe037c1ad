"""No login that a server refused is tried again by itself: a few wrong tries lock the whole company out."""

import os
import threading
from typing import TYPE_CHECKING, Final

from denkidesk.domain.error_codes import RefusalCode
from denkidesk.domain.errors import LoginRefused
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.store.login_stops import LoginStop

_SALT_BYTES: Final = 16
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1  # 16 MiB and some 40 ms a guess; asked for only while a refusal stands


class LoginGuard:
    """After a refused login nothing is sent with it by any thread or process on this store, restarts included.

    It ends when login id or password is another one, when the login was taken after all, or for one request by :meth:`try_once`. Safe
    from any thread.
    """

    def __init__(self, store: Store, service: str) -> None:
        self._store = store
        self._service = service
        self._lock = threading.Lock()
        self._may_try = False

    def try_once(self) -> None:
        """The next request goes out although its login was refused, because a person says so."""
        with self._lock:
            self._may_try = True

    def check(self, login_id: str, password: str) -> None:
        """Raises LoginRefused (``stopped``) for a login that was refused before."""
        if not self._may_try:
            self._raise_if_refused(login_id, password)

    def begin(self, login_id: str, password: str) -> None:
        """As :meth:`check`, for the last moment before the first byte: uses up what :meth:`try_once` allowed."""
        with self._lock:
            allowed, self._may_try = self._may_try, False
        if not allowed:
            self._raise_if_refused(login_id, password)

    def refused(self, login_id: str, password: str, message: str) -> None:
        """The server would not let this login in: it stops from now on."""
        if self._stop_of(login_id, password) is None:
            salt = os.urandom(_SALT_BYTES)
            self._store.login_stops.add(self._service, salt=salt, digest=_digest(login_id, password, salt), message=message)

    def accepted(self, login_id: str, password: str) -> None:
        """The server let this login in: whatever stopped it is over."""
        stop = self._stop_of(login_id, password)
        if stop is not None:
            self._store.login_stops.remove(stop.stop_id)

    def _raise_if_refused(self, login_id: str, password: str) -> None:
        stop = self._stop_of(login_id, password)
        if stop is not None:
            raise LoginRefused(self._service, RefusalCode.STOPPED, stop.message)

    def _stop_of(self, login_id: str, password: str) -> "LoginStop | None":
        import hmac  # with it comes OpenSSL: for a login, not for the start of the window

        for stop in self._store.login_stops.all(self._service):
            if hmac.compare_digest(stop.digest, _digest(login_id, password, stop.salt)):
                return stop
        return None


def _digest(login_id: str, password: str, salt: bytes) -> bytes:
    import hashlib

    login = f"{login_id}\0{password}".encode("utf-8", "surrogatepass")
    return hashlib.scrypt(login, salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, dklen=32)
