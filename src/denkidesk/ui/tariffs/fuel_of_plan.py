"""The fuel price of one plan whose price nobody has published: typed where the plan stands apart, and in every figure from then on."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.ranking import Apart, RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.texts.tariffs import FUEL_TYPED, FUEL_TYPED_HINT, YEN_PER_KWH
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.plain import CutLabel, PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XS, set_tone
from denkidesk.ui.tariffs.paper_fields import amount

_MOST: Final = Decimal(100)


class FuelOfPlan(QFrame):
    """One line above the list. ``typed``: the plan's id with yen/kWh, or None where there is to be none; ``closed``: it has done."""

    typed = Signal(str, object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._plan = ""
        self._name = CutLabel("", self)
        self.editor = QLineEdit(self)
        self.editor.setFixedWidth(88)
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        self.editor.setAccessibleName(FUEL_TYPED)
        set_tip(self.editor, FUEL_TYPED_HINT)
        self.editor.returnPressed.connect(self._keep)
        keep, close = (QPushButton(words, self) for words in (texts.KEEP_PRICE, texts.CLOSE_TRIAL))
        keep.clicked.connect(self._keep)
        close.setProperty("kind", "quiet")
        close.clicked.connect(self.closed)
        row = HBox(self, margins=(SPACE_M, SPACE_XS, SPACE_M, SPACE_XS), spacing=SPACE_S)
        row.add((self._name, 1), self.editor, PlainLabel(YEN_PER_KWH, self), keep, close)
        self.hide()

    def ask(self, line: RankedPlan, known: Decimal | None) -> None:
        """Opens for a plan, with what was typed for it."""
        self._plan = line.detail.epplan_id
        self._name.setText(texts.PRICE_OF_PLAN.format(plan=line.detail.name))
        self.editor.setText("" if known is None else f"{known:f}")
        set_tone(self.editor, "fault", "no")
        self.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        text = self.editor.text().strip()
        value = amount(text, least=-_MOST)
        if text and (value is None or value > _MOST):
            set_tone(self.editor, "fault", "yes")
            return
        self.typed.emit(self._plan, value if text else None)
        self.closed.emit()


def can_be_priced(line: RankedPlan | None, fuel: FuelChoice | None) -> bool:
    """Whether a plan stands apart for want of a newest price, or has one only since it was typed."""
    if line is None or fuel is None or fuel.rule is not FuelRule.LATEST:
        return False
    return line.apart is Apart.FUEL or fuel.price_of(line.detail.epplan_id) is not None
