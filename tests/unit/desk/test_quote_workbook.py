"""A quote's workbook comes to the bill's yen when another program calculates it, follows its figures, and runs nothing of others' texts."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import load_workbook

from denkidesk.billing.engine import compute_bill
from denkidesk.desk.kept_quotes import read_quote
from denkidesk.desk.quote_workbook import write_workbook
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.domain.plans import DayClass
from denkidesk.store.plain_json import to_json
from denkidesk.store.quotes import StoredQuote
from fakes.plan_builder import condition, fuel, plan, usage
from fakes.random_plans import bill_options, plans, prices_something, usages
from fakes.recalculated import by_formulas, front_by_office, office

FRONT = "見積"
HOSTILE = '=HYPERLINK("http://x.invalid","見本")'


def quoted(detail, used, options):
    """A quote of one plan as it is read from the store."""
    bill = compute_bill(detail, used, options)
    stored = StoredQuote(
        "20261127-001",
        datetime(2026, 11, 27, 9, 0, tzinfo=JST),
        "見本",
        "2",
        to_json([used, options, None, ()]),
        to_json(detail),
        to_json([bill, None]),
    )
    return read_quote(stored)


def sums_of(path, quote):
    """The yen of each month and of the sum, as the front of a recalculated workbook has them."""
    cells = by_formulas(path)
    sheet = load_workbook(path)[FRONT]
    first = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "月（暦月）") + 1
    count = len(quote.bill.billed_months)
    return [cells[FRONT, f"C{row}"] for row in range(first, first + count + 1)]


def same_yen(path, quote):
    write_workbook(path, quote)
    *months, total = sums_of(path, quote)
    apart = 0 if quote.bill.rounding is Rounding.BILL else 1e-6
    wanted = [float(month.parts.charge) for month in quote.bill.billed_months]
    assert [float(yen) for yen in months] == pytest.approx(wanted, rel=0, abs=apart)
    assert total == pytest.approx(float(quote.bill.year.charge), abs=1e-5)


def house(day, hour):
    return 0.2 + (hour % 7) * 0.13 + day.month * 0.01


NIGHT = plan(
    condition("33.97", order=1, day_class=DayClass.WEEKDAY, hours=(10, 17), name="昼"),
    condition("26.20", order=2, day_class=DayClass.HOLIDAY, hours=(10, 17), name="休日の昼"),
    condition("26.20", order=3, hours=(7, 10), name="朝"),
    condition("26.20", order=4, hours=(17, 23), name="夕"),
    condition("15.37", order=5, hours=(23, 7), name="夜"),
    base=(8, "409.2", "2200"),
    fuels=(fuel("-3.21"), fuel("12.5", order=2, calc_type=1)),
    levy="4.18",
    discount="5",
    holidays=(True, True, True),
)
STEPS = plan(
    condition("20.31", order=1, volume=("15", "120"), name="1段"),
    condition("25.71", order=2, volume=("120", "300"), name="2段"),
    condition("28.70", order=3, volume=("300", "0"), name="3段"),
    base=(4, "522.58", "0"),
    fuels=(fuel("33.66", calc_type=1, volume=("0", "15")), fuel("2.24", order=2, volume=("15", "0"))),
    levy="4.18",
)


EACH_MONTH = replace(STEPS, fuels=tuple(replace(fuel(f"{month - 7}.25", order=month), month=month) for month in range(1, 13)))


@pytest.mark.parametrize("detail", [NIGHT, STEPS, EACH_MONTH])
@pytest.mark.parametrize("rounding", list(Rounding))
def test_a_year_comes_to_the_same_yen(tmp_path, detail, rounding):
    same_yen(tmp_path / "q.xlsx", quoted(detail, usage(date(2025, 11, 1), 365, house), BillOptions(capacity=Decimal(6), rounding=rounding)))


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans(), usages(), bill_options())
def test_whatever_the_plan_and_the_usage_the_yen_are_the_same(tmp_path, detail, used, options):
    assume(prices_something(detail))
    try:
        quote = quoted(detail, used, options)
    except InputRefused:
        assume(False)
    same_yen(tmp_path / "q.xlsx", quote)


def test_another_price_makes_another_sum_as_our_own_engine_says(tmp_path):
    options, used = BillOptions(rounding=Rounding.BILL), usage(date(2025, 11, 1), 365, house)
    quote = quoted(STEPS, used, options)
    path = tmp_path / "q.xlsx"
    write_workbook(path, quote)
    book = load_workbook(path)
    sheet = book["ご提案"]
    row = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "2段")
    sheet.cell(row, 2).value = 31.05
    book.save(path)
    dearer = replace(STEPS, conditions=(STEPS.conditions[0], replace(STEPS.conditions[1], unit_yen=Decimal("31.05")), STEPS.conditions[2]))
    assert sums_of(path, quote)[-1] == compute_bill(dearer, used, options).year.charge


def test_the_text_of_others_is_never_a_formula(tmp_path):
    detail = replace(NIGHT, name=HOSTILE, conditions=tuple(replace(one, name=HOSTILE) for one in NIGHT.conditions))
    quote = quoted(detail, usage(date(2025, 11, 1), 365, house), BillOptions(capacity=Decimal(6), rounding=Rounding.BILL))
    quote = replace(
        quote, sheet=replace(quote.sheet, customer_name=HOSTILE, retailer_name="@SUM(1)", conditions=(HOSTILE, "+1", "-1", "\x01"))
    )
    path = tmp_path / "q.xlsx"
    write_workbook(path, quote)
    texts = 0
    for sheet in load_workbook(path):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            if cell.data_type == "f":
                assert "HYPERLINK" not in cell.value, cell.coordinate
            texts += cell.data_type == "s" and "HYPERLINK" in cell.value and cell.number_format == "@"
    assert texts >= 8
    *_, total = sums_of(path, quote)
    assert total == quote.bill.year.charge


def test_where_the_file_cannot_be_written_nothing_is_left(tmp_path):
    quote = quoted(STEPS, usage(date(2025, 11, 1), 365, house), BillOptions())
    with pytest.raises(SetupFault):
        write_workbook(tmp_path / "away" / "q.xlsx", quote)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_libreoffice_comes_to_the_same_yen(tmp_path):
    quote = quoted(NIGHT, usage(date(2025, 11, 1), 365, house), BillOptions(capacity=Decimal(6), rounding=Rounding.BILL))
    write_workbook(tmp_path / "q.xlsx", quote)
    rows = front_by_office(tmp_path / "q.xlsx", tmp_path)
    total = next(row for row in rows if row[0] == "年間")
    assert total[2].replace(",", "") == str(quote.bill.year.charge)
