"""A quote with all that its page shows, and the page as it was written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pypdf import PdfReader

from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.plans import PlanType
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.ui.quote.page import write_pdf


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
