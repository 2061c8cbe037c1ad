"""Pictures by the strokes of one painter, for paper: laying figures out takes matplotlib several times what a whole page takes.

What is drawn is what the screen's figures draw (``month_stacks``, ``mean_days``, ``price_bands``), in the style sheet's colours, hatches
and order. Words are the page's: here stands where they belong.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from denkidesk.domain.usage import HOURS, Usage
from denkidesk.ui.charts.axes import yen_scale
from denkidesk.ui.charts.figures import MonthStack
from denkidesk.ui.charts.style import ESTIMATED_HATCH, PART_STYLES, ChartStyle

EDGE: Final = 2.5  # tenths of a millimetre, as everything here
_FINE: Final = 1.6
_HATCH_GAP: Final = 56.0  # over the number of signs: more of them are denser
_DOT: Final = 4.5
_TOP_EDGE: Final = 9.0
_MOST_TICKS: Final = 5
_AIR: Final = 1.04
_SHARES: Final = {1: (0.68,), 2: (0.34, 0.34)}  # of a month's room, for each bar
_FULL: Final = 0.995  # one hour of a kettle must not make the rest of the year look empty
_DASHES: Final = ((), (5.0, 2.5), (1.2, 1.8), (5.0, 1.8, 1.2, 1.8))
# Of matplotlib's map, every sixteenth of the way.
_CIVIDIS: Final = (
    (0, 34, 78),
    (0, 46, 106),
    (26, 56, 111),
    (50, 67, 109),
    (67, 78, 108),
    (83, 90, 109),
    (97, 101, 111),
    (111, 112, 115),
    (125, 124, 120),
    (140, 136, 120),
    (155, 148, 118),
    (171, 160, 114),
    (188, 174, 108),
    (205, 187, 99),
    (222, 201, 88),
    (240, 216, 70),
    (254, 232, 56),
)


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round figures from the lowest to the highest that is drawn, zero among them."""
    span = max(high - low, 1e-9)
    unit = 10.0 ** floor(log10(span / _MOST_TICKS))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if span / (unit * factor) <= _MOST_TICKS)
    return tuple(step * number for number in range(ceil(low / step), floor(high / step) + 1))


