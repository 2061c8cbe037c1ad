"""One customer's data is found everywhere, handed out, and taken out for good; the journal keeps numbers and hashes."""

import csv
import json
import sqlite3

import pytest
from openpyxl import load_workbook

from denkidesk.desk.personal import Held
from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, OutboxState
from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import InputRefused
from denkidesk.store.bulk import BulkBatch
from denkidesk.store.inbox_views import InboxView
from fakes.filing import outage

NAME, ADDRESS = "架空乃 実存太", "大阪府例示市架空町9-9-9"
TARO = Customer(outage().supply_point_number, NAME)
PHONE, NOTE = "06-0000-9999", "架空の犬がいます"
NEIGHBOUR = "例示 花子"


@pytest.fixture
def filled(desk):
    """Everything that a desk may hold of a customer, and the same of the one who lives there now; the receipt number."""
    store, point = desk.store, TARO.supply_point_number
    store.drafts.save("d", ApplicationKind.OUTAGE, {"contact_phone": PHONE})
    item = desk.outbox.queue(outage(customer_name=NAME, supply_point_address=ADDRESS, extra={"remarks": NOTE}), draft_id="d")
    number = desk.outbox.send(item.item_id).item.receipt_number
    desk.receipts.keep(item.item_id, f"{NAME}さまの申込を受け付けました")
    items = {"supply_point_number": point, "customer_name": NAME, "supply_point_address": ADDRESS}
    store.inbox.take_status(ApplicationStatus(number, "PR00", "", (f"{NAME}さまへ架電しました",), items=items), lambda _code: None)
    row = store.inbox.notes.ids_of([number])
    store.inbox.notes.note(row, f"{NAME}さまは留守がち", replaces=True)
    store.drafts.save("waits", ApplicationKind.MENU_CHANGE, {"customer_name": "架空乃　実存太"})
    store.drafts.save("other", ApplicationKind.MENU_CHANGE, {"customer_name": NEIGHBOUR, "supply_point_number": point})
    store.customers.note(Customer(point, NEIGHBOUR, phone="06-0000-1111", address="大阪府例示市新町1"))
    batch = BulkBatch("b", ApplicationKind.MENU_CHANGE, "", ("番号", "氏名"), ("supply_point_number", "customer_name"), {}, item.created_at)
    grouped = "-".join((point[:2], point[2:]))
    store.bulk.keep(batch, {2: (grouped, NAME), 3: (grouped, NEIGHBOUR)})
    with store.writing() as connection:
        for name in (NAME, NEIGHBOUR):
            about = json.dumps([{"hours": []}, {}, {"customer_name": name}])
            connection.execute("INSERT INTO matched_bills (matched_at, customer, payload) VALUES ('2026-04-01', ?, '{}')", (name,))
            connection.execute(
                "INSERT INTO quotes (quote_id, created_at, title, engine_version, inputs, plan, result, sha256) "
                "VALUES (?, '2026-04-01', '見本プラン', '1', ?, '{}', '{}', '')",
                (f"Q-{name}", about),
            )
    return number


def test_everything_that_is_held_is_found_and_nothing_of_who_lives_there_now(desk, filled):
    held = desk.personal.holdings(TARO)
    assert [one.place for one in held] == [Held.CUSTOMERS, Held.DRAFTS, Held.OUTBOX, Held.INBOX, Held.QUOTES, Held.BILLS, Held.TABLES]
    assert NEIGHBOUR not in str(held)
    by_place = {one.place: one.values for one in held}
    assert by_place[Held.CUSTOMERS]["contact_phone"] == PHONE
    assert by_place[Held.OUTBOX]["remarks"] == NOTE
    assert by_place[Held.INBOX]["messages"] == f"{NAME}さまへ架電しました"
    assert desk.personal.holdings(Customer("", "居ない 人")) == ()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_it_is_handed_out_as_a_file_that_takes_no_other_ones_place(desk, filled, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    assert desk.personal.export(TARO, path) == 7
    if suffix == ".xlsx":
        text = str(list(load_workbook(path).worksheets[0].values))
    elif suffix == ".csv":
        text = str(list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())))
    else:
        text = str(json.loads(path.read_text(encoding="utf-8")))
    assert all(word in text for word in (NAME, ADDRESS, PHONE, NOTE, TARO.supply_point_number, filled))
    with pytest.raises(InputRefused):
        desk.personal.export(TARO, path)
    with pytest.raises(InputRefused):
        desk.personal.export(TARO, tmp_path / "out.exe")


