"""What if: the measured usage as it would be if the customer used the electricity otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Final, cast

import numpy as np

from denkidesk.billing.compiled import Floats
from denkidesk.billing.sums import UsageSums, hours_of, with_kwh
from denkidesk.domain.ranking import Trial
from denkidesk.domain.usage import Usage

_NIGHT: Final = (23, *range(7))
_SATURDAY: Final = 5  # as date.weekday() counts, and so many weekdays are before it


def tried_usage(measured: Usage, trial: Trial) -> Usage:
    """The measured usage itself where nothing of it is changed."""
    if not _changes(trial):
        return measured
    kwh = _tried_kwh(hours_of(measured), [day.day for day in measured.days], trial)
    return with_kwh(measured, kwh, _tried_peak(measured.peak_kw, trial))


def tried_sums(measured: UsageSums, trial: Trial) -> UsageSums:
    """The sums of the same; a slider that moves asks for them many times, and nobody for the days one by one."""
    if not _changes(trial):
        return measured
    return measured.of_same_days(_tried_kwh(measured.hourly_kwh, measured.days, trial), _tried_peak(measured.peak_kw, trial))


def _changes(trial: Trial) -> bool:
    return bool(trial.kwh_percent or trial.night_percent or trial.home_days)


def _tried_kwh(kwh: Floats, days: Sequence[date], trial: Trial) -> Floats:
    """Days x hours, NaN where there is no figure. What is moved to the night is spread evenly over its hours."""
    share = trial.night_percent / 100
    if trial.home_days:
        kwh = _more_at_home(kwh, days, trial.home_days)
    day_hours = np.ones(kwh.shape[1], dtype=np.bool_)
    day_hours[list(_NIGHT)] = False
    moved = np.nansum(kwh[:, day_hours], axis=1, keepdims=True) * share / len(_NIGHT)
    return cast("Floats", np.round(np.where(day_hours, kwh * (1 - share), kwh + moved) * _factor(trial), 4))


def _tried_peak(peak_kw: float | None, trial: Trial) -> float | None:
    return None if peak_kw is None else peak_kw * _factor(trial)


def _factor(trial: Trial) -> float:
    return 1 + trial.kwh_percent / 100


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
