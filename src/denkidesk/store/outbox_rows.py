"""Rows of the outbox, as every part of it reads and writes them inside its own transaction."""

from contextlib import suppress

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.store.connection import UNREADABLE, Connection, Row, read_row
from denkidesk.store.values import application_from_json, to_moment, to_moment_or_none


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


def record(connection: Connection, item_id: str, at: str, step: tuple[str, str], *, attempt: int, code: str = "", detail: str = "") -> None:
    """Adds one event to an item's journal. ``step``: the state before and the state after it."""
    connection.execute(
        "INSERT INTO outbox_events (item_id, at, from_state, to_state, attempt, code, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (item_id, at, str(step[0]), str(step[1]), attempt, code, detail),
    )
