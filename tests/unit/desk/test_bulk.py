"""A table of many applications: read, understood, checked cell by cell, mended, kept, sent once, and written back."""

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from denkidesk.desk.bulk import BulkForm
from denkidesk.desk.bulk_batches import BulkDesk
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.spreadsheets import pasted_table
from denkidesk.domain.applications import ApplicationKind, OutboxState, Receipt
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused
from denkidesk.settings import KansaiSettings
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.store import Store

NOW = datetime(2026, 11, 20, 11, tzinfo=JST)
HEAD = "供給地点特定番号\t需要者名\tメモ\t接続送電サービスメニュー\t変更希望日\t設備項目区分"


def point(number):
    return f"06{number:020}"


def line(number, name="見本 花子", menu="電灯標準接続送電サービス", day="2026/12/1"):
    return "\t".join((point(number), name, "=1+1", menu, day, "PE501"))


def table(*lines):
    return "\r\n".join((HEAD, *lines)) + "\r\n"


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "desk.db", now=lambda: NOW)
    yield opened
    opened.close()


class Sent:
    """Notes what is to go at once."""

    def __init__(self):
        self.together = []

    def send_together(self, item_ids):
        self.together += item_ids


@pytest.fixture
def sender():
    return Sent()


@pytest.fixture
def desk(store, sender, tmp_path):
    outbox = OutboxDesk(store, None, lambda: NOW, aside=KeptAside([tmp_path]))
    return BulkDesk(store, outbox, InstalledSet(KansaiSettings()), lambda: sender, lambda: NOW)


def brought(desk, *lines):
    found = desk.pasted(table(*lines))
    looked = desk.looked_up(found.table.rows)
    return replace(found, table=replace(found.table, rows=looked))


def codes(row):
    return {fault.field: fault.code for fault in (*row.faults, *row.doubts)}


def test_what_excel_puts_onto_the_clipboard_is_read_as_it_stands():
    rows = pasted_table('番号\t氏名\r\n0612\t"見本\n太郎"\r\n\r\n=1+1\t"a""b"\r\n')
    assert [(row.line, row.cells) for row in rows] == [(1, ("番号", "氏名")), (2, ("0612", "見本\n太郎")), (4, ("=1+1", 'a"b'))]


def test_the_kind_follows_from_the_headings_and_what_has_no_choice_is_given(desk):
    found = brought(desk, line(1), line(2))
    assert found.form.kind is ApplicationKind.MENU_CHANGE
    assert found.table.fields == ("supply_point_number", "customer_name", "", "service_menu", "change_on", "equipment_class")
    assert found.table.common == {"selection_code": "PS501"}
    assert [row.source.line for row in found.table.rows] == [2, 3]
    assert all(row.is_good for row in found.table.rows)
    assert found.table.rows[0].application.service_menu == "PM02", "words stand for their code"
    assert desk.pasted("供給地点特定番号\t内容種別\n0612\tx\n").form.kind is not ApplicationKind.MENU_CHANGE
    with pytest.raises(InputRefused):
        desk.pasted("a\tb\n1\t2\n")


def test_each_fault_is_at_its_cell_and_a_double_is_doubted_and_not_refused(desk, store):
    filed = brought(desk, line(5))
    desk.send(filed.batch, filed.table.rows)
    rows = brought(desk, line(1), line(2, day="2026/2/30"), "1.23457E+21" + line(3)[22:], line(1), line(5), line(6, name="")).table.rows
    found = [codes(row) for row in rows]
    assert found[:3] == [{}, {"change_on": "date_missing"}, {"supply_point_number": "exponent"}]
    assert found[3:] == [{"supply_point_number": "point_twice"}, {"supply_point_number": "similar_open"}, {"customer_name": "required"}]
    assert rows[3].application is not None
    assert rows[4].application is not None


def test_a_mended_cell_is_checked_again_and_so_is_its_twin(desk):
    found = brought(desk, line(1), line(1), line(2, day="x"))
    mended = found.form.mended(found.table, 2, 4, "+3")
    assert mended.rows[2].application.change_on == date(2026, 11, 23)
    assert mended.rows[2].source.cells[4] == "2026-11-23", "+3 would mean another day tomorrow"
    assert mended.rows[2].similar is None, "nobody has looked yet"
    other = found.form.mended(found.table, 0, 0, point(9))
    assert [row.is_twice for row in other.rows] == [False, False, False]


