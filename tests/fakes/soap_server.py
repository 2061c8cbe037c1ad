"""A plain HTTP server on loopback that answers every POST by one function: (path, headers, body) -> (status, headers, body)."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "urn:denkidesk:provisional:kansai:messages:1"
XML = {"Content-Type": "text/xml; charset=UTF-8"}


def envelope(inner):
    return (f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{ENVELOPE}"><s:Body>{inner}</s:Body></s:Envelope>').encode()


def fault(message="invented fault", code="s:Server"):
    return envelope(f"<s:Fault><faultcode>{code}</faultcode><faultstring>{message}</faultstring></s:Fault>")


def message(name, inner):
    """A reply of the provisional set."""
    return envelope(f'<m:{name} xmlns:m="{MESSAGES}">{inner}</m:{name}>')


class SoapServer:
    """``answer`` may be changed at any time; ``requests`` is what came, in order."""

    def __init__(self, answer):
        self.answer = answer
        self.requests = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # write buffering: no delayed acknowledgements in timings

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.requests.append((self.path, dict(self.headers.items()), body))
                status, headers, content = server.answer(self.path, self.headers, body)
                self.send_response_only(status)  # no Date but the answer's own
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Connection", "close")  # a kept connection would keep its thread, and the end of the test waiting
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False  # joined at the end
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self.url = f"http://127.0.0.1:{self._server.server_port}/services/"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
