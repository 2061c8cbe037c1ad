"""One application on one page: the form at the left, what goes out at the right. Where there is no room beside, the review has the page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind, SimilarApplication
from denkidesk.domain.errors import FieldFault
from denkidesk.forms.point_change import CUSTOMER_FIELDS, NUMBER, number_in
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.apply.form_parts import ADDRESS, POSTCODE, FormParts
from denkidesk.ui.apply.point_change import PointGuard
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.theme import SPACE_L

_OF_A_CUSTOMER: Final = (NUMBER, *CUSTOMER_FIELDS)
_SELDOM: Final = (POSTCODE, "visit_on", "note")
"""What most calls do without: the cursor is not put there by itself."""


class FormPage(FormParts):
    """``send_requested`` when the clerk says so and all fields are in order; whether it goes is decided by what was looked up.

    One page serves all applications of its kind, one after the other: :meth:`begin` leaves nothing of the one before.
    """

    edited = Signal()
    left = Signal()  # a field is complete
    send_requested = Signal()
    review_opened = Signal()  # on a page of its own, where there is no room beside the form
    discard_requested = Signal()
    start_requested = Signal()
    templates_requested = Signal()
    customer_parted = Signal(object)  # the form as it was for another customer, whose fields are cleared right after
    point_changed = Signal()  # another whole number stands in the form, or none any more
    beside_requested = Signal(object)  # an application at this point, to be read beside the form

    def __init__(self, context: UiContext, kind: ApplicationKind, tables: FormTables, parent: QWidget | None = None) -> None:
        super().__init__(context, kind, tables, parent)
        self.point = ""  # the number in the form, while it is whole
        self.is_locked = False
        self._came_from: QWidget | None = None
        self._read_beside = 0  # of how many of the applications at this point the clerk has opened one
        self._before_fill: dict[str, str] = {}
        self._unbuilt.append(self._connect)

    def begin(self, values: Mapping[str, str], today: date) -> None:
        """Another application: puts its values in; without any, what a fresh form begins with."""
        self.unlock()
        self.fields.set_values(values or self._tables.usual(self.kind), today)
        for field in self.fields.all:
            if field.field.derived:
                field.setVisible(bool(field.value()))
        self.draft_label.setText("")
        self.customer.begin()
        self.review.begin()
        self._close_beside()
        self.point = ""
        self.show_at_point((), today)
        self.guard.begin(values)
        self._look_at_point()
        self._look_at_answers()
        self.show_form()
        self._page.verticalScrollBar().setValue(0)

    def values(self) -> dict[str, str]:
        """Everything that stands in the form, empty fields left out."""
        return {name: value for name, value in self.fields.values().items() if value}

    def draft(self) -> dict[str, str]:
        """Everything that a draft keeps of the form; nothing where it is as fresh as it began."""
        values = self.values()
        return {} if values == self._tables.usual(self.kind) else self.guard.to_keep(values)

    def go_on(self) -> None:
        """Sends, or leads to the review where it is on a page of its own. Whatever the input method still holds is taken in first."""
        QGuiApplication.inputMethod().commit()
        if self.is_locked:
            return
        faults = self.fields.settle(self._tables.with_derived(self.kind, self.values()))
        if self.guard.look():
            self.show_form()
            self.guard.take_focus()
        elif faults:
            self.show_faults(faults)
        elif self.review.is_covered:
            self._close_beside()  # nothing is sent that has not been seen
        elif not self._is_wide and not self._is_reviewing:
            self._open_review()
        else:
            self.send_requested.emit()

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Goes to the first faulty field and says beside each what is wrong."""
        self.show_form()
        for field in self.fields.all:
            if field.field.derived and any(fault.field == field.field.name for fault in faults):
                field.setVisible(True)
        self.fields.show_faults(faults)
        self.fields.focus_first(faults)

    def show_form(self) -> None:
        """The form has the page, every value in its place."""
        self._is_reviewing = False
        self._share_room()

    def take_focus(self) -> None:
        """Puts the cursor where the clerk goes on; on sending only where nothing speaks against it."""
        if self.is_locked:
            (self.review.foot.countdown.button if self.review.foot.countdown.isVisible() else self.review.foot.rest).setFocus()
        elif self.guard.question.isVisibleTo(self):
            self.guard.take_focus()
        elif self._is_reviewing:
            self._focus_review()
        elif not self.draft():
            self.customer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fields.go_to(self._next_to_fill())

    def lock(self) -> None:
        """While it is on its way nothing is changed."""
        if not self.is_locked:
            self._came_from = self.focusWidget()
            self.is_locked = True
            for widget in self._lockable:
                widget.setEnabled(False)

    def unlock(self) -> None:
        """The form goes on where it was."""
        self.review.foot.stop()
        if self.is_locked:
            self.is_locked = False
            for widget in self._lockable:
                widget.setEnabled(True)

    def give_back(self) -> None:
        """It was stopped before it was sent: the cursor is where it was."""
        self.unlock()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.isVisible() and came_from.isEnabled() and came_from is not self.review.foot.send_button:
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def on_verdict(self) -> None:
        """On a page of its own, a review that speaks for sending has the cursor there."""
        if self._is_reviewing and self.isVisible() and self.review.foot.is_clear:
            self._focus_review()

    def show_at_point(self, found: Sequence[SimilarApplication], today: date) -> None:
        """Shows what is open or recent at the point of the form."""
        if tuple(found) == self.at_point.found:
            return
        read = self.at_point.found[self._read_beside - 1].key if self._read_beside else ""
        self.at_point.show_found(self.kind, found, today)
        if self.review.verdict is Verdict.LOOKING:
            self.review.ask_about([one for one in found if one.may_be_double])
        self._read_beside = next((place for place, one in enumerate(found, start=1) if one.key == read), 0)
        if self._read_beside:
            self.beside_requested.emit(found[self._read_beside - 1])
        else:
            self._close_beside()

    def step_beside(self) -> None:
        """Opens the first application at this point beside the form, then the next one; after the last the review is back."""
        found = self.at_point.found
        if self._read_beside < len(found):
            self._read_beside += 1
            self.beside_requested.emit(found[self._read_beside - 1])
        else:
            self._close_beside()

    def show_beside(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Shows what was asked for by ``beside_requested``."""
        self.review.beside.show_one(pairs, self._read_beside, len(self.at_point.found))
        self.review.show_beside(is_shown=True)
        self._share_room()

    def stop(self) -> None:
        """The form goes: what the input method still holds is taken in, and nothing moves any more."""
        QGuiApplication.inputMethod().commit()
        self.guard.stop()
        self.customer.search.stop()
        if self.towns is not None:
            self.towns.stop()
        self.review.foot.stop()

    def _connect(self) -> None:
        self.guard = PointGuard(self.fields, self._question, self.values, self)
        self.fields.edited.connect(self._on_edited)
        self.fields.left.connect(self.left)
        self.fields.reached.connect(self._on_reached)
        self.fields.advanced_past_end.connect(self._on_advanced_past_end)
        self.guard.edited.connect(self._on_edited)
        self.guard.customer_parted.connect(self.customer_parted)
        self.at_point.open_requested.connect(self.step_beside)
        self.customer.filled.connect(self._on_customer)
        self.customer.undone.connect(self._on_customer_undone)
        self.customer.number_typed.connect(self._on_number_typed)
        self.customer.advanced.connect(self.fields.focus_first)
        self.discard_button.clicked.connect(self.discard_requested)
        self.templates_button.clicked.connect(self.templates_requested)
        self.start_button.clicked.connect(self.start_requested)
        self.review_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.back)
        self.review.foot.send_button.clicked.connect(self.go_on)
        if self.answers is not None:
            self.answers.overruled.connect(self._on_overruled)
        if self.towns is not None:
            self.towns.found.connect(self._on_town)

    # -- what happens

    def back(self) -> None:
        """From the review on a page of its own back to the form."""
        if self._is_reviewing and not self.is_locked:
            self.show_form()
            self.take_focus()

    def show_missing(self, words: str) -> None:
        """What is not filled in yet, where the review is not in sight."""
        self._missing.setText(words)

    def focus_search(self) -> None:
        """The cursor goes to the line that finds customers."""
        if not self.is_locked:
            self.show_form()
            self.customer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_customer(self, known: Mapping[str, str]) -> None:
        """All that belongs to one customer is this one's now; what is not known of the customer is empty."""
        self._before_fill = {name: text for name, text in self.fields.values().items() if name in _OF_A_CUSTOMER}
        filled = {name: known.get(name, "") for name in self._before_fill}
        self._put(filled)
        self.customer.tell({name: text for name, text in filled.items() if text})
        self.fields.go_to(self._next_to_fill())

    def _on_customer_undone(self) -> None:
        self._put(self._before_fill)
        self.customer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_number_typed(self, number: str) -> None:
        self._put({NUMBER: number})
        self.guard.look()
        self.take_focus()

    def put(self, values: Mapping[str, str]) -> None:
        """Puts values in beside what stands in the form."""
        self._put({name: text for name, text in values.items() if name not in _OF_A_CUSTOMER})
        self.take_focus()

    def _put(self, values: Mapping[str, str]) -> None:
        for name, text in values.items():
            field = self.fields.named(name)
            if field is not None:
                field.set_value(text)
                field.settle(demand=False)
        if len(values) > 1:
            self.guard.begin(self.values())
        self._on_edited()

    def _on_town(self, address: str) -> None:
        self._put({ADDRESS: address})
        field = self.fields.named(ADDRESS)
        if field is not None and isinstance(field.editor, LineEditor):
            field.editor.take_as_beginning()

    def _on_edited(self) -> None:
        self._look_at_point()
        self._look_at_answers()
        self.edited.emit()

    def _look_at_point(self) -> None:
        number = number_in({NUMBER: self._number.value()})
        if number != self.point:
            self.point = number
            self.show_at_point((), date.min)
            self.point_changed.emit()

    @property
    def _number(self) -> FormField:
        number = self.fields.named(NUMBER)
        assert number is not None  # noqa: S101 - every kind has it
        return number

    def _look_at_answers(self) -> None:
        self.fields.stand_together()
        if self.answers is None:
            return
        values = self.values()
        overruled = next((field for field in self.fields.all if field.field.derived), None)
        code = self._tables.with_derived(self.kind, values).get("equipment_class", "")
        label = self._tables.label(self.kind, "equipment_class", code) if code else ""
        self.answers.show_answers(label, is_open=overruled is not None and not overruled.isHidden(), values=values)

    def _on_overruled(self) -> None:
        field = next(field for field in self.fields.all if field.field.derived)
        field.setVisible(True)
        self._look_at_answers()
        self.fields.go_to(field)

    def _on_reached(self, field: QWidget) -> None:
        self._page.ensureWidgetVisible(field, 0, SPACE_L)

    def _on_advanced_past_end(self) -> None:
        button = self.review.foot.send_button if self._is_wide else self.review_button
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _next_to_fill(self) -> FormField:
        """The first field that is still wanted, else the first of all."""
        values = self._tables.with_derived(self.kind, self.values())
        in_sight = [field for field in self.fields.all if not field.isHidden()]
        empty = [field for field in in_sight if not field.value() and field.field.name not in _SELDOM]
        wanted = [field for field in empty if field.field.beside(values).required]
        return next(iter([*wanted, *empty, *in_sight]))

    def _open_review(self) -> None:
        self._is_reviewing = True
        self._share_room()
        self.review.setFocus(Qt.FocusReason.OtherFocusReason)  # where no key does more than scroll
        self.review_opened.emit()

    def _focus_review(self) -> None:
        foot = self.review.foot
        (foot.send_button if foot.is_clear and foot.may_send else self.review).setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_beside(self) -> None:
        self._read_beside = 0
        self.review.show_beside(is_shown=False)
        self._share_room()
