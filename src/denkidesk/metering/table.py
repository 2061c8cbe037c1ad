"""A table whose day column is found: what both layouts are read from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from denkidesk.metering.text import Row


@dataclass(frozen=True, slots=True)
class Table:
    """``headings``: the rows above the first day; ``body``: the rest. ``day_of``: a row's day, None for one that is to be passed over."""

    headings: tuple[Row, ...]
    body: tuple[Row, ...]
    date_column: int
    day_of: Callable[[Row], date | None]
    unit: str | None  # as the clerk gave it
