"""Secrets: environment first, then a secure store, never anything else."""

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from denkidesk import credentials as credentials_module
from denkidesk.credentials import MAX_UTF16_UNITS, SECRET_NAMES, Credentials, PracticeCredentials, environment_name
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_PASSWORD
from fakes.memory_keyring import MemoryKeyring


@pytest.fixture
def store():
    return MemoryKeyring()


@pytest.fixture
def credentials(store):
    return Credentials(environ={}, backend=store)


def test_each_secret_has_an_entry_of_its_own(credentials, store):
    for name in SECRET_NAMES:
        assert credentials.get(name) is None
        assert not credentials.present(name)
        credentials.set(name, f"canary {name}")
    assert [credentials.get(name) for name in SECRET_NAMES] == [f"canary {name}" for name in SECRET_NAMES]
    assert len({service for service, _ in store.entries}) == len(SECRET_NAMES)
    credentials.delete("kansai.password")
    credentials.delete("kansai.password")
    assert not credentials.present("kansai.password")
    assert credentials.present("enegaeru.password")


def test_the_environment_goes_first(store):
    assert environment_name("kansai.password") == "DENKIDESK_SECRET_KANSAI_PASSWORD"
    environ = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "from outside", "DENKIDESK_SECRET_ENEGAERU_API_KEY": ""}
    credentials = Credentials(environ, store)
    credentials.set("kansai.password", "stored")
    credentials.set("enegaeru.api_key", "stored")
    assert credentials.get("kansai.password") == "from outside"
    assert credentials.get("enegaeru.api_key") == "stored"


def test_the_environment_needs_no_store():
    refused = Credentials({"DENKIDESK_SECRET_KANSAI_PASSWORD": "from outside"}, keyring.backends.fail.Keyring())
    assert refused.get("kansai.password") == "from outside"


@pytest.mark.parametrize("length", [MAX_UTF16_UNITS - 1, MAX_UTF16_UNITS])
def test_the_longest_secret_that_credential_manager_holds(credentials, length):
    credentials.set("kansai.password", "x" * length)
    assert credentials.get("kansai.password") == "x" * length


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x" * (MAX_UTF16_UNITS + 1), "too_long"),
        ("𠮷" * (MAX_UTF16_UNITS // 2) + "x", "too_long"),
        ("", "empty"),
        ("key\n", "control_character"),
        ("a\0b", "control_character"),
        ("a\ud800", "control_character"),
    ],
)
def test_what_a_store_cannot_hold_is_refused_before(credentials, store, value, code):
    with pytest.raises(InputRefused) as caught:
        credentials.set("kansai.password", value)
    assert (caught.value.faults[0].field, caught.value.faults[0].code) == ("kansai.password", code)
    assert not store.entries


def test_an_unknown_name_is_a_bug(credentials):
    with pytest.raises(ValueError, match="no such secret"):
        credentials.get("kansai.pasword")


class PlaintextKeyring(MemoryKeyring):
    """Stands for the plain file of the keyrings.alt package."""

    __module__ = "keyrings.alt.file"


@pytest.mark.parametrize(
    "backend",
    [
        PlaintextKeyring(),
        keyring.backends.null.Keyring(),
        keyring.backends.fail.Keyring(),
        keyring.backends.chainer.ChainerBackend(),
    ],
    ids=lambda backend: type(backend).__module__,
)
def test_an_insecure_store_is_refused_and_never_written(backend):
    credentials = Credentials({}, backend)
    for act in (
        lambda: credentials.get("kansai.password"),
        lambda: credentials.set("kansai.password", "CANARY"),
        lambda: credentials.delete("kansai.password"),
        lambda: credentials.backend_name,
        credentials.self_test,
    ):
        with pytest.raises(SetupFault) as caught:
            act()
        assert (caught.value.file, caught.value.code) == ("keyring", "no_secure_store")
    assert not getattr(backend, "entries", None)


class SecretServiceLike(MemoryKeyring):
    """Stands for the Secret Service backend, by name."""


SecretServiceLike.__module__, SecretServiceLike.__name__ = "keyring.backends.SecretService", "Keyring"


