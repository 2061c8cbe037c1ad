"""Tariff plans as the quoting API describes them, normalised: codes are strings, prices are Decimals as they were written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Final

from denkidesk.domain.areas import QuotingAreaCode


class PlanType(IntEnum):
    """How a plan prices energy (epplanType)."""

    METERED = 1  # 従量制
    MARKET_LINKED = 2  # 市場連動型
    VARIABLE_METERED = 3  # 従量可変型: its detail is fetched for the capacity at hand


class BaseType(IntEnum):
    """How a base charge follows from a plan's two prices (baseType, billing rule 7). A server may send a number that is none of these.

    "From" counts the lower bound of the contract itself (capacity - bound + 1), "above" does not.
    """

    FLAT = 1
    PER_CAPACITY = 2
    FIXED_AND_PER_CAPACITY_ABOVE = 3  # assumed rule 7
    MINIMUM_CHARGE = 4
    PER_PEAK = 5
    FIXED_AND_PER_PEAK_FROM = 6
    BY_CONTRACT = 7
    FIXED_AND_PER_CAPACITY = 8
    FIXED_AND_PER_CAPACITY_FROM = 9


CAPACITY_TYPES: Final = frozenset(
    {
        BaseType.PER_CAPACITY,
        BaseType.FIXED_AND_PER_CAPACITY_ABOVE,
        BaseType.FIXED_AND_PER_CAPACITY,
        BaseType.FIXED_AND_PER_CAPACITY_FROM,
    }
)
"""They need the contract's capacity."""
PEAK_TYPES: Final = frozenset({BaseType.PER_PEAK, BaseType.FIXED_AND_PER_PEAK_FROM})
ONE_AMOUNT_TYPES: Final = frozenset({BaseType.FLAT, BaseType.MINIMUM_CHARGE, BaseType.BY_CONTRACT})
"""One amount whatever is used and contracted."""
TWO_PRICE_TYPES: Final = (CAPACITY_TYPES | PEAK_TYPES) - {BaseType.PER_CAPACITY, BaseType.PER_PEAK}


class DayClass(IntEnum):
    """Days that a condition applies to (holidayData)."""

    ANY = 0
    WEEKDAY = 1
    HOLIDAY = 2


