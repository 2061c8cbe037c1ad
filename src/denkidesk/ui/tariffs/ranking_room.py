"""Where the parts of 比較 stand in a window of this size: where there is no room for all, list and tools take turns."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSlider, QStackedLayout, QWidget

from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.tariffs.fuel_of_plan import FuelOfPlan
from denkidesk.ui.tariffs.ranking_counts import unlisted

if TYPE_CHECKING:
    from denkidesk.desk.ranking import Ranking
    from denkidesk.domain.ranking import RankedPlan
    from denkidesk.ui.parts.boxes import HBox, VBox
    from denkidesk.ui.parts.steady import Steady
    from denkidesk.ui.tariffs.bill_page import BillPage
    from denkidesk.ui.tariffs.other_lists import OtherLists
    from denkidesk.ui.tariffs.plan_filters import PlanFilters
    from denkidesk.ui.tariffs.put_away import PutAway
    from denkidesk.ui.tariffs.ranking_empty import RankingEmpty
    from denkidesk.ui.tariffs.ranking_table import PinnedRow, RankingTable
    from denkidesk.ui.tariffs.trial_row import TrialRow

_LOW: Final = 430  # pixels, below which the list would have no rows
_WIDE: Final = 1_080  # pixels, from which on sliders and chosen plan have the list beside them
_SIDE: Final = 280
_ALT: Final = Qt.KeyboardModifier.AltModifier


class RankingRoom(Refitted):
    """Before the page's own class, which builds the parts. In a low window the slider in use stands in one line above the list."""

    ranking: "Ranking | None"
    table: "RankingTable"
    other: "OtherLists"
    pinned: "PinnedRow"
    trial: "TrialRow"
    tools: QPushButton
    _put_away: "PutAway"
    _body: "HBox"
    _counts: "Steady"
    _empty: "RankingEmpty"
    _filling: QWidget
    _filters: "PlanFilters"
    _bill_page: "BillPage"
    _full: QWidget
    _left: "VBox"
    _page: QWidget
    _side: QWidget
    _stack: QStackedLayout

    @property
    def chosen(self) -> "RankedPlan | None":
        """The plan whose row is chosen."""
        raise NotImplementedError

    def _clear_filters(self) -> None:
        raise NotImplementedError

    def _show_card(self, chosen: "RankedPlan | None") -> None:
        raise NotImplementedError

    def _follow_room(self) -> None:
        """What is pressed or moved changes who has the room."""
        self.tools.toggled.connect(self._on_tools)
        self.other.asked.connect(self._on_other)
        self.trial.used.connect(self._on_used)
        self.trial.house.typed.connect(self._on_sized)
        self.trial.closed.connect(self._on_closed)

    def event(self, event: QEvent) -> bool:
        """Qt asks up from the cursor who needs a key for himself before it looks who has it: by then the slider is there."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.modifiers() == _ALT:
            slider = self.trial.slider_of(QKeySequence(event.keyCombination())) if self._stack.currentWidget() is self._page else None
            if slider is not None and self.tools.isVisible() and not slider.isVisible():
                self.show_slider(slider)
        return bool(super().event(event))  # type: ignore[misc]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is one level back: to the list from what stands in its place, to all rows from some."""
        if event.key() != Qt.Key.Key_Escape or self._stack.currentWidget() is not self._page:
            super().keyPressEvent(event)  # type: ignore[misc]
        elif self.other.is_asked:
            self.other.leave()
        elif self._filters.active:
            self._clear_filters()

    def _fit(self) -> None:
        assert isinstance(self, QWidget)  # noqa: S101 - see above
        cursor = self._cursor()
        is_low = self.height() < _LOW
        if not is_low:
            self.trial.show_alone(None)
            self.tools.blockSignals(True)  # all is in sight: a window that becomes low again begins with the list
            self.tools.setChecked(False)
            self.tools.blockSignals(False)
        tools, rows = not is_low or self.tools.isChecked(), not is_low or not self.tools.isChecked()
        self.tools.setVisible(is_low)
        self._put_away.show_parts(tools)
        is_whole = self.ranking is not None and not unlisted(self.ranking)  # until then it is said, and what helps is in sight
        self._filling.setVisible((tools or not is_whole) and self._stack.currentWidget() in (self._empty, self._page))
        self._counts.setVisible(rows)
        other = self.other.is_asked
        self.other.reasons.setVisible(rows)
        self.table.setVisible(rows and not other)
        self.other.setVisible(rows and other)
        self.pinned.setVisible(rows and not other and self.ranking is not None and self.ranking.present is not None)
        is_wide = self.width() >= _WIDE and not is_low
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.BottomToTop
        is_turned = self._body.direction() != direction
        self._body.setDirection(direction)
        self._side.setMinimumWidth(_SIDE if is_wide else 0)
        self._side.setMaximumWidth(_SIDE if is_wide else self.width())
        self._side.setVisible(tools or self.trial.alone is not None)
        if is_turned:
            self._show_card(self.chosen)
        if (foot := vars(self).get("foot")) is not None:
            foot.stick()
        if cursor is not None and not cursor.isVisibleTo(self):
            self._hold_cursor()

    def _cursor(self) -> QWidget | None:
        """What has the focus, if it is a part of the list or its tools."""
        assert isinstance(self, QWidget)  # noqa: S101 - see above
        focused = self.window().focusWidget()
        return focused if focused is not None and self._page.isAncestorOf(focused) else None

    def _hold_cursor(self) -> None:
        """A part that goes out of sight hands the cursor to what has its room."""
        if self.tools.isChecked() and self.tools.isVisible():
            self.tools.setFocus()
        else:
            (self.other.table if self.other.is_asked else self.table).setFocus()

    def _on_tools(self, is_on: bool) -> None:
        if is_on:
            self.trial.show_alone(None)
        self.refit()
        if not is_on and self.trial.alone is None:
            self._hold_cursor()

    def _on_other(self) -> None:
        """Another list has the place of this one, or no longer; where only tools have room, they give it."""
        self.tools.setChecked(False)
        self.refit()
        self._hold_cursor()

    def _on_used(self, slider: QSlider) -> None:
        """Whoever moves a slider wants to see what it does to the list."""
        if self.tools.isVisible() and self.tools.isChecked():
            self.show_slider(slider)

    def _on_sized(self) -> None:
        self._on_used(self.trial.capacity)

    def show_slider(self, slider: QSlider) -> None:
        """One slider and the list, where there is no room for all of them."""
        self.trial.show_alone(slider)
        self.tools.setChecked(False)
        self.refit()

    @cached_property
    def price(self) -> FuelOfPlan:
        """The line in which the fuel price of a plan is typed, built when one is."""
        price = FuelOfPlan(self._full)
        price.typed.connect(self._bill_page.fuel.put_price)
        price.closed.connect(self._leave_price)
        self._left.insertWidget(self._left.indexOf(self.pinned), price)
        return price

    def _ask_price(self) -> None:
        line, ranking = self.chosen, self.ranking
        if line is not None and ranking is not None:
            self.tools.setChecked(False)
            self.trial.show_alone(None)
            self.refit()
            self.price.ask(line, ranking.question.fuel.price_of(line.detail.epplan_id))

    def _leave_price(self) -> None:
        self.price.hide()
        self._hold_cursor()

    def _on_closed(self) -> None:
        self.trial.show_alone(None)
        self.refit()
        self._hold_cursor()
