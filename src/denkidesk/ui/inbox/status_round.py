"""After a listing: the status of every application that may have news, one call at a time."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.inbox import StatusQueue, concerns_one
from denkidesk.domain.values import dataclass
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Round:
    """How far a round has come. ``beyond``: how many more may have news and wait for the next one. ``error``: why some were not asked.

    ``rest``: the receipt numbers that were not asked then.
    """

    asked: int
    left: int
    news: int
    beyond: int
    error: object = None
    rest: tuple[str, ...] = ()


class StatusRound(QObject):
    """Each call is a job of its own behind everything else on the utility's lane: what the clerk does goes between two of them."""

    advanced = Signal(object)  # Round, after each call and once before the first
    ended = Signal(object)  # Round; not after ``stop``
    stopped = Signal()  # the call that ran when it was stopped is over: what it brought is stored

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._inbox = context.desk.inbox
        self._budget = context.settings.kansai.status_budget
        self._queues = LatestJob(context.jobs, self, self._on_queue, self._on_failed)
        self._job: Job[bool] | None = None
        self._waiting: list[str] = []  # the next one last
        self._wished: set[str] = set()  # by the clerk: they outlive a refresh
        self._asking = ""
        self._failures: list[BaseException] = []  # of one application each
        self._failed_last = False
        self._round = Round(0, 0, 0, 0)

    @property
    def is_running(self) -> bool:
        """Whether there is more to ask."""
        return self._job is not None or self._queues.is_busy

    def begin(self) -> None:
        """Looks who may have news, and asks for one after the other; first what the clerk wished and has not come."""
        wished = [number for number in self._waiting if number in self._wished]
        self.stop()
        self._waiting, self._wished = wished, set(wished)
        if self._budget:
            self._queues.run(LaneName.STORE, self._inbox.status_queue, self._budget)
        elif wished:
            self._go()

    def ask(self, receipt_numbers: Iterable[str]) -> None:
        """The clerk wishes these: they come before what a round looks for by itself, and each once."""
        wished = [number for number in dict.fromkeys(receipt_numbers) if number not in self._wished]
        known = set(wished)
        self._waiting = [number for number in self._waiting if number not in known] + wished[::-1]
        self._wished |= known
        if self.is_running:
            self._round = replace(self._round, left=len(self._waiting))
        else:
            self._go()

    def _go(self) -> None:
        self._failures, self._failed_last = [], False
        self._round = Round(0, len(self._waiting), 0, 0)
        self._next()

    def stop(self) -> None:
        """Asks for nothing more; what came is kept."""
        self._queues.cancel()
        self._waiting, self._wished = [], set()
        job, self._job = self._job, None
        if job is not None:
            job.finished.connect(self.stopped)
            job.abandon()

    def _on_queue(self, queue: StatusQueue) -> None:
        self._failures, self._failed_last = [], False
        found = [number for number in queue.receipt_numbers if number not in self._wished]
        self._waiting = found[::-1] + [number for number in self._waiting if number in self._wished]
        self._round = Round(0, len(self._waiting), 0, queue.beyond)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            done, failures = self._round, self._failures
            self._wished.clear()
            self.ended.emit(Round(done.asked, len(failures), done.news, done.beyond, failures[0]) if failures else done)
            return
        self.advanced.emit(self._round)
        number = self._asking = self._waiting.pop()
        self._wished.discard(number)
        self._job = self._jobs.run(LaneName.KANSAI, self._inbox.look_for_news, number, priority=Priority.BACKGROUND)
        self._job.then(self._on_looked, self._on_failed)

    def _on_looked(self, is_news: bool) -> None:
        self._job, self._failed_last = None, False
        done = self._round
        self._round = Round(done.asked + 1, len(self._waiting), done.news + is_news, done.beyond)
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        done, asked = self._round, self._job is not None
        self._job = None
        if asked and concerns_one(error) and not self._failed_last:
            self._failures.append(error)
            self._failed_last = True
            self._round = Round(done.asked, len(self._waiting), done.news, done.beyond)
            self._next()
        else:
            rest = ((self._asking,) if asked else ()) + tuple(reversed(self._waiting))
            self._waiting, self._wished = [], set()
            self.ended.emit(Round(done.asked, len(self._failures) + len(rest), done.news, done.beyond, error, rest))
