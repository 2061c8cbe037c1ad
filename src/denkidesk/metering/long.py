"""Tables with one time a row."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import mark_for_value
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells
from denkidesk.metering.quantity import figure_of, unit_of
from denkidesk.metering.readings import Notes, Reading
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row

_ENDS: Final = re.compile(r"終了|終わり|まで|\bend\b", re.IGNORECASE)
_TIMES: Final = re.compile(r"時|コマ|枠|hour|time|slot", re.IGNORECASE)
_USED: Final = re.compile(r"使用|消費|買電|受電|需要|usage|consum|import|demand|load", re.IGNORECASE)
_NOT_USED: Final = re.compile(
    r"売電|発電|逆潮|余剰|予測|料金|金額|円|単価|気温|温度|契約|無効|力率|コマ|曜日|generat|export|price|cost|temp", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Stamp:
    day: date
    time: cells.TimeOfDay
    row: Row


def read_long(table: Table, notes: Notes) -> tuple[list[Reading], int]:
    """Readings and the minutes of a slot."""
    date_column = table.date_column
    labels = _labels(table)
    stamps, time_column = _stamps(table, labels)
    if not stamps:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    value_column = _value_column(labels, stamps, max(date_column, time_column))
    beginnings, slot_minutes = _beginnings(stamps, labels[date_column] + " " + labels[time_column], notes)
    others = [cell for row in table.headings for cell in row.cells if cell not in labels]
    own = labels[value_column]
    quantity = unit_of(table.unit, [own] if cells.units(own) else [own, *others], notes)
    readings: list[Reading] = []
    for stamp, (day, minute) in zip(stamps, beginnings, strict=True):
        row = stamp.row
        cell = row.cells[value_column] if value_column < len(row.cells) else ""
        figure = figure_of(cell, row.line, value_column, notes)
        readings.append(Reading(day, minute, None if figure is None else quantity.kwh(figure, slot_minutes), row.line))
    return readings, slot_minutes


def _labels(table: Table) -> list[str]:
    """The heading of every column, "" where there is none."""
    width = max(len(row.cells) for row in table.body)
    last = table.headings[-1].cells if table.headings else ()
    if any(cells.number(cell) is not None for cell in last):
        last = ()
    return [last[column] if column < len(last) else "" for column in range(width)]


def _stamps(table: Table, labels: Sequence[str]) -> tuple[list[_Stamp], int]:
    """Day and time of every row, and the column that the time was in."""
    date_column, time_column = table.date_column, _time_column(table, labels)
    stamps: list[_Stamp] = []
    for row in table.body:
        day = table.day_of(row)
        if day is None:
            continue
        if time_column == date_column:
            read = cells.day_and_time(row.cells[date_column], row.line)
            time = read[1] if read else None
            if read and time is None:  # 2026/04/01 alone is how a spreadsheet writes its midnight
                time = cells.TimeOfDay(0)
        else:
            time = cells.time_of_day(row.cells[time_column], row.line) if time_column < len(row.cells) else None
        if time is None:
            raise InputRefused.of(
                "usage",
                mark_for_value(row.cells[time_column] if time_column < len(row.cells) else "") or UsageCode.NO_TIME,
                line=str(row.line),
            )
        stamps.append(_Stamp(day, time, row))
    return stamps, time_column


def _time_column(table: Table, labels: Sequence[str]) -> int:
    """The date's own column where it holds times too, else the first after it that holds times, or numbers under a heading of times."""
    sample = [row for row in table.body[:10] if len(row.cells) > table.date_column]
    dated = [cells.day_and_time(row.cells[table.date_column], row.line) for row in sample]
    if any(read is not None and read[1] is not None for read in dated):
        return table.date_column
    for column in range(table.date_column + 1, len(labels)):
        times = [cells.time_of_day(row.cells[column], row.line) for row in sample[:1] if column < len(row.cells)]
        if any(time is not None and (not time.number or _TIMES.search(labels[column])) for time in times):
            return column
    return table.date_column + 1


