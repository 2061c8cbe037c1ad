"""The HTTP/1.1 server that both practice services stand on: loopback only, keep-alive, one thread a connection.

An answer leaves in one write with TCP_NODELAY, so no answer waits 40 ms for a delayed acknowledgement. ``stop()`` leaves no thread and
no socket behind, whatever a fault is waiting for.
"""

import contextlib
import io
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from email.utils import format_datetime
from http.client import responses
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Final, Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from denkidesk.domain.clock import Now, now_jst
from denkidesk.practice.faults import Fault, FaultBox, Moment
from denkidesk.practice.foreign import refusal_of_foreign
from denkidesk.practice.messages import Handler, PracticeRequest, PracticeResponse, last_segment, maintenance_response, text_response

LOOPBACK: Final = "127.0.0.1"
CONTROL_PREFIX: Final = "/practice/"
"""Requests below it steer the practice: they are never counted as starts and never struck by a fault."""
MAX_REQUEST_BYTES: Final = 16 * 1024 * 1024
IDLE_S: Final = 300.0
STOP_WAIT_S: Final = 5.0
_HUGE_BODY_BYTES: Final = 64 * 1024 * 1024
_WINDOWS: Final = sys.platform == "win32"

_NOT_XML: Final = "<html><head><title>練習</title><body><p>XMLでもJSONでもない応答です<br>& 終わりのタグもありません".encode()


