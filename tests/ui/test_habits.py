"""What every program of the platform does: Enter, Home and End, the rows' menu, the sort arrow, the title, each mnemonic once."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from denkidesk.domain.applications import ListedApplication
from denkidesk.texts import shortcuts
from denkidesk.ui.inbox.rows import NAME
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.main_window import APPLY, INBOX, TARIFFS
from denkidesk.ui.shell.restore_dialog import RestoreDialog
from fakes.mnemonics import keys_of, twice

KEYS = Qt.Key


@pytest.fixture
def filled(main_window, context, settle):
    """With three rows in the inbox, the newest chosen."""
    listed = [
        ListedApplication(f"R00000000000{n}", "10", date(2026, 11, 20 + n), None, "PS301", "0612345678901234567890", False)
        for n in range(1, 4)
    ]
    context.desk.store.inbox.take_listing(listed, lambda _: None)
    main_window.inbox.reload()
    settle()
    main_window.activateWindow()
    main_window.inbox.list.table.choose_row(0)
    main_window.inbox.list.table.setFocus()
    settle()
    return main_window


def added_button(parent):
    """A button as any screen may have one, with the clicks that it has got."""
    button = QPushButton("見本", parent)
    clicks = QSignalSpy(button.clicked)
    button.show()
    button.setFocus()
    return button, clicks


@pytest.mark.parametrize("tab", [INBOX, APPLY, TARIFFS])
@pytest.mark.parametrize("key", [KEYS.Key_Return, KEYS.Key_Enter])
def test_enter_presses_the_button_that_has_the_focus_on_every_screen(filled, settle, qtbot, tab, key):
    filled.show_tab(tab)
    settle()
    button, clicks = added_button(filled.screen_at(tab))
    qtbot.keyClick(button, key)
    assert clicks.count() == 1
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(button, held)
    assert clicks.count() == 1, "a key that is held down presses once"
    qtbot.keyClick(button, key, Qt.KeyboardModifier.AltModifier)
    assert clicks.count() == 1
    button.deleteLater()


def test_enter_in_a_dialog_presses_what_has_the_focus_and_else_the_default_button(context, settle, qtbot):
    dialog = SettingsDialog(context)
    dialog.open()
    settle()
    button, clicks = added_button(dialog)
    qtbot.keyClick(button, KEYS.Key_Return)
    assert clicks.count() == 1
    assert all(button.autoDefault() for button in dialog.findChildren(QPushButton)), "or Enter would save with another button in focus"
    dialog.reject()
    restore = RestoreDialog(context)
    restore.open()
    settle()
    assert not restore.button.isDefault(), "Enter in the list throws nothing away"
    restore.reject()


def test_escape_closes_a_dialog(context, settle, qtbot):
    for kind in (SettingsDialog, RestoreDialog):
        dialog = kind(context)
        dialog.open()
        settle()
        qtbot.keyClick(dialog, KEYS.Key_Escape)
        assert dialog.isHidden()


def test_home_and_end_lead_to_the_first_and_the_last_row(filled, qtbot):
    table = filled.inbox.list.table
    qtbot.keyClick(table, KEYS.Key_End)
    assert table.chosen_rows() == [2]
    qtbot.keyClick(table, KEYS.Key_Home)
    assert table.chosen_rows() == [0]
    qtbot.keyClick(table, KEYS.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen_rows() == [0, 1, 2]
    qtbot.keyClick(table, KEYS.Key_Home)
    qtbot.keyClick(table, KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_rows() == [0, 1, 2]


@pytest.mark.qt_log_ignore(r"does not support (raise|grabbing)", extend=True)  # the offscreen plugin's shortcoming
def test_the_rows_menu_has_what_the_screens_buttons_do(filled, settle, qtbot):
    table = filled.inbox.list.table
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table.viewport(), event)
    (menu,) = table.findChildren(QMenu)
    acts = {action.text(): action for action in menu.actions()}
    assert menu.isVisible()
    (read,) = [action for text, action in acts.items() if text.endswith(f"\t{shortcuts.MARK.label}")]
    was_unread = filled.inbox.list.model.row_at(0).entry.unread
    read.trigger()
    settle()
    assert filled.inbox.list.model.row_at(0).entry.unread is not was_unread
    acts[menu.actions()[-1].text()].trigger()
    assert "R000000000003" in QApplication.clipboard().text()
    menu.close()


@pytest.mark.parametrize(("order", "is_up"), [(Qt.SortOrder.AscendingOrder, True), (Qt.SortOrder.DescendingOrder, False)])
def test_the_sort_arrow_points_up_where_the_smallest_stands_first(filled, order, is_up):
    table = filled.inbox.list.table
    table.sortByColumn(NAME, order)
    header = table.horizontalHeader()
    with_arrow = header.grab().toImage()
    header.setSortIndicatorShown(False)
    without = header.grab().toImage()
    header.setSortIndicatorShown(True)
    widths = [sum(with_arrow.pixel(x, y) != without.pixel(x, y) for x in range(with_arrow.width())) for y in range(with_arrow.height())]
    drawn = [width for width in widths if width]
    assert drawn, "an arrow is drawn"
    top = next(y for y, width in enumerate(widths) if width)
    columns = [x for x in range(with_arrow.width()) if with_arrow.pixel(x, top + 1) != without.pixel(x, top + 1)]
    bottom = max(y for y, width in enumerate(widths) if width)
    low = [x for x in range(with_arrow.width()) if with_arrow.pixel(x, bottom - 1) != without.pixel(x, bottom - 1)]
    assert (max(columns) - min(columns) < max(low) - min(low)) is is_up, "an arrow is narrow where it points to"


def test_a_title_says_the_programs_name_once(filled, qapp):
    assert filled.windowTitle().count("Denki Desk") == 1
    assert filled.windowTitle().endswith("Denki Desk"), "where Qt adds a name of its own, it does not add this one"


@pytest.mark.parametrize("tab", [INBOX, APPLY, TARIFFS])
def test_no_key_means_two_things(filled, settle, tab):
    filled.show_tab(tab)
    settle()
    assert twice(filled) == []
    pages = filled.screen_at(TARIFFS).pages
    for page in range(pages.count() if tab == TARIFFS else 0):
        pages.setCurrentIndex(page)
        settle()
        assert twice(filled) == []


def test_the_walk_finds_a_letter_that_is_there_twice(filled, settle):
    filled.show_tab(TARIFFS)
    settle()
    assert "Alt+I" in keys_of(filled)
    button, _ = added_button(filled.screen_at(TARIFFS))
    button.setText("見本(&F)")
    assert twice(filled) == ["Alt+F"]
    button.deleteLater()


def test_an_underlined_letter_reaches_its_control_and_opens_no_menu(filled, settle, qtbot):
    filled.show_tab(TARIFFS)
    settle()
    editor = filled.screen_at(TARIFFS).finder.findChild(QLineEdit)
    editor.setFocus()
    qtbot.keyClick(editor, KEYS.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(filled.screen_at(TARIFFS).finder.place.area_combo.hasFocus)  # the button goes down before it acts
