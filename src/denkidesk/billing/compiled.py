"""A catalogue compiled once: what its plans share (windows, tiers, fuels) apart from what only one plan has (its prices).

Plans of the same *shape* (conditions and fuels equal but for their prices) charge the same kWh for each of their prices. So a customer's
volumes are summed once for each distinct window, cut into tiers once for each distinct tier, and the bills of all plans of a shape are one
small matrix product: prices (plans x charges) times charged kWh (charges x 12 months). ``ranking`` does that; this module prepares it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from functools import cached_property
from operator import attrgetter
from typing import Final, Generic, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.hours import covered_within
from denkidesk.billing.plan_check import MOST_YEN_PER_KWH, checked
from denkidesk.billing.rounding import EXACT
from denkidesk.billing.rules import base_terms, fuel_due, needs_capacity
from denkidesk.billing.sums import KINDS_OF_DAY, by_kind_of_day
from denkidesk.billing.volumes import Bands, unions_of
from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import BaseType, HolidayFlags, PlanDetail, PlanType

Floats = NDArray[np.float64]
T = TypeVar("T")

_CONDITION_SHAPE: Final = attrgetter(
    "group", "volume_cap", "volume_from", "volume_to", "month_from", "month_to", "day_class", "time_from", "time_to"
)
_FUEL_SHAPE: Final = attrgetter("calc_type", "volume_from", "volume_to", "month")
_ORDER: Final = attrgetter("calc_order")
_DAY_CLASS: Final = attrgetter("day_class")
_PRICE: Final = attrgetter("unit_yen")
_MOST: Final = float(MOST_YEN_PER_KWH)


@dataclass
class Shape:
    """Plans that differ in prices alone: rows ``start`` to ``stop`` of the catalogue.

    ``charges``: places in ``CompiledPlans.charges`` of the conditions, in their order, then of the fuels. ``prices``: plans x charges, yen.
    ``total``: the volume that fuels and levy are due for on a bill of whole kWh. ``like``: one of the plans.
    """

    like: PlanDetail
    start: int
    stop: int
    prices: Floats
    conditions: int  # how many of the charges
    charges: NDArray[np.intp]
    total: int
    capped: bool
    market_linked: bool
    limit_decimals: int

    @cached_property
    def without_fuel(self) -> Floats:
        """The prices with 0 for every fuel."""
        prices = self.prices.copy()
        prices[:, self.conditions :] = 0.0
        return prices


@dataclass(frozen=True, slots=True)
class Charge:
    """What a price is due for: the part of a volume between two ends, or once in a month whose volume is above ``low``.

    ``month``: the only one of the year, 0 for all.
    """

    volume: int
    low: float
    high: float
    once: bool
    month: int = 0


@dataclass(slots=True)
class _Gathered:
    """The plans of one shape, while the catalogue is read."""

    plans: list[int] = field(default_factory=list)
    prices: list[list[float]] = field(default_factory=list)


class CompiledPlans:
    """Every plan of a catalogue, ready for any customer. Immutable once built, so threads may share it.

    ``details``: as given. ``refused``: by place in ``details``, the plans that no bill can be made of, with every fault. ``rows``: the
    place in ``details`` of each row; rows are ordered by shape.
    """

    def __init__(self, details: Iterable[PlanDetail]) -> None:
        self.details = tuple(details)
        self.refused: dict[int, InputRefused] = {}
        self.shapes: list[Shape] = []
        self.patterns = _Places[bytes]()  # kinds of day x hours that a window holds in one month
        self.volumes = _Places[tuple[int, ...]]()  # a pattern for each month
        self.totals = _Places[tuple[int, ...]]()  # volumes that hold each hour once; () is the plain total
        self._charges = _Places[Charge]()
        self._known_volumes: dict[tuple[frozenset[Window], Window, HolidayFlags], int] = {}
        whole = np.ones((KINDS_OF_DAY, HOURS), dtype=np.bool_).tobytes()
        self.volumes.of((self.patterns.of(whole),) * MONTHS)  # volume 0: all hours
        self.totals.of(())
        rows: list[int] = []
        with localcontext(EXACT):
            for like, gathered in self._gather():
                self._add_shape(like, gathered, rows)
            self._freeze(rows)

    def _gather(self) -> list[tuple[PlanDetail, _Gathered]]:
        shapes: dict[object, _Gathered] = {}
        for place, detail in enumerate(self.details):
            conditions = sorted(detail.conditions, key=_ORDER)
            key = (
                detail.plan_type is PlanType.MARKET_LINKED,
                detail.holidays if any(map(_DAY_CLASS, conditions)) else None,
                tuple(map(_CONDITION_SHAPE, conditions)),
                tuple(map(_FUEL_SHAPE, detail.fuels)),
            )
            gathered = shapes.get(key)
            if gathered is None:
                gathered = shapes[key] = _Gathered()
            gathered.plans.append(place)
            prices = [*map(_PRICE, conditions), *map(_PRICE, detail.fuels)]
            try:
                gathered.prices.append([*map(float, prices)])
            except ValueError:  # a signalling NaN
                gathered.prices.append([np.nan] * len(prices))
        return [(self.details[gathered.plans[0]], gathered) for gathered in shapes.values()]

    def _add_shape(self, like: PlanDetail, gathered: _Gathered, rows: list[int]) -> None:
        prices = np.array(gathered.prices, dtype=np.float64).reshape(len(gathered.plans), -1)
        # A sieve, stricter than the check itself: what it lets through has no fault, the rest is asked one by one.
        sound = (np.abs(prices) <= _MOST).all(axis=1) & (prices != 0).any(axis=1) & _shape_is_sound(like)
        kept: list[int] = []
        for number, place in enumerate(gathered.plans):
            if not (sound[number] and _figures_are_plain(self.details[place])):
                try:
                    checked(self.details[place])
                except InputRefused as refused:
                    self.refused[place] = refused
                    continue
            kept.append(number)
        if not kept:
            return
        start = len(rows)
        rows += [gathered.plans[number] for number in kept]
        self.shapes.append(self._shape(like, start, np.ascontiguousarray(prices[kept])))

    def _shape(self, like: PlanDetail, start: int, prices: Floats) -> Shape:
        conditions = sorted(like.conditions, key=_ORDER)
        unions = unions_of(like)
        volumes = [self._volume(*unions[condition], like.holidays) for condition in conditions]
        total = self.totals.of(tuple(dict.fromkeys(volumes)) if Bands(like).hold_each_hour_once else ())
        charges = [
            Charge(volume, float(one.volume_from), float(one.volume_to) if one.volume_to > 0 else np.inf, once=False)
            for volume, one in zip(volumes, conditions, strict=True)
        ]
        for fuel in like.fuels:  # of the month's total, which a bill of whole kWh adds up from the plan's bands
            due = fuel_due(fuel)
            high = np.inf if due.high is None else float(due.high)
            charges.append(Charge(-1 - total, float(due.low), high, due.once, due.month))
        ends = [end for one in conditions for end in (one.volume_from, one.volume_to)]
        ends += [end for fuel in like.fuels for end in (fuel.volume_from, fuel.volume_to)]
        return Shape(
            like=like,
            start=start,
            stop=start + len(prices),
            prices=prices,
            conditions=len(conditions),
            charges=np.array([self._charges.of(charge) for charge in charges], dtype=np.intp),
            total=total,
            market_linked=like.plan_type is PlanType.MARKET_LINKED,
            capped=any(condition.volume_cap > 0 for condition in conditions),
            limit_decimals=max(map(decimals, ends), default=0),
        )

    def _volume(self, windows: frozenset[Window], own: Window, flags: HolidayFlags) -> int:
        """Rules 3 and 4: the union of the windows, in the months of ``own``."""
        known = self._known_volumes.get((windows, own, flags))
        if known is not None:
            return known
        by_kind = by_kind_of_day(covered_within(windows, own), flags)
        volume = self._known_volumes[windows, own, flags] = self.volumes.of(tuple(self.patterns.of(month.tobytes()) for month in by_kind))
        return volume

    def _freeze(self, rows: list[int]) -> None:
        """Plain arrays: what a customer's sums are multiplied with."""
        plans = [self.details[place] for place in rows]
        self.rows = np.array(rows, dtype=np.intp)
        self.row_of = {place: row for row, place in enumerate(rows)}
        self.hours = np.array([np.frombuffer(one, dtype=np.bool_) for one in self.patterns.all], dtype=np.float64)  # patterns x 144
        self.pattern_of = np.array(self.volumes.all, dtype=np.intp)  # volumes x 12
        charges = self._charges.all
        shift = len(self.volumes.all)
        # totals x volumes: what a total is the sum of; the plain one is volume 0
        self.parts_of_totals = np.zeros((len(self.totals.all), shift))
        for total, bands in enumerate(self.totals.all):
            self.parts_of_totals[total, list(bands or (0,))] = 1.0
        self.charge_volume = np.array([one.volume if one.volume >= 0 else shift - 1 - one.volume for one in charges], dtype=np.intp)
        self.charge_low = np.array([one.low for one in charges], dtype=np.float64)[:, None]
        self.charge_high = np.array([one.high for one in charges], dtype=np.float64)[:, None]
        self.charge_once = np.array([one.once for one in charges], dtype=np.bool_)
        self.charge_month = np.array([one.month for one in charges], dtype=np.intp)
        self.base_terms = [base_terms(plan) for plan in plans]
        base = np.array([(one.fixed, one.per_capacity, one.per_peak) for one in self.base_terms], dtype=np.float64)
        self.base = base.reshape(len(plans), 3)
        self.needs_capacity = np.array([needs_capacity(plan) for plan in plans], dtype=np.bool_)
        self.own_capacity = np.array([np.nan if plan.capacity is None else float(plan.capacity) for plan in plans], dtype=np.float64)
        self.levy = np.array([float(plan.levy_yen_per_kwh or 0) for plan in plans], dtype=np.float64)
        self.discount = np.array([float(plan.discount_rate) for plan in plans], dtype=np.float64)
        self.market = np.array([plan.plan_type is PlanType.MARKET_LINKED for plan in plans], dtype=np.bool_)
        plans_of = [shape.stop - shape.start for shape in self.shapes]
        self.total_of = np.repeat(np.array([shape.total for shape in self.shapes], dtype=np.intp), plans_of)
        self.capped = np.repeat(np.array([shape.capped for shape in self.shapes], dtype=np.bool_), plans_of)

    @cached_property
    def decimals(self) -> NDArray[np.int64]:
        """Rows x 7, decimal places as written: prices times tier ends, the three terms of the base charge, levy, discount, own capacity."""
        found = np.zeros((len(self.rows), 7), dtype=np.int64)
        for shape in self.shapes:
            for row in range(shape.start, shape.stop):
                plan, base = self.details[self.rows[row]], self.base_terms[row]
                prices = max((decimals(one.unit_yen) for one in (*plan.conditions, *plan.fuels)), default=0)
                terms = (base.fixed, base.per_capacity, base.per_peak, plan.levy_yen_per_kwh, plan.discount_rate, plan.capacity)
                found[row] = (prices + shape.limit_decimals, *(0 if term is None else decimals(term) for term in terms))
        return found

    @cached_property
    def size(self) -> Floats:
        """Rows: the sum of a plan's prices without their signs, by which the error of its sums is bounded."""
        sizes = [np.abs(shape.prices).sum(axis=1) for shape in self.shapes]
        return cast("Floats", np.concatenate(sizes)) if sizes else np.zeros(0)


