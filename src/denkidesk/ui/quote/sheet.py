"""What a printed quote holds, and the sentences of its assumptions box."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.bills import Bill, FuelRule, Rounding
from denkidesk.domain.plans import PlanType
from denkidesk.texts import quote as texts
from denkidesk.texts.bill import month_with_mark, not_a_year, span, span_of_difference, yen

_NOT_PRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NO_ROOM: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class QuoteSheet:
    """Everything that the page shows. Yen are rounded for display only where the bill itself is unrounded."""

    number: str
    issued_on: date
    valid_until: date
    customer_name: str
    retailer_name: str
    company_name: str
    plan_name: str
    contract: str  # the base option and capacity in words
    bill: Bill
    usage_first: date
    usage_last: date
    usage_source: str
    usage_estimated: bool
    plan_type: PlanType
    levy_unit: Decimal | None
    tariff_source: str
    gap_rule: str  # in words, empty where there was no gap
    server_difference_yen: Decimal | None  # None: not compared
    server_difference_reason: str
    engine_version: str
    practice: bool
    estimated_months: frozenset[int] = frozenset()  # calendar months that were not measured whole
    warnings: tuple[str, ...] = ()  # sentences: what can make a wrong yen
    assumed: str = ""  # the assumed rules in words, where the server's figure differs

    @property
    def kwh(self) -> Decimal:
        """The whole usage that was billed."""
        return sum((month.kwh for month in self.bill.months), Decimal(0))


def clean(text: str, most: int = 400) -> str:
    """One line without control characters; whatever a server calls its plan must not turn a page's text around or end it."""
    kept = "".join("" if c in _NO_ROOM else " " if unicodedata.category(c) in _NOT_PRINTED else c for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def written_texts(sheet: QuoteSheet) -> list[str]:
    """All of the page that is not ours: names, sources and reasons, as they will be printed."""
    names = (sheet.customer_name, sheet.retailer_name, sheet.company_name, sheet.plan_name, sheet.contract)
    return [*(clean(name) for name in names), *assumptions(sheet)]


def assumptions(sheet: QuoteSheet) -> list[str]:
    """The sentences of the box, none of them optional reading: a saving without its fuel rule has got retailers into trouble."""
    lines = list(sheet.warnings)
    if period := not_a_year(sheet.bill):
        lines.append(period)
    lines += [
        (texts.USAGE_ESTIMATED if sheet.usage_estimated else texts.USAGE_MEASURED).format(source=sheet.usage_source),
        texts.FUEL_LATEST if sheet.bill.fuel_rule is FuelRule.LATEST else texts.FUEL_NONE,
    ]
    if sheet.gap_rule:
        lines.append(texts.GAPS.format(rule=sheet.gap_rule))
    if sheet.levy_unit is not None:
        lines.append(texts.LEVY.format(unit=sheet.levy_unit))
    lines.append(texts.ROUNDING_BILL if sheet.bill.rounding is Rounding.BILL else texts.ROUNDING_NONE)
    if sheet.plan_type is PlanType.MARKET_LINKED:
        dearest = max(sheet.bill.months, key=lambda month: month.parts.charge)
        lines.append(texts.MARKET_LINKED.format(month=f"{int(dearest.month[5:7])}月", yen=yen(dearest.parts.charge)))
    if sheet.server_difference_yen is None:
        lines.append(texts.SERVER_UNCHECKED)
    elif abs(sheet.server_difference_yen) < 1:
        lines.append(texts.SERVER_MATCH if sheet.bill.is_year else texts.SERVER_MATCH_PERIOD)
    else:
        facts = {"yen": yen(sheet.server_difference_yen), "reason": sheet.server_difference_reason}
        lines.append(texts.SERVER_DIFFERS.format(span=span_of_difference(sheet.bill), **facts))
    if sheet.assumed:
        lines.append(sheet.assumed)
    if sheet.tariff_source:
        lines.append(texts.SOURCE.format(source=sheet.tariff_source))
    lines.append(texts.NOT_INCLUDED)
    return [clean(line) for line in lines]


def table_rows(sheet: QuoteSheet) -> list[list[str]]:
    """Twelve months in billing order and the year; every row adds up to its last cell before display rounding."""
    rows = []
    year_kwh = sheet.kwh
    for month in sorted(sheet.bill.months, key=lambda m: m.month):
        label = month_with_mark(month)
        if not month.billed:
            rows.append([label, *([texts.NOT_BILLED] * 7)])
            continue
        p = month.parts
        rest = p.charge - p.base - p.usage - p.adjust - p.levy
        rows.append([label, f"{month.kwh:,.1f}", *(yen(value) for value in (p.base, p.usage, p.adjust, p.levy, rest, p.charge))])
    y = sheet.bill.year
    rest = y.charge - y.base - y.usage - y.adjust - y.levy
    rows.append(
        [
            span(sheet.bill),
            f"{year_kwh:,.1f}",
            *(yen(value) for value in (y.base, y.usage, y.adjust, y.levy, rest, y.charge)),
        ]
    )
    return rows
