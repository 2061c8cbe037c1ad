"""Every stored plan ranked on one customer's usage: the order, what stands apart, what is left out and why."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.billing.engine import compute_bill, month_charges
from denkidesk.billing.sums import UsageSums
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.ranking import rank, tried
from denkidesk.desk.trial_usage import tried_sums, tried_usage
from denkidesk.domain.areas import Area, QuotingAreaCode
from denkidesk.domain.bills import BillWarning, FuelChoice, FuelRule, Rounding
from denkidesk.domain.plans import AreaPriceMonth, BaseOption, Company, PlanType
from denkidesk.domain.ranking import Apart, LeftOut, Size, Trial
from denkidesk.domain.usage import Usage
from denkidesk.texts.ranking import chosen_words, present_words
from fakes.plan_builder import condition, fuel, plan, usage

AREA = QuotingAreaCode("06")
YEAR = usage(date(2025, 1, 1), 365, lambda _day, hour: 0.8 if hour in (23, *range(7)) else 0.4)
TODAY = date(2026, 5, 15)


def company(number, area=AREA, **values):
    return Company(str(number), f"見本{number}電力", area, former_monopoly=number == 1, **values)


def numbered(number, detail, **values):
    return replace(detail, epplan_id=f"1_1_{number}", name=f"見本{number}", **{"epcorp_cd": "1", **values})


def question(detail, **values):
    base = BaseOption("1", "", detail.base_type or 1, detail.ampere, Decimal(0), Decimal(0))
    given = {"capacity": None, "area_prices": (), "fuel": FuelChoice(), "rounding": Rounding.NONE, "commission_unit": "yen", "as_of": TODAY}
    return BillQuestion(company=company(1), base=base, detail=detail, usage=YEAR, **(given | values))


@pytest.fixture
def keep(desk):
    def put(*details, companies=()):
        known = companies or (company(1), company(2), company(3, QuotingAreaCode("03")))
        desk.store.catalogue.put("companies", "//", known)
        for one in details:
            desk.store.catalogue.put("plan_detail", f"{one.epplan_id}/{one.base_cd}/{one.capacity or ''}", one)

    return put


def test_the_order_is_that_of_the_single_bills_and_the_present_plan_has_its_true_place(desk, keep):
    plans = [numbered(n, plan(condition(unit), fuels=(fuel("-1.5"),))) for n, unit in enumerate(("31.27", "25.11", "29.99", "25.11", "33"))]
    keep(*plans)
    asked = question(plans[2])
    ranking = desk.ranking.rank(asked)
    rows = [ranking.row(place) for place in ranking.compared]
    assert [row.detail.name for row in rows] == ["見本1", "見本3", "見本2", "見本0", "見本4"]
    assert [row.rank for row in rows] == [1, 1, 3, 4, 5]  # the same sum is the same place
    for row in rows:
        assert row.yen == compute_bill(row.detail, YEAR, asked.options(Rounding.BILL)).year.charge
        assert row.difference == row.yen - rows[2].yen
    assert (ranking.present.rank, ranking.present.yen, ranking.present.difference) == (3, rows[2].yen, 0)
    assert [row.is_present for row in rows] == [False, False, True, False, False]


def test_each_plan_is_compared_apart_or_left_out_for_a_reason(desk, keep):
    ours = numbered(0, plan(condition("30"), fuels=(fuel("2"),)))
    ended = replace(numbered(3, ours), valid_to=date(2026, 5, 14))
    keep(
        ours,
        numbered(1, plan(condition("20"), fuels=(fuel("0"),))),  # a price that nobody knows
        numbered(2, ours, contract_type=2),
        ended,
        replace(numbered(4, ours), valid_from=date(2026, 5, 16)),
        numbered(5, ours, capacity_from=Decimal(6)),
        numbered(6, ours, epcorp_cd="3"),  # of another area
        numbered(7, plan(condition("30", hours=(30, 5)))),  # no such hours
        numbered(8, plan(plan_type=PlanType.MARKET_LINKED)),
        numbered(9, ours, epcorp_cd="2"),
    )
    ranking = desk.ranking.rank(question(ours, capacity=Decimal(4)))
    assert [ranking.row(place).detail.name for place in ranking.compared] == ["見本0", "見本9"]
    (unknown,) = map(ranking.row, ranking.fuel_unknown)
    assert (unknown.detail.name, unknown.rank, unknown.difference) == ("見本1", None, None)
    assert Counter(ranking.left_out.values()) == {
        LeftOut.CONTRACT_TYPE: 1,
        LeftOut.NOT_ON_OFFER: 2,
        LeftOut.CAPACITY: 1,
        LeftOut.AREA: 1,
        LeftOut.NO_BILL: 1,
        LeftOut.AREA_PRICES: 1,
    }
    assert len(ranking.compared) + len(ranking.fuel_unknown) + len(ranking.left_out) == len(ranking.catalogue.plans) == 10
    # without fuel on both sides its sum counts like any other
    both = desk.ranking.rank(question(ours, capacity=Decimal(4), fuel=FuelChoice(FuelRule.NONE)))
    assert [both.row(place).rank for place in both.compared] == [1, 2, 2]
    assert not both.fuel_unknown
    # the customer has the plan, whether it is on offer or not
    asked = desk.ranking.rank(question(ended, capacity=Decimal(4)))
    assert asked.present.rank == 1
    assert "見本3" in [asked.row(place).detail.name for place in asked.compared]


def test_amperes_and_kilovolt_amperes_are_one_size(desk, keep):
    by_ampere = numbered(0, plan(condition("30")), capacity_unit="A", ampere=Decimal(40))
    keep(
        by_ampere,
        numbered(1, by_ampere, ampere=Decimal(50)),
        numbered(2, plan(condition("30"), base=(2, "400", "0"))),
        numbered(3, plan(condition("30"), base=(2, "400", "0"), capacity_limits=("6", "0"))),
    )
    ranking = desk.ranking.rank(question(by_ampere))
    rows = [ranking.row(place) for place in ranking.compared]
    assert [row.detail.name for row in rows] == ["見本0", "見本2"]
    assert rows[1].difference == 12 * 4 * 400


@pytest.mark.parametrize(
    ("house", "compared", "per_unit"),
    [
        (None, ["見本0", "見本1", "見本2"], None),
        (Size(Decimal(40), is_ampere=True), ["見本0", "見本1", "見本3"], 4),
        (Size(Decimal(5), is_ampere=False), ["見本0", "見本2", "見本3"], 5),
        (Size(Decimal(7), is_ampere=False), ["見本0", "見本3", "見本4"], 7),
    ],
)
def test_a_house_whose_plan_has_no_capacity_can_be_given_one_for_the_plans_that_have(desk, keep, house, compared, per_unit):
    ours = numbered(0, plan(condition("20")), capacity_unit="A")
    by_ampere = numbered(1, plan(condition("30")), capacity_unit="A", ampere=Decimal(40))
    by_size = plan(condition("30"), base=(2, "400", "0"))
    keep(
        ours,
        by_ampere,
        numbered(2, by_ampere, ampere=Decimal(50)),
        numbered(3, by_size),
        numbered(4, plan(condition("30"), base=(2, "500", "0"), capacity_limits=("6", "0"))),
    )
    ranking = desk.ranking.rank(question(ours, house=house))
    rows = {row.detail.name: row for row in (ranking.row(place) for place in ranking.compared)}
    assert sorted(rows) == compared
    assert ranking.is_unsized is (house is None)
    assert (ranking.present.yen, ranking.present.rank) == (rows["見本0"].yen, 1), "the present plan has no use for it"
    if per_unit is None:
        assert Counter(ranking.left_out.values()) == {LeftOut.CAPACITY_UNKNOWN: 2}
    else:
        kwh = desk.ranking.rank(question(by_size, capacity=Decimal(1))).present.yen - 12 * 400
        assert rows["見本3"].yen == kwh + 12 * 400 * per_unit


def test_the_contracts_own_capacity_counts_before_what_was_typed_for_another_plan(desk, keep):
    ours = numbered(0, plan(condition("20"), base=(2, "400", "0")))
    keep(ours)
    ranking = desk.ranking.rank(question(ours, capacity=Decimal(6), house=Size(Decimal(40), is_ampere=True)))
    assert ranking.size == Size(Decimal(6), is_ampere=False)
    assert not ranking.is_unsized


def test_market_plans_follow_their_own_commission_and_have_the_range_of_the_stored_years(desk, keep):
    def prices(year, yen):
        return [AreaPriceMonth(AREA, f"{year}-{month:02}", (Decimal(yen),) * 24) for month in range(1, 13)]

    ours = numbered(0, plan(condition("30")))
    market = numbered(1, plan(plan_type=PlanType.MARKET_LINKED), epcorp_cd="2")
    keep(ours, market, companies=(company(1), company(2, commission=Decimal(3))))
    desk.store.catalogue.put("area_prices", "06", tuple(prices(2024, 9)))
    desk.store.catalogue.put("area_prices", "06", tuple(prices(2025, 12)))
    ranking = desk.ranking.rank(question(ours))
    row = ranking.row(ranking.compared[0])
    assert row.detail.name == "見本1"
    assert row.yen == pytest.approx(YEAR.total_kwh * 15, abs=24)
    assert row.spread.ends == pytest.approx((YEAR.total_kwh * 12, YEAR.total_kwh * 15), abs=24)
    assert row.spread.months is None
    assert row.spread.present == ranking.present_yen
    assert ranking.row(ranking.compared[1]).spread is None


def market_of(desk, keep, months, **values):
    """A ranking whose only other plan follows the market, at prices by month."""
    ours, market = numbered(0, plan(condition("30"))), numbered(1, plan(plan_type=PlanType.MARKET_LINKED), epcorp_cd="2")
    keep(ours, market, companies=(company(1), company(2, commission=Decimal(3))))
    desk.store.catalogue.put("area_prices", "06", tuple(AreaPriceMonth(AREA, name, (Decimal(yen),) * 24) for name, yen in months.items()))
    return desk.ranking.rank(question(ours, **values))


def test_with_one_year_of_market_prices_the_range_is_of_its_dearest_and_cheapest_month(desk, keep):
    """As なぜ has it; the server knows twelve months, so that this is what a new customer of ours sees for a year."""
    prices = {f"2025-{month:02}": 10 for month in range(1, 13)} | {"2025-01": 18, "2025-05": 7}
    ranking = market_of(desk, keep, prices)
    row = next(row for row in map(ranking.row, ranking.compared) if row.detail.name == "見本1")
    assert row.spread.ends == pytest.approx((YEAR.total_kwh * 10, YEAR.total_kwh * 21), abs=24)
    assert row.spread.months == ("2025-05", "2025-01")
    moving = tried(ranking, Trial(kwh_percent=10))
    still = moving.row(moving.catalogue.place_of[row.detail.key])
    assert still.yen > row.yen
    assert replace(still.spread, is_before=False) == row.spread, "the words of before stay, and say so"
    assert still.spread.is_before
    assert tried(moving, Trial()).row(moving.catalogue.place_of[row.detail.key]).spread == still.spread


def test_a_year_that_lacks_a_month_is_no_year_of_market_prices(desk, keep):
    def year(number, yen, without=()):
        return {f"{number}-{month:02}": yen for month in range(1, 13) if month not in without}

    ranking = market_of(desk, keep, {**year(2022, 9), **year(2023, 20), **year(2024, 50, without=(7,)), **year(2025, 12)})
    spread = next(ranking.row(place).spread for place in ranking.compared if ranking.row(place).spread)
    assert spread.ends == pytest.approx((YEAR.total_kwh * 12, YEAR.total_kwh * 23), abs=24), "neither the year with the hole nor a mixture"


def test_one_month_of_market_prices_has_no_range(desk, keep):
    ours = numbered(0, plan(condition("30")))
    market_of(desk, keep, {"2025-03": 10})
    ranking = desk.ranking.rank(replace(question(ours), usage=usage(date(2025, 3, 1), 31)))
    assert [row.spread for row in map(ranking.row, ranking.compared)] == [None, None]


HOLE = (condition("20", volume=("0", "120")), condition("25", order=2, volume=("300", "0")))


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (plan(*HOLE), "tier_unpriced"),
        (plan(condition("20", volume=("300", "120"))), "tier_empty"),
        (plan(condition("15", hours=(0, 12)), condition("16", order=2, hours=(8, 24))), "hours_twice"),
        (plan(condition("15", hours=(0, 12))), "hours_unpriced"),
    ],
)
def test_a_plan_that_prices_some_kwh_not_or_twice_stands_apart_and_saves_nothing(desk, keep, faulty, code):
    ours, other = numbered(0, plan(condition("30"))), numbered(1, plan(condition("29")))
    keep(ours, other, numbered(2, faulty))
    ranking = desk.ranking.rank(question(ours))
    (row,) = map(ranking.row, ranking.miscounted)
    assert (row.detail.name, row.rank, row.difference, row.apart) == ("見本2", None, None, Apart.PRICES)
    assert [fault.code for fault in row.doubts.faults] == [code]
    assert [ranking.row(place).detail.name for place in ranking.compared] == ["見本1", "見本0"]
    assert len(ranking.compared) + len(ranking.miscounted) == len(ranking.catalogue.plans), "together the whole catalogue"
    # where it is the present one, nobody is told a saving beside it
    beside = desk.ranking.rank(question(numbered(2, faulty)))
    assert (beside.present.rank, beside.present.apart, beside.present_months) == (None, Apart.PRICES, ())
    assert {beside.row(place).difference for place in beside.compared} == {None}
    elsewhere = desk.ranking.rank(question(numbered(3, faulty)))
    assert elsewhere.present.apart is Apart.PRICES, "whether the catalogue has it or not"


def test_a_market_plan_without_a_commission_stands_apart(desk, keep):
    keep(numbered(0, plan(condition("30"))), numbered(1, plan(plan_type=PlanType.MARKET_LINKED), epcorp_cd="2"))
    desk.store.catalogue.put("area_prices", "06", tuple(AreaPriceMonth(AREA, f"2025-{n:02}", (Decimal(9),) * 24) for n in range(1, 13)))
    ranking = desk.ranking.rank(question(numbered(0, plan(condition("30")))))
    (row,) = map(ranking.row, ranking.miscounted)
    assert row.doubts.warnings == (BillWarning.COMMISSION_MISSING,)


def test_a_doubt_that_leaves_the_sum_a_bill_stays_in_its_place_and_is_said(desk, keep):
    ours = numbered(0, plan(condition("30")))
    old = replace(numbered(1, plan(condition("20"))), name="見本（現行ではない）")
    by_peak = numbered(2, plan(condition("20"), base=(5, "400", "0")))
    odd = numbered(3, plan(condition("2000")))
    fuel_of_plan = numbered(4, plan(condition("20"), fuels=(fuel("0"),)))
    keep(ours, old, by_peak, odd, fuel_of_plan)
    ranking = desk.ranking.rank(question(ours))
    found = {row.detail.epplan_id[-1]: row.doubts for row in map(ranking.row, (*ranking.compared, *ranking.fuel_unknown))}
    assert not found["0"]
    assert [fault.code for fault in found["1"].faults] == ["not_current"]
    assert found["2"].warnings == (BillWarning.PEAK_OF_HOURLY_MEANS,)
    assert [fault.code for fault in found["3"].faults] == ["implausible_price"]
    assert not found["4"], "an unknown fuel price is why it stands apart: it is said there"
    assert len(ranking.compared) == 4


def test_the_present_plan_has_one_price_and_is_counted_once_after_a_newer_one_was_fetched(desk, keep):
    ours = numbered(0, plan(condition("30")))
    keep(ours, numbered(1, plan(condition("29"))), numbered(2, plan(condition("31"))))
    asked = question(ours)
    before = desk.ranking.rank(asked)
    newer = replace(ours, conditions=(condition("25"),))
    keep(newer)
    ranking = desk.ranking.rank(asked)
    assert (ranking.question.detail, ranking.present.detail) == (newer, newer)
    assert ranking.present.yen < before.present.yen
    assert (ranking.present.rank, ranking.cheaper) == (1, 0)
    assert [row.rank for row in map(ranking.row, ranking.compared)] == [1, 2, 3]
    assert ranking.row(ranking.compared[0]).difference == 0
    assert desk.ranking.rank(ranking.question).question is ranking.question, "it is the newest"


def test_the_present_plan_is_tried_in_another_size_with_the_figures_of_that_size(desk, keep):
    """As one that is charged by the kVA is: else a difference would be of 40 A on one side and of 30 A on the other."""

    def sized(number, ampere, yen):
        base = replace(plan(condition("30"), base=(1, yen, "0")), ampere=Decimal(ampere), capacity_unit="A", base_cd=str(ampere))
        return replace(numbered(number, base), base_name=f"{ampere}A")

    ours = [sized(0, 30, "900"), sized(0, 40, "1200")]
    keep(*ours, sized(1, 30, "800"), sized(1, 40, "1100"), sized(2, 50, "100"))
    asked = question(ours[1])
    measured = desk.ranking.rank(asked)
    assert (measured.present.detail.base_name, measured.is_present_resized) == ("40A", True)
    smaller = desk.ranking.rank(asked, Trial(capacity=Decimal(30)))
    assert (smaller.present.detail.base_name, smaller.present.yen) == ("30A", measured.present.yen - 12 * 300)
    assert [(row.difference, row.is_present) for row in map(smaller.row, smaller.compared)] == [(-1200, False), (0, True)]
    assert smaller.question.detail == ours[1]
    assert smaller.is_present_resized
    missing = desk.ranking.rank(asked, Trial(capacity=Decimal(50)))
    assert (missing.present.detail.base_name, missing.is_present_resized) == ("40A", False)


def test_the_catalogue_is_compiled_again_only_when_something_was_fetched(desk, keep):
    ours = numbered(0, plan(condition("30")))
    keep(ours)
    first = desk.ranking.catalogue()
    assert desk.ranking.catalogue() is first
    keep(ours)  # seen again, the same
    again = desk.ranking.catalogue()
    assert again.groups is first.groups
    assert again.checked_at[-1] > first.checked_at[-1]
    keep(numbered(1, plan(condition("25"))))
    assert len(desk.ranking.catalogue().plans) == 2


def test_a_trial_changes_usage_and_size_and_nothing_of_what_was_measured(desk, keep):
    ours = numbered(0, plan(condition("30"), base=(2, "400", "0")))
    night = numbered(1, plan(condition("35", hours=(7, 23)), condition("15", order=2, hours=(23, 7)), base=(2, "400", "0")))
    keep(ours, night)
    catalogue, asked = desk.ranking.catalogue(), question(ours, capacity=Decimal(4))
    moved = tried_usage(YEAR, Trial(night_percent=30))
    assert moved.total_kwh == pytest.approx(YEAR.total_kwh, abs=1)
    assert sum(day.hourly_kwh[3] for day in moved.days) > sum(day.hourly_kwh[3] for day in YEAR.days)
    assert tried_usage(YEAR, Trial(kwh_percent=-10)).total_kwh == pytest.approx(YEAR.total_kwh * 0.9, abs=1)
    assert tried_usage(YEAR, Trial()) is YEAR

    def difference(**trial):
        ranking = rank(catalogue, asked, Trial(**trial))
        return ranking.row(catalogue.place_of[(night.epplan_id, "1", None)]).difference

    assert difference(night_percent=30) < difference() < 0
    assert rank(catalogue, asked, Trial(capacity=Decimal(6))).present.yen - rank(catalogue, asked).present.yen == 12 * 2 * 400


def test_the_practice_catalogue_is_filled_and_ranked_as_the_bill_page_bills(desk):
    done = desk.ranking.fill(10_000, Area.KANSAI, frozenset())
    while done.added:
        done = desk.ranking.fill(10_000, None, frozenset())
    catalogue = desk.ranking.catalogue()
    our_company, ours = next(one for one in catalogue.plans if one[0].name == "関西電力" and one[1].contract_type == 1)
    ranking = desk.ranking.rank(replace(question(ours, fuel=FuelChoice(FuelRule.NONE)), company=our_company))
    assert len(ranking.compared) > 3
    assert any(catalogue.plans[place][1].plan_type is PlanType.MARKET_LINKED for place in ranking.compared)
    assert len(ranking.compared) + len(ranking.left_out) == len(catalogue.plans)
    for place in ranking.compared:
        row = ranking.row(place)
        options = replace(ranking.question, company=row.company, area_prices=catalogue.prices.get(row.company.area_code, ()))
        assert row.yen == desk.quoting.bill(row.detail, YEAR, options.options(Rounding.BILL)).year.charge


def test_the_months_of_every_plan_add_up_to_its_year(desk, keep):
    plans = [numbered(n, plan(condition(unit), fuels=(fuel("-1.5"),))) for n, unit in enumerate(("31.27", "25.11", "29.99"))]
    keep(*plans, numbered(7, plan(condition("20")), capacity_unit="A"))
    ranking = desk.ranking.rank(question(plans[1]))
    for place in ranking.compared:
        row, bill = ranking.row(place), compute_bill(ranking.catalogue.plans[place][1], YEAR, question(plans[1]).options(Rounding.BILL))
        assert ranking.months(place) == tuple(month.parts.charge for month in bill.months)
        assert sum(ranking.months(place)) == row.yen
    assert sum(ranking.present_months) == ranking.present.yen


def test_the_present_plan_costs_the_same_whether_the_catalogue_has_it_or_not_and_at_the_size_that_it_has(desk, keep):
    """By the catalogue where that has it at the very size, else by the single bill."""
    per_kva = numbered(0, plan(condition("31.27"), fuels=(fuel("-1.5"),), base=(2, "380", "0")))
    newer = replace(per_kva, conditions=(condition("30"),))
    keep(per_kva, numbered(1, plan(condition("29"))))

    def present(detail, trial=None, **values):
        asked = question(detail, **({"capacity": Decimal(4)} | values))
        ranking = desk.ranking.rank(asked, trial)
        size = trial.capacity if trial else asked.capacity
        charged = month_charges(detail, UsageSums(YEAR), replace(asked.options(Rounding.BILL), capacity=size))
        assert ranking.present_months == charged
        assert ranking.present.yen == sum(charged)
        assert ranking.present.rank == 1 + sum(yen < ranking.present.yen for yen in ranking.sums)
        return ranking.present.yen

    known = present(per_kva)
    assert present(replace(per_kva, epplan_id="9_9_9")) == known  # of no catalogue
    keep(newer)
    renewed = desk.ranking.rank(question(per_kva, capacity=Decimal(4)))
    assert renewed.present.yen == present(newer) < known  # the newest figures, whichever the question began with
    known = present(newer)
    assert present(newer, Trial(capacity=Decimal(6))) == known + 2 * 380 * 12


def test_a_weekday_at_home_has_the_hours_of_that_months_weekends():
    measured = usage(date(2025, 1, 1), 59, lambda day, _hour: 1.0 if day.weekday() < 5 else (2.0 if day.month == 1 else 3.0))
    two_days = tried_usage(measured, Trial(home_days=2))
    by_day = {day.day: day.hourly_kwh[0] for day in two_days.days}
    assert by_day[date(2025, 1, 6)] == pytest.approx(1 + 0.4)
    assert by_day[date(2025, 2, 3)] == pytest.approx(1 + 0.8)
    assert by_day[date(2025, 1, 4)] == 2.0
    assert tried_usage(measured, Trial(home_days=5)).days[0].hourly_kwh[5] == 2.0
    only_weekdays = usage(date(2025, 1, 6), 5)
    assert tried_usage(only_weekdays, Trial(home_days=3)).days == only_weekdays.days


def test_a_slider_on_what_is_at_hand_gives_what_a_new_ranking_gives(desk, keep):
    plans = [numbered(n, plan(condition(unit, hours=hours))) for n, (unit, hours) in enumerate((("31", (0, 0)), ("25", (0, 0))))]
    keep(*plans, numbered(3, plan(condition("40", hours=(7, 23)), condition("11", hours=(23, 7), order=2))))
    first = desk.ranking.rank(question(plans[0]))
    trial = Trial(kwh_percent=7, night_percent=20, home_days=1)
    again, anew = tried(first, trial), desk.ranking.rank(question(plans[0]), trial)
    assert (again.compared, again.years.tolist(), again.present) == (anew.compared, anew.years.tolist(), anew.present)
    assert again.years.tolist() != first.years.tolist()


def test_the_sums_of_a_trial_are_those_of_its_days_where_the_data_begin_and_end_within_a_day():
    """Hours that nobody measured stay without a figure: nothing is moved into them."""
    whole = usage(date(2025, 3, 1), 60, lambda day, hour: round(0.3 + (day.day * 7 + hour * 5) % 11 / 10, 1)).days
    first, last = (None,) * 5 + whole[0].hourly_kwh[5:], whole[-1].hourly_kwh[:20] + (None,) * 4
    measured = Usage((replace(whole[0], hourly_kwh=first), *whole[1:-1], replace(whole[-1], hourly_kwh=last)), peak_kw=2.5)
    trial = Trial(kwh_percent=13, night_percent=20, home_days=2)
    days, sums = tried_usage(measured, trial), tried_sums(UsageSums(measured), trial)
    assert days.days[0].hourly_kwh[:6].count(None) == 5
    assert (sums.usage, sums.peak_kw) == (days, 2.5 * 1.13)
    assert sums.by_kind_of_day.tolist() == UsageSums(days).by_kind_of_day.tolist()
    assert sums.day_counts == UsageSums(days).day_counts


@pytest.mark.parametrize("rounding", Rounding)
def test_the_charges_of_the_months_are_those_of_the_bill(rounding):
    detail = replace(plan(condition("31.27"), fuels=(fuel("-1.5"),)), discount_rate=Decimal("2.5"), levy_yen_per_kwh=Decimal("3.98"))
    options = replace(question(detail).options(rounding), capacity=Decimal(4))
    bill = compute_bill(detail, YEAR, options)
    assert month_charges(detail, UsageSums(YEAR), options) == tuple(month.parts.charge for month in bill.months)
    assert sum(month.parts.levy for month in bill.months) == bill.year.levy > 0


@pytest.mark.parametrize(
    ("of_present", "card", "counts"),
    [
        (plan(condition("30"), fuels=(fuel("1"),)), "−4,673円/年", "現在の契約は 2 位です。"),
        (plan(condition("30"), fuels=(fuel("0"),)), "現在との差は不明", "現在の契約の燃料費調整の単価が分からないため、差は出せません。"),
        (plan(condition("30"), base=(2, "10", "0")), "現在との差は不明", "現在の契約の料金を計算できないため、差は出せません。"),
    ],
)
def test_whose_price_it_is_that_is_not_known_is_said(desk, keep, of_present, card, counts):
    present = numbered(0, of_present)
    known, unknown = numbered(1, plan(condition("29"), fuels=(fuel("1"),))), numbered(2, plan(condition("28"), fuels=(fuel("0"),)))
    keep(present, known, unknown)
    ranking = desk.ranking.rank(question(present))
    of_known, of_unknown = (ranking.row(ranking.catalogue.place_of[one.key]) for one in (known, unknown))
    assert chosen_words(of_known, is_year=True) == card
    assert chosen_words(of_unknown, is_year=True) == "燃料費が不明"
    assert present_words(ranking.present) == counts
