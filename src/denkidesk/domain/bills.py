"""A year's electricity bill, month by month."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
    """One calendar month. ``month``: "2026-01", the year of its first day in the data. ``billed``: False where no day has data."""

    month: str
    kwh: Decimal
    parts: BillParts
    billed: bool = True


@dataclass(frozen=True, slots=True)
class Bill:
    """A plan's bill for one usage. ``months``: twelve, January to December, whatever year each has.

    ``warnings``: stable words (``capacity_outside``, ...). ``assumed``: the assumed billing rules that acted, by number.
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
