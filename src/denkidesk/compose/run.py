"""What a run is, decided once: on which servers, by which settings, in which folder, with whose secrets."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from denkidesk.domain.values import dataclass
from denkidesk.settings import PRACTICE_IP_ADDRESS, PRACTICE_LOGIN_ID, EnegaeruSettings, KansaiSettings, Places, Settings

if TYPE_CHECKING:
    from denkidesk.credentials import Credentials


class Mode(StrEnum):
    """Whose servers a run may reach."""

    PRACTICE = "practice"  # the built-in ones, and no other machine
    OWN_MACHINE = "own_machine"  # servers on this machine that somebody set up, such as ``denkidesk simulate``
    REAL = "real"


class BuiltInServers(Protocol):
    """The practice servers as they run now; asking may wait until they do."""

    @property
    def kansai_base_url(self) -> str:
        """What stands before a service name."""

    @property
    def enegaeru_base_url(self) -> str:
        """What stands before an endpoint's path."""

    def arm(self, rule: str) -> None:
        """Has a written rule strike the utility's server from now on."""

    def disarm(self) -> None:
        """Takes the utility's rules back."""

    def is_armed(self) -> bool:
        """Whether a rule of the utility's is still to strike."""


@dataclass(frozen=True, slots=True)
class Run:
    """``settings`` are those in effect, but for the addresses of practice servers: :meth:`kansai` and :meth:`enegaeru` add these.

    ``servers``: practice mode's; None there works offline.
    """

    mode: Mode
    settings: Settings
    places: Places
    credentials: "Credentials"
    servers: BuiltInServers | None = None

    @classmethod
    def decide(
        cls,
        home: Path,
        written: Settings,
        *,
        practice: bool = False,
        credentials: "Credentials | None" = None,
        servers: BuiltInServers | None = None,
    ) -> "Run":
        """A run in a home folder by the settings as they are written. Practice mode where it is asked for or no server is set up.

        ``credentials``: None takes the system's store; practice mode never has any but its own.
        """
        from denkidesk.credentials import Credentials, PracticeCredentials

        if practice or not written.real_servers_set_up:
            places = Places(home, practice=True)
            return cls(Mode.PRACTICE, _for_practice(written), places, PracticeCredentials(), servers)
        in_effect = replace(written, kansai=with_account(written.kansai), enegaeru=with_login(written.enegaeru))
        own = all(part.on_this_machine for part in (written.kansai, written.enegaeru) if part.base_url)
        mode = Mode.OWN_MACHINE if own else Mode.REAL
        return cls(mode, in_effect, Places(home, practice=False), credentials or Credentials())

    @property
    def practice(self) -> bool:
        """Whether nothing leaves this machine, and no real secret can be read."""
        return self.mode is Mode.PRACTICE

    def kansai(self) -> KansaiSettings:
        """The application API's settings with its address; waits for practice servers that are just starting."""
        settings = self.settings.kansai
        return settings if self.servers is None else replace(settings, base_url=self.servers.kansai_base_url)

    def enegaeru(self) -> EnegaeruSettings:
        """As :meth:`kansai`, for the quoting API."""
        settings = self.settings.enegaeru
        return settings if self.servers is None else replace(settings, base_url=self.servers.enegaeru_base_url)


def is_practice_account(settings: KansaiSettings | EnegaeruSettings) -> bool:
    """Whether the practice servers' login, password, key and calling address are meant: on this machine, and no login of one's own.

    Another login there is a tunnel to a real server, or a server of somebody's own: it gets nothing that was not entered for it.
    """
    return settings.on_this_machine and settings.login_id in ("", PRACTICE_LOGIN_ID)


def with_account(settings: KansaiSettings) -> KansaiSettings:
    """The practice account, where it is meant."""
    if not is_practice_account(settings):
        return settings
    return replace(settings, login_id=PRACTICE_LOGIN_ID, ip_address=settings.ip_address or PRACTICE_IP_ADDRESS)


def with_login(settings: EnegaeruSettings) -> EnegaeruSettings:
    """As :func:`with_account`, for the quoting API."""
    return replace(settings, login_id=PRACTICE_LOGIN_ID) if is_practice_account(settings) else settings


def _for_practice(written: Settings) -> Settings:
    """The practice servers' own account, and of what is written only how patient to be."""
    kansai = KansaiSettings(
        login_id=PRACTICE_LOGIN_ID,
        ip_address=PRACTICE_IP_ADDRESS,
        margin_s=written.kansai.margin_s,
        answer_timeout_s=written.kansai.answer_timeout_s,
        status_budget=written.kansai.status_budget,
    )
    enegaeru = EnegaeruSettings(login_id=PRACTICE_LOGIN_ID, answer_timeout_s=written.enegaeru.answer_timeout_s)
    return replace(written, kansai=kansai, enegaeru=enegaeru)
