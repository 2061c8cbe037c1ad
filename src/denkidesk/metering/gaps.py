"""What stands in a gap, or makes a year of less than one, is the clerk's choice: the rules of billing rule 14, and their effect."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import HOURS, GapRule, ImportNote, ImportNoteCode, Usage, UsageDay, YearRule, years_later
from denkidesk.metering.profile import HOUSEHOLD, LoadProfile, is_day_off

_MEAN_DECIMALS: Final = 9
_EMPTY: Final = (None,) * HOURS

_Fill = Callable[[date, int], float]


def apply_gap_rule(usage: Usage, rule: GapRule) -> Usage:
    """The usage without gaps; unchanged where it has none. The peak stays what was measured, and so do the ends: no rule adds hours
    before the first figure or after the last.

    The mean is taken over the same hour of days of the same class (workday, or day off) in the same month, else in the months nearest
    to it. Raises InputRefused("usage", "gaps") under ``STOP``, and "gap_without_pattern" where no such hour was ever measured.
    """
    gaps = usage.gaps
    if not gaps:
        return usage
    if rule is GapRule.STOP:
        raise InputRefused.of("usage", UsageCode.GAPS, hours=str(len(gaps)), first=gaps[0][0].isoformat())
    fill = _mean_of(usage) if rule is GapRule.DAY_CLASS_MEAN else lambda _day, _hour: 0.0
    missing = frozenset(gaps)
    return replace(usage, days=tuple(_filled(day, fill, missing) for day in usage.days), filled_by=rule)


def as_year(usage: Usage, rule: YearRule) -> Usage:
    """The year that begins with the usage's first day, its missing days and hours filled by the rule, which is kept with it.

    Unchanged where the rule is to take the sum of what is there, or where nothing is missing.
    """
    first = usage.days[0].day
    present = {day.day: day for day in usage.days}
    days = [first + timedelta(days=number) for number in range((years_later(first, 1) - first).days)]
    whole = [present.get(day) or UsageDay(day, _EMPTY) for day in days]
    if rule is YearRule.WHAT_IS_THERE or all(day.is_whole for day in whole):
        return usage
    fill = _mean_of(usage) if rule is YearRule.DAY_CLASS_MEAN else _shape_of(usage, HOUSEHOLD)
    note = ImportNote(ImportNoteCode.YEAR_MADE, None, (("days", str(usage.whole_days)), ("rule", rule.value)))
    return replace(usage, days=tuple(_filled(day, fill) for day in whole), completed_by=rule, notes=(*usage.notes, note))


def _filled(day: UsageDay, fill: _Fill, missing: frozenset[tuple[date, int]] | None = None) -> UsageDay:
    if day.is_whole:
        return day
    hours = [
        fill(day.day, hour) if kwh is None and (missing is None or (day.day, hour) in missing) else kwh
        for hour, kwh in enumerate(day.hourly_kwh)
    ]
    return replace(day, hourly_kwh=tuple(hours))


_Key = tuple[int, bool, int]  # calendar month, day off, hour


def _mean_of(usage: Usage) -> _Fill:
    known: defaultdict[_Key, list[float]] = defaultdict(list)
    for day in usage.days:
        off = is_day_off(day.day)
        for hour, kwh in enumerate(day.hourly_kwh):
            if kwh is not None:
                known[(day.day.month, off, hour)].append(kwh)
    return lambda day, hour: _mean(known, day, hour)


def _mean(known: Mapping[_Key, list[float]], day: date, hour: int) -> float:
    off = is_day_off(day)
    for distance in range(7):
        months = {(day.month - 1 + step) % 12 + 1 for step in (-distance, distance)}
        figures = [kwh for month in sorted(months) for kwh in known.get((month, off, hour), ())]
        if figures:
            return round(sum(figures) / len(figures), _MEAN_DECIMALS)
    raise InputRefused.of("usage", UsageCode.GAP_WITHOUT_PATTERN, day=day.isoformat(), hour=str(hour))


def _shape_of(usage: Usage, profile: LoadProfile) -> _Fill:
    """The profile at the level of what was measured."""
    measured = [(day.day, hour, kwh) for day in usage.days for hour, kwh in enumerate(day.hourly_kwh) if kwh is not None]
    level = sum(kwh for _, _, kwh in measured) / sum(_weight(profile, day, hour) for day, hour, _ in measured)
    return lambda day, hour: round(level * _weight(profile, day, hour), _MEAN_DECIMALS)


def _weight(profile: LoadProfile, day: date, hour: int) -> float:
    shape = profile.day_off if is_day_off(day) else profile.workday
    return profile.monthly[day.month - 1] * shape[hour] / sum(shape)
