"""A year's electricity bill, month by month."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from denkidesk.domain.plans import PlanFault

MONTHS_OF_YEAR = 12


class Rounding(StrEnum):
    """How yen are rounded (billing rule 13)."""

    NONE = "none"  # the engine's own figures
    BILL = "bill"  # two floors a month, as on a Japanese bill


class FuelRule(StrEnum):
    """Which fuel adjustment a figure holds; every comparison names it and uses one rule on both sides."""

    LATEST = "latest"  # the newest price on every month, as the server does
    NONE = "none"  # left out


@dataclass(frozen=True, slots=True)
class BillParts:
    """Yen. ``charge`` = (base + usage + adjust + levy) less the discount, rounded by the policy."""

    charge: Decimal
    base: Decimal  # 基本料金 or 最低料金
    usage: Decimal  # 電力量料金
    adjust: Decimal  # 燃料費調整額
    levy: Decimal  # 再エネ賦課金


@dataclass(frozen=True, slots=True)
class MonthBill:
    """One calendar month. ``month``: "2026-01", the year of its first day in the data. ``billed``: False where no day has data.

    ``days`` of the ``days_of`` that the month has are whole in the data; both are 0 where nobody has counted, as on the server's side.
    """

    month: str
    kwh: Decimal
    parts: BillParts
    billed: bool = True
    days: int = 0
    days_of: int = 0

    @property
    def is_partial(self) -> bool:
        """Billed whole (billing rule 1), though the data do not hold all of its days (rule 14)."""
        return self.billed and self.days < self.days_of


@dataclass(frozen=True, slots=True)
class Bill:
    """A plan's bill for one usage. ``months``: twelve, January to December, whatever year each has.

    ``warnings``: stable words (``capacity_outside``, ...). ``assumed``: the assumed billing rules that acted, by number. ``plan_faults``:
    what is wrong with the plan's own figures; the bill is computed from them all the same.
    """

    epplan_id: str
    base_cd: str
    discount_rate: Decimal
    rounding: Rounding
    fuel_rule: FuelRule
    year: BillParts
    months: tuple[MonthBill, ...]
    warnings: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    plan_faults: tuple[PlanFault, ...] = ()

    @property
    def billed_months(self) -> tuple[MonthBill, ...]:
        """The months that the sum is made of, in the order of time."""
        return tuple(sorted((month for month in self.months if month.billed), key=lambda month: month.month))

    @property
    def partial_months(self) -> tuple[MonthBill, ...]:
        """Those of them that are not whole, in the order of time."""
        return tuple(month for month in self.billed_months if month.is_partial)

    @property
    def days(self) -> int:
        """How many whole days of data the sum is made of."""
        return sum(month.days for month in self.months)

    @property
    def is_year(self) -> bool:
        """Twelve whole months: nothing less is called a year (billing rule 14)."""
        return len(self.billed_months) == len(self.months) == MONTHS_OF_YEAR and not self.partial_months


@dataclass(frozen=True, slots=True)
class ServerBill:
    """The quoting API's own figure (epchargecalc); ``months`` empty where no detail came."""

    company_name: str
    plan_name: str
    base_name: str
    year_charge: Decimal
    monthly_charges: tuple[Decimal, ...]  # twelve, January to December
    year: BillParts | None = None
    months: tuple[MonthBill, ...] = ()
