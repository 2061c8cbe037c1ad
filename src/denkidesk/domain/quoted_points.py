"""A quote of several supply points: what they come to in all, and what each was computed from."""

from collections.abc import Sequence
from dataclasses import dataclass

from denkidesk.domain.bills import MONTHS_OF_YEAR
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


def sums_of(sheet: QuoteSheet) -> tuple[int | None, int]:
    """The present plan's sum, None where none stands beside the proposal at any point, and the proposal's."""
    if sheet.points:
        before, after = in_all(sheet)
        return (before if any(one.present is not None for one in sheet.points) else None), after
    return (None if sheet.present is None else sheet.present.why.present_yen), sheet.proposed_yen


def same_months(points: Sequence[QuoteSheet]) -> tuple[str, ...]:
    """The twelve whole months that all points have; none where they are not of the same ones."""
    months = [tuple(month.month for month in one.bill.billed_months if not month.is_partial) for one in points]
    return months[0] if len(months[0]) == MONTHS_OF_YEAR and all(one == months[0] for one in months) else ()


def is_year(sheet: QuoteSheet) -> bool:
    """Whether every sum is of twelve whole months."""
    return all(one.bill.is_year for one in sheet.points or (sheet,))
