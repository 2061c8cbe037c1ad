"""What the parts of the store see of the database."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol, TypeVar

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault

T = TypeVar("T")
Connection = sqlite3.Connection
Row = sqlite3.Row
Parameters = Sequence[object] | Mapping[str, object]

UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, SetupFault)
"""What comes of JSON, words or dates that are none, when one row is read."""


def read_row(row: Row, convert: Callable[[Row], T], table: str) -> T:
    """One row as a value. Raises SetupFault (``damaged``) with table and key where it cannot be read."""
    try:
        return convert(row)
    except UNREADABLE as error:
        raise SetupFault("database", "database", InstallationCode.DAMAGED, f"{table} {row[0]}") from error


class Database(Protocol):
    """Gives reads the thread's connection, and writes a transaction."""

    def reading(self) -> AbstractContextManager[Connection]:
        """This thread's connection, outside a transaction."""
        ...

    def read(self, query: str, parameters: Parameters, convert: Callable[[Row], T], table: str) -> tuple[T, ...]:
        """The rows of a query as values. One that cannot be read is left out, and noted with the key in its first column."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction: whole, or undone if the block raises."""
        ...
