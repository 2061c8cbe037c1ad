"""Going back to a copy loses no application, sends none twice, and says beforehand what else it costs."""

import os
import sqlite3
import threading
from datetime import datetime

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication, OutboxState, Receipt
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import SetupFault
from denkidesk.store.backups import is_free, lost_with, make_daily, restore, start_anew
from denkidesk.store.folder_lock import Owner, owners_dir_of
from denkidesk.store.outbox import AttemptEnd
from denkidesk.store.process_lock import ProcessLock
from denkidesk.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)
ACCEPTED, ASK, CANCELLED, QUEUED = OutboxState.ACCEPTED, OutboxState.ASK, OutboxState.CANCELLED, OutboxState.QUEUED
REJECTED, SENDING, UNKNOWN = OutboxState.REJECTED, OutboxState.SENDING, OutboxState.UNKNOWN


def outage(number):
    return NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}", customer_name="見本 太郎")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "desk.db"


@pytest.fixture
def store_at():
    """Opens a store as often as a test asks for it."""
    opened = []

    def build(path):
        opened.append(Store(path))
        return opened[-1]

    yield build
    for store in opened:
        store.close()


@pytest.fixture
def back_to(database):
    return lambda copy: restore(database, copy, now=lambda: NOON)


def copy_of(store, day=NOON):
    return make_daily(store, store.path.parent / "backups", now=lambda: day)


def bring(store, item_id, state):
    """Brings a queued item into a state, by the steps that lead there."""
    if state is QUEUED:
        return
    if state is CANCELLED:
        assert store.outbox.cancel(item_id)
        return
    store.outbox.claim("me", item_id=item_id)
    assert store.outbox.begin_attempt(item_id, "me", request_id=f"Q-{item_id}", envelope=b"<e/>")
    if state is ACCEPTED:
        store.outbox.accept(item_id, Receipt(f"R-{item_id}", "受付しました", f"Q-{item_id}"))
    elif state is not SENDING:
        rejected = state is REJECTED
        store.outbox.leave(AttemptEnd(item_id, "", state, "bad_request" if rejected else "timeout", "見本の言葉", by_status=rejected))


def picture(store):
    """Everything that the outbox knows, but for positions and owners."""
    return {item.item_id: (item, store.outbox.events(item.item_id), store.outbox.attempts(item.item_id)) for item in store.outbox.items()}


@pytest.mark.parametrize("known_to_the_copy", [True, False])
def test_what_was_filed_since_comes_along_with_its_end(store_at, database, back_to, known_to_the_copy):
    store = store_at(database)
    ends = (ACCEPTED, REJECTED, UNKNOWN, ASK, CANCELLED)
    ids = {}
    if known_to_the_copy:
        ids = {state: store.outbox.add(outage(number)).item_id for number, state in enumerate(ends)}
    copy = copy_of(store)
    ids = ids or {state: store.outbox.add(outage(number)).item_id for number, state in enumerate(ends)}
    for state, item_id in ids.items():
        bring(store, item_id, state)
    before = picture(store)
    store.close()
    back_to(copy)
    again = store_at(database)
    assert picture(again) == before
    assert [item.state for item in again.outbox.items()] == list(ends)
    assert again.outbox.item(ids[ACCEPTED]).receipt_number == f"R-{ids[ACCEPTED]}"
    assert again.outbox.claim("anybody") is None


@pytest.mark.parametrize("state", [QUEUED, SENDING])
@pytest.mark.parametrize("known_to_the_copy", [True, False])
def test_what_has_no_known_end_is_for_a_person_to_decide(store_at, database, back_to, state, known_to_the_copy):
    store = store_at(database)
    item_id = store.outbox.add(outage(1)).item_id if known_to_the_copy else ""
    copy = copy_of(store)
    item_id = item_id or store.outbox.add(outage(1)).item_id
    bring(store, item_id, state)
    attempts = store.outbox.attempts(item_id)
    store.close()
    back_to(copy)
    again = store_at(database)
    assert (again.outbox.item(item_id).state, again.outbox.item(item_id).failure_code) == (UNKNOWN, "restored")
    assert again.outbox.attempts(item_id) == attempts
    assert again.outbox.claim("anybody") is None


