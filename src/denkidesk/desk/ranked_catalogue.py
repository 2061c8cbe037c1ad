"""The newest figures of all stored plans, compiled once for every customer."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.compiled import CompiledPlans, Floats
from denkidesk.billing.plan_faults import miscounted, plan_faults
from denkidesk.desk.fuel_rules import FuelTerms
from denkidesk.desk.listed import Listed, Mask
from denkidesk.desk.quoting import detail_key
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.plans import AreaPriceMonth, Company, PlanDetail, PlanFault, PlanFaultCode, PlanType
from denkidesk.domain.ranking import UNIT_AMPERE, Apart, Size


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Plans that are priced under one set of options: by the unit of their capacity, and by their market commission and area."""

    places: NDArray[np.intp]
    plans: CompiledPlans
    unit: str
    market: Company | None


@dataclass(frozen=True, slots=True)
class Ages:
    """When stored figures were last seen: of plans by the key that they are kept under, of market prices by area."""

    plans: Mapping[str, datetime]
    prices: Mapping[str, datetime]


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
        ages: Ages | None = None,
    ) -> None:
        self.ages = ages or Ages({}, {})
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
        # a sum of such a plan is nobody's bill; a commission that is not known is no 0 either
        self.miscounted = np.zeros(len(details), dtype=np.bool_)
        self.miscounted[: len(plans)] = miscounted(details[: len(plans)])
        self.miscounted |= np.array([_lacks_commission(company, detail) for company, detail in self.plans], dtype=np.bool_)
        self.bases_of: dict[str, list[int]] = {}
        for place, detail in enumerate(details):
            self.bases_of.setdefault(detail.epplan_id, []).append(place)
        self._billed: list[PlanDetail] = []
        self.groups: tuple[PlanGroup, ...] = ()
        self._put_under(fuel)

    def seen(self, company: Company, detail: PlanDetail) -> tuple[datetime | None, datetime | None]:
        """When the plan's figures were last seen, and the market prices that it follows; None for an own plan, and without any."""
        market = self.ages.prices.get(company.area_code) if detail.plan_type is PlanType.MARKET_LINKED else None
        return self.ages.plans.get(detail_key(*detail.key)), market

    def with_age(self, company: Company, detail: PlanDetail) -> tuple[Company, PlanDetail, datetime | None]:
        """A plan, and when its figures were last seen."""
        return company, detail, self.seen(company, detail)[0]

    def under(self, fuel: FuelTerms) -> "RankedCatalogue":
        """The same plans, compiled under another fuel rule."""
        other = copy(self)
        other._put_under(fuel)  # noqa: SLF001 - of the same class
        return other

    def apart(self, place: int) -> Apart | None:
        """Why a plan has no rank under this rule."""
        return Apart.PRICES if self.miscounted[place] else Apart.FUEL if self.fuel_unknown[place] else None

    def faults(self, place: int, as_of: date, capacity: Decimal | None) -> tuple[PlanFault, ...]:
        """What is wrong with the figures that a plan is billed with, looked at once; an unknown fuel price has its own place."""
        asked = place, as_of, capacity
        if asked not in self._faults:
            self._faults[asked] = faults_of(self._billed[place], as_of, capacity)
        return self._faults[asked]

    def at_hand(self, size: Size) -> Floats:
        """A contract's size in each plan's own unit; NaN where it is not known."""
        return np.where(self.is_ampere, float(size.of(UNIT_AMPERE) or np.nan), float(size.of("") or np.nan))

    def fits(self, at_hand: Floats) -> Mask:
        """Which plans can be had for a contract of that size; of an unknown one, all."""
        has_room = (at_hand >= self.sizes[:, 0]) & (at_hand < self.sizes[:, 1])
        fitting: Mask = np.isnan(at_hand) | np.where(np.isnan(self.own_size), has_room, at_hand == self.own_size)
        return fitting

    def _put_under(self, fuel: FuelTerms) -> None:
        found = [fuel.of(company, detail) for company, detail in self._priced]
        self.fuel = fuel
        self._faults: dict[tuple[int, date, Decimal | None], tuple[PlanFault, ...]] = {}
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


def faults_of(billed: PlanDetail, as_of: date, capacity: Decimal | None) -> tuple[PlanFault, ...]:
    """What is wrong with a plan's figures but its fuel price."""
    found = plan_faults(billed, as_of=as_of, capacity=capacity)
    return tuple(fault for fault in found if fault.code is not PlanFaultCode.FUEL_UNKNOWN)


def is_miscounted(company: Company, detail: PlanDetail) -> bool:
    """Whether some kWh have no price or two, or nobody knows what a market-linked plan's retailer takes: its sum is nobody's bill."""
    return _lacks_commission(company, detail) or miscounted([detail])[0]


def _lacks_commission(company: Company, detail: PlanDetail) -> bool:
    return company.commission is None and detail.plan_type is PlanType.MARKET_LINKED
