"""A quote says the same when it is opened later: prices changed, the store migrated, catalogue and network gone."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from pypdf import PdfReader

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.explain import Priced, explain
from denkidesk.billing.sums import UsageSums
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.quote_workbook import write_workbook
from denkidesk.desk.quoting import QuotingDesk
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.plans import BaseOption, Company
from denkidesk.domain.quote_sheet import PresentPlan
from denkidesk.domain.usage import GapRule, YearRule
from denkidesk.domain.why import Both, Outlook
from denkidesk.settings import resources_dir
from denkidesk.store.migrations import NEWEST_VERSION
from denkidesk.store.migrations.run import migrate
from denkidesk.store.plain_json import to_json
from denkidesk.store.store import Store
from denkidesk.texts import quote as quote_texts
from denkidesk.ui.charts.figures import month_stacks
from denkidesk.ui.charts.printed import LoadPicture
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.sheet import assumptions
from denkidesk.ui.tariffs.quote_draft import Letterhead, drafted, issued
from fakes.plan_builder import condition, fuel, plan, usage
from fakes.recalculated import by_formulas

COMPANY = Company("9999", "見本電力株式会社", QuotingAreaCode("06"), former_monopoly=False)
BASE = BaseOption("1", "見本", 4, None, Decimal(0), Decimal(0))
PRESENT = plan(condition("28.7"), base=(4, "522.58", "0"), fuels=(fuel("2.24"),), levy="4.18")
PROPOSAL = replace(
    plan(condition("25.1", hours=(7, 23), name="昼"), condition("17.4", order=2, hours=(23, 7), name="夜"), levy="4.18"), epplan_id="8"
)


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


def made():
    """The sheet of two plans, and what it was computed from."""
    used = replace(usage(date(2025, 11, 1), 365, lambda day, hour: 0.2 + 0.013 * (hour % 9) + 0.01 * day.month), source="見本.csv")
    present, proposal = (
        BillQuestion(COMPANY, BASE, one, used, None, (), FuelChoice(), Rounding.BILL, "yen") for one in (PRESENT, PROPOSAL)
    )
    bill = compute_bill(PROPOSAL, used, proposal.options(Rounding.BILL))
    why = explain(*(Priced(one.detail, one.options(Rounding.BILL)) for one in (present, proposal)), UsageSums(used))
    its = compute_bill(PRESENT, used, present.options(Rounding.BILL))
    outlook = Outlook((Both("2026-05", 98_765, 87_654), Both("2025-02", 123_456, 131_313)), None, None, None)
    head = Letterhead("見本電力株式会社", ("見本県見本市 0-0",), "見本 太郎", "供給地点 06-****-****-****-****-0123", practice=False)
    sheet = drafted(proposal, bill, ("見本の注意。",), None, head)
    sheet = issued(
        replace(
            sheet,
            present=PresentPlan(COMPANY.name, PRESENT.name, "見本", why, ("その日の理由。",), its, outlook),
            fuel_note="見本の単価の説明。",
        )
    )
    return used, proposal, present, bill, sheet


def text_of(path, sheet):
    write_pdf(path, sheet)
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def test_a_quote_says_the_same_after_a_price_update_and_a_migration_with_the_catalogue_gone(tmp_path, monkeypatch):
    used, proposal, present, bill, sheet = made()
    with closing(Store(tmp_path / "first.db")) as store:
        quoting = QuotingDesk(store, None, now_jst)  # without services: nothing here asks the network
        plans = (proposal.quoted(), present.quoted())
        number = quoting.save_quote("見本", PROPOSAL, used, plans[0].options, bill, None, sheet, plans)
        issued_then = quoting.quote(number)
        figures = to_json([issued_then.bill, issued_then.sheet])
        pages = text_of(tmp_path / "then.pdf", issued_then.sheet)
        assert len(pages) == 2
        store.catalogue.put("plan_detail", "8/1/", replace(PROPOSAL, levy_yen_per_kwh=Decimal("9.99")))
    with closing(sqlite3.connect(tmp_path / "later.db", isolation_level=None)) as older:
        migrate(older, 0, NEWEST_VERSION - 3)
        older.execute("ATTACH ? AS first", (str(tmp_path / "first.db"),))
        older.execute("INSERT INTO quotes SELECT * FROM first.quotes")  # but not the catalogue
    monkeypatch.setattr(quote_texts, "LEVY", "別の文 {unit}")  # a later version words it otherwise
    monkeypatch.setattr(quote_texts, "ROUNDING_BILL", "別の文")
    with closing(Store(tmp_path / "later.db")) as store:
        opened = QuotingDesk(store, None, now_jst).quote(number)
        assert to_json([opened.bill, opened.sheet]) == figures
        assert opened == issued_then
        assert text_of(tmp_path / "later.pdf", opened.sheet) == pages
        write_workbook(tmp_path / "later.xlsx", opened)
    cells = by_formulas(tmp_path / "later.xlsx")
    place = next(at for (name, at), value in cells.items() if (name, value) == ("見積", "年間"))
    why = sheet.present.why
    assert [cells["見積", f"{column}{place[1:]}"] for column in "CDE"] == [why.present_yen, why.proposed_yen, why.difference]


FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def figures_in(text):
    return {Decimal(figure.replace(",", "")).normalize() for figure in FIGURE.findall(text)}


def test_every_figure_of_the_paper_is_in_the_stored_quote(tmp_path):
    """As it is stored, rounded as it is shown, the difference of two that stand beside each other, or a mark of an axis."""
    used, proposal, present, bill, sheet = made()
    with closing(Store(tmp_path / "quotes.db")) as store:
        quoting = QuotingDesk(store, None, now_jst)
        plans = (proposal.quoted(), present.quoted())
        number = quoting.save_quote("見本", PROPOSAL, used, plans[0].options, bill, None, sheet, plans)
        (stored,) = store.quotes.all()
        opened = quoting.quote(number).sheet
    path = tmp_path / "paper.pdf"
    write_pdf(path, opened)
    kept = figures_in(" ".join((stored.quote_id, str(stored.created_at.date()), stored.inputs, stored.plan, stored.result)))
    kept |= {figure.quantize(Decimal(unit), rounding=ROUND_HALF_UP).normalize() for figure in kept for unit in ("1", "0.1", "0.01")}
    why, months = opened.present.why, opened.bill.months
    pairs = (*why.lines, *why.months, why, *opened.present.outlook.fuel)
    kept |= {abs(Decimal(pair.difference)).normalize() for pair in pairs}
    kept |= {
        abs(month.parts.shown()[4]).normalize() for month in (*months, replace(months[0], parts=opened.bill.year))
    }  # what rounding takes
    kept |= {opened.kwh.quantize(Decimal(unit), rounding=ROUND_HALF_UP).normalize() for unit in ("1", "0.1")}
    kept.add(Decimal(f"{LoadPicture(used).top_kwh:.2f}").normalize())
    highest = max(sum(value for value in stack.parts.values() if value > 0) for stack in month_stacks(opened.present.bill))
    axes = [*range(25), *range(0, int(highest * 1.1), 500), *(step / 10 for step in range(10))]
    kept |= {Decimal(str(mark)).normalize() for mark in axes}
    for page in PdfReader(path).pages:
        words = page.extract_text()
        assert len(figures_in(words)) > 50
        assert figures_in(words) - kept == set()


def test_what_an_issued_quote_said_stands_on_its_paper(tmp_path):
    *_, sheet = made()
    page = text_of(tmp_path / "paper.pdf", sheet)[0]
    for line in (*sheet.conditions, *sheet.present.sentences):
        assert re.sub(r"\s", "", line) in page


def test_a_quote_that_was_kept_before_its_pictures_were_has_the_proposals_months(tmp_path):
    *_, sheet = made()
    older = replace(sheet.alone, present=replace(sheet.present, bill=None, outlook=None))
    page = text_of(tmp_path / "paper.pdf", older)[1]
    assert "ご提案の内訳" in page
    assert "太い上線" not in page
    assert "使い方" not in page
    for month in older.bill.billed_months:
        assert page.count(f"{int(month.parts.charge):,}") >= 2, "above its bar and in its row"


def test_that_nothing_was_missing_is_said_and_is_not_said_of_anything_else(tmp_path):
    used, *_, sheet = made()
    fresh = replace(sheet, conditions=())
    said = {quote_texts.USAGE_WHOLE, quote_texts.USAGE_WHOLE_NOTED}
    assert said & set(assumptions(fresh)) == {quote_texts.USAGE_WHOLE}
    assert said & set(assumptions(replace(fresh, usage_notes=("見本の指摘。",)))) == {quote_texts.USAGE_WHOLE_NOTED}
    first = used.days[0]
    gap = replace(used, days=(replace(first, hourly_kwh=(None, *first.hourly_kwh[1:])), *used.days[1:]))
    for other in (
        {"estimated_months": frozenset({3})},
        {"usage_estimated": True},
        {"usage": gap},
        {"usage": replace(used, filled_by=GapRule.ZERO)},
        {"usage": replace(used, completed_by=YearRule.WHAT_IS_THERE)},
        {"usage": None},
    ):
        assert said.isdisjoint(assumptions(replace(fresh, **other))), other
