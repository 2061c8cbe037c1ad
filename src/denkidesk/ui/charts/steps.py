"""The steps from one sum to another, a row each, drawn by the same strokes on the screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

DEARER: Final = QColor("#e8b08a")
_HATCH: Final = QColor("#1b2432")
_CUT_PART: Final = 0.75  # the axis is cut where all steps stand in its last quarter
_AIR_BELOW: Final = 0.6  # of the steps' own height, left below them where it is cut


@dataclass(frozen=True, slots=True)
class StepInks:
    """Colours of edges and words, of the ground, of what is saved, and of the proposal."""

    text: QColor
    surface: QColor
    ok: QColor
    ok_soft: QColor
    plan: QColor


class Steps:
    """The present sum, each difference from where the one above ended, the proposed sum.

    The axis begins at zero, but is cut, with a double stroke through both ends, where no step reaches below its last quarter.
    """

    def __init__(self, present_yen: int, differences: Sequence[int]) -> None:
        at, steps = present_yen, [(0, present_yen)]
        for difference in differences:
            steps.append((at, at + difference))
            at += difference
        self._steps = [*steps, (0, at)]
        inner = [end for step in steps[1:] for end in step] or [present_yen]
        self._highest = max(0, *(max(step) for step in self._steps))
        lowest = min(inner)
        is_cut = lowest > 0 and lowest >= _CUT_PART * self._highest
        self.cut_yen = int(max(0, lowest - (self._highest - lowest) * _AIR_BELOW)) if is_cut else 0
        self._origin = self.cut_yen or min(0, lowest)

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def origin_yen(self) -> int:
        """Where the axis begins."""
        return self._origin

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """From where to where each row's bar goes, in yen; both ends from zero."""
        return tuple(self._steps)

    def draw(self, painter: QPainter, box: QRectF, row: int, inks: StepInks, width: float = 1.0) -> float:
        """Draws a row's bar into a box, with edges of a width, and returns where it ends at the right."""
        scale = box.width() / max(1, self._highest - self._origin)
        start, end = self._steps[row]
        left, right = (box.left() + (max(yen, self._origin) - self._origin) * scale for yen in sorted((start, end)))
        bar = QRectF(left, box.top(), max(width, right - left), box.height())
        is_end = row in (0, len(self) - 1)
        edge = QPen(inks.text, width, Qt.PenStyle.SolidLine if row else Qt.PenStyle.DashLine)
        if is_end:
            painter.setPen(edge)
            painter.setBrush(inks.plan if row else inks.surface)
            painter.drawRect(bar)
            if self.cut_yen:
                _double_stroke(painter, bar, inks, width)
        elif end > start:
            painter.setPen(edge)
            painter.setBrush(DEARER)
            painter.drawRect(bar)
            _hatch(painter, bar, width)
        elif end < start:
            painter.setPen(QPen(inks.ok, width))
            painter.setBrush(inks.ok_soft)
            painter.drawRect(bar)
        else:
            painter.setPen(edge)
            painter.drawLine(bar.topLeft(), bar.bottomLeft())
        return bar.right()


def _hatch(painter: QPainter, bar: QRectF, width: float) -> None:
    """Strokes of our own: a brush's pattern has the size of the device's dots, which on paper nobody sees."""
    painter.save()
    painter.setClipRect(bar)
    painter.setPen(QPen(_HATCH, width))
    step, height = 6 * width, bar.height()
    at = bar.left() - height
    while at < bar.right():
        painter.drawLine(QPointF(at, bar.bottom()), QPointF(at + height, bar.top()))
        at += step
    painter.restore()


def _double_stroke(painter: QPainter, bar: QRectF, inks: StepInks, width: float) -> None:
    left = bar.left() + min(24.0 * width, bar.width() / 3)
    lean, gap = 5 * width, 3 * width
    painter.setPen(QPen(inks.surface, 5 * width))
    painter.drawLine(QPointF(left, bar.bottom() + 2 * width), QPointF(left + lean, bar.top() - 2 * width))
    painter.setPen(QPen(inks.text, width))
    for shift in (-gap, gap):
        painter.drawLine(QPointF(left + shift, bar.bottom() + 2 * width), QPointF(left + lean + shift, bar.top() - 2 * width))
