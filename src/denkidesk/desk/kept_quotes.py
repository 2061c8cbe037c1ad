"""A stored quote read back as it was, whichever version of the program kept it: nothing of it is computed anew."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuotedPlan, QuoteSheet
from denkidesk.domain.quoted_points import QuotedPoint
from denkidesk.domain.usage import Usage
from denkidesk.store.plain_json import from_json
from denkidesk.store.quotes import StoredQuote

VALID_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Quote:
    """A stored quote: what it was computed from, by which engine, and the figures as they were."""

    quote_id: str
    created_at: datetime
    title: str
    engine_version: str
    detail: PlanDetail
    usage: Usage
    options: BillOptions
    bill: Bill
    match: MatchedBill | None
    sheet: QuoteSheet  # of a quote that was kept without its paper: as much of it as can be known
    plans: tuple[QuotedPlan, ...] = ()  # the proposal, and the present plan if there is one; () where they were not kept
    points: tuple[QuotedPoint, ...] = ()  # of a quote of several supply points, all of them; then ``plans`` is empty

    @property
    def of_points(self) -> tuple["Quote", ...]:
        """Each supply point of several as a quote of its own."""
        return tuple(
            replace(
                self,
                detail=point.plans[0].detail,
                usage=point.usage,
                options=point.plans[0].options,
                bill=page.bill,
                match=point.match,
                sheet=replace(page, number=self.quote_id),
                plans=point.plans,
                points=(),
            )
            for point, page in zip(self.points, self.sheet.points, strict=True)
        )


def read_quote(stored: StoredQuote) -> Quote:
    """With its paper, or as much of one as can be known."""
    usage, options, match, plans, points = _inputs(stored.inputs)
    bill, sheet = result_of(stored.result)
    detail = from_json(stored.plan, PlanDetail)
    bill = bill if any(month.days_of for month in bill.months) else _with_days(bill, usage)
    if sheet is None:
        sheet = _sheet_of(stored, detail, usage, bill, match)
    sheet = replace(sheet, number=stored.quote_id, usage=usage, detail=detail)
    kept = (stored.quote_id, stored.created_at, stored.title, stored.engine_version)
    return Quote(*kept, detail, usage, options, bill, match, sheet, plans, points)


def _inputs(text: str) -> tuple[Usage, BillOptions, MatchedBill | None, tuple[QuotedPlan, ...], tuple[QuotedPoint, ...]]:
    with suppress(ValueError):
        return (*from_json(text, tuple[Usage, BillOptions, MatchedBill | None, tuple[QuotedPlan, ...]]), ())
    with suppress(ValueError):  # of several supply points
        return from_json(text, tuple[Usage, BillOptions, MatchedBill | None, tuple[QuotedPlan, ...], tuple[QuotedPoint, ...]])
    with suppress(ValueError):  # kept before its plans were
        return (*from_json(text, tuple[Usage, BillOptions, MatchedBill | None]), (), ())
    return (*from_json(text, tuple[Usage, BillOptions]), None, (), ())  # kept before paper bills were matched


def result_of(text: str) -> tuple[Bill, QuoteSheet | None]:
    """The bill, and the paper if it was kept."""
    try:
        return from_json(text, tuple[Bill, QuoteSheet | None])
    except ValueError:  # kept before its paper was
        return from_json(text, Bill), None


def _sheet_of(stored: StoredQuote, detail: PlanDetail, usage: Usage, bill: Bill, match: MatchedBill | None) -> QuoteSheet:
    """The paper of a quote that was kept before its paper was: names and comparisons that nobody kept are empty."""
    issued_on = stored.created_at.date()
    return QuoteSheet(
        number=stored.quote_id,
        issued_on=issued_on,
        valid_until=issued_on + timedelta(days=VALID_DAYS),
        customer_name="" if match is None else match.customer,
        retailer_name="",
        company_name="",
        plan_name=detail.name,
        contract=detail.base_name,
        bill=bill,
        usage_first=usage.days[0].day,
        usage_last=usage.days[-1].day,
        usage_source=usage.source,
        usage_estimated=usage.estimated,
        plan_type=detail.plan_type,
        levy_unit=detail.levy_yen_per_kwh,
        tariff_source=detail.source,
        server_difference_yen=None,
        server_difference_reason="",
        engine_version=stored.engine_version,
        practice=False,
    )


def _with_days(bill: Bill, usage: Usage) -> Bill:
    """A bill that was kept before its days were counted: its yen as they were, and no year made of months that are not whole."""
    from denkidesk.billing.sums import UsageSums

    counts = UsageSums(usage).day_counts
    return replace(bill, months=tuple(replace(m, days=days, days_of=of) for m, (days, of) in zip(bill.months, counts, strict=True)))
