"""A company's proxy, and its login."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from denkidesk.domain.addresses import proxy_fault, split_url
from denkidesk.domain.errors import SetupFault

_DEFAULT_PORT: Final = 80

ProxyLogin = Callable[[], tuple[str, str]]
"""Gives id and password for a proxy when a tunnel is opened; raises SetupFault where there is no password."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A company's proxy: plain http to it, and through it a tunnel that it cannot read."""

    host: str
    port: int
    login: ProxyLogin | None = field(default=None, repr=False)

    def authorization(self) -> str:
        """The Proxy-Authorization header, a secret; empty where the proxy wants no login."""
        if self.login is None:
            return ""
        from base64 import b64encode

        return "Basic " + b64encode(":".join(self.login()).encode()).decode()


def proxy_of(url: str, *, item: str, login: ProxyLogin | None = None) -> Proxy:
    """Checks a proxy's URL; raises SetupFault on ``item`` with the code of :func:`proxy_fault`."""
    if fault := proxy_fault(url):
        raise SetupFault("settings.toml", item, fault)
    parts, port = split_url(url)
    return Proxy(parts.hostname or "", port or _DEFAULT_PORT, login)
