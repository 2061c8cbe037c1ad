"""A button that says its key: the word at the left, the key small and quiet at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.texts.shortcuts import Shortcut
from denkidesk.ui.parts.boxes import HBox, Stretch
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS

_KEY_SCALE = 0.85


class ActButton(QPushButton):
    """Its text is the word alone; a screen reader hears the key as the description."""

    def __init__(self, word: str, shortcut: Shortcut, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self.setProperty("kind", "act")
        self._key = PlainLabel(shortcut.label, self, tone="muted", scale=_KEY_SCALE)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        HBox(self, margins=(SPACE_S, 0, SPACE_S, 0)).add(Stretch(), self._key)
        set_tip(self, shortcut.label)

    def sizeHint(self) -> QSize:
        """The word, the key, and air between them."""
        hint = super().sizeHint()
        return QSize(self._word_width() + SPACE_XS + self._key.sizeHint().width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Neither is ever cut."""
        return self.sizeHint()

    def _word_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) + 2 * SPACE_S + 2
