"""The customer's paper bill: what it needs beside plan and usage, and what it comes to (Part B of the bill rules)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from denkidesk.domain.bills import BillParts, BillWarning
from denkidesk.domain.plans import PlanDetail, PlanFault


@dataclass(frozen=True, slots=True)
class FuelMonth:
    """Fuel adjustment and subsidy of one bill month (billing rule 17). ``fixed`` in yen, the others in yen/kWh; a subsidy is positive."""

    bill_month: str  # "2026-06"
    per_kwh: Decimal
    fixed: Decimal = Decimal(0)
    subsidy: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Supplement:
    """Inputs of our own that belong to a plan or a customer.

    ``levy``: yen/kWh by bill month; None: the table of the desk. ``power_factor``: in percent; None: the contract has none.
    ``demand_kw``: largest half-hour demand of bill months, where the base charge follows the last twelve (rule 22); None: it does not.
    """

    fuel: tuple[FuelMonth, ...] = ()
    levy: tuple[tuple[str, Decimal], ...] | None = None
    included_kwh: Decimal = Decimal(0)
    half_base_at_zero: bool = False
    deduct_yen: Decimal = Decimal(0)
    power_factor: int | None = None
    contract_from: date | None = None
    contract_to: date | None = None
    demand_kw: tuple[tuple[str, Decimal], ...] | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From one meter reading to the day before the next (rule 16)."""

    first: date
    last: date

    @property
    def bill_month(self) -> str:
        """N月分: the month of the closing reading."""
        return month_of(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """Days of the whole period."""
        return (self.last - self.first).days + 1


def month_of(day: date) -> str:
    """ "2026-06"."""
    return f"{day.year:04}-{day.month:02}"


def months_later(month: str, count: int) -> str:
    """The bill month that is so many calendar months later."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12:04}-{number % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class PeriodBill:
    """One bill. ``first`` to ``last``: the days under contract; ``fuel`` (its fixed sum too) - ``subsidy`` - ``deduction`` = adjust."""

    month: str
    first: date
    last: date
    kwh: Decimal
    parts: BillParts
    fuel: Decimal
    subsidy: Decimal
    deduction: Decimal

    @property
    def days(self) -> int:
        """Days under contract."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class PaperBill:
    """The bills of all whole periods. ``cut``: periods that the data hold in part, and that are therefore not billed."""

    periods: tuple[PeriodBill, ...]
    cut: tuple[Period, ...] = ()
    warnings: tuple[BillWarning, ...] = ()
    plan_faults: tuple[PlanFault, ...] = ()


@dataclass(frozen=True, slots=True)
class BillOnPaper:
    """A bill that somebody holds in the hand. ``kwh``: of the whole, or by the names of the plan's conditions; ``lines``: yen by name."""

    detail: PlanDetail
    capacity: Decimal | None
    supplement: Supplement
    period: Period
    kwh: Decimal | tuple[tuple[str, Decimal], ...] | None
    yen: Decimal
    lines: tuple[tuple[str, Decimal], ...] = ()


class Switch(StrEnum):
    """What alone may explain the difference between our bill and the paper one."""

    FUEL_MONTH = "fuel_month"
    SUBSIDY = "subsidy"
    LEVY_YEAR = "levy_year"
    DIRECT_DEBIT = "direct_debit"
    SINGLE_FLOOR = "single_floor"
    HALF_BASE = "half_base"
    POWER_FACTOR = "power_factor"
    WHOLE_KWH = "whole_kwh"
    HOLIDAYS = "holidays"
    PRORATION = "proration"


@dataclass(frozen=True, slots=True)
class UsageLine:
    """What one condition of the plan charges."""

    name: str
    kwh: Decimal
    unit_yen: Decimal
    yen: Decimal


@dataclass(frozen=True, slots=True)
class Trial:
    """A switch tried alone. ``value``: what was put in its place (a bill month, yen, percent), "" where the switch says it all."""

    switch: Switch
    value: str
    charge: Decimal


@dataclass(frozen=True, slots=True)
class BillMatch:
    """Our bill beside the paper one.

    ``usage``, ``fuel``, ``levy_yen``, ``included_kwh``: what ours was made of, the steps and the included kWh for the days under contract.
    ``trials``: of every switch, where there is a rest to explain.
    """

    ours: PeriodBill
    rest_yen: Decimal  # ours less the bill
    usage: tuple[UsageLine, ...]
    fuel: FuelMonth
    levy_yen: Decimal
    included_kwh: Decimal
    trials: tuple[Trial, ...] = ()

    @property
    def explaining(self) -> tuple[Trial, ...]:
        """The trials that alone give the bill's yen."""
        return tuple(one for one in self.trials if one.charge == self.ours.parts.charge - self.rest_yen)

    @property
    def reasons(self) -> tuple[Switch, ...]:
        """Their switches; none where nothing is left to explain."""
        return tuple(dict.fromkeys(one.switch for one in self.explaining))

    @property
    def reason(self) -> str:
        """The one switch, else ``match`` or ``unknown``."""
        if self.rest_yen == 0:
            return "match"
        return self.reasons[0] if len(self.reasons) == 1 else "unknown"
