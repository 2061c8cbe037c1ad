"""The main window: practice band, keys, status bar, closing, texts."""

import threading
import traceback
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from denkidesk.desk.server_state import Condition, ServerState
from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.jobs.job import LaneName
from denkidesk.journal.reports import report_of
from denkidesk.ui.inbox.tab import InboxTab
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.shell.dialogs import AboutDialog, BugDialog, HelpDialog
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS, MainWindow
from denkidesk.ui.shell.practice_band import PracticeBand
from denkidesk.ui.shell.status_bar import sign_of

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=JST)
OUTAGE = NewApplication(
    ApplicationKind.OUTAGE,
    "PS301",
    "PE301",
    "0612345678901234567890",
    visit_on=date(2027, 1, 20),
    supply_point_address="大阪府大阪市見本町0-0-0",
    customer_name="見本 太郎",
)
HOSTILE = '<b>太字</b><img src="file:///etc/passwd"><a href="https://example.com">ここ</a><table><tr><td>'


@pytest.fixture
def open_window(qtbot, settle):
    windows = []

    def build(context):
        window = MainWindow(context)
        qtbot.addWidget(window)
        window.show()
        window.open_screen()
        windows.append(window)
        qtbot.waitUntil(lambda: window.outgoing.auto_sender.plan is not None)
        settle()
        return window

    yield build
    for window in windows:
        window._may_close = True
        window.close()


@pytest.fixture
def window(open_window, context):
    return open_window(context)


@pytest.fixture
def frame(qtbot, context):
    """A window that is painted, and whose desk is not open yet; with what was asked for since."""
    asked = []

    def opened_desk():
        asked.append("desk")
        return context.desk

    window = MainWindow(replace(context, opened_desk=opened_desk))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted, timeout=20_000):
        window.show()
    yield window, asked
    window._may_close = True
    window.close()


def test_the_frame_is_painted_before_the_desk_is_open(frame, qtbot):
    window, asked = frame
    assert asked == []
    assert window.findChild(InboxTab) is None
    assert window.menuBar().isVisible()
    assert window.findChild(PracticeBand).isVisible()
    window.activateWindow()
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_screen()
    assert asked
    assert window.findChild(InboxTab).isVisible()
    assert window.focusWidget() is window.inbox.list.focusWidget()  # the button that fetches the first listing
    assert isinstance(window.focusWidget(), QPushButton)


def test_the_cursor_stands_in_the_list_at_the_start(frame, context, qtbot):
    window, _ = frame
    listed = ListedApplication("R000000000001", "10", date(2026, 11, 20), None, "PS301", "0612345678901234567890", False)
    context.desk.store.inbox.take_listing([listed], lambda _: None)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_screen()
    assert window.inbox.list.model.rowCount() == 1
    assert window.focusWidget() is window.inbox.list.table


def test_keys_before_the_desk_is_open_are_not_lost(frame, settle):
    window, _ = frame
    action_with(window, "Ctrl+4").trigger()
    action_with(window, "Ctrl+Shift+T").trigger()
    window.open_screen()
    settle()
    assert window.tabs.currentIndex() == APPLY
    assert window.screen_at(APPLY).isVisible()


def test_a_frame_without_a_desk_closes_at_once(frame, qtbot):
    window, asked = frame
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    assert asked == []


def action_with(window, key):
    (action,) = [action for action in window.findChildren(QAction) if action.shortcut().toString() == key]
    return action


def test_practice_mode_is_unmistakable(window):
    band = window.findChild(PracticeBand)
    assert band.isVisible()
    words = [label.text() for label in band.findChildren(QLabel)]
    assert "練習モード" in words
    assert any("送配電会社には届きません" in text for text in words)


def test_there_is_no_band_on_the_real_servers(open_window, make_context):
    assert open_window(make_context(practice_mode=False)).findChild(PracticeBand) is None


@pytest.mark.parametrize(
    ("key", "index"), [("Ctrl+1", INBOX), ("Ctrl+2", APPLY), ("Ctrl+3", OUTBOX), ("Ctrl+4", TARIFFS), ("Ctrl+N", APPLY)]
)
def test_each_tab_has_its_key(window, settle, key, index):
    action_with(window, key).trigger()
    settle()
    assert window.tabs.currentIndex() == index


