"""A revision names every figure that changed, and what they do to the result adds up to the yen."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.quote_facts import fuel_seen
from denkidesk.desk.revision import revised
from denkidesk.domain.areas import Area
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.clock import JST
from denkidesk.domain.plans import BaseOption
from denkidesk.domain.quote_sheet import FuelSeen
from fakes.plan_builder import condition, fuel, plan, usage

TODAY = date(2026, 11, 27)
DETAIL = plan(
    condition("20.31", order=1, volume=("0", "120"), name="1段"),
    condition("25.71", order=2, volume=("120", "0"), name="2段"),
    base=(4, "522.58", "0"),
    fuels=(fuel("2.24"),),
    levy="4.18",
)


@pytest.fixture
def quote(desk):
    company = desk.quoting.companies(area=Area.KANSAI).value[0]
    base = BaseOption("1", "見本", 4, None, Decimal(0), Decimal(0))
    used = usage(date(2025, 11, 1), 365, 0.4)
    question = BillQuestion(company, base, DETAIL, used, None, (), FuelChoice(), Rounding.BILL, "yen")
    bill = desk.quoting.bill(DETAIL, question.usage, question.options(Rounding.BILL))
    number = desk.quoting.save_quote("見本", DETAIL, question.usage, question.options(Rounding.BILL), bill, plans=(question.quoted(),))
    return desk.quoting.quote(number)


def put(desk, detail):
    desk.store.catalogue.put("plan_detail", f"{detail.epplan_id}/{detail.base_cd}/", detail)


def test_each_changed_figure_has_its_yen_and_together_they_are_the_change(desk, quote):
    first, second = DETAIL.conditions
    dearer = (first, replace(second, unit_yen=Decimal("26.5")))
    now = replace(DETAIL, conditions=dearer, fuels=(fuel("-1.1"),), levy_yen_per_kwh=Decimal("3.98"), source="別の出典")
    put(desk, now)
    found = revised(desk, quote, TODAY)
    names = {change.name: (change.before, change.after) for change in found.revision.changes}
    assert names == {
        "電力量料金 2 単価（2段）": ("25.71", "26.50"),
        "燃料費調整 1 単価": ("2.24", "−1.10"),
        "再エネ賦課金": ("4.18", "3.98"),
        "出典": ("―", "別の出典"),
    }
    (question,) = found.questions
    assert question.detail == now
    bill = desk.quoting.bill(now, quote.usage, question.options(Rounding.BILL))
    assert found.proposed_yen == int(bill.year.charge)
    assert sum(change.yen for change in found.revision.changes) == found.proposed_yen - int(quote.bill.year.charge)
    assert {change.name: change.yen for change in found.revision.changes}["出典"] == 0
    assert found.revision.number == quote.quote_id


def test_without_a_change_the_result_is_the_old_one(desk, quote):
    put(desk, DETAIL)
    found = revised(desk, quote, TODAY)
    assert (found.revision.changes, found.result) == ((), found.revision.result)


def test_a_table_of_another_length_is_one_change(desk, quote):
    put(desk, replace(DETAIL, conditions=(condition("22"),)))
    found = revised(desk, quote, TODAY)
    assert len(found.revision.changes) == 1
    assert found.revision.changes[0].yen == found.result - found.revision.result


def test_a_change_of_the_rules_has_a_line_of_its_own(desk, quote):
    put(desk, DETAIL)
    older = replace(quote, engine_version="1 (0.0.9)", bill=replace(quote.bill, year=replace(quote.bill.year, charge=Decimal(90_000))))
    older = replace(older, sheet=replace(older.sheet, bill=older.bill))
    (change,) = revised(desk, older, TODAY).revision.changes
    assert (change.name, change.before, change.after) == ("計算の決まり", "版 1", "版 2")
    assert change.yen == int(quote.bill.year.charge) - 90_000


def test_a_quote_that_was_kept_without_its_plans_is_not_revised(desk, quote):
    assert revised(desk, replace(quote, plans=()), TODAY) is None


def test_the_fuel_price_is_of_the_answer_that_was_quoted_and_not_of_a_later_one(desk):
    put(desk, DETAIL)
    put(desk, replace(DETAIL, fuels=(fuel("9.99"),)))
    assert fuel_seen(desk, DETAIL).per_kwh == Decimal("2.24")
    assert fuel_seen(desk, replace(DETAIL, fuels=(fuel("5"),))) is None
    assert fuel_seen(desk, replace(DETAIL, fuels=())) is None
    evening = FuelSeen(None, "", datetime(2026, 11, 26, 23, 30, tzinfo=JST))
    assert evening.fetched_on == date(2026, 11, 26)