def _beginnings(stamps: Sequence[_Stamp], label: str, notes: Notes) -> tuple[list[tuple[date, int]], int]:
    """When each slot begins, and its minutes: from ranges, slot numbers, or times that name its beginning or its end."""
    if all(stamp.time.number for stamp in stamps):
        return _numbered(stamps, notes)
    ranges = [stamp.time for stamp in stamps if stamp.time.end is not None]
    if ranges:
        lengths = Counter((time.end or 0) - time.start for time in ranges)
        slot_minutes = lengths.most_common(1)[0][0]
        wrong = next((stamp for stamp in stamps if stamp.time.end is None or stamp.time.end - stamp.time.start != slot_minutes), None)
        if wrong is not None or slot_minutes not in {30, 60}:
            raise InputRefused.of("usage", UsageCode.INTERVAL, line=str((wrong or stamps[0]).row.line), minutes=str(slot_minutes))
        _check_aligned(stamps, slot_minutes)
        return [(stamp.day, stamp.time.start) for stamp in stamps], slot_minutes
    slot_minutes = 30 if any(stamp.time.start % 60 for stamp in stamps) else 60
    _check_aligned(stamps, slot_minutes)
    times = [(stamp.day, stamp.time.start) for stamp in stamps]
    certain = any(minute == cells.DAY_MINUTES for _, minute in times) or _ENDS.search(label) is not None
    first, last = min(times), max(times)
    whole_days = first[1] == slot_minutes and last[1] == 0 and last[0] > first[0]
    if not certain and not whole_days:
        return times, slot_minutes
    notes.note(ImportNoteCode.INTERVAL_END if certain else ImportNoteCode.INTERVAL_END_ASSUMED, minutes=str(slot_minutes))
    return [_earlier(day, minute - slot_minutes) for day, minute in times], slot_minutes


def _earlier(day: date, minute: int) -> tuple[date, int]:
    return (day, minute) if minute >= 0 else (day - timedelta(days=1), minute + cells.DAY_MINUTES)


def _check_aligned(stamps: Sequence[_Stamp], slot_minutes: int) -> None:
    for stamp in stamps:
        if stamp.time.start % slot_minutes or stamp.time.number:
            raise InputRefused.of("usage", UsageCode.INTERVAL, line=str(stamp.row.line), minutes=str(stamp.time.start % 60))


def _numbered(stamps: Sequence[_Stamp], notes: Notes) -> tuple[list[tuple[date, int]], int]:
    """Hours 0 to 23, hours 1 to 24, or half-hours 1 to 48 (コマ): the smallest and the largest number tell."""
    numbers = [stamp.time.start for stamp in stamps]
    largest = max(numbers)
    if largest > 48 or (largest > 24 and 0 in numbers):
        wrong = next(stamp for stamp in stamps if stamp.time.start == largest)
        raise InputRefused.of("usage", UsageCode.SLOT_NUMBER, line=str(wrong.row.line), value=str(largest))
    slot_minutes = 30 if largest > 24 else 60
    counted_from = 0 if 0 in numbers else 1
    if counted_from and largest < 24:
        raise InputRefused.of("usage", UsageCode.SLOT_NUMBER, line=str(stamps[0].row.line), value=str(numbers[0]))
    if not counted_from and largest == 24:
        raise InputRefused.of("usage", UsageCode.SLOT_NUMBER, line=str(stamps[0].row.line), value="0-24")
    notes.note(ImportNoteCode.SLOT_NUMBERS, first=str(counted_from), minutes=str(slot_minutes))
    return [(stamp.day, (number - counted_from) * slot_minutes) for stamp, number in zip(stamps, numbers, strict=True)], slot_minutes


def _value_column(labels: Sequence[str], stamps: Sequence[_Stamp], after: int) -> int:
    """The one column that can be the usage; refused where several can, rather than guessed."""
    sample = [stamp.row.cells for stamp in stamps[:200]]
    numeric = [
        column
        for column in range(after + 1, len(labels))
        if any(column < len(row) and cells.number(row[column]) is not None for row in sample)
    ]
    choices = [column for column in numeric if not _NOT_USED.search(labels[column])]
    for narrower in (_names_energy, _names_usage):
        if len(choices) > 1:
            choices = [column for column in choices if narrower(labels[column])] or choices
    if not choices:
        raise InputRefused.of("usage", UsageCode.NO_VALUE_COLUMN, line=str(stamps[0].row.line))
    if len(choices) > 1:
        names = " / ".join(labels[column] or str(column + 1) for column in choices)
        raise InputRefused.of("usage", UsageCode.SEVERAL_VALUE_COLUMNS, columns=names[:200])
    return choices[0]


def _names_energy(label: str) -> bool:
    return any(unit.endswith("h") for unit in cells.units(label))


def _names_usage(label: str) -> bool:
    return _USED.search(label) is not None
