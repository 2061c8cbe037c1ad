"""A server on loopback that answers each connection by a script, as badly as the script likes."""

import contextlib
import socket
import ssl
import struct
import threading


class HostileServer:
    """Runs ``scripts[n]`` for connection n, the last one for all later connections. A script gets a :class:`Peer`."""

    def __init__(self, *scripts, tls=None):
        self._scripts = scripts
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = []
        self._peers = []
        self.stopping = threading.Event()
        self.requests = []
        self.connections = 0
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}/service?x=1"

    def __enter__(self):
        self._start(self._accept)
        return self

    def __exit__(self, *_):
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for peer in list(self._peers):
            peer.close()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _start(self, target, *args):
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while not self.stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            script = self._scripts[min(self.connections, len(self._scripts) - 1)]
            self.connections += 1
            self._start(self._serve, connection, script)

    def _serve(self, connection, script):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = Peer(self, connection)
        self._peers.append(peer)
        try:
            if self._tls is not None:
                peer.socket = self._tls.wrap_socket(connection, server_side=True)
            script(peer)
        except (OSError, ssl.SSLError):
            pass  # the client went away, which is what many tests want
        finally:
            peer.close()


class Peer:
    """The server's side of one connection."""

    def __init__(self, server, connection):
        self.server = server
        self.socket = connection

    def request(self):
        """Reads one whole request and notes it; empty when the client closed."""
        raw = b""
        while b"\r\n\r\n" not in raw:
            more = self.socket.recv(65536)
            if not more:
                return b""
            raw += more
        head, _, body = raw.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(body) < length:
            more = self.socket.recv(65536)
            if not more:
                return b""
            body += more
        self.server.requests.append(head + b"\r\n\r\n" + body)
        return body

    def send(self, data):
        self.socket.sendall(data)

    def reply(self, body, *extra, status="200 OK"):
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *extra]
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def trickle(self, data):
        """One byte each 20 ms, until the end of the test."""
        for byte in data:
            if self.server.stopping.wait(0.02):
                return
            self.send(bytes([byte]))

    def hang(self):
        self.server.stopping.wait(30)

    def reset(self):
        """Ends the connection with RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def echo(peer):
    """Well-behaved: answers each request with its own body."""
    while body := peer.request():
        peer.reply(body, "Content-Type: text/xml; charset=UTF-8")
