"""A plan's prices as blocks of months and hours, and as steps."""

from dataclasses import replace
from decimal import Decimal

from denkidesk.desk.price_schedule import Block, blocks, has_holidays, steps
from denkidesk.domain.plans import DayClass, HolidayFlags
from fakes.plan_builder import condition, plan

WEEKDAY, HOLIDAY = DayClass.WEEKDAY, DayClass.HOLIDAY


def shown(detail, day_class):
    return [
        (one.month_from, one.month_to, one.hour_from, one.hour_to, one.name, *(unit for _, unit in one.tiers))
        for one in blocks(detail, day_class)
    ]


def test_hours_over_midnight_and_a_season_within_the_year_are_blocks_of_their_own():
    night = condition("17.45", hours=(23, 7), name="夜")
    summer = condition("32.7", hours=(7, 23), months=(7, 9), name="昼", order=2)
    other = condition("30.4", hours=(7, 23), months=(10, 6), name="昼", order=3)
    assert shown(plan(night, summer, other), WEEKDAY) == [
        (1, 12, 0, 7, "夜", Decimal("17.45")),
        (1, 6, 7, 23, "昼", Decimal("30.4")),
        (1, 12, 23, 24, "夜", Decimal("17.45")),
        (7, 9, 7, 23, "昼", Decimal("32.7")),
        (10, 12, 7, 23, "昼", Decimal("30.4")),
    ]


def test_every_hour_with_a_price_is_in_one_block_and_one_without_in_none():
    detail = plan(condition("20", hours=(8, 22)), condition("10", hours=(0, 8), months=(4, 9), order=2))
    covered = [
        (month, hour)
        for block in blocks(detail, HOLIDAY)
        for month in range(block.month_from, block.month_to + 1)
        for hour in range(block.hour_from, block.hour_to)
    ]
    assert len(covered) == len(set(covered)) == 12 * 14 + 6 * 8


def test_holidays_differ_only_where_some_day_is_one_and_some_condition_asks():
    asked = plan(condition("30", day_class=WEEKDAY), condition("20", day_class=HOLIDAY, order=2), holidays=(True, True, True))
    assert (shown(asked, WEEKDAY), shown(asked, HOLIDAY)) == (
        [(1, 12, 0, 24, "電力量料金", Decimal(30))],
        [(1, 12, 0, 24, "電力量料金", Decimal(20))],
    )
    assert has_holidays(asked)
    assert not has_holidays(replace(asked, holidays=HolidayFlags(saturday=False, sunday=False, public_holiday=False)))
    assert not has_holidays(plan(condition("30"), holidays=(True, True, True)))


def test_steps_are_the_prices_of_one_block_by_what_was_used_already():
    tiered = plan(
        condition("28.70", volume=("300", "0"), order=3),
        condition("20.31", volume=("0", "120")),
        condition("25.71", volume=("120", "300"), order=2),
    )
    stairs = ((Decimal(0), Decimal("20.31")), (Decimal(120), Decimal("25.71")), (Decimal(300), Decimal("28.70")))
    assert steps(tiered) == stairs
    assert blocks(tiered, WEEKDAY) == (Block(1, 12, 0, 24, "", stairs),)
    assert steps(plan(condition("25"))) == ()
