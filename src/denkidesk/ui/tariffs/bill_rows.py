"""A bill as rows of text, aligned by month. Qt-free."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.bills import Bill, BillParts, MonthBill
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import month_with_mark, span, span_of_sum, yen


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line of the table; the first one is the sum."""

    cells: tuple[str, ...]
    is_total: bool = False


def bill_rows(bill: Bill, places: int, estimated: Collection[int] = ()) -> tuple[BillRow, ...]:
    """``places``: decimals of yen. ``estimated``: calendar months that were not measured whole. Months stand in billing order."""
    rows = [BillRow(_month_cells(month, month_with_mark(month, estimated), places)) for month in sorted(bill.months, key=lambda m: m.month)]
    kwh = sum((month.kwh for month in bill.months), Decimal(0))
    # the year stands first: it is what everybody looks for, however low the window is
    return (BillRow((span(bill), yen(kwh, 1), *_money(bill.year, places)), is_total=True), *rows)


def total_words(bill: Bill) -> str:
    """The sum as it stands in large: 年間 only where it is of twelve whole months."""
    return texts.TOTAL.format(span=span_of_sum(bill), yen=yen(bill.year.charge))


def for_spreadsheet(rows: Sequence[BillRow]) -> list[list[str]]:
    """The table for a spreadsheet: plain numbers without grouping, one heading line."""
    headings = [" ".join(head.split()) for head in texts.TABLE_HEAD]
    return [headings, *([row.cells[0], *(_bare(cell) for cell in row.cells[1:])] for row in rows)]


def _bare(cell: str) -> str:
    return cell.replace(",", "").replace("−", "-")


def _month_cells(month: MonthBill, label: str, places: int) -> tuple[str, ...]:
    if not month.billed:
        return (label, *([texts.NOT_BILLED] * 7))
    return (label, yen(month.kwh, 1), *_money(month.parts, places))


def _money(parts: BillParts, places: int) -> tuple[str, ...]:
    return tuple(yen(value, places) for value in parts.shown(places))
