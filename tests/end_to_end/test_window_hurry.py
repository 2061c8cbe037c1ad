"""The hurried clerk in the real window: keys pressed twice, screens changed while they load, leaving early; nothing is doubled or lost."""

import threading

import pytest
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import OutboxState
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS
from fakes.clerk import CUSTOMER, FILING, LISTING, POINT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_ctrl_enter_pressed_twice_sends_once(clerk, practice):
    practice.utility.inject("late", operation=FILING, seconds=0.3)
    clerk.fill_outage()
    for _ in range(4):
        clerk.press("Ctrl+Return")
    clerk.until(lambda: "受け付けられました" in clerk.outcome())
    clerk.settle()
    assert len(clerk.items()) == 1
    assert len(practice.utility.filed()) == 1
    assert clerk.messages() == []


def test_f5_hammered_asks_once_at_a_time(clerk, practice):
    practice.utility.inject("late", operation=LISTING, seconds=0.4)
    clerk.press("Ctrl+1")
    for _ in range(20):
        clerk.press("F5")
    clerk.settle()
    statuses = clerk.context.desk.inbox.status_queue(100).receipt_numbers
    assert len(practice.utility.request_starts()) == 1 + len(statuses)
    assert clerk.messages() == []
    assert clerk.inbox.list.model.rowCount() > 0


def test_tabs_are_changed_while_everything_loads(clerk, practice):
    practice.utility.inject("late", operation=LISTING, seconds=0.4)
    practice.quoting.faults.inject("late", None, seconds=0.1)
    hold = threading.Event()
    waits = [clerk.context.jobs.run(lane, hold.wait, 300) for lane in ("kansai", "quoting")]
    try:
        clerk.press("F5")
        for _ in range(6):
            for keys in ("Ctrl+4", "Ctrl+3", "Ctrl+2", "Ctrl+Shift+T", "Ctrl+1"):
                clerk.press(keys)
        for keys, screen in (("Ctrl+4", TARIFFS), ("Ctrl+3", OUTBOX), ("Ctrl+2", APPLY), ("Ctrl+1", INBOX)):
            clerk.press(keys)
            clerk.until(clerk.window.screen_at(screen).isVisible)
        assert not any(wait.is_finished for wait in waits), "the window answered while neither server did"
    finally:
        hold.set()
    clerk.press("Ctrl+4")
    clerk.settle()
    assert clerk.tariffs.finder.plan_list.count() > 0
    assert clerk.messages() == []
    clerk.press("Ctrl+1")
    clerk.settle()
    assert clerk.inbox.list.model.rowCount() > 0


def test_escape_loses_nothing_anywhere(clerk):
    clerk.open_outage()
    clerk.type("supply_point_number", POINT)
    clerk.type("customer_name", CUSTOMER)
    for keys in ("Ctrl+1", "Ctrl+3", "Ctrl+4", "Ctrl+2"):
        clerk.press("Esc")
        clerk.press(keys)
        clerk.settle()
        clerk.press("Esc")
    assert clerk.window.isVisible()
    assert clerk.field("customer_name").value() == CUSTOMER
    for keys in ("F1", "Ctrl+,"):
        clerk.press(keys)
        clerk.until(lambda: QApplication.activeModalWidget() is not None)
        clerk.press("Esc")
        clerk.back_in_the_window()
    assert clerk.window.isVisible()
    assert clerk.field("supply_point_number").value() == POINT


def test_escape_while_sending_does_not_stop_it(clerk, practice):
    practice.utility.inject("late", operation=FILING, seconds=0.5)
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "送配電会社の応答を待っています" in clerk.outcome())
    for _ in range(3):
        clerk.press("Esc")
    clerk.settle()
    assert [item.state for item in clerk.items()] == [OutboxState.ACCEPTED]


def test_walking_off_while_sending_is_told_once_as_a_notice(clerk, practice):
    practice.utility.inject("cut-after-accept", operation=FILING)
    hold = threading.Event()
    clerk.fill_outage()
    clerk.context.jobs.run("kansai", hold.wait, 10)
    clerk.press("Ctrl+Return")
    clerk.press("Ctrl+1")
    hold.set()
    clerk.settle()
    clerk.picture()
    (message,) = [message for message in clerk.messages() if message.key != "outbox.unknown"]  # the line that stands until it is settled
    assert message in clerk.window._strips.messages
    assert "停電の申込" in message.text
    assert "結果不明" in message.text
    assert "応答の前に接続が切れました" in message.detail
    assert "自動では再送しません" in message.detail
    message.action()
    clerk.settle()
    clerk.picture("outbox")
    assert clerk.outbox.isVisible(), "the button leads to where it is listed"
    clerk.until(lambda: clerk.outbox.model.index(1, 0).data() == "結果不明")
    assert [item.state for item in clerk.items()] == [OutboxState.UNKNOWN]


def test_closing_while_sending_waits_says_so_and_keeps_the_answer(come_to_work, practice, qtbot):
    clerk = come_to_work(answer_timeout_s=20)
    practice.utility.inject("late", operation=FILING, seconds=1.5)
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: [item.state for item in clerk.items()] == [OutboxState.SENDING])
    with qtbot.waitSignal(clerk.window.closed, timeout=20_000):
        clerk.press("Ctrl+Q")
        clerk.press("Ctrl+Q")
        clerk.until(clerk.messages)
        clerk.picture()
        (message,) = clerk.messages()
        assert "結果が届くのを待って閉じます" in message.text
        assert clerk.window.isVisible()
    again = come_to_work()
    assert [item.state for item in again.items()] == [OutboxState.ACCEPTED]
    assert len(practice.utility.filed()) == 1
