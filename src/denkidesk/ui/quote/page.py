"""Paints a quote on A4: the same strokes for PDF, printer and preview. One page, or two where a present plan stands beside the proposal.

Everything is plain text drawn word for word, so nothing in a name or a plan can turn into markup, links or pictures.
"""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPainter, QPen

from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.texts import quote as texts
from denkidesk.texts.bill import partial_months_words, span_of_sum, yen
from denkidesk.texts.dates import paper_day
from denkidesk.texts.quote_facts import addressed
from denkidesk.ui.charts.figures import month_stacks
from denkidesk.ui.charts.style import FONT_FAMILY
from denkidesk.ui.parts.paper import write_pages
from denkidesk.ui.quote.sheet import assumptions, clean, number_words, table_rows

# All lengths in tenths of a millimetre.
_WIDTH: Final = 2100.0
_HEIGHT: Final = 2970.0
MARGIN: Final = 150.0
INNER: Final = _WIDTH - 2 * MARGIN
INK: Final = QColor("#1F2933")
QUIET: Final = QColor("#52606D")
LINE: Final = QColor("#C5CDD5")
TINT: Final = QColor("#EEF3F7")
_WARN: Final = QColor("#9B2C2C")
_COLUMNS: Final = (0.16, 0.12, 0.11, 0.12, 0.13, 0.125, 0.11, 0.125)  # a month with its days in the first
_POINT: Final = 254.0 / 72.0
_SMALLEST_SINGLE: Final = 21  # 6 pt: below that a second line reads better
_SMALLEST: Final = 11
_CHART_HEIGHTS: Final = (640.0, 560.0, 480.0, 400.0)  # the picture gives way before the conditions do
_NOTE_POINTS: Final = (8.0, 7.6, 7.2, 6.8, 6.4, 6.0, 5.6, 5.2, 4.8, 4.4, 4.0, 3.6, 3.2)
_ROW: Final = 51.0
_FOOT: Final = 84.0
_MONTHS_BESIDE_THE_SUM: Final = 2  # all of them stand in the table and among the conditions
_DOUBTS: Final = 48.0  # one line in the summary: what is doubtful stands beside the figure

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TOP_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_WRAP_ANYWHERE: Final = _WRAP | int(Qt.TextFlag.TextWrapAnywhere)
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def write_pdf(path: Path, sheet: QuoteSheet) -> None:
    """Writes the quote. Raises SetupFault if it cannot be written."""
    write_pages(path, clean(f"{texts.TITLE} {sheet.number}"), partial(paint_on, sheet=sheet))


def paint_on(device: QPagedPaintDevice, sheet: QuoteSheet) -> None:
    """Paints the pages on a PDF writer or a printer."""
    with QPainter(device) as painter:
        for page in range(page_count(sheet)):
            if page:
                device.newPage()
            paint_quote(painter, QRectF(0, 0, device.width(), device.height()), sheet, page)


def page_count(sheet: QuoteSheet) -> int:
    """How many pages the quote has."""
    pages = 1 + len(sheet.points) if sheet.points else 1 if sheet.present is None else 2
    return pages + (sheet.revision is not None)


def paint_quote(painter: QPainter, target: QRectF, sheet: QuoteSheet, page: int = 0) -> None:
    """Paints a page, 0 for the first, into ``target``, whatever its unit."""
    painter.save()
    painter.translate(target.topLeft())
    scale = min(target.width() / _WIDTH, target.height() / _HEIGHT)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    count = page_count(sheet)
    number = f"{page + 1} / {count}"
    if sheet.revision is not None and page == count - 1:
        from denkidesk.ui.quote.changes_page import ChangesPage

        ChangesPage(painter, sheet, sheet.revision, number).paint()
    elif sheet.points:
        from denkidesk.ui.quote.points_page import paint_points

        paint_points(painter, sheet, page, number)
    elif sheet.present is None:
        Page(painter, sheet, number if count > 1 else "").paint()
    elif page == 0:
        from denkidesk.ui.quote.first_page import FirstPage

        FirstPage(painter, sheet, sheet.present, number).paint()
    else:
        from denkidesk.ui.quote.figures_page import FiguresPage

        FiguresPage(painter, sheet, sheet.present, number).paint()
    painter.restore()


