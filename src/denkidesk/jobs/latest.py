"""For views that want the answer to their newest question only."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.jobs.lanes import Jobs


class LatestJob(QObject):
    """Runs one job at a time for a view: asking again abandons the earlier question, whose answer then never arrives.

    For reading only. What changes something must be heard of whatever the clerk does next: use ``Jobs.run`` for that.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()
    progressed = Signal(object)
    busy_changed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._job is not None

    def run(
        self,
        lane: LaneName,
        function: Callable[..., Any],
        *args: Any,
        priority: Priority = Priority.CLERK,
        progress_as: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Asks; see ``Jobs.run``."""
        self._let_go()
        job = self._jobs.run(lane, function, *args, priority=priority, progress_as=progress_as, **kwargs)
        self._job = job
        job.succeeded.connect(self.succeeded)
        job.failed.connect(self.failed)
        job.progressed.connect(self.progressed)
        job.finished.connect(self._on_finished)
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Gives the question up; ``finished`` comes at once."""
        if self._job is not None:
            self._let_go()
            self.finished.emit()
            self.busy_changed.emit(False)

    def _let_go(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.succeeded.disconnect(self.succeeded)
            job.failed.disconnect(self.failed)
            job.progressed.disconnect(self.progressed)
            job.finished.disconnect(self._on_finished)
            job.abandon()

    def _on_finished(self) -> None:
        self._job = None
        self.busy_changed.emit(False)
        self.finished.emit()
