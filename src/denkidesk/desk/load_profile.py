"""When a customer uses electricity: mean days, the days of a month, and how long which demand lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from denkidesk.desk.price_schedule import Block, blocks
from denkidesk.domain.calendar import day_class
from denkidesk.domain.plans import DayClass, HolidayFlags, PlanDetail
from denkidesk.domain.usage import HOURS, Usage, UsageDay

_SUMMER: Final = (7, 8, 9)  # the summer of the tariffs (夏季)
_WINTER: Final = (12, 1, 2)
_PLAIN: Final = HolidayFlags(saturday=True, sunday=True, public_holiday=True)


class DayKind(StrEnum):
    """Days whose mean is a line of its own."""

    SUMMER = "summer"
    WINTER = "winter"
    BETWEEN = "between"
    HOLIDAY = "holiday"  # of the whole year


@dataclass(frozen=True, slots=True)
class MeanDay:
    """``hourly_kwh``: the mean of each hour over the ``days`` of a kind; None for an hour that none of them has."""

    kind: DayKind
    days: int
    hourly_kwh: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PriceBand:
    """Hours (the end does not belong to it) of a weekday with the prices, yen/kWh, that the year's months and steps have there."""

    hour_from: int
    hour_to: int
    name: str
    low_yen: Decimal
    high_yen: Decimal

    @property
    def mean_yen(self) -> Decimal:
        """By which it is coloured."""
        return (self.low_yen + self.high_yen) / 2


@dataclass(frozen=True, slots=True)
class Demand:
    """The hourly means in kW, the largest first. ``peak_kw``, ``peak_days``: the largest half-hour mean and its days where it is known."""

    kw: tuple[float, ...]
    peak_kw: float | None
    peak_days: tuple[date, ...]


def holidays_of(detail: PlanDetail | None) -> HolidayFlags:
    """The days that a plan calls holidays; Saturdays, Sundays and public holidays for a plan that tells none apart, and for none."""
    flags = detail.holidays if detail is not None else _PLAIN
    return flags if flags.saturday or flags.sunday or flags.public_holiday else _PLAIN


def mean_days(usage: Usage, holidays: HolidayFlags) -> tuple[MeanDay, ...]:
    """Summer's, winter's and the other weekdays, and holidays, those that the usage has."""
    groups: dict[DayKind, list[UsageDay]] = {kind: [] for kind in DayKind}
    for day in usage.days:
        groups[_kind_of(day.day, holidays)].append(day)
    return tuple(MeanDay(kind, len(days), tuple(_mean(days, hour) for hour in range(HOURS))) for kind, days in groups.items() if days)


def days_of_month(usage: Usage, month: int) -> tuple[UsageDay, ...]:
    """The days of a calendar month as they stand in one, whichever years they are of: a usage is never longer than a year."""
    return tuple(sorted((day for day in usage.days if day.day.month == month), key=lambda day: day.day.day))


def month_of(day: date) -> str:
    """ "2026-01"."""
    return f"{day.year:04}-{day.month:02}"


def place_of(day: date) -> str:
    """ "2026-01-05": what a picture's part of a day stands for."""
    return day.isoformat()


def price_bands(detail: PlanDetail, kind: DayClass = DayClass.WEEKDAY, month: int | None = None) -> tuple[PriceBand, ...]:
    """The hours of equal prices of such a day, in one month or in any; hours without a price are in none."""
    found: list[tuple[str, Decimal, Decimal] | None] = [None] * HOURS
    shown = [block for block in blocks(detail, kind) if month is None or block.month_from <= month <= block.month_to]
    for hour in range(HOURS):
        found[hour] = _prices([block for block in shown if block.hour_from <= hour < block.hour_to])
    starts = [hour for hour in range(HOURS) if hour == 0 or found[hour] != found[hour - 1]]
    ends = zip(starts, [*starts[1:], HOURS], strict=True)
    return tuple(PriceBand(start, end, *prices) for start, end in ends if (prices := found[start]) is not None)


def demand(usage: Usage) -> Demand:
    """How long which demand lasts."""
    kw = sorted((kwh for day in usage.days for kwh in day.hourly_kwh if kwh is not None), reverse=True)
    peaks = tuple(day.day for day in usage.days if usage.peak_kw is not None and day.peak_kw == usage.peak_kw)
    return Demand(tuple(kw), usage.peak_kw, peaks)


def _kind_of(day: date, holidays: HolidayFlags) -> DayKind:
    if day_class(day, holidays) is DayClass.HOLIDAY:
        return DayKind.HOLIDAY
    return DayKind.SUMMER if day.month in _SUMMER else DayKind.WINTER if day.month in _WINTER else DayKind.BETWEEN


def _mean(days: Sequence[UsageDay], hour: int) -> float | None:
    there = [kwh for day in days if (kwh := day.hourly_kwh[hour]) is not None]
    return sum(there) / len(there) if there else None


def _prices(shown: Sequence[Block]) -> tuple[str, Decimal, Decimal] | None:
    if not shown:
        return None
    units = [unit for block in shown for _, unit in block.tiers]
    return "・".join(dict.fromkeys(block.name for block in shown if block.name)), min(units), max(units)
