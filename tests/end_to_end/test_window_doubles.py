"""An application that is open already, and a clerk in a hurry: real keys in the real window, and the utility's books counted."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from denkidesk.domain.applications import OutboxState
from denkidesk.ui.apply.final_check import Verdict
from fakes.clerk import FILING, POINT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def stood_on(qapp):
    """Every widget that the cursor has stood on."""
    seen = []

    def note(_old, now):
        seen.append(now)

    qapp.focusChanged.connect(note)
    yield seen
    qapp.focusChanged.disconnect(note)


def hammer(clerk, times=1):
    for _ in range(times):
        for keys in ("Return", "Ctrl+Return", "Enter", "Ctrl+Enter", "Alt+S", "Return"):
            if "Ctrl" in keys or not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):  # there they would be typed
                clerk.press(keys)
            QApplication.processEvents()


def hurry_to_review(clerk):
    """The same outage once more, with keys that go on being pressed while the review is looked up."""
    clerk.open_outage()
    clerk.type("supply_point_number", POINT)
    clerk.type("customer_name", "見本 花子")
    clerk.type("supply_point_address", "大阪府大阪市見本町9-9-9")
    clerk.choose("selection_code")
    clerk.choose("triage_scope")

    def looked_up():
        hammer(clerk)
        return clerk.apply.form.review.verdict is not Verdict.LOOKING

    clerk.until(looked_up)


@pytest.mark.parametrize(
    ("fault", "state", "filed"),
    [("", OutboxState.ACCEPTED, 1), ("cut-after-accept", OutboxState.UNKNOWN, 1), ("cut-before-work", OutboxState.UNKNOWN, 0)],
    ids=["accepted", "unknown, filed", "unknown, not filed"],
)
def test_no_hurry_files_a_second_one_over_it(clerk, practice, stood_on, fault, state, filed):
    if fault:
        practice.utility.inject(fault, operation=FILING)
    clerk.file_outage()
    assert [item.state for item in clerk.items()] == [state]
    stood_on.clear()
    hurry_to_review(clerk)
    form = clerk.apply.form
    sending = form.review.foot.send_button
    hammer(clerk, 10)
    clerk.settle()
    clerk.picture("warned")
    assert len(practice.utility.filed()) == filed
    assert len(clerk.items()) == 1
    assert form.isVisible()
    assert sending not in stood_on
    assert not sending.isEnabled()

    clerk.field("note").editor.setFocus()
    clerk.press("Tab")
    assert QApplication.focusWidget() is form.confirm
    clerk.press("Return")
    assert not sending.isEnabled(), "Enter is not the second act"
    clerk.press("Space")
    clerk.picture("ticked")
    assert sending.isEnabled()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "受け付けられました" in clerk.outcome())
    assert len(practice.utility.filed()) == filed + 1


def test_enter_goes_on_being_pressed_after_the_receipt(clerk, practice):
    clerk.file_outage()
    hammer(clerk, 15)
    clerk.settle()
    hammer(clerk, 5)
    clerk.settle()
    assert len(practice.utility.filed()) == 1


def test_one_filed_on_another_machine_is_found_in_the_listing(clerk, practice):
    """The listing of the utility has it; this desk did not file it."""
    clerk.refresh()
    listed = next(entry.listed for entry in clerk.context.desk.inbox.entries() if entry.kind is not None and entry.kind.value == "outage")
    clerk.fill_outage(listed.supply_point_number)
    hammer(clerk, 5)
    clerk.settle()
    assert clerk.items() == ()
    assert any(listed.receipt_number in line for line in clerk.apply.form.review.similar_lines)


def test_a_refused_one_is_not_sent_again_over_the_mended_one(clerk, practice):
    practice.utility.inject("declined", operation=FILING)
    clerk.file_outage()
    clerk.press("Alt+E")  # mend it
    clerk.until(clerk.apply.form.isVisible)
    for _ in range(3):
        clerk.press("Ctrl+Return")
    clerk.until(lambda: clerk.apply.form.review.verdict is Verdict.CLEAR)  # the refused one is not open
    clerk.send()
    assert [item.state for item in clerk.items()] == [OutboxState.REJECTED, OutboxState.ACCEPTED]

    clerk.open_outbox()
    outbox = clerk.outbox
    clerk.until(lambda: outbox.model.rowCount() == 3)
    rejected = outbox.model.place_of(clerk.items()[0].item_id)
    outbox.table.setFocus()
    outbox.table.choose_row(rejected)
    outbox.pane.requeue.setFocus()
    clerk.press("Space")
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.picture("requeue")
    box = QApplication.activeModalWidget()
    assert clerk.items()[1].receipt_number in box.informativeText()
    clerk.press("Return")  # a hurried clerk
    clerk.back_in_the_window()
    assert [item.state for item in clerk.items()] == [OutboxState.REJECTED, OutboxState.ACCEPTED]

    outbox.pane.requeue.setFocus()
    clerk.press("Space")
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.press("Alt+S")
    clerk.back_in_the_window()
    clerk.until(lambda: len(practice.utility.filed()) == 2)

    clerk.settle()
    clerk.context.desk.outbox.queue(clerk.items()[0].application)  # of this one nobody has said anything
    clerk.window.outgoing.look()
    clerk.until(lambda: any("重複かもしれない申込" in message.text for message in clerk.messages()))
    clerk.settle()
    outbox.table.choose_row(outbox.model.place_of(clerk.items()[-1].item_id))
    outbox.table.setFocus()
    clerk.press("Return")  # what helps this line
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.picture("send")
    clerk.press("Return")
    clerk.back_in_the_window()
    assert len(practice.utility.filed()) == 2
    next(message for message in clerk.messages() if "重複かもしれない申込" in message.text).action()
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.press("Alt+S")
    clerk.back_in_the_window()
    clerk.until(lambda: len(practice.utility.filed()) == 3)
    clerk.settle()
