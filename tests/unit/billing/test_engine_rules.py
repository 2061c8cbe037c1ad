"""Each bill rule on a case small enough to compute by hand."""

from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext

import pytest

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import FuelRule, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import AreaPriceMonth, DayClass, PlanType
from denkidesk.domain.usage import Usage, UsageDay
from fakes.plan_builder import condition, fuel, month_of_kwh, plan, usage

BILL = BillOptions(rounding=Rounding.BILL)
BOTH = pytest.mark.parametrize("rounding", list(Rounding))


def year_of(detail, used, **options):
    return compute_bill(detail, used, BillOptions(**options)).year


def test_a_month_without_a_day_is_not_billed_and_one_day_makes_a_whole_month():
    bill = compute_bill(plan(condition("10"), base=(1, "500", "0"), levy="1"), usage(date(2026, 2, 28), 2))
    assert [month.month for month in bill.months] == ["2027-01", *(f"2026-{month:02}" for month in range(2, 13))]
    assert [month.billed for month in bill.months] == [False, True, True] + [False] * 9
    assert bill.year.base == 1000
    assert bill.year.usage == 480
    assert bill.months[0].parts.charge == 0
    assert "1" in bill.assumed


def test_both_ends_of_a_year_are_one_month_with_the_year_of_its_first_day():
    bill = compute_bill(plan(condition("1"), base=(1, "100", "0")), usage(date(2025, 2, 15), 365))
    february = bill.months[1]
    assert february.month == "2025-02"
    assert february.kwh == 24 * 28
    assert bill.months[0].month == "2026-01"
    assert bill.year.base == 1200


@pytest.mark.parametrize(
    ("first", "days", "accepted"),
    [
        (date(2024, 1, 1), 366, True),
        (date(2024, 2, 29), 366, True),
        (date(2024, 2, 29), 367, False),
        (date(2025, 1, 1), 365, True),
        (date(2025, 1, 1), 366, False),
        (date(2024, 1, 1), 800, False),
    ],
)
def test_more_than_a_year_is_refused(first, days, accepted):
    if accepted:
        assert compute_bill(plan(condition("1")), usage(first, days)).year.usage == 24 * days
    else:
        with pytest.raises(InputRefused) as refused:
            compute_bill(plan(condition("1")), usage(first, days))
        assert refused.value.faults[0].code == "more_than_a_year"


@pytest.mark.parametrize(
    ("day", "flags", "holiday"),
    [
        (date(2026, 7, 18), (True, False, False), True),  # a Saturday
        (date(2026, 7, 18), (False, True, True), False),
        (date(2026, 7, 19), (False, True, False), True),  # a Sunday
        (date(2026, 7, 20), (False, False, True), True),  # Marine Day, a Monday
        (date(2026, 7, 20), (True, True, False), False),
        (date(2026, 4, 30), (False, False, True), True),  # an ordinary Thursday but for rule 2
        (date(2026, 12, 31), (False, False, True), True),
        (date(2026, 9, 22), (False, False, True), True),  # a citizens' holiday between two others
        (date(2026, 5, 6), (False, False, True), True),  # a substitute holiday
        (date(2026, 7, 21), (True, True, True), False),
    ],
)
def test_day_classes(day, flags, holiday):
    detail = plan(condition("1", day_class=DayClass.WEEKDAY), condition("100", order=2, day_class=DayClass.HOLIDAY), holidays=flags)
    assert year_of(detail, usage(day, 1)).usage == (2400 if holiday else 24)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((0, 0), range(24)),
        ((7, 7), range(24)),
        ((0, 24), range(24)),
        ((8, 10), [8, 9]),
        ((22, 24), [22, 23]),
        ((22, 0), [22, 23]),
        ((23, 7), [*range(7), 23]),
    ],
)
@BOTH
def test_hours_of_a_window(hours, expected, rounding):
    used = usage(date(2026, 7, 1), 1, lambda _day, hour: float(2**hour))
    assert year_of(plan(condition("1", hours=hours)), used, rounding=rounding).usage == sum(2**hour for hour in expected)


