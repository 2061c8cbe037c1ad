"""The rules that a server may follow instead of ours, each tried alone: what a bill's parts would be under them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.engine import month_parts
from denkidesk.billing.levy import ALL_LEVIES
from denkidesk.billing.rounding import EXACT
from denkidesk.billing.sums import UsageSums
from denkidesk.billing.windows import HOURS, MONTHS
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import DifferenceReason, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, BaseType, Condition, DayClass, HolidayFlags, PlanDetail, PlanType

PARTS: Final = ("base", "usage", "adjust", "levy")
_STEP_OF_SIZES: Final = 0.5
_NEAR: Final = 0.004
"""Yen: what a fitted price may miss by; a server's figures may be cut to sen."""

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Twelve figures of the parts that a rule changes."""

    reason: DifferenceReason
    figures: Mapping[str, Figures]


def parts_otherwise(
    detail: PlanDetail, sums: UsageSums, options: BillOptions, ours: Mapping[str, Figures], theirs: Mapping[str, Figures]
) -> Iterator[Alternative]:
    """``theirs``: what the server has, where a price or a size is read out of it."""
    kwh = _figures(sums.total_kwh(False))
    for part in PARTS:
        for rounded in (np.floor, np.ceil, lambda yen: np.floor(yen + 0.5)):
            yield Alternative(DifferenceReason.ROUNDING, {part: rounded(ours[part])})
    yield from _base(detail, sums, options, ours, theirs)
    yield from _usage(detail, sums, options)
    yield Alternative(DifferenceReason.FUEL_LEFT_OUT, {"adjust": np.zeros(MONTHS)})
    if options.no_fuels:
        yield from _tried(DifferenceReason.FUEL_LEFT_OUT, detail, sums, replace(options, no_fuels=False), ("adjust",))
    elif "adjust" in theirs:
        yield from _other_fuel(detail, kwh, theirs["adjust"], sums)
    for levy in ALL_LEVIES:
        if levy != detail.levy_yen_per_kwh:
            yield Alternative(DifferenceReason.LEVY_YEAR, {"levy": kwh * float(levy)})
    with localcontext(EXACT):
        whole = _parts(detail, sums, replace(options, rounding=Rounding.BILL), exact=True)
    if whole is not None:
        yield Alternative(DifferenceReason.WHOLE_KWH, {part: whole[part] for part in PARTS if part != "base"})


def charges_otherwise(parts: Mapping[str, Figures], detail: PlanDetail) -> Iterator[Alternative]:
    """A month's sum of these parts, rounded or discounted in another way."""
    if "base" not in parts:
        return
    base, used, adjust, levy = (parts[name] for name in PARTS)
    keep = float(1 - detail.discount_rate / 100)
    before, after = (base + used + adjust) * keep, levy * keep
    for rounded in (np.floor, np.ceil, lambda yen: np.floor(yen + 0.5)):
        yield Alternative(DifferenceReason.ROUNDING, {"charge": rounded(before + after)})
        yield Alternative(DifferenceReason.ROUNDING, {"charge": rounded(before) + rounded(after)})
    if detail.discount_rate:
        for discounted in (base, used, base + used, base + used + adjust, base + used + levy, np.zeros(MONTHS)):
            yield Alternative(DifferenceReason.DISCOUNT_ORDER, {"charge": base + used + adjust + levy - discounted * (1 - keep)})


def _base(
    detail: PlanDetail, sums: UsageSums, options: BillOptions, ours: Mapping[str, Figures], theirs: Mapping[str, Figures]
) -> Iterator[Alternative]:
    days = np.array([days / of if of else 0.0 for days, of in sums.day_counts])
    yield Alternative(DifferenceReason.PARTIAL_MONTH, {"base": ours["base"] * days})
    yield Alternative(DifferenceReason.PARTIAL_MONTH, {"base": np.where(days < 1, 0.0, ours["base"])})
    kind, unit = detail.base_type, float(detail.base_unit or 0)
    if kind in PEAK_TYPES:
        known = [sums.largest_hour_kwh, sums.usage.peak_kw or 0.0, float(options.peak_kw or 0)]
        for peak in {*known, *(float(np.ceil(kw)) for kw in known), *(float(np.floor(kw + 0.5)) for kw in known)} - {0.0}:
            yield from _tried(DifferenceReason.PEAK_BASE, detail, sums, replace(options, peak_kw=peak), ("base",))
        given = options.peak_kw or sums.usage.peak_kw or sums.largest_hour_kwh
        yield Alternative(
            DifferenceReason.PEAK_BASE, {"base": ours["base"] + unit * np.where(sums.billed, _largest_hours(sums) - given, 0.0)}
        )
    if kind in CAPACITY_TYPES and unit and options.capacity is not None and "base" in theirs:
        one = float(np.median(theirs["base"][sums.billed])) - float(np.median(ours["base"][sums.billed]))
        size = float(options.capacity) + one / unit
        near = round(size / _STEP_OF_SIZES) * _STEP_OF_SIZES
        if near > 0 and abs(near - size) * unit < _NEAR:
            yield from _tried(DifferenceReason.CAPACITY, detail, sums, replace(options, capacity=Decimal(str(near))), ("base",))
    above, counted = BaseType.FIXED_AND_PER_CAPACITY_ABOVE, BaseType.FIXED_AND_PER_CAPACITY_FROM
    if (other := {above: counted, counted: above}.get(BaseType(kind)) if kind else None) is not None:
        yield from _tried(DifferenceReason.BASE_TYPE_ASSUMED, replace(detail, base_type=other), sums, options, ("base",))


