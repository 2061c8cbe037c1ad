"""A page with one step's fields under its heading."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import CodeChoices, Step
from denkidesk.texts import apply as texts
from denkidesk.ui.apply.fields import Fields
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.parts.boxes import Gap, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XL, SPACE_XS


class StepPage(FittedPage):
    """For a dialog of a few fields, with room for what is said of each."""

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
        self._fields = Fields(self)
        self._fields.edited.connect(self.edited)
        self._fields.reached.connect(self.ensureWidgetVisible)
        self._fields.advanced_past_end.connect(self.advanced_past_end)
        for field in step.fields:
            widget = FormField(icons, field, tables.get(field.table, ()) if field.table else (), body)
            self._fields.add(widget)
            layout.addWidget(widget)
        layout.addStretch(1)
        self.set_body(body)

    @property
    def fields(self) -> list[FormField]:
        """In their order."""
        return self._fields.all

    def set_values(self, values: Mapping[str, str], today: date) -> None:
        """Fills the fields without judging them."""
        self._fields.set_values(values, today)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return self._fields.values()

    def settle(self) -> list[FieldFault]:
        """Checks every field of the step as when it is left for good; returns all faults."""
        return self._fields.settle()

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Shows faults that came from outside, beside their fields."""
        self._fields.show_faults(faults)

    def focus_first(self, faults: Sequence[FieldFault] = ()) -> None:
        """Puts the cursor into the first faulty field, else into the first field."""
        self._fields.focus_first(faults)
