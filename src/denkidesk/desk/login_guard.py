"""No login that a server refused is tried again by itself: a few wrong tries lock the whole company out."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Final

from denkidesk.domain.error_codes import RefusalCode
from denkidesk.domain.errors import LoginRefused, SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.store import Store

_SALT_BYTES: Final = 16
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1  # 16 MiB and some 40 ms a guess; asked for only while a refusal stands


@dataclass(frozen=True, slots=True)
class KeptStop:
    """A refused login as it is kept aside while the store cannot be written. ``store``: whose it is."""

    store: str
    service: str
    salt: bytes
    digest: bytes
    message: str


class LoginGuard:
    """After a refused login nothing is sent with it by any thread or process on this store, restarts included.

    A refusal that the store cannot take is kept aside, and counts from there. It ends when login id or password is another one, when
    the login was taken after all, or for one request by :meth:`try_once`. Safe from any thread.
    """

    def __init__(self, store: Store, service: str, aside: KeptAside) -> None:
        self._store = store
        self._service = service
        self._aside = aside
        self._untold: list[KeptStop] = []  # what this process alone knows, if nothing else could take it
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
        """The server would not let this login in: it stops from now on. Raises SetupFault where that can be kept in this process alone."""
        if self._stop_of(login_id, password) is not None:
            return
        salt = os.urandom(_SALT_BYTES)
        stop = KeptStop(str(self._store.path), self._service, salt, _digest(login_id, password, salt), message)
        try:
            self._keep(stop)
        except SetupFault:
            if not self._aside.keep(stop):
                self._untold.append(stop)
                raise

    def accepted(self, login_id: str, password: str) -> None:
        """The server let this login in: whatever stopped it is over."""
        stop = self._stop_of(login_id, password)
        if stop is not None:
            stop[1]()

    def recover(self) -> None:
        """Takes up what was kept aside, if the store can be written by now."""
        with suppress(SetupFault):
            for path, stop in self._aside.kept(KeptStop):
                if stop.store == str(self._store.path):
                    self._keep(stop)
                    self._aside.forget(path)

    def _keep(self, stop: KeptStop) -> None:
        self._store.login_stops.add(stop.service, salt=stop.salt, digest=stop.digest, message=stop.message)

    def _raise_if_refused(self, login_id: str, password: str) -> None:
        stop = self._stop_of(login_id, password)
        if stop is not None:
            raise LoginRefused(self._service, RefusalCode.STOPPED, stop[0])

    def _stop_of(self, login_id: str, password: str) -> tuple[str, Callable[[], object]] | None:
        """What the server said when it refused this login, and what forgets it."""
        import hmac  # with it comes OpenSSL: for a login, not for the start of the window

        for salt, digest, message, forget in self._stops():
            if hmac.compare_digest(digest, _digest(login_id, password, salt)):
                return message, forget
        return None

    def _stops(self) -> Iterator[tuple[bytes, bytes, str, Callable[[], object]]]:
        for stop in self._store.login_stops.all(self._service):
            yield stop.salt, stop.digest, stop.message, partial(self._store.login_stops.remove, stop.stop_id)
        for kept in tuple(self._untold):
            yield kept.salt, kept.digest, kept.message, partial(self._untold.remove, kept)
        for path, kept in self._aside.kept(KeptStop):
            if (kept.store, kept.service) == (str(self._store.path), self._service):
                yield kept.salt, kept.digest, kept.message, partial(self._aside.forget, path)


def _digest(login_id: str, password: str, salt: bytes) -> bytes:
    import hashlib

    login = f"{login_id}\0{password}".encode("utf-8", "surrogatepass")
    return hashlib.scrypt(login, salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, dklen=32)
