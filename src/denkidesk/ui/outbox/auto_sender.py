"""Has the desk's sender send: asks for its plan, does what that says, and asks again."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.domain.applications import ApplicationKind
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext

if TYPE_CHECKING:
    from denkidesk.desk.attempt import SendResult
    from denkidesk.desk.sending import Plan
    from denkidesk.domain.applications import OutboxItem


class AutoSender(QObject):
    """One request at a time: a clerk's act, a refresh and what waits take turns on the lane, an outage before all."""

    planned = Signal(object)  # Plan
    sent = Signal(object)  # SendResult
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs = context.jobs
        self._looks = LatestJob(context.jobs, self, self._on_plan, context.notices.failure)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._job: Job[SendResult | None] | Job[None] | None = None
        self._is_probe = False
        self._is_over = False
        self.plan: Plan | None = None
        self.sending_id = ""
        self.told_by_form: set[str] = set()  # whose outcome the form says that they were sent from
        self.told_by_table: set[str] = set()  # whose acceptance stands in the table that they were sent from

    def look(self) -> None:
        """Something may have changed."""
        if not self._is_over:
            self._timer.stop()
            self._looks.run(LaneName.STORE, self._context.desk.sender.plan)

    def stop(self) -> None:
        """Nothing more is begun: the window closes."""
        self._is_over = True
        self._timer.stop()
        self._looks.cancel()

    # -- what the clerk does

    def countdown_s(self, kind: ApplicationKind) -> float:
        """How long the clerk may still stop an application of a kind."""
        return self._context.desk.sender.countdown_s(kind)

    def release(self, item: "OutboxItem") -> Job[object]:
        """The clerk wants a waiting item sent, whatever it waits for: after a count-down it is tried."""
        return self._change(partial(self._context.desk.outbox.go_on, item.item_id, countdown_s=self.countdown_s(item.application.kind)))

    def hold(self, item_id: str) -> None:
        """The clerk stops an item; once it is being sent that is too late."""
        self._change(partial(self._context.desk.outbox.stop, item_id))

    def try_now(self) -> None:
        """The clerk has removed what was in the way, or wants to see whether it is still there."""
        self._change(self._context.desk.sender.try_now)

    def toggle_pause(self) -> None:
        """Stops all, or lets all go on."""
        sender = self._context.desk.sender
        paused = self.plan is not None and self.plan.pause is not None
        self._change(sender.resume if paused else sender.pause)

    def stop_countdown(self, item_id: str) -> None:
        """Stops what is counted down: the item that the clerk has just sent, or all of those that go by themselves."""
        if self.plan is not None and len(self.plan.released) > 1 and item_id in self.plan.released:
            self._change(self._context.desk.sender.pause)
        else:
            self.hold(item_id)

    def _change(self, act: Callable[[], object]) -> Job[object]:
        return self._jobs.run(LaneName.STORE, act, priority=Priority.OUTAGE).then(self._on_changed, self.failed)

    def _on_changed(self, _done: object) -> None:
        self.look()

    # -- what goes by itself

    def _on_plan(self, plan: "Plan") -> None:
        self.plan = plan
        self.planned.emit(plan)
        if self._is_over:
            return
        if self._job is not None and self._is_probe and plan.send is not None:
            self._job.cancel()  # a clerk waits for the answer, and a probe may wait long for its own
        elif self._job is None and plan.send is not None:
            urgent = plan.send.application.kind is ApplicationKind.OUTAGE
            self.sending_id = plan.send.item_id
            job = self._jobs.run(
                LaneName.KANSAI, self._context.desk.sender.send, plan.send, priority=Priority.OUTAGE if urgent else Priority.CLERK
            )
            self._begin(job.then(self._on_sent, self._context.notices.failure))
        elif self._job is None and plan.probe is not None:
            self._is_probe = True
            self._begin(self._jobs.run(LaneName.KANSAI, self._context.desk.sender.ask, plan.probe, priority=Priority.REFRESH))
        self._timer.start(round(plan.look_in_s * 1000) + 1)

    def _begin(self, job: "Job[SendResult | None] | Job[None]") -> None:
        self._job = job
        job.finished.connect(self._on_finished)

    def _on_sent(self, result: "SendResult | None") -> None:
        self.sending_id = ""
        if result is not None:
            self.sent.emit(result)

    def _on_finished(self) -> None:
        self._job, self._is_probe, self.sending_id = None, False, ""
        self.look()
