"""One fuel rule for all plans of a comparison: each month's own price, or one that was typed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.desk.test_ranking_desk import YEAR, company, numbered, question

from denkidesk.billing.engine import compute_bill
from denkidesk.desk.comparison import compute
from denkidesk.desk.why import explain_line
from denkidesk.domain.bills import FuelChoice, FuelRule, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from fakes.plan_builder import condition, fuel, plan

OWN_MONTH = FuelChoice(FuelRule.OWN_MONTH)
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


def typed(text):
    return FuelChoice(FuelRule.TYPED, None if text is None else Decimal(text))


@pytest.fixture
def plans(desk):
    """Two plans with a fuel adjustment, one without."""
    first, second = (numbered(n, plan(condition(unit), fuels=(fuel("-1.5"),), levy="4.18")) for n, unit in enumerate(("30", "28")))
    free = numbered(2, plan(condition("27"), levy="4.18"))
    desk.store.catalogue.put("companies", "//", (company(1),))
    for one in (first, second, free):
        desk.store.catalogue.put("plan_detail", f"{one.epplan_id}/{one.base_cd}/", one)
    return first, second, free


def know(desk, detail, prices):
    desk.store.paper_bills.put_prices(
        FuelPrice(detail.epcorp_cd, detail.epplan_id, month, Decimal(unit), Decimal(0), Decimal(0), "見本", PriceOrigin.HAND)
        for month, unit in prices.items()
    )


def by_name(ranking, places):
    return {ranking.row(place).detail.name: ranking.row(place).yen for place in places}


def without_fuel(detail):
    return compute_bill(replace(detail, fuels=()), YEAR, question(detail).options(Rounding.BILL))


def test_each_month_has_its_own_price_and_a_plan_that_lacks_one_stands_apart(desk, plans):
    first, second, free = plans
    know(desk, first, {month: str(place) for place, month in enumerate(MONTHS)})
    know(desk, second, dict.fromkeys(MONTHS[:-1], "1"))
    ranking = desk.ranking.rank(question(first, fuel=OWN_MONTH))
    by_hand = 0
    for place, month in enumerate(without_fuel(first).months):
        sum_of_month = (month.parts.base + month.parts.usage + month.kwh * place).__floor__() + month.parts.levy.__floor__()
        by_hand += sum_of_month
    assert by_name(ranking, ranking.compared) == {first.name: by_hand, free.name: without_fuel(free).year.charge}
    assert by_name(ranking, ranking.fuel_unknown) == {second.name: without_fuel(second).year.charge}
    assert ranking.row(ranking.fuel_unknown[0]).rank is None
    assert ranking.present.yen == by_hand
    know(desk, second, {MONTHS[-1]: "1"})
    ranking = desk.ranking.rank(question(first, fuel=OWN_MONTH))
    assert second.name in by_name(ranking, ranking.compared)


def test_a_typed_price_is_that_of_every_plan_that_has_a_fuel_adjustment(desk, plans):
    first, second, free = plans
    unknown = replace(numbered(3, plan(condition("29"), levy="4.18")), fuels=(replace(fuel("0"), is_known=False),))
    desk.store.catalogue.put("plan_detail", "1_1_3/1/", unknown)
    ranking = desk.ranking.rank(question(first, fuel=typed("2.5")))
    wanted = {
        one.name: compute_bill(replace(one, fuels=(fuel("2.5"),)), YEAR, question(one).options(Rounding.BILL)).year.charge
        for one in (first, second, unknown)
    }
    assert by_name(ranking, ranking.compared) == {**wanted, free.name: without_fuel(free).year.charge}
    assert not ranking.fuel_unknown, "nobody's own price is asked for"
    missing = desk.ranking.rank(question(first, fuel=typed(None)))
    assert set(by_name(missing, missing.fuel_unknown)) == {first.name, second.name, unknown.name}
    assert missing.present.rank is None


def test_the_rule_changes_no_plan_of_the_catalogue_and_the_reasons_are_under_it(desk, plans):
    first, second, _ = plans
    ranking = desk.ranking.rank(question(first, fuel=typed("3")))
    line = ranking.row(ranking.catalogue.place_of[second.key])
    assert line.detail == second
    answer = explain_line(desk, ranking, line).explained
    assert (answer.why.present_yen, answer.why.proposed_yen) == (ranking.present.yen, line.yen)


def test_the_bill_is_under_the_rule_and_names_the_months_that_are_missing(desk, plans):
    first, _, free = plans
    know(desk, first, dict.fromkeys(MONTHS[:10], "2"))
    asked = question(first, fuel=OWN_MONTH, rounding=Rounding.BILL)
    with pytest.raises(InputRefused) as refused:
        compute(desk, asked)
    assert [(fault.field, fault.facts["first"], fault.facts["count"]) for fault in refused.value.faults] == [("fuel", "2025-11", "2")]
    know(desk, first, dict.fromkeys(MONTHS[10:], "2"))
    bills = compute(desk, asked)
    assert bills.shown.fuel_rule is FuelRule.OWN_MONTH
    assert bills.shown.year.adjust == sum(month.kwh for month in bills.shown.months) * 2
    assert bills.unrounded.year.adjust == pytest.approx(Decimal("-1.5") * Decimal(YEAR.total_kwh)), "what the server is compared with"
    assert compute(desk, question(free, fuel=OWN_MONTH)).shown.year.adjust == 0
    with pytest.raises(InputRefused):
        compute(desk, question(first, fuel=typed(None)))


def test_a_quote_under_such_a_rule_keeps_its_prices_and_is_no_other_plan(desk, plans):
    bills = compute(desk, question(plans[0], fuel=typed("-2"), rounding=Rounding.BILL))
    asked = bills.question
    number = desk.quoting.save_quote("見本", asked.detail, asked.usage, asked.options(Rounding.BILL), bills.shown)
    kept = desk.quoting.quote(number)
    assert kept.bill == bills.shown
    assert compute_bill(kept.detail, kept.usage, kept.options).year == bills.shown.year
    (line,) = desk.quoting.quote_lines()
    assert line.state == "issued"


def test_a_price_typed_for_one_plan_counts_where_nobody_has_published_one(desk, plans):
    first, second, _free = plans
    unknown = numbered(3, plan(condition("26"), fuels=(replace(fuel("0"), is_known=False),), levy="4.18"))
    desk.store.catalogue.put("plan_detail", f"{unknown.epplan_id}/{unknown.base_cd}/", unknown)
    choice = FuelChoice(of_plans=((second.epplan_id, Decimal(9)), (unknown.epplan_id, Decimal("-2.5"))))
    before, ranking = desk.ranking.rank(question(first)), desk.ranking.rank(question(first, fuel=choice))
    assert by_name(before, before.fuel_unknown).keys() == {unknown.name}
    assert not ranking.fuel_unknown
    bill = compute(desk, question(unknown, fuel=choice, rounding=Rounding.BILL)).shown
    ranked = by_name(ranking, ranking.compared)
    assert (
        ranked.pop(unknown.name)
        == bill.year.charge
        == compute_bill(replace(unknown, fuels=(fuel("-2.5"),)), YEAR, question(unknown).options(Rounding.BILL)).year.charge
    )
    assert ranked == by_name(before, before.compared), "a plan that has a price of its own keeps it"
    line = ranking.row(ranking.catalogue.place_of[unknown.key])
    assert explain_line(desk, ranking, line).explained.why.proposed_yen == bill.year.charge
    assert FuelChoice(FuelRule.TYPED, Decimal(1), choice.of_plans).price_of(unknown.epplan_id) is None
    assert compute(desk, question(first, fuel=choice, rounding=Rounding.BILL)).shown.year.charge == before.present.yen
