"""Why one plan is cheaper than another: lines that add up to the yen, in the bands of the plan that has bands."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from hypothesis import HealthCheck, given, settings

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.explain import Priced, explain
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.why import WhyPart
from fakes.plan_builder import condition, fuel, plan, usage
from fakes.random_plans import bill_options, plans, usages

BILL = BillOptions(rounding=Rounding.BILL)


def adds_up(why, bills):
    assert [int(bill.year.charge) for bill in bills] == [why.present_yen, why.proposed_yen]
    assert sum(line.present_yen for line in why.lines) == why.present_yen
    assert sum(line.proposed_yen for line in why.lines) == why.proposed_yen
    assert sum(line.difference for line in why.lines) == why.difference == why.proposed_yen - why.present_yen
    assert sum(pair.difference for pair in why.months) == why.difference
    for part, name in ((WhyPart.BASE, "base"), (WhyPart.FUEL, "adjust"), (WhyPart.LEVY, "levy"), (WhyPart.BAND, "usage")):
        for bill, side in zip(bills, ("present_yen", "proposed_yen"), strict=True):
            shown = sum(getattr(line, side) for line in why.lines if line.part is part)
            assert abs(shown - getattr(bill.year, name)) < 1 + 6 * (part is WhyPart.BAND)


def test_the_lines_of_pairs_of_two_hundred_plans_add_up_to_the_yen():
    """All 19,900 pairs: ``bench/why_pairs.py``."""
    chance = random.Random(14)  # noqa: S311 - the same plans each time
    used = UsageSums(usage(date(2025, 4, 1), 365, lambda day, hour: round(0.2 + 0.7 * ((day.toordinal() * 7 + hour * 5) % 11) / 10, 2)))
    details = [random_plan(chance) for _ in range(200)]
    bills = [compute_bill(one, used, BILL) for one in details]
    pairs = 0
    for (first, ours), (second, theirs) in combinations(zip(details, bills, strict=True), 2):
        if (pairs := pairs + 1) % 97:
            continue  # the bills of a pair hang on each plan alone: these 205 pairs have every plan about twice
        why = explain(Priced(first, BILL), Priced(second, BILL), used)
        adds_up(why, (ours, theirs))
    assert pairs == 199 * 100


def random_plan(chance):
    kind = chance.randrange(3)

    def price():
        return f"{chance.randint(900, 4000) / 100:.2f}"

    if kind == 0:
        energy = [condition(price(), order=1, volume=("0", "120")), condition(price(), order=2, volume=("120", "0"))]
    elif kind == 1:
        energy = [condition(price(), order=1, hours=(8, 22)), condition(price(), order=2, hours=(22, 8))]
    else:
        energy = [condition(price(), order=1)]
    fuels = (fuel(f"{chance.randint(-900, 300) / 100:.2f}"),) if chance.random() < 0.7 else ()
    return plan(*energy, base=(1, price(), "0"), fuels=fuels, discount=chance.choice(["0", "0", "3"]), levy="4.18")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(present=plans(), proposed=plans(), used=usages(), options=bill_options())
def test_plans_with_every_feature_add_up_too(present, proposed, used, options):
    options = BillOptions(
        capacity=options.capacity,
        peak_kw=options.peak_kw,
        no_fuels=options.no_fuels,
        rounding=Rounding.BILL,
        area_prices=options.area_prices,
        commission=options.commission,
        commission_unit=options.commission_unit,
    )
    sums = UsageSums(used)
    try:
        bills = [compute_bill(one, sums, options) for one in (present, proposed)]
    except InputRefused:
        return
    adds_up(explain(Priced(present, options), Priced(proposed, options), sums), bills)


def test_a_plan_of_tiers_is_shared_to_the_bands_of_the_proposal():
    tiers = plan(
        condition("20", order=1, volume=("0", "100"), name="第1段階"), condition("30", order=2, volume=("100", "0"), name="第2段階")
    )
    bands = plan(condition("35", order=1, hours=(8, 20), name="昼間"), condition("15", order=2, hours=(20, 8), name="夜間"))
    used = UsageSums(usage(date(2025, 1, 1), 365, lambda _day, _hour: 1.0))  # 12 of 24 hours by day: half of the kWh
    why = explain(Priced(tiers, BILL), Priced(bands, BILL), used)
    lines = {line.name: line for line in why.lines if line.part is WhyPart.BAND}
    assert list(lines) == ["昼間", "夜間"]
    assert abs(lines["昼間"].present_yen - lines["夜間"].present_yen) <= 1, "a tier has no hours: its mean price counts"
    assert lines["夜間"].proposed_yen == 365 * 12 * 15
    assert lines["昼間"].proposed_yen == 365 * 12 * 35
    # 8,760 kWh: the mean price is (100 x 20 + 630 x 30) / 730 yen in a mean month, between 15 and 35
    assert [line.name for line in why.largest] == ["夜間", "昼間"], "the larger difference is said first"
    assert lines["夜間"].difference < 0 < lines["昼間"].difference
    assert abs(lines["夜間"].difference) > abs(lines["昼間"].difference)
    swapped = explain(Priced(bands, BILL), Priced(tiers, BILL), used)
    assert [line.name for line in swapped.lines if line.part is WhyPart.BAND] == ["昼間", "夜間"], "the plan that has bands"
    alone = explain(Priced(tiers, BILL), Priced(tiers, BILL), used)
    assert [(line.part, line.name) for line in alone.lines if line.part is WhyPart.BAND] == [(WhyPart.BAND, "")]
    assert alone.largest == ()


def test_months_that_are_not_whole_carry_their_mark():
    flat = plan(condition("20"))
    why = explain(Priced(flat, BILL), Priced(flat, BILL), UsageSums(usage(date(2025, 1, 15), 60, lambda _day, _hour: Decimal(1))))
    assert [(pair.month, pair.is_partial) for pair in why.months] == [("2025-01", True), ("2025-02", False), ("2025-03", True)]


def bands_of(why):
    return {line.name: (line.present_yen, line.proposed_yen) for line in why.lines if line.part is WhyPart.BAND}


def priced(detail):
    return Priced(detail, BILL)


FLAT = plan(condition("25"))


def test_what_is_over_a_cap_stays_with_the_hours_that_it_came_from():
    """10 % of 8,760 kWh cost 15 instead of 25 yen, all of them at night: 8,760 yen, and the day costs what it did."""
    capped = plan(condition("15", order=1, hours=(21, 7), cap="10", name="夜"), condition("25", order=2, hours=(7, 21), name="昼"))
    used = UsageSums(usage(date(2025, 1, 1), 365, 1.0))
    why = explain(priced(FLAT), priced(capped), used)
    assert bands_of(why) == {"夜": (91_250, 82_490), "昼": (127_750, 127_750)}
    assert why.difference == -8_760
    back = explain(priced(capped), priced(FLAT), used)
    assert bands_of(back) == {"夜": (82_490, 91_250), "昼": (127_750, 127_750)}


def test_over_several_caps_an_equal_part_of_every_hour_flows_on():
    """April, 720 kWh. Night 240: 144 at 10, 96 flow on. Morning 120 and those 96: 180 at 20, of 216 so 36 flow on, 16 of the night's and 20
    of the morning's, and cost 30 with the day's 360.
    """
    capped = plan(
        condition("10", order=1, hours=(23, 7), cap="20", name="夜"),
        condition("20", order=2, hours=(7, 11), cap="25", name="朝"),
        condition("30", order=3, hours=(11, 23), name="昼"),
    )
    why = explain(priced(FLAT), priced(capped), UsageSums(usage(date(2025, 4, 1), 30, 1.0)))
    night, morning, day = 144 * 10 + 80 * 20 + 16 * 30, 100 * 20 + 20 * 30, 360 * 30
    assert bands_of(why) == {"夜": (240 * 25, night), "朝": (120 * 25, morning), "昼": (360 * 25, day)}
    assert why.proposed_yen == 144 * 10 + 180 * 20 + 396 * 30


def test_a_condition_of_another_season_lets_what_flows_over_pass():
    """Night over its cap of 10 % goes past the summer's day in April, and stops at it in July."""
    capped = plan(
        condition("10", order=1, hours=(23, 7), cap="10", name="夜"),
        condition("40", order=2, hours=(7, 23), months=(7, 9), name="夏の昼"),
        condition("20", order=3, hours=(7, 23), months=(10, 6), name="ほかの昼"),
    )
    april = explain(priced(FLAT), priced(capped), UsageSums(usage(date(2025, 4, 1), 30, 1.0)))
    assert bands_of(april) == {"夜": (240 * 25, 72 * 10 + 168 * 20), "ほかの昼": (480 * 25, 480 * 20)}
    july = explain(priced(FLAT), priced(capped), UsageSums(usage(date(2025, 7, 1), 30, 1.0)))
    assert bands_of(july) == {"夜": (240 * 25, 72 * 10 + 168 * 40), "夏の昼": (480 * 25, 480 * 40)}


