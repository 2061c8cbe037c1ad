"""Japan's public holidays, and the extra days that bills count with them (billing rule 2)."""

from datetime import date
from functools import lru_cache
from typing import Final

from denkidesk.domain.plans import DayClass, HolidayFlags

EXTRA_SPECIAL_DAYS: Final = frozenset({(1, 2), (1, 3), (4, 30), (5, 1), (5, 2), (12, 30), (12, 31)})
"""(month, day) that the vendor's manual counts as holidays in its bill calculation."""


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Public, substitute and citizens' holidays of one year, as the ``jpholiday`` package knows them."""
    import jpholiday

    return frozenset(day for day, _ in jpholiday.year_holidays(year))


def is_special_day(day: date) -> bool:
    """A public holiday, or one of the seven extra days."""
    return (day.month, day.day) in EXTRA_SPECIAL_DAYS or day in public_holidays(day.year)


def day_class(day: date, flags: HolidayFlags) -> DayClass:
    """WEEKDAY or HOLIDAY under a plan's flags: any flag that fits makes a holiday (assumed, billing rule 2)."""
    weekday = day.weekday()
    holiday = (flags.saturday and weekday == 5) or (flags.sunday and weekday == 6) or (flags.public_holiday and is_special_day(day))
    return DayClass.HOLIDAY if holiday else DayClass.WEEKDAY
