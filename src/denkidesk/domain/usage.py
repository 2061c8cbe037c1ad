"""A customer's electricity usage, hour by hour."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HOURS = 24


def years_later(day: date, years: int) -> date:
    """The same day of another year; the 28th for a leap day."""
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, slots=True)
class UsageDay:
    """One calendar day. ``hourly_kwh``: 24 figures, hour 0 to 23; None where the meter's data have none (never 0).

    ``peak_kw``: the day's largest half-hour mean where the data are half-hourly, for contracts by the demand of months (billing rule 22).
    """

    day: date
    hourly_kwh: tuple[float | None, ...]
    peak_kw: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all its hours are there, measured or filled by a rule: only then does a day count (billing rule 14)."""
        return None not in self.hourly_kwh

    @property
    def kwh(self) -> float:
        """Sum of what is there."""
        return sum(kwh for kwh in self.hourly_kwh if kwh is not None)


@dataclass(frozen=True, slots=True)
class UsageMonth:
    """What a usage holds of one calendar month ("2026-01"): ``days`` of its ``days_of`` are whole."""

    month: str
    kwh: float
    days: int
    days_of: int


class GapRule(StrEnum):
    """How hours without a figure are treated; printed on the quote."""

    STOP = "stop"  # no bill is made
    DAY_CLASS_MEAN = "day_class_mean"  # of the same hour on days of the same class in that month, else in the nearest
    ZERO = "zero"  # 0 kWh, as the quoting service's own import takes it


class YearRule(StrEnum):
    """How a year is made of less than one (billing rule 14); printed wherever its sum stands."""

    WHAT_IS_THERE = "what_is_there"  # no year: the sum of the data
    DAY_CLASS_MEAN = "day_class_mean"  # each missing hour as in ``GapRule``
    LOAD_SHAPE = "load_shape"  # the plain household shape of our own, at the level of the data


class LoadShape(StrEnum):
    """By which hours and seasons monthly figures are spread; what each is, and whose, stands in the texts."""

    HOUSEHOLD = "household-plain"
    HOUSE_FRANCE = "house-france-2008"
    APARTMENTS_US = "apartments-us"
    OFFICE_US = "office-us"
    SHOP_US = "shop-us"


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
    COLUMN_TAKEN = "column_taken"  # one of several that could be meant
    FILES_JOINED = "files_joined"
    FILE_IGNORED = "file_ignored"  # a sheet or a file of an archive that holds no usage
    REGISTER_DIFFERENCES = "register_differences"
    MONTHLY_FIGURES = "monthly_figures"  # the hours are an estimate
    NEWEST_YEAR = "newest_year"  # the file holds more
    ANSWERED = "answered"  # by the clerk, or by a remembered answer: what the files left open
    LOAD_SHAPE = "load_shape"  # by which an estimate was spread
    YEAR_MADE = "year_made"  # of less, by a rule of the clerk's
    ONE_PERIOD = "one_period"  # of a meter's reading, over the end of a month


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something that the reader of a usage file noticed, with the place it happened.

    ``line``: 1-based line of the file or None; ``facts`` for the sentence that ``texts`` makes of it.
    """

    code: ImportNoteCode
    line: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Days in ascending order, each at most once, spanning at most one year.

    ``peak_kw``: the largest half-hour mean demand in kW where the data are half-hourly (2 x the largest kWh), else None.
    ``estimated``: made from monthly figures and a profile, not measured. ``filled_by``: the rule that filled gaps; ``completed_by``: the
    rule that filled a year that was not whole. ``notes``: what the reader of the files noticed.
    """

    days: tuple[UsageDay, ...]
    peak_kw: float | None = None
    estimated: bool = False
    source: str = ""  # file name or the clerk's own words
    completed_by: YearRule | None = None
    filled_by: GapRule | None = None
    notes: tuple[ImportNote, ...] = ()

    @property
    def total_kwh(self) -> float:
        """Sum of what is there."""
        return sum(value for day in self.days for value in day.hourly_kwh if value is not None)

    @property
    def largest_kw(self) -> float:
        """The largest half-hour mean, or hourly mean where the data are no finer."""
        hourly = (kwh for day in self.days for kwh in day.hourly_kwh if kwh is not None)
        return self.peak_kw if self.peak_kw is not None else max(hourly, default=0.0)

    @property
    def whole_days(self) -> int:
        """How many days count (billing rule 14)."""
        return sum(day.is_whole for day in self.days)

    @property
    def is_whole_year(self) -> bool:
        """Whether no day of the year that begins with the first day is missing."""
        first = self.days[0].day
        return self.whole_days >= (years_later(first, 1) - first).days

    @property
    def months(self) -> tuple[UsageMonth, ...]:
        """By calendar month, in the order of time."""
        months: dict[str, list[UsageDay]] = {}
        for day in self.days:
            months.setdefault(f"{day.day.year:04}-{day.day.month:02}", []).append(day)
        return tuple(
            UsageMonth(
                month,
                sum(kwh for day in days for kwh in day.hourly_kwh if kwh is not None),
                sum(day.is_whole for day in days),
                monthrange(days[0].day.year, days[0].day.month)[1],
            )
            for month, days in months.items()
        )

    @property
    def gaps(self) -> tuple[tuple[date, int], ...]:
        """Day and hour of each missing figure *between* the first and the last one.

        What is missing before the first or after the last is no gap: there the data begin and end (billing rule 14). Where there is no
        figure at all, every hour is a gap.
        """
        if all(day.is_whole for day in self.days):
            return ()
        hours = [(day.day, hour, value is None) for day in self.days for hour, value in enumerate(day.hourly_kwh)]
        known = [place for place, (_, _, missing) in enumerate(hours) if not missing]
        inside = hours[known[0] : known[-1]] if known else hours
        return tuple((day, hour) for day, hour, missing in inside if missing)

    @property
    def gap_hours(self) -> int:
        return len(self.gaps)


@dataclass(frozen=True, slots=True)
class UsageChoices:
    """What the clerk settles where a file leaves it open; what is open and not settled is asked, never guessed.

    ``column``: its heading, or the word of a column that sorts the rows (買電, 売電). ``year``: of rows that are written without one.
    ``year_from``: first day of the year to take from a longer file; ``newest_year`` takes the newest. ``register``: the figures are a
    meter's register, its differences are the usage. ``accept_values``: figures that no such contract can have are right all the same.
    """

    unit: str | None = None
    column: str | None = None
    supply_point: str | None = None
    sheet: str | None = None
    register: bool = False
    year: int | None = None
    year_from: date | None = None
    newest_year: bool = False
    accept_values: bool = False


@dataclass(frozen=True, slots=True)
class ImportedUsage:
    """A usage file as it was understood: the figures, and everything that the clerk must know before a bill is made of it."""

    usage: Usage
    layout: str  # stable word of the layout that was recognised: "wide-hourly", "long-half-hourly", ...
    encoding: str
    headings: str = ""  # equal for files with the same headings, "" where there are none
    estimated_months: frozenset[int] = frozenset()  # of a quote: the calendar months that were not measured whole when it was made

    @property
    def notes(self) -> tuple[ImportNote, ...]:
        """What the reader noticed."""
        return self.usage.notes
