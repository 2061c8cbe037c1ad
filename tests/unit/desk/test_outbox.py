"""An application is sent at most once and never lost, whatever the server does."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication, OutboxState, Receipt
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled, Closed, InputRefused, LoginRefused, OutcomeUnknown, ServerRefused, Unreachable
from denkidesk.settings import resources_dir
from denkidesk.texts.errors import said
from fakes import kill_worker
from fakes.clock import Clock
from fakes.desk_home import run_program
from fakes.filing import outage
from fakes.soap_server import XML, message

ACCEPTED, REJECTED, QUEUED, UNKNOWN = OutboxState.ACCEPTED, OutboxState.REJECTED, OutboxState.QUEUED, OutboxState.UNKNOWN


def steps(desk, item):
    return [(event.to_state, event.code) for event in desk.outbox.events(item.item_id)]


def test_what_was_sent_is_on_the_disk_without_the_password(desk, practice):
    item = desk.outbox.queue(outage())
    result = desk.outbox.send(item.item_id)
    assert result.error is None
    assert (result.item.state, result.item.attempts) == (ACCEPTED, 1)
    (filed,) = practice.utility.filed()
    assert result.item.receipt_number == filed.receipt_number
    (attempt,) = desk.outbox.attempts(item.item_id)
    assert attempt.request_id == result.item.request_id
    assert list(practice.utility.request_ids()).count(attempt.request_id) == 1
    assert "見本 太郎" in attempt.envelope.decode()
    assert b"renshu-password" not in attempt.envelope
    assert steps(desk, item) == [("queued", ""), ("sending", ""), ("accepted", "")]


@pytest.mark.parametrize(
    ("fault", "state", "filed", "error"),
    [
        ("cut-on-request", UNKNOWN, 0, OutcomeUnknown),
        ("cut-before-work", UNKNOWN, 0, OutcomeUnknown),
        ("cut-after-accept", UNKNOWN, 1, OutcomeUnknown),
        ("reset-after-accept", UNKNOWN, 1, OutcomeUnknown),
        ("cut-in-head", UNKNOWN, 1, OutcomeUnknown),
        ("cut-body", UNKNOWN, 1, OutcomeUnknown),
        ("error-500", UNKNOWN, 0, OutcomeUnknown),
        ("error-500-after-accept", UNKNOWN, 1, OutcomeUnknown),
        ("maintenance-503-html", UNKNOWN, 0, OutcomeUnknown),
        ("forbidden-403", QUEUED, 0, LoginRefused),
        ("bad-request-400", REJECTED, 0, ServerRefused),
        ("redirect-302", UNKNOWN, 0, OutcomeUnknown),
        ("redirect-307", UNKNOWN, 0, OutcomeUnknown),
        ("not-xml", UNKNOWN, 1, OutcomeUnknown),
        ("empty-200", UNKNOWN, 1, OutcomeUnknown),
        ("huge-body", UNKNOWN, 1, OutcomeUnknown),
        ("soap-fault-500", UNKNOWN, 0, OutcomeUnknown),
        ("declined", REJECTED, 0, ServerRefused),
        ("no-receipt", UNKNOWN, 1, OutcomeUnknown),
        ("doctype", UNKNOWN, 1, OutcomeUnknown),
        ("silent", UNKNOWN, 1, OutcomeUnknown),
    ],
)
def test_each_fault_has_its_state_and_nothing_is_sent_twice(open_a_desk, practice, fault, state, filed, error):
    desk = open_a_desk(practice, answer_timeout_s=1)
    item = desk.outbox.queue(outage())
    practice.utility.inject(fault)
    result = desk.outbox.send(item.item_id)
    assert (result.item.state, type(result.error)) == (state, error)
    assert len(practice.utility.filed()) == filed
    practice.utility.faults.clear()
    assert [type(one.error) for one in desk.outbox.run()] == ([LoginRefused] if error is LoginRefused else [])
    assert desk.outbox.send(item.item_id).item.attempts == 1
    assert len(practice.utility.filed()) == filed
    assert set(practice.utility.request_ids().values()) <= {1}


def test_the_books_keep_the_very_document_that_left(open_a_desk, practice, soap_server):
    """Filing once more from the books, or proving what was sent, needs the bytes; a second making would have another time in it."""
    environ = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "カナリア"}
    desk = open_a_desk(practice, base_url=soap_server.url, environ=environ)
    item = desk.outbox.queue(outage(customer_name="見本 <太郎> & 花子"))
    desk.outbox.send(item.item_id)
    (attempt,) = desk.outbox.attempts(item.item_id)
    (_, _, body) = soap_server.requests[0]
    sent = body[body.index(b"<?xml") : body.rindex(b"\r\n--")]
    assert sent.replace("カナリア".encode(), b"****") == attempt.envelope != sent
    assert hashlib.sha256(attempt.envelope).hexdigest() == attempt.envelope_sha256


def test_an_unreachable_server_keeps_the_item_queued(desk, practice):
    item = desk.outbox.queue(outage())
    practice.stop()
    result = desk.outbox.send(item.item_id)
    assert isinstance(result.error, Unreachable)
    assert (result.item.state, result.item.failure_code, result.item.attempts) == (QUEUED, "connect", 0)


def test_a_closed_window_keeps_the_item_for_later(desk, practice, open_now):
    until = open_now() + timedelta(hours=2)
    desk.closed_hours.add(open_now() - timedelta(hours=1), until, "点検")
    item = desk.outbox.queue(outage())
    result = desk.outbox.send(item.item_id)
    assert isinstance(result.error, Closed)
    assert (result.item.state, result.item.failure_code, result.item.not_before) == (QUEUED, "closed", until)
    desk.closed_hours.remove(desk.closed_hours.windows()[0].window_id)
    assert [one.item.state for one in desk.outbox.run()] == [ACCEPTED], "the window was taken back, and with it the waiting"
    assert len(practice.utility.filed()) == 1


def test_no_way_of_sending_goes_before_the_end_of_the_closed_time(open_a_desk, practice, open_now):
    clock = Clock(open_now())
    until = clock.moment + timedelta(hours=2)
    desk = open_a_desk(practice, now=clock)
    desk.closed_hours.add(clock.moment - timedelta(hours=1), until)
    items = [desk.outbox.queue(outage(number)) for number in (1, 2)]
    assert [type(one.error) for one in desk.outbox.run()] == [Closed]
    # The calendar in the store loses the window without the desk's doing, such as by an older copy of it: the item's own word stands.
    with closing(sqlite3.connect(desk.store.path)) as connection, connection:
        connection.execute("DELETE FROM closed_windows")
    clock.moment = until - timedelta(seconds=1)
    held = desk.outbox.send(items[0].item_id)
    assert (type(held.error), held.error.reason, held.error.until, held.item.state) == (Closed, "held", until, QUEUED)
    assert [one.item.item_id for one in desk.outbox.run()] == [items[1].item_id, items[0].item_id], "what may go goes"
    assert [desk.outbox.item(item.item_id).state for item in items] == [QUEUED, ACCEPTED]
    (again,) = desk.outbox.run()
    assert (again.item.item_id, again.error.until) == (items[0].item_id, until), "what waits is named, not passed over"
    clock.moment = until
    assert [one.item.state for one in desk.outbox.run()] == [ACCEPTED]
    assert len(practice.utility.filed()) == 2


def test_a_shorter_closed_time_brings_the_waiting_forward(desk, practice, open_now):
    now = open_now()
    short, long = now + timedelta(hours=1), now + timedelta(hours=5)
    desk.closed_hours.add(now - timedelta(hours=1), long)
    desk.closed_hours.add(now - timedelta(hours=1), short)
    item = desk.outbox.queue(outage())
    assert desk.outbox.send(item.item_id).item.not_before == long
    desk.closed_hours.remove(next(window.window_id for window in desk.closed_hours.windows() if window.ends_at == long))
    assert desk.outbox.item(item.item_id).not_before == short


def test_an_end_of_the_closed_time_by_a_wrong_clock_does_not_hold_for_ever(open_a_desk, practice, open_now):
    clock = Clock(datetime(2038, 1, 17, 1, 30, tzinfo=JST))  # a Sunday
    desk = open_a_desk(practice, now=clock)
    practice.utility.set_now(clock.moment)
    item = desk.outbox.queue(outage())
    assert desk.outbox.send(item.item_id).item.not_before == clock.moment.replace(hour=3, minute=0)
    clock.moment = open_now()
    practice.utility.set_now(None)
    assert [one.item.state for one in desk.outbox.run()] == [ACCEPTED]


def test_a_server_that_says_closed_has_not_taken_it(open_a_desk, practice):
    clock = Clock(datetime(2026, 11, 22, 1, 30, tzinfo=JST))
    sunday = clock.moment
    desk = open_a_desk(practice, now=clock)
    practice.utility.set_now(sunday)
    item = desk.outbox.queue(outage())
    result = desk.outbox.send(item.item_id)
    assert isinstance(result.error, Closed)
    assert (result.item.state, result.item.failure_code, result.item.attempts) == (QUEUED, "closed", 1)
    assert result.item.not_before == sunday.replace(hour=3, minute=0)
    clock.moment = sunday.replace(hour=4)
    practice.utility.set_now(clock.moment)
    assert [one.item.state for one in desk.outbox.run()] == [ACCEPTED]
    assert len(practice.utility.filed()) == 1


def receipts_answered(server, *numbers):
    """Lets the server answer new applications with these receipt numbers, the last one for ever."""
    left = list(numbers)

    def answer(*_):
        number = left.pop(0) if len(left) > 1 else left[0]
        verdict = "<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>言葉</m:receptionMessage>"
        return 200, XML, message("applyOutageResponse", f"{verdict}<m:receiptNumber>{number}</m:receiptNumber>")

    server.answer = answer


def test_a_receipt_number_of_another_item_proves_nothing(open_a_desk, practice, soap_server):
    desk = open_a_desk(practice, base_url=soap_server.url)
    receipts_answered(soap_server, "PR-7")
    first, second = (desk.outbox.queue(outage(number, customer_name=name)) for number, name in ((1, "見本 一郎"), (2, "見本 二郎")))
    results = desk.outbox.run()
    assert [(one.item.state, one.item.receipt_number) for one in results] == [(ACCEPTED, "PR-7"), (UNKNOWN, "")]
    assert isinstance(results[1].error, OutcomeUnknown)
    assert results[1].error.code == results[1].item.failure_code == "receipt_taken"
    assert results[1].item.failure_message == f"PR-7 / {first.application.supply_point_number} / 見本 一郎", "both are shown"
    assert steps(desk, second)[-1] == ("unknown", "receipt_taken")
    assert desk.outbox.run() == ()


def test_a_receipt_number_in_an_answer_that_breaks_the_schema_is_kept_as_evidence(open_a_desk, practice, soap_server):
    desk = open_a_desk(practice, base_url=soap_server.url)
    receipts_answered(soap_server, "PR 7")
    result = desk.outbox.send(desk.outbox.queue(outage()).item_id)
    assert (result.item.state, result.item.receipt_number, result.item.failure_message) == (UNKNOWN, "", "PR 7")
    assert "PR 7" in said(result.error).text


@pytest.mark.parametrize(
    ("point", "listed_before", "state"),
    [
        (f"06{9:020}", True, UNKNOWN),  # another supply point's
        (f"06{123:020}", True, UNKNOWN),  # the same supply point's, but older than the sending
        (f"06{9:020}", False, UNKNOWN),
        (f"06{123:020}", False, ACCEPTED),  # listed by somebody else while the answer was on its way
    ],
)
def test_a_receipt_number_that_the_listing_shows_otherwise_proves_nothing(
    open_a_desk, practice, soap_server, open_now, point, listed_before, state
):
    clock = Clock(open_now())
    desk = open_a_desk(practice, now=clock, base_url=soap_server.url)
    item = desk.outbox.queue(outage())
    row = ListedApplication("PR-7", "10", selection_code="PS301", supply_point_number=point)

    def list_it():
        desk.store.inbox.take_listing([row], lambda _code: None)
        clock.moment += timedelta(seconds=1)

    if listed_before:
        list_it()
    receipts_answered(soap_server, "PR-7")
    answer = soap_server.answer

    def answer_after_a_listing(*request):
        if not listed_before:
            list_it()
        return answer(*request)

    soap_server.answer = answer_after_a_listing
    settled = desk.outbox.send(item.item_id).item
    assert (settled.state, settled.failure_code) == (state, "" if state is ACCEPTED else "receipt_taken")


def test_outages_go_first(desk, practice):
    later = [desk.outbox.queue(outage(number)) for number in (1, 2)]
    other = NewApplication(
        ApplicationKind.OTHER, "PS401", "PE401", "06" + "7" * 20, content_code="PC401", supply_point_address="見本町0-0-0"
    )
    first = desk.outbox.queue(other)
    order = [result.item.item_id for result in desk.outbox.run()]
    assert order == [later[0].item_id, later[1].item_id, first.item_id]
    assert first.created_at >= later[0].created_at


def test_refused_credentials_stop_everything_until_somebody_says_otherwise(desk, practice):
    for number in range(3):
        desk.outbox.queue(outage(number))
    practice.utility.inject("forbidden-403")
    (result,) = desk.outbox.run()
    assert (result.item.state, result.item.failure_code, type(result.error)) == (QUEUED, "login_refused", LoginRefused)
    assert [item.state for item in desk.outbox.items()] == [QUEUED] * 3
    events = len(desk.outbox.events(result.item.item_id))
    for _ in range(2):
        (stopped,) = desk.outbox.run()
        assert (stopped.error.code, stopped.item.state) == ("stopped", QUEUED)
    assert len(desk.outbox.events(result.item.item_id)) == events, "no event for each look"
    with pytest.raises(LoginRefused):
        desk.inbox.refresh()
    assert len(practice.utility.request_starts()) == 1
    desk.login_guard.try_once()
    assert [result.item.state for result in desk.outbox.run()] == [ACCEPTED] * 3, "the login was taken: the stop is over"
    desk.inbox.refresh()


def test_two_unknown_outcomes_in_a_row_stop_the_run(desk, practice):
    for number in range(4):
        desk.outbox.queue(outage(number))
    practice.utility.inject("cut-after-accept", times=None)
    assert [result.item.state for result in desk.outbox.run()] == [UNKNOWN, UNKNOWN]
    practice.utility.faults.clear()
    assert [result.item.state for result in desk.outbox.run()] == [ACCEPTED, ACCEPTED]
    assert len(practice.utility.filed()) == 4


def test_an_accepted_one_between_two_unknown_outcomes_lets_the_run_go_on(desk, practice):
    items = [desk.outbox.queue(outage(number)) for number in range(6)]

    def spoil_every_other(item):
        if item.state is ACCEPTED:
            practice.utility.inject("cut-after-accept")

    practice.utility.inject("cut-after-accept")
    results = desk.outbox.run(on_change=spoil_every_other)
    assert [result.item.state for result in results] == [UNKNOWN, ACCEPTED] * 3
    assert len(results) == len(items)


def test_a_similar_application_counts_for_thirty_days(open_a_desk, practice, open_now):
    clock = Clock(open_now())
    desk = open_a_desk(practice, now=clock)
    item = desk.outbox.queue(outage())
    desk.outbox.send(item.item_id)
    clock.moment += timedelta(days=30)
    assert [one.item_id for one in desk.outbox.similar_open(outage())] == [item.item_id]
    clock.moment += timedelta(days=1)
    assert desk.outbox.similar_open(outage()) == ()


def test_one_outcome_that_ran_out_of_time_ends_the_run(open_a_desk, practice):
    """The next one would most likely be lost in the same silence, after the same long wait."""
    desk = open_a_desk(practice, answer_timeout_s=1)
    for number in range(2):
        desk.outbox.queue(outage(number))
    practice.utility.inject("silent")
    assert [result.item.state for result in desk.outbox.run()] == [UNKNOWN]


def other(number):
    return NewApplication(
        ApplicationKind.OTHER, "PS401", "PE401", f"06{number:020}", content_code="PC401", supply_point_address="見本町0-0-0"
    )


def test_an_item_that_the_installed_set_cannot_send_stops_nobody_else(open_a_desk, practice, tmp_path):
    folder = tmp_path / "set"
    shutil.copytree(resources_dir() / "kansai", folder)
    binding = json.loads((folder / "binding.json").read_text(encoding="utf-8"))
    del binding["operations"]["new_outage"]
    (folder / "binding.json").write_text(json.dumps(binding), encoding="utf-8")
    desk = open_a_desk(practice, wsdl_dir=str(folder))
    stuck, sound = desk.outbox.queue(outage(1)), [desk.outbox.queue(other(number)) for number in (2, 3)]
    for _ in range(2):
        results = desk.outbox.run()
        assert [result.item.state for result in results if result.item.item_id == stuck.item_id] == [QUEUED]
    assert [desk.outbox.item(item.item_id).state for item in sound] == [ACCEPTED, ACCEPTED]
    assert desk.outbox.item(stuck.item_id).failure_code == "setup"


def test_a_bug_in_one_items_document_stops_nobody_else(desk, practice, monkeypatch):
    items = [desk.outbox.queue(outage(number)) for number in (1, 2)]
    service = desk.outbox._services.kansai()
    prepare = service.prepare

    def broken_for_the_first(application, *, request_id):
        if application.supply_point_number == items[0].application.supply_point_number:
            raise ZeroDivisionError
        return prepare(application, request_id=request_id)

    monkeypatch.setattr(service, "prepare", broken_for_the_first, raising=False)
    first, second = desk.outbox.run()
    assert (first.item.state, first.error.code) == (QUEUED, "cannot_build")
    assert "ZeroDivisionError" in first.error.detail
    assert second.item.state is ACCEPTED


def test_an_item_that_is_taken_back_while_it_waits_stops_nobody_else(desk, practice, monkeypatch):
    items = [desk.outbox.queue(outage(number)) for number in (1, 2)]
    begin = desk.store.outbox.begin_attempt

    def taken_back(item_id, owner, **more):
        if item_id == items[0].item_id:
            assert desk.outbox.cancel_item(item_id)
        return begin(item_id, owner, **more)

    monkeypatch.setattr(desk.store.outbox, "begin_attempt", taken_back)
    desk.outbox.run()
    assert [desk.outbox.item(item.item_id).state for item in items] == [OutboxState.CANCELLED, ACCEPTED]
    assert len(practice.utility.filed()) == 1


def test_an_item_is_taken_back_only_before_it_leaves(desk, practice):
    item = desk.outbox.queue(outage())
    assert desk.outbox.cancel_item(item.item_id)
    assert not desk.outbox.cancel_item(item.item_id)
    assert desk.outbox.run() == ()
    sent = desk.outbox.queue(outage(2))
    desk.outbox.send(sent.item_id)
    assert not desk.outbox.cancel_item(sent.item_id)
    assert len(practice.utility.filed()) == 1


def test_a_cancelled_send_sends_nothing(desk, practice):
    item = desk.outbox.queue(outage())
    token = CancelToken()
    token.cancel()
    result = desk.outbox.send(item.item_id, token)
    assert isinstance(result.error, Cancelled)
    assert result.item.state is QUEUED
    assert steps(desk, item) == [("queued", "")]
    assert practice.utility.filed() == ()


def test_an_item_taken_back_while_it_waits_for_its_turn_is_not_sent(open_a_desk, practice):
    desk = open_a_desk(practice, interval_s=1.0, margin_s=0.5)
    first, second = (desk.outbox.queue(outage(number)) for number in (1, 2))
    desk.outbox.send(first.item_id)
    claimed = threading.Event()
    claim = desk.store.outbox.claim

    def claim_and_tell(*arguments, **options):
        found = claim(*arguments, **options)
        claimed.set()
        return found

    desk.store.outbox.claim = claim_and_tell
    results = []
    thread = threading.Thread(target=lambda: results.append(desk.outbox.send(second.item_id)))
    thread.start()
    assert claimed.wait(10)
    assert desk.outbox.cancel_item(second.item_id)
    thread.join()
    assert isinstance(results[0].error, Cancelled)
    assert results[0].item.state is OutboxState.CANCELLED
    assert len(practice.utility.filed()) == 1


def test_an_application_that_the_schema_refuses_never_leaves(desk, practice):
    item = desk.outbox.queue(outage(customer_name="あ" * 5000))
    result = desk.outbox.send(item.item_id)
    assert isinstance(result.error, InputRefused)
    assert (result.item.failure_code, result.item.failure_message) == ("input", "")  # the message is for the server's own words
    assert (result.item.state, result.item.attempts) == (REJECTED, 0)
    assert practice.utility.filed() == ()


def test_a_bug_after_the_first_byte_is_an_unknown_outcome_and_is_seen(desk, practice, monkeypatch):
    item = desk.outbox.queue(outage())

    class Broken:
        def new_request_id(self):
            return "1"

        def prepare(self, application, *, request_id):
            return SimpleNamespace(request_id=request_id, document=b"<envelope/>")

        def submit(self, request, *, before_first_byte=None, cancel=None) -> Receipt:
            before_first_byte()
            raise ZeroDivisionError

    monkeypatch.setattr(desk.outbox, "_services", type("Services", (), {"kansai": staticmethod(Broken)}))
    with pytest.raises(ZeroDivisionError):
        desk.outbox.send(item.item_id)
    assert desk.outbox.item(item.item_id).state is UNKNOWN


def test_a_receipt_that_cannot_be_stored_leaves_its_number_behind(desk, practice, home):
    item = desk.outbox.queue(outage())
    with closing(sqlite3.connect(home / "desk.db")) as connection, connection:
        connection.execute(
            "CREATE TRIGGER no_room BEFORE UPDATE ON outbox WHEN NEW.state = 'accepted' BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    result = desk.outbox.send(item.item_id)
    assert isinstance(result.error.__cause__, sqlite3.DatabaseError)
    (filed,) = practice.utility.filed()
    assert (result.error.code, result.error.detail) == ("not_stored", filed.receipt_number)
    left = desk.outbox.item(item.item_id)
    assert (left.state, left.failure_code, left.failure_message) == (UNKNOWN, "not_stored", filed.receipt_number)
    assert desk.outbox.run() == ()


def test_similar_applications_are_named(desk):
    item = desk.outbox.queue(outage())
    desk.outbox.send(item.item_id)
    desk.inbox.refresh()
    assert [one.item_id for one in desk.outbox.similar_open(outage())] == [item.item_id]
    assert desk.outbox.similar_open(outage(999)) == ()
    listed = next(
        entry.listed for entry in desk.inbox.entries() if entry.kind is ApplicationKind.OUTAGE and entry.listed.supply_point_number
    )
    found = desk.outbox.similar_open(outage(supply_point_number=listed.supply_point_number))
    assert listed.receipt_number in {one.receipt_number for one in found}


def test_drafts_keep_what_was_typed(desk):
    typed = {"supply_point_number": "０６-12", "customer_name": "髙"}
    desk.outbox.save_draft("1", ApplicationKind.OUTAGE, typed)
    (draft,) = desk.outbox.drafts()
    assert (draft.draft_id, draft.kind, draft.fields) == ("1", ApplicationKind.OUTAGE, typed)
    taken = desk.outbox.take_draft("1")
    assert taken.fields == typed
    assert desk.outbox.drafts() == (taken,)
    desk.outbox.discard_draft(taken.draft_id)
    assert desk.outbox.drafts() == ()


def test_an_application_that_nobody_was_told_of_is_not_filed_over(desk, practice):
    seen = desk.outbox.similar_open(outage())
    assert seen == ()
    first = desk.outbox.queue(outage(), despite=seen)
    with pytest.raises(InputRefused) as caught:
        desk.outbox.queue(outage(), despite=seen)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("supply_point_number", "similar_open")]
    assert [item.item_id for item in desk.outbox.items()] == [first.item_id]
    seen = desk.outbox.similar_open(outage())
    desk.outbox.send(first.item_id)  # it is the same one, wherever it stands by now
    assert desk.outbox.queue(outage(), despite=seen).state is QUEUED


def test_a_refused_application_is_not_queued_again_over_one_that_was_filed_in_its_place(desk, practice):
    practice.utility.inject("declined")
    refused = desk.outbox.queue(outage())
    assert desk.outbox.send(refused.item_id).item.state is REJECTED
    desk.outbox.send(desk.outbox.queue(outage()).item_id)
    with pytest.raises(InputRefused):
        desk.outbox.requeue(refused.item_id)
    assert desk.outbox.item(refused.item_id).state is REJECTED
    assert desk.outbox.waiting_beside() == ()
    assert desk.outbox.requeue(refused.item_id, despite=desk.outbox.similar_open(outage()))
    assert desk.outbox.waiting_beside() == (), "it was confirmed when it was queued again"
    assert not desk.outbox.requeue("nobody's")


def test_what_was_confirmed_is_not_asked_again_but_what_is_new_is(open_a_desk, practice):
    desk = open_a_desk(practice)
    first, second = desk.outbox.queue(outage()), desk.outbox.queue(outage())
    found = desk.outbox.waiting_beside()
    assert {one.item.item_id: [similar.key for similar in one.similar] for one in found} == {
        first.item_id: [second.item_id],
        second.item_id: [first.item_id],
    }
    desk.outbox.confirm(found)
    assert desk.outbox.waiting_beside() == ()
    desk.outbox.send(first.item_id)
    assert open_a_desk(practice).outbox.waiting_beside() == (), "the same two, wherever they stand by now, in every process"
    third = desk.outbox.queue(outage(), despite=desk.outbox.similar_open(outage()))
    (asked,) = desk.outbox.waiting_beside()
    assert (asked.item.item_id, [one.key for one in asked.similar]) == (second.item_id, [third.item_id])


def test_a_waiting_application_is_not_beside_itself(desk):
    item = desk.outbox.queue(outage())
    assert desk.outbox.waiting_beside() == desk.outbox.waiting_beside(item.item_id) == ()


# What a killed process leaves behind: (state found by the next process, applications with the utility afterwards)
KILLS = {
    "after-claim": (ACCEPTED, 1),
    "before-begin_attempt": (ACCEPTED, 1),
    "after-begin_attempt": (UNKNOWN, 0),
    "before-accept": (UNKNOWN, 1),
    "after-accept": (ACCEPTED, 1),
}


@pytest.mark.parametrize("point", KILLS)
def test_killed_at_a_named_point_nothing_is_doubled_or_lost(open_a_desk, home, practice, point):
    desk = open_a_desk(practice)
    item = desk.outbox.queue(outage())
    killed = subprocess.run([sys.executable, kill_worker.__file__, str(home), point], timeout=60, check=False)
    assert killed.returncode == -9
    for _ in range(2):
        desk.outbox.run()
    state, filed = KILLS[point]
    assert (desk.outbox.item(item.item_id).state, len(practice.utility.filed())) == (state, filed)
    if state is UNKNOWN:
        assert desk.outbox.item(item.item_id).failure_code == "killed"


def test_killed_between_byte_and_answer_it_is_unknown(open_a_desk, home, practice):
    desk = open_a_desk(practice)
    item = desk.outbox.queue(outage())
    practice.utility.inject("late", seconds=30)
    with subprocess.Popen([sys.executable, kill_worker.__file__, str(home), "none"]) as process:
        waiter = threading.Event()
        while not practice.utility.filed():
            assert process.poll() is None
            waiter.wait(0.02)
        # The other process lives: its item is not ours to judge.
        assert desk.outbox.recover() == 0
        assert desk.outbox.item(item.item_id).state is OutboxState.SENDING
        process.kill()
        process.wait()
    assert desk.outbox.recover() == 1
    assert desk.outbox.run() == ()
    assert desk.outbox.item(item.item_id).state is UNKNOWN
    assert len(practice.utility.filed()) == 1


def test_two_processes_work_on_one_outbox_without_doubling(open_a_desk, home, practice):
    desk = open_a_desk(practice)
    items = [desk.outbox.queue(outage(number)) for number in range(10)]
    ran = []
    threads = [threading.Thread(target=lambda: ran.append(run_program(home, "outbox", "run"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.code for one in ran] == [0, 0], [one.stderr for one in ran]
    assert sum(len(one.json) for one in ran) == len(items)
    assert {item.state for item in desk.outbox.items()} == {ACCEPTED}
    receipts = {item.receipt_number for item in desk.outbox.items()}
    assert receipts == {filed.receipt_number for filed in practice.utility.filed()}
    assert len(receipts) == len(items)
