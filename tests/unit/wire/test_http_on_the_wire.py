"""What the wire's httpx client puts on the wire, octet by octet, and what it never does by itself."""

import logging
import threading

import httpx
import pytest

from denkidesk import __version__
from denkidesk.domain.errors import Cancelled, OutcomeUnknown, SetupFault
from denkidesk.wire.http import Limits, WireClient
from fakes.hostile_server import HostileServer, echo

LIMITS = Limits(max_bytes=100_000, connect_s=2.0, total_s=5.0)
AGENT = f"DenkiDesk/{__version__}"


@pytest.fixture
def wire():
    client = WireClient("kansai")
    yield client
    client.close()


def answering(*headers, status="200 OK", body=b"ok"):
    def serve(peer):
        while True:
            peer.request()
            peer.reply(body, *headers, status=status)

    return serve


def sent(server, number=-1):
    return server.requests[number].decode("latin-1")


def test_a_post_is_these_octets_and_no_others(wire):
    with HostileServer(echo) as server:
        headers = {"Content-Type": 'multipart/related; type="text/xml"', "SOAPAction": '"urn:x"', "Accept": "text/xml", "x-Case": "Kept"}
        wire.send("POST", server.url, headers=headers, content=b"<a/>", limits=LIMITS, changes_something=True)
        assert sent(server) == (
            "POST /service?x=1 HTTP/1.1\r\n"
            f"Host: localhost:{server.port}\r\n"
            "Accept-Encoding: identity\r\n"
            f"User-Agent: {AGENT}\r\n"
            "Content-Length: 4\r\n"
            'Content-Type: multipart/related; type="text/xml"\r\n'
            'SOAPAction: "urn:x"\r\n'
            "Accept: text/xml\r\n"
            "x-Case: Kept\r\n"
            "\r\n"
            "<a/>"
        )


def test_a_get_is_these_octets_and_no_others(wire):
    with HostileServer(answering()) as server:
        wire.send("GET", server.url, headers={"User-Agent": "Other/1"}, limits=LIMITS)
        assert sent(server) == (
            f"GET /service?x=1 HTTP/1.1\r\nHost: localhost:{server.port}\r\nAccept-Encoding: identity\r\nUser-Agent: Other/1\r\n\r\n"
        )


@pytest.mark.parametrize("content", [b"", None])
def test_a_post_without_a_body_says_so(wire, content):
    with HostileServer(answering()) as server:
        wire.send("POST", server.url, headers={}, content=content, limits=LIMITS)
        assert sent(server).count("Content-Length: 0\r\n") == 1
        assert "chunked" not in sent(server).lower()


def test_a_large_body_has_its_length_and_arrives_whole(wire):
    body = bytes(range(256)) * 4000
    with HostileServer(answering()) as server:
        wire.send("POST", server.url, headers={}, content=body, limits=LIMITS, changes_something=True)
        head, _, arrived = server.requests[0].partition(b"\r\n\r\n")
        assert arrived == body
        assert b"Content-Length: 1024000" in head.split(b"\r\n")
        assert b"chunked" not in head.lower()


@pytest.mark.parametrize("target", ["/a|b'c\"d<e>?q=^{}%zz&k=%e3%81", "/A/../b/./c", "//double", "/?"])
def test_a_target_goes_out_as_it_was_written(wire, target):
    # httpx would quote and tidy it; a server that signs or compares paths sees the difference.
    with HostileServer(answering()) as server:
        wire.send("GET", f"http://127.0.0.1:{server.port}{target}", headers={}, limits=LIMITS)
        assert sent(server).startswith(f"GET {target.removesuffix('?')} HTTP/1.1\r\n")


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "ACCEPT-ENCODING", "Connection"])
def test_the_wires_own_headers_cannot_be_given(wire, name):
    with HostileServer(echo) as server:
        with pytest.raises(ValueError, match="the wire's own"):
            wire.send("GET", server.url, headers={name: "x"}, limits=LIMITS)
        assert server.connections == 0


# What httpx's client would do by itself


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/elsewhere", "http://[broken", "http://999.1.1.1/", "http://localhost:1/", "\xe9", ""])
def test_no_location_is_followed_and_none_costs_the_reply(wire, status, location):
    with HostileServer(answering(f"Location: {location}", status=f"{status} Moved")) as server:
        reply = wire.send("POST", server.url, headers={}, content=b"<a/>", limits=LIMITS, changes_something=True)
        assert (reply.status, reply.headers["location"], reply.content) == (status, location, b"ok")
        assert len(server.requests) == 1


