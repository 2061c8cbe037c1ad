"""The wire against servers that misbehave, over real sockets."""

import itertools
import logging
import threading
import time

import pytest

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled, Closed, InputRefused, OutcomeUnknown, SetupFault, Unreachable
from denkidesk.wire.closed_hours import ClosedHours, ClosedWindow
from denkidesk.wire.gate import Gate, wait_at_most
from denkidesk.wire.http import Limits, WireClient
from fakes.hostile_server import HostileServer, echo
from fakes.known_gate import known_gate

TOTAL_S = 0.5
LIMITS = Limits(max_bytes=100_000, connect_s=2.0, total_s=TOTAL_S)
PATIENT = Limits(max_bytes=100_000, connect_s=2.0, total_s=10.0)
SECRET = b"CANARY-password"


@pytest.fixture
def wire():
    client = WireClient("kansai")
    yield client
    client.close()


def post(client, server, content=SECRET, limits=LIMITS, **options):
    return client.send("POST", server.url, headers={"Content-Type": "text/xml"}, content=content, limits=limits, **options)


def test_a_request_goes_out_once_and_its_reply_comes_back(wire):
    with HostileServer(echo) as server:
        reply = post(wire, server, b"<a/>")
        assert (reply.status, reply.content) == (200, b"<a/>")
        assert reply.headers["content-type"] == "text/xml; charset=UTF-8"
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        assert body == b"<a/>"
        lines = head.split(b"\r\n")
        assert lines[0] == b"POST /service?x=1 HTTP/1.1"
        assert {b"Host: localhost:%d" % server.port, b"Accept-Encoding: identity", b"Content-Length: 4"} <= set(lines)
        assert len(server.requests) == 1


def test_a_get_has_no_body_and_reuses_the_connection(wire):
    def serve(peer):
        while not peer.server.stopping.is_set():
            peer.request()
            peer.reply(b"{}")

    with HostileServer(serve) as server:
        for _ in range(3):
            assert wire.send("GET", server.url, headers={}, limits=LIMITS).content == b"{}"
        assert server.connections == 1
        assert b"Content-Length" not in server.requests[0]


def trickle_header(peer):
    peer.request()
    peer.trickle(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 10_000)


