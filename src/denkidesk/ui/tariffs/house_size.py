"""The capacity of a house whose present plan does not depend on one: typed in A or in kVA, so that plans by capacity can be compared."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from denkidesk.domain.ranking import UNIT_AMPERE, Size
from denkidesk.texts import ranking as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.parts.boxes import HBox, Stretch
from denkidesk.ui.parts.plain import set_tip
from denkidesk.ui.parts.theme import SPACE_S, set_tone
from denkidesk.ui.tariffs.typed_amount import typed_amount

_UNITS: Final = (UNIT_AMPERE, Size(None, is_ampere=False).unit)
_MOST: Final = 1_000


class HouseSize(QWidget):
    """``typed``: another Size, or None where there is none or it cannot be read."""

    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = QLineEdit(self)
        self.editor.setFixedWidth(self.editor.fontMetrics().horizontalAdvance(texts.NO_CAPACITY) + 32)
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        self.editor.setPlaceholderText(texts.NO_CAPACITY)
        self.editor.setAccessibleName(without_mnemonic(texts.CAPACITY))
        set_tip(self.editor, texts.HOUSE_SIZE_TIP)
        self.unit = QComboBox(self)
        self.unit.addItems(list(_UNITS))
        self.unit.setAccessibleName(texts.HOUSE_UNIT)
        HBox(self, margins=0, spacing=SPACE_S).add(self.editor, self.unit, Stretch())
        self._told: Size | None = None
        self.setFocusProxy(self.editor)
        self.editor.textEdited.connect(self._tell)
        self.unit.currentIndexChanged.connect(self._tell)

    @property
    def value(self) -> Size | None:
        """As it was typed; a unit behind the number counts before the one that is chosen beside it."""
        text, unit = self.editor.text().strip(), self.unit.currentText()
        for one in _UNITS:
            if text.casefold().endswith(one.casefold()) and not text.casefold().endswith(f"kv{one}".casefold()):
                text, unit = text[: -len(one)], one
        amount = typed_amount(text, _MOST).value
        return None if amount is None else Size(Decimal(amount), unit == UNIT_AMPERE)

    def forget(self) -> None:
        """Another customer."""
        self.editor.clear()
        self._told = None
        set_tone(self.editor, "fault", "no")

    def _tell(self) -> None:
        size = self.value
        set_tone(self.editor, "fault", "yes" if self.editor.text().strip() and size is None else "no")
        if size != self._told:
            self._told = size
            self.typed.emit(size)
