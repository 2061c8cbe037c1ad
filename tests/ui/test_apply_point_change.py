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
def wizard(tab, qtbot):
    return opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)


def paste(wizard, qtbot, number):
    field(wizard, "supply_point_number").take_focus()
    QGuiApplication.clipboard().setText(number)
    press(qtbot, KEYS.Key_V, CTRL)


def asked(wizard, qtbot):
    question = wizard.guard.question
    qtbot.waitUntil(lambda: question.isVisible() and QApplication.focusWidget() in question.buttons)
    return question


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(KEYS.Key_Tab, Qt.KeyboardModifier.NoModifier), (KEYS.Key_Return, Qt.KeyboardModifier.NoModifier), (KEYS.Key_Return, CTRL)],
    ids=["tab", "enter", "ctrl-enter"],
)
def test_a_pasted_number_asks_whichever_way_the_field_is_left(wizard, qtbot, key, modifier):
    paste(wizard, qtbot, SECOND)
    press(qtbot, key, modifier)
    question = asked(wizard, qtbot)
    words = question._facts.text()
    assert "06-1234-5678-9012-3456-7890" in words
    assert NAME in words
    assert ADDRESS in words
    assert wizard.walk.at == 0
    for _ in range(5):
        press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.at == 0, "nobody is led past the question"
    assert wizard.values()["supply_point_number"] == SECOND
    assert question.isVisible()


def test_the_step_list_does_not_lead_past_it_either(wizard, qtbot):
    wizard.go_on()
    wizard.go_on()
    wizard.go_on()
    assert wizard.walk.is_review
    wizard.steps.place_chosen.emit(0)
    paste(wizard, qtbot, SECOND)
    wizard.steps.place_chosen.emit(3)
    assert wizard.walk.at == 0
    asked(wizard, qtbot)


def test_keep(wizard, qtbot, outbox):
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(wizard, qtbot)
    press(qtbot, KEYS.Key_1)
    assert not question.isVisible()
    assert wizard.values() == OUTAGE | {"supply_point_number": SECOND}
    assert QApplication.focusWidget() is field(wizard, "customer_name").editor
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.at == 1
    qtbot.waitUntil(lambda: [values for _, values in outbox.draft_fields] == [OUTAGE | {"supply_point_number": SECOND}])


@pytest.mark.parametrize("key", [KEYS.Key_2, KEYS.Key_Return], ids=["digit", "enter"])
def test_clear_keeps_the_earlier_customer_as_a_draft(wizard, qtbot, outbox, key):
    field(wizard, "contact_phone").set_value("06-0000-0000")
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    asked(wizard, qtbot)
    press(qtbot, key)
    rest = {name: OUTAGE[name] for name in ("selection_code", "equipment_class", "visit_on")}
    assert wizard.values() == {"supply_point_number": SECOND, **rest}
    assert QApplication.focusWidget() is field(wizard, "customer_name").editor
    qtbot.waitUntil(
        lambda: (
            [values for _, values in outbox.draft_fields]
            == [OUTAGE | {"contact_phone": "06-0000-0000"}, {"supply_point_number": SECOND, **rest}]
        )
    )
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.at == 0, "the new customer's name is wanted"


@pytest.mark.parametrize("key", [KEYS.Key_3, KEYS.Key_Escape], ids=["digit", "escape"])
def test_back(wizard, qtbot, key):
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    asked(wizard, qtbot)
    press(qtbot, key)
    assert wizard.values() == OUTAGE
    assert QApplication.focusWidget() is field(wizard, "supply_point_number").editor
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.at == 1


def test_the_answers_are_walked_through_by_tab(wizard, qtbot):
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(wizard, qtbot)
    press(qtbot, KEYS.Key_Tab)
    assert QApplication.focusWidget() is question.buttons[2]
    press(qtbot, KEYS.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, KEYS.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is question.buttons[0]
    press(qtbot, KEYS.Key_Space)
    assert wizard.values() == OUTAGE | {"supply_point_number": SECOND}


def test_a_key_that_is_held_down_answers_nothing(wizard, qtbot):
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Return)
    question = asked(wizard, qtbot)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(QApplication.focusWidget(), held)
    assert question.isVisible()
    assert wizard.values() == OUTAGE | {"supply_point_number": SECOND}


def test_numbers_that_are_nobodys_do_not_ask(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT[:21])  # one digit short, noticed later
    press(qtbot, KEYS.Key_Tab)
    write(qtbot, "Taro")
    paste(wizard, qtbot, POINT)
    press(qtbot, KEYS.Key_Tab)
    assert not wizard.guard.question.isVisible()
    paste(wizard, qtbot, SECOND[:21])
    press(qtbot, KEYS.Key_Tab)
    assert not wizard.guard.question.isVisible(), "said as a fault, not asked"
    paste(wizard, qtbot, POINT)
    press(qtbot, KEYS.Key_Tab)
    assert not wizard.guard.question.isVisible(), "it is the same customer again"
    for name in ("customer_name", "supply_point_address"):
        field(wizard, name).take_focus()
        press(qtbot, KEYS.Key_A, CTRL)
        press(qtbot, KEYS.Key_Delete)
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    assert not wizard.guard.question.isVisible(), "no name stands there"


def test_a_form_without_names_asks_for_its_address(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OTHER)
    write(qtbot, POINT)
    press(qtbot, KEYS.Key_Return)
    write(qtbot, "Osaka")
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Return)
    asked(wizard, qtbot)
    press(qtbot, KEYS.Key_2)
    assert wizard.values() == {"supply_point_number": SECOND}


@pytest.mark.parametrize("typed", [SECOND, SECOND[:10]], ids=["whole", "in the middle"])
def test_a_draft_that_was_left_in_the_middle_of_a_change_asks_when_it_is_opened(tab, wizard, qtbot, typed):
    field(wizard, "supply_point_number").take_focus()
    press(qtbot, KEYS.Key_A, CTRL)
    write(qtbot, typed)
    tab.show_start()  # unanswered
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle and tab.start_page.drafts.isVisible())
    press(qtbot, KEYS.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: tab.wizard is not None and tab.wizard.isVisible())
    if typed != SECOND:
        assert not tab.wizard.guard.question.isVisible()
        paste(tab.wizard, qtbot, SECOND)
        press(qtbot, KEYS.Key_Tab)
    asked(tab.wizard, qtbot)
    press(qtbot, KEYS.Key_3)
    assert tab.wizard.values() == OUTAGE


def test_coming_back_to_the_tab_the_cursor_is_on_the_question(tab, wizard, qtbot):
    paste(wizard, qtbot, SECOND)
    press(qtbot, KEYS.Key_Tab)
    question = asked(wizard, qtbot)
    tab.start_page.setFocus()
    tab.activated()
    assert QApplication.focusWidget() in question.buttons
