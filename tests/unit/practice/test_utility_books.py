"""The practice utility's books: starts and gaps over processes, the clock and its Sunday stop, stages that move on."""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from denkidesk.domain.clock import JST
from denkidesk.practice.utility.books import Books

SECOND_NS = 1_000_000_000
SUNDAY = datetime(2026, 11, 22, tzinfo=JST)


@pytest.fixture
def books(tmp_path):
    opened = Books(tmp_path / "books.db", lambda: datetime(2026, 11, 24, 10, tzinfo=JST))
    yield opened
    opened.close()


def control(practice, name, values=None):
    """One request to the control over HTTP, as another process would send it."""
    data = None if values is None else json.dumps(values).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{practice.kansai_server.url}/practice/{name}", data, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read())


# Starts and gaps


def test_gaps_are_counted_between_starts_in_their_true_order(practice):
    for started_ns in (5_000_000_000, 1_000_000_000, 2_000_000_000, 2_999_999_999, 4_000_000_000):
        practice.utility._books.note_start("/x", started_ns)
    assert practice.utility.gaps_s() == (1.0, 0.999999999, 1.000000001, 1.0)
    assert practice.utility.report()["gaps_below_1s"] == 1
    report = practice.utility.report()
    assert (report["requests"], report["gaps_below_1s"], report["min_gap_s"]) == (5, 1, 0.999999999)
    assert (report["first_start"], report["last_start"]) == (1.0, 5.0)


def test_a_restart_of_the_machine_makes_no_gap(books):
    for started_ns in (900 * SECOND_NS, 901 * SECOND_NS, 2 * SECOND_NS, 3 * SECOND_NS):
        books.note_start("/x", started_ns)
    assert books.starts_ns() == ((0, 900 * SECOND_NS), (0, 901 * SECOND_NS), (1, 2 * SECOND_NS), (1, 3 * SECOND_NS))


def test_each_start_is_recorded_when_its_first_byte_is_there(soap, practice):
    before_ns = time.perf_counter_ns()
    soap.post("listApplications")
    soap.post("listApplications", header={"password": "wrong"})
    soap.post("listApplications", service="NoSuchService")
    after_ns = time.perf_counter_ns()
    starts = practice.utility.request_starts()
    assert len(starts) == 3
    assert before_ns < starts[0] < starts[1] < starts[2] < after_ns
    assert practice.utility.report()["gaps_below_1s"] == 2


def test_a_slow_body_does_not_move_the_start(soap, practice):
    import socket

    body = soap.frame(soap.envelope(soap.header("listApplications"), soap.body("listApplications")))
    head = "".join(f"{name}: {value}\r\n" for name, value in soap.http_headers("listApplications").items())
    path = "/kakusyuapi/services/H231MshikomikenmeiichiranYokyuServiceProvider"
    with socket.create_connection(("127.0.0.1", practice.kansai_server.port), timeout=10) as raw:
        raw.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode())
        deadline = time.monotonic() + 10
        while not practice.utility.request_starts() and time.monotonic() < deadline:
            threading.Event().wait(0.005)
        half_way_ns = time.perf_counter_ns()
        raw.sendall(body)
        assert raw.recv(100).startswith(b"HTTP/1.1 200 ")
    [start] = practice.utility.request_starts()
    assert start < half_way_ns


def test_requests_can_be_forgotten(soap, practice):
    soap.post("listApplications")
    assert control(practice, "forget", {})["requests"] == 0
    assert practice.utility.request_ids() == {}


PROCESS = """
import sys
from pathlib import Path
from denkidesk.practice.servers import start_practice
from denkidesk.settings import resources_dir
with start_practice(resources_dir(), Path(sys.argv[1])) as servers:
    print(servers.kansai_base_url, flush=True)
    sys.stdin.readline()
    print(len(servers.handler_errors()), flush=True)
"""


