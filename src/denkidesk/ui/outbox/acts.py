"""What the clerk does about the outbox: stop, let go, take back, queue again; and what came of what went by itself."""

from collections import deque
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.desk.outbox import OutboxDesk, SendResult, SimilarApplication
from denkidesk.desk.sending import Hold, Pause, Plan
from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import Cancelled, DeskError
from denkidesk.domain.values import dataclass
from denkidesk.jobs.job import LaneName
from denkidesk.texts import outbox as texts
from denkidesk.texts import settings as settings_texts
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender
from denkidesk.ui.outbox.double_check import DoubleQuestion, WaitingCheck
from denkidesk.ui.outbox.lines import Act
from denkidesk.ui.outbox.toast import Toast
from denkidesk.ui.parts.refused_login import ask_refused_login
from denkidesk.ui.parts.strip import Message, Strips

_KEY: Final = "outbox.run"
_STANDING: Final = "outbox.waiting"
_CANCEL_KEY: Final = "outbox.cancel"


@dataclass(frozen=True, slots=True)
class _Doubt:
    """An item that is not queued again before the clerk has answered. ``similar``: None where nothing could be looked up.

    ``must_ask``: nor before the utility's listing was asked.
    """

    item: OutboxItem
    similar: tuple[SimilarApplication, ...] | None
    must_ask: bool = False


