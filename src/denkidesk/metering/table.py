"""A table whose day column is found: what both layouts are read from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import clean_digits
from denkidesk.domain.usage import ImportNoteCode, UsageChoices
from denkidesk.metering import cells, words
from denkidesk.metering.readings import Notes
from denkidesk.metering.text import Row

_SAMPLE: Final = 200  # rows that tell what a table is like
_MOST_POINTS: Final = 500
_MOST_SORTS: Final = 12
_POINT: Final = re.compile(r"(?:供給地点|地点特定|受電地点)[^:：]*[:：]\s*([0-9-]{15,40})")


@dataclass(frozen=True, slots=True)
class Table:
    """``headings``: the rows above the first day; ``body``: the rest. ``day_of``: a row's day, None for one that is to be passed over.

    ``layout_known``: its figures are kWh though nothing says so.
    """

    headings: tuple[Row, ...]
    body: tuple[Row, ...]
    date_column: int
    day_of: Callable[[Row], date | None]
    choices: UsageChoices
    layout_known: bool = False

    @property
    def labels(self) -> list[str]:
        """The heading of every column, "" where there is none; of two rows where the lower one has the same word twice."""
        width = max(len(row.cells) for row in self.body[:_SAMPLE])
        rows = [row.cells for row in self.headings if not any(cells.number(cell) is not None for cell in row.cells)]
        last = _fitted(rows[-1], width) if rows and rows[-1] == self.headings[-1].cells else [""] * width
        named = [label for label in last if label]
        if len(rows) > 1 and len(set(named)) < len(named):
            above = ""
            for column, cell in enumerate(_fitted(rows[-2], width)):
                above = cell or above
                last[column] = f"{above} {last[column]}".strip()
        return last

    def title(self) -> str:
        """Everything above the table's own headings."""
        return " ".join(cell for row in self.headings[:-1] for cell in row.cells if cell)


def _fitted(row: Sequence[str], width: int) -> list[str]:
    return [row[column] if column < len(row) else "" for column in range(width)]


def of_one_point(table: Table, body: Sequence[Row]) -> tuple[tuple[Row, ...], frozenset[str]]:
    """The rows of the one supply point that is meant, and the points that the table names."""
    titled = frozenset(found[1] for row in table.headings for cell in row.cells if (found := _POINT.search(cell)))
    labels = table.labels
    for pattern in (words.SUPPLY_POINT, words.PLACE):
        for column, label in enumerate(labels):
            if column == table.date_column or not pattern.search(label) or "量" in label or cells.units(label):
                continue
            points = _distinct(body, column, _MOST_POINTS)
            if table.choices.supply_point is not None and len(points) > 1:
                chosen = chosen_point(table.choices.supply_point, points)
                return tuple(row for row in body if column < len(row.cells) and row.cells[column] == chosen), frozenset(points)
            if len(points) > 1:
                raise ChoiceOpen(UsageCode.SUPPLY_POINTS, "supply_point", points)
            if points and pattern is words.SUPPLY_POINT:
                return tuple(body), frozenset(points)
    return tuple(body), titled


def of_bought(table: Table, body: Sequence[Row], notes: Notes) -> tuple[tuple[Row, ...], bool]:
    """The rows of bought energy where a column sorts them by words such as 買電 and 売電, and whether one does."""
    for column in range(min(len(body[0].cells), table.date_column + 4)):
        if cells.number(body[0].cells[column]) is not None or column == table.date_column:
            continue
        sorts = _distinct(body, column, _MOST_SORTS)
        if len(sorts) < 2 or not any(words.NOT_USED.search(sort) for sort in sorts):
            continue
        if table.choices.column in sorts:
            taken = table.choices.column
        else:
            meant = [sort for sort in sorts if words.BOUGHT.search(sort)] or [sort for sort in sorts if not words.NOT_USED.search(sort)]
            if len(meant) != 1 or not (words.BOUGHT.search(meant[0]) or words.USED.search(meant[0])):
                raise ChoiceOpen(UsageCode.SEVERAL_VALUE_COLUMNS, "column", sorts)
            taken = meant[0]
            if words.has_own_use(taken, sorts):
                raise ChoiceOpen(UsageCode.SOLD_OR_OWN_USE, "column", sorts)
        notes.note(ImportNoteCode.COLUMN_TAKEN, column=taken)
        return tuple(row for row in body if column < len(row.cells) and row.cells[column] == taken), True
    return tuple(body), False


def _distinct(body: Sequence[Row], column: int, most: int) -> list[str]:
    found = dict.fromkeys(row.cells[column] for row in body if column < len(row.cells))
    named = [cell for cell in found if cell and not cells.is_total(cell)]
    return named if len(named) <= most else []


def chosen_point(given: str, points: Sequence[str]) -> str:
    """The point by its number or name as it stands, else by its place in the list."""
    plain = re.sub(r"[\s-]", "", given)
    for point in points:
        if re.sub(r"[\s-]", "", point) in (plain, clean_digits(given)):
            return point
    if plain.isascii() and plain.isdigit() and len(plain) < 4 and 1 <= int(plain) <= len(points):
        return points[int(plain) - 1]
    raise InputRefused.of("usage", UsageCode.NO_SUCH_CHOICE, value=given[:40], choices=" / ".join(points)[:400])
