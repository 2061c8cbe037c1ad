"""The one seam under httpx's client: how a request gets onto a connection, once, and how its whole reply comes back.

httpcore is used below this seam, because the gate must stand between the connecting and the request's first byte, where only the
connection itself can tell whether that byte was handed over; httpx's own transport connects and sends in one step.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import Final

import httpcore
import httpx

from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.errors import DeskError, OutcomeUnknown, Unreachable
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.connections import Connection, Connections
from denkidesk.wire.exchange import EXCHANGE, REPLY_HEADERS, Exchange, Limits
from denkidesk.wire.gate import Gate, Turn
from denkidesk.wire.known_secrets import KnownSecrets
from denkidesk.wire.proxy import Proxy
from denkidesk.wire.sockets import Allowance

_CONNECTS_AT_MOST: Final = 3
_HEADERS_AT_MOST: Final = 100
_CLOSED_SLACK_S: Final = 0.1
"""What may pass between the last look at the closed hours and the first byte."""
_DEADLINE_EVERY: Final = 64
_REPEATABLE_HEADERS: Final = frozenset({"set-cookie", "vary", "cache-control", "via", "warning", "link", "www-authenticate"})
_NOT_SHOWN: Final = frozenset({b"location", b"set-cookie", b"content-encoding"})
"""What httpx's client would act on by itself; a malformed Location even makes it throw a whole reply away."""


class _ClosedBeforeStart(Exception):
    """The server closed the connection before any byte of the request was handed over."""


class _ReplyRefused(Exception):
    """The reply breaks a limit or a rule."""

    def __init__(self, code: ExchangeCode, detail: str, status: int) -> None:
        super().__init__(code, detail, status)
        self.code = code
        self.detail = detail
        self.status = status


