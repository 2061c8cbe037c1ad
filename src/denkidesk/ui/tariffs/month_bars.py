"""A usage's months as small bars, several of them on one scale."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.domain.usage import UsageMonth
from denkidesk.ui.charts.style import PART_STYLES

_FILL: Final = QColor(PART_STYLES["usage"].fill)
_SIZE: Final = QSize(164, 84)
_LABEL: Final = 16


class MonthBars(QWidget):
    """``most_kwh``: what the full height stands for. A month that is not whole is hatched. Said by the words beside it."""

    def __init__(self, months: Sequence[UsageMonth], most_kwh: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months = months
        self._most_kwh = most_kwh or 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Twelve bars with their numbers."""
        return _SIZE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars from zero, the month's number below each."""
        with QPainter(self) as painter:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)
            text = self.palette().text().color()
            step, ground = self.width() / max(12, len(self._months)), self.height() - _LABEL
            for place, month in enumerate(self._months):
                height = (ground - 2) * month.kwh / self._most_kwh
                bar = QRectF(place * step + step * 0.16, ground - height, step * 0.68, height)
                whole = month.days == month.days_of
                painter.setPen(text)
                painter.setBrush(_FILL if whole else QBrush(text, Qt.BrushStyle.BDiagPattern))
                painter.drawRect(bar)
                label = QRectF(place * step, ground, step, _LABEL)
                painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), str(int(month.month[5:7])))
