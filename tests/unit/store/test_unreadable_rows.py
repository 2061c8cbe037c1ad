"""One row that cannot be read hides itself alone, and is noted; a missing table or column is named as damage."""

import sqlite3
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication, NewApplication, OutboxState, Receipt
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import SetupFault
from denkidesk.store.backups import is_good
from denkidesk.store.inbox_views import InboxView
from denkidesk.store.inspection import unreadable_rows
from denkidesk.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)
POINT = "0600000000000000000123"
NO_UTF8 = b"\xff\xfe\x83"


def no_kind(_code):
    return None


def outage(name):
    return NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", POINT, customer_name=name)


def wreck(path, statement, value=None):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(statement, () if value is None else (value,))
    connection.commit()
    connection.close()


@pytest.fixture
def filled(tmp_path):
    """A store with two of everything; ``reopen`` gives it after something was done to the file."""
    path = tmp_path / "desk.db"
    opened = []

    def reopen():
        for store in opened:
            store.close()
        opened.append(Store(path, now=lambda: NOON))
        return opened[-1]

    store = reopen()
    store.inbox.take_listing([ListedApplication("R1", "10"), ListedApplication("R2", "10")], no_kind)
    store.inbox.take_status(ApplicationStatus("R1", "00", "", ("一",)), no_kind)
    for name in ("見本 一郎", "見本 二郎"):
        store.outbox.add(outage(name))
        store.drafts.save(name, ApplicationKind.OUTAGE, {"customer_name": name})
        store.quotes.add(title=name, engine_version="1", inputs="{}", plan="{}", result="{}")
        store.closed_windows.add(NOON, NOON.replace(hour=13), name)
        store.catalogue.put("subsidies", name, (1,))
    yield SimpleNamespace(path=path, reopen=reopen, wreck=lambda *what: (opened[-1].close(), wreck(path, *what), reopen())[-1])
    for store in opened:
        store.close()


READERS = {
    "inbox": lambda store: store.inbox.entries(InboxView()),
    "outbox": lambda store: store.outbox.items(),
    "drafts": lambda store: store.drafts.all(),
    "quotes": lambda store: store.quotes.all(),
    "closed_windows": lambda store: store.closed_windows.all(),
    "catalogue": lambda store: [
        v for key in ("見本 一郎", "見本 二郎") for v in store.catalogue.versions("subsidies", key, tuple[int, ...])
    ],
}


@pytest.mark.parametrize(
    ("table", "statement", "value"),
    [
        ("inbox", "UPDATE inbox SET extra = ? WHERE receipt_number = 'R1'", "{"),
        ("inbox", "UPDATE inbox SET extra = ? WHERE receipt_number = 'R1'", "[1]"),
        ("inbox", "UPDATE inbox SET status = ? WHERE receipt_number = 'R1'", "{}"),
        ("inbox", "UPDATE inbox SET status = ? WHERE receipt_number = 'R1'", "[" * 100_000),
        ("inbox", "UPDATE inbox SET kind = ? WHERE receipt_number = 'R1'", "no kind"),
        ("inbox", "UPDATE inbox SET visit_on = ? WHERE receipt_number = 'R1'", "2026-13-01"),
        ("inbox", "UPDATE inbox SET changed_at = ? WHERE receipt_number = 'R1'", "yesterday"),
        ("inbox", "UPDATE inbox SET work_stage = CAST(? AS TEXT) WHERE receipt_number = 'R1'", NO_UTF8),
        ("outbox", "UPDATE outbox SET application = ? WHERE position = 1", "{}"),
        ("outbox", "UPDATE outbox SET application = ? WHERE position = 1", "null"),
        ("outbox", "UPDATE outbox SET application = ? WHERE position = 1", '{"kind": "unheard of", "extra": {}}'),
        ("outbox", "UPDATE outbox SET application = CAST(? AS TEXT) WHERE position = 1", NO_UTF8),
        ("outbox", "UPDATE outbox SET created_at = ? WHERE position = 1", ""),
        ("drafts", "UPDATE drafts SET fields = ? WHERE draft_id = '見本 一郎'", "[]"),
        ("drafts", "UPDATE drafts SET kind = ? WHERE draft_id = '見本 一郎'", "x"),
        ("drafts", "UPDATE drafts SET saved_at = ? WHERE draft_id = '見本 一郎'", "x"),
        ("quotes", "UPDATE quotes SET created_at = ? WHERE position = 1", "x"),
        ("quotes", "UPDATE quotes SET plan = ? WHERE position = 1", '{"changed": 1}'),
        ("closed_windows", "UPDATE closed_windows SET starts_at = ? WHERE id = 1", "0"),
        ("catalogue", "UPDATE catalogue SET payload = ? WHERE id = 1", "{"),
        ("catalogue", "UPDATE catalogue SET payload = ? WHERE id = 1", '["x"]'),
        ("catalogue", "UPDATE catalogue SET checked_at = ? WHERE id = 1", "x"),
    ],
)
def test_one_bad_row_hides_one_row_and_is_noted(filled, table, statement, value):
    if table == "quotes":
        filled.wreck("DROP TRIGGER quotes_are_not_rewritten")
    store = filled.wreck(statement, value)
    assert {name: len(read(store)) for name, read in READERS.items()} == {name: 1 if name == table else 2 for name in READERS}
    assert [noted for noted, _ in store.unreadable] == [table]
    assert list(unreadable_rows(store)) == [table]


