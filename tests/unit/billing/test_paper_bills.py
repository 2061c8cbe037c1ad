"""Part B: the customer's paper bill against a plain program that shares no code with it, and rule by rule."""

import json
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

import pytest

from denkidesk.billing.levy import levy_of
from denkidesk.billing.paper import paper_bill
from denkidesk.billing.reading import periods_of_day
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import BillWarning, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.paper_bills import FuelMonth, Period, Supplement
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.enegaeru.paper_files import decode_bill, decode_supplement
from denkidesk.metering.files import read_files
from fakes.paper_cases import case_of, file_of, hours_of
from fakes.plain_paper import plain_bill
from fakes.plan_builder import condition, plan
from unit.billing.test_published_bills import BILLS, TARIFFS

BILL = BillOptions(rounding=Rounding.BILL)
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


def priced(case, halves, rounding):
    bill = decode_bill(json.dumps(case).encode())
    usage = read_files([("a.csv", file_of(halves).encode())]).usage
    options = BillOptions(rounding=rounding, capacity=bill.capacity)
    (one,) = paper_bill(bill.detail, usage, bill.supplement, [bill.period], options).periods
    return one


@pytest.mark.parametrize("rounding", [Rounding.BILL, Rounding.NONE])
@pytest.mark.parametrize("block", range(10))
def test_three_hundred_random_bills(block, rounding):
    for seed in range(30 * block, 30 * block + 30):
        case, halves = case_of(seed)
        ours, theirs = priced(case, halves, rounding), plain_bill(case, hours_of(halves), unrounded=rounding is Rounding.NONE)
        assert (seed, ours.month) == (seed, theirs["month"])
        for part in ("kwh", "base", "usage", "adjust", "levy", "charge"):
            figure = Fraction(ours.kwh if part == "kwh" else getattr(ours.parts, part))
            if rounding is Rounding.BILL and part in ("charge", "kwh"):
                assert (seed, part, figure) == (seed, part, theirs[part])
            assert abs(figure - theirs[part]) < Fraction(1, 10**20), (seed, part)
        assert ours.fuel - ours.subsidy - ours.deduction == pytest.approx(ours.parts.adjust, abs=Decimal("1e-20"))


# --- rule by rule ----------------------------------------------------------------------------------------------------


def flat(kwh_a_day, first=date(2026, 5, 1), days=92, peak=None):
    hour = kwh_a_day / 24
    return Usage(tuple(UsageDay(first + timedelta(days=number), (hour,) * 24, peak) for number in range(days)))


def fuel(month, per_kwh="0", **more):
    return FuelMonth(month, Decimal(per_kwh), **{name: Decimal(figure) for name, figure in more.items()})


FUELS = tuple(fuel(f"2026-{month:02}") for month in range(1, 13))


def bills(detail, usage, supplement, periods, options=BILL):
    return paper_bill(detail, usage, supplement, periods, options)


@pytest.mark.parametrize(
    ("read_day", "spans"),
    [
        (10, [("2026-05-10", "2026-06-09", "2026-06"), ("2026-06-10", "2026-07-09", "2026-07")]),
        (1, [("2026-05-01", "2026-05-31", "2026-06"), ("2026-06-01", "2026-06-30", "2026-07"), ("2026-07-01", "2026-07-31", "2026-08")]),
        (31, [("2026-05-31", "2026-06-29", "2026-06"), ("2026-06-30", "2026-07-30", "2026-07")]),
    ],
)
def test_periods_by_the_day_of_reading(read_day, spans):
    usage = flat(10)
    found = bills(plan(condition("20")), usage, Supplement(fuel=FUELS), periods_of_day(read_day, usage))
    assert [(str(one.first), str(one.last), one.month) for one in found.periods] == spans
    first, last = usage.days[0].day, usage.days[-1].day
    assert all(period.first < first or period.last > last for period in found.cut)
    assert (len(found.cut) == 2) == (read_day != 1)


def test_february_has_no_thirtieth():
    usage = flat(10, date(2026, 1, 15), 80)
    assert [(str(one.first), str(one.last)) for one in periods_of_day(30, usage)] == [
        ("2025-12-30", "2026-01-29"),
        ("2026-01-30", "2026-02-27"),
        ("2026-02-28", "2026-03-29"),
        ("2026-03-30", "2026-04-29"),
    ]