def test_months_run_over_the_years_end():
    detail = plan(condition("1", months=(10, 6)), condition("0", order=2, months=(7, 9)))
    bill = compute_bill(detail, usage(date(2026, 1, 1), 365))
    assert [month.month[-2:] for month in bill.months if month.parts.usage > 0] == [
        "01", "02", "03", "04", "05", "06", "10", "11", "12",
    ]  # fmt: skip
    assert bill.assumed == ("3",)


def test_a_group_shares_the_union_of_its_windows():
    """Day and evening windows that overlap, priced in two steps over their union of 10 hours."""
    detail = plan(
        condition("10", group=1, hours=(8, 16), volume=("0", "100")),
        condition("20", order=2, group=1, hours=(14, 18), volume=("100", "0")),
        condition("5", order=3, hours=(18, 8)),
    )
    parts = year_of(detail, usage(date(2026, 7, 1), 30))
    assert parts.usage == 100 * 10 + 200 * 20 + 14 * 30 * 5


def test_a_group_counts_only_windows_that_apply_in_the_month():
    detail = plan(condition("1", group=1, hours=(0, 6), months=(7, 7)), condition("10", order=2, group=1, hours=(6, 12), months=(8, 8)))
    bill = compute_bill(detail, usage(date(2026, 7, 31), 2))
    assert [bill.months[6].parts.usage, bill.months[7].parts.usage] == [6, 60]


@BOTH
def test_what_is_over_a_cap_flows_on_before_the_next_cap(rounding):
    """100 kWh: 30 % at 10, then what flows on (70) plus its own window (24 of 100), capped at 50 %, the rest to the last in order."""
    day = UsageDay(date(2026, 7, 1), (24.0, *([0.0] * 22), 76.0))
    detail = plan(
        condition("1000", order=3, hours=(2, 3)),
        condition("10", order=1, cap="30"),
        condition("100", order=2, cap="50", hours=(0, 1)),
    )
    bill = compute_bill(detail, Usage((day,)), BillOptions(rounding=rounding))
    assert bill.year.usage == 30 * 10 + 50 * 100 + 44 * 1000
    assert "5" in bill.assumed


def test_what_is_over_a_cap_skips_conditions_of_other_months_and_warns_when_nothing_takes_it():
    detail = plan(condition("10", cap="50"), condition("99", order=2, months=(8, 8)))
    bill = compute_bill(detail, usage(date(2026, 7, 1), 1))
    assert bill.year.usage == 120
    assert bill.warnings == ("volume_above_cap_unpriced",)


@pytest.mark.parametrize(
    ("kwh", "yen"), [("0", 0), ("15", 0), ("16", 20), ("120", 2100), ("121", 2125), ("500", 2100 + 180 * 25 + 200 * 30)]
)
def test_tiers_are_kwh_a_month(kwh, yen):
    detail = plan(
        condition("20", volume=("15", "120")),
        condition("25", order=2, volume=("120", "300")),
        condition("30", order=3, volume=("300", "0")),
    )
    assert year_of(detail, month_of_kwh(kwh)).usage == yen


@pytest.mark.parametrize(
    ("base_type", "expected"),
    [(1, 300), (2, 1800), (3, 1700), (4, 300), (5, 1200), (6, 1400), (7, 300), (8, 2300), (9, 2000)],
)
@BOTH
def test_base_types(base_type, expected, rounding):
    """Unit 300, fixed 500, capacity 6, its limits from 2, peak 4 kW."""
    detail = plan(condition("0"), base=(base_type, "300", "500"), capacity_limits=("2", "10"))
    bill = compute_bill(detail, usage(date(2026, 7, 1), 1), BillOptions(capacity=Decimal(6), peak_kw=4.0, rounding=rounding))
    assert bill.year.base == expected
    assert bill.warnings == ()
    assert ("7" in bill.assumed) == (base_type == 3)


@pytest.mark.parametrize("base_type", [2, 3, 8, 9])
def test_a_capacity_that_is_needed_is_never_guessed(base_type):
    with pytest.raises(InputRefused) as refused:
        compute_bill(plan(condition("0"), base=(base_type, "300", "0")), usage(date(2026, 7, 1), 1))
    assert refused.value.faults[0].field == "capacity"
    assert refused.value.faults[0].facts["name"] == "見本プラン"


