"""The band that makes practice mode unmistakable: in colour, in large type and in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from denkidesk.texts import shell as texts
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

_ICON_SIZE = 20


class PracticeBand(QFrame):
    """Stands above everything for as long as practice mode lasts; it cannot be closed."""

    settings_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "practice")
        self.setAccessibleName(f"{texts.PRACTICE_WORD}。{texts.PRACTICE_TEXT}")
        picture = Picture(icons, "wrench", "on_practice", _ICON_SIZE, self)
        word = PlainLabel(texts.PRACTICE_WORD, self, scale=1.2, bold=True)
        text = PlainLabel(texts.PRACTICE_TEXT, self, wrap=True)
        button = QPushButton(texts.PRACTICE_ACTION, self)
        button.clicked.connect(self.settings_requested)
        HBox(self, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S), spacing=SPACE_M).add(picture, word, (text, 1), button)
