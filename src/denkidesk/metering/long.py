"""Tables with one time a row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import mark_for_value
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells, words
from denkidesk.metering.quantity import NO_NUMBER, Figures, no_number, unit_of
from denkidesk.metering.readings import DAY_MINUTES, Notes, Readings, minute_of
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row

SLOTS: Final = (15, 30, 60)
_OF_AN_INTERFACE: Final = {"startat", "endat", "value"}  # its figures are kWh, though no heading says so


@dataclass(frozen=True, slots=True)
class _Stamps:
    """Rows that have a day and a time. ``minutes``: when each is; ``times``: each time of day that occurs, once."""

    rows: list[Row]
    minutes: list[int]
    times: list[cells.TimeOfDay]

    def line_of(self, table: Table, time_column: int, wrong: cells.TimeOfDay) -> int:
        """The line of the first row with this time of day."""
        return next((row.line for row in self.rows if _time_of(table, time_column, row) == wrong), self.rows[0].line)


def read_long(table: Table, notes: Notes) -> Readings:
    """Readings of a table with a time in each row."""
    labels = table.labels
    time_column = _time_column(table, labels)
    stamps = _stamps(table, time_column)
    rows = stamps.rows
    if not rows:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    named = labels[table.date_column] + " " + labels[time_column]
    if words.ELSEWHERE.search(named):
        raise InputRefused.of("usage", UsageCode.OTHER_TIME_ZONE, value=named.strip())
    column = value_column(table, labels, rows[:200], max(table.date_column, time_column), notes)
    slots = _Slots(stamps, table, time_column, notes)
    minutes, slot_minutes, at_end = slots.beginnings(named)
    known = table.layout_known or {label.lower() for label in labels} >= _OF_AN_INTERFACE
    headings = [cell for row in table.headings for cell in row.cells if cell not in labels]
    figures = Figures(unit_of(table.choices.unit, labels[column], headings, notes, layout_known=known), slot_minutes)
    kwh = figures.of([row.cells[column] if column < len(row.cells) else "" for row in rows])
    if NO_NUMBER in kwh:
        for row, figure in zip(rows, kwh, strict=True):
            if figure == NO_NUMBER:
                notes.fault(no_number(row.cells[column]), row.line, column=str(column + 1), value=row.cells[column][:40])
    rises = words.REGISTER.search(labels[column]) is not None
    return Readings(slot_minutes, minutes, kwh, [row[0] for row in rows], at_end, rises)


def _stamps(table: Table, time_column: int) -> _Stamps:
    """Day and time of every row; each different day and each different time of day is read once."""
    together = time_column == table.date_column
    sign = "T" if together and "T" in table.body[0].cells[table.date_column] else " "
    days: dict[str, int] = {}
    starts: dict[str, int] = {}
    times: list[cells.TimeOfDay] = []
    rows: list[Row] = []
    minutes: list[int] = []
    date_column = table.date_column
    for row in table.body:
        cells_of_row = row[1]
        try:
            if together:
                head, _, tail = cells_of_row[date_column].partition(sign)
            else:
                head, tail = cells_of_row[date_column], cells_of_row[time_column]
            minutes.append(days[head] + starts[tail])
        except (IndexError, KeyError):
            day = table.day_of(row)
            if day is None:
                continue
            time = _time_of(table, time_column, row)
            times.append(time)
            minutes.append(minute_of(day, time.start))
            # a day and a time that stand in one cell are read apart only where each can stand alone
            if not together or (tail and (alone := cells.day_and_time(head, row.line)) is not None and alone == (day, None)):
                days[head], starts[tail] = minute_of(day), time.start
        rows.append(row)
    return _Stamps(rows, minutes, list(dict.fromkeys(times)))


def _time_of(table: Table, time_column: int, row: Row) -> cells.TimeOfDay:
    if time_column == table.date_column:
        read = cells.day_and_time(row.cells[time_column], row.line)
        # 2026/04/01 alone is how a spreadsheet writes its midnight
        return (read[1] if read else None) or cells.TimeOfDay(0)
    time = cells.time_of_day(row.cells[time_column], row.line) if time_column < len(row.cells) else None
    if time is None:
        mark = mark_for_value(row.cells[time_column]) if time_column < len(row.cells) else None
        raise InputRefused.of("usage", mark or UsageCode.NO_TIME, line=str(row.line))
    return time


def _time_column(table: Table, labels: Sequence[str]) -> int:
    """The date's own column where it holds times too, else the first after it that holds times, or numbers under a heading of times."""
    sample = [row for row in table.body[:10] if len(row.cells) > table.date_column]
    dated = [cells.day_and_time(row.cells[table.date_column], row.line) for row in sample]
    if any(read is not None and read[1] is not None for read in dated):
        return table.date_column
    for column in range(table.date_column + 1, len(labels)):
        times = [cells.time_of_day(row.cells[column], row.line) for row in sample[:1] if column < len(row.cells)]
        if any(time is not None and (not time.number or words.TIMES.search(labels[column])) for time in times):
            return column
    column = table.date_column + 1
    if column < len(labels) and sample and column < len(sample[0].cells):
        following = cells.time_of_day(sample[0].cells[column], sample[0].line)
        one_a_day = len({read[0] for read in dated if read}) == len(dated)
        if following is None or (one_a_day and len(sample) > 1):
            raise InputRefused.of("usage", UsageCode.SUMS_OF_DAYS if one_a_day else UsageCode.NO_TIME, line=str(table.body[0].line))
    return column


