"""What a customer is told of a difference: figures that come out as they are said, or words that say there are others."""

from datetime import date

import pytest

from denkidesk.billing.explain import Priced, explain
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.why import Both, Outlook, Why, WhyLine, WhyPart
from denkidesk.texts.why import headline, names_of, range_sentence, reasons_words, turning_words
from fakes.plan_builder import condition, fuel, plan, usage

BILL = BillOptions(rounding=Rounding.BILL)
YEAR = UsageSums(usage(date(2025, 1, 1), 365, 1.0))  # 8,760 kWh
PAIR = (Both("2025-05", 100, 90), Both("2025-10", 100, 95))


def why_of(present, proposed):
    return explain(Priced(present, BILL), Priced(proposed, BILL), YEAR)


def test_a_discount_is_a_part_of_its_own_and_grows():
    flat = plan(condition("25"))
    with_discount = plan(condition("25"), discount="10")
    why = why_of(flat, with_discount)
    assert [(line.part, line.present_yen, line.proposed_yen) for line in why.lines] == [
        (WhyPart.BAND, 219_000, 219_000),
        (WhyPart.DISCOUNT, 0, -21_900),
    ]
    assert headline(why, is_year=True) == "割引が 21,900円 増えます。差し引きで、年間 21,900円 安くなります。"
    assert reasons_words(why_of(with_discount, flat)) == "割引が 21,900円 減ります。"


def test_a_discount_is_of_all_parts_and_what_rounding_takes_stands_apart():
    """A month of 31 days: 744 x 25.03 + 500.5 = 19,122.82, and 744 x 4.18 = 3,109.92 of levy; 3 % off, each floored."""
    detail = plan(condition("25.03"), base=(1, "500.5", "0"), levy="4.18", discount="3")
    january = UsageSums(usage(date(2025, 1, 1), 31, 1.0))
    why = explain(Priced(detail, BILL), Priced(detail, BILL), january)
    lines = {line.part: line.proposed_yen for line in why.lines}
    assert why.proposed_yen == 18_549 + 3_016
    assert lines == {WhyPart.BASE: 501, WhyPart.BAND: 18_622, WhyPart.LEVY: 3_110, WhyPart.DISCOUNT: -667, WhyPart.ROUNDING: -1}


def test_the_sentence_promises_a_sum_only_where_its_figures_are_the_sum():
    present = plan(condition("30"), base=(1, "1000", "0"), fuels=(fuel("1"),))
    two = plan(condition("29"), base=(1, "1500", "0"), fuels=(fuel("1"),))
    assert headline(why_of(present, two), is_year=True) == (
        "電力量料金が 8,760円 下がり、基本料金が 6,000円 上がります。差し引きで、年間 2,760円 安くなります。"
    )
    three = plan(condition("29"), base=(1, "1500", "0"), fuels=(fuel("-0.5"),))
    assert headline(why_of(present, three), is_year=True) == (
        "おもに、燃料費調整額が 13,140円 下がり、電力量料金が 8,760円 下がります。ほかと合わせて、年間 15,900円 安くなります。"
    )
    assert reasons_words(why_of(present, three)).startswith("おもに、")


def test_two_bands_of_one_name_say_in_what_they_differ():
    night = {"hours": (23, 7), "name": "夜"}
    seasons = plan(
        condition("15", order=1, months=(7, 9), **night),
        condition("12", order=2, months=(10, 6), **night),
        condition("30", order=3, hours=(7, 23), name="昼"),
    )
    assert names_of(why_of(plan(condition("25")), seasons)) == ("夜（7～9月）", "夜（10～6月）", "昼")
    halves = plan(condition("15", hours=(0, 7), name="夜"), condition("12", order=2, hours=(23, 0), name="夜"), *seasons.conditions[2:])
    assert names_of(why_of(plan(condition("25")), halves)) == ("夜（0～7時）", "夜（23～24時）", "昼")


def test_no_more_steps_than_eight_are_shown_and_they_still_add_up():
    hours = [(0, 3), (3, 6), (6, 10), (10, 14), (14, 19), (19, 0)]
    bands = [condition(str(20 + place), order=place, hours=span, name=f"帯{place}") for place, span in enumerate(hours, 1)]
    detail = plan(*bands, base=(1, "500", "0"), fuels=(fuel("-1.23"),), levy="4.18", discount="3")
    why = why_of(plan(condition("25")), detail)
    assert len(why.lines) == 8
    assert names_of(why) == ("基本料金", "帯5", "帯6", "その他の時間帯", "燃料費調整額", "再エネ賦課金", "割引", "端数")
    assert sum(line.difference for line in why.lines) == why.difference
    bare = plan(*bands[:5], condition("33", order=6, hours=(19, 0), name="帯6"))
    assert names_of(why_of(plan(condition("25")), bare)) == ("帯1", "帯2", "帯3", "帯4", "帯5", "帯6")


@pytest.mark.parametrize(
    ("months", "which"),
    [
        (("2025-05", "2025-10"), "2025年5月～2025年10月のうち単価の分かる 2か月"),
        (("2025-11", "2025-12", "2026-01"), "2025年11月～2026年1月の 3か月"),
    ],
)
def test_of_how_many_months_and_of_which_the_range_is(months, which):
    why = Why((WhyLine(WhyPart.FUEL, "", 100, 92),), (), 100, 92)
    outlook = Outlook(PAIR, None, None, None, months)
    assert turning_words(why, outlook, 100, is_year=True) == f"燃料費が、{which}のどの月の水準でも、現在より安くなります。"
    assert range_sentence(why, outlook, is_year=True) == f"燃料費が変わった場合（{which}の単価）の差引は −10 ～ −5円/年です。"
    market = Outlook(None, PAIR, None, None, (), months)
    assert f"市場価格が、{which}の" in turning_words(why, market, 100, is_year=True)


def test_a_quote_that_was_kept_before_says_what_it_said():
    why = Why((WhyLine(WhyPart.REST, "", 0, -8),), (), 100, 92)
    assert names_of(why) == ("割引・端数",)
    assert "（過去の単価）" in range_sentence(why, Outlook(PAIR, None, None, None), is_year=True)
