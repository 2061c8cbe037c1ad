"""Nothing queued is forgotten: the real window, and the utility in another process that goes and comes back. No key is pressed meanwhile.

How many seconds each may take at most is held on a clock of its own in ``tests/unit/desk/test_sending.py``.
"""

import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtWidgets import QMessageBox

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.store.backups import restore
from denkidesk.texts.apply import SEND
from denkidesk.ui.shell.main_window import INBOX, OUTBOX
from fakes import killed_clerk
from fakes.desk_home import environment, run_program, write_settings
from fakes.filing import application

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

POINT = "0600000000000000000917"
LONG_MS = 120_000


def states(clerk):
    return [item.state for item in clerk.items()]


def standing(clerk):
    return next((message.text for message in clerk.messages() if message.key == "outbox.waiting"), "")


def test_the_line_is_back_and_everything_goes_outage_first(open_window, utility, qtbot):
    clerk = open_window(countdown_s=10.0)
    utility.kill()
    clerk.context.desk.outbox.queue(application(ApplicationKind.MENU_CHANGE, 918))
    clerk.fill_outage(POINT)
    clerk.press("Ctrl+Return")
    clerk.until(clerk.apply.form.review.foot.countdown.isVisible)
    clerk.picture("counting")
    clerk.until(lambda: "つながりません" in clerk.outcome())
    clerk.press("Ctrl+1")
    clerk.until(lambda: standing(clerk) == "未送信 2 件（停電 1 件）　送配電会社につながりません。つながり次第、自動で送ります。")
    clerk.picture("away")
    utility.start()
    utility.ask("forget")
    qtbot.waitUntil(lambda: utility.ask("report")["requests"] > 0, timeout=LONG_MS)
    found = utility.ask("report")["first_start"]
    qtbot.waitUntil(lambda: states(clerk).count(OutboxState.ACCEPTED) == 2, timeout=LONG_MS)
    clerk.picture("sent")
    by_kind = {item.application.kind: clerk.context.desk.outbox.attempts(item.item_id) for item in clerk.items()}
    outage, menu = by_kind[ApplicationKind.OUTAGE][-1], by_kind[ApplicationKind.MENU_CHANGE][-1]
    assert outage.at < menu.at
    assert (found - utility.up_at, time.monotonic() - found) < (60.0, 60.0), "of fifteen each, on a machine that does other work too"
    report = utility.ask("report")
    assert (report["filed"], report["repeated_request_ids"]) == (2, 0)
    clerk.until(lambda: standing(clerk) == "")
    clerk.until(lambda: clerk.window.tabs.tabBar().accessibleTabName(OUTBOX) == "送信トレイ")


def test_a_pause_holds_over_closing_and_the_next_start_says_it(open_window, utility, qtbot):
    clerk = open_window()
    clerk.press("Ctrl+Shift+P")
    clerk.settle()
    clerk.fill_outage(POINT)
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "一時停止中" in clerk.outcome())
    clerk.press("Ctrl+Q")
    clerk.until(lambda: clerk.window.findChild(QMessageBox) is not None)
    box = clerk.window.findChild(QMessageBox)
    assert box.text() == "停電の申込 1 件が未送信です。"
    clerk.picture("closing")
    with qtbot.waitSignal(clerk.window.closed):
        clerk.press("Alt+C")
    again = open_window()
    again.until(lambda: standing(again) == "未送信 1 件（停電 1 件）　送信を一時停止しています。")
    assert again.window.tabs.currentIndex() != OUTBOX
    again.picture("next-start")
    assert utility.ask("report")["filed"] == 0
    again.press("Ctrl+Shift+P")
    again.until(lambda: states(again) == [OutboxState.ACCEPTED])
    assert utility.ask("report")["filed"] == 1


def test_a_process_that_is_killed_leaves_what_waits_to_the_next_one(open_window, utility, tmp_path, qtbot):
    utility.kill()
    words = [sys.executable, killed_clerk.__file__, str(tmp_path / "home"), utility.kansai_base_url, utility.enegaeru_base_url]
    ended = subprocess.run(words, env=environment(), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    utility.start()
    clerk = open_window()
    qtbot.waitUntil(lambda: states(clerk) == [OutboxState.ACCEPTED] * 2, timeout=LONG_MS)
    clerk.until(lambda: standing(clerk) == "")
    report = utility.ask("report")
    assert (report["filed"], report["repeated_request_ids"]) == (2, 0)


def test_after_a_backup_is_restored_what_waited_is_asked_about_and_never_sent_by_itself(open_window, utility, tmp_path, qtbot):
    clerk = open_window()
    clerk.press("Ctrl+Shift+P")
    clerk.settle()
    clerk.fill_outage(POINT)
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "一時停止中" in clerk.outcome())
    store = clerk.context.desk.store
    store.back_up(tmp_path / "copy.db")
    clerk.leave()
    clerk.settle_jobs()
    clerk.context.desk.close()
    restore(store.path, tmp_path / "copy.db")
    again = open_window()
    again.until(lambda: any(message.key == "outbox.unknown" and "結果不明の申込が 1 件" in message.text for message in again.messages()))
    again.press("Ctrl+Shift+P")
    again.settle()
    again.context.desk.outbox.queue(application(ApplicationKind.MENU_CHANGE, 918))  # the rest goes on
    again.window.outgoing.look()
    qtbot.waitUntil(lambda: states(again) == [OutboxState.UNKNOWN, OutboxState.ACCEPTED], timeout=LONG_MS)
    assert utility.ask("report")["filed"] == 1


def test_a_mashed_enter_stops_instead_of_sending_twice(open_window, utility):
    clerk = open_window(countdown_s=30.0)
    clerk.fill_outage(POINT)
    clerk.tab_to(SEND)
    for _ in range(2):
        clerk.press("Return")
        clerk.settle_jobs()
    clerk.until(clerk.apply.form.isVisible)
    assert states(clerk) == [OutboxState.CANCELLED]
    clerk.until(lambda: clerk.draft().get("supply_point_number") == POINT)  # what was typed is a draft again
    assert clerk.field("note").value(), "and stands in the form"
    clerk.until(lambda: clerk.apply.form.review.may_send)
    assert utility.ask("report")["filed"] == 0


def test_what_the_command_line_left_behind_goes_from_the_open_window(open_window, utility, tmp_path):
    clerk = open_window()
    write_settings(tmp_path / "home", None, base_url=utility.kansai_base_url)
    utility.kill()
    clerk.context.desk.outbox.queue(application(ApplicationKind.MENU_CHANGE, 918))
    assert run_program(tmp_path / "home", "outbox", "run").code == 4
    clerk.window.show_tab(INBOX)
    utility.start()
    clerk._wait(lambda: states(clerk) == [OutboxState.ACCEPTED], timeout=LONG_MS)
    assert run_program(tmp_path / "home", "outbox", "run").json == []
    assert utility.ask("report")["filed"] == 1
