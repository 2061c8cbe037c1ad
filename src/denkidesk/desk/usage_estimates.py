"""Usage without a file: one month's amount or twelve, in kWh or in a plan's yen, spread over the hours by a load shape."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.usage import ImportNote, ImportNoteCode, LoadShape, Usage

if TYPE_CHECKING:
    from denkidesk.metering.profile import LoadProfile

_MOST_KWH: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Amounts:
    """``values``: of ``first_month``, or of twelve months from that one on; yen as billed."""

    first_month: int
    values: tuple[Decimal, ...]
    in_yen: bool
    shape: LoadShape


@dataclass(frozen=True, slots=True)
class Estimate:
    """``kwh`` of the months that were given; ``yen``: what the plan makes of them, empty where they were given in kWh."""

    usage: Usage
    kwh: tuple[Decimal, ...]
    yen: tuple[Decimal, ...] = ()


def estimate(amounts: Amounts, year: int, plan: BillQuestion | None) -> Estimate:
    """A calendar year in which the given months have their kWh. ``plan``: what yen are of; its usage does not count.

    Raises InputRefused for what is out of range, and for yen that no kWh of the plan come to.
    """
    from denkidesk.metering.profile import SHAPES, usage_from_months

    profile = SHAPES[amounts.shape]
    months = [(amounts.first_month - 1 + place) % 12 + 1 for place in range(len(amounts.values))]
    kwh, yen = list(amounts.values), []
    if amounts.in_yen:
        if plan is None:
            raise InputRefused.of("plan", InputCode.REQUIRED)
        found = [_kwh_of(value, month, year, plan, profile) for month, value in zip(months, kwh, strict=True)]
        kwh, yen = [one for one, _ in found], [charge for _, charge in found]
    usage = usage_from_months(dict(zip(months, kwh, strict=True)), year, profile)
    return Estimate(
        replace(usage, notes=(ImportNote(ImportNoteCode.LOAD_SHAPE, None, (("shape", amounts.shape.value),)),)), tuple(kwh), tuple(yen)
    )


def _kwh_of(yen: Decimal, month: int, year: int, plan: BillQuestion, profile: "LoadProfile") -> tuple[Decimal, Decimal]:
    """The whole kWh of a month whose bill comes nearest to the yen, and that bill."""
    from denkidesk.billing.engine import compute_bill
    from denkidesk.metering.profile import days_of_month

    options = plan.options(Rounding.BILL)

    def charge(kwh: int) -> Decimal:
        usage = Usage(tuple(days_of_month(year, month, Decimal(kwh), profile)), estimated=True)
        return compute_bill(plan.detail, usage, options).year.charge

    low, high = 0, _MOST_KWH
    if not charge(low) <= yen <= charge(high):
        raise InputRefused.of("yen", InputCode.OUT_OF_RANGE, value=f"{yen:f}", least=f"{charge(low):f}")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if charge(middle) <= yen else (low, middle)
    best = min((low, high), key=lambda kwh: abs(charge(kwh) - yen))
    return Decimal(best), charge(best)