def draw_part(painter: QPainter, box: QRectF, part: str, style: ChartStyle, *, estimated: bool = False) -> None:
    """A part of a bill: its fill, its hatch, its edge."""
    look = PART_STYLES[part]
    painter.fillRect(box, QColor(look.fill))
    hatch(painter, box, ESTIMATED_HATCH if estimated and part == "usage" else look.hatch, QColor(style.outline))
    painter.setPen(QPen(QColor(style.outline), EDGE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def hatch(painter: QPainter, box: QRectF, signs: str, ink: QColor) -> None:
    """Matplotlib's signs as strokes of our own: a brush's pattern has the size of the device's dots, which on paper nobody sees."""
    if not signs:
        return
    gap, sign = _HATCH_GAP / len(signs), signs[0]
    pen = QPen(ink, _FINE)
    lines = [*(_rising(box, gap) if sign in "/x" else ()), *(_falling(box, gap) if sign in "\\x" else ())]
    if sign == ".":
        pen = QPen(ink, _DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        lines = [QLineF(dot, dot + QPointF(0.01, 0)) for dot in _dots(box, gap / 2)]
    path = QPainterPath()  # one path: a recording plays lines back one by one, which a page pays for
    for line in lines:
        path.moveTo(line.p1())
        path.lineTo(line.p2())
    painter.strokePath(path, pen)


def _rising(box: QRectF, gap: float) -> Iterator[QLineF]:
    """Where x + y is a multiple of the gap: parts that lie on each other have one pattern."""
    at = ceil((box.left() + box.top()) / gap) * gap
    while at < box.right() + box.bottom():
        left, right = max(box.left(), at - box.bottom()), min(box.right(), at - box.top())
        yield QLineF(left, at - left, right, at - right)
        at += gap


def _falling(box: QRectF, gap: float) -> Iterator[QLineF]:
    at = ceil((box.left() - box.bottom()) / gap) * gap
    while at < box.right() - box.top():
        left, right = max(box.left(), at + box.top()), min(box.right(), at + box.bottom())
        yield QLineF(left, left - at, right, right - at)
        at += gap


def _dots(box: QRectF, gap: float) -> Iterator[QPointF]:
    for row in range(ceil((box.top() + _DOT) / gap), floor((box.bottom() - _DOT) / gap) + 1):
        shift = gap / 2 if row % 2 else 0.0
        for column in range(ceil((box.left() + _DOT - shift) / gap), floor((box.right() - _DOT - shift) / gap) + 1):
            yield QPointF(column * gap + shift, row * gap)


class MonthBars:
    """Stacked bars of a month or two a month, in a box. Negative parts go down from zero; the second of a pair has a thick top edge."""

    def __init__(self, box: QRectF, months: Sequence[Sequence[MonthStack]]) -> None:
        self._box, self._months = box, months
        ends = [_ends(stack) for month in months for stack in month]
        self._low = min((low for low, _ in ends), default=0.0) * _AIR
        self._high = (max((high for _, high in ends), default=0.0) or 1.0) * _AIR
        self.scale, self.unit, self.decimals = yen_scale(self._high / _AIR)

    @property
    def marks(self) -> tuple[tuple[float, str], ...]:
        """Where the axis has a figure, and which."""
        unit = float(self.scale)
        found = ticks(self._low / unit, self._high / unit)
        return tuple((self.height_of(value * unit), f"{value:,.10g}".replace("-", "−")) for value in found)

    @property
    def parts(self) -> tuple[str, ...]:
        """Which parts are drawn, in the order of the stack."""
        stacks = [stack for month in self._months for stack in month]
        return tuple(part for part in PART_STYLES if any(stack.parts[part] for stack in stacks))

    @property
    def is_estimated(self) -> bool:
        """Whether a month's usage is drawn as an estimate."""
        return any(stack.estimated and stack.parts["usage"] for month in self._months for stack in month)

    def room_of(self, place: int) -> tuple[float, float]:
        """Where a month begins, and how wide it is."""
        width = self._box.width() / max(1, len(self._months))
        return self._box.left() + place * width, width

    def height_of(self, yen: float) -> float:
        """Where an amount stands."""
        return self._box.bottom() - (yen - self._low) / (self._high - self._low) * self._box.height()

    def top_of(self, place: int) -> float:
        """Of a month's higher bar."""
        return self.height_of(max(_ends(stack)[1] for stack in self._months[place]))

    def draw(self, painter: QPainter, style: ChartStyle) -> None:
        """Grid, bars and the line at zero."""
        left, right = self._box.left(), self._box.right()
        painter.setPen(QPen(QColor(style.grid), _FINE))
        painter.drawLines([QLineF(left, at, right, at) for at, _ in self.marks])
        for place, month in enumerate(self._months):
            begin, width = self.room_of(place)
            shares = _SHARES[len(month)]
            at = begin + width * (1 - sum(shares)) / 2
            for number, (stack, share) in enumerate(zip(month, shares, strict=True)):
                self._draw_stack(painter, stack, at + width * 0.01, width * (share - 0.02), style)
                if number:
                    top = self.height_of(_ends(stack)[1])
                    painter.fillRect(QRectF(at + width * 0.01, top - _TOP_EDGE, width * (share - 0.02), _TOP_EDGE), QColor(style.text))
                at += width * share
        painter.setPen(QPen(QColor(style.text), EDGE))
        painter.drawLine(QLineF(left, self.height_of(0), right, self.height_of(0)))

    def _draw_stack(self, painter: QPainter, stack: MonthStack, left: float, width: float, style: ChartStyle) -> None:
        low = high = 0.0
        for part in PART_STYLES:
            value = stack.parts[part]
            if not value:
                continue
            start = high if value > 0 else low
            ends = sorted((self.height_of(start), self.height_of(start + value)))
            draw_part(painter, QRectF(left, ends[0], width, ends[1] - ends[0]), part, style, estimated=stack.estimated)
            high, low = (high + value, low) if value > 0 else (high, low + value)


def _ends(stack: MonthStack) -> tuple[float, float]:
    values = stack.parts.values()
    return sum(value for value in values if value < 0), sum(value for value in values if value > 0)


class LoadPicture:
    """Each hour of a year as a dot: a column a day, midnight on top. White with a hatch where nothing was measured."""

    def __init__(self, usage: Usage) -> None:
        import numpy as np

        self.first, last = usage.days[0].day, usage.days[-1].day
        self.days = (last - self.first).days + 1
        grid = np.full((HOURS, self.days), np.nan)
        for day in usage.days:
            grid[:, (day.day - self.first).days] = np.array(day.hourly_kwh, dtype=float)
        known = grid[~np.isnan(grid)]
        self.top_kwh = float(np.quantile(known, _FULL)) if known.size else 0.0
        steps = np.linspace(0, len(_CIVIDIS) - 1, 256)
        ramp = np.stack([np.interp(steps, range(len(_CIVIDIS)), [colour[part] for colour in _CIVIDIS]) for part in range(3)], axis=1)
        self._ramp = np.rint(ramp).astype(np.uint8)
        levels = np.clip(np.nan_to_num(grid) / (self.top_kwh or 1.0) * 255, 0, 255).astype(np.intp)
        pixels = self._ramp[levels]
        pixels[np.isnan(grid)] = 255
        self._image = _image(pixels)
        self._unknown = [int(day) for day in np.flatnonzero(np.isnan(grid).any(axis=0))]

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        """The dots as they are, not blurred and not packed with loss."""
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.drawImage(box, self._image)
        width = box.width() / self.days
        for begin, count in _runs(self._unknown):
            hatch(painter, QRectF(box.left() + begin * width, box.top(), count * width, box.height()), ESTIMATED_HATCH, QColor(style.muted))
        painter.setPen(QPen(QColor(style.muted), _FINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def draw_scale(self, painter: QPainter, box: QRectF) -> None:
        """From nothing to the most."""
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.drawImage(box, _image(self._ramp[None, :, :]))


def _image(pixels: "object") -> QImage:
    import numpy as np

    rows = np.ascontiguousarray(pixels, dtype=np.uint8)
    height, width = rows.shape[:2]
    return QImage(rows.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbours together: where each run begins, and how many it has."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and sum(found[-1]) == number:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((number, 1))
    return found


def draw_curve(painter: QPainter, points: Sequence[QPointF | None], number: int, style: ChartStyle) -> None:
    """A line of its own dash; a hole where a point is not known."""
    pen = QPen(QColor(style.lines[number]), 5.0)
    if _DASHES[number]:
        pen.setDashPattern(list(_DASHES[number]))
    painter.setPen(pen)
    held: list[QPointF] = []
    for point in (*points, None):
        if point is not None:
            held.append(point)
        else:
            if len(held) > 1:
                painter.drawPolyline(QPolygonF(held))
            held = []
