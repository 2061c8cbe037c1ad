"""なぜ: what the difference to the present plan hangs on."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.unit.desk.test_ranking_desk import AREA, YEAR, company, numbered, question

from denkidesk.billing.engine import compute_bill
from denkidesk.desk.why import explain_line, explain_questions
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, FuelRule, Rounding
from denkidesk.domain.clock import JST
from denkidesk.domain.plans import AreaPriceMonth, PlanType
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.domain.ranking import Trial
from denkidesk.domain.why import Both, Outlook, WhyPart
from denkidesk.texts.why import ages_words, turning_words
from fakes.plan_builder import condition, fuel, plan


@pytest.fixture
def ranked(desk):
    def of(present, proposed, trial=None, **values):
        desk.store.catalogue.put("companies", "//", (company(1, commission=Decimal(0)), company(2)))
        for one in (present, proposed):
            desk.store.catalogue.put("plan_detail", f"{one.epplan_id}/{one.base_cd}/", one)
        ranking = desk.ranking.rank(question(present, **values), trial)
        return explain_line(desk, ranking, ranking.row(ranking.catalogue.place_of[proposed.key])).explained

    return of


def test_usage_turns_the_order_of_a_base_charge_against_a_price(ranked):
    present = numbered(0, plan(condition("30"), base=(1, "0", "0")))
    proposed = numbered(1, plan(condition("25"), base=(1, "2000", "0")))
    answer = ranked(present, proposed)
    kwh = YEAR.total_kwh  # 4,672 kWh: 5 yen each against 24,000
    assert answer.why.difference == pytest.approx(24_000 - 5 * kwh, abs=24)
    assert answer.outlook.usage_percent == 3, "4,800 kWh is where they are the same"
    assert answer.outlook.fuel_yen is None, "without a fuel adjustment no fuel price turns anything"
    assert ranked(present, numbered(1, plan(condition("5"), base=(1, "100", "0")))).outlook.usage_percent is None
    more = ranked(present, proposed, Trial(kwh_percent=20))
    assert more.why.difference < 0
    assert more.outlook.usage_percent == -15, "of the usage that is tried"


def test_the_fuel_of_the_last_two_years_is_put_into_both_plans_where_it_is_known_for_both(desk, ranked):
    present = numbered(0, plan(condition("30"), fuels=(fuel("-2"),)))
    proposed = numbered(1, plan(condition("29"), fuels=(fuel("-1"),)))
    assert ranked(present, proposed).outlook.fuel is None, "nothing is known"
    months = {"2026-01": ("-2", "-1"), "2026-02": ("1", "1"), "2026-03": ("0", "3.5")}
    for month, units in months.items():
        for detail, unit in zip((present, proposed), units, strict=True):
            price = FuelPrice("1", detail.epplan_id, month, Decimal(unit), Decimal(0), Decimal(0), "見本", PriceOrigin.HAND)
            desk.store.paper_bills.put_prices([price])
    answer = ranked(present, proposed)
    best, worst = answer.outlook.fuel
    assert (best.of, worst.of) == ("2026-02", "2026-03")
    assert answer.outlook.fuel_months == ("2026-01", "2026-02", "2026-03")
    for both, units in ((best, ("1", "1")), (worst, ("0", "3.5"))):
        for detail, unit, yen in zip((present, proposed), units, (both.present_yen, both.proposed_yen), strict=True):
            own = replace(detail, fuels=(fuel(unit),))
            assert yen == compute_bill(own, YEAR, question(own).options(Rounding.BILL)).year.charge
    assert answer.why.difference == 0
    assert answer.outlook.turns(best.difference)
    assert answer.outlook.turns(worst.difference)
    assert ranked(present, proposed, fuel=FuelChoice(FuelRule.NONE)).outlook.fuel is None


def test_a_plan_that_follows_the_market_has_its_cheapest_and_its_dearest_month(desk, ranked):
    present = numbered(0, plan(condition("30")))
    proposed = numbered(1, plan(plan_type=PlanType.MARKET_LINKED))
    prices = tuple(AreaPriceMonth(QuotingAreaCode(AREA), f"2025-{month:02}", (Decimal(10 + month),) * 24) for month in range(1, 13))
    desk.store.catalogue.put("area_prices", AREA, prices)
    best, worst = ranked(present, proposed).outlook.market
    assert (best.of, worst.of) == ("2025-01", "2025-12")
    assert ranked(present, proposed).outlook.market_months == tuple(month.year_month for month in prices)
    assert best.proposed_yen == pytest.approx(11 * YEAR.total_kwh, abs=200)
    assert worst.proposed_yen == pytest.approx(22 * YEAR.total_kwh, abs=200)
    assert best.present_yen == worst.present_yen
    assert ranked(present, proposed).outlook.turns(-1) is False


def known_on(desk, detail, prices):
    for month, unit in prices.items():
        price = FuelPrice("1", detail.epplan_id, month, Decimal(unit), Decimal(0), Decimal(0), "見本", PriceOrigin.HAND)
        desk.store.paper_bills.put_prices([price])


@pytest.mark.parametrize(("of_present", "of_proposal"), [("-2", None), (None, "-1"), (None, None)])
def test_of_a_fuel_price_that_nobody_knows_no_saving_is_named_and_the_rest_is_still_explained(desk, ranked, of_present, of_proposal):
    """4,672 kWh, 8 of 24 hours at 0.8 kWh: a fuel price that counted as 0 would make a difference of 9,344 or 4,672 yen."""

    def with_fuel(number, unit, price):
        return numbered(number, plan(condition(unit), base=(1, "100", "0"), fuels=(fuel(price or "0"),)))

    present, proposed = with_fuel(0, "30", of_present), with_fuel(1, "29", of_proposal)
    sides = (question(present), question(proposed))
    for found in (ranked(present, proposed), explain_questions(desk, *sides)):
        assert found.why is None
        assert found.unknown == (of_present is None, of_proposal is None)
        assert (found.outlook.fuel, found.outlook.usage_percent, found.outlook.fuel_yen) == (None, None, None)
        lines = {line.part: (line.present_yen, line.proposed_yen) for line in found.without_fuel.lines}
        assert set(lines) <= {WhyPart.BASE, WhyPart.BAND, WhyPart.ROUNDING}
        assert lines[WhyPart.BASE] == (1200, 1200)
        yen = [compute_bill(replace(one, fuels=()), YEAR, question(one).options(Rounding.BILL)).year.charge for one in (present, proposed)]
        assert [found.without_fuel.present_yen, found.without_fuel.proposed_yen] == yen
    # without fuel on both sides by the clerk's own rule there is nothing that is not known
    assert ranked(present, proposed, fuel=FuelChoice(FuelRule.NONE)).why is not None


def test_months_of_which_the_price_is_known_still_have_their_range(desk, ranked):
    """Under each month's own price the plan that lacks one is not billed as one without any fuel adjustment."""
    present = numbered(0, plan(condition("30"), fuels=(fuel("-2"),)))
    proposed = numbered(1, plan(condition("29"), fuels=(fuel("-1"),)))
    known_on(desk, present, {"2025-01": "1", "2025-02": "2"})
    known_on(desk, proposed, {"2025-01": "5", "2025-02": "3"})
    found = ranked(present, proposed, fuel=FuelChoice(FuelRule.OWN_MONTH))
    assert found.unknown == (True, True)
    best, worst = found.outlook.fuel
    assert [best.of, worst.of] == ["2025-02", "2025-01"]
    for both, units in ((best, ("2", "3")), (worst, ("1", "5"))):
        own = [replace(one, fuels=(fuel(unit),)) for one, unit in zip((present, proposed), units, strict=True)]
        assert [both.present_yen, both.proposed_yen] == [
            compute_bill(one, YEAR, question(one).options(Rounding.BILL)).year.charge for one in own
        ]


