"""Meter readings in any order -> the year's hours, with a note for everything that was odd."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import isnan
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import ChoiceOpen, FieldFault, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import HOURS, ImportNote, ImportNoteCode, Usage, UsageChoices, UsageDay, years_later

MOST_FAULTS: Final = 20
MOST_GAP_NOTES: Final = 50
DAY_MINUTES: Final = 1440
_ABSURD_KWH: Final = 1_000_000  # an hour at 1 GW: no customer's, a misread column
_DAYS_OF_SUMS: Final = 3
_OUTLIER_TIMES: Final = 100  # of the mean
_MOST_DECIMALS: Final = 9

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Readings:
    """kWh of slots in the order of the file. ``minutes``: when each begins, since the first of January of year 1; None is a gap.

    ``at_end``: the file names the end of each slot, which matters for a register alone. ``rises``: its heading says that it is one.
    """

    slot_minutes: int
    minutes: list[int] = field(default_factory=list)
    kwh: list[float | None] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    at_end: bool = False
    rises: bool = False


@dataclass(slots=True)
class Notes:
    """Notes and faults as they come up while one file is read."""

    notes: list[ImportNote] = field(default_factory=list)
    faults: list[FieldFault] = field(default_factory=list)

    def note(self, code: ImportNoteCode, line: int | None = None, **facts: str) -> None:
        """Something that the clerk must know."""
        self.notes.append(ImportNote(code, line or None, tuple(facts.items())))

    def fault(self, code: FaultCode, line: int, **facts: str) -> None:
        """Something that makes the file unusable; the reading goes on, so that all of them are named at once."""
        where = {"line": str(line)} if line else {}  # no line: of one of several files
        self.faults.append(FieldFault("usage", code, {**where, **facts}))
        if len(self.faults) >= MOST_FAULTS:
            self.raise_faults()

    def raise_faults(self) -> None:
        """Raise InputRefused where there were faults."""
        if self.faults:
            raise InputRefused(self.faults)


def minute_of(day: date, minute: int = 0) -> int:
    """A time as minutes since the first of January of year 1."""
    return day.toordinal() * DAY_MINUTES + minute


def usage_of(readings: Readings, notes: Notes, source: str, choices: UsageChoices, *, trusted: bool = False) -> Usage:
    """The usage: shorter slots added to hours, missing hours left as gaps.

    A day without readings inside the data is a day of gaps, and so is each day of a whole calendar month without them, which is named.
    The data begin and end with the first and the last figure. Raises InputRefused for two different figures of one slot, and ChoiceOpen
    for more than a year, a register, and figures that no contract can have. ``trusted``: a program wrote the figures, in kWh.
    """
    notes.raise_faults()
    minutes = np.array(readings.minutes, dtype=np.int64)
    kwh = np.array(readings.kwh, dtype=np.float64)  # None becomes NaN
    _note_order(minutes, notes)
    minutes, kwh = _each_slot_once(minutes, kwh, readings.lines, notes)
    _refuse_absurd(minutes, kwh, readings, notes)
    slot_minutes = readings.slot_minutes
    if not trusted:
        minutes, kwh = _of_register(minutes, kwh, readings, notes, choices)
    known = np.flatnonzero(~np.isnan(kwh))
    if not known.size:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    first, last = _span(minutes[known], notes, choices)
    slots = np.full((last - first + 1) * DAY_MINUTES // slot_minutes, np.nan)
    inside = (minutes >= first * DAY_MINUTES) & (minutes < (last + 1) * DAY_MINUTES)
    slots[(minutes[inside] - first * DAY_MINUTES) // slot_minutes] = kwh[inside]
    usage = _days(slots.reshape(-1, HOURS, 60 // slot_minutes), first, notes, source)
    if not trusted:
        _check_plausible(slots, first, slot_minutes, notes, choices)
    _note_content(usage, notes)
    return usage


def _days(slots: Floats, first: int, notes: Notes, source: str) -> Usage:
    """Days from their slots (days x 24 x slots of an hour)."""
    per_hour = slots.shape[2]
    hours = exact_sums(slots)
    present = {(day.year, day.month) for day in (date.fromordinal(first + int(place)) for place in _days_with_figures(slots))}
    peaks: list[float | None] = [None] * len(slots)
    if per_hour > 1:
        halves = slots.reshape(len(slots), -1) if per_hour == 2 else exact_sums(slots.reshape(len(slots), HOURS * 2, 2))
        highest = np.fmax.reduce(halves, axis=1, initial=-1.0)
        peaks = [None if kwh < 0 else 2 * kwh for kwh in highest.tolist()]
    if np.isnan(hours).any():
        values: list[list[float | None]] = [[None if kwh != kwh else kwh for kwh in row] for row in hours.tolist()]  # noqa: PLR0124 - NaN
    else:
        values = hours.tolist()
    days = [UsageDay(date.fromordinal(first + place), tuple(row), peaks[place]) for place, row in enumerate(values)]
    for day in days:
        if day.day.day == 1 and (day.day.year, day.day.month) not in present:
            notes.note(ImportNoteCode.MONTH_MISSING, month=f"{day.day.year:04}-{day.day.month:02}")
    known_peaks = [peak for peak in peaks if peak is not None]
    return Usage(tuple(days), peak_kw=max(known_peaks, default=None), source=source)


def _days_with_figures(slots: Floats) -> NDArray[Any]:
    return np.flatnonzero(~np.isnan(slots).all(axis=(1, 2)))


def exact_sums(parts: Floats) -> Floats:
    """Sums over the last axis as on paper: the float nearest to the sum of the decimals that were written; NaN where a part is NaN."""
    if parts.shape[-1] == 1:
        return parts[..., 0]
    for decimals in range(_MOST_DECIMALS + 1):
        scale = 10.0**decimals
        scaled = np.rint(parts * scale)
        if np.array_equal(scaled / scale, parts, equal_nan=True) and np.nanmax(np.abs(scaled), initial=0) < 2**50:
            return np.asarray(scaled.sum(axis=-1) / scale)
    flat = parts.reshape(-1, parts.shape[-1]).tolist()
    sums = [float("nan") if any(map(isnan, row)) else float(sum(_written(part) for part in row)) for row in flat]
    return np.array(sums).reshape(parts.shape[:-1])


def _written(figure: float) -> Decimal:
    return Decimal(repr(figure))


def _note_order(minutes: NDArray[np.int64], notes: Notes) -> None:
    if (np.diff(minutes) >= 0).all():
        return
    days = minutes // DAY_MINUTES
    newest_first = bool((np.diff(days) <= 0).all()) and days[-1] < days[0]
    notes.note(ImportNoteCode.NEWEST_FIRST if newest_first else ImportNoteCode.NOT_IN_ORDER)


def _each_slot_once(minutes: NDArray[np.int64], kwh: Floats, lines: Sequence[int], notes: Notes) -> tuple[NDArray[np.int64], Floats]:
    """Slots in the order of time, each once; a slot that is there twice with different figures is a fault. Negative ones become gaps."""
    for place in np.flatnonzero(kwh < 0).tolist():
        # No usage is below zero; what it should have been is not ours to say, so the slot becomes a gap.
        notes.note(ImportNoteCode.NEGATIVE, lines[place], value=_figure(kwh[place]), **_at(int(minutes[place])))
        kwh[place] = np.nan
    if (np.diff(minutes) > 0).all():
        return minutes, kwh
    order = np.argsort(minutes, kind="stable")
    firsts: list[int] = []
    same: list[tuple[int, int]] = []
    for place in order.tolist():
        if not firsts or minutes[firsts[-1]] != minutes[place]:
            firsts.append(place)
            continue
        first = firsts[-1]
        if kwh[first] == kwh[place] or (np.isnan(kwh[first]) and np.isnan(kwh[place])):
            same.append((lines[place], lines[first]))
        else:
            values = {"first": _figure(kwh[first]), "second": _figure(kwh[place])}
            notes.fault(UsageCode.DUPLICATE, lines[place], first_line=str(lines[first]), **values, **_at(int(minutes[place])))
    notes.raise_faults()
    if same:
        line, first_line = min(same)
        notes.note(ImportNoteCode.DUPLICATE, line, first_line=str(first_line), count=str(len(same)))
    return minutes[firsts], kwh[firsts]


def _refuse_absurd(minutes: NDArray[np.int64], kwh: Floats, readings: Readings, notes: Notes) -> None:
    for place in np.flatnonzero(kwh > _ABSURD_KWH).tolist():
        line = readings.lines[readings.minutes.index(int(minutes[place]))]
        notes.fault(UsageCode.ABSURD_VALUE, line, value=_figure(kwh[place]), **_at(int(minutes[place])))
    notes.raise_faults()


def _of_register(
    minutes: NDArray[np.int64], kwh: Floats, readings: Readings, notes: Notes, choices: UsageChoices
) -> tuple[NDArray[np.int64], Floats]:
    """The differences of a meter's register where the clerk says that it is one; ChoiceOpen where it looks like one."""
    known = kwh[~np.isnan(kwh)]
    steps = np.diff(known)
    rises, falls, days = int((steps > 0).sum()), int((steps < 0).sum()), np.unique(minutes // DAY_MINUTES).size
    is_register = rises >= 6 * max(1, falls) and falls <= (days if readings.rises else days // 100)
    if days >= _DAYS_OF_SUMS and rises >= 6 * max(1, falls):  # the running total of each day never falls but at midnight
        of_day = minutes[~np.isnan(kwh)] // DAY_MINUTES
        is_register |= not (steps[of_day[1:] == of_day[:-1]] < 0).any()
    if is_register and not readings.rises and days == 1:  # one day's use may rise all day, but not above a level that it never had
        is_register = bool(known[0] > known[-1] - known[0])
    if not choices.register:
        if is_register or (readings.rises and not rises):
            raise ChoiceOpen(UsageCode.REGISTER, "register", (True,), largest=_figure(np.nanmax(kwh)))
        return minutes, kwh
    if falls > max(1, days // 100):
        raise InputRefused.of("usage", UsageCode.NOT_A_REGISTER, falls=str(falls))
    notes.note(ImportNoteCode.REGISTER_DIFFERENCES)
    slot = readings.slot_minutes
    whole = np.diff(minutes) == slot  # over a missing reading the difference belongs to no single slot
    used = np.where(whole, exact_sums(np.stack([kwh[1:], -kwh[:-1]], axis=1)), np.nan)
    used[used < 0] = np.nan  # the register began anew
    return (minutes[1:] if readings.at_end else minutes[:-1]), used


def _span(known: NDArray[np.int64], notes: Notes, choices: UsageChoices) -> tuple[int, int]:
    """First and last day as ordinals: of the data, or of the year that the clerk takes from longer ones."""
    days = np.unique(known // DAY_MINUTES).tolist()
    first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
    start = choices.year_from
    if start is None:
        if (last.year - first.year, last.month, last.day) < (1, first.month, first.day):
            return days[0], days[-1]
        newest = years_later(last, -1) + timedelta(days=1)
        if not choices.newest_year:
            facts = {"first": first.isoformat(), "last": last.isoformat(), "newest_year_from": newest.isoformat()}
            raise ChoiceOpen(UsageCode.MORE_THAN_A_YEAR, "year_from", (newest, first), **facts)
        start = newest
    notes.note(ImportNoteCode.NEWEST_YEAR, first=first.isoformat(), last=last.isoformat(), start=start.isoformat())
    taken = days[bisect_left(days, start.toordinal()) : bisect_right(days, years_later(start, 1).toordinal() - 1)]
    if not taken:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    return taken[0], taken[-1]


def _check_plausible(slots: Floats, first: int, slot_minutes: int, notes: Notes, choices: UsageChoices) -> None:
    known = slots[~np.isnan(slots)]
    mean = known.mean()
    largest = int(np.nanargmax(slots))
    if mean == 0 or slots[largest] <= _OUTLIER_TIMES * mean or known.size <= _OUTLIER_TIMES:
        return
    facts = {"value": _figure(slots[largest]), **_at(first * DAY_MINUTES + largest * slot_minutes)}
    if not choices.accept_values:
        raise ChoiceOpen(UsageCode.IMPLAUSIBLE, "accept_values", (True,), mean=f"{mean:.3g}", **facts)
    notes.note(ImportNoteCode.OUTLIER, None, **facts)


def _note_content(usage: Usage, notes: Notes) -> None:
    first, last = usage.days[0], usage.days[-1]
    if first.hourly_kwh[0] is None:
        notes.note(ImportNoteCode.PARTIAL_FIRST_DAY, day=first.day.isoformat())
    if last.hourly_kwh[-1] is None:
        notes.note(ImportNoteCode.PARTIAL_LAST_DAY, day=last.day.isoformat())
    _note_gaps(usage, notes)
    if any((day.day.month, day.day.day) == (2, 29) for day in usage.days):
        notes.note(ImportNoteCode.LEAP_DAY)
    known = [value for day in usage.days for value in day.hourly_kwh if value is not None]
    if not known:  # halves of hours only
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    if not any(known):
        notes.note(ImportNoteCode.ALL_ZERO)


def _figure(kwh: float) -> str:
    return "" if np.isnan(kwh) else f"{_written(float(kwh)):f}".removesuffix(".0")


def _at(minute: int) -> dict[str, str]:
    day, rest = divmod(minute, DAY_MINUTES)
    return {"day": date.fromordinal(day).isoformat(), "time": f"{rest // 60:02}:{rest % 60:02}"}


def _note_gaps(usage: Usage, notes: Notes) -> None:
    """One note for each run of hours without a figure."""
    runs: list[list[tuple[date, int]]] = []
    for day, hour in usage.gaps:
        before = (day, hour - 1) if hour else (day - timedelta(days=1), HOURS - 1)
        if runs and runs[-1][-1] == before:
            runs[-1].append((day, hour))
        else:
            runs.append([(day, hour)])
    for run in runs[:MOST_GAP_NOTES]:
        (first_day, first_hour), (last_day, last_hour) = run[0], run[-1]
        notes.note(
            ImportNoteCode.GAP,
            first=f"{first_day.isoformat()} {first_hour:02}:00",
            last=f"{last_day.isoformat()} {last_hour:02}:00",
            hours=str(len(run)),
        )
    if len(runs) > MOST_GAP_NOTES:
        notes.note(ImportNoteCode.MORE_GAPS, count=str(len(runs) - MOST_GAP_NOTES))
