"""One step of a form."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import CodeChoices, Step
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.fitted_page import FittedPage
from denkidesk.ui.apply.wizard_field import WizardField
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XL


class StepPage(FittedPage):
    """The fields of a step under its heading."""

    edited = Signal()
    advanced_past_end = Signal()

    def __init__(self, icons: Icons, step: Step, tables: CodeChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(PlainLabel(texts.STEP_TITLES[step.key], body, scale=1.2, bold=True))
        if hint := texts.STEP_HINTS[step.key]:
            layout.addWidget(PlainLabel(hint, body, tone="muted", wrap=True))
        layout.addSpacing(SPACE_S)
        self.fields: list[WizardField] = []
        for field in step.fields:
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
