"""Tables of many applications: the clerk's rows as they came, and which application of the outbox each has become."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import Now
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Database, Row
from denkidesk.store.customers import note_filed_customer
from denkidesk.store.outbox import NO_DOUBLE
from denkidesk.store.outbox_rows import insert, record, step
from denkidesk.store.values import application_to_json, canonical_json, refuse_unstorable, to_moment, to_text


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """What became of a row. ``words``: the server's own, of acceptance or refusal."""

    item_id: str
    state: OutboxState
    receipt_number: str
    words: str
    code: str = ""
    by_status: bool = False

    @property
    def is_open(self) -> bool:
        """Whether more may come of it."""
        return self.state in (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.ASK)


def answer_of(item: OutboxItem) -> BulkAnswer:
    """The same of an item that is known whole."""
    words = item.reception_message or item.failure_message
    return BulkAnswer(item.item_id, item.state, item.receipt_number, words, item.failure_code, item.by_status)


@dataclass(frozen=True, slots=True)
class BulkBatch:
    """A table that was brought. ``source``: the file's path, "" of what was pasted; ``common``: what all rows have in common."""

    batch_id: str
    kind: ApplicationKind
    source: str
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    common: Mapping[str, str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """A table with how many rows it has, how many of these were sent, are open and were accepted."""

    batch: BulkBatch
    rows: int
    sent: int
    open: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Filing:
    """A row to be sent. ``known``: the other applications that a person knows of, by their keys."""

    line: int
    application: NewApplication
    known: tuple[str, ...] = ()


class BulkStore:
    """Rows by their lines in the clerk's table. A row and its application are in the books by one transaction, before a byte leaves."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def keep(self, batch: BulkBatch, rows: Mapping[int, Sequence[str]]) -> None:
        """Keeps a table, or its rows anew; what they have become stays."""
        refuse_unstorable("file", [batch.source, *batch.headings, *batch.fields, dict(batch.common), *rows.values()])
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO bulk_batches (batch_id, kind, source, headings, fields, common, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (batch_id) DO UPDATE SET "
                "kind = excluded.kind, headings = excluded.headings, fields = excluded.fields, common = excluded.common",
                (
                    batch.batch_id,
                    batch.kind.value,
                    batch.source,
                    canonical_json(batch.headings),
                    canonical_json(batch.fields),
                    canonical_json(dict(batch.common)),
                    to_text(batch.created_at),
                ),
            )
            connection.executemany(
                "INSERT INTO bulk_rows (batch_id, line, cells) VALUES (?, ?, ?) "
                "ON CONFLICT (batch_id, line) DO UPDATE SET cells = excluded.cells",
                [(batch.batch_id, line, canonical_json(list(cells))) for line, cells in rows.items()],
            )

    def queue(self, batch_id: str, filings: Sequence[Filing]) -> dict[int, str]:
        """Queues an application for each row, all of them or none, and returns their items by line. Those for one supply point are known
        to be no doubles of each other.
        """
        import uuid

        at = to_text(self._now())
        made = {filing.line: str(uuid.uuid4()) for filing in filings}
        points: dict[str, list[str]] = {}
        for filing in filings:
            points.setdefault(filing.application.supply_point_number, []).append(made[filing.line])
        with self._database.writing() as connection:
            for filing in filings:
                item_id, application = made[filing.line], filing.application
                insert(connection, item_id, application, application_to_json(application), at)
                note_filed_customer(connection, application.supply_point_number, application.texts(), "", at)
                beside = [other for other in points[application.supply_point_number] if other != item_id]
                for other in (*filing.known, *beside):
                    states = (OutboxState.QUEUED, OutboxState.QUEUED)
                    record(connection, item_id, at, states, attempt=0, code=NO_DOUBLE, detail=other)
                connection.execute("UPDATE bulk_rows SET item_id = ? WHERE batch_id = ? AND line = ?", (item_id, batch_id, filing.line))
        return made

    def take_back(self, batch_id: str, lines: Collection[int] | None = None) -> frozenset[int]:
        """Takes the rows back that still wait, of all or of some; returns the lines of those that were not too late."""
        at = to_text(self._now())
        with self._database.writing() as connection:
            waiting = connection.execute(
                "SELECT line, item_id FROM bulk_rows JOIN outbox USING (item_id) WHERE batch_id = ? AND state = 'queued'", (batch_id,)
            ).fetchall()
            chosen = [row for row in waiting if lines is None or row["line"] in lines]
            states = (OutboxState.QUEUED, OutboxState.CANCELLED)
            return frozenset(row["line"] for row in chosen if step(connection, row["item_id"], states, at, code="clerk"))

    def answers(self, batch_id: str) -> dict[int, BulkAnswer]:
        """What the rows that were sent have become, by line."""
        found = self._database.read(
            "SELECT line, item_id, state, receipt_number, reception_message, failure_message, failure_code, by_status "
            "FROM bulk_rows JOIN outbox USING (item_id) WHERE batch_id = ? ORDER BY line",
            (batch_id,),
            _line_and_answer,
            "bulk_rows",
        )
        return dict(found)

    def batches(self) -> tuple[BatchCounts, ...]:
        """Every table, the newest first."""
        return self._database.read(
            "SELECT bulk_batches.*, COUNT(line) AS rows, COUNT(outbox.item_id) AS sent, "
            "COALESCE(SUM(outbox.state IN ('queued', 'sending', 'unknown', 'ask')), 0) AS open, "
            "COALESCE(SUM(outbox.state = 'accepted'), 0) AS accepted "
            "FROM bulk_batches LEFT JOIN bulk_rows USING (batch_id) LEFT JOIN outbox ON outbox.item_id = bulk_rows.item_id "
            "GROUP BY batch_id ORDER BY bulk_batches.rowid DESC",
            (),
            _counts_of,
            "bulk_batches",
        )

    def rows(self, batch_id: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The rows of a table as they were kept last."""
        query = "SELECT line, cells FROM bulk_rows WHERE batch_id = ? ORDER BY line"
        return self._database.read(query, (batch_id,), _line_and_cells, "bulk_rows")

    def discard(self, batch_id: str) -> None:
        """Forgets a table; the applications that its rows have become stay in the outbox."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM bulk_batches WHERE batch_id = ?", (batch_id,))

    def forget_before(self, moment: datetime) -> None:
        """Forgets every table that was brought before, unless something of it is still open."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM bulk_batches WHERE created_at < ? AND batch_id NOT IN "
                "(SELECT batch_id FROM bulk_rows JOIN outbox USING (item_id) WHERE state IN ('queued', 'sending', 'unknown', 'ask'))",
                (to_text(moment),),
            )


def _line_and_answer(row: Row) -> tuple[int, BulkAnswer]:
    words = row["reception_message"] or row["failure_message"]
    state = OutboxState(row["state"])
    return row["line"], BulkAnswer(row["item_id"], state, row["receipt_number"], words, row["failure_code"], bool(row["by_status"]))


def _line_and_cells(row: Row) -> tuple[int, tuple[str, ...]]:
    return row["line"], tuple(str(cell) for cell in json.loads(row["cells"]))


def _counts_of(row: Row) -> BatchCounts:
    batch = BulkBatch(
        row["batch_id"],
        ApplicationKind(row["kind"]),
        row["source"],
        tuple(json.loads(row["headings"])),
        tuple(json.loads(row["fields"])),
        {str(name): str(text) for name, text in json.loads(row["common"]).items()},
        to_moment(row["created_at"]),
    )
    return BatchCounts(batch, row["rows"], row["sent"], row["open"], row["accepted"])