class _Places(Generic[T]):
    """Distinct things, each with its place."""

    def __init__(self) -> None:
        self.all: list[T] = []
        self._places: dict[T, int] = {}

    def of(self, thing: T) -> int:
        """The place of a thing; a new one gets the next."""
        place = self._places.setdefault(thing, len(self.all))
        if place == len(self.all):
            self.all.append(thing)
        return place


def decimals(figure: Decimal) -> int:
    """Decimal places as written."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _shape_is_sound(like: PlanDetail) -> bool:
    """Whether the check finds nothing in windows, tiers, caps and kinds of fuel, whatever the prices are."""
    one = Decimal(1)
    try:
        checked(
            replace(
                like,
                base_type=BaseType.FLAT,
                base_unit=one,
                base_fix_unit=one,
                discount_rate=one,
                levy_yen_per_kwh=one,
                capacity_from=one,
                capacity_to=one,
                conditions=tuple(replace(condition, unit_yen=one) for condition in like.conditions),
                fuels=tuple(replace(fuel, unit_yen=one) for fuel in like.fuels),
            )
        )
    except InputRefused:
        return False
    return True


def _figures_are_plain(detail: PlanDetail) -> bool:
    """Whether the figures beside the prices are there, of known kinds and within bounds: nothing that the check could refuse."""
    unit, fixed, levy = detail.base_unit, detail.base_fix_unit, detail.levy_yen_per_kwh
    if detail.base_type not in _KNOWN_BASES or unit is None or fixed is None or levy is None:
        return False
    low, high = detail.capacity_from, detail.capacity_to
    # a comparison with a NaN raises, so that finiteness is asked first
    finite = unit.is_finite() and fixed.is_finite() and levy.is_finite() and detail.discount_rate.is_finite()
    return finite and low.is_finite() and high.is_finite() and low >= 0 and high >= 0 and abs(levy) <= MOST_YEN_PER_KWH


_KNOWN_BASES: Final = frozenset(BaseType)
