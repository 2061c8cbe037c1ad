"""The database keeps its promises: durable settings, whole transactions, migrations, other processes."""

import sqlite3
import subprocess
import sys
import threading
from datetime import datetime

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.store.folder_lock import FolderLock, Owner
from denkidesk.store.inbox_views import InboxView
from denkidesk.store.migrations.steps import STEPS
from denkidesk.store.store import NEWEST_VERSION, Store
from denkidesk.texts.errors import said


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "desk.db")
    yield opened
    opened.close()


def test_every_connection_is_durable_and_distrusts_the_schema(store):
    found = []

    def look():
        with store.reading() as connection:
            found.append([connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "trusted_schema")])

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    look()
    assert found == [["wal", 2, 0]] * 2
    assert store.version == NEWEST_VERSION
    assert store.check() == ()


def test_a_failing_transaction_leaves_nothing(store):
    def fail():
        with store.writing() as connection:
            connection.execute("INSERT INTO ui_state (key, value) VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.ui_state.get("a", "nothing") == "nothing"


@pytest.mark.parametrize("value", ["\ud800", "a\udfff"])
def test_lone_surrogates_are_refused_before_the_transaction(store, value):
    with pytest.raises(InputRefused):
        store.drafts.save("1", ApplicationKind.OUTAGE, {"customer_name": value})
    assert store.drafts.all() == ()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "desk.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST_VERSION + 1}")
    connection.close()
    with pytest.raises(SetupFault) as caught:
        Store(path)
    assert caught.value.code == "newer"


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "desk.db"
    path.write_bytes(b"no database at all, " * 100)
    with pytest.raises(SetupFault) as caught:
        Store(path)
    assert (caught.value.file, caught.value.code) == (str(path), "damaged")


def test_a_closed_store_answers_nobody(tmp_path):
    store = Store(tmp_path / "desk.db")
    store.close()
    with pytest.raises(SetupFault) as caught:
        store.ui_state.get("a")
    assert caught.value.code == "closed"


def test_every_released_version_migrates(tmp_path, pytestconfig):
    """A golden database of each version opens as the newest one, with its contents."""
    golden = pytestconfig.rootpath / "tests" / "golden" / "store"
    scripts = sorted(golden.glob("v*.sql"))
    assert len(scripts) == len(STEPS) == NEWEST_VERSION
    for script in scripts:
        path = tmp_path / f"{script.stem}.db"
        connection = sqlite3.connect(path)
        connection.executescript(script.read_text(encoding="utf-8"))
        connection.close()
        store = Store(path)
        try:
            assert store.version == NEWEST_VERSION
            assert store.check() == ()
            (item,) = store.outbox.items()
            assert item.application.customer_name == "見本 太郎"
            assert [event.to_state for event in store.outbox.events(item.item_id)] == ["queued"]
            (draft,) = store.drafts.all()
            assert (draft.kind, draft.fields) == (ApplicationKind.MENU_CHANGE, {"customer_name": "見本 花子"})
            assert draft.saved_at == datetime(2026, 4, 1, 9, tzinfo=JST)
            assert store.ui_state.get("golden") == script.stem
        finally:
            store.close()


