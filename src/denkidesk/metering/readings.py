"""Meter readings in any order -> the year's hours, with a note for everything that was odd."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import HOURS, ImportNote, ImportNoteCode, Usage, UsageDay

MOST_FAULTS: Final = 20
MOST_GAP_NOTES: Final = 50
_ABSURD_KWH: Final = 1_000_000  # an hour at 1 GW: no customer's, a misread column
_OUTLIER_TIMES: Final = 100  # of the mean hour


@dataclass(frozen=True, slots=True)
class Reading:
    """kWh of the slot that begins at ``minute`` of ``day``; None where the file says that there is none."""

    day: date
    minute: int
    kwh: Decimal | None
    line: int


@dataclass(slots=True)
class Notes:
    """Notes and faults as they come up while one file is read."""

    notes: list[ImportNote] = field(default_factory=list)
    faults: list[FieldFault] = field(default_factory=list)

    def note(self, code: ImportNoteCode, line: int | None = None, **facts: str) -> None:
        """Something that the clerk must know."""
        self.notes.append(ImportNote(code, line, tuple(facts.items())))

    def fault(self, code: FaultCode, line: int, **facts: str) -> None:
        """Something that makes the file unusable; the reading goes on, so that all of them are named at once."""
        self.faults.append(FieldFault("usage", code, {"line": str(line), **facts}))
        if len(self.faults) >= MOST_FAULTS:
            self.raise_faults()

    def raise_faults(self) -> None:
        """Raise InputRefused where there were faults."""
        if self.faults:
            raise InputRefused(self.faults)


def usage_of(readings: Sequence[Reading], slot_minutes: int, notes: Notes, source: str) -> Usage:
    """The usage: half-hours added to hours, missing hours left as gaps.

    A day without readings inside the data is a day of gaps, and so is each day of a whole calendar month without them, which is named.
    The data begin and end with the first and the last figure. Raises InputRefused for two different figures of one slot, and for more
    than a year.
    """
    notes.raise_faults()
    if not readings:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    _note_order(readings, notes)
    slots = _slots(readings, notes)
    notes.raise_faults()
    days = sorted({day for (day, _), kwh in slots.items() if kwh is not None})
    if not days:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    check_span(days)
    present_months = {(day.year, day.month) for day in days}
    filled: list[UsageDay] = []
    peak: Decimal | None = None
    for number in range((days[-1] - days[0]).days + 1):
        day = days[0] + timedelta(days=number)
        if (day.year, day.month) not in present_months and day.day == 1:
            notes.note(ImportNoteCode.MONTH_MISSING, month=f"{day.year:04}-{day.month:02}")
        hours: list[float | None] = []
        for hour in range(HOURS):
            parts = [slots.get((day, hour * 60 + start)) for start in range(0, 60, slot_minutes)]
            known = [part for part in parts if part is not None]
            if slot_minutes == 30 and known:
                peak = max([2 * part for part in known] + ([peak] if peak is not None else []))
            hours.append(float(sum(known)) if len(known) == len(parts) else None)
        filled.append(UsageDay(day, tuple(hours)))
    usage = Usage(tuple(filled), peak_kw=None if peak is None else float(peak), source=source)
    _note_content(usage, notes)
    return usage


def _slots(readings: Iterable[Reading], notes: Notes) -> dict[tuple[date, int], Decimal | None]:
    lines: dict[tuple[date, int], int] = {}
    slots: dict[tuple[date, int], Decimal | None] = {}
    same: list[tuple[int, int]] = []
    for reading in readings:
        slot = (reading.day, reading.minute)
        kwh = reading.kwh
        if kwh is not None and kwh < 0:
            # No usage is below zero; what it should have been is not ours to say, so the slot becomes a gap.
            notes.note(ImportNoteCode.NEGATIVE, reading.line, value=str(kwh), **_at(*slot))
            kwh = None
        if kwh is not None and kwh > _ABSURD_KWH:
            notes.fault(UsageCode.ABSURD_VALUE, reading.line, value=str(kwh), **_at(*slot))
        if slot in slots:
            if slots[slot] == kwh:
                same.append((lines[slot], reading.line))
            else:
                values = {"first": _figure(slots[slot]), "second": _figure(kwh)}
                notes.fault(UsageCode.DUPLICATE, reading.line, first_line=str(lines[slot]), **values, **_at(*slot))
            continue
        slots[slot] = kwh
        lines[slot] = reading.line
    if same:
        notes.note(ImportNoteCode.DUPLICATE, same[0][1], first_line=str(same[0][0]), count=str(len(same)))
    return slots


def _figure(kwh: Decimal | None) -> str:
    return "" if kwh is None else str(kwh)


def _at(day: date, minute: int) -> dict[str, str]:
    return {"day": day.isoformat(), "time": f"{minute // 60:02}:{minute % 60:02}"}


def check_span(days: Sequence[date]) -> None:
    """Raises InputRefused for more than a year, and names the day from which the newest year would be whole."""
    first, last = days[0], days[-1]
    if (last.year - first.year, last.month, last.day) < (1, first.month, first.day):
        return
    newest = date(last.year - 1, last.month, 28 if (last.month, last.day) == (2, 29) else last.day) + timedelta(days=1)
    raise InputRefused.of(
        "usage", UsageCode.MORE_THAN_A_YEAR, first=first.isoformat(), last=last.isoformat(), newest_year_from=newest.isoformat()
    )


def _note_order(readings: Sequence[Reading], notes: Notes) -> None:
    steps = [(later.day, later.minute) >= (earlier.day, earlier.minute) for earlier, later in pairwise(readings)]
    if all(steps):
        return
    never_later = all(later.day <= earlier.day for earlier, later in pairwise(readings))
    notes.note(ImportNoteCode.NEWEST_FIRST if never_later and readings[-1].day < readings[0].day else ImportNoteCode.NOT_IN_ORDER)


def _note_content(usage: Usage, notes: Notes) -> None:
    first, last = usage.days[0], usage.days[-1]
    if first.hourly_kwh[0] is None:
        notes.note(ImportNoteCode.PARTIAL_FIRST_DAY, day=first.day.isoformat())
    if last.hourly_kwh[-1] is None:
        notes.note(ImportNoteCode.PARTIAL_LAST_DAY, day=last.day.isoformat())
    note_gaps(usage, notes)
    if any((day.day.month, day.day.day) == (2, 29) for day in usage.days):
        notes.note(ImportNoteCode.LEAP_DAY)
    known = [(value, day.day, hour) for day in usage.days for hour, value in enumerate(day.hourly_kwh) if value is not None]
    if not known:  # halves of hours only
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    mean = sum(value for value, _, _ in known) / len(known)
    largest, day, hour = max(known)
    if mean > 0 and largest > _OUTLIER_TIMES * mean and len(known) > _OUTLIER_TIMES:
        notes.note(ImportNoteCode.OUTLIER, value=repr(largest), day=day.isoformat(), time=f"{hour:02}:00")
    if mean == 0:
        notes.note(ImportNoteCode.ALL_ZERO)


def note_gaps(usage: Usage, notes: Notes) -> None:
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
