"""Rows of the outbox, as every part of it reads and writes them inside its own transaction."""

from contextlib import suppress
from datetime import datetime

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import UNREADABLE, Connection, Database, Row, read_row
from denkidesk.store.values import application_from_json, to_moment, to_moment_or_none


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """One step of one item. ``code``: the code of the error that led to it, or a stable word for the clerk's act."""

    at: datetime
    from_state: str  # "" for the first event
    to_state: str
    attempt: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of the whole journal, with what it was of. ``request_id`` and ``sha256``: of the envelope of that attempt, else empty."""

    event: OutboxEvent
    kind: ApplicationKind
    supply_point_number: str
    receipt_number: str
    request_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was on the disk before the first byte of one attempt left. ``envelope``: the very bytes, but for the password."""

    attempt: int
    request_id: str
    payload: str
    envelope: bytes
    envelope_sha256: str
    at: datetime


def holder_of(connection: Connection, receipt_number: str, item: OutboxItem) -> tuple[str, ...] | None:
    """Supply point and name of the other application that has this receipt number; None if no other has it.

    Beside our own items the listing counts: what it shows for another supply point or selection, or showed before this attempt began, is
    not this application. What it shows alike since then may be ours, listed by another process before our answer came.
    """
    other = connection.execute("SELECT * FROM outbox WHERE receipt_number = ? AND item_id <> ?", (receipt_number, item.item_id)).fetchone()
    if other is not None:
        name = None
        with suppress(*UNREADABLE):
            name = item_of(other).application.customer_name
        return str(other["supply_point_number"]), name or ""
    listed = connection.execute(
        "SELECT supply_point_number FROM inbox WHERE receipt_number = ?1 AND ((supply_point_number <> '' AND supply_point_number <> ?2) "
        "OR (selection_code <> '' AND selection_code <> ?3) OR (SELECT MIN(id) FROM inbox_history WHERE receipt_number = ?1) "
        "<= (SELECT MAX(inbox_seen) FROM outbox_attempts WHERE item_id = ?4))",
        (receipt_number, item.application.supply_point_number, item.application.selection_code, item.item_id),
    ).fetchone()
    return None if listed is None else (str(listed["supply_point_number"]),)


def items_at(database: Database, supply_point_number: str) -> tuple[OutboxItem, ...]:
    """Every item for a supply point, whatever became of it, the oldest first."""
    query = "SELECT * FROM outbox WHERE supply_point_number = ? ORDER BY position"
    return database.read(query, (supply_point_number,), item_of, "outbox")


def load(connection: Connection, item_id: str) -> OutboxItem:
    """The item of an id; KeyError if there is none, SetupFault (``damaged``) if it cannot be read."""
    row = connection.execute("SELECT * FROM outbox WHERE item_id = ?", (item_id,)).fetchone()
    if row is None:
        raise KeyError(item_id)
    return read_row(row, item_of, "outbox")


def item_of(row: Row) -> OutboxItem:
    """The item that a row of the table holds."""
    return OutboxItem(
        item_id=row["item_id"],
        application=application_from_json(row["application"]),
        state=OutboxState(row["state"]),
        created_at=to_moment(row["created_at"]),
        changed_at=to_moment(row["changed_at"]),
        attempts=row["attempts"],
        request_id=row["request_id"],
        receipt_number=row["receipt_number"],
        reception_message=row["reception_message"],
        failure_code=row["failure_code"],
        failure_message=row["failure_message"],
        not_before=to_moment_or_none(row["not_before"]),
        by_status=bool(row["by_status"]),
    )


def insert(
    connection: Connection, item_id: str, application: NewApplication, text: str, at: str, counted: tuple[str, str | None] = ("", None)
) -> None:
    """Queues an application, written as ``text``, with the first event of its journal. ``counted``: its count-down, as code and end."""
    connection.execute(
        """
        INSERT INTO outbox (item_id, kind, urgency, supply_point_number, application, state, created_at, changed_at, attempts,
            request_id, receipt_number, reception_message, failure_code, failure_message, not_before, owner)
        VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, 0, '', '', '', ?, '', ?, NULL)
        """,
        (
            item_id,
            application.kind.value,
            0 if application.kind is ApplicationKind.OUTAGE else 1,
            application.supply_point_number,
            text,
            at,
            at,
            *counted,
        ),
    )
    record(connection, item_id, at, ("", OutboxState.QUEUED), attempt=0)


def step(
    connection: Connection,
    item_id: str,
    states: tuple[OutboxState, OutboxState],
    at: str,
    *,
    code: str,
    detail: str = "",
    counted: tuple[str, str | None] = ("", None),
) -> bool:
    """Brings an item from one state to another, with its event; False if it is not in the first."""
    counting, not_before = counted
    done = connection.execute(
        "UPDATE outbox SET state = ?1, owner = NULL, changed_at = ?2, by_status = 0, "
        "not_before = COALESCE(?5, CASE failure_code WHEN 'counting' THEN NULL ELSE not_before END), "
        "failure_code = COALESCE(NULLIF(?6, ''), NULLIF(failure_code, 'counting'), '') WHERE item_id = ?3 AND state = ?4",
        (states[1].value, at, item_id, states[0].value, not_before, counting),
    )
    if done.rowcount != 1:
        return False
    record(connection, item_id, at, states, attempt=load(connection, item_id).attempts, code=code, detail=detail)
    return True


def record(connection: Connection, item_id: str, at: str, step: tuple[str, str], *, attempt: int, code: str = "", detail: str = "") -> None:
    """Adds one event to an item's journal. ``step``: the state before and the state after it."""
    connection.execute(
        "INSERT INTO outbox_events (item_id, at, from_state, to_state, attempt, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (item_id, at, str(step[0]), str(step[1]), attempt, code, detail),
    )


def event_of(row: Row) -> OutboxEvent:
    """The event that a row of the journal holds."""
    return OutboxEvent(to_moment(row["at"]), row["from_state"], row["to_state"], row["attempt"], row["code"], row["detail"])


def journal_entry_of(row: Row) -> JournalEntry:
    """The step of the whole journal that a row holds."""
    sent = (row["request_id"] or "", row["envelope_sha256"] or "")
    return JournalEntry(event_of(row), ApplicationKind(row["kind"]), row["supply_point_number"], row["receipt_number"], *sent)


def attempt_of(row: Row) -> Attempt:
    """The attempt that a row holds."""
    sent = (row["payload"], row["envelope"], row["envelope_sha256"])
    return Attempt(row["attempt"], row["request_id"], *sent, to_moment(row["at"]))
