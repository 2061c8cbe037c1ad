"""A supply point number that is changed under another customer's name: what is noticed, and what the clerk is asked."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

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
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.fields import Fields
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import COLOUR_OF_TONE, ICON_OF_TONE, announce
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_M, SPACE_S


class PointGuard(QObject):
    """Asks when the number is left with another one in it than the customer's fields were entered for. Until the clerk has answered,
    the form is not gone on with.
    """

    edited = Signal()
    customer_parted = Signal(object)  # the form as it was for the earlier number; it is cleared right after

    def __init__(self, fields: Fields, question: "PointQuestion", values: Callable[[], dict[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._values = values
        self._entered_for = ""
        named = {field.field.name: field for field in fields.all}
        self._number: FormField = named[NUMBER]
        self._customer = [named[name] for name in CUSTOMER_FIELDS if name in named]
        self.question = question
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

    def _answered(self, next_field: FormField) -> None:
        self.question.setVisible(False)
        next_field.take_focus()
        self.edited.emit()


_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PointQuestion(QFrame):
    """Three answers, each by its digit; Esc puts the number back. Hidden while there is nothing to ask."""

    keep_chosen = Signal()
    clear_chosen = Signal()
    back_chosen = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("strip", "warn")
        self._facts = Lines(self)
        answers = (texts.POINT_KEEP, texts.POINT_CLEAR, texts.POINT_BACK)
        self.buttons = [QPushButton(f"{number}  {answer}", self) for number, answer in enumerate(answers, start=1)]
        keep, self._clear, back = self.buttons
        keep.clicked.connect(self.keep_chosen)
        self._clear.clicked.connect(self.clear_chosen)
        back.clicked.connect(self.back_chosen)
        for button in self.buttons:
            button.installEventFilter(self)
        words = VBox(spacing=SPACE_S).add(
            PlainLabel(texts.POINT_CHANGED_TITLE, self, bold=True, wrap=True),
            self._facts,
            HBox(spacing=SPACE_S).add(*self.buttons, Stretch()),
            PlainLabel(texts.POINT_CHANGED_CLEAR_HINT, self, tone="muted", scale=0.9, wrap=True),
        )
        picture = Picture(icons, ICON_OF_TONE["warn"], COLOUR_OF_TONE["warn"], ICON_SIZE, self)
        HBox(self, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2), spacing=SPACE_M).add(
            (picture, 0, Qt.AlignmentFlag.AlignTop), (words, 1)
        )
        self.setVisible(False)

    def ask(self, entered_for: str, customer: str) -> None:
        """Shows whose the form is so far."""
        self._facts.show_lines((texts.POINT_CHANGED_OF.format(grouped=texts.grouped(entered_for)), customer))
        if self.isHidden():
            self.setVisible(True)
            announce(self, texts.POINT_CHANGED_TITLE)

    def take_focus(self) -> None:
        """The cursor goes to the answer that mixes nothing up: what it takes away is kept as a draft."""
        self._clear.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits and Esc on any of the answers; a key that is held down since before the question answers nothing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.isAutoRepeat() and event.key() in _PRESSING:
                return True
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                number = event.key() - Qt.Key.Key_0
                if event.key() == Qt.Key.Key_Escape:
                    number = len(self.buttons)
                if 1 <= number <= len(self.buttons):
                    self.buttons[number - 1].click()
                    return True
        return super().eventFilter(watched, event)