@pytest.mark.parametrize(("capacity", "warned"), [("5.9", True), ("6", False), ("9.9", False), ("10", True)])
def test_a_capacity_outside_its_limits_is_a_warning(capacity, warned):
    detail = plan(condition("0"), base=(2, "1", "0"), capacity_limits=("6", "10"))
    bill = compute_bill(detail, usage(date(2026, 7, 1), 1), BillOptions(capacity=Decimal(capacity)))
    assert bill.warnings == (("capacity_outside",) if warned else ())
    assert bill.year.base == Decimal(capacity)


def test_the_peak_is_the_given_one_then_that_of_the_half_hours_then_the_largest_hour():
    detail = plan(condition("0"), base=(5, "1", "0"))
    hours = usage(date(2026, 7, 1), 1, lambda _day, hour: 0.5 + hour)
    assert year_of(detail, replace(hours, peak_kw=30.0), peak_kw=40.0).base == 40
    assert year_of(detail, replace(hours, peak_kw=30.0)).base == 30
    from_hours = compute_bill(detail, hours)
    assert from_hours.year.base == Decimal("23.5")
    assert from_hours.warnings == ("peak_of_hourly_means",)


def test_fuel_by_kwh_and_fixed():
    fuels = (
        fuel("33.66", calc_type=1),
        fuel("2.24", order=2, volume=("15", "0")),
        fuel("-7", order=3),
        fuel("1", order=4, calc_type=1, volume=("300", "0")),
    )
    detail = plan(condition("0"), fuels=fuels)
    assert year_of(detail, month_of_kwh("260")).adjust == pytest.approx(Decimal("33.66") + 245 * Decimal("2.24") - 7 * 260)
    assert year_of(detail, month_of_kwh("260"), rounding=Rounding.BILL).adjust == Decimal("33.66") + 245 * Decimal("2.24") - 7 * 260
    assert year_of(detail, month_of_kwh("300"), rounding=Rounding.BILL).adjust == Decimal("33.66") + 285 * Decimal("2.24") - 7 * 300
    assert year_of(detail, month_of_kwh("301"), rounding=Rounding.BILL).adjust == Decimal("34.66") + 286 * Decimal("2.24") - 7 * 301
    without = compute_bill(detail, month_of_kwh("260"), BillOptions(no_fuels=True))
    assert (without.year.adjust, without.fuel_rule) == (0, FuelRule.NONE)


def test_the_discount_takes_off_every_part():
    detail = plan(condition("10"), base=(1, "100", "0"), fuels=(fuel("1"),), levy="3", discount="5")
    parts = year_of(detail, month_of_kwh("100"))
    assert parts.charge == pytest.approx(Decimal(1425))
    assert (parts.base, parts.usage, parts.adjust, parts.levy) == (100, 1000, 100, 300)


def test_two_floors_a_month_in_decimal():
    """Floats make 66.99999999999999 of 6.7 x 10: on paper it is 67 yen."""
    detail = plan(condition("6.7"), levy="1.1", discount="0")
    used = usage(date(2026, 7, 1), 1, lambda _day, hour: 0.1 if hour < 10 else (0.9 if hour < 20 else 0.0))
    bill = compute_bill(detail, used, BILL)
    assert bill.year.usage == Decimal("67.00")
    assert bill.year.charge == 67 + 11


def test_a_floor_goes_down_below_zero():
    assert year_of(plan(condition("0"), fuels=(fuel("-0.5"),)), month_of_kwh("1"), rounding=Rounding.BILL).charge == -1


def test_the_year_is_the_sum_of_rounded_months():
    bill = compute_bill(plan(condition("0"), base=(1, "10.9", "0")), usage(date(2026, 1, 1), 365), BILL)
    assert bill.year.charge == 120


def test_figures_with_many_digits_are_billed_exactly_too():
    used = Usage((UsageDay(date(2026, 7, 1), (0.1234567890123456, 1e-300, *([0.0] * 22))),))
    bill = compute_bill(plan(condition("1", cap="100")), used, BILL)  # caps count kWh as measured
    with localcontext(Context(prec=400)):
        assert bill.year.usage == Decimal("0.1234567890123456") + Decimal("1e-300")


