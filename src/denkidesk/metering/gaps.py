"""What stands in a gap is the clerk's choice, never ours: the rules to choose from, and their effect."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import GapRule, Usage, UsageDay

_MEAN_DECIMALS = 4


def apply_gap_rule(usage: Usage, rule: GapRule) -> Usage:
    """The usage without gaps; unchanged where it has none. The peak stays what was measured, and so do the ends: no rule adds hours
    before the first figure or after the last.

    The mean is taken over the same weekday and hour of the same calendar month, else of all data, and kept to 4 decimals. Raises
    InputRefused("usage", "gaps") under ``STOP``, and "gap_without_pattern" where no such hour was ever measured.
    """
    gaps = usage.gaps
    if not gaps:
        return usage
    if rule is GapRule.STOP:
        raise InputRefused.of("usage", UsageCode.GAPS, hours=str(len(gaps)), first=gaps[0][0].isoformat())
    means = _means(usage) if rule is GapRule.SAME_WEEKDAY_MEAN else None
    fillings = {(day, hour): _filling(day, hour, means) for day, hour in gaps}
    return replace(
        usage,
        days=tuple(
            UsageDay(day.day, tuple(fillings.get((day.day, hour), value) for hour, value in enumerate(day.hourly_kwh)))
            for day in usage.days
        ),
    )


_Key = tuple[int | None, int, int]  # calendar month or None for all, weekday, hour


def _means(usage: Usage) -> Mapping[_Key, float]:
    known: defaultdict[_Key, list[float]] = defaultdict(list)
    for day in usage.days:
        for hour, value in enumerate(day.hourly_kwh):
            if value is not None:
                known[(day.day.month, day.day.weekday(), hour)].append(value)
                known[(None, day.day.weekday(), hour)].append(value)
    return {key: round(sum(values) / len(values), _MEAN_DECIMALS) for key, values in known.items()}


def _filling(day: date, hour: int, means: Mapping[_Key, float] | None) -> float:
    if means is None:
        return 0.0
    for month in (day.month, None):
        mean = means.get((month, day.weekday(), hour))
        if mean is not None:
            return mean
    raise InputRefused.of("usage", UsageCode.GAP_WITHOUT_PATTERN, day=day.isoformat(), hour=str(hour))
