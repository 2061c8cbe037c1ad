"""One table, whatever its layout -> readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import mark_for_value
from denkidesk.domain.usage import ImportNoteCode, UsageChoices
from denkidesk.metering import cells, words
from denkidesk.metering.long import read_long
from denkidesk.metering.monthly import read_months
from denkidesk.metering.readings import Notes, Readings
from denkidesk.metering.shape import upright, with_day_in_one_cell
from denkidesk.metering.table import Table, of_bought, of_one_point
from denkidesk.metering.text import Row
from denkidesk.metering.wide import FEWEST_SLOTS, day_in_period, period_of, read_wide

_DATE_COLUMNS: Final = 12  # a date stands in one of the first columns, or the file is none of ours
_LENGTHS: Final = {15: "quarter-hourly", 30: "half-hourly", 60: "hourly"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one table holds. ``points``: the supply points that it names. ``period``: first and last day that it says it has.

    ``headings``: equal for tables with the same ones.
    """

    readings: Readings
    layout: str
    points: frozenset[str] = frozenset()
    period: tuple[date, date] | None = None
    estimated: bool = False
    trusted: bool = False
    headings: str = ""


def read_table(rows: Sequence[Row], choices: UsageChoices, notes: Notes) -> Part:
    """The readings of a table: a day a row with 24, 48 or 96 columns, a time a row, or a month a row; upright or on its side.

    No figure is filled in, moved or dropped silently. Raises InputRefused("usage", code, line=..., ...) for what cannot be read.
    """
    table, apart = with_day_in_one_cell(upright(rows))
    found = _first_day(table)
    headings = "|".join(table[found[0] - 1].cells) if found and found[0] else ""
    try:
        return replace(_read(table, apart, found, choices, notes), headings=headings)
    except ChoiceOpen as asked:
        asked.headings = headings
        raise


def _read(table: Sequence[Row], apart: bool, found: tuple[int, int] | None, choices: UsageChoices, notes: Notes) -> Part:
    if found is None:
        months = read_months(table, choices, notes)
        if months is None:
            raise InputRefused.of("usage", UsageCode.NO_DAYS, line=str(table[0].line))
        return Part(months, "monthly", estimated=True)
    start, column = found
    headings = tuple(row for row in table[:start] if not (row.cells[0] and cells.is_total(row.cells[0])))
    period = period_of(headings)
    has_year = cells.month_and_day(table[start].cells[column]) is None
    days = _Days(column, period, choices.year, notes)
    whole = Table(headings, tuple(table[start:]), column, days.of, choices)
    body, points = of_one_point(whole, whole.body)
    body, sorted_by_word = of_bought(whole, body, notes)
    if sorted_by_word:
        choices = replace(choices, column=None)
    wide = _is_wide(body, column)
    part = Table(headings, body, column, days.of, choices, layout_known=apart and wide)
    readings = (read_wide if wide else read_long)(part, notes)
    layout = f"{'wide' if wide else 'long'}-{_LENGTHS[readings.slot_minutes]}"
    return Part(readings, layout if has_year or period is None else "kepco-miruden", points, period)


@dataclass(frozen=True, slots=True)
class _Days:
    column: int
    period: tuple[date, date] | None
    year: int | None
    notes: Notes

    def of(self, row: Row) -> date | None:
        """The row's day; None for a row of totals or remarks, which is named in a note."""
        cell = row.cells[self.column] if self.column < len(row.cells) else ""
        read = cells.day_and_time(cell, row.line)
        if read is not None:
            return read[0]
        short = cells.month_and_day(cell)
        if short is not None:
            return day_in_period(*short, self.period, self.year, row)
        mark = mark_for_value(cell)
        if any(cells.is_total(label) for label in row.cells) or not (mark or any(cells.is_number(other) for other in row.cells)):
            self.notes.note(ImportNoteCode.ROW_IGNORED, row.line, value=next(other for other in row.cells if other)[:40])
        else:
            self.notes.fault(mark or UsageCode.BAD_DATE, row.line, value=cell[:40])
        return None


def _first_day(table: Sequence[Row]) -> tuple[int, int] | None:
    """Place of the first row that has a day and figures, and the column of the day of use: never that of making."""
    for place, row in enumerate(table):
        columns = [column for column in range(min(len(row.cells), _DATE_COLUMNS)) if _is_day(row.cells[column], row.line)]
        columns = [column for column in columns if any(_is_figure(cell) for cell in row.cells[column + 1 :])]
        if not columns:
            if mark := next(filter(None, map(mark_for_value, row.cells[:_DATE_COLUMNS])), None):
                raise InputRefused.of("usage", mark, line=str(row.line))
            continue
        if len(columns) > 1 or _is_made(table, place, columns[0]):
            columns = [column for column in columns if not _is_made(table, place, column)]
            if not columns:
                raise InputRefused.of("usage", UsageCode.NO_DAYS, line=str(row.line))
            sample = table[place : place + 200]
            running = [column for column in columns if len({tuple(line.cells[column : column + 1]) for line in sample}) > 1]
            begins = [column for column in running if not words.ENDS.search(_label(table, place, column))]
            columns = begins or running or columns
        return place, columns[0]
    return None


def _is_day(cell: str, line: int) -> bool:
    return cells.day_and_time(cell, line) is not None or cells.month_and_day(cell) is not None


def _is_figure(cell: str) -> bool:
    return cells.number(cell) is not None or (cell != "" and cells.is_gap(cell))


def _label(table: Sequence[Row], place: int, column: int) -> str:
    above = table[place - 1].cells if place else ()
    return above[column] if column < len(above) else ""


def _is_made(table: Sequence[Row], place: int, column: int) -> bool:
    return words.MADE.search(_label(table, place, column)) is not None


def _is_wide(body: Sequence[Row], date_column: int) -> bool:
    """A day's slots stand beside the date, and no two rows are different times of one day."""
    after = body[0].cells[date_column + 1 :]
    if sum(_is_figure(cell) for cell in after) < FEWEST_SLOTS:
        return False
    stamps = [cells.day_and_time(row.cells[date_column], row.line) for row in body[:3] if date_column < len(row.cells)]
    return len({stamp[1] for stamp in stamps if stamp}) < 2
