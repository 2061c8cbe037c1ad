"""What is held of one customer: found, written out and erased by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from denkidesk.desk.spreadsheets import write_table
from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.customers import Customer
from denkidesk.ui.shell.customer_data_dialog import CustomerDataDialog
from fakes.filing import outage

POINT = outage().supply_point_number


@pytest.fixture
def dialog(context, qtbot):
    desk = context.desk
    item = desk.outbox.queue(outage(customer_name="見本 太郎"))
    desk.outbox.cancel_item(item.item_id)
    desk.store.drafts.save("d", ApplicationKind.OUTAGE, {"customer_name": "見本 太郎"})
    desk.store.customers.note(Customer(f"06{9:020}", "例示 花子"))
    dialog = CustomerDataDialog(context)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    yield dialog
    dialog.reject()


def commit(editor, words):
    """As an input method hands words over."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def find(dialog, qtbot, words):
    dialog.search.setFocus()
    dialog.search.editor.selectAll()
    qtbot.keyClicks(dialog.search.editor, words)
    qtbot.keyClick(dialog.search.editor, Qt.Key.Key_Return)


def places(dialog):
    model = dialog.places.model()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_a_customer_is_found_shown_written_out_and_erased(dialog, context, qtbot, tmp_path):
    qtbot.waitUntil(lambda: "控え" in dialog.backups.text())
    assert not dialog.erase_button.isEnabled()
    find(dialog, qtbot, "0123")
    qtbot.waitUntil(lambda: places(dialog) == [("お客さまの一覧", "1件"), ("下書き", "1件"), ("送信した申込", "1件")])
    assert dialog.places.hasFocus()
    assert dialog.title.text() == "見本 太郎 のデータ 3件"

    dialog.export_to(tmp_path / "見本.xlsx")
    qtbot.waitUntil(lambda: "書き出しました" in dialog.outcome.text())
    dialog.export_to(tmp_path / "見本.xlsx")
    qtbot.waitUntil(lambda: "すでにあります" in dialog.outcome.text())

    commit(dialog.confirmation, "例示 花子")
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "一致しません" in dialog.outcome.text())
    dialog.confirmation.clear()
    commit(dialog.confirmation, "見本　太郎")
    dialog.erase_button.setFocus()
    qtbot.keyClick(dialog.erase_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "消去しました" in dialog.outcome.text())
    assert places(dialog) == []
    assert dialog.search.editor.hasFocus()
    assert not dialog.confirmation.isEnabled()
    assert [one.name for one in context.desk.customers.search("0")] == ["例示 花子"]


def test_who_is_in_no_table_is_looked_for_by_the_very_words(dialog, qtbot):
    find(dialog, qtbot, "nobody")
    qtbot.waitUntil(lambda: dialog.title.text() == "このお客さまのデータはありません。")
    assert not dialog.export_button.isEnabled()


def test_an_application_on_its_way_keeps_the_data(dialog, context, qtbot):
    context.desk.outbox.queue(outage(customer_name="見本 太郎"))
    find(dialog, qtbot, "0123")
    qtbot.waitUntil(lambda: dialog.title.text() == "見本 太郎 のデータ 4件")
    commit(dialog.confirmation, "見本 太郎")
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "消去できません" in dialog.outcome.text())
    assert len(places(dialog)) == 3


def test_the_retailers_own_table_is_read_and_what_is_wrong_in_it_is_named(dialog, context, qtbot, tmp_path):
    rows = [(f"06{5:020}", "架空 一郎", "カクウ イチロウ"), ("0612", "架空 二郎", ""), ("", "架空 三郎", "")]
    write_table(tmp_path / "customers.xlsx", ("地点番号", "お客さま名", "フリガナ"), rows)
    dialog.import_from(tmp_path / "customers.xlsx")
    qtbot.waitUntil(lambda: dialog.outcome.text() == "2件を読み込みました。番号か氏名が正しくない 1件は入れていません（3行目）。")
    assert [one.reading for one in context.desk.customers.search("カクウ")] == ["カクウ イチロウ"]
    qtbot.waitUntil(dialog.import_button.isEnabled)
    dialog.import_from(tmp_path / "nothing.xlsx")
    qtbot.waitUntil(lambda: "ファイルがありません" in dialog.outcome.text())