def area(year_month, price):
    return AreaPriceMonth(QuotingAreaCode("06"), year_month, tuple(Decimal(price) + hour for hour in range(24)))


@BOTH
def test_market_linked_takes_its_own_month_else_the_newest_year(rounding):
    prices = (area("2025-07", "1"), area("2024-08", "100"), area("2023-08", "50"), area("2026-07", "7"))
    detail = plan(plan_type=PlanType.MARKET_LINKED, base=(None, None, None), levy="1")
    bill = compute_bill(detail, usage(date(2025, 7, 31), 2), BillOptions(area_prices=prices, commission=Decimal(2), rounding=rounding))
    assert bill.months[6].parts.usage == 24 * 3 + 276
    assert bill.months[7].parts.usage == 24 * 102 + 276
    assert "10" in bill.assumed
    assert bill.warnings == ()


def test_market_linked_prices_both_ends_of_a_month_by_their_own_year():
    prices = (*(area(f"2025-{month:02}", "0") for month in range(1, 13)), area("2026-02", "1000"))
    detail = plan(plan_type=PlanType.MARKET_LINKED, base=(1, "10", None), levy="0")
    bill = compute_bill(detail, usage(date(2025, 2, 28), 365), BillOptions(area_prices=prices, commission=Decimal(0)))
    assert bill.months[1].parts.usage == 276 + 27 * (276 + 24000)


def test_market_linked_commission_as_a_percentage():
    detail = plan(condition("1"), plan_type=PlanType.MARKET_LINKED, base=(1, "10", None), levy=None)
    bill = compute_bill(
        detail,
        usage(date(2025, 7, 1), 1),
        BillOptions(area_prices=(area("2025-07", "10"),), commission=Decimal(10), commission_unit="percent"),
    )
    assert bill.year.usage == pytest.approx(Decimal("1.1") * (240 + 276) + 24)
    assert bill.year.base == 10
    assert bill.warnings == ("levy_missing",)


@pytest.mark.parametrize(
    ("prices", "code"),
    [
        ((), "missing"),
        ((area("2025-06", "1"),), "month_missing"),
        ((area("2025-07", "1"), area("2025-07", "2")), "month_twice"),
        ((replace(area("2025-07", "1"), prices_yen=(Decimal(1),)),), "not_24_prices"),
        ((area("2025-07", "1"), replace(area("2025-08", "1"), area_code=QuotingAreaCode("03"))), "several_areas"),
    ],
)
def test_market_linked_without_its_prices_is_refused(prices, code):
    detail = plan(plan_type=PlanType.MARKET_LINKED)
    with pytest.raises(InputRefused) as refused:
        compute_bill(detail, usage(date(2025, 7, 1), 1), BillOptions(area_prices=prices))
    assert (refused.value.faults[0].field, refused.value.faults[0].code) == ("area_prices", code)


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        (plan(condition("1"), base=(10, "1", "0")), "unknown_base_type"),
        (plan(condition("1"), base=(0, "1", "0")), "unknown_base_type"),
        (plan(condition("1"), base=(None, "1", "0")), "missing"),
        (plan(condition("1"), base=(1, None, "0")), "missing"),
        (plan(condition("1"), base=(6, "1", None)), "missing"),
        (plan(condition("1"), levy=None), "missing"),
        (plan(condition("1", months=(0, 12))), "bad_window"),
        (plan(condition("1", hours=(0, 25))), "bad_window"),
        (plan(condition("1", hours=(24, 0))), "bad_window"),  # 24 names no hour
        (plan(condition("1", hours=(24, 24))), "bad_window"),
        (plan(condition("1", volume=("-1", "0"))), "bad_figure"),
        (plan(condition("NaN")), "bad_figure"),
        (plan(condition("1"), fuels=(fuel("1", calc_type=2),)), "unknown_fuel_type"),
        (plan(condition("10000.01")), "absurd_price"),
        (plan(condition("-10001")), "absurd_price"),
        (plan(condition("1"), fuels=(fuel("10001"),)), "absurd_price"),
        (plan(condition("1"), levy="10001"), "absurd_price"),
        (plan(), "prices_nothing"),
        (plan(condition("0"), base=(1, "0", "500"), fuels=(fuel("0"),)), "prices_nothing"),
    ],
)
def test_a_plan_that_cannot_be_computed_is_refused_by_name(detail, code):
    with pytest.raises(InputRefused) as refused:
        compute_bill(detail, usage(date(2025, 7, 1), 1), BillOptions(capacity=Decimal(1)))
    fault = refused.value.faults[0]
    assert (fault.field, fault.code, fault.facts["epplan_id"]) == ("plan", code, "9999_1_0001")


