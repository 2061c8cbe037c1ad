"""One form on the screen: steps at the left, the present one in the middle, Back and Next below."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import CodeChoices, Form
from denkidesk.forms.walk import Walk
from denkidesk.texts import apply as texts
from denkidesk.texts.shortcuts import NEXT_STEP
from denkidesk.ui.apply.point_change import PointGuard
from denkidesk.ui.apply.review_page import ReviewPage
from denkidesk.ui.apply.steps import StepList, StepPage
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XL, SPACE_XS

_STEPS_WIDTH = 208
_ICON = 24
_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WizardPage(QWidget):
    """Walks through a form. ``review_requested`` when all steps are filled in; ``send_requested`` when the clerk says so."""

    edited = Signal()
    review_requested = Signal()
    send_requested = Signal()
    discard_requested = Signal()
    start_requested = Signal()
    preview_requested = Signal()
    customer_parted = Signal(object)  # the form as it was for another customer, whose fields are cleared right after

    def __init__(self, icons: Icons, form: Form, tables: CodeChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = form.kind
        self.walk = Walk(form)
        titles = [texts.STEP_TITLES[step.key] for step in form.steps] + [texts.STEP_TITLES["review"]]
        self.steps = StepList(icons, titles, self)
        self.steps.setFixedWidth(_STEPS_WIDTH)
        self.steps.place_chosen.connect(self._on_place_chosen)
        self._pages = QStackedWidget(self)
        self.step_pages = [StepPage(icons, step, tables, self._pages) for step in form.steps]
        for page in self.step_pages:
            page.edited.connect(self.edited)
            page.advanced_past_end.connect(self._on_advanced_past_end)
            self._pages.addWidget(page)
        self.guard = PointGuard(icons, self.step_pages, self.values, self)
        self.guard.edited.connect(self.edited)
        self.guard.customer_parted.connect(self.customer_parted)
        self.review = ReviewPage(icons, self._pages)
        self.review.preview_requested.connect(self.preview_requested)
        self.review.verdict_changed.connect(self._on_verdict_changed)
        self._pages.addWidget(self.review)

        self.draft_label = PlainLabel("", self, tone="muted", scale=0.9)
        self.back_button = QPushButton(texts.BACK, self)
        self.next_button = QPushButton(texts.NEXT, self)
        self.next_button.setProperty("kind", "primary")
        set_tip(self.next_button, NEXT_STEP.label)
        self.discard_button = QPushButton(texts.DISCARD, self)
        self.discard_button.setProperty("kind", "quiet")
        self.start_button = QPushButton(texts.TO_START, self)
        self.start_button.setProperty("kind", "quiet")
        icons.put(self.start_button, "arrow-left", "accent")
        icons.put(self.discard_button, "trash", "accent")
        for button in (self.back_button, self.next_button):
            button.setMinimumWidth(112)
        self.next_button.installEventFilter(self)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.go_on)
        self.discard_button.clicked.connect(self.discard_requested)
        self.start_button.clicked.connect(self.start_requested)
        self._lay_out(icons)
        self._show_walk()

    def fill(self, values: Mapping[str, str], today: date) -> None:
        """Puts values in and begins at the first step."""
        for page in self.step_pages:
            page.set_values(values, today)
        self.guard.begin(values)
        self.walk = Walk(self.walk.form)
        self._show_walk()

    def values(self) -> dict[str, str]:
        """Everything that stands in the form, empty fields left out."""
        found: dict[str, str] = {}
        for page in self.step_pages:
            found.update({name: value for name, value in page.values().items() if value})
        return found

    def draft(self) -> dict[str, str]:
        """Everything that a draft keeps of the form."""
        return self.guard.to_keep(self.values())

    def go_on(self) -> None:
        """Next, or send on the review. Whatever the input method still holds is taken in first."""
        QGuiApplication.inputMethod().commit()
        if self.walk.is_review:
            if self.review.may_send:
                self.send_requested.emit()
        elif self._may_leave_step():
            self.walk = self.walk.next()
            self._show_walk()

    def back(self) -> None:
        """One step back; every value stays."""
        self.walk = self.walk.back()
        self._show_walk()

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Goes to the first faulty field and says beside each what is wrong."""
        self.walk = self.walk.to_first_fault(faults)
        self._show_walk()
        for page in self.step_pages:
            page.show_faults(faults)
        if not self.walk.is_review:
            self.step_pages[self.walk.at].focus_first(faults)

    def show_first_step(self) -> None:
        """Back to the beginning, every value in its place."""
        self.walk = self.walk.to(0)
        self._show_walk()

    def show_review(self) -> None:
        """Shows the review anew, and has everything looked up once more."""
        self.walk = self.walk.to(len(self.walk.form.steps))
        self._show_walk()

    def take_focus(self) -> None:
        """Puts the cursor where the clerk goes on; on sending only where nothing speaks against it."""
        if not self.walk.is_review:
            if self.guard.question.isVisible():
                self.guard.take_focus()
            else:
                self.step_pages[self.walk.at].focus_first()
        elif self.review.is_clear:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.review.take_focus()

    def stop(self) -> None:
        """The form goes: what the input method still holds is taken in, and nothing moves any more."""
        QGuiApplication.inputMethod().commit()
        self.guard.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is held down does not press the button that the cursor came to meanwhile."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.isAutoRepeat() and event.key() in _PRESSING:
            return True
        return super().eventFilter(watched, event)

    def _show_walk(self) -> None:
        walk = self.walk
        self._pages.setCurrentIndex(walk.at)
        self.steps.show_walk(walk)
        self.back_button.setVisible(walk.can_go_back)
        is_last = walk.at == len(walk.form.steps) - 1
        self.next_button.setText(texts.SEND if walk.is_review else texts.TO_REVIEW if is_last else texts.NEXT)
        if walk.is_review:
            if self.isVisible():
                self.review.take_focus()  # before the button is switched off: Qt would hand the cursor to whatever comes next
            self.review.begin()
        self.next_button.setEnabled(not walk.is_review)
        if walk.is_review:
            self.review_requested.emit()
        elif self.isVisible():
            self.step_pages[walk.at].focus_first()

    def _on_place_chosen(self, place: int) -> None:
        """Forward past a faulty step it does not go."""
        if place > self.walk.at and not self.walk.is_review and not self._may_leave_step():
            return
        if self.walk.can_jump_to(place):
            self.walk = self.walk.to(place)
            self._show_walk()

    def _may_leave_step(self) -> bool:
        """Whether the step is in order and nothing is asked in it; else the cursor goes where the clerk is needed."""
        page = self.step_pages[self.walk.at]
        faults = page.settle()
        if faults:
            page.focus_first(faults)
        elif self.guard.look():
            self.guard.take_focus()
        else:
            return True
        return False

    def _on_verdict_changed(self) -> None:
        """The review has been shown whole, or the clerk has ticked or unticked what it asks for."""
        if self.walk.is_review:
            self.next_button.setEnabled(self.review.may_send)
            if self.review.is_clear and self.isVisible():
                self.take_focus()

    def _on_advanced_past_end(self) -> None:
        self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self, icons: Icons) -> None:
        picture = Picture(icons, KIND_ICONS[self.kind], "accent", _ICON, self)
        header = HBox(spacing=SPACE_S).add(
            picture,
            PlainLabel(texts.kind_title(self.kind), self, scale=1.4, bold=True),
            Stretch(),
            self.draft_label,
            Gap(SPACE_S),
            self.discard_button,
        )
        side = VBox().add((self.steps, 1), (self.start_button, 0, Qt.AlignmentFlag.AlignLeft))
        rule = QFrame(self)
        rule.setProperty("kind", "rule")
        rule.setFixedHeight(1)
        footer = HBox(margins=(SPACE_XL, SPACE_S, SPACE_XL, SPACE_S), spacing=SPACE_M).add(
            Stretch(), PlainLabel(NEXT_STEP.label, self, tone="muted", scale=0.9), self.back_button, self.next_button
        )
        card = QFrame(self)
        card.setProperty("kind", "card")
        VBox(card, margins=0, spacing=0).add((self._pages, 1), rule, footer)
        VBox(self, margins=(SPACE_XL, SPACE_XS, SPACE_XL, SPACE_S), spacing=SPACE_XS).add(
            header, (HBox(spacing=SPACE_M).add(side, (card, 1)), 1)
        )
        QWidget.setTabOrder(self.back_button, self.next_button)
