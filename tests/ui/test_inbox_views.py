"""The views above the list: chips with counts, own ones by name, by keys, in any width; and the columns below them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from denkidesk.desk.inbox import InboxFilter
from denkidesk.desk.listing_criteria import SavedView
from denkidesk.domain.applications import ApplicationStatus
from denkidesk.ui.inbox.columns import USUAL
from denkidesk.ui.inbox.columns_dialog import ColumnsDialog
from denkidesk.ui.inbox.name_dialog import NameDialog
from denkidesk.ui.inbox.rows import ADDRESS, DAYS, KIND, NAME, RECEIPT
from denkidesk.ui.inbox.tab import InboxTab


@pytest.fixture
def tab(context, qtbot, settle):
    """The twelve applications of the practice utility, of one of which the name is known."""
    context.desk.inbox.refresh()
    status = ApplicationStatus("P0000000003", "00", "", (), {"customer_name": "見本 太郎", "supply_point_address": "大阪市見本町0-0-1"})
    context.desk.store.inbox.take_status(status, lambda _code: None)
    tab = InboxTab(context)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    settle()
    tab.list.table.setFocus()
    yield tab
    tab.shut_down()
    tab.hide()


def press(tab, qtbot, settle, key, modifiers=Qt.KeyboardModifier.AltModifier):
    qtbot.keyClick(QApplication.focusWidget() or tab, key, modifiers)
    settle()


def named(tab, qtbot, settle, name):
    """Keeps what is shown, by keys alone."""
    press(tab, qtbot, settle, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = tab.window().findChild(NameDialog)
    dialog.name.set_value(name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    back(tab, qtbot, settle)


def back(tab, qtbot, settle):
    """No window manager brings the window to the front behind a dialog here."""
    settle()
    tab.activateWindow()
    qtbot.waitUntil(lambda: tab.isActiveWindow() and QApplication.focusWidget() is not None, timeout=20_000)


def pressed(tab):
    return [chip.text() for chip in [*tab.bar.views.chips.values(), *tab.bar.views.own] if chip.isChecked()]


def shown(tab):
    return set(tab.list.model.receipt_numbers())


def test_each_key_is_a_view_and_each_view_stands_alone(tab, qtbot, settle):
    everything = shown(tab)
    assert pressed(tab) == ["すべて 12"]
    press(tab, qtbot, settle, Qt.Key.Key_4)
    outages = tab.bar.views.chips[InboxFilter.OUTAGE].text()
    assert pressed(tab) == [outages]
    assert outages == f"停電 {len(shown(tab))}"
    assert shown(tab) < everything
    press(tab, qtbot, settle, Qt.Key.Key_1)
    assert shown(tab) == everything
    press(tab, qtbot, settle, Qt.Key.Key_9)  # nothing stands there
    assert (pressed(tab), shown(tab)) == (["すべて 12"], everything)


def test_what_is_searched_for_is_kept_by_a_name_and_found_again_after_a_restart(tab, context, qtbot, settle):
    tab.bar.search.setFocus()
    tab.bar.search.setText("見本 太郎")
    settle()
    assert shown(tab) == {"P0000000003"}
    named(tab, qtbot, settle, "見本さま")
    qtbot.waitUntil(lambda: pressed(tab) == ["見本さま 1"], timeout=20_000)
    press(tab, qtbot, settle, Qt.Key.Key_1)
    assert (len(shown(tab)), tab.bar.search.text()) == (12, ""), "the words of a view go with it"
    again = InboxTab(context)
    qtbot.addWidget(again)
    settle()
    assert [chip.text() for chip in again.bar.views.own] == ["見本さま 1"]
    again.shut_down()
    press(tab, qtbot, settle, Qt.Key.Key_7)
    assert (shown(tab), tab.bar.search.text(), pressed(tab)) == ({"P0000000003"}, "見本 太郎", ["見本さま 1"])
    press(tab, qtbot, settle, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    tab.window().findChild(NameDialog).forget.click()
    back(tab, qtbot, settle)
    assert (tab.bar.views.own, len(shown(tab)), pressed(tab)) == ([], 12, ["すべて 12"])


def test_there_is_nothing_to_keep_of_everything(tab, qtbot, settle):
    press(tab, qtbot, settle, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert tab.window().findChild(NameDialog) is None
    assert "残せます" in tab._strips.messages[0].text
    assert QApplication.focusWidget() is tab.list.table


def test_words_that_the_clerk_typed_stay_from_view_to_view(tab, qtbot, settle):
    tab.bar.search.setText("P00000000")
    settle()
    press(tab, qtbot, settle, Qt.Key.Key_4)
    assert tab.bar.search.text() == "P00000000"
    assert 0 < len(shown(tab)) < 12


def test_what_has_no_room_stands_in_a_menu_and_all_of_it_in_one_box(tab, context, qtbot, settle):
    for number in range(1, 6):
        context.desk.listing_criteria.keep(SavedView(f"見本の長い表示 {number}", {}, InboxFilter.OUTAGE))
    views = tab.bar.views
    views.look()
    settle()
    hidden = [chip for chip in views.own if not chip.isVisible()]
    assert hidden
    assert views._more.isVisible()
    assert views._more.text() == f"ほか {len(hidden)} ▾"
    views._on_menu()
    assert [action.text().split("\t")[0] for action in views._more.menu().actions()] == [chip.text() for chip in hidden]
    press(tab, qtbot, settle, Qt.Key.Key_9)
    assert views._more.text().startswith("見本の長い表示 3"), "the one that is shown is named though it has no room"
    tab.resize(800, 480)
    settle()
    assert (views._combo.isVisible(), views._more.isVisible()) == (True, False)
    assert views._combo.currentText().startswith("見本の長い表示 3")
    views._combo.setFocus()
    qtbot.keyClick(views._combo, Qt.Key.Key_Home)
    views._combo.activated.emit(views._combo.currentIndex())
    settle()
    assert len(shown(tab)) == 12


def test_columns_stay_as_the_clerk_arranged_them(tab, context, qtbot, settle):
    columns = tab.list.columns
    assert columns.shown == USUAL
    columns.show((NAME, RECEIPT, DAYS))
    tab.list.table.setColumnWidth(NAME, 222)
    columns.sort_by(NAME, descending=False)
    settle()
    assert tab.list.model.row_at(0).receipt_number == "P0000000003", "who has no name stands behind"
    tab.list.table.horizontalHeader().moveSection(2, 1)  # by dragging
    assert columns.shown == (RECEIPT, NAME, DAYS)
    tab.resize(800, 480)
    assert columns.shown == (RECEIPT, NAME, DAYS)
    assert tab.list.table.isColumnHidden(DAYS)
    tab.shut_down()
    again = InboxTab(context)
    qtbot.addWidget(again)
    again.resize(1280, 700)
    settle()
    assert again.list.columns.shown == (RECEIPT, NAME, DAYS)
    assert again.list.table.columnWidth(NAME) == 222
    assert again.list.columns.sorted_by == (NAME, False)
    assert again.list.table.isColumnHidden(ADDRESS)
    again.list.columns.reset()
    assert again.list.columns.shown == USUAL
    again.shut_down()


def test_columns_are_arranged_by_keys(tab, qtbot, settle):
    press(tab, qtbot, settle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = tab.window().findChild(ColumnsDialog)
    rows = dialog.rows
    qtbot.waitUntil(rows.hasFocus, timeout=20_000)
    qtbot.keyClick(rows, Qt.Key.Key_Down)  # the name
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert tab.list.columns.shown[:2] == (NAME, KIND)
    assert tab.list.columns.sorted_by == (NAME, False)
    assert rows.currentItem().text() == "氏名　▲"
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert tab.list.columns.shown[:2] == (NAME, ADDRESS)
    assert tab.list.table.isColumnHidden(KIND)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    back(tab, qtbot, settle)
    assert QApplication.focusWidget() is tab.list.table


def test_the_days_are_sorted_as_they_read(tab, settle):
    tab.list.columns.sort_by(DAYS, descending=True)
    settle()
    moved = [tab.list.model.row_at(place).entry.moved_on for place in range(12)]
    assert moved == sorted(moved)
