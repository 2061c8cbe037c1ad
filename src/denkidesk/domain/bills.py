"""A year's electricity bill, month by month."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
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
    OWN_MONTH = "own_month"  # each month's own price, from the history
    TYPED = "typed"  # one that the clerk has typed, on every month
    NONE = "none"  # left out


@dataclass(frozen=True, slots=True)
class FuelChoice:
    """What the clerk has chosen for every figure of a comparison. ``typed``: yen/kWh of the rule of that name, None while it is missing.

    ``of_plans``: yen/kWh by plan, for those whose newest price nobody has published.
    """

    rule: FuelRule = FuelRule.LATEST
    typed: Decimal | None = None
    of_plans: tuple[tuple[str, Decimal], ...] = ()

    def price_of(self, epplan_id: str) -> Decimal | None:
        """What was typed for a plan in place of its newest price."""
        return dict(self.of_plans).get(epplan_id) if self.rule is FuelRule.LATEST else None


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
    """Why two figures of one part differ: the one rule that alone, in our program, gives the server's figures."""

    MONTH_NOT_BILLED = "month_not_billed"  # one side billed a month that the other has no data for
    MONTH_BOTH_ENDS = "month_both_ends"  # the span touches the month twice (assumed rule 1)
    PARTIAL_MONTH = "partial_month"  # the base charge by the days that there are data of
    ROUNDING = "rounding"
    WHOLE_KWH = "whole_kwh"  # kWh in whole numbers, as a meter is read
    PEAK_BASE = "peak_base"  # which peak the base charge follows
    CAPACITY = "capacity"
    BASE_TYPE_ASSUMED = "base_type_assumed"  # base type 3 (assumed rule 7)
    FUEL_LEFT_OUT = "fuel_left_out"  # one side leaves the fuel adjustment out
    FUEL_MONTH = "fuel_month"  # another price per kWh in all months: of another month than our stored plan's
    LEVY_YEAR = "levy_year"  # the levy of another fiscal year
    AREA_PRICE = "area_price"  # market-linked: how the commission counts (assumed rule 10)
    HOLIDAY = "holiday"  # which days are holidays (assumed rule 2)
    WINDOW_ENDS = "window_ends"  # whether the last hour or month of a window belongs to it
    WINDOW_WRAP = "window_wrap"  # windows over midnight or the year's end (assumed rule 3)
    CAP = "cap"  # what flows on over a cap (assumed rule 5)
    DISCOUNT_ORDER = "discount_order"  # what the discount is taken of
    SUM_OF_PARTS = "sum_of_parts"  # follows from the parts above
    UNKNOWN = "unknown"  # none of them alone, or several


@dataclass(frozen=True, slots=True)
class BillParts:
    """Yen. ``charge`` = (base + usage + adjust + levy) less the discount, rounded by the policy."""

    charge: Decimal
    base: Decimal  # 基本料金 or 最低料金
    usage: Decimal  # 電力量料金
    adjust: Decimal  # 燃料費調整額
    levy: Decimal  # 再エネ賦課金

    @property
    def rest(self) -> Decimal:
        """The discount, and what rounding takes: with the other parts it makes up the charge."""
        return self.charge - self.base - self.usage - self.adjust - self.levy

    def shown(self, places: int = 0) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]:
        """Base, usage, adjust, levy, the rest and the charge as they are shown, half up; the rest makes the row add up as it stands."""
        unit = Decimal(1).scaleb(-places)
        parts = (self.base, self.usage, self.adjust, self.levy, self.charge)
        base, usage, adjust, levy, charge = (part.quantize(unit, rounding=ROUND_HALF_UP) for part in parts)
        return base, usage, adjust, levy, charge - base - usage - adjust - levy, charge


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
class Difference:
    """One figure that differs. ``month``: "2026-01", or "" for the year; ``part``: base, usage, adjust, levy or charge."""

    month: str
    part: str
    ours_yen: Decimal
    server_yen: Decimal
    reason_code: DifferenceReason

    @property
    def yen(self) -> Decimal:
        """Ours less the server's."""
        return self.ours_yen - self.server_yen


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
