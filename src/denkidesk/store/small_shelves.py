"""Drafts, closed windows, and what the windows on the screen remember."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database
from denkidesk.store.values import canonical_json, refuse_unstorable, to_moment, to_text


class DraftShelf:
    """At most one draft a kind: what the clerk typed, whether it is right or not."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def save(self, kind: ApplicationKind, fields: Mapping[str, str]) -> None:
        """Keeps the fields as typed."""
        refuse_unstorable("draft", dict(fields))
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO drafts (kind, fields, saved_at) VALUES (?, ?, ?) "
                "ON CONFLICT (kind) DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at",
                (kind.value, canonical_json(dict(fields)), to_text(self._now())),
            )

    def load(self, kind: ApplicationKind) -> dict[str, str]:
        """The fields as typed; empty if there is no draft."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT fields FROM drafts WHERE kind = ?", (kind.value,)).fetchone()
        return {} if row is None else {str(name): str(value) for name, value in json.loads(row["fields"]).items()}

    def discard(self, kind: ApplicationKind) -> None:
        """Forgets the draft of a kind."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE kind = ?", (kind.value,))


@dataclass(frozen=True, slots=True)
class StoredWindow:
    """A maintenance window that the clerk entered."""

    window_id: int
    starts_at: datetime
    ends_at: datetime
    note: str


class ClosedWindowShelf:
    """Maintenance windows, earliest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[StoredWindow, ...]:
        """Every window, past ones included."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, starts_at, ends_at, note FROM closed_windows ORDER BY starts_at, id").fetchall()
        return tuple(StoredWindow(row["id"], to_moment(row["starts_at"]), to_moment(row["ends_at"]), row["note"]) for row in rows)

    def add(self, starts_at: datetime, ends_at: datetime, note: str) -> int:
        """Keeps a window and returns its number."""
        refuse_unstorable("note", note)
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO closed_windows (starts_at, ends_at, note) VALUES (?, ?, ?)", (to_text(starts_at), to_text(ends_at), note)
            )
            return int(cursor.lastrowid or 0)

    def remove(self, window_id: int) -> bool:
        """Forgets a window; False if it was not there."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM closed_windows WHERE id = ?", (window_id,)).rowcount == 1


class UiStateShelf:
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
