"""Why the chosen plan costs more or less than the present one, in one sentence, for a clerk who stays with it for a moment."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from denkidesk.domain.ranking import RankedPlan
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts.why import reasons_words
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.steady import Steady

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

_REST_MS: Final = 150


class ChosenReason(Steady):
    """Empty from the moment when another plan or another ranking is shown until its own sentence is there."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(PlainLabel(scale=0.9, wrap=True), parent, selectable=True, lines=2)
        self._of: tuple[Ranking, RankedPlan] | None = None
        self._job = LatestJob(jobs, self, self.say, lambda _error: None)  # of a plan without a bill there is nothing to be said
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)

    @property
    def is_busy(self) -> bool:
        """Whether the sentence is still to come."""
        return self._rest.isActive() or self._job.is_busy

    def shut_down(self) -> None:
        """Gives up what is under way."""
        self._rest.stop()
        self._job.cancel()

    def show_for(self, ranking: "Ranking | None", line: RankedPlan | None) -> None:
        """Keeps its place for any plan that has a difference to the present one."""
        has_reason = line is not None and line.difference is not None and not line.is_present
        of = (ranking, line) if ranking is not None and line is not None and has_reason else None
        if of is not None and self._of is not None and of[0] is self._of[0] and of[1].detail.key == self._of[1].detail.key:
            return
        self.shut_down()
        self.say("")
        self._of = of
        self.setVisible(of is not None)
        if of is not None:
            self._rest.start()

    def _ask(self) -> None:
        if self._of is not None:
            self._job.run(LaneName.WORK, _reasons, *self._of)


def _reasons(ranking: "Ranking", line: RankedPlan) -> str:
    """On the lane, which loads what it takes."""
    from denkidesk.desk.why import reasons_of_line

    return reasons_words(reasons_of_line(ranking, line))
