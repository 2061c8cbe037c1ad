"""Asks for the name by which a view of the list is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.settings import CANCEL
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.key_binding import ENTER, press_focused
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S


class NameDialog(QDialog):
    """Enter in the field keeps it. A view that has a name already can be kept no longer."""

    named = Signal(object)  # the name
    forgotten = Signal(object)  # the name

    def __init__(self, context: UiContext, shown: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.KEEP_VIEW)
        self._name_before = name
        self.name = LineEditor(self)
        self.name.setMaxLength(texts.CRITERIA_NAME_LENGTH)
        self.name.set_value(name)
        self.name.advanced.connect(self._on_keep)
        self._row = FieldRow(context.icons, texts.CRITERIA_NAME, self.name, hint=texts.KEEP_VIEW_HINT, widest=320, parent=self)
        self.forget = QPushButton(texts.FORGET_VIEW, self)
        self.forget.setVisible(bool(name))
        cancel = QPushButton(CANCEL, self)
        keep = QPushButton(texts.KEEP_VIEW_ACTION, self)
        keep.setProperty("kind", "primary")
        for button, slot in ((self.forget, self._on_forget), (cancel, self.reject), (keep, self._on_keep)):
            button.setAutoDefault(False)  # Enter belongs to the field
            button.clicked.connect(slot)
        feet = HBox(spacing=SPACE_S).add(self.forget, Stretch(), cancel, keep)
        VBox(self, margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L), spacing=SPACE_L).add(
            PlainLabel(texts.KEEP_VIEW_SHOWN.format(shown=shown), self, tone="muted", wrap=True), self._row, feet
        )
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and no other."""
        if not press_focused(self, event) and event.key() not in ENTER:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        name = self.name.value().strip()
        if not name:
            self._row.set_error(texts.KEEP_VIEW_UNNAMED)
            self.name.setFocus()
            return
        self.named.emit(name)
        self.accept()

    def _on_forget(self) -> None:
        self.forgotten.emit(self._name_before)
        self.accept()
