"""Quotes that are being put together, before they have a number."""

from datetime import datetime

from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database
from denkidesk.store.values import refuse_unstorable, to_moment, to_text


class QuoteDraftStore:
    """One text a draft; what it says is for who wrote it to read."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def save(self, draft_id: str, customer: str, content: str) -> None:
        """Replaces the draft."""
        refuse_unstorable("customer", customer)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO quote_drafts (draft_id, customer, content, saved_at) VALUES (?, ?, ?, ?)",
                (draft_id, customer, content, to_text(self._now())),
            )

    def get(self, draft_id: str) -> tuple[str, datetime] | None:
        """What it says, and when it was saved; None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT content, saved_at FROM quote_drafts WHERE draft_id = ?", (draft_id,)).fetchone()
        return None if row is None else (str(row["content"]), to_moment(row["saved_at"]))

    def discard(self, draft_id: str) -> None:
        """Forgets it; nothing happens if there is none."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM quote_drafts WHERE draft_id = ?", (draft_id,))