def test_what_was_stored_for_search_is_folded_anew(tmp_path, pytestconfig):
    script = (pytestconfig.rootpath / "tests" / "golden" / "store" / "v4.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.executescript(script)
    connection.execute("UPDATE inbox SET search_text = ?", ("r1\n髙橋葛\U000e0101城",))
    connection.commit()
    connection.close()
    store = Store(tmp_path / "desk.db")
    for words in ("高橋", "葛城", "r1"):
        assert [entry.listed.receipt_number for entry in store.inbox.entries(InboxView(search=words))] == ["R1"]
    assert store.inbox.entries(InboxView(search="r1高橋")) == ()
    store.close()


def test_an_empty_draft_of_the_first_version_is_not_carried_over(tmp_path, pytestconfig):
    script = (pytestconfig.rootpath / "tests" / "golden" / "store" / "v1.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.executescript(script)
    connection.execute("INSERT INTO drafts VALUES ('outage', '{}', '2026-04-01T09:00:00.000000+09:00')")
    connection.commit()
    connection.close()
    store = Store(tmp_path / "desk.db")
    assert [draft.kind for draft in store.drafts.all()] == [ApplicationKind.MENU_CHANGE]
    store.close()


def test_any_number_of_drafts_of_a_kind_wait_the_newest_first(tmp_path):
    clock = iter(datetime(2026, 4, 1, 9, minute, tzinfo=JST) for minute in range(10))
    store = Store(tmp_path / "desk.db", now=lambda: next(clock))
    for name in ("太郎", "花子", "次郎"):
        store.drafts.save(name, ApplicationKind.OUTAGE, {"customer_name": name})
    store.drafts.save("太郎", ApplicationKind.OUTAGE, {"customer_name": "太郎", "note": "x"})
    assert [draft.draft_id for draft in store.drafts.all()] == ["太郎", "次郎", "花子"]
    store.drafts.discard("次郎")
    assert [draft.draft_id for draft in store.drafts.all()] == ["太郎", "花子"]
    store.close()


@pytest.mark.parametrize("fields", [{}, {"customer_name": ""}, {"customer_name": " ", "note": "　\n"}])
def test_a_draft_in_which_nothing_stands_is_not_kept(store, fields):
    store.drafts.save("1", ApplicationKind.OUTAGE, fields)
    assert store.drafts.all() == ()
    store.drafts.save("1", ApplicationKind.OUTAGE, {"customer_name": "太郎"})
    store.drafts.save("1", ApplicationKind.OUTAGE, fields)
    assert store.drafts.all() == ()


def test_two_processes_that_open_one_draft_do_not_write_over_each_other(tmp_path):
    first, second = Store(tmp_path / "desk.db"), Store(tmp_path / "desk.db")
    first.drafts.save("1", ApplicationKind.OUTAGE, {"customer_name": "太郎"})
    here, there = first.drafts.take("1"), second.drafts.take("1")
    assert there is None, "it has been taken"
    there = second.drafts.take(second.drafts.all()[0].draft_id)
    first.drafts.save(here.draft_id, here.kind, {"customer_name": "太郎", "note": "here"})
    second.drafts.save(there.draft_id, there.kind, {"customer_name": "太郎", "note": "there"})
    assert sorted(draft.fields["note"] for draft in first.drafts.all()) == ["here", "there"]
    second.drafts.discard(there.draft_id)
    assert [draft.fields["note"] for draft in first.drafts.all()] == ["here"]
    first.close()
    second.close()


def test_queueing_ends_exactly_the_draft_that_it_came_from_in_one_transaction(store):
    for draft_id in ("1", "2"):
        store.drafts.save(draft_id, ApplicationKind.OUTAGE, {"customer_name": draft_id})
    application = NewApplication(ApplicationKind.OUTAGE, "S", "E", "06" + "0" * 20)
    with store.writing() as connection:
        connection.execute("CREATE TRIGGER no_room BEFORE INSERT ON outbox_events BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(sqlite3.DatabaseError, match="no room"):
        store.outbox.add(application, draft_id="1")
    assert len(store.drafts.all()) == 2, "not queued, so the draft is still needed"
    with store.writing() as connection:
        connection.execute("DROP TRIGGER no_room")
    store.outbox.add(application, draft_id="1")
    assert [draft.draft_id for draft in store.drafts.all()] == ["2"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outbox_events SET code = 'x'",
        "DELETE FROM outbox_events",
        "UPDATE inbox_history SET after = ''",
        "DELETE FROM inbox_history",
    ],
)
def test_journals_are_only_added_to(store, statement):
    item = store.outbox.add(NewApplication(ApplicationKind.OUTAGE, "S", "E", "06" + "0" * 20))
    store.inbox.take_listing([ListedApplication("R1", "10")], lambda _: None)

    def rewrite():
        with store.writing() as connection:
            connection.execute(statement)

    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        rewrite()
    assert len(store.outbox.events(item.item_id)) == len(store.inbox.history("R1")) == 1


def test_threads_write_side_by_side(store):
    def write(number):
        for count in range(20):
            store.ui_state.set(f"{number}", str(count))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store.ui_state.get(str(number)) for number in range(4)] == ["19"] * 4


def test_a_backup_is_a_database_of_its_own(store, tmp_path):
    store.ui_state.set("a", "b")
    store.back_up(tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db")
    try:
        assert copy.ui_state.get("a") == "b"
    finally:
        copy.close()


def test_one_window_a_folder(tmp_path):
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_an_owner_lives_as_long_as_its_process(tmp_path):
    script = (
        "import sys; from pathlib import Path; from denkidesk.store.folder_lock import Owner; "
        "owner = Owner(Path(sys.argv[1])); print(owner.name, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        name = process.stdout.readline().strip()
        assert not Owner.has_ended(tmp_path, name)
        process.kill()
        process.wait()
    assert Owner.has_ended(tmp_path, name)
    assert Owner.has_ended(tmp_path, name)


class _Lacking(sqlite3.Connection):
    """SQLite as it is where FTS5 is not built in: the same complaint, about a module that nobody has."""

    def execute(self, statement, *parameters):
        return super().execute(statement.replace("USING fts5", "USING fts5_of_nobody"), *parameters)


def test_a_sqlite_that_lacks_a_part_is_no_damaged_database(tmp_path, monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *path, **options: connect(*path, factory=_Lacking, **options))
    with pytest.raises(SetupFault) as caught:
        Store(tmp_path / "desk.db")
    assert (caught.value.item, caught.value.code) == ("database", "no_module")
    assert "FTS5" in said(caught.value).text
    assert "壊れていません" in said(caught.value).text
    monkeypatch.undo()
    Store(tmp_path / "desk.db").close()  # nothing was left half made
