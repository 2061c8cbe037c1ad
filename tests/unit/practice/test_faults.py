"""Each fault strikes as it is described, as often as it should and where it should; what was taken, and what was not, is certain."""

import http.client
import json
import threading
import time
import urllib.request
from datetime import timedelta

import pytest

from denkidesk.domain.errors import InputRefused
from denkidesk.practice.faults import FAULT_NAMES, FaultBox, parse_fault

CUT = (http.client.HTTPException, ConnectionError)


def wait_until(condition):
    """Until it holds, at most twenty seconds."""
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    return condition()


def test_every_fault_is_tried_here():
    tried = {*ENDS_IN_A_CUT, *ANSWERS, "silent", "late", "late-work", "trickle", "huge-body", "late-in-listing"}
    assert tried == set(FAULT_NAMES)


ENDS_IN_A_CUT = {
    "cut-on-request": 0,
    "cut-before-work": 0,
    "cut-after-accept": 1,
    "reset-after-accept": 1,
    "cut-in-head": 1,
    "cut-body": 1,
}
# status, applications taken, what the body holds
ANSWERS = {
    "error-500": (500, 0, b"Internal Server Error"),
    "error-500-after-accept": (500, 1, b"Internal Server Error"),
    "maintenance-503-html": (503, 0, b"<html"),
    "forbidden-403": (403, 0, b"Forbidden"),
    "bad-request-400": (400, 0, b"Bad Request"),
    "redirect-302": (302, 0, b""),
    "redirect-307": (307, 0, b""),
    "not-xml": (200, 1, b"<br>"),
    "empty-200": (200, 1, b""),
    "soap-fault-500": (500, 0, b"<soapenv:Fault>"),
    "declined": (200, 0, b"<requestStatus>PR10</requestStatus>"),
    "no-receipt": (200, 1, b"<requestStatus>PR00</requestStatus>"),
    "unknown-element": (200, 1, b"<unknownPracticeItem>"),
    "doctype": (200, 1, b"<!DOCTYPE"),
}


@pytest.mark.parametrize(("name", "taken"), ENDS_IN_A_CUT.items())
def test_cuts(soap, practice, name, taken):
    practice.utility.inject(name)
    with pytest.raises(CUT):
        soap.post("applyOutage")
    assert len(practice.utility.filed()) == taken
    assert len(practice.utility.request_starts()) == 1
    assert soap.post("applyOutage").status == 200


@pytest.mark.parametrize(("name", "wanted"), ANSWERS.items())
def test_answers(soap, practice, name, wanted):
    status, taken, holds = wanted
    practice.utility.inject(name)
    answer = soap.post("applyOutage")
    assert answer.status == status
    assert holds in answer.content
    assert bool(holds) == bool(answer.content)
    assert len(practice.utility.filed()) == taken
    assert soap.post("applyOutage").find("requestStatus") == ["PR00"]


def test_an_answer_without_a_receipt(soap, practice):
    practice.utility.inject("no-receipt")
    assert soap.post("applyOutage").find("receiptNumber") == []


def test_a_redirect_says_where_to(soap, practice):
    practice.utility.inject("redirect-307")
    assert soap.post("applyOutage").headers["location"].startswith("http://127.0.0.1:")


def test_half_a_body_has_its_full_length_announced(soap, practice):
    practice.utility.inject("cut-body")
    with pytest.raises(http.client.IncompleteRead) as half:
        soap.post("applyOutage")
    assert half.value.partial.startswith(b"<?xml")
    assert half.value.expected in (len(half.value.partial), len(half.value.partial) + 1)


def test_a_late_answer_is_late_and_the_work_is_done_before(soap, practice):
    practice.utility.inject("late", seconds=0.3)
    started = time.monotonic()
    assert soap.post("applyOutage").status == 200
    assert time.monotonic() - started >= 0.3
    practice.utility.inject("late", seconds=60)
    with pytest.raises(TimeoutError):
        soap.post("applyOutage", timeout=0.2)
    assert wait_until(lambda: len(practice.utility.filed()) == 2)


def test_late_work_is_not_done_before(soap, practice):
    practice.utility.inject("late-work", seconds=60)
    with pytest.raises(TimeoutError):
        soap.post("applyOutage", timeout=0.2)
    assert practice.utility.filed() == ()
    practice.utility.inject("late-work", seconds=0.05)
    assert soap.post("applyOutage").status == 200


def test_silence(soap, practice):
    practice.utility.inject("silent")
    with pytest.raises(TimeoutError):
        soap.post("applyOutage", timeout=0.2)
    assert wait_until(lambda: len(practice.utility.filed()) == 1)


