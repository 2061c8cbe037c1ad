"""Copies of the database: one a day, whole, and good for going back."""

import sqlite3
from datetime import date, datetime, timedelta

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import SetupFault
from denkidesk.store import store as store_module
from denkidesk.store.backups import KEPT_DAYS, day_of, is_good, listed, make_daily, newest_good, restore, start_anew
from denkidesk.store.migrations import steps as steps_module
from denkidesk.store.migrations.steps import STEPS
from denkidesk.store.process_lock import LockTaken, ProcessLock
from denkidesk.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)
OUTAGE = NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", "0612345678901234567890", customer_name="見本 太郎")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "desk.db"


@pytest.fixture
def open_store(database):
    opened = []

    def build(path=database):
        store = Store(path)
        opened.append(store)
        return store

    yield build
    for store in opened:
        store.close()


def at(moment):
    return lambda: moment


def value_in(open_store, path):
    store = open_store(path)
    value = store.ui_state.get("a")
    store.close()
    return value


def test_one_copy_a_day_and_the_newest_fourteen_stay(open_store, tmp_path):
    store = open_store()
    folder = tmp_path / "backups"
    foreign = folder / "mine.db"
    for number in range(20):
        store.ui_state.set("a", str(number))
        now = at(NOON + timedelta(days=number))
        assert make_daily(store, folder, now=now) is not None
        assert make_daily(store, folder, now=now) is None
        foreign.write_bytes(b"somebody else's")
    days = [backup.day for backup in listed(folder)]
    assert days == [date(2026, 12, 9) - timedelta(days=back) for back in range(KEPT_DAYS)]
    assert max(path.name for path in folder.iterdir()) == "mine.db"
    assert len(list(folder.iterdir())) == KEPT_DAYS + 1
    assert value_in(open_store, listed(folder)[3].path) == "16"


def test_a_copy_holds_what_was_committed_and_not_yet_written_back(open_store, tmp_path):
    store = open_store()
    store.ui_state.set("a", "in the log alone")
    assert (tmp_path / "desk.db-wal").stat().st_size > 0
    copy = make_daily(store, tmp_path / "backups", now=at(NOON))
    assert is_good(copy)
    assert sorted(path.name for path in copy.parent.iterdir()) == ["desk-2026-11-20-1.db"], "looking at it leaves nothing beside it"
    assert value_in(open_store, copy) == "in the log alone"


def test_a_damaged_database_is_never_kept_as_a_copy(open_store, database, tmp_path):
    store = open_store()
    for number in range(200):
        store.ui_state.set(f"key {number}", "x" * 500)
    store.close()
    content = bytearray(database.read_bytes())
    content[-4096:] = b"\xa5" * 4096  # a page of the table's own: the shape can be read, the contents cannot
    database.write_bytes(content)
    damaged = open_store()
    with pytest.raises(SetupFault) as refused:
        make_daily(damaged, tmp_path / "backups", now=at(NOON))
    assert refused.value.code == "damaged"
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(open_store, tmp_path):
    (tmp_path / "backups").write_bytes(b"")
    with pytest.raises(SetupFault) as refused:
        make_daily(open_store(), tmp_path / "backups", now=at(NOON))
    assert (refused.value.file, refused.value.code) == (str(tmp_path / "backups"), "unwritable")


def test_going_back_keeps_the_present_data_aside(open_store, database, tmp_path):
    store = open_store()
    store.ui_state.set("a", "before")
    copy = make_daily(store, tmp_path / "backups", now=at(NOON))
    store.ui_state.set("a", "after")
    store.close()
    aside = restore(database, copy, now=at(NOON))
    assert aside == tmp_path / "set-aside" / "20261120-120000"
    assert value_in(open_store, database) == "before"
    assert value_in(open_store, aside / "desk.db") == "after"
    assert not list(tmp_path.glob("*restoring*"))
    assert restore(database, copy, now=at(NOON)).name == "20261120-120000-1"
    assert day_of(copy) == NOON.date()


def test_going_back_after_a_crash_does_not_read_the_old_log_into_the_copy(open_store, database, tmp_path):
    store = open_store()
    store.ui_state.set("a", "before")
    copy = make_daily(store, tmp_path / "backups", now=at(NOON))
    store.ui_state.set("a", "after, in the log")
    log = tmp_path / "desk.db-wal"
    kept = log.read_bytes()
    store.close()
    log.write_bytes(kept)
    aside = restore(database, copy, now=at(NOON))
    assert value_in(open_store, database) == "before"
    assert (aside / "desk.db-wal").read_bytes() == kept


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_what_may_have_been_sent_since_is_for_a_person_to_decide(open_store, database, tmp_path, state):
    store = open_store()
    item_id = store.outbox.add(OUTAGE).item_id
    if state == "sending":
        store.outbox.claim("somebody", item_id=item_id)
        assert store.outbox.begin_attempt(item_id, "somebody", request_id="R", envelope=b"")
    copy = make_daily(store, tmp_path / "backups", now=at(NOON))
    store.close()
    restore(database, copy, now=at(NOON))
    again = open_store()
    item = again.outbox.item(item_id)
    assert (item.state, item.failure_code) == (OutboxState.UNKNOWN, "restored")
    assert again.outbox.events(item_id)[-1].to_state == "unknown"
    assert again.outbox.claim("anybody") is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 4080])