def test_every_column_of_an_item_comes_along(store_at, database, back_to):
    """A column that a later version adds must be taken over as well."""
    store = store_at(database)
    copy = copy_of(store)
    bring(store, store.outbox.add(outage(1)).item_id, REJECTED)
    store.close()

    def rows():
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        found = [
            {name: row[name] for name in row.keys() if name not in ("position", "owner", "id", "inbox_seen")}  # noqa: SIM118 - a Row iterates over its values
            for query in ("SELECT * FROM outbox", "SELECT * FROM outbox_events", "SELECT * FROM outbox_attempts")
            for row in connection.execute(query)
        ]
        connection.close()
        return found

    def columns():
        connection = sqlite3.connect(database)
        names = [row[1] for row in connection.execute("PRAGMA table_info(outbox)")]
        connection.close()
        return names

    before = rows()
    back_to(copy)
    assert rows() == before
    assert len(columns()) == 18, "a new column: take it over in store/taking_over.py"


def test_contradicting_journals_end_as_unknown_but_for_an_acceptance(store_at, database, back_to):
    store = store_at(database)
    item_id, other_id = store.outbox.add(outage(1)).item_id, store.outbox.add(outage(2)).item_id
    early = copy_of(store)
    bring(store, item_id, ACCEPTED)
    bring(store, other_id, REJECTED)
    late = copy_of(store, datetime(2026, 11, 21, tzinfo=JST))
    store.close()
    for path in (database, database.with_name("desk.db-wal")):
        path.unlink(missing_ok=True)  # the later past is lost, but for its copy
    back_to(early)
    store = store_at(database)
    assert [item.state for item in store.outbox.items()] == [UNKNOWN, UNKNOWN]
    store.close()
    back_to(late)
    store = store_at(database)
    assert [(item.state, item.failure_code) for item in store.outbox.items()] == [(ACCEPTED, ""), (UNKNOWN, "restored")]
    assert store.outbox.item(item_id).receipt_number == f"R-{item_id}"
    store.close()
    back_to(early)
    assert [item.state for item in store_at(database).outbox.items()] == [ACCEPTED, UNKNOWN], "going back again changes nothing"


def damage_inside(store, database):
    """Fills the last pages of the file, closes it and breaks the last one: a table's rows, while the shape can still be read."""
    for number in range(300):
        store.ui_state.set(f"key {number}", "x" * 500)
    store.close()
    content = bytearray(database.read_bytes())
    content[-4096:] = b"\xa5" * 4096
    database.write_bytes(content)


@pytest.mark.parametrize("anew", [False, True])
def test_of_a_damaged_database_comes_along_what_can_be_read(store_at, database, back_to, anew):
    store = store_at(database)
    store.login_stops.add("kansai", salt=b"s", digest=b"of the copy", message="")
    copy = copy_of(store)
    item_id = store.outbox.add(outage(1)).item_id
    bring(store, item_id, ACCEPTED)
    store.login_stops.add("kansai", salt=b"s", digest=b"new", message="")
    damage_inside(store, database)
    start_anew(database) if anew else back_to(copy)
    again = store_at(database)
    assert again.check() == ()
    assert (again.outbox.item(item_id).state, again.outbox.item(item_id).receipt_number) == (ACCEPTED, f"R-{item_id}")
    assert {stop.digest for stop in again.login_stops.all("kansai")} == {b"of the copy", b"new"}, "a stop is never lost"


def test_refused_logins_are_as_they_were_last(store_at, database, back_to):
    store = store_at(database)
    store.login_stops.add("kansai", salt=b"s", digest=b"taken since", message="")
    copy = copy_of(store)
    store.login_stops.remove(store.login_stops.all("kansai")[0].stop_id)
    store.login_stops.add("kansai", salt=b"s", digest=b"new", message="見本の言葉")
    store.close()
    back_to(copy)
    (stop,) = store_at(database).login_stops.all("kansai")
    assert (stop.salt, stop.digest, stop.message) == (b"s", b"new", "見本の言葉")


