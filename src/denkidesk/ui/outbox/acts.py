"""What the clerk does about the outbox: send, take back, queue again."""

from collections import Counter, deque
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.outbox import OutboxDesk, SendResult, SimilarApplication
from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import Cancelled, DeskError
from denkidesk.domain.values import dataclass
from denkidesk.jobs.job import LaneName
from denkidesk.texts import inbox as texts
from denkidesk.texts import settings as settings_texts
from denkidesk.texts.names import OUTBOX_STATE_NAMES
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.outbox.double_check import DoubleQuestion, WaitingCheck, similar_lines
from denkidesk.ui.outbox.view import OutboxView
from denkidesk.ui.parts.refused_login import ask_refused_login
from denkidesk.ui.parts.strip import Message, Strips

_OUTCOMES: Final = (OutboxState.ACCEPTED, OutboxState.UNKNOWN, OutboxState.ASK, OutboxState.REJECTED)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """An item that is not queued again before the clerk has answered. ``similar``: None where nothing could be looked up.

    ``must_ask``: nor before the utility's listing was asked.
    """

    item_id: str
    similar: tuple[SimilarApplication, ...] | None
    must_ask: bool = False


class OutboxActs(QObject):
    """Carries what is asked of the outbox view to the lanes and says what came of it."""

    changed = Signal(object)  # Changes
    settings_requested = Signal()

    def __init__(self, context: UiContext, view: OutboxView, strips: Strips, parent: QObject, *, now: Now = now_jst) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._outbox = context.desk.outbox
        self._login_guard = context.desk.login_guard
        self._view = view
        self._strips = strips
        self._now = now
        self._check = WaitingCheck(context, view, now=now)
        self._check.cleared.connect(self._on_cleared)
        self._check.declined.connect(self._on_sending_finished)
        self._doubtful: deque[_Doubt] = deque()
        self._question = DoubleQuestion(view)
        self._question.confirmed.connect(self._on_double_confirmed)
        self._question.declined.connect(self._on_double_declined)
        view.send_requested.connect(self.send_waiting)
        view.cancel_requested.connect(self._on_cancel)
        view.requeue_requested.connect(self._on_requeue)

    def send_waiting(self) -> None:
        """Sends what waits, outages first, once the clerk has answered for what may be filed already."""
        self._view.set_sending(True)
        self._check.look()

    def stop(self) -> None:
        """Gives up an open question: the screen closes."""
        self._check.stop()

    def _on_cleared(self) -> None:
        """Each item tells of itself as it goes."""
        job = self._jobs.run(LaneName.KANSAI, self._outbox.run, key="outbox.run", progress_as="on_change")
        job.progressed.connect(self._on_item_sent)
        job.then(self._on_sent, self._on_failed).finished.connect(self._on_sending_finished)

    def _on_item_sent(self, item: OutboxItem) -> None:
        self.changed.emit(Changes((item.receipt_number,) if item.state is OutboxState.ACCEPTED else ()))

    def _on_sent(self, results: tuple[SendResult, ...]) -> None:
        from denkidesk.texts.apply import kept_aside
        from denkidesk.texts.errors import Help, said

        items = [result.item for result in results]
        states = Counter(item.state for item in items)
        counts = [texts.OUTBOX_COUNT.format(state=OUTBOX_STATE_NAMES[state], count=states[state]) for state in _OUTCOMES if states[state]]
        frame = texts.OUTBOX_STOPPED if states[OutboxState.QUEUED] else texts.OUTBOX_DONE
        text = frame.format(counts="、".join(counts) + "。" if counts else "") if items else texts.OUTBOX_NOTHING
        error = results[-1].error if results else None
        all_taken = len(items) == states[OutboxState.ACCEPTED]
        what = said(None if isinstance(error, Cancelled) else error)
        aside = results[-1].kept_aside if results else None
        detail = what.text if aside is None else what.text + kept_aside(aside)
        message = Message("ok" if all_taken else "warn", text, key="outbox.run", detail=detail)
        if what.help is Help.REFUSED_LOGIN:
            message = replace(message, action_text=settings_texts.REFUSED_LOGIN, action=self._ask_refused_login)
        self._strips.say(message)

    def _ask_refused_login(self) -> None:
        ask_refused_login(self._view, self._try_once, self.settings_requested.emit)

    def _try_once(self) -> None:
        self._login_guard.try_once()
        self.send_waiting()

    def _on_sending_finished(self) -> None:
        self._view.set_sending(False)
        self.changed.emit(Changes())

    def _on_cancel(self, item_ids: list[str]) -> None:
        for item_id in item_ids:
            self._jobs.run(LaneName.STORE, self._outbox.cancel_item, item_id).then(self._on_cancelled, self._on_failed)

    def _on_cancelled(self, done: object) -> None:
        text, tone = (texts.OUTBOX_CANCELLED, "ok") if done else (texts.OUTBOX_TOO_LATE, "warn")
        self._strips.say(Message(tone, text, key="outbox.cancel"))
        self.changed.emit(Changes())

    def _on_requeue(self, item_ids: list[str]) -> None:
        for item_id in item_ids:
            self._jobs.run(LaneName.STORE, _requeue, self._outbox, item_id).then(self._on_requeued, self._on_failed)

    def _on_requeued(self, doubt: _Doubt | None) -> None:
        if doubt is not None and doubt.must_ask:
            self._strips.say(Message("info", texts.OUTBOX_ASKING, key="outbox.run"))
            self._jobs.run(LaneName.KANSAI, _ask, self._outbox, doubt.item_id).then(self._on_asked, self._on_failed)
        elif doubt is not None:
            self._doubtful.append(doubt)
            self._ask_next()
        self.changed.emit(Changes())

    def _on_asked(self, doubt: _Doubt | None) -> None:
        self._strips.clear("outbox.run")
        self._on_requeued(doubt)

    def _ask_next(self) -> None:
        if self._doubtful and self._question.box is None:
            similar = self._doubtful[0].similar
            self._question.ask(None if similar is None else similar_lines(similar, self._now), texts.OUTBOX_REQUEUE_DESPITE)

    def _on_double_confirmed(self) -> None:
        doubt = self._doubtful.popleft()
        job = self._jobs.run(LaneName.STORE, partial(self._outbox.requeue, doubt.item_id, despite=doubt.similar))
        job.then(self._on_requeued_despite, self._on_failed)
        self._ask_next()

    def _on_double_declined(self) -> None:
        self._doubtful.popleft()
        self._ask_next()

    def _on_requeued_despite(self, _done: object) -> None:
        self.changed.emit(Changes())

    def _on_failed(self, error: object) -> None:
        from denkidesk.texts.errors import said

        what = said(error)
        self._strips.say(Message("error", texts.OUTBOX_FAILED.format(why=what.text), key="outbox.run", detail=what.detail))


def _requeue(outbox: OutboxDesk, item_id: str) -> _Doubt | None:
    """Queues an item again unless another one like it may be open by now."""
    item = outbox.item(item_id)
    if item is None:
        return None
    if item.by_status:
        return _Doubt(item_id, None, must_ask=True)
    try:
        similar = outbox.similar_open(item.application)
    except DeskError:
        return _Doubt(item_id, None)
    if similar:
        return _Doubt(item_id, similar)
    outbox.requeue(item_id)
    return None


def _ask(outbox: OutboxDesk, item_id: str) -> _Doubt | None:
    """What the utility lists, beside what is open, for an item that was refused by a status alone."""
    item = outbox.item(item_id)
    return None if item is None else _Doubt(item_id, outbox.similar_listed(item.application, besides=item_id))