def test_what_headings_mean_is_remembered_by_layout(desk):
    found = brought(desk, line(1))
    assigned = desk.assigned(found, 2, "customer_name")
    assert assigned.table.fields[1:3] == ("", "customer_name")
    desk.keep(assigned.batch, assigned.table.rows)
    again = desk.pasted(table(line(2)))
    assert again.is_known
    assert again.table.fields[1:3] == ("", "customer_name")
    assert not desk.pasted("供給地点特定番号\t需要者名\n" + point(1) + "\t見本\n").is_known


def test_remarks_below_a_table_are_no_rows_and_no_layout_loses_one(desk):
    found = brought(desk, line(1), "\t\t合計 1件\t\t\t")
    assert [row.source.line for row in found.table.rows] == [2]
    for column in range(6):
        found = desk.assigned(found, column, "")
    assert [row.source.line for row in found.table.rows] == [2]
    assert desk.as_kind(found, ApplicationKind.MENU_CHANGE).table.rows[0].application is not None


def test_a_value_for_all_rows_stands_for_a_column_that_is_not_there(desk):
    found = desk.pasted("番号\t需要者名\t変更希望日\n" + f"{point(1)}\t見本 一郎\t12/1\n")
    assert found.form.missing(found.table.fields, found.table.common) == ("supply_point_number", "equipment_class", "service_menu")
    found = desk.assigned(found, 0, "supply_point_number")
    for name, text in (("equipment_class", "PE501"), ("service_menu", "PM02")):
        found = desk.with_common(found, name, text)
    assert found.table.rows[0].application.service_menu == "PM02"
    desk.keep(found.batch, found.table.rows)
    assert desk.pasted("番号\t需要者名\t変更希望日\n" + f"{point(2)}\t例示 次郎\t12/1\n").table.rows[0].application is not None


def test_a_value_for_all_rows_becomes_a_column_whose_rows_may_differ(desk):
    headings = HEAD.removesuffix("\t設備項目区分")
    found = desk.pasted("\r\n".join((headings, *(line(number).removesuffix("\tPE501") for number in (1, 2)))) + "\r\n")
    codes_of = found.form.choices("equipment_class")
    found = desk.with_common(found, "equipment_class", codes_of[0][0])
    wide = desk.with_column(found, "equipment_class")
    assert wide.table.headings[-1] == wide.form.label("equipment_class")
    assert "equipment_class" not in wide.table.common
    assert [row.application for row in wide.table.rows] == [row.application for row in found.table.rows], "they begin with what all had"
    mended = wide.form.mended(wide.table, 1, wide.table.column_of("equipment_class"), codes_of[1][1])
    assert [row.application.equipment_class for row in mended.rows] == [codes_of[0][0], codes_of[1][0]]
    assert desk.with_column(wide, "equipment_class") is wide, "a second press adds no second one"
    desk.keep(wide.batch, mended.rows)
    again = desk.opened_again(desk.batches()[0].batch)
    assert again.table.headings == wide.table.headings
    assert [row.application for row in again.table.rows] == [row.application for row in mended.rows]


def test_rows_are_in_the_books_with_their_table_and_go_at_once(desk, store, sender):
    found = brought(desk, line(1), line(2))
    queued = desk.send(found.batch, found.table.rows)
    items = {item.item_id: item for item in store.outbox.items()}
    assert [items[queued.items[place]].application.supply_point_number for place in (2, 3)] == [point(1), point(2)]
    assert sender.together == list(queued.items.values())
    (kept,) = desk.batches()
    assert (kept.rows, kept.sent, kept.open, kept.accepted) == (2, 2, 2, 0)
    again = desk.opened_again(kept.batch)
    assert [row.source for row in again.table.rows] == [row.source for row in found.table.rows]
    assert {place: answer.state for place, answer in again.answers.items()} == dict.fromkeys((2, 3), OutboxState.QUEUED)


def test_all_rows_are_queued_or_none(desk, store, monkeypatch):
    found = brought(desk, line(1), line(2))
    with monkeypatch.context() as broken:
        broken.setattr("denkidesk.store.bulk.note_filed_customer", lambda *of: 1 / (of[1] != point(2)))
        with pytest.raises(ZeroDivisionError):
            desk.send(found.batch, found.table.rows)
    assert store.outbox.items() == ()


