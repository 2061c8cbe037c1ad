"""A customer's usage file, whatever its layout and encoding, as one year's hours."""

from collections.abc import Sequence
from datetime import date

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import mark_for_value
from denkidesk.domain.usage import ImportedUsage, ImportNoteCode
from denkidesk.metering import cells
from denkidesk.metering.long import read_long
from denkidesk.metering.readings import Notes, usage_of
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row, decoded, rows
from denkidesk.metering.wide import FEWEST_SLOTS, day_in_period, period_of, read_wide

_DATE_COLUMNS = 6  # a date stands in one of the first columns, or the file is none of ours


def read_usage(data: bytes, file_name: str, *, unit: str | None = None) -> ImportedUsage:
    """The usage in a CSV file, and notes on everything that was odd; no figure is filled in, moved or dropped silently.

    ``unit``: "kWh" or "kW" where the clerk knows better than the headings. Layouts: a day a row with 24 or 48 columns, or a time a row.
    Raises InputRefused("usage", code, line=..., ...) for what cannot be read; any bytes are safe.
    """
    text, encoding = decoded(data)
    all_rows = rows(text)
    start, column = _first_day(all_rows)
    headings, body = _split(all_rows, start)
    period = period_of(headings)
    notes = Notes()
    has_year = cells.month_and_day(body[0].cells[column]) is None

    def day_of(row: Row) -> date | None:
        """The row's day; None for a row of totals or remarks, which is named in a note."""
        cell = row.cells[column] if column < len(row.cells) else ""
        read = cells.day_and_time(cell, row.line)
        if read is not None:
            return read[0]
        short = cells.month_and_day(cell)
        if short is not None:
            return day_in_period(*short, period, row)
        mark = mark_for_value(cell)
        if any(cells.is_total(label) for label in row.cells) or not (mark or any(cells.number(other) is not None for other in row.cells)):
            notes.note(ImportNoteCode.ROW_IGNORED, row.line, value=next(other for other in row.cells if other)[:40])
        else:
            notes.fault(mark or UsageCode.BAD_DATE, row.line, value=cell[:40])
        return None

    wide = _is_wide(body[0], column)
    read = read_wide if wide else read_long
    readings, slot_minutes = read(Table(headings, body, column, day_of, unit), notes)
    usage = usage_of(readings, slot_minutes, notes, file_name)
    if period is not None and (usage.days[0].day, usage.days[-1].day) != period:
        notes.note(ImportNoteCode.PERIOD_NOT_COVERED, first=period[0].isoformat(), last=period[1].isoformat())
    layout = f"{'wide' if wide else 'long'}-{'half-hourly' if slot_minutes == 30 else 'hourly'}"
    return ImportedUsage(usage, layout if has_year else "kepco-miruden", encoding, tuple(notes.notes))


def _first_day(table: Sequence[Row]) -> tuple[int, int]:
    """Place of the first row that has a day and figures, and the column of the day."""
    for place, row in enumerate(table):
        for column, cell in enumerate(row.cells[:_DATE_COLUMNS]):
            if mark := mark_for_value(cell):
                raise InputRefused.of("usage", mark, line=str(row.line), value=cell[:40])
            dated = cells.day_and_time(cell, row.line) is not None or cells.month_and_day(cell) is not None
            if dated and any(cells.number(other) is not None or _is_written_gap(other) for other in row.cells[column + 1 :]):
                return place, column
    raise InputRefused.of("usage", UsageCode.NO_DAYS, line=str(table[0].line))


def _split(all_rows: Sequence[Row], start: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows above the first day, without rows of totals, and the rest."""
    return tuple(row for row in all_rows[:start] if not (row.cells[0] and cells.is_total(row.cells[0]))), tuple(all_rows[start:])


def _is_wide(row: Row, date_column: int) -> bool:
    after = row.cells[date_column + 1 :]
    return sum(cells.number(cell) is not None or _is_written_gap(cell) for cell in after) >= FEWEST_SLOTS


def _is_written_gap(cell: str) -> bool:
    return cell != "" and cells.is_gap(cell)
