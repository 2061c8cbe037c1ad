"""The band that makes practice mode unmistakable: in colour, in large type and in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from denkidesk.texts import shell as texts
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, Theme

_ICON_SIZE = 20


class PracticeBand(QFrame):
    """Stands above everything for as long as practice mode lasts; it cannot be closed."""

    settings_requested = Signal()

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setProperty("kind", "practice")
        self.setAccessibleName(f"{texts.PRACTICE_WORD}。{texts.PRACTICE_TEXT}")
        self._picture = QLabel(self)
        word = PlainLabel(texts.PRACTICE_WORD, self, scale=1.2, bold=True)
        text = PlainLabel(texts.PRACTICE_TEXT, self, wrap=True)
        button = QPushButton(texts.PRACTICE_ACTION, self)
        button.clicked.connect(self.settings_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._picture)
        layout.addWidget(word)
        layout.addWidget(text, 1)
        layout.addWidget(button)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("wrench", "on_practice", _ICON_SIZE, self.devicePixelRatioF()))
