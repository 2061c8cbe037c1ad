"""Two customers one after the other, in the real window by keyboard: nothing gets under the other's number, nothing is lost."""

import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.store.store import Store
from denkidesk.ui.apply.final_check import Verdict
from fakes import killed_clerk
from fakes.clerk import ADDRESS, CUSTOMER, FILING, NOTE, POINT
from fakes.desk_home import environment

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SECOND, SECOND_CUSTOMER = "0600000000000000000025", "見本 花子"
USUAL = {"selection_code": "PS301"}
FIRST_FORM = {"supply_point_number": POINT, "customer_name": CUSTOMER, "supply_point_address": ADDRESS, **USUAL}


def begin(clerk, point=POINT, name=CUSTOMER, address=ADDRESS):
    clerk.press("Ctrl+Shift+T")
    clerk.until(lambda: clerk.apply.form is not None and clerk.apply.form.isVisible())
    clerk.type("supply_point_number", point)
    clerk.type("customer_name", name)
    clerk.type("supply_point_address", address)


def paste(clerk, text):
    QGuiApplication.clipboard().setText(text)
    clerk.press("Ctrl+V")


def paste_the_number(clerk, number):
    """Into the line that looks for customers, where the cursor is."""
    paste(clerk, number)
    clerk.settle_jobs()
    clerk.press("Return")


def drafts(clerk):
    model = clerk.apply.start_page.drafts.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def to_review(clerk):
    clerk.choose("selection_code")
    clerk.choose("triage_scope")
    clerk.until(lambda: clerk.apply.form.review.isVisible() and clerk.apply.form.review.verdict is not Verdict.LOOKING)


def test_the_second_call_begins_with_a_fresh_form_and_both_are_filed_as_they_are(clerk, practice):
    begin(clerk)
    clerk.press("Ctrl+Shift+T")  # at once, within the delay of the save
    clerk.picture("fresh")
    assert clerk.apply.form.draft() == {}
    paste_the_number(clerk, SECOND)
    clerk.type("customer_name", SECOND_CUSTOMER)
    clerk.type("supply_point_address", ADDRESS)
    to_review(clerk)
    rows = dict(clerk.apply.form.review.rows)
    assert (rows["供給地点特定番号"], rows["需要者名"]) == ("06-0000-0000-0000-0000-0025", SECOND_CUSTOMER)
    clerk.send()

    clerk.press("Esc")  # closes the receipt
    clerk.until(clerk.apply.start_page.drafts.isVisible)
    clerk.settle()
    clerk.picture("drafts")
    assert drafts(clerk) == [("停電", CUSTOMER)], "the one that was sent is no draft any more"
    clerk.press("Alt+W")
    clerk.until(lambda: clerk.apply.form is not None and clerk.apply.form.isVisible())
    assert clerk.apply.form.values() == FIRST_FORM
    to_review(clerk)
    clerk.send()
    assert clerk.context.desk.outbox.drafts() == ()
    assert [(item.application.supply_point_number, item.application.customer_name, item.state) for item in clerk.items()] == [
        (SECOND, SECOND_CUSTOMER, OutboxState.ACCEPTED),
        (POINT, CUSTOMER, OutboxState.ACCEPTED),
    ]
    assert len(practice.utility.filed()) == 2


def test_a_number_pasted_over_another_customers_asks_at_the_place(clerk):
    begin(clerk)
    clerk.settle()
    clerk.field("supply_point_number").take_focus()
    paste(clerk, SECOND)
    for _ in range(4):
        clerk.press("Ctrl+Return")  # a hurried clerk on the way to the review
    clerk.picture("asked")
    question = clerk.apply.form.guard.question
    assert CUSTOMER in clerk.words_in(question)
    assert QApplication.focusWidget() in question.buttons
    clerk.press("2")
    clerk.picture("cleared")
    assert clerk.apply.form.values() == {"supply_point_number": SECOND, **USUAL}
    clerk.press("Ctrl+Return")
    assert clerk.items() == ()
    clerk.until(lambda: len(clerk.context.desk.outbox.drafts()) == 2)
    assert FIRST_FORM in [dict(draft.fields) for draft in clerk.context.desk.outbox.drafts()]


def test_many_drafts_wait_and_are_opened_and_discarded_by_keyboard(clerk):
    for number, name in ((POINT, CUSTOMER), (SECOND, SECOND_CUSTOMER), ("0600000000000000000033", "見本 次郎"), ("", "")):
        begin(clerk, number, name, "")
    clerk.type("note", NOTE)
    clerk.press("Ctrl+N")
    clerk.until(lambda: len(drafts(clerk)) == 4)
    clerk.until(clerk.apply.start_page.drafts.isVisible)
    clerk.picture("list")
    assert [customer for _, customer in drafts(clerk)] == ["氏名未入力", "見本 次郎", SECOND_CUSTOMER, CUSTOMER]
    for _ in (*clerk.apply.start_page.tiles, clerk.apply.start_page.bulk):
        clerk.press("Tab")
    clerk.press("Down")
    clerk.press("Del")
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.picture("question")
    assert "見本 次郎" in QApplication.activeModalWidget().text()
    clerk.press("Tab")
    clerk.press("Space")
    clerk.back_in_the_window()
    clerk.until(lambda: len(drafts(clerk)) == 3)
    clerk.apply.start_page.drafts.table.setFocus()
    clerk.press("Down")
    clerk.press("Down")
    clerk.press("Return")
    clerk.until(lambda: clerk.apply.form is not None and clerk.apply.form.isVisible())
    assert clerk.field("customer_name").value() == CUSTOMER


def test_what_was_typed_survives_the_death_of_the_process(tmp_path):
    """Two forms are begun by keys; the process is killed as soon as the store has what was typed last."""
    done = subprocess.run(
        [sys.executable, killed_clerk.__file__, str(tmp_path / "home")],
        env=environment(QT_QPA_PLATFORM="offscreen", PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    store = Store(tmp_path / "home" / "desk.db")
    try:
        kept = [(draft.kind, dict(draft.fields)) for draft in store.drafts.all()]
    finally:
        store.close()
    assert kept == [
        (ApplicationKind.OUTAGE, {"supply_point_number": SECOND, **USUAL}),
        (ApplicationKind.OUTAGE, {"supply_point_number": POINT, "customer_name": CUSTOMER, **USUAL}),
    ]


def test_a_refused_application_waits_as_a_draft_when_the_next_call_comes_in(clerk, practice):
    practice.utility.inject("declined", operation=FILING)
    clerk.file_outage()
    clerk.press("Ctrl+Shift+T")
    assert clerk.apply.form.draft() == {}
    clerk.press("Ctrl+N")
    clerk.until(lambda: drafts(clerk) == [("停電", CUSTOMER)])
