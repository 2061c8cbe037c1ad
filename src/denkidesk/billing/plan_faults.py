"""What is wrong with a plan whose bill can be computed all the same: a fault is a warning that stays beside the figure.

Whether a plan can be billed at all is ``plan_check``'s question.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.billing.coverage import coverage_faults
from denkidesk.domain.plans import (
    CAPACITY_TYPES,
    ONE_AMOUNT_TYPES,
    PEAK_TYPES,
    TWO_PRICE_TYPES,
    BaseType,
    PlanDetail,
    PlanFault,
    PlanFaultCode,
    PlanFigure,
    PlanType,
)

_NOT_CURRENT: Final = re.compile(r"現行では(?:ない|ありません)|旧単価|旧料金|改定前")
_TAX_OF_TEN_PERCENT: Final = date(2019, 10, 1)
"""Prices with tax from before that day are nobody's prices any more."""
PUBLISHED_MINIMUM_KWH: Final = frozenset({Decimal(10), Decimal(11), Decimal(15)})
"""What a published minimum charge holds: Okinawa 10 kWh, Shikoku 11, Kansai and Chugoku 15 (their 従量電灯; retailers follow them)."""

# What is plausible: assumed bounds, wide around what has been published. Energy: from old night prices (7 to 10 yen) to peak prices
# (53.23, Kansai's 季時別電灯PS; 54.68, Tokyo's ピークシフトプラン). Fuel: -10 to +17 yen/kWh in 2022 to 2024, subsidies included. Levy:
# 0.22 (2012) to 4.18 yen/kWh (2026). Base: 280 (10 A) to some 2,500 yen a kW and month; a fixed monthly sum of a house is below 20,000
# yen, of high voltage it is not bounded. Discounts: the largest on offer are some 20 %.
_ENERGY_YEN: Final = (Decimal(5), Decimal(100))
_FUEL_YEN: Final = (Decimal(-30), Decimal(30))
_FUEL_FIXED_YEN: Final = (Decimal(-10_000), Decimal(10_000))
_LEVY_YEN: Final = (Decimal(0), Decimal(10))
_BASE_PER_UNIT_YEN: Final = (Decimal(0), Decimal(10_000))
_BASE_FIXED_YEN: Final = (Decimal(0), Decimal(100_000))
_DISCOUNT: Final = (Decimal(0), Decimal(50))
_CAP: Final = (Decimal(0), Decimal(100))
_MOST_AMPERE: Final = Decimal(60)
"""Contracts by ampere end at 60 A in the standard terms; above it they are in kVA."""
_LOW_VOLTAGE: Final = frozenset({1, 2})
MISCOUNTED: Final = frozenset(
    {
        PlanFaultCode.NO_CONDITIONS,
        PlanFaultCode.HOURS_UNPRICED,
        PlanFaultCode.HOURS_TWICE,
        PlanFaultCode.TIER_UNPRICED,
        PlanFaultCode.TIER_TWICE,
        PlanFaultCode.TIER_EMPTY,
        PlanFaultCode.CAP_WITHOUT_NEXT,
    }
)
"""Some kWh have no price, or two: the sum is not what anybody would be billed. What is over a cap in tiers can be right all the same."""
_BELOW_CAPACITY: Final = {1: Decimal(50), 2: Decimal(50), 3: Decimal(2000)}
"""By contract type, kW or kVA: low voltage is below 50 kW, high voltage below 2,000 kW (電気設備の区分, 託送供給等約款)."""


def plan_faults(
    detail: PlanDetail, *, as_of: date | None = None, capacity: Decimal | None = None, included_kwh: Decimal | None = None
) -> tuple[PlanFault, ...]:
    """Everything that makes a bill of this plan doubtful; empty for a plan that prices each kWh once, at plausible prices, on that day.

    ``capacity``: the customer's. ``included_kwh``: what the base charge holds, where a supplement of the plan says so.
    """
    found = [*validity_faults(f"{detail.name} {detail.base_name}", detail.valid_from, detail.valid_to, as_of)]
    # The market prices every hour of a market-linked plan (rule 10). Its conditions come on top, and several may share the same hours.
    if detail.plan_type is not PlanType.MARKET_LINKED:
        if detail.conditions:
            found += coverage_faults(detail, _included(detail, included_kwh))
        else:
            found.append(PlanFault(PlanFaultCode.NO_CONDITIONS))
    if is_fuel_unknown(detail):
        found.append(PlanFault(PlanFaultCode.FUEL_UNKNOWN))
    found += _price_faults(detail)
    found += _capacity_faults(detail, capacity)
    return tuple(found)


def miscounted(details: Iterable[PlanDetail]) -> list[bool]:
    """Of many plans, those with a fault of ``MISCOUNTED``; plans with the same hours and tiers are looked at once, whatever they cost."""
    known: dict[tuple[object, ...], bool] = {}
    found = []
    for detail in details:
        is_market = detail.plan_type is PlanType.MARKET_LINKED
        if is_market or not detail.conditions:
            found.append(not is_market)
            continue
        included = frozenset(_included(detail, None))
        hours = tuple(
            (
                *(one.calc_order, one.group, one.volume_cap, one.volume_from, one.volume_to),
                *(one.month_from, one.month_to, one.day_class, one.time_from, one.time_to),
            )
            for one in detail.conditions
        )
        alike = (detail.holidays, included, hours)
        if alike not in known:
            known[alike] = any(fault.code in MISCOUNTED for fault in coverage_faults(detail, included))
        found.append(known[alike])
    return found


