"""The shape that a database should have, and how another one differs from it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Final

from denkidesk.store.connection import Connection
from denkidesk.store.migrations.steps import STEPS

_PARTS: Final = """
    SELECT part.type, part.name, held.name FROM sqlite_master AS part LEFT JOIN pragma_table_info(part.name) AS held ON part.type = 'table'
    WHERE part.name NOT LIKE 'sqlite%'
"""

_SHAPING: Final = ("CREATE", "ALTER", "DROP")
"""The other statements of a migration change rows, and may need functions of ours."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Names like ``outbox.owner`` for a column, ``table outbox``, ``index outbox_by_state``, ``trigger ...``."""

    missing: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def harmful(self) -> tuple[str, ...]:
        """What is missing and cannot be done without."""
        return tuple(name for name in self.missing if not name.startswith("index "))


def differences(connection: Connection) -> Differences:
    """How a database differs from what its version should be."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    with closing(sqlite3.connect(":memory:")) as model:
        for statement in chain.from_iterable(STEPS[:version]):
            if statement.split()[0] in _SHAPING:
                model.execute(statement)
        wanted = _names(model)
    found = _names(connection)
    return Differences(_sorted(wanted - found), _sorted(found - wanted))


def _names(connection: Connection) -> set[str]:
    names = set()
    for kind, name, column in connection.execute(_PARTS):
        names.add(f"{kind} {name}")
        if column is not None:
            names.add(f"{name}.{column}")
    return names


def _sorted(names: set[str]) -> tuple[str, ...]:
    """Without the columns of tables that are named themselves."""
    return tuple(sorted(name for name in names if " " in name or f"table {name.partition('.')[0]}" not in names))
