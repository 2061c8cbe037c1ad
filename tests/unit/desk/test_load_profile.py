"""Mean days, days of a month and the duration of demand, against sums by hand."""

from datetime import date
from decimal import Decimal

from denkidesk.desk.load_profile import DayKind, days_of_month, demand, holidays_of, mean_days, price_bands
from denkidesk.domain.plans import DayClass, HolidayFlags
from denkidesk.domain.usage import Usage, UsageDay
from fakes.plan_builder import condition, plan

WEEKENDS = HolidayFlags(saturday=True, sunday=True, public_holiday=True)


def day(text, kwh, missing=None, peak=None):
    return UsageDay(date.fromisoformat(text), tuple(None if hour == missing else kwh for hour in range(24)), peak)


def test_each_kind_of_day_has_the_mean_of_its_own_days_and_hours():
    usage = Usage(
        (
            day("2026-01-13", 1.0),  # a Tuesday
            day("2026-01-14", 3.0, missing=5),
            day("2026-01-17", 9.0),  # a Saturday
            day("2026-07-01", 0.5),
            day("2026-07-20", 7.0),  # 海の日
            day("2026-10-01", 4.0),
        )
    )
    found = {mean.kind: mean for mean in mean_days(usage, WEEKENDS)}
    assert {kind: mean.days for kind, mean in found.items()} == {
        DayKind.WINTER: 2,
        DayKind.HOLIDAY: 2,
        DayKind.SUMMER: 1,
        DayKind.BETWEEN: 1,
    }
    assert found[DayKind.WINTER].hourly_kwh[4:7] == (2.0, 1.0, 2.0)
    assert found[DayKind.HOLIDAY].hourly_kwh[0] == 8.0
    assert found[DayKind.SUMMER].hourly_kwh[0] == 0.5


def test_an_hour_that_no_day_has_has_no_mean():
    (only,) = mean_days(Usage((day("2026-01-13", 1.0, missing=3),)), WEEKENDS)
    assert only.hourly_kwh[3] is None


def test_a_plan_without_holidays_has_the_plain_ones():
    assert holidays_of(plan(condition("20"))) == holidays_of(None) == WEEKENDS
    sundays = plan(condition("20"), holidays=(False, True, False))
    assert holidays_of(sundays) == sundays.holidays


def test_a_month_at_both_ends_of_a_usage_is_one_month():
    usage = Usage((day("2026-01-20", 1.0), day("2026-01-31", 1.0), day("2026-02-01", 1.0), day("2027-01-05", 1.0)))
    assert [entry.day.isoformat() for entry in days_of_month(usage, 1)] == ["2027-01-05", "2026-01-20", "2026-01-31"]


def test_hours_of_equal_prices_are_one_band_and_the_months_prices_a_range():
    detail = plan(
        condition("17.45", hours=(23, 7), name="夜"),
        condition("30.40", order=2, hours=(7, 23), months=(10, 6), name="昼", day_class=DayClass.WEEKDAY),
        condition("32.70", order=3, hours=(7, 23), months=(7, 9), name="昼", day_class=DayClass.WEEKDAY),
        condition("20", order=4, hours=(7, 20), name="休", day_class=DayClass.HOLIDAY),
        holidays=(True, True, True),
    )
    weekday = [(band.hour_from, band.hour_to, band.name, band.low_yen, band.high_yen) for band in price_bands(detail)]
    night, noon = (Decimal("17.45"), Decimal("17.45")), (Decimal("30.40"), Decimal("32.70"))
    assert weekday == [(0, 7, "夜", *night), (7, 23, "昼", *noon), (23, 24, "夜", *night)]
    assert [(band.low_yen, band.high_yen) for band in price_bands(detail, DayClass.WEEKDAY, 8)][1] == (Decimal("32.70"),) * 2
    holiday = price_bands(detail, DayClass.HOLIDAY, 8)
    assert [(band.hour_from, band.hour_to) for band in holiday] == [(0, 7), (7, 20), (23, 24)]  # none where no price is


def test_demand_is_sorted_and_its_peak_has_its_days():
    usage = Usage((day("2026-01-01", 1.0, missing=0, peak=2.4), day("2026-01-02", 2.0, peak=4.0), day("2026-01-03", 0.5, peak=4.0)), 4.0)
    found = demand(usage)
    assert found.kw == (*[2.0] * 24, *[1.0] * 23, *[0.5] * 24)
    assert (found.peak_kw, [each.day for each in found.peak_days]) == (4.0, [2, 3])
    assert demand(Usage((day("2026-01-01", 1.0),))).peak_days == ()
