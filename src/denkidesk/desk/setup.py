"""設定: the settings and secrets as they are stored, which the clerk reads and changes; off the GUI thread.

Also hands out the values of the settings, so that no screen has to know where they come from.
"""

from collections.abc import Mapping
from dataclasses import replace

from denkidesk.credentials import SECRET_NAMES, Credentials
from denkidesk.desk.installed_set import SetReport as SetReport
from denkidesk.desk.installed_set import SetShelf
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.settings import LONGEST_COUNTDOWN_S as LONGEST_COUNTDOWN_S
from denkidesk.settings import LONGEST_OUTAGE_COUNTDOWN_S as LONGEST_OUTAGE_COUNTDOWN_S
from denkidesk.settings import LONGEST_UNMOVED_DAYS as LONGEST_UNMOVED_DAYS
from denkidesk.settings import MOST_STATUS_CALLS as MOST_STATUS_CALLS
from denkidesk.settings import TYPE_SIZES as TYPE_SIZES
from denkidesk.settings import DeskSettings, EnegaeruSettings, KansaiSettings, Places, Settings, check, load_settings, save_settings

__all__ = ["DeskSettings", "EnegaeruSettings", "KansaiSettings", "Places", "Settings", "SetupDesk", "StoredSetup", "check"]


@dataclass(frozen=True, slots=True)
class StoredSetup:
    """What is stored now. ``present``: by secret name, None where the store does not answer; ``fault``: why the file is not used."""

    settings: Settings
    present: Mapping[str, bool | None]
    fault: SetupFault | None = None


class SetupDesk:
    """What is set up for the real servers, in practice mode too; it counts from the next start on. No secret is ever given out."""

    def __init__(self, places: Places, credentials: Credentials) -> None:
        self._places = places
        self._credentials = credentials
        self.sets = SetShelf(places)

    @classmethod
    def of_run(cls, places: Places, credentials: Credentials, *, practice: bool) -> "SetupDesk":
        """The setup that a run's clerk changes: a run in practice mode works with the practice account, and sets up the real one."""
        return cls(places, Credentials() if practice else credentials)

    def stored(self) -> StoredSetup:
        """The settings as written, not as they are in effect in practice mode; of each secret only whether it is there."""
        fault: SetupFault | None = None
        try:
            settings = load_settings(self._places.settings_file)
        except SetupFault as error:
            settings, fault = Settings(), error
        return StoredSetup(settings, {name: self._present(name) for name in SECRET_NAMES}, fault)

    def store(self, settings: Settings, secrets: Mapping[str, str | None]) -> None:
        """Writes the secrets first (None deletes one), then the settings: settings that want a password never stand without it.

        Raises InputRefused by field name, or SetupFault.
        """
        for name, value in secrets.items():
            if value is None:
                self._credentials.delete(name)
            else:
                self._credentials.set(name, value)
        save_settings(self._places.settings_file, settings)

    def store_scheme(self, scheme: str) -> None:
        """Writes the choice of light and dark alone. Raises SetupFault, also where the settings as they stand cannot be read."""
        settings = load_settings(self._places.settings_file)
        save_settings(self._places.settings_file, replace(settings, desk=replace(settings.desk, color_scheme=scheme)))

    def cautions(self) -> tuple[SetupFault, ...]:
        """What about the places of the data is worth a word, although the desk can work."""
        from denkidesk.desk.surroundings import cautions

        return cautions(self._places, self.stored().settings.kansai)

    def _present(self, name: str) -> bool | None:
        try:
            return self._credentials.present(name)
        except SetupFault:
            return None
