"""The n-th transaction of a send fails, for n = 1, 2, ... until none is left to fail: nothing is doubled, nothing lost."""

from contextlib import contextmanager, suppress

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.errors import SetupFault

APPLICATION = NewApplication(
    ApplicationKind.OUTAGE,
    selection_code="PS301",
    equipment_class="PE301",
    supply_point_number="0600000000000000000123",
    supply_point_address="大阪府大阪市見本町0-0-0",
    customer_name="見本 太郎",
)


def failing_at(store, number, *, after_commit):
    """Makes one transaction fail as a full disk would, before or after it counts."""
    whole, count = store.writing, 0

    @contextmanager
    def writing():
        nonlocal count
        count += 1
        fails = count == number
        if fails and not after_commit:
            raise SetupFault(str(store.path), "database", "unwritable", "disk full")
        with whole() as connection:
            yield connection
        if fails:
            raise SetupFault(str(store.path), "database", "unwritable", "disk full")

    store.writing = writing
    return lambda: count


@pytest.mark.parametrize("after_commit", [False, True])
def test_any_transaction_may_fail(open_a_desk, practice, after_commit):
    outcomes = []
    for number in range(1, 20):
        desk = open_a_desk(practice)
        item = desk.outbox.queue(APPLICATION)
        filed_before = len(practice.utility.filed())
        done = failing_at(desk.store, number, after_commit=after_commit)
        with suppress(SetupFault):
            desk.outbox.send(item.item_id)
        reached = done() >= number
        desk.close()
        later = open_a_desk(practice)
        for _ in range(2):
            later.outbox.run()
        state, filed = later.outbox.item(item.item_id).state, len(practice.utility.filed()) - filed_before
        assert filed <= 1
        assert state in (OutboxState.ACCEPTED, OutboxState.UNKNOWN)
        if state is OutboxState.ACCEPTED:
            assert filed == 1
        later.close()
        outcomes.append(state)
        if not reached:
            break
    else:
        pytest.fail("a send takes fewer transactions than that")
    assert len(outcomes) > 3
    assert outcomes[-1] is OutboxState.ACCEPTED
