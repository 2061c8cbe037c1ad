"""The kWh that a plan's conditions are charged for (billing rules 3, 4 and 15), in columns: calendar months, or reading periods."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.hours import bits, covered_within, months_of
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.plans import Condition, HolidayFlags, PlanDetail

Number = Callable[[Decimal], Any]  # float, Decimal or Fraction: the figures of one bill are of one kind
_HALF: Final = Fraction(1, 2)


class Source(Protocol):
    """Where the measured kWh come from."""

    def applies(self, own: Window) -> NDArray[np.bool_]:
        """In which columns the window has a month."""
        ...

    def measured(self, windows: frozenset[Window], own: Window) -> Figures:
        """kWh inside the union of the windows, in the months of ``own``."""
        ...

    def total(self) -> Figures:
        """kWh of each column."""
        ...


class Months:
    """The twelve months of a usage."""

    def __init__(self, sums: UsageSums, flags: HolidayFlags, *, exact: bool) -> None:
        self._sums, self._flags, self._exact = sums, flags, exact

    def applies(self, own: Window) -> NDArray[np.bool_]:
        """January to December."""
        return months_of(own)

    def measured(self, windows: frozenset[Window], own: Window) -> Figures:
        """kWh of each month; 0 outside of the months of ``own``."""
        kwh = self._sums.volume_kwh(windows, self._flags, self._exact)
        return kwh if own.month_from == 1 and own.month_to == MONTHS else np.where(self.applies(own), kwh, kwh[0] * 0)

    def total(self) -> Figures:
        """kWh of each month."""
        return self._sums.total_kwh(self._exact)


class Periods:
    """Reading periods, each with the sums of its own days; exact fractions."""

    def __init__(self, sums: Sequence[UsageSums], flags: HolidayFlags) -> None:
        self._months = [Months(one, flags, exact=True) for one in sums]
        self._present = [one.billed for one in sums]

    def applies(self, own: Window) -> NDArray[np.bool_]:
        """Periods that have a day in a month of the window."""
        return np.array([bool((months.applies(own) & present).any()) for months, present in zip(self._months, self._present, strict=True)])

    def measured(self, windows: frozenset[Window], own: Window) -> Figures:
        """kWh of each period."""
        return _column([sum(map(Fraction, months.measured(windows, own)), Fraction(0)) for months in self._months])

    def total(self) -> Figures:
        """kWh of each period."""
        return _column([sum(map(Fraction, months.total()), Fraction(0)) for months in self._months])


def _column(figures: Sequence[object]) -> Figures:
    column = np.empty(len(figures), dtype=object)
    column[:] = figures
    return column


class Volumes:
    """What each condition is charged for. ``whole``: in whole kWh, as a meter is read for a bill (rule 15).

    ``share``: of each column's days under contract, by which the widths of tiers are prorated (rule 20).
    """

    def __init__(self, detail: PlanDetail, source: Source, number: Number, *, whole: bool, share: Sequence[Fraction] | None = None) -> None:
        self.number = number
        self.bands = Bands(detail) if whole or share is not None else None
        self._detail = detail
        self._source = source
        self._whole = whole
        self._share = share if share is not None and any(part != 1 for part in share) else None
        self._unions = unions_of(detail)
        self._capped = any(condition.volume_cap > 0 for condition in detail.conditions)
        self._by_band: dict[int, Figures] = {}

    @cached_property
    def measured_total(self) -> Figures:
        """kWh of each column as measured: caps are taken of it."""
        return self._source.total()

    @cached_property
    def total(self) -> Figures:
        """kWh of each column as billed: the sum of its bands where they hold each hour exactly once (assumed), else by itself."""
        if not self._whole or self.bands is None:
            return self.measured_total
        if self.bands.hold_each_hour_once:
            return sum((self._band(condition) for condition in self.bands.first_of_each), self.zeros())
        return whole_kwh(self.measured_total)

    def zeros(self) -> Figures:
        """Nothing, in each column."""
        nothing: Figures = self.measured_total * self.number(Decimal(0))
        return nothing

    def applies(self, own: Window) -> NDArray[np.bool_]:
        """In which columns a condition with this window is at work."""
        return self._source.applies(own)

    def of(self, condition: Condition) -> Figures:
        """kWh of the condition's window or group; as measured where the plan has a cap (rule 15)."""
        if self._whole and not self._capped:
            return self._band(condition)
        return self._measured(condition)

    def tier_of(self, condition: Condition) -> tuple[Any, Any]:
        """The tier's ends, None for no upper one."""
        ends = (condition.volume_from, condition.volume_to)
        if self._share is None or self.bands is None:
            low, high = (self.number(end) for end in ends)
        else:
            moved = [prorated_edges(self.bands.edges(condition), part) for part in self._share]
            low, high = (_column([of_column[end] for of_column in moved]) for end in ends)
        return low, high if condition.volume_to > 0 else None

    def _measured(self, condition: Condition) -> Figures:
        return self._source.measured(*self._unions[condition])

    def _band(self, condition: Condition) -> Figures:
        band = self.bands.of[condition] if self.bands else 0
        if band not in self._by_band:
            self._by_band[band] = whole_kwh(self._measured(condition))
        return self._by_band[band]


