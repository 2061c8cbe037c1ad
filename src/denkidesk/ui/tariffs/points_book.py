"""The supply points of one customer, put together one after the other: kept from start to start, until they are taken out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPicture
from PySide6.QtWidgets import QWidget

from denkidesk.desk.kept_quotes import VALID_DAYS
from denkidesk.desk.points_draft import Point, customer_of, keep_draft, kept_draft
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import QuotedPoint
from denkidesk.jobs.job import LaneName
from denkidesk.texts.bill import beside_the_sum
from denkidesk.texts.dates import paper_moment
from denkidesk.ui.context import UiContext
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.printing import record
from denkidesk.ui.tariffs.quote_draft import Letterhead, completed, drafted, issued, kept_points, save_table, together
from denkidesk.ui.tariffs.usage_facts import cautions_of

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.points import PointsRanking, RetailerSum
    from denkidesk.ui.tariffs.quote_output import QuoteOutput


class PointsBook(QObject):
    """What the dialog shows and changes. ``not_kept``: why the draft could not be written."""

    not_kept = Signal(object)

    def __init__(self, context: UiContext, output: "QuoteOutput", window: QWidget) -> None:
        super().__init__(window)
        self.context, self.output, self._window = context, output, window
        self._points: tuple[Point, ...] = ()
        self.is_read = False

    @property
    def points(self) -> tuple[Point, ...]:
        """In the order in which they were added."""
        return self._points

    @points.setter
    def points(self, points: tuple[Point, ...]) -> None:
        self._points = points
        self.context.jobs.run(LaneName.STORE, keep_draft, self.context.desk, points).then(lambda _: None, self.not_kept.emit)

    @property
    def customer(self) -> str:
        """Whose points they are, as far as a name was typed."""
        return customer_of(self._points)

    def take_over(self, points: tuple[Point, ...]) -> None:
        """What was kept, once: what is put together now counts before it."""
        self.is_read = True
        self._points = self._points or points

    def open(self) -> None:
        """Shows them."""
        from denkidesk.ui.tariffs.points_dialog import PointsDialog

        PointsDialog(self, self._window).open()


def read_draft(desk: "Desk") -> tuple[tuple[Point, ...], str]:
    """The points of the last start as a quote of today, and when they were put together, in words; for a work lane."""
    points, saved_at = kept_draft(desk)
    today = now_jst().date()
    made = []
    for point in points:
        sheet = point.sheet
        if sheet.issued_on != today:  # how old its prices are is said anew; the figures stay
            fresh = replace(sheet, issued_on=today, valid_until=today + timedelta(days=VALID_DAYS), conditions=())
            point = complete(desk, replace(point, sheet=fresh))
        made.append(point)
    return tuple(made), "" if saved_at is None else paper_moment(saved_at)


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
    """In the books before it is on paper; a preview has no number yet. For a work lane.

    Raises InputRefused for a point of which no difference is known: on paper it would be one that nothing is proposed for.
    """
    if unsaid := [one.name for one in points if not one.is_whole]:
        raise InputRefused.of("fuel", PaperCode.NO_DIFFERENCE, name=unsaid[0])
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
