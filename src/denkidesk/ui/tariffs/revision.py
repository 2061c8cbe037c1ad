"""改訂: what a stored quote comes to with the prices that are stored now, and the quote that replaces it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import QuotedPoint
from denkidesk.texts import quotes as texts
from denkidesk.texts.bill import beside_the_sum
from denkidesk.texts.quote_facts import changes_rest
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S
from denkidesk.ui.quote.sheet import change_rows
from denkidesk.ui.tariffs.paper_table import TextTable
from denkidesk.ui.tariffs.quote_draft import Letterhead, completed, drafted, issued, kept, kept_points, together
from denkidesk.ui.tariffs.usage_facts import cautions_of

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.revision import Revised


def prepare(desk: "Desk", number: str, head: Letterhead) -> "tuple[Revised, QuoteSheet] | None":
    """What the quote would be now, and its paper without a number; None where nobody knows its plans. For a work lane."""
    from denkidesk.desk.revision import revised

    quote = desk.quoting.quote(number)
    found = None if quote is None else revised(desk, quote, now_jst().date())
    if found is None:
        return None
    sheet = together([issued(_page(desk, one, head)) for one in found.points]) if found.points else _page(desk, found, head)
    return found, issued(replace(sheet, revision=found.revision))


def _page(desk: "Desk", found: "Revised", head: Letterhead) -> QuoteSheet:
    from denkidesk.desk.comparison import compute

    question, *others = found.questions
    bills = compute(desk, question)
    cautions = (*cautions_of(question.usage, question.as_of), *beside_the_sum(bills.shown, bills.period, bills.dearest, bills.cheapest))
    old = found.quote.sheet
    head = replace(head, customer=old.customer_name, supply_point=old.supply_point, matched=old.matched)
    sheet = completed(desk, drafted(question, bills.shown, cautions, None, head), question, others[0] if others else None)
    sheet = replace(
        sheet, honorific=old.honorific, trial_note=old.trial_note, practice=old.practice or head.practice, subsidies=old.subsidies
    )
    return replace(sheet, point_name=old.point_name)


def issue(desk: "Desk", found: "Revised", sheet: QuoteSheet) -> str:
    """Stores the quote that replaces the other, which stays as it is, and returns its number."""
    if found.points:
        points = [
            QuotedPoint(one.quote.usage, one.quote.match, tuple(question.quoted() for question in one.questions)) for one in found.points
        ]
        return kept_points(desk, sheet, points)
    plans = [question.quoted() for question in found.questions]
    return kept(desk, sheet, found.quote.usage, found.quote.match, plans)


class RevisionDialog(QDialog):
    """Shows what would change, and asks whether to issue it; Escape does not."""

    def __init__(self, found: "Revised", sheet: QuoteSheet, on_yes: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.REVISION_TITLE.format(number=found.quote.quote_id))
        head, rows, sums = change_rows(sheet, found.revision)
        body = QWidget(self)
        self.table = TextTable(texts.REVISION_TABLE, head, (0,), 0, body)
        self.table.show_rows([*rows, *sums], [*(False for _ in rows), *(True for _ in sums)])
        VBox(body, margins=0, spacing=SPACE_S).add(
            self.table, PlainLabel(changes_rest(found.revision), body, tone="muted", wrap=True, scale=0.9), Stretch()
        )
        page = FittedPage(self)
        page.set_body(body)
        yes = QPushButton(texts.REVISION_YES, self)
        yes.setProperty("kind", "primary")
        yes.setDefault(True)
        yes.clicked.connect(self.accept)
        no = QPushButton(texts.REVISION_NO, self)
        no.setAutoDefault(False)
        no.clicked.connect(self.reject)
        self.accepted.connect(on_yes)
        VBox(self, margins=SPACE_L, spacing=SPACE_S).add(
            (page, 1), HBox(spacing=SPACE_S).add((PlainLabel(texts.REVISION_STAYS, self, tone="muted", wrap=True, scale=0.9), 1), no, yes)
        )
        resize_within_screen(self, 760, 460)
