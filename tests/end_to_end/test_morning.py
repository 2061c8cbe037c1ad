"""The clerk's morning by keys alone: the real window, and the utility in another process. Every key but typed text is counted."""

import pytest
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import OutboxState
from fakes.clerk import CUSTOMER, POINT, TIMEOUT_MS
from fakes.hand import Hand

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
SECOND_POINT = POINT[:-1] + "8"


def on_review(clerk, point):
    clerk.fill_outage(point)
    clerk.press("Ctrl+Return")


def test_from_the_first_key_to_the_last_message(open_window, utility):
    clerk = open_window(answer_timeout_s=TIMEOUT_MS / 1000)
    clerk.press("F5")  # the evening before
    clerk.settle()
    Hand(clerk).reads_all()

    # 08:45: overnight the utility wrote to some of the open applications, to one of them for the second time, and moved another one on
    entries = clerk.context.desk.inbox.entries()
    stages = {code.code: code for code in clerk.context.desk.installed_set.stages()}
    open_ones = [one.listed for one in entries if not stages[one.listed.work_stage].closed]
    flagged = [row.receipt_number for row in open_ones if row.has_message]
    others = [row.receipt_number for row in open_ones if not row.has_message]
    messages = {number: f"見本の知らせ {place}" for place, number in enumerate([*flagged[:2], *others[:2]])}
    for number, message in messages.items():
        utility.ask("advance", receipt_number=number, message=message)
    moved = next(row.receipt_number for row in open_ones if row.receipt_number not in messages and row.work_stage != "PW04")
    utility.ask("advance", receipt_number=moved, stage="PW04")
    hand = Hand(clerk)
    hand("F5")
    clerk.settle()
    clerk.picture("1-refreshed")
    assert hand.unread == len(messages) + 1
    seen = hand.reads_all()
    clerk.picture("2-read")
    assert all(message in seen for message in messages.values())
    assert hand.keys <= 1 + len(messages) + 1, "one key for the refresh and one for each application with news"

    # a call: the receipt stays, whatever the hand still presses
    on_review(clerk, POINT)
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.settle()
    (first,) = clerk.items()
    for keys in ("Return", "Ctrl+Return", "Enter", "Space", "Return") * 3:
        clerk.press(keys)
    clerk.settle()
    clerk.picture("3-receipt")
    assert clerk.apply.receipt_page.isVisible()
    assert first.receipt_number in clerk.outcome()
    assert CUSTOMER in clerk.outcome()
    assert [item.state for item in clerk.items()] == [OutboxState.ACCEPTED]

    # the next call finds the line broken after the utility took it; settled by hand in at most four keys
    utility.ask("fault", rule="cut-after-accept@new_outage*1")
    on_review(clerk, SECOND_POINT)
    clerk.until(lambda: clerk.items()[-1].state is OutboxState.UNKNOWN)
    clerk.settle()
    clerk.picture("4-unknown")
    hand = Hand(clerk)
    hand("Ctrl+Shift+K")
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.settle()
    clerk.picture("5-reconcile")
    hand("Return")
    clerk.back_in_the_window()
    clerk.until(clerk.window.isActiveWindow)
    assert hand.keys <= 4
    second = clerk.items()[-1]
    clerk.until(clerk.apply.receipt_page.isVisible)
    assert second.receipt_number in clerk.outcome(), "what stands on the screen is true again"
    clerk.picture("6-settled")
    assert second.state is OutboxState.ACCEPTED
    assert second.receipt_number not in ("", first.receipt_number)
    assert utility.ask("report")["filed"] == 2, "each of them once"

    # and the receipt of the first call is still there
    clerk.press("Ctrl+N")
    clerk.settle()
    clerk.picture("7-parked")
    parked = clerk.apply.start_page.drafts.table
    parked.setFocus()
    parked.choose_row(1)
    clerk.press("Alt+W")
    clerk.until(lambda: first.receipt_number in clerk.outcome())