def test_a_copy_that_is_none_is_refused_and_nothing_is_touched(open_store, database, tmp_path, content):
    store = open_store()
    store.ui_state.set("a", "present")
    store.close()
    before = database.read_bytes()
    copy = tmp_path / "desk-2026-11-01.db"
    copy.write_bytes(content)
    assert not is_good(copy)
    with pytest.raises(SetupFault) as refused:
        restore(database, copy, now=at(NOON))
    assert (refused.value.file, refused.value.code) == (str(copy), "damaged")
    assert database.read_bytes() == before
    assert not (tmp_path / "set-aside").exists()


def test_a_copy_of_a_newer_program_or_of_another_one_is_not_good(open_store, tmp_path):
    foreign, newer = tmp_path / "foreign.db", tmp_path / "newer.db"
    open_store(newer).close()
    for path, statement in ((foreign, "CREATE TABLE x (y)"), (newer, f"PRAGMA user_version = {len(STEPS) + 1}")):
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.close()
    assert not is_good(foreign)
    assert not is_good(newer)


def test_the_newest_good_copy_is_found_behind_bad_ones(open_store, tmp_path):
    store = open_store()
    folder = tmp_path / "backups"
    good = make_daily(store, folder, now=at(NOON))
    (folder / "desk-2026-11-21-2.db").write_bytes(b"bad")
    (folder / "desk-2026-99-99.db").write_bytes(b"nobody's")
    assert newest_good(folder).path == good
    assert newest_good(tmp_path / "nowhere") is None


def test_starting_anew_keeps_what_nobody_can_read(open_store, database, tmp_path):
    database.write_bytes(b"unreadable")
    aside = start_anew(database, now=at(NOON))
    assert (aside / "desk.db").read_bytes() == b"unreadable"
    assert value_in(open_store, database) == ""


def test_going_back_waits_for_whoever_writes(open_store, database, tmp_path, monkeypatch):
    copy = make_daily(open_store(), tmp_path / "backups", now=at(NOON))
    monkeypatch.setattr("denkidesk.store.backups._WAIT_S", 0.05)
    writer = ProcessLock(tmp_path / "desk.db.lock")
    writer.acquire()
    try:
        with pytest.raises(SetupFault) as refused:
            restore(database, copy, now=at(NOON))
        assert refused.value.code == "locked"
    finally:
        writer.release()


def test_a_migration_begins_with_a_copy_of_the_old_shape(open_store, database, tmp_path, monkeypatch):
    store = open_store()
    store.ui_state.set("a", "old")
    store.close()
    steps = (*STEPS, ("CREATE TABLE added (x)",))
    monkeypatch.setattr(steps_module, "STEPS", steps)
    monkeypatch.setattr(store_module, "NEWEST_VERSION", len(steps))
    migrated = open_store()
    assert migrated.version == len(steps)
    (copy,) = tmp_path.glob("desk-before-*.db")
    connection = sqlite3.connect(copy)
    try:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
        assert connection.execute("SELECT value FROM ui_state WHERE key = 'a'").fetchone()[0] == "old"
    finally:
        connection.close()


def test_a_failing_migration_leaves_the_old_database_usable(open_store, database, monkeypatch):
    store = open_store()
    store.ui_state.set("a", "old")
    store.close()
    with monkeypatch.context() as broken:
        broken.setattr(steps_module, "STEPS", (*STEPS, ("CREATE TABLE added (x)", "no SQL at all")))
        broken.setattr(store_module, "NEWEST_VERSION", len(STEPS) + 1)
        with pytest.raises(SetupFault):
            Store(database)
    assert value_in(open_store, database) == "old"


def test_a_disk_without_room_has_a_word_of_its_own(open_store):
    store = open_store()

    def fill():
        with store.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            connection.execute("INSERT INTO ui_state (key, value) VALUES ('big', ?)", ("x" * 1_000_000,))

    with pytest.raises(SetupFault) as refused:
        fill()
    assert (refused.value.code, refused.value.detail) == ("full", "SQLITE_FULL")
    assert store.ui_state.get("big") == ""


def test_the_lock_counts_its_holder_and_keeps_others_out(tmp_path):
    first, second = ProcessLock(tmp_path / "lock"), ProcessLock(tmp_path / "lock")
    first.acquire()
    first.acquire()
    first.release()
    with pytest.raises(LockTaken):
        second.acquire(0.02)
    first.release()
    first.release()
    second.acquire()
    second.release()
