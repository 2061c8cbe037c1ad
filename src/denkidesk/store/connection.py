"""What the parts of the store see of the database."""

import sqlite3
from contextlib import AbstractContextManager
from typing import Protocol

Connection = sqlite3.Connection


class Database(Protocol):
    """Reads and transactions."""

    def reading(self) -> AbstractContextManager[Connection]:
        """This thread's connection."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction."""
        ...
