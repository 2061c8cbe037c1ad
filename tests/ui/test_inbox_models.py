"""The models of list and outbox: Qt's own rules, order, what they tell of."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest

from denkidesk.desk.installed_set import InstalledSet
from denkidesk.domain.applications import ApplicationKind, InboxEntry, ListedApplication, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.settings import KansaiSettings
from denkidesk.ui.inbox.model import InboxModel
from denkidesk.ui.inbox.rows import MARK, RECEIPT, REGISTERED, VISIT, InboxReader
from denkidesk.ui.outbox.model import OutboxModel, why
from denkidesk.ui.parts.table import DeskTable

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)


def entry(number, *, unread=False, day=1, visit=None, kind=ApplicationKind.OUTAGE, message=False):
    listed = ListedApplication(f"P{number:04}", "PW01", date(2026, 11, day), visit, "PS301", "06" + "0" * 16 + f"{number:04}", message)
    return InboxEntry(listed, unread, NOON, NOON, NOON, kind=kind)


@pytest.fixture
def reader():
    return InboxReader(SimpleNamespace(installed_set=InstalledSet(KansaiSettings())))


@pytest.fixture
def model(icons, theme):
    return InboxModel(icons, theme)


def test_the_list_keeps_qts_rules_and_shows_only_text(model, reader, qtbot):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows([reader.row(entry(n, unread=n % 2 == 0, day=n)) for n in range(1, 9)])
    model.sort(RECEIPT, Qt.SortOrder.AscendingOrder)
    model.show_rows([reader.row(entry(n, day=n)) for n in range(1, 5)])
    model.show_rows([])
    model.show_rows([reader.row(entry(1, visit=date(2026, 12, 1)))])
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    assert all(type(cell) is str for cell in cells)
    assert cells[VISIT] == "12/1(火)"
    assert tester.model() is model


def test_newest_first_and_equal_days_by_newest_number(model, reader):
    model.show_rows([reader.row(entry(n, day=1 + n // 3)) for n in (1, 2, 3, 4, 5)])
    assert model.receipt_numbers() == ["P0005", "P0004", "P0003", "P0002", "P0001"]
    model.sort(REGISTERED, Qt.SortOrder.AscendingOrder)
    assert model.receipt_numbers() == ["P0002", "P0001", "P0005", "P0004", "P0003"]


def test_applications_without_a_visit_come_last(model, reader):
    model.show_rows([reader.row(entry(1)), reader.row(entry(2, visit=date(2026, 11, 30)))])
    model.sort(VISIT, Qt.SortOrder.AscendingOrder)
    assert model.receipt_numbers() == ["P0002", "P0001"]


def test_equal_rows_are_told_of_one_by_one_and_not_as_a_new_list(model, reader, qtbot):
    rows = [reader.row(entry(n, unread=True)) for n in range(5)]
    model.show_rows(rows)
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows([rows[0], rows[1], reader.row(replace(rows[2].entry, unread=False)), rows[3], rows[4]])
    assert told == [2]
    assert model.index(2, MARK).data() == ""


def test_the_next_unread_goes_on_from_the_top(model, reader):
    model.show_rows([reader.row(entry(n, unread=n in (1, 4), day=n + 1)) for n in range(6)])
    first = model.next_unread(-1)
    assert model.row_at(first).receipt_number == "P0004"
    second = model.next_unread(first)
    assert model.row_at(second).receipt_number == "P0001"
    assert model.next_unread(second) == first


def test_unread_is_said_by_word_dot_and_weight(model, reader):
    model.show_rows([reader.row(entry(1, unread=True))])
    mark = model.index(0, MARK)
    assert mark.data() == "未読"
    assert not mark.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert mark.data(Qt.ItemDataRole.FontRole).bold()
    assert mark.data(Qt.ItemDataRole.AccessibleTextRole).startswith("未読、停電、受付済")


def test_sorting_keeps_what_is_chosen(model, reader, qtbot):
    table = DeskTable("申込")
    qtbot.addWidget(table)
    table.setModel(model)
    model.show_rows([reader.row(entry(n, day=n + 1)) for n in range(9)])
    table.choose_row(model.place_of("P0003"))
    model.sort(RECEIPT, Qt.SortOrder.AscendingOrder)
    assert [model.row_at(place).receipt_number for place in table.chosen_rows()] == ["P0003"]
    assert model.row_at(table.currentIndex().row()).receipt_number == "P0003"


def test_a_visible_cell_of_five_thousand_rows_costs_no_more_calls_than_of_fifty(icons, theme, reader, qtbot):
    calls = []

    class Counting(InboxModel):
        def data(self, index, role=0):
            calls.append(role)
            return super().data(index, role)

    def paint(count):
        model = Counting(icons, theme)
        table = DeskTable("申込")
        qtbot.addWidget(table)
        table.setModel(model)
        table.resize(1000, 600)
        model.show_rows([reader.row(entry(n, day=1 + n % 28)) for n in range(count)])
        calls.clear()
        table.grab()
        return len(calls)

    assert paint(5000) <= paint(50)


def test_copied_rows_are_one_line_each(model, reader, qtbot):
    table = DeskTable("申込")
    qtbot.addWidget(table)
    table.setModel(model)
    model.show_rows([reader.row(entry(1))])
    table.choose_row(0)
    QTest.keySequence(table, QKeySequence.StandardKey.Copy)
    heading, row = QGuiApplication.clipboard().text().split("\n")
    assert heading.split("\t")[RECEIPT] == "申込受付番号"
    assert row.split("\t")[RECEIPT] == "P0001"


def test_a_servers_text_is_neither_a_formula_nor_a_row_of_its_own_in_the_spreadsheet(model, reader, qtbot):
    """A quote sign swallowed all rows to the next one, and =HYPERLINK was live."""
    table = DeskTable("申込")
    qtbot.addWidget(table)
    table.setModel(model)
    odd = ['5" 管', '=HYPERLINK("http://x.invalid","払戻")', "一行目\n二行目"]
    listed = entry(1).listed
    model.show_rows([reader.row(replace(entry(1), listed=replace(listed, receipt_number=text))) for text in odd])
    table.selectAll()
    QTest.keySequence(table, QKeySequence.StandardKey.Copy)
    rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text(), newline=""), dialect="excel-tab"))
    assert len(rows) == 1 + len(odd)
    assert {len(row) for row in rows} == {len(rows[0])}
    pasted = [cell for row in rows for cell in row]
    assert {odd[0], "'" + odd[1], odd[2]} < set(pasted)
    assert not any(cell.startswith("=") for cell in pasted)


def item(number, state=OutboxState.QUEUED, **more):
    application = NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", "06" + "0" * 20)
    return OutboxItem(f"item-{number}", application, state, NOON, NOON, **more)


def test_the_outbox_keeps_qts_rules_and_says_each_state_in_words(icons, theme, qtbot):
    model = OutboxModel(icons, theme)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_items([item(n, state) for n, state in enumerate(OutboxState)])
    words = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert words == ["送信待ち", "送信中", "受付済", "拒否", "結果不明", "要確認", "取消"]
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_items([item(n, OutboxState.ACCEPTED) for n, _ in enumerate(OutboxState)])
    assert model.index(0, 0).data() == "受付済"
    assert tester.model() is model


def test_why_an_item_waits_is_said_in_words():
    waiting = item(1, failure_code="closed", not_before=datetime(2026, 11, 22, 3, 0, tzinfo=JST))
    assert why(waiting) == "サービス停止中 · 11月22日(日) 3:00 に再開"
    assert why(item(2, OutboxState.REJECTED, failure_code="bad_request", failure_message="<b>番号\nが違います</b>")) == (
        "内容が受け付けられません · <b>番号 が違います</b>"
    )
    assert why(item(3, OutboxState.UNKNOWN, failure_code="cut")) == "接続が途中で切れました"
    assert "code" not in why(item(4, OutboxState.QUEUED, failure_code="input", failure_message="field code")), (
        "a list of codes is not for the clerk"
    )
