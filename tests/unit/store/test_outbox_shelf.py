"""Who may do what to an item: each step of the outbox asks for its owner, and keeps only what may be kept."""

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState, Receipt
from denkidesk.store.outbox import DETAIL_LIMIT
from denkidesk.store.store import Store


@pytest.fixture
def shelf(tmp_path):
    store = Store(tmp_path / "desk.db")
    yield store.outbox
    store.close()


def outage(number=1):
    return NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}")


def owners(shelf):
    return {item.item_id: owner for item, owner in shelf.held()}


def test_an_item_is_claimed_by_one_owner(shelf):
    item = shelf.add(outage())
    assert shelf.claim("first").item_id == item.item_id
    assert shelf.claim("second") is None
    assert shelf.claim("second", item_id=item.item_id) is None
    assert owners(shelf) == {item.item_id: "first"}


def test_only_its_owner_lets_an_item_go(shelf):
    item = shelf.add(outage())
    shelf.claim("first")
    shelf.release(item.item_id, "second")
    assert owners(shelf) == {item.item_id: "first"}
    shelf.release(item.item_id, "first")
    assert owners(shelf) == {}


def test_only_its_owner_begins_and_settles(shelf):
    item = shelf.add(outage())
    shelf.claim("first")
    assert not shelf.begin_attempt(item.item_id, "second", request_id="1", envelope=b"<e/>")
    assert shelf.begin_attempt(item.item_id, "first", request_id="1", envelope=b"<e/>")
    assert shelf.settle(item.item_id, OutboxState.UNKNOWN, code="killed", if_owner="second").state is OutboxState.SENDING
    assert shelf.settle(item.item_id, OutboxState.UNKNOWN, code="killed", if_owner="first").state is OutboxState.UNKNOWN
    assert [event.to_state for event in shelf.events(item.item_id)] == ["queued", "sending", "unknown"]


def test_what_began_is_neither_cancelled_nor_released(shelf):
    item = shelf.add(outage())
    shelf.claim("first")
    shelf.begin_attempt(item.item_id, "first", request_id="1", envelope=b"<e/>")
    assert not shelf.cancel(item.item_id)
    assert shelf.release(item.item_id, "first").state is OutboxState.SENDING
    assert owners(shelf) == {item.item_id: "first"}


def test_of_a_servers_words_a_bounded_part_is_kept(shelf):
    item = shelf.add(outage())
    assert len(shelf.settle(item.item_id, OutboxState.REJECTED, code="declined", message="あ" * 5_000).failure_message) == DETAIL_LIMIT
    second = shelf.add(outage(2))
    accepted = shelf.accept(second.item_id, Receipt("R1", "い" * 5_000, "1"))
    assert len(accepted.reception_message) == DETAIL_LIMIT
