"""Keeps one customer's name and address from going out under another's supply point number without a word."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.forms.point_change import (
    CUSTOMER_FIELDS,
    ENTERED_FOR,
    NUMBER,
    has_customer,
    is_of_another,
    is_unsettled,
    number_entered_for,
    number_in,
)
from denkidesk.ui.apply.point_question import PointQuestion
from denkidesk.ui.apply.step_page import StepPage
from denkidesk.ui.apply.wizard_field import WizardField
from denkidesk.ui.parts.icons import Icons


class PointGuard(QObject):
    """Asks when the number is left with another one in it than the customer's fields were entered for. Until the clerk has answered,
    the form is not gone on with.
    """

    edited = Signal()
    customer_parted = Signal(object)  # the form as it was for the earlier number; it is cleared right after

    def __init__(self, icons: Icons, pages: Sequence[StepPage], values: Callable[[], dict[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._values = values
        self._entered_for = ""
        fields = {field.field.name: field for page in pages for field in page.fields}
        self._number: WizardField = fields[NUMBER]
        self._customer = [fields[name] for name in CUSTOMER_FIELDS if name in fields]
        page = next(page for page in pages if self._number in page.fields)
        self.question = PointQuestion(icons, page)
        page.insert_below(self._number, self.question)
        for before, after in pairwise((self._number.editor, *self.question.buttons)):
            QWidget.setTabOrder(before, after)
        self._number.editor.left.connect(self._on_left)
        for field in (self._number, *self._customer):
            field.edited.connect(self._on_edited)
        self.question.keep_chosen.connect(self._on_keep)
        self.question.clear_chosen.connect(self._on_clear)
        self.question.back_chosen.connect(self._on_back)
        self._move = QTimer(self)  # the cursor is on its way to another field while this one is being left
        self._move.setSingleShot(True)
        self._move.setInterval(0)
        self._move.timeout.connect(self._on_move)

    @property
    def is_asking(self) -> bool:
        """Whether the clerk has to say first whose form this is."""
        return is_of_another(self._values(), self._entered_for)

    def begin(self, stored: Mapping[str, str]) -> None:
        """Values were put in; a draft that was left in the middle of a change is asked about again."""
        self._entered_for = stored.get(ENTERED_FOR, "") or number_entered_for(stored, "")
        self.look()

    def look(self) -> bool:
        """Looks at a number that is whole; True, with the question on the page, if the clerk has to be asked."""
        values = self._values()
        self._entered_for = number_entered_for(values, self._entered_for)
        if not self.is_asking:
            self.question.setVisible(False)
            return False
        words = (" ".join(values.get(field.field.name, "").split()) for field in self._customer)
        self.question.ask(self._entered_for, "　".join(word for word in words if word))
        return True

    def take_focus(self) -> None:
        """Puts the cursor on the question."""
        self.question.take_focus()

    def to_keep(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values as a draft keeps them: whose they are is kept too, as long as the number does not tell."""
        unsettled = is_unsettled(values, self._entered_for)
        return {**values, ENTERED_FOR: self._entered_for} if unsettled else dict(values)

    def stop(self) -> None:
        """Gives up a move of the cursor that is still to come."""
        self._move.stop()

    def _on_edited(self) -> None:
        values = self._values()
        if not has_customer(values):
            self._entered_for = number_entered_for(values, self._entered_for)
        if not self.is_asking:
            self.question.setVisible(False)

    def _on_left(self) -> None:
        if self.look():
            self._move.start()

    def _on_move(self) -> None:
        if self.question.isVisible():
            self.take_focus()

    def _on_keep(self) -> None:
        self._entered_for = number_in(self._values())
        self._answered(self._customer[0])

    def _on_clear(self) -> None:
        values = self._values()
        self.customer_parted.emit({**values, NUMBER: self._entered_for})
        for field in self._customer:
            field.set_value("")
        self._entered_for = number_in(values)
        self._answered(self._customer[0])

    def _on_back(self) -> None:
        self._number.set_value(self._entered_for)
        self._answered(self._number)

    def _answered(self, next_field: WizardField) -> None:
        self.question.setVisible(False)
        next_field.take_focus()
        self.edited.emit()
