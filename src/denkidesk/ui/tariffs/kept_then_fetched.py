"""What was fetched some day is shown at once; where it is not of today, the server is asked behind it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.parts.next_turn import NextTurn


class KeptThenFetched(QObject):
    """``look``: what is kept, and whether it is of today; on the store's lane. ``ask``: the server's answer, on its own lane.

    Each answer is told in a turn of its own: a page fills its table, and paints it in the next turn.
    """

    began = Signal()  # the server is being asked
    kept = Signal(object)
    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject, look: Callable[..., tuple[object, bool]], ask: Callable[..., object]) -> None:
        super().__init__(parent)
        self._look, self._ask = look, ask
        self._about: tuple[object, ...] = ()
        self._untold: list[Callable[[], object]] = []
        self._turns = NextTurn(self)
        self._turns.came.connect(self._tell_next)
        self._kept_job = LatestJob(jobs, self, self._on_kept, self.failed)
        self._ask_job: LatestJob[object] = LatestJob(jobs, self, self._on_fetched, self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._kept_job.is_busy or self._ask_job.is_busy or self._turns.isActive()

    def turn_to(self, *about: object) -> None:
        """Reads about something else, which both functions are given; what is being asked about it already goes on."""
        if about != self._about:
            self.cancel()
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
        self._untold.clear()
        self._turns.stop()

    def _on_kept(self, found: tuple[object, bool]) -> None:
        self._tell_later(partial(self._tell_kept, *found))

    def _on_fetched(self, value: object) -> None:
        self._tell_later(partial(self.fetched.emit, value))

    def _tell_later(self, tell: Callable[[], object]) -> None:
        self._untold.append(tell)
        self._turns.ask()

    def _tell_next(self) -> None:
        tell = self._untold.pop(0)
        if self._untold:
            self._turns.ask()
        tell()

    def _tell_kept(self, value: object, is_of_today: bool) -> None:
        self.kept.emit(value)
        if not is_of_today and not self._ask_job.is_busy:
            self._begin(Priority.BACKGROUND)

    def _begin(self, priority: Priority) -> None:
        self._ask_job.run(LaneName.QUOTING, self._ask, *self._about, priority=priority)
        self.began.emit()
