"""One field of a form: editor, live help, and what the checks say beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.domain.areas import AREA_NAMES_JA, Area
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.supply_point import DIGITS
from denkidesk.domain.typed_numbers import clean_digits
from denkidesk.forms.checks import Checked, check_field
from denkidesk.forms.dates import parse_date
from denkidesk.forms.model import Editor, Field
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.compact_row import LABEL_WIDTH, QUESTION_WIDTH, CompactRow
from denkidesk.ui.apply.editors import ChipsEditor, FieldEditor, LineEditor, editor_of
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import set_tone, stepped

_WIDTHS: Final = {Editor.SUPPLY_POINT: 300, Editor.DATE: 220, Editor.PHONE: 220, Editor.DIGITS: 220, Editor.CHOICE: 420, Editor.TEXT: 420}


class FormField(QWidget):
    """Faults and cautions appear when the field is left; while it is being edited only help is shown."""

    edited = Signal()
    advanced = Signal(object)

    def __init__(
        self, icons: Icons, field: Field, choices: Sequence[tuple[str, str]], parent: QWidget | None = None, *, compact: bool = False
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._choices = choices
        self._today = date.min
        self._is_dirty = False  # edited since it was last looked at
        self._is_in_turn = False
        self.is_required = field.required
        self.editor: FieldEditor = editor_of(field, choices, self)
        self._chooses = bool(choices) or field.editor is Editor.ANSWER
        example = texts.FIELD_HINTS.get(field.name, "")
        label = field.label or field_name(field.name)
        self.row: FieldRow
        if compact:
            self._hint = ""  # the example stands in the empty editor
            asks = field.editor is Editor.ANSWER
            if field.editor is Editor.SUPPLY_POINT:
                self.editor.setFont(stepped(self.editor.font(), 1.2, bold=True))
            width = QUESTION_WIDTH if asks else LABEL_WIDTH
            self.row = CompactRow(
                icons, label, self.editor, hint=example, required=field.required, asks=asks, label_width=width, parent=self
            )
        else:
            self._hint = example
            widest = 0 if isinstance(self.editor, ChipsEditor) else _WIDTHS.get(field.editor, 0)
            required = texts.REQUIRED_MARK if field.required else ""
            self.row = FieldRow(icons, label, self.editor, hint=example, required_text=required, widest=widest, parent=self)
            # A row may need to be higher than its hint: chips flow into as many rows as the width asks for.
            self.row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        VBox(self, margins=0).add(self.row)
        self.setFocusProxy(self.editor)
        self.editor.edited.connect(self._on_edited)
        self.editor.left.connect(self._on_left)
        self.editor.advanced.connect(self._on_advanced)
        if isinstance(self.editor, ChipsEditor):
            self.editor.name_after(self.editor.accessibleName())  # as the row calls it: each answer says whether one is required
            if field.editor is Editor.ANSWER:
                self.row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
                self.editor.turned.connect(self._on_turned)

    @property
    def error(self) -> str:
        """The sentence that stands at the field as its fault."""
        return self.row.error

    @property
    def caution(self) -> str:
        """The sentence about a value that may be sent but is unusual."""
        return self.row.caution

    def stand_beside(self, values: Mapping[str, str]) -> None:
        """Says whether it may be left out while these values stand in the form."""
        required = self.field.beside(values).required
        if required is not self.is_required and isinstance(self.row, CompactRow):
            self.is_required = required
            self.row.set_required(required)
            if isinstance(self.editor, ChipsEditor):
                self.editor.name_after(self.editor.accessibleName())

    def value(self) -> str:
        """What stands in the editor."""
        return self.editor.value()

    def set_value(self, value: str) -> None:
        """Puts a value in, without judging it."""
        self._is_dirty = False
        self.editor.begin(value)
        self.row.set_error("")
        self._show_caution(())
        self._help_along()

    def set_today(self, today: date) -> None:
        """The day that +3 and 明日 count from."""
        self._today = today

    def settle(self, *, demand: bool) -> Checked:
        """Puts the text in order and shows what the checks say; ``demand``: an empty required field is a fault too."""
        self._is_dirty = False
        checked = check_field(self.field, self.value(), {self.field.table: self._choices} if self.field.table else {}, self._today)
        changed = checked.cleaned.text != self.value()
        if not self._chooses:
            as_date = self.field.editor is Editor.DATE and not self.field.any_day
            self.editor.set_value(checked.value if as_date and checked.value else checked.cleaned.text)
        faults = checked.faults if demand or self.value() else ()
        self.show_faults(faults)
        self._show_caution(checked.cautions)
        self._help_along(texts.changes(checked.cleaned.changes) if changed else "")
        return checked

    def show_faults(self, faults: Sequence[FieldFault]) -> None:
        """Shows the first fault as a sentence; none takes it away."""
        say = texts.choice_fault if self._chooses else texts.fault
        self.row.set_error(say(faults[0]) if faults else "")

    def take_focus(self) -> None:
        """Puts the cursor in, with the text selected where it can be typed over."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(self.editor, LineEditor) and not self.editor.is_begun:
            self.editor.selectAll()  # Qt does it only for a cursor that comes from elsewhere

    def _show_caution(self, cautions: Sequence[FieldFault]) -> None:
        self.row.set_caution("　".join(texts.fault(caution) for caution in cautions))

    def _on_edited(self) -> None:
        self._is_dirty = True
        self.row.set_error("")
        self._show_caution(())
        self._help_along()
        self.edited.emit()

    def _on_left(self) -> None:
        if not self._is_dirty:
            return  # what was said about it stands
        before = self.value()
        self.settle(demand=False)
        if self.value() != before:
            self.edited.emit()

    def _on_turned(self, is_on: bool) -> None:
        """The question that the cursor is in stands out, with the way to answer it."""
        self._is_in_turn = is_on
        set_tone(self.row, "turn", "yes" if is_on else "no")
        self._help_along()

    def _on_advanced(self) -> None:
        self.advanced.emit(self)

    def _help_along(self, changes: str = "") -> None:
        """The quiet line below: digits so far, the number as it is read aloud, the weekday of a date, what was put in order.

        A caution takes the room of the example, and names a date itself.
        """
        reading, tone = ("", "muted") if self.caution and self.field.editor is Editor.DATE else self._reading()
        parts = [part for part in (reading, changes) if part]
        hint = texts.QUESTION_KEYS if self._is_in_turn else self._hint
        self.row.set_hint("　".join(parts) or ("" if self.caution else hint), tone)

    def _reading(self) -> tuple[str, str]:
        """What can be said of the value, and in which tone."""
        value = self.value()
        if not value.strip():
            return "", "muted"
        if self.field.editor is Editor.SUPPLY_POINT:
            return self._reading_of_number(value)
        if self.field.editor is Editor.DATE:
            try:
                return dates.full_day(parse_date(value, self._today, nearest=self.field.any_day)), "muted"
            except InputRefused:
                return "", "muted"
        if self.field.name == "triage_breaker" and value == "tripped":
            return texts.TRIAGE_TRIPPED, "muted"
        return "", "muted"

    def _reading_of_number(self, value: str) -> tuple[str, str]:
        count = len(clean_digits(value))
        checked = check_field(self.field, value, {}, self._today)
        if checked.value:
            return texts.POINT_WHOLE.format(count=DIGITS, area=AREA_NAMES_JA[Area.KANSAI]), "ok"
        return texts.DIGITS_SO_FAR.format(count=count, wanted=DIGITS), "muted"
