"""A catalogue of many plans says what the single bill says of each."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.billing.engine import compute_bill
from denkidesk.billing.ranking import price
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import DayClass
from fakes.plan_builder import condition, fuel, plan, usage
from fakes.random_plans import bill_options, plans, usages


@settings(max_examples=60, deadline=None)
@given(details=st.lists(plans(), min_size=1, max_size=8), used=usages(), options=bill_options())
def test_each_plan_of_a_catalogue_is_billed_as_alone(details, used, options):
    priced = price(CompiledPlans(details), UsageSums(used), options)
    dearest = max([60.0] + [float(one) for month in options.area_prices for one in month.prices_yen])
    gross_yen = 1.0 + used.total_kwh * dearest
    for place, detail in enumerate(details):
        if place in priced.refused:
            with pytest.raises(InputRefused) as refused:
                compute_bill(detail, used, options)
            assert priced.refused[place].faults == refused.value.faults
            continue
        alone = compute_bill(detail, used, options)
        for ours, month in zip(priced.months(place), alone.months, strict=True):
            if options.rounding is Rounding.BILL:
                assert Fraction(ours) == month.parts.charge
            else:
                assert abs(Fraction(ours) - Fraction(month.parts.charge)) <= 1e-9 * gross_yen
        assert abs(priced.years[place] - float(alone.year.charge)) <= 1e-9 * 12 * gross_yen


def test_plans_of_one_shape_share_their_volumes():
    details = [
        plan(condition(str(20 + number), volume=("0", "120")), condition(str(25 + number), volume=("120", "0"))) for number in range(50)
    ]
    compiled = CompiledPlans(details)
    assert len(compiled.shapes) == 1
    assert len(compiled.charge_volume) == 2
    years = price(compiled, UsageSums(usage(date(2025, 1, 1), 365)), BillOptions()).years
    assert list(years) == sorted(years)


def test_cheapest_first_and_what_has_no_bill_last():
    details = [
        plan(condition("30")),
        plan(condition("20"), base=(2, "100", "0")),  # needs a capacity
        plan(condition("25")),
        plan(condition("25", hours=(30, 5))),  # no such hours
        plan(condition("25")),
    ]
    priced = price(CompiledPlans(details), UsageSums(usage(date(2025, 1, 1), 31)), BillOptions())
    assert list(priced.cheapest_first()) == [2, 4, 0, 1, 3]
    assert {place: refused.faults[0].field for place, refused in priced.refused.items()} == {1: "capacity", 3: "plan"}


def test_a_half_kwh_is_decided_by_the_figures_as_written():
    # 0.1 + 0.2 + 0.2 is 0.5 as written and less than it in binary
    used = usage(date(2025, 1, 1), 1, lambda _day, hour: {0: 0.1, 1: 0.2, 2: 0.2}.get(hour, 0.0))
    priced = price(CompiledPlans([plan(condition("20"))]), UsageSums(used), BillOptions(rounding=Rounding.BILL))
    assert priced.months(0)[0] == 20


@pytest.mark.parametrize("kwh", [100, 1000, 10_000])
def test_whole_yen_are_hit_exactly(kwh):
    # 0.29 x 100 is 28.999999999999996 in binary
    details = [plan(condition(f"{unit / 100:.2f}"), discount=str(rate)) for unit in range(1, 300, 7) for rate in (0, 3, 5.5)]
    used = usage(date(2025, 1, 1), 1, lambda _day, hour: kwh if hour == 0 else 0)
    options = BillOptions(rounding=Rounding.BILL)
    priced = price(CompiledPlans(details), UsageSums(used), options)
    assert [priced.months(place)[0] for place in range(len(details))] == [
        float(compute_bill(detail, used, options).months[0].parts.charge) for detail in details
    ]


def test_without_fuel_and_with_it_are_two_prices_of_one_catalogue():
    compiled = CompiledPlans([plan(condition("20"), fuels=(fuel("2"), fuel("50", order=2, calc_type=1)))])
    sums = UsageSums(usage(date(2025, 1, 1), 31))
    with_fuel, without = (price(compiled, sums, BillOptions(no_fuels=left_out)) for left_out in (False, True))
    assert with_fuel.years[0] - without.years[0] == pytest.approx(2 * 31 * 24 + 50)


def test_holidays_of_plans_differ():
    weekdays_only = condition("10", day_class=DayClass.WEEKDAY)
    details = [plan(weekdays_only), plan(weekdays_only, holidays=(True, True, True))]
    years = price(CompiledPlans(details), UsageSums(usage(date(2025, 1, 1), 365)), BillOptions()).years
    assert years[0] == pytest.approx(365 * 24 * 10)
    assert years[1] < years[0]


@pytest.mark.parametrize(("option", "field"), [({"capacity": Decimal(-1)}, "capacity"), ({"peak_kw": float("nan")}, "peak")])
def test_a_figure_that_fits_no_plan_is_refused_as_a_whole(option, field):
    compiled = CompiledPlans([plan(condition("20"), base=(5, "100", "0"))])
    with pytest.raises(InputRefused) as refused:
        price(compiled, UsageSums(usage(date(2025, 1, 1), 31)), BillOptions(**option))
    assert refused.value.faults[0].field == field


def test_an_empty_catalogue():
    priced = price(CompiledPlans([]), UsageSums(usage(date(2025, 1, 1), 31)), BillOptions(rounding=Rounding.BILL))
    assert list(priced.cheapest_first()) == []