def is_fuel_unknown(detail: PlanDetail) -> bool:
    """Whether the plan has a fuel adjustment of which it does not say the price; 0 is none unless the market prices the plan."""
    return any(not fuel.is_known for fuel in detail.fuels) or bool(
        detail.fuels and detail.plan_type is not PlanType.MARKET_LINKED and not any(fuel.unit_yen for fuel in detail.fuels)
    )


def validity_faults(names: str, valid_from: date | None, valid_to: date | None, as_of: date | None) -> Iterator[PlanFault]:
    """What is wrong with the time of a plan's prices, by its names and its dates alone."""
    if _NOT_CURRENT.search(names):
        yield PlanFault(PlanFaultCode.NOT_CURRENT)
    if as_of is None:
        return
    if valid_from is not None and valid_from < _TAX_OF_TEN_PERCENT <= as_of and valid_to is None:
        yield PlanFault(PlanFaultCode.STALE_PRICES, facts=(("day", valid_from.isoformat()),))
    if valid_to is not None and valid_to < as_of:
        yield PlanFault(PlanFaultCode.ENDED, facts=(("day", valid_to.isoformat()),))
    if valid_from is not None and valid_from > as_of:
        yield PlanFault(PlanFaultCode.NOT_BEGUN, facts=(("day", valid_from.isoformat()),))


def _included(detail: PlanDetail, included_kwh: Decimal | None) -> Collection[Decimal]:
    """The kWh that the base charge may hold: by the supplement, by a fixed fuel that is due for them, or as minimum charges are published.

    That a fixed monthly sum beside a first tier from 10, 11 or 15 kWh is a minimum charge is assumed: the API says so (base type 4) of
    some plans only, and never how many kWh it holds.
    """
    included = {fuel.volume_to for fuel in detail.fuels if fuel.calc_type == 1 and fuel.volume_from == 0 and fuel.volume_to > 0}
    if included_kwh is not None:
        included.add(included_kwh)
    if detail.base_type in ONE_AMOUNT_TYPES and detail.base_unit:
        included |= PUBLISHED_MINIMUM_KWH
        if detail.base_type == BaseType.MINIMUM_CHARGE:
            first = min(condition.volume_from for condition in detail.conditions)
            if first <= max(PUBLISHED_MINIMUM_KWH):
                included.add(first)
    return included


def _price_faults(detail: PlanDetail) -> Iterator[PlanFault]:
    conditions, fuels = detail.conditions, detail.fuels
    # a market-linked plan's conditions are surcharges, from a few sen up
    energy = (-_ENERGY_YEN[1], _ENERGY_YEN[1]) if detail.plan_type is PlanType.MARKET_LINKED else _ENERGY_YEN
    yield from _outside(PlanFigure.CONDITION_PRICE, [condition.unit_yen for condition in conditions], energy)
    yield from _outside(PlanFigure.VOLUME_CAP, [condition.volume_cap for condition in conditions], _CAP)
    yield from _outside(PlanFigure.FUEL_PRICE, [fuel.unit_yen for fuel in fuels if fuel.calc_type == 0], _FUEL_YEN)
    yield from _outside(PlanFigure.FUEL_FIXED, [fuel.unit_yen for fuel in fuels if fuel.calc_type == 1], _FUEL_FIXED_YEN)
    yield from _outside(PlanFigure.LEVY_PRICE, [detail.levy_yen_per_kwh], _LEVY_YEN)
    yield from _outside(PlanFigure.DISCOUNT_RATE, [detail.discount_rate], _DISCOUNT)
    if detail.base_type in CAPACITY_TYPES | PEAK_TYPES:
        yield from _outside(PlanFigure.BASE_PER_UNIT, [detail.base_unit], _BASE_PER_UNIT_YEN)
    if detail.contract_type in _LOW_VOLTAGE:
        fixed = [detail.base_unit] if detail.base_type in ONE_AMOUNT_TYPES else []
        fixed += [detail.base_fix_unit] if detail.base_type in TWO_PRICE_TYPES else []
        yield from _outside(PlanFigure.BASE_FIXED, fixed, _BASE_FIXED_YEN)


def _outside(item: PlanFigure, figures: Collection[Decimal | None], bounds: tuple[Decimal, Decimal]) -> Iterator[PlanFault]:
    """One fault for all figures of a kind that are not within the bounds."""
    low, high = bounds
    odd = dict.fromkeys(figure for figure in figures if figure is not None and not low <= figure <= high)
    if odd:
        yield PlanFault(PlanFaultCode.IMPLAUSIBLE_PRICE, facts=(("item", item), ("values", " ".join(f"{figure:f}" for figure in odd))))


def _capacity_faults(detail: PlanDetail, capacity: Decimal | None) -> Iterator[PlanFault]:
    low, high = detail.capacity_from, detail.capacity_to
    if 0 < high <= low:
        yield PlanFault(PlanFaultCode.CAPACITY_LIMITS, facts=(("low", f"{low:f}"), ("high", f"{high:f}"), ("unit", detail.capacity_unit)))
    if detail.ampere is not None and detail.ampere > _MOST_AMPERE:
        yield PlanFault(PlanFaultCode.IMPLAUSIBLE_CAPACITY, facts=(("value", f"{detail.ampere:f}"), ("unit", "A")))
    if detail.base_type not in CAPACITY_TYPES:
        return  # the capacity decides nothing
    given = capacity if capacity is not None else detail.capacity
    below = _BELOW_CAPACITY.get(detail.contract_type)
    if given is None or below is None:
        return
    if given == 0 or (given > _MOST_AMPERE if detail.capacity_unit == "A" else given >= below):
        yield PlanFault(PlanFaultCode.IMPLAUSIBLE_CAPACITY, facts=(("value", f"{given:f}"), ("unit", detail.capacity_unit)))
