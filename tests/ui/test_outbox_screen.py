"""送信トレイ: what waits is sent or taken back, and each change is told once."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.ui.outbox.acts import OutboxActs
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.outbox.view import OutboxView
from denkidesk.ui.parts.strip import Strips
from fakes.apply_hand import KEYS
from fakes.scenario_outbox import NOW


class Screen(QWidget):
    """The view with what acts for it, and what was told of changes."""

    def __init__(self, context):
        super().__init__()
        self.strips = Strips(self)
        self.view = OutboxView(context, self)
        self.acts = OutboxActs(context, self.view, self.strips, self, now=lambda: NOW)
        self.changes = []
        self.acts.changed.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        self._outbox = context.desk.outbox

    def _on_changed(self, changes):
        self.changes.append(changes)
        self.view.show_items(self._outbox.items())


@pytest.fixture
def screen(qtbot, scenario_context, outbox):
    built = Screen(scenario_context)
    qtbot.addWidget(built)
    built.resize(1100, 500)
    built.show()
    built.activateWindow()
    yield built
    outbox.release.set()
    qtbot.waitUntil(lambda: scenario_context.jobs.is_idle)
    built.acts.stop()
    built.hide()


def queued(outbox, screen, count):
    items = [outbox.queue(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}")) for number in range(count)]
    screen.view.show_items(outbox.items())
    return items


def test_what_waits_is_sent_or_taken_back(screen, qtbot, outbox):
    items = queued(outbox, screen, 2)
    screen.view.table.choose_row(0)
    screen.view._cancel.click()
    qtbot.waitUntil(lambda: screen.changes == [Changes()])
    screen.changes.clear()
    screen.view._send.click()
    qtbot.waitUntil(lambda: screen.strips.messages[-1].text.startswith("送信が終わりました。"))
    states = [outbox.item(item.item_id).state for item in items]
    assert sorted(states) == [OutboxState.ACCEPTED, OutboxState.CANCELLED]
    accepted = outbox.item(items[states.index(OutboxState.ACCEPTED)].item_id).receipt_number
    told = [receipt for changes in screen.changes for receipt in changes.accepted]
    assert told in ([], [accepted]), "told while it went, or by the end"


def test_sending_what_waits_asks_about_doubles(screen, qtbot, outbox):
    queued(outbox, screen, 1)
    outbox.similar = (SimilarApplication("", "D26111900009", OutboxState.ACCEPTED, "", NOW),)
    screen.view._send.click()
    check = screen.acts._check
    qtbot.waitUntil(lambda: check.question.box is not None)
    qtbot.keyClick(check.question.box, KEYS.Key_Return)
    qtbot.waitUntil(screen.view._send.isEnabled)
    assert outbox.sends == [], "Enter says no"
