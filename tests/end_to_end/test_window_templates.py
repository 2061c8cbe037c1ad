"""Templates in the real window: kept out of one outage, put into the next one, and no value of the first customer with it."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from denkidesk.ui.apply.template_dialog import TemplateDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def dialog_of(clerk):
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), TemplateDialog))
    clerk.settle()
    return QApplication.activeModalWidget()


def back(clerk):
    """The dialog is gone, and the window has the keys."""
    clerk.until(lambda: QApplication.activeModalWidget() is None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    clerk.back_in_the_window()
    clerk.until(clerk.window.isActiveWindow)


@pytest.mark.parametrize("size", [(1280, 800), (800, 480)])
def test_a_template_is_kept_out_of_one_form_and_put_into_the_next(clerk, qtbot, size):
    clerk.window.resize(*size)
    clerk.open_outage()
    clerk.type("customer_name", "見本 太郎")
    clerk.type("note", "折り返し希望")
    clerk.picture("form")
    clerk.press("Ctrl+T")
    dialog = dialog_of(clerk)
    qtbot.keyClicks(dialog.name, "usual")
    clerk.press("Return")
    clerk.until(lambda: dialog.list.count() == 1)
    clerk.press("Esc")
    back(clerk)

    clerk.press("Ctrl+Shift+T")
    clerk.settle()
    clerk.type("customer_name", "例示 花子")
    clerk.press("Ctrl+T")
    dialog_of(clerk)
    clerk.press("Return")
    clerk.until(lambda: clerk.apply.form.values().get("note") == "折り返し希望")
    back(clerk)
    assert clerk.apply.form.values()["customer_name"] == "例示 花子"
    assert clerk.apply.form.isAncestorOf(clerk.window.focusWidget())
    clerk.picture("filled")
