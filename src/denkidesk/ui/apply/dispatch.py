"""Brings applications on their way, each sent exactly once for each time the clerk says so, and tells what became of it."""

from collections.abc import Collection
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.desk.outbox import OutboxDesk, SendResult, SimilarApplication
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import InputRefused
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.outcomes import Action, Outcome, beside_the_outbox, not_kept, outcome_of
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.parts.strip import Message


class Sending(QObject):
    """While one application is on its way, further requests to send are ignored: a double press sends once.

    ``queued`` comes as soon as the application cannot be lost any more. Then exactly one of ``settled`` (the outbox has an answer),
    ``not_kept`` (nothing was stored, nothing was sent) and ``interrupted`` (stored; look at the item to see how it stands).
    """

    queued = Signal(object)
    settled = Signal(object)
    not_kept = Signal(object)
    interrupted = Signal(object)

    def __init__(self, outbox: OutboxDesk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._jobs = jobs
        self._item: OutboxItem | None = None
        self.is_busy = False

    def send(self, application: NewApplication, draft_id: str, despite: Collection[SimilarApplication] | None) -> bool:
        """Keeps, in the place of its draft, and sends; False if another application is still on its way.

        ``despite``: the open applications like it that the clerk knows of; None where nobody could tell, and the clerk answers for it.
        """
        if self.is_busy:
            return False
        self.is_busy = True
        queue = partial(self._outbox.queue, application, draft_id=draft_id, despite=despite)
        job = self._jobs.run(LaneName.STORE, queue, priority=_urgency(application))
        job.then(self._on_queued, self._on_not_kept, self._on_queue_cancelled)
        return True

    def send_again(self, item: OutboxItem) -> bool:
        """Sends an item that waits in the outbox; False if another application is still on its way."""
        if self.is_busy:
            return False
        self.is_busy = True
        self._run(item)
        return True

    def _on_queued(self, item: OutboxItem) -> None:
        self.queued.emit(item)
        self._run(item)

    def _run(self, item: OutboxItem) -> None:
        self._item = item
        job = self._jobs.run(LaneName.KANSAI, self._outbox.send, item.item_id, priority=_urgency(item.application))
        job.then(self._on_settled, self._on_interrupted, self._on_send_cancelled)

    def _on_settled(self, sent: object) -> None:
        self.is_busy = False
        self.settled.emit(sent)

    def _on_not_kept(self, error: object) -> None:
        self.is_busy = False
        self.not_kept.emit(error)

    def _on_queue_cancelled(self) -> None:
        self._on_not_kept(None)

    def _on_send_cancelled(self) -> None:
        self._on_interrupted(None)

    def _on_interrupted(self, error: object) -> None:
        """Only the outbox knows how far the item came."""
        if self._item is None:
            return
        self._jobs.run(LaneName.STORE, _look_up, self._outbox, self._item, error).then(self._on_looked_up, self._on_look_up_failed)

    def _on_looked_up(self, found: object) -> None:
        self.is_busy = False
        self.interrupted.emit(found)

    def _on_look_up_failed(self, error: object) -> None:
        self.is_busy = False
        self.interrupted.emit((self._item, error))


def _look_up(outbox: OutboxDesk, item: OutboxItem, error: object) -> tuple[OutboxItem, object]:
    return outbox.item(item.item_id) or item, error


def _urgency(application: NewApplication) -> Priority:
    return Priority.OUTAGE if application.kind is ApplicationKind.OUTAGE else Priority.CLERK


_PROGRESS_MS: Final = 500


class Dispatch(QObject):
    """Any number of applications may be on their way; at most one of them is watched on the page."""

    outbox_changed = Signal(object)  # Changes
    outbox_wanted = Signal()
    input_refused = Signal(object)  # faults of the watched application, which was not kept
    mendable = Signal()  # the watched application is not with the utility, and what was typed is needed again

    def __init__(self, context: UiContext, page: OutcomePage, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._now = now
        self._watched: Sending | None = None
        self.shown_item: OutboxItem | None = None  # whose outcome stands on the page
        self._progress = QTimer(self, interval=_PROGRESS_MS)
        self._progress.timeout.connect(self._on_progress)

    def send(self, application: NewApplication, draft_id: str, despite: Collection[SimilarApplication] | None) -> None:
        """Keeps and sends a new application; see :meth:`Sending.send`."""
        self._page.show_sending(texts.SENDING_KEEPING, is_kept=False)
        self._begin().send(application, draft_id, despite)

    def send_again(self, item: OutboxItem) -> None:
        """Sends an item that waits in the outbox."""
        self._page.show_sending(texts.SENDING_NOW, is_kept=True)
        self._begin().send_again(item)
        self._progress.start()

    def look_away(self) -> None:
        """The clerk goes on to something else: the outcome will come as a notice."""
        self._progress.stop()
        self._page.stop()
        self._watched = None
        self.shown_item = None

    def _begin(self) -> Sending:
        sending = Sending(self._context.desk.outbox, self._context.jobs, self)
        sending.queued.connect(self._on_queued)
        sending.settled.connect(self._on_settled)
        sending.not_kept.connect(self._on_not_kept)
        sending.interrupted.connect(self._on_interrupted)
        self._watched = sending
        self.shown_item = None
        return sending

    def _on_queued(self, _item: OutboxItem) -> None:
        if self.sender() is self._watched:
            self._page.show_sending(texts.SENDING_NOW, is_kept=True)
            self._progress.start()
        self.outbox_changed.emit(Changes())

    def _on_progress(self) -> None:
        """Other applications may stand before this one at the gate."""
        ahead = self._context.jobs.load(LaneName.KANSAI) - 1
        seconds = round(self._context.desk.traffic.wait(ahead).eta_s) if ahead > 0 else 0
        self._page.show_progress(texts.SENDING_WAIT.format(seconds=seconds) if seconds > 0 else texts.SENDING_NOW)

    def _on_settled(self, sent: SendResult) -> None:
        self._take(self.sender(), sent.item, sent.error, sent.kept_aside)

    def _on_interrupted(self, found: tuple[OutboxItem, object]) -> None:
        self._take(self.sender(), *found)

    def _on_not_kept(self, error: object) -> None:
        is_watched = self.sender() is self._watched
        if isinstance(error, InputRefused) and is_watched:
            self.look_away()
            self.input_refused.emit(error.faults)
            return
        self._tell(not_kept(error), None, is_watched=is_watched)

    def _take(self, sending: object, item: OutboxItem, error: object, kept_aside: str | None = None) -> None:
        outcome = outcome_of(item, error)
        if kept_aside is not None:
            outcome = beside_the_outbox(outcome, kept_aside)
        self._tell(outcome, item, is_watched=sending is self._watched)
        self.outbox_changed.emit(Changes((item.receipt_number,) if item.state is OutboxState.ACCEPTED else ()))

    def _tell(self, outcome: Outcome, item: OutboxItem | None, *, is_watched: bool) -> None:
        if is_watched:
            self._progress.stop()
            self._watched = None
            self.shown_item = item
            self._page.show_outcome(outcome)
            if Action.MEND in outcome.actions:
                self.mendable.emit()
            if self._page.isVisible():
                return
        kind = texts.kind_title(item.application.kind) if item is not None else texts.START_TITLE
        words = texts.NOTICE.format(kind=kind, title=outcome.title, receipt=outcome.receipt_number).strip()
        key = f"apply.{item.item_id}" if item is not None else "apply"
        button = texts.NOTICE_OUTBOX if item is not None and item.state is not OutboxState.ACCEPTED else ""
        self._context.notices.say(Message(outcome.tone, words, button, self.outbox_wanted.emit, key, outcome.summary))