class PracticeHttpServer:
    """Serves ``handler`` on a loopback port from :meth:`start` to :meth:`stop`; may be used as a context manager.

    ``operation_of`` names the operation that a path calls, for faults aimed at one. ``on_start`` is called for each request but the control
    requests, with its path and start, also of those that a fault swallows. A handler that raises is answered with 500, and the
    exception is kept in :attr:`handler_errors`. ``takes_json``: what is posted must say that it is JSON, as control requests must.
    ``now`` is the time that the Date header tells: a service that practises another day says so there, as one that is really there on
    that day would. Only this machine's names are answered, and no web page.
    """

    def __init__(
        self,
        name: str,
        handler: Handler,
        faults: FaultBox,
        port: int = 0,
        *,
        operation_of: Callable[[str], str] = last_segment,
        on_start: Callable[[str, int], None] | None = None,
        control: Handler | None = None,
        takes_json: bool = False,
        now: Now = now_jst,
    ) -> None:
        self.name = name
        self.handler = handler
        self.faults = faults
        self.operation_of = operation_of
        self.on_start = on_start
        self.control = control
        self.takes_json = takes_json
        self.now = now
        self.stopping = threading.Event()
        self.handler_errors: list[Exception] = []
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._listener = socket.create_server((LOOPBACK, port), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._acceptor: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port, with no path."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> Self:
        """Begins to accept; returns at once."""
        self._acceptor = threading.Thread(target=self._accept, name=f"practice-{self.name}", daemon=True)
        self._acceptor.start()
        return self

    def stop(self) -> None:
        """Ends every connection and thread; may be called twice."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        if self._acceptor is not None:
            # accept() is woken by a connection of our own: closing a listening socket does not wake it on every system.
            with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), timeout=1):
                pass
            self._acceptor.join(STOP_WAIT_S)
        self._listener.close()
        with self._lock:
            connections = dict(self._connections)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in connections.values():
            thread.join(STOP_WAIT_S)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._listener.accept()
            except OSError:
                if self.stopping.is_set():
                    return
                continue
            if self.stopping.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection, address), name=f"practice-{self.name}-connection", daemon=True)
            with self._lock:
                self._connections[connection] = thread
            thread.start()

    def _serve(self, connection: socket.socket, address: tuple[str, int]) -> None:
        try:
            _Connection(connection, address, self)
        except (OSError, ValueError):
            # The other side went away in the middle of something; nobody is left to be told.
            pass
        finally:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
            with self._lock:
                self._connections.pop(connection, None)


class _Cut(Exception):
    """The connection ends here, by a fault."""


class _Connection(BaseHTTPRequestHandler):
    """One connection. Only the reading of request line and headers is taken from the standard library's handler."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_S

    def __init__(self, request: socket.socket, client_address: tuple[str, int], server: PracticeHttpServer) -> None:
        self.practice = server
        super().__init__(request, client_address, server)  # type: ignore[arg-type]  # it only stores the server and asks it nothing

    def handle_one_request(self) -> None:
        self.close_connection = True
        try:
            if not cast("io.BufferedReader", self.rfile).peek(1):
                return
            started_ns = time.perf_counter_ns()
            self.raw_requestline = self.rfile.readline(65537)
            if len(self.raw_requestline) > 65536:
                self._answer(text_response(414, "request line too long"))
            elif self.raw_requestline and self.parse_request():
                self._one_request(started_ns)
        except (_Cut, TimeoutError, ConnectionError):
            self.close_connection = True

    def _one_request(self, started_ns: int) -> None:
        server = self.practice
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        control = path.startswith(CONTROL_PREFIX)
        if (refusal := refusal_of_foreign(self.command, self.headers, wants_json=control or server.takes_json)) is not None:
            self._answer(text_response(*refusal), last=True)
            return
        fault: Fault | None = None
        if not control:
            if server.on_start is not None:
                with self._errors_kept():
                    server.on_start(path, started_ns)
            fault = server.faults.take(server.operation_of(path))
        if fault is not None and fault.name == "cut-on-request":
            raise _Cut
        body = self._body()
        if body is None:
            return
        request = PracticeRequest(
            self.command,
            path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            body,
            started_ns,
            fault if fault is not None and fault.moment is Moment.HANDLER else None,
        )
        if control:
            self._answer(self._ask(server.control or _no_control, request))
        elif fault is not None and fault.moment is Moment.INSTEAD:
            self._instead(fault, request)
        else:
            response = self._ask(server.handler, request)
            if fault is not None and fault.moment is Moment.AFTER:
                self._spoil(fault, response)
            else:
                self._answer(response)

    @contextlib.contextmanager
    def _errors_kept(self) -> Iterator[None]:
        """Books that cannot be read or written must not swallow the answer; tests look at the list."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - see above
            self.practice.handler_errors.append(error)

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length")
        if "Transfer-Encoding" in self.headers or (length is None and self.command in ("POST", "PUT", "PATCH")):
            self._answer(text_response(411, "Content-Length required"), last=True)
            return None
        if length is None:
            return b""
        if not (length.isascii() and length.isdigit()):
            self._answer(text_response(400, "Content-Length is not a number"), last=True)
            return None
        if int(length) > MAX_REQUEST_BYTES:
            self._answer(text_response(413, "request too large"), last=True)
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Cut
        return body

    def _ask(self, handler: Handler, request: PracticeRequest) -> PracticeResponse:
        try:
            return handler(request)
        except Exception as error:  # noqa: BLE001 - a fault of the practice itself must not end the server; tests look at the list
            self.practice.handler_errors.append(error)
            return text_response(500, f"practice server: {type(error).__name__}")

    def _instead(self, fault: Fault, request: PracticeRequest) -> None:
        match fault.name:
            case "cut-before-work":
                raise _Cut
            case "late-work":
                self._wait(fault.seconds)
                self._answer(self._ask(self.practice.handler, request))
            case "maintenance-503-html":
                self._answer(maintenance_response())
            case "error-500" | "forbidden-403" | "bad-request-400":
                status = int(fault.name.rpartition("-")[2])
                self._answer(text_response(status, responses[status]))
            case "redirect-302" | "redirect-307":
                status = int(fault.name.rpartition("-")[2])
                self._answer(PracticeResponse(status, {"Location": f"{self.practice.url}{request.path}"}))

    def _spoil(self, fault: Fault, response: PracticeResponse) -> None:
        match fault.name:
            case "late":
                self._wait(fault.seconds)
                self._answer(response)
            case "error-500-after-accept":
                self._answer(text_response(500, "Internal Server Error"))
            case "not-xml":
                self._answer(PracticeResponse(200, {"Content-Type": "text/html; charset=UTF-8"}, _NOT_XML))
            case "empty-200":
                self._answer(PracticeResponse(200, dict(response.headers)))
            case "huge-body":
                self._answer(PracticeResponse(200, dict(response.headers), b" " * _HUGE_BODY_BYTES))
            case "trickle":
                self.connection.sendall(self._head(response))
                for place in range(len(response.body)):
                    self._wait(fault.seconds / 10)
                    self.connection.sendall(response.body[place : place + 1])
            case _:
                self._break_off(fault, response)

    def _break_off(self, fault: Fault, response: PracticeResponse) -> None:
        """The connection ends before the answer does."""
        match fault.name:
            case "cut-after-accept":
                raise _Cut
            case "reset-after-accept":
                # Linger on with no time turns the close into a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if _WINDOWS else "ii", 1, 0))
                self.connection.close()
                raise _Cut
            case "cut-in-head":
                self.connection.sendall(b"HTTP/1.1 2")
                raise _Cut
            case "cut-body":
                self.connection.sendall(self._head(response) + response.body[: len(response.body) // 2])
                raise _Cut
            case "silent":
                self._wait_for_the_other_side()
                raise _Cut

    def _wait(self, seconds: float) -> None:
        if self.practice.stopping.wait(seconds):
            raise _Cut

    def _wait_for_the_other_side(self) -> None:
        """Until the client hangs up, or stop() shuts the socket."""
        with contextlib.suppress(OSError):
            while self.connection.recv(4096):
                pass

    def _head(self, response: PracticeResponse) -> bytes:
        now = now_jst()
        with self._errors_kept():
            now = self.practice.now()
        headers = {**response.headers, "Content-Length": len(response.body), "Date": format_datetime(now.astimezone(UTC), usegmt=True)}
        if self.close_connection:
            headers["Connection"] = "close"
        lines = (f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {response.status} {responses.get(response.status, '')}\r\n{''.join(lines)}\r\n".encode("latin-1")

    def _answer(self, response: PracticeResponse, *, last: bool = False) -> None:
        if last:
            self.close_connection = True
        self.connection.sendall(self._head(response) + response.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - inherited names
        """What the standard library refuses while it reads the request, in our form."""
        self._answer(text_response(code, message or ""), last=True)

    def handle_expect_100(self) -> bool:
        """Lets the client go on with its body."""
        self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited names
        """Nothing: requests hold personal data."""


def _no_control(_request: PracticeRequest) -> PracticeResponse:
    return text_response(404, "no control here")
