"""What the clerk notes on applications of the inbox, on one or on many at once, and how it is taken back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from denkidesk.domain.applications import InboxEntry
from denkidesk.domain.clock import Now
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection, Database
from denkidesk.store.inbox_finding import find_by
from denkidesk.store.inbox_rows import entry_of
from denkidesk.store.values import refuse_unstorable, to_text

_READ: Final = """
    UPDATE inbox SET unread = 0, previous_stage = '',
        seen_to = (SELECT COALESCE(MAX(id), 0) FROM inbox_history AS news WHERE news.receipt_number = inbox.receipt_number)
    WHERE id IN (SELECT value FROM json_each(:ids)) AND unread = 1
"""
_UNREAD: Final = "UPDATE inbox SET unread = 1 WHERE id IN (SELECT value FROM json_each(:ids)) AND unread = 0"
_NOTE: Final = """
    UPDATE inbox SET note = CASE WHEN :replaces OR note = '' THEN :note ELSE note || char(10) || :note END, noted_at = :at
    WHERE id IN (SELECT value FROM json_each(:ids))
"""
_TAGS: Final = "UPDATE inbox SET tags = :tags WHERE id IN (SELECT value FROM json_each(:ids))"
_TAG: Final = """
    UPDATE inbox SET tags = ltrim(tags || ' ' || :tag)
    WHERE id IN (SELECT value FROM json_each(:ids)) AND NOT instr(' ' || tags || ' ', ' ' || :tag || ' ')
"""
_FOLLOW_UP: Final = "UPDATE inbox SET follow_up_on = :day WHERE id IN (SELECT value FROM json_each(:ids))"
_ENTRIES: Final = "SELECT * FROM inbox WHERE id IN (SELECT value FROM json_each(:ids))"
_BEFORE: Final = """
    SELECT id, unread, previous_stage, seen_to, note, noted_at, tags, follow_up_on FROM inbox
    WHERE id IN (SELECT value FROM json_each(:ids)) AND (:unread IS NULL OR unread <> :unread)