def trickle_body(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    peer.trickle(b"a" * 10_000)


def silence(peer):
    peer.request()
    peer.hang()


def continue_flood(peer):
    peer.request()
    while not peer.server.stopping.is_set():
        peer.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def endless_body(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not peer.server.stopping.is_set():
        peer.send(b"1000\r\n" + b"a" * 0x1000 + b"\r\n")


def endless_header(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not peer.server.stopping.is_set():
        peer.send(b"a" * 4096)


def many_headers(peer):
    peer.request()
    peer.reply(b"x", *(f"X-{number}: 1" for number in range(200)))


def too_long_by_one(peer):
    peer.request()
    peer.reply(b"a" * (LIMITS.max_bytes + 1))


def cut_before_answer(peer):
    peer.request()


def reset_after_request(peer):
    peer.request()
    peer.reset()


def cut_in_body(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def cut_in_chunk(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nhalf")


def packed(peer):
    peer.request()
    peer.reply(b"\x1f\x8b", "Content-Encoding: gzip")


def two_lengths(peer):
    peer.request()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")


def two_types(peer):
    peer.request()
    peer.reply(b"x", "Content-Type: text/xml", "Content-Type: text/html")


def not_http(peer):
    peer.request()
    peer.send(b"220 smtp.example ESMTP\r\n\r\n")
    peer.hang()


def upgrade(peer):
    peer.request()
    peer.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
    peer.hang()


MISBEHAVIOUR = [
    (trickle_header, "timeout"),
    (trickle_body, "timeout"),
    (silence, "timeout"),
    (continue_flood, "timeout"),
    (endless_body, "too_large"),
    (endless_header, "protocol"),
    (many_headers, "protocol"),
    (too_long_by_one, "too_large"),
    (cut_before_answer, "cut"),
    (reset_after_request, "cut"),
    (cut_in_body, "cut"),
    (cut_in_chunk, "cut"),
    (packed, "protocol"),
    (two_lengths, "protocol"),
    (two_types, "protocol"),
    (not_http, "protocol"),
    (upgrade, "protocol"),
]


@pytest.mark.parametrize("changes_something", [True, False])
@pytest.mark.parametrize(("script", "code"), MISBEHAVIOUR, ids=lambda value: getattr(value, "__name__", value))
def test_a_bad_reply_ends_in_time_and_is_never_asked_again(wire, script, code, changes_something):
    with HostileServer(script) as server:
        started = time.monotonic()
        with pytest.raises(OutcomeUnknown if changes_something else Unreachable) as caught:
            post(wire, server, changes_something=changes_something)
        elapsed = time.monotonic() - started
        assert (caught.value.service, caught.value.code) == ("kansai", code)
        assert len(server.requests) == 1
        assert server.connections == 1
        assert elapsed < TOTAL_S + 0.5
        if code == "timeout":
            assert elapsed >= TOTAL_S
        assert caught.value.__context__ is None, "no request hangs on to the error"
        assert "CANARY" not in repr(caught.value)


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_is_not_followed(wire, status):
    with HostileServer(echo) as elsewhere:

        def redirect(peer):
            peer.request()
            peer.reply(b"", f"Location: {elsewhere.url}", status=status)

        with HostileServer(redirect) as server:
            reply = post(wire, server, changes_something=True)
            assert reply.status == int(status[:3])
            assert len(server.requests) == 1
        assert elsewhere.connections == 0


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "500 Internal Server Error", "503 Service Unavailable"])
def test_every_status_comes_back_as_a_reply(wire, status):
    def refuse(peer):
        peer.request()
        peer.reply(b"<html>", "Content-Type: text/html", status=status)

    with HostileServer(refuse) as server:
        reply = post(wire, server, changes_something=True)
        assert (reply.status, reply.content) == (int(status[:3]), b"<html>")


def test_a_server_that_accepts_late_is_waited_for_within_the_limit(wire):
    def late(peer):
        peer.server.stopping.wait(0.2)
        echo(peer)

    with HostileServer(late) as server:
        assert post(wire, server, limits=PATIENT).status == 200


def test_nobody_there_means_nothing_was_sent(wire):
    with HostileServer(echo) as server:
        pass
    called = []
    with pytest.raises(Unreachable) as caught:
        post(wire, server, changes_something=True, before_first_byte=lambda: called.append(1))
    assert caught.value.code == "connect"
    assert not called


def test_a_kept_connection_that_the_server_closed_is_replaced_without_a_second_request(wire):
    closed = threading.Event()

    def once(peer):
        peer.reply(peer.request())
        peer.close()
        closed.set()

    with HostileServer(once, echo) as server:
        assert post(wire, server, b"1").content == b"1"
        assert closed.wait(5)
        assert post(wire, server, b"2").content == b"2"
        assert [request[-1:] for request in server.requests] == [b"1", b"2"]
        assert server.connections == 2


def test_what_follows_a_reply_never_passes_for_the_next_reply(wire):
    def two_at_once(peer):
        body = peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + body + b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!")
        peer.hang()

    with HostileServer(two_at_once) as server:
        for body in (b"1", b"2", b"3"):
            assert post(wire, server, body).content == body


def test_a_request_that_changes_something_gets_a_connection_of_its_own(wire):
    with HostileServer(echo) as server:
        post(wire, server)
        post(wire, server, changes_something=True)
        assert server.connections == 2


# The gate


def test_a_connection_closed_while_waiting_at_the_gate_counts_as_not_sent(tmp_path):
    gate = Gate(tmp_path, "kansai", 0.4, 0)
    wire = WireClient("kansai", gate=gate)

    def impatient(peer):
        peer.server.stopping.wait(0.1)

    with HostileServer(echo, impatient, echo) as server:
        post(wire, server, b"1", changes_something=True)
        calls = []
        assert post(wire, server, b"2", changes_something=True, before_first_byte=lambda: calls.append(1)).content == b"2"
        assert server.connections == 3
        assert [request[-1:] for request in server.requests] == [b"1", b"2"]
        assert calls == [1]
    wire.close()


def test_a_server_that_always_hangs_up_gets_no_byte_and_takes_no_turn(tmp_path):
    gate = Gate(tmp_path, "kansai", 0.3, 0)
    hung_up = threading.Semaphore(0)
    looks = itertools.count(-1)

    def hang_up(peer):
        peer.close()
        hung_up.release()

    def hours():
        # Asked before each connection, and again just before its first byte: by then the server has hung up.
        look = next(looks)
        assert look < 1 or look % 2 == 1 or hung_up.acquire(timeout=20)
        return ClosedHours(weekly=False)

    wire = WireClient("kansai", gate=gate, closed_hours=hours)
    with HostileServer(echo, hang_up) as server:
        post(wire, server, changes_something=True)
        calls = []
        with pytest.raises(Unreachable) as caught:
            post(wire, server, changes_something=True, before_first_byte=lambda: calls.append(1))
        assert (caught.value.code, caught.value.detail) == ("cut", "closed_before_start")
        assert not calls
        assert len(server.requests) == 1
        assert gate.next_free_in_s() < 0.05, "counted from the first request, not from the one that never started"
        assert gate.queue_length == 0
    wire.close()


def test_requests_arrive_an_interval_apart(tmp_path):
    arrivals = []

    def note(peer):
        while body := peer.request():
            arrivals.append(time.monotonic())
            peer.reply(body)

    wire = WireClient("kansai", gate=Gate(tmp_path, "kansai", 0.15, 0.03))
    with HostileServer(note) as server:
        for number in range(5):
            post(wire, server, changes_something=number % 2 == 0)
    wire.close()
    gaps = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
    assert min(gaps) >= 0.15
    assert len(gaps) == 4


def test_the_outbox_hears_of_the_start_before_the_server_does(wire):
    order = []

    def note(peer):
        body = peer.request()
        order.append("server")
        peer.reply(body)

    with HostileServer(note) as server:
        post(wire, server, changes_something=True, before_first_byte=lambda: order.append("before"))
    assert order == ["before", "server"]


def test_nothing_is_sent_when_the_outbox_cannot_note_it(tmp_path):
    gate = known_gate(tmp_path, 0.3)
    wire = WireClient("kansai", gate=gate)

    def refuse():
        raise InputRefused.of("disk", "full")

    with HostileServer(echo) as server:
        with pytest.raises(InputRefused):
            post(wire, server, changes_something=True, before_first_byte=refuse)
        assert not server.requests
        assert gate.next_free_in_s() == 0
    wire.close()


# Closed hours


def test_closed_hours_stop_a_request_before_it_connects():
    now = now_jst()
    hours = ClosedHours([ClosedWindow(now.replace(year=now.year - 1), now.replace(year=now.year + 1))], weekly=False)
    wire = WireClient("kansai", closed_hours=lambda: hours)
    with HostileServer(echo) as server:
        with pytest.raises(Closed) as caught:
            post(wire, server, changes_something=True)
        assert caught.value.reason == "window"
        assert server.connections == 0
    wire.close()


def test_closed_hours_that_begin_while_waiting_at_the_gate_stop_it_too(tmp_path):
    now = now_jst()
    shut = ClosedHours([ClosedWindow(now.replace(year=now.year - 1), now.replace(year=now.year + 1))], weekly=False)
    hours = [ClosedHours(weekly=False)]

    def close_meanwhile(seconds, cancel):
        hours[0] = shut
        return wait_at_most(seconds, cancel)

    gate = known_gate(tmp_path, 0.3, wait=close_meanwhile)
    wire = WireClient("kansai", gate=gate, closed_hours=lambda: hours[0])
    with HostileServer(echo) as server:
        post(wire, server, b"1")
        with pytest.raises(Closed):
            post(wire, server, b"2", changes_something=True)
        assert len(server.requests) == 1
    wire.close()


# Cancelling


def test_cancelling_at_the_gate_sends_nothing(tmp_path):
    cancel = CancelToken()

    def cancelled_meanwhile(seconds, token):
        threading.Timer(0.05, cancel.cancel).start()
        return wait_at_most(seconds, token)

    wire = WireClient("kansai", gate=known_gate(tmp_path, 30, wait=cancelled_meanwhile))
    with HostileServer(echo) as server:
        post(wire, server, b"1")
        started = time.monotonic()
        with pytest.raises(Cancelled):
            post(wire, server, b"2", changes_something=True, cancel=cancel)
        assert time.monotonic() - started < 1
        assert len(server.requests) == 1
    wire.close()


def test_cancelling_ends_a_read_only_request_at_once(wire):
    cancel = CancelToken()

    def cancel_then_hang(peer):
        peer.request()
        cancel.cancel()
        peer.hang()

    with HostileServer(cancel_then_hang) as server:
        started = time.monotonic()
        with pytest.raises(Cancelled):
            post(wire, server, limits=PATIENT, cancel=cancel)
        assert time.monotonic() - started < 1


def test_cancelling_does_not_lose_the_answer_of_a_request_that_changes_something(wire):
    cancel = CancelToken()

    def cancel_then_answer(peer):
        body = peer.request()
        cancel.cancel()
        peer.server.stopping.wait(0.3)
        peer.reply(body)

    with HostileServer(cancel_then_answer) as server:
        assert post(wire, server, limits=PATIENT, cancel=cancel, changes_something=True).status == 200


def test_a_cancelled_call_does_not_connect(wire):
    cancel = CancelToken()
    cancel.cancel()
    with HostileServer(echo) as server:
        with pytest.raises(Cancelled):
            post(wire, server, cancel=cancel)
        assert server.connections == 0


# Addresses, headers, environment


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://192.0.2.1/x", "plain_http"),
        ("http://example.com/x", "plain_http"),
        ("http://localhost.example.com/x", "plain_http"),
        ("ftp://localhost/x", "url"),
        ("https:///x", "url"),
        ("https://user:secret@example.com/x", "url"),
        ("https://example.com/a b", "url"),
        ("https://example.com/受付", "url"),
        ("https://example.com:99999/", "url"),
        ("https://example.com/x#y", "url"),
        ("not a url", "url"),
    ],
)
def test_an_address_that_may_not_be_used_is_the_installations_fault(wire, url, code):
    with pytest.raises(SetupFault) as caught:
        wire.send("GET", url, headers={}, limits=LIMITS)
    assert (caught.value.item, caught.value.code) == ("kansai.base_url", code)
    assert "secret" not in str(caught.value)


def test_practice_mode_reaches_this_machine_only():
    wire = WireClient("kansai", loopback_only=True)
    with pytest.raises(SetupFault, match="practice_only"):
        wire.send("GET", "https://k-www4.kepcoco.jp/kakusyuapi/services/", headers={}, limits=LIMITS)
    with HostileServer(echo) as server:
        assert post(wire, server).status == 200
    wire.close()


@pytest.mark.parametrize("value", ["key\n", "key\r\nX: y", "鍵", "a\0b", " key"])
def test_a_header_that_cannot_be_sent_is_refused_before_connecting(wire, value):
    with HostileServer(echo) as server:
        with pytest.raises(SetupFault, match="header_value") as caught:
            wire.send("GET", server.url, headers={"X-Api-Key": value}, limits=LIMITS)
        assert "key" not in str(caught.value).removeprefix("settings.toml:X-Api-Key")
        assert server.connections == 0


def test_the_environments_proxies_are_not_asked(monkeypatch):
    with HostileServer(echo) as proxy, HostileServer(echo) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        wire = WireClient("kansai")
        assert post(wire, server).status == 200
        wire.close()
        assert proxy.connections == 0


def test_nothing_of_a_request_is_logged(wire, caplog):
    caplog.set_level(logging.DEBUG)
    with HostileServer(echo) as server:
        headers = {"Authorization": "CANARY-token"}
        wire.send("POST", server.url + "&key=CANARY-key", headers=headers, content=SECRET, limits=LIMITS)
    assert "CANARY" not in caplog.text


def test_several_threads_may_share_a_client(wire):
    failures = []

    def work(number):
        for turn in range(10):
            body = f"{number}-{turn}".encode()
            if post(wire, server, body, limits=PATIENT, changes_something=turn % 3 == 0).content != body:
                failures.append(body)

    with HostileServer(echo) as server:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not failures
        assert len(server.requests) == 60
