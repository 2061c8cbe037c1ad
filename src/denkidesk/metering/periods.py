"""Which time the data of a file are of."""

from calendar import monthrange
from datetime import date

from denkidesk.domain.usage import Usage

_PERIOD_DAYS = range(25, 37)


def reading_period(usage: Usage) -> tuple[date, date] | None:
    """First and last day of data that are one period from reading to reading: 25 to 36 whole days over the end of a month (rule 16).

    None where they are a calendar month, or longer, or shorter.
    """
    days = [day.day for day in usage.days if day.is_whole]
    if len(days) not in _PERIOD_DAYS or len(days) != len(usage.days) or usage.estimated:
        return None
    first, last = days[0], days[-1]
    whole_month = first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.month == last.month
    return None if whole_month or first.month == last.month else (first, last)
