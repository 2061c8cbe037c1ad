"""Both practice servers together, and the HTTP server that they stand on."""

import http.client
import json
import socket
import threading
import time

import pytest

from denkidesk.domain.errors import InputRefused
from denkidesk.practice.faults import FaultBox
from denkidesk.practice.http_server import PracticeHttpServer
from denkidesk.practice.messages import PracticeRequest, PracticeResponse


@pytest.fixture
def echo():
    """A server that answers with what it understood of the request."""

    def handle(request: PracticeRequest) -> PracticeResponse:
        if request.path == "/broken":
            raise ZeroDivisionError
        told = f"{request.method} {request.path} {dict(request.query)} {request.headers.get('x-note')} ".encode()
        return PracticeResponse(200, {"Content-Type": "text/plain"}, told + request.body)

    with PracticeHttpServer("echo", handle, FaultBox()) as server:
        yield server


@pytest.fixture
def connection(echo):
    opened = http.client.HTTPConnection("127.0.0.1", echo.port, timeout=10)
    yield opened
    opened.close()


def ask(connection, method, path, body=None, headers=None):
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_request_arrives_whole(connection):
    path = "/a%20b/%E8%A6%8B%E6%9C%AC?x=1&y=%E6%9C%AC&x=2&empty="
    status, told = ask(connection, "POST", path, "本文".encode(), {"X-Note": "note"})
    assert status == 200
    assert told.decode() == "POST /a b/見本 {'x': '2', 'y': '本', 'empty': ''} note 本文"


@pytest.mark.parametrize("host", ["attacker.invalid", "attacker.invalid:80", "127.0.0.1.attacker.invalid", "", "[::2]", "10.0.0.1"])
def test_another_host_name_than_this_machines_is_refused(connection, echo, host):
    assert ask(connection, "GET", "/", headers={"Host": host})[0] == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]", "[::1]:8080"])
def test_this_machines_names_are_answered_at_any_port(connection, echo, host):
    assert ask(connection, "GET", "/", headers={"Host": host})[0] == 200


def test_what_a_web_page_could_send_is_refused_uncounted(start_practice_servers):
    servers = start_practice_servers()
    for port, path in ((servers.kansai_server.port, "/practice/fault"), (servers.enegaeru_server.port, "/sys/sys/login")):
        for headers in (
            {"Content-Type": "application/json", "Origin": "https://attacker.invalid"},
            {"Content-Type": "application/json", "Origin": "null"},
            {"Content-Type": "text/plain"},
            {"Content-Type": "application/x-www-form-urlencoded"},
            {},
        ):
            opened = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            assert ask(opened, "POST", path, b'{"rule": "error-500"}', headers)[0] in (403, 415)
            opened.close()
    assert servers.utility.faults.waiting() == ()
    assert servers.utility.request_starts() == ()


def test_a_connection_is_kept_and_answers_without_delay(connection, echo):
    ask(connection, "GET", "/")
    own = connection.sock.getsockname()
    started = time.perf_counter()
    for _ in range(100):
        assert ask(connection, "POST", "/", b"x" * 3000)[0] == 200
    # A delayed acknowledgement would cost 40 ms each time: 4 s.
    assert time.perf_counter() - started < 2
    assert connection.sock.getsockname() == own


def test_a_bug_in_a_handler_is_a_500_and_is_kept(connection, echo):
    status, told = ask(connection, "GET", "/broken")
    assert (status, told) == (500, b"practice server: ZeroDivisionError")
    assert [type(error) for error in echo.handler_errors] == [ZeroDivisionError]
    assert ask(connection, "GET", "/")[0] == 200


