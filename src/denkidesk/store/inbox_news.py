"""The history of each application in the inbox, append-only, and how far down it the clerk has seen."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Final

from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection, Database, Row
from denkidesk.store.values import to_moment


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One change of one application as this desk noticed it. ``kind``: ``filed`` from here, ``new``, ``message`` or the item that changed.

    ``number`` grows from change to change, whatever the clock does.
    """

    number: int
    at: datetime
    kind: str
    before: str
    after: str


READ: Final = """
    UPDATE inbox SET unread = 0, previous_stage = '',
        seen_to = (SELECT COALESCE(MAX(id), 0) FROM inbox_history AS news WHERE news.receipt_number = inbox.receipt_number)
    WHERE receipt_number = ?
"""
_SEEN: Final = """
    UPDATE inbox SET seen_to = MAX(seen_to, :seen_to), (unread, previous_stage) = (
        SELECT CASE WHEN COUNT(*) THEN inbox.unread ELSE 0 END, CASE WHEN COUNT(*) THEN inbox.previous_stage ELSE '' END
        FROM inbox_history AS news
        WHERE news.receipt_number = :number AND news.id > :seen_to AND news.kind IN ('new', 'message', 'work_stage', 'has_message')
    )
    WHERE receipt_number = :number
"""
_NEWEST_MESSAGES: Final = """
    SELECT receipt_number, MAX(id) AS newest FROM inbox_history
    WHERE receipt_number IN (SELECT value FROM json_each(?)) AND kind = 'message' GROUP BY receipt_number
"""


def mark_seen(database: Database, receipt_number: str, seen_to: int) -> None:
    """The clerk has seen an application with its history up to a change: it is read, unless news came after that."""
    with database.writing() as connection:
        connection.execute(_SEEN, {"number": receipt_number, "seen_to": seen_to})


def newest_messages(connection: Connection, receipt_numbers: Collection[str]) -> dict[str, int]:
    """The number of the change by which the newest message of each application came, of those that have one."""
    rows = connection.execute(_NEWEST_MESSAGES, (json.dumps(list(receipt_numbers)),))
    return {row["receipt_number"]: int(row["newest"]) for row in rows}


def event_of(row: Row) -> HistoryEvent:
    """A row of the history."""
    return HistoryEvent(row["id"], to_moment(row["at"]), row["kind"], row["before"], row["after"])


def record(connection: Connection, receipt_number: str, at: str, kind: str, *, before: str, after: str) -> None:
    """Adds a change."""
    connection.execute(
        "INSERT INTO inbox_history (receipt_number, at, kind, before, after) VALUES (?, ?, ?, ?, ?)",
        (receipt_number, at, kind, before, after),
    )


def came_after(seen: Sequence[str], messages: Sequence[str]) -> Sequence[str]:
    """What of the messages is new to those who saw others, oldest first in both: the oldest may be let go, the newest withdrawn."""
    for count in range(min(len(seen), len(messages)), 0, -1):
        if seen[-count] == messages[0] and seen[-count:] == messages[:count]:
            return messages[count:]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(seen, messages, strict=False))
    return messages[len(list(alike)) :]
