"""The supply points of one customer, put together one after the other: there while the window is open, until they are taken out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPicture
from PySide6.QtWidgets import QWidget

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import QuotedPoint
from denkidesk.texts.bill import beside_the_sum
from denkidesk.ui.context import UiContext
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.printing import record
from denkidesk.ui.tariffs.quote_draft import Letterhead, completed, drafted, issued, kept_points, save_table, together
from denkidesk.ui.tariffs.usage_facts import cautions_of

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.points import PointsRanking, RetailerSum
    from denkidesk.ui.tariffs.quote_output import QuoteOutput


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


class PointsBook(QObject):
    """What the dialog shows and changes."""

    def __init__(self, context: UiContext, output: "QuoteOutput", window: QWidget) -> None:
        super().__init__(window)
        self.context, self.output, self._window = context, output, window
        self.points: tuple[Point, ...] = ()

    @property
    def customer(self) -> str:
        """Whose points they are, as far as a name was typed."""
        return next((one.sheet.customer_name for one in self.points if one.sheet.customer_name), "")

    def open(self) -> None:
        """Shows them."""
        from denkidesk.ui.tariffs.points_dialog import PointsDialog

        PointsDialog(self, self._window).open()


def complete(desk: "Desk", point: Point) -> Point:
    """With the present plan on its page, and what the store knows; for a work lane."""
    return replace(point, sheet=issued(completed(desk, point.sheet, point.question, point.beside)))


def take_retailer(desk: "Desk", points: Sequence[Point], ranking: "PointsRanking", retailer: "RetailerSum") -> tuple[Point, ...]:
    """The retailer's cheapest plan as each point's proposal; for a work lane."""
    from denkidesk.desk.comparison import compute
    from denkidesk.desk.points import question_at

    found = []
    for point, of_point, plan in zip(points, ranking.rankings, retailer.plans, strict=True):
        question = replace(question_at(of_point, plan), estimated_months=point.question.estimated_months)
        bills = compute(desk, question)
        question = bills.question
        cautions = (*cautions_of(question.usage, question.as_of), *beside_the_sum(bills.shown, bills.period, bills.dearest, bills.cheapest))
        old = point.sheet
        head = Letterhead(old.retailer_name, old.retailer_lines, old.customer_name, old.supply_point, old.practice, old.matched)
        sheet = replace(
            drafted(question, bills.shown, cautions, None, head), point_name=point.name, honorific=old.honorific, subsidies=old.subsidies
        )
        found.append(complete(desk, replace(point, question=question, sheet=sheet)))
    return tuple(found)


def sheet_of(points: Sequence[Point], customer: str) -> QuoteSheet:
    """The whole quote: page one of all, and a page for each."""
    pages = tuple(replace(point.sheet, customer_name=customer, honorific=_honorific(customer)) for point in points)
    return together(pages)


def _honorific(customer: str) -> str:
    from denkidesk.texts.quote_facts import honorific

    return honorific(customer)


def store_and_make(desk: "Desk", points: Sequence[Point], sheet: QuoteSheet, path: Path | None, *, is_issued: bool) -> list[QPicture]:
    """In the books before it is on paper; a preview has no number yet. For a work lane."""
    if is_issued:
        from denkidesk.desk.fuel_rules import under_rule

        kept = tuple(
            QuotedPoint(
                one.question.usage,
                one.match,
                tuple(under_rule(desk, side).quoted() for side in (one.question, one.beside) if side is not None),
            )
            for one in points
        )
        sheet = replace(sheet, number=kept_points(desk, sheet, kept))
    if path is None:
        return record(sheet)
    if path.suffix.lower() == ".xlsx":
        save_table(desk, sheet.number, path)
    else:
        write_pdf(path, sheet)
    return []
