"""One customer's hours, summed once: every plan is priced from these sums alone."""

import math
from calendar import monthrange
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.hours import Cells, covered
from denkidesk.billing.rounding import EXACT, as_written
from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.calendar import is_special_day, public_holidays
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.plans import DayClass, HolidayFlags
from denkidesk.domain.usage import Usage, UsageDay

KINDS_OF_DAY = 6  # weekday, Saturday, Sunday; each ordinary or special
_MOST_DECIMALS = 9
_EXACT_IN_DOUBLE = 2.0**53

_WHOLE_YEAR = frozenset([Window(1, MONTHS, DayClass.ANY, 0, 0)])

Figures = NDArray[Any]  # float64, or objects that are Decimal where a bill must be exact


class UsageSums:
    """The month x kind of day x hour sums of one usage; made once for a customer, whatever the number of plans.

    Raises InputRefused("usage", ...) for a usage that no bill can be made of: no day, days out of order, a gap, more than a year, a
    figure that is negative or not finite. ``extra_days``: whether the seven extra special days of rule 2 count.
    """

    def __init__(self, usage: Usage, *, extra_days: bool = True) -> None:
        self.peak_kw = usage.peak_kw
        self._of = usage
        self._usage: Usage | None = usage
        days = [day.day for day in usage.days]
        _check_days(days)
        self.days: Sequence[date] = days
        self._whole_days = [day.is_whole for day in usage.days]
        months = np.array([day.month - 1 for day in days])
        self._special_days = tuple(day for day in days if (is_special_day(day) if extra_days else day in public_holidays(day.year)))
        special = frozenset(self._special_days)
        # rule 2: which days are holidays depends on the plan; the six kinds of day do not
        kinds = np.array([max(day.weekday() - 4, 0) * 2 + (day in special) for day in days])
        self._bin = ((months * KINDS_OF_DAY + kinds) * HOURS)[:, None] + np.arange(HOURS)
        self.billed: NDArray[np.bool_] = np.bincount(months, minlength=MONTHS) > 0
        self.labels = _labels(days)
        self._take(hours_of(usage))

    @property
    def usage(self) -> Usage:
        """What is summed. Of other kWh it is made when somebody asks, which takes longer than to sum them."""
        if self._usage is None:
            self._usage = with_kwh(self._of, self.hourly_kwh, self.peak_kw)
        return self._usage

    def of_same_days(self, hourly_kwh: NDArray[np.float64], peak_kw: float | None) -> "UsageSums":
        """The sums of other kWh on the very days of this usage, which then need not be looked up in the calendar again.

        ``hourly_kwh``: days x hours, NaN where this usage has no figure.
        """
        other = copy(self)
        other.peak_kw, other._usage = peak_kw, None  # noqa: SLF001 - of the same class
        other._take(hourly_kwh)  # noqa: SLF001 - as above
        return other

    def _take(self, hourly_kwh: NDArray[np.float64]) -> None:
        self.hourly_kwh = hourly_kwh  # as given, NaN where there is no figure; not to be written to
        self._kwh = _priceable(hourly_kwh, self._of, is_whole=all(self._whole_days))
        self._sums: Figures = np.bincount(self._bin.ravel(), self._kwh.ravel(), MONTHS * KINDS_OF_DAY * HOURS).reshape(
            MONTHS, KINDS_OF_DAY, HOURS
        )
        self.largest_hour_kwh = float(self._kwh.max())
        self._volumes: dict[tuple[frozenset[Window], HolidayFlags | None, bool], Figures] = {}
        self._by_class: dict[tuple[HolidayFlags | None, bool], Figures] = {}
        self._whole_numbers: tuple[NDArray[Any], int] | None = None
        self._whole_by_kind: NDArray[Any] | None = None

    @cached_property
    def day_counts(self) -> tuple[tuple[int, int], ...]:
        """Rule 14, January to December: whole days in the data, days of the month. Parts at both ends of a year count together."""
        whole = [0] * MONTHS
        for day, is_whole in zip(self.days, self._whole_days, strict=True):
            whole[day.month - 1] += is_whole
        return tuple((count, monthrange(int(label[:4]), int(label[5:]))[1]) for count, label in zip(whole, self.labels, strict=True))

    @cached_property
    def months_incomplete(self) -> bool:
        """A billed month lacks a day, or is put together from both ends of the year: where the assumed part of rule 1 acts."""
        if any(billed and days < of for billed, (days, of) in zip(self.billed.tolist(), self.day_counts, strict=True)):
            return True
        return any(len({day.year for day in self.days if day.month == month}) > 1 for month in {self.days[0].month, self.days[-1].month})

    def holiday_rule_acts(self, flags: HolidayFlags) -> bool:
        """Some day is weekday or holiday only by the assumed part of rule 2: flags that disagree, or one of the extra days."""
        for day in self._special_days:
            weekend = {5: flags.saturday, 6: flags.sunday}.get(day.weekday())
            if weekend is not None and weekend != flags.public_holiday:
                return True
            if flags.public_holiday and not weekend and day not in public_holidays(day.year):
                return True
        return False

    def total_kwh(self, exact: bool) -> Figures:
        """kWh of each month, January to December."""
        return self.volume_kwh(_WHOLE_YEAR, None, exact)

    def volume_kwh(self, windows: frozenset[Window], flags: HolidayFlags | None, exact: bool) -> Figures:
        """kWh of each month inside the union of the windows (rules 3 and 4); every answer is kept for the next plan."""
        if all(window.day_class is DayClass.ANY for window in windows):
            flags = None  # one answer for every plan
        key = (windows, flags, exact)
        found = self._volumes.get(key)
        if found is None:
            inside = (self._sums_by_class(flags, exact) * covered(windows)).reshape(MONTHS, -1).sum(axis=1)
            found = self._volumes[key] = self._written(inside) if exact else inside
        return found

    @property
    def by_kind_of_day(self) -> NDArray[np.float64]:
        """kWh of each month x kind of day x hour of the day (12 x 6 x 24), whatever a plan calls a holiday."""
        return self._sums

    def exact_kwh(self, month: int, hours: NDArray[np.bool_]) -> Decimal:
        """kWh of a month, 0 for January, in these hours (kinds of day x 24), from the figures as written."""
        whole, decimals = self._as_whole_numbers()
        if self._whole_by_kind is None:
            self._whole_by_kind = _sum_bins(self._bin, whole, self._sums.size).reshape(self._sums.shape)
        with localcontext(EXACT):
            return Decimal(int(self._whole_by_kind[month][hours].sum())).scaleb(-decimals)

    def hours_by_month(self, exact: bool) -> tuple[tuple[str, ...], Figures]:
        """The year-months of the data and their kWh in each hour of the day (year-months x 24), for prices that differ by year."""
        stamps = [f"{day.year:04}-{day.month:02}" for day in self.days]
        year_months = tuple(sorted(set(stamps)))
        place = {stamp: index for index, stamp in enumerate(year_months)}
        bins = np.array([place[stamp] for stamp in stamps])[:, None] * HOURS + np.arange(HOURS)
        size = len(year_months) * HOURS
        if exact:
            return year_months, self._written(_sum_bins(bins, self._as_whole_numbers()[0], size)).reshape(-1, HOURS)
        return year_months, np.bincount(bins.ravel(), self._kwh.ravel(), size).reshape(-1, HOURS)

    def _sums_by_class(self, flags: HolidayFlags | None, exact: bool) -> Figures:
        """month x (weekday, holiday) x hour under a plan's flags; exact: whole multiples of the smallest decimal place."""
        key = (flags, exact)
        found = self._by_class.get(key)
        if found is None:
            sums: Figures = self._sums
            if exact:
                sums = _sum_bins(self._bin, self._as_whole_numbers()[0], self._sums.size).reshape(self._sums.shape)
            holiday = holiday_kinds(flags)
            found = np.stack([sums[:, ~holiday].sum(axis=1), sums[:, holiday].sum(axis=1)], axis=1)
            self._by_class[key] = found
        return found

    def _as_whole_numbers(self) -> tuple[NDArray[Any], int]:
        if self._whole_numbers is None:
            self._whole_numbers = _whole_numbers(self._kwh)
        return self._whole_numbers

    def _written(self, whole: NDArray[Any]) -> Figures:
        """Whole numbers of the smallest decimal place -> Decimal kWh."""
        decimals = self._as_whole_numbers()[1]
        with localcontext(EXACT):
            flat = [Decimal(int(number)).scaleb(-decimals) for number in whole.ravel()]
        written = np.empty(whole.shape, dtype=object)
        written.ravel()[:] = flat
        return written


