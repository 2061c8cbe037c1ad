"""A usage as pictures with their numbers: what draws each, its table, and where a part of it leads, from the year to a month to a day.

Every one is a ``FigureMaker``; the pictures of bills and prices are made alike in ``pictures``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from denkidesk.desk.load_profile import MeanDay, days_of_month, demand, holidays_of, mean_days, month_of, place_of, price_bands
from denkidesk.domain.calendar import day_class
from denkidesk.domain.plans import DayClass, HolidayFlags, PlanDetail
from denkidesk.domain.usage import HOURS, Usage, UsageDay
from denkidesk.texts import dates
from denkidesk.texts import pictures as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.ui.charts.style import ChartStyle

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A line of the table behind a picture; ``to``: the part of the picture that it belongs to, "" where it leads nowhere."""

    cells: tuple[str, ...]
    to: str = ""


class Picture(Protocol):
    """``title``: what it shows, in words. ``head``: of the table."""

    @property
    def title(self) -> str: ...
    @property
    def head(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[PictureRow, ...]: ...
    def __call__(self, style: ChartStyle) -> "Figure": ...
    def into(self, to: str) -> "Picture | None": ...


class Leaf:
    __slots__ = ()

    def into(self, to: str) -> Picture | None:  # noqa: ARG002 - nothing leads further
        """No part of it leads anywhere."""
        return None


@dataclass(frozen=True, slots=True)
class LeadsToDays:
    """What leads from a month to its days. ``detail``: the plan whose prices stand behind the hours."""

    usage: Usage
    detail: PlanDetail

    def into(self, to: str) -> Picture | None:
        """The days of a month ("2026-01"), whichever years they are of."""
        found = DaysOfMonth(self.usage, self.detail, int(to[5:7]))
        return found if found.days else None


@dataclass(frozen=True, slots=True)
class MeanDays(Leaf):
    """The mean day of each kind before the plan's prices."""

    usage: Usage
    detail: PlanDetail

    @property
    def title(self) -> str:
        """Says where the hours are an estimate."""
        return _of_usage(texts.KINDS["curves"], self.usage)

    @property
    def head(self) -> tuple[str, ...]:
        """The hour, a column for each kind, the weekday's price."""
        found = (texts.HEAD_KIND.format(kind=texts.DAY_KINDS[day.kind], days=day.days) for day in self._days)
        return (texts.HEAD_HOUR, *found, texts.HEAD_WEEKDAY_PRICE)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """The mean of each hour, kWh."""
        prices = _prices_by_hour(self.detail, DayClass.WEEKDAY, None)
        days = self._days
        return tuple(
            PictureRow((texts.HOUR.format(hour=hour), *(_kwh(day.hourly_kwh[hour], 3) for day in days), prices[hour]))
            for hour in range(HOURS)
        )

    def __call__(self, style: ChartStyle) -> "Figure":
        """At most four curves."""
        from denkidesk.ui.charts.curves import day_curves

        return day_curves(self.usage, self.detail, style)

    @property
    def _days(self) -> Sequence[MeanDay]:
        return mean_days(self.usage, holidays_of(self.detail))


@dataclass(frozen=True, slots=True)
class UsageMap(Leaf):
    """Each hour of each day."""

    usage: Usage

    @property
    def title(self) -> str:
        """Says where the hours are an estimate."""
        return tariff_texts.HEAT_MAP_ESTIMATED if self.usage.estimated else tariff_texts.HEAT_MAP

    @property
    def head(self) -> tuple[str, ...]:
        """The day, its sum, its hours."""
        return (texts.HEAD_DAY, texts.HEAD_KWH, *(texts.HOUR.format(hour=hour) for hour in range(HOURS)))

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """A line a day; what is missing is said, not 0."""
        return tuple(
            PictureRow((dates.full_day(day.day), _kwh(day.kwh, 2), *(_kwh(kwh, 3) for kwh in day.hourly_kwh)), month_of(day.day))
            for day in self.usage.days
        )

    def __call__(self, style: ChartStyle) -> "Figure":
        """A row a day."""
        from denkidesk.ui.charts.figures import load_heat_map

        return load_heat_map(self.usage, style)


@dataclass(frozen=True, slots=True)
class LoadMap(LeadsToDays):
    """The same, whose days lead to their months."""

    @property
    def title(self) -> str:
        """Of the map."""
        return self._map.title

    @property
    def head(self) -> tuple[str, ...]:
        """The same."""
        return self._map.head

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """The same."""
        return self._map.rows

    def __call__(self, style: ChartStyle) -> "Figure":
        """A row a day."""
        return self._map(style)

    @property
    def _map(self) -> UsageMap:
        return UsageMap(self.usage)


@dataclass(frozen=True, slots=True)
class Duration(Leaf):
    """For how long which demand lasts."""

    usage: Usage
    contract_kw: float | None
    contract: str
    head: ClassVar[tuple[str, ...]] = texts.HEAD_DURATION

    @property
    def title(self) -> str:
        """Says where the hours are an estimate."""
        return _of_usage(texts.KINDS["duration"], self.usage)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """The demand that was reached for such a share of the hours."""
        kw = demand(self.usage).kw
        shares = (0, 1, 2, 5, *range(10, 101, 10)) if kw else ()
        return tuple(
            PictureRow((texts.SHARE.format(percent=share), f"{kw[min(len(kw) - 1, share * len(kw) // 100)]:.3f}")) for share in shares
        )

    def __call__(self, style: ChartStyle) -> "Figure":
        """The curve, the contract and the peak."""
        from denkidesk.ui.charts.curves import duration_curve

        return duration_curve(self.usage, style, contract_kw=self.contract_kw, contract=self.contract)


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """The days of a calendar month."""

    usage: Usage
    detail: PlanDetail
    month: int
    head: ClassVar[tuple[str, ...]] = texts.HEAD_DAYS

    @property
    def days(self) -> tuple[UsageDay, ...]:
        """Those that the usage has."""
        return days_of_month(self.usage, self.month)

    @property
    def title(self) -> str:
        """With the year, or both where the month is at both ends of the usage."""
        names = dict.fromkeys(dates.written(month_of(day.day)) for day in sorted(self.days, key=lambda day: day.day))
        return _of_usage(texts.DAYS_TITLE.format(month="・".join(names)), self.usage)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """What each day used, of what kind it is, and whether it is whole."""
        return tuple(
            PictureRow(
                (
                    dates.full_day(day.day),
                    _kwh(day.kwh, 2),
                    _kind(day, holidays_of(self.detail)),
                    "" if day.is_whole else texts.NOT_WHOLE.format(hours=sum(kwh is None for kwh in day.hourly_kwh)),
                ),
                place_of(day.day),
            )
            for day in self.days
        )

    def __call__(self, style: ChartStyle) -> "Figure":
        """A bar a day."""
        from denkidesk.ui.charts.curves import month_days

        return month_days(self.usage, self.month, style, holidays=holidays_of(self.detail))

    def into(self, to: str) -> Picture | None:
        """The hours of a day ("2026-01-05")."""
        return next((HoursOfDay(day, self.detail, self.usage.estimated) for day in self.days if place_of(day.day) == to), None)


@dataclass(frozen=True, slots=True)
class HoursOfDay(Leaf):
    """The hours of a day."""

    day: UsageDay
    detail: PlanDetail
    estimated: bool
    head: ClassVar[tuple[str, ...]] = texts.HEAD_HOURS

    @property
    def title(self) -> str:
        """The day, of what kind it is, and whether its hours are an estimate."""
        words = texts.DAY_TITLE.format(day=dates.full_day(self.day.day), kind=_kind(self.day, holidays_of(self.detail)))
        return words + (texts.ESTIMATED if self.estimated else "")

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """What each hour used, and its price."""
        kind = day_class(self.day.day, holidays_of(self.detail))
        prices = _prices_by_hour(self.detail, kind, self.day.day.month)
        return tuple(PictureRow((texts.HOUR.format(hour=hour), _kwh(kwh, 3), prices[hour])) for hour, kwh in enumerate(self.day.hourly_kwh))

    def __call__(self, style: ChartStyle) -> "Figure":
        """A bar an hour."""
        from denkidesk.ui.charts.curves import one_day

        return one_day(self.day, self.detail, style)


def _of_usage(title: str, usage: Usage) -> str:
    return title + (texts.ESTIMATED if usage.estimated else "")


def _kind(day: UsageDay, holidays: HolidayFlags) -> str:
    return texts.HOLIDAY if day_class(day.day, holidays) is DayClass.HOLIDAY else texts.WEEKDAY


def _kwh(kwh: float | None, places: int) -> str:
    return texts.MISSING if kwh is None else f"{kwh:.{places}f}"


def _prices_by_hour(detail: PlanDetail, kind: DayClass, month: int | None) -> list[str]:
    found = [""] * HOURS
    for band in price_bands(detail, kind, month):
        for hour in range(band.hour_from, band.hour_to):
            found[hour] = texts.price_range(band.low_yen, band.high_yen)
    return found
