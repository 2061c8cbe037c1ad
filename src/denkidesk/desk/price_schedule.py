"""What a kilowatt-hour costs when: a plan's prices by month and hour, and by how much was used already."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.plans import Condition, DayClass, PlanDetail
from denkidesk.domain.values import dataclass

Tiers = tuple[tuple[Decimal, Decimal], ...]
"""From how many kWh a month on, yen/kWh; ascending."""
_Cell = tuple[str, Tiers]
_NOTHING: Final[_Cell] = ("", ())


@dataclass(frozen=True, slots=True)
class Block:
    """Months (both ends belong to it) x hours (the end does not) of one price. ``name``: of the band, "" where steps have several."""

    month_from: int
    month_to: int
    hour_from: int
    hour_to: int
    name: str
    tiers: Tiers


def has_holidays(detail: PlanDetail) -> bool:
    """Whether a day's kind changes a price: some day is a holiday, and some condition asks."""
    flags = detail.holidays
    asks = any(condition.day_class is not DayClass.ANY for condition in detail.conditions)
    return asks and (flags.saturday or flags.sunday or flags.public_holiday)


def blocks(detail: PlanDetail, day_class: DayClass) -> tuple[Block, ...]:
    """The largest blocks of equal price on such days, in the order of months and hours; hours without a price are in none.

    ``day_class``: weekday or holiday. What a cap or a group does to a price depends on the usage and is not in here.
    """
    asked = [(Window.of(one), one) for one in detail.conditions if one.day_class in (DayClass.ANY, day_class)]
    grid = [[_cell(asked, month, hour) for hour in range(HOURS)] for month in range(1, MONTHS + 1)]
    done: list[Block] = []
    open_runs: dict[tuple[int, int, _Cell], int] = {}  # where each run that goes on began
    for month in range(1, MONTHS + 2):
        runs = _runs(grid[month - 1]) if month <= MONTHS else []
        for run in [run for run in open_runs if run not in runs]:
            start, end, (name, tiers) = run
            done.append(Block(open_runs.pop(run), month - 1, start, end, name, tiers))
        for run in runs:
            open_runs.setdefault(run, month)
    return tuple(sorted((block for block in done if block.tiers), key=lambda one: (one.month_from, one.hour_from)))


def steps(detail: PlanDetail) -> Tiers:
    """The steps of the price in the first hours that have any; empty for a plan without."""
    found = (block.tiers for day_class in (DayClass.WEEKDAY, DayClass.HOLIDAY) for block in blocks(detail, day_class))
    return next((tiers for tiers in found if len(tiers) > 1), ())


def _cell(asked: Sequence[tuple[Window, Condition]], month: int, hour: int) -> _Cell:
    found = [condition for window, condition in asked if window.has_month(month) and window.has_hour(hour)]
    if not found:
        return _NOTHING
    found.sort(key=lambda condition: condition.volume_from)
    return found[0].name if len(found) == 1 else "", tuple((condition.volume_from, condition.unit_yen) for condition in found)


def _runs(cells: list[_Cell]) -> list[tuple[int, int, _Cell]]:
    """Neighbouring hours of one price."""
    starts = [hour for hour in range(HOURS) if hour == 0 or cells[hour] != cells[hour - 1]]
    return [(start, end, cells[start]) for start, end in zip(starts, [*starts[1:], HOURS], strict=True)]