def test_what_is_erased_is_nowhere_in_the_file_and_the_journal_keeps_number_and_hash(desk, filled, practice):
    (item,) = desk.outbox.items()
    (sent,) = desk.outbox.attempts(item.item_id)
    with pytest.raises(InputRefused):
        desk.personal.erase(TARO, NEIGHBOUR)
    assert len(desk.personal.erase(TARO, "架空乃　実存太")) == 7
    assert desk.personal.holdings(TARO) == ()

    (left,) = desk.outbox.items()
    assert (left.receipt_number, left.state, left.application.kind) == (filled, OutboxState.ACCEPTED, ApplicationKind.OUTAGE)
    assert (left.application.supply_point_number, left.application.customer_name, left.application.extra) == ("", None, {})
    (kept,) = desk.outbox.attempts(item.item_id)
    assert (kept.envelope_sha256, kept.request_id, kept.at, kept.envelope) == (sent.envelope_sha256, sent.request_id, sent.at, b"")
    assert filled in [event.detail for event in desk.outbox.events(item.item_id)]
    entry = desk.inbox.entry(filled)
    assert (entry.listed.receipt_number, entry.listed.supply_point_number, entry.status, entry.note) == (filled, "", None, "")
    assert (entry.customer_name, entry.supply_point_address) == ("", "")
    assert [one.listed.receipt_number for one in desk.inbox.entries(InboxView(search=filled))] == [filled]
    assert desk.inbox.entries(InboxView(search=NAME)) == ()
    assert [one.name for one in desk.customers.search(NEIGHBOUR)] == [NEIGHBOUR]
    assert [draft.draft_id for draft in desk.outbox.drafts()] == ["other"]

    assert desk.store.check() == ()
    for path in desk.store.path.parent.glob("desk.db*"):
        data = path.read_bytes()
        assert not [word for word in (NAME, ADDRESS, PHONE, NOTE) if word.encode() in data], path.name
    with desk.store.writing() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE outbox_attempts SET payload = 'x'")  # the journal is append-only again


def test_nothing_is_erased_while_the_end_of_an_application_is_not_known(desk, filled):
    desk.outbox.queue(outage(customer_name=NAME, supply_point_address=ADDRESS))
    with pytest.raises(InputRefused) as refused:
        desk.personal.erase(TARO, NAME)
    assert (refused.value.faults[0].code, refused.value.faults[0].facts) == ("still_open", {"count": "1"})
    assert len(desk.personal.holdings(TARO)) == 8


def test_one_without_a_name_is_confirmed_by_the_number(desk):
    nameless = Customer(f"06{77:020}", "")
    desk.store.customers.note(Customer(nameless.supply_point_number, "", address="例示市"))
    with pytest.raises(InputRefused):
        desk.personal.erase(nameless, "")
    assert len(desk.personal.erase(nameless, "06-0000-0000-0000-0000-0077")) == 1


def test_backups_say_how_many_still_hold_it_and_until_when(desk, open_now):
    assert desk.personal.backups().until is None
    desk.backups.daily()
    kept = desk.personal.backups()
    assert (kept.count, (kept.until - open_now().date()).days) == (1, 14)


def test_what_was_taken_back_and_erased_does_not_wait_again(desk):
    item = desk.outbox.queue(outage(customer_name=NAME))
    assert desk.outbox.cancel_item(item.item_id)
    desk.personal.erase(TARO, NAME)
    assert not desk.outbox.undo_cancel(item), "an application without its customer would go out"
    assert desk.outbox.item(item.item_id).state is OutboxState.CANCELLED
