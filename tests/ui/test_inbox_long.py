"""A long inbox in the window, by keys and header clicks: the list is a window on the store."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import date, timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from denkidesk.desk.inbox import InboxFilter
from denkidesk.domain.applications import ListedApplication
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import THREADS_OF
from denkidesk.store import inbox_lists
from denkidesk.store.store import Store
from denkidesk.ui.inbox import feed, rows
from denkidesk.ui.inbox.act_table import RowAct
from denkidesk.ui.inbox.rows import AT_ONCE, KIND, RECEIPT, STAGE, SUPPLY_POINT
from denkidesk.ui.inbox.tab import InboxTab

ROWS = 3_000
FIRST, LAST = "P0000002999", "P0000000000"


def listed(number, **changes):
    point = f"06{number * 7919 % ROWS:020}"
    row = {"registered_on": date(2026, 1, 1) + timedelta(number // 10), "supply_point_number": point, **changes}
    return ListedApplication(f"P{number:010}", f"PW0{1 + number % 3}", **row)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """All read but two; filled once, because thousands of rows cost seconds."""
    path = tmp_path_factory.mktemp("long") / "filled.db"
    store = Store(path)
    store.inbox.take_listing([listed(number) for number in range(ROWS)], lambda _: None)
    store.inbox.mark([f"P{number:010}" for number in range(ROWS) if number not in (700, 2100)], unread=False)
    store.close()
    return path


@pytest.fixture
def store(context, filled):
    """A copy of what was filled."""
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(context.places.database)) as copy:
        source.backup(copy)
    store = Store(context.places.database)
    assert store.inbox.counts().unread == 2
    yield store
    store.close()


@pytest.fixture
def tab(context, store, qtbot, settle):
    tab = InboxTab(context)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.show()
    settle()
    tab.list.table.setFocus()
    yield tab
    tab.shut_down()
    tab.hide()


def press(tab, qtbot, settle, *keys):
    for key in keys:
        qtbot.keyClick(tab.list.table, key)
    settle()
    qtbot.waitUntil(lambda: stands(tab), timeout=30_000)
    settle()


def stands(tab):
    """Whether all that is seen and all that is chosen is at hand; the paint asks for what it misses."""
    tab.grab()
    QApplication.processEvents()
    if not tab.list.model.rowCount():
        return True
    return all(in_sight(tab)) and len(tab.list.chosen_receipt_numbers()) == min(tab.list.chosen_count, tab.list.model.rowCount())


def in_sight(tab):
    """The receipt numbers on the screen."""
    table, model = tab.list.table, tab.list.model
    last = table.rowAt(table.viewport().height() - 1)
    return [model.index(place, RECEIPT).data() for place in range(table.rowAt(0), model.rowCount() if last < 0 else last + 1)]


def chosen(tab):
    (number,) = tab.list.chosen_receipt_numbers()
    assert number in in_sight(tab)
    assert tab.detail.detail.row.receipt_number == number
    return number


def test_the_list_has_all_places_and_few_rows(tab):
    assert tab.list.model.rowCount() == ROWS
    assert len(tab.list.model.receipt_numbers()) == AT_ONCE
    assert in_sight(tab)[0] == FIRST


def test_keys_lead_everywhere_and_no_row_stays_empty(tab, qtbot, settle):
    press(tab, qtbot, settle, Qt.Key.Key_End)
    assert chosen(tab) == LAST
    press(tab, qtbot, settle, *[Qt.Key.Key_PageUp] * 20)
    assert all(in_sight(tab))
    before = chosen(tab)
    press(tab, qtbot, settle, Qt.Key.Key_Up)
    assert chosen(tab) > before
    press(tab, qtbot, settle, Qt.Key.Key_Home)
    assert chosen(tab) == FIRST
    tab.list.table.verticalScrollBar().setValue(1500)
    press(tab, qtbot, settle)
    assert in_sight(tab)[0] == f"P{ROWS - 1 - 1500:010}"
    assert all(in_sight(tab))


def test_sorting_and_filters_keep_what_is_chosen_in_sight(tab, qtbot, settle):
    press(tab, qtbot, settle, *[Qt.Key.Key_PageDown] * 30)
    number = chosen(tab)
    for column in (SUPPLY_POINT, STAGE, RECEIPT):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            tab.list.table.sortByColumn(column, order)
            settle()
            press(tab, qtbot, settle)
            assert chosen(tab) == number
            cells = [tab.list.model.index(place, column).data() for place in range(tab.list.table.rowAt(0), tab.list.table.rowAt(0) + 10)]
            assert cells == sorted(cells, reverse=order == Qt.SortOrder.DescendingOrder)
    for chosen_filter in (InboxFilter.UNREAD, InboxFilter.ALL):
        tab.bar.views.filter_chosen.emit(chosen_filter)
        settle()
        press(tab, qtbot, settle)
    assert chosen(tab) == number


def test_a_refresh_with_new_rows_above_keeps_the_chosen_one_in_sight(tab, store, qtbot, settle):
    press(tab, qtbot, settle, *[Qt.Key.Key_PageDown] * 12)
    number = chosen(tab)
    store.inbox.take_listing([listed(ROWS + n) for n in range(40)], lambda _: None)
    tab.reload()
    settle()
    press(tab, qtbot, settle)
    assert tab.list.model.rowCount() == ROWS + 40
    assert chosen(tab) == number


def test_thousands_of_chosen_rows_stay_chosen_and_what_came_above_is_not(tab, store, qtbot, settle):
    qtbot.keyClick(tab.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle()
    store.inbox.take_listing([listed(number) for number in range(ROWS, ROWS + 7)], lambda _: None)
    tab.reload()
    settle()
    assert tab.list.table.chosen_ranges() == [(7, ROWS + 6)]
    tab.acts.carry_out(RowAct.MARK)
    settle()
    assert store.inbox.counts().unread == 7
    assert tab.list.table.chosen_ranges() == [(7, ROWS + 6)]


def test_space_finds_the_unread_wherever_it_is(tab, qtbot, settle):
    for number in ("P0000002100", "P0000000700"):
        press(tab, qtbot, settle, Qt.Key.Key_Space)
        assert chosen(tab) == number
    assert tab.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"
    press(tab, qtbot, settle, Qt.Key.Key_Space)
    assert chosen(tab) == "P0000000700"


def test_all_rows_are_copied_also_those_that_are_not_at_hand(tab, qtbot, settle, monkeypatch):
    qtbot.keyClick(tab.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert f"{ROWS:,} 件を選択中" in [label.text() for label in tab.detail.findChildren(QLabel)]
    qtbot.keyClick(tab.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == ROWS + 1
    assert [lines[1].split("\t")[RECEIPT], lines[-1].split("\t")[RECEIPT]] == [FIRST, LAST]
    tab.acts.carry_out(RowAct.COPY_NUMBER)
    settle()
    assert QGuiApplication.clipboard().text().split("\n") == [f"P{n:010}" for n in reversed(range(ROWS))]
    monkeypatch.setattr(feed, "_MOST_COPIED", 1_000)
    tab.acts.carry_out(RowAct.COPY_NUMBER)
    settle()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 1_000


def test_a_long_list_is_whole_a_moment_after_its_beginning(tab, qtbot, settle, monkeypatch):
    monkeypatch.setattr(inbox_lists, "_FEW", 0)
    monkeypatch.setattr(inbox_lists, "_BEGINNING", 150)
    tab.bar.search.setText("P0000002 6")
    settle()
    expected = [f"P{n:010}" for n in range(2999, 1999, -1)]
    assert tab.list.model.rowCount() == len(expected)
    press(tab, qtbot, settle, Qt.Key.Key_Home, Qt.Key.Key_End)
    assert chosen(tab) == expected[-1]


def test_what_is_read_in_a_filter_stays_and_its_neighbours_keep_their_places(tab, qtbot, settle):
    tab.bar.views.filter_chosen.emit(InboxFilter.UNREAD)
    settle()
    press(tab, qtbot, settle, Qt.Key.Key_Space)
    tab.reload()
    settle()
    assert in_sight(tab)[:2] == ["P0000002100", "P0000000700"]
    assert chosen(tab) == "P0000002100"
    assert tab.bar.views.chips[InboxFilter.UNREAD].text() == "未読 1"


def test_a_search_that_takes_long_says_so_and_brings_what_it_finds(tab, settle, monkeypatch):
    for name, value in (("_FEW", 0), ("_DENSE", 10**6), ("_LOOKED_AT", 10)):
        monkeypatch.setattr(inbox_lists, name, value)
    inbox_lists._statement.cache_clear()
    said, show_text = [], tab.list._empty.show_text
    monkeypatch.setattr(tab.list._empty, "show_text", lambda *texts: (said.append(texts[0]), show_text(*texts)))
    for words, heading, found in (("P0000000321", "探しています…", ["P0000000321"]), ("P00000003219", "該当する申込がありません", [])):
        tab.bar.search.setText(words)
        settle()
        assert tab.list.model.receipt_numbers() == found or settle_and_paint(tab, settle) == found
        assert heading in said
    inbox_lists._statement.cache_clear()


def settle_and_paint(tab, settle):
    tab.grab()
    QApplication.processEvents()
    settle()
    return tab.list.model.receipt_numbers()


# -- what is wished while other things are read: whichever answer comes first


@pytest.fixture
def hold(context):
    """Keeps a lane busy until the block ends, or until what it is given is called."""

    @contextmanager
    def held(lane):
        end = Event()
        for _ in range(THREADS_OF[lane]):
            context.jobs.run(lane, end.wait)
        yield end.set
        end.set()

    return held


def paint(tab):
    tab.grab()
    QApplication.processEvents()


@pytest.mark.parametrize("late", [LaneName.STORE, LaneName.WORK])
@pytest.mark.parametrize("before", ["everything", "scrolled", "all chosen", "all chosen and new ones", "a filter", "a search"])
def test_an_application_far_down_is_brought_to_the_eye(tab, store, hold, qtbot, settle, late, before):
    if before == "scrolled":
        press(tab, qtbot, settle, Qt.Key.Key_Home)
        tab.list.table.verticalScrollBar().setValue(1000)
    elif before.startswith("all chosen"):
        tab.list.table.selectAll()
        settle()
        store.inbox.take_listing([listed(ROWS + number) for number in range(7 if before.endswith("new ones") else 0)], lambda _: None)
    elif before == "a filter":
        tab.bar.views.filter_chosen.emit(InboxFilter.UNREAD)
        settle()
    elif before == "a search":
        tab.bar.search.setText("P00000027")
        settle()
    for number in ("P0000000321", "P0000000123", "P0000002888", "P0000000321"):
        with hold(late):
            tab.show_application(number)
            qtbot.waitUntil(lambda: not others_work(tab, late))
        settle()
        press(tab, qtbot, settle)
        assert chosen(tab) == number


def test_of_two_wishes_the_last_one_counts_although_the_row_of_the_first_comes_after_it(tab, hold, qtbot, settle):
    with hold(LaneName.WORK), hold(LaneName.STORE) as go_on:
        tab.show_application("P0000000321")
        with hold(LaneName.STORE):
            go_on()
            qtbot.waitUntil(lambda: tab.list.chosen_count == 1)
            paint(tab)
            tab.show_application("P0000000123")
    settle()
    press(tab, qtbot, settle)
    assert chosen(tab) == "P0000000123"


def others_work(tab, held):
    return any(tab._context.jobs.load(lane) for lane in LaneName if lane is not held)


def test_a_filter_that_is_read_in_two_parts_keeps_what_is_chosen_far_down(tab, store, qtbot, settle):
    store.inbox.mark([f"P{number:010}" for number in range(ROWS)], unread=True)
    tab.bar.views.filter_chosen.emit(InboxFilter.UNREAD)
    settle()
    press(tab, qtbot, settle, Qt.Key.Key_End, Qt.Key.Key_PageUp)
    number = chosen(tab)
    for _ in range(2):
        tab.reload()
        settle()
        press(tab, qtbot, settle)
        assert chosen(tab) == number
    tab.list.table.sortByColumn(SUPPLY_POINT, Qt.SortOrder.AscendingOrder)
    settle()
    press(tab, qtbot, settle)
    assert chosen(tab) == number


def test_a_long_search_stays_where_it_was_scrolled_to_when_it_is_read_again(tab, qtbot, settle, monkeypatch):
    monkeypatch.setattr(inbox_lists, "_FEW", 0)
    tab.bar.search.setText("P0000002 6")
    settle()
    tab.list.table.verticalScrollBar().setValue(500)
    press(tab, qtbot, settle)
    before = in_sight(tab)
    tab.reload()
    settle()
    press(tab, qtbot, settle)
    assert in_sight(tab) == before


def test_space_goes_on_to_the_next_unread_while_the_list_is_read_again(tab, hold, qtbot, settle):
    with hold(LaneName.STORE):
        tab.reload()
        qtbot.keyClick(tab.list.table, Qt.Key.Key_Space)
    settle()
    press(tab, qtbot, settle)
    assert chosen(tab) == "P0000002100"


def test_what_is_clicked_while_the_chosen_one_is_looked_for_is_chosen_and_read(tab, store, hold, qtbot, settle, monkeypatch):
    press(tab, qtbot, settle, *[Qt.Key.Key_Down] * 3)
    store.inbox.take_listing([listed(ROWS + number) for number in range(40)], lambda _: None)
    monkeypatch.setattr(rows, "_SOON_COUNTED", 10)
    with hold(LaneName.WORK):
        tab.reload()
        qtbot.waitUntil(lambda: tab.list.model.rowCount() == ROWS + 40 and not others_work(tab, LaneName.WORK))
        tab.list.table.verticalScrollBar().setValue(0)
        click(tab, qtbot, 2)
    settle()
    assert chosen(tab) == in_sight(tab)[2] == f"P{ROWS + 37:010}"
    qtbot.waitUntil(lambda: not store.inbox.entry(f"P{ROWS + 37:010}").unread)


def test_what_is_clicked_while_the_list_is_read_again_counts_as_read(tab, context, store, hold, qtbot, settle):
    store.inbox.take_listing([listed(ROWS + number) for number in range(40)], lambda _: None)
    tab.reload()
    settle()
    with hold(LaneName.STORE) as go_on:
        tab.reload()
        click(tab, qtbot, 2)
        with hold(LaneName.STORE), qtbot.waitSignal(tab.list.chosen_changed):  # it is found before its detail is read
            go_on()
    settle()
    assert chosen(tab) == in_sight(tab)[2]
    assert not store.inbox.entry(chosen(tab)).unread


def click(tab, qtbot, row):
    table = tab.list.table
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(tab.list.model.index(row, KIND)).center())


def test_rows_that_were_asked_for_before_the_list_was_read_again_come(tab, hold, settle):
    with hold(LaneName.STORE):
        tab.reload()
        tab.list.table.verticalScrollBar().setValue(1500)
        paint(tab)
    settle()
    assert all(in_sight(tab))


def test_the_chosen_row_is_at_hand_however_far_away_is_what_is_looked_at(tab, qtbot, settle):
    press(tab, qtbot, settle, *[Qt.Key.Key_Down] * 3)
    number = chosen(tab)
    for place in range(0, ROWS, 60):
        tab.list.table.verticalScrollBar().setValue(place)
        press(tab, qtbot, settle)
    assert len(tab.list.model.receipt_numbers()) < ROWS
    assert tab.list.chosen_receipt_numbers() == [number]
    tab.acts.carry_out(RowAct.NOTE)
    assert tab.detail.editor.isVisible()


@pytest.mark.parametrize("late", [LaneName.STORE, LaneName.WORK])
def test_a_list_that_is_read_again_is_not_turned_back_to_the_chosen_one(tab, store, hold, qtbot, settle, monkeypatch, late):
    press(tab, qtbot, settle, *[Qt.Key.Key_PageDown] * 30)
    number = chosen(tab)
    tab.list.table.verticalScrollBar().setValue(2000)
    press(tab, qtbot, settle)
    monkeypatch.setattr(rows, "_SOON_COUNTED", 10)
    store.inbox.take_listing([listed(ROWS + number) for number in range(40)], lambda _: None)
    with hold(late):
        tab.reload()
    settle()
    press(tab, qtbot, settle)
    assert tab.list.chosen_receipt_numbers() == [number]
    assert tab.list.first_in_sight == 2000
