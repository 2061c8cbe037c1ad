"""Carries what is done with a table to the lanes, and what comes of it back into its rows."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final, TypeVarTuple

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.bulk import BulkRow
from denkidesk.desk.bulk_batches import Brought, BulkAnswer, BulkBatch, Queued
from denkidesk.desk.sending import Plan
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import Now
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.bulk.standing import Rows, Standing
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender

Ts = TypeVarTuple("Ts")
_AT_ONCE: Final = 100  # rows that are looked up by one job: a clerk's other acts wait no longer than these take


class TableDesk(QObject):
    """One table at a time; another that is brought takes its place, and the last one can be had back."""

    brought = Signal()  # another table stands there
    changed = Signal()  # something about its rows
    refused = Signal(object)  # what was brought is no table
    failed = Signal(object)
    listed = Signal(object)
    queued = Signal(object)  # Queued
    taken_back = Signal(object)  # lines, and whether all that wait were wanted
    saved = Signal(object)  # path
    through = Signal()  # nothing of it is on its way any more

    def __init__(self, context: UiContext, sender: AutoSender, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs = context.jobs
        self._sender = sender
        self._now = now
        self.rows: Rows | None = None
        self.last: Rows | None = None
        self.is_queueing = False
        self._pending: list[BulkRow] = []
        self._readings = LatestJob(context.jobs, self, self._on_brought, self.refused)
        self._readings.finished.connect(self.changed)
        self._lookups = LatestJob(context.jobs, self, self._on_looked_up, self.failed)
        self._answers = LatestJob(context.jobs, self, self._on_answers, self.failed)
        self._lists = LatestJob[object](context.jobs, self, self.listed, self.failed)
        sender.planned.connect(self._on_planned)

    @property
    def is_reading(self) -> bool:
        """Whether a table is being read or checked."""
        return self._readings.is_busy

    def stop(self) -> None:
        """The window closes."""
        for job in (self._readings, self._lookups, self._answers, self._lists):
            job.cancel()

    # -- bringing

    def paste(self, text: str) -> None:
        """Takes what stands on the clipboard."""
        self._readings.run(LaneName.WORK, self._context.desk.bulk.pasted, text)

    def open(self, path: Path) -> None:
        """Takes a file."""
        self._readings.run(LaneName.WORK, self._context.desk.bulk.opened, path)

    def open_again(self, batch: BulkBatch) -> None:
        """Takes a table that is kept; the one that stands there already as it stands."""
        if self.rows is not None and self.rows.brought.batch.batch_id == batch.batch_id:
            self._readings.cancel()
            self.brought.emit()
            return
        self._readings.run(LaneName.WORK, self._context.desk.bulk.opened_again, batch)

    def lay_out_as(self, kind: ApplicationKind) -> None:
        """Applications of another kind."""
        self._lay_out(self._context.desk.bulk.as_kind, kind)

    def assign(self, column: int, field: str) -> None:
        """A column means something else."""
        self._lay_out(self._context.desk.bulk.assigned, column, field)

    def set_common(self, field: str, text: str) -> None:
        """All rows have this."""
        self._lay_out(self._context.desk.bulk.with_common, field, text)

    def add_column(self, field: str) -> None:
        """Each row may have another value."""
        self._lay_out(self._context.desk.bulk.with_column, field)

    def _lay_out(self, layout: Callable[[Brought, *Ts], Brought], *args: *Ts) -> None:
        """What is on its way already means what it meant."""
        if self.rows is not None and not self.rows.sent() and not self.is_queueing:
            self._readings.run(LaneName.WORK, layout, self.rows.brought, *args)

    def bring_back_last(self) -> None:
        """The table before this one."""
        if self.last is not None:
            self.rows, self.last = self.last, self.rows
            self._look_up_all(self.rows)

    def _on_brought(self, brought: Brought) -> None:
        if self.rows is not None and self.rows.brought.batch.batch_id == brought.batch.batch_id:
            self.rows = self.rows.laid_out_as(brought)
        else:
            self.last, self.rows = self.rows, Rows(brought)
        self._keep(self.rows.rows)
        self._look_up_all(self.rows)

    def _look_up_all(self, rows: Rows) -> None:
        self._pending = []
        self._lookups.cancel()
        self._look_up([row for row in rows.rows if rows.standing(row) is Standing.LOOKING])
        if self._sender.plan is not None:
            rows.show_plan(self._sender.plan)
        self.brought.emit()

    # -- keeping and looking up

    def _keep(self, rows: Sequence[BulkRow]) -> None:
        if self.rows is not None:
            self._jobs.run(LaneName.STORE, self._context.desk.bulk.keep, self.rows.brought.batch, rows).then(None, self.failed)

    def _look_up(self, rows: Sequence[BulkRow]) -> None:
        self._pending += rows
        if not self._lookups.is_busy:
            self._look_up_next()

    def _look_up_next(self) -> None:
        if self._pending:
            self._lookups.run(LaneName.STORE, self._context.desk.bulk.looked_up, self._pending[:_AT_ONCE])

    def _on_looked_up(self, looked: tuple[BulkRow, ...]) -> None:
        del self._pending[: len(looked)]
        if self.rows is not None:
            self.rows.take_looked_up(looked)
        self._look_up_next()
        self.changed.emit()

    def list_kept(self) -> None:
        """Asks for the tables that are kept."""
        self._lists.run(LaneName.STORE, self._context.desk.bulk.batches)

    def discard(self, batch: BulkBatch) -> None:
        """Takes a table off the list, and off the screen if it stands there."""
        if self.rows is not None and self.rows.brought.batch.batch_id == batch.batch_id:
            self.rows = None
        self._jobs.run(LaneName.STORE, self._context.desk.bulk.discard, batch.batch_id).then(self._on_discarded, self.failed)

    def _on_discarded(self, _done: object) -> None:
        self.list_kept()

    # -- what the clerk does with the rows

    def mend(self, place: int, column: int, text: str) -> None:
        """Another text in a cell."""
        if self.rows is not None and not self.is_queueing:
            row = self.rows.mend(place, column, text)
            self._keep([row])
            self._look_up([row] if row.application is not None else [])
            self.changed.emit()

    def toggle(self, places: Collection[int]) -> None:
        """Ticks rows, or where all are ticked takes the ticks away; a row that waits is taken back."""
        rows = self.rows
        if rows is None or self.is_queueing:
            return
        chosen = [rows.rows[place] for place in places]
        waiting = [row.source.line for row in chosen if rows.standing(row) is Standing.WAITING]
        free = [row for row in chosen if rows.standing(row) in (Standing.READY, Standing.DOUBLE)]
        if waiting and not free:
            self.take_back(waiting)
            return
        rows.tick(free, on=any(row.source.line not in rows.ticked for row in free))
        self.changed.emit()

    def send(self) -> bool:
        """Queues what is ticked; False where that was checked on another day and is being checked again."""
        rows = self.rows
        if rows is None or self.is_queueing:
            return False
        if rows.brought.form.today != self._now().date():
            self._readings.run(LaneName.WORK, self._context.desk.bulk.checked_again, rows.brought)
            return False
        self.is_queueing = True
        batch = rows.brought.batch
        job = self._jobs.run(LaneName.STORE, self._context.desk.bulk.send, batch, rows.going())
        job.then(self._on_queued, self._on_not_queued)
        self.changed.emit()
        return True

    def _on_queued(self, queued: Queued) -> None:
        self.is_queueing = False
        self._sender.told_by_table.update(queued.items.values())
        if self.rows is not None and self.rows.brought.batch.batch_id == queued.batch_id:
            self.rows.take_queued(queued.items)
            self.rows.take_looked_up(queued.held_back)
        self.queued.emit(queued)
        self._sender.look()
        self.changed.emit()

    def _on_not_queued(self, error: object) -> None:
        self.is_queueing = False
        self.failed.emit(error)
        self.changed.emit()

    def take_back(self, lines: Collection[int] | None = None) -> None:
        """What still waits, of all or of some rows, does not go."""
        if self.rows is not None:
            batch_id = self.rows.brought.batch.batch_id
            job = self._jobs.run(LaneName.STORE, self._context.desk.bulk.take_back, batch_id, lines)
            job.then(self._on_taken_back, self.failed)

    def _on_taken_back(self, lines: frozenset[int]) -> None:
        self.taken_back.emit(lines)
        self._look_for_answers()
        self._sender.look()

    # -- what comes of it

    def _on_planned(self, plan: Plan) -> None:
        if self.rows is not None and (self.rows.has_open or self.rows.planned):
            self.rows.show_plan(plan)
            self._look_for_answers()

    def _look_for_answers(self) -> None:
        if self.rows is not None:
            self._answers.run(LaneName.STORE, self._answers_of, self.rows.brought.batch.batch_id)

    def _answers_of(self, batch_id: str) -> tuple[str, dict[int, BulkAnswer]]:
        return batch_id, self._context.desk.bulk.answers(batch_id)

    def _on_answers(self, found: tuple[str, dict[int, BulkAnswer]]) -> None:
        batch_id, answers = found
        if self.rows is not None and self.rows.brought.batch.batch_id == batch_id:
            was_open = self.rows.has_open
            self.rows.take_answers(answers)
            self.changed.emit()
            if was_open and not self.rows.has_open:
                self.through.emit()

    def result_name(self, folder: Path) -> Path | None:
        """Where the result would go."""
        if self.rows is None:
            return None
        return self._context.desk.bulk.result_name(self.rows.brought, folder, is_whole=self.rows.is_whole())

    def save(self, path: Path) -> None:
        """Writes the result."""
        if self.rows is not None:
            job = self._jobs.run(LaneName.WORK, self._context.desk.bulk.write_result, self.rows.brought, path)
            job.then(self.saved, self.failed)

    @property
    def has_answers(self) -> bool:
        """Whether anything came back that is worth writing down."""
        done = (OutboxState.ACCEPTED, OutboxState.REJECTED, OutboxState.UNKNOWN, OutboxState.ASK)
        return self.rows is not None and any(answer.state in done for answer in self.rows.answers.values())
