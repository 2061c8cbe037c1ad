"""Two plans' figures in rows: what differs, what is the same, and by how much."""

from dataclasses import replace

from denkidesk.domain.plans import PlanType
from denkidesk.ui.tariffs.price_pairs import folded, pairs
from fakes.plan_builder import condition, fuel, plan

LEFT = plan(
    condition("30.40", name="昼", hours=(10, 17)),
    condition("17.45", name="夜", hours=(17, 10), order=2),
    fuels=(fuel("-2.31"),),
    levy="4.18",
)


def rows(left, right):
    return {pair.item: (pair.left, pair.right, pair.difference) for pair in folded(pairs(left, right))[0]}


def test_nothing_differs_from_itself_and_all_is_in_one_row():
    different, same = folded(pairs(LEFT, replace(LEFT, epplan_id="other")))
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
