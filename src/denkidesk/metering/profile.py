"""From one month's kWh, or twelve, to a year of hours: an estimate by a plain shape, marked as such.

The shape is our own and deliberately plain: it stands for a household with electric light, cooking and air conditioning and claims no
statistics behind it. A month's kWh is kept exactly; only its distribution over hours, and from one month to the others, is assumed.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from denkidesk.domain.calendar import is_special_day
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.usage import HOURS, Usage, UsageDay

_MOST_KWH: Final = Decimal(10_000_000)
_FINEST_DECIMALS: Final = 9


@dataclass(frozen=True, slots=True)
class LoadProfile:
    """``monthly``: relative usage of a day in January to December. ``workday``, ``day_off``: relative usage of the hours 0 to 23."""

    name: str
    monthly: tuple[int, ...]
    workday: tuple[int, ...]
    day_off: tuple[int, ...]


HOUSEHOLD: Final = LoadProfile(
    "household-plain",
    # winter and high summer above spring and autumn
    monthly=(130, 128, 108, 92, 84, 86, 102, 112, 98, 84, 92, 118),
    # a low night, a small morning peak, an evening peak; at home in the daytime on days off
    workday=(35, 30, 28, 27, 28, 34, 50, 60, 52, 45, 42, 42, 46, 44, 42, 44, 52, 68, 84, 90, 86, 78, 66, 50),
    day_off=(36, 31, 28, 27, 28, 32, 42, 54, 62, 64, 62, 62, 66, 62, 58, 58, 64, 76, 88, 90, 84, 76, 64, 50),
)


def usage_from_month_kwh(month: int, kwh: Decimal | float, year: int, profile: LoadProfile = HOUSEHOLD) -> Usage:
    """A calendar year whose ``month`` adds up to ``kwh`` exactly (to 9 decimals); the other months follow the profile's seasons."""
    return usage_from_months({month: kwh}, year, profile)


def usage_from_months(kwh_by_month: Mapping[int, Decimal | float], year: int, profile: LoadProfile = HOUSEHOLD) -> Usage:
    """A calendar year whose given months add up to their kWh exactly, as written decimals.

    Months that are not given follow the profile's seasons at the level of those that are. Raises InputRefused for "month", "kwh" or "year".
    """
    given = {month: _checked(month, kwh) for month, kwh in kwh_by_month.items()}
    if not given:
        raise InputRefused.of("kwh", InputCode.REQUIRED)
    if not 2000 <= year <= 2100:
        raise InputRefused.of("year", InputCode.OUT_OF_RANGE, value=str(year))
    seasons = {month: profile.monthly[month - 1] * monthrange(year, month)[1] for month in range(1, 13)}
    level = sum(given.values(), Decimal(0)) / sum(seasons[month] for month in given)
    days: list[UsageDay] = []
    for month in range(1, 13):
        kwh = given[month] if month in given else (level * seasons[month]).quantize(Decimal("0.1"))
        days.extend(days_of_month(year, month, kwh, profile))
    months = " ".join(str(month) for month in sorted(given))
    return Usage(tuple(days), estimated=True, source=f"{profile.name}: {months}")


def _checked(month: int, kwh: Decimal | float) -> Decimal:
    if not 1 <= month <= 12:
        raise InputRefused.of("month", InputCode.OUT_OF_RANGE, value=str(month))
    written = kwh if isinstance(kwh, Decimal) else Decimal(str(kwh))
    if not written.is_finite() or not 0 <= written <= _MOST_KWH:
        raise InputRefused.of("kwh", InputCode.OUT_OF_RANGE, value=str(kwh))
    return round(written, _FINEST_DECIMALS) if -_exponent(written) > _FINEST_DECIMALS else written


def _exponent(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def days_of_month(year: int, month: int, kwh: Decimal, profile: LoadProfile = HOUSEHOLD) -> list[UsageDay]:
    """The days of a month that add up to its kWh exactly."""
    dates = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    weights = [weight for day in dates for weight in (profile.day_off if is_day_off(day) else profile.workday)]
    hours = _shared(kwh, weights)
    return [UsageDay(day, tuple(hours[place * HOURS : (place + 1) * HOURS])) for place, day in enumerate(dates)]


def is_day_off(day: date) -> bool:
    """A weekend's day or a special one."""
    return day.weekday() >= 5 or is_special_day(day)


def _shared(kwh: Decimal, weights: Sequence[int]) -> list[float]:
    """The kWh in parts by weight: whole multiples of 0.0001 kWh (or of its own last decimal), so that their sum is exact."""
    decimals = max(4, -_exponent(kwh))
    units = int(kwh.scaleb(decimals))
    total = sum(weights)
    bounds = [0]
    passed = 0
    for weight in weights:
        passed += weight
        bounds.append(units * passed // total)
    return [(upper - lower) / 10**decimals for lower, upper in pairwise(bounds)]
