"""A bill as rows of text: ours, the server's and the difference, aligned by month. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.bills import Bill, MonthBill, ServerBill
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import month_with_mark, span, span_of_sum, yen


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line of the table; the first one is the sum."""

    cells: tuple[str, ...]
    is_total: bool = False


def bill_rows(bill: Bill, unrounded: Bill, server: ServerBill | None, places: int) -> tuple[BillRow, ...]:
    """``bill`` as it is shown; ``unrounded`` is what the server's figure is compared with, since the server does not round.

    ``places``: decimals of yen. Months stand in billing order, aligned with the server's by year and month, never by position alone.
    """
    theirs = server_months(server)
    ours_unrounded = {month.month: month for month in unrounded.months}
    rows = [
        BillRow(_month_cells(month, ours_unrounded[month.month], theirs, places)) for month in sorted(bill.months, key=lambda m: m.month)
    ]
    parts = bill.year
    kwh = sum((month.kwh for month in bill.months), Decimal(0))
    year = [span(bill), yen(kwh, 1), *(yen(v, places) for v in (parts.base, parts.usage, parts.adjust, parts.levy, parts.charge))]
    if server is None:
        year += ["", ""]
    else:
        year += [yen(server.year_charge, places), yen(unrounded.year.charge - server.year_charge, places)]
    # the year stands first: it is what everybody looks for, however low the window is
    return (BillRow(tuple(year), is_total=True), *rows)


def total_words(bill: Bill) -> str:
    """The sum as it stands in large: 年間 only where it is of twelve whole months."""
    return texts.TOTAL.format(span=span_of_sum(bill), yen=yen(bill.year.charge))


def for_spreadsheet(rows: Sequence[BillRow]) -> list[list[str]]:
    """The table for a spreadsheet: plain numbers without grouping, one heading line."""
    headings = [" ".join(head.split()) for head in texts.TABLE_HEAD]
    return [headings, *([row.cells[0], *(_bare(cell) for cell in row.cells[1:])] for row in rows)]


def _bare(cell: str) -> str:
    return cell.replace(",", "").replace("−", "-")


def _month_cells(month: MonthBill, unrounded: MonthBill, theirs: dict[int, Decimal], places: int) -> tuple[str, ...]:
    label = month_with_mark(month)
    if not month.billed:
        return (label, *([texts.NOT_BILLED] * 6), "", "")
    p = month.parts
    cells = [label, yen(month.kwh, 1), *(yen(v, places) for v in (p.base, p.usage, p.adjust, p.levy, p.charge))]
    figure = theirs.get(int(month.month[5:7]))
    if figure is None:
        return (*cells, "", "")
    return (*cells, yen(figure, places), yen(unrounded.parts.charge - figure, places))


def server_months(server: ServerBill | None) -> dict[int, Decimal]:
    """The server's charge by calendar month; its plain answer has twelve slots, January to December."""
    if server is None:
        return {}
    if server.months:
        return {int(month.month[5:7]): month.parts.charge for month in server.months}
    return dict(enumerate(server.monthly_charges, start=1))