class OutboxActs(QObject):
    """Carries what is asked to the lanes, and says on every tab what waits and why."""

    changed = Signal()
    settings_requested = Signal()
    outbox_wanted = Signal()
    settle_requested = Signal()

    def __init__(self, context: UiContext, sender: AutoSender, strips: Strips, window: QWidget, *, now: Now = now_jst) -> None:
        super().__init__(window)
        self._context = context
        self._jobs = context.jobs
        self._sender = sender
        self._strips = strips
        self._window = window
        self._now = now
        self._toast = Toast(window)
        self._check = WaitingCheck(context, window, now=now)
        self._check.cleared.connect(sender.look)
        self._doubtful: deque[_Doubt] = deque()
        self._question = DoubleQuestion(window)
        self._question.confirmed.connect(self._on_double_confirmed)
        self._question.declined.connect(self._on_double_declined)
        sender.planned.connect(self._on_planned)
        sender.sent.connect(self._tell)
        sender.failed.connect(self._on_failed)

    def stop(self) -> None:
        """Gives up an open question: the window closes."""
        self._check.stop()
        self._toast.stop()

    def carry_out(self, act: Act, item: OutboxItem) -> None:
        """The one thing that helps a line of the outbox."""
        match act:
            case Act.STOP:
                self._sender.hold(item.item_id)
            case Act.GO_ON:
                self._sender.release(item)
            case Act.RESUME:
                self._sender.toggle_pause()
            case Act.CONFIRM:
                self._check.look(item.item_id)
            case Act.SETTLE:
                self.settle_requested.emit()
            case Act.LOGIN:
                self._ask_refused_login()

    def take_back(self, item: OutboxItem) -> None:
        """Takes a waiting item back, which the clerk can undo."""
        self._jobs.run(LaneName.STORE, _taken_back, self._context.desk.outbox, item).then(self._on_taken_back, self._on_failed)

    def take_into_form(self, item: OutboxItem) -> None:
        """Takes a waiting item back because its form has it from here on: undone, it would be there twice."""
        self._jobs.run(LaneName.STORE, _taken_back, self._context.desk.outbox, item).then(self._on_taken_into_form, self._on_failed)

    def queue_again(self, item: OutboxItem) -> None:
        """Queues a refused item again, once the clerk has answered for what may be filed already."""
        self._jobs.run(LaneName.STORE, _doubt_of, self._context.desk.outbox, item).then(self._on_doubt, self._on_failed)

    def _tell(self, result: SendResult) -> None:
        """Says what came of one item that went by itself."""
        from denkidesk.texts.apply import kept_aside
        from denkidesk.texts.errors import said

        item = result.item
        if isinstance(result.error, Cancelled) or (result.error is None and item.item_id in self._sender.told_by_table):
            return
        kind, state = KIND_NAMES[item.application.kind], OUTBOX_STATE_NAMES[item.state]
        outside = texts.OUTSIDE.format(kind=kind, state=state, receipt=item.receipt_number).strip()
        if item.state is not OutboxState.QUEUED:  # it waits on, which the window says in its own time
            self._toast.say(outside, good=result.error is None)
        if item.item_id in self._sender.told_by_form:
            return
        who = item.application.customer_name or item.application.supply_point_number
        text = texts.DONE.format(kind=kind, who=who, state=state, receipt=item.receipt_number).strip()
        what = said(result.error)
        detail = what.text if result.kept_aside is None else what.text + kept_aside(result.kept_aside)
        self._strips.say(Message("ok" if result.error is None else "warn", text, key=_KEY, detail=detail))

    # -- what stands on every tab

    def _on_planned(self, plan: Plan) -> None:
        text = texts.standing(
            [one.item for one in plan.waiting], [str(one.hold) for one in plan.waiting], str(plan.pause or ""), len(plan.released)
        )
        if not text:
            self._strips.clear(_STANDING)
            return
        words, act = self._way_out(plan)
        self._strips.stand(Message("info" if plan.released and not plan.pause else "warn", text, words, act, key=_STANDING))

    def _way_out(self, plan: Plan) -> "tuple[str, partial[None]]":
        holds = {one.hold for one in plan.waiting}
        if plan.pause in (Pause.CLERK, Pause.UNKNOWN):
            return texts.RESUME_ALL, partial(self._sender.toggle_pause)
        if Hold.LOGIN_REFUSED in holds:
            return settings_texts.REFUSED_LOGIN, partial(self._ask_refused_login)
        if Hold.SIMILAR in holds:
            return texts.CONFIRM_SIMILAR, partial(self._check.look)
        if plan.released:
            return texts.PAUSE_ALL, partial(self._sender.toggle_pause)
        return texts.OPEN, partial(self.outbox_wanted.emit)

    def _ask_refused_login(self) -> None:
        ask_refused_login(self._window, self._try_once, self.settings_requested.emit)

    def _try_once(self) -> None:
        self._context.desk.login_guard.try_once()
        self._sender.try_now()

    # -- taking back, queueing again

    def _on_taken_back(self, item: OutboxItem | None) -> None:
        if item is not None:
            self._context.undo.offer(texts.CANCELLATION.format(what=texts.named(item)), partial(self._undo, item))
        self._tell_taken_back(item, texts.CANCELLED_UNDO)

    def _on_taken_into_form(self, item: OutboxItem | None) -> None:
        self._tell_taken_back(item, "")

    def _tell_taken_back(self, item: OutboxItem | None, detail: str) -> None:
        if item is None:
            self._strips.say(Message("warn", texts.TOO_LATE, key=_CANCEL_KEY))
        else:
            self._strips.say(Message("ok", texts.CANCELLED.format(what=texts.named(item)), key=_CANCEL_KEY, detail=detail))
        self.changed.emit()

    def _undo(self, item: OutboxItem) -> None:
        self._jobs.run(LaneName.STORE, _waiting_again, self._context.desk.outbox, item).then(self._on_undone, self._on_failed)

    def _on_undone(self, item: OutboxItem | None) -> None:
        if item is None:
            self._strips.say(Message("warn", texts.NOT_UNDONE, key=_CANCEL_KEY))
        else:
            self._strips.say(Message("ok", texts.UNDONE.format(what=texts.named(item)), key=_CANCEL_KEY))
        self.changed.emit()

    def _on_doubt(self, doubt: _Doubt) -> None:
        if doubt.must_ask:
            self._strips.say(Message("info", texts.ASKING, key=_KEY))
            self._jobs.run(LaneName.KANSAI, _ask, self._context.desk.outbox, doubt.item).then(self._on_asked, self._on_failed)
        elif doubt.similar == ():
            self._queue(doubt)
        else:
            self._doubtful.append(doubt)
            self._ask_next()

    def _on_asked(self, doubt: _Doubt) -> None:
        self._strips.clear(_KEY)
        self._doubtful.append(doubt)
        self._ask_next()

    def _ask_next(self) -> None:
        if self._doubtful and self._question.box is None:
            from denkidesk.texts.apply import similar_lines

            similar, today = self._doubtful[0].similar, self._now().date()
            self._question.ask(None if similar is None else similar_lines(similar, today), texts.REQUEUE_DESPITE)

    def _on_double_confirmed(self) -> None:
        self._queue(self._doubtful.popleft())
        self._ask_next()

    def _on_double_declined(self) -> None:
        self._doubtful.popleft()
        self._ask_next()

    def _queue(self, doubt: _Doubt) -> None:
        countdown_s = self._sender.countdown_s(doubt.item.application.kind)
        requeue = partial(self._context.desk.outbox.requeue, doubt.item.item_id, despite=doubt.similar, countdown_s=countdown_s)
        self._jobs.run(LaneName.STORE, requeue).then(self._on_requeued, self._on_failed)

    def _on_requeued(self, _done: object) -> None:
        self.changed.emit()

    def _on_failed(self, error: object) -> None:
        from denkidesk.texts.errors import said

        what = said(error)
        self._strips.say(Message("error", texts.FAILED.format(why=what.text), key=_KEY, detail=what.detail))


def _taken_back(outbox: OutboxDesk, item: OutboxItem) -> OutboxItem | None:
    """The item, if it could still be taken back."""
    return item if outbox.cancel_item(item.item_id) else None


def _waiting_again(outbox: OutboxDesk, item: OutboxItem) -> OutboxItem | None:
    """The item, if it waits again."""
    return item if outbox.undo_cancel(item) else None


def _doubt_of(outbox: OutboxDesk, item: OutboxItem) -> _Doubt:
    """What may be open by now beside an item that was refused."""
    if item.by_status:
        return _Doubt(item, None, must_ask=True)
    try:
        return _Doubt(item, outbox.similar_open(item.application, besides=item.item_id))
    except DeskError:
        return _Doubt(item, None)


def _ask(outbox: OutboxDesk, item: OutboxItem) -> _Doubt:
    """What the utility lists, beside what is open, for an item that was refused by a status alone."""
    return _Doubt(item, outbox.similar_listed(item.application, besides=item.item_id))
