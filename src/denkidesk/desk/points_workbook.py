"""The workbook of a quote of several supply points: each point's plans on sheets of their own, the sums over all in front of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from denkidesk.desk.kept_quotes import Quote
from denkidesk.desk.quote_workbook import KWH, YEN, Placed, facts_of, placed_sides, put_facts, put_figure, put_head, set_widths
from denkidesk.desk.spreadsheets import put_text
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import same_months
from denkidesk.texts import points as texts
from denkidesk.texts import quote as quote_texts
from denkidesk.texts import quotes as list_texts
from denkidesk.texts.bill import YEAR
from denkidesk.texts.dates import written

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = 7


def fill_points(book: "Workbook", front: "Worksheet", quote: Quote) -> None:
    """The front's figures are formulas of the sheets behind it."""
    pages = quote.sheet.points
    sides = [
        placed_sides(book, one, texts.SHEET_OF.format(number=number, side="{side}")) for number, one in enumerate(quote.of_points, start=1)
    ]
    row = put_facts(front, facts_of(quote.sheet)) + 2
    row = _points(front, row, pages, sides) + 2
    if months := same_months(pages):
        row = _months(front, row, months, sides) + 2
    put_text(front.cell(row, 1), quote_texts.ASSUMPTIONS, bold=True)
    lines = [texts.AT.format(point=page.point_name, figure=line) for page in pages for line in page.conditions]
    for line in (texts.SAME_RULE, *lines, list_texts.LIVE, quote_texts.DISCLAIMER):
        row += 1
        put_text(front.cell(row, 1), line)
    set_widths(front, _COLUMNS)


def _points(front: "Worksheet", row: int, pages: Sequence[QuoteSheet], sides: Sequence[Sequence[Placed]]) -> int:
    """A line a point and their sum; returns its row."""
    put_head(front, row, texts.HEAD)
    first = row + 1
    for page, placed in zip(pages, sides, strict=True):
        row += 1
        present, proposal = placed[0], placed[-1]  # the same one where the contract stays
        name = f"{page.company_name} {page.plan_name}"
        before = name if page.present is None else f"{page.present.company_name} {page.present.plan_name}"
        for column, words in ((1, page.point_name), (3, before), (5, texts.UNCHANGED if page.present is None else name)):
            put_text(front.cell(row, column), words)
        put_figure(front, row, 2, proposal.cell(proposal.kwh, proposal.total), KWH)
        put_figure(front, row, 4, present.cell(present.yen, present.total), YEN)
        put_figure(front, row, 6, proposal.cell(proposal.yen, proposal.total), YEN)
        put_figure(front, row, 7, f"=F{row}-D{row}", YEN)
    row += 1
    put_text(front.cell(row, 1), texts.IN_ALL.format(count=len(pages)), bold=True)
    for column, letter, form in ((2, "B", KWH), (4, "D", YEN), (6, "F", YEN), (7, "G", YEN)):
        put_figure(front, row, column, f"=SUM({letter}{first}:{letter}{row - 1})", form)
    return row


def _months(front: "Worksheet", row: int, months: Sequence[str], sides: Sequence[Sequence[Placed]]) -> int:
    """Each month over all points, and the year; returns its row."""
    put_head(front, row, texts.MONTHS_HEAD)
    first = row + 1
    for month in months:
        row += 1
        put_text(front.cell(row, 1), written(month))
        put_figure(front, row, 2, _added([(placed[-1], placed[-1].kwh) for placed in sides], month), KWH)
        put_figure(front, row, 3, _added([(placed[0], placed[0].yen) for placed in sides], month), YEN)
        put_figure(front, row, 4, _added([(placed[-1], placed[-1].yen) for placed in sides], month), YEN)
        put_figure(front, row, 5, f"=D{row}-C{row}", YEN)
    row += 1
    put_text(front.cell(row, 1), YEAR, bold=True)
    for column, letter in enumerate("BCDE", start=2):
        put_figure(front, row, column, f"=SUM({letter}{first}:{letter}{row - 1})", KWH if column == 2 else YEN)
    return row


def _added(columns: Sequence[tuple[Placed, str]], month: str) -> str:
    return "=" + "+".join(side.cell(column, side.rows[month]).removeprefix("=") for side, column in columns)