def test_cookies_are_neither_kept_nor_sent(wire):
    cookies = ["Set-Cookie: session=CANARY; Path=/", "Set-Cookie2: a=b; Version=1", "Set-Cookie: x=y; expires=" + "a" * 1000]
    with HostileServer(answering(*cookies)) as server:
        for _ in range(3):
            wire.send("GET", server.url, headers={}, limits=LIMITS)
        assert len(server.requests) == 3
        assert not any("cookie" in request.decode().lower() for request in server.requests)


@pytest.mark.parametrize("challenge", ['Basic realm="x"', 'Digest realm="x", nonce="1", qop="auth"'])
def test_a_challenge_is_not_answered(wire, challenge, tmp_path, monkeypatch):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine localhost login clerk password CANARY\ndefault login clerk password CANARY\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    with HostileServer(answering(f"WWW-Authenticate: {challenge}", status="401 Unauthorized")) as server:
        assert wire.send("GET", server.url, headers={}, limits=LIMITS).status == 401
        assert len(server.requests) == 1
        assert "authorization" not in sent(server).lower()


def test_headers_that_are_no_text_come_back_all_the_same(wire):
    with HostileServer(answering("X-Note: caf\xe9", "Content-Type: text/xml; charset=nonsense")) as server:
        reply = wire.send("POST", server.url, headers={}, content=b"x", limits=LIMITS, changes_something=True)
        assert (reply.headers["x-note"], reply.content) == ("caf\xe9", b"ok")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "unheard-of"])
def test_a_packed_body_is_refused_unopened(wire, encoding):
    with HostileServer(answering(f"Content-Encoding: {encoding}")) as server:
        with pytest.raises(OutcomeUnknown) as caught:
            wire.send("POST", server.url, headers={}, content=b"x", limits=LIMITS, changes_something=True)
        assert (caught.value.code, caught.value.detail) == ("protocol", "content_encoding")


@pytest.mark.parametrize("encoding", ["identity", "Identity", ""])
def test_a_body_said_to_be_as_it_is_is_taken_as_it_is(wire, encoding):
    with HostileServer(answering(f"Content-Encoding: {encoding}", body=b"\x1f\x8b\x00")) as server:
        assert wire.send("GET", server.url, headers={}, limits=LIMITS).content == b"\x1f\x8b\x00"


def test_the_libraries_logs_stay_silent_at_any_level(wire, caplog):
    for name in ("httpx", "httpcore", "httpcore.http11"):
        caplog.set_level(logging.DEBUG, logger=name)
    with HostileServer(answering("X-Token: CANARY-reply")) as server:
        wire.send("GET", server.url + "&name=CANARY-name", headers={"Authorization": "CANARY-token"}, limits=LIMITS)
    assert not caplog.records


def test_an_address_that_httpx_cannot_read_is_the_installations_fault(wire):
    with pytest.raises(SetupFault) as caught:
        wire.send("GET", "https://999.1.1.1/x", headers={}, limits=LIMITS)
    assert (caught.value.item, caught.value.code) == ("kansai.base_url", "url")
    assert caught.value.__context__ is None


def test_no_error_of_httpx_gets_out_with_the_request_on_it(wire):
    def cut(peer):
        peer.request()
        peer.reset()

    with HostileServer(cut) as server, pytest.raises(OutcomeUnknown) as caught:
        wire.send("POST", server.url, headers={}, content=b"CANARY", limits=LIMITS, changes_something=True)
    error = caught.value
    assert not isinstance(error, httpx.HTTPError)
    assert error.__context__ is None
    assert error.__cause__ is None
    assert not hasattr(error, "request")


# The end


def test_a_closed_client_sends_nothing_more():
    wire = WireClient("kansai")
    wire.close()
    wire.close()
    with HostileServer(echo) as server:
        with pytest.raises(Cancelled):
            wire.send("POST", server.url, headers={}, content=b"x", limits=LIMITS)
        assert server.connections == 0


def test_closing_lets_a_request_under_way_finish_and_keeps_no_connection(wire):
    asked, closed, ended = threading.Event(), threading.Event(), threading.Event()
    replies = []

    def slow(peer):
        peer.request()
        asked.set()
        closed.wait(5)
        peer.reply(b"late")
        if peer.request() == b"":
            ended.set()

    with HostileServer(slow) as server:
        thread = threading.Thread(target=lambda: replies.append(wire.send("GET", server.url, headers={}, limits=LIMITS)))
        thread.start()
        assert asked.wait(5)
        wire.close()
        closed.set()
        thread.join(5)
        assert replies[0].content == b"late"
        assert ended.wait(5), "the connection was closed, not kept"
