"""The search line of a form, and the towns of a postcode: chosen by keys out of a list that stands in the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from denkidesk.domain.customers import Customer
from denkidesk.ui.apply.customer_search import CustomerSearch
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.apply.towns import Towns

TARO = Customer(f"06{123:020}", "見本 太郎", "ミホン タロウ", "06-0000-0001", "", "大阪府例示市1")
HANAKO = Customer(f"06{456:020}", "見本 花子", "ミホン ハナコ", "", "", "")


@pytest.fixture
def search(context, qtbot):
    for customer in (HANAKO, TARO):  # the one met last is found first
        context.desk.store.customers.note(customer)
    search = CustomerSearch(context)
    search.resize(700, 300)
    qtbot.addWidget(search)
    search.show()
    search.editor.setFocus()
    yield search
    search.stop()


def compose(editor, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def rows(hits):
    model = hits.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_arrows_and_enter_choose_a_customer_while_the_cursor_stays_in_the_line(search, qtbot):
    qtbot.keyClicks(search.editor, "0000")
    qtbot.waitUntil(lambda: rows(search.hits) == ["見本 太郎（ミホン タロウ）", "見本 花子（ミホン ハナコ）"])
    assert search.hits.isVisible()
    assert search.editor.hasFocus()
    model = search.hits.model()
    assert model.index(1, 1).data() == "住所は未登録", "no cell is empty"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "見本 太郎（ミホン タロウ）、大阪府例示市1、06-0000-0001、06-0000-0000-0000-0000-0123"
    )
    qtbot.keyClick(search.editor, Qt.Key.Key_Down)
    qtbot.keyClick(search.editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.picked) as picked:
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)
    assert picked.args[0].name == "見本 花子"
    assert not search.hits.isVisible()


def test_enter_before_the_answer_picks_the_first_and_without_anybody_it_goes_on(search, qtbot):
    with qtbot.waitSignal(search.picked) as picked:
        qtbot.keyClicks(search.editor, "0000")
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)
    assert picked.args[0].name == "見本 太郎"
    with qtbot.waitSignal(search.advanced):
        qtbot.keyClicks(search.editor, "99999")
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "見つかりません" in search.note.text())
    search.clear()
    with qtbot.waitSignal(search.advanced):
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)


def test_nothing_is_asked_or_chosen_while_an_input_method_composes(search, qtbot):
    compose(search.editor, "みほん")
    assert not search.hits.is_open
    compose(search.editor, commit="みほん")
    qtbot.waitUntil(lambda: search.hits.is_open)
    compose(search.editor, "はなこ")
    with qtbot.assertNotEmitted(search.picked), qtbot.assertNotEmitted(search.advanced):
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)
    assert search.hits.isVisible()
    compose(search.editor, commit="はなこ")
    with qtbot.assertNotEmitted(search.picked):
        qtbot.keyClick(search.editor, Qt.Key.Key_Return)  # some input methods pass on the Enter that ended the composition
    qtbot.waitUntil(lambda: rows(search.hits) == ["見本 花子（ミホン ハナコ）"])


def test_escape_closes_the_list_and_a_click_picks(search, qtbot):
    qtbot.keyClicks(search.editor, "0000")
    qtbot.waitUntil(lambda: search.hits.is_open)
    qtbot.keyClick(search.editor, Qt.Key.Key_Escape)
    assert not search.hits.isVisible()
    qtbot.keyClicks(search.editor, "0")
    qtbot.waitUntil(lambda: search.hits.is_open)
    with qtbot.waitSignal(search.picked) as picked:
        place = search.hits.visualRect(search.hits.model().index(1, 0)).center()
        qtbot.mouseClick(search.hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args[0].name == "見本 花子"


@pytest.fixture
def postcode(context, qtbot):
    """A postcode's editor, its towns below it, and an address that they fill."""
    page = QWidget()
    layout = QVBoxLayout(page)
    editor, address = LineEditor(page), LineEditor(page)
    towns = Towns(context, editor, address.text, page)
    towns.found.connect(address.setText)
    editor.advanced.connect(address.setFocus)
    for part in (editor, towns, address):
        layout.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    editor.setFocus()
    yield editor, towns, address
    towns.stop()


def test_a_postcode_fills_the_address_at_its_last_digit_and_another_one_replaces_it(postcode, qtbot):
    editor, towns, address = postcode
    qtbot.keyClicks(editor, "100-0001")
    qtbot.waitUntil(lambda: address.text() == "東京都千代田区千代田")
    assert not towns.isVisible()
    editor.selectAll()
    qtbot.keyClicks(editor, "1000002")
    qtbot.waitUntil(lambda: address.text() == "東京都千代田区皇居外苑")
    editor.selectAll()
    qtbot.keyClicks(editor, "0000000")
    qtbot.waitUntil(lambda: "見つかりません" in towns.note.text())


def test_of_several_towns_one_is_chosen_and_the_cursor_goes_on(postcode, qtbot):
    editor, towns, address = postcode
    qtbot.keyClicks(editor, "0680546")
    qtbot.waitUntil(towns.hits.isVisible)
    assert address.text() == ""
    chosen = rows(towns.hits)[1]
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Enter)
    assert address.text() == chosen
    assert address.hasFocus()
    assert not towns.isVisible()


def test_an_address_that_was_typed_stays(postcode, qtbot):
    editor, towns, address = postcode
    address.setText("大阪府例示市1")
    qtbot.keyClicks(editor, "1000001")
    qtbot.waitUntil(lambda: "東京都千代田区千代田" in towns.note.text())
    assert address.text() == "大阪府例示市1"
