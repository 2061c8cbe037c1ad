"""A hand at the tab 新規申込: keys, where the cursor is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.apply.final_check import Verdict

POINT = "0612345678901234567890"
KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
OUTAGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "PS301",
    "equipment_class": "PE301",
    "visit_on": "2026-11-24",
}


def opened(tab, qtbot, kind, prefill=None):
    tab.start(kind, prefill)
    qtbot.waitUntil(lambda: tab.wizard is not None and tab.wizard.isVisible())
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    return tab.wizard


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def field(wizard, name):
    return next(f for page in wizard.step_pages for f in page.fields if f.field.name == name)


def to_review(tab, qtbot, kind=ApplicationKind.OUTAGE, values=OUTAGE):
    wizard = opened(tab, qtbot, kind, values)
    while not wizard.walk.is_review:
        wizard.go_on()
    qtbot.waitUntil(lambda: wizard.review.verdict is not Verdict.LOOKING)
    return wizard


def sent(tab, qtbot, **more):
    wizard = to_review(tab, qtbot, **more)
    wizard.go_on()
    qtbot.waitUntil(lambda: bool(tab.outcome_page.title.text()) and tab._dispatch._watched is None)
    return tab.outcome_page