@pytest.mark.parametrize(
    "detail",
    [
        plan(condition("10000")),
        plan(condition("1"), fuels=(fuel("10001", calc_type=1),)),  # a fixed sum is no price per kWh
        plan(condition("1"), base=(1, "10001", "0")),
        plan(levy="1"),
        plan(base=(1, "1", "0")),
        plan(base=(8, "0", "1")),
        plan(fuels=(fuel("1"),)),
    ],
)
def test_whatever_prices_something_is_billed(detail):
    assert compute_bill(detail, usage(date(2025, 7, 1), 1), BillOptions(capacity=Decimal(1))).year.charge > 0


@pytest.mark.parametrize(
    ("prices", "commission", "field"),
    [
        ((replace(area("2025-07", "1"), prices_yen=(Decimal(10_001),) * 24),), Decimal(1), "area_prices"),
        ((area("2025-07", "1"),), Decimal(-10_001), "commission"),
    ],
)
def test_a_market_price_that_is_a_slip_is_refused(prices, commission, field):
    detail = plan(plan_type=PlanType.MARKET_LINKED)
    with pytest.raises(InputRefused) as refused:
        compute_bill(detail, usage(date(2025, 7, 1), 1), BillOptions(area_prices=prices, commission=commission))
    assert (refused.value.faults[0].field, refused.value.faults[0].code) == (field, "absurd_price")


@pytest.mark.parametrize(
    ("used", "code"),
    [
        (Usage(()), "empty"),
        (Usage((UsageDay(date(2025, 7, 1), (1.0, None, *([1.0] * 22))),)), "gaps"),
        (Usage((UsageDay(date(2025, 7, 1), (None,) * 24),)), "gaps"),
        (Usage((UsageDay(date(2025, 7, 1), (-0.1, *([1.0] * 23))),)), "not_a_volume"),
        (Usage((UsageDay(date(2025, 7, 1), (float("nan"), *([1.0] * 23))),)), "not_a_volume"),
        (Usage((UsageDay(date(2025, 7, 1), (1.0,)),)), "not_24_hours"),
        (Usage((*usage(date(2025, 7, 2), 1).days, *usage(date(2025, 7, 1), 1).days)), "days_out_of_order"),
    ],
)
def test_a_usage_that_cannot_be_billed_is_refused(used, code):
    with pytest.raises(InputRefused) as refused:
        compute_bill(plan(condition("1")), used)
    assert (refused.value.faults[0].field, refused.value.faults[0].code) == ("usage", code)


def test_sums_serve_many_plans_and_give_what_the_usage_gives():
    used = usage(date(2025, 4, 1), 365, lambda day, hour: (day.day * 7 + hour) % 13 / 10)
    sums = UsageSums(used)
    for flags in [(True, True, True), (False, True, False)]:
        detail = plan(condition("31.8", day_class=DayClass.HOLIDAY, hours=(23, 7)), holidays=flags)
        assert compute_bill(detail, sums) == compute_bill(detail, used)
        assert compute_bill(detail, sums, BILL) == compute_bill(detail, used, BILL)


def test_the_holiday_rule_is_named_where_it_decides():
    detail = plan(condition("1", day_class=DayClass.HOLIDAY), holidays=(True, True, True))
    assert "2" in compute_bill(detail, usage(date(2026, 4, 30), 1)).assumed  # an extra day
    assert "2" not in compute_bill(detail, usage(date(2026, 7, 18), 2)).assumed  # a plain weekend
    assert "2" not in compute_bill(detail, usage(date(2026, 7, 20), 1)).assumed  # a public holiday
    disagreeing = replace(detail, holidays=replace(detail.holidays, saturday=False))
    assert "2" in compute_bill(disagreeing, usage(date(2026, 1, 3), 1)).assumed  # an extra day on a Saturday that does not count
