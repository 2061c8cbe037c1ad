"""The place of a label whose words change many times a second: its page is laid out anew only when they need more room, or less height."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from denkidesk.ui.parts.plain import SELECTABLE, PlainLabel


class Steady(QWidget):
    """Stands in a layout in place of ``label``. Of itself a label has every layout around it done again whenever its words change.

    ``selectable``: the words can be marked and copied. Only while the pointer is there: such a label is a text document, which takes
    five times as long to measure and three times as long to paint. ``lines``: for how many a label that wraps keeps room at least.
    """

    def __init__(self, label: PlainLabel, parent: QWidget, *, selectable: bool = False, lines: int = 1) -> None:
        super().__init__(parent)
        self._is_selectable, self._lines = selectable, lines
        self.label = label
        label.setParent(self)
        policy = label.sizePolicy()
        policy.setHeightForWidth(label.wordWrap())  # a label without words does not know of it yet
        self.setSizePolicy(policy)
        self._needed = QSize()

    def say(self, words: str) -> None:
        """Shows other words; the same ones cost nothing."""
        if words == self.label.text():
            return
        self.label.setText(words)
        if self._is_tight():
            self.updateGeometry()

    def text(self) -> str:
        """What is said."""
        return self.label.text()

    def sizeHint(self) -> QSize:
        """The label's."""
        return self.label.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The label's."""
        return self.label.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """The label's, or that of the least lines."""
        return max(self.label.heightForWidth(width), self._lines * self.label.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The label has all the room."""
        super().resizeEvent(event)
        self.label.setGeometry(self.rect())
        self._is_tight()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need another room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes, which alone can mark words."""
        super().enterEvent(event)
        self._let_select()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger comes without a pointer."""
        super().mousePressEvent(event)
        self._let_select()

    def leaveEvent(self, event: QEvent) -> None:
        """Words that are marked stay so, to be copied."""
        super().leaveEvent(event)
        if not self.label.hasSelectedText():
            self.label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def _let_select(self) -> None:
        if self._is_selectable:
            self.label.setTextInteractionFlags(SELECTABLE)

    def _is_tight(self) -> bool:
        """Whether the words ask for another room than the last ones; what has become narrower keeps its width."""
        before, self._needed = self._needed, self._need()
        return self._needed.height() != before.height() or self._needed.width() > self.width()

    def _need(self) -> QSize:
        if self.label.wordWrap():
            return QSize(0, self.heightForWidth(self.width()))
        return self.label.sizeHint()
