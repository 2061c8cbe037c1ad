"""One HTTP exchange, within limits, sent at most once.

Nothing here repeats a request, follows a redirect, unpacks a body, keeps a cookie or asks the environment for a proxy. Errors carry no
request: neither its bytes nor its headers can reach a log through them.

httpcore is used under httpx's client, because the client adds just these things, and because the gate must stand between the
connecting and the request's first byte, where only the connection itself can tell whether that byte was handed over.
"""

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import httpcore

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import DeskError, OutcomeUnknown, SetupFault, Unreachable
from denkidesk.wire.addresses import Address, Proxy, address_of, proxy_of
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.gate import Gate, Turn
from denkidesk.wire.sockets import Allowance, WireStream, connect, secure, tls_detail

_KEEP_S: Final = 4.0
"""Idle connections are dropped before a usual server does it (5 s), so that a request seldom meets a closing one."""
_KEEP_AT_MOST: Final = 2
_CONNECTS_AT_MOST: Final = 3
_HEADERS_AT_MOST: Final = 100
_CLOSED_SLACK_S: Final = 0.1
"""What may pass between the last look at the closed hours and the first byte."""
_DEADLINE_EVERY: Final = 64
_REPEATABLE_HEADERS: Final = frozenset({"set-cookie", "vary", "cache-control", "via", "warning", "link", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may cost: reply body in bytes, seconds to connect, seconds from the first byte to the end of the reply."""

    max_bytes: int
    connect_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status. Header names are lower-case; ``content`` is as on the wire."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of :meth:`WireClient.send`."""

    address: Address
    request: httpcore.Request
    limits: Limits
    changes_something: bool
    cancel: CancelToken | None
    before_first_byte: Callable[[], None] | None
    on_waiting: Callable[[float], None] | None


@dataclass(slots=True)
class _Connection:
    """A connection that has been made, and whom it belongs to."""

    origin: tuple[str, str, int]
    stream: WireStream
    http: httpcore.HTTP11Connection
    idle_since: float = 0.0


class _ClosedBeforeStart(Exception):
    """The server closed the connection before any byte of the request was handed over."""


class _ReplyRefused(Exception):
    """The reply breaks a limit or a rule. ``args``: code, detail, status."""


class WireClient:
    """Sends requests of one service, each at most once; may be used from several threads.

    ``gate`` and ``closed_hours`` hold for every request. ``proxy`` is used for all but this machine. ``loopback_only`` (practice mode)
    refuses every other machine.
    """

    def __init__(
        self,
        service: str,
        *,
        gate: Gate | None = None,
        closed_hours: Callable[[], ClosedHours] | None = None,
        proxy: str = "",
        loopback_only: bool = False,
        now: Now = now_jst,
    ) -> None:
        self._service = service
        self._gate = gate
        self._closed_hours = closed_hours
        self._proxy: Proxy | None = proxy_of(proxy, item=f"{service}.proxy") if proxy else None
        self._loopback_only = loopback_only
        self._now = now
        self._idle: list[_Connection] = []
        self._idle_lock = threading.Lock()

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
        on_waiting: Callable[[float], None] | None = None,
    ) -> Reply:
        """Sends one request and reads its whole reply; any HTTP status comes back as a Reply.

        ``before_first_byte`` is called at most once, just before the first byte; an error of it is passed on and nothing is sent.
        ``cancel`` works until the first byte, and for a request that changes nothing until the end.

        Raises, in terms of what the server can have seen: Closed, SetupFault, Cancelled, Unreachable: nothing, or the request changes
        nothing; OutcomeUnknown: ``changes_something`` and at least a byte was handed over.
        """
        address = address_of(url, item=f"{self._service}.base_url", loopback_only=self._loopback_only)
        request = httpcore.Request(
            method,
            httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target),
            headers=_request_headers(address, method, headers, content),
            content=content,
        )
        preparation = _once(before_first_byte)
        call = _Call(address, request, limits, changes_something, cancel, preparation, on_waiting)
        for _ in range(_CONNECTS_AT_MOST):
            self._check_closed(limits)
            if cancel is not None:
                cancel.raise_if_cancelled()
            try:
                return self._exchange(call, self._connection_for(call))
            except _ClosedBeforeStart:
                continue
        raise Unreachable(self._service, "cut", detail="closed_before_start")

    def close(self) -> None:
        """Closes all idle connections."""
        with self._idle_lock:
            connections, self._idle = self._idle, []
        for connection in connections:
            connection.http.close()

    def _check_closed(self, limits: Limits) -> None:
        if self._closed_hours is not None:
            self._closed_hours().check(self._now(), limits.total_s + _CLOSED_SLACK_S)

    # Connecting

    def _connection_for(self, call: _Call) -> _Connection:
        # A request that changes something never uses an old connection: nothing left over on it can pass for its answer.
        if not call.changes_something and (kept := self._take_idle(call.address)) is not None:
            return kept
        try:
            stream = self._connect(call)
        except ssl.SSLError as error:
            failure = Unreachable(self._service, "tls", detail=tls_detail(error))
        except TimeoutError:
            failure = Unreachable(self._service, "connect", detail="timeout")
        except OSError as error:
            failure = Unreachable(self._service, "connect", detail=type(error).__name__)
        else:
            origin = httpcore.Origin(call.request.url.scheme, call.request.url.host, call.address.port)
            return _Connection(call.address.origin, stream, httpcore.HTTP11Connection(origin, stream))
        raise failure

    def _connect(self, call: _Call) -> WireStream:
        address, allowance = call.address, Allowance(call.limits.connect_s, call.cancel)
        if self._proxy is not None and not address.is_loopback:
            connection = connect(self._proxy.host, self._proxy.port, allowance, loopback_only=False)
            self._open_tunnel(WireStream(connection), self._proxy, address, allowance)
        else:
            connection = connect(address.host, address.port, allowance, loopback_only=address.is_loopback)
        return WireStream(secure(connection, address.host, allowance) if address.scheme == "https" else connection)

    def _open_tunnel(self, stream: WireStream, proxy: Proxy, address: Address, allowance: Allowance) -> None:
        headers = [("Host", address.authority)]
        if proxy.authorization:
            headers.append(("Proxy-Authorization", proxy.authorization))
        url = httpcore.URL(scheme="http", host=proxy.host, port=proxy.port, target=address.authority)
        stream.begin(allowance)
        failure = Unreachable(self._service, "proxy")
        try:
            tunnel = httpcore.HTTP11Connection(url.origin, stream)
            status = tunnel.handle_request(httpcore.Request("CONNECT", url, headers=headers)).status
            if 200 <= status < 300:
                return
            failure = Unreachable(self._service, "proxy", status)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            failure = Unreachable(self._service, "proxy", detail=type(error).__name__)
        except BaseException:
            stream.close()
            raise
        stream.close()
        raise failure

    def _take_idle(self, address: Address) -> _Connection | None:
        now = time.monotonic()
        with self._idle_lock:
            stale = [connection for connection in self._idle if now - connection.idle_since > _KEEP_S]
            fitting = [connection for connection in self._idle if connection not in stale and connection.origin == address.origin]
            taken = fitting[-1] if fitting else None
            self._idle = [connection for connection in self._idle if connection not in stale and connection is not taken]
        for connection in stale:
            connection.http.close()
        if taken is not None and not taken.stream.is_quiet():
            taken.http.close()
            return None
        return taken

    def _give_back(self, connection: _Connection) -> None:
        # httpcore keeps what came after the end of a reply and would take it for the next request's reply (seen with 1.0.9; it has no
        # public way to ask).
        left_over = connection.http._h11_state.trailing_data[0]
        if connection.http.is_idle() and not left_over:
            connection.idle_since = time.monotonic()
            with self._idle_lock:
                if len(self._idle) < _KEEP_AT_MOST:
                    self._idle.append(connection)
                    return
        connection.http.close()

    # The exchange

    def _exchange(self, call: _Call, connection: _Connection) -> Reply:
        stream = connection.stream
        stream.handed_over = False
        try:
            reply = self._start_and_receive(call, connection)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, _ReplyRefused) as error:
            failure = self._failure(call, stream.handed_over, error)
        except BaseException:
            connection.http.close()
            raise
        else:
            self._give_back(connection)
            return reply
        connection.http.close()
        raise failure  # outside of the handler, so that no request hangs on to it

    def _start_and_receive(self, call: _Call, connection: _Connection) -> Reply:
        stream = connection.stream

        def prepare() -> None:
            self._check_closed(call.limits)
            if not stream.is_quiet():
                raise _ClosedBeforeStart
            if call.before_first_byte is not None:
                call.before_first_byte()

        with ExitStack() as start:
            if self._gate is None:
                turn = Turn()
                prepare()
            else:
                turn = start.enter_context(self._gate.turn(call.cancel, call.on_waiting, prepare))
            # A request that changes something is waited for to the end: cancelling it could only lose its answer.
            allowance = Allowance(call.limits.total_s, None if call.changes_something else call.cancel)
            stream.begin(allowance, after_first_write=start.close)
            try:
                if not stream.is_quiet():
                    raise _ClosedBeforeStart
                return _receive(connection.http.handle_request(call.request), call.limits, allowance)
            finally:
                if not stream.handed_over:
                    turn.not_started()

    def _failure(self, call: _Call, handed_over: bool, error: Exception) -> DeskError:
        status: int | None = None
        match error:
            case _ReplyRefused():
                code, detail, status = error.args
            case httpcore.TimeoutException():
                code, detail = "timeout", ""
            case httpcore.RemoteProtocolError() if "disconnected" in str(error) or "closed connection" in str(error):
                code, detail = "cut", ""
            case httpcore.ProtocolError():
                code, detail = "protocol", type(error).__name__
            case _:
                code, detail = "cut", type(error).__name__
        if handed_over and call.changes_something:
            return OutcomeUnknown(self._service, code, status, detail)
        return Unreachable(self._service, code, status, detail)


