"""All that a quote's paper says, put together from one question and its bill: of a new quote, and of one that replaces another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from denkidesk.desk.comparison import BillQuestion, ServerAnswer
from denkidesk.desk.kept_quotes import VALID_DAYS
from denkidesk.desk.quoting import engine_version
from denkidesk.domain.areas import AREA_NAMES_JA, area_of_quoting_code
from denkidesk.domain.bills import Bill, FuelRule, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import PlanType
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import PresentPlan, QuotedPlan, QuoteSheet
from denkidesk.domain.quoted_points import QuotedPoint
from denkidesk.domain.ranking import Apart
from denkidesk.domain.usage import Usage
from denkidesk.texts import quote as texts
from denkidesk.texts import quote_facts as words
from denkidesk.texts.bill import assumed_words, fuel_words, reasons_words, warning_lines
from denkidesk.texts.why import headline, not_compared, range_sentence
from denkidesk.ui.quote.sheet import assumptions
from denkidesk.ui.tariffs.usage_facts import usage_notes

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Letterhead:
    """To whom and from whom. ``supply_point``: as it is printed, masked; ``matched``: the paper bill that was rebuilt, in a sentence."""

    retailer_name: str
    retailer_lines: tuple[str, ...]
    customer: str
    supply_point: str
    practice: bool
    matched: str = ""


def drafted(question: BillQuestion, bill: Bill, cautions: Sequence[str], server: ServerAnswer | None, head: Letterhead) -> QuoteSheet:
    """What is known without the store. ``cautions``: what stands beside the sum on the screen."""
    today = now_jst().date()
    detail = question.detail
    differs = server is not None and not server.agrees
    return QuoteSheet(
        number="",
        issued_on=today,
        valid_until=today + timedelta(days=VALID_DAYS),
        customer_name=head.customer,
        honorific=words.honorific(head.customer),
        retailer_name=head.retailer_name,
        retailer_lines=head.retailer_lines,
        supply_point=head.supply_point,
        company_name=question.company.name,
        plan_name=detail.name,
        contract=contract_of(question),
        bill=bill,
        usage_first=question.usage.days[0].day,
        usage_last=question.usage.days[-1].day,
        usage_source=question.usage.source,
        usage_estimated=question.usage.estimated,
        estimated_months=question.estimated_months,
        plan_type=detail.plan_type,
        levy_unit=detail.levy_yen_per_kwh,
        tariff_source=detail.source,
        warnings=(*cautions, *(sentence for _, sentence in warning_lines(bill))),
        usage_notes=usage_notes(question.usage),
        matched=head.matched,
        server_difference_yen=None if server is None else server.difference_yen if differs else Decimal(0),
        server_difference_reason=reasons_words(server.reasons) if server is not None and differs else "",
        assumed=assumed_words(bill.assumed) if differs and bill.assumed else "",
        engine_version=engine_version(),
        practice=head.practice,
        usage=question.usage,
        detail=detail,
    )


def completed(desk: "Desk", sheet: QuoteSheet, question: BillQuestion, present: BillQuestion | None) -> QuoteSheet:
    """With the present plan beside it, and with what the store knows of the prices; for a work lane."""
    from denkidesk.desk.quote_facts import dearest_hour, fuel_seen

    beside, unsaid = (None, "") if present is None else _present_on(desk, present, question, sheet.bill)
    if unsaid:
        sheet = replace(sheet, warnings=(*sheet.warnings, unsaid))
    sides = [(texts.PROPOSAL, question)]
    if beside is not None and present is not None:
        sides.insert(0, (texts.PRESENT, present))
    is_of_plans = question.fuel.rule is FuelRule.LATEST
    priced = {name: question.fuel.price_of(one.detail.epplan_id) for name, one in sides}
    fuels = [(name, fuel_seen(desk, one.detail)) for name, one in sides if priced[name] is None] if is_of_plans else []
    typed = f"{fuel_words(question.fuel)}。" if question.fuel.rule is FuelRule.TYPED else ""
    highest = dearest_hour(desk, question.company) if question.detail.plan_type is PlanType.MARKET_LINKED else None
    market = ""
    if highest is not None:
        month, hour, first, last = highest
        market = words.dearest_hour(month.year_month, hour, month.prices_yen[hour], first, last)
    among = _compared(desk, present) if beside is not None and present is not None else ""
    sheet = replace(sheet, present=beside, market_note=market, compared=among)
    of_plans = words.typed_fuel_note((name, price) for name, price in priced.items() if price is not None)
    return replace(sheet, fuel_note=typed or words.fuel_note(fuels, sheet.issued_on) + of_plans)


def _compared(desk: "Desk", present: BillQuestion) -> str:
    """Among how many plans of the stored catalogue the customer's was compared; nothing where it alone is stored."""
    ranking = desk.ranking.rank(present)
    companies = {ranking.catalogue.plans[place][0].epcorp_cd for place in ranking.compared}
    area = area_of_quoting_code(present.company.area_code)
    if len(ranking.compared) < 2 or area is None:
        return ""
    apart = {Apart.FUEL: len(ranking.fuel_unknown), Apart.PRICES: len(ranking.miscounted)}
    return texts.compared_words(AREA_NAMES_JA[area], len(companies), len(ranking.compared), apart)


