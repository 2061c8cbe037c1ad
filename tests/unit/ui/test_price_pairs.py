"""Two plans' figures in rows: what differs, what is the same, and by how much."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.plans import Company, DayClass, HolidayFlags, PlanDetail, PlanType
from denkidesk.ui.tariffs.price_pairs import folded, pairs
from fakes.plan_builder import condition, fuel, plan

LEFT = plan(
    condition("30.40", name="昼", hours=(10, 17)),
    condition("17.45", name="夜", hours=(17, 10), order=2),
    fuels=(fuel("-2.31"),),
    levy="4.18",
)


COMPANY = Company("1", "見本電力", QuotingAreaCode("06"), former_monopoly=False, commission=Decimal("2.2"))


def paired(left, right, companies=(COMPANY, COMPANY)):
    return folded(pairs((companies[0], left), (companies[1], right), "yen"))


def rows(left, right, companies=(COMPANY, COMPANY)):
    return {pair.item: (pair.left, pair.right, pair.difference) for pair in paired(left, right, companies)[0]}


def test_nothing_differs_from_itself_and_all_is_in_one_row():
    different, same = paired(LEFT, replace(LEFT, epplan_id="other"))
    assert different == ()
    assert "昼" in same.item
    assert "30.40円　10時～17時" in same.left


def test_a_dearer_band_has_its_difference_and_one_of_other_hours_only_says_so():
    right = replace(LEFT, conditions=(condition("32.70", name="昼", hours=(10, 17)), condition("16.70", name="夜", hours=(22, 8), order=2)))
    assert rows(LEFT, right) == {
        "昼": ("30.40円　10時～17時", "32.70円　10時～17時", "+2.30"),
        "夜": ("17.45円　17時～翌10時", "16.70円　22時～翌8時", "区分が違う"),
    }


def test_what_one_plan_lacks_stands_beside_nashi():
    right = replace(LEFT, conditions=LEFT.conditions[:1], fuels=(), plan_type=PlanType.VARIABLE_METERED)
    found = rows(LEFT, right)
    assert found["夜"] == ("17.45円　17時～翌10時", "なし", "")
    assert found["燃料費調整"][1:] == ("なし", "")
    assert len(found) == 3


def test_a_fuel_price_and_a_flat_base_are_told_apart_with_their_sign():
    right = replace(LEFT, fuels=(fuel("-1.92"),), base_unit=plan(base=(1, "50", "0")).base_unit)
    found = rows(LEFT, right)
    assert found["燃料費調整"][2] == "+0.39"
    assert found["基本料金"][2] == "+50.00"
    assert rows(right, LEFT)["基本料金"][2] == "−50.00"


OTHERS = {
    "base_name": "40A",
    "contract_type": 2,
    "plan_type": PlanType.VARIABLE_METERED,
    "capacity_unit": "A",
    "discount_rate": Decimal(5),
    "holidays": HolidayFlags(saturday=True, sunday=True, public_holiday=True),
    "base_type": 2,
    "base_unit": Decimal(1),
    "base_fix_unit": Decimal(300),
    "ampere": Decimal(40),
    "capacity_from": Decimal(6),
    "capacity_to": Decimal(50),
    "capacity": Decimal(7),
    "levy_yen_per_kwh": Decimal(1),
    "valid_from": date(2025, 4, 1),
    "valid_to": date(2026, 4, 1),
    "source": "見本",
}


def test_each_field_of_a_plan_that_differs_is_a_row_that_differs():
    two_prices = replace(LEFT, base_type=8)
    for name, value in OTHERS.items():
        assert len(rows(two_prices, replace(two_prices, **{name: value}))) == 1, name
    assert OTHERS.keys() | {"epplan_id", "base_cd", "epcorp_cd", "name", "conditions", "fuels"} == {one.name for one in fields(PlanDetail)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "朝"),
        ("group", 1),
        ("volume_cap", Decimal(10)),
        ("volume_from", Decimal(120)),
        ("volume_to", Decimal(300)),
        ("month_from", 4),
        ("month_to", 9),
        ("day_class", DayClass.WEEKDAY),
        ("time_from", 8),
        ("time_to", 18),
        ("unit_yen", Decimal("30.401")),
        ("calc_order", 3),
    ],
)
def test_each_field_of_a_band_that_differs_is_seen(name, value):
    right = replace(LEFT, conditions=(replace(LEFT.conditions[0], **{name: value}), LEFT.conditions[1]))
    found = rows(LEFT, right)
    assert found
    if name not in ("name", "unit_yen", "calc_order"):
        assert found["昼"][2] == "区分が違う"


def test_a_cap_and_a_group_stand_beside_the_price_as_on_the_sheet():
    right = replace(LEFT, conditions=(replace(LEFT.conditions[0], volume_cap=Decimal(10), group=2), LEFT.conditions[1]))
    assert rows(LEFT, right)["昼"][1] == "30.40円　10時～17時 （区分 2 の合計）（総使用量の 10% まで）"
    assert rows(LEFT, replace(LEFT, conditions=tuple(replace(one, calc_order=3 - one.calc_order) for one in LEFT.conditions))) == {
        "計算の順": ("昼→夜", "夜→昼", "")
    }


@pytest.mark.parametrize("changed", [fuel("-2.31", volume=("15", "0")), fuel("-2.31", calc_type=1), fuel("-2.311")])
def test_each_field_of_a_fuel_adjustment_that_differs_is_seen(changed):
    right = replace(LEFT, fuels=(changed,))
    assert list(rows(LEFT, right)) == ["燃料費調整"]
    if changed.unit_yen == LEFT.fuels[0].unit_yen:
        assert rows(LEFT, right)["燃料費調整"][2] == ""


def test_a_market_linked_plan_has_the_market_price_and_the_commission_where_others_have_bands():
    market = replace(LEFT, plan_type=PlanType.MARKET_LINKED, conditions=())
    found = rows(LEFT, market)
    assert found["昼"][:2] == ("30.40円　10時～17時", "市場価格に連動")
    assert found["電力量料金の決まり方"][:2] == ("単価 × 使用量", "市場価格（エリアプライス）＋手数料")
    assert found["手数料"][0] == "なし"
    assert found["手数料"][1].startswith("2.20 円/kWh")
    dearer = replace(COMPANY, commission=Decimal(3))
    assert list(rows(market, market, (COMPANY, dearer))) == ["手数料"]