def test_what_was_filed_since_a_row_was_looked_up_keeps_it_back(desk, store):
    found, other = brought(desk, line(1), line(2)), brought(desk, line(2))
    desk.send(other.batch, other.table.rows)
    queued = desk.send(found.batch, found.table.rows)
    assert set(queued.items) == {2}
    (held,) = queued.held_back
    assert held.source.line == 3
    assert held.similar
    confirmed = desk.send(found.batch, [held])
    assert set(confirmed.items) == {3}, "a person has seen the other one"
    item = store.outbox.item(confirmed.items[3])
    assert desk_beside(store, item) == ()


def desk_beside(store, item):
    return OutboxDesk(store, None, lambda: NOW, aside=KeptAside([store.path.parent])).beside(item)


def test_two_rows_of_one_point_that_a_person_wants_both_are_no_doubles_of_each_other(desk, store):
    found = brought(desk, line(1), line(1))
    desk.send(found.batch, found.table.rows)
    assert [desk_beside(store, item) for item in store.outbox.items()] == [(), ()]


def test_what_waits_can_be_taken_back_and_sent_again(desk, store):
    found = brought(desk, line(1), line(2), line(3))
    queued = desk.send(found.batch, found.table.rows)
    store.outbox.claim("me", item_id=queued.items[2])
    store.outbox.begin_attempt(queued.items[2], "me", request_id="r", envelope=b"x")
    assert desk.take_back(found.batch.batch_id, [3]) == {3}
    assert desk.take_back(found.batch.batch_id) == {4}, "what has left is not taken back"
    assert {place: answer.state.value for place, answer in desk.answers(found.batch.batch_id).items()} == {
        2: "sending",
        3: "cancelled",
        4: "cancelled",
    }
    desk.send(found.batch, found.table.rows[1:2])
    assert desk.answers(found.batch.batch_id)[3].state is OutboxState.QUEUED


def test_the_result_is_the_clerks_own_table_and_never_another_file(desk, store, tmp_path):
    found = brought(desk, line(1), line(2, day="2026/2/30"))
    queued = desk.send(found.batch, found.table.rows[:1])
    desk.keep(found.batch, found.table.rows)
    store.outbox.accept(queued.items[2], Receipt("P0000000201", "見本の返事", ""))
    name = desk.result_name(found, tmp_path, is_whole=False)
    assert name.name == "20261120_1100_結果_途中.xlsx"
    name.write_text("another's", encoding="utf-8")
    written = desk.write_result(found, name)
    assert written.name == "20261120_1100_結果_途中2.xlsx"
    assert name.read_text(encoding="utf-8") == "another's"
    sheet = openpyxl.load_workbook(written).active
    assert [cell.value for cell in sheet[2]][:3] == [point(1), "見本 花子", "=1+1"]
    assert all(cell.data_type == "s" for cells in sheet.iter_rows() for cell in cells if cell.value is not None), "no formula, no number"
    assert [cell.value for cell in sheet[2]][6:] == ["受付済", "P0000000201", "見本の返事"]
    assert [cell.value for cell in sheet[3]][6] == "未送信"
    assert "変更希望日" in sheet[3][8].value
    from_file = replace(found, batch=replace(found.batch, source=str(tmp_path / "変更.csv")))
    assert desk.result_name(from_file, tmp_path, is_whole=True) == tmp_path / "変更_結果.csv"


def test_old_tables_are_forgotten_and_those_with_something_open_are_not(store, desk):
    for number, created in ((1, datetime(2026, 8, 1, tzinfo=JST)), (2, datetime(2026, 8, 1, tzinfo=JST)), (3, NOW)):
        found = brought(desk, line(number))
        batch = replace(found.batch, created_at=created)
        if number == 1:
            desk.send(batch, found.table.rows)
        else:
            desk.keep(batch, found.table.rows)
    assert [one.batch.created_at for one in desk.batches()] == [NOW, datetime(2026, 8, 1, tzinfo=JST)]
    desk.discard(desk.batches()[0].batch.batch_id)
    assert len(desk.batches()) == 1


def test_a_form_knows_its_columns(desk):
    form = BulkForm(ApplicationKind.MENU_CHANGE, InstalledSet(KansaiSettings()).form_tables(), NOW.date())
    assert form.guessed(("需要者名*", "ﾒﾆｭｰ", "接続送電サービスメニュー")) == ("customer_name", "", "service_menu")
