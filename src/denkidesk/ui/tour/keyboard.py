"""Types, presses keys and buttons in the real window, as a clerk would."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget


class Keyboard:
    """Types where the cursor is."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Types a text; what a keyboard cannot type comes as an input method commits it."""
        target = self._target(into)
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, at: QWidget | None = None) -> None:
        """Presses one key, with what is held down meanwhile."""
        QTest.keyClick(self._target(at), key, modifiers)

    def pick(self, combo: QComboBox, position: int) -> None:
        """Chooses an entry of a list by the arrow keys."""
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(position):
            QTest.keyClick(combo, Qt.Key.Key_Down)

    def _target(self, wanted: QWidget | None) -> QWidget:
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            return wanted
        return self._window.focusWidget() or self._window