def test_a_trickle_comes_byte_by_byte(soap, practice):
    practice.utility.inject("trickle", seconds=0.001)
    assert soap.post("applyOutage").find("requestStatus") == ["PR00"]
    practice.utility.inject("trickle", seconds=600)
    connection = http.client.HTTPConnection("127.0.0.1", practice.kansai_server.port, timeout=20)
    body = soap.frame(soap.envelope(soap.header("listApplications"), soap.body("listApplications")))
    path = "/kakusyuapi/services/H231MshikomikenmeiichiranYokyuServiceProvider"
    connection.request("POST", path, body, soap.http_headers("listApplications"))
    answer = connection.getresponse()
    assert answer.status == 200
    connection.sock.settimeout(0.1)
    with pytest.raises(TimeoutError):
        answer.read()
    answer.close()
    connection.close()


def test_a_huge_body(soap, practice):
    practice.utility.inject("huge-body")
    assert len(soap.post("listApplications").content) == 64 * 1024 * 1024


def test_a_filing_that_the_listing_shows_later(soap, practice):
    practice.utility.set_now(practice.utility.now())
    practice.utility.inject("late-in-listing", seconds=5)
    [number] = soap.post("applyOutage").find("receiptNumber")
    assert number not in soap.receipts()
    assert soap.post("getApplicationStatus", {"receiptNumber": number}).find("requestStatus") == ["PR00"]
    practice.utility.set_now(practice.utility.now().replace(microsecond=0) + timedelta(seconds=6))
    assert number in soap.receipts()


def test_stop_ends_every_wait_at_once(start_practice_servers, soap_caller):
    practice = start_practice_servers()
    soap = soap_caller(practice.kansai_base_url)
    ended: list[str] = []
    names = ("late", "late-work", "silent", "trickle")

    def ask(name):
        try:
            soap_caller(soap.base_url).post("applyOutage", timeout=60)
        except CUT:
            ended.append(name)

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for name, thread in zip(names, threads, strict=True):
        practice.utility.inject(name, seconds=600)
        thread.start()
    assert wait_until(lambda: not practice.utility.faults.waiting() and len(practice.utility.filed()) == 3)
    started = time.monotonic()
    practice.stop()
    for thread in threads:
        thread.join(20)
    assert time.monotonic() - started < 5  # none of the six hundred seconds
    assert sorted(ended) == sorted(names)


# Rules


def test_a_fault_strikes_so_often_and_only_there(soap, practice):
    practice.utility.inject("error-500", times=2, operation="new_outage")
    assert soap.post("listApplications").status == 200
    assert [soap.post("applyOutage").status for _ in range(3)] == [500, 500, 200]
    practice.utility.inject("forbidden-403", times=None)
    assert {soap.post(operation).status for operation in ("applyOutage", "listApplications", "applyOther")} == {403}
    practice.utility.faults.clear()
    assert soap.post("applyOutage").status == 200


def test_faults_strike_in_the_order_in_which_they_came(soap, practice):
    practice.utility.inject("error-500")
    practice.utility.inject("forbidden-403")
    assert [soap.post("applyOutage").status for _ in range(3)] == [500, 403, 200]


def test_faults_come_over_http_too_and_never_strike_the_control(soap, practice):
    def send(values):
        address, headers = f"{practice.kansai_server.url}/practice/fault", {"Content-Type": "application/json"}
        request = urllib.request.Request(address, json.dumps(values).encode(), headers)  # noqa: S310 - loopback
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            return json.loads(answer.read())["faults"]

    assert send({"name": "error-500", "times": None}) == ["error-500"]
    assert send({"rule": "forbidden-403@new_outage*1"}) == ["error-500", "forbidden-403"]
    assert soap.post("applyOutage").status == 500
    assert send({"clear": True}) == []
    assert soap.post("applyOutage").status == 200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("late", ("late", 5.0, None, None, None)),
        ("late:0.5", ("late", 0.5, None, None, None)),
        ("kansai/late:3@new_outage*2", ("late", 3.0, 2, "new_outage", "kansai")),
        ("enegaeru/error-500", ("error-500", 5.0, None, None, "enegaeru")),
        (" cut-body*1 ", ("cut-body", 5.0, 1, None, None)),
    ],
)
def test_written_rules_are_read(text, wanted):
    rule = parse_fault(text)
    assert (rule.fault.name, rule.fault.seconds, rule.times, rule.operation, rule.server) == wanted


@pytest.mark.parametrize(
    ("text", "code"), [("", "form"), ("late:", "form"), ("late*0", "form"), ("nothing", "unknown"), ("tepco/late", "unknown")]
)
def test_rules_that_cannot_be_read_are_refused(text, code):
    with pytest.raises(InputRefused) as refusal:
        parse_fault(text)
    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [("fault", code)]


def test_an_unknown_fault_cannot_be_put_in(practice):
    with pytest.raises(InputRefused):
        practice.utility.inject("nothing")


def test_threads_together_take_a_fault_just_so_often():
    box = FaultBox()
    box.inject("error-500", times=50)
    taken: list[str] = []

    def take():
        for _ in range(25):
            fault = box.take("x")
            if fault is not None:
                taken.append(fault.name)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 50
    assert box.waiting() == ()
