"""What is open or recent at a supply point, from the store alone."""

from datetime import timedelta

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, OutboxState
from fakes.clock import Clock
from fakes.filing import application, outage

POINT = outage().supply_point_number
OUTAGE, MENU_CHANGE = ApplicationKind.OUTAGE, ApplicationKind.MENU_CHANGE
OPEN, CLOSED = "PW04", "PW05"
SELECTION = {OUTAGE: "PS301", MENU_CHANGE: "PS501", None: "no such code"}


@pytest.fixture
def list_one(desk, open_now):
    """Has the listing show an application of the point, registered some days ago."""

    def show(number, stage, *, days=0, kind=OUTAGE, point=POINT, **more):
        day = open_now().date() - timedelta(days=days)
        row = ListedApplication(number, stage, registered_on=day, selection_code=SELECTION[kind], supply_point_number=point, **more)
        desk.store.inbox.take_listing([row], lambda _code: kind)

    return show


def test_what_is_open_counts_however_old_and_what_is_closed_is_told_for_thirty_days(desk, list_one, practice):
    list_one("D1", CLOSED, days=31)
    list_one("D2", CLOSED, days=30)
    list_one("D3", OPEN, days=400)
    list_one("D4", "PW99", days=400)  # no table calls it closed
    found = {one.receipt_number: one for one in desk.outbox.at_point(OUTAGE, POINT)}
    assert set(found) == {"D2", "D3", "D4"}
    assert {number for number, one in found.items() if one.is_open} == {"D3", "D4"}
    assert (found["D3"].stage, found["D4"].stage, found["D2"].stage) == ("現地対応中", "PW99", "完了")
    assert {one.receipt_number for one in desk.outbox.similar_open(outage())} == {"D3", "D4"}
    assert practice.utility.request_starts() == (), "the network is not asked"


def test_other_kinds_are_told_but_are_no_doubles_and_one_of_no_known_kind_may_be(desk, list_one):
    list_one("D1", OPEN, kind=MENU_CHANGE)
    list_one("D2", OPEN, kind=None)
    list_one("D3", OPEN, point="06" + "9" * 20)
    assert [(one.receipt_number, one.may_be_double) for one in desk.outbox.at_point(OUTAGE, POINT)] == [("D2", True), ("D1", False)]
    assert [one.receipt_number for one in desk.outbox.similar_open(application(MENU_CHANGE, 123))] == ["D2", "D1"]


def test_without_a_number_only_the_same_kind_counts(desk, list_one):
    list_one("D1", OPEN, kind=None, point="")
    list_one("D2", OPEN, kind=OUTAGE, point="")
    list_one("D3", OPEN, kind=OUTAGE, point="", days=31)
    assert [one.receipt_number for one in desk.outbox.similar_open(outage(supply_point_number=""))] == ["D2"]
    assert [one.receipt_number for one in desk.outbox.at_point(OUTAGE, "")] == ["D2"], "what is for no point is for no common one"


def test_own_items_count_from_the_queue_on_with_the_stage_that_the_listing_shows(desk, practice, list_one):
    waiting = desk.outbox.queue(outage())
    practice.utility.inject("cut-before-work")
    unknown = desk.outbox.send(desk.outbox.queue(outage()).item_id).item
    sent = desk.outbox.send(desk.outbox.queue(outage()).item_id).item
    found = {one.item_id: one for one in desk.outbox.at_point(OUTAGE, POINT)}
    assert {key: (one.state, one.stage) for key, one in found.items()} == {
        waiting.item_id: (OutboxState.QUEUED, ""),
        unknown.item_id: (OutboxState.UNKNOWN, ""),
        sent.item_id: (OutboxState.ACCEPTED, ""),
    }
    assert all(one.may_be_double for one in found.values())
    list_one(sent.receipt_number, CLOSED)
    seen = next(one for one in desk.outbox.at_point(OUTAGE, POINT) if one.item_id == sent.item_id)
    assert (seen.stage, seen.is_open, seen.may_be_double) == ("完了", False, False)
    assert len(desk.outbox.at_point(OUTAGE, POINT)) == 3, "the listing's row and our item are one application"


def test_an_accepted_item_that_the_listing_still_calls_open_counts_after_thirty_days(open_a_desk, practice, open_now):
    clock = Clock(open_now())
    desk = open_a_desk(practice, now=clock)
    sent = desk.outbox.send(desk.outbox.queue(outage()).item_id).item
    row = ListedApplication(sent.receipt_number, OPEN, clock.moment.date(), selection_code="PS301", supply_point_number=POINT)
    desk.store.inbox.take_listing([row], lambda _code: None)
    clock.moment += timedelta(days=60)
    assert [one.receipt_number for one in desk.outbox.similar_open(outage())] == [sent.receipt_number]
