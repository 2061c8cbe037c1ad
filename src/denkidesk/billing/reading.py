"""Meter readings: the periods between them, and which of them the data hold whole (billing rule 16)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from denkidesk.domain.paper_bills import Period, Supplement, month_of, months_later
from denkidesk.domain.usage import Usage


def periods_of_day(read_day: int, usage: Usage) -> tuple[Period, ...]:
    """The periods that touch the data where the meter is read on that day of each month, or on the last where there is no such day."""
    first, last = usage.days[0].day, usage.days[-1].day
    months = [months_later(month_of(first), -1)]
    while months[-1] < months_later(month_of(last), 1):
        months.append(months_later(months[-1], 1))
    dates = [date(int(month[:4]), int(month[5:]), 1) for month in months]
    readings = [day.replace(day=min(read_day, monthrange(day.year, day.month)[1])) for day in dates]
    return tuple(period for period in periods_between(readings) if period.last >= first and period.first <= last)


def periods_between(readings: Sequence[date]) -> tuple[Period, ...]:
    """Each from one reading to the day before the next."""
    return tuple(Period(first, following - timedelta(days=1)) for first, following in pairwise(readings))


def under_contract(period: Period, supplement: Supplement) -> Period | None:
    """The period's days under contract; None where it has none."""
    first = max(period.first, supplement.contract_from or period.first)
    last = min(period.last, supplement.contract_to or period.last)
    return Period(first, last) if first <= last else None


def days_inside(usage: Usage, period: Period) -> Usage:
    """The usage of the period's days."""
    return Usage(tuple(day for day in usage.days if period.first <= day.day <= period.last), source=usage.source)


def is_whole(usage: Usage, period: Period) -> bool:
    """Whether the data hold each hour of the period."""
    days = days_inside(usage, period).days
    return len(days) == period.days and all(day.is_whole for day in days)
