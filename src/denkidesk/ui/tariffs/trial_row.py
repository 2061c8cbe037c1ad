"""もし、こう使ったら: four sliders beside the list of plans."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QSlider, QWidget

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.ranking import UNIT_AMPERE, Trial
from denkidesk.texts import ranking as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.steady import Steady
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XS
from denkidesk.ui.tariffs.house_size import HouseSize
from denkidesk.ui.tariffs.labels import label_of

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.ranking import Ranking

_WORDS: Final = (texts.KWH, texts.NIGHT, texts.HOME, texts.CAPACITY)
_AMPERES: Final = tuple(map(Decimal, (10, 15, 20, 30, 40, 50, 60)))
_KILOWATTS: Final = tuple(map(Decimal, range(1, 51)))


class _Slider(QSlider):
    """Home leads to what was measured."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.measured = 0
        self.setPageStep(5)
        self.setMinimumWidth(60)

    def sizeHint(self) -> QSize:
        """Narrow: it grows where there is room."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's Home is the lowest value."""
        if event.key() == Qt.Key.Key_Home:
            self.setValue(self.measured)
        else:
            super().keyPressEvent(event)


class TrialRow(QFrame):
    """``changed``: a slider was moved, by hand or back. ``used``: it was moved by a key, or let go. ``closed``: the one alone has done."""

    changed = Signal()
    used = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = ""
        self._own: Decimal | None = None  # the contract's
        self._sizes: tuple[Decimal, ...] = ()
        self.kwh, self.night, self.home, self.capacity = (_Slider(self) for _ in range(4))
        self.setProperty("kind", "card")
        self._row = row = Flow(SPACE_S)
        labels = []
        self._values: dict[_Slider, Steady] = {}
        self._parts: dict[_Slider, QWidget] = {}
        self.alone: QSlider | None = None
        for slider, words, low, high, tip in (
            (self.kwh, texts.KWH, -30, 30, ""),
            (self.night, texts.NIGHT, 0, 30, texts.NIGHT_TIP),
            (self.home, texts.HOME, 0, 5, texts.HOME_TIP),
            (self.capacity, texts.CAPACITY, 0, 0, ""),
        ):
            slider.setRange(low, high)
            slider.setAccessibleName(without_mnemonic(words))
            set_tip(slider, tip)
            value = self._values[slider] = Steady(PlainLabel(), self)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(texts.HOME_DAYS.format(days=0)))
            label = label_of(slider, words, self)
            labels.append(label)
            part = self._parts[slider] = QWidget(self)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            line = HBox(part, margins=0, spacing=SPACE_S).add(label, (slider, 1), value)
            slider.valueChanged.connect(self._on_moved)
            slider.sliderReleased.connect(self._on_let_go)
            row.add(part)
        self.house = HouseSize(part)
        self.house.hide()
        line.add((self.house, 1))
        self._capacity_label = label
        self._reset = QPushButton(texts.RESET, self)
        self._reset.setProperty("kind", "quiet")
        self._reset.clicked.connect(self._on_reset)
        self._close = QPushButton(texts.CLOSE_TRIAL, self)
        self._close.setProperty("kind", "quiet")
        self._close.clicked.connect(self.closed)
        self._close.hide()
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)
        self._title = PlainLabel(texts.TRIAL, self, bold=True)
        heading = HBox(spacing=SPACE_S).add(self._title, Stretch(), self._reset, self._close)
        self._column = VBox(self, margins=(SPACE_M, SPACE_XS, SPACE_M, SPACE_S), spacing=SPACE_XS).add(heading, (row, 1))
        self._show_values()

    @property
    def trial(self) -> Trial:
        """Where the sliders stand."""
        size = self._sizes[self.capacity.value()] if self._sizes else None
        return Trial(self.kwh.value(), self.night.value(), self.home.value(), None if size == self._own else size)

    def show_size(self, own: Decimal | None, unit: str) -> None:
        """The contract's own size, between those that can be had; the slider stays where it is while nothing changes.

        None: the present plan does not depend on one, and the house's can be typed.
        """
        is_slider = own is not None
        for part, on in ((self.capacity, is_slider), (self._values[self.capacity], is_slider), (self.house, not is_slider)):
            part.setVisible(on)
        self._capacity_label.setBuddy(self.capacity if is_slider else self.house.editor)
        if (own, unit) == (self._own, self.unit):
            return
        self._own, self.unit = own, unit
        offered = _AMPERES if unit == UNIT_AMPERE else _KILOWATTS
        self._sizes = tuple(sorted({*offered, own})) if own is not None else ()
        self.capacity.blockSignals(True)
        self.capacity.setRange(0, max(0, len(self._sizes) - 1))
        self.capacity.measured = self._sizes.index(own) if own is not None else 0
        self.capacity.setValue(self.capacity.measured)
        self.capacity.blockSignals(False)
        self.capacity.setEnabled(is_slider)
        self._show_values()

    def show_alone(self, slider: QSlider | None) -> None:
        """One slider in one line, the others out of sight; None: all of them."""
        if slider is self.alone:
            return
        self.alone = slider
        self._title.setVisible(slider is None)
        self._close.setVisible(slider is not None)
        for one, part in sorted(self._parts.items(), key=lambda item: item[0] is not slider):  # the one that stays is shown first
            part.setVisible(slider in (None, one))
        above = max(0, self._close.sizeHint().height() - self._parts[self.kwh].sizeHint().height()) // 2
        self._row.setContentsMargins(0, 0 if slider is None else above, 0, 0)  # in the middle of the higher buttons beside it
        self._column.setDirection(QBoxLayout.Direction.TopToBottom if slider is None else QBoxLayout.Direction.RightToLeft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the one that stands alone, wherever its value is."""
        if event.key() == Qt.Key.Key_Escape and self.alone is not None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def slider_of(self, key: QKeySequence) -> QSlider | None:
        """The slider that has this key."""
        return next((slider for slider, words in zip(self._parts, _WORDS, strict=True) if QKeySequence.mnemonic(words) == key), None)

    def reset(self) -> None:
        """Back to the usage and the contract as they are."""
        before = self.trial
        for slider in self._values:
            slider.blockSignals(True)
            slider.setValue(slider.measured)
            slider.blockSignals(False)
        self._show_values()
        if before != Trial():
            self.changed.emit()

    def _on_reset(self) -> None:
        self.reset()
        if self.alone is not None:
            self.closed.emit()

    def _on_moved(self) -> None:
        self._show_values()
        self.changed.emit()
        slider = self.sender()
        if isinstance(slider, _Slider) and not slider.isSliderDown():
            self.used.emit(slider)

    def _on_let_go(self) -> None:
        self.used.emit(self.sender())

    def _show_values(self) -> None:
        self._values[self.kwh].say(texts.percent_words(self.kwh.value()))
        self._values[self.night].say(f"{self.night.value()}%")
        self._values[self.home].say(texts.HOME_DAYS.format(days=self.home.value()))
        self._values[self.capacity].say(f"{self._sizes[self.capacity.value()]:f}{self.unit}" if self._sizes else texts.NO_CAPACITY)
        self._reset.setEnabled(self.trial != Trial())


def ranked(desk: "Desk", question: BillQuestion, trial: Trial) -> "Ranking":
    """On the lane, which loads what it takes."""
    return desk.ranking.rank(question, trial)


def tried(ranking: "Ranking", trial: Trial) -> "Ranking":
    """The same for what is at hand, while a slider moves."""
    from denkidesk.desk.ranking import tried as of_trial

    return of_trial(ranking, trial)


def at_newest(ranking: "Ranking", question: BillQuestion) -> BillQuestion:
    """A question with the figures that the ranking has of its plan."""
    from denkidesk.desk.ranking import at_newest as of_catalogue

    return of_catalogue(ranking.catalogue, question)