@pytest.mark.parametrize(
    ("month", "yen"),
    [
        ("2012-07", None),
        ("2012-08", "0.22"),
        ("2013-03", "0.22"),
        ("2013-04", "0.35"),
        ("2014-04", "0.35"),
        ("2014-05", "0.75"),
        ("2026-04", "3.98"),
        ("2027-04", "4.18"),
        ("2027-05", None),
    ],
)
def test_the_levy_goes_from_may_to_april(month, yen):
    assert levy_of(month) == (None if yen is None else Decimal(yen))


def test_every_month_that_the_history_lacks_is_named():
    usage = flat(10)
    with pytest.raises(InputRefused) as refused:
        bills(plan(condition("20")), usage, Supplement(fuel=FUELS[:6]), periods_of_day(1, usage))
    assert [(fault.code, fault.facts["bill_month"]) for fault in refused.value.faults] == [
        ("fuel_missing", "2026-07"),
        ("fuel_missing", "2026-08"),
    ]


def test_a_period_over_the_season_has_both_prices_and_its_tiers_once():
    detail = plan(condition("10", months=(7, 9)), condition("20", order=2, months=(10, 6)), base=(1, "0", "0"))
    (bill,) = bills(detail, flat(10), Supplement(fuel=FUELS), [Period(date(2026, 6, 10), date(2026, 7, 9))]).periods
    assert bill.parts.usage == 9 * 10 * 10 + 21 * 10 * 20
    tiers = plan(condition("10", volume=("0", "200")), condition("20", order=2, volume=("200", "0")), base=(1, "0", "0"))
    (bill,) = bills(tiers, flat(10), Supplement(fuel=FUELS), [Period(date(2026, 6, 10), date(2026, 7, 9))]).periods
    assert bill.parts.usage == 200 * 10 + 100 * 20


def test_each_band_is_rounded_by_itself():
    detail = plan(condition("10", hours=(0, 12)), condition("20", order=2, hours=(12, 0)), base=(1, "0", "0"))
    day = UsageDay(date(2026, 6, 1), (0.5, *[0.0] * 11, 0.5, *[0.0] * 11))
    (bill,) = bills(detail, Usage((day,)), Supplement(fuel=FUELS), [Period(day.day, day.day)]).periods
    assert (bill.kwh, bill.parts.usage) == (2, 30)
    twice = plan(condition("10", hours=(0, 13)), condition("20", order=2, hours=(12, 0)), base=(1, "0", "0"))
    (bill,) = bills(twice, Usage((day,)), Supplement(fuel=FUELS), [Period(day.day, day.day)]).periods
    assert (bill.kwh, bill.parts.usage) == (1, 10 + 20)


def test_half_the_base_at_no_usage_and_the_fixed_fuel_all_the_same():
    supplement = Supplement(fuel=(fuel("2026-07", "3", fixed="40", subsidy="2"),), half_base_at_zero=True, included_kwh=Decimal(15))
    (bill,) = bills(plan(condition("20"), base=(1, "1000", "0")), flat(0), supplement, [JUNE]).periods
    assert (bill.parts.base, bill.parts.adjust, bill.parts.charge) == (500, 40, 540)
    (bill,) = bills(plan(condition("20"), base=(1, "1000", "0")), flat(1), supplement, [JUNE]).periods
    assert (bill.parts.base, bill.fuel, bill.subsidy) == (1000, 40 + 15 * 3, 60)


@pytest.mark.parametrize(("deduct", "taken"), [("55", 55), ("99999", 600)])
def test_a_deduction_never_takes_more_than_there_is(deduct, taken):
    supplement = Supplement(fuel=FUELS, deduct_yen=Decimal(deduct))
    (bill,) = bills(plan(condition("20"), base=(1, "0", "0")), flat(1), supplement, [JUNE]).periods
    assert (bill.deduction, bill.parts.adjust) == (taken, -taken)