def issued(sheet: QuoteSheet) -> QuoteSheet:
    """The sheet with its sentences as they are said now, which is how the quote keeps them."""
    return replace(sheet, conditions=tuple(assumptions(sheet)))


def kept(desk: "Desk", sheet: QuoteSheet, usage: Usage, match: MatchedBill | None, plans: Sequence[QuotedPlan]) -> str:
    """Stores an issued sheet with all that it was computed from, the proposal first, and returns its number."""
    detail, options = plans[0].detail, plans[0].options
    return desk.quoting.save_quote(detail.name, detail, usage, options, sheet.bill, match, sheet, tuple(plans))


def together(pages: Sequence[QuoteSheet]) -> QuoteSheet:
    """Several supply points as one quote: page one of all, and a page for each."""
    return replace(pages[0], points=tuple(pages), point_name="", supply_point="", present=None)


def kept_points(desk: "Desk", sheet: QuoteSheet, points: Sequence[QuotedPoint]) -> str:
    """The same of several supply points."""
    first = points[0]
    detail, options = first.plans[0].detail, first.plans[0].options
    return desk.quoting.save_quote(detail.name, detail, first.usage, options, sheet.bill, first.match, sheet, points=tuple(points))


def save_table(desk: "Desk", number: str, path: Path) -> None:
    """Writes a stored quote as a workbook; for a work lane."""
    from denkidesk.desk.quote_workbook import write_workbook

    quote = desk.quoting.quote(number)
    if quote is not None:
        write_workbook(path, quote)


def contract_of(question: BillQuestion) -> str:
    """The base option and capacity in words."""
    name, capacity = question.base.name, question.capacity
    return name if capacity is None else f"{name} {capacity:f} {question.detail.capacity_unit}".strip()


def _present_on(desk: "Desk", present: BillQuestion, question: BillQuestion, bill: Bill) -> tuple[PresentPlan | None, str]:
    """The present plan with why the proposal is another sum. None where it has no bill of its own, or where a fuel price is unknown: then
    a paper that names a saving would count that price as 0, and the sentence says why it names none.
    """
    from denkidesk.desk.fuel_rules import under_rule
    from denkidesk.desk.why import explain_questions

    try:
        found = explain_questions(desk, present, question)
    except InputRefused:
        return None, ""
    why, outlook = found.why, found.outlook
    if why is None:
        return None, not_compared(f"{present.company.name} {present.detail.name}", found.unknown, found.miscounted)
    sentences = (headline(why, is_year=bill.is_year), range_sentence(why, outlook, is_year=bill.is_year))
    billed = under_rule(desk, replace(present, usage=question.usage, fuel=question.fuel))
    its = desk.quoting.bill(billed.detail, billed.usage, billed.options(Rounding.BILL))
    said = tuple(filter(None, sentences))
    return PresentPlan(present.company.name, present.detail.name, contract_of(present), why, said, its, outlook), ""
