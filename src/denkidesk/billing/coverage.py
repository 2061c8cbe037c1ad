"""Whether a plan's conditions price each kWh exactly once (billing rules 3 to 6): hours, tiers, and what flows on over a cap."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.billing.windows import HOURS, MONTHS, Window, hour_bits
from denkidesk.domain.plans import Condition, DayClass, PlanDetail, PlanFault, PlanFaultCode, PricedHours

_FULL_CAP: Final = Decimal(100)
_DAY: Final = (1 << HOURS) - 1

# The hours of one month are a bit mask: bits 0 to 23 on weekdays, bits 24 to 47 on holidays.
_Found = dict[tuple[PlanFaultCode, tuple[tuple[str, str], ...]], dict[int, int]]  # code and facts -> month -> hours


@dataclass(frozen=True, slots=True)
class _Band:
    """Conditions that share one volume in a month, since they count the same hours: by their own window, or by their group's (rule 4)."""

    hours: int
    conditions: tuple[Condition, ...]


def coverage_faults(detail: PlanDetail, included_kwh: Collection[Decimal]) -> tuple[PlanFault, ...]:
    """Hours and tiers that are priced not at all or twice, each fault once with all months and hours that it concerns.

    ``included_kwh``: where the tiers of a whole month may begin instead of 0, since the base charge holds the kWh below.
    """
    has_holidays = any((detail.holidays.saturday, detail.holidays.sunday, detail.holidays.public_holiday))
    all_hours = _DAY | (_DAY << HOURS) if has_holidays else _DAY
    windows = [(condition, Window.of(condition)) for condition in sorted(detail.conditions, key=lambda one: one.calc_order)]
    masks = {window: hour_bits(window) & all_hours for _, window in windows}
    found: _Found = {}
    alike: dict[tuple[int, ...], list[tuple[PlanFaultCode, tuple[tuple[str, str], ...], int]]] = {}  # most months have the same conditions
    for month in range(1, MONTHS + 1):
        places = tuple(place for place, (_, window) in enumerate(windows) if window.has_month(month))
        faults = alike.get(places)
        if faults is None:
            applicable = [(windows[place][0], masks[windows[place][1]]) for place in places]
            faults = alike[places] = list(_faults_of_month(_bands(applicable), applicable, all_hours, included_kwh))
        for code, facts, hours in faults:
            of_fault = found.setdefault((code, facts), {})
            of_fault[month] = of_fault.get(month, 0) | hours
    return tuple(PlanFault(code, _places(by_month, has_holidays), facts) for (code, facts), by_month in found.items())


def _bands(applicable: Sequence[tuple[Condition, int]]) -> list[_Band]:
    unions: dict[int, int] = {}
    for condition, mask in applicable:
        unions[condition.group] = unions.get(condition.group, 0) | mask
    shared: dict[int, list[Condition]] = {}
    for condition, mask in applicable:
        shared.setdefault(unions[condition.group] if condition.group >= 1 else mask, []).append(condition)
    return [_Band(hours, tuple(conditions)) for hours, conditions in shared.items() if hours]


def _faults_of_month(
    bands: Sequence[_Band], applicable: Sequence[tuple[Condition, int]], all_hours: int, included_kwh: Collection[Decimal]
) -> Iterator[tuple[PlanFaultCode, tuple[tuple[str, str], ...], int]]:
    priced = twice = 0
    for band in bands:
        twice |= priced & band.hours
        priced |= band.hours
        # a minimum charge holds kWh of the whole month: it cannot be taken off each of several time bands
        starts = included_kwh if band.hours == all_hours else ()
        for code, facts in _tier_faults(band.conditions, starts):
            yield code, facts, band.hours
    if unpriced := all_hours & ~priced:
        yield PlanFaultCode.HOURS_UNPRICED, (), unpriced
    if twice:
        yield PlanFaultCode.HOURS_TWICE, (), twice
    yield from _cap_faults(bands, applicable)


def _tier_faults(
    conditions: Sequence[Condition], starts: Collection[Decimal]
) -> Iterator[tuple[PlanFaultCode, tuple[tuple[str, str], ...]]]:
    """Rule 6: the tiers of one volume run from 0 to open; each kWh lies in exactly one."""
    tiers = []
    for condition in conditions:
        if 0 < condition.volume_to <= condition.volume_from:
            yield PlanFaultCode.TIER_EMPTY, _tier(condition.volume_from, condition.volume_to)
        else:
            tiers.append((condition.volume_from, condition.volume_to or Decimal("Infinity")))
    tiers.sort()
    reached = tiers[0][0] if tiers and tiers[0][0] in starts else Decimal(0)
    for start, end in tiers:
        if start > reached:
            yield PlanFaultCode.TIER_UNPRICED, _tier(reached, start)
        elif start < reached:
            yield PlanFaultCode.TIER_TWICE, _tier(start, min(end, reached))
        reached = max(reached, end)
    if tiers and reached.is_finite():
        yield PlanFaultCode.TIER_UNPRICED, _tier(reached, Decimal(0))


def _tier(low: Decimal, high: Decimal) -> tuple[tuple[str, str], ...]:
    """Facts of a tier; "0" as the upper end is no limit, as in a condition."""
    return (("low", _plain(low)), ("high", _plain(high) if high.is_finite() else "0"))


def _plain(kwh: Decimal) -> str:
    return f"{kwh.normalize():f}"


def _cap_faults(
    bands: Sequence[_Band], applicable: Sequence[tuple[Condition, int]]
) -> Iterator[tuple[PlanFaultCode, tuple[tuple[str, str], ...], int]]:
    """Rule 5: what is over a cap is priced once only where one open tier takes all of it, and nobody else has that volume too."""
    band_of = {id(condition): band for band in bands for condition in band.conditions}
    for place, (condition, hours) in enumerate(applicable):
        if not 0 < condition.volume_cap < _FULL_CAP:
            continue
        facts = (("cap", _plain(condition.volume_cap)), ("name", condition.name))
        own = band_of.get(id(condition))
        if own is not None and len(own.conditions) > 1:
            yield PlanFaultCode.CAP_IN_TIERS, facts, hours
        elif place + 1 == len(applicable):
            yield PlanFaultCode.CAP_WITHOUT_NEXT, facts, hours
        else:
            following = applicable[place + 1][0]
            band = band_of.get(id(following))
            if (band is not None and len(band.conditions) > 1) or following.volume_from or following.volume_to:
                yield PlanFaultCode.CAP_IN_TIERS, facts, hours


def _places(by_month: Mapping[int, int], has_holidays: bool) -> tuple[PricedHours, ...]:
    """Months with the same hours together; weekdays and holidays together where their hours are the same."""
    months_of: dict[int, list[int]] = {}
    for month, hours in by_month.items():
        months_of.setdefault(hours, []).append(month)
    places = []
    for hours, months in months_of.items():
        weekday, holiday = hours & _DAY, hours >> HOURS
        if weekday == holiday or not has_holidays:
            parts = [(DayClass.ANY, weekday)]
        else:
            parts = [(DayClass.WEEKDAY, weekday), (DayClass.HOLIDAY, holiday)]
        for day_class, mask in parts:
            if mask:
                places.append(PricedHours(tuple(months), day_class, tuple(hour for hour in range(HOURS) if mask >> hour & 1)))
    return tuple(places)
