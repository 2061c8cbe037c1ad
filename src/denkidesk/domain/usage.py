"""A customer's electricity usage, hour by hour."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HOURS = 24


@dataclass(frozen=True, slots=True)
class UsageDay:
    """One calendar day. ``hourly_kwh``: 24 figures, hour 0 to 23; None where the meter's data have none (never 0)."""

    day: date
    hourly_kwh: tuple[float | None, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all its hours are there, measured or filled by a rule: only then does a day count (billing rule 14)."""
        return None not in self.hourly_kwh


@dataclass(frozen=True, slots=True)
class Usage:
    """Days in ascending order, each at most once, spanning at most one year.

    ``peak_kw``: the largest half-hour mean demand in kW where the data are half-hourly (2 x the largest kWh), else None.
    ``estimated``: made from monthly figures and a profile, not measured.
    """

    days: tuple[UsageDay, ...]
    peak_kw: float | None = None
    estimated: bool = False
    source: str = ""  # file name or the clerk's own words

    @property
    def total_kwh(self) -> float:
        """Sum of what is there."""
        return sum(value for day in self.days for value in day.hourly_kwh if value is not None)

    @property
    def gaps(self) -> tuple[tuple[date, int], ...]:
        """Day and hour of each missing figure *between* the first and the last one.

        What is missing before the first or after the last is no gap: there the data begin and end (billing rule 14). Where there is no
        figure at all, every hour is a gap.
        """
        hours = [(day.day, hour, value is None) for day in self.days for hour, value in enumerate(day.hourly_kwh)]
        known = [place for place, (_, _, missing) in enumerate(hours) if not missing]
        inside = hours[known[0] : known[-1]] if known else hours
        return tuple((day, hour) for day, hour, missing in inside if missing)

    @property
    def gap_hours(self) -> int:
        """How many gaps there are."""
        return 0 if all(day.is_whole for day in self.days) else len(self.gaps)


class ImportNoteCode(StrEnum):
    """What the reader of a usage file can notice."""

    GAP = "gap"
    MORE_GAPS = "more_gaps"  # those that are not named one by one
    MONTH_MISSING = "month_missing"
    NEGATIVE = "negative"
    OUTLIER = "outlier"
    ALL_ZERO = "all_zero"
    UNIT_KW = "unit_kw"
    UNIT_CONVERTED = "unit_converted"
    UNIT_ASSUMED = "unit_assumed"
    SEVERAL_UNITS = "several_units"
    PERIOD_NOT_COVERED = "period_not_covered"
    PARTIAL_FIRST_DAY = "partial_first_day"
    PARTIAL_LAST_DAY = "partial_last_day"
    DUPLICATE = "duplicate"
    NEWEST_FIRST = "newest_first"
    NOT_IN_ORDER = "not_in_order"
    LEAP_DAY = "leap_day"
    HEADINGS_MISSING = "headings_missing"
    INTERVAL_END = "interval_end"
    INTERVAL_END_ASSUMED = "interval_end_assumed"
    SLOT_NUMBERS = "slot_numbers"
    ROW_IGNORED = "row_ignored"


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something that the reader of a usage file noticed, with the place it happened.

    ``line``: 1-based line of the file or None; ``facts`` for the sentence that ``texts`` makes of it.
    """

    code: ImportNoteCode
    line: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedUsage:
    """A usage file as it was understood: the figures, and everything that the clerk must know before a bill is made of it."""

    usage: Usage
    layout: str  # stable word of the layout that was recognised: "wide-hourly", "long-half-hourly", ...
    encoding: str
    notes: tuple[ImportNote, ...] = ()


class GapRule(StrEnum):
    """How hours without a figure are treated; printed on the quote."""

    STOP = "stop"  # no bill is made
    SAME_WEEKDAY_MEAN = "same_weekday_mean"  # the mean of the same hour on the same weekday
    ZERO = "zero"  # 0 kWh, as the quoting service's own import takes it
