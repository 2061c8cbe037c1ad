"""Templates by keys: kept out of a form, put into one, let go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from denkidesk.desk.prefill import Template
from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts.templates import HINT, NONE
from denkidesk.ui.apply.template_dialog import TemplateDialog

OUTAGE = ApplicationKind.OUTAGE


@pytest.fixture
def open_dialog(context, qtbot, settle):
    opened = []

    def build(values):
        dialog = TemplateDialog(context, OUTAGE, values)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        opened.append(dialog)
        return dialog

    yield build
    for dialog in opened:
        dialog.reject()


def names(dialog):
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def keep(dialog, qtbot, name):
    dialog.name.setFocus()
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_form_is_kept_by_name_and_put_into_another_one_by_enter(open_dialog, qtbot):
    dialog = open_dialog({"selection_code": "PS301", "note": "折り返し希望", "customer_name": "見本 太郎"})
    assert names(dialog) == []
    assert dialog.name.hasFocus()
    assert not dialog.use_button.isEnabled()
    empty, hint = (label for label in dialog.findChildren(QLabel) if label.text() in (HINT, NONE))
    assert hint.height() == hint.heightForWidth(hint.width()), "the empty list's place goes to what is said in it"
    assert empty.alignment() & Qt.AlignmentFlag.AlignTop
    keep(dialog, qtbot, "usual")
    qtbot.waitUntil(lambda: names(dialog) == ["usual"])
    keep(dialog, qtbot, "second")
    qtbot.waitUntil(lambda: names(dialog) == ["usual", "second"] and dialog.list.hasFocus())
    assert dialog.list.currentRow() == 1
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert chosen.args == [Template("usual", OUTAGE, {"selection_code": "PS301", "note": "折り返し希望"})]
    assert not dialog.isVisible()


def test_delete_lets_one_go_and_an_empty_form_is_no_template(open_dialog, context, qtbot):
    context.desk.prefill.keep_template("usual", OUTAGE, {"note": "b"})
    dialog = open_dialog({"customer_name": "見本 太郎"})
    keep(dialog, qtbot, "empty")
    qtbot.waitUntil(lambda: "ありません" in dialog.outcome.text())
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(dialog) == [])
    assert "削除しました" in dialog.outcome.text()
    assert dialog.name.hasFocus()
