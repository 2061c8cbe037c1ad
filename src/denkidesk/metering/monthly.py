"""Tables with a calendar month in each row: the kWh are kept, the hours inside are an estimate."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import ImportNoteCode, UsageChoices
from denkidesk.metering import cells
from denkidesk.metering.long import value_column
from denkidesk.metering.profile import days_of_month
from denkidesk.metering.quantity import unit_of
from denkidesk.metering.readings import Notes, Readings, minute_of
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row

_MONTH: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:分|度)?", re.ASCII)
_MOST_MONTHS: Final = 60
_FIRST_COLUMNS: Final = 6


def read_months(rows: Sequence[Row], choices: UsageChoices, notes: Notes) -> Readings | None:
    """Estimated hours of the months in a table; None where it is no table of months."""
    start, column = next(
        (
            (place, column)
            for place, row in enumerate(rows)
            for column in range(min(len(row.cells), _FIRST_COLUMNS))
            if _month_of(row, column) and any(cells.number(cell) is not None for cell in row.cells[column + 1 :])
        ),
        (-1, 0),
    )
    if start < 0 or len(rows) - start > _MOST_MONTHS:
        return None
    body = [row for row in rows[start:] if _month_of(row, column)]
    table = Table(tuple(rows[:start]), tuple(body), column, lambda _row: None, choices)
    labels = table.labels
    value = value_column(table, labels, body, column, notes)
    unit = unit_of(choices.unit, labels[value], [cell for row in table.headings for cell in row.cells], notes, layout_known=False)
    if not unit.name.endswith("h"):
        raise InputRefused.of("usage", UsageCode.SUMS_OF_DAYS, line=str(body[0].line))
    readings = Readings(60)
    for row in body:
        cell = row.cells[value] if value < len(row.cells) else ""
        figure = cells.number(cell)
        if figure is None:
            if not cells.is_gap(cell):
                notes.fault(UsageCode.NOT_A_NUMBER, row.line, column=str(value + 1), value=cell[:40])
            continue
        _add(readings, row, column, unit.kwh(figure, 60))
    notes.note(ImportNoteCode.MONTHLY_FIGURES, count=str(len(body)))
    return readings


def _month_of(row: Row, column: int) -> re.Match[str] | None:
    return _MONTH.fullmatch(row.cells[column]) if column < len(row.cells) else None


def _add(readings: Readings, row: Row, column: int, kwh: Decimal) -> None:
    found = _month_of(row, column)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise InputRefused.of("usage", UsageCode.NO_SUCH_DAY, line=str(row.line), value=row.cells[column])
    cells.calendar_day(int(found[1]), int(found[2]), 1, found[0], row.line)
    for day in days_of_month(int(found[1]), int(found[2]), kwh):
        readings.minutes.extend(range(minute_of(day.day), minute_of(day.day, 1440), 60))
        readings.kwh.extend(day.hourly_kwh)
        readings.lines.extend([row.line] * 24)
