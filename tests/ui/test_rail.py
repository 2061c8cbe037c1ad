"""Messages have one place in a window, below its tabs: nothing moves when they come, change, queue or go."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget

from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.main_window import APPLY, INBOX, TARIFFS

LONG = "長い知らせです。" * 40
HOSTILE = '<b>x</b><img src="file:///etc/passwd">'


@pytest.fixture
def rail(main_window):
    return main_window.rail


def places(window):
    """Where everything stands that can be pressed or typed into, but for the rail itself."""
    return {
        widget: widget.mapTo(window, QPoint())
        for kind in (QAbstractButton, QLineEdit)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.window() is window and not window.rail.isAncestorOf(widget)
    }


def turn():
    for _ in range(3):
        QApplication.processEvents()


def button(rail, text):
    return next(b for b in rail.findChildren(QPushButton) if b.isVisible() and b.text() == text)


@pytest.mark.parametrize("tab", [INBOX, APPLY, TARIFFS])
@pytest.mark.parametrize("size", [(800, 480), (1280, 800)])
def test_no_message_of_any_screen_moves_anything(main_window, settle, qtbot, tab, size):
    main_window.resize(*size)
    main_window.show_tab(tab)
    settle()
    if tab == TARIFFS:
        qtbot.waitUntil(lambda: main_window.tariffs.is_settled, timeout=30_000)
    turn()
    before = places(main_window)
    assert before
    for strips in main_window.findChildren(Strips):
        if not strips.screen.isVisible():
            continue
        for number, tone in enumerate(("info", "ok", "warn", "error")):
            strips.say(Message(tone, LONG, "もう一度", lambda: None, detail=LONG, key=str(number)))
            turn()
            assert main_window.rail.shown.tone == tone
            assert places(main_window) == before
        strips.clear()
        turn()
        assert places(main_window) == before


def test_the_finder_keeps_its_place_while_the_pages_beside_it_are_built(main_window, qtbot):
    main_window.resize(800, 480)
    main_window.show_tab(TARIFFS)
    tab, widths = main_window.tariffs, set()

    def is_whole():
        widths.add(tab.finder.width())
        return tab.pages.count() == tab.pages.bar.count() == 8 and tab.pages.isVisible()

    qtbot.waitUntil(is_whole, timeout=30_000)
    turn()
    widths.add(tab.finder.width())
    assert len(widths) == 1, "what is aimed at does not move"


def test_no_message_of_the_settings_moves_anything(context, settle):
    dialog = SettingsDialog(context)
    dialog.open()
    settle()
    turn()
    before = places(dialog)
    dialog._strips.say(Message("error", LONG, "もう一度", lambda: None, detail=LONG))
    turn()
    assert dialog.rail.shown is not None
    assert places(dialog) == before
    dialog.reject()


def test_the_newest_is_shown_and_the_others_are_counted(main_window, rail):
    strips = main_window._strips
    strips.say(Message("warn", "一つ目", key="a"))
    strips.say(Message("error", "二つ目", "開く", lambda: None, key="b"))
    assert rail.shown.text == "二つ目"
    assert button(rail, "ほか 1件")
    strips.clear("b")
    assert rail.shown.text == "一つ目"
    strips.clear()
    assert rail.shown is None


def test_a_screen_that_is_not_seen_says_nothing_until_it_is(main_window, rail, settle):
    main_window.inbox._strips.say(Message("warn", "受付トレイの知らせ"))
    main_window.show_tab(APPLY)
    settle()
    assert rail.shown is None
    main_window.show_tab(INBOX)
    settle()
    assert rail.shown.text == "受付トレイの知らせ"


def test_the_button_of_a_message_acts_and_its_cross_takes_it_away(main_window, rail, qtbot):
    acted = []
    main_window._strips.say(Message("error", "届きません", "もう一度", lambda: acted.append(1)))
    act = button(rail, "もう一度")
    act.setFocus()
    qtbot.keyClick(act, Qt.Key.Key_Return)
    assert acted == [1]
    next(b for b in rail.findChildren(QPushButton) if b.accessibleName() == "この知らせを閉じる").click()
    assert main_window._strips.messages == ()


def test_no_button_changes_under_the_pointer(main_window, rail):
    main_window._strips.say(Message("warn", "一つ目", "一つ目をする", lambda: None))
    turn()
    first = button(rail, "一つ目をする")
    place = first.mapTo(main_window, QPoint())
    point = QPoint(5, 5)
    QApplication.sendEvent(rail, QEnterEvent(point, point, point))
    rail.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    main_window._strips.say(Message("error", "二つ目", "二つ目をする", lambda: None))
    turn()
    assert first.text() == "一つ目をする"
    assert first.mapTo(main_window, QPoint()) == place
    rail.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(rail, QEvent(QEvent.Type.Leave))
    assert button(rail, "二つ目をする")


def test_the_sheet_has_everything_in_full_by_keyboard(main_window, rail, qtbot, settle):
    main_window.activateWindow()
    acted = []
    main_window._strips.say(Message("warn", LONG, detail=HOSTILE))
    main_window._strips.say(Message("error", "二つ目", "する", lambda: acted.append(1)))
    settle()
    before = main_window.focusWidget()
    qtbot.keyClick(main_window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    turn()
    sheet = rail.sheet
    assert sheet.isVisible()
    assert main_window.rect().contains(sheet.geometry())
    words = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert LONG in words
    assert HOSTILE in words
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in sheet.findChildren(QLabel) if label.text())
    for _ in range(10):
        if isinstance(main_window.focusWidget(), QPushButton) and main_window.focusWidget().text() == "する":
            break
        qtbot.keyClick(main_window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(main_window.focusWidget(), Qt.Key.Key_Return)
    assert acted == [1]
    qtbot.keyClick(main_window.focusWidget(), Qt.Key.Key_Escape)
    assert rail.sheet is None
    assert main_window.focusWidget() is before


def test_a_message_that_is_cut_offers_the_rest_and_one_that_fits_does_not(main_window, rail):
    main_window._strips.say(Message("warn", "短い", key="a"))
    turn()
    assert not any(b.isVisible() for b in rail.findChildren(QPushButton) if b.text() == "全文")
    main_window._strips.say(Message("warn", LONG, key="a"))
    turn()
    button(rail, "全文").click()
    assert rail.sheet.isVisible()
    main_window._strips.clear()
    assert rail.sheet is None


def test_a_message_follows_the_scheme(main_window, rail, theme):
    main_window._strips.say(Message("error", "できません"))
    turn()
    light = rail.grab().toImage()
    theme.set_scheme("dark")
    turn()
    assert rail.grab().toImage() != light


def test_a_rail_without_messages_has_made_nothing(main_window, rail):
    assert rail.findChildren(QWidget) == [], "the start builds no line"


def test_what_stands_is_not_said_again_while_it_stands(main_window, settle):
    settle()
    strips = main_window._strips
    strips.clear()
    standing, other = Message("warn", "見本：立っています", key="standing"), Message("info", "ほかの知らせ", key="other")
    strips.stand(standing)
    strips.say(other)
    strips.stand(standing)
    assert main_window.rail.shown is other, "nothing has changed, so nothing moves"
    strips.stand(Message("warn", "見本：変わりました", key="standing"))
    assert main_window.rail.shown.text == "見本：変わりました"
    strips.close(main_window.rail.shown)
    strips.stand(standing)
    assert standing in strips.messages, "closed by the clerk, it comes back for as long as it holds"


def test_what_holds_is_seen_below_whatever_is_said_later(main_window, rail):
    asked, opened = [], []
    strips = main_window._strips
    strips.stand(Message("warn", "見本の結果不明", "確かめる", lambda: asked.append(1), key="held", holds=True))
    assert not [b for b in rail.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == "この知らせを閉じる"]
    strips.say(Message("ok", "更新しました", detail="見本"))
    assert rail.shown.text == "更新しました"
    assert "見本の結果不明" in [label.text() for label in rail.findChildren(QLabel) if label.isVisible()]
    button(rail, "確かめる").click()
    for number in range(5):
        strips.say(Message("error", f"誤り {number}", "開く", lambda: opened.append(1)))
    assert "見本の結果不明　確かめる" in [label.text() for label in rail.findChildren(QLabel) if label.isVisible()]
    button(rail, "開く").click()
    assert (asked, opened) == ([1], [1]), "each button does what the words before it say"
    strips.clear("held")
    assert "見本の結果不明　確かめる" not in [label.text() for label in rail.findChildren(QLabel)]
