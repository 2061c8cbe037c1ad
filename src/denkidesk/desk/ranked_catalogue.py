"""The newest figures of all stored plans, compiled once for every customer."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.desk.fuel_rules import FuelTerms
from denkidesk.desk.listed import Listed
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.plans import AreaPriceMonth, Company, PlanDetail, PlanType
from denkidesk.domain.ranking import UNIT_AMPERE


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Plans that are priced under one set of options: by the unit of their capacity, and by their market commission and area."""

    places: NDArray[np.intp]
    plans: CompiledPlans
    unit: str
    market: Company | None


class RankedCatalogue:
    """The newest figures of all plans, compiled once; immutable, so that threads may share it.

    ``plans``: each with its retailer; ``unpriced``, which are listed and have no figures, come after all others. ``checked_at``: when
    the figures were last seen, the oldest first. ``unlisted``: retailers of an area whose plans were never asked for.
    """

    def __init__(
        self,
        plans: Sequence[tuple[Company, PlanDetail]],
        checked_at: Sequence[datetime],
        prices: Mapping[QuotingAreaCode, tuple[AreaPriceMonth, ...]],
        history: Mapping[QuotingAreaCode, tuple[AreaPriceMonth, ...]],
        fuel: FuelTerms,
        unpriced: Sequence[tuple[Company, PlanDetail]] = (),
        unlisted: Mapping[QuotingAreaCode, int] | None = None,
    ) -> None:
        self._priced = tuple(plans)
        self.plans = (*plans, *unpriced)
        self.checked_at = tuple(checked_at)
        self.unlisted = unlisted or {}
        self.prices, self.history = prices, history
        details = [detail for _, detail in self.plans]
        self.listed = Listed(details[: len(plans)], details[len(plans) :])
        self.place_of = {detail.key: place for place, detail in enumerate(details)}
        self.has_own = any(is_own(company.epcorp_cd) for company, _ in plans)
        self.area = np.array([company.area_code for company, _ in self.plans], dtype="U2")
        self.contract_type = np.array([detail.contract_type for detail in details], dtype=np.int64)
        self.from_day = np.array([0 if one.valid_from is None else one.valid_from.toordinal() for one in details])
        self.to_day = np.array([date.max.toordinal() if one.valid_to is None else one.valid_to.toordinal() for one in details])
        self.is_ampere = np.array([one.capacity_unit == UNIT_AMPERE for one in details], dtype=np.bool_)
        self.sizes = np.array([(float(one.capacity_from), float(one.capacity_to) or np.inf) for one in details]).reshape(-1, 2)
        # the one size that a plan's figures are of
        self.own_size = np.array([float(one.ampere or one.capacity or np.nan) for one in details])
        self._billed: list[PlanDetail] = []
        self.groups: tuple[PlanGroup, ...] = ()
        self._put_under(fuel)

    def under(self, fuel: FuelTerms) -> "RankedCatalogue":
        """The same plans, compiled under another fuel rule."""
        other = copy(self)
        other._put_under(fuel)  # noqa: SLF001 - of the same class
        return other

    def _put_under(self, fuel: FuelTerms) -> None:
        found = [fuel.of(company, detail) for company, detail in self._priced]
        self.fuel = fuel
        self.fuel_unknown = ~self.listed.has_figures
        self.fuel_unknown[: len(found)] = [not one.is_known for one in found]
        billed = [one.detail for one in found]
        if billed != self._billed:
            self._billed, self.groups = billed, self._grouped(billed)

    def _grouped(self, billed: Sequence[PlanDetail]) -> tuple[PlanGroup, ...]:
        members: dict[tuple[bool, object], list[int]] = {}
        for place, (company, detail) in enumerate(self._priced):
            market = (company.area_code, company.commission) if detail.plan_type is PlanType.MARKET_LINKED else None
            members.setdefault((detail.capacity_unit == UNIT_AMPERE, market), []).append(place)
        return tuple(
            PlanGroup(
                np.array(places, dtype=np.intp),
                CompiledPlans(billed[place] for place in places),
                UNIT_AMPERE if is_ampere else "",
                self.plans[places[0]][0] if market else None,
            )
            for (is_ampere, market), places in members.items()
        )
