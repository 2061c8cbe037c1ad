"""Plans in the order of what they cost one customer, and what would be if the customer used the electricity otherwise."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import BillWarning
from denkidesk.domain.plans import BaseOption, Company, Plan, PlanDetail, PlanFault

UNIT_AMPERE: Final = "A"


class LeftOut(StrEnum):
    """Why a plan of the catalogue is not compared: the first of these that applies."""

    AREA = "area"
    CONTRACT_TYPE = "contract_type"
    NOT_ON_OFFER = "not_on_offer"
    CAPACITY = "capacity"
    CAPACITY_UNKNOWN = "capacity_unknown"
    CAPACITY_PRICES = "capacity_prices"  # its figures are of one capacity each, and of this one none are stored
    NOT_FETCHED = "not_fetched"
    AREA_PRICES = "area_prices"
    NO_BILL = "no_bill"
    EXCLUDED = "excluded"  # by the clerk


class Apart(StrEnum):
    """Why the sum of a plan is no sum to be compared: it has neither rank nor difference.

    ``FUEL``: nobody knows its fuel price. ``PRICES``: some kWh have no price, or two; or a market-linked plan no commission.
    """

    FUEL = "fuel"
    PRICES = "prices"


@dataclass(frozen=True, slots=True)
class Doubts:
    """What can make the sum of a plan another one than is billed."""

    warnings: tuple[BillWarning, ...] = ()
    faults: tuple[PlanFault, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.warnings or self.faults)


@dataclass(frozen=True, slots=True)
class Spread:
    """From what to what the sum of a market-linked plan goes with the prices that there were.

    ``months``: the two whose prices all months have, the cheaper first; None where it is of whole stored years. ``present``: yen of the
    present plan beside it, None where it is not known. ``is_before``: of before a slider began to move.
    """

    low: int
    high: int
    months: tuple[str, str] | None = None
    present: int | None = None
    is_before: bool = False

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest sum."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Trial:
    """What if: ``kwh_percent`` more or less, ``night_percent`` of the daytime's kWh moved to 23 to 7 h, another ``capacity``.

    ``home_days``: of five weekdays so many more are spent at home, with the hours of a mean Saturday or Sunday of the same month.
    """

    kwh_percent: int = 0
    night_percent: int = 0
    home_days: int = 0
    capacity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """A contract's capacity; 10 A are 1 kVA or kW."""

    amount: Decimal | None
    is_ampere: bool

    @property
    def unit(self) -> str:
        """A or kVA."""
        return UNIT_AMPERE if self.is_ampere else "kVA"

    def of(self, unit: str) -> Decimal | None:
        """In a plan's own unit."""
        return None if self.amount is None else self.amount * Decimal(10) ** ((unit == UNIT_AMPERE) - self.is_ampere)


@dataclass(frozen=True, slots=True)
class AtHand:
    """The contract whose capacity variable-metered plans are priced for."""

    area_code: QuotingAreaCode
    contract_type: int
    size: Size

    def capacity_for(self, plan: Plan, base: BaseOption) -> Decimal | None:
        """The capacity to ask for; None where the contract and the plan do not fit."""
        amount = self.size.of(plan.capacity_unit)
        if amount is None or plan.contract_type != self.contract_type or base.ampere not in (None, amount):
            return None
        return amount if base.capacity_from <= amount and (not base.capacity_to or amount < base.capacity_to) else None


@dataclass(frozen=True, slots=True)
class RankedPlan:
    """One line. ``rank``: 1 more than the plans that are cheaper; None for a plan that stands ``apart``, whose ``yen`` are no bill's.

    ``difference``: yen more than the present plan, None where one of the two stands apart. ``spread``: None where fewer than two months of
    market prices are stored, or the plan does not follow the market.
    """

    company: Company
    detail: PlanDetail
    yen: int
    rank: int | None
    difference: int | None
    is_present: bool
    spread: Spread | None = None
    apart: Apart | None = None
    doubts: Doubts = Doubts()
