"""The quote is one page whatever stands on it, and says word for word what it was given."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.plans import PlanType
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.sheet import QuoteSheet, assumptions, clean

HOSTILE = "見本<b>プラン</b>&amp;{0}%s\\n'\";--«»①Ⅱ"
WORDY = "この文は二行になるほど長いので、折り返しても次の文に重ならないことを確かめます。" * 2
LONG = "見本の非常に長い名前のプラン" * 12


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


def sheet(months=12, **changes):
    zero = Decimal(0)
    rows = []
    for month in range(1, 13):
        billed = month <= months
        parts = BillParts(*(Decimal(v) if billed else zero for v in ("12345", "522.58", "9000", "-900", "3722")))
        rows.append(MonthBill(f"2026-{month:02}", Decimal("310.5") if billed else zero, parts, billed))
    year = BillParts(*(sum((getattr(row.parts, n) for row in rows), zero) for n in ("charge", "base", "usage", "adjust", "levy")))
    quote = QuoteSheet(
        number="Q-2026-0001",
        issued_on=date(2026, 11, 22),
        valid_until=date(2026, 12, 22),
        customer_name="見本 太郎",
        retailer_name="見本電力株式会社",
        company_name="見本電力株式会社",
        plan_name="見本プラン",
        contract="30A",
        bill=Bill("plan", "1", zero, Rounding.BILL, FuelRule.LATEST, year, tuple(rows)),
        usage_first=date(2026, 1, 1),
        usage_last=date(2026, 12, 31),
        usage_source="sample.csv",
        usage_estimated=False,
        plan_type=PlanType.METERED,
        levy_unit=Decimal("4.18"),
        tariff_source="見本の出典",
        gap_rule="",
        server_difference_yen=zero,
        server_difference_reason="",
        engine_version="1 (0.1.0)",
        practice=True,
    )
    return replace(quote, **changes)


def written(tmp_path, quote):
    path = tmp_path / "quote.pdf"
    write_pdf(path, quote)
    document = PdfReader(path)
    assert len(document.pages) == 1
    assert path.stat().st_size <= 100_000
    return document, "".join(document.pages[0].extract_text().split())


def joined(text):
    return "".join(clean(text).split())


@pytest.mark.parametrize("name", [HOSTILE, LONG])
def test_names_come_out_as_they_went_in(tmp_path, name):
    quote = sheet(plan_name=name, company_name=name, customer_name=name[:60], contract=name)
    _, text = written(tmp_path, quote)
    assert text.count(joined(name)) >= 3


def test_thirteen_conditions_stand_on_the_one_page(tmp_path):
    quote = sheet(
        plan_type=PlanType.MARKET_LINKED,
        warnings=tuple(f"見本の注意{n}。{WORDY}" for n in range(6)),
        assumed="仮定の説明。",
        gap_rule="同じ曜日・時刻の平均で補う",
        server_difference_yen=Decimal(-12),
        server_difference_reason="休日の数え方の違い",
        tariff_source="見本の出典。" * 30,
        estimated_months=frozenset(range(1, 13)),
    )
    lines = assumptions(quote)
    assert len(lines) >= 13
    _, text = written(tmp_path, quote)
    for line in lines:
        assert joined(line) in text


def test_fonts_are_embedded(tmp_path):
    document, _ = written(tmp_path, sheet())
    fonts = [font.get_object() for font in document.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        for inner in font.get("/DescendantFonts", [font]):
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))


def test_a_part_of_a_year_is_not_called_a_year(tmp_path):
    _, text = written(tmp_path, sheet(months=3))
    assert "3か月分の電気料金" in text
    assert "1年分の料金ではありません" in text
    assert "年間の電気料金" not in text


def test_market_linked_names_its_dearest_month():
    assert any("最も高い月は" in line for line in assumptions(sheet(plan_type=PlanType.MARKET_LINKED)))


def test_control_characters_do_not_reach_the_paper():
    assert clean("a\x00b\u202ec\nd\te") == "a b c d e"
    assert len(clean("x" * 5000)) == 400