def test_a_group_is_one_band_with_the_tiers_of_the_union():
    """January: 2 + 2 of 24 hours in one group, 124 kWh, of which 100 cost 20 and 24 cost 30; 620 kWh at 25 else."""
    grouped = plan(
        condition("20", order=1, group=1, hours=(8, 10), volume=("0", "100"), name="組"),
        condition("30", order=2, group=1, hours=(10, 12), volume=("100", "0"), name="組"),
        condition("25", order=3, hours=(12, 8), name="ほか"),
    )
    why = explain(priced(plan(condition("24"))), priced(grouped), UsageSums(usage(date(2025, 1, 1), 31, 1.0)))
    assert bands_of(why) == {"組": (124 * 24, 100 * 20 + 24 * 30), "ほか": (620 * 24, 620 * 25)}


def test_each_band_has_the_yen_of_its_own_whole_kilowatt_hours():
    """30 days of 8 x 0.31 and 16 x 0.32 kWh: 74.4 and 153.6 kWh, which a bill has as 74 and 154."""
    bands = plan(condition("15.5", order=1, hours=(23, 7), name="夜"), condition("33.1", order=2, hours=(7, 23), name="昼"))
    used = UsageSums(usage(date(2025, 4, 1), 30, lambda _day, hour: 0.31 if hour in (23, *range(7)) else 0.32))
    why = explain(priced(bands), priced(replace(bands, epplan_id="2")), used)
    assert bands_of(why) == {"夜": (1_147, 1_147), "昼": (5_097, 5_097)}  # 74 x 15.5, 154 x 33.1 = 5,097.4