def billed(detail):
    return int(compute_bill(detail, YEAR, question(detail).options(Rounding.BILL)).year.charge)


@pytest.mark.parametrize(("unit", "discount"), [("29", "0"), ("33", "0"), ("31.5", "5"), ("33.7", "10")])
def test_the_fuel_price_that_turns_the_order_does_so_when_it_is_put_into_the_plan_and_billed(ranked, unit, discount):
    present = numbered(0, plan(condition("30"), fuels=(fuel("-2"),), levy="4.18"))
    proposed = numbered(1, plan(condition(unit), fuels=(fuel("-1.5"),), levy="4.18", discount=discount))
    answer = ranked(present, proposed)
    found = Decimal(str(answer.outlook.fuel_yen))

    def difference(more):
        return billed(replace(proposed, fuels=(fuel(str(Decimal("-1.5") + more)),))) - billed(present)

    step = Decimal("0.01").copy_sign(found)
    assert difference(Decimal(0)) * difference(found) < 0
    assert difference(Decimal(0)) * difference(found - step) >= 0, "not one hundredth earlier"


def test_a_fixed_sum_for_the_first_kwh_stays_when_the_fuel_price_changes(ranked):
    """4,673 whole kWh, of which 15 in each of twelve months have a fixed sum: 4,493 follow the price, and 13,476 yen are 2.9993 each."""
    fixed = (fuel("10", calc_type=1), fuel("-2", order=2, volume=("15", "0")))
    present = numbered(0, plan(condition("30"), fuels=fixed))
    proposed = numbered(1, plan(condition("30"), base=(1, "-1123", "0"), fuels=fixed))
    assert ranked(present, proposed).why.difference == -12 * 1123
    assert ranked(present, proposed).outlook.fuel_yen == 3.0


