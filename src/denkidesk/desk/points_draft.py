"""The supply points of a quote that is being put together: one draft, kept from one start of the program to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.usage import Usage
from denkidesk.store.plain_json import from_json, to_json

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_DRAFT: Final = "points"
_AS_PROPOSED: Final = Usage(())  # kept once, with the proposal


@dataclass(frozen=True, slots=True)
class Point:
    """``present``: the plan that the customer has there; ``question``: the proposal's, which may be the same plan's."""

    name: str
    present: BillQuestion
    question: BillQuestion
    match: MatchedBill | None
    sheet: QuoteSheet

    @property
    def beside(self) -> BillQuestion | None:
        """The present plan where the proposal is another one."""
        return None if self.present.detail.key == self.question.detail.key else self.present

    @property
    def is_whole(self) -> bool:
        """Whether the page says what the proposal differs by, if it is another plan."""
        return self.beside is None or self.sheet.present is not None


def customer_of(points: Sequence[Point]) -> str:
    """Whose points they are, as far as a name was typed."""
    return next((one.sheet.customer_name for one in points if one.sheet.customer_name), "")


def keep_draft(desk: "Desk", points: Sequence[Point]) -> None:
    """Replaces the draft; without a point there is none."""
    if not points:
        desk.store.quote_drafts.discard(_DRAFT)
        return
    kept = tuple(
        replace(one, sheet=one.sheet.alone, present=replace(one.present, usage=_AS_PROPOSED))
        if one.present.usage == one.question.usage
        else replace(one, sheet=one.sheet.alone)
        for one in points
    )
    desk.store.quote_drafts.save(_DRAFT, customer_of(points), to_json(kept))


def kept_draft(desk: "Desk") -> tuple[tuple[Point, ...], datetime | None]:
    """The draft as it was, and when it was saved; none where another version wrote one that cannot be read."""
    found = desk.store.quote_drafts.get(_DRAFT)
    if found is None:
        return (), None
    text, saved_at = found
    try:
        points = from_json(text, tuple[Point, ...])
    except ValueError:
        return (), None
    return tuple(_whole(one) for one in points), saved_at


def _whole(point: Point) -> Point:
    question, present = point.question, point.present
    if present.usage == _AS_PROPOSED:
        present = replace(present, usage=question.usage)
    return replace(point, present=present, sheet=replace(point.sheet, usage=question.usage, detail=question.detail))