@pytest.mark.parametrize("line", [b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n"])
def test_what_is_not_http_is_refused(echo, line):
    with socket.create_connection(("127.0.0.1", echo.port), timeout=10) as raw:
        raw.sendall(line)
        assert raw.recv(12).startswith((b"HTTP/1.1 400", b"HTTP/1.1 505", b"HTTP/1.1 414"))


@pytest.mark.parametrize("sent", [b"", b"GET", b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"])
def test_a_client_that_goes_away_half_way_is_no_matter(echo, connection, sent):
    with socket.create_connection(("127.0.0.1", echo.port), timeout=10) as raw:
        raw.sendall(sent)
    assert ask(connection, "GET", "/")[0] == 200
    assert echo.handler_errors == []


def test_a_client_may_ask_before_it_sends_its_body(echo):
    with socket.create_connection(("127.0.0.1", echo.port), timeout=10) as raw:
        raw.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        assert raw.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(b"abc")
        assert raw.recv(1000).endswith(b"abc")


def test_only_this_machine_is_served(echo):
    assert echo._listener.getsockname()[0] == "127.0.0.1"


def test_many_connections_at_once(echo):
    answers: list[int] = []

    def work():
        opened = http.client.HTTPConnection("127.0.0.1", echo.port, timeout=20)
        try:
            answers.extend(ask(opened, "POST", "/", b"x")[0] for _ in range(10))
        finally:
            opened.close()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [200] * 200


def test_stop_leaves_nothing_and_may_come_twice():
    server = PracticeHttpServer("short", lambda _request: PracticeResponse(200), FaultBox()).start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: [::1]:1\r\n\r\n")
        assert idle.recv(1000).startswith(b"HTTP/1.1 200 ")
        server.stop()
        server.stop()
        assert idle.recv(1) == b""
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("practice-short")]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=1).close()


def test_a_server_that_was_never_started_can_be_stopped():
    server = PracticeHttpServer("never", lambda _request: PracticeResponse(200), FaultBox())
    server.stop()
    assert server.stopping.is_set()


# Both together


def test_both_addresses_are_on_this_machine(practice):
    assert practice.kansai_base_url == f"http://127.0.0.1:{practice.kansai_server.port}/kakusyuapi/services/"
    assert practice.enegaeru_base_url == f"http://127.0.0.1:{practice.enegaeru_server.port}/sys"
    assert practice.kansai_server.port != practice.enegaeru_server.port


def test_ports_can_be_chosen(start_practice_servers):
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        ports = first.getsockname()[1], second.getsockname()[1]
    servers = start_practice_servers(kansai_port=ports[0], enegaeru_port=ports[1])
    assert (servers.kansai_server.port, servers.enegaeru_server.port) == ports


def test_a_taken_port_is_an_error_and_leaves_nothing(start_practice_servers, practice):
    with pytest.raises(OSError, match=r"."):
        start_practice_servers(enegaeru_port=practice.enegaeru_server.port)
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("practice-")]
    assert sorted(threads) == ["practice-enegaeru", "practice-kansai"]


def test_faults_are_given_to_both_or_to_one(start_practice_servers, soap_caller):
    servers = start_practice_servers(faults=["error-500*1", "kansai/forbidden-403*1", "enegaeru/maintenance-503-html"])
    soap = soap_caller(servers.kansai_base_url)
    assert [soap.post("listApplications").status for _ in range(3)] == [500, 403, 200]
    quoting = http.client.HTTPConnection("127.0.0.1", servers.enegaeru_server.port, timeout=10)
    try:
        assert [ask(quoting, "GET", "/sys/any")[0] for _ in range(2)] == [500, 503]
        assert ask(quoting, "POST", "/practice/fault", b'{"clear": true}', {"Content-Type": "application/json"})[0] == 200
        assert ask(quoting, "GET", "/practice/report")[0] == 404
    finally:
        quoting.close()
    assert [path for path, _ in servers.quoting.requests()] == ["/sys/any", "/sys/any"]


def test_the_quoting_server_answers_and_is_struck_by_operation(practice):
    headers = {"x-api-key": "renshu-api-key", "Content-Type": "application/json"}
    login = b'{"id": "renshu", "password": "renshu-password", "forcelogin": 1}'
    quoting = http.client.HTTPConnection("127.0.0.1", practice.enegaeru_server.port, timeout=10)
    try:
        status, told = ask(quoting, "POST", "/sys/sys/login", login, headers)
        assert status == 200
        token = json.loads(told)["uid"]
        practice.quoting.faults.inject("forbidden-403", operation="epcorps")
        path = "/sys/sys/epcorps?area_cd=06"
        assert [ask(quoting, "GET", path, None, {**headers, "Authorization": token})[0] for _ in range(2)] == [403, 200]
        practice.quoting.service.sessions.end()
        assert ask(quoting, "GET", path, None, {**headers, "Authorization": token})[0] == 403
    finally:
        quoting.close()


def test_an_unknown_fault_starts_nothing(start_practice_servers, tmp_path):
    with pytest.raises(InputRefused):
        start_practice_servers(tmp_path / "none.db", faults=["no-such-fault"])
    assert not (tmp_path / "none.db").exists()


def test_the_interface_is_read_from_any_folder(tmp_path, resources, start_practice_servers):
    """Folder names of a Japanese Windows: spaces and characters that a URI has to escape."""
    import shutil

    from denkidesk.practice.utility.interface import Interface

    elsewhere = tmp_path / "練習 用#1%20" / "kansai"
    shutil.copytree(resources / "kansai", elsewhere)
    assert len(Interface(elsewhere).services) == 7
