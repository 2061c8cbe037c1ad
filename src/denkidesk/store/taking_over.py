"""What a copy takes over from the database whose place it gets: what was filed since is not lost, and nothing is sent twice."""

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.applications import OutboxState
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import OutcomeCode
from denkidesk.store.connection import Connection
from denkidesk.store.store import Store
from denkidesk.store.values import to_text

_ITEMS: Final = """
    SELECT item_id, kind, urgency, supply_point_number, application, state, created_at, changed_at, attempts, request_id, receipt_number,
        reception_message, failure_code, failure_message, not_before, by_status
    FROM outbox ORDER BY position
"""
_TAKE_ITEM: Final = """
    INSERT INTO outbox (item_id, kind, urgency, supply_point_number, application, state, created_at, changed_at, attempts, request_id,
        receipt_number, reception_message, failure_code, failure_message, not_before, by_status)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (item_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, attempts = excluded.attempts,
        request_id = excluded.request_id, receipt_number = excluded.receipt_number, reception_message = excluded.reception_message,
        failure_code = excluded.failure_code, failure_message = excluded.failure_message, not_before = excluded.not_before,
        by_status = excluded.by_status
"""
_EVENTS: Final = "SELECT item_id, at, from_state, to_state, attempt, code, detail FROM outbox_events ORDER BY id"
_EVENTS_OF: Final = "SELECT at, from_state, to_state, attempt, code, detail FROM outbox_events WHERE item_id = ? ORDER BY id"
_TAKE_EVENT: Final = "INSERT INTO outbox_events (item_id, at, from_state, to_state, attempt, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ATTEMPTS: Final = "SELECT item_id, attempt, request_id, payload, envelope, envelope_sha256, owner, at FROM outbox_attempts ORDER BY rowid"
# Whatever the copy's inbox knows was listed before an attempt that the copy does not know.
_TAKE_ATTEMPT: Final = """
    INSERT OR IGNORE INTO outbox_attempts (item_id, attempt, request_id, payload, envelope, envelope_sha256, owner, at, inbox_seen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) FROM inbox_history))
"""
_STOPS: Final = "SELECT service, salt, digest, message, refused_at FROM login_stops ORDER BY id"
_TAKE_STOP: Final = """
    INSERT INTO login_stops (service, salt, digest, message, refused_at)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM login_stops WHERE service = ?1 AND digest = ?3)
"""

Row = tuple[Any, ...]


def take_over(store: Store, present: Path, now: Now) -> None:
    """Brings outbox and refused logins of ``present`` into ``store``, as far as they can be read where it is damaged.

    Where the journal of an item goes on from the copy's, its state is the newer one. Where the two contradict each other, because the
    desk went back before, an acceptance in either is true, and else nobody knows.
    """
    if not present.exists():
        return
    with contextlib.closing(sqlite3.connect(present)) as connection:
        items, events, attempts, stops = (_readable(connection, query) for query in (_ITEMS, _EVENTS, _ATTEMPTS, _STOPS))
        items = items or _readable(connection, _ITEMS.replace("by_status", "0"))  # before version 7
        is_sound = _readable(connection, "PRAGMA quick_check") == [("ok",)]
    journals = defaultdict(list)
    for item_id, *event in events:
        journals[item_id].append(tuple(event))
    at = to_text(now())
    with store.writing() as connection:
        for item in items:
            with contextlib.suppress(sqlite3.IntegrityError):  # garbage of a damaged page
                _take_item(connection, item, journals[item[0]], at)
        kept = {row["item_id"] for row in connection.execute("SELECT item_id FROM outbox")}
        connection.executemany(_TAKE_ATTEMPT, [attempt for attempt in attempts if attempt[0] in kept])
        if is_sound:  # then it also knows which logins were taken since
            connection.execute("DELETE FROM login_stops")
        connection.executemany(_TAKE_STOP, stops)


def _readable(connection: Connection, query: str) -> list[Row]:
    found: list[Row] = []
    with contextlib.suppress(sqlite3.Error):
        found.extend(connection.execute(query))  # keeps what came before an error
    return found


def _take_item(connection: Connection, item: Row, journal: Sequence[Row], at: str) -> None:
    item_id, state = item[0], item[5]
    known = [tuple(row) for row in connection.execute(_EVENTS_OF, (item_id,))]
    here = connection.execute("SELECT state, attempts FROM outbox WHERE item_id = ?", (item_id,)).fetchone()
    news = [event for event in journal if event not in known]
    if here is None or journal[: len(known)] == known or (state == OutboxState.ACCEPTED != here["state"]):
        connection.execute(_TAKE_ITEM, item)
    elif news and here["state"] != OutboxState.ACCEPTED:
        connection.execute(
            "UPDATE outbox SET state = 'unknown', failure_code = ?, failure_message = '', changed_at = ? WHERE item_id = ?",
            (OutcomeCode.RESTORED.value, at, item_id),
        )
        news.append((at, here["state"], OutboxState.UNKNOWN.value, here["attempts"], OutcomeCode.RESTORED.value, ""))
    connection.executemany(_TAKE_EVENT, [(item_id, *event) for event in news])
