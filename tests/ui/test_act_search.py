"""Ctrl+K finds every act of the window by name or reading; Enter does it where the cursor was, and what cannot be done says why."""

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from denkidesk.texts import acts as texts
from denkidesk.texts.shortcuts import FIND_ACT, SHEET, without_mnemonic
from denkidesk.ui.shell.act_search import ActSearch
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS
from fakes.clerk import Clerk, Office
from fakes.reach import complaints


@pytest.fixture
def clerk(main_window, context, qtbot, settle):
    main_window.resize(1280, 800)
    main_window.activateWindow()
    main_window.show_tab(INBOX)
    settle()
    return Clerk(Office(context, main_window), qtbot.waitUntil, "acts")


def search(clerk, words=""):
    clerk.press(FIND_ACT.key)
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), ActSearch))
    box = QApplication.activeModalWidget()
    QTest.keyClicks(box.editor, words) if words.isascii() else box.editor.insert(words)
    return box


def names(box):
    return [box.list.topLevelItem(row).text(0) for row in range(box.list.topLevelItemCount())]


@pytest.mark.parametrize("tab", [INBOX, APPLY, OUTBOX, TARIFFS])
def test_every_button_menu_and_key_is_found(clerk, tab):
    clerk.window.show_tab(tab)
    clerk.settle()
    box = search(clerk)
    found = set(names(box))
    menus = [action for bar in clerk.window.menuBar().actions() for action in bar.menu().actions() if not action.isSeparator()]
    assert {without_mnemonic(action.text()).rstrip("…") for action in menus if action.menu() is None} <= found
    screen = clerk.window.screen_at(tab)
    buttons = [without_mnemonic(one.text()) for one in screen.findChildren(QPushButton) if one.isVisible() and one.text()]
    assert {" ".join(text.rstrip("…▾ ").split()) for text in buttons} <= found
    assert {one.property("does") for one in screen.findChildren(QShortcut) if one.property("does") and one.parent().isVisible()} <= found
    assert {shortcut.does for heading, group in SHEET[1:] for shortcut in group} <= found
    assert complaints(box) == []
    box.reject()


@pytest.mark.parametrize("words", ["ていでん もうしこみ", "停電の申込", "ﾃｲﾃﾞﾝ"])
def test_an_act_is_found_by_its_reading_and_enter_does_it(clerk, words):
    box = search(clerk, words)
    clerk.until(lambda: names(box)[:1] == ["停電の申込"])
    clerk.press("Return")
    clerk.until(lambda: clerk.window.applications.form is not None)
    assert clerk.window.tabs.currentIndex() == APPLY


def test_the_arrows_choose_and_escape_leaves_everything_as_it_was(clerk):
    clerk.window.inbox.bar.search.setFocus()
    before = clerk.window.focusWidget()
    box = search(clerk, "")
    clerk.press("Down")
    clerk.press("Down")
    assert box.list.currentIndex().row() == 2
    assert box.focusWidget() is box.editor
    clerk.press("Esc")
    clerk.back_in_the_window()
    assert clerk.window.focusWidget() is before


def test_what_cannot_be_done_says_why_and_stays(clerk):
    box = search(clerk, "元に戻す")
    assert box.why.text() == texts.CANNOT
    clerk.press("Return")
    assert QApplication.activeModalWidget() is box
    box.editor.setText("そんな操作はない")
    assert box.why.text() == texts.NONE
    clerk.press("Return")
    assert QApplication.activeModalWidget() is box
    box.reject()


def test_an_act_of_another_screen_leads_there(clerk):
    box = search(clerk, "用紙に戻して直す")
    assert "送信トレイ" in box.list.topLevelItem(0).text(1)
    clerk.press("Return")
    clerk.until(lambda: clerk.window.tabs.currentIndex() == OUTBOX)
