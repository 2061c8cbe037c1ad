"""Parts that give their room to a list in a low window; their keys work all the same."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

_ALT: Final = Qt.KeyboardModifier.AltModifier


class PutAway(QObject):
    """``acts``: holds buttons that do something with the list: their keys act while it stays in sight. The key of anything else in
    ``parts`` or ``beside`` presses the button ``tools`` first: whoever goes to a field wants to see it. ``within``: holds the list.
    """

    def __init__(self, within: QWidget, acts: QWidget, parts: Sequence[QWidget], beside: QWidget, tools: QPushButton) -> None:
        super().__init__(within)
        self._parts, self._beside, self._tools = (acts, *parts), beside, tools
        self._keys: list[QShortcut] = []
        for act in acts.findChildren(QPushButton):
            if (key := act.shortcut()) and act.menu() is None:  # a menu opens at its button
                self._keys.append(shortcut := QShortcut(key, within, context=Qt.ShortcutContext.WidgetWithChildrenShortcut))
                shortcut.activated.connect(act.click)
        within.installEventFilter(self)

    def show_parts(self, on: bool) -> None:
        """Shows them, or puts them away."""
        for part in self._parts:
            part.setVisible(on)
        for shortcut in self._keys:
            shortcut.setEnabled(not on)  # a button that is seen has its key itself

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks up from the cursor who needs a key for himself before it looks who has a shortcut of it: by then the parts are back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.modifiers() == _ALT:
            key = QKeySequence(event.keyCombination())
            is_act = any(shortcut.isEnabled() and shortcut.key() == key for shortcut in self._keys)
            if not is_act and any(not part.isVisible() and _has_key(part, key) for part in (*self._parts, self._beside)):
                self._tools.setChecked(True)
        return super().eventFilter(watched, event)


def _has_key(part: QWidget, key: QKeySequence) -> bool:
    buttons = (button.shortcut() for button in part.findChildren(QAbstractButton) if button.isEnabled())
    labels = (QKeySequence.mnemonic(label.text()) for label in part.findChildren(QLabel) if label.buddy() is not None)
    return key in (*buttons, *labels)
