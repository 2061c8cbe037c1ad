"""The slow reference against figures worked out by hand, and against published bills."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from denkidesk.practice.quoting.slow_bill import SlowBillRefusedError, slow_bill


def condition(**changes: Any) -> dict[str, Any]:
    standard = {
        "calcOrder": 1,
        "condName": "",
        "group": 0,
        "volumeCap": 0,
        "volumeFrom": 0,
        "volumeTo": 0,
        "monthFrom": 1,
        "monthTo": 12,
        "holidayData": 0,
        "timeFrom": 0,
        "timeTo": 24,
        "volumeUnit": 1,
    }
    return standard | changes


def plan(**changes: Any) -> dict[str, Any]:
    standard = {
        "epplan_id": "0901_1_0001",
        "epplanType": 1,
        "discountRate": 0,
        "holidayflg": "000",
        "baseType": 1,
        "baseUnit": 0,
        "baseFixUnit": 0,
        "capacityFrom": 0,
        "conditions": [],
        "fuels": [],
        "renewable": 0,
    }
    return standard | changes


def days(first: str, count: int, hour: Any = 1) -> list[dict[str, Any]]:
    start = date.fromisoformat(first)
    powers = hour if isinstance(hour, list) else [hour] * 24
    return [{"date": (start + timedelta(days=n)).isoformat(), "hourlyPowers": powers} for n in range(count)]


def only(hours: dict[int, float]) -> list[float]:
    return [hours.get(hour, 0) for hour in range(24)]


def usage_of(conditions: list[dict[str, Any]], purchase: list[dict[str, Any]], **changes: Any) -> Fraction:
    return slow_bill(plan(conditions=conditions, **changes), purchase).year.usage


def test_a_month_without_a_day_is_not_billed_and_any_other_is_billed_whole() -> None:
    bill = slow_bill(plan(baseUnit=100), days("2025-01-31", 2))
    assert [month.parts.base for month in bill.months] == [100, 100, *[0] * 10]
    assert [month.label for month in bill.months[:3]] == ["2025-01", "2025-02", ""]


def test_both_ends_of_a_year_that_starts_mid_month_are_one_month() -> None:
    bill = slow_bill(plan(baseUnit=100, conditions=[condition()]), days("2025-06-15", 365))
    assert bill.year.base == 1200
    assert bill.months[5].label == "2025-06"
    assert bill.months[5].parts.usage == 30 * 24


@pytest.mark.parametrize(
    ("flags", "day", "holiday"),
    [
        ("100", "2025-06-07", True),  # a Saturday
        ("010", "2025-06-07", False),
        ("010", "2025-06-08", True),  # a Sunday
        ("001", "2025-06-08", False),
        ("001", "2025-07-21", True),  # 海の日
        ("110", "2025-07-21", False),
        ("001", "2025-05-06", True),  # substitute holiday
        ("001", "2026-09-22", True),  # citizens' holiday
        ("001", "2025-12-30", True),  # the vendor's extra day
        ("001", "2025-05-01", True),
        ("000", "2025-01-01", False),
        ("001", "2025-12-29", False),
    ],
)
def test_days_are_classified_by_position_of_the_flags(flags: str, day: str, holiday: bool) -> None:
    conditions = [condition(holidayData=1, volumeUnit=1), condition(calcOrder=2, holidayData=2, volumeUnit=100)]
    assert usage_of(conditions, days(day, 1), holidayflg=flags) == (2400 if holiday else 24)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [(0, 24, 24), (0, 0, 24), (7, 7, 24), (10, 17, 7), (23, 7, 8), (22, 24, 2), (0, 1, 1)],
)
def test_hours_of_a_window(start: int, end: int, hours: int) -> None:
    assert usage_of([condition(timeFrom=start, timeTo=end)], days("2025-06-10", 1)) == hours


@pytest.mark.parametrize(("start", "end"), [(24, 0), (24, 24), (24, 6), (0, 25), (-1, 3)])
def test_a_window_from_an_hour_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(SlowBillRefusedError) as refused:
        usage_of([condition(timeFrom=start, timeTo=end)], days("2025-06-10", 1))
    assert refused.value.code == "plan"


def test_months_of_a_window_wrap_over_the_years_end() -> None:
    bill = slow_bill(plan(conditions=[condition(monthFrom=11, monthTo=2)]), days("2025-01-01", 365))
    assert [month.number for month in bill.months if month.parts.usage] == [1, 2, 11, 12]


def test_tiers_take_their_slice_of_the_month() -> None:
    tiers = [condition(volumeFrom=15, volumeTo=120, volumeUnit=20), condition(calcOrder=2, volumeFrom=120, volumeUnit=30)]
    # 150 kWh: 15 free, 105 at 20, 30 at 30
    assert usage_of(tiers, days("2025-06-10", 1, only({3: 150}))) == 105 * 20 + 30 * 30
    assert usage_of(tiers, days("2025-06-10", 1, only({3: 10}))) == 0


def test_a_group_has_the_union_of_its_windows_once() -> None:
    group = [
        condition(group=1, timeFrom=6, timeTo=12, volumeFrom=0, volumeTo=5, volumeUnit=1),
        condition(calcOrder=2, group=1, timeFrom=10, timeTo=16, volumeFrom=5, volumeUnit=100),
    ]
    # The union is 6 to 16 o'clock: 10 kWh, of which 5 lie in each tier.
    assert usage_of(group, days("2025-06-10", 1)) == 5 * 1 + 5 * 100


def test_a_member_of_a_group_that_is_out_of_its_months_adds_no_window() -> None:
    group = [condition(group=1, timeFrom=0, timeTo=6), condition(calcOrder=2, group=1, timeFrom=6, timeTo=12, monthFrom=1, monthTo=2)]
    assert usage_of(group, days("2025-06-10", 1)) == 6


def test_over_a_cap_flows_to_the_next_applicable_condition_before_its_own_cap() -> None:
    conditions = [
        condition(calcOrder=3, timeFrom=12, timeTo=24, volumeCap=60, volumeUnit=100),
        condition(calcOrder=1, timeFrom=0, timeTo=12, volumeCap=25, volumeUnit=1),
        condition(calcOrder=2, timeFrom=0, timeTo=24, monthFrom=1, monthTo=1, volumeUnit=10_000),
    ]
    # 24 kWh: the first takes 6 of 12, 6 flow over the one that does not apply in June; 12 + 6 = 18 is cut to 14.4.
    assert usage_of(conditions, days("2025-06-10", 1)) == 6 + Fraction("14.4") * 100


@pytest.mark.parametrize(
    ("base_type", "expected"),
    [(1, 10), (2, 80), (3, 130), (4, 10), (5, 30), (6, 90), (7, 10), (8, 180), (9, 140)],
)
def test_base_charges(base_type: int, expected: int) -> None:
    # unit 10, fixed 100, contract 8 kW, peak 3 kW, capacityFrom 5: type 3 is 100 + 10 x (8 - 5), type 6 is 100 + 10 x (3 - 5 + 1)
    bill = slow_bill(
        plan(baseType=base_type, baseUnit=10, baseFixUnit=100, capacityFrom=5), days("2025-06-10", 1, only({4: 3})), capacity=8
    )
    assert bill.year.base == expected


def test_the_given_peak_goes_before_the_hourly_one() -> None:
    assert slow_bill(plan(baseType=5, baseUnit=10), days("2025-06-10", 1), peak_purchase="4.5").year.base == 45


@pytest.mark.parametrize(
    ("base_type", "code"), [(2, "capacity"), (3, "capacity"), (8, "capacity"), (9, "capacity"), (0, "base_type"), (10, "base_type")]
)
def test_what_is_needed_and_missing_is_refused(base_type: int, code: str) -> None:
    with pytest.raises(SlowBillRefusedError) as refused:
        slow_bill(plan(baseType=base_type), days("2025-06-10", 1))
    assert refused.value.code == code


def test_a_variable_metered_plan_uses_the_capacity_it_was_fetched_for() -> None:
    assert slow_bill(plan(epplanType=3, baseType=2, baseUnit=10, capacity=7), days("2025-06-10", 1)).year.base == 70


@pytest.mark.parametrize(("kwh", "expected"), [(0, "33.66"), (15, "33.66"), (16, "35.90"), (115, "257.66")])
def test_fuel_fixed_and_by_kwh(kwh: int, expected: str) -> None:
    fuels = [
        {"calcOrder": 1, "calcType": 1, "volumeFrom": 0, "volumeTo": 15, "volumeUnit": 33.66},
        {"calcOrder": 2, "calcType": 0, "volumeFrom": 15, "volumeTo": 0, "volumeUnit": 2.24},
    ]
    assert slow_bill(plan(fuels=fuels), days("2025-06-10", 1, only({0: kwh}))).year.adjust == Fraction(expected)


def test_a_fixed_fuel_sum_over_a_threshold_and_negative_prices() -> None:
    fuels = [{"calcType": 1, "volumeFrom": 24, "volumeUnit": 5}, {"calcType": 0, "volumeFrom": 0, "volumeTo": 0, "volumeUnit": -9.21}]
    assert slow_bill(plan(fuels=fuels), days("2025-06-10", 1)).year.adjust == 24 * Fraction("-9.21")
    assert slow_bill(plan(fuels=fuels), days("2025-06-10", 1), no_fuels=True).year.adjust == 0


def test_discount_takes_its_share_of_everything() -> None:
    bill = slow_bill(plan(baseUnit=1000, conditions=[condition(volumeUnit=10)], renewable=1, discountRate=5), days("2025-06-10", 1))
    assert bill.year.charge == Fraction("0.95") * (1000 + 240 + 24)


def prices(year_month: str, price: Any) -> dict[str, Any]:
    return {"area_cd": 6, "yearmonth": year_month, "prices": [price] * 24}


def test_market_price_of_the_own_month_else_of_the_newest_year() -> None:
    market = plan(epplanType=2, baseType=None)
    table = [prices("2024-06", 7), prices("2025-06", 10), prices("2023-07", 20), prices("2024-07", 30)]
    bill = slow_bill(market, days("2025-06-30", 2), area_prices=table, commission=2)
    assert [bill.months[5].parts.usage, bill.months[6].parts.usage] == [24 * 12, 24 * 32]
    assert slow_bill(market, days("2025-06-10", 1), area_prices=table, commission=10, commission_unit="percent").year.usage == 24 * 11
    with pytest.raises(SlowBillRefusedError) as refused:
        slow_bill(market, days("2025-08-01", 1), area_prices=table)
    assert refused.value.code == "area_prices"


@pytest.mark.parametrize(
    "purchase",
    [
        [],
        days("2025-06-10", 1) * 2,
        days("2025-06-10", 366),
        [{"date": "2025-06-10", "hourlyPowers": [1] * 23}],
        [{"date": "2025-06-10", "hourlyPowers": [float("nan")] * 24}],
        [{"date": "10.6.2025", "hourlyPowers": [1] * 24}],
    ],
    ids=["none", "twice", "over a year", "23 hours", "nan", "date"],
)
def test_usage_that_is_no_year_of_days_is_refused(purchase: list[dict[str, Any]]) -> None:
    with pytest.raises(SlowBillRefusedError) as refused:
        slow_bill(plan(), purchase)
    assert refused.value.code == "usage"


def test_a_leap_year_is_one_year() -> None:
    assert slow_bill(plan(conditions=[condition()]), days("2024-01-01", 366)).year.usage == 366 * 24


# Tariffs behind the published bills: (base or minimum charge, kWh in it, units of the tiers to 120, to 300 and over 300 kWh).
# Sources: kansai-sanpo.com/kanden-charge2023; kepco.jp/d-ryokin2024 (before); sankeibiz 2016-03-24; enepi 143; kyuden press 2016-08-30.
TARIFFS = {
    "kansai_A_2019-10": ("341.01", 15, ("20.31", "25.71", "28.70")),
    "kansai_A_2023-04": ("433.41", 15, ("20.31", "25.71", "28.70")),
    "tokyo_B30A_2014-04": ("842.40", 0, ("19.43", "25.91", "29.93")),
    "tokyo_B30A_2016-04": ("842.40", 0, ("19.52", "26.00", "30.02")),
    "tokyo_B30A_2019-10": ("858.00", 0, ("19.88", "26.48", "30.57")),
    "kyushu_B30A_2014-04": ("874.80", 0, ("17.13", "22.63", "25.57")),
    "kyushu_B30A_2016-10": ("874.80", 0, ("17.19", "22.69", "25.63")),
    "tohoku_B30A_2014-04": ("972.00", 0, ("18.24", "24.87", "28.75")),
}

# case, tariff, kWh, fixed fuel sum, fuel per kWh, government subsidy per kWh, direct debit discount, levy, published total; source
MODEL_BILLS = [
    ("kansai-2022-04", "kansai_A_2019-10", 260, "33.66", "2.24", "0", 55, "3.36", 7473),  # www3.nhk.or.jp/kansai-news/20230226
    ("kansai-2023-05", "kansai_A_2023-04", 260, "33.66", "2.24", "7.0", 55, "1.40", 5236),  # easyjapanese.net (NHK copy)
    ("kansai-2023-01-400", "kansai_A_2019-10", 400, "33.66", "2.24", "0", 0, "3.45", 12247),  # kansai-sanpo.com/kanden-charge2023
    ("kansai-2023-01-500", "kansai_A_2019-10", 500, "33.66", "2.24", "0", 0, "3.45", 15686),  # kansai-sanpo.com/kanden-charge2023
    ("kansai-2023-01-600", "kansai_A_2019-10", 600, "33.66", "2.24", "0", 0, "3.45", 19125),  # kansai-sanpo.com/kanden-charge2023
    ("tokyo-2015-03", "tokyo_B30A_2014-04", 290, "0", "2.83", "0", 54, "0.75", 8562),  # tepco fuelcost2/backnumber/1504
    ("tokyo-2018-01", "tokyo_B30A_2016-04", 260, "0", "-3.10", "0", 54, "2.64", 6650),  # tepco fuelcost2/backnumber/1802
    ("tokyo-2022-03", "tokyo_B30A_2019-10", 260, "0", "1.83", "0", 55, "3.36", 8244),  # tepco fuelcost2/backnumber/2204
    ("kyushu-2015-05", "kyushu_B30A_2014-04", 300, "0", "0.77", "0", 54, "1.58", 7654),  # kyuden.co.jp/press/2015/h150428b-1
    ("kyushu-2018-12", "kyushu_B30A_2016-10", 250, "0", "-0.12", "0", 54, "2.90", 6528),  # kyuden.co.jp/press_h181129-1
    ("tohoku-2015-03", "tohoku_B30A_2014-04", 280, "0", "1.93", "0", 0, "0.75", 7890),  # tohoku-epco.co.jp/pastnews/fuel/1189176_1055
    ("tohoku-2016-06", "tohoku_B30A_2014-04", 280, "0", "-2.19", "0", 0, "2.25", 7156),  # expydoc 9549420
]


@pytest.mark.parametrize("model_bill", MODEL_BILLS, ids=lambda row: row[0])
def test_published_bills_come_out_to_the_yen(model_bill: tuple[Any, ...]) -> None:
    case, tariff, kwh, fuel_sum, fuel_unit, subsidy, debit, levy, published = model_bill
    amount, included, (first, second, third) = TARIFFS[tariff]
    # A plan has no items for them: the direct debit discount is a fixed fuel sum below zero, the subsidy a negative fuel price.
    fuels = [
        {"calcType": 1, "volumeFrom": 0, "volumeUnit": fuel_sum},
        {"calcType": 0, "volumeFrom": included, "volumeTo": 0, "volumeUnit": fuel_unit},
        {"calcType": 0, "volumeFrom": 0, "volumeTo": 0, "volumeUnit": f"-{subsidy}"},
        {"calcType": 1, "volumeFrom": 0, "volumeUnit": -debit},
    ]
    tiers = [
        condition(calcOrder=1, volumeFrom=included, volumeTo=120, volumeUnit=first),
        condition(calcOrder=2, volumeFrom=120, volumeTo=300, volumeUnit=second),
        condition(calcOrder=3, volumeFrom=300, volumeUnit=third),
    ]
    month = f"{case.split('-')[1]}-{case.split('-')[2]}"
    purchase = days(f"{month}-01", 1, only({8: kwh}))
    bill = slow_bill(
        plan(baseType=4 if included else 1, baseUnit=amount, conditions=tiers, fuels=fuels, renewable=levy), purchase, rounding="bill"
    )
    assert bill.year.charge == published
