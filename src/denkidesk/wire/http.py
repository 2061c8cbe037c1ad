"""One HTTP exchange, within limits, sent at most once.

Every request goes through one ``httpx.Client`` and through the project's own transport under it. Nothing here repeats a request, follows
a redirect, unpacks a body, keeps a cookie or asks the environment for a proxy or a login. Errors carry no request: neither its bytes
nor its headers can reach a log through them.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http.cookiejar import CookieJar
from typing import Any, Final
from urllib.request import Request as UrllibRequest

import httpx

from denkidesk import __version__
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import InstallationCode, SettingCode
from denkidesk.domain.errors import Cancelled, SetupFault
from denkidesk.wire.addresses import Address, address_of
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.exchange import EXCHANGE, REPLY_HEADERS, Exchange, Into, Limits
from denkidesk.wire.gate import Gate
from denkidesk.wire.known_secrets import KnownSecrets
from denkidesk.wire.proxy import ProxyLogin, proxy_of
from denkidesk.wire.transport import WireTransport

__all__ = ["Limits", "Reply", "WireClient"]

_OWN_HEADERS: Final = frozenset({"host", "content-length", "transfer-encoding", "accept-encoding", "connection"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status. Header names are lower-case; ``content`` is as on the wire."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class _NoCookies(CookieJar):
    """A jar that stays empty: nothing here has a session, and parsing a server's cookies only gives it a way in."""

    def extract_cookies(self, response: Any, request: UrllibRequest) -> None:
        """Takes no cookie of any answer."""


class WireClient:
    """Sends requests of one service, each at most once; may be used from several threads.

    ``gate`` and ``closed_hours`` hold for every request. ``proxy`` is used for all but this machine. ``loopback_only`` (practice mode)
    refuses every other machine. ``secrets``: those of the process, which whoever reads a reply takes out of it.
    """

    def __init__(
        self,
        service: str,
        *,
        gate: Gate | None = None,
        closed_hours: Callable[[], ClosedHours] | None = None,
        proxy: str = "",
        proxy_login: ProxyLogin | None = None,
        loopback_only: bool = False,
        now: Now = now_jst,
        secrets: KnownSecrets | None = None,
    ) -> None:
        self._service = service
        self.secrets = secrets or KnownSecrets()
        self._loopback_only = loopback_only
        tunnel = proxy_of(proxy, item=f"{service}.proxy", login=proxy_login and partial(self._learned, proxy_login)) if proxy else None
        _silence_libraries()
        self._client = httpx.Client(
            transport=WireTransport(service, gate=gate, closed_hours=closed_hours, proxy=tunnel, now=now, secrets=self.secrets),
            trust_env=False,
            follow_redirects=False,
            cookies=_NoCookies(),
            timeout=None,  # noqa: S113 - the transport's own limits count in all, httpx's only between two bytes
        )

    def _learned(self, login: ProxyLogin) -> tuple[str, str]:
        user, password = login()
        self.secrets.learn(password, user)
        return user, password

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        limits: Limits,
        changes_something: bool = False,
        cancel: CancelToken | None = None,
        before_first_byte: Callable[[], None] | None = None,
        into: Into | None = None,
    ) -> Reply:
        """Sends one request and reads its whole reply; any HTTP status comes back as a Reply.

        ``before_first_byte`` is called at most once, just before the first byte; an error of it is passed on and nothing is sent.
        ``into`` may take the body as it comes; then the Reply has none, and an error of it is passed on.
        ``cancel`` works until the first byte, and for a request that changes nothing until the end.

        Raises, in terms of what the server can have seen: Closed, SetupFault, Cancelled (also once the client is closed), Unreachable:
        nothing, or the request changes nothing; OutcomeUnknown: ``changes_something`` and at least a byte was handed over.
        """
        item = f"{self._service}.base_url"
        address = address_of(url, item=item, loopback_only=self._loopback_only)
        exchange = Exchange(address, limits, changes_something, cancel, before_first_byte, into)
        request = _request(method, url, _request_headers(address, method, headers, content), content, exchange)
        if request is None:
            raise SetupFault("settings.toml", item, SettingCode.URL)
        if self._client.is_closed:
            raise Cancelled  # the program is ending
        response = self._client.send(request, auth=None)
        return Reply(response.status_code, response.extensions[REPLY_HEADERS], response.content)

    def close(self) -> None:
        """Ends the client: closes its idle connections, lets what is under way finish, and sends nothing any more."""
        self._client.close()


def _silence_libraries() -> None:
    # httpx logs every request's URL at INFO, httpcore every reply's headers at DEBUG. The first may hold a customer's data, the second
    # a token, and neither asks before it writes; so they are off for good, whatever level a log is set to.
    for name in ("httpx", "httpcore.http11"):
        logging.getLogger(name).disabled = True


def _request(method: str, url: str, headers: list[tuple[str, str]], content: bytes | None, exchange: Exchange) -> httpx.Request | None:
    """The request, built without the client's default headers; None for a URL that httpx cannot read."""
    try:
        return httpx.Request(method, url, headers=headers, content=content, extensions={EXCHANGE: exchange})
    except httpx.InvalidURL:
        return None


def _request_headers(address: Address, method: str, headers: Mapping[str, str], content: bytes | None) -> list[tuple[str, str]]:
    """The headers as sent; raises SetupFault for a value that no header can hold, such as a key pasted with its line end."""
    given = {name.lower() for name in headers}
    if given & _OWN_HEADERS:
        raise ValueError("these headers are the wire's own")
    for name, value in headers.items():
        if not value.isascii() or not all(character == "\t" or " " <= character < "\x7f" for character in value) or value != value.strip():
            raise SetupFault("settings.toml", name, InstallationCode.HEADER_VALUE)
    fixed = [("Host", address.host_header), ("Accept-Encoding", "identity")]
    if "user-agent" not in given:
        fixed.append(("User-Agent", f"DenkiDesk/{__version__}"))
    if content is not None or method in ("POST", "PUT", "PATCH"):
        fixed.append(("Content-Length", str(len(content or b""))))
    return [*fixed, *headers.items()]
