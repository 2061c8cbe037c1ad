"""Page one of a quote that has a present plan: who, present, proposal, difference, why, the months, and what it rests on."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from denkidesk.domain.plans import PlanType
from denkidesk.domain.quote_sheet import PresentPlan, QuoteSheet
from denkidesk.texts import quote as texts
from denkidesk.texts import why as why_texts
from denkidesk.texts.bill import month_with_mark, span, span_of_sum, yen
from denkidesk.texts.ranking import difference_words, signed
from denkidesk.ui.charts.steps import StepInks, Steps
from denkidesk.ui.quote.page import INK, INNER, LEFT, LINE, MARGIN, QUIET, RIGHT, TINT, TOP_LEFT, Page
from denkidesk.ui.quote.sheet import clean

_INKS: Final = StepInks(INK, QColor("#FFFFFF"), QColor("#1E7B45"), QColor("#E3F3E9"), QColor("#5B8FD0"))
_BOX: Final = 196.0
_STEP_ROW: Final = 50.0
_MONTH_ROW: Final = 44.0
_STROKE: Final = 2.5  # tenths of a millimetre
_STEP_COLUMNS: Final = (0.30, 0.10, 0.10, 0.11)  # what is left is the picture's
_MONTH_COLUMNS: Final = (0.26, 0.20, 0.18, 0.18, 0.18)


class FirstPage(Page):
    """Painted where the sheet has a present plan."""

    def __init__(self, painter: QPainter, sheet: QuoteSheet, present: PresentPlan, number: str) -> None:
        super().__init__(painter, sheet, number)
        self._present = present

    def paint(self) -> None:
        """From the head to the foot."""
        self._head()
        self._boxes()
        self._sentences()
        self._steps()
        self._months()
        self._fit_notes()
        self._assumptions()
        self._foot()

    def _boxes(self) -> None:
        sheet, why = self._sheet, self._present.why
        third = INNER / 3
        heads = (
            (texts.PRESENT, f"{self._present.company_name} {self._present.plan_name}", self._present.contract, why.present_yen),
            (texts.PROPOSAL, f"{sheet.company_name} {sheet.plan_name}", sheet.contract, why.proposed_yen),
        )
        top = self._y
        for place, (head, plan, contract, amount) in enumerate(heads):
            left = MARGIN + place * third + 24
            self._text(QRectF(left, top + 14, third - 40, 40), head, 8.5, color=QUIET)
            self._text(QRectF(left, top + 54, third - 40, 44), f"{plan}　{contract}".strip(), 9.5, bold=True)
            self._text(QRectF(left, top + 104, third - 40, 80), texts.YEN.format(yen=f"{amount:,}".replace("-", "−")), 16)
        saving = QRectF(MARGIN + 2 * third, top, third, _BOX)
        self._painter.fillRect(saving, _INKS.ok_soft if why.difference < 0 else TINT)
        self._text(
            QRectF(saving.left() + 24, top + 14, third - 40, 40), texts.DIFFERENCE.format(span=span_of_sum(sheet.bill)), 8.5, color=QUIET
        )
        words = difference_words(why.difference, is_year=sheet.bill.is_year)
        ink = _INKS.ok if why.difference < 0 else INK
        self._text(QRectF(saving.left() + 24, top + 60, third - 40, 100), words, 21, bold=True, color=ink)
        if sheet.trial_note:
            self._text(QRectF(saving.left() + 24, top + 152, third - 40, 38), texts.TRIAL, 8.5, bold=True, color=ink)
        self._painter.setPen(QPen(INK, 2))
        self._painter.setBrush(QColor(0, 0, 0, 0))
        self._painter.drawRect(QRectF(MARGIN, top, INNER, _BOX))
        self._y += _BOX + 18

    def _sentences(self) -> None:
        for place, sentence in enumerate(self._present.sentences):
            points, height = (10.5, 52) if place == 0 else (8.6, 42)
            rect = QRectF(MARGIN, self._y, INNER, height * 2)
            self._y += max(height, self._text(rect, clean(sentence), points, bold=place == 0, align=TOP_LEFT, wrap=True) + 8)
        if self._sheet.plan_type is PlanType.MARKET_LINKED:
            dearest = max(self._present.why.months, key=lambda pair: pair.proposed_yen)
            words = texts.MARKET_LINKED.format(month=f"{int(dearest.month[5:7])}月", yen=f"{dearest.proposed_yen:,}")
            for line in filter(None, (words, self._sheet.market_note)):
                self._y += self._text(QRectF(MARGIN, self._y, INNER, 90), line, 8.6, align=TOP_LEFT, wrap=True) + 8
        self._y += 8

    def _steps(self) -> None:
        why = self._present.why
        rows = why_texts.lines_of(why, self._present.plan_name, self._sheet.plan_name)
        steps = Steps(why.present_yen, [line.difference for line in why.lines])
        self._row(why_texts.HEAD, _STEP_COLUMNS, _STEP_ROW, head=True)
        for number, cells in enumerate(rows):
            is_end = number in (0, len(rows) - 1)
            top = self._y
            self._row(cells[:4], _STEP_COLUMNS, _STEP_ROW, bold=is_end)
            left = MARGIN + sum(_STEP_COLUMNS) * INNER + 20
            box = QRectF(left, top + 8, MARGIN + INNER - left - 90, _STEP_ROW - 16)
            self._painter.save()
            end = steps.draw(self._painter, box, number, _INKS, _STROKE)
            self._painter.restore()
            self._text(QRectF(end + 12, top, 90, _STEP_ROW), cells[4], 8.6)
        self._y += 18

    def _months(self) -> None:
        sheet, why = self._sheet, self._present.why
        kwh = {month.month: month.kwh for month in sheet.bill.months}
        marks = {month.month: month_with_mark(month, sheet.estimated_months) for month in sheet.bill.months}
        self._row(texts.MONTHS_HEAD, _MONTH_COLUMNS, _MONTH_ROW, head=True)
        for pair in why.months:
            amounts = (f"{pair.present_yen:,}", f"{pair.proposed_yen:,}")
            cells = (marks[pair.month], yen(kwh[pair.month], 0), *(text.replace("-", "−") for text in amounts), signed(pair.difference))
            self._row(cells, _MONTH_COLUMNS, _MONTH_ROW)
        sums = (f"{why.present_yen:,}", f"{why.proposed_yen:,}")
        total = (span(sheet.bill), yen(sheet.kwh, 0), *(text.replace("-", "−") for text in sums), signed(why.difference))
        self._row(total, _MONTH_COLUMNS, _MONTH_ROW, bold=True)
        self._y += 22

    def _row(self, cells: tuple[str, ...], columns: tuple[float, ...], height: float, *, head: bool = False, bold: bool = False) -> None:
        line = QRectF(MARGIN, self._y, INNER, height)
        if bold:
            self._painter.fillRect(line, TINT)
        x = MARGIN
        for column, (share, cell) in enumerate(zip(columns, cells, strict=False)):
            width = share * INNER
            box = QRectF(x + 8, self._y, width - 16, height)
            self._text(box, cell, 8.25 if head else 8.6, bold=bold, color=QUIET if head else INK, align=RIGHT if column else LEFT)
            x += width
        self._painter.setPen(QPen(LINE, 2))
        self._painter.drawLine(int(MARGIN), int(self._y + height), int(MARGIN + INNER), int(self._y + height))
        self._y += height
