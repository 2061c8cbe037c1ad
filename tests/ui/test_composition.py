"""What an input method composes is never lost and never submitted: Enter, a change of focus, a key of the program, the end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit

from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.act_search import ActSearch
from denkidesk.ui.shell.journal_dialog import JournalDialog
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS

WORDS = "みほん"


def compose(editor, preedit=WORDS):
    QApplication.sendEvent(editor, QInputMethodEvent(preedit, []))


def text_of(editor):
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()


def takes(editor):
    """Whether a name may stand there at all: numbers and secrets are typed, not composed."""
    free = isinstance(editor, QPlainTextEdit) or (editor.validator() is None and not editor.inputMask())
    return free and not editor.isReadOnly() and editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def editors_in(widget):
    found = [one for kind in (QLineEdit, QPlainTextEdit) for one in widget.findChildren(kind) if one.isVisible() and one.isEnabled()]
    return [one for one in found if takes(one)]


def check_editor(editor, still):
    """Composes in it; Enter and Esc are the input method's, and the words are in the field before the cursor leaves it."""
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    if QApplication.focusWidget() is not editor:
        return
    before = text_of(editor)
    compose(editor)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
        QTest.keyClick(editor, key)
        assert still(), editor.accessibleName()
        assert QApplication.focusWidget() is editor, editor.accessibleName()
        assert text_of(editor) == before
    editor.clearFocus()
    assert WORDS in text_of(editor), editor.accessibleName()
    editor.setPlainText(before) if isinstance(editor, QPlainTextEdit) else editor.setText(before)


@pytest.mark.parametrize("tab", [INBOX, APPLY, OUTBOX, TARIFFS])
def test_every_editor_of_a_screen_keeps_it(main_window, settle, tab, qtbot):
    main_window.activateWindow()
    main_window.show_tab(tab)
    if tab == APPLY:
        main_window.start_application(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: main_window._composition_guard is not None)
    settle()
    found = editors_in(main_window.screen_at(tab))
    assert found or tab == OUTBOX
    for editor in found:
        check_editor(editor, lambda: main_window.tabs.currentIndex() == tab)


@pytest.mark.parametrize("kind", [SettingsDialog, ActSearch, JournalDialog])
def test_every_editor_of_a_dialog_keeps_it_and_the_dialog_stays(main_window, context, settle, kind, qtbot):
    qtbot.waitUntil(lambda: main_window._composition_guard is not None)
    dialog: QDialog = ActSearch(main_window, main_window.tabs) if kind is ActSearch else kind(context, main_window)
    dialog.open()
    dialog.activateWindow()
    settle()
    found = editors_in(dialog)
    assert found
    for editor in found:
        check_editor(editor, dialog.isVisible)
    assert not context.places.settings_file.exists(), "Enter has saved nothing"
    dialog.reject()


def test_a_key_of_the_program_finds_the_words_in_the_field(main_window, settle, qtbot):
    main_window.activateWindow()
    qtbot.waitUntil(lambda: main_window._composition_guard is not None)
    search = main_window.inbox.bar.search
    search.setFocus()
    compose(search)
    QTest.keyClick(search, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert search.text() == WORDS
    settle()


def test_what_is_composed_at_the_end_is_in_the_draft(main_window, context, settle, qtbot):
    main_window.activateWindow()
    main_window.start_application(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: main_window._composition_guard is not None)
    settle()
    (field,) = [one for one in main_window.applications.form.fields.all if one.field.name == "customer_name"]
    field.editor.setFocus()
    compose(field.editor)
    main_window.close()
    settle()
    assert [draft.fields.get("customer_name") for draft in context.desk.outbox.drafts()] == [WORDS]
