"""Area prices of the wholesale market: a year of monthly means by hour, and what a customer's hours make of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from denkidesk.domain.areas import Area
from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.domain.usage import HOURS, Usage

YEAR_MONTHS: Final = 12
_CHEAPEST: Final = 3


@dataclass(frozen=True, slots=True)
class AreaArchive:
    """Every month that was ever fetched of an area, oldest first. ``checked_at``: when the server was asked last."""

    area: Area
    months: tuple[AreaPriceMonth, ...]
    checked_at: datetime

    def years(self) -> tuple[tuple[AreaPriceMonth, ...], ...]:
        """The months in runs of at most twelve, the newest run first; a run ends where a month is missing."""
        runs: list[list[AreaPriceMonth]] = []
        for month in reversed(self.months):
            if runs and len(runs[-1]) < YEAR_MONTHS and _follows(runs[-1][-1].year_month, month.year_month):
                runs[-1].append(month)
            else:
                runs.append([month])
        return tuple(tuple(reversed(run)) for run in runs)


@dataclass(frozen=True, slots=True)
class PricedMonth:
    """One month. ``flat``: the mean of its 24 prices, which a use that is the same all day pays. ``weighted``: what the customer's hours
    of that calendar month pay per kWh; None without such hours.
    """

    year_month: str
    prices: tuple[Decimal, ...]
    flat: Decimal
    cheapest: frozenset[int]
    weighted: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """What the customer pays more per kWh than a use that is the same all day."""
        return None if self.weighted is None else self.weighted - self.flat


@dataclass(frozen=True, slots=True)
class PricedYear:
    """Twelve months, or as many as are known. ``prices``: by hour, over all of them.

    ``flat`` and ``weighted`` are of the months that have a use, where there is a customer: both sides count the same months.
    ``by_hours`` and ``by_season`` add up to their difference: when in the day, and in which months electricity is used.
    """

    months: tuple[PricedMonth, ...]
    prices: tuple[Decimal, ...]
    flat: Decimal
    cheapest: frozenset[int]
    weighted: Decimal | None = None
    by_hours: Decimal | None = None
    by_season: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """As of a month."""
        return None if self.weighted is None else self.weighted - self.flat

    @property
    def dearest(self) -> tuple[PricedMonth, int]:
        """The month and the hour of the highest price."""
        return max(((month, hour) for month in self.months for hour in range(HOURS)), key=lambda at: at[0].prices[at[1]])

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest price."""
        every = [price for month in self.months for price in month.prices]
        return min(every), max(every)

    @property
    def used_months(self) -> int:
        """In how many of its months the customer has a use."""
        return sum(month.weighted is not None for month in self.months)


def hourly_use(usage: Usage) -> dict[int, tuple[Decimal, ...]]:
    """kWh by calendar month and hour of the day; hours without a figure count nothing."""
    sums: dict[int, list[Decimal]] = {}
    for day in usage.days:
        hours = sums.setdefault(day.day.month, [Decimal(0)] * HOURS)
        for hour, kwh in enumerate(day.hourly_kwh):
            if kwh is not None:
                hours[hour] += Decimal(str(kwh))
    return {month: tuple(hours) for month, hours in sums.items() if any(hours)}


def priced_year(months: Sequence[AreaPriceMonth], use: dict[int, tuple[Decimal, ...]]) -> PricedYear:
    """``months``: at least one, oldest first. ``use``: of :func:`hourly_use`; a calendar month's hours meet the prices of that month."""
    priced = []
    for month in months:
        kwh = use.get(int(month.year_month[5:]))
        weighted = None if kwh is None else _mean(month.prices_yen, kwh)
        flat = sum(month.prices_yen, Decimal(0)) / HOURS
        priced.append(PricedMonth(month.year_month, month.prices_yen, flat, cheapest_hours(month.prices_yen), weighted))
    days = [_days_of(month.year_month) for month in priced]
    by_hour = tuple(_mean([month.prices[hour] for month in priced], days) for hour in range(HOURS))
    year = PricedYear(tuple(priced), by_hour, _mean([month.flat for month in priced], days), cheapest_hours(by_hour))
    used = [
        (month, sum(use[int(month.year_month[5:])], Decimal(0)), day)
        for month, day in zip(priced, days, strict=True)
        if month.weighted is not None
    ]
    if not used:
        return year
    weights = [one for _, one, _ in used]
    weighted = _mean([month.weighted or Decimal(0) for month, _, _ in used], weights)
    flat = _mean([month.flat for month, _, _ in used], [day for _, _, day in used])
    by_hours = _mean([month.difference or Decimal(0) for month, _, _ in used], weights)
    return PricedYear(year.months, by_hour, flat, year.cheapest, weighted, by_hours, weighted - flat - by_hours)


def cheapest_hours(prices: Sequence[Decimal]) -> frozenset[int]:
    """The three cheapest hours, of equal ones the earlier."""
    return frozenset(sorted(range(HOURS), key=prices.__getitem__)[:_CHEAPEST])


def scale_of(years: Iterable[PricedYear]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest price of several: their maps share one scale of colours."""
    ends = [year.ends for year in years]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _mean(values: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    return sum((value * weight for value, weight in zip(values, weights, strict=True)), Decimal(0)) / sum(weights)


def _days_of(year_month: str) -> Decimal:
    from calendar import monthrange

    return Decimal(monthrange(int(year_month[:4]), int(year_month[5:]))[1])


def _follows(later: str, earlier: str) -> bool:
    counts = [int(month[:4]) * YEAR_MONTHS + int(month[5:]) for month in (later, earlier)]
    return counts[0] - counts[1] == 1
