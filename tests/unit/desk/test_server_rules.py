"""The practice server by rules that are not ours, over real HTTP: the right reason or 不明 for each, and never silence."""

import random
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.desk.comparison import BillQuestion, ask_server, compute
from denkidesk.domain.areas import Area
from denkidesk.domain.bills import DifferenceReason, FuelChoice, Rounding
from denkidesk.practice.quoting.odd_rules import ODD_RULES
from fakes.plan_builder import usage

FOUND = {  # the plan by which each rule can be told from all others, and the size of its contract
    "fuel_month": ("従量電灯A", None),
    "levy_year": ("従量電灯A", None),
    "holiday": ("はぴeタイム（新規受付終了）", 8),
    "peak_base": ("見本高圧実量制プラン", None),
    "capacity": ("低圧電力", 12),
    "window_ends": ("はぴeタイム（新規受付終了）", 8),
    "whole_kwh": ("従量電灯A", None),
    "rounding": ("従量電灯A", None),
    "discount_order": ("見本おうちプラン（5％割引）", None),
    "partial_month": ("従量電灯A", None),
}


def hours(days):
    dice = random.Random(13)  # noqa: S311 - test data
    return usage(date(2025, 4, 11), days, lambda _day, hour: round(dice.uniform(0.1, 0.9) + (hour > 17) * 0.4, 2), peak_kw=3.75)


@pytest.fixture(scope="module")
def part():
    """From the middle of one month to the middle of another."""
    return hours(300)


@pytest.fixture
def plans(desk):
    found = {}
    for company in desk.quoting.companies(area=Area.KANSAI).value:
        if company.name in ("関西電力", "見本電力株式会社"):
            found |= {plan.name: (company, plan) for plan in desk.quoting.plans(company.epcorp_cd).value if plan.plan_type == 1}
    return found


def asked(desk, plans, name, size, of_usage):
    company, plan = plans[name]
    detail = desk.quoting.plan_detail(plan.epplan_id, plan.bases[0].base_cd).value
    capacity = None if size is None else Decimal(size)
    question = BillQuestion(company, plan.bases[0], detail, of_usage, capacity, (), FuelChoice(), Rounding.NONE, "yen")
    return ask_server(desk, question, compute(desk, question).unrounded)


def test_a_server_of_our_own_rules_is_no_different(desk, plans, part):
    for name, size in set(FOUND.values()):
        assert asked(desk, plans, name, size, part).differences == ()


def test_all_ten_have_a_plan_by_which_they_are_found():
    assert set(FOUND) == set(ODD_RULES)
    assert len(ODD_RULES) == 10


@pytest.mark.parametrize("rule", ODD_RULES)
def test_the_rule_is_named_where_it_can_be_told(desk, practice, plans, part, rule):
    practice.quoting.service.odd_rule = rule
    answer = asked(desk, plans, *FOUND[rule], part)
    assert answer.differences
    assert answer.reasons == (DifferenceReason(rule),)


@pytest.mark.parametrize("rule", ODD_RULES)
def test_no_plan_is_told_a_wrong_reason_and_none_is_silent(desk, practice, plans, part, rule):
    practice.quoting.service.odd_rule = rule
    for name, size in set(FOUND.values()):
        answer = asked(desk, plans, name, size, part)
        assert not answer.differences or set(answer.reasons) <= {DifferenceReason(rule), DifferenceReason.UNKNOWN}, name
        ours, theirs = ({month.month[5:]: month.parts for month in bill.months} for bill in (answer.ours, answer.bill))
        changed = {
            (month, item)
            for month in ours
            for item in ("base", "usage", "adjust", "levy", "charge")
            if abs(getattr(ours[month], item) - getattr(theirs[month], item)) >= Decimal("0.006")
        }
        assert {(one.month[5:], one.part) for one in answer.differences if one.month} >= changed, name
