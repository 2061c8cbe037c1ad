"""The database keeps its promises: durable settings, whole transactions, migrations, other processes."""

import sqlite3
import subprocess
import sys
import threading

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.store.folder_lock import FolderLock, Owner
from denkidesk.store.migrations import STEPS
from denkidesk.store.store import NEWEST_VERSION, Store


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
        store.drafts.save(ApplicationKind.OUTAGE, {"customer_name": value})
    assert store.drafts.load(ApplicationKind.OUTAGE) == {}


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
    assert len(scripts) == len(STEPS)
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
            assert store.drafts.load(ApplicationKind.MENU_CHANGE) == {"customer_name": "見本 花子"}
            assert store.ui_state.get("golden") == script.stem
        finally:
            store.close()


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
