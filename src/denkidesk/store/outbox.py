"""The outbox: each new application on its way, every attempt, every event; the last two are only ever added to."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState, Receipt
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import FailureCode, OutboxCode, OutcomeCode
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection, Database, Row
from denkidesk.store.inbox import note_filed
from denkidesk.store.outbox_rows import (
    Attempt,
    JournalEntry,
    OutboxEvent,
    attempt_of,
    event_of,
    holder_of,
    insert,
    item_of,
    journal_entry_of,
    load,
    record,
    step,
)
from denkidesk.store.values import (
    application_to_json,
    refuse_unstorable,
    to_text,
)

NO_DOUBLE: Final = "no_double"
"""The code of the event whose detail names another application that a person knows of."""
DETAIL_LIMIT: Final = 2000
"""Characters of a server's own words that are kept."""
_CLOCK_SET_BACK: Final = timedelta(minutes=5)
"""An item that was changed further than this in the future was changed by a wrong clock, which its ``not_before`` was taken from too."""
_OUTCOME_UNKNOWN: Final = (OutboxState.UNKNOWN, OutboxState.ASK)
_OPEN_ENDED: Final = (OutboxState.SENDING, *_OUTCOME_UNKNOWN)
"""Where the answer to the newest attempt is missing."""


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """What became of one attempt, as it is kept aside while it cannot be written into the outbox."""

    item_id: str
    request_id: str
    state: OutboxState
    code: str = ""
    message: str = ""  # accepted: the reception message
    not_before: datetime | None = None
    receipt_number: str = ""
    by_status: bool = False


