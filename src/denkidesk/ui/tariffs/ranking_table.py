"""The list of ranked plans, and one of its rows above or below it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.plan_filters import Marks
from denkidesk.ui.tariffs.ranking_model import BAR, DIFFERENCE, PLAN, QUOTE, RANK, YEN, RankingModel
from denkidesk.ui.tariffs.ranking_painter import RankingPainter

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

_WIDTHS: Final = {QUOTE: 44, RANK: 64, YEN: 84, DIFFERENCE: 122}


class RankingTable(DeskTable):
    """Rows of two lines; Space puts a plan into the quote or out of it, Delete out of the comparison, Enter asks why."""

    proposed = Signal()
    excluded = Signal()
    why_asked = Signal()

    def __init__(self, name: str, theme: Theme, model: RankingModel, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.reserved = 0  # pixels at the right, where another table of the same columns has its scroll bar
        self.setModel(model)
        self._painter = RankingPainter(theme, model, self.font())
        self.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(False)

    @property
    def row_height(self) -> int:
        """Two lines and some air."""
        return 2 * self.fontMetrics().height() + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        """All rows that have to be drawn anew."""
        columns, rows = range(self.model().columnCount()), self.model().rowCount()
        self._painter.begin([self.columnViewportPosition(column) for column in columns], [self.columnWidth(column) for column in columns])
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        chosen, height = self.chosen_rows(), self.row_height
        with QPainter(self.viewport()) as painter:
            for row in range(first, rows if last < 0 else last + 1) if first >= 0 else ():
                self._painter.paint(painter, row, self.rowViewportPosition(row), height, is_chosen=row in chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and bar share what the figures leave; the chosen row stays in sight."""
        super().resizeEvent(event)
        zoom = self.fontMetrics().horizontalAdvance("0000000000") / 70
        fixed = {column: round(width * max(1.0, zoom)) for column, width in _WIDTHS.items()}
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        room = self.viewport().width() - self.reserved - sum(fixed.values())
        name = max(120, min(round(room * 0.55), round(280 * max(1.0, zoom))))
        self.setColumnWidth(PLAN, name)
        self.setColumnWidth(BAR, max(60, room - name))
        if event.size().height() < event.oldSize().height():  # a line that comes above the list must not cover what it is about
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that act on a plan."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.why_asked.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.proposed.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.excluded.emit()
        else:
            super().keyPressEvent(event)


class PinnedRow(RankingTable):
    """One plan above or below another table, in its columns; only to be looked at."""

    def __init__(self, name: str, theme: Theme, marks: Marks, parent: QWidget) -> None:
        self.rows = RankingModel(marks)
        super().__init__(name, theme, self.rows, parent)
        self.rows.setParent(self)
        self.horizontalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(RankingTable.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.row_height + 2)

    def show_plan(self, ranking: "Ranking", line: RankedPlan | None) -> None:
        """None: there is none, and the row keeps what it had."""
        if line is not None:
            self.rows.show_ranking(ranking, (), pinned=line)


class FootRow(PinnedRow):
    """The first row of the own house, for as long as the list above does not show it."""

    def __init__(self, theme: Theme, marks: Marks, above: RankingTable, parent: QWidget) -> None:
        super().__init__(texts.FOOT, theme, marks, parent)
        self._above = above
        self._row: int | None = None
        above.verticalScrollBar().valueChanged.connect(self.stick)
        self.hide()

    def show_own(self, ranking: "Ranking", place: int | None, row: int | None) -> None:
        """``row``: where the list has it."""
        self._row = row
        self.show_plan(ranking, None if place is None else ranking.row(place))
        self.stick()

    def stick(self) -> None:
        """Shown only while it is needed; whether it is shown itself changes nothing of that."""
        above, row = self._above, self._row
        if above.isHidden():
            self.hide()
        if not above.isVisible():
            return
        room = above.viewport().height() - (0 if self.isVisible() else self.height())
        first = above.verticalScrollBar().value()
        self.setVisible(row is not None and not first <= row < first + max(1, room // above.row_height))
