"""Page one of a quote of several supply points: what they come to in all, and each in a line; then a page for each."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import in_all, is_year, same_months, yen_of
from denkidesk.texts import points as texts
from denkidesk.texts import quote as quote_texts
from denkidesk.texts.bill import YEAR, yen
from denkidesk.texts.dates import written
from denkidesk.texts.ranking import signed
from denkidesk.ui.quote.page import INK, INNER, LEFT, LINE, MARGIN, QUIET, RIGHT, TINT, TOP_LEFT, Page

_COLUMNS: Final = (0.14, 0.09, 0.22, 0.11, 0.22, 0.11, 0.11)
_MONTH_COLUMNS: Final = (0.26, 0.20, 0.18, 0.18, 0.18)
_WORDS: Final = (0, 2, 4)
_ROW: Final = 50.0
_LEAST_ROW: Final = 34.0
_BOX: Final = 180.0
_OK: Final = QColor("#1E7B45")
_OK_SOFT: Final = QColor("#E3F3E9")


def paint_points(painter: QPainter, sheet: QuoteSheet, page: int, number: str) -> None:
    """Page 0 is of all points, the others are of one each."""
    if page == 0:
        PointsPage(painter, sheet, number).paint()
        return
    of_point = replace(sheet.points[page - 1], number=sheet.number)
    if of_point.present is None:
        Page(painter, of_point, number).paint()
    else:
        from denkidesk.ui.quote.first_page import FirstPage

        FirstPage(painter, of_point, of_point.present, number).paint()


def rows_of(points: Sequence[QuoteSheet]) -> list[tuple[str, ...]]:
    """Each point and, last, their sums: name, kWh, present plan and yen, proposal and yen, difference."""
    rows: list[tuple[str, ...]] = []
    for one in points:
        present = f"{one.present.company_name} {one.present.plan_name}" if one.present else f"{one.company_name} {one.plan_name}"
        proposal = f"{one.company_name} {one.plan_name}" if one.present else texts.UNCHANGED
        before, after = yen_of(one)
        cells = (one.point_name, yen(one.kwh), present, yen(Decimal(before)), proposal, yen(Decimal(after)), signed(after - before))
        rows.append(cells)
    kwh = sum((one.kwh for one in points), Decimal(0))
    before, after = (sum(amounts) for amounts in zip(*(yen_of(one) for one in points), strict=True))
    total = texts.IN_ALL.format(count=len(points))
    rows.append((total, yen(kwh), "", yen(Decimal(before)), "", yen(Decimal(after)), signed(after - before)))
    return rows


def months_of(points: Sequence[QuoteSheet]) -> list[tuple[str, ...]]:
    """The months of all points together; none where they are not of the same months."""
    months = [one.bill.billed_months for one in points]
    rows: list[tuple[str, ...]] = []
    for place, name in enumerate(same_months(points)):
        kwh = sum((of_point[place].kwh for of_point in months), Decimal(0))
        after = sum(int(of_point[place].parts.charge) for of_point in months)
        before = sum(
            one.present.why.months[place].present_yen if one.present else int(of_point[place].parts.charge)
            for one, of_point in zip(points, months, strict=True)
        )
        rows.append((written(name), yen(kwh), yen(Decimal(before)), yen(Decimal(after)), signed(after - before)))
    return rows


class PointsPage(Page):
    """Painted before the pages of the points."""

    def paint(self) -> None:
        """From the head to the foot."""
        self._head()
        self._boxes()
        points = self._sheet.points
        rows, months = rows_of(points), months_of(points)
        height = max(_LEAST_ROW, min(_ROW, 1000 / (len(rows) + 1)))
        self._table_of(texts.HEAD, rows, _COLUMNS, _WORDS, height)
        if months:
            before, after = in_all(self._sheet)
            kwh = sum((one.kwh for one in points), Decimal(0))
            months.append((YEAR, yen(kwh), yen(Decimal(before)), yen(Decimal(after)), signed(after - before)))
            self._table_of(texts.MONTHS_HEAD, months, _MONTH_COLUMNS, (0,), 46.0)
        doubtful = [one.point_name for one in points if one.warnings]
        lines = [texts.DOUBTS.format(names="、".join(doubtful))] if doubtful else []
        for line in (*lines, texts.EACH_ON_ITS_PAGE, texts.SAME_RULE, quote_texts.NOT_INCLUDED):
            self._y += self._text(QRectF(MARGIN, self._y, INNER, 120), line, 8.6, align=TOP_LEFT, wrap=True) + 8
        self._foot()

    def _boxes(self) -> None:
        sheet = self._sheet
        before, after = in_all(sheet)
        third, top = INNER / 3, self._y
        self._painter.fillRect(QRectF(MARGIN + 2 * third, top, third, _BOX), _OK_SOFT if after < before else TINT)
        count = len(sheet.points)
        for place, (head, amount) in enumerate(((quote_texts.PRESENT, before), (quote_texts.PROPOSAL, after))):
            left = MARGIN + place * third + 24
            self._text(QRectF(left, top + 14, third - 40, 40), f"{head}　{texts.IN_ALL.format(count=count)}", 8.5, color=QUIET)
            self._text(QRectF(left, top + 74, third - 40, 80), quote_texts.YEN.format(yen=yen(Decimal(amount))), 16)
        left = MARGIN + 2 * third + 24
        span = YEAR if is_year(sheet) else quote_texts.USAGE
        self._text(QRectF(left, top + 14, third - 40, 40), quote_texts.DIFFERENCE.format(span=span), 8.5, color=QUIET)
        words = texts.difference(after - before, is_year=is_year(sheet))
        self._text(QRectF(left, top + 64, third - 40, 100), words, 21, bold=True, color=_OK if after < before else INK)
        self._painter.setPen(QPen(INK, 2))
        self._painter.setBrush(QColor(0, 0, 0, 0))
        self._painter.drawRect(QRectF(MARGIN, top, INNER, _BOX))
        self._y += _BOX + 26

    def _table_of(
        self, head: Sequence[str], rows: list[tuple[str, ...]], columns: Sequence[float], words: Sequence[int], height: float
    ) -> None:
        for number, cells in enumerate((tuple(head), *rows)):
            is_head, is_sum = number == 0, number == len(rows)
            if is_sum:
                self._painter.fillRect(QRectF(MARGIN, self._y, INNER, height), TINT)
            x = MARGIN
            for column, (share, cell) in enumerate(zip(columns, cells, strict=True)):
                box = QRectF(x + 8, self._y, share * INNER - 16, height)
                align = LEFT if column in words else RIGHT
                self._text(box, cell, 8.25 if is_head else 8.6, bold=is_sum, color=QUIET if is_head else INK, align=align)
                x += share * INNER
            self._painter.setPen(QPen(LINE, 2))
            self._painter.drawLine(int(MARGIN), int(self._y + height), int(MARGIN + INNER), int(self._y + height))
            self._y += height
        self._y += 26
