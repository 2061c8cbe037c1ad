"""A customer's electricity usage, hour by hour."""

from dataclasses import dataclass
from datetime import date

HOURS = 24


@dataclass(frozen=True, slots=True)
class UsageDay:
    """One calendar day. ``hourly_kwh``: 24 figures, hour 0 to 23; None where the meter's data have a gap (never 0)."""

    day: date
    hourly_kwh: tuple[float | None, ...]


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
    def gap_hours(self) -> int:
        """Hours without a figure within the days that are present."""
        return sum(1 for day in self.days for value in day.hourly_kwh if value is None)


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something that the reader of a usage file noticed, with the place it happened.

    ``code``: a stable word (``gap``, ``duplicate``, ``unit_kw``, ``leap_day``, ...); ``line``: 1-based line of the file or None; ``facts``
    for the sentence that ``ui.texts`` makes of it.
    """

    code: str
    line: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedUsage:
    """A usage file as it was understood: the figures, and everything that the clerk must know before a bill is made of it."""

    usage: Usage
    layout: str  # stable word of the layout that was recognised: "wide-hourly", "long-half-hourly", ...
    encoding: str
    notes: tuple[ImportNote, ...] = ()
