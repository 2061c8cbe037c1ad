"""Tables with one day a row and one slot a column, Kansai's customer CSV among them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells, words
from denkidesk.metering.quantity import NO_NUMBER, Figures, no_number, unit_of
from denkidesk.metering.readings import DAY_MINUTES, Notes, Readings, minute_of
from denkidesk.metering.table import Table
from denkidesk.metering.text import Row

FEWEST_SLOTS: Final = 20
"""A row with so many figures after its date is a day, though it may lack some: it is then refused by its number of columns."""

SLOT_COUNTS: Final = (24, 48, 96)

_SLOT_WORDS: Final = re.compile(r"コマ目?|枠|時間帯|第|slot|hour|^[Tt](?=\d)", re.IGNORECASE)
_PERIOD: Final = re.compile(
    r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?\s*(?:[~〜∼–—―−-]|から)\s*(?:(\d{4})[年/.-])?(\d{1,2})[月/.-](\d{1,2})日?", re.ASCII
)


def period_of(heading_rows: Sequence[Row]) -> tuple[date, date] | None:
    """First and last day that the lines above the table name (データ抽出対象期間)."""
    for row in heading_rows:
        for cell in row.cells:
            found = _PERIOD.search(cell)
            if found:
                first = cells.calendar_day(int(found[1]), int(found[2]), int(found[3]), found[0], row.line)
                last = cells.calendar_day(int(found[4] or found[1]), int(found[5]), int(found[6]), found[0], row.line)
                return first, last
    return None


def day_in_period(month: int, day: int, period: tuple[date, date] | None, year: int | None, row: Row) -> date:
    """The year of a row that is written without one, from the period above the table, over the year's end too; else the clerk's."""
    text = f"{month:02}/{day:02}"
    if period is None:
        if year is None:
            raise ChoiceOpen(UsageCode.YEAR_UNKNOWN, "year", (), line=str(row.line), value=text)
        return cells.calendar_day(year, month, day, text, row.line)
    first, last = period
    found: list[date] = []
    for inside in range(first.year, last.year + 1):
        try:
            candidate = date(inside, month, day)
        except ValueError:  # 29 February exists in one of the years at most
            continue
        if first <= candidate <= last:
            found.append(candidate)
    if not found:
        raise InputRefused.of(
            "usage", UsageCode.OUTSIDE_PERIOD, line=str(row.line), value=text, first=first.isoformat(), last=last.isoformat()
        )
    if len(found) > 1:
        raise InputRefused.of("usage", UsageCode.MORE_THAN_A_YEAR, line=str(row.line), first=first.isoformat(), last=last.isoformat())
    return found[0]


def read_wide(table: Table, notes: Notes) -> Readings:
    """Readings of a table with a day in each row."""
    first, count, at_end, heading = _slot_columns(table, notes)
    slot_minutes = DAY_MINUTES // count
    own = " ".join(heading.cells[: first + count])  # what stands behind the day's slots are sums and peaks
    titles = [cell for row in table.headings if row is not heading for cell in row.cells if cell]
    if words.is_sold(" ".join([own, *titles])) and table.choices.column is None:
        raise ChoiceOpen(UsageCode.SOLD_OR_OWN_USE, "column", (" ".join(titles)[:80],))
    named = " ".join([own, *titles])
    if words.ELSEWHERE.search(named):
        raise InputRefused.of("usage", UsageCode.OTHER_TIME_ZONE, value=named[:40])
    unit = unit_of(table.choices.unit, own, titles, notes, layout_known=table.layout_known)
    figures = Figures(unit, slot_minutes)
    readings = Readings(slot_minutes, at_end=at_end, rises=words.REGISTER.search(named) is not None)
    for row in table.body:
        day = table.day_of(row)
        if day is None:
            continue
        if len(row.cells) < first + count:
            notes.fault(UsageCode.SHORT_ROW, row.line, columns=str(len(row.cells)), wanted=str(first + count))
            continue
        kwh = figures.of(row.cells[first : first + count])
        if NO_NUMBER in kwh:
            for column, figure in enumerate(kwh, first):
                if figure == NO_NUMBER:
                    notes.fault(no_number(row.cells[column]), row.line, column=str(column + 1), value=row.cells[column][:40])
        start = minute_of(day)
        readings.minutes.extend(range(start, start + DAY_MINUTES, slot_minutes))
        readings.kwh.extend(kwh)
        readings.lines.extend([row.line] * count)
    return readings


def _slot_columns(table: Table, notes: Notes) -> tuple[int, int, bool, Row]:
    """First column and number of the day's slots, whether their headings name their ends, and the row of these headings."""
    for row in reversed(table.headings):
        times = [cells.time_of_day(_SLOT_WORDS.sub("", cell), row.line) if cell else None for cell in row.cells]
        run = _longest_run(times)
        if len(run) >= FEWEST_SLOTS:
            at_end = _check_run([time for time in (times[column] for column in run) if time is not None], row)
            return run.start, len(run), at_end, row
    first_row = table.body[0]
    # no heading that names the times: the figures themselves must be a day's
    filled = [
        column
        for column, cell in enumerate(first_row.cells)
        if column > table.date_column and (cells.number(cell) is not None or (cells.is_gap(cell) and cell))
    ]
    if any(table.labels[column] for column in filled):
        raise InputRefused.of("usage", UsageCode.SLOT_HEADINGS, line=str(table.headings[-1].line), columns=str(len(filled)))
    if len(filled) in SLOT_COUNTS and filled[-1] - filled[0] + 1 == len(filled):
        notes.note(ImportNoteCode.HEADINGS_MISSING, first_row.line, slots=str(len(filled)))
        return filled[0], len(filled), False, Row(0, ())
    raise InputRefused.of("usage", UsageCode.SLOT_COLUMNS, line=str(first_row.line), columns=str(len(filled)))


def _longest_run(times: Sequence[cells.TimeOfDay | None]) -> range:
    best = range(0)
    start = 0
    for column, time in enumerate([*times, None]):
        if time is None:
            if column - start > len(best):
                best = range(start, column)
            start = column + 1
    return best


def _check_run(times: Sequence[cells.TimeOfDay], row: Row) -> bool:
    """The headings are a whole day's slots in order, named by beginning, by end, or by number; whether it is the end."""
    count = len(times)
    starts = [time.start for time in times]
    if count in SLOT_COUNTS:
        step = DAY_MINUTES // count
        beginnings = [slot * step for slot in range(count)]
        ends = [beginning + step for beginning in beginnings]
        names = [list(range(count)), list(range(1, count + 1))] if times[0].number else [beginnings, ends, [*ends[:-1], 0]]
        if starts in names and all(time.end is None or time.end - time.start == step for time in times):
            return times[0].end is not None or starts[0] != 0
    code = UsageCode.TOO_FINE if count > max(SLOT_COUNTS) and not times[0].number else UsageCode.SLOT_HEADINGS
    raise InputRefused.of("usage", code, line=str(row.line), columns=str(count))
