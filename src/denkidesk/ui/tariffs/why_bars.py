"""Pictures inside the rows of なぜ: the steps from one plan's sum to the other's, and two bars a month. The numbers stand beside them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from denkidesk.ui.charts.steps import StepInks, Steps
from denkidesk.ui.parts.theme import Theme

PLAN: Final = (QColor("#5b8fd0"), QColor("#4f86c6"))  # light, dark
_AIR: Final = 12
_WORDS: Final = 56
Index = QModelIndex | QPersistentModelIndex


class StepBars(QStyledItemDelegate):
    """The steps of a difference in a column of a table."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: Steps | None = None

    def show_steps(self, steps: Steps) -> None:
        """The rows: the present sum, each step, the proposed sum."""
        self._steps = steps

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The bar, and in words at its side whether it is more or less."""
        super().paint(painter, option, QModelIndex())
        if self._steps is None or index.row() >= len(self._steps):
            return
        inks = StepInks(
            text=self._theme.colour("text"),
            surface=self._theme.colour("surface"),
            ok=self._theme.colour("ok"),
            ok_soft=self._theme.colour("ok_soft"),
            plan=PLAN[self._theme.colours.is_dark],
        )
        box = QRectF(option.rect).adjusted(_AIR, 4, -_AIR - _WORDS, -4)
        painter.save()
        end = self._steps.draw(painter, box, index.row(), inks)
        painter.setPen(inks.text)
        words = QRectF(end + 6, option.rect.top(), _WORDS, option.rect.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(index.data() or ""))
        painter.restore()


class PairBars(QStyledItemDelegate):
    """The present plan's month above the proposal's, both from zero on one scale."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pairs: list[tuple[int, int]] = []

    def show_pairs(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Present and proposed yen of each row."""
        self._pairs = list(pairs)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Two bars with their outlines; what a month below zero has is not drawn, its number says it."""
        super().paint(painter, option, QModelIndex())
        if index.row() >= len(self._pairs):
            return
        box = QRectF(option.rect).adjusted(_AIR, 4, -_AIR, -4)
        scale = box.width() / max(1, *(max(pair) for pair in self._pairs))
        half = box.height() / 2
        painter.save()
        for place, yen in enumerate(self._pairs[index.row()]):
            edge = QPen(self._theme.colour("text"))
            edge.setStyle(Qt.PenStyle.SolidLine if place else Qt.PenStyle.DashLine)
            painter.setPen(edge)
            painter.setBrush(PLAN[self._theme.colours.is_dark] if place else self._theme.colour("surface"))
            painter.drawRect(QRectF(box.left(), box.top() + place * half, max(0.0, yen * scale), half - 1))
        painter.restore()
