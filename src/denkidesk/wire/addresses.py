"""Where a request may go: https anywhere, plain http to this machine only, in practice mode to this machine only."""

from dataclasses import dataclass

from denkidesk.domain.addresses import is_loopback, split_url
from denkidesk.domain.error_codes import InstallationCode, SettingCode, SetupCode
from denkidesk.domain.errors import SetupFault

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A checked URL, in the parts that a request needs."""

    scheme: str
    host: str  # without the brackets of IPv6
    port: int
    target: str
    is_loopback: bool

    @property
    def origin(self) -> tuple[str, str, int]:
        """What a kept connection belongs to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Host and port, as they stand in a CONNECT line."""
        return f"{self._bracketed_host}:{self.port}"

    @property
    def host_header(self) -> str:
        return self._bracketed_host if self.port == _DEFAULT_PORTS[self.scheme] else self.authority

    @property
    def _bracketed_host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def address_of(url: str, *, item: str, loopback_only: bool) -> Address:
    """Checks a URL; raises SetupFault on ``item`` with ``url``, ``plain_http`` or ``practice_only``."""

    def fault(code: SetupCode | SettingCode) -> SetupFault:
        return SetupFault("settings.toml", item, code)

    try:
        parts, port = split_url(url)
        host = (parts.hostname or "").encode("ascii" if ":" in (parts.hostname or "") else "idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise fault(SettingCode.URL) from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.username is not None or parts.fragment or port == 0:
        raise fault(SettingCode.URL)
    if not all("!" <= character <= "~" for character in target) or not all("!" <= character <= "~" for character in host):
        raise fault(SettingCode.URL)
    loopback = is_loopback(url)
    if loopback_only and not loopback:
        raise fault(InstallationCode.PRACTICE_ONLY)
    if parts.scheme == "http" and not loopback:
        raise fault(SettingCode.PLAIN_HTTP)
    return Address(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], target, loopback)