class OutboxStore:
    """Items in the order in which they were queued, outages first. Each change is one transaction with one event."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def add(self, application: NewApplication, *, draft_id: str = "", countdown_s: float = 0.0) -> OutboxItem:
        """Queues an application; the draft that it came from ends in the same transaction. ``countdown_s``: how long it waits for a clerk
        who wants to stop it.
        """
        import uuid

        from denkidesk.store.customers import note_filed_customer  # the first screen reads only

        text = application_to_json(application)
        item_id = str(uuid.uuid4())
        at = to_text(self._now())
        with self._database.writing() as connection:
            insert(connection, item_id, application, text, at, self._counted(countdown_s))
            note_filed_customer(connection, application.supply_point_number, application.texts(), draft_id, at)
            connection.execute("DELETE FROM drafts WHERE draft_id = ?", (draft_id,))
            return load(connection, item_id)

    def items(self) -> tuple[OutboxItem, ...]:
        """Every item, the oldest first."""
        return self._database.read("SELECT * FROM outbox ORDER BY position", (), item_of, "outbox")

    def open_items(self) -> tuple[OutboxItem, ...]:
        """What is not settled yet, in the order of sending."""
        return self._database.read(
            "SELECT * FROM outbox WHERE state IN ('queued', 'sending', 'unknown', 'ask') ORDER BY urgency, position", (), item_of, "outbox"
        )

    def settled_since(self, accepted: datetime, rejected: datetime) -> tuple[OutboxItem, ...]:
        """What was settled since, of the thousand items queued last, the newest first."""
        return self._database.read(
            "SELECT * FROM outbox WHERE position > (SELECT MAX(position) FROM outbox) - 1000 AND ((state = 'accepted' AND changed_at >= ?) "
            "OR (state = 'rejected' AND changed_at >= ?)) ORDER BY changed_at DESC, position DESC",
            (to_text(accepted), to_text(rejected)),
            item_of,
            "outbox",
        )

    def item(self, item_id: str) -> OutboxItem | None:
        """The item of an id; None if there is none."""
        return next(iter(self._database.read("SELECT * FROM outbox WHERE item_id = ?", (item_id,), item_of, "outbox")), None)

    def of_receipt(self, receipt_number: str) -> OutboxItem | None:
        """The item that the utility gave a receipt number; None if it is none of this desk."""
        query = "SELECT * FROM outbox WHERE receipt_number = ? AND receipt_number <> ''"
        return next(iter(self._database.read(query, (receipt_number,), item_of, "outbox")), None)

    def at_supply_point(self, supply_point_number: str, kind: ApplicationKind | None, since: date) -> tuple[OutboxItem, ...]:
        """Items for a supply point, of one kind or any, that may be on their way, or with the utility since a day or since one that is."""
        return self._database.read(
            "SELECT * FROM outbox WHERE supply_point_number = ?1 AND (?2 IS NULL OR kind = ?2) "
            "AND (state IN ('queued', 'sending', 'unknown', 'ask') OR (state = 'rejected' AND by_status = 1) "
            "OR (state = 'accepted' AND position >= (SELECT MIN(position) FROM outbox WHERE created_at >= ?3))) ORDER BY position",
            (supply_point_number, kind, since.isoformat()),
            item_of,
            "outbox",
        )

    def events(self, item_id: str) -> tuple[OutboxEvent, ...]:
        """The journal of one item, oldest first."""
        return self._database.read("SELECT * FROM outbox_events WHERE item_id = ? ORDER BY id", (item_id,), event_of, "outbox_events")

    def journal(self, most: int) -> tuple[JournalEntry, ...]:
        """The journal of all items, the newest step first."""
        return self._database.read(
            "SELECT e.*, o.kind, o.supply_point_number, o.receipt_number, a.request_id, a.envelope_sha256 FROM outbox_events AS e "
            "JOIN outbox AS o ON o.item_id = e.item_id LEFT JOIN outbox_attempts AS a ON a.item_id = e.item_id AND a.attempt = e.attempt "
            "ORDER BY e.id DESC LIMIT ?",
            (most,),
            journal_entry_of,
            "outbox_events",
        )

    def attempts(self, item_id: str) -> tuple[Attempt, ...]:
        """Everything that may have been sent for one item."""
        query = "SELECT * FROM outbox_attempts WHERE item_id = ? ORDER BY attempt"
        return self._database.read(query, (item_id,), attempt_of, "outbox_attempts")

    def claim(self, owner: str, *, item_id: str | None = None, besides: frozenset[str] = frozenset()) -> OutboxItem | None:
        """Takes one queued item that nobody else holds and that may go now: the named one, or the next one.

        It stays queued; nothing is sent yet. An item may go from its ``not_before`` on, one whose count-down runs by its name at once: who
        names it has counted. One that the clerk has stopped does not go.
        """
        now = self._now()
        with self._database.writing() as connection:
            waiting = self._database.read(
                "SELECT * FROM outbox WHERE state = 'queued' AND owner IS NULL AND failure_code <> 'stopped' "
                "AND (?1 IS NULL OR item_id = ?1) AND (not_before IS NULL OR not_before <= ?2 OR changed_at > ?3 "
                "OR (failure_code = 'counting' AND ?1 IS NOT NULL)) ORDER BY urgency, position",
                (item_id, to_text(now), to_text(now + _CLOCK_SET_BACK)),
                item_of,
                "outbox",
            )
            chosen = next((item for item in waiting if item.item_id not in besides), None)
            if chosen is not None:  # no event: the state does not change, and a claim ends with its owner
                connection.execute("UPDATE outbox SET owner = ? WHERE item_id = ?", (owner, chosen.item_id))
            return chosen

    def begin_attempt(self, item_id: str, owner: str, *, request_id: str, envelope: bytes) -> bool:
        """Commits that the first byte is about to leave. False: the item is no longer ours to send, and nothing may be sent."""
        import hashlib

        at = to_text(self._now())
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, request_id = ?, changed_at = ?, failure_code = '', "
                "failure_message = '', not_before = NULL, by_status = 0 WHERE item_id = ? AND state = 'queued' AND owner = ?",
                (request_id, at, item_id, owner),
            )
            if done.rowcount != 1:
                return False
            row = connection.execute("SELECT attempts, application FROM outbox WHERE item_id = ?", (item_id,)).fetchone()
            connection.execute(
                "INSERT INTO outbox_attempts (item_id, attempt, request_id, payload, envelope, envelope_sha256, owner, at, inbox_seen) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) FROM inbox_history))",
                (item_id, row["attempts"], request_id, row["application"], envelope, hashlib.sha256(envelope).hexdigest(), owner, at),
            )
            states = (OutboxState.QUEUED, OutboxState.SENDING)
            record(connection, item_id, at, states, attempt=row["attempts"], detail=request_id)
        return True

    def accept(self, item_id: str, receipt: Receipt) -> OutboxItem:
        """The utility's receipt, in one transaction with the state.

        A number that already belongs to another application proves nothing about this one: the item becomes ``unknown`` with the code
        ``RECEIPT_TAKEN``, and its message names the number and whose it is.
        """
        refuse_unstorable("receipt", [receipt.receipt_number, receipt.reception_message])
        with self._database.writing() as connection:
            return self._accept(connection, item_id, receipt.receipt_number, receipt.reception_message)

    def _accept(self, connection: Connection, item_id: str, receipt_number: str, reception_message: str, code: str = "") -> OutboxItem:
        now = self._now()
        at = to_text(now)
        before = load(connection, item_id)
        if (holder := holder_of(connection, receipt_number, before)) is not None:
            message = " / ".join(part for part in (receipt_number, *holder) if part)[:DETAIL_LIMIT]
            connection.execute(
                "UPDATE outbox SET state = 'unknown', failure_code = ?, failure_message = ?, not_before = NULL, "
                "owner = NULL, changed_at = ? WHERE item_id = ?",
                (OutcomeCode.RECEIPT_TAKEN.value, message, at, item_id),
            )
            states = (before.state, OutboxState.UNKNOWN)
            record(connection, item_id, at, states, attempt=before.attempts, code=OutcomeCode.RECEIPT_TAKEN, detail=message)
            return load(connection, item_id)
        connection.execute(
            "UPDATE outbox SET state = 'accepted', receipt_number = ?, reception_message = ?, failure_code = '', failure_message = '', "
            "not_before = NULL, owner = NULL, changed_at = ? WHERE item_id = ?",
            (receipt_number, reception_message[:DETAIL_LIMIT], at, item_id),
        )
        note_filed(connection, before.application, receipt_number, now)
        states = (before.state, OutboxState.ACCEPTED)
        record(connection, item_id, at, states, attempt=before.attempts, code=code, detail=receipt_number)
        return load(connection, item_id)

    def take_end(self, end: AttemptEnd) -> bool:
        """Writes down what was kept aside; True where the outbox has it now. An item of another store, or one that went another way
        since, is left alone.
        """
        if (item := self.item(end.item_id)) is None or item.request_id != end.request_id:
            return False
        with self._database.writing() as connection:
            before = load(connection, end.item_id)
            if before.request_id != end.request_id or before.state not in _OPEN_ENDED:
                return (before.state, before.receipt_number) == (end.state, end.receipt_number)
            if end.state is OutboxState.ACCEPTED:
                self._accept(connection, end.item_id, end.receipt_number, end.message)
            else:
                self._leave(connection, end, _OPEN_ENDED)
            return True

    def settle(
        self,
        item_id: str,
        state: OutboxState,
        *,
        code: FailureCode,
        message: str = "",
        not_before: datetime | None = None,
        if_owner: str | None = None,
    ) -> OutboxItem:
        """Leaves the attempt in another state than accepted, and lets the item go. With ``if_owner``, only while it is that owner's."""
        return self.leave(AttemptEnd(item_id, "", state, code, message, not_before), if_owner=if_owner)

    def leave(self, end: AttemptEnd, *, if_owner: str | None = None) -> OutboxItem:
        """As :meth:`settle`."""
        with self._database.writing() as connection:
            self._leave(connection, end, (OutboxState.QUEUED, OutboxState.SENDING), if_owner)
            return load(connection, end.item_id)

    def _leave(self, connection: Connection, end: AttemptEnd, states: Collection[OutboxState], if_owner: str | None = None) -> None:
        before = load(connection, end.item_id)
        if before.state not in states:
            return
        message = end.message.encode("utf-8", "replace").decode("utf-8")[:DETAIL_LIMIT]
        at = to_text(self._now())
        done = connection.execute(
            "UPDATE outbox SET state = ?1, failure_code = ?2, failure_message = ?3, not_before = ?4, owner = NULL, changed_at = ?5, "
            "by_status = CASE state WHEN 'queued' THEN by_status ELSE ?8 END WHERE item_id = ?6 AND (?7 IS NULL OR owner = ?7)",
            (
                end.state.value,
                end.code,
                message,
                None if end.not_before is None else to_text(end.not_before),
                at,
                end.item_id,
                if_owner,
                end.by_status,
            ),
        )
        if done.rowcount == 1:
            record(connection, end.item_id, at, (before.state, end.state), attempt=before.attempts, code=end.code, detail=message)

    def release(self, item_id: str, owner: str) -> OutboxItem:
        """Lets a claimed item go as if it had never been claimed."""
        with self._database.writing() as connection:
            connection.execute("UPDATE outbox SET owner = NULL WHERE item_id = ? AND owner = ? AND state = 'queued'", (item_id, owner))
            return load(connection, item_id)

    def not_yet_due(self) -> tuple[OutboxItem, ...]:
        """Queued items that may not go yet, the next one to go first."""
        now = self._now()
        return self._database.read(
            "SELECT * FROM outbox WHERE state = 'queued' AND not_before > ?1 AND changed_at <= ?2 ORDER BY not_before, urgency, position",
            (to_text(now), to_text(now + _CLOCK_SET_BACK)),
            item_of,
            "outbox",
        )

    def bring_forward(self, to: datetime | None) -> None:
        """Queued items may go from ``to`` on if they had to wait longer; None: at once. For when a closed time was taken back."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE outbox SET not_before = ?1 WHERE state = 'queued' AND failure_code <> 'counting' "
                "AND (?1 IS NULL OR not_before > ?1)",
                (None if to is None else to_text(to),),
            )

    def is_anothers(self, receipt_number: str, item_id: str) -> bool:
        """Whether a receipt number is known to be that of another application than this item."""
        with self._database.reading() as connection:
            return holder_of(connection, receipt_number, load(connection, item_id)) is not None

    def accept_listed(self, item_id: str, receipt_number: str, *, by_clerk: bool) -> OutboxItem:
        """An item with an unknown outcome was found in the listing under this number.

        Nothing changes where it is no longer unknown, where the number is another's, or where an item like it is being sent at this
        moment: the number may be that one's.
        """
        with self._database.writing() as connection:
            item = load(connection, item_id)
            application = item.application
            alike = connection.execute(
                "SELECT 1 FROM outbox WHERE state = 'sending' AND supply_point_number = ? AND kind = ? AND item_id <> ?",
                (application.supply_point_number, application.kind.value, item_id),
            ).fetchone()
            if item.state not in _OUTCOME_UNKNOWN or alike is not None or holder_of(connection, receipt_number, item) is not None:
                return item
            return self._accept(connection, item_id, receipt_number, "", code="clerk" if by_clerk else "listing")

    def note_unknown(self, item_id: str, code: str, detail: str) -> bool:
        """Adds to the journal of an item with an unknown outcome; False if it is not one."""
        with self._database.writing() as connection:
            item = load(connection, item_id)
            if item.state in _OUTCOME_UNKNOWN:
                states = (item.state, item.state)
                record(connection, item_id, to_text(self._now()), states, attempt=item.attempts, code=code, detail=detail)
            return item.state in _OUTCOME_UNKNOWN

    def note_no_double(self, item_id: str, others: Iterable[str]) -> None:
        """Adds to the journal that a person knows these other applications and wants this one sent all the same."""
        with self._database.writing() as connection:
            item = load(connection, item_id)
            for other in others:
                states = (item.state, item.state)
                record(connection, item_id, to_text(self._now()), states, attempt=item.attempts, code=NO_DOUBLE, detail=other)

    def requeue_unknown(self, item_id: str, detail: str, *, countdown_s: float = 0.0) -> bool:
        """A person was told by the utility that it has no such application; ``detail`` says by whom and when."""
        word = "confirmed_not_taken"
        return any(self._step(item_id, state, OutboxState.QUEUED, word, detail, countdown_s) for state in _OUTCOME_UNKNOWN)

    def stop(self, item_id: str) -> bool:
        """A queued item does not go any more until :meth:`go_on`. False once its first byte may have left."""
        return self._hold(item_id, (OutboxCode.STOPPED.value, None), "stopped")

    def go_on(self, item_id: str, *, countdown_s: float = 0.0) -> bool:
        """A queued item may go, after a count-down; whatever it was waiting for."""
        return self._hold(item_id, self._counted(countdown_s), "resumed")

    def _counted(self, countdown_s: float) -> tuple[str, str | None]:
        """Failure code and ``not_before`` of an item whose count-down begins now."""
        if not countdown_s:
            return "", None
        return OutboxCode.COUNTING.value, to_text(self._now() + timedelta(seconds=countdown_s))

    def _hold(self, item_id: str, held: tuple[str, str | None], code: str) -> bool:
        at = to_text(self._now())
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE outbox SET failure_code = ?, not_before = ?, failure_message = '', owner = NULL, changed_at = ? "
                "WHERE item_id = ? AND state = 'queued'",
                (*held, at, item_id),
            )
            if done.rowcount == 1:
                states = (OutboxState.QUEUED, OutboxState.QUEUED)
                record(connection, item_id, at, states, attempt=load(connection, item_id).attempts, code=code)
        return done.rowcount == 1

    def cancel(self, item_id: str) -> bool:
        """Takes a queued item back. False once its first byte may have left: then only the utility can undo it."""
        return self._step(item_id, OutboxState.QUEUED, OutboxState.CANCELLED, "clerk")

    def undo_cancel(self, item_id: str) -> bool:
        """The clerk wants what was taken back to wait again, as it did. False if it is not taken back."""
        return self._step(item_id, OutboxState.CANCELLED, OutboxState.QUEUED, "undone")

    def requeue(self, item_id: str, *, countdown_s: float = 0.0) -> bool:
        """A person wants a refused item sent again."""
        return self._step(item_id, OutboxState.REJECTED, OutboxState.QUEUED, "clerk", countdown_s=countdown_s)

    def held(self) -> tuple[tuple[OutboxItem, str], ...]:
        """Items that somebody claimed or is sending, with the name of the owner."""
        return self._database.read("SELECT * FROM outbox WHERE owner IS NOT NULL ORDER BY position", (), _item_and_owner, "outbox")

    def _step(self, item_id: str, wanted: OutboxState, to: OutboxState, code: str, detail: str = "", countdown_s: float = 0.0) -> bool:
        at = to_text(self._now())
        with self._database.writing() as connection:
            return step(connection, item_id, (wanted, to), at, code=code, detail=detail, counted=self._counted(countdown_s))


def _item_and_owner(row: Row) -> tuple[OutboxItem, str]:
    return item_of(row), str(row["owner"])