def test_several_processes_keep_one_set_of_books(tmp_path, start_practice_servers, soap_caller):
    """Two further processes and this one open the same fresh file at once, and file ten applications each at the same time."""
    state = tmp_path / "shared.db"
    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        here = start_practice_servers(state)
        here.utility.set_now(SUNDAY.replace(hour=10))
        addresses = [here.kansai_base_url, *(process.stdout.readline().strip() for process in processes)]

        def file_ten(address, receipts):
            caller = soap_caller(address)
            for _ in range(10):
                receipts.extend(caller.post("applyOutage", header={"requestID": f"{address}-{len(receipts)}"}).find("receiptNumber"))

        receipts: list[list[str]] = [[], [], []]
        threads = [threading.Thread(target=file_ten, args=pair) for pair in zip(addresses, receipts, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

        numbers = [number for each in receipts for number in each]
        assert len(numbers) == len(set(numbers)) == 30
        assert {filed.receipt_number for filed in here.utility.filed()} == set(numbers)
        assert len(here.utility.applications()) == 42
        assert len(here.utility.request_starts()) == 30
        for address in addresses:
            assert len(soap_caller(address).receipts()) == 42
        here.utility.set_now(SUNDAY.replace(hour=2))
        for address in addresses:
            assert soap_caller(address).post("listApplications").status == 503
    finally:
        for process in processes:
            answer, _ = process.communicate("\n", timeout=30)
            assert answer.strip().endswith("0")
            assert process.returncode == 0


def test_books_stay_over_a_restart(start_practice_servers, soap_caller):
    first = start_practice_servers()
    [number] = soap_caller(first.kansai_base_url).post("applyOutage").find("receiptNumber")
    first.stop()
    second = start_practice_servers()
    assert number in soap_caller(second.kansai_base_url).receipts()
    assert len(second.utility.applications()) == 13
    assert len(second.utility.request_starts()) == 2


def test_a_failed_change_leaves_nothing_behind(books):
    def fail():
        with books.writing():
            books.set_fact("a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert books.fact("a") is None
    books.set_fact("a", "2")
    assert books.fact("a") == "2"


# The clock


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (SUNDAY + timedelta(hours=1) - timedelta(microseconds=1), 200),
        (SUNDAY + timedelta(hours=1), 503),
        (SUNDAY + timedelta(hours=3) - timedelta(microseconds=1), 503),
        (SUNDAY + timedelta(hours=3), 200),
        (SUNDAY + timedelta(days=1, hours=2), 200),
        (datetime.fromisoformat("2026-11-21T17:30:00+00:00"), 503),  # the same Sunday, told in another zone
    ],
)
def test_the_sunday_stop_is_kept_by_japans_clock(soap, practice, moment, status):
    practice.utility.set_now(moment)
    answer = soap.post("applyOutage")
    assert answer.status == status
    if status == 503:
        assert answer.headers["content-type"].startswith("text/html")
        assert b"<html" in answer.content
        assert parsedate_to_datetime(answer.headers["date"]) == moment.replace(microsecond=0), "the clock that it is closed by"
    assert len(practice.utility.filed()) == (1 if status == 200 else 0)
    assert len(practice.utility.request_starts()) == 1


def test_the_clock_is_set_over_http_and_let_go_again(practice, open_now):
    assert control(practice, "clock", {"fixed": "2026-11-22T02:00:00"})["now"] == "2026-11-22T02:00:00+09:00"
    assert practice.utility.now() == SUNDAY.replace(hour=2)
    running = datetime.fromisoformat(control(practice, "clock", {"offset_s": -86400})["now"])
    assert abs(open_now() - timedelta(days=1) - running) < timedelta(seconds=10)
    back = datetime.fromisoformat(control(practice, "clock", {"fixed": None})["now"])
    assert abs(open_now() - back) < timedelta(seconds=10)


def test_a_clock_set_back_hides_nothing(soap, practice):
    soap.post("applyOutage")
    practice.utility.set_now(SUNDAY - timedelta(days=1000))
    assert len(soap.receipts()) == 13


def test_a_moment_without_a_zone_is_a_mistake(practice):
    with pytest.raises(ValueError, match="aware"):
        practice.utility.set_now(datetime(2026, 11, 22, 2))  # noqa: DTZ001 - the mistake itself


# Moving on


def test_a_listing_some_minutes_later_moves_what_was_filed(soap, practice):
    practice.utility.set_now(SUNDAY.replace(hour=10))
    soap.receipts()
    [number] = soap.post("applyOutage").find("receiptNumber")

    def stage():
        return soap.post("getApplicationStatus", {"receiptNumber": number}).find("workStage")

    practice.utility.set_now(SUNDAY.replace(hour=10, minute=2))
    soap.receipts()
    assert stage() == ["PW01"]
    for step, wanted in enumerate(("PW02", "PW03", "PW04", "PW05", "PW05"), 1):
        practice.utility.set_now(SUNDAY.replace(hour=10 + step))
        soap.receipts()
        soap.receipts()
        assert stage() == [wanted]
    status = soap.post("getApplicationStatus", {"receiptNumber": number})
    assert len(status.find("message")) == 4
    assert len(status.find("plannedWorkOn")) == len(status.find("resultNote")) == 1


def test_samples_move_when_nothing_was_filed_and_then_all_is_done(soap, practice):
    practice.utility.set_now(SUNDAY.replace(hour=4))
    before = {application.receipt_number: application.work_stage for application in practice.utility.applications()}
    for step in range(40):
        practice.utility.set_now(SUNDAY.replace(hour=4) + timedelta(minutes=4 * step))
        soap.receipts()
    after = {application.receipt_number: application.work_stage for application in practice.utility.applications()}
    assert set(after.values()) == {"PW05", "PW06"}
    assert before != after


def test_a_clock_set_back_does_not_stop_the_moving(soap, practice):
    practice.utility.set_now(SUNDAY.replace(hour=10))
    soap.receipts()
    practice.utility.set_now(SUNDAY.replace(hour=4))
    soap.receipts()
    before = practice.utility.applications()
    practice.utility.set_now(SUNDAY.replace(hour=5))
    soap.receipts()
    assert before != practice.utility.applications()


def test_moving_can_be_switched_off(start_practice_servers, soap_caller):
    practice = start_practice_servers(auto_move_s=None)
    before = practice.utility.applications()
    for day in range(2):
        practice.utility.set_now(SUNDAY + timedelta(days=day, hours=10))
        soap_caller(practice.kansai_base_url).receipts()
    assert practice.utility.applications() == before


def test_a_trainer_moves_an_application_and_writes_to_it(soap, practice):
    practice.utility.advance("P0000000002", stage="PW03", message="ご連絡ください（練習）。")
    status = soap.post("getApplicationStatus", {"receiptNumber": "P0000000002"})
    assert (status.find("workStage"), status.find("message")) == (["PW03"], ["ご連絡ください（練習）。"])
    assert soap.receipts(receiptNumber="P0000000002", hasMessage="1") == ["P0000000002"]
    assert control(practice, "advance", {"receipt_number": "P0000000002"}) == {"work_stage": "PW04"}
    with pytest.raises(KeyError):
        practice.utility.advance("P9999999999")


# Control over HTTP


def test_the_report_tells_other_processes(soap, practice):
    [number] = soap.post("applyMenuChange").find("receiptNumber")
    report = control(practice, "report")
    assert (report["requests"], report["gaps_below_1s"], report["min_gap_s"]) == (1, 0, None)
    assert report["first_start"] == report["last_start"] > 0
    assert (report["applications"], report["filed"], report["faults"]) == (13, 1, [])
    assert control(practice, "applications")[-1]["receipt_number"] == number
    assert control(practice, "fill", {"count": 5})["applications"] == 18
    assert control(practice, "report")["requests"] == 1  # control requests are no starts


@pytest.mark.parametrize(
    ("name", "values", "status"),
    [
        ("fault", {"name": "no-such-fault"}, 400),
        ("fault", {"rule": "late@"}, 400),
        ("clock", {"fixed": "yesterday"}, 400),
        ("advance", {}, 400),
        ("advance", {"receipt_number": "P9999999999"}, 400),
        ("fill", {"count": -1}, 400),
        ("fill", [], 400),
        ("nothing", {}, 404),
    ],
)
def test_wrong_control_requests_are_refused(practice, name, values, status):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        control(practice, name, values)
    assert refusal.value.code == status
    assert "error" in json.loads(refusal.value.read())
    refusal.value.close()
