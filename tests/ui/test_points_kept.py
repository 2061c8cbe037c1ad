"""A quote of several supply points, lamps and power together: its workbook, its revision, and when its prices count as changed."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from denkidesk.desk.comparison import BillQuestion, compute
from denkidesk.desk.offers import offer_of_questions
from denkidesk.desk.points_draft import Point, keep_draft
from denkidesk.desk.quote_workbook import write_workbook
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, FuelRule, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import BaseOption, Company
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.domain.quoted_points import in_all
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.tariffs.points_book import complete, read_draft, sheet_of, store_and_make
from denkidesk.ui.tariffs.quote_draft import Letterhead, drafted
from denkidesk.ui.tariffs.revision import issue, prepare
from fakes.plan_builder import condition, fuel, plan, usage
from fakes.recalculated import by_formulas

COMPANY = Company("9999", "見本電力株式会社", QuotingAreaCode("06"), former_monopoly=False)
BASE = BaseOption("1", "見本", 4, None, Decimal(0), Decimal(0))
HEAD = Letterhead("見本小売株式会社", (), "見本商店", "", practice=False)


def named(number, name, *conditions, **more):
    return replace(plan(*conditions, levy="4.18", **more), epplan_id=str(number), name=name)


LAMPS = named(1, "見本の電灯", condition("28.7"), base=(4, "522.58", "0"), fuels=(fuel("2.24"),))
NIGHT = named(
    2, "見本の夜", condition("31.1", hours=(7, 23), name="昼"), condition("17.4", order=2, hours=(23, 7), name="夜"), fuels=(fuel("1.5"),)
)
POWER = replace(
    named(
        3, "見本の動力", condition("17.37", months=(7, 9), name="夏季"), condition("15.8", order=2, months=(10, 6), name="その他季"),
        base=(6, "1155.30", "0"), fuels=(fuel("-0.9"),),
    ),
    contract_type=2, capacity_unit="kW",
)  # fmt: skip


def asked(detail, level, fuel_choice, capacity=None):
    used = replace(usage(date(2025, 11, 1), 365, lambda day, hour: level * (1 + hour % 9 / 9 + day.month / 20)), source="見本.csv")
    return BillQuestion(COMPANY, BASE, detail, used, capacity, (), fuel_choice, Rounding.BILL, "yen")


def point(desk, name, present, proposal):
    bills = compute(desk, proposal)
    printed = replace(drafted(bills.question, bills.shown, (), None, HEAD), point_name=name, supply_point=f"地点：{name}")
    return complete(desk, Point(name, present, proposal, None, printed))


def put(desk, *details):
    for detail in details:
        desk.store.catalogue.put("plan_detail", f"{detail.epplan_id}/1/", detail)


def points_of(desk, fuel_choice=FuelChoice()):  # noqa: B008 - frozen
    """A shop whose lamps change over, another one the same, and a machine whose contract stays."""
    put(desk, LAMPS, NIGHT, POWER)
    present, proposal = asked(LAMPS, 0.4, fuel_choice), asked(NIGHT, 0.4, fuel_choice)
    machine = asked(POWER, 1.2, fuel_choice, Decimal(8))
    second = [replace(one, usage=asked(LAMPS, 0.2, fuel_choice).usage) for one in (present, proposal)]
    return (point(desk, "本店", present, proposal), point(desk, "2号店", *second), point(desk, "工場の動力", machine, machine))


def issued_quote(desk, fuel_choice=FuelChoice()):  # noqa: B008 - frozen
    points = points_of(desk, fuel_choice)
    sheet = sheet_of(points, "見本商店")
    store_and_make(desk, points, sheet, None, is_issued=True)
    (line,) = desk.quoting.quote_lines()
    return desk.quoting.quote(line.quote_id)


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


@pytest.fixture
def desk(context):
    return context.desk


def text_of(path, sheet):
    write_pdf(path, sheet)
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def row_of(cells, words):
    return next(int(place[1:]) for (name, place), value in cells.items() if name == "見積" and place.startswith("A") and value == words)


def test_lamps_and_power_are_one_workbook_that_comes_to_the_same_yen(desk, tmp_path):
    quote = issued_quote(desk)
    path = tmp_path / "points.xlsx"
    write_workbook(path, quote)
    assert load_workbook(path).sheetnames == ["見積", "1 現在のご契約", "1 ご提案", "2 現在のご契約", "2 ご提案", "3 ご提案"]
    cells = by_formulas(path)
    for page in quote.sheet.points:
        row = row_of(cells, page.point_name)
        after = page.bill.year.charge
        before = page.present.why.present_yen if page.present else after
        assert [cells["見積", f"{column}{row}"] for column in "DFG"] == [before, after, after - before]
    before, after = in_all(quote.sheet)
    for words, columns in (("合計 3地点", "DFG"), ("年間", "CDE")):
        row = row_of(cells, words)
        assert [cells["見積", f"{column}{row}"] for column in columns] == [before, after, after - before]
    assert cells["見積", f"B{row_of(cells, '年間')}"] == sum(page.kwh for page in quote.sheet.points)


def test_a_price_in_the_workbook_changes_every_sum_in_front_of_it(desk, tmp_path):
    quote = issued_quote(desk)
    path = tmp_path / "points.xlsx"
    write_workbook(path, quote)
    book = load_workbook(path)
    sheet = book["3 ご提案"]
    row = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "夏季")
    sheet.cell(row, 2).value = 30
    book.save(path)
    cells = by_formulas(path)
    machine = quote.of_points[2]
    dearer = replace(machine.detail, conditions=(replace(POWER.conditions[0], unit_yen=Decimal(30)), POWER.conditions[1]))
    more = desk.quoting.bill(dearer, machine.usage, machine.options).year.charge - machine.bill.year.charge
    before, after = in_all(quote.sheet)
    row = row_of(cells, "合計 3地点")
    assert more > 0
    assert [cells["見積", f"{column}{row}"] for column in "DFG"] == [before + more, after + more, after - before]


def test_each_changed_price_stands_once_with_its_points_and_together_they_are_the_change(desk, tmp_path):
    quote = issued_quote(desk)
    day, night = NIGHT.conditions
    put(desk, replace(NIGHT, conditions=(day, replace(night, unit_yen=Decimal("19.4")))), replace(LAMPS, levy_yen_per_kwh=Decimal("3.98")))
    put(desk, replace(POWER, fuels=(fuel("1.1"),)))
    found, sheet = prepare(desk, quote.quote_id, HEAD)
    changes = {(change.point, change.name): change for change in found.revision.changes}
    assert set(changes) == {
        ("本店・2号店", "電力量料金 2 単価（夜）"),
        ("本店・2号店", "再エネ賦課金"),
        ("工場の動力", "燃料費調整 1 単価"),
    }
    assert changes["工場の動力", "燃料費調整 1 単価"].stays
    assert sum(change.yen for change in found.revision.changes) == found.result - found.revision.result
    before, after = in_all(sheet)
    assert (found.present_yen, found.proposed_yen) == (before, after)
    number = issue(desk, found, sheet)
    again = desk.quoting.quote(number)
    assert [len(one.plans) for one in again.points] == [2, 2, 1]
    assert again.detail.conditions[1].unit_yen == Decimal("19.4")
    pages = text_of(tmp_path / "revision.pdf", again.sheet)
    assert len(pages) == 5
    assert f"{quote.quote_id}の改訂" in pages[0]
    for said in ("本店・2号店", "工場の動力", "変更なしの契約", "19.40", f"{before:,}", f"{after:,}"):
        assert said in pages[-1], said
    assert text_of(tmp_path / "before.pdf", desk.quoting.quote(quote.quote_id).sheet) == text_of(tmp_path / "was.pdf", quote.sheet)


@pytest.mark.parametrize("repriced", [LAMPS, NIGHT, POWER])
def test_a_price_of_any_plan_at_any_point_is_a_changed_price(desk, repriced):
    issued_quote(desk)
    assert [line.state for line in desk.quoting.quote_lines()] == ["issued"]
    put(desk, replace(repriced, levy_yen_per_kwh=Decimal("9.9")))
    assert [line.state for line in desk.quoting.quote_lines()] == ["prices_changed"]


def test_under_a_typed_price_every_page_the_workbook_and_the_revision_follow_it(desk, tmp_path):
    quote = issued_quote(desk, FuelChoice(FuelRule.TYPED, Decimal("3.21")))
    for one in quote.of_points:
        assert one.bill.year.adjust == sum(month.kwh for month in one.bill.months) * Decimal("3.21")
        assert one.bill.fuel_rule is FuelRule.TYPED
    pages = text_of(tmp_path / "typed.pdf", quote.sheet)
    for page in pages[1:]:
        assert "3.21円/kWh" in page
        assert "入力した単価を全ての月に当てはめています" in page
    write_workbook(tmp_path / "typed.xlsx", quote)
    cells = by_formulas(tmp_path / "typed.xlsx")
    row = row_of(cells, "合計 3地点")
    assert [cells["見積", f"{column}{row}"] for column in "DF"] == [*in_all(quote.sheet)]
    put(desk, replace(LAMPS, fuels=(fuel("8.8"),)), replace(NIGHT, levy_yen_per_kwh=Decimal("3.98")))
    found, sheet = prepare(desk, quote.quote_id, HEAD)
    assert [(change.point, change.name) for change in found.revision.changes] == [("本店・2号店", "再エネ賦課金")]
    assert all(page.bill.fuel_rule is FuelRule.TYPED for page in sheet.points)
    assert in_all(sheet)[0] == in_all(quote.sheet)[0], "the present plans are billed with the typed price still"
    assert all(any("3.21" in line for line in page.conditions) for page in sheet.points)


MONTHS = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]


def know(desk, detail, prices):
    desk.store.paper_bills.put_prices(
        FuelPrice(detail.epcorp_cd, detail.epplan_id, month, Decimal(unit), Decimal(0), Decimal(0), "見本", PriceOrigin.HAND)
        for month, unit in zip(MONTHS, prices, strict=True)
    )


def test_under_each_months_own_price_paper_workbook_revision_and_the_customers_view_agree(desk, tmp_path):
    rule = FuelChoice(FuelRule.OWN_MONTH)
    for one, first in ((LAMPS, 1), (NIGHT, -6), (POWER, 3)):
        know(desk, one, [str(first + place) for place in range(12)])
    quote = issued_quote(desk, rule)
    shop = quote.of_points[0]
    assert shop.bill.year.adjust == sum(month.kwh * (MONTHS.index(month.month) - 6) for month in shop.bill.months)
    present = asked(LAMPS, 0.4, rule)
    offer = offer_of_questions(desk, present, asked(NIGHT, 0.4, rule))
    assert (offer.why.present_yen, offer.why.proposed_yen) == (shop.sheet.present.why.present_yen, shop.bill.year.charge)
    assert offer.fuel == rule
    for page in text_of(tmp_path / "monthly.pdf", quote.sheet)[1:]:
        assert "使用した月ごとに、その月分の単価を当てはめています" in page
    write_workbook(tmp_path / "monthly.xlsx", quote)
    cells = by_formulas(tmp_path / "monthly.xlsx")
    row = row_of(cells, "合計 3地点")
    assert [cells["見積", f"{column}{row}"] for column in "DF"] == [*in_all(quote.sheet)]
    put(desk, replace(LAMPS, fuels=(fuel("8.8"),)), replace(NIGHT, levy_yen_per_kwh=Decimal("3.98")))
    found, sheet = prepare(desk, quote.quote_id, HEAD)
    assert [(change.point, change.name) for change in found.revision.changes] == [("本店・2号店", "再エネ賦課金")]
    assert (found.present_yen, found.proposed_yen) == in_all(sheet)
    assert all(page.bill.fuel_rule is FuelRule.OWN_MONTH for page in sheet.points)
    assert in_all(sheet)[0] == in_all(quote.sheet)[0], "the present plans are billed with the prices of the months still"


def test_a_price_of_a_month_that_came_later_is_a_change_of_that_month(desk):
    for one in (LAMPS, NIGHT, POWER):
        know(desk, one, ["1.25"] * 12)
    quote = issued_quote(desk, FuelChoice(FuelRule.OWN_MONTH))
    know(desk, NIGHT, ["1.25"] * 11 + ["9.75"])
    found, sheet = prepare(desk, quote.quote_id, HEAD)
    (change,) = found.revision.changes
    assert (change.point, change.name, change.before, change.after) == ("本店・2号店", "燃料費調整 12 単価（10月）", "1.25", "9.75")
    assert (found.present_yen, found.proposed_yen) == in_all(sheet), "the list of changes and the new paper have the same sums"
    assert sum(change.yen for change in found.revision.changes) == found.result - found.revision.result


def test_the_paper_says_among_how_many_plans_and_what_of_the_cap(desk, tmp_path):
    desk.store.catalogue.put("companies", "//", (COMPANY,))
    quote = issued_quote(desk)
    page = text_of(tmp_path / "paper.pdf", quote.sheet)[1]
    said = re.search(r"比べた範囲：保存してある.+のプランのうち、このご契約と使用量で計算できる(\d+)社(\d+)プラン", page)
    assert said is not None
    assert said.groups() == ("1", "2"), "the plan for power is none for lamps"
    assert "燃料費調整の上限：" in page
    assert "比べた範囲" not in text_of(tmp_path / "again.pdf", quote.sheet)[3], "nothing was compared for a contract that stays"


def test_a_draft_is_the_same_points_after_a_restart_and_goes_with_its_customer(desk, tmp_path):
    points = points_of(desk)
    assert read_draft(desk) == ((), "")
    keep_draft(desk, points)
    again, saved_at = read_draft(desk)
    assert again == points
    assert saved_at
    assert text_of(tmp_path / "again.pdf", sheet_of(again, "見本商店")) == text_of(tmp_path / "then.pdf", sheet_of(points, "見本商店"))
    customer = Customer("", "見本商店")
    assert [one.key for one in desk.personal.holdings(customer)] == ["points"]
    desk.store.personal.erase(customer)
    assert read_draft(desk) == ((), "")
    keep_draft(desk, points)
    keep_draft(desk, ())
    assert read_draft(desk) == ((), "")


def test_a_draft_of_another_day_is_a_quote_of_today_with_the_figures_of_then(desk):
    points = points_of(desk)
    earlier = date(2026, 3, 4)
    keep_draft(desk, [replace(one, sheet=replace(one.sheet, issued_on=earlier, valid_until=earlier)) for one in points])
    put(desk, replace(NIGHT, conditions=(replace(NIGHT.conditions[0], unit_yen=Decimal(99)), NIGHT.conditions[1])))
    again, _ = read_draft(desk)
    assert [one.sheet.issued_on for one in again] == [now_jst().date()] * 3
    assert [one.sheet.bill for one in again] == [one.sheet.bill for one in points]
    assert [one.sheet.present and one.sheet.present.why for one in again] == [one.sheet.present and one.sheet.present.why for one in points]


def test_a_draft_that_nobody_can_read_is_none(desk):
    desk.store.quote_drafts.save("points", "", '[{"name": "別の版"}]')
    assert read_draft(desk) == ((), "")


@pytest.mark.parametrize("unknown", [LAMPS, NIGHT])
def test_a_point_of_which_a_fuel_price_is_unknown_goes_on_no_paper(desk, unknown):
    """Without a difference its page would say that nothing is proposed there."""
    sides = [replace(one, fuels=(fuel("0"),)) if one is unknown else one for one in (LAMPS, NIGHT)]
    one = point(desk, "本店", *(asked(side, 0.4, FuelChoice()) for side in sides))
    assert not one.is_whole
    assert any("燃料費調整の単価が分からないため示していません" in line for line in one.sheet.conditions)
    with pytest.raises(InputRefused) as refused:
        store_and_make(desk, (one,), sheet_of((one,), "見本商店"), None, is_issued=True)
    assert refused.value.faults[0].facts["name"] == "本店"
    assert not desk.quoting.quote_lines()