def unions_of(detail: PlanDetail) -> dict[Condition, tuple[frozenset[Window], Window]]:
    """The windows whose union each condition has the usage of (rule 4), and its own window."""
    groups: dict[int, frozenset[Window]] = {}
    for condition in detail.conditions:
        if condition.group >= 1:
            groups[condition.group] = groups.get(condition.group, frozenset()) | {Window.of(condition)}
    return {one: (groups.get(one.group) or frozenset([Window.of(one)]), Window.of(one)) for one in detail.conditions}


class Bands:
    """The distinct volumes of a plan (rule 15). A band is the set of its hours, as bits: month x (weekday, holiday) x hour.

    A plan without holidays has no bits for them.
    """

    def __init__(self, detail: PlanDetail) -> None:
        flags = detail.holidays
        classes = 2 if any((flags.saturday, flags.sunday, flags.public_holiday)) else 1
        self.of: dict[Condition, int] = {}
        for condition, (windows, own) in unions_of(detail).items():
            self.of[condition] = bits(covered_within(windows, own)[:, :classes])
        first = {band: condition for condition, band in reversed(self.of.items()) if band}
        self.first_of_each = tuple(first.values())
        together = sum(first)  # no hour twice: their sum has exactly the bits of all
        whole = (1 << MONTHS * classes * HOURS) - 1
        self.hold_each_hour_once = together == whole and sum(band.bit_count() for band in first) == whole.bit_count()

    def edges(self, condition: Condition) -> list[Decimal]:
        """The ends of the tiers that the condition's band has, ascending."""
        same = [other for other, band in self.of.items() if band == self.of[condition]]
        return sorted({end for other in same for end in (other.volume_from, other.volume_to) if end > 0})


def prorated_edges(edges: Sequence[Decimal], share: Fraction) -> dict[Decimal, Fraction]:
    """Rule 20: each step's width times the share, half up to 1 kWh; an end is the sum of the widths below it."""
    moved = {Decimal(0): Fraction(0)}
    below, reached = Fraction(0), Fraction(0)
    for end in edges:
        width = Fraction(end) - below
        reached += width if share == 1 else half_up(width * share)
        moved[end], below = reached, Fraction(end)
    return moved


def half_up(figure: Fraction) -> Fraction:
    """The nearest whole number, a half upwards."""
    return Fraction(math.floor(figure + _HALF))


def whole_kwh(kwh: Figures) -> Figures:
    """Rule 15: whole kWh, a half upwards; exact figures stay of their kind."""
    return _column([type(figure)(math.floor(Fraction(figure) + _HALF)) for figure in kwh])
