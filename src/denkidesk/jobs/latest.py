"""For views that want the answer to their newest question only."""

from collections.abc import Callable
from typing import Generic, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Signal

from denkidesk.jobs.job import Job, LaneName, Priority, Slot
from denkidesk.jobs.lanes import Jobs

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class LatestJob(QObject, Generic[T]):
    """Runs one job at a time for a view: asking again abandons the earlier question, whose answer then never arrives.

    For reading only. What changes something must be heard of whatever the clerk does next: use ``Jobs.run`` for that.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, jobs: Jobs, parent: QObject, on_success: Slot[T], on_failure: Slot[BaseException] | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.succeeded.connect(on_success)
        if on_failure is not None:
            self.failed.connect(on_failure)
        self._is_failure_heard = on_failure is not None
        self._job: Job[T] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._job is not None

    def run(self, lane: LaneName, function: Callable[[*Ts], T], *args: *Ts, priority: Priority = Priority.CLERK) -> None:
        """Asks; see ``Jobs.run``."""
        self._let_go()
        self._job = self._jobs.run(lane, function, *args, priority=priority).then(
            self.succeeded, self.failed if self._is_failure_heard else None
        )
        self._job.finished.connect(self._on_finished)

    def cancel(self) -> None:
        """Gives the question up; ``finished`` comes at once."""
        if self._job is not None:
            self._let_go()
            self.finished.emit()

    def _let_go(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._on_finished)
            job.abandon()

    def _on_finished(self) -> None:
        self._job = None
        self.finished.emit()
