"""Brings applications on their way, each kept once for each time the clerk says so, and tells what became of it."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.outbox import SendResult
from denkidesk.desk.sending import Hold, Plan
from denkidesk.desk.traffic import KANSAI
from denkidesk.domain.applications import NO_EXTRA, ApplicationKind, NewApplication, OutboxItem, OutboxState, SimilarApplication
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.outcomes import Action, Outcome, beside_the_outbox, held_back, not_kept, outcome_of, with_further_words
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.parts.strip import Message


class Stage(Protocol):
    """Where the way of the watched application is shown: below its form, or on the page of an earlier outcome."""

    def show_sending(self, text: str, *, is_kept: bool) -> None: ...
    def show_countdown(self, left_s: float, total_s: float) -> None: ...
    def show_progress(self, text: str) -> None: ...
    def isVisible(self) -> bool: ...  # noqa: N802 - Qt's name
    def stop(self) -> None: ...


class Dispatch(QObject):
    """Any number of applications may be on their way; at most one of them is watched.

    An application is kept first, and cannot be lost from then on. It is sent by the outbox's own sender, when its count-down is over.
    """

    outbox_changed = Signal(object)  # Changes
    outbox_wanted = Signal()
    input_refused = Signal(object)  # faults of the watched application, which was not kept
    accepted = Signal(object, str)  # the item, which has a card of its own, and the utility's words
    mendable = Signal()  # the watched application is not with the utility, and what was typed is needed again
    outcome_shown = Signal()  # of the watched application, on the page
    stopped = Signal()  # by the clerk, before it was sent: the form goes on where it was

    def __init__(self, context: UiContext, sender: AutoSender, page: OutcomePage, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._sender = sender
        self._page = page
        self._stage: Stage = page
        self._now = now
        self._keeping: QObject | None = None  # the job that keeps what is shown
        self._watched: OutboxItem | None = None
        self._releasing: OutboxItem | None = None
        self.shown_item: OutboxItem | None = None  # whose outcome stands on the page
        page.countdown.stop_requested.connect(self.stop_watched)
        sender.planned.connect(self._on_planned)
        sender.sent.connect(self._on_sent)

    @property
    def is_busy(self) -> bool:
        """Whether the page shows one that is on its way."""
        return any(one is not None for one in (self._keeping, self._watched, self._releasing))

    def send(self, application: NewApplication, draft_id: str, despite: Collection[SimilarApplication] | None, stage: Stage) -> None:
        """Keeps a new application, in the place of its draft; it goes when its count-down is over, which is shown on the stage.

        ``despite``: the open applications like it that the clerk knows of; None where nobody could tell, and the clerk answers for it.
        """
        self.look_away()
        self._stage = stage
        stage.show_sending(texts.SENDING_KEEPING, is_kept=False)
        countdown_s = self._sender.countdown_s(application.kind)
        queue = partial(self._context.desk.outbox.queue, application, draft_id=draft_id, despite=despite, countdown_s=countdown_s)
        urgent = application.kind is ApplicationKind.OUTAGE
        job = self._context.jobs.run(LaneName.STORE, queue, priority=Priority.OUTAGE if urgent else Priority.CLERK)
        self._keeping = job
        job.then(self._on_queued, self._on_not_kept, self._on_queue_cancelled)

    def send_again(self, item: OutboxItem) -> None:
        """Sends an item that waits in the outbox, after a count-down."""
        self.look_away()
        self._sender.told_by_form.add(item.item_id)
        self._stage, self._releasing = self._page, item
        self._page.show_sending(texts.SENDING_SOON, is_kept=True)
        self._sender.release(item).succeeded.connect(self._on_released)

    def look_away(self) -> None:
        """The clerk goes on to something else: the outcome will come as a notice."""
        self._stage.stop()
        self._page.stop()
        self._keeping = self._watched = self._releasing = self.shown_item = None

    def _on_released(self, _done: object) -> None:
        """Plans made before this say nothing of it any more."""
        if self._releasing is not None:
            self._watched, self._releasing = self._releasing, None

    def _on_queued(self, item: OutboxItem) -> None:
        self._sender.told_by_form.add(item.item_id)
        if self.sender() is self._keeping:
            self._keeping, self._watched = None, item
            self._stage.show_sending(texts.SENDING_SOON, is_kept=True)
        self._sender.look()
        self.outbox_changed.emit(Changes())

    def _on_queue_cancelled(self) -> None:
        self._on_not_kept(None)

    def _on_not_kept(self, error: object) -> None:
        is_watched = self.sender() is self._keeping
        if isinstance(error, InputRefused) and is_watched:
            self.look_away()
            self.input_refused.emit(error.faults)
            return
        self._tell(not_kept(error), None, is_watched=is_watched)

    # -- on its way

    def _on_planned(self, plan: Plan) -> None:
        """Shows how the watched one goes on; one that does not go by itself is told of like any other outcome."""
        if self._watched is None:
            return
        item_id = self._watched.item_id
        planned = next((one for one in plan.waiting if one.item.item_id == item_id), None)
        if planned is None:
            if item_id != self._sender.sending_id and all(item.item_id != item_id for item in plan.unsettled):
                job = self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.item, item_id)
                job.then(self._on_looked_up, self._context.notices.failure)
        elif planned.hold is Hold.COUNTING:
            self._stage.show_countdown(planned.left_s, planned.total_s)
        elif planned.hold in (Hold.TURN, Hold.CHECKING):
            seconds = 0 if planned.at is None else round((planned.at - self._now()).total_seconds())
            self._stage.show_progress(texts.SENDING_WAIT.format(seconds=seconds) if seconds > 0 else texts.SENDING_NOW)
        elif item_id != self._sender.sending_id:
            error = self._context.desk.traffic.server(KANSAI).error if planned.hold is Hold.AWAY else None
            self._tell(held_back(planned.hold, error), planned.item, is_watched=True)

    def _on_looked_up(self, item: OutboxItem | None) -> None:
        """It is neither waiting nor being sent: somebody else has sent it, or taken it back."""
        watched = self._watched
        if item is not None and watched is not None and item.item_id == watched.item_id and item.state not in _ON_THE_WAY:
            self._take(item, None)

    def _on_sent(self, sent: SendResult) -> None:
        if sent.item.item_id in self._sender.told_by_form and not isinstance(sent.error, Cancelled):
            self._take(sent.item, sent.error, sent.kept_aside, sent.extra)

    def stop_watched(self) -> None:
        """The clerk wants it back; it is too late once it is being sent."""
        if self._watched is not None:
            job = self._context.jobs.run(
                LaneName.STORE, self._context.desk.outbox.cancel_item, self._watched.item_id, priority=Priority.OUTAGE
            )
            job.then(self._on_stopped, self._context.notices.failure)

    def _on_stopped(self, done: bool) -> None:
        """Too late: what comes of it is on its way."""
        self._sender.look()
        if done and self._watched is not None:
            self.look_away()
            self.stopped.emit()
            self.outbox_changed.emit(Changes())

    # -- what became of it

    def _take(self, item: OutboxItem, error: object, kept_aside: str | None = None, extra: Mapping[str, str] = NO_EXTRA) -> None:
        outcome = with_further_words(outcome_of(item, error), extra)
        if kept_aside is not None:
            outcome = beside_the_outbox(outcome, kept_aside)
        on_the_page = self._watched or self.shown_item
        self._tell(outcome, item, is_watched=on_the_page is not None and on_the_page.item_id == item.item_id)
        self.outbox_changed.emit(Changes((item.receipt_number,) if item.state is OutboxState.ACCEPTED else ()))

    def _tell(self, outcome: Outcome, item: OutboxItem | None, *, is_watched: bool) -> None:
        was_seen = self._stage.isVisible()
        if is_watched:
            self._keeping = self._watched = None
            self.shown_item = item
        if item is not None and item.state is OutboxState.ACCEPTED:
            self.accepted.emit(item, outcome.words)
        elif is_watched:
            self._stage.stop()
            self.outcome_shown.emit()
            self._page.show_outcome(outcome)
            if Action.MEND in outcome.actions:
                self.mendable.emit()
        if is_watched and was_seen:
            return
        kind = texts.kind_title(item.application.kind) if item is not None else texts.START_TITLE
        words = texts.NOTICE.format(kind=kind, title=outcome.title, receipt=outcome.receipt_number).strip()
        key = f"apply.{item.item_id}" if item is not None else "apply"
        button = texts.NOTICE_OUTBOX if item is not None and item.state is not OutboxState.ACCEPTED else ""
        self._context.notices.say(Message(outcome.tone, words, button, self.outbox_wanted.emit, key, outcome.summary))


_ON_THE_WAY = (OutboxState.QUEUED, OutboxState.SENDING)
