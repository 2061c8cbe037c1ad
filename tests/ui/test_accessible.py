"""Every control says what it is, how it stands and what it belongs to; a key leads to it; no act loses the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS
from fakes.accessible import lost_focus, name_of, unsaid
from fakes.filing import outage


@pytest.fixture
def window(main_window, context, settle):
    context.desk.sender.pause()
    context.desk.outbox.queue(outage(901))
    main_window.resize(1280, 800)
    main_window.activateWindow()
    main_window.show_tab(INBOX)
    main_window.refresh()
    settle()
    main_window.inbox.list.table.choose_row(0)
    main_window.inbox.list.table.setFocus()
    settle()
    return main_window


@pytest.mark.parametrize("tab", [INBOX, APPLY, OUTBOX, TARIFFS])
def test_a_screen_says_all_that_it_shows(window, settle, tab):
    window.show_tab(tab)
    settle()
    assert unsaid(window) == []


@pytest.mark.parametrize("kind", ApplicationKind)
def test_a_form_says_all_that_it_shows(window, settle, kind, qtbot):
    window.start_application(kind)
    settle()
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == APPLY)
    assert unsaid(window) == []


def test_every_page_of_the_settings_says_all_that_it_shows(window, context, settle):
    dialog = SettingsDialog(context, window)
    dialog.open()
    dialog.activateWindow()
    settle()
    for page in range(dialog._pages.count()):
        dialog._pages.setCurrentIndex(page)
        settle()
        assert unsaid(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("tab", [INBOX, OUTBOX])
def test_no_act_by_keys_loses_the_focus(window, settle, tab):
    window.show_tab(tab)
    screen = window.screen_at(tab)
    keys = {INBOX: ("F5", "Ctrl+U", "Ctrl+U", "Ctrl+F", "Space"), OUTBOX: ("Ctrl+Shift+P", "Ctrl+Shift+P", "Down")}[tab]
    for key in keys:
        QTest.keySequence(window.focusWidget() or screen, key)
        settle()
        assert lost_focus(window) == [], key
    for chip in [chip for chip in screen.findChildren(FilterChip) if chip.isVisible()]:
        chip.setFocus()
        QTest.keyClick(chip, Qt.Key.Key_Space)
        settle()
        assert lost_focus(window) == [], chip.text()


def test_the_walk_finds_what_cannot_be_said_or_reached(window, icons, qtbot):
    nameless = QPushButton("", window)
    nameless.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    nameless.show()
    row = FieldRow(icons, "見本", QLineEdit(), required_text="必須", parent=window)
    row.editor.setAccessibleName("見本")
    row.show()
    chip = FilterChip("a", "見本", parent=window)
    chip.setAccessibleName("見本")
    chip.show()
    kinds = {words.split(":")[0] for words in unsaid(window)}
    assert kinds == {"no name", "no key", "a chip without its question", "not said to be required"}
    for one in (nameless, row, chip):
        one.hide()
    QApplication.processEvents()
    assert unsaid(window) == []


def test_each_answer_says_whether_one_is_required_and_another_value_may_decide_it(window, settle, qtbot):
    window.start_application(ApplicationKind.OTHER)
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == APPLY and window.screen_at(APPLY).form is not None)
    settle()
    form = window.screen_at(APPLY).form
    for name in ("selection_code", "equipment_class", "content_code"):
        answers = form.fields.named(name).editor.findChildren(QPushButton)
        assert all("、必須、" in answer.accessibleName() for answer in answers), name
    number = form.fields.named("supply_point_number")
    assert name_of(number.editor) == "供給地点特定番号、必須"
    needless = dict(number.field.needless_with)["selection_code"]
    form.put({"selection_code": needless})
    assert name_of(number.editor) == "供給地点特定番号"
    assert "任意" in [label.text() for label in number.findChildren(QLabel) if label.isVisible()]
    assert unsaid(window) == []
    form.put({"selection_code": ""})
    assert name_of(number.editor) == "供給地点特定番号、必須"
    form.fields.named("content_code").editor.setAccessibleName("内容種別")
    assert {words.split(":")[0] for words in unsaid(window)} == {"not said to be required"}