class WireTransport(httpx.BaseTransport):
    """Hands each request to the network at most once, and within the limits of its :class:`Exchange`.

    Raises DeskErrors and none of httpx's errors, because httpx ties the request, with its password, to those. What it returns has been
    read to its end, so that nothing can fail behind this seam.
    """

    def __init__(
        self,
        service: str,
        *,
        gate: Gate | None,
        closed_hours: Callable[[], ClosedHours] | None,
        proxy: Proxy | None,
        now: Now,
        secrets: KnownSecrets,
    ) -> None:
        self._secrets = secrets
        self._service = service
        self._gate = gate
        self._closed_hours = closed_hours
        self._now = now
        self._connections = Connections(service, proxy)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; any status comes back as a response. Raises what ``WireClient.send`` raises."""
        exchange: Exchange = request.extensions[EXCHANGE]
        address = exchange.address
        outgoing = httpcore.Request(
            request.method,
            httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target),
            headers=request.headers.raw,
            content=request.content,
        )
        prepare = _once(exchange.before_first_byte)
        for _ in range(_CONNECTS_AT_MOST):
            self._check_closed(exchange.limits)
            if exchange.cancel is not None:
                exchange.cancel.raise_if_cancelled()
            try:
                return self._exchange(exchange, outgoing, prepare, self._connection_for(exchange))
            except _ClosedBeforeStart:
                continue
        raise Unreachable(self._service, ExchangeCode.CUT, detail="closed_before_start")

    def close(self) -> None:
        """Closes all idle connections; one under way is closed after its reply."""
        self._connections.close()

    def _check_closed(self, limits: Limits) -> None:
        if self._closed_hours is not None:
            self._closed_hours().check(self._now(), limits.total_s + _CLOSED_SLACK_S)

    def _connection_for(self, exchange: Exchange) -> Connection:
        # A request that changes something never uses an old connection: nothing left over on it can pass for its answer.
        if not exchange.changes_something and (kept := self._connections.take_idle(exchange.address)) is not None:
            return kept
        return self._connections.make(exchange.address, Allowance(exchange.limits.connect_s, exchange.cancel))

    def _exchange(
        self, exchange: Exchange, outgoing: httpcore.Request, prepare: Callable[[], None], connection: Connection
    ) -> httpx.Response:
        stream = connection.stream
        stream.handed_over = False
        with ExitStack() as unless_whole:
            unless_whole.callback(connection.close)
            try:
                response = self._start_and_receive(exchange, outgoing, prepare, connection)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, _ReplyRefused) as error:
                failure = self._failure(exchange, stream.handed_over, error)
            else:
                unless_whole.pop_all()
                self._connections.give_back(connection)
                return response
        raise failure  # outside of the handler, so that no request hangs on to it

    def _start_and_receive(
        self, exchange: Exchange, outgoing: httpcore.Request, prepare: Callable[[], None], connection: Connection
    ) -> httpx.Response:
        stream = connection.stream

        def last_checks() -> None:
            self._check_closed(exchange.limits)
            if not stream.is_quiet():
                raise _ClosedBeforeStart
            prepare()

        with ExitStack() as start:
            if self._gate is None:
                turn = Turn()
                last_checks()
            else:
                turn = start.enter_context(self._gate.turn(exchange.cancel, last_checks))
            # A request that changes something is waited for to the end: cancelling it could only lose its answer.
            allowance = Allowance(exchange.limits.total_s, None if exchange.changes_something else exchange.cancel)
            stream.begin(allowance, after_first_write=start.close)
            try:
                if not stream.is_quiet():
                    raise _ClosedBeforeStart
                return _receive(connection.http.handle_request(outgoing), exchange, allowance)
            finally:
                if not stream.handed_over:
                    turn.is_started = False

    def _failure(self, exchange: Exchange, handed_over: bool, error: Exception) -> DeskError:
        status: int | None = None
        match error:
            case _ReplyRefused():
                code, detail, status = error.code, self._secrets.cleaned(error.detail), error.status
            case httpcore.TimeoutException():
                code, detail = ExchangeCode.TIMEOUT, ""
            case httpcore.RemoteProtocolError() if "disconnected" in str(error) or "closed connection" in str(error):
                code, detail = ExchangeCode.CUT, ""
            case httpcore.ProtocolError():
                code, detail = ExchangeCode.PROTOCOL, type(error).__name__
            case _:
                code, detail = ExchangeCode.CUT, type(error).__name__
        if handed_over and exchange.changes_something:
            return OutcomeUnknown(self._service, code, status, detail)
        return Unreachable(self._service, code, status, detail)


def _once(function: Callable[[], None] | None) -> Callable[[], None]:
    pending = [] if function is None else [function]

    def call() -> None:
        if pending:
            pending.pop()()

    return call


def _receive(response: httpcore.Response, exchange: Exchange, allowance: Allowance) -> httpx.Response:
    """Reads the whole reply within its limits. Raises _ReplyRefused and httpcore's errors."""
    try:
        headers = _checked_headers(response)
        chunks: list[bytes] = []
        size = 0
        take = None if exchange.into is None else exchange.into(response.status, headers)
        most = exchange.limits.max_bytes if take is None else exchange.limits.max_streamed_bytes
        for number, chunk in enumerate(response.iter_stream()):
            size += len(chunk)
            if size > most:
                raise _ReplyRefused(ExchangeCode.TOO_LARGE, "", response.status)
            if number % _DEADLINE_EVERY == 0:
                _check_time(allowance)
            (chunks.append if take is None else take)(chunk)
    finally:
        response.close()
    return httpx.Response(
        response.status,
        headers=[(name, value) for name, value in response.headers if name.lower() not in _NOT_SHOWN],
        stream=httpx.ByteStream(b"".join(chunks)),
        extensions={REPLY_HEADERS: headers},
    )


def _check_time(allowance: Allowance) -> None:
    try:
        allowance.left_s()
    except TimeoutError:
        raise httpcore.ReadTimeout from None


def _checked_headers(response: httpcore.Response) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    if len(response.headers) > _HEADERS_AT_MOST or response.status == 101:
        raise _ReplyRefused(ExchangeCode.PROTOCOL, "headers", response.status)
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("ascii").lower(), raw_value.decode("latin-1")
        if name in headers and name not in _REPEATABLE_HEADERS and headers[name] != value:
            raise _ReplyRefused(ExchangeCode.PROTOCOL, f"repeated_{name}", response.status)
        headers[name] = f"{headers[name]}, {value}" if name in headers and headers[name] != value else value
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        # a packed body can be a bomb, and nobody asked for it
        raise _ReplyRefused(ExchangeCode.PROTOCOL, "content_encoding", response.status)
    return MappingProxyType(headers)
