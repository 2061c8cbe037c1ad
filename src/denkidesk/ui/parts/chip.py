"""Filters as switches: a word with a live count."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.texts.shell import CHIP_SPOKEN
from denkidesk.ui.parts.plain import set_tip


class FilterChip(QPushButton):
    """A switch that says how many rows it would show. Pressing the pressed one again lets it go."""

    chosen = Signal(object)

    def __init__(self, value: object, word: str, key_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.word = word
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        if key_hint:
            set_tip(self, key_hint)
        self.set_count(None)
        self.clicked.connect(self._on_clicked)

    def set_count(self, count: int | None) -> None:
        """Shows the count; None shows the word alone."""
        text = self.word if count is None else f"{self.word} {count:,}"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(CHIP_SPOKEN.format(text=text))

    def _on_clicked(self) -> None:
        self.chosen.emit(self.value)