"""
_BACK: Final = {
    # what moved since the clerk looked last has moved still
    "reading": """
        UPDATE inbox SET unread = json_extract(was.value, '$[1]'), seen_to = MIN(seen_to, json_extract(was.value, '$[3]')),
            previous_stage = CASE json_extract(was.value, '$[2]') WHEN '' THEN previous_stage ELSE json_extract(was.value, '$[2]') END
        FROM json_each(:rows) AS was WHERE inbox.id = json_extract(was.value, '$[0]')
    """,
    "note": """
        UPDATE inbox SET note = json_extract(was.value, '$[4]'), noted_at = json_extract(was.value, '$[5]')
        FROM json_each(:rows) AS was WHERE inbox.id = json_extract(was.value, '$[0]')
    """,
    "tags": """
        UPDATE inbox SET tags = json_extract(was.value, '$[6]')
        FROM json_each(:rows) AS was WHERE inbox.id = json_extract(was.value, '$[0]')
    """,
    "follow_up": """
        UPDATE inbox SET follow_up_on = json_extract(was.value, '$[7]')
        FROM json_each(:rows) AS was WHERE inbox.id = json_extract(was.value, '$[0]')
    """,
}
_TAGS_IN_USE: Final = "SELECT tags, COUNT(*) AS rows FROM inbox WHERE tags <> '' GROUP BY tags"
_AT_ONCE: Final = 500
_FOUND_BY: Final = ("note", "tags")
_Act = tuple[str, Mapping[str, object]]
"""A statement, and what it is told beside the rows."""


@dataclass(frozen=True, slots=True)
class Before:
    """Rows as they stood before an act: enough to take back what it changed, and nothing else. ``count``: those that it changed."""

    what: str
    count: int
    rows: str


class InboxNotes:
    """Each act is one transaction and, for any number of rows, one statement. ``ids``: the numbers of the rows, as windows have them."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def ids_of(self, receipt_numbers: Iterable[str]) -> tuple[int, ...]:
        """The rows of applications, in this order; those that are not there are left out."""
        numbers = list(receipt_numbers)
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, receipt_number FROM inbox WHERE receipt_number IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
            )
            found = {row["receipt_number"]: int(row["id"]) for row in rows}
        return tuple(found[number] for number in numbers if number in found)

    def entries(self, ids: Sequence[int]) -> tuple[InboxEntry, ...]:
        """The rows as entries, in this order; one that cannot be read is left out."""
        found: dict[int, InboxEntry] = {}
        for begin in range(0, len(ids), _AT_ONCE):
            about = {"ids": json.dumps(list(ids[begin : begin + _AT_ONCE]))}
            found |= dict(self._database.read(_ENTRIES, about, lambda row: (row["id"], entry_of(row)), "inbox"))
        return tuple(found[row_id] for row_id in ids if row_id in found)

    def mark(self, ids: Sequence[int], *, unread: bool) -> Before:
        """The clerk has seen them with all their news; or wants to see them again."""
        return self._change("reading", ids, ((_UNREAD if unread else _READ, {}),), unread)

    def note(self, ids: Sequence[int], text: str, *, replaces: bool) -> Before:
        """Notes a text, in the place of the one that stands there or below it; an empty text in its place is none."""
        refuse_unstorable("note", text)
        about = {"note": text, "at": to_text(self._now()) if text else None, "replaces": replaces}
        return self._change("note", ids, ((_NOTE, about),))

    def tag(self, ids: Sequence[int], tags: str, *, replaces: bool) -> Before:
        """Tags, parted by spaces: these alone, or these too."""
        refuse_unstorable("tags", tags)
        words = " ".join(dict.fromkeys(tags.split()))
        acts: list[_Act] = [(_TAGS, {"tags": words})] if replaces else [(_TAG, {"tag": word}) for word in words.split()]
        return self._change("tags", ids, acts)

    def follow_up(self, ids: Sequence[int], day: date | None) -> Before:
        """The day to look at them again; None: no such day any more."""
        return self._change("follow_up", ids, ((_FOLLOW_UP, {"day": None if day is None else day.isoformat()}),))

    def take_back(self, before: Before) -> None:
        """All is as it was; what other acts and the utility changed since stays."""
        with self._database.writing() as connection:
            connection.execute(_BACK[before.what], {"rows": before.rows})
            if before.what in _FOUND_BY:
                _find_anew(connection, [row[0] for row in json.loads(before.rows)])

    def tags_in_use(self) -> tuple[str, ...]:
        """Every tag, the one used most first."""
        with self._database.reading() as connection:
            return tags_in_use(connection)

    def _change(self, what: str, ids: Sequence[int], acts: Sequence[_Act], unread: bool | None = None) -> Before:
        about = {"ids": json.dumps(list(ids))}
        with self._database.writing() as connection:
            was = [tuple(row) for row in connection.execute(_BEFORE, {**about, "unread": unread})]
            for statement, more in acts:
                connection.execute(statement, {**more, **about})
            if what in _FOUND_BY:
                _find_anew(connection, ids)
        return Before(what, len(was), json.dumps(was))


def _find_anew(connection: Connection, ids: Iterable[int]) -> None:
    """Notes and tags are found by the search of the inbox."""
    for row_id in ids:
        row = connection.execute("SELECT * FROM inbox WHERE id = ?", (row_id,)).fetchone()
        if row is not None:
            entry = entry_of(row)
            find_by(connection, entry.listed, entry.status)


def tags_in_use(connection: Connection) -> tuple[str, ...]:
    """Every tag, the one used most first."""
    counts: dict[str, int] = {}
    for row in connection.execute(_TAGS_IN_USE):
        for tag in str(row["tags"]).split():
            counts[tag] = counts.get(tag, 0) + int(row["rows"])
    return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))
