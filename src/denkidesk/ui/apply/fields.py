"""The fields of one form, wherever on the page they stand: filled, read, checked and walked through in their order."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from denkidesk.domain.errors import FieldFault
from denkidesk.ui.apply.form_field import FormField


class Fields(QObject):
    """Enter in a field leads to the next one that can be seen; in the last it says so."""

    edited = Signal()
    left = Signal()
    reached = Signal(object)  # the field that the cursor has been put into
    advanced_past_end = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.all: list[FormField] = []

    def add(self, field: FormField) -> None:
        """One more, after those that are there."""
        field.edited.connect(self.edited)
        field.editor.left.connect(self.left)
        field.advanced.connect(self._on_advanced)
        self.all.append(field)

    def named(self, name: str) -> FormField | None:
        return next((field for field in self.all if field.field.name == name), None)

    def set_values(self, values: Mapping[str, str], today: date) -> None:
        """Fills the fields without judging them."""
        for field in self.all:
            field.set_today(today)
            field.set_value(values.get(field.field.name, ""))

    def values(self) -> dict[str, str]:
        """What stands in the fields, empty ones included."""
        return {field.field.name: field.value() for field in self.all}

    def stand_together(self) -> None:
        """Each says whether it may be left out, which what stands beside it may decide."""
        values = self.values()
        for field in self.all:
            field.stand_beside(values)

    def settle(self, derived: Mapping[str, str] | None = None) -> list[FieldFault]:
        """Checks every field as when it is left for good; returns all faults. ``derived``: the values with what follows from them."""
        values = self.values() if derived is None else derived
        found: list[FieldFault] = []
        for field in self.all:
            demand = self._is_demanded(field, values)
            faults = field.settle(demand=demand).faults
            found += faults if demand or field.value() else ()
        return found

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Shows faults that came from outside, beside their fields."""
        for field in self.all:
            own = [fault for fault in faults if fault.field == field.field.name]
            if own:
                field.show_faults(own)

    def focus_first(self, faults: Sequence[FieldFault] = ()) -> None:
        """Puts the cursor into the first faulty field, else into the first field."""
        faulty = {fault.field for fault in faults}
        self.go_to(next((field for field in self.all if field.field.name in faulty), self.all[0]))

    def go_to(self, field: FormField) -> None:
        """Puts the cursor into a field, and the field in sight."""
        field.take_focus()
        self.reached.emit(field)

    def _is_demanded(self, field: FormField, values: Mapping[str, str]) -> bool:
        return field.field.beside(values).required and not (field.field.derived and values.get(field.field.name))

    def _on_advanced(self, field: FormField) -> None:
        later = [one for one in self.all[self.all.index(field) + 1 :] if one.isVisibleTo(one.window())]
        if later:
            self.go_to(later[0])
        else:
            self.advanced_past_end.emit()
