"""Connections to a service: made before a request needs them, and kept only while nothing can be left over on them."""

import socket
import ssl
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

import httpcore

from denkidesk.domain.error_codes import ConnectCode
from denkidesk.domain.errors import Unreachable
from denkidesk.wire.addresses import Address
from denkidesk.wire.proxy import Proxy
from denkidesk.wire.sockets import Allowance, WireStream, connect, secure, tls_detail

_KEEP_S: Final = 4.0
"""Idle connections are dropped before a usual server does it (5 s), so that a request seldom meets a closing one."""
_KEEP_AT_MOST: Final = 2
_VERDICTS: Final = {
    401: ConnectCode.PROXY_LOGIN,
    403: ConnectCode.PROXY_FORBIDS,
    405: ConnectCode.PROXY_FORBIDS,
    407: ConnectCode.PROXY_LOGIN,
    502: ConnectCode.PROXY_NO_SERVER,
    503: ConnectCode.PROXY_NO_SERVER,
    504: ConnectCode.PROXY_NO_SERVER,
}
"""What a proxy says of a CONNECT; only there can its words be told from the server's, and plain http goes to this machine alone."""


@dataclass(slots=True, eq=False)
class Connection:
    """A connection that has been made, and whom it belongs to."""

    origin: tuple[str, str, int]
    stream: WireStream
    http: httpcore.HTTP11Connection
    idle_since: float = 0.0

    def close(self) -> None:
        """Closes the connection; closing twice is allowed."""
        self.http.close()


class Connections:
    """Makes connections and keeps a few; each is lent to one request at a time. May be used from several threads."""

    def __init__(self, service: str, proxy: Proxy | None) -> None:
        self._service = service
        self._proxy = proxy
        self._idle: list[Connection] = []
        self._is_closed = False
        self._idle_lock = threading.Lock()

    def take_idle(self, address: Address) -> Connection | None:
        """A kept connection on which the server neither hung up nor said anything since; None if there is none."""
        now = time.monotonic()
        with self._idle_lock:
            stale = [connection for connection in self._idle if now - connection.idle_since > _KEEP_S]
            fitting = [connection for connection in self._idle if connection not in stale and connection.origin == address.origin]
            taken = fitting[-1] if fitting else None
            self._idle = [connection for connection in self._idle if connection not in stale and connection is not taken]
        for connection in stale:
            connection.close()
        if taken is not None and not taken.stream.is_quiet():
            taken.close()
            return None
        return taken

    def give_back(self, connection: Connection) -> None:
        """Keeps a connection whose reply was read to its end, or closes it."""
        # httpcore keeps what came after the end of a reply and would take it for the next request's reply (seen with 1.0.9; it has no
        # public way to ask).
        left_over = connection.http._h11_state.trailing_data[0]  # noqa: SLF001 - see above
        if connection.http.is_idle() and not left_over:
            connection.idle_since = time.monotonic()
            with self._idle_lock:
                if len(self._idle) < _KEEP_AT_MOST and not self._is_closed:
                    self._idle.append(connection)
                    return
        connection.close()

    def close(self) -> None:
        """Closes all idle connections, and keeps none from now on."""
        with self._idle_lock:
            self._is_closed = True
            connections, self._idle = self._idle, []
        for connection in connections:
            connection.close()

    def make(self, address: Address, allowance: Allowance) -> Connection:
        """A new connection, ready for a request's first byte; raises Unreachable or Cancelled."""
        try:
            stream = self._connect(address, allowance)
        except ssl.SSLError as error:
            failure = Unreachable(self._service, ConnectCode.TLS, detail=tls_detail(error))
        except TimeoutError:
            failure = Unreachable(self._service, ConnectCode.CONNECT, detail="timeout")
        except OSError as error:
            failure = Unreachable(self._service, ConnectCode.CONNECT, detail=type(error).__name__)
        else:
            origin = httpcore.Origin(address.scheme.encode("ascii"), address.host.encode("ascii"), address.port)
            return Connection(address.origin, stream, httpcore.HTTP11Connection(origin, stream))
        raise failure  # outside of the handler, so that nothing else hangs on to it

    def _connect(self, address: Address, allowance: Allowance) -> WireStream:
        if self._proxy is not None and not address.is_loopback:
            connection = self._connect_to(self._proxy, allowance)
            self._open_tunnel(WireStream(connection), self._proxy, address, allowance)
        else:
            connection = connect(address.host, address.port, allowance, loopback_only=address.is_loopback)
        return WireStream(secure(connection, address.host, allowance) if address.scheme == "https" else connection)

    def _connect_to(self, proxy: Proxy, allowance: Allowance) -> socket.socket:
        try:
            return connect(proxy.host, proxy.port, allowance, loopback_only=False)
        except OSError as error:
            detail = "timeout" if isinstance(error, TimeoutError) else type(error).__name__
        raise Unreachable(self._service, ConnectCode.PROXY, detail=detail)

    def _open_tunnel(self, stream: WireStream, proxy: Proxy, address: Address, allowance: Allowance) -> None:
        with ExitStack() as unless_open:
            unless_open.callback(stream.close)
            headers = [("Host", address.authority)]
            if authorization := proxy.authorization():
                headers.append(("Proxy-Authorization", authorization))
            url = httpcore.URL(scheme="http", host=proxy.host, port=proxy.port, target=address.authority)
            stream.begin(allowance)
            try:
                tunnel = httpcore.HTTP11Connection(url.origin, stream)
                status = tunnel.handle_request(httpcore.Request("CONNECT", url, headers=headers)).status
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                failure = Unreachable(self._service, ConnectCode.PROXY, detail=type(error).__name__)
            else:
                if 200 <= status < 300:
                    unless_open.pop_all()
                    return
                failure = Unreachable(self._service, _VERDICTS.get(status, ConnectCode.PROXY), status)
        raise failure
