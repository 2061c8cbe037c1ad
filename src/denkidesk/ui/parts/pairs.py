"""Names and what they name, one below the other; plain text that wraps and can be selected."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from denkidesk.ui.parts.field_row import LABEL_WIDTH
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S

_NARROW: Final = 96


class Pairs(QWidget):
    """The names at the left, ``narrow``: in small type, or ``stacked``: each above its value.

    A screen reader hears each value with its name.
    """

    def __init__(
        self, parent: QWidget | None = None, *, stacked: bool = False, label_width: int = LABEL_WIDTH, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self.pairs: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_S if narrow else SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S + 2)
        self._stacked = stacked
        self._scale = 0.9 if stacked or narrow else 1.0
        self._values: list[Lines] = []
        if not stacked:
            self._grid.setColumnMinimumWidth(0, _NARROW if narrow else label_width)
        self._grid.setColumnStretch(0 if stacked else 1, 1)

    def show_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Replaces them all; where the names are those of before, only values that are other ones are touched."""
        before, self.pairs = self.pairs, tuple(pairs)
        if [name for name, _ in before] == [name for name, _ in self.pairs]:
            for place, (old, new) in enumerate(zip(before, self.pairs, strict=True)):
                if old != new:
                    self._show_value(place)
            return
        while (item := self._grid.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._values = [Lines(self) for _ in self.pairs]
        for line, (name, _) in enumerate(self.pairs):
            self._show_value(line)
            label = PlainLabel(name, self, tone="muted", scale=self._scale, wrap=True)
            self._grid.addWidget(label, line * (1 + self._stacked), 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._values[line], line * (1 + self._stacked) + self._stacked, not self._stacked)

    def _show_value(self, place: int) -> None:
        name, value = self.pairs[place]
        self._values[place].show_lines(value.split("\n"))
        self._values[place].setAccessibleName(f"{name} {value}")