def test_what_would_be_lost_is_counted_beforehand(store_at, database):
    def no_kind(_code):
        return None

    store = store_at(database)
    store.inbox.take_listing([ListedApplication("R1", "10"), ListedApplication("R2", "10")], no_kind)
    store.drafts.save("1", ApplicationKind.OUTAGE, {"customer_name": "見本 太郎"})
    store.drafts.save("2", ApplicationKind.OUTAGE, {"customer_name": "見本 次郎"})
    store.outbox.add(outage(1))
    copy = copy_of(store)
    assert lost_with(store, copy) == {
        "quotes": 0, "drafts": 0, "closed_windows": 0, "read_marks": 0, "unread_marks": 0, "news": 0, "tariffs": 0, "waiting": 1,
    }  # fmt: skip
    store.drafts.take("1")  # under another id it is the same draft
    store.drafts.save("2", ApplicationKind.OUTAGE, {"customer_name": "見本 花子"})
    store.inbox.mark(["R1"], unread=False)
    store.inbox.take_listing([ListedApplication("R1", "10"), ListedApplication("R2", "20"), ListedApplication("R3", "10")], no_kind)
    store.closed_windows.add(NOON, NOON.replace(hour=13), "")
    store.quotes.add(title="t", engine_version="1", inputs="{}", plan="{}", result="{}")
    store.catalogue.put("subsidies", "", (1,))
    store.outbox.add(outage(2))
    assert lost_with(store, copy) == {
        "quotes": 1, "drafts": 1, "closed_windows": 1, "read_marks": 1, "unread_marks": 1, "news": 2, "tariffs": 1, "waiting": 2,
    }  # fmt: skip
    copy.write_bytes(b"none")
    with pytest.raises(SetupFault) as refused:
        lost_with(store, copy)
    assert (refused.value.file, refused.value.code) == (str(copy), "damaged")


def test_nobody_goes_back_while_another_may_write(store_at, database, back_to):
    store = store_at(database)
    copy = copy_of(store)
    assert not is_free(database)
    with pytest.raises(SetupFault) as refused:
        back_to(copy)
    assert refused.value.code == "locked"
    assert not (database.parent / "set-aside").exists()
    store.close()
    assert is_free(database)
    back_to(copy)


def test_whoever_opened_the_former_file_writes_nothing_into_it(store_at, database, tmp_path):
    """However it came about: what is written into a file that has lost its name is lost."""
    store = store_at(database)
    store.ui_state.set("a", "kept")
    other = tmp_path / "other"
    other.mkdir()
    store_at(other / "desk.db").close()
    (other / "desk.db").replace(database)
    for act in (lambda: store.ui_state.set("a", "lost"), lambda: store.ui_state.get("a"), lambda: store.outbox.add(outage(1))):
        with pytest.raises(SetupFault) as refused:
            act()
        assert refused.value.code == "replaced"
    seen = []

    def look():
        try:
            store.outbox.items()
        except SetupFault as fault:
            seen.append(fault.code)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == ["replaced"], "on a connection of its own too"
    database.unlink()
    with pytest.raises(SetupFault):
        store.ui_state.set("a", "lost")


def test_an_owner_is_seen_from_its_beginning_although_somebody_always_looks(tmp_path):
    """Whoever looks at the moment when the file is there and not yet locked takes it for left behind."""
    over = threading.Event()

    def look():
        while not over.is_set():
            Owner.any_at_work(tmp_path)

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(200):
            owner = Owner(tmp_path)
            assert (tmp_path / f"{owner.name}.owner").exists()
            assert not Owner.has_ended(tmp_path, owner.name)
            owner.leave()
    finally:
        over.set()
        for looker in lookers:
            looker.join()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no file that is open")
def test_an_owner_whose_file_was_removed_and_made_anew_takes_the_new_one(tmp_path, monkeypatch):
    """Two who look at its beginning: the first takes it for left behind, the second makes the file that it was about to open."""
    real, looked = ProcessLock.acquire, []

    def acquire(lock, wait_s=0.0):
        real(lock, wait_s)
        if not looked:
            looked.append(True)
            (path,) = tmp_path.iterdir()
            path.unlink()
            path.touch()

    monkeypatch.setattr(ProcessLock, "acquire", acquire)
    owner = Owner(tmp_path)
    assert not Owner.has_ended(tmp_path, owner.name)
    owner.leave()
    assert list(tmp_path.iterdir()) == []


def test_who_has_ended_without_a_word_is_not_waited_for(database):
    directory = owners_dir_of(database)
    directory.mkdir()
    (directory / "gone.owner").touch()
    assert is_free(database)
    assert list(directory.iterdir()) == []
