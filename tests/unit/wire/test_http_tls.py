"""TLS and proxies over real sockets: what is trusted, what is refused, and what a proxy gets to see."""

import ssl
import sys
import threading

import pytest

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import OutcomeUnknown, SetupFault, Unreachable
from denkidesk.wire.gate import Gate
from denkidesk.wire.http import Limits, WireClient
from fakes.hostile_server import HostileServer, echo
from fakes.known_gate import known_gate
from fakes.tls import make_certificate, server_context, tunnel_to

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="only OpenSSL's store can be replaced by a variable; cryptography comes with Linux's keyring",
)

LIMITS = Limits(max_bytes=100_000, connect_s=2.0, total_s=2.0)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The certificate stands in the system's store, as far as OpenSSL is asked."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def post(client, url, content=b"CANARY", **options):
    return client.send("POST", url, headers={}, content=content, limits=LIMITS, **options)


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_trusted_server_is_spoken_to_and_the_connection_kept(trusted, tmp_path, newest):
    # With TLS 1.3 the server's tickets arrive before the first request and must not pass for a closing connection.
    wire = WireClient("kansai", gate=Gate(tmp_path, "kansai", 0.1, 0))
    with HostileServer(echo, tls=server_context(trusted, newest)) as server:
        for body in (b"1", b"2", b"3"):
            assert post(wire, server.url, body).content == body
        assert server.connections == 1
        assert post(wire, server.url, b"4", changes_something=True).content == b"4"
    wire.close()


def test_a_kept_tls_connection_that_was_closed_is_replaced(trusted):
    closed = threading.Event()

    def once(peer):
        peer.reply(peer.request())
        peer.close()
        closed.set()

    wire = WireClient("kansai")
    with HostileServer(once, echo, tls=server_context(trusted)) as server:
        assert post(wire, server.url, b"1").content == b"1"
        assert closed.wait(5)
        assert post(wire, server.url, b"2").content == b"2"
        assert len(server.requests) == 2
    wire.close()


def test_an_untrusted_certificate_means_nothing_was_sent(certificate):
    called = []
    wire = WireClient("kansai")
    with HostileServer(echo, tls=server_context(certificate)) as server:
        with pytest.raises(Unreachable) as caught:
            post(wire, server.url, changes_something=True, before_first_byte=lambda: called.append(1))
        assert caught.value.code == "tls"
        assert "certificate" in caught.value.detail
        assert not server.requests
        assert not called


def test_a_certificate_of_another_host_is_refused(tmp_path, monkeypatch):
    other = make_certificate(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    wire = WireClient("kansai")
    with HostileServer(echo, tls=server_context(other)) as server:
        with pytest.raises(Unreachable) as caught:
            post(wire, server.url)
        assert caught.value.code == "tls"
        assert not server.requests


def test_a_handshake_that_never_ends_is_given_up_in_time(trusted):
    def silent(peer):
        peer.trickle(b"\x16\x03\x03\x40\x00" + b"\x02" * 10_000)

    wire = WireClient("kansai")
    limits = Limits(1000, connect_s=0.4, total_s=5)
    with HostileServer(silent) as server:
        with pytest.raises(Unreachable) as caught:
            wire.send("POST", server.url.replace("http:", "https:"), headers={}, content=b"x", limits=limits, changes_something=True)
        assert caught.value.code in ("connect", "tls")
        assert not server.requests


def test_a_tls_connection_cut_after_the_request_leaves_the_outcome_unknown(trusted):
    def cut(peer):
        peer.request()
        peer.reset()

    wire = WireClient("kansai")
    with HostileServer(cut, tls=server_context(trusted)) as server:
        with pytest.raises(OutcomeUnknown) as caught:
            post(wire, server.url, changes_something=True)
        assert caught.value.code == "cut"


# Proxies. Any host name may be asked of them, as it is the proxy that looks it up.


def test_a_proxy_sees_only_the_host_and_its_own_login(tmp_path, monkeypatch):
    other = make_certificate(tmp_path, "utility.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    seen = []
    with HostileServer(tunnel_to(server_context(other), seen)) as proxy:
        gate = Gate(tmp_path, "kansai", 0.2, 0)
        wire = WireClient("kansai", gate=gate, proxy=f"http://127.0.0.1:{proxy.port}", proxy_login=lambda: ("clerk", "p@ss"))
        reply = post(wire, "https://utility.example/service", changes_something=True)
        assert reply.content == b"CANARY"
        assert gate.next_free_in_s() > 0
        assert wire.secrets.cleaned('"p@ss"') == '"***"', "a server's words may hold it from now on"
        wire.close()
    assert len(seen) == 1
    assert seen[0].startswith(b"CONNECT utility.example:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic Y2xlcms6cEBzcw==" in seen[0]
    assert b"CANARY" not in seen[0]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("407 Proxy Authentication Required", "proxy_login"),
        ("403 Forbidden", "proxy_forbids"),
        ("502 Bad Gateway", "proxy_no_server"),
        ("503 Service Unavailable", "proxy_no_server"),
        ("504 Gateway Timeout", "proxy_no_server"),
        ("500 Internal Server Error", "proxy"),
        ("302 Found", "proxy"),
    ],
)
def test_a_proxy_that_refuses_means_nothing_was_sent_and_says_why(tmp_path, answer, code):
    def refuse(peer):
        peer.request()
        peer.reply(b"<html>a page of the proxy</html>", status=answer)

    gate = known_gate(tmp_path, 5)
    with HostileServer(refuse) as proxy:
        wire = WireClient("kansai", gate=gate, proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(Unreachable) as caught:
            post(wire, "https://utility.example/service", changes_something=True)
        assert (caught.value.code, caught.value.status) == (code, int(answer[:3]))
        assert len(proxy.requests) == 1
    assert gate.next_free_in_s() == 0, "a CONNECT is no request to the utility"


def test_a_proxy_that_is_not_there_is_not_the_utility(tmp_path):
    with HostileServer(echo) as gone:
        port = gone.port
    wire = WireClient("kansai", gate=known_gate(tmp_path, 5), proxy=f"http://127.0.0.1:{port}")
    with pytest.raises(Unreachable) as caught:
        post(wire, "https://utility.example/service", changes_something=True)
    assert (caught.value.code, caught.value.status) == ("proxy", None)
    wire.close()


def test_without_the_proxys_password_it_is_not_even_asked():
    def missing():
        raise SetupFault("credentials", "kansai.proxy_password", InstallationCode.MISSING)

    with HostileServer(echo) as proxy:
        wire = WireClient("kansai", proxy=f"http://127.0.0.1:{proxy.port}", proxy_login=missing)
        with pytest.raises(SetupFault, match="proxy_password"):
            post(wire, "https://utility.example/service", changes_something=True)
        assert proxy.requests == []
        wire.close()


def test_this_machine_is_reached_without_the_proxy():
    with HostileServer(echo) as proxy, HostileServer(echo) as server:
        wire = WireClient("kansai", proxy=f"http://127.0.0.1:{proxy.port}", proxy_login=lambda: pytest.fail("no tunnel, no login"))
        assert post(wire, server.url).status == 200
        assert proxy.connections == 0
        wire.close()


@pytest.mark.parametrize(
    ("proxy", "code"), [("https://proxy.example", "https_proxy"), ("socks5://proxy.example", "url"), ("http://", "url")]
)
def test_a_proxy_that_cannot_be_used_is_the_installations_fault(proxy, code):
    with pytest.raises(SetupFault) as caught:
        WireClient("kansai", proxy=proxy)
    assert (caught.value.item, caught.value.code) == ("kansai.proxy", code)
