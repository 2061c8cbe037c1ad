"""The steps of a form: the list of them beside it, and a page for each."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import CodeChoices, Step
from denkidesk.forms.walk import Walk
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.wizard_field import WizardField
from denkidesk.ui.parts.boxes import Gap, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, set_tone


class StepList(QWidget):
    """A button for each step and one for the review; only what was reached can be gone to."""

    place_chosen = Signal(object)

    def __init__(self, icons: Icons, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._titles = list(titles)
        self._buttons: list[QPushButton] = []
        self.setAccessibleName(texts.STEPS_NAME)
        layout = VBox(self, margins=0, spacing=SPACE_XS)
        for place, title in enumerate(self._titles):
            button = QPushButton(f"{place + 1}　{title}", self)
            button.setProperty("kind", "step")
            button.setProperty("place", place)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self._buttons.append(button)
        layout.addStretch(1)

    def show_walk(self, walk: Walk) -> None:
        """Marks the present place; what lies ahead unseen cannot be pressed."""
        for place, button in enumerate(self._buttons):
            is_here = place == walk.at
            state = "here" if is_here else "seen" if walk.can_jump_to(place) else "ahead"
            button.setEnabled(state != "ahead")
            button.setAccessibleName(
                texts.STEP_ACCESSIBLE[state].format(number=place + 1, count=len(self._buttons), title=self._titles[place])
            )
            self._icons.put(
                button, "chevron-right" if is_here else "check" if place < walk.reached else "dot", "accent" if is_here else "muted"
            )
            set_tone(button, "state", state)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.place_chosen.emit(sender.property("place"))


class StepPage(FittedPage):
    """The fields of a step under its heading."""

    edited = Signal()
    advanced_past_end = Signal()

    def __init__(self, icons: Icons, step: Step, tables: CodeChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        layout = VBox(body, margins=(SPACE_XL, SPACE_M, SPACE_XL, SPACE_S), spacing=SPACE_XS).add(
            PlainLabel(texts.STEP_TITLES[step.key], body, scale=1.2, bold=True)
        )
        if hint := texts.STEP_HINTS[step.key]:
            layout.add(PlainLabel(hint, body, tone="muted", wrap=True))
        layout.add(Gap(SPACE_S))
        self.fields: list[WizardField] = []
        for field in (one for one in step.fields if not one.derived):
            widget = WizardField(icons, field, tables.get(field.table, ()) if field.table else (), body)
            widget.edited.connect(self.edited)
            widget.advanced.connect(self._on_advanced)
            layout.addWidget(widget)
            self.fields.append(widget)
        layout.addStretch(1)
        self._layout = layout
        self.set_body(body)

    def insert_below(self, field: WizardField, widget: QWidget) -> None:
        """Puts something that belongs to a field between it and the next one."""
        self._layout.insertWidget(self._layout.indexOf(field) + 1, widget)

    def set_values(self, values: Mapping[str, str], today: date) -> None:
        """Fills the fields without judging them."""
        for field in self.fields:
            field.set_today(today)
            field.set_value(values.get(field.field.name, ""))

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.field.name: field.value() for field in self.fields}

    def settle(self) -> list[FieldFault]:
        """Checks every field of the step as when it is left for good; returns all faults."""
        return [fault for field in self.fields for fault in field.settle(demand=True).faults]

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Shows faults that came from outside, beside their fields."""
        for field in self.fields:
            own = [fault for fault in faults if fault.field == field.field.name]
            if own:
                field.show_faults(own)

    def focus_first(self, faults: Sequence[FieldFault] = ()) -> None:
        """Puts the cursor into the first faulty field, else into the first field."""
        faulty = {fault.field for fault in faults}
        target = next((field for field in self.fields if field.field.name in faulty), self.fields[0])
        target.take_focus()
        self.ensureWidgetVisible(target)

    def _on_advanced(self, field: WizardField) -> None:
        place = self.fields.index(field) + 1
        if place < len(self.fields):
            self.fields[place].take_focus()
            self.ensureWidgetVisible(self.fields[place])
        else:
            self.advanced_past_end.emit()
