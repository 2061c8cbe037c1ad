"""An application that was just accepted is in the inbox at once, and is one row when the listing brings it."""

from dataclasses import replace

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, Receipt
from denkidesk.store.inbox_views import InboxView
from denkidesk.store.store import Store
from fakes.filing import outage

NUMBER = "D26112600001"


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "desk.db")
    yield store
    store.close()


@pytest.fixture
def filed(store):
    """Its number; the item is sent and accepted."""
    item = store.outbox.add(outage(visit_on=None))
    assert store.outbox.claim("me", item_id=item.item_id)
    assert store.outbox.begin_attempt(item.item_id, "me", request_id="1", envelope=b"x")
    store.outbox.accept(item.item_id, Receipt(NUMBER, "", "1"))
    return item


def listed(store, stage="PW01", **more):
    (entry,) = store.inbox.entries(InboxView())
    return replace(entry.listed, work_stage=stage, **more)


def test_it_is_an_entry_at_once_read_and_without_a_stage(store, filed):
    (entry,) = store.inbox.entries(InboxView())
    assert (entry.listed.receipt_number, entry.kind, entry.unread) == (NUMBER, ApplicationKind.OUTAGE, False)
    assert (entry.listed.work_stage, entry.status) == ("", None)
    assert entry.listed.supply_point_number == filed.application.supply_point_number
    assert (entry.customer_name, entry.supply_point_address) == (filed.application.customer_name, filed.application.supply_point_address)
    assert [event.kind for event in store.inbox.history(NUMBER)] == ["filed"]
    assert (store.inbox.counts().all, store.inbox.counts().unread) == (1, 0)
    for word in ("見本", NUMBER[-4:], "見本町"):
        assert len(store.inbox.entries(InboxView(search=word))) == 1, word


def test_the_listing_makes_no_second_row_of_it_and_calls_it_new(store, filed):
    row = listed(store)
    assert store.inbox.take_listing([row], lambda _code: None) == (1, 0)
    (entry,) = store.inbox.entries(InboxView())
    assert (entry.listed, entry.kind, entry.unread, entry.previous_stage) == (row, ApplicationKind.OUTAGE, True, "")
    history = store.inbox.history(NUMBER)
    assert [(event.kind, event.after) for event in history] == [("filed", ""), ("new", "PW01")]
    assert entry.seen_to == history[0].number, "what is new begins with the listing"
    assert store.inbox.take_listing([row], lambda _code: None) == (0, 0)
    assert store.inbox.take_listing([replace(row, work_stage="PW02")], lambda _code: None) == (0, 1)


def test_a_listing_without_it_takes_nothing_away(store, filed):
    store.inbox.take_listing([ListedApplication("D26112600009", "PW01")], lambda _code: None)
    assert {entry.listed.receipt_number for entry in store.inbox.entries(InboxView())} == {NUMBER, "D26112600009"}


def test_one_that_the_listing_has_already_stays_as_it_is(store):
    item = store.outbox.add(outage())
    row = ListedApplication(NUMBER, "PW04", supply_point_number=item.application.supply_point_number)
    assert store.outbox.claim("me", item_id=item.item_id)
    assert store.outbox.begin_attempt(item.item_id, "me", request_id="1", envelope=b"x")
    store.inbox.take_listing([row], lambda _code: None)
    store.outbox.accept(item.item_id, Receipt(NUMBER, "", "1"))
    (entry,) = store.inbox.entries(InboxView())
    assert (entry.listed, entry.kind, entry.unread) == (row, ApplicationKind.OUTAGE, True)
    assert entry.customer_name == item.application.customer_name
    assert [event.kind for event in store.inbox.history(NUMBER)] == ["new"]