@pytest.mark.parametrize(("members", "accepted"), [(1, True), (2, False), (0, False)])
def test_a_chain_is_used_only_for_its_one_secure_member(monkeypatch, members, accepted):
    chained = [SecretServiceLike() for _ in range(members)]
    monkeypatch.setattr(keyring.backends.chainer.ChainerBackend, "backends", chained)
    credentials = Credentials({}, keyring.backends.chainer.ChainerBackend())
    if accepted:
        credentials.set("kansai.password", "CANARY")
        assert list(chained[0].entries.values()) == ["CANARY"]
    else:
        with pytest.raises(SetupFault, match="no_secure_store"):
            credentials.set("kansai.password", "CANARY")


def test_keyrings_own_choice_of_a_backend_is_not_asked(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setitem(credentials_module._SECURE_BACKENDS, credentials_module.sys.platform, ("fakes.memory_keyring", "MemoryKeyring"))
    credentials = Credentials({})
    credentials.set("kansai.password", "CANARY")
    assert credentials.backend_name == "fakes.memory_keyring.MemoryKeyring"
    assert credentials.get("kansai.password") == "CANARY"


@pytest.mark.skipif(credentials_module.sys.platform != "linux", reason="the Secret Service is Linux's")
def test_without_a_session_bus_no_client_of_one_is_loaded(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    for module in [name for name in credentials_module.sys.modules if name.startswith("keyring.backends.SecretService")]:
        monkeypatch.delitem(credentials_module.sys.modules, module)
    with pytest.raises(SetupFault) as caught:
        Credentials({}).get("kansai.password")
    assert (caught.value.code, caught.value.detail) == ("no_secure_store", "DBUS_SESSION_BUS_ADDRESS")
    assert "keyring.backends.SecretService" not in credentials_module.sys.modules


def test_a_machine_without_a_secure_store_says_so(monkeypatch):
    for found in (
        None,
        ("keyring.backends.Windows" if credentials_module.sys.platform != "win32" else "keyring.backends.macOS", "Keyring"),
    ):
        if found is None:
            monkeypatch.delitem(credentials_module._SECURE_BACKENDS, credentials_module.sys.platform)
        else:
            monkeypatch.setitem(credentials_module._SECURE_BACKENDS, credentials_module.sys.platform, found)
        with pytest.raises(SetupFault) as caught:
            Credentials({}).get("kansai.password")
        assert (caught.value.file, caught.value.item, caught.value.code) == ("keyring", "backend", "no_secure_store")


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (keyring.errors.KeyringLocked("CANARY"), "locked"),
        (keyring.errors.PasswordSetError("CANARY"), "failed"),
        (OSError(8, "CANARY"), "failed"),
    ],
)
def test_a_store_that_fails_is_named_without_the_secret(credentials, store, failure, code):
    store.failure = failure
    with pytest.raises(SetupFault) as caught:
        credentials.set("kansai.password", "CANARY")
    assert (caught.value.file, caught.value.item, caught.value.code) == ("keyring", "kansai.password", code)
    assert "CANARY" not in str(caught.value)
    assert caught.value.__context__ is None


def test_the_self_test_leaves_nothing_behind(credentials, store):
    credentials.self_test()
    assert not store.entries


def test_a_store_that_forgets_fails_the_self_test(credentials, store, monkeypatch):
    monkeypatch.setattr(store, "get_password", lambda *_: None)
    with pytest.raises(SetupFault, match="read back"):
        credentials.self_test()


def test_practice_mode_has_its_own_account_and_stores_nothing(monkeypatch):
    monkeypatch.setenv("DENKIDESK_SECRET_KANSAI_PASSWORD", "a real one")
    practice = PracticeCredentials()
    assert practice.get("kansai.password") == PRACTICE_PASSWORD
    assert practice.get("enegaeru.password") == PRACTICE_PASSWORD
    assert practice.get("enegaeru.api_key") == PRACTICE_API_KEY
    assert practice.present("kansai.password")
    for act in (lambda: practice.set("kansai.password", "x"), lambda: practice.delete("kansai.password")):
        with pytest.raises(InputRefused):
            act()
