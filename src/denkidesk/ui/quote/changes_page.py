"""The last page of a quote that replaces another: what changed, from what to what, and what each change does to the result."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from denkidesk.domain.quote_sheet import QuoteSheet, Revision
from denkidesk.texts import quote as texts
from denkidesk.texts.dates import paper_day
from denkidesk.texts.quote_facts import changes_rest
from denkidesk.ui.quote.page import INK, INNER, LEFT, LINE, MARGIN, QUIET, RIGHT, TINT, TOP_LEFT, Page
from denkidesk.ui.quote.sheet import change_rows

_COLUMNS: Final = (0.43, 0.20, 0.20, 0.17)
_ROW: Final = 56.0
_LEAST_ROW: Final = 22.0
_ROOM: Final = 1900.0


class ChangesPage(Page):
    """Painted behind all other pages."""

    def __init__(self, painter: QPainter, sheet: QuoteSheet, revision: Revision, number: str) -> None:
        super().__init__(painter, sheet, number)
        self._revision = revision

    def paint(self) -> None:
        """From the head to the foot."""
        self._head()
        revision = self._revision
        title = texts.CHANGES.format(number=revision.number, day=paper_day(revision.issued_on))
        self._text(QRectF(MARGIN, self._y, INNER, 56), title, 10.5, bold=True)
        self._y += 70
        head, rows, sums = change_rows(self._sheet, revision)
        height = max(_LEAST_ROW, min(_ROW, _ROOM / (len(rows) + len(sums) + 1)))
        for number, cells in enumerate((head, *rows, *sums)):
            is_head, is_sum = number == 0, number > len(rows)
            if is_head or is_sum:
                self._painter.fillRect(QRectF(MARGIN, self._y, INNER, height), TINT)
            x = MARGIN
            for column, (share, cell) in enumerate(zip(_COLUMNS, cells, strict=True)):
                box = QRectF(x + 12, self._y, share * INNER - 24, height)
                self._text(box, cell, 8.6, bold=is_sum, color=QUIET if is_head else INK, align=RIGHT if column else LEFT)
                x += share * INNER
            self._painter.setPen(QPen(LINE, 2))
            self._painter.drawLine(int(MARGIN), int(self._y + height), int(MARGIN + INNER), int(self._y + height))
            self._y += height
        self._y += 24
        self._text(QRectF(MARGIN, self._y, INNER, 140), changes_rest(revision), 8.6, align=TOP_LEFT, wrap=True)
        self._foot()
