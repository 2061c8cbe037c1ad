"""What the parts of the store see of the database."""

import sqlite3
from contextlib import AbstractContextManager
from typing import Protocol

Connection = sqlite3.Connection


class Database(Protocol):
    """Gives reads the thread's connection, and writes a transaction."""

    def reading(self) -> AbstractContextManager[Connection]:
        """This thread's connection, outside a transaction."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction: whole, or undone if the block raises."""
        ...