@dataclass(frozen=True, slots=True)
class _Slots:
    """When the slots of a table begin."""

    stamps: _Stamps
    table: Table
    time_column: int
    notes: Notes

    def beginnings(self, label: str) -> tuple[list[int], int, bool]:
        """When each slot begins, its minutes, and whether its end was named: from ranges, slot numbers, or times that name either."""
        minutes, times = self.stamps.minutes, self.stamps.times
        if all(time.number for time in times):
            return (*self._numbered(), False)
        lengths = Counter(time.end - time.start for time in times if time.end is not None)
        if lengths:
            slot_minutes = lengths.most_common(1)[0][0]
            wrong = [time for time in times if time.end is None or time.end - time.start != slot_minutes]
            if wrong or slot_minutes not in SLOTS:
                raise self._odd_interval((wrong or times)[0], slot_minutes)
            self._check_aligned(slot_minutes)
            return minutes, slot_minutes, True
        slot_minutes = next((slot for slot in reversed(SLOTS) if all(time.start % slot == 0 for time in times)), SLOTS[0])
        steps = np.diff(np.sort(np.array(minutes)))
        if len(steps) > 1 and float(np.median(steps[steps > 0] if (steps > 0).any() else steps)) > 60:  # their sum would stand in one hour
            raise InputRefused.of("usage", UsageCode.SUMS_OF_DAYS, line=str(self.stamps.rows[0].line))
        self._check_aligned(slot_minutes)
        certain = any(time.start == DAY_MINUTES for time in times) or words.ENDS.search(label) is not None
        first, last = min(minutes), max(minutes)
        whole_days = first % DAY_MINUTES == slot_minutes and last % DAY_MINUTES == 0 and last > first
        if not certain and not whole_days:
            return minutes, slot_minutes, False
        code = ImportNoteCode.INTERVAL_END if certain else ImportNoteCode.INTERVAL_END_ASSUMED
        self.notes.note(code, minutes=str(slot_minutes))
        return [minute - slot_minutes for minute in minutes], slot_minutes, True

    def _odd_interval(self, wrong: cells.TimeOfDay, minutes: int) -> InputRefused:
        code = UsageCode.TOO_FINE if 0 < minutes < SLOTS[0] else UsageCode.SUMS_OF_DAYS if minutes > 60 else UsageCode.INTERVAL
        line = self.stamps.line_of(self.table, self.time_column, wrong)
        return InputRefused.of("usage", code, line=str(line), minutes=str(minutes))

    def _check_aligned(self, slot_minutes: int) -> None:
        for time in self.stamps.times:
            if time.start % slot_minutes or time.number:
                raise self._odd_interval(time, time.start % slot_minutes)

    def _numbered(self) -> tuple[list[int], int]:
        """Hours 0 to 23, hours 1 to 24, or half-hours 1 to 48 (コマ): the smallest and the largest number tell."""
        largest = max(self.stamps.times, key=lambda time: time.start)
        smallest = min(self.stamps.times, key=lambda time: time.start)
        if largest.start > 48 or (largest.start > 24 and smallest.start == 0):
            raise self._odd_number(largest, str(largest.start))
        slot_minutes = 30 if largest.start > 24 else 60
        counted_from = 0 if smallest.start == 0 else 1
        if counted_from and largest.start < 24:
            raise self._odd_number(self.stamps.times[0], str(self.stamps.times[0].start))
        if not counted_from and largest.start == 24:
            raise self._odd_number(self.stamps.times[0], "0-24")
        self.notes.note(ImportNoteCode.SLOT_NUMBERS, first=str(counted_from), minutes=str(slot_minutes))
        numbers = [divmod(minute, DAY_MINUTES) for minute in self.stamps.minutes]
        return [day * DAY_MINUTES + (number - counted_from) * slot_minutes for day, number in numbers], slot_minutes

    def _odd_number(self, wrong: cells.TimeOfDay, value: str) -> InputRefused:
        line = self.stamps.line_of(self.table, self.time_column, wrong)
        return InputRefused.of("usage", UsageCode.SLOT_NUMBER, line=str(line), value=value)


