"""One application on its way: kept first, then sent, exactly once for each time the clerk says so."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.ui.apply.ports import Outbox


class Sending(QObject):
    """While one application is on its way, further requests to send are ignored: a double press sends once.

    ``queued`` comes as soon as the application cannot be lost any more. Then exactly one of ``settled`` (the outbox has an answer),
    ``not_kept`` (nothing was stored, nothing was sent) and ``interrupted`` (stored; look at the item to see how it stands).
    """

    queued = Signal(object)
    settled = Signal(object)
    not_kept = Signal(object)
    interrupted = Signal(object)

    def __init__(self, outbox: Outbox, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._jobs = jobs
        self._item: OutboxItem | None = None
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether an application is on its way."""
        return self._is_busy

    def send(self, application: NewApplication, draft_id: str, despite: Collection[SimilarApplication] | None) -> bool:
        """Keeps, in the place of its draft, and sends; False if another application is still on its way.

        ``despite``: the open applications like it that the clerk knows of; None where nobody could tell, and the clerk answers for it.
        """
        if self._is_busy:
            return False
        self._is_busy = True
        job = self._jobs.run(
            LaneName.STORE, self._outbox.queue, application, priority=_urgency(application), draft_id=draft_id, despite=despite
        )
        job.succeeded.connect(self._on_queued)
        job.failed.connect(self._on_not_kept)
        job.cancelled.connect(self._on_queue_cancelled)
        return True

    def send_again(self, item: OutboxItem) -> bool:
        """Sends an item that waits in the outbox; False if another application is still on its way."""
        if self._is_busy:
            return False
        self._is_busy = True
        self._run(item)
        return True

    def _on_queued(self, item: OutboxItem) -> None:
        self.queued.emit(item)
        self._run(item)

    def _run(self, item: OutboxItem) -> None:
        self._item = item
        job = self._jobs.run(LaneName.KANSAI, self._outbox.send, item.item_id, priority=_urgency(item.application))
        job.succeeded.connect(self._on_settled)
        job.failed.connect(self._on_interrupted)
        job.cancelled.connect(self._on_send_cancelled)

    def _on_settled(self, sent: object) -> None:
        self._is_busy = False
        self.settled.emit(sent)

    def _on_not_kept(self, error: object) -> None:
        self._is_busy = False
        self.not_kept.emit(error)

    def _on_queue_cancelled(self) -> None:
        self._on_not_kept(None)

    def _on_send_cancelled(self) -> None:
        self._on_interrupted(None)

    def _on_interrupted(self, error: object) -> None:
        """Only the outbox knows how far the item came."""
        if self._item is None:
            return
        job = self._jobs.run(LaneName.STORE, _look_up, self._outbox, self._item, error)
        job.succeeded.connect(self._on_looked_up)
        job.failed.connect(self._on_look_up_failed)

    def _on_looked_up(self, found: object) -> None:
        self._is_busy = False
        self.interrupted.emit(found)

    def _on_look_up_failed(self, error: object) -> None:
        self._is_busy = False
        self.interrupted.emit((self._item, error))


def _look_up(outbox: Outbox, item: OutboxItem, error: object) -> tuple[OutboxItem, object]:
    return outbox.item(item.item_id) or item, error


def _urgency(application: NewApplication) -> Priority:
    return Priority.OUTAGE if application.kind is ApplicationKind.OUTAGE else Priority.CLERK
