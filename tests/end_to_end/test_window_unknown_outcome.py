"""An answer that never came, settled in the window by real keys."""

import pytest
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import OutboxState
from denkidesk.texts import reconcile as texts
from denkidesk.texts.inbox import LIKELY
from denkidesk.ui.inbox.rows import MESSAGE
from denkidesk.ui.outbox.reconcile_dialog import ReconcileDialog
from denkidesk.ui.shell.main_window import INBOX
from fakes.clerk import FILING

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def standing(clerk):
    """The line about unknown outcomes, empty where there is none."""
    return next((message.text for message in clerk.window._strips.messages if message.key == "outbox.unknown"), "")


def item(clerk):
    (only,) = clerk.context.desk.outbox.items()
    return only


def message_of(clerk, receipt_number):
    """The last column of the list."""
    model = clerk.inbox.list.model
    return model.row_at(model.place_of(receipt_number)).cells[MESSAGE]


def file_without_an_answer(clerk, practice, fault):
    practice.utility.inject(fault, operation=FILING)
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.settle()
    assert item(clerk).state is OutboxState.UNKNOWN


def open_questions(clerk):
    clerk.press("Ctrl+Shift+K")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), ReconcileDialog))
    clerk.settle()
    return QApplication.activeModalWidget()


def test_one_match_is_settled_in_two_keys_and_stands_on_every_tab_until_then(clerk, practice):
    file_without_an_answer(clerk, practice, "cut-after-accept")
    (filed,) = practice.utility.filed()
    for tab in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"):
        clerk.press(tab)
        clerk.settle()
        assert "1 件は一覧に見つかりました" in standing(clerk)
        assert clerk.window.rail.isVisible()
    clerk.refresh()
    said = clerk.words_in(clerk.window.rail)
    assert "更新しました" in said
    assert "結果不明の申込が 1 件あります" in said, "what is said later does not cover it"
    assert message_of(clerk, filed.receipt_number) == LIKELY
    clerk.picture("likely")
    dialog = open_questions(clerk)
    assert dialog.focusWidget() is dialog.answers[0]
    clerk.picture("reconcile")
    clerk.press("Return")
    clerk.back_in_the_window()
    settled = item(clerk)
    assert (settled.state, settled.receipt_number) == (OutboxState.ACCEPTED, filed.receipt_number)
    clerk.until(lambda: not standing(clerk))
    assert len(practice.utility.filed()) == 1
    clerk.until(lambda: message_of(clerk, filed.receipt_number) != LIKELY)


def test_absence_settles_nothing_and_a_word_by_telephone_sends_it_again(come_to_work, practice):
    clerk = come_to_work(answer_timeout_s=4.0, countdown_s=2.0)
    file_without_an_answer(clerk, practice, "cut-before-work")
    assert "結果不明の申込が 1 件" in standing(clerk)
    dialog = open_questions(clerk)
    assert not any(button.hasFocus() for button in dialog.answers)
    for keys in ("Return", "Enter", "1", "Return", "2", "Return"):
        clerk.press(keys)
        clerk.settle()
    assert item(clerk).state is OutboxState.UNKNOWN
    clerk.press("3")
    clerk.press("Return")
    clerk.press("Tab")
    clerk.press("Tab")
    clerk.press("Return")  # without whom: nothing
    clerk.settle()
    assert item(clerk).state is OutboxState.UNKNOWN
    dialog._said_by.setFocus()
    clerk._keyboard.type("見本係", dialog._said_by)
    clerk.tab_to(texts.SEND_AGAIN)
    clerk.picture("reconcile-telephone")
    clerk.press("Return")
    clerk.until(lambda: (item(clerk).state, item(clerk).failure_code) == (OutboxState.QUEUED, "counting"))  # it may still be stopped
    assert practice.utility.filed() == ()
    clerk.back_in_the_window()
    clerk.until(lambda: item(clerk).state is OutboxState.ACCEPTED)
    words = {event.code: event.detail for event in clerk.context.desk.outbox.events(item(clerk).item_id)}
    assert words["confirmed_not_taken"].startswith("見本係 ")
    clerk.until(lambda: not standing(clerk))
    assert len(practice.utility.filed()) == 1


def test_the_page_after_the_sending_leads_to_the_question_first(clerk, practice):
    file_without_an_answer(clerk, practice, "cut-after-accept")
    button = clerk.window.focusWidget()
    assert button.text() == "結果不明を確かめる　Ctrl+Shift+K"
    clerk.picture("unknown")
    clerk.press("Return")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), ReconcileDialog))
    first_answer = QApplication.activeModalWidget().answers[0]
    clerk.until(first_answer.hasFocus)
    clerk.press("Return")
    clerk.back_in_the_window()
    clerk.until(clerk.apply.receipt_page.isVisible)


def test_what_is_listed_is_opened_in_the_inbox_and_the_question_stays(clerk, practice):
    file_without_an_answer(clerk, practice, "cut-after-accept")
    dialog = open_questions(clerk)
    (filed,) = practice.utility.filed()
    rest = dialog.page.verticalScrollBar()
    dialog.resize(800, 420)
    clerk.press("PgDown")
    clerk.until(lambda: rest.value() > 0)
    clerk.press("Alt+O")
    clerk.back_in_the_window()
    clerk.until(lambda: clerk.window.tabs.currentIndex() == INBOX)
    clerk.until(lambda: filed.receipt_number in clerk.words_in(clerk.inbox.detail))
    assert item(clerk).state is OutboxState.UNKNOWN
    assert standing(clerk)


def test_escape_leaves_it_open(clerk, practice):
    file_without_an_answer(clerk, practice, "cut-after-accept")
    open_questions(clerk)
    clerk.press("Esc")
    clerk.back_in_the_window()
    assert item(clerk).state is OutboxState.UNKNOWN
    assert standing(clerk)
