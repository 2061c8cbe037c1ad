"""The pictures of a quote with their words: the months in bars, the mean day before the prices, the year's hours."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from denkidesk.desk.load_profile import MeanDay, PriceBand
from denkidesk.domain.usage import HOURS
from denkidesk.texts import pictures as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts.tariffs import month_label
from denkidesk.ui.charts.figures import MonthStack
from denkidesk.ui.charts.printed import LoadPicture, MonthBars, draw_curve, draw_part, ticks
from denkidesk.ui.charts.style import PAPER, between

_INK: Final = QColor(PAPER.text)
_QUIET: Final = QColor(PAPER.muted)
_AXIS: Final = 130.0  # of the width, for the axis' figures
_LEGEND: Final = 42.0
_LINE: Final = 38.0
_ABOVE: Final = 44.0  # for a sum above its bar
_BAND_WORDS: Final = 84.0
_END: Final = 190.0  # for the names at the ends of the curves
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_LINE_ORDER: Final = ("summer", "winter", "between", "holiday")
_WORDS_PT: Final = 8.0
_NARROW: Final = 1  # hours that have no room for a price that another band says


class Words(Protocol):
    """How a page sets words in a box: set smaller where they are too long."""

    def __call__(
        self, rect: QRectF, text: str, points: float, *, bold: bool = False, color: QColor = _INK, align: Qt.AlignmentFlag = _LEFT
    ) -> float: ...


class Pictures:
    """Draws into a page. Each picture takes the box that it is given, words and all."""

    def __init__(self, painter: QPainter, words: Words) -> None:
        self._painter, self._words = painter, words

    def months(self, box: QRectF, months: Sequence[Sequence[MonthStack]], rows: Sequence[tuple[str, Sequence[str]]] = ()) -> None:
        """A bar a month with its sum above, or a pair with ``rows`` of figures below: the name of each, and a figure a month."""
        lines = max((stack.label.count("\n") + 1 for month in months for stack in month), default=1)
        above = _LINE / 2 if rows else _ABOVE
        bars = MonthBars(box.adjusted(_AXIS, _LEGEND + above, 0, -_LINE * (lines + len(rows))), months)
        self._legend(QRectF(box.left(), box.top(), box.width(), _LEGEND), bars)
        bars.draw(self._painter, PAPER)
        for at, figure in bars.marks:
            self._words(QRectF(box.left(), at - _LINE / 2, _AXIS - 16, _LINE), figure, _WORDS_PT, color=_QUIET, align=_RIGHT)
        below = box.bottom() - _LINE * (lines + len(rows))
        for place, month in enumerate(months):
            left, width = bars.room_of(place)
            for number, line in enumerate(month[0].label.split("\n")):
                self._words(QRectF(left, below + number * _LINE, width, _LINE), line, _WORDS_PT, color=_QUIET, align=_CENTER)
            if not rows:
                total = f"{month[0].total / bars.scale:,.{bars.decimals}f}".replace("-", "−")
                self._words(QRectF(left, bars.top_of(place) - _LINE - 4, width, _LINE), total, _WORDS_PT, align=_CENTER)
        for number, (name, figures) in enumerate(rows):
            top, is_last = below + (lines + number) * _LINE, number == len(rows) - 1
            self._words(QRectF(box.left(), top, _AXIS - 16, _LINE), name, _WORDS_PT, color=_QUIET)
            for place, figure in enumerate(figures):
                left, width = bars.room_of(place)
                self._words(QRectF(left + 3, top, width - 6, _LINE), figure, _WORDS_PT, bold=is_last, align=_CENTER)

    def _legend(self, box: QRectF, bars: MonthBars) -> None:
        left = box.left()
        names = [(part, tariff_texts.PART_NAMES[part], False) for part in bars.parts]
        if bars.is_estimated:
            names.append(("usage", tariff_texts.ESTIMATED_MONTHS, True))
        for part, name, estimated in names:
            draw_part(self._painter, QRectF(left, box.top() + 8, 44, 24), part, PAPER, estimated=estimated)
            width = 30.0 * len(name) + 16
            self._words(QRectF(left + 56, box.top(), width, 40), name, _WORDS_PT)
            left += 56 + width + 24
        self._words(QRectF(box.right() - 130, box.top(), 130, 40), bars.unit, _WORDS_PT, color=_QUIET, align=_RIGHT)

    def days(self, box: QRectF, days: Sequence[MeanDay], bands: Sequence[PriceBand]) -> None:
        """The mean hours of each kind of day before the hours of the plan's prices."""
        area = box.adjusted(_AXIS, _BAND_WORDS if bands else 0, -_END, -_LINE)
        painter, hour = self._painter, area.width() / HOURS
        self._bands(area, bands)
        most = max((kwh for day in days for kwh in day.hourly_kwh if kwh is not None), default=0.0) * 1.06 or 1.0
        for value in ticks(0, most):
            at = area.bottom() - value / most * area.height()
            painter.setPen(QPen(QColor(PAPER.grid), 1.6))
            painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))
            self._words(QRectF(box.left(), at - _LINE / 2, _AXIS - 16, _LINE), f"{value:,.10g}", _WORDS_PT, color=_QUIET, align=_RIGHT)
        for number in range(0, HOURS + 1, 3):
            at = area.left() + number * hour
            self._words(QRectF(at - 40, area.bottom(), 80, _LINE), str(number), _WORDS_PT, color=_QUIET, align=_CENTER)
        ends = []
        for day in days:
            number = _LINE_ORDER.index(day.kind.value)
            points = [
                None if kwh is None else QPointF(area.left() + (place + 0.5) * hour, area.bottom() - kwh / most * area.height())
                for place, kwh in enumerate(day.hourly_kwh)
            ]
            draw_curve(painter, points, number, PAPER)
            if (last := next((point for point in reversed(points) if point is not None), None)) is not None:
                ends.append((last, number, texts.SHORT_DAY_KINDS[day.kind.value]))
        self._ends(area, ends)

    def _bands(self, area: QRectF, bands: Sequence[PriceBand]) -> None:
        means = [float(band.mean_yen) for band in bands]
        low, high = min(means, default=0.0), max(means, default=0.0)
        hour = area.width() / HOURS
        for band, mean in zip(bands, means, strict=True):
            share = (mean - low) / (high - low) if high > low else 0.3
            left, width = area.left() + band.hour_from * hour, (band.hour_to - band.hour_from) * hour
            self._painter.fillRect(QRectF(left, area.top(), width, area.height()), QColor(between(PAPER.bands, share)))
            self._painter.setPen(QPen(QColor(PAPER.muted), 1.6))
            self._painter.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()))
            is_said = any(other.hour_to - other.hour_from > _NARROW and _same(other, band) for other in bands)
            if band.hour_to - band.hour_from <= _NARROW and is_said:
                continue
            figures = texts.price_range(band.low_yen, band.high_yen)
            self._words(QRectF(left + 2, area.top() - 80, width - 4, 38), band.name, _WORDS_PT, color=_QUIET, align=_CENTER)
            self._words(QRectF(left + 2, area.top() - 42, width - 4, 38), figures, _WORDS_PT, bold=True, align=_CENTER)

    def _ends(self, area: QRectF, ends: list[tuple[QPointF, int, str]]) -> None:
        """A name at each line's end; those that would lie on each other make room, and a stroke leads to each."""
        ends.sort(key=lambda end: end[0].y())
        places: list[float] = []
        for point, _, _ in ends:
            places.append(max(point.y(), places[-1] + _LINE) if places else point.y())
        over = max(0.0, places[-1] - area.bottom()) if places else 0.0
        for (point, number, name), at in zip(ends, places, strict=True):
            to = QPointF(area.right() + 26, at - over)
            self._painter.setPen(QPen(QColor(PAPER.lines[number]), 2.5))
            self._painter.drawLine(point, to)
            self._words(QRectF(to.x() + 8, to.y() - _LINE / 2, _END - 34, _LINE), name, _WORDS_PT)

    def load(self, box: QRectF, picture: LoadPicture) -> None:
        """A column a day, the hours down."""
        area = box.adjusted(_AXIS, _LINE / 2, 0, -_LINE)
        picture.draw(self._painter, area, PAPER)
        for number in range(0, HOURS + 1, 6):
            at = area.top() + number / HOURS * area.height()
            self._words(QRectF(box.left(), at - _LINE / 2, _AXIS - 16, _LINE), str(number), _WORDS_PT, color=_QUIET, align=_RIGHT)
        starts = [*_month_starts(picture.first, picture.days), picture.days]
        width = area.width() / picture.days
        for begin, end in pairwise(starts):
            month = month_label(date.fromordinal(picture.first.toordinal() + begin).month)
            room = QRectF(area.left() + begin * width, area.bottom(), (end - begin) * width, _LINE)
            if room.width() > 60:
                self._words(room, month, _WORDS_PT, color=_QUIET)

    def scale(self, box: QRectF, picture: LoadPicture) -> None:
        """What the colours stand for."""
        self._words(QRectF(box.left(), box.top(), 40, box.height()), "0", _WORDS_PT, align=_RIGHT)
        picture.draw_scale(self._painter, QRectF(box.left() + 52, box.top() + box.height() / 2 - 12, box.width() - 330, 24))
        words = texts.LOAD_TOP.format(kwh=f"{picture.top_kwh:.2f}")
        self._words(QRectF(box.right() - 264, box.top(), 264, box.height()), words, _WORDS_PT)


def _same(one: PriceBand, other: PriceBand) -> bool:
    return (one.name, one.low_yen, one.high_yen) == (other.name, other.low_yen, other.high_yen)


def _month_starts(first: date, days: int) -> list[int]:
    every = (date.fromordinal(first.toordinal() + place) for place in range(days))
    return [place for place, day in enumerate(every) if place == 0 or day.day == 1]
