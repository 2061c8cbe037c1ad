"""One start with a wrong clock must not decide for ever what is newest, what was seen and what is recent."""

import sqlite3
from datetime import date, datetime, timedelta

import pytest

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication, NewApplication, OutboxState, Receipt
from denkidesk.domain.clock import JST
from denkidesk.store.backups import KEPT_DAYS, listed, make_daily, newest_good
from denkidesk.store.inbox_views import InboxFilter, InboxView
from denkidesk.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)
WRONG = [datetime(2038, 1, 1, tzinfo=JST), datetime(2015, 1, 1, tzinfo=JST)]
OUTAGE = NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", "0600000000000000000123", customer_name="見本 太郎")


class Clock:
    """Goes on by a second at each look, from wherever it was set to."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = Store(tmp_path / "desk.db", now=clock)
    yield opened
    opened.close()


def no_kind(_code):
    return None


def row(stage="10", **changes):
    return ListedApplication("R1", stage, **{"supply_point_number": OUTAGE.supply_point_number, "selection_code": "PS301", **changes})


def needing_action(store):
    found = store.inbox.entries(InboxView(InboxFilter.NEEDS_ACTION))
    assert store.inbox.counts().needs_action == len(found)
    return len(found)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("wrong_at", ["change", "look"])
def test_a_message_is_neither_lit_for_ever_nor_hidden(store, clock, wrong, wrong_at):
    store.inbox.take_listing([row()], no_kind)
    clock.moment = wrong if wrong_at == "change" else NOON
    store.inbox.take_listing([row(has_message=True)], no_kind)
    clock.moment = wrong if wrong_at == "look" else NOON
    store.inbox.take_status(ApplicationStatus("R1", "00", "", ("返事をください",)), no_kind)
    store.inbox.mark(["R1"], unread=False)
    assert needing_action(store) == 0
    clock.moment = NOON + timedelta(days=1)
    store.inbox.take_listing([row("20", has_message=True)], no_kind)
    store.inbox.mark(["R1"], unread=False)
    assert needing_action(store) == 1


def test_the_tariff_fetched_last_is_the_newest(store, clock):
    prices = iter(((1,), (2,), (3,), (3,)))
    for moment in (NOON, WRONG[0], NOON, WRONG[1]):
        clock.moment = moment
        store.catalogue.put("subsidies", "", next(prices))
    assert store.catalogue.newest("subsidies", "", tuple[int, ...]).value == (3,)
    assert [version.value for version in store.catalogue.versions("subsidies", "", tuple[int, ...])] == [(3,), (2,), (1,)]


def filed_beside(store, clock, *, listed_at, attempt_at, listed_first):
    """An outage in its attempt, and a listing row of the very number that its receipt will carry."""
    item_id = store.outbox.add(OUTAGE).item_id

    def list_it():
        clock.moment = listed_at
        store.inbox.take_listing([row()], no_kind)

    if listed_first:
        list_it()
    clock.moment = attempt_at
    store.outbox.claim("me", item_id=item_id)
    assert store.outbox.begin_attempt(item_id, "me", request_id="R", envelope=b"")
    if not listed_first:
        list_it()
    return store.outbox.accept(item_id, Receipt("R1", "", "R")).state


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("wrong_at", ["listing", "attempt"])
@pytest.mark.parametrize(("listed_first", "state"), [(True, OutboxState.UNKNOWN), (False, OutboxState.ACCEPTED)])
def test_a_number_seen_before_the_attempt_is_anothers(store, clock, wrong, wrong_at, listed_first, state):
    moments = {"listed_at": NOON, "attempt_at": NOON, f"{'listed' if wrong_at == 'listing' else 'attempt'}_at": wrong}
    assert filed_beside(store, clock, listed_first=listed_first, **moments) is state


def test_what_was_filed_under_a_clock_set_back_is_still_recent(store, clock):
    for number, day in (("A", NOON), ("B", WRONG[1])):
        clock.moment = day
        item_id = store.outbox.add(OUTAGE).item_id
        store.outbox.claim("me", item_id=item_id)
        store.outbox.begin_attempt(item_id, "me", request_id=number, envelope=b"")
        store.outbox.accept(item_id, Receipt(number, "", number))
    since = (NOON - timedelta(days=30)).date()
    found = store.outbox.at_supply_point(OUTAGE.supply_point_number, OUTAGE.kind, since)
    assert [item.receipt_number for item in found] == ["A", "B"]
    assert store.outbox.at_supply_point(OUTAGE.supply_point_number, OUTAGE.kind, date(2026, 12, 30)) == ()


@pytest.mark.parametrize("wrong", WRONG)
def test_the_copy_made_last_is_the_newest_and_is_never_let_go_as_it_is_made(store, tmp_path, wrong):
    folder = tmp_path / "backups"
    for number in range(KEPT_DAYS + 2):
        assert make_daily(store, folder, now=lambda day=NOON + timedelta(days=number): day) is not None
    wrongly_dated = make_daily(store, folder, now=lambda: wrong)
    assert wrongly_dated.exists()
    assert newest_good(folder).path == wrongly_dated
    store.ui_state.set("a", "after the clock was put right")
    for number in range(KEPT_DAYS - 1):
        day = NOON + timedelta(days=100 + number)
        made = make_daily(store, folder, now=lambda day=day: day)
        assert newest_good(folder).path == made
    assert wrongly_dated.exists()
    assert make_daily(store, folder, now=lambda: NOON + timedelta(days=200)).exists()
    assert not wrongly_dated.exists(), "it was let go in its turn"


def test_copies_of_an_earlier_version_are_older_than_any_new_one(store, tmp_path):
    folder = tmp_path / "backups"
    for day in ("2026-11-18", "2038-01-01"):
        make_daily(store, folder, now=lambda: NOON).rename(folder / f"desk-{day}.db")
    made = make_daily(store, folder, now=lambda: NOON)
    assert [backup.path.name for backup in listed(folder)] == [made.name, "desk-2038-01-01.db", "desk-2026-11-18.db"]


def test_the_draft_saved_last_comes_first(store, clock):
    for draft_id, moment in (("a", NOON), ("b", WRONG[0]), ("c", WRONG[1]), ("a", WRONG[1])):
        clock.moment = moment
        store.drafts.save(draft_id, ApplicationKind.OUTAGE, {"customer_name": draft_id})
    assert [draft.draft_id for draft in store.drafts.all()] == ["a", "c", "b"]
    assert store.drafts.take("b").fields == {"customer_name": "b"}
    assert [draft.fields["customer_name"] for draft in store.drafts.all()] == ["a", "c", "b"]


def test_what_was_queued_under_a_clock_ahead_may_go_now(store, clock):
    clock.moment = WRONG[0]
    item = store.outbox.add(OUTAGE)
    clock.moment = NOON
    assert store.outbox.claim("me").item_id == item.item_id


def test_what_earlier_versions_told_by_their_clock_is_kept_in_order(tmp_path, pytestconfig):
    script = (pytestconfig.rootpath / "tests" / "golden" / "store" / "v3.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.executescript(script)
    connection.execute("UPDATE inbox SET has_message = 1, unread = 0, status = NULL, status_at = '2026-03-01T09:00:00.000000+09:00'")
    for at, payload in (("2026-04-02", "[2]"), ("2026-04-01", "[1]")):
        connection.execute(
            "INSERT INTO catalogue VALUES ('subsidies', '', ?, ?, ?, '')", (f"{at}T09:00+09:00", f"{at}T09:00+09:00", payload)
        )
    (item_id,) = connection.execute("SELECT item_id FROM outbox").fetchone()
    connection.execute(
        "INSERT INTO outbox_attempts VALUES (?, 1, 'Q', '{}', x'00', '', 'me', '2026-04-01T09:00:01.000000+09:00')", (item_id,)
    )
    connection.commit()
    connection.close()
    store = Store(tmp_path / "desk.db")
    assert needing_action(store) == 1
    assert [version.value for version in store.catalogue.versions("subsidies", "", tuple[int, ...])] == [(2,), (1,)]
    assert store.outbox.accept(item_id, Receipt("R1", "", "Q")).failure_code == "receipt_taken", "listed before the attempt"
    store.close()
