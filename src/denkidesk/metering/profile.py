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
from denkidesk.domain.usage import HOURS, LoadShape, Usage, UsageDay

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


SHAPES: Final[Mapping[LoadShape, LoadProfile]] = {
    LoadShape.HOUSEHOLD: HOUSEHOLD,
    # one metered house in Sceaux, France, 2008: UCI Machine Learning Repository 235, G. Hebrail and A. Berard, CC BY 4.0; August away
    LoadShape.HOUSE_FRANCE: LoadProfile(
        "house-france-2008",
        monthly=(136, 110, 116, 104, 95, 93, 74, 26, 92, 106, 129, 119),
        workday=(26, 21, 21, 21, 21, 22, 45, 86, 76, 65, 59, 57, 55, 50, 45, 41, 38, 41, 50, 74, 89, 91, 67, 39),
        day_off=(44, 37, 27, 25, 24, 24, 25, 41, 52, 55, 61, 63, 67, 74, 74, 66, 61, 66, 85, 102, 105, 93, 75, 55),
    ),
    # the other three: reference buildings of the US Department of Energy, simulated for Baltimore, from NREL's REopt.jl, Apache-2.0
    LoadShape.APARTMENTS_US: LoadProfile(
        "apartments-us",
        monthly=(96, 93, 87, 82, 86, 117, 135, 136, 98, 88, 88, 93),
        workday=(34, 33, 33, 35, 40, 45, 49, 49, 47, 43, 44, 45, 46, 46, 48, 58, 68, 75, 76, 76, 69, 57, 46, 38),
        day_off=(34, 33, 32, 34, 40, 45, 49, 45, 42, 38, 38, 40, 40, 40, 42, 52, 65, 74, 74, 75, 68, 56, 45, 37),
    ),
    LoadShape.OFFICE_US: LoadProfile(
        "office-us",
        monthly=(96, 95, 95, 89, 95, 113, 112, 121, 102, 95, 94, 94),
        workday=(24, 24, 25, 25, 26, 32, 36, 62, 75, 76, 77, 76, 78, 80, 80, 81, 62, 47, 46, 45, 44, 30, 24, 24),
        day_off=(22, 22, 22, 23, 22, 25, 23, 24, 25, 25, 25, 22, 20, 21, 21, 21, 20, 17, 18, 21, 22, 22, 23, 23),
    ),
    LoadShape.SHOP_US: LoadProfile(
        "shop-us",
        monthly=(94, 93, 93, 91, 95, 112, 117, 121, 102, 95, 94, 93),
        workday=(13, 13, 13, 14, 13, 21, 30, 44, 68, 81, 84, 85, 86, 87, 88, 88, 88, 75, 66, 62, 36, 17, 13, 13),
        day_off=(13, 13, 13, 13, 13, 15, 18, 31, 46, 59, 64, 71, 75, 75, 76, 76, 70, 58, 42, 37, 23, 15, 13, 13),
    ),
}
"""Means of a day in each month, and of each hour on workdays and on days off, of the year that the source has."""


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
