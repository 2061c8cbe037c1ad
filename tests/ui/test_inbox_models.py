"""The models of list and outbox: Qt's own rules, order, what they tell of."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest

from denkidesk.desk.sending import Hold, Plan, Planned
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.ui.inbox.model import PAGE, InboxModel
from denkidesk.ui.inbox.rows import MARK, RECEIPT, VISIT
from denkidesk.ui.outbox.lines import lines_of, why
from denkidesk.ui.outbox.model import OutboxModel
from denkidesk.ui.parts.table import DeskTable
from fakes.inbox_entries import NOON, entry


@pytest.fixture
def model(icons, theme):
    return InboxModel(icons, theme)


def show_rows(model, rows):
    """A view that is read whole."""
    return model.show_window(len(rows), 0, rows, {})


def test_the_list_keeps_qts_rules_and_shows_only_text(model, reader, qtbot):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    show_rows(model, [reader.row(entry(n, unread=n % 2 == 0, day=n)) for n in range(1, 9)])
    model.sort(RECEIPT, Qt.SortOrder.AscendingOrder)
    show_rows(model, [reader.row(entry(n, day=n)) for n in range(1, 5)])
    model.show_window(300, 100, [reader.row(entry(n)) for n in range(50)], {})
    assert [model.index(place, RECEIPT).data() for place in (99, 100, 149, 150)] == ["", "P0000", "P0049", ""]
    model.put(150, [reader.row(entry(n)) for n in range(50, 60)])
    model.grow(310)
    model.grow(155)
    assert (model.rowCount(), model.index(154, RECEIPT).data()) == (155, "P0054")
    show_rows(model, [])
    show_rows(model, [reader.row(entry(1, visit=date(2026, 12, 1)))])
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    assert all(type(cell) is str for cell in cells)
    assert cells[VISIT] == "12/1(火)"
    assert tester.model() is model


def test_sorting_is_asked_for_and_not_done(model, qtbot):
    with qtbot.waitSignal(model.ordered):
        model.sort(RECEIPT, Qt.SortOrder.AscendingOrder)
    assert (model.sort_column, model.is_descending) == (RECEIPT, False)
    with qtbot.assertNotEmitted(model.ordered):
        model.sort(RECEIPT, Qt.SortOrder.AscendingOrder)


def test_what_is_looked_at_and_not_at_hand_is_wanted_once_with_its_neighbours(model, reader, qtbot):
    wanted = []
    model.wanted.connect(lambda first, count: wanted.append((first, count)))
    model.show_window(1000, 0, [reader.row(entry(n)) for n in range(128)], {})
    for place in (127, 500, 501, 999):
        model.index(place, RECEIPT).data()
    qtbot.waitUntil(lambda: len(wanted) == 2)
    assert wanted == [(6 * PAGE, 3 * PAGE), (14 * PAGE, 1000 - 14 * PAGE)]
    model.index(500, RECEIPT).data()
    model.put(6 * PAGE, [None] * PAGE + [reader.row(entry(n)) for n in range(2 * PAGE)])
    assert model.index(7 * PAGE, RECEIPT).data() == "P0000"
    model.index(6 * PAGE, RECEIPT).data()  # it cannot be read: asking again and again would not help
    model.index(300, RECEIPT).data()
    qtbot.waitUntil(lambda: len(wanted) == 3)
    assert wanted[2] == (3 * PAGE, 3 * PAGE)


def test_rows_far_from_what_is_looked_at_are_let_go(model, reader):
    model.show_window(100_000, 0, (), {})
    for first in range(0, 100_000, 10 * PAGE):
        model.put(first, [reader.row(entry(first + n)) for n in range(3 * PAGE)])
    assert len(model.receipt_numbers()) < 3_000
    assert model.index(100_000 - 10 * PAGE, RECEIPT).data()


def test_equal_rows_are_told_of_one_by_one_and_not_as_a_new_list(model, reader, qtbot):
    rows = [reader.row(entry(n, unread=True)) for n in range(5)]
    show_rows(model, rows)
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        assert not show_rows(model, [rows[0], rows[1], reader.row(replace(rows[2].entry, unread=False)), rows[3], rows[4]])
    assert told == [2]
    assert model.index(2, MARK).data() == ""


def test_the_next_unread_goes_on_from_the_top(model, reader):
    show_rows(model, [reader.row(entry(n, unread=n in (1, 4), day=n + 1)) for n in reversed(range(6))])
    first = model.next_unread(-1)
    assert model.row_at(first).receipt_number == "P0004"
    second = model.next_unread(first)
    assert model.row_at(second).receipt_number == "P0001"
    assert model.next_unread(second) == first
    model.show_window(1000, 0, [reader.row(entry(n, unread=n == 3)) for n in range(9)], {})
    assert (model.next_unread(-1), model.next_unread(3)) == (3, -1), "the rows at hand do not tell"
    show_rows(model, [reader.row(entry(n)) for n in range(9)])
    assert model.next_unread(3) is None


def test_unread_is_said_by_word_dot_and_weight(model, reader):
    show_rows(model, [reader.row(entry(1, unread=True))])
    mark = model.index(0, MARK)
    assert mark.data() == "未読"
    assert not mark.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert mark.data(Qt.ItemDataRole.FontRole).bold()
    assert mark.data(Qt.ItemDataRole.AccessibleTextRole).startswith("未読、停電、受付番号 P0001、受付済")


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
        show_rows(model, [reader.row(entry(n, day=1 + n % 28)) for n in range(count)])
        calls.clear()
        table.grab()
        return len(calls)

    assert paint(5000) <= paint(50)


def test_copied_rows_are_one_line_each(model, reader, qtbot):
    table = DeskTable("申込")
    qtbot.addWidget(table)
    table.setModel(model)
    show_rows(model, [reader.row(entry(1))])
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
    show_rows(model, [reader.row(replace(entry(1), listed=replace(listed, receipt_number=text))) for text in odd])
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
    waiting = tuple(Planned(item(n, OutboxState.QUEUED), hold) for n, hold in enumerate(Hold))
    others = [item(100 + n, state) for n, state in enumerate(OutboxState)]
    unsettled = tuple(one for one in others if one.state in (OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.ASK))
    settled = tuple(one for one in others if one.state in (OutboxState.ACCEPTED, OutboxState.REJECTED))
    model.show_lines(lines_of(Plan(NOON, waiting, unsettled, settled)))
    words = [model.index(row, 0).data().split("  ")[-1] for row in range(model.rowCount()) if model.row_at(row).item is not None]
    assert words[0] == "送信中"
    assert set(words[1 : 1 + len(Hold)]) == {"まもなく", "送信待ち", "停止中"}
    assert words[-4:] == ["結果不明", "要確認", "受付済", "受付不可"]
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_lines(lines_of(Plan(NOON, tuple(Planned(one.item, Hold.TURN) for one in waiting), unsettled, settled)))
    assert model.index(2, 0).data() == "1  送信待ち"
    assert tester.model() is model


def test_why_an_item_waits_is_said_in_words():
    waiting = item(1, failure_code="closed", not_before=datetime(2026, 11, 22, 3, 0, tzinfo=JST))
    assert why(waiting) == "サービス停止中"
    assert why(item(2, OutboxState.REJECTED, failure_code="bad_request", failure_message="<b>番号\nが違います</b>")) == (
        "内容が受け付けられません · <b>番号 が違います</b>"
    )
    assert why(item(3, OutboxState.UNKNOWN, failure_code="cut")) == "接続が途中で切れました"
    assert "code" not in why(item(4, OutboxState.QUEUED, failure_code="input", failure_message="field code")), (
        "a list of codes is not for the clerk"
    )
