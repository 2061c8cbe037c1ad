"""A quote says the same when it is opened later: prices changed, the store migrated, catalogue and network gone."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

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
from denkidesk.settings import resources_dir
from denkidesk.store.migrations import NEWEST_VERSION
from denkidesk.store.migrations.run import migrate
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.store import Store
from denkidesk.texts import quote as quote_texts
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.quote.page import write_pdf
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
    head = Letterhead("見本電力株式会社", ("見本県見本市 0-0",), "見本 太郎", "供給地点 06-****-****-****-****-0123", practice=False)
    sheet = drafted(proposal, bill, ("見本の注意。",), None, head)
    sheet = issued(
        replace(sheet, present=PresentPlan(COMPANY.name, PRESENT.name, "見本", why, ("その日の理由。",)), fuel_note="見本の単価の説明。")
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


def test_every_figure_of_the_paper_is_in_the_stored_sheet(tmp_path):
    *_, sheet = made()
    again = from_json(to_json(sheet), type(sheet))
    assert again == sheet
    pages = text_of(tmp_path / "then.pdf", sheet)
    assert text_of(tmp_path / "again.pdf", again) == pages, "painted from the stored sheet alone"
    said = [*sheet.conditions, *sheet.present.sentences]
    for pair in sheet.present.why.months:
        for yen in (pair.present_yen, pair.proposed_yen):
            assert f"{yen:,}" in pages[0]
    for line in said:
        assert re.sub(r"\s", "", line) in pages[0]
