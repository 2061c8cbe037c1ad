"""Connections whose every step ends in time, can be cancelled, and tell whether a byte of a request was handed over."""

import contextlib
import ipaddress
import queue
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, Final

import httpcore
import truststore

from denkidesk.domain.cancel import CancelToken

_SLICE_S: Final = 0.1
"""How often a wait looks at its cancel token."""

_Resolved = tuple[socket.AddressFamily, Any]


class Allowance:
    """How long something may take in all, and who may cancel it."""

    def __init__(self, seconds: float, cancel: CancelToken | None) -> None:
        self._ends_at = time.monotonic() + seconds
        self._cancel = cancel

    def left_s(self) -> float:
        """Seconds left, more than none; raises TimeoutError when they are used up, Cancelled when cancelled."""
        if self._cancel is not None:
            self._cancel.raise_if_cancelled()
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def slice_s(self) -> float:
        """How long one wait may be before the token is looked at again."""
        left = self.left_s()
        return left if self._cancel is None else min(left, _SLICE_S)


def connect(host: str, port: int, allowance: Allowance, *, loopback_only: bool) -> socket.socket:
    """A TCP connection to the first address that answers; raises OSError (TimeoutError when too late) or Cancelled."""
    failure: OSError = OSError("no address")
    for family, address in _resolve(host, port, allowance):
        if loopback_only and not ipaddress.ip_address(address[0]).is_loopback:
            failure = OSError("not a loopback address")
            continue
        with contextlib.ExitStack() as unless_made:
            connection = unless_made.enter_context(socket.socket(family, socket.SOCK_STREAM))
            try:
                connection.setblocking(False)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with contextlib.suppress(BlockingIOError):
                    connection.connect(address)
                with selectors.DefaultSelector() as selector:
                    selector.register(connection, selectors.EVENT_WRITE)
                    while not selector.select(allowance.slice_s()):
                        pass
                if code := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(code, "connect")
            except TimeoutError:
                raise
            except OSError as error:
                failure = error
            else:
                unless_made.pop_all()
                return connection
    raise failure


def _resolve(host: str, port: int, allowance: Allowance) -> list[_Resolved]:
    """The host's addresses. Looked up on a thread of its own, because a resolver that hangs cannot be stopped."""
    with contextlib.suppress(ValueError):
        version = ipaddress.ip_address(host).version
        return [(socket.AF_INET6, (host, port, 0, 0))] if version == 6 else [(socket.AF_INET, (host, port))]
    answers: queue.SimpleQueue[list[_Resolved] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(family, address) for family, _, _, _, address in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError("host name"))

    threading.Thread(target=look_up, name="name-lookup", daemon=True).start()
    while True:
        try:
            answer = answers.get(timeout=allowance.slice_s())
        except queue.Empty:
            continue
        if isinstance(answer, OSError):
            raise answer
        return answer


def secure(connection: socket.socket, host: str, allowance: Allowance) -> ssl.SSLSocket:
    """TLS 1.2 or later over a connection, checked against the system's own certificates; no switch turns the checks off.

    Raises OSError, of which ssl.SSLError is one. Each connection has a context of its own (0.4 ms), because truststore lets only one
    handshake of a context go on at a time, and a slow server would hold up the others.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        connection.settimeout(allowance.left_s())  # for the handshake as a whole: OpenSSL's wrapper counts down
        return context.wrap_socket(connection, server_hostname=host)
    except BaseException:
        connection.close()
        raise


class WireStream(httpcore.NetworkStream):
    """One connection as httpcore sees it; lent to one request at a time."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._allowance = Allowance(0, None)
        self._after_first_write: Callable[[], object] | None = None
        self.handed_over = False

    def begin(self, allowance: Allowance, after_first_write: Callable[[], object] | None = None) -> None:
        """Lends the connection to a request."""
        self._allowance = allowance
        self._after_first_write = after_first_write
        self.handed_over = False

    def is_quiet(self) -> bool:
        """Whether the other side neither closed the connection nor said anything before it was asked.

        Reads without waiting, because the tickets that TLS 1.3 sends after the handshake make the bare socket readable.
        """
        try:
            self._socket.settimeout(0)
            self._socket.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the allowance is the only limit
        """At most ``max_bytes``, within the request's allowance."""
        while True:
            try:
                self._socket.settimeout(self._allowance.slice_s())
            except TimeoutError:
                raise httpcore.ReadTimeout from None
            try:
                return self._socket.recv(max_bytes)
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.ReadError(type(error).__name__) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the allowance is the only limit
        """All of ``buffer``, within the request's allowance."""
        view = memoryview(buffer)
        while view:
            try:
                self._socket.settimeout(self._allowance.left_s())
                self.handed_over = True
                sent = self._socket.send(view)
            except TimeoutError:
                raise httpcore.WriteTimeout from None
            except OSError as error:
                raise httpcore.WriteError(type(error).__name__) from None
            view = view[sent:]
            if self._after_first_write is not None:
                self._after_first_write()
                self._after_first_write = None

    def close(self) -> None:
        """Closes the connection; closing twice is allowed."""
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        """Whether something can be read, which httpcore asks of idle connections."""
        return not self.is_quiet() if info == "is_readable" else None


def tls_detail(error: ssl.SSLError) -> str:
    """Why a handshake failed, in OpenSSL's words; they hold no secret."""
    return getattr(error, "verify_message", "") or error.reason or type(error).__name__
