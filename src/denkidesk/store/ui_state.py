"""What the program remembers between two runs that is neither data nor a setting."""

from denkidesk.store.connection import Database
from denkidesk.store.values import refuse_unstorable


class UiStateStore:
    """Texts by key: column widths, the newest folder, the time of the newest refresh."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: str = "") -> str:
        """The text of a key."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM ui_state WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row["value"])

    def set(self, key: str, value: str) -> None:
        """Keeps the text of a key."""
        refuse_unstorable(key, value)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO ui_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
            )