def test_no_fuel_price_turns_an_order_that_has_none_in_it(ranked):
    free = numbered(0, plan(condition("30")))
    with_fuel = numbered(1, plan(condition("29"), fuels=(fuel("-1"),)))
    assert ranked(free, with_fuel).outlook.fuel_yen is not None
    assert ranked(with_fuel, free).outlook.fuel_yen is None
    assert ranked(free, with_fuel, fuel=FuelChoice(FuelRule.NONE)).outlook.fuel_yen is None


def test_what_turns_the_order_is_a_whole_sentence_whatever_it_is_made_of(ranked):
    present = numbered(0, plan(condition("30"), fuels=(fuel("-2"),)))
    proposed = numbered(1, plan(condition("25"), base=(1, "2000", "0"), fuels=(fuel("-2"),)))
    outlook = ranked(present, proposed).outlook
    why = ranked(present, proposed).why
    both = turning_words(why, outlook, 4_672, is_year=True)
    none = "ほかの月の燃料費調整の単価が分からないため、単価が変わった場合は比べていません。"
    assert both.splitlines()[0] == none
    assert (
        both.splitlines()[1]
        == "逆転する境目：使用量が 3% 増えたとき（年 約 4,812 kWh）、または、提案の燃料費調整だけが 0.14 円/kWh 下がったとき。"
    )
    alone = turning_words(why, replace(outlook, usage_percent=None), 4_672, is_year=True)
    assert alone.splitlines()[1] == "逆転する境目：提案の燃料費調整だけが 0.14 円/kWh 下がったとき。"


@pytest.mark.parametrize(
    ("difference", "ends", "turns"), [(-5, (-9, 0), False), (0, (-9, -1), False), (-5, (-9, 1), True), (5, (-1, 9), True)]
)
def test_what_is_equal_turns_nothing(difference, ends, turns):
    pair = tuple(Both("2026-01", 100, 100 + end) for end in ends)
    assert Outlook(pair, None, None, None).turns(difference) is turns
    assert Outlook(None, pair, None, None).turns(difference) is turns


def test_how_old_the_prices_are_is_said_of_both_plans_and_of_the_market(desk):
    present, proposed = numbered(0, plan(condition("30"))), numbered(1, plan(plan_type=PlanType.MARKET_LINKED))
    desk.store.catalogue.put("companies", "//", (company(1), company(2)))
    for one in (present, proposed):
        desk.store.catalogue.put("plan_detail", f"{one.epplan_id}/{one.base_cd}/", one)
    prices = tuple(AreaPriceMonth(QuotingAreaCode(AREA), f"2025-{month:02}", (Decimal(10),) * 24) for month in range(1, 13))
    desk.store.catalogue.put("area_prices", AREA, prices)
    ranking = desk.ranking.rank(question(present))
    answer = explain_line(desk, ranking, ranking.row(ranking.catalogue.place_of[proposed.key]))
    stamps = desk.store.catalogue.stamps("plan_detail")
    last = [stamps[f"{one.epplan_id}/{one.base_cd}/"][1] for one in (present, proposed)]
    assert list(answer.seen_at) == [*last, desk.store.catalogue.stamps("area_prices")[AREA][1]]
    at = datetime(2026, 10, 18, 9, 5, tzinfo=JST)
    words = ages_words((at, None, at), date(2026, 11, 27))
    assert words == "単価の取得：現在 2026年10月18日 9:05（40日前）、市場価格 2026年10月18日 9:05（40日前）"
    assert ages_words((None, None, None), date(2026, 11, 27)) == ""
