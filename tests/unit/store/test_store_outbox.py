"""Who may do what to an item: each step of the outbox asks for its owner, and keeps only what may be kept."""

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState, Receipt
from denkidesk.store.outbox import DETAIL_LIMIT
from denkidesk.store.store import Store


@pytest.fixture
def outbox(tmp_path):
    store = Store(tmp_path / "desk.db")
    yield store.outbox
    store.close()


def outage(number=1):
    return NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}")


def owners(outbox):
    return {item.item_id: owner for item, owner in outbox.held()}


def test_an_item_is_claimed_by_one_owner(outbox):
    item = outbox.add(outage())
    assert outbox.claim("first").item_id == item.item_id
    assert outbox.claim("second") is None
    assert outbox.claim("second", item_id=item.item_id) is None
    assert owners(outbox) == {item.item_id: "first"}


def test_only_its_owner_lets_an_item_go(outbox):
    item = outbox.add(outage())
    outbox.claim("first")
    outbox.release(item.item_id, "second")
    assert owners(outbox) == {item.item_id: "first"}
    outbox.release(item.item_id, "first")
    assert owners(outbox) == {}


def test_only_its_owner_begins_and_settles(outbox):
    item = outbox.add(outage())
    outbox.claim("first")
    assert not outbox.begin_attempt(item.item_id, "second", request_id="1", envelope=b"<e/>")
    assert outbox.begin_attempt(item.item_id, "first", request_id="1", envelope=b"<e/>")
    assert outbox.settle(item.item_id, OutboxState.UNKNOWN, code="killed", if_owner="second").state is OutboxState.SENDING
    assert outbox.settle(item.item_id, OutboxState.UNKNOWN, code="killed", if_owner="first").state is OutboxState.UNKNOWN
    assert [event.to_state for event in outbox.events(item.item_id)] == ["queued", "sending", "unknown"]


def test_what_began_is_neither_cancelled_nor_released(outbox):
    item = outbox.add(outage())
    outbox.claim("first")
    outbox.begin_attempt(item.item_id, "first", request_id="1", envelope=b"<e/>")
    assert not outbox.cancel(item.item_id)
    assert outbox.release(item.item_id, "first").state is OutboxState.SENDING
    assert owners(outbox) == {item.item_id: "first"}


def test_of_a_servers_words_a_bounded_part_is_kept(outbox):
    item = outbox.add(outage())
    assert len(outbox.settle(item.item_id, OutboxState.REJECTED, code="declined", message="あ" * 5_000).failure_message) == DETAIL_LIMIT
    second = outbox.add(outage(2))
    accepted = outbox.accept(second.item_id, Receipt("R1", "い" * 5_000, "1"))
    assert len(accepted.reception_message) == DETAIL_LIMIT
