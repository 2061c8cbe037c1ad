"""What stands beside a bill's figure: how long a time it is of, and everything that can make a wrong yen."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.plans import DayClass, PlanFault, PlanFaultCode, PricedHours
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.texts.bill import (
    fault_sentence,
    fuel_words,
    not_a_year,
    partial_months_words,
    span,
    span_of_difference,
    span_of_sum,
    warning_lines,
)
from denkidesk.ui.charts.figures import month_stacks
from denkidesk.ui.tariffs.bill_rows import bill_rows, total_words
from fakes.plan_builder import condition, fuel, plan, usage

PLAN = plan(condition("20"), base=(1, "1000", "0"))
YEAR = usage(date(2025, 4, 1), 365)


def bill_of(used):
    return compute_bill(PLAN, used)


@pytest.mark.parametrize("first", [date(2025, 1, 1), date(2025, 4, 1), date(2025, 2, 15), date(2023, 2, 15), date(2024, 2, 29)])
def test_a_whole_year_is_called_one_whatever_day_it_begins(first):
    bill = bill_of(usage(first, (date(first.year + 1, first.month, min(first.day, 28)) - first).days + (first.day == 29)))
    assert (bill.is_year, bill.partial_months, not_a_year(bill)) == (True, (), "")
    assert (span(bill), span_of_sum(bill), span_of_difference(bill)) == ("年間", "年間", "年間")
    assert total_words(bill).startswith("年間 ")


def test_306_days_touch_twelve_months_and_are_no_year():
    bill = bill_of(usage(date(2024, 1, 31), 306))
    assert len(bill.billed_months) == 12
    assert [(month.month, month.days, month.days_of) for month in bill.partial_months] == [("2024-01", 1, 31), ("2024-12", 1, 31)]
    assert (span(bill), span_of_sum(bill), span_of_difference(bill)) == ("306日", "306日分", "データのある期間")
    assert total_words(bill).startswith("306日分 ")
    assert partial_months_words(bill) == "2024年1月 1/31 日、2024年12月 1/31 日"
    assert "1年分の料金ではありません" in not_a_year(bill)
    assert "2024年1月 1/31 日" in not_a_year(bill)


def test_eleven_whole_months_are_counted_as_months():
    bill = bill_of(Usage(YEAR.days[:-31]))
    assert bill.partial_months == ()
    assert (span(bill), total_words(bill).split()[0]) == ("11か月", "11か月分")
    assert not_a_year(bill).startswith("データのある 11 か月だけの合計です。1年分の料金ではありません")


def test_three_days_of_july_say_so_in_table_and_picture():
    bill = bill_of(usage(date(2026, 7, 1), 3))
    rows = bill_rows(bill, 0)
    assert [row.cells[0] for row in rows if "/" in row.cells[0]] == ["2026年7月 3/31 日"]
    assert rows[0].cells[0] == "3日"
    assert [stack.label for stack in month_stacks(bill)] == ["7月\n3/31 日"]
    assert [stack.label for stack in month_stacks(bill_of(YEAR))][:2] == ["4月", "5月"]


def test_a_day_counts_only_where_all_its_hours_are_there():
    days = list(usage(date(2026, 7, 1), 31).days)
    days[0] = UsageDay(days[0].day, (None,) * 9 + (1.0,) * 15)
    days[-1] = UsageDay(days[-1].day, (1.0,) * 23 + (None,))
    bill = bill_of(Usage(tuple(days)))
    assert [(month.days, month.days_of) for month in bill.partial_months] == [(29, 31)]
    assert bill.year.usage == 20 * (31 * 24 - 10)
    assert bill.year.base == 1000


def test_two_parts_of_one_month_count_together():
    bill = bill_of(usage(date(2025, 2, 15), 365))
    assert {(month.days, month.days_of) for month in bill.months if month.month.endswith("-02")} == {(28, 28)}
    short = bill_of(usage(date(2025, 2, 15), 360))
    assert [(month.month, month.days, month.days_of) for month in short.partial_months] == [("2025-02", 23, 28)]


def test_all_doubts_come_once_with_their_codes():
    detail = replace(plan(), valid_to=date(2024, 3, 31), levy_yen_per_kwh=Decimal(1))
    bill = compute_bill(detail, YEAR, BillOptions(as_of=date(2024, 4, 1)))
    assert warning_lines(bill) == (
        ("no_conditions", "このプランには電力量料金の単価がなく、金額に含まれていません。"),
        ("ended", "このプランの適用期間は2024年3月31日で終わっています。"),
    )


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (plan(condition("20", hours=(0, 12))), "単価のない時間帯があります（通年・毎日・12時～24時）"),
        (plan(condition("20", hours=(7, 23))), "（通年・毎日・23時～7時）"),
        (plan(condition("20", months=(4, 11))), "（12月～3月・毎日・終日）"),
        (
            plan(condition("20"), condition("20", order=2, months=(7, 9), hours=(13, 16))),
            "二重になっている時間帯があります（7月～9月・毎日・13時～16時）",
        ),
        (plan(condition("20"), condition("20", order=2)), "すべての使用量に単価が二重にあります（通年・毎日・終日）"),
        (plan(condition("20", volume=("0", "120"))), "120 kWh を超える分の使用量に単価がありません"),
        (plan(condition("20", volume=("20", "0"))), "0～20 kWh の使用量に単価がありません"),
        (plan(condition("20", day_class=DayClass.WEEKDAY), holidays=(True, True, True)), "（通年・休日・終日）"),
        (plan(condition("2050"), fuels=(fuel("1"),)), "電力量料金の単価が通常の範囲から外れています（2,050.00 円/kWh）"),
    ],
)
def test_a_fault_says_what_and_where(detail, words):
    sentences = [fault_sentence(fault) for fault in plan_faults(detail)]
    assert any(words in sentence for sentence in sentences), sentences
    assert not any("{" in sentence for sentence in sentences)


def test_many_places_are_cut_short():
    places = tuple(PricedHours((month,), DayClass.ANY, (month,)) for month in range(1, 7))
    sentence = fault_sentence(PlanFault(PlanFaultCode.HOURS_UNPRICED, places))
    assert "3月・毎日・3時～4時 ほか" in sentence
    assert "4月" not in sentence


def test_the_months_of_a_bill_are_whole_where_nobody_counted():
    bill = replace(bill_of(YEAR), months=tuple(replace(month, days=0, days_of=0) for month in bill_of(YEAR).months))
    assert bill.is_year


def test_days_filled_by_a_rule_count():
    used = Usage((*YEAR.days[:9], UsageDay(YEAR.days[9].day, (0.0,) * 24), *YEAR.days[10:]))
    assert bill_of(used).is_year
    assert not bill_of(Usage((*YEAR.days[:9], *YEAR.days[10:]))).is_year
    assert timedelta(days=1) == YEAR.days[1].day - YEAR.days[0].day


@pytest.mark.parametrize(
    ("choice", "months", "words"),
    [
        (FuelChoice(), ("2026-10", "2026-10"), "直近の公表単価（2026年10月分）"),
        (FuelChoice(), ("2025-12", "2026-01"), "直近の公表単価（2025年12月分～2026年1月分）"),
        (FuelChoice(), None, "直近の公表単価"),
        (FuelChoice(of_plans=(("1", Decimal(2)),)), ("2026-10", "2026-10"), "直近の公表単価（2026年10月分）、ほか1プランは入力した単価"),
        (FuelChoice(FuelRule.TYPED, Decimal("-2.5")), ("2026-10", "2026-10"), "入力した単価 −2.50 円/kWh"),
        (FuelChoice(FuelRule.TYPED), None, "入力した単価"),
        (FuelChoice(FuelRule.OWN_MONTH), ("2026-10", "2026-10"), "各月の単価"),
        (FuelChoice(FuelRule.NONE), ("2026-10", "2026-10"), "含めない"),
    ],
)
def test_a_fuel_rule_is_called_what_it_is_and_the_newest_price_by_its_month(choice, months, words):
    assert fuel_words(choice, months) == words