def _once(function: Callable[[], None] | None) -> Callable[[], None] | None:
    if function is None:
        return None
    pending = [function]

    def call() -> None:
        if pending:
            pending.pop()()

    return call


def _request_headers(address: Address, method: str, headers: Mapping[str, str], content: bytes | None) -> list[tuple[str, str]]:
    """The headers as sent; raises SetupFault for a value that no header can hold, such as a key pasted with its line end."""
    given = {name.lower() for name in headers}
    if given & {"host", "content-length", "transfer-encoding", "accept-encoding", "connection"}:
        raise ValueError("these headers are the wire's own")
    for name, value in headers.items():
        if not value.isascii() or not all(character == "\t" or " " <= character < "\x7f" for character in value) or value != value.strip():
            raise SetupFault("settings.toml", name, "header_value")
    fixed = [("Host", address.host_header), ("Accept-Encoding", "identity")]
    if content is not None or method in ("POST", "PUT", "PATCH"):
        fixed.append(("Content-Length", str(len(content or b""))))
    return [*fixed, *headers.items()]


def _receive(response: httpcore.Response, limits: Limits, allowance: Allowance) -> Reply:
    """Reads the whole reply within its limits. Raises _ReplyRefused and httpcore's errors."""
    try:
        headers = _reply_headers(response)
        chunks: list[bytes] = []
        size = 0
        for number, chunk in enumerate(response.iter_stream()):
            size += len(chunk)
            if size > limits.max_bytes:
                raise _ReplyRefused("too_large", "", response.status)
            if number % _DEADLINE_EVERY == 0:
                _check_time(allowance)
            chunks.append(chunk)
        return Reply(response.status, headers, b"".join(chunks))
    finally:
        response.close()


def _check_time(allowance: Allowance) -> None:
    try:
        allowance.left_s()
    except TimeoutError:
        raise httpcore.ReadTimeout from None


def _reply_headers(response: httpcore.Response) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    if len(response.headers) > _HEADERS_AT_MOST or response.status == 101:
        raise _ReplyRefused("protocol", "headers", response.status)
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("ascii").lower(), raw_value.decode("latin-1")
        if name in headers and name not in _REPEATABLE_HEADERS and headers[name] != value:
            raise _ReplyRefused("protocol", f"repeated_{name}", response.status)
        headers[name] = f"{headers[name]}, {value}" if name in headers and headers[name] != value else value
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise _ReplyRefused("protocol", "content_encoding", response.status)  # a packed body can be a bomb, and nobody asked for it
    return MappingProxyType(headers)
