"""Secrets, kept by the operating system and nowhere else.

A secret comes from the environment (for automation) or from the system's own store: Windows Credential Manager, a Secret Service such as
GNOME Keyring, the macOS keychain. keyring's own choice of a backend is not asked, because it falls back silently: with ``keyrings.alt``
installed it writes a plain file.

Any program of the same user can read the store: it is no defence against malware.
"""

import os
import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeVar

from denkidesk.domain.error_codes import InstallationCode, SecretCode
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_PASSWORD

SECRET_NAMES: Final = ("kansai.password", "enegaeru.api_key", "enegaeru.password", "kansai.proxy_password", "enegaeru.proxy_password")
MAX_UTF16_UNITS: Final = 1280
"""Credential Manager holds 2,560 bytes and answers more with error 1783, "stub received bad data" (keyring issue 355)."""

_ENVIRONMENT_PREFIX: Final = "DENKIDESK_SECRET_"
_SERVICE: Final = "DenkiDesk"
_USER: Final = "denkidesk"
_CANARY: Final = "self-test"
_SECRET_SERVICE: Final = "keyring.backends.SecretService"
_SECURE_BACKENDS: Final = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
    "linux": (_SECRET_SERVICE, "Keyring"),
}
_SESSION_BUS: Final = "DBUS_SESSION_BUS_ADDRESS"
"""Where a Secret Service is reached. Without it there is none, which is said before its client and its cryptography are loaded (8 MB)."""
_REFUSED_MODULES: Final = ("keyrings.", "keyring.backends.null", "keyring.backends.fail", "keyring.backends.chainer")

_Result = TypeVar("_Result")


class SecretStore(Protocol):
    """What is needed of a keyring backend."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Stores the secret."""

    def delete_password(self, service: str, username: str, /) -> None:
        """Removes the secret."""


def environment_name(name: str) -> str:
    """The environment variable that overrides a secret: ``DENKIDESK_SECRET_KANSAI_PASSWORD``."""
    return _ENVIRONMENT_PREFIX + name.upper().replace(".", "_")


class Credentials:
    """The secrets of :data:`SECRET_NAMES`. Never writes one to a file.

    Raises SetupFault on ``keyring``: ``no_secure_store`` where the system offers none, ``failed`` or ``locked`` when it does not answer.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ, backend: SecretStore | None = None) -> None:
        self._environ = environ
        self._backend = backend
        self._is_checked = False

    @property
    def backend_name(self) -> str:
        """Which store is used, for people to read; raises SetupFault if there is none."""
        kind = type(self._store())
        return f"{kind.__module__}.{kind.__qualname__}"

    def get(self, name: str) -> str | None:
        """The secret: from the environment, else from the store, else None."""
        _check_name(name)
        from_environment = self._environ.get(environment_name(name), "")
        if from_environment:
            return from_environment
        store = self._store()
        return self._ask(name, lambda: store.get_password(_service_of(name), _USER)) or None

    def present(self, name: str) -> bool:
        return self.get(name) is not None

    def set(self, name: str, value: str) -> None:
        """Keeps a secret; raises InputRefused on ``name``: ``empty``, ``too_long`` or ``control_character``."""
        _check_name(name)
        _check_value(name, value)
        store = self._store()
        self._ask(name, lambda: store.set_password(_service_of(name), _USER, value))

    def delete(self, name: str) -> None:
        """Forgets a secret; one that is not there is no error. A secret of the environment stays."""
        _check_name(name)
        store = self._store()
        if self._ask(name, lambda: store.get_password(_service_of(name), _USER)) is not None:
            self._ask(name, lambda: store.delete_password(_service_of(name), _USER))

    def self_test(self) -> None:
        """Writes, reads and removes a canary, as a frozen program may lack a part of its backend; raises SetupFault."""
        store, service = self._store(), _service_of(_CANARY)
        value = os.urandom(8).hex()
        self._ask(_CANARY, lambda: store.set_password(service, _USER, value))
        read = self._ask(_CANARY, lambda: store.get_password(service, _USER))
        self._ask(_CANARY, lambda: store.delete_password(service, _USER))
        if read != value:
            raise SetupFault("keyring", _CANARY, InstallationCode.FAILED, "read back something else")

    def _store(self) -> SecretStore:
        if self._backend is None:
            self._backend = _secure_store()
        if not self._is_checked:
            self._backend = _only_secure(self._backend)
            self._is_checked = True
        return self._backend

    def _ask(self, name: str, question: Callable[[], _Result]) -> _Result:
        from keyring.errors import KeyringLocked

        try:
            return question()
        except KeyringLocked:
            code, detail = InstallationCode.LOCKED, ""
        except Exception as error:  # noqa: BLE001 - backends pass on the errors of D-Bus, win32 and the keychain, which have no common class
            numbers = (str(part) for part in error.args[:1] if isinstance(part, int))
            code, detail = InstallationCode.FAILED, " ".join([type(error).__name__, *numbers])
        raise SetupFault("keyring", name, code, detail)  # outside of the handler: a traceback must not hold the secret


class PracticeCredentials(Credentials):
    """The practice servers' one account; nothing can be stored, and no real secret can be read."""

    def __init__(self) -> None:
        super().__init__(environ={})

    @property
    def backend_name(self) -> str:
        """No store at all."""
        return "practice"

    def get(self, name: str) -> str | None:
        """The practice account's secret."""
        _check_name(name)
        return PRACTICE_API_KEY if name == "enegaeru.api_key" else PRACTICE_PASSWORD

    def set(self, name: str, value: str) -> None:  # noqa: ARG002 - the value is refused unseen
        """Raises InputRefused: ``practice``."""
        raise InputRefused.of(name, SecretCode.PRACTICE)

    def delete(self, name: str) -> None:
        """Raises InputRefused: ``practice``."""
        raise InputRefused.of(name, SecretCode.PRACTICE)

    def self_test(self) -> None:
        """Nothing to test."""