def value_column(table: Table, labels: Sequence[str], sample: Sequence[Row], after: int, notes: Notes) -> int:
    """The one column that can be the bought energy; asked where several can, rather than guessed."""
    numeric = [
        column
        for column in range(after + 1, len(labels))
        if any(column < len(row.cells) and cells.number(row.cells[column]) is not None for row in sample)
    ]
    given = table.choices.column
    if given is not None and numeric:
        return _chosen(given, labels, numeric)
    choices = [column for column in numeric if not words.NOT_USED.search(labels[column])]
    choices = [column for column in choices if not words.REGISTER.search(labels[column])] or choices
    several = len(choices) > 1
    for narrower in (_is_bought, _names_energy, _names_usage):
        if len(choices) > 1:
            choices = [column for column in choices if narrower(labels[column])] or choices
    if not choices:
        if not any(cells.units(labels[column]) for column in numeric):
            raise InputRefused.of("usage", UsageCode.NO_VALUE_COLUMN, line=str(sample[0].line))
        raise ChoiceOpen(UsageCode.SOLD_OR_OWN_USE, "column", [labels[column] for column in numeric])
    named = [labels[column] or str(column + 1) for column in choices]
    if len(choices) > 1:
        raise ChoiceOpen(UsageCode.SEVERAL_VALUE_COLUMNS, "column", named, columns=" / ".join(named)[:200])
    if words.has_own_use(named[0], labels) or (words.is_sold(table.title()) and not words.USED.search(named[0])):
        raise ChoiceOpen(UsageCode.SOLD_OR_OWN_USE, "column", named)
    if several:
        notes.note(ImportNoteCode.COLUMN_TAKEN, column=named[0])
    return choices[0]


def _chosen(given: str, labels: Sequence[str], numeric: Sequence[int]) -> int:
    exact = [column for column in numeric if labels[column] == given or (not labels[column] and str(column + 1) == given)]
    found = exact or [column for column in numeric if given and given in labels[column]]
    if len(found) != 1:
        named = " / ".join(labels[column] or str(column + 1) for column in numeric)
        raise InputRefused.of("usage", UsageCode.NO_SUCH_CHOICE, value=given[:40], choices=named[:400])
    return found[0]


def _is_bought(label: str) -> bool:
    return words.BOUGHT.search(label) is not None


def _names_energy(label: str) -> bool:
    return any(unit.endswith("h") for unit in cells.units(label))


def _names_usage(label: str) -> bool:
    return words.USED.search(label) is not None
