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


class BillWarning(StrEnum):
    """What can make a bill's figure wrong, beside faults of the plan."""

    CAPACITY_OUTSIDE = "capacity_outside"
    CAPACITY_NOT_OF_PRICES = "capacity_not_of_prices"
    LEVY_MISSING = "levy_missing"
    COMMISSION_MISSING = "commission_missing"
    NO_CONDITIONS = "no_conditions"
    VOLUME_ABOVE_CAP_UNPRICED = "volume_above_cap_unpriced"
    PEAK_OF_HOURLY_MEANS = "peak_of_hourly_means"
    BASE_BELOW_ZERO = "base_below_zero"
    DEMAND_MONTHS_UNKNOWN = "demand_months_unknown"


class AssumedRule(StrEnum):
    """The billing rules that the server has not published, by their numbers."""

    WHOLE_MONTHS = "1"
    HOLIDAYS = "2"
    WRAPPING_WINDOWS = "3"
    OVER_THE_CAP = "5"
    BASE_TYPE_3 = "7"
    AREA_PRICES = "10"


class DifferenceReason(StrEnum):
    """Why two figures of one part may differ: the first of these that applies, never a proof."""

    MONTH_NOT_BILLED = "month_not_billed"  # one side billed a month that the other has no data for
    MONTH_BOTH_ENDS = "month_both_ends"  # the span touches the month twice (assumed rule 1)
    ROUNDING = "rounding"  # less than a yen for a part
    PEAK_BASE = "peak_base"  # which peak the base charge follows
    CAPACITY = "capacity"
    BASE_TYPE_ASSUMED = "base_type_assumed"  # base type 3 (assumed rule 7)
    FUEL_LEFT_OUT = "fuel_left_out"  # one side was asked to leave the fuel adjustment out
    FUEL_MONTH = "fuel_month"  # the server's newest price is of another month than our stored plan's
    LEVY_YEAR = "levy_year"  # likewise the levy of another fiscal year
    AREA_PRICE = "area_price"  # market-linked: price month or commission (assumed rule 10)
    HOLIDAY = "holiday"  # which days are holidays (assumed rule 2)
    WINDOW_WRAP = "window_wrap"  # windows over midnight or the year's end (assumed rule 3)
    CAP = "cap"  # what flows on over a cap (assumed rule 5)
    UNIT_PRICE = "unit_price"  # nothing assumed acted: the prices themselves are of another day
    DISCOUNT_ORDER = "discount_order"  # the parts agree, their sum less discount does not
    SUM_OF_PARTS = "sum_of_parts"  # follows from the parts above
    UNKNOWN = "unknown"


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

    ``assumed``: the assumed billing rules that acted. ``plan_faults``: what is wrong with the plan's own figures; the bill is computed
    from them all the same.
    """

    epplan_id: str
    base_cd: str
    discount_rate: Decimal
    rounding: Rounding
    fuel_rule: FuelRule
    year: BillParts
    months: tuple[MonthBill, ...]
    warnings: tuple[BillWarning, ...] = ()
    assumed: tuple[AssumedRule, ...] = ()
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
