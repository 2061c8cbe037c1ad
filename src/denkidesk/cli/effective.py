"""The settings that a run goes by. Apart from ``compose``, because the window asks before its first paint."""

from dataclasses import replace
from typing import Protocol

from denkidesk.settings import (
    PRACTICE_IP_ADDRESS,
    PRACTICE_LOGIN_ID,
    EnegaeruSettings,
    KansaiSettings,
    Places,
    Settings,
    is_loopback,
)


class ServerAddresses(Protocol):
    """The practice servers as they run now."""

    @property
    def kansai_base_url(self) -> str:
        """What stands before a service name."""
        ...

    @property
    def enegaeru_base_url(self) -> str:
        """What stands before an endpoint's path."""
        ...


def in_effect(settings: Settings, places: Places, practice_servers: ServerAddresses | None) -> Settings:
    """The settings of a run: in practice mode the practice servers' own; on a loopback address the practice account where none is set."""
    if places.practice:
        kansai = KansaiSettings(
            base_url=practice_servers.kansai_base_url if practice_servers else "",
            login_id=PRACTICE_LOGIN_ID,
            ip_address=PRACTICE_IP_ADDRESS,
            margin_s=settings.kansai.margin_s,
            answer_timeout_s=settings.kansai.answer_timeout_s,
        )
        enegaeru = EnegaeruSettings(
            base_url=practice_servers.enegaeru_base_url if practice_servers else "",
            login_id=PRACTICE_LOGIN_ID,
            answer_timeout_s=settings.enegaeru.answer_timeout_s,
        )
        return replace(settings, kansai=kansai, enegaeru=enegaeru)
    return replace(settings, kansai=with_account(settings.kansai), enegaeru=with_login(settings.enegaeru))


def with_account(settings: KansaiSettings) -> KansaiSettings:
    """The practice account on a loopback address, where none is set."""
    if not is_loopback(settings.base_url):
        return settings
    return replace(settings, login_id=settings.login_id or PRACTICE_LOGIN_ID, ip_address=settings.ip_address or PRACTICE_IP_ADDRESS)


def with_login(settings: EnegaeruSettings) -> EnegaeruSettings:
    """As :func:`with_account`, for the quoting API."""
    return replace(settings, login_id=settings.login_id or PRACTICE_LOGIN_ID) if is_loopback(settings.base_url) else settings