@dataclass(frozen=True, slots=True)
class HolidayFlags:
    """Which days count as holidays for a plan (holidayflg "xyz": Saturday, Sunday, public holiday, in that order)."""

    saturday: bool
    sunday: bool
    public_holiday: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A retailer (電力会社)."""

    epcorp_cd: str  # digits without leading zeros, whichever shape the server used
    name: str
    area_code: QuotingAreaCode
    former_monopoly: bool  # eptype 1
    fit_prices: tuple[Decimal | None, ...] = ()  # surplus purchase prices, yen/kWh, by the API's six positions
    commission: Decimal | None = None  # area-price commission; its unit is not public, see billing rule 10
    occto_epcorp_cd: str = ""
    meti_epcorp_cd: str = ""
    occto_cd: str = ""


@dataclass(frozen=True, slots=True)
class BaseOption:
    """One way to take a plan's base charge, usually one contract size."""

    base_cd: str
    name: str
    base_type: int  # a BaseType, or a number that the server alone knows
    ampere: Decimal | None
    capacity_from: Decimal
    capacity_to: Decimal  # 0 = no limit


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan in a company's list."""

    epplan_id: str
    epcorp_cd: str
    name: str
    contract_type: int
    plan_type: PlanType
    capacity_unit: str  # "A", "kVA" or "kW"
    valid_from: date | None
    valid_to: date | None  # None = open
    discount_rate: Decimal  # %
    holidays: HolidayFlags
    bases: tuple[BaseOption, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One priced window of usage (billing rules 3 to 6)."""

    calc_order: int
    name: str
    group: int
    volume_cap: Decimal  # %, 0 = none
    volume_from: Decimal  # kWh a month
    volume_to: Decimal  # kWh a month, 0 = no limit
    month_from: int
    month_to: int
    day_class: DayClass
    time_from: int  # hour, 0..24
    time_to: int
    unit_yen: Decimal  # yen/kWh


PlanKey = tuple[str, str, Decimal | None]
"""Plan, base option, and the capacity that the figures are of."""


@dataclass(frozen=True, slots=True)
class Fuel:
    """One fuel adjustment item (billing rule 8). Negative prices are normal. Not ``is_known``: nobody says the price, and 0 stands in.

    ``month``: the one of the year that it is due in, 0 for all. The API names none: it is of bills with each month's own price.
    """

    calc_order: int
    calc_type: int  # 0 usage x unit, 1 fixed amount
    volume_from: Decimal
    volume_to: Decimal  # 0 = no limit
    unit_yen: Decimal
    is_known: bool = True
    month: int = 0


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """All figures of one plan with one base option: what a bill is computed from.

    ``base_unit`` and ``base_fix_unit`` (yen), ``levy_yen_per_kwh`` (再エネ賦課金), ``discount_rate`` (%). None where the server left the
    item out, as it does in part for market-linked plans. ``source``: where the figures were published and when, if the server says so.
    """

    epplan_id: str
    base_cd: str
    epcorp_cd: str
    name: str
    base_name: str
    contract_type: int
    plan_type: PlanType
    capacity_unit: str
    discount_rate: Decimal
    holidays: HolidayFlags
    base_type: int | None  # a BaseType, or a number that the server alone knows
    base_unit: Decimal | None
    base_fix_unit: Decimal | None
    ampere: Decimal | None
    capacity_from: Decimal
    capacity_to: Decimal  # 0 = no limit
    capacity: Decimal | None  # variable-metered plans only
    conditions: tuple[Condition, ...]
    fuels: tuple[Fuel, ...]
    levy_yen_per_kwh: Decimal | None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    @property
    def key(self) -> PlanKey:
        """Which figures of which plan these are."""
        return self.epplan_id, self.base_cd, self.capacity


@dataclass(frozen=True, slots=True)
class PricedHours:
    """Hours of the day (0 to 23, ascending) in some months (1 to 12, ascending) on one class of days."""

    months: tuple[int, ...]
    day_class: DayClass
    hours: tuple[int, ...]


class PlanFaultCode(StrEnum):
    """What can be wrong with a plan's figures though a bill can be made of them."""

    NO_CONDITIONS = "no_conditions"
    HOURS_UNPRICED = "hours_unpriced"
    HOURS_TWICE = "hours_twice"
    TIER_UNPRICED = "tier_unpriced"
    TIER_TWICE = "tier_twice"
    TIER_EMPTY = "tier_empty"
    CAP_WITHOUT_NEXT = "cap_without_next"
    CAP_IN_TIERS = "cap_in_tiers"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    NOT_CURRENT = "not_current"  # its own words say so
    STALE_PRICES = "stale_prices"  # from before the last change of the consumption tax, and open all the same
    FUEL_UNKNOWN = "fuel_unknown"  # nobody knows a price, or 0 stands for all of them
    IMPLAUSIBLE_PRICE = "implausible_price"
    IMPLAUSIBLE_CAPACITY = "implausible_capacity"
    CAPACITY_LIMITS = "capacity_limits"


class PlanFigure(StrEnum):
    """The figures of a plan that can be implausible: the fact ``item`` of ``IMPLAUSIBLE_PRICE``."""

    CONDITION_PRICE = "condition_price"
    VOLUME_CAP = "volume_cap"
    FUEL_PRICE = "fuel_price"
    FUEL_FIXED = "fuel_fixed"
    LEVY_PRICE = "levy_price"
    DISCOUNT_RATE = "discount_rate"
    BASE_PER_UNIT = "base_per_unit"
    BASE_FIXED = "base_fixed"


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing that is wrong with a plan's figures. ``hours``: where; ``facts``: for its sentence."""

    code: PlanFaultCode
    hours: tuple[PricedHours, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AreaPriceMonth:
    """Mean wholesale price of each hour of the day over one month (月平均・時間別), yen/kWh."""

    area_code: QuotingAreaCode
    year_month: str  # "2026-01"
    prices_yen: tuple[Decimal, ...]  # 24, hour 0 to 23


@dataclass(frozen=True, slots=True)
class Subsidy:
    """One subsidy as the quoting API lists it; free texts stay free texts."""

    id: str
    title: str
    area: str
    prefecture: str
    city: str
    subsidy_class: str
    facilities: tuple[str, ...]
    overview: str
    price: str
    phone: str
    url: str
    rep: str
    modified: str  # ISO 8601 as delivered