def _check_days(days: list[date]) -> None:
    if not days:
        raise InputRefused.of("usage", UsageCode.EMPTY)
    for earlier, later in pairwise(days):
        if later <= earlier:
            raise InputRefused.of("usage", UsageCode.DAYS_OUT_OF_ORDER, day=later.isoformat(), before=earlier.isoformat())
    first, last = days[0], days[-1]
    if (last.year - first.year, last.month, last.day) >= (1, first.month, first.day):
        raise InputRefused.of("usage", UsageCode.MORE_THAN_A_YEAR, first=first.isoformat(), last=last.isoformat())


def with_kwh(usage: Usage, hourly_kwh: NDArray[np.float64], peak_kw: float | None) -> Usage:
    """The same days with other figures; NaN where there is none."""
    hours: list[tuple[float | None, ...]] = [tuple(row) for row in hourly_kwh.tolist()]
    if np.isnan(hourly_kwh).any():
        hours = [tuple(None if value is None or math.isnan(value) else value for value in row) for row in hours]
    days = tuple(UsageDay(day.day, row) for day, row in zip(usage.days, hours, strict=True))
    return replace(usage, days=days, peak_kw=peak_kw)


def hours_of(usage: Usage) -> NDArray[np.float64]:
    """Days x hours; None becomes NaN."""
    for day in usage.days:
        if len(day.hourly_kwh) != HOURS:
            raise InputRefused.of("usage", UsageCode.NOT_24_HOURS, day=day.day.isoformat(), hours=str(len(day.hourly_kwh)))
    return np.array([day.hourly_kwh for day in usage.days], dtype=np.float64)


