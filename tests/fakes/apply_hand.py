"""A hand at the tab 新規申込: keys, where the cursor is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.apply.final_check import Verdict

POINT = "0612345678901234567890"
KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
USUAL = {"selection_code": "PS301"}  # what a fresh outage begins with
OUTAGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "PS301",
    "equipment_class": "PE301",
    "visit_on": "2026-11-24",
}


def shown(tab, qtbot, kind, prefill=None):
    """The form on the screen; what it asks the books may be under way."""
    tab.start(kind, prefill)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())
    return tab.form


def opened(tab, qtbot, kind, prefill=None):
    shown(tab, qtbot, kind, prefill)
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    if tab.form.customer.search.editor.hasFocus():
        tab.form.fields.focus_first()  # most tests are about the fields below the search
    return tab.form


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def field(form, name):
    return next(f for f in form.fields.all if f.field.name == name)


def to_review(tab, qtbot, kind=ApplicationKind.OUTAGE, values=OUTAGE):
    """The form filled in and looked up: the review beside it says what goes out."""
    form = opened(tab, qtbot, kind, values)
    qtbot.waitUntil(lambda: form.review.verdict is not Verdict.LOOKING)
    return form


def sent(tab, qtbot, **more):
    form = to_review(tab, qtbot, **more)
    form.go_on()
    qtbot.waitUntil(lambda: (tab.outcome_page.isVisible() or tab.receipt_page.isVisible()) and not tab._dispatch.is_busy)
    return tab.outcome_page
