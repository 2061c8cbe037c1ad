"""Usage without a file: one month or twelve, kWh or yen; nothing estimated looks measured, and no shape claims to be Japanese."""

from decimal import Decimal

import pytest

from denkidesk.billing.engine import compute_bill
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.usage_estimates import Amounts, estimate
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import BaseOption, Company
from denkidesk.domain.usage import LoadShape, Usage
from denkidesk.metering.profile import SHAPES
from denkidesk.texts import tariffs as texts
from denkidesk.ui.tariffs.typed_amount import typed_amounts
from fakes.plan_builder import condition, fuel, plan

DETAIL = plan(
    condition("20.31", volume=("0", "120")),
    condition("25.71", volume=("120", "0")),
    base=(1, "500", "0"),
    fuels=(fuel("-1.5"),),
    levy="4.18",
)
PLAN = BillQuestion(
    company=Company("9999", "見本電力", QuotingAreaCode("06"), former_monopoly=False),
    base=BaseOption("1", "見本", 1, None, Decimal(0), Decimal(0)),
    detail=DETAIL,
    usage=Usage(()),
    capacity=None,
    area_prices=(),
    fuel=FuelChoice(),
    rounding=Rounding.NONE,
    commission_unit="yen",
)


def amounts(*values, first=1, in_yen=False, shape=LoadShape.HOUSEHOLD):
    return Amounts(first, tuple(map(Decimal, values)), in_yen, shape)


def months_of(usage):
    return {month.month: round(month.kwh, 4) for month in usage.months}


def test_twelve_months_stand_where_they_were_given_from_any_month_on():
    months = months_of(estimate(amounts(*range(101, 113), first=11), 2026, None).usage)
    assert (months["2026-11"], months["2026-12"], months["2026-01"], months["2026-10"]) == (101, 102, 103, 112)


@pytest.mark.parametrize("kwh", [0, 1, 77, 120, 121, 431, 9999])
@pytest.mark.parametrize("month", [2, 11])
def test_yen_of_a_month_are_the_kwh_that_the_plan_bills_so(kwh, month):
    given = estimate(amounts(kwh, first=month), 2026, None).usage
    bill = compute_bill(DETAIL, given, PLAN.options(Rounding.BILL))
    charge = next(one.parts.charge for one in bill.months if one.month == f"2026-{month:02}")
    found = estimate(amounts(charge, first=month, in_yen=True), 2026, PLAN)
    assert (found.kwh, found.yen) == ((Decimal(kwh),), (charge,))
    assert months_of(found.usage)[f"2026-{month:02}"] == kwh


def test_yen_that_no_whole_kwh_come_to_take_the_nearest_and_say_what_it_makes():
    exact = estimate(amounts(5000, in_yen=True), 2026, PLAN)
    assert exact.yen[0] != 0
    assert abs(exact.yen[0] - 5000) <= Decimal("14.2")  # half of what a kWh costs


def test_yen_below_the_base_charge_and_yen_without_a_plan_are_refused():
    with pytest.raises(InputRefused) as refused:
        estimate(amounts(100, in_yen=True), 2026, PLAN)
    assert refused.value.faults[0].facts["least"] == "500"
    with pytest.raises(InputRefused):
        estimate(amounts(5000, in_yen=True), 2026, None)


@pytest.mark.parametrize("shape", LoadShape)
def test_every_shape_keeps_the_kwh_names_itself_and_says_that_it_is_not_measured_in_japan(shape):
    usage = estimate(amounts(300, first=4, shape=shape), 2026, None).usage
    assert months_of(usage)["2026-04"] == 300
    assert usage.estimated
    (note,) = usage.notes
    assert dict(note.facts) == {"shape": shape.value}
    words = texts.LOAD_SHAPES_MEANT[shape]
    assert "当社の仮定" in words or ("日本のもの" in words and "出典：" in words)
    profile = SHAPES[shape]
    assert (len(profile.monthly), len(profile.workday), len(profile.day_off)) == (12, 24, 24)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1,200", ["1200"]),
        ("1 200", ["1200"]),
        ("310\t280", ["310", "280"]),
        ("310\n280\n290\n", ["310", "280", "290"]),
        ("３１０　２８０　２９０", ["310", "280", "290"]),
        (" ".join(map(str, range(1, 13))), [str(number) for number in range(1, 13)]),
        ("#####", [None]),
    ],
)
def test_amounts_as_people_type_and_paste_them(typed, values):
    assert [None if one.value is None else str(one.value) for one in typed_amounts(typed, 10**6)] == values
