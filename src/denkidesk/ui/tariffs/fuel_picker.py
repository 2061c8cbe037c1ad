"""燃料費調整: the rule that every figure of the tab is made by, chosen where a bill or the comparison stands."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import fuel_words
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.plain import PlainLabel, plain_tip, set_tip
from denkidesk.ui.parts.theme import SPACE_S, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.paper_fields import amount

_MOST: Final = Decimal(100)
"""Yen/kWh: five times what any fuel adjustment has been."""


class FuelPicker(QWidget):
    """``changed``: the clerk has chosen or typed another one. ``grows``: the choice takes what room there is."""

    changed = Signal()

    def __init__(self, words: str, parent: QWidget, *, grows: bool) -> None:
        super().__init__(parent)
        self._of_plans: tuple[tuple[str, Decimal], ...] = ()
        self.combo = QComboBox(self)
        for rule, name in texts.FUEL_RULES.items():
            self.combo.addItem(name, rule)
            self.combo.setItemData(self.combo.count() - 1, plain_tip(texts.FUEL_RULE_HINTS[rule]), Qt.ItemDataRole.ToolTipRole)
        set_tip(self.combo, "\n".join((*texts.FUEL_RULE_HINTS.values(), texts.FUEL_CAP_HINT)))
        if grows:
            self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.typed = QLineEdit(self)
        self.typed.setFixedWidth(72)
        self.typed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.typed.setAcceptDrops(False)  # a file that is let go here is a usage file
        self.typed.setAccessibleName(texts.FUEL_TYPED)
        set_tip(self.typed, texts.FUEL_TYPED_HINT)
        self._unit = PlainLabel(texts.YEN_PER_KWH, self)
        label = label_of(self.combo, words, self)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        HBox(self, margins=0, spacing=SPACE_S).add(label, (self.combo, int(grows)), self.typed, self._unit)
        self._show_typed()
        self.combo.currentIndexChanged.connect(self._on_rule)
        self.typed.textEdited.connect(self._on_typed)

    @property
    def choice(self) -> FuelChoice:
        """What is chosen; a price that cannot be read is none."""
        rule = FuelRule(str(self.combo.currentData()))
        value = amount(self.typed.text(), least=-_MOST) if rule is FuelRule.TYPED else None
        of_plans = self._of_plans if rule is FuelRule.LATEST else ()
        return FuelChoice(rule, value if value is None or value <= _MOST else None, of_plans)

    @property
    def words(self) -> str:
        """The rule in words, with the price that was typed."""
        return fuel_words(self.choice)

    def follow(self, other: "FuelPicker") -> None:
        """Takes what was chosen elsewhere, as it was typed; nothing is told of it."""
        self.combo.blockSignals(True)
        self.combo.setCurrentIndex(other.combo.currentIndex())
        self.combo.blockSignals(False)
        self._of_plans = other._of_plans  # noqa: SLF001 - of the same class
        if self.typed.text() != other.typed.text():
            self.typed.setText(other.typed.text())
        self._show_typed()

    def put_price(self, epplan_id: str, per_kwh: Decimal | None) -> None:
        """The price of one plan that has none of its own, or none any more; for as long as the program runs."""
        kept = {**dict(self._of_plans), epplan_id: per_kwh}
        self._of_plans = tuple(sorted((plan, price) for plan, price in kept.items() if price is not None))
        self.changed.emit()

    def speak_for(self, other: "FuelPicker") -> None:
        """Both choose the same from now on; ``changed`` of the other one is what counts."""

        def tell() -> None:
            other.follow(self)
            other.changed.emit()

        other.changed.connect(lambda: self.follow(other))
        self.changed.connect(tell)

    def _on_rule(self) -> None:
        self._show_typed()
        if self.choice.rule is FuelRule.TYPED and self.isVisible():
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            self.typed.selectAll()
        self.changed.emit()

    def _on_typed(self) -> None:
        self._show_typed()
        self.changed.emit()

    def _show_typed(self) -> None:
        choice = self.choice
        for part in (self.typed, self._unit):
            part.setVisible(choice.rule is FuelRule.TYPED)
        wrong = bool(self.typed.text().strip()) and choice.rule is FuelRule.TYPED and choice.typed is None
        set_tone(self.typed, "fault", "yes" if wrong else "no")
