"""Forms that were begun."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from denkidesk.domain.applications import ApplicationKind, Draft
from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database, Row, read_row
from denkidesk.store.values import canonical_json, refuse_unstorable, to_moment, to_text


class DraftStore:
    """Forms that were begun, any number of a kind: what the clerk typed, whether it is right or not.

    A draft belongs to the one form that it is open in: :meth:`take` gives it an id that nobody else knows, so that two processes which open
    the same one never write over each other.
    """

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def save(self, draft_id: str, kind: ApplicationKind, fields: Mapping[str, str]) -> None:
        """Keeps the fields as typed; where nothing is filled in there is no draft."""
        refuse_unstorable("draft", dict(fields))
        if not any(value.strip() for value in fields.values()):
            self.discard(draft_id)
            return
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO drafts (draft_id, kind, fields, saved_at) VALUES (?, ?, ?, ?)",  # under a new, highest rowid
                (draft_id, kind.value, canonical_json(dict(fields)), to_text(self._now())),
            )

    def all(self) -> tuple[Draft, ...]:
        """Every draft, the one saved last first."""
        return self._database.read("SELECT * FROM drafts ORDER BY rowid DESC", (), _draft, "drafts")

    def take(self, draft_id: str) -> Draft | None:
        """Gives a draft a new id and returns it; None if it is not there, because another form has taken it or it was discarded."""
        import uuid

        new_id = str(uuid.uuid4())
        with self._database.writing() as connection:
            connection.execute("UPDATE drafts SET draft_id = ? WHERE draft_id = ?", (new_id, draft_id))
            row = connection.execute("SELECT * FROM drafts WHERE draft_id = ?", (new_id,)).fetchone()
            return None if row is None else read_row(row, _draft, "drafts")

    def discard(self, draft_id: str) -> None:
        """Forgets a draft; nothing happens if there is none."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE draft_id = ?", (draft_id,))


def _draft(row: Row) -> Draft:
    fields = {str(name): str(value) for name, value in json.loads(row["fields"]).items()}
    return Draft(row["draft_id"], ApplicationKind(row["kind"]), MappingProxyType(fields), to_moment(row["saved_at"]))
