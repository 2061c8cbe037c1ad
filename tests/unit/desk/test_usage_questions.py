"""What files leave open is asked one at a time, shown for each answer, and remembered by headings; nothing is guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from denkidesk.desk import usage_questions
from denkidesk.desk.usage_files import Contract
from denkidesk.desk.usage_questions import CAPACITY, GAPS, YEAR_RULE, Request, read
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.usage import GapRule, YearRule
from fakes import usage_files as files

TODAY = date(2026, 11, 26)
YEAR = [date(2025, 4, 1) + timedelta(days=number) for number in range(365)]
TOTAL = float(sum(files.KWH.values()))


@pytest.fixture
def on_disk(tmp_path):
    def write(rows, name="usage.csv"):
        path = tmp_path / name
        path.write_bytes(files.csv_of(rows).encode())
        return path

    return write


def asked(*paths, remembered=None, contract=None, imported=None, **answers):
    return read(Request(paths, answers, remembered or {}, contract, imported), TODAY)


def remember(remembered, question, value):
    offered = [answer.value for answer in question.answers]
    return usage_questions.remember(remembered, question.headings, question.item, value, offered)


def plain(table=files.KWH):
    return [["日時", "値"], *([f"{day:%Y/%m/%d} {files.clock(slot * 30)}", kwh] for (day, slot), kwh in table.items())]


def two_columns():
    return [
        ["日時", "1階(kWh)", "2階(kWh)"],
        *([f"{day} {files.clock(slot * 30)}", kwh, 2 * kwh] for (day, slot), kwh in files.KWH.items()),
    ]


def test_a_clear_file_asks_nothing(on_disk):
    reading = asked(on_disk(files.long()))
    assert reading.question is None
    assert reading.usage.total_kwh == pytest.approx(TOTAL)
    assert (dict(reading.answers), reading.recalled) == ({}, frozenset())


def test_an_open_unit_is_asked_with_what_both_answers_mean(on_disk):
    path = on_disk(plain())
    question = asked(path).question
    assert (question.item, question.left) == ("unit", 1)
    kwh, kw = question.answers
    assert (kwh.value, kw.value) == ("kWh", "kW")
    assert kwh.meaning.total_kwh == pytest.approx(TOTAL)
    assert kw.meaning.total_kwh == pytest.approx(TOTAL / 2)
    assert kw.meaning.largest_kw == pytest.approx(kwh.meaning.largest_kw / 2)
    assert [(month.month, month.days, month.days_of) for month in kwh.meaning.months] == [("2026-06", 7, 30), ("2026-07", 5, 31)]
    assert asked(path, unit="kW").usage.total_kwh == pytest.approx(TOTAL / 2)


def test_an_answer_is_remembered_for_the_same_headings_and_said_to_be(on_disk):
    path = on_disk(plain())
    question = asked(path).question
    remembered = remember({}, question, "kW")
    again = asked(on_disk(plain(files.OTHER), "next.csv"), remembered=remembered)
    assert again.recalled == {"unit"}
    assert again.answers["unit"] == "kW"
    assert "値" not in str(remembered)
    assert asked(on_disk([["日時", "数値"], *plain()[1:]]), remembered=remembered).question.item == "unit", "other headings"


def test_an_answer_that_is_not_among_the_choices_is_asked_again(on_disk):
    question = asked(on_disk(two_columns())).question
    remembered = remember({}, question, "1階(kWh)")
    assert asked(on_disk(two_columns()), remembered=remembered).answers["column"] == "1階(kWh)"
    assert asked(on_disk(two_columns()), remembered=dict.fromkeys(remembered, "other")).question.item == "column"


def test_several_questions_are_counted_and_a_remembered_one_is_none(on_disk):
    rows = [["日時", "1階", "2階"], *([f"{day} {files.clock(slot * 30)}", kwh, 2 * kwh] for (day, slot), kwh in files.KWH.items())]
    del rows[100]
    path = on_disk(rows)
    first = asked(path).question
    assert (first.item, first.left) == ("column", 3)
    assert first.answers[1].meaning.total_kwh == pytest.approx(2 * first.answers[0].meaning.total_kwh)
    second = asked(path, column="1階").question
    assert (second.item, second.left) == ("unit", 2)
    third = asked(path, column="1階", unit="kWh").question
    assert (third.item, third.left) == (GAPS, 1)
    assert [answer.value for answer in third.answers] == [GapRule.DAY_CLASS_MEAN, GapRule.ZERO]
    assert third.answers[0].meaning.total_kwh > third.answers[1].meaning.total_kwh
    remembered = remember(remember({}, second, "kWh"), third, GapRule.ZERO)
    last = asked(path, remembered=remembered, column="1階")
    assert last.question is None
    assert last.recalled == {"unit", GAPS}
    assert last.usage.filled_by is GapRule.ZERO
    assert last.usage.gap_hours == 0


def test_a_register_is_not_use_until_somebody_says_that_it_is_one(on_disk):
    total, rows = Decimal(1000), [["日時", "積算電力量(kWh)"]]
    for (day, slot), kwh in files.KWH.items():
        rows.append([f"{day} {files.clock(slot * 30)}", total])
        total += kwh
    path = on_disk(rows)
    question = asked(path).question
    assert question.item == "register"
    (answer,) = question.answers
    assert answer.meaning.total_kwh < TOTAL
    assert asked(path, register=True).usage.total_kwh == pytest.approx(answer.meaning.total_kwh)


def test_longer_data_offer_the_newest_year_first_and_any_month_s_beginning(on_disk):
    days = [date(2024, 10, 15) + timedelta(days=number) for number in range(500)]
    path = on_disk(files.wide(files.kwh_of(3, days)))
    question = asked(path).question
    assert question.item == "year_from"
    newest, first = (answer.value for answer in question.answers)
    assert (newest, first) == (date(2025, 2, 27), date(2024, 10, 15))
    assert question.further == tuple(date(2024, month, 1) for month in (11, 12)) + tuple(date(2025, month, 1) for month in (1, 2))
    assert asked(path, year_from=date(2025, 1, 1)).usage.days[0].day == date(2025, 1, 1)
    remembered = remember({}, question, newest)
    longer = files.wide(files.kwh_of(3, [*days, days[-1] + timedelta(days=1)]))
    assert asked(on_disk(longer), remembered=remembered).answers["year_from"] == date(2025, 2, 28)
    assert remember({}, question, first) == {}


def test_rows_without_a_year_offer_the_last_three_and_none_is_remembered(on_disk):
    rows = [
        ["月日", *(f"{hour}:00" for hour in range(24))],
        *([f"{month}/{day}", *["0.5"] * 24] for month in (6, 7) for day in range(1, 29)),
    ]
    path = on_disk([["使用電力量(kWh)"], *rows])
    question = asked(path).question
    assert question.item == "year"
    assert [answer.value for answer in question.answers] == [2026, 2025, 2024]
    assert remember({}, question, 2026) == {}


def test_a_figure_over_the_contract_is_asked_and_true_of_this_file_alone(on_disk):
    path = on_disk(files.long())
    reading = asked(path, contract=Contract(Decimal("0.5"), "kVA"))
    assert reading.question.item == CAPACITY
    assert reading.imported is not None
    assert remember({}, reading.question, True) == {}
    settled = asked(path, imported=reading.imported, contract=Contract(Decimal("0.5"), "kVA"), capacity=True)
    assert settled.usage is not None
    assert asked(path, contract=Contract(Decimal(10), "A")).usage is not None


def test_a_year_is_made_by_a_named_rule_only(on_disk):
    path = on_disk(files.wide(files.kwh_of(4, YEAR[:306])))
    reading = asked(path)
    assert not reading.usage.is_whole_year
    year = asked(path, imported=reading.imported, **{YEAR_RULE: YearRule.DAY_CLASS_MEAN}).usage
    assert year.is_whole_year
    assert year.completed_by is YearRule.DAY_CLASS_MEAN
    assert len(year.days) == 365


def test_what_cannot_be_read_whatever_is_answered_is_refused(on_disk, tmp_path):
    path = tmp_path / "broken.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(InputRefused):
        asked(path)
    with pytest.raises(InputRefused):
        asked(on_disk(two_columns()), column="3階")


def test_many_supply_points_have_nine_pictures_and_a_list(on_disk):
    rows = [["供給地点特定番号", "日時", "使用量(kWh)"]]
    for point in range(12):
        rows += [[f"06{point:020}", f"{day} {files.clock(slot * 30)}", kwh] for (day, slot), kwh in files.KWH.items()]
    question = asked(on_disk(rows)).question
    assert (question.item, len(question.answers), len(question.further)) == ("supply_point", 9, 3)
