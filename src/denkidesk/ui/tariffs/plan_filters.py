"""What narrows the list of compared plans, and what the clerk has marked in it; no rank changes by either."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from denkidesk.domain.name_folding import folded
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.plans import Company, PlanDetail, PlanType
from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.texts.plan_names import names_of
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.tariffs.fuel_picker import FuelPicker

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking


_OWN: Final = "own_companies"
_FAVOURITES: Final = "favourite_plans"
_BETWEEN: Final = {_OWN: "/", _FAVOURITES: "\n"}
_CHIPS: Final = (texts.CHEAPER_ONLY, texts.OWN_ONLY, texts.FAVOURITES_ONLY, texts.NO_MARKET)


class Marks:
    """Kept with the window; a plan of the own house that no server knows is marked by what it is."""

    def __init__(self, ui_state: UiState) -> None:
        self._ui_state = ui_state
        self.companies, self.favourites = (set(filter(None, ui_state.text(key).split(between))) for key, between in _BETWEEN.items())

    def is_own(self, company: Company) -> bool:
        """Whether the retailer is the own house."""
        return company.epcorp_cd in self.companies or is_own(company.epcorp_cd)

    def is_favourite(self, detail: PlanDetail) -> bool:
        """Whether the plan is to be found again quickly."""
        return _name_of(detail) in self.favourites

    def toggle_own(self, line: RankedPlan) -> None:
        """Marks the retailer, or no longer."""
        self.companies ^= {line.company.epcorp_cd}
        self._keep(_OWN, self.companies)

    def toggle_favourite(self, line: RankedPlan) -> None:
        """Marks the plan, or no longer."""
        self.favourites ^= {_name_of(line.detail)}
        self._keep(_FAVOURITES, self.favourites)

    def first_own(self, ranking: "Ranking", places: Sequence[int]) -> int | None:
        """The row of the first plan of the own house."""
        plans = ranking.catalogue.plans
        if not self.companies and not ranking.catalogue.has_own:
            return None  # while a slider moves, all rows are looked at each time
        return next((row for row, place in enumerate(places) if self.is_own(plans[place][0])), None)

    def _keep(self, key: str, marked: set[str]) -> None:
        self._ui_state.put(key, _BETWEEN[key].join(sorted(marked)))


class PlanFilters:
    """The widgets, to be laid out by whoever shows them. ``changed`` is called whenever one is."""

    def __init__(self, changed: Callable[[], None], parent: QWidget) -> None:
        self._changed = changed
        self.words = QLineEdit(parent, placeholderText=texts.FILTER, clearButtonEnabled=True)
        self.words.setAccessibleName(texts.FILTER_NAME)
        self.words.setAcceptDrops(False)
        self.words.textChanged.connect(changed)
        self.chips = {word: FilterChip(word, word, parent=parent) for word in _CHIPS}
        self.fuel = FuelPicker(texts.FUEL, parent, grows=True)
        for chip in self.chips.values():
            chip.toggled.connect(changed)

    @property
    def active(self) -> tuple[str, ...]:
        """What narrows the list, in words."""
        words = " ".join(self.words.text().split())
        return (*(word for word, chip in self.chips.items() if chip.isChecked()), *filter(None, (words,)))

    def clear(self) -> None:
        """Nothing narrows it any more; the rows are told once."""
        parts = (*self.chips.values(), self.words)
        for part in parts:
            part.blockSignals(True)
        for chip in self.chips.values():
            chip.setChecked(False)
        self.words.clear()
        for part in parts:
            part.blockSignals(False)
        self._changed()

    def places(self, ranking: "Ranking", marks: Marks) -> Sequence[int]:
        """The present plan stands above; a plan whose sum is not known is no cheaper one."""
        present = ranking.catalogue.place_of.get(ranking.held.detail.key)
        plans = ranking.catalogue.plans
        places = list(ranking.compared)
        if self.chips[texts.CHEAPER_ONLY].isChecked():
            places = places[: ranking.cheaper]
        else:
            places += (*ranking.fuel_unknown, *ranking.miscounted)
        if self.chips[texts.OWN_ONLY].isChecked():
            places = [place for place in places if marks.is_own(plans[place][0])]
        if self.chips[texts.FAVOURITES_ONLY].isChecked():
            places = [place for place in places if marks.is_favourite(plans[place][1])]
        if self.chips[texts.NO_MARKET].isChecked():
            places = [place for place in places if plans[place][1].plan_type is not PlanType.MARKET_LINKED]
        if wanted := folded(self.words.text()).split():
            places = [place for place in places if _are_called(plans[place], wanted)]
        if ranking.present is not None and present in places:
            places.remove(present)
        return places


def _are_called(one: tuple[Company, PlanDetail], wanted: Sequence[str]) -> bool:
    names = [names_of(part.name) for part in one]
    return all(any(word in name for name in names) for word in wanted)


def _name_of(detail: PlanDetail) -> str:
    return f"{detail.epplan_id}/{detail.base_cd}"