def test_the_queue_goes_on_behind_an_item_that_cannot_be_read(filled):
    store = filled.wreck("UPDATE outbox SET application = ? WHERE position = 1", "{")
    claimed = store.outbox.claim("me")
    assert claimed.application.customer_name == "見本 二郎"
    assert store.outbox.claim("me") is None
    assert [item.item_id for item, _ in store.outbox.held()] == [claimed.item_id]


def test_an_item_that_cannot_be_read_keeps_no_other_from_being_accepted(filled):
    store = filled.wreck("UPDATE outbox SET application = ?, state = 'accepted', receipt_number = 'R9' WHERE position = 1", "{")
    item = store.outbox.claim("me")
    store.outbox.begin_attempt(item.item_id, "me", request_id="Q", envelope=b"")
    refused = store.outbox.accept(item.item_id, Receipt("R9", "", "Q"))
    assert (refused.state, refused.failure_message) == (OutboxState.UNKNOWN, f"R9 / {POINT}")
    store.inbox.take_listing([ListedApplication("R9", "10")], no_kind)
    assert store.inbox.entry("R9") is not None


@pytest.mark.parametrize("column", ["extra", "status", "visit_on", "kind", "work_stage"])
@pytest.mark.parametrize("by", ["listing", "status"])
def test_what_the_utility_says_puts_an_entry_right(filled, column, by):
    statements = {
        "extra": "UPDATE inbox SET extra = ? WHERE receipt_number = 'R1'",
        "status": "UPDATE inbox SET status = ? WHERE receipt_number = 'R1'",
        "visit_on": "UPDATE inbox SET visit_on = ? WHERE receipt_number = 'R1'",
        "kind": "UPDATE inbox SET kind = ? WHERE receipt_number = 'R1'",
        "work_stage": "UPDATE inbox SET work_stage = CAST(? AS TEXT) WHERE receipt_number = 'R1'",
    }
    store = filled.wreck(statements[column], NO_UTF8 if column == "work_stage" else "{")
    assert len(READERS["inbox"](store)) == 1
    if by == "listing":
        store.inbox.take_listing([ListedApplication("R1", "20", visit_on=date(2026, 12, 1)), ListedApplication("R2", "10")], no_kind)
    else:
        store.inbox.take_status(ApplicationStatus("R1", "00", "", ("二",), {"work_stage": "20"}), no_kind)
    assert [entry.listed.work_stage for entry in READERS["inbox"](store)] in (["20", "10"], ["10", "20"])
    assert len(store.inbox.history("R1")) >= 3, "the history goes on"


def test_tariffs_that_cannot_be_read_are_put_right_by_the_next_answer(filled):
    store = filled.wreck("UPDATE catalogue SET payload = ? WHERE id = 1", "{")
    assert store.catalogue.newest("subsidies", "見本 一郎", tuple[int, ...]) is None
    store.catalogue.put("subsidies", "見本 一郎", (1,))
    assert store.catalogue.newest("subsidies", "見本 一郎", tuple[int, ...]).value == (1,)


def test_a_refused_login_counts_whatever_its_date_says(filled):
    store = filled.reopen()
    store.login_stops.add("kansai", salt=b"s", digest=b"d", message="")
    store = filled.wreck("UPDATE login_stops SET refused_at = ?", "x")
    assert [stop.digest for stop in store.login_stops.all("kansai")] == [b"d"]


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("DROP TABLE drafts", "table drafts"),
        ("ALTER TABLE inbox DROP COLUMN previous_stage", "inbox.previous_stage"),
        ("ALTER TABLE outbox DROP COLUMN owner", "outbox.owner"),
        ("DROP TRIGGER outbox_events_are_not_deleted", "trigger outbox_events_are_not_deleted"),
    ],
)
def test_what_is_missing_is_damage(filled, statement, missing):
    store = filled.wreck(statement)
    assert store.shape().missing == (missing,)
    assert store.check() == (missing,)
    store.close()
    assert not is_good(filled.path)


def test_without_an_index_everything_can_be_read_and_it_is_told(filled):
    store = filled.wreck("DROP INDEX outbox_by_state")
    assert (store.check(), store.shape().missing) == ((), ("index outbox_by_state",))
    assert len(store.outbox.items()) == 2


def test_what_is_foreign_is_told_and_is_no_damage(filled):
    filled.wreck("CREATE TABLE somebodys (x, y)")
    store = filled.wreck("ALTER TABLE drafts ADD COLUMN mine TEXT")
    assert store.shape().foreign == ("drafts.mine", "table somebodys")
    assert store.check() == ()
    assert len(store.drafts.all()) == 2


@pytest.mark.parametrize("statement", ["DROP TABLE outbox", "ALTER TABLE outbox DROP COLUMN application"])
def test_reading_what_is_missing_is_a_fault_of_the_file(filled, statement):
    store = filled.wreck(statement)
    for act in (store.outbox.items, lambda: store.outbox.claim("me"), lambda: store.outbox.add(outage("x"))):
        with pytest.raises(SetupFault) as refused:
            act()
        assert (refused.value.file, refused.value.code) == (str(filled.path), "damaged")


def test_every_version_has_the_shape_that_it_should_have(tmp_path, pytestconfig):
    for script in sorted((pytestconfig.rootpath / "tests" / "golden" / "store").glob("v*.sql")):
        path = tmp_path / f"{script.stem}.db"
        connection = sqlite3.connect(path)
        connection.executescript(script.read_text(encoding="utf-8"))
        connection.close()
        assert is_good(path), script.stem
