"""An answer to a question: its digit, what it says, and what comes of it."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_M, SPACE_S, SPACE_XS


class AnswerButton(QPushButton):
    """Two lines high; where there is little room the second is left to the screen reader and to the tip."""

    def __init__(self, icons: Icons, digit: int, words: str, icon: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._digit, self._words = digit, words
        self.setAutoDefault(False)
        self._picture = Picture(icons, *icon, ICON_SIZE, self)
        self._icon: Final = icon
        number = PlainLabel(str(digit), self, tone="muted", scale=0.9)
        number.setProperty("kind", "key")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number.setMinimumWidth(number.fontMetrics().height() + SPACE_M)
        self._sentence = PlainLabel("", self, tone="muted", scale=0.9)
        self._column = VBox(spacing=2).add(PlainLabel(words, self, bold=True), self._sentence)
        self._line = HBox(self, margins=(SPACE_L, SPACE_XS, SPACE_L, SPACE_XS), spacing=SPACE_M).add(
            number, self._picture, (self._column, 1)
        )
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_sentence("")

    def show_sentence(self, sentence: str) -> None:
        """Says what comes of it."""
        self._sentence.setText(sentence)
        self.setAccessibleName("　".join(part for part in (str(self._digit), self._words, sentence) if part))

    def fold(self, folded: bool) -> None:
        """Leaves the second line out."""
        self._sentence.setVisible(not folded)
        air = SPACE_XS if folded else SPACE_S
        self._line.setContentsMargins(SPACE_L, air, SPACE_L, air)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line.minimumSize().height())

    def changeEvent(self, event: QEvent) -> None:
        """What cannot be answered is drawn in the second rank."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._picture.show_icon(self._icon[0], self._icon[1] if self.isEnabled() else "line_strong")