def test_every_standard_key_is_there_once(window):
    keys = [key for action in window.findChildren(QAction) if (key := action.shortcut().toString())]
    assert {"F5", "Ctrl+N", "Ctrl+F", "Ctrl+Shift+T", "Ctrl+,", "Ctrl+Q", "F1", "Ctrl+P", "Ctrl+Shift+P"} <= set(keys)
    assert {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_every_menu_and_command_has_a_mnemonic(window):
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["ファイル(&F)", "申込(&A)", "表示(&V)", "ヘルプ(&H)"]
    for menu_action in window.menuBar().actions():
        letters = [a.text().split("&")[1][0].upper() for a in menu_action.menu().actions() if not a.isSeparator()]
        assert len(letters) == len(set(letters)), menu_action.text()


def test_an_outage_is_begun_from_anywhere_by_one_key(window, settle):
    window.show_tab(TARIFFS)
    settle()
    action_with(window, "Ctrl+Shift+T").trigger()
    settle()
    assert window.tabs.currentIndex() == APPLY


def test_the_key_of_the_tab_in_front_brings_the_cursor_into_its_screen(window, settle):
    window.tabs.tabBar().setFocus()
    action_with(window, "Ctrl+1").trigger()
    settle()
    assert window.tabs.currentWidget().isAncestorOf(window.focusWidget())
    window.focusNextChild()
    within = window.focusWidget()
    assert window.tabs.currentWidget().isAncestorOf(within)
    action_with(window, "Ctrl+1").trigger()
    settle()
    assert window.focusWidget() is within


def test_whatever_can_be_reached_by_tab_has_a_name(window, settle):
    for index in (INBOX, APPLY, OUTBOX, TARIFFS):
        window.show_tab(index)
        settle()
        for widget in window.findChildren(QWidget):
            focusable = widget.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)
            if focusable and widget.isVisible() and isinstance(widget, QPushButton):
                assert widget.text() or widget.accessibleName(), widget


def test_the_unread_count_stands_in_tab_and_title(window, settle):
    window.refresh()
    settle()
    assert window.tabs.tabBar().accessibleTabName(INBOX) == "受付トレイ 12件"
    assert window.windowTitle().startswith("(12) ")
    assert window.status.kansai.state.startswith("接続済")
    assert window.status._synced.text().startswith("最終更新 今日")


def test_the_gate_is_shown_while_something_waits_and_only_then(window, practice, qtbot, settle):
    release = threading.Event()
    window._context.jobs.run(LaneName.KANSAI, release.wait, 10)
    assert window.status._timer.isActive()
    assert window.status._going.text() == "通信中"
    window.inbox.refresh()
    window.status._on_tick()
    assert window.status._going.text().startswith("送信の順番待ち 1 件")
    release.set()
    settle()
    assert window.status._going.text() == ""
    assert not window.status._timer.isActive()


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (ServerState(Condition.NEVER_ASKED), "未接続"),
        (ServerState(Condition.FINE, NOON), "接続済 12:05"),
        (ServerState(Condition.TROUBLED, NOON), "応答が異常です"),
        (ServerState(Condition.AWAY, NOON), "つながりません"),
        (ServerState(Condition.CLOSED, NOON, until=datetime(2026, 11, 22, 3, 0, tzinfo=JST)), "停止中 11月22日(日) 3:00 再開"),
        (ServerState(Condition.CLOSED, NOON), "停止中"),
        (ServerState(Condition.LOGIN_REFUSED, NOON), "ログイン不可"),
        (ServerState(Condition.NOT_SET_UP, NOON), "未設定"),
    ],
)
def test_the_servers_state_is_said_in_words(state, word):
    assert sign_of(state, NOON)[2] == word


def test_every_condition_has_its_words():
    assert len({sign_of(ServerState(condition, NOON), NOON)[2] for condition in Condition}) == len(Condition)


def test_it_closes_at_once_when_nothing_is_sent(window, qtbot):
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()


def test_it_waits_for_an_application_that_is_being_sent_and_says_so(window, context, practice, qtbot):
    practice.utility.inject("late", 1, "new_outage", 1.5)
    queued = context.desk.outbox.queue(OUTAGE)
    window.outgoing.look()
    qtbot.waitUntil(lambda: context.desk.outbox.item(queued.item_id).state is OutboxState.SENDING, timeout=10_000)
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
        qtbot.waitUntil(lambda: any("結果が届くのを待って" in m.text for m in window._strips.messages))
        assert window.isVisible()
    assert context.desk.outbox.item(queued.item_id).state is OutboxState.ACCEPTED


