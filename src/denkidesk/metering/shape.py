"""Tables of an odd shape -> tables with a day in one cell of each row: dates in three columns, and tables that lie on their side."""

import re
from collections.abc import Sequence
from typing import Final

from denkidesk.metering import cells
from denkidesk.metering.text import Row

_APART: Final = ("年", "月", "日")
_PART: Final = re.compile(r"(\d{1,4})[年月日]?", re.ASCII)
_TITLE: Final = "年月日"
_MOST_ABOVE: Final = 60  # rows above a table


def upright(rows: Sequence[Row]) -> list[Row]:
    """The table with its days down the rows, where they run across; else the rows as they are."""
    for place, row in enumerate(rows[: min(_MOST_ABOVE, len(rows) - 1)]):
        if [line.cells[0] for line in rows[place : place + 3]] == list(_APART):
            return [*rows[:place], *_turned(rows[place:])]
        if _is_row_of_days(row, rows[place + 1]):
            titled = Row(row.line, (_TITLE, *row.cells[1:]))
            return [*rows[:place], *_turned([titled, *rows[place + 1 :]])]
    return list(rows)


def _turned(rows: Sequence[Row]) -> list[Row]:
    width = max(len(row.cells) for row in rows)
    columns = [tuple(row.cells[column] if column < len(row.cells) else "" for row in rows) for column in range(width)]
    return [Row(rows[0].line, column) for column in columns if any(column)]


def _is_row_of_days(row: Row, following: Row) -> bool:
    """A heading of days above a row that begins with a time: not a row of figures, which would be the table's first."""
    if len(following.cells) < 2 or cells.time_of_day(following.cells[0], following.line) is None:
        return False
    days = [cell for cell in row.cells[1:] if cell and not cells.is_total(cell)]
    if not days or not all(_is_day(cell, row.line) for cell in days):
        return False
    return cells.is_number(following.cells[1]) or cells.is_gap(following.cells[1])


def _is_day(cell: str, line: int) -> bool:
    return cells.month_and_day(cell) is not None or cells.day_and_time(cell, line) is not None


def with_day_in_one_cell(rows: Sequence[Row]) -> tuple[list[Row], bool]:
    """The table with year, month and day in one cell where they stand in three, and whether they did.

    A year or a month that is left out below another is the one above.
    """
    for place, row in enumerate(rows[:_MOST_ABOVE]):
        if _APART[0] in row.cells and (start := _place_of(row.cells)) is not None:
            return [*rows[:place], _joined(row, start, _TITLE), *_filled(rows[place + 1 :], start)], True
    return list(rows), False


def _place_of(labels: Sequence[str]) -> int | None:
    return next((start for start in range(len(labels) - 2) if tuple(labels[start : start + 3]) == _APART), None)


def _joined(row: Row, start: int, day: str) -> Row:
    return Row(row.line, (*row.cells[:start], day, *row.cells[start + 3 :]))


def _filled(rows: Sequence[Row], start: int) -> list[Row]:
    found: list[Row] = []
    year = month = ""
    for row in rows:
        parts = row.cells[start : start + 3]
        if len(parts) == 3 and (day := _PART.fullmatch(parts[2])):
            year, month = _number(parts[0], year), _number(parts[1], month)
            found.append(_joined(row, start, f"{year}/{month}/{day[1]}"))
        else:
            found.append(_joined(row, start, next((part for part in parts if part), "")))
    return found


def _number(part: str, above: str) -> str:
    number = _PART.fullmatch(part)
    return number[1] if number else part or above
