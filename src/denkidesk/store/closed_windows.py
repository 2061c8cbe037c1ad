"""The closed hours that the clerk has entered."""

from datetime import datetime

from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Database, Row
from denkidesk.store.values import refuse_unstorable, to_moment, to_text


@dataclass(frozen=True, slots=True)
class StoredWindow:
    """A maintenance window that the clerk entered."""

    window_id: int
    starts_at: datetime
    ends_at: datetime
    note: str


class ClosedWindowStore:
    """Maintenance windows, earliest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[StoredWindow, ...]:
        """Every window, past ones included."""
        return self._database.read("SELECT * FROM closed_windows ORDER BY starts_at, id", (), _window, "closed_windows")

    def add(self, starts_at: datetime, ends_at: datetime, note: str) -> int:
        """Keeps a window and returns its number."""
        refuse_unstorable("window_note", note)
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO closed_windows (starts_at, ends_at, note) VALUES (?, ?, ?)", (to_text(starts_at), to_text(ends_at), note)
            )
            return int(cursor.lastrowid or 0)

    def remove(self, window_id: int) -> bool:
        """Forgets a window; False if it was not there."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM closed_windows WHERE id = ?", (window_id,)).rowcount == 1


def _window(row: Row) -> StoredWindow:
    return StoredWindow(row["id"], to_moment(row["starts_at"]), to_moment(row["ends_at"]), row["note"])
