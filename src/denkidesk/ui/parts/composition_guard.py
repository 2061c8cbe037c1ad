"""What an input method composes is never lost and never submitted, in whatever editor of the program it is composed."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from denkidesk.ui.parts.composition import Composition
from denkidesk.ui.parts.key_binding import ENTER

_CHANGES_WHAT_A_KEY_IS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CompositionGuard(QObject):
    """Watches the editor in focus, and no other: a filter in Python on all events would be felt.

    While something is composed, a key alone is the input method's: Enter presses no button, Esc closes nothing. A key with Ctrl or Alt is
    the program's: what is composed is in the field before it acts. So it is before the cursor leaves the field, also where the platform
    lets a composition go without a word.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: QWidget | None = None
        self._preedit = ""
        self._composition = Composition()
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, app.focusWidget())

    def finish(self) -> None:
        """Puts what is being composed into its field."""
        words, self._preedit = self._preedit, ""
        if words and self._editor is not None and isValid(self._editor):
            done = QInputMethodEvent()
            done.setCommitString(words)
            QApplication.sendEvent(self._editor, done)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._editor is not None and isValid(self._editor):  # a window that goes tells of the focus before it tells of its editors
            self._editor.removeEventFilter(self)
            self._editor.destroyed.disconnect(self._on_destroyed)
        self._editor, self._preedit, self._composition = None, "", Composition()
        if isinstance(new, QLineEdit | QPlainTextEdit):
            self._editor = new
            new.installEventFilter(self)
            new.destroyed.connect(self._on_destroyed)

    def _on_destroyed(self) -> None:
        self._editor, self._preedit = None, ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whether a key was the input method's own."""
        if isinstance(event, QInputMethodEvent):
            self._preedit = event.preeditString()
            self._composition.note(event)
        elif isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._is_its_own(event)
        elif event.type() == QEvent.Type.FocusOut:
            self.finish()
        return False

    def _is_its_own(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _CHANGES_WHAT_A_KEY_IS:
            self.finish()
            return False
        is_own = self._composition.is_on or (event.key() in ENTER and self._composition.has_enter)
        if is_own:
            event.accept()
        return is_own and event.type() == QEvent.Type.KeyPress