def test_a_contract_that_begins_within_a_period_is_prorated():
    detail = plan(
        condition("10", volume=("15", "120")),
        condition("20", order=2, volume=("120", "300")),
        condition("40", order=3, volume=("300", "0")),
        base=(1, "300", "0"),
    )
    supplement = Supplement(fuel=(fuel("2026-07", "1", fixed="30"),), included_kwh=Decimal(15), contract_from=date(2026, 6, 16))
    (bill,) = bills(detail, flat(12), supplement, [JUNE]).periods
    assert (bill.first, bill.last, bill.days, bill.kwh) == (date(2026, 6, 16), date(2026, 6, 30), 15, 180)
    assert bill.parts.base == 150
    assert bill.parts.usage == 53 * 10 + 90 * 20 + 29 * 40  # edges 8, 61, 151
    assert bill.fuel == 15 + (180 - 8)


@pytest.mark.parametrize(("factor", "base"), [(None, 6000), (85, 6000), (90, 5700), (100, 5100)])
def test_the_power_factor(factor, base):
    supplement = Supplement(fuel=FUELS, power_factor=factor)
    options = BillOptions(rounding=Rounding.BILL, capacity=Decimal(6))
    (bill,) = bills(plan(condition("20"), base=(2, "1000", "0")), flat(1), supplement, [JUNE], options).periods
    assert bill.parts.base == base


def test_the_demand_of_twelve_months():
    days = [*flat(10, date(2026, 5, 1), 31, peak=40.0).days, *flat(10, date(2026, 6, 1), 30, peak=50.0).days]
    detail = plan(condition("20"), base=(5, "100", "0"))
    periods = periods_of_day(1, Usage(tuple(days)))
    known = {f"2025-{month:02}": Decimal(30) for month in range(6, 13)} | {f"2026-{month:02}": Decimal(30) for month in range(1, 6)}
    whole = bills(detail, Usage(tuple(days)), Supplement(fuel=FUELS, demand_kw=tuple((known | {"2025-07": Decimal(45)}).items())), periods)
    assert [one.parts.base for one in whole.periods] == [4500, 5000]
    assert BillWarning.DEMAND_MONTHS_UNKNOWN not in whole.warnings
    old = bills(detail, Usage(tuple(days)), Supplement(fuel=FUELS, demand_kw=(("2025-06", Decimal(99)),)), periods)
    assert [one.parts.base for one in old.periods] == [4000, 5000]
    assert BillWarning.DEMAND_MONTHS_UNKNOWN in old.warnings


@pytest.mark.parametrize("published_bill", BILLS, ids=lambda row: row[-1])
def test_published_totals_with_fuel_subsidy_and_direct_debit_in_their_own_places(published_bill):
    tariff, kwh, fixed, per_kwh, subsidy, debit, levy, published, source = published_bill
    charge, base_type, included, (first, second, third) = TARIFFS[tariff]
    detail = plan(
        condition(first, volume=(str(included), "120")),
        condition(second, order=2, volume=("120", "300")),
        condition(third, order=3, volume=("300", "0")),
        base=(base_type, charge, "0"),
    )
    supplement = Supplement(
        fuel=(fuel("2026-07", per_kwh, fixed=fixed, subsidy=subsidy),),
        levy=(("2026-07", Decimal(levy)),),
        included_kwh=Decimal(included),
        deduct_yen=Decimal(debit),
    )
    slots = 30 * 48
    each = (Decimal(kwh) / slots).quantize(Decimal("0.001"), ROUND_DOWN)
    figures = [each] * (slots - 1) + [Decimal(kwh) - each * (slots - 1)]
    halves = {date(2026, 6, 1) + timedelta(days=day): figures[48 * day : 48 * day + 48] for day in range(30)}
    usage = read_files([("a.csv", file_of(halves).encode())]).usage
    (bill,) = bills(detail, usage, supplement, [JUNE]).periods
    assert bill.parts.charge == published, source


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"deduct": 55}, "deduct"),
        ({"fuel": [{"bill_month": "2026-13", "per_kwh": 1}]}, "fuel[0].bill_month"),
        ({"fuel": [{"bill_month": "2026-06"}]}, "fuel[0].per_kwh"),
        ({"half_base_at_zero": 1}, "half_base_at_zero"),
        ({"contract_from": "June"}, "contract_from"),
        ({"power_factor": 120}, "power_factor"),
        ({"deduct_yen": -55}, "deduct_yen"),
    ],
)
def test_a_slip_in_a_supplement_is_refused_by_its_place(document, where):
    with pytest.raises(InputRefused) as refused:
        decode_supplement(json.dumps(document).encode())
    assert (refused.value.faults[0].field, refused.value.faults[0].facts["where"]) == ("supplement", where)
