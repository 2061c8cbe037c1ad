"""What the listing is to be asked for: its own nine criteria, with the editors and the checks of the forms."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from denkidesk.desk.listing_criteria import SavedView
from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.forms.criteria import CRITERIA, check_criteria
from denkidesk.forms.model import CodeChoices
from denkidesk.texts import inbox as texts
from denkidesk.texts.apply import REVIEW_EMPTY
from denkidesk.texts.settings import CANCEL
from denkidesk.texts.shortcuts import SEND
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.apply.steps import StepPage
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.criteria_button import Asked
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.key_binding import ENTER, bind, press_focused
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XL

_ANY = {"has_message": "any"}


class CriteriaDialog(QDialog):
    """Enter goes from field to field. Nothing is asked of the utility from here."""

    asked = Signal(object)  # an Asked with criteria
    forgotten = Signal(object)  # the name of those that are to be kept no longer

    def __init__(self, context: UiContext, kept: SavedView | None, tables: CodeChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.CRITERIA)
        resize_within_screen(self, 760, 720)
        self._tables = {name: [("", REVIEW_EMPTY), *choices] for name, choices in tables.items() if choices}
        self._today = now_jst().date()
        self._name_before = kept.name if kept else ""
        self.page = StepPage(context.icons, CRITERIA, self._tables, self)
        self.page.advanced_past_end.connect(self._on_past_end)
        self.name = LineEditor(self)
        self.name.setMaxLength(texts.CRITERIA_NAME_LENGTH)
        self.name_row = FieldRow(context.icons, texts.CRITERIA_NAME, self.name, hint=texts.CRITERIA_NAME_HINT, widest=420, parent=self)
        self.forget = QPushButton(texts.CRITERIA_FORGET, self)
        self.forget.setVisible(bool(self._name_before))
        clear = QPushButton(texts.CRITERIA_CLEAR, self)
        cancel = QPushButton(CANCEL, self)
        self.refresh = QPushButton(texts.CRITERIA_ASK, self)
        self.refresh.setProperty("kind", "primary")
        self.name.advanced.connect(self.refresh.setFocus)
        for button, slot in ((self.forget, self._on_forget), (clear, self._on_clear), (cancel, self.reject), (self.refresh, self._on_ask)):
            button.setAutoDefault(False)  # Enter belongs to the fields
            button.clicked.connect(slot)
        feet = HBox(spacing=SPACE_S).add(self.forget, clear, Stretch(), cancel, self.refresh)
        below = VBox(margins=(SPACE_XL, 0, SPACE_XL, SPACE_L), spacing=SPACE_S).add(self.name_row, feet)
        VBox(self, margins=0, spacing=SPACE_S).add((self.page, 1), below)
        bind(SEND, self, self._on_ask)
        values = kept.values if kept else {}
        self.page.set_values({**_ANY, **values}, self._today)
        self.name.set_value(self._name_before)
        self._faults = self._checked(values)[1]

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor goes into the first field, or where something is wrong: now that it is known what is in sight."""
        super().showEvent(event)
        self.page.focus_first(self._faults)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and no other."""
        if not press_focused(self, event) and event.key() not in ENTER:
            super().keyPressEvent(event)

    def _on_past_end(self) -> None:
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clear(self) -> None:
        self.page.set_values(_ANY, self._today)
        self.name.set_value("")
        self.page.focus_first()

    def _on_forget(self) -> None:
        self.forgotten.emit(self._name_before)
        self.accept()

    def _on_ask(self) -> None:
        self.page.settle()
        values = self.page.values()
        criteria, faults = self._checked(values)
        if criteria is None:
            self.page.focus_first(faults)
            return
        if criteria == ListingCriteria():
            self.name_row.set_error(texts.CRITERIA_EMPTY)
            return
        self.asked.emit(Asked(SavedView(self.name.value().strip(), values), criteria))
        self.accept()

    def _checked(self, values: Mapping[str, str]) -> tuple[ListingCriteria | None, tuple[FieldFault, ...]]:
        """What they ask for, or what the fields say is wrong."""
        try:
            return check_criteria(values, self._tables, self._today), ()
        except InputRefused as refused:
            self.page.show_faults(refused.faults)
            return None, refused.faults
