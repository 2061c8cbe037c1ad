"""Usage without a file: an amount of one month or of twelve, in kWh or in the yen of a bill, and the shape that spreads it."""

from decimal import Decimal

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPushButton, QSizePolicy, QWidget

from denkidesk.desk.usage_estimates import Amounts
from denkidesk.domain.usage import LoadShape
from denkidesk.texts import tariffs as texts
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.typed_amount import MOST, TypedAmount, typed_amounts

_MOST_YEN = 100 * MOST


class Card(QFrame):
    """A part of the page with a title; ``parts`` takes what stands below it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.parts = VBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(PlainLabel(title, self, bold=True))


class MonthCard(Card):
    """``wished`` carries the Amounts that were typed."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(texts.ONE_MONTH, parent)
        self._month = QComboBox(self)
        for month in range(1, 13):
            self._month.addItem(texts.month_label(month), month)
        self._month.setCurrentIndex(QDate.currentDate().addMonths(-1).month() - 1)
        self._amount = QLineEdit(self, placeholderText=texts.ONE_MONTH_HINT)
        self._amount.setMinimumWidth(60)
        self._amount.setAcceptDrops(False)  # a file that is let go here is a usage file
        set_tip(self._amount, texts.TWELVE_MONTHS_TIP)
        self._amount.returnPressed.connect(self._on_estimate)
        self._amount.textEdited.connect(self._on_edited)
        self._unit = QComboBox(self)
        self._unit.setAccessibleName(texts.ONE_MONTH_UNIT)
        for in_yen, name in texts.ONE_MONTH_UNITS.items():
            self._unit.addItem(name, in_yen)
        self._unit.currentIndexChanged.connect(self._on_edited)
        self._shape = QComboBox(self)
        for shape in LoadShape:
            self._shape.addItem(texts.LOAD_SHAPES[shape], shape.value)
        self._shape.currentIndexChanged.connect(self._show_shape)
        self._estimate = QPushButton(texts.ONE_MONTH_GO, self)
        self._estimate.clicked.connect(self._on_estimate)
        self._said = PlainLabel("", self, tone="error", scale=0.9, wrap=True)
        self._said.hide()
        self._meant = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        first, second = HBox(spacing=SPACE_S), HBox(spacing=SPACE_S)
        first.add(label_of(self._month, texts.ONE_MONTH_MONTH, self), self._month)
        first.add(label_of(self._amount, texts.ONE_MONTH_AMOUNT, self), (self._amount, 1), self._unit)
        second.add(label_of(self._shape, texts.LOAD_SHAPE, self), self._shape, Stretch())
        self.parts.add(first, self._said, second, self._meant, HBox().add(self._estimate, Stretch()), Stretch())
        self._show_shape()

    def type_in(self, month: int, amounts: str, *, in_yen: bool = False) -> None:
        """Fills the form in and presses its button."""
        self._month.setCurrentIndex(month - 1)
        self._unit.setCurrentIndex(self._unit.findData(in_yen))
        self._amount.setText(amounts)
        self._estimate.click()

    def forget(self) -> None:
        """What was typed is not the usage any more."""
        self._amount.clear()
        self._on_edited()

    def say(self, words: str, tone: str) -> None:
        """Says something about what was typed, or nothing."""
        self._said.setText(words)
        self._said.set_tone(tone)
        self._said.setVisible(bool(words))
        set_tone(self._amount, "fault", "yes" if tone == "error" and words else "no")

    def _show_shape(self) -> None:
        self._meant.setText(texts.LOAD_SHAPES_MEANT[self._shape.currentData()])

    def _typed(self) -> tuple[TypedAmount, ...]:
        return typed_amounts(self._amount.text(), _MOST_YEN if self._unit.currentData() else MOST)

    def _on_edited(self) -> None:
        values = [typed.value for typed in self._typed() if typed.value is not None]
        self.say(self._read_back(values) if len(values) == 12 else "", "muted")

    def _read_back(self, values: list[Decimal]) -> str:
        """Which month has which of twelve amounts."""
        first = int(self._month.currentData())
        named = enumerate(values, start=first - 1)
        months = "、".join(
            texts.MONTH_AND_AMOUNT.format(month=texts.month_label(place % 12 + 1), amount=f"{one:,f}") for place, one in named
        )
        return texts.TWELVE_MONTHS_READ.format(months=months, total=f"{sum(values):,f}", unit=self._unit.currentText())

    def _on_estimate(self) -> None:
        typed = self._typed()
        values = [one.value for one in typed if one.value is not None]
        if len(values) != len(typed) or len(values) not in (1, 12):
            damage = next((one.damage for one in typed if one.damage), "")
            self.say(damage or texts.ONE_MONTH_WRONG.format(count=len(typed)), "error")
            self._amount.setFocus()
            return
        self._amount.setText(" ".join(one.text for one in typed))
        self.say(typed[0].changes if len(values) == 1 else self._read_back(values), "muted")
        shape = LoadShape(str(self._shape.currentData()))
        self.wished.emit(Amounts(int(self._month.currentData()), tuple(values), bool(self._unit.currentData()), shape))
