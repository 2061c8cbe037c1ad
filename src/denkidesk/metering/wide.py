"""Tables with one day a row and one slot a column, Kansai's customer CSV among them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells
from denkidesk.metering.quantity import figure_of, unit_of
from denkidesk.metering.readings import Notes, Reading
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row

FEWEST_SLOTS: Final = 20
"""A row with so many figures after its date is a day, though it may lack some: it is then refused by its number of columns."""

_PERIOD: Final = re.compile(
    r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?\s*(?:[~〜∼–—―−-]|から)\s*(?:(\d{4})[年/.-])?(\d{1,2})[月/.-](\d{1,2})日?", re.ASCII
)


def period_of(heading_rows: Sequence[Row]) -> tuple[date, date] | None:
    """First and last day that the lines above the table name (データ抽出対象期間)."""
    for row in heading_rows:
        for cell in row.cells:
            found = _PERIOD.search(cell)
            if found:
                first = cells.calendar_day(int(found[1]), int(found[2]), int(found[3]), found[0], row.line)
                last = cells.calendar_day(int(found[4] or found[1]), int(found[5]), int(found[6]), found[0], row.line)
                return first, last
    return None


def day_in_period(month: int, day: int, period: tuple[date, date] | None, row: Row) -> date:
    """The year of a row that is written without one, from the period above the table; over the year's end too."""
    text = f"{month:02}/{day:02}"
    if period is None:
        raise InputRefused.of("usage", UsageCode.YEAR_UNKNOWN, line=str(row.line), value=text)
    first, last = period
    found: list[date] = []
    for year in range(first.year, last.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:  # 29 February exists in one of the years at most
            continue
        if first <= candidate <= last:
            found.append(candidate)
    if not found:
        raise InputRefused.of(
            "usage", UsageCode.OUTSIDE_PERIOD, line=str(row.line), value=text, first=first.isoformat(), last=last.isoformat()
        )
    if len(found) > 1:
        raise InputRefused.of("usage", UsageCode.MORE_THAN_A_YEAR, line=str(row.line), first=first.isoformat(), last=last.isoformat())
    return found[0]


def read_wide(table: Table, notes: Notes) -> tuple[list[Reading], int]:
    """Readings and the minutes of a slot."""
    first, count = _slot_columns(table, notes)
    slot_minutes = cells.DAY_MINUTES // count
    quantity = unit_of(table.unit, [cell for row in table.headings for cell in row.cells], notes)
    readings: list[Reading] = []
    for row in table.body:
        day = table.day_of(row)
        if day is None:
            continue
        if len(row.cells) < first + count:
            notes.fault(UsageCode.SHORT_ROW, row.line, columns=str(len(row.cells)), wanted=str(first + count))
            continue
        for slot in range(count):
            figure = figure_of(row.cells[first + slot], row.line, first + slot, notes)
            kwh = None if figure is None else quantity.kwh(figure, slot_minutes)
            readings.append(Reading(day, slot * slot_minutes, kwh, row.line))
    return readings, slot_minutes


def _slot_columns(table: Table, notes: Notes) -> tuple[int, int]:
    """First column and number of the day's slots, 24 or 48."""
    for row in reversed(table.headings):
        times = [cells.time_of_day(cell, row.line) if cell else None for cell in row.cells]
        run = _longest_run(times)
        if len(run) >= FEWEST_SLOTS:
            _check_run([time for time in (times[column] for column in run) if time is not None], row)
            return run.start, len(run)
    first_row = table.body[0]
    # no heading that names the times: the figures themselves must be a day's
    filled = [
        column
        for column, cell in enumerate(first_row.cells)
        if column > table.date_column and (cells.number(cell) is not None or (cells.is_gap(cell) and cell))
    ]
    if len(filled) in {24, 48} and filled[-1] - filled[0] + 1 == len(filled):
        notes.note(ImportNoteCode.HEADINGS_MISSING, first_row.line, slots=str(len(filled)))
        return filled[0], len(filled)
    raise InputRefused.of("usage", UsageCode.SLOT_COLUMNS, line=str(first_row.line), columns=str(len(filled)))


def _longest_run(times: Sequence[cells.TimeOfDay | None]) -> range:
    best = range(0)
    start = 0
    for column, time in enumerate([*times, None]):
        if time is None:
            if column - start > len(best):
                best = range(start, column)
            start = column + 1
    return best


def _check_run(times: Sequence[cells.TimeOfDay], row: Row) -> None:
    """The headings are a whole day's slots in order, named by beginning, by end, or by number."""
    count = len(times)
    starts = [time.start for time in times]
    if count in {24, 48}:
        step = cells.DAY_MINUTES // count
        beginnings = [slot * step for slot in range(count)]
        ends = [beginning + step for beginning in beginnings]
        names = [list(range(count)), list(range(1, count + 1))] if times[0].number else [beginnings, ends, [*ends[:-1], 0]]
        if starts in names:
            return
    raise InputRefused.of("usage", UsageCode.SLOT_HEADINGS, line=str(row.line), columns=str(count))