def _service_of(name: str) -> str:
    # One service name per secret: for a second user of the same service keyring moves the older entry, in two writes.
    return f"{_SERVICE}/{name}"


def _check_name(name: str) -> None:
    if name not in SECRET_NAMES:
        raise ValueError(f"no such secret: {name}")


def _check_value(name: str, value: str) -> None:
    if not value:
        raise InputRefused.of(name, SecretCode.EMPTY)
    units = len(value.encode("utf-16-le", "surrogatepass")) // 2
    if units > MAX_UTF16_UNITS:
        raise InputRefused.of(name, SecretCode.TOO_LONG, limit=str(MAX_UTF16_UNITS), length=str(units))
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in value):
        raise InputRefused.of(name, SecretCode.CONTROL_CHARACTER)  # a line end pasted along with a key, or half a surrogate pair


def _secure_store() -> SecretStore:
    """The system's own store, by its class; raises SetupFault (``no_secure_store``)."""
    import importlib

    found = _SECURE_BACKENDS.get(sys.platform)
    detail = sys.platform
    if found is not None and found[0] == _SECRET_SERVICE and not os.environ.get(_SESSION_BUS):
        detail = _SESSION_BUS
    elif found is not None:
        try:
            kind: Any = getattr(importlib.import_module(found[0]), found[1])
            kind.priority  # noqa: B018 - keyring's way to say that a backend cannot work here is to raise from this property
            store: Any = kind()
        except Exception as error:  # noqa: BLE001 - a missing part shows as ImportError, RuntimeError or D-Bus's own errors
            detail = type(error).__name__
        else:
            if sys.platform == "win32":
                store.persist = "local machine"  # keyring's default roams to the user's other machines
            secure: SecretStore = store
            return secure
    raise SetupFault("keyring", "backend", InstallationCode.NO_SECURE_STORE, detail)


def _only_secure(store: SecretStore) -> SecretStore:
    """Refuses keyring's backends that are a plain file, nothing, or a mixture; of a chain, its only member may be used."""
    kind = type(store)
    if kind.__module__ == "keyring.backends.chainer":
        members = list(getattr(store, "backends", ()))
        if len(members) == 1 and (type(members[0]).__module__, type(members[0]).__name__) in _SECURE_BACKENDS.values():
            only: SecretStore = members[0]
            return only
    if kind.__module__.startswith(_REFUSED_MODULES):
        raise SetupFault("keyring", "backend", InstallationCode.NO_SECURE_STORE, f"{kind.__module__}.{kind.__qualname__}")
    return store