def test_the_clerk_may_leave_without_waiting(window, context, practice, qtbot):
    practice.utility.inject("late", 1, "new_outage", 3)
    queued = context.desk.outbox.queue(OUTAGE)
    window.outgoing.look()
    qtbot.waitUntil(lambda: context.desk.outbox.item(queued.item_id).state is OutboxState.SENDING, timeout=10_000)
    with qtbot.waitSignal(window.closed):
        window.close()
        qtbot.waitUntil(lambda: any(message.key == "shell.closing" for message in window._strips.messages))
        next(message for message in window._strips.messages if message.key == "shell.closing").action()
    assert context.desk.outbox.item(queued.item_id).state is not OutboxState.QUEUED


def test_the_window_comes_back_as_it_was_left(open_window, context, qtbot):
    first = open_window(context)
    first.resize(711, 577)
    first.inbox.list.table.setColumnWidth(1, 177)
    with qtbot.waitSignal(first.closed):
        first.close()
    second = open_window(context)
    assert (second.width(), second.height()) == (711, 577)
    assert second.inbox.list.table.columnWidth(1) == 177


def test_the_event_loop_turns_while_jobs_run(window, context, qtbot, settle):
    release = threading.Event()
    ticks = []
    timer = QTimer(window)
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    for lane in LaneName:
        context.jobs.run(lane, release.wait, 20)
    window.inbox.reload()
    qtbot.waitUntil(lambda: len(ticks) >= 20)
    assert not context.jobs.is_idle
    release.set()
    settle()
    timer.stop()


def test_messages_of_the_outside_are_never_markup(window, context, practice, settle):
    window.refresh()
    settle()
    practice.utility.advance("P0000000001", message=HOSTILE)
    window.inbox.list.want("P0000000001")
    window.inbox.fetch_status()
    settle()
    context.notices.failure(ServerRefused("kansai", "declined", HOSTILE))
    context.notices.say(Message("warn", HOSTILE, detail=HOSTILE))
    window.inbox.bar.search.setText(HOSTILE)
    for index in (INBOX, APPLY, OUTBOX, TARIFFS):
        window.show_tab(index)
        settle()
    window.open_help()
    window.open_about()
    context.notices.failure(ValueError(HOSTILE))
    labels = window.findChildren(QLabel)
    assert len([label for label in labels if HOSTILE in label.text()]) >= 3
    assert [label.text() for label in labels if label.text() and label.textFormat() != Qt.TextFormat.PlainText] == []
    assert [box for box in window.findChildren(QMessageBox) if box.textFormat() != Qt.TextFormat.PlainText] == []
    assert window.findChildren(QTextEdit) == []
    assert all(not label.openExternalLinks() for label in labels)
    for dialog in (*window.findChildren(HelpDialog), *window.findChildren(AboutDialog), *window.findChildren(BugDialog)):
        dialog.close()


def test_equal_messages_never_pile_up(window, context):
    for _ in range(5):
        context.notices.failure(Unreachable("kansai", "connect"))
    for number in range(5):
        context.notices.say(Message("warn", f"知らせ {number}"))
    texts = [message.text for message in window._strips.messages]
    assert len(texts) == len(set(texts)) == 3


def test_a_bug_is_reported_once_without_any_value(window, context):
    def fail(secret):
        raise ValueError(f"見本 太郎 {secret}")

    caught = None
    try:
        fail("CANARY-1234")
    except ValueError as error:
        caught = error
        context.notices.failure(error)
        context.notices.failure(error)
    (dialog,) = window.findChildren(BugDialog)
    report = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "ValueError" in report
    assert "test_shell_window.py" in report
    assert "CANARY" not in report
    assert "見本" not in report
    assert "CANARY" in "".join(traceback.format_exception(caught))
    dialog.close()


def test_the_report_follows_causes_without_end():
    error = ValueError("a")
    error.__cause__ = error
    assert report_of(error).count("builtins.ValueError") == 1


def test_a_screen_that_is_built_ahead_moves_to_no_other_parent_and_is_first_seen_in_its_place(main_window, settle, qtbot):
    main_window.resize(1280, 800)
    tab = main_window.build_applications()
    page = tab.parentWidget()
    assert page is main_window._apply, "a screen with its form is styled anew when it gets another parent"
    seen, moved = [], []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show:
                seen.append(watched.size())
            if event.type() == QEvent.Type.ParentChange:
                moved.append(watched.parent())
            return False

    watch = Watch()
    tab.installEventFilter(watch)
    main_window.tabs.setCurrentIndex(APPLY)
    settle()
    assert tab.isVisible()
    assert seen == [page.size()]
    assert moved == []
