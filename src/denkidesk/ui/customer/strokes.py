"""Words and bars from the top of a page downwards, measured first and drawn by the same calls: what does not fit is never begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from denkidesk.ui.charts.steps import DEARER
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.why_bars import PLAN

LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one size and colour (by its name in ``Colours``)."""

    words: str
    pixels: float
    tone: str = "text"
    bold: bool = False


class Strokes:
    """``painter`` None: measures only. ``y``: where the next part begins."""

    def __init__(self, painter: QPainter | None, theme: Theme, room: QRectF) -> None:
        self._painter, self._theme = painter, theme
        self.room, self.y = room, room.top()

    def font(self, pixels: float, *, bold: bool = False) -> QFont:
        """The program's face in a size of its own."""
        font = self._theme.font(bold=bold)
        font.setPixelSize(max(1, round(pixels)))
        return font

    def width_of(self, run: Run) -> float:
        """How wide words are on one line."""
        return QFontMetricsF(self.font(run.pixels, bold=run.bold)).horizontalAdvance(run.words)

    def paragraph(self, run: Run, *, after: float = 0.0) -> None:
        """Words on as many lines as they take."""
        layout = QTextLayout(run.words, self.font(run.pixels, bold=run.bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.room.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        if self._painter is not None:
            self._painter.setPen(self._theme.colour(run.tone))
            layout.draw(self._painter, QPointF(self.room.left(), self.y))
        self.y += height + after

    def line(self, runs: Sequence[Run], *, after: float = 0.0) -> None:
        """Words of several sizes on one line and one base line; smaller, all of them, where they would not fit."""
        wide = sum(self.width_of(run) for run in runs)
        shrunk = min(1.0, self.room.width() / wide) if wide else 1.0
        fonts = [self.font(int(run.pixels * shrunk), bold=run.bold) for run in runs]
        metrics = [QFontMetricsF(font) for font in fonts]
        base = max((one.ascent() for one in metrics), default=0.0)
        if self._painter is not None:
            x = self.room.left()
            for run, font, one in zip(runs, fonts, metrics, strict=True):
                self._painter.setFont(font)
                self._painter.setPen(self._theme.colour(run.tone))
                self._painter.drawText(QPointF(x, self.y + base), run.words)
                x += one.horizontalAdvance(run.words)
        self.y += base + max((one.descent() for one in metrics), default=0.0) + after

    def words(self, box: QRectF, run: Run, align: int = LEFT) -> None:
        """Words in a box; cut with an ellipsis where they are wider."""
        if self._painter is not None:
            font = self.font(run.pixels, bold=run.bold)
            self._painter.setFont(font)
            self._painter.setPen(self._theme.colour(run.tone))
            self._painter.drawText(box, align, QFontMetricsF(font).elidedText(run.words, Qt.TextElideMode.ElideRight, box.width()))

    def ends(self, left: Run, right: Run, *, after: float = 0.0) -> None:
        """Words at both ends of one line, or below each other where it is too short."""
        height = max(QFontMetricsF(self.font(run.pixels, bold=run.bold)).height() for run in (left, right))
        taken = min(self.width_of(left), self.room.width())
        self.words(QRectF(self.room.left(), self.y, taken + 1, height), left)
        rest = self.room.width() - taken - right.pixels
        fits = rest >= self.width_of(right)
        if fits:
            self.words(QRectF(self.room.right() - rest, self.y, rest, height), right, RIGHT)
        self.y += height
        if not fits:
            self.paragraph(right)
        self.y += after

    def rule(self, *, after: float) -> None:
        """A hairline."""
        self.stroke(QPointF(self.room.left(), self.y), QPointF(self.room.right(), self.y), "line")
        self.y += after

    def stroke(self, start: QPointF, end: QPointF, tone: str = "text") -> None:
        """A line."""
        if self._painter is not None:
            self._painter.setPen(self._theme.colour(tone))
            self._painter.drawLine(start, end)

    def bar(self, box: QRectF, kind: str) -> None:
        """``present`` has a dashed edge, ``proposed`` is full, ``saved`` is an empty end, ``dearer`` is hatched: none needs its colour."""
        if self._painter is None or box.width() <= 0 or box.height() <= 0:
            return
        painter, text = self._painter, self._theme.colour("text")
        edge = QPen(text)
        edge.setStyle(Qt.PenStyle.DashLine if kind == "present" else Qt.PenStyle.SolidLine)
        fills = {"present": self._theme.colour("surface"), "proposed": PLAN[self._theme.colours.is_dark], "dearer": DEARER}
        if kind == "saved":
            edge.setColor(self._theme.colour("ok"))
        painter.setPen(edge)
        painter.setBrush(fills.get(kind, self._theme.colour("ok_soft")))
        painter.drawRect(box)
        if kind == "dearer":
            painter.fillRect(box, QBrush(QColor("#1b2432"), Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
