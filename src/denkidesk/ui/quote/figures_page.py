"""Page two of a quote with a present plan: pictures that answer what a customer asks, and every part of every month."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from denkidesk.desk.load_profile import holidays_of, mean_days, price_bands
from denkidesk.domain.quote_sheet import PresentPlan, QuoteSheet
from denkidesk.texts import quote as texts
from denkidesk.texts.bill import yen
from denkidesk.texts.dates import written
from denkidesk.texts.quote_facts import addressed
from denkidesk.texts.ranking import signed
from denkidesk.ui.charts.figures import month_stacks
from denkidesk.ui.charts.printed import LoadPicture
from denkidesk.ui.quote.page import INK, INNER, LEFT, LINE, MARGIN, QUIET, RIGHT, TINT, Page
from denkidesk.ui.quote.pictures import Pictures
from denkidesk.ui.quote.sheet import number_words

_HEADING: Final = 56.0
_AFTER: Final = 22.0
_BARS: Final = 620.0
_BARS_ALONE: Final = 1100.0  # where the hours are not measured
_DAYS: Final = 430.0
_LOAD: Final = 310.0
_TABLE_ROW: Final = 39.0
_FUEL_COLUMNS: Final = (0.46, 0.18, 0.18, 0.18)


class FiguresPage(Page):
    """Painted behind the first page."""

    def __init__(self, painter: QPainter, sheet: QuoteSheet, present: PresentPlan, number: str) -> None:
        super().__init__(painter, sheet, number)
        self._present, self._count = present, 0
        self._pictures = Pictures(painter, self._text)

    def paint(self) -> None:
        """From the head to the foot."""
        self._short_head()
        usage = self._sheet.usage
        has_hours = usage is not None and not usage.estimated
        self._months(_BARS if has_hours else _BARS_ALONE)
        if has_hours:
            self._day_and_year()
        self._fuel()
        plan = f"{self._sheet.company_name} {self._sheet.plan_name}"
        self._heading(texts.FIGURES, plan)
        self._table(_TABLE_ROW)
        self._foot()

    def _short_head(self) -> None:
        self._practice_band()
        self._text(QRectF(MARGIN, self._y, 900, 60), texts.IN_PICTURES, 12, bold=True)
        whose = "　".join((addressed(self._sheet), number_words(self._sheet)))
        self._text(QRectF(MARGIN + 900, self._y, INNER - 900, 60), whose, 8.5, color=QUIET, align=RIGHT)
        self._painter.setPen(QPen(INK, 3))
        self._painter.drawLine(int(MARGIN), int(self._y + 68), int(MARGIN + INNER), int(self._y + 68))
        self._y += 84

    def _heading(self, title: str, beside: str = "") -> None:
        self._count += 1
        words = f"{self._count}　{title}"
        width = 38.0 * len(words) + 20
        self._text(QRectF(MARGIN, self._y, width, _HEADING), words, 10.5, bold=True)
        self._text(QRectF(MARGIN + width, self._y + 4, INNER - width, _HEADING - 4), beside, 8.25, color=QUIET)
        self._y += _HEADING

    def _months(self, height: float) -> None:
        sheet, estimated = self._sheet, self._sheet.estimated_months
        stacks = [month_stacks(sheet.bill, estimated=estimated)]
        rows: list[tuple[str, list[str]]] = []
        if self._present.bill is not None:
            stacks.insert(0, month_stacks(self._present.bill, estimated=estimated))
            pairs = self._present.why.months
            rows = [
                (texts.PRESENT_SHORT, [yen(Decimal(pair.present_yen)) for pair in pairs]),
                (texts.PROPOSAL_SHORT, [yen(Decimal(pair.proposed_yen)) for pair in pairs]),
                (texts.DIFFERENCE_SHORT, [signed(pair.difference) for pair in pairs]),
            ]
        self._heading(texts.BY_MONTH, texts.PAIRS_MEANT if rows else "")
        self._pictures.months(QRectF(MARGIN, self._y, INNER, height), list(zip(*stacks, strict=True)), rows)
        self._y += height + _AFTER

    def _day_and_year(self) -> None:
        usage, detail = self._sheet.usage, self._sheet.detail
        if usage is None:
            return
        bands = () if detail is None else price_bands(detail)
        meant = texts.BANDS_MEANT.format(plan=self._sheet.plan_name) if bands else ""
        self._heading(texts.DAY_AND_PRICES if bands else texts.DAY, texts.DAY_MEANT + meant)
        self._pictures.days(QRectF(MARGIN, self._y, INNER, _DAYS), mean_days(usage, holidays_of(detail)), bands)
        self._y += _DAYS + _AFTER
        picture = LoadPicture(usage)
        self._pictures.scale(QRectF(MARGIN + INNER - 760, self._y, 760, _HEADING), picture)
        self._heading(texts.YEAR_OF_HOURS, texts.YEAR_MEANT)
        self._pictures.load(QRectF(MARGIN, self._y, INNER, _LOAD), picture)
        self._y += _LOAD + _AFTER

    def _fuel(self) -> None:
        """The quote between the best and the worst month of fuel prices that both plans have."""
        why, outlook = self._present.why, self._present.outlook
        if outlook is None or outlook.fuel is None:
            return
        self._heading(texts.FUEL_CHANGES, texts.FUEL_CHANGES_MEANT)
        best, worst = outlook.fuel
        rows = [(texts.FUEL_MONTH.format(month=written(best.of)), best.present_yen, best.proposed_yen)]
        rows.append((texts.THIS_QUOTE, why.present_yen, why.proposed_yen))
        rows.append((texts.FUEL_MONTH.format(month=written(worst.of)), worst.present_yen, worst.proposed_yen))
        self._row(texts.FUEL_HEAD, is_head=True)
        for number, (name, present, proposed) in enumerate(rows):
            cells = (name, yen(Decimal(present)), yen(Decimal(proposed)), signed(proposed - present))
            self._row(cells, is_bold=number == 1)
        self._y += _AFTER

    def _row(self, cells: tuple[str, ...], *, is_head: bool = False, is_bold: bool = False) -> None:
        if is_bold:
            self._painter.fillRect(QRectF(MARGIN, self._y, INNER, _TABLE_ROW), TINT)
        x = MARGIN
        for column, (share, cell) in enumerate(zip(_FUEL_COLUMNS, cells, strict=True)):
            box = QRectF(x + 12, self._y, share * INNER - 24, _TABLE_ROW)
            self._text(box, cell, 8, bold=is_bold, color=QUIET if is_head else INK, align=RIGHT if column else LEFT)
            x += share * INNER
        self._y += _TABLE_ROW
        self._painter.setPen(QPen(LINE, 2))
        self._painter.drawLine(int(MARGIN), int(self._y), int(MARGIN + INNER), int(self._y))
