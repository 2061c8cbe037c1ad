"""Short spelling of plans and usages for the tests of the bill rules."""

from datetime import date, timedelta
from decimal import Decimal

from denkidesk.domain.plans import Condition, DayClass, Fuel, HolidayFlags, PlanDetail, PlanType
from denkidesk.domain.usage import Usage, UsageDay


def condition(
    unit, *, order=1, group=0, cap="0", volume=("0", "0"), months=(1, 12), day_class=DayClass.ANY, hours=(0, 0), name="電力量料金"
) -> Condition:
    return Condition(
        calc_order=order,
        name=name,
        group=group,
        volume_cap=Decimal(cap),
        volume_from=Decimal(volume[0]),
        volume_to=Decimal(volume[1]),
        month_from=months[0],
        month_to=months[1],
        day_class=day_class,
        time_from=hours[0],
        time_to=hours[1],
        unit_yen=Decimal(unit),
    )


def fuel(unit, *, order=1, calc_type=0, volume=("0", "0")) -> Fuel:
    return Fuel(order, calc_type, Decimal(volume[0]), Decimal(volume[1]), Decimal(unit))


def plan(
    *conditions,
    base=(1, "0", "0"),
    fuels=(),
    levy="0",
    discount="0",
    holidays=(False, False, False),
    capacity_limits=("0", "0"),
    capacity=None,
    plan_type=PlanType.METERED,
) -> PlanDetail:
    base_type, unit, fixed = base
    return PlanDetail(
        epplan_id="9999_1_0001",
        base_cd="1",
        epcorp_cd="9999",
        name="見本プラン",
        base_name="見本",
        contract_type=1,
        plan_type=plan_type,
        capacity_unit="kVA",
        discount_rate=Decimal(discount),
        holidays=HolidayFlags(*holidays),
        base_type=base_type,
        base_unit=None if unit is None else Decimal(unit),
        base_fix_unit=None if fixed is None else Decimal(fixed),
        ampere=None,
        capacity_from=Decimal(capacity_limits[0]),
        capacity_to=Decimal(capacity_limits[1]),
        capacity=capacity,
        conditions=conditions,
        fuels=fuels,
        levy_yen_per_kwh=None if levy is None else Decimal(levy),
    )


def usage(first: date, days: int, kwh=1.0, **values) -> Usage:
    """``kwh``: one figure for every hour, or a function of (day, hour)."""
    at = kwh if callable(kwh) else lambda _day, _hour: kwh
    dates = [first + timedelta(days=number) for number in range(days)]
    return Usage(tuple(UsageDay(day, tuple(at(day, hour) for hour in range(24))) for day in dates), **values)


def month_of_kwh(kwh: str, first: date = date(2023, 1, 1)) -> Usage:
    """One day whose hours sum to these kWh: enough to bill its month."""
    day = UsageDay(first, (float(kwh), *([0.0] * 23)))
    return Usage((day,))
