"""The parts of a form's page: built one after the other, laid out, and given their share of the page as it grows and shrinks."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QPushButton, QWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind
from denkidesk.forms.model import Field, Form
from denkidesk.forms.point_change import NUMBER
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.answer_line import AnswerLine
from denkidesk.ui.apply.at_point import AtPointPanel
from denkidesk.ui.apply.customer_line import CustomerLine
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.apply.fields import Fields
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.apply.point_change import PointQuestion
from denkidesk.ui.apply.review_pane import ReviewPane
from denkidesk.ui.apply.towns import Towns
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import CutLabel, PlainLabel
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

POSTCODE: Final = "postcode"
ADDRESS: Final = "supply_point_address"
_PANE: Final = 384
_PANE_NARROW: Final = 270  # what is read beside the form on a small screen
_WIDE: Final = 1100
_SIDE_BY_SIDE: Final = 600
_ANY_WIDTH: Final = 16_777_215  # Qt's own greatest
_ICON: Final = 24
_BESIDE: Final = {"contact_phone": ("customer_name", 1), "visit_on": ("selection_code", 1), ADDRESS: (POSTCODE, 0)}
"""Fields that share a line with the one before them, and the share of that one; 0: it is as wide as it has to be."""


class FormParts(Refitted, QWidget):
    """The form at the left, its review at the right, without anything that happens on them: that is for the page which is made of them."""

    def __init__(self, context: UiContext, kind: ApplicationKind, tables: FormTables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons = context.icons
        self.kind = kind
        self.form: Form = tables.form(kind)
        self._tables = tables
        self._is_reviewing = False  # the review has the page, where there is no room for both
        self._pairs: list[QBoxLayout] = []
        self._side = QFrame(self)
        self._side.setProperty("kind", "side")
        self._page = FittedPage(self._side)
        self._body = body = QWidget(self._page)
        self.fields = Fields(self)
        self.answers: AnswerLine | None = None
        self.towns: Towns | None = None
        self._lines = VBox(body, margins=(SPACE_XL, SPACE_S, SPACE_XL, SPACE_M), spacing=SPACE_S)
        self.at_point = AtPointPanel(icons, body)
        self._question = PointQuestion(icons, body)
        fields = [(field, not at) for step in self.form.steps for at, field in enumerate(step.fields)]
        self._unbuilt: list[Callable[[], None]] = [  # in the order in which Tab goes through them
            partial(self._add_customer, context),
            *(partial(self._add_field, context, field, is_first=is_first) for field, is_first in fields),
            partial(self._add_review, icons),
            partial(self._finish, icons),
        ]

    def build_next(self) -> bool:
        """Builds one more part, none of which takes long; whether there are more to come."""
        if self._unbuilt:
            self._unbuilt.pop(0)()
        return bool(self._unbuilt)

    def complete(self) -> None:
        """Builds what is not built yet; nothing else is done with the page before."""
        while self.build_next():
            pass

    @property
    def confirm(self) -> QCheckBox:
        """What the clerk ticks where there may be a double."""
        return self.review.foot.tick

    @property
    def _is_wide(self) -> bool:
        return self.width() >= _WIDE

    def _fit(self) -> None:
        """What is not seen has no room to share: to show and hide parts of a hidden page from here has cost PySide 6.11 a reference."""
        if self.isVisible():
            self._share_room()

    def showEvent(self, event: QShowEvent) -> None:
        """It may have another size than when it was last seen, and another form."""
        super().showEvent(event)
        self.refit()

    def _add_customer(self, context: UiContext) -> None:
        self.customer = CustomerLine(context, self._side)

    def _add_review(self, icons: Icons) -> None:
        self.review = ReviewPane(icons, self.kind, self)

    def _finish(self, icons: Icons) -> None:
        self._lines.add(Stretch())
        self._page.set_body(self._body)
        self._lay_out(icons)

    def _add_field(self, context: UiContext, field: Field, *, is_first: bool) -> None:
        """One field, and what belongs to it below it. ``is_first``: of its section."""
        if is_first and self.fields.all:
            self._lines.add(_rule(self._body))
        self._add_editor(context.icons, field, self._body)
        if field.name == NUMBER:
            self._lines.add(self.at_point, self._question)
        elif field.name == ADDRESS:
            self._add_towns(context, self._body)
        elif field.derived:
            self.answers = AnswerLine(context.icons, self._body)
            self._lines.add(self.answers)

    def _add_editor(self, icons: Icons, field: Field, body: QWidget) -> None:
        choices = self._tables.choices(self.kind).get(field.table, ()) if field.table else ()
        widget = FormField(icons, field, choices, body, compact=True)
        before = self.fields.all[-1] if self.fields.all else None
        beside, share = _BESIDE.get(field.name, ("", 0))
        if before is not None and beside == before.field.name:
            self._lines.removeWidget(before)
            pair = HBox(spacing=SPACE_L).add((before, share), (widget, 1))
            self._pairs.append(pair)
            self._lines.add(pair)
        else:
            self._lines.add(widget)
        self.fields.add(widget)

    def _lay_out(self, icons: Icons) -> None:
        self.draft_label = CutLabel("", self._side, tone="muted", scale=0.9)  # gives way to the title and the buttons
        self.discard_button = _quiet(icons, "trash", texts.DISCARD, self._side)
        self.start_button = _quiet(icons, "arrow-left", texts.TO_START, self._side)
        self.templates_button = _quiet(icons, "file-plus", texts.TEMPLATES, self._side)
        picture = Picture(icons, KIND_ICONS[self.kind], "accent", _ICON, self._side)
        title = PlainLabel(texts.kind_title(self.kind), self._side, scale=1.4, bold=True)
        header = HBox(spacing=SPACE_S, margins=(SPACE_XL, SPACE_S, SPACE_XL, 0)).add(
            picture, title, Gap(SPACE_S), (self.draft_label, 1), Gap(SPACE_S), self.templates_button, self.start_button, self.discard_button
        )
        self._foot = QWidget(self._side)
        self._missing = PlainLabel("", self._foot, tone="muted", scale=0.9, wrap=True)
        self.review_button = QPushButton(texts.TO_REVIEW, self._foot)
        self.review_button.setProperty("kind", "primary")
        foot = HBox(spacing=SPACE_M, margins=(SPACE_XL, SPACE_S, SPACE_XL, SPACE_S)).add((self._missing, 1), self.review_button)
        VBox(self._foot, margins=0, spacing=0).add(_rule(self._foot), foot)
        who = HBox(margins=(SPACE_XL, SPACE_S, SPACE_XL, 0)).add(self.customer)
        VBox(self._side, margins=0, spacing=0).add(header, who, (self._page, 1), self._foot)
        self.back_button = _quiet(icons, "arrow-left", texts.BACK, self.review)
        self.review.add_head(self.back_button)
        HBox(self, margins=0, spacing=0).add((self._side, 1), self.review)
        buttons = (
            self.discard_button,
            self.templates_button,
            self.back_button,
            self.at_point.button,
            *([self.answers.button] if self.answers else []),
        )
        self._lockable = (self.customer, *(field.editor for field in self.fields.all), *buttons)
        ends = (self.fields.all[-1].editor, self.review_button, self.review.foot.tick, self.review.foot.send_button, self.review.xml_button)
        for before, after in pairwise(ends):
            QWidget.setTabOrder(before, after)

    def _add_towns(self, context: UiContext, body: QWidget) -> None:
        """Below postcode and address: the towns of the code."""
        postcode, address = self.fields.named(POSTCODE), self.fields.named(ADDRESS)
        if postcode is None or address is None or not isinstance(postcode.editor, LineEditor):
            return
        self.towns = Towns(context, postcode.editor, address.value, body)
        self._lines.add(self.towns)

    def _share_room(self) -> None:
        """The form alone, with the pane, or the pane alone; two fields share a line where there is room for both."""
        is_wide, is_reading = self._is_wide, self.review.is_covered
        has_the_page = self._is_reviewing and not is_wide
        pane = _PANE if is_wide else _PANE_NARROW
        is_beside = (is_wide or is_reading) and not has_the_page
        if has_the_page:  # never both at their full width: the window would grow
            self._side.setVisible(False)
        elif not is_beside:
            self.review.setVisible(False)
        if has_the_page:
            self.review.setMinimumWidth(0)
            self.review.setMaximumWidth(_ANY_WIDTH)
        else:
            self.review.setFixedWidth(pane)
        self._foot.setVisible(not is_wide)
        self.review.foot.setVisible(is_wide or has_the_page)
        self.back_button.setVisible(has_the_page)
        self._side.setVisible(not has_the_page)
        self.review.setVisible(is_beside or has_the_page)
        side = self.width() - (pane if is_beside else 0)
        direction = QBoxLayout.Direction.LeftToRight if side >= _SIDE_BY_SIDE else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(direction)


def _rule(parent: QWidget) -> QFrame:
    rule = QFrame(parent)
    rule.setProperty("kind", "hairline")
    rule.setFixedHeight(1)
    return rule


def _quiet(icons: Icons, icon: str, text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("kind", "quiet")
    icons.put(button, icon, "accent")
    return button
