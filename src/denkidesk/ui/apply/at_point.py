"""What is open or recent at the supply point of a form: told under the number as soon as it is whole, and read beside the form."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from denkidesk.desk.assembly import review_rows
from denkidesk.domain.applications import ApplicationKind, SimilarApplication
from denkidesk.domain.clock import Now
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.compact_row import LABEL_WIDTH
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.details import DetailReader
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.pairs import Pairs
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.installed_set import FormTables
    from denkidesk.ui.apply.form_page import FormPage


class AtPointPanel(QWidget):
    """Asks for nothing and takes no focus: what may be a double is answered for where the application is sent."""

    open_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: tuple[SimilarApplication, ...] = ()
        self.doubles = NoticeBox(icons, "warn", "", self)
        self.others = NoticeBox(icons, "info", texts.AT_POINT_TITLE, self)
        self.button = QPushButton(texts.OPEN_BESIDE, self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works from every field, and Tab goes from field to field
        self.button.clicked.connect(self.open_requested)
        boxes = VBox(spacing=SPACE_S).add(self.doubles, self.others)
        HBox(self, margins=(LABEL_WIDTH, 0, 0, 0), spacing=SPACE_S).add((boxes, 1), (self.button, 0, Qt.AlignmentFlag.AlignTop))
        self.setVisible(False)

    def show_found(self, kind: ApplicationKind, found: Sequence[SimilarApplication], today: date) -> None:
        """Shows what may be a double of an application of this kind, and apart from it the rest; nothing hides the panel."""
        self.found = tuple(found)
        self.doubles.show_lines(texts.similar_lines([one for one in found if one.may_be_double], today), texts.at_point_open(kind))
        self.others.show_lines(texts.similar_lines([one for one in found if not one.may_be_double], today))
        self.setVisible(bool(found))


class BesidePane(QFrame):
    """One of them in full, beside the form; the cursor stays where it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(texts.BESIDE_NAME)
        self._place = PlainLabel("", self, tone="muted", scale=0.9)
        page = FittedPage(self)
        body = QWidget(page)
        self.pairs = Pairs(body, stacked=True)
        VBox(body, margins=(SPACE_S, SPACE_S, 0, SPACE_L)).add(self.pairs, Stretch())
        page.set_body(body)
        title = PlainLabel(texts.BESIDE_NAME, self, scale=1.2, bold=True)
        head = VBox(margins=(SPACE_S, SPACE_M, SPACE_S, 0)).add(title, self._place)
        VBox(self, margins=0, spacing=SPACE_S).add(head, (page, 1))

    def show_one(self, pairs: Sequence[tuple[str, str]], number: int, count: int) -> None:
        """Shows the pairs of the application that is the ``number``-th of ``count``."""
        self.pairs.show_pairs(pairs)
        is_last = number == count
        self._place.setText((texts.BESIDE_LAST if is_last else texts.BESIDE_PLACE).format(number=number, count=count))


class PointWatch(QObject):
    """Looks at the point of the form that is open, on the store lane alone, while the clerk types on."""

    def __init__(self, context: UiContext, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._now = now
        self._form: tuple[FormPage, FormTables] | None = None
        self._found = LatestJob(context.jobs, self, self._on_found, context.notices.failure)
        self._beside = LatestJob(context.jobs, self, self._on_beside, context.notices.failure)

    def watch(self, form: "FormPage", tables: "FormTables") -> None:
        """Another form is open, which is still empty."""
        self._form = form, tables

    def look_at(self, form: "FormPage") -> None:
        """Connects a form, once."""
        form.point_changed.connect(self.look)
        form.beside_requested.connect(self._on_beside_requested)

    def look(self) -> None:
        """Another number stands in the form, or something may have been filed meanwhile."""
        if self._form is None or self._form[0].is_locked:
            return  # what is on its way is no double of itself
        if point := self._form[0].point:
            self._found.run(LaneName.STORE, self._context.desk.outbox.at_point, self._form[0].kind, point)
        else:
            self._found.cancel()

    def step_beside(self) -> None:
        if self._form is not None and self._form[0].isVisible():
            self._form[0].step_beside()

    def stop(self) -> None:
        """The form goes."""
        self._form = None
        self._found.cancel()
        self._beside.cancel()

    def _on_found(self, found: tuple[SimilarApplication, ...]) -> None:
        if self._form is not None:
            self._form[0].show_at_point(found, self._now().date())

    def _on_beside_requested(self, one: SimilarApplication) -> None:
        if self._form is not None:
            self._beside.run(LaneName.STORE, beside_pairs, self._context.desk, one, self._form[1], self._now().date())

    def _on_beside(self, pairs: tuple[tuple[str, str], ...]) -> None:
        if self._form is not None:
            self._form[0].show_beside(pairs)


def beside_pairs(desk: "Desk", one: SimilarApplication, tables: "FormTables", today: date) -> tuple[tuple[str, str], ...]:
    """Everything that the store knows of it: how far it is, the newest message first, what was filed. For the store lane."""
    pairs = [(texts.BESIDE_STANDS, texts.similar_row(one, today))]
    detail = DetailReader(desk).detail(one.receipt_number) if one.receipt_number else None
    item = desk.outbox.item(one.item_id) if one.item_id else None
    if detail is not None:
        pairs += [(f"{texts.MESSAGE}　{message.when}".strip(), message.text) for message in detail.messages]
    if item is not None:
        pairs += review_rows(item.application, tables)
    if detail is not None:
        pairs += [*(() if item else detail.items), *detail.extra, *((line.when, line.text) for line in detail.history)]
    return tuple(pairs)
