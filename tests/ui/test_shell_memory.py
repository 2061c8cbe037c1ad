"""What the window remembers: place, size, tab, colours; and the choice of a backup."""

import pytest
from PySide6.QtWidgets import QDialog

from denkidesk.domain.applications import ApplicationKind
from denkidesk.settings import load_settings
from denkidesk.texts.shell import SYNCED_NEVER
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.shell.main_window import INBOX, TARIFFS, MainWindow
from denkidesk.ui.shell.place import MINIMUM_SIZE, restore_place, tab_of
from denkidesk.ui.shell.restore_dialog import RestoreDialog


@pytest.fixture
def open_window(qtbot, settle):
    windows = []

    def build(context):
        window = MainWindow(context)
        qtbot.addWidget(window)
        window.show()
        window.open_screen()
        windows.append(window)
        settle()
        return window

    yield build
    for window in windows:
        window._close_now()


def test_a_start_on_another_tab_knows_what_is_unread_and_how_old_the_list_is(open_window, make_context, qtbot):
    context = make_context()
    context.desk.inbox.refresh()
    context.ui_state.put("shell.tab", [TARIFFS])
    window = open_window(context)
    assert window.tabs.currentIndex() == TARIFFS
    qtbot.waitUntil(lambda: "件" in window.tabs.tabBar().accessibleTabName(INBOX), timeout=20_000)
    assert window.status._synced.text() not in ("", SYNCED_NEVER)


def test_an_inbox_that_was_never_seen_keeps_the_arrangement_of_before(open_window, make_context, settle):
    context = make_context()
    context.ui_state.put("inbox.split", [798, 558])
    context.ui_state.put("shell.tab", [TARIFFS])
    window = open_window(context)
    window.screen_at(INBOX)
    settle()
    window._close_now()
    assert context.ui_state.numbers("inbox.split") == [798, 558]


def test_tab_and_place_come_back(open_window, make_context, settle):
    context = make_context()
    window = open_window(context)
    window.show_tab(TARIFFS)
    window.resize(1111, 666)
    settle()
    window._close_now()
    again = MainWindow(context)
    again_state = UiState(context.places.data_dir / "window.json")
    assert again.tabs.currentIndex() == TARIFFS
    assert again_state.numbers("shell.window")[2:4] == [1111, 666]
    settle()
    again._close_now()


@pytest.mark.parametrize("stored", [[7], [-1], [1, 2], [], "x"])
def test_a_tab_that_is_none_is_the_inbox(tmp_path, stored):
    state = UiState(tmp_path / "window.json")
    state.put("shell.tab", stored)
    assert tab_of(state, 3) == INBOX


@pytest.mark.parametrize("place", [[50_000, 50_000, 1000, 700, 0], [-9000, 10, 1000, 700, 1], [0, 0, 99_999, 99_999, 0], [1], []])
def test_a_window_whose_screen_is_gone_stands_on_one_that_is_there(open_window, context, settle, place):
    window = open_window(context)
    state = UiState(context.places.data_dir / "other.json")
    state.put("shell.window", place)
    restore_place(window, state)
    settle()
    screens = [screen.availableGeometry() for screen in window.screen().virtualSiblings()]
    assert any(screen.intersects(window.geometry()) for screen in screens)
    assert window.width() >= MINIMUM_SIZE.width()
    assert window.width() <= max(*(screen.width() for screen in screens), 1440)


def test_the_choice_of_colours_is_kept_in_the_settings(open_window, context, settle):
    window = open_window(context)
    next(action for action in window._schemes.actions() if action.data() == "dark").trigger()
    settle()
    assert load_settings(context.places.settings_file).desk.color_scheme == "dark"
    context.theme.set_scheme("light")


def test_a_backup_is_chosen_from_the_list_and_asked_for_once(open_window, make_context, settle, monkeypatch):
    context = make_context()
    requested = []
    object.__setattr__(context, "request_restore", requested.append)
    made = context.desk.backups.daily()
    window = open_window(context)
    window.open_restore()
    settle()
    (dialog,) = window.findChildren(RestoreDialog)
    assert dialog.list.count() == 1
    assert "今日" in dialog.list.item(0).text()
    assert dialog.button.isEnabled()
    dialog.button.click()
    assert requested == [made]
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_without_a_backup_nothing_can_be_chosen(open_window, context, settle):
    window = open_window(context)
    window.open_restore()
    settle()
    (dialog,) = window.findChildren(RestoreDialog)
    assert not dialog.button.isEnabled()
    assert dialog._empty.isVisible()
    dialog.reject()


def test_what_going_back_costs_is_said_before_it_can_be_chosen(open_window, make_context, settle):
    context = make_context()
    context.desk.backups.daily()
    context.desk.outbox.save_draft("1", ApplicationKind.OUTAGE, {"customer_name": "見本 太郎"})
    window = open_window(context)
    window.open_restore()
    (dialog,) = window.findChildren(RestoreDialog)
    assert (dialog._lost.text(), dialog.button.isEnabled()) == ("", False)
    settle()
    assert dialog._lost.text() == "戻すと失われるもの：下書き 1件。"
    assert dialog.button.isEnabled()
    dialog.reject()
