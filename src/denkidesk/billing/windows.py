"""Which months and hours a price condition covers (billing rule 3)."""

from dataclasses import dataclass
from functools import lru_cache

from denkidesk.domain.plans import Condition, DayClass

MONTHS = 12
HOURS = 24


@dataclass(frozen=True, slots=True)
class Window:
    """Months, day class and hours of a condition; equal windows compare equal, so that their volumes are summed once."""

    month_from: int
    month_to: int
    day_class: DayClass
    time_from: int
    time_to: int

    @classmethod
    def of(cls, condition: Condition) -> "Window":
        """The window of one condition."""
        return cls(condition.month_from, condition.month_to, condition.day_class, condition.time_from, condition.time_to)

    @property
    def valid(self) -> bool:
        """Months 1 to 12, from hour 0 to 23, to hour 0 to 24: ``time_from`` 24 names no hour."""
        months_valid = 1 <= self.month_from <= MONTHS and 1 <= self.month_to <= MONTHS
        return months_valid and 0 <= self.time_from < HOURS and 0 <= self.time_to <= HOURS

    @property
    def wraps(self) -> bool:
        """Runs over midnight or over the year's end: that these wrap is assumed (rule 3)."""
        start, end = self.time_from, self.time_to % HOURS
        return self.month_from > self.month_to or (start > end > 0)

    def has_month(self, month: int) -> bool:
        """Both ends belong to the window; a window from October to March runs over the year's end (assumed)."""
        if self.month_from <= self.month_to:
            return self.month_from <= month <= self.month_to
        return month >= self.month_from or month <= self.month_to

    def has_hour(self, hour: int) -> bool:
        """``time_from`` <= hour < ``time_to``, over midnight where they are the other way round (assumed); equal is the whole day.

        ``time_to`` 24 is midnight, as 0 is.
        """
        start, end = self.time_from, self.time_to % HOURS
        if start == end:
            return True
        if start < end:
            return start <= hour < end
        return hour >= start or hour < end


@lru_cache(maxsize=1024)
def hour_bits(window: Window) -> int:
    """The hours of a day of one of its months: bits 0 to 23 on a weekday, bits 24 to 47 on a holiday."""
    hours = sum(1 << hour for hour in range(HOURS) if window.has_hour(hour))
    return (0 if window.day_class is DayClass.HOLIDAY else hours) | (0 if window.day_class is DayClass.WEEKDAY else hours << HOURS)
