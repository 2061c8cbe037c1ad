"""A quote of several supply points: what they come to in all, and what each was computed from."""

from dataclasses import dataclass

from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuotedPlan, QuoteSheet
from denkidesk.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class QuotedPoint:
    """One point with all that its page was computed from: the proposal, and the present plan if it is another one."""

    usage: Usage
    match: MatchedBill | None
    plans: tuple[QuotedPlan, ...]


def yen_of(sheet: QuoteSheet) -> tuple[int, int]:
    """The present plan's sum and the proposal's; a contract that no proposal is made for stays as it is."""
    proposed = int(sheet.bill.year.charge)  # as bills are rounded: nothing else is added up
    return (proposed if sheet.present is None else sheet.present.why.present_yen), proposed


def in_all(sheet: QuoteSheet) -> tuple[int, int]:
    """The same over all points."""
    before, after = zip(*(yen_of(one) for one in sheet.points or (sheet,)), strict=True)
    return sum(before), sum(after)


def is_year(sheet: QuoteSheet) -> bool:
    """Whether every sum is of twelve whole months."""
    return all(one.bill.is_year for one in sheet.points or (sheet,))
