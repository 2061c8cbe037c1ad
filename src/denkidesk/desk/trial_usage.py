"""What if: the measured usage as it would be if the customer used the electricity otherwise."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from denkidesk.billing.compiled import Floats
from denkidesk.domain.ranking import Trial
from denkidesk.domain.usage import Usage, UsageDay

_NIGHT: Final = (23, *range(7))
_SATURDAY: Final = 5  # as date.weekday() counts, and so many weekdays are before it


def tried_usage(measured: Usage, trial: Trial) -> Usage:
    """The measured usage itself where nothing of it is changed. What is moved to the night is spread evenly over its hours."""
    if not (trial.kwh_percent or trial.night_percent or trial.home_days):
        return measured
    factor, share = 1 + trial.kwh_percent / 100, trial.night_percent / 100
    kwh = np.array([day.hourly_kwh for day in measured.days], dtype=np.float64)  # None becomes NaN
    if trial.home_days:
        kwh = _more_at_home(kwh, [day.day for day in measured.days], trial.home_days)
    day_hours = np.ones(kwh.shape[1], dtype=np.bool_)
    day_hours[list(_NIGHT)] = False
    moved = np.nansum(kwh[:, day_hours], axis=1, keepdims=True) * share / len(_NIGHT)
    kwh = np.round(np.where(day_hours, kwh * (1 - share), kwh + moved) * factor, 4)
    hours = [tuple(row) for row in kwh.tolist()]
    if np.isnan(kwh).any():
        hours = [tuple(None if math.isnan(value) else value for value in row) for row in hours]
    days = tuple(UsageDay(day.day, row) for day, row in zip(measured.days, hours, strict=True))
    return replace(measured, days=days, peak_kw=None if measured.peak_kw is None else measured.peak_kw * factor)


def _more_at_home(kwh: Floats, days: Sequence[date], home_days: int) -> Floats:
    """Each weekday is so many fifths a mean Saturday or Sunday of its month; a month without one stays as it is."""
    months = np.array([day.month for day in days])
    weekend = np.array([day.weekday() >= _SATURDAY for day in days])
    part = home_days / _SATURDAY
    changed = kwh.copy()
    for month in np.unique(months):
        at_home, at_work = kwh[(months == month) & weekend], (months == month) & ~weekend
        if len(at_home) and not np.isnan(at_home).all(axis=0).any():
            changed[at_work] = kwh[at_work] * (1 - part) + np.nanmean(at_home, axis=0) * part
    return changed
