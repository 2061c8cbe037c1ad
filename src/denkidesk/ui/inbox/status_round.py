"""After a listing: the status of every application that may have news, one call at a time."""

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.inbox import StatusQueue
from denkidesk.domain.values import dataclass
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Round:
    """How far a round has come. ``beyond``: how many more may have news and wait for the next one. ``error``: why it ended early."""

    asked: int
    left: int
    news: int
    beyond: int
    error: object = None


class StatusRound(QObject):
    """Each call is a job of its own behind everything else on the utility's lane: what the clerk does goes between two of them."""

    advanced = Signal(object)  # Round, after each call and once before the first
    ended = Signal(object)  # Round; not after ``stop``

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._inbox = context.desk.inbox
        self._budget = context.settings.kansai.status_budget
        self._queues = LatestJob(context.jobs, self, self._on_queue, self._on_failed)
        self._job: Job[bool] | None = None
        self._waiting: list[str] = []
        self._round = Round(0, 0, 0, 0)

    @property
    def is_running(self) -> bool:
        """Whether there is more to ask."""
        return self._job is not None or self._queues.is_busy

    def begin(self) -> None:
        """Looks who may have news, and asks for one after the other."""
        self.stop()
        if self._budget:
            self._queues.run(LaneName.STORE, self._inbox.status_queue, self._budget)

    def stop(self) -> None:
        """Asks for nothing more; what came is kept."""
        self._queues.cancel()
        job, self._job = self._job, None
        if job is not None:
            job.abandon()

    def _on_queue(self, queue: StatusQueue) -> None:
        self._waiting = list(reversed(queue.receipt_numbers))
        self._round = Round(0, len(self._waiting), 0, queue.beyond)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self.ended.emit(self._round)
            return
        self.advanced.emit(self._round)
        number = self._waiting.pop()
        self._job = self._jobs.run(LaneName.KANSAI, self._inbox.look_for_news, number, priority=Priority.BACKGROUND)
        self._job.then(self._on_looked, self._on_failed)

    def _on_looked(self, is_news: bool) -> None:
        self._job = None
        done = self._round
        self._round = Round(done.asked + 1, len(self._waiting), done.news + is_news, done.beyond)
        self._next()

    def _on_failed(self, error: object) -> None:
        done = self._round
        self._round = Round(done.asked, len(self._waiting) + (self._job is not None), done.news, done.beyond, error)
        self._job = None
        self.ended.emit(self._round)
