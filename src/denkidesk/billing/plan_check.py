"""Whether a plan's figures can be billed at all: what is missing or unknown is refused by name, never guessed.

What is doubtful only is billed, and said beside the figure: see ``plan_faults``.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from denkidesk.billing.windows import Window
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import PlanCode
from denkidesk.domain.plans import TWO_PRICE_TYPES, BaseType, Condition, Fuel, PlanDetail, PlanType

FUEL_TYPES: Final = frozenset({0, 1})
MOST_YEN_PER_KWH: Final = Decimal(10_000)
"""A price per kWh beyond it is no price but a slip: forty times the dearest half-hour that the wholesale market has ever had (251 yen)."""


def named(detail: PlanDetail) -> Mapping[str, str]:
    """The facts by which every refusal names the plan."""
    return {"epplan_id": detail.epplan_id, "base_cd": detail.base_cd, "name": detail.name}


def checked(detail: PlanDetail) -> PlanDetail:
    """The plan itself, or InputRefused("plan", ...) with every fault of it; the facts name plan, base option and item."""
    faults = _Faults(detail)
    _check_base(detail, faults)
    if detail.levy_yen_per_kwh is None and detail.plan_type is not PlanType.MARKET_LINKED:
        faults.note(PlanCode.MISSING, item="levy_yen_per_kwh")
    for item in ("base_unit", "base_fix_unit", "discount_rate"):
        faults.number(item, getattr(detail, item), may_be_negative=True)
    faults.price("levy_yen_per_kwh", detail.levy_yen_per_kwh)
    faults.number("capacity_from", detail.capacity_from)
    faults.number("capacity_to", detail.capacity_to)
    for condition in detail.conditions:
        _check_condition(condition, faults)
    for fuel in detail.fuels:
        _check_fuel(fuel, faults)
    if not faults.found and not _prices_anything(detail):
        faults.note(PlanCode.PRICES_NOTHING)
    if faults.found:
        raise InputRefused(faults.found)
    return detail


class _Faults:
    """Notes every fault of a plan."""

    def __init__(self, detail: PlanDetail) -> None:
        self._plan = named(detail)
        self.found: list[FieldFault] = []

    def note(self, code: PlanCode, **facts: str) -> None:
        self.found.append(FieldFault("plan", code, {**self._plan, **facts}))

    def number(self, item: str, figure: Decimal | None, *, may_be_negative: bool = False) -> None:
        if figure is not None and (not figure.is_finite() or (figure < 0 and not may_be_negative)):
            self.note(PlanCode.BAD_FIGURE, item=item, value=str(figure))

    def price(self, item: str, figure: Decimal | None) -> None:
        self.number(item, figure, may_be_negative=True)
        if figure is not None and figure.is_finite() and abs(figure) > MOST_YEN_PER_KWH:
            self.note(PlanCode.ABSURD_PRICE, item=item, value=f"{figure:f}")


def _check_base(detail: PlanDetail, faults: _Faults) -> None:
    parts_may_miss = detail.plan_type is PlanType.MARKET_LINKED  # for these the server leaves a part of the items out
    if detail.base_type is None:
        if not parts_may_miss:
            faults.note(PlanCode.MISSING, item="base_type")
    elif detail.base_type not in tuple(BaseType):
        faults.note(PlanCode.UNKNOWN_BASE_TYPE, base_type=str(detail.base_type))
    elif detail.base_unit is None:
        if not parts_may_miss:
            faults.note(PlanCode.MISSING, item="base_unit")
    elif detail.base_type in TWO_PRICE_TYPES and detail.base_fix_unit is None:
        faults.note(PlanCode.MISSING, item="base_fix_unit")


def _check_condition(condition: Condition, faults: _Faults) -> None:
    where = f"conditions[{condition.calc_order}]"
    window = Window.of(condition)
    if not window.valid:
        months, hours = f"{window.month_from}-{window.month_to}", f"{window.time_from}-{window.time_to}"
        faults.note(PlanCode.BAD_WINDOW, item=where, months=months, hours=hours)
    faults.number(f"{where}.volume_cap", condition.volume_cap)
    faults.number(f"{where}.volume_from", condition.volume_from)
    faults.number(f"{where}.volume_to", condition.volume_to)
    faults.price(f"{where}.unit_yen", condition.unit_yen)


def _check_fuel(fuel: Fuel, faults: _Faults) -> None:
    where = f"fuels[{fuel.calc_order}]"
    if fuel.calc_type not in FUEL_TYPES:
        faults.note(PlanCode.UNKNOWN_FUEL_TYPE, item=where, calc_type=str(fuel.calc_type))
    faults.number(f"{where}.volume_from", fuel.volume_from)
    faults.number(f"{where}.volume_to", fuel.volume_to)
    if fuel.calc_type == 0:
        faults.price(f"{where}.unit_yen", fuel.unit_yen)
    else:
        faults.number(f"{where}.unit_yen", fuel.unit_yen, may_be_negative=True)


def _prices_anything(detail: PlanDetail) -> bool:
    """Some figure of the plan is not zero, or the market prices its hours: else every bill would be 0 yen."""
    if detail.plan_type is PlanType.MARKET_LINKED:
        return True
    per_kwh = (detail.levy_yen_per_kwh, *(condition.unit_yen for condition in detail.conditions), *(fuel.unit_yen for fuel in detail.fuels))
    fixed = detail.base_fix_unit if detail.base_type in TWO_PRICE_TYPES else None
    return any((detail.base_unit, fixed, *per_kwh))