class Page:
    """A quote of one plan; and what every page has. ``number``: which page of how many."""

    def __init__(self, painter: QPainter, sheet: QuoteSheet, number: str = "") -> None:
        self._number = number
        self._painter = painter
        self._sheet = sheet
        self._y = MARGIN
        self._notes = assumptions(sheet)
        self._chart_height = _CHART_HEIGHTS[0]
        self._note_points = _NOTE_POINTS[0]

    def paint(self) -> None:
        self._head()
        self._summary()
        self._fit()
        self._chart()
        self._table()
        self._assumptions()
        self._foot()

    def _text(
        self,
        rect: QRectF,
        text: str,
        points: float,
        *,
        bold: bool = False,
        color: QColor = INK,
        align: Qt.AlignmentFlag = LEFT,
        wrap: bool = False,
    ) -> float:
        """Draws text, shrunk to fit its box where it may not wrap; returns the height it took."""
        font = QFont(FONT_FAMILY)
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPixelSize(round(points * _POINT))
        painter = self._painter
        painter.setFont(font)
        painter.setPen(color)
        if wrap:
            flags = self._wrapping(int(align), rect.width(), text)
            painter.drawText(rect, flags, text)
            return painter.boundingRect(rect, flags, text).height()
        text = clean(text)
        flags = int(align) | int(Qt.TextFlag.TextSingleLine)
        needed = painter.boundingRect(rect, flags, text)
        if needed.width() > rect.width():
            # a long name is set smaller, then on several lines, rather than cut off
            size = int(font.pixelSize() * rect.width() / needed.width())
            if size < _SMALLEST_SINGLE:
                flags = int(align) | _WRAP_ANYWHERE
                size = _SMALLEST_SINGLE
                while size > _SMALLEST and self._wrapped_height(font, size, rect, flags, text) > rect.height():
                    size -= 1
            font.setPixelSize(max(_SMALLEST, size))
            painter.setFont(font)
        painter.drawText(rect, flags, text)
        return needed.height()

    def _wrapping(self, align: int, width: float, text: str) -> int:
        """Between words, so that no figure is torn apart; anywhere only where a word is longer than the line."""
        flags = align | _WRAP
        longest = self._painter.boundingRect(QRectF(0, 0, width, _HEIGHT), flags, text).width()
        return flags if longest <= width else align | _WRAP_ANYWHERE

    def _wrapped_height(self, font: QFont, size: int, rect: QRectF, flags: int, text: str) -> float:
        font.setPixelSize(size)
        self._painter.setFont(font)
        return self._painter.boundingRect(QRectF(rect.left(), rect.top(), rect.width(), _HEIGHT), flags, text).height()

    def _head(self) -> None:
        sheet = self._sheet
        self._practice_band()
        self._text(QRectF(MARGIN, self._y, INNER, 90), texts.TITLE, 18, bold=True)
        facts = (
            (texts.QUOTE_NUMBER, number_words(sheet)),
            (texts.ISSUED_ON, paper_day(sheet.issued_on)),
            (texts.VALID_UNTIL, paper_day(sheet.valid_until)),
        )
        for i, (name, value) in enumerate(facts):
            y = self._y + i * 44
            self._text(QRectF(MARGIN + INNER - 720, y, 160, 42), name, 8.5, color=QUIET)
            self._text(QRectF(MARGIN + INNER - 560, y, 560, 42), value, 8.5, align=RIGHT)
        self._y += 120
        self._text(QRectF(MARGIN, self._y, 1000, 66), addressed(sheet), 13, bold=True)
        self._painter.setPen(QPen(INK, 3))
        self._painter.drawLine(int(MARGIN), int(self._y + 74), int(MARGIN + 1000), int(self._y + 74))
        right = QRectF(MARGIN + INNER - 760, self._y + 20, 760, 56)
        if sheet.retailer_name:
            self._text(right, sheet.retailer_name, 10.5, align=RIGHT)
        for place, line in enumerate(sheet.retailer_lines):
            self._text(QRectF(right.left(), right.top() + 50 + 40 * place, right.width(), 40), line, 8.5, align=RIGHT)
        if sheet.supply_point:
            self._text(QRectF(MARGIN, self._y + 80, 1000, 40), sheet.supply_point, 8.5, color=QUIET)
        self._y += max(104, 136 if sheet.supply_point else 0, 76 + 40 * len(sheet.retailer_lines))

    def _practice_band(self) -> None:
        if self._sheet.practice:
            band = QRectF(MARGIN, 70, INNER, 52)
            self._painter.fillRect(band, QColor("#FCE8E6"))
            self._text(band, texts.PRACTICE_MARK, 8.5, bold=True, color=_WARN, align=_CENTER)

    def _summary(self) -> None:
        sheet = self._sheet
        doubts = len(sheet.warnings)
        box = QRectF(MARGIN, self._y, INNER, 268 + (_DOUBTS if doubts else 0))
        self._painter.fillRect(box, TINT)
        left = box.left() + 36
        heading = "　".join(filter(None, (texts.CHARGE.format(span=span_of_sum(sheet.bill)), texts.TRIAL if sheet.trial_note else "")))
        self._text(QRectF(left, box.top() + 22, 700, 46), heading, 9, color=QUIET)
        self._text(QRectF(left, box.top() + 76, 700, 104), f"{yen(sheet.bill.year.charge)} 円", 24, bold=True)
        if partial := partial_months_words(sheet.bill, _MONTHS_BESIDE_THE_SUM):
            # no average of months of which some are not whole
            self._text(QRectF(left, box.top() + 184, 700, 64), texts.PARTIAL.format(months=partial), 9.5, bold=True, color=_WARN)
        else:
            average = texts.PER_MONTH.format(yen=yen(sheet.bill.year.charge / (len(sheet.bill.billed_months) or 1)))
            self._text(QRectF(left, box.top() + 192, 700, 48), average, 9.5)
        if doubts:
            line = QRectF(left, box.top() + 252, INNER - 72, 46)
            self._text(line, texts.DOUBTS.format(count=doubts), 9.5, bold=True, color=_WARN)
        period = texts.USAGE_YEAR.format(kwh=f"{sheet.kwh:,.0f}", first=paper_day(sheet.usage_first), last=paper_day(sheet.usage_last))
        facts = (
            (texts.COMPANY, sheet.company_name),
            (texts.PLAN, sheet.plan_name),
            (texts.CONTRACT, sheet.contract),
            (texts.USAGE, period),
        )
        for i, (name, value) in enumerate(facts):
            y = box.top() + 24 + i * 57
            self._text(QRectF(left + 740, y, 190, 46), name, 8.5, color=QUIET)
            self._text(QRectF(left + 930, y, box.right() - left - 966, 46), value, 9.5, bold=i == 1)
        self._y = box.bottom() + 30

    def _chart(self) -> None:
        from denkidesk.ui.quote.pictures import Pictures

        stacks = month_stacks(self._sheet.bill, estimated=self._sheet.estimated_months)
        Pictures(self._painter, self._text).months(QRectF(MARGIN, self._y, INNER, self._chart_height), [(stack,) for stack in stacks])
        self._y += self._chart_height + 24

    def _table(self, height: float = _ROW) -> None:
        rows = [list(texts.TABLE_HEADER), *table_rows(self._sheet)]
        for i, row in enumerate(rows):
            head, total = i == 0, i == len(rows) - 1
            line = QRectF(MARGIN, self._y, INNER, height)
            if head or total:
                self._painter.fillRect(line, TINT)
            x = MARGIN
            for column, (share, cell) in enumerate(zip(_COLUMNS, row, strict=True)):
                width = share * INNER
                align = LEFT if column == 0 else RIGHT
                box = QRectF(x + 12, self._y, width - 24, height)
                self._text(box, cell, 8 if head else 8.5, bold=total or column == len(row) - 1, color=QUIET if head else INK, align=align)
                x += width
            self._painter.setPen(QPen(LINE, 2))
            self._painter.drawLine(int(MARGIN), int(self._y + height), int(MARGIN + INNER), int(self._y + height))
            self._y += height
        self._y += 26

    def _fit(self) -> None:
        """Finds the largest picture and the largest type with which all conditions stand on the one page."""
        rows = len(table_rows(self._sheet)) + 1
        fixed = self._y + 24 + rows * _ROW + 26 + 54
        room = _HEIGHT - MARGIN - _FOOT - 16 - fixed
        for points in _NOTE_POINTS:
            needed = sum(self._note_height(line, points) for line in self._notes)
            for height in _CHART_HEIGHTS:
                if needed <= room - height:
                    self._chart_height, self._note_points = height, points
                    return
        self._chart_height, self._note_points = _CHART_HEIGHTS[-1], _NOTE_POINTS[-1]

    def _fit_notes(self) -> None:
        """Finds the largest type with which all conditions stand on what is left of the page."""
        room = _HEIGHT - MARGIN - _FOOT - 16 - self._y - 54
        fits = (points for points in _NOTE_POINTS if sum(self._note_height(line, points) for line in self._notes) <= room)
        self._note_points = next(fits, _NOTE_POINTS[-1])

    def _note_height(self, line: str, points: float) -> float:
        font = QFont(FONT_FAMILY)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPixelSize(round(points * _POINT))
        self._painter.setFont(font)
        flags = self._wrapping(int(TOP_LEFT), INNER - 30, line)
        return self._wrapped_height(font, font.pixelSize(), QRectF(0, 0, INNER - 30, 0), flags, line) + points * 0.6

    def _assumptions(self) -> None:
        self._text(QRectF(MARGIN, self._y, INNER, 48), texts.ASSUMPTIONS, 9.5, bold=True)
        self._y += 54
        points = self._note_points
        doubts = len(self._sheet.warnings)  # they stand first
        for number, line in enumerate(self._notes):
            height = self._note_height(line, points)
            ink = _WARN if number < doubts else INK
            self._text(QRectF(MARGIN, self._y, 30, height), "・", points, color=ink, align=TOP_LEFT)
            self._text(QRectF(MARGIN + 30, self._y, INNER - 30, height), line, points, color=ink, align=TOP_LEFT, wrap=True)
            self._y += height

    def _foot(self) -> None:
        y = _HEIGHT - MARGIN - _FOOT
        self._painter.setPen(QPen(INK, 3))
        self._painter.drawLine(int(MARGIN), int(y), int(MARGIN + INNER), int(y))
        self._text(QRectF(MARGIN, y + 10, INNER, 40), texts.DISCLAIMER, 8, bold=True)
        engine = texts.ENGINE.format(version=self._sheet.engine_version)
        self._text(QRectF(MARGIN, y + 52, INNER, 36), engine, 7, color=QUIET)
        number = "　".join(filter(None, (self._sheet.number, self._number)))
        self._text(QRectF(MARGIN, y + 52, INNER, 36), number, 7, color=QUIET, align=RIGHT)
