"""What a stored quote gives to another one: its plans, whoever kept it without them, and all that a new quote begins with."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.kept_quotes import Quote
from denkidesk.desk.quote_facts import newest_detail
from denkidesk.domain.plans import BaseOption, Company, PlanDetail
from denkidesk.domain.quote_sheet import QuotedPlan
from denkidesk.domain.supply_point import MASKED
from denkidesk.domain.usage import Usage

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_MASKED: Final = re.compile(MASKED)


@dataclass(frozen=True, slots=True)
class QuoteStart:
    """``supply_point``: as it was printed, "" where it was not. ``present``: None where the quote had none, or did not keep it.
    ``proposal``: None where nobody knows whose plan it is; both with the newest stored prices.
    """

    number: str
    customer: str
    supply_point: str
    usage: Usage
    estimated_months: frozenset[int]
    proposal: BillQuestion | None
    present: BillQuestion | None


def quote_start(desk: "Desk", number: str) -> QuoteStart | None:
    """None where there is no such quote. Needs no network."""
    quote = desk.quoting.quote(number)
    if quote is None:
        return None
    sheet, plans = quote.sheet, recalled_plans(desk, quote)
    questions = [
        BillQuestion.of(replace(plan, detail=newest_detail(desk, plan.detail)), quote.usage, sheet.estimated_months) for plan in plans
    ]
    found = _MASKED.search(sheet.supply_point)
    return QuoteStart(
        number,
        sheet.customer_name,
        found.group() if found else "",
        quote.usage,
        sheet.estimated_months,
        questions[0] if questions else None,
        questions[1] if questions[1:] else None,
    )


def recalled_plans(desk: "Desk", quote: Quote) -> tuple[QuotedPlan, ...]:
    """As they were kept. Of a quote that an earlier version kept without them, its one plan: its prices stand in the quote, and the
    retailer in the stored catalogue; () where that does not know it for certain, and of a quote of several supply points.
    """
    if quote.plans or quote.points or quote.sheet.present is not None:
        return quote.plans
    detail, options = quote.detail, quote.options
    company = _company_of(desk, detail, quote.sheet.company_name)
    if company is None:
        return ()
    # what the bill was computed with counts, whatever the retailer takes today
    return (QuotedPlan(replace(company, commission=options.commission), _base_of(desk, detail), detail, options),)


def _company_of(desk: "Desk", detail: PlanDetail, name: str) -> Company | None:
    lists = desk.store.catalogue.all_newest("companies", tuple[Company, ...])
    known = {one for version in lists.values() for one in version.value if one.epcorp_cd == detail.epcorp_cd}
    found = {one for one in known if one.name == name} or known
    if not found or len({one.area_code for one in found}) > 1:
        return None
    return max(found, key=lambda one: one.name)


def _base_of(desk: "Desk", detail: PlanDetail) -> BaseOption:
    for plan in desk.quoting.kept_plans(detail.epcorp_cd):
        for base in plan.bases:
            if (plan.epplan_id, base.base_cd) == (detail.epplan_id, detail.base_cd):
                return base
    limits = (detail.ampere, detail.capacity_from, detail.capacity_to)
    return BaseOption(detail.base_cd, detail.base_name, detail.base_type or 0, *limits)
