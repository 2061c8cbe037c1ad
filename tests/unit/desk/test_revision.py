"""A revision names every figure that changed, and what they do to the result adds up to the yen."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.quote_facts import fuel_seen
from denkidesk.desk.quote_start import quote_start
from denkidesk.desk.revision import revised
from denkidesk.domain.areas import Area
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.plans import BaseOption
from denkidesk.domain.quote_sheet import FuelSeen
from denkidesk.store.plain_json import to_json
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


def kept_by_an_earlier_version(desk, detail):
    """Usage, options and figures alone, as the first version kept them."""
    used = usage(date(2025, 11, 1), 365, 0.4)
    options = BillOptions(peak_kw=used.peak_kw, rounding=Rounding.BILL, as_of=date(2025, 12, 1))
    bill = desk.quoting.bill(detail, used, options)
    stored = desk.store.quotes.add(
        title=detail.name, engine_version="2 (0.1.0)", inputs=to_json([used, options]), plan=to_json(detail), result=to_json(bill)
    )
    return desk.quoting.quote(stored.quote_id)


def test_a_quote_that_an_earlier_version_kept_is_revised_with_what_the_catalogue_knows_of_its_plan(desk):
    company = desk.quoting.companies(area=Area.KANSAI).value[0]
    detail = replace(DETAIL, epcorp_cd=company.epcorp_cd)
    old = kept_by_an_earlier_version(desk, detail)
    assert (old.plans, old.sheet.company_name) == ((), "")
    put(desk, replace(detail, levy_yen_per_kwh=Decimal("5.18")))
    found = revised(desk, old, TODAY)
    (question,) = found.questions
    assert (question.company.name, question.usage) == (company.name, old.usage)
    (change,) = found.revision.changes
    assert (change.name, change.before, change.after) == ("再エネ賦課金", "4.18", "5.18")
    assert change.yen == found.proposed_yen - int(old.bill.year.charge)
    assert company.name in found.revision.note
    start = quote_start(desk, old.quote_id)
    assert (start.usage, start.proposal.detail.levy_yen_per_kwh, start.present) == (old.usage, Decimal("5.18"), None)


def test_where_nobody_knows_whose_plan_it_was_a_new_quote_begins_with_what_is_left(desk):
    old = kept_by_an_earlier_version(desk, replace(DETAIL, epcorp_cd="987654"))
    assert revised(desk, old, TODAY) is None
    start = quote_start(desk, old.quote_id)
    assert (start.usage, start.proposal, start.customer) == (old.usage, None, "")


def test_a_quote_that_has_its_plans_begins_another_with_customer_point_and_both_plans(desk, quote):
    put(desk, replace(DETAIL, levy_yen_per_kwh=Decimal("5.18")))
    point = "供給地点 06-****-****-****-****-0123"
    both = replace(quote.plans[0], detail=replace(DETAIL, epplan_id="99", name="現在"))
    sheet = replace(quote.sheet, customer_name="見本 太郎", supply_point=point, estimated_months=frozenset({5}))
    number = desk.quoting.save_quote(
        "見本", DETAIL, quote.usage, quote.options, quote.bill, sheet=sheet.alone, plans=(quote.plans[0], both)
    )
    start = quote_start(desk, number)
    assert (start.customer, start.supply_point, start.estimated_months) == ("見本 太郎", point[5:], {5})
    assert start.proposal.detail.levy_yen_per_kwh == Decimal("5.18")
    assert start.present.detail.name == "現在"
    assert quote_start(desk, "20000101-001") is None


def test_the_fuel_price_is_of_the_answer_that_was_quoted_and_not_of_a_later_one(desk):
    put(desk, DETAIL)
    put(desk, replace(DETAIL, fuels=(fuel("9.99"),)))
    assert fuel_seen(desk, DETAIL).per_kwh == Decimal("2.24")
    assert fuel_seen(desk, replace(DETAIL, fuels=(fuel("5"),))) is None
    assert fuel_seen(desk, replace(DETAIL, fuels=())) is None
    evening = FuelSeen(None, "", datetime(2026, 11, 26, 23, 30, tzinfo=JST))
    assert evening.fetched_on == date(2026, 11, 26)


def test_a_fuel_price_that_nobody_knows_any_more_makes_no_change_of_its_own(desk, quote):
    """As 0 it would be a change of −2.24 yen for every kWh."""
    put(desk, replace(DETAIL, fuels=(fuel("0"),)))
    with pytest.raises(InputRefused) as refused:
        revised(desk, quote, TODAY)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("fuel", PaperCode.NO_DIFFERENCE)]
