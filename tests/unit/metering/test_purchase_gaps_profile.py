"""Purchase arrays, the clerk's gap rules, and a year made of monthly figures."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.usage import GapRule, Usage, UsageDay, YearRule
from denkidesk.metering.files import read_files
from denkidesk.metering.gaps import apply_gap_rule, as_year
from denkidesk.metering.profile import HOUSEHOLD, usage_from_month_kwh, usage_from_months
from denkidesk.metering.purchase import read_purchase


def read_any(data, name):
    return read_files([(name, data)])


def day_json(day="2026-04-01", hours=None):
    return {"date": day, "hourlyPowers": [0.5] * 24 if hours is None else hours}


def refused_code(document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(InputRefused) as refused:
        read_purchase(data)
    assert refused.value.faults[0].field == "usage"
    return refused.value.faults[0].code


def test_days_come_in_order_and_a_null_is_a_gap():
    usage = read_purchase(json.dumps([day_json("2026-04-03", [None, 1, *([0.25] * 22)]), day_json()]).encode("utf-8-sig"))
    assert [day.day for day in usage.days] == [date(2026, 4, 1), date(2026, 4, 3)]
    assert usage.days[1].hourly_kwh[:3] == (None, 1.0, 0.25)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"[NaN]", "not_json"),
        (b'[{"date": "2026-04-01", "hourlyPowers": [], "hourlyPowers": []}]', "not_json"),
        ({"a": 1}, "not_a_purchase_array"),
        ([], "empty"),
        ([1], "not_a_day"),
        ([day_json("2026-4-1")], "bad_date"),
        ([day_json("2026-04-31")], "bad_date"),
        ([day_json("20260401")], "bad_date"),
        ([day_json("1900-01-01")], "absurd_year"),
        ([day_json(hours=[0.5] * 48)], "not_24_hours"),
        ([day_json(hours=[True] * 24)], "not_a_number"),
        ([day_json(hours=["1"] * 24)], "not_a_number"),
        ([day_json(hours=[-1] * 24)], "not_a_volume"),
        ([day_json(hours=[10**400] * 24)], "not_a_volume"),
        ([day_json(), day_json()], "duplicate"),
    ],
)
def test_other_shapes_are_refused(document, code):
    assert refused_code(document) == code


def test_read_any_tells_json_from_csv_by_its_first_character():
    imported = read_any(b" \n" + json.dumps({"purchase": [day_json()]}).encode(), "usage.txt")
    assert (imported.layout, imported.usage.source, imported.usage.total_kwh) == ("purchase-json", "usage.txt", 12)
    assert read_any("日時,kWh\n2026/4/1 0:00,1\n".encode(), "a.csv").layout == "long-hourly"


def test_a_day_that_is_not_in_the_array_is_a_day_of_gaps_and_nothing_at_the_ends_is():
    empty, late = day_json("2026-03-31", [None] * 24), day_json("2026-04-01", [None] * 9 + [0.5] * 15)
    early = day_json("2026-04-04", [0.5] * 3 + [None] * 21)
    imported = read_any(json.dumps([early, empty, late, day_json("2026-04-02")]).encode(), "usage.json")
    assert [day.day.day for day in imported.usage.days] == [1, 2, 3, 4]
    assert [day.is_whole for day in imported.usage.days] == [False, True, False, False]
    assert imported.usage.gap_hours == 24
    gap = {"first": "2026-04-03 00:00", "last": "2026-04-03 23:00", "hours": "24"}
    assert [(note.code, dict(note.facts)) for note in imported.notes if note.code == "gap"] == [("gap", gap)]


@pytest.mark.parametrize(
    ("days", "code"),
    [([day_json(hours=[None] * 24)], "no_readings"), ([day_json("2025-04-01"), day_json("2026-04-01")], "more_than_a_year")],
)
def test_an_array_that_no_bill_can_be_made_of_is_refused(days, code):
    with pytest.raises(InputRefused) as refused:
        read_any(json.dumps(days).encode(), "usage.json")
    assert refused.value.faults[0].code == code


def with_gaps():
    """Three weeks of kWh that name their weekday; on the second Monday the hours 5 and 6 are missing."""
    first = date(2026, 4, 6)
    days = [
        UsageDay(first + timedelta(days=number), tuple(float(number % 7) + week / 10 for week in [number // 7] for _ in range(24)))
        for number in range(21)
    ]
    hours = days[7].hourly_kwh
    days[7] = replace(days[7], hourly_kwh=(*hours[:5], None, None, *hours[7:]))
    return Usage(tuple(days), peak_kw=8.0)


def test_stop_refuses_and_names_the_gap():
    with pytest.raises(InputRefused) as refused:
        apply_gap_rule(with_gaps(), GapRule.STOP)
    assert dict(refused.value.faults[0].facts) == {"hours": "2", "first": "2026-04-13"}


@pytest.mark.parametrize(("rule", "expected"), [(GapRule.ZERO, 0.0), (GapRule.DAY_CLASS_MEAN, 2.242857143)])
def test_a_rule_fills_the_gaps_and_nothing_else(rule, expected):
    before = with_gaps()
    after = apply_gap_rule(before, rule)
    assert after.days[7].hourly_kwh[5:7] == (expected, expected)
    assert after.gap_hours == 0
    assert after.peak_kw == 8.0
    assert [day for place, day in enumerate(after.days) if place != 7] == [day for place, day in enumerate(before.days) if place != 7]


@pytest.mark.parametrize("rule", [GapRule.ZERO, GapRule.DAY_CLASS_MEAN])
def test_no_rule_adds_hours_at_the_ends(rule):
    days = with_gaps().days
    first = replace(days[0], hourly_kwh=(None, *days[0].hourly_kwh[1:]))
    last = replace(days[-1], hourly_kwh=(*days[-1].hourly_kwh[:-1], None))
    after = apply_gap_rule(Usage((first, *days[1:-1], last)), rule)
    assert (after.days[0], after.days[-1]) == (first, last)
    assert after.gap_hours == 0
    assert after.days[7].is_whole


def test_a_usage_without_gaps_is_the_same_under_every_rule():
    usage = Usage(with_gaps().days[:7])
    assert all(apply_gap_rule(usage, rule) is usage for rule in GapRule)


def test_a_mean_needs_an_hour_that_was_measured():
    whole = UsageDay(date(2026, 4, 10), (1.0,) * 24)
    saturday = UsageDay(date(2026, 4, 11), (1.0, None, *([1.0] * 22)))
    usage = Usage((whole, saturday))
    with pytest.raises(InputRefused) as refused:
        apply_gap_rule(usage, GapRule.DAY_CLASS_MEAN)
    assert refused.value.faults[0].code == "gap_without_pattern"


def month_kwh(usage, month):
    return sum(Decimal(repr(kwh)) for day in usage.days if day.day.month == month for kwh in day.hourly_kwh)


@settings(max_examples=40, deadline=None)
@given(month=st.integers(1, 12), kwh=st.decimals(0, 5000, places=3), year=st.sampled_from([2024, 2025]))
def test_the_months_kwh_is_kept_exactly(month, kwh, year):
    usage = usage_from_month_kwh(month, kwh, year)
    assert month_kwh(usage, month) == kwh
    assert usage.estimated
    assert len(usage.days) == (366 if year == 2024 else 365)


def test_other_months_follow_the_seasons():
    usage = usage_from_month_kwh(4, 300, 2025)
    january = month_kwh(usage, 1)
    assert january == round(Decimal(300) * 31 * HOUSEHOLD.monthly[0] / (30 * HOUSEHOLD.monthly[3]), 1)
    assert month_kwh(usage, 8) > month_kwh(usage, 10)


def test_twelve_months_are_all_kept():
    given_kwh = {month: Decimal(200 + month) / 3 for month in range(1, 13)}
    usage = usage_from_months(given_kwh, 2025)
    assert [month_kwh(usage, month) for month in range(1, 13)] == [round(kwh, 9) for kwh in given_kwh.values()]


@pytest.mark.parametrize(
    ("months", "year", "field"),
    [({13: 1}, 2025, "month"), ({1: -1}, 2025, "kwh"), ({1: float("nan")}, 2025, "kwh"), ({}, 2025, "kwh"), ({1: 1}, 1800, "year")],
)
def test_months_that_cannot_be(months, year, field):
    with pytest.raises(InputRefused) as refused:
        usage_from_months(months, year)
    assert refused.value.faults[0].field == field


def part_of_a_year(first=date(2025, 4, 10), count=300):
    days = [first + timedelta(days=number) for number in range(count)]
    return Usage(tuple(UsageDay(day, (float(day.month), *[1.0] * 22, 0.5 if day.weekday() < 5 else 2.5)) for day in days))


def test_a_year_of_less_than_one_by_the_means_of_day_classes():
    """300 days from 10 April end on 3 February: what follows is like the nearest month that has such days."""
    usage = part_of_a_year()
    year = as_year(usage, YearRule.DAY_CLASS_MEAN)
    assert (year.days[0].day, year.days[-1].day, len(year.days)) == (date(2025, 4, 10), date(2026, 4, 9), 365)
    assert year.completed_by is YearRule.DAY_CLASS_MEAN
    assert year.days[:300] == usage.days
    assert all(day.is_whole for day in year.days)
    by_day = {day.day: day.hourly_kwh for day in year.days}
    assert by_day[date(2026, 2, 16)][0] == 2.0  # a Monday in February: as the measured workdays of February
    assert by_day[date(2026, 2, 22)][0] == 2.0  # a Sunday in February: 1 February was one
    assert by_day[date(2026, 3, 16)][0] == pytest.approx((2 * 2 + 13 * 4) / 15)  # as February's 2 and April's 13 workdays
    assert (by_day[date(2026, 4, 6)][0], by_day[date(2026, 4, 5)][23]) == (4.0, 2.0)  # 29 and 30 April are days off too


def test_a_year_by_the_shape_of_a_household_keeps_the_level_and_says_what_it_is():
    usage = part_of_a_year()
    year = as_year(usage, YearRule.LOAD_SHAPE)
    assert (len(year.days), year.completed_by) == (365, YearRule.LOAD_SHAPE)
    assert year.days[:300] == usage.days
    added = {day.day: sum(day.hourly_kwh) for day in year.days[300:]}
    assert added[date(2026, 2, 16)] / added[date(2026, 4, 6)] == pytest.approx(HOUSEHOLD.monthly[1] / HOUSEHOLD.monthly[3])
    measured = {day.day: sum(day.hourly_kwh) for day in usage.days}
    level = sum(measured.values()) / sum(HOUSEHOLD.monthly[day.month - 1] for day in measured)
    assert added[date(2026, 2, 16)] == pytest.approx(level * HOUSEHOLD.monthly[1])


def test_a_sum_of_what_is_there_and_a_whole_year_stay_as_they_are():
    usage, whole = part_of_a_year(), part_of_a_year(count=365)
    assert as_year(usage, YearRule.WHAT_IS_THERE) is usage
    assert all(as_year(whole, rule) is whole for rule in YearRule)
