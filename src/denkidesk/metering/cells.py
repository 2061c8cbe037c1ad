"""What one cell says: a number, a gap, a date, a time of day, a unit. Cells come normalised to half width."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode

DAY_MINUTES: Final = 1440
FIRST_YEAR, LAST_YEAR = 2000, 2100  # what a metering file can hold; anything else is a misread column

_GAP_WORDS: Final = frozenset({"na", "n/a", "nan", "null", "none", "欠測", "欠損", "未計測"})
_GAP_SIGNS: Final = "-―—−ー*"
_NUMBER: Final = re.compile(r"[+-]?(?:(?:[1-9]\d{0,2}(?:,\d{3})+|\d{1,15})(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_DASH: Final = r"\s*[-~〜∼–—―−ー]\s*"
_DATE: Final = re.compile(
    r"(?P<year>\d{4}|(?:令和|R)\s*\d{1,2}|令和元)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?(?:\s*\([^)]*\))?(?P<rest>.*)",
    re.DOTALL,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\s*(\d{2}):?(\d{2})(?:00)?)?", re.ASCII)
_MONTH_DAY: Final = re.compile(r"(\d{1,2})(?:/|月)(\d{1,2})日?(?:\s*\([^)]*\))?", re.ASCII)
_CLOCK: Final = r"(\d{1,2})\s*(?::\s*(\d{2})(?::(\d{2})(?:\.0+)?)?|時(?:\s*(\d{1,2})\s*分)?台?)"
_TIME: Final = re.compile(_CLOCK, re.ASCII)
_RANGE: Final = re.compile(
    r"(\d{1,2})(?::(\d{2})(?::\d{2})?|時(?:(\d{1,2})分)?)?" + _DASH + r"(\d{1,2})(?::(\d{2})(?::\d{2})?|時(?:(\d{1,2})分)?)?時?", re.ASCII
)
_ZONE: Final = re.compile(r"\s*(?:Z|UTC|GMT|JST|[+-]\d{2}:?\d{2})$")
_JAPAN: Final = frozenset({"+09:00", "+0900", "JST"})
_UNIT: Final = re.compile(r"(?<![a-z])([km]?)w(h?)(?![a-z])", re.IGNORECASE)
_TOTAL: Final = re.compile(r"合計|小計|総計|平均|\btotal\b|\bsum\b|\baverage\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """``start`` and, for a range, ``end`` in minutes; ``number`` where the cell is a bare number (an hour, or a slot)."""

    start: int
    end: int | None = None
    number: bool = False


def is_gap(cell: str) -> bool:
    """The meter has nothing here."""
    return not cell.strip(_GAP_SIGNS) or cell.lower() in _GAP_WORDS


def is_number(cell: str) -> bool:
    """A number, with or without thousands separators."""
    return _NUMBER.fullmatch(cell) is not None


def number(cell: str) -> Decimal | None:
    """The number as written, with or without thousands separators; None if it is none."""
    return Decimal(cell.replace(",", "")) if is_number(cell) else None


def is_total(cell: str) -> bool:
    """The label of a row or column of totals or means."""
    return _TOTAL.search(cell) is not None


def day_and_time(cell: str, line: int) -> tuple[date, TimeOfDay | None] | None:
    """A date, with its time of day where the cell has one; None if the cell is no date.

    Raises InputRefused for a date that does not exist, a year that no meter had, or a time zone that is not Japan's.
    """
    found = _DATE.fullmatch(cell)
    if found is None:
        compact = _COMPACT.fullmatch(cell)
        if compact is None or not FIRST_YEAR <= int(compact[1]) <= LAST_YEAR:
            return None
        year, month, day, hour, minute = (int(part) if part else None for part in compact.groups())
        stamp = None if hour is None else TimeOfDay(hour * 60 + (minute or 0))
        return calendar_day(year or 0, month or 0, day or 0, cell, line), stamp
    stem = found["rest"].strip().removeprefix("T")
    zone = _ZONE.search(stem) if not _RANGE.fullmatch(stem) else None
    if zone is not None:
        if zone[0].strip() not in _JAPAN:
            raise InputRefused.of("usage", UsageCode.OTHER_TIME_ZONE, line=str(line), value=cell)
        stem = stem[: zone.start()]
    stamp = time_of_day(stem, line) if stem else None
    if stem and (stamp is None or stamp.number):
        return None
    return calendar_day(_year(found["year"]), int(found["month"]), int(found["day"]), cell, line), stamp


def month_and_day(cell: str) -> tuple[int, int] | None:
    """Month and day of a date that is written without its year."""
    found = _MONTH_DAY.fullmatch(cell)
    return (int(found[1]), int(found[2])) if found else None


def calendar_day(year: int, month: int, day: int, cell: str, line: int) -> date:
    """The date, or InputRefused where the calendar has none."""
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise InputRefused.of("usage", UsageCode.NO_SUCH_DAY, line=str(line), value=cell) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputRefused.of("usage", UsageCode.ABSURD_YEAR, line=str(line), value=cell)
    return found


def time_of_day(cell: str, line: int) -> TimeOfDay | None:
    """0:00 to 24:00, a range of them, or a bare number; None if the cell is none of these."""
    text = re.sub(r"\s*\(.*\)$", "", cell)
    ranged = _RANGE.fullmatch(text)
    if ranged:
        start = _minutes(ranged[1], ranged[2] or ranged[3], None, cell, line)
        end = _minutes(ranged[4], ranged[5] or ranged[6], None, cell, line)
        if end % 60 in {29, 59}:
            end += 1  # 0:00-0:29 names the same half-hour as 0:00-0:30
        return TimeOfDay(start, end or DAY_MINUTES)
    clock = _TIME.fullmatch(text)
    if clock:
        return TimeOfDay(_minutes(clock[1], clock[2] or clock[4], clock[3], cell, line))
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return TimeOfDay(int(text), number=True)
    return None


def _minutes(hour: str, minute: str | None, second: str | None, cell: str, line: int) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if int(second or 0):
        raise InputRefused.of("usage", UsageCode.TOO_FINE, line=str(line), value=cell)
    if minutes > DAY_MINUTES or int(minute or 0) > 59:
        raise InputRefused.of("usage", UsageCode.NO_SUCH_TIME, line=str(line), value=cell)
    return minutes


def _year(text: str) -> int:
    if text[0].isdigit():
        return int(text)
    digits = "".join(character for character in text if character.isdigit())
    return 2018 + int(digits or 1)  # 令和: its first year (令和元年) is 2019


def units(text: str) -> set[str]:
    """Units of energy or power that a heading names: "kWh", "kW", "Wh", "W", "MWh", "MW"."""
    return {f"{'M' if prefix == 'M' else prefix.lower()}W{'h' if hour else ''}" for prefix, hour in _UNIT.findall(text)}