def _priceable(hourly_kwh: NDArray[np.float64], usage: Usage, *, is_whole: bool) -> NDArray[np.float64]:
    kwh = hourly_kwh
    if not is_whole:
        if gaps := usage.gaps:
            raise InputRefused.of("usage", UsageCode.GAPS, hours=str(len(gaps)), first=gaps[0][0].isoformat())
        # before the first figure and after the last there is nothing to price; their days are not counted as whole
        kwh = np.where([[value is None for value in day.hourly_kwh] for day in usage.days], 0.0, kwh)
    if not np.isfinite(kwh).all() or kwh.min() < 0:
        row, hour = np.argwhere(~np.isfinite(kwh) | (kwh < 0))[0]
        raise InputRefused.of(
            "usage", UsageCode.NOT_A_VOLUME, day=usage.days[row].day.isoformat(), hour=str(int(hour)), value=str(float(kwh[row, hour]))
        )
    return kwh


def _labels(days: list[date]) -> tuple[str, ...]:
    """Rule 1: each month has the year of its first day; one without data the year that it would have in this span."""
    first = days[0]
    labels = [f"{first.year + (month < first.month):04}-{month:02}" for month in range(1, MONTHS + 1)]
    for day in reversed(days):
        labels[day.month - 1] = f"{day.year:04}-{day.month:02}"
    return tuple(labels)


def holiday_kinds(flags: HolidayFlags | None) -> NDArray[np.bool_]:
    """Which of the six kinds of day are holidays. Any flag that fits makes a holiday (assumed, rule 2), as in domain.calendar."""
    if flags is None:
        return np.zeros(KINDS_OF_DAY, dtype=np.bool_)
    by_weekday = (False, flags.saturday, flags.sunday)
    return np.array([weekend or (special and flags.public_holiday) for weekend in by_weekday for special in (False, True)])


def by_kind_of_day(cells: Cells, flags: HolidayFlags) -> Cells:
    """Months x (weekday, holiday) x hours as a plan's flags make them of the six kinds of day: 12 x 6 x 24."""
    found: Cells = cells[:, holiday_kinds(flags).astype(np.intp)]
    return found


def _whole_numbers(kwh: NDArray[np.float64]) -> tuple[NDArray[Any], int]:
    """The figures as written, as whole multiples of 10**-decimals.

    A decimal of at most 15 digits is the only such decimal that reads as its float, so a division that gives the float back proves
    that the multiple is the figure as written. Figures with more digits go one by one.
    """
    for decimals in range(_MOST_DECIMALS + 1):
        scale = 10.0**decimals
        scaled = np.rint(kwh * scale)
        if scaled.max() >= 1e15 or scaled.sum() >= _EXACT_IN_DOUBLE:
            break
        if np.array_equal(scaled / scale, kwh):
            return scaled, decimals
    figures = [as_written(value) for value in kwh.ravel().tolist()]
    decimals = max(0, -min(_exponent(figure) for figure in figures))
    whole = np.empty(kwh.size, dtype=object)
    with localcontext(EXACT):
        whole[:] = [int(figure.scaleb(decimals)) for figure in figures]
    return whole.reshape(kwh.shape), decimals


def _exponent(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _sum_bins(bins: NDArray[Any], whole: NDArray[Any], size: int) -> NDArray[Any]:
    if whole.dtype != object:
        return np.bincount(bins.ravel(), whole.ravel(), size).astype(np.int64)  # exact: the sum of all stays below 2**53
    sums = np.zeros(size, dtype=object)
    np.add.at(sums, bins.ravel(), whole.ravel())
    return sums
