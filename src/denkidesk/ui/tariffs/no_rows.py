"""What an empty list says in place of its rows: what hides them, and a button that takes that away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QWidget

from denkidesk.texts import ranking as texts
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_S


class NoRows(QWidget):
    """Over the rows' place of ``table``, which keeps the keyboard. ``clear``: shows everything again."""

    def __init__(self, table: QAbstractScrollArea, clear: Callable[[], None]) -> None:
        super().__init__(table.viewport())
        self._words = PlainLabel("", self, tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear = QPushButton(texts.SHOW_ALL, self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes as soon as it is pressed
        self._clear.clicked.connect(clear)
        centre = Qt.AlignmentFlag.AlignHCenter
        VBox(self, spacing=SPACE_S).add(Stretch(), self._words, (self._clear, 0, centre), Stretch(2))
        VBox(table.viewport(), margins=0).add(self)
        self.hide()

    def show_for(self, filters: Sequence[str]) -> None:
        """``filters``: what narrows the list, in words; none where nothing would be in it anyway."""
        self._words.setText(texts.no_rows(filters))
        self._clear.setVisible(bool(filters))
        self.show()