def _largest_hours(sums: UsageSums) -> Figures:
    largest = np.zeros(MONTHS)
    for day in sums.usage.days:
        largest[day.day.month - 1] = max(largest[day.day.month - 1], *(kwh or 0.0 for kwh in day.hourly_kwh))
    return largest


def _usage(detail: PlanDetail, sums: UsageSums, options: BillOptions) -> Iterator[Alternative]:
    if any(condition.day_class is not DayClass.ANY for condition in detail.conditions):
        flags = detail.holidays
        yield from _tried(DifferenceReason.HOLIDAY, detail, UsageSums(sums.usage, extra_days=False), options)
        for other in (
            replace(flags, public_holiday=not flags.public_holiday),
            replace(flags, saturday=not flags.saturday),
            HolidayFlags(flags.public_holiday, flags.sunday, flags.saturday),
        ):
            yield from _tried(DifferenceReason.HOLIDAY, replace(detail, holidays=other), sums, options)
    for reason, change in _CHANGES:
        changed = tuple(change(condition) for condition in detail.conditions)
        if changed != detail.conditions:
            yield from _tried(reason, replace(detail, conditions=changed), sums, options)
    if detail.plan_type is PlanType.MARKET_LINKED:
        unit = "percent" if options.commission_unit == "yen" else "yen"
        yield from _tried(DifferenceReason.AREA_PRICE, detail, sums, replace(options, commission_unit=unit))
        yield from _tried(DifferenceReason.AREA_PRICE, detail, sums, replace(options, commission=Decimal(0)))


def _later_end(condition: Condition) -> Condition:
    return replace(condition, time_to=condition.time_to + 1) if 0 < condition.time_to < HOURS else condition


def _later_start(condition: Condition) -> Condition:
    return replace(condition, time_from=condition.time_from + 1) if 0 < condition.time_from < HOURS - 1 else condition


def _earlier_month(condition: Condition) -> Condition:
    whole = (condition.month_from, condition.month_to) == (1, MONTHS)
    return condition if whole else replace(condition, month_to=(condition.month_to - 2) % MONTHS + 1)


def _ends_at_midnight(condition: Condition) -> Condition:
    return replace(condition, time_to=HOURS) if condition.time_from > condition.time_to > 0 else condition


def _begins_at_midnight(condition: Condition) -> Condition:
    return replace(condition, time_from=0) if condition.time_from > condition.time_to > 0 else condition


def _ends_with_the_year(condition: Condition) -> Condition:
    return replace(condition, month_to=MONTHS) if condition.month_from > condition.month_to else condition


def _uncapped(condition: Condition) -> Condition:
    return replace(condition, volume_cap=Decimal(0))


_CHANGES: Final[tuple[tuple[DifferenceReason, Callable[[Condition], Condition]], ...]] = (
    (DifferenceReason.WINDOW_ENDS, _later_end),
    (DifferenceReason.WINDOW_ENDS, _later_start),
    (DifferenceReason.WINDOW_ENDS, _earlier_month),
    (DifferenceReason.WINDOW_WRAP, _ends_at_midnight),
    (DifferenceReason.WINDOW_WRAP, _begins_at_midnight),
    (DifferenceReason.WINDOW_WRAP, _ends_with_the_year),
    (DifferenceReason.CAP, _uncapped),
)


def _other_fuel(detail: PlanDetail, kwh: Figures, adjust: Figures, sums: UsageSums) -> Iterator[Alternative]:
    """Another price per kWh, and another fixed sum where the plan has one: read out of the server's months, of which there must be more."""
    fixed = any(fuel.calc_type == 1 for fuel in detail.fuels)
    included = max((float(fuel.volume_from) for fuel in detail.fuels if fuel.calc_type == 0), default=0.0)
    counted = np.maximum(0.0, kwh - included)
    columns = np.column_stack([counted, np.ones(MONTHS)]) if fixed else counted[:, None]
    rows = sums.billed
    if np.count_nonzero(rows) <= columns.shape[1] or not adjust.any():
        return
    prices, _rest, rank, _ = np.linalg.lstsq(columns[rows], adjust[rows], rcond=None)
    fitted = np.where(rows, columns @ prices, 0.0)
    if rank == columns.shape[1] and np.abs(fitted - adjust)[rows].max() < _NEAR:
        yield Alternative(DifferenceReason.FUEL_MONTH, {"adjust": adjust})


def _tried(
    reason: DifferenceReason, detail: PlanDetail, sums: UsageSums, options: BillOptions, parts: tuple[str, ...] = ("usage",)
) -> Iterator[Alternative]:
    found = _parts(detail, sums, options, exact=False)
    if found is not None:
        yield Alternative(reason, {part: found[part] for part in parts})


def _parts(detail: PlanDetail, sums: UsageSums, options: BillOptions, *, exact: bool) -> Mapping[str, Figures] | None:
    try:
        parts = month_parts(detail, sums, options, exact=exact)
    except InputRefused:
        return None  # a rule that cannot be followed is nobody's
    return {part: _figures(getattr(parts, part)) for part in PARTS}


def _figures(column: NDArray[np.object_] | Figures) -> Figures:
    return np.asarray(column, dtype=np.float64)
