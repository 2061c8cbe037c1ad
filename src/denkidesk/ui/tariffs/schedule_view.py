"""A plan's prices as a picture: months down, hours across, each block of one price with the price in it; steps as stairs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.desk.price_schedule import Block, Tiers, blocks, has_holidays, steps
from denkidesk.domain.plans import DayClass, PlanDetail
from denkidesk.texts import price_pairs as texts
from denkidesk.texts.bill import price
from denkidesk.ui.charts.style import ON_PRICE, PRICE_RAMP, between
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.price_sheet import holiday_words

_ON_PRICE: Final = QColor(ON_PRICE)  # on both ends of the ramp, light or dark around it
_AXIS: Final = 38
_GRID_SHARE: Final = 0.45  # of white, mixed here: lines that let the ground shine through take ten times as long to draw
_LABELLED: Final = (1, 3, 6, 9, 12)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def scale_of(details: Sequence[PlanDetail]) -> tuple[Decimal, Decimal]:
    """The cheapest and the dearest price of several plans: their pictures share one scale of colours."""
    prices = [condition.unit_yen for detail in details for condition in detail.conditions]
    return min(prices, default=Decimal(0)), max(prices, default=Decimal(0))


class ScheduleView(QWidget):
    """Weekdays above, holidays below where a plan tells them apart. Said in words to a screen reader."""

    def __init__(self, theme: Theme, detail: PlanDetail, ends: tuple[Decimal, Decimal], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ends = ends
        self._stairs = steps(detail)
        days = holiday_words(detail.holidays)
        shown = [(texts.WEEKDAYS, texts.AXES, DayClass.WEEKDAY), (texts.HOLIDAYS, texts.HOLIDAY_DAYS.format(days=days), DayClass.HOLIDAY)]
        if not has_holidays(detail):
            shown = [(texts.EVERY_DAY, texts.AXES, DayClass.WEEKDAY)]
        self._pictures = [(name, axes, blocks(detail, day_class)) for name, axes, day_class in shown]
        self._small, self._bold = QFont(self.font()), QFont(self.font())
        self._small.setPointSizeF(self._small.pointSizeF() * 0.85)
        self._bold.setBold(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(240)
        self.setAccessibleName(self.words)

    @property
    def words(self) -> str:
        """Every block in words."""
        return "　".join(
            texts.BLOCK.format(
                days=days, first=one.month_from, last=one.month_to, start=one.hour_from, end=one.hour_to, price=_price_words(one.tiers)
            )
            for days, _, shown in self._pictures
            for one in shown
        )

    def sizeHint(self) -> QSize:
        """As high as the months' rows need."""
        return QSize(480, self._height() * (len(self._pictures) + bool(self._stairs)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One picture below the other."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            top = 0.0
            for days, axes, shown in self._pictures:
                self._paint_head(painter, top, days, axes)
                self._paint_months(painter, self._ground(top), shown)
                top += self._height()
            if self._stairs:
                self._paint_head(painter, top, texts.STEPS, texts.STEP_CHART)
                self._paint_stairs(painter, self._ground(top))

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _row(self) -> float:
        return max(9.0, self._line() * 0.7)

    def _height(self) -> int:
        return round(2 * self._line() + 12 * self._row() + self._line() * 0.6)

    def _ground(self, top: float) -> QRectF:
        return QRectF(_AXIS, top + 2 * self._line(), self.width() - _AXIS - 10, 12 * self._row())

    def _paint_head(self, painter: QPainter, top: float, days: str, axes: str) -> None:
        painter.setFont(self._bold)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRectF(_AXIS, top, self.width(), self._line()), _LEFT, days)
        left = _AXIS + painter.fontMetrics().horizontalAdvance(days) + 10
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        shown = painter.fontMetrics().elidedText(axes, Qt.TextElideMode.ElideRight, self.width() - left)
        painter.drawText(QRectF(left, top, self.width() - left, self._line()), _LEFT, shown)

    def _paint_months(self, painter: QPainter, ground: QRectF, shown: Sequence[Block]) -> None:
        column, row = ground.width() / 24, ground.height() / 12
        painter.setFont(self._small)
        every = 2 if 2 * column > 1.2 * painter.fontMetrics().horizontalAdvance("24") else 4
        for hour in range(0, 25, every):
            place = QRectF(ground.left() + hour * column - column, ground.top() - self._line(), 2 * column, self._line())
            painter.drawText(place, _CENTRE, str(hour))
        for month in _LABELLED:
            place = QRectF(0, ground.top() + (month - 1) * row - self._line(), _AXIS - 6, row + 2 * self._line())
            painter.drawText(place, _RIGHT, f"{month}月")
        for block in shown:
            rect = QRectF(
                ground.left() + block.hour_from * column,
                ground.top() + (block.month_from - 1) * row,
                (block.hour_to - block.hour_from) * column,
                (block.month_to - block.month_from + 1) * row,
            )
            colour = self._colour(block.tiers)
            painter.fillRect(rect, QColor(colour))
            self._paint_grid(painter, rect, column, row, QColor(between((colour, "#FFFFFF"), _GRID_SHARE)))
            painter.setPen(_ON_PRICE)
            painter.drawRect(rect)
            self._paint_price(painter, rect, block)
        painter.setPen(self._theme.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(ground)

    def _paint_grid(self, painter: QPainter, rect: QRectF, column: float, row: float, line: QColor) -> None:
        painter.setPen(line)
        for place in range(1, round(rect.width() / column)):
            at = rect.left() + place * column
            painter.drawLine(QPointF(at, rect.top()), QPointF(at, rect.bottom()))
        for place in range(1, round(rect.height() / row)):
            at = rect.top() + place * row
            painter.drawLine(QPointF(rect.left(), at), QPointF(rect.right(), at))

    def _paint_price(self, painter: QPainter, rect: QRectF, block: Block) -> None:
        """The price, below the band's name where there is room for both; a block too narrow for it has what fits."""
        words, name = _price_words(block.tiers), block.name or texts.STEPS
        painter.setFont(self._bold)
        if painter.fontMetrics().horizontalAdvance(words) > rect.width() - 2:
            painter.setFont(self._small)
        if painter.fontMetrics().horizontalAdvance(words) > rect.width() - 2:
            words = ""
        room = rect.height() >= 2.2 * self._line()
        if words and room:
            painter.drawText(rect.translated(0, self._line() * 0.55), _CENTRE, words)
        elif words:
            painter.drawText(rect, _CENTRE, words)
        painter.setFont(self._small)
        if (room or not words) and rect.height() >= painter.fontMetrics().height():
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(rect.width() - 2))
            if shown not in ("", "…"):
                painter.drawText(rect.translated(0, -self._line() * 0.55 if words else 0), _CENTRE, shown)

    def _paint_stairs(self, painter: QPainter, ground: QRectF) -> None:
        last = float(self._stairs[-1][0])
        most_kwh, most_yen = last * 1.5 or 1.0, float(max(unit for _, unit in self._stairs)) * 1.15 or 1.0
        ends = [*(float(start) for start, _ in self._stairs[1:]), most_kwh]
        line = QPolygonF()
        painter.setFont(self._small)
        for (start, unit), end in zip(self._stairs, ends, strict=True):
            height = ground.bottom() - ground.height() * max(0.0, float(unit)) / most_yen
            left, right = (ground.left() + ground.width() * kwh / most_kwh for kwh in (float(start), end))
            line.append(QPointF(left, height))
            line.append(QPointF(right, height))
            painter.setPen(self._theme.colour("text"))
            painter.drawText(QRectF(left, height - self._line() - 2, right - left, self._line()), _CENTRE, price(unit))
            painter.setPen(self._theme.colour("muted"))
            if start:
                painter.drawText(QRectF(left - 30, ground.bottom() - self._line(), 60, self._line()), _CENTRE, f"{start:f}")
        painter.setPen(self._theme.colour("muted"))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawPolyline(line)

    def _colour(self, tiers: Tiers) -> str:
        low, high = self._ends
        mean = sum((unit for _, unit in tiers), Decimal(0)) / len(tiers)
        share = float((mean - low) / (high - low)) if high > low else 0.3
        return between(PRICE_RAMP, share)


def _price_words(tiers: Tiers) -> str:
    return " / ".join(price(unit) for _, unit in tiers)
