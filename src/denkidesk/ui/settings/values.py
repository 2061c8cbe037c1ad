"""Reading and writing of settings and secrets, off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from denkidesk.domain.errors import SetupFault
from denkidesk.settings import Places, Settings, load_settings, save_settings


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored now. ``present``: by secret name, None where the store does not answer; ``fault``: why the file is not used."""

    settings: Settings
    present: Mapping[str, bool | None]
    fault: SetupFault | None = None


def read_stored(places: Places, credentials: Any) -> Stored:
    """The settings as written, not as they are in effect in practice mode; no secret is read, only whether it is there."""
    from denkidesk.credentials import SECRET_NAMES

    fault: SetupFault | None = None
    try:
        settings = load_settings(places.settings_file)
    except SetupFault as error:
        settings, fault = Settings(), error
    present: dict[str, bool | None] = {}
    for name in SECRET_NAMES:
        try:
            present[name] = credentials.present(name)
        except SetupFault:
            present[name] = None
    return Stored(settings, present, fault)


def write_stored(places: Places, credentials: Any, settings: Settings, secrets: Mapping[str, str | None]) -> None:
    """Writes the secrets first (None deletes one), then the settings: settings that want a password never stand without it.

    Raises InputRefused by field name, or SetupFault.
    """
    for name, value in secrets.items():
        if value is None:
            credentials.delete(name)
        else:
            credentials.set(name, value)
    save_settings(places.settings_file, settings)


def remember_scheme(places: Places, scheme: str) -> None:
    """Writes the choice of light and dark alone."""
    settings = load_settings(places.settings_file)
    save_settings(places.settings_file, replace(settings, desk=replace(settings.desk, color_scheme=scheme)))
