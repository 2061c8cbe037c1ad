"""The line above a form that fills it with a past customer, tells what it filled, and takes that back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.desk.prefill import values_of
from denkidesk.domain.customers import Customer
from denkidesk.domain.supply_point import DIGITS
from denkidesk.domain.typed_numbers import clean_digits
from denkidesk.texts import apply as texts
from denkidesk.texts import customers as customer_texts
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.compact_row import LABEL_WIDTH
from denkidesk.ui.apply.customer_search import CustomerSearch
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import CONTROL_HEIGHT, SPACE_S, SPACE_XS

_SIGN = 14


class CustomerLine(QWidget):
    """``filled`` with what is known of the customer; ``number_typed`` with a whole number that nobody is known by."""

    filled = Signal(object)
    undone = Signal()
    number_typed = Signal(str)
    advanced = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = CustomerSearch(context, self)
        self.setFocusProxy(self.search.editor)
        label = PlainLabel(customer_texts.CUSTOMER, self)
        label.setBuddy(self.search.editor)
        label.setFixedWidth(LABEL_WIDTH)
        label.setMinimumHeight(CONTROL_HEIGHT)
        self.told = QWidget(self)
        self._words = PlainLabel("", self.told, tone="ok", scale=0.9)
        self.undo_button = QPushButton(texts.UNDO_FILL, self.told)
        self.undo_button.setProperty("kind", "quiet")
        self.undo_button.setProperty("small", "yes")
        self.undo_button.clicked.connect(self.undo)
        sign = Picture(context.icons, "check-circle", "ok", _SIGN, self.told)
        HBox(self.told, margins=0, spacing=SPACE_S).add(sign, self._words, self.undo_button, Stretch())
        side = VBox(spacing=SPACE_XS).add(self.search, self.told)
        HBox(self, margins=0, spacing=0).add((label, 0, Qt.AlignmentFlag.AlignTop), (side, 1))
        self.search.picked.connect(self._on_picked)
        self.search.advanced.connect(self._on_advanced)
        self.told.setVisible(False)

    def begin(self) -> None:
        """Another form."""
        self.search.clear()
        self.told.setVisible(False)

    def undo(self) -> None:
        """Takes back what the last customer filled in, where that is told."""
        if not self.told.isHidden():
            self.told.setVisible(False)
            self.undone.emit()

    def tell(self, values: Mapping[str, str]) -> None:
        """What was filled in."""
        self._words.setText(customer_texts.filled([field_name(name) for name in values]))
        self.told.setVisible(True)

    def _on_picked(self, customer: Customer) -> None:
        self.filled.emit(values_of(customer))

    def _on_advanced(self) -> None:
        digits = clean_digits(self.search.editor.text())
        if len(digits) == DIGITS and digits.isdigit():
            self.search.clear()
            self.number_typed.emit(digits)
        else:
            self.advanced.emit()
