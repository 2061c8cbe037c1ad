"""Which plans the clerk puts into the quote, and which out of the comparison; both are taken back by the same hand."""

from functools import partial
from typing import TYPE_CHECKING, Final

from denkidesk.domain.plans import PlanKey
from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.tariffs.finder import PlanFinder
from denkidesk.ui.tariffs.present_plan import PresentPlan
from denkidesk.ui.tariffs.ranking_words import proposed_words

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

_KEY: Final = "excluded"
_DOUBT: Final = "doubt"


class ClerksChoice:
    """The quote is of the plan that is picked in the lists; while that is the present one, of none."""

    def __init__(self, finder: PlanFinder, plans: PresentPlan, strips: Strips) -> None:
        self._finder, self._plans, self._strips = finder, plans, strips

    def proposed(self) -> tuple[str, str] | None:
        """Plan and base option that the quote is of."""
        question, picked = self._plans.question, self._plans.picked
        if question is None or picked is None or picked.detail == question.detail:
            return None
        return picked.detail.epplan_id, picked.detail.base_cd

    def propose(self, ranking: "Ranking", line: RankedPlan) -> None:
        """Puts a plan into the quote, with what makes it doubtful in words; the one that is in it, out of it."""
        self._strips.clear(_DOUBT)
        if self.proposed() == (line.detail.epplan_id, line.detail.base_cd):
            self._finder.go_to(ranking.question.detail, ranking.question.capacity)
        else:
            self._finder.go_to(line.detail, ranking.size.of(line.detail.capacity_unit))
            if words := proposed_words(line):
                self._strips.say(Message("warn", words, key=_DOUBT))

    def exclude(self, ranking: "Ranking", line: RankedPlan) -> None:
        """Out of the comparison, and out of the quote."""
        if self.proposed() == (line.detail.epplan_id, line.detail.base_cd):
            self.propose(ranking, line)
        key = line.detail.key
        self._plans.exclude(key, on=True)
        words = texts.EXCLUDED.format(plan=f"{line.detail.name} {line.detail.base_name}".strip())
        self._strips.say(Message("info", words, texts.PUT_BACK, partial(self.include, key), key=_KEY))

    def include(self, key: PlanKey) -> None:
        """Back into the comparison."""
        self._strips.clear(_KEY)
        self._plans.exclude(key, on=False)
