"""Random plans, usages and options with every feature of the bill rules, for hypothesis."""

import random
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.plans import AreaPriceMonth, DayClass, PlanType
from denkidesk.domain.usage import Usage, UsageDay
from fakes.plan_builder import condition, fuel, plan

yen = st.decimals(-60, 60, places=2).map(str)
kwh_limits = st.sampled_from([("0", "0"), ("0", "3.5"), ("3.5", "0"), ("15", "120"), ("120", "300"), ("300", "0"), ("0.1", "0.2")])
months = st.tuples(st.integers(1, 12), st.integers(1, 12)) | st.just((1, 12))
hours = st.tuples(st.integers(0, 23), st.integers(0, 24)) | st.just((0, 0))


@st.composite
def conditions(draw):
    count = draw(st.integers(0, 7))
    orders = draw(st.permutations(range(1, count + 1)))
    return tuple(
        condition(
            draw(yen),
            order=order,
            group=draw(st.sampled_from([0, 0, 1, 2])),
            cap=draw(st.sampled_from(["0", "0", "0", "30", "62.5", "100"])),
            volume=draw(kwh_limits),
            months=draw(months),
            day_class=draw(st.sampled_from(list(DayClass))),
            hours=draw(hours),
        )
        for order in orders
    )


@st.composite
def plans(draw):
    plan_type = draw(st.sampled_from([PlanType.METERED, PlanType.METERED, PlanType.MARKET_LINKED, PlanType.VARIABLE_METERED]))
    limits = draw(st.sampled_from([("0", "0"), ("6", "10"), ("2.5", "0")]))
    fuels = tuple(
        fuel(draw(yen), order=number, calc_type=draw(st.integers(0, 1)), volume=draw(kwh_limits))
        for number in range(draw(st.integers(0, 3)))
    )
    return plan(
        *draw(conditions()),
        base=(draw(st.integers(1, 9)), draw(yen), draw(yen)),
        fuels=fuels,
        levy=draw(st.decimals(0, 5, places=2).map(str)),
        discount=draw(st.sampled_from(["0", "3", "5.5"])),
        holidays=draw(st.tuples(st.booleans(), st.booleans(), st.booleans())),
        capacity_limits=limits,
        capacity=Decimal(7) if plan_type is PlanType.VARIABLE_METERED else None,
        plan_type=plan_type,
    )


def prices_something(detail):
    """A plan whose every figure is 0 is refused; the plain program has no such rule."""
    prices = (
        detail.base_unit,
        detail.base_fix_unit,
        detail.levy_yen_per_kwh,
        *(one.unit_yen for one in (*detail.conditions, *detail.fuels)),
    )
    return detail.plan_type is PlanType.MARKET_LINKED or (any(prices[:1]) or any(prices[2:]))


@st.composite
def usages(draw):
    """Days here and there in one year, holidays and both ends of the first month among them more often than by chance."""
    first = draw(st.dates(date(2023, 1, 1), date(2026, 6, 30)))
    offsets = draw(st.sets(st.integers(0, 364), min_size=1, max_size=12))
    near_ends = draw(st.sets(st.sampled_from([0, 1, 363, 364]), max_size=4))
    dates = {first + timedelta(days=offset) for offset in offsets | near_ends}
    special = [(1, 2), (4, 30), (5, 3), (12, 31), (2, 28)]
    for month, day in draw(st.sets(st.sampled_from(special), max_size=3)):
        for year in (first.year, first.year + 1):
            if first <= date(year, month, day) <= first + timedelta(days=364):
                dates.add(date(year, month, day))
    dice = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - test data, drawn from a seed that hypothesis can shrink
    decimals = draw(st.sampled_from([0, 1, 2, 4, 17]))
    return Usage(tuple(UsageDay(day, tuple(round(dice.uniform(0, 4), decimals) for _ in range(24))) for day in sorted(dates)))


@st.composite
def area_prices(draw):
    dice = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - as above
    year = draw(st.integers(2022, 2027))
    months = [(year, month) for month in range(1, 13)] + [(year - 1, month) for month in range(1, 13) if dice.random() < 0.5]
    return tuple(
        AreaPriceMonth(QuotingAreaCode("06"), f"{year:04}-{month:02}", tuple(Decimal(dice.randint(1, 6000)) / 100 for _ in range(24)))
        for year, month in months
    )


@st.composite
def bill_options(draw):
    commission = draw(st.none() | st.sampled_from(["0", "2.35", "-1"]))
    return BillOptions(
        capacity=Decimal(draw(st.sampled_from(["6", "7.5", "30"]))),
        peak_kw=draw(st.none() | st.sampled_from([3.3, 8.0])),
        no_fuels=draw(st.booleans()),
        rounding=draw(st.sampled_from(list(Rounding))),
        area_prices=draw(area_prices()),
        commission=None if commission is None else Decimal(commission),
        commission_unit=draw(st.sampled_from(["yen", "percent"])),
    )
