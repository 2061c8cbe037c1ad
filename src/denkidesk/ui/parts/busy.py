"""Work under way: a thin bar, a sentence, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.plain import CutLabel
from denkidesk.ui.parts.theme import SPACE_M


class BusyBar(QWidget):
    """Hidden while nothing runs. ``cancel_requested`` when the clerk has enough of waiting."""

    cancel_requested = Signal()

    def __init__(self, cancel_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setMinimumWidth(48)
        self._bar.setMaximumWidth(160)
        self._text = CutLabel("", self, tone="muted")
        self._cancel = QPushButton(cancel_text, self)
        self._cancel.setProperty("kind", "quiet")
        self._cancel.clicked.connect(self.cancel_requested)
        HBox(self, margins=0, spacing=SPACE_M).add((self._bar, 1), (self._text, 4), self._cancel)
        self.setVisible(False)

    def start(self, text: str) -> None:
        """Shows work of unknown length."""
        self._bar.setRange(0, 0)
        self._text.setText(text)
        self.setVisible(True)

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Shows work of known length."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._text.setText(text)

    def stop(self) -> None:
        self._bar.setRange(0, 1)  # an endless bar keeps a timer running
        self.setVisible(False)
