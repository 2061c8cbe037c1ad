"""Why one plan costs a customer less or more than another: whole yen that add up, and what would turn the order."""

from dataclasses import dataclass
from enum import StrEnum


class _TwoSums:
    """What both plans come to."""

    __slots__ = ()
    present_yen: int
    proposed_yen: int

    @property
    def difference(self) -> int:
        """Yen that the proposal is dearer by; negative: it saves."""
        return self.proposed_yen - self.present_yen


class WhyPart(StrEnum):
    """What a line of the comparison is about."""

    BASE = "base"
    BAND = "band"
    FUEL = "fuel"
    LEVY = "levy"
    DISCOUNT = "discount"
    ROUNDING = "rounding"
    REST = "rest"  # the last two as one, in a quote that was kept before they were apart


@dataclass(frozen=True, slots=True)
class BandTime:
    """In what a band differs from another of its name: first and last month, hours from and to, the day class; None where in nothing."""

    months: tuple[int, int] | None
    hours: tuple[int, int] | None
    day_class: int | None


@dataclass(frozen=True, slots=True)
class WhyLine(_TwoSums):
    """Whole yen of one part in both plans; ``name``: of the band, "" for the other parts and where the energy is one line.

    ``when``: of a band that is not the only one of its name.
    """

    part: WhyPart
    name: str
    present_yen: int
    proposed_yen: int
    when: BandTime | None = None


@dataclass(frozen=True, slots=True)
class MonthPair(_TwoSums):
    """One month of both plans. ``month``: "2026-01"; ``is_partial``: not all of its days are in the data."""

    month: str
    present_yen: int
    proposed_yen: int
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Why(_TwoSums):
    """``lines`` and ``months`` each add up to the two sums, to the yen. ``months``: those that are billed, in the order of time."""

    lines: tuple[WhyLine, ...]
    months: tuple[MonthPair, ...]
    present_yen: int
    proposed_yen: int

    @property
    def largest(self) -> tuple[WhyLine, ...]:
        """The two lines that differ most, the larger first; fewer where nothing else differs."""
        lines = [line for line in self.lines if line.difference]
        return tuple(sorted(lines, key=lambda line: -abs(line.difference))[:2])


@dataclass(frozen=True, slots=True)
class Both(_TwoSums):
    """The sums of both plans under one assumption. ``of``: a bill month of fuel prices, or a month of market prices ("2026-01")."""

    of: str
    present_yen: int
    proposed_yen: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the difference hangs on. ``fuel``, ``market``: the best and the worst for the proposal, None where fewer than two are known.

    ``usage_percent``: the change of usage, nearest to none, from which the order is the other one; ``fuel_yen``: by how many yen/kWh the
    price of the proposal's fuel adjustment alone must change for it; None where nothing within reach turns it. ``fuel_months``,
    ``market_months``: those that the two ends are the ends of; () in a quote that was kept before they were.
    """

    fuel: tuple[Both, Both] | None
    market: tuple[Both, Both] | None
    usage_percent: int | None
    fuel_yen: float | None
    fuel_months: tuple[str, ...] = ()
    market_months: tuple[str, ...] = ()

    def turns(self, difference: int) -> bool:
        """Whether some fuel or market price that was there makes the order another one; what is equal has none."""
        ends = [both.difference for pair in (self.fuel, self.market) if pair for both in pair]
        return any(end * difference < 0 for end in ends)
