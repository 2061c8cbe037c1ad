"""A supply point number that is changed under another customer's name and address asks, at the place, by keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind
from fakes.apply_hand import CTRL, KEYS, OUTAGE, POINT, field, opened, press, write

SECOND = "0612345678901234560002"
NAME, ADDRESS = OUTAGE["customer_name"], OUTAGE["supply_point_address"]


@pytest.fixture
def tab(make_apply_tab):
    return make_apply_tab()


@pytest.fixture
def form(tab, qtbot):
    return opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)


def paste(form, qtbot, number):
    field(form, "supply_point_number").take_focus()
    QGuiApplication.clipboard().setText(number)
    press(qtbot, KEYS.Key_V, CTRL)


def asked(form, qtbot):
    question = form.guard.question
    qtbot.waitUntil(lambda: question.isVisible() and QApplication.focusWidget() in question.buttons)
    return question


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(KEYS.Key_Tab, Qt.KeyboardModifier.NoModifier), (KEYS.Key_Return, Qt.KeyboardModifier.NoModifier), (KEYS.Key_Return, CTRL)],
    ids=["tab", "enter", "ctrl-enter"],
)
def test_a_pasted_number_asks_whichever_way_the_field_is_left(form, qtbot, key, modifier):
    paste(form, qtbot, SECOND)
    press(qtbot, key, modifier)
    question = asked(form, qtbot)
    words = question._facts.text()
    assert "06-1234-5678-9012-3456-7890" in words
    assert NAME in words
    assert ADDRESS in words
    for _ in range(5):
        press(qtbot, KEYS.Key_Return, CTRL)
    assert not form.is_locked, "nothing is sent past the question"
    assert form.values()["supply_point_number"] == SECOND
    assert question.isVisible()


def test_keep(form, qtbot, outbox):
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(form, qtbot)
    press(qtbot, KEYS.Key_1)
    assert not question.isVisible()
    assert form.values() == OUTAGE | {"supply_point_number": SECOND}
    assert QApplication.focusWidget() is field(form, "customer_name").editor
    qtbot.waitUntil(lambda: [values for _, values in outbox.draft_fields] == [OUTAGE | {"supply_point_number": SECOND}])


@pytest.mark.parametrize("key", [KEYS.Key_2, KEYS.Key_Return], ids=["digit", "enter"])
def test_clear_keeps_the_earlier_customer_as_a_draft(form, qtbot, outbox, key):
    field(form, "contact_phone").set_value("06-0000-0000")
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    asked(form, qtbot)
    press(qtbot, key)
    rest = {name: OUTAGE[name] for name in ("selection_code", "equipment_class", "visit_on")}
    assert form.values() == {"supply_point_number": SECOND, **rest}
    assert QApplication.focusWidget() is field(form, "customer_name").editor
    qtbot.waitUntil(
        lambda: (
            [values for _, values in outbox.draft_fields]
            == [OUTAGE | {"contact_phone": "06-0000-0000"}, {"supply_point_number": SECOND, **rest}]
        )
    )
    press(qtbot, KEYS.Key_Return, CTRL)
    assert field(form, "customer_name").error == "入力してください。", "the new customer's name is wanted"


@pytest.mark.parametrize("key", [KEYS.Key_3, KEYS.Key_Escape], ids=["digit", "escape"])
def test_back(form, qtbot, key):
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    asked(form, qtbot)
    press(qtbot, key)
    assert form.values() == OUTAGE
    assert QApplication.focusWidget() is field(form, "supply_point_number").editor


def test_the_answers_are_walked_through_by_tab(form, qtbot):
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(form, qtbot)
    press(qtbot, KEYS.Key_Tab)
    assert QApplication.focusWidget() is question.buttons[2]
    press(qtbot, KEYS.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, KEYS.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is question.buttons[0]
    press(qtbot, KEYS.Key_Space)
    assert form.values() == OUTAGE | {"supply_point_number": SECOND}


def test_a_key_that_is_held_down_answers_nothing(form, qtbot):
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Return)
    question = asked(form, qtbot)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(QApplication.focusWidget(), held)
    assert question.isVisible()
    assert form.values() == OUTAGE | {"supply_point_number": SECOND}


def test_numbers_that_are_nobodys_do_not_ask(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT[:21])  # one digit short, noticed later
    press(qtbot, KEYS.Key_Tab)
    write(qtbot, "Taro")
    paste(form, qtbot, POINT)
    press(qtbot, KEYS.Key_Tab)
    assert not form.guard.question.isVisible()
    paste(form, qtbot, SECOND[:21])
    press(qtbot, KEYS.Key_Tab)
    assert not form.guard.question.isVisible(), "said as a fault, not asked"
    paste(form, qtbot, POINT)
    press(qtbot, KEYS.Key_Tab)
    assert not form.guard.question.isVisible(), "it is the same customer again"
    for name in ("customer_name", "supply_point_address"):
        field(form, name).take_focus()
        press(qtbot, KEYS.Key_A, CTRL)
        press(qtbot, KEYS.Key_Delete)
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    assert not form.guard.question.isVisible(), "no name stands there"


def test_a_form_without_names_asks_for_its_address(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OTHER)
    write(qtbot, POINT)
    for _ in ("number", "phone", "postcode"):
        press(qtbot, KEYS.Key_Return)
    write(qtbot, "Osaka")
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Return)
    asked(form, qtbot)
    press(qtbot, KEYS.Key_2)
    assert form.values() == {"supply_point_number": SECOND}


@pytest.mark.parametrize("typed", [SECOND, SECOND[:10]], ids=["whole", "in the middle"])
def test_a_draft_that_was_left_in_the_middle_of_a_change_asks_when_it_is_opened(tab, form, qtbot, typed):
    field(form, "supply_point_number").take_focus()
    press(qtbot, KEYS.Key_A, CTRL)
    write(qtbot, typed)
    tab.show_start()  # unanswered
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle and tab.start_page.drafts.isVisible())
    press(qtbot, KEYS.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())
    if typed != SECOND:
        assert not tab.form.guard.question.isVisible()
        paste(tab.form, qtbot, SECOND)
        press(qtbot, KEYS.Key_Tab)
    asked(tab.form, qtbot)
    press(qtbot, KEYS.Key_3)
    assert tab.form.values() == OUTAGE


def test_coming_back_to_the_tab_the_cursor_is_on_the_question(tab, form, qtbot):
    paste(form, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(form, qtbot)
    tab.start_page.setFocus()
    tab.activated()
    assert QApplication.focusWidget() in question.buttons
