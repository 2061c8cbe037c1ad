"""While an application like it is open, no hurry files another one over it: sending takes a second, different act."""

import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.errors import SetupFault
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.outcomes import Action
from fakes.apply_hand import CTRL, KEYS, OUTAGE, field, opened, press, sent, shown, to_review
from fakes.scenario_outbox import similar_one

ALT = Qt.KeyboardModifier.AltModifier
FAULT = SetupFault("desk.db", "database", "damaged")


@pytest.fixture
def tab(make_apply_tab):
    return make_apply_tab()


@pytest.fixture
def stood_on(qapp):
    """Every widget that the cursor has stood on."""
    seen = []

    def note(_old, now):
        seen.append(now)

    qapp.focusChanged.connect(note)
    yield seen
    qapp.focusChanged.disconnect(note)


def hammer(qtbot, tab, times=8):
    """Everything that might send, wherever the cursor is."""
    for _ in range(times):
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):  # there they are typed
            press(qtbot, KEYS.Key_Return)
            press(qtbot, KEYS.Key_Space)
            press(qtbot, KEYS.Key_S, ALT)
        press(qtbot, KEYS.Key_Return, CTRL)
        press(qtbot, KEYS.Key_Enter, CTRL)
        QApplication.processEvents()
    tab.form.send_requested.emit()


def confirm(qtbot, form):
    field(form, "note").editor.setFocus()
    press(qtbot, KEYS.Key_Tab)
    assert QApplication.focusWidget() is form.confirm
    press(qtbot, KEYS.Key_Space)
    assert form.confirm.isChecked()


@pytest.mark.parametrize("found", ["one is open", "nobody could tell"])
def test_sending_takes_a_second_act_and_the_cursor_never_stands_on_it(tab, qtbot, outbox, stood_on, found):
    if found == "one is open":
        outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED),)
    else:
        outbox.similar_fault = FAULT
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    stood_on.clear()

    def hurried():
        hammer(qtbot, tab, 1)
        return form.review.verdict is not Verdict.LOOKING

    qtbot.waitUntil(hurried)
    hammer(qtbot, tab)
    assert outbox.items() == ()
    assert form.review.foot.send_button not in stood_on
    assert not form.review.foot.send_button.isEnabled()
    assert form.confirm.isVisible()
    confirm(qtbot, form)
    assert QApplication.focusWidget() is form.confirm, "the cursor is not moved to sending"
    press(qtbot, KEYS.Key_Return)
    assert outbox.items() == (), "Enter on the tick does nothing"
    press(qtbot, KEYS.Key_Space)
    press(qtbot, KEYS.Key_Return, CTRL)
    assert outbox.items() == (), "unticked again"
    press(qtbot, KEYS.Key_Space)
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [item.state for item in outbox.items()] == [OutboxState.ACCEPTED])
    qtbot.waitUntil(lambda: not tab._dispatch.is_busy)


def test_a_failed_search_says_so(tab, qtbot, outbox, said):
    outbox.similar_fault = FAULT
    form = to_review(tab, qtbot)
    assert form.review.verdict is Verdict.UNPROVED
    assert form.review._similar._heading.text() == "二重の申込ではないか、確かめられませんでした。"
    assert said


def test_while_the_search_runs_nothing_is_sent(tab, qtbot, outbox, stood_on):
    outbox.similar_hold = threading.Event()
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED),)
    form = shown(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    qtbot.waitUntil(lambda: tab._live._checks._awaited == {"books"})
    stood_on.clear()
    hammer(qtbot, tab)
    assert form.review.verdict is Verdict.LOOKING
    assert form.review.foot.send_button not in stood_on
    outbox.similar_hold.set()
    qtbot.waitUntil(lambda: form.review.verdict is Verdict.OPEN)
    hammer(qtbot, tab)
    assert outbox.items() == ()


def test_what_was_ticked_counts_for_these_applications_and_this_form_alone(tab, qtbot, outbox):
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED),)
    form = to_review(tab, qtbot)
    confirm(qtbot, form)
    assert form.review.foot.send_button.isEnabled()
    field(form, "note").take_focus()
    press(qtbot, KEYS.Key_X)
    qtbot.waitUntil(lambda: form.review.may_send)
    assert form.confirm.isChecked(), "it is the same point, and the same other one"
    outbox.similar = (similar_one("D26111900010", OutboxState.ACCEPTED),)
    press(qtbot, KEYS.Key_X)
    qtbot.waitUntil(lambda: form.review.verdict is Verdict.OPEN)
    assert not form.confirm.isChecked()
    confirm(qtbot, form)
    form = to_review(tab, qtbot)
    assert not form.confirm.isChecked()
    hammer(qtbot, tab)
    assert outbox.items() == ()


def test_coming_back_to_the_tab_the_cursor_is_not_on_sending(tab, qtbot, outbox):
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED),)
    form = to_review(tab, qtbot)
    confirm(qtbot, form)
    tab.activated()
    assert QApplication.focusWidget() is not form.review.foot.send_button
    press(qtbot, KEYS.Key_Return)
    assert outbox.items() == ()


def test_one_that_comes_between_the_review_and_the_key_is_shown_first(tab, qtbot, outbox):
    form = to_review(tab, qtbot)
    outbox.similar = (similar_one("", OutboxState.SENDING),)  # another window of the same store
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not form.is_locked and form.review.verdict is Verdict.OPEN)
    assert form.review.similar_lines == ("受付番号なし　停電　今日 10:15　送信中",)
    hammer(qtbot, tab)
    assert outbox.items() == ()
    confirm(qtbot, form)
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(outbox.items()) == 1 and not tab._dispatch.is_busy)


def test_a_key_that_is_held_down_does_not_send(tab, qtbot, outbox):
    form = to_review(tab, qtbot)
    form.review.foot.send_button.setFocus()
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(form.review.foot.send_button, held)
    assert outbox.items() == ()


def test_sending_again_what_waits_asks_when_another_one_was_filed_meanwhile(tab, qtbot, outbox):
    outbox.plays = "server_is_away"
    page = sent(tab, qtbot)
    outbox.plays = "server_accepts"
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED),)
    assert QApplication.focusWidget() is page._buttons[Action.RETRY]
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: tab._actions.retry_check.question.box is not None)
    box = tab._actions.retry_check.question.box
    assert "D26111900009" in box.informativeText()
    qtbot.keyClick(box, KEYS.Key_Return)
    assert len(outbox.sends) == 1, "Enter says no"
    page._buttons[Action.RETRY].click()
    qtbot.waitUntil(lambda: tab._actions.retry_check.question.box is not None)
    yes = tab._actions.retry_check.question.box.buttons()
    qtbot.keyClick(next(button for button in yes if "送信する" in button.text()), KEYS.Key_Space)
    qtbot.waitUntil(tab.receipt_page.isVisible)
    assert len(outbox.sends) == 2
