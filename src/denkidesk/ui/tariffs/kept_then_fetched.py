"""What was fetched some day is shown at once; where it is not of today, the server is asked behind it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob


class KeptThenFetched(QObject):
    """``look``: what is kept, and whether it is of today; on the store's lane. ``ask``: the server's answer, on its own lane."""

    began = Signal()  # the server is being asked
    kept = Signal(object)
    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject, look: Callable[..., tuple[object, bool]], ask: Callable[..., object]) -> None:
        super().__init__(parent)
        self._look, self._ask = look, ask
        self._about: tuple[object, ...] = ()
        self._kept_job = LatestJob(jobs, self, self._on_kept, self.failed)
        self._ask_job: LatestJob[object] = LatestJob(jobs, self, self.fetched, self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._kept_job.is_busy or self._ask_job.is_busy

    def turn_to(self, *about: object) -> None:
        """Reads about something else, which both functions are given; what is being asked about it already goes on."""
        if about != self._about:
            self._ask_job.cancel()
            self._about = about
        self.read()

    def read(self) -> None:
        """Shows what is kept, then asks if need be; what is being asked already goes on."""
        self._kept_job.run(LaneName.STORE, self._look, *self._about)

    def fetch(self) -> None:
        """Asks the server, however new what is kept is."""
        self._begin(Priority.CLERK)

    def cancel(self) -> None:
        """Gives up every open question."""
        self._kept_job.cancel()
        self._ask_job.cancel()

    def _on_kept(self, found: tuple[object, bool]) -> None:
        value, is_of_today = found
        self.kept.emit(value)
        if not is_of_today and not self._ask_job.is_busy:
            self._begin(Priority.BACKGROUND)

    def _begin(self, priority: Priority) -> None:
        self._ask_job.run(LaneName.QUOTING, self._ask, *self._about, priority=priority)
        self.began.emit()
