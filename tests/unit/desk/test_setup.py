"""What is stored of settings and secrets, how it is changed, and whose it is in practice mode."""

from dataclasses import replace

import keyring.errors
import pytest

from denkidesk.credentials import SECRET_NAMES, Credentials, PracticeCredentials, environment_name
from denkidesk.desk.setup import Places, Settings, SetupDesk
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.settings import load_settings
from fakes.memory_keyring import MemoryKeyring

CANARY = "CANARY-himitsu-4711"


@pytest.fixture
def keyring_store(monkeypatch):
    # Only the real store of the system is taken otherwise; the check of that has its own tests.
    monkeypatch.setattr("denkidesk.credentials._only_secure", lambda backend: backend)
    return MemoryKeyring()


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "home", practice=False)


@pytest.fixture
def setup(places, keyring_store):
    return SetupDesk(places, Credentials({}, keyring_store))


def settings_of(name, **desk):
    settings = Settings()
    return replace(settings, desk=replace(settings.desk, company_name=name, **desk))


def test_what_was_stored_is_there_and_of_a_secret_only_that_it_is(setup):
    setup.store(settings_of("見本電力"), {"kansai.password": CANARY})
    stored = setup.stored()
    assert stored.settings.desk.company_name == "見本電力"
    assert stored.present == {name: name == "kansai.password" for name in SECRET_NAMES}
    assert stored.fault is None
    assert CANARY not in repr(stored)


def test_none_deletes_a_secret_and_a_name_that_is_not_given_is_left_alone(setup, keyring_store):
    setup.store(Settings(), {"kansai.password": CANARY, "enegaeru.api_key": "key"})
    setup.store(Settings(), {"kansai.password": None})
    assert list(keyring_store.entries.values()) == ["key"]


def test_settings_never_stand_without_the_secret_that_came_with_them(setup, places, keyring_store):
    keyring_store.failure = keyring.errors.KeyringLocked("locked")
    with pytest.raises(SetupFault):
        setup.store(settings_of("見本電力"), {"kansai.password": CANARY})
    assert not places.settings_file.exists()
    assert set(setup.stored().present.values()) == {None}


def test_a_file_that_cannot_be_read_is_named_and_the_defaults_are_shown(setup, places):
    places.home.mkdir(parents=True)
    places.settings_file.write_text("[kansai\n", encoding="utf-8")
    stored = setup.stored()
    assert stored.settings == Settings()
    assert (stored.fault.file, stored.fault.code) == (str(places.settings_file), "not_toml")
    with pytest.raises(SetupFault):
        setup.store_scheme("dark")
    assert places.settings_file.read_text(encoding="utf-8") == "[kansai\n"


def test_the_choice_of_colours_changes_nothing_else(setup, places):
    setup.store(settings_of("見本電力"), {})
    setup.store_scheme("dark")
    assert load_settings(places.settings_file) == settings_of("見本電力", color_scheme="dark")


def test_in_practice_mode_the_real_servers_are_set_up_and_not_the_practice_account(places, monkeypatch):
    for name in SECRET_NAMES:
        monkeypatch.setenv(environment_name(name), "")
    monkeypatch.setenv(environment_name("kansai.password"), CANARY)
    # No machine that runs tests is asked for its own store.
    monkeypatch.setattr("denkidesk.credentials._secure_store", MemoryKeyring)
    monkeypatch.setattr("denkidesk.credentials._only_secure", lambda backend: backend)
    setup = SetupDesk.of_run(places, PracticeCredentials(), practice=True)
    assert setup.stored().present == {name: name == "kansai.password" for name in SECRET_NAMES}
    setup.store(Settings(), {"enegaeru.api_key": "key"})
    assert setup.stored().present["enegaeru.api_key"]


def test_a_run_on_real_servers_sets_up_its_own_secrets(places):
    setup = SetupDesk.of_run(places, PracticeCredentials(), practice=False)
    with pytest.raises(InputRefused):
        setup.store(Settings(), {"kansai.password": CANARY})
