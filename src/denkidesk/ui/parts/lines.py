"""Several lines of plain text with air between them: the font's own leading is too tight for reading."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.plain import PlainLabel

_AIR = 5


class Lines(QWidget):
    """One label a line; each wraps by itself and can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[PlainLabel] = []
        self._layout = VBox(self, margins=0, spacing=_AIR)

    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(label.text() for label in self._labels)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Replaces the lines; none hides the place."""
        while len(self._labels) > len(lines):
            label = self._labels.pop()
            self._layout.removeWidget(label)
            label.hide()
            label.deleteLater()
        while len(self._labels) < len(lines):
            label = PlainLabel("", self, wrap=True, selectable=True)
            self._layout.addWidget(label)
            label.show()  # now: by itself Qt shows it a turn of the event loop after the lines that were there already
            self._labels.append(label)
        for label, line in zip(self._labels, lines, strict=True):
            label.setText(line)
        self.setVisible(bool(lines))
