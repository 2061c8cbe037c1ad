"""The list of subsidies: rows of words, a tick for what goes onto the quote, and Space that sets it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.domain.subsidies import SubsidyRow
from denkidesk.texts import subsidies as texts
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel

QUOTE, STANDING, PLACE, TITLE, FACILITY, AUDIENCE, MODIFIED = range(7)
_ROLE: Final = Qt.ItemDataRole
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignCenter)


class SubsidyModel(RowsModel[SubsidyRow]):
    """``ticked``: by the entry's id, in the order in which they were; what is filtered away stays ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(texts.HEAD, parent)
        self.ticked: dict[str, SubsidyRow] = {}
        self._cells: tuple[Callable[[SubsidyRow], str], ...] = (
            lambda row: texts.TICKED if row.subsidy.id in self.ticked else "",
            lambda row: texts.STANDINGS[row.standing],
            texts.place_words,
            lambda row: row.subsidy.title,
            lambda row: "・".join(row.subsidy.facilities),
            lambda row: row.subsidy.subsidy_class,
            lambda row: texts.modified_words(row, now_jst().date()),
        )

    def show_rows(self, rows: Sequence[SubsidyRow]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def tick(self, row: SubsidyRow) -> None:
        """Ticks an entry, or takes its tick away."""
        if self.ticked.pop(row.subsidy.id, None) is None:
            self.ticked[row.subsidy.id] = row
        self._tell_changed(0, self.rowCount() - 1)

    def untick_all(self) -> None:
        """Takes all ticks away."""
        self.ticked = {}
        if self._rows:
            self._tell_changed(0, self.rowCount() - 1)

    def widest(self, column: int, width: Callable[[str], int]) -> Index:
        """A cell of a column whose words are as wide as any there. There must be rows."""
        places = {self._cells[column](row): place for place, row in enumerate(self._rows)}
        return self.index(places[max(places, key=width)], column)

    def data(self, index: Index, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Text for eye, ear and clipboard."""
        if role == _ROLE.DisplayRole:
            return self._cells[index.column()](self.row_at(index.row()))
        if role == _ROLE.TextAlignmentRole:
            return _MIDDLE if index.column() in (QUOTE, STANDING) else None
        if role == _ROLE.AccessibleTextRole:
            row = self.row_at(index.row())
            return texts.spoken(row, row.subsidy.id in self.ticked)
        return None


class SubsidyTable(DeskTable):
    """One row at a time; Space ticks it. Each column is as wide as its widest words, the titles have what is left.

    Qt's own ResizeToContents asks seven things of each cell: 15 ms for 540 entries, with every letter that is typed to narrow them.
    """

    ticked = Signal()

    def __init__(self, name: str, model: SubsidyModel, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._model = model
        self.setModel(model)
        model.modelReset.connect(self._fit)
        self.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type wants other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        if not self._model.rowCount():
            return
        width, header = self.fontMetrics().horizontalAdvance, self.horizontalHeader()
        for column in (QUOTE, STANDING, PLACE, FACILITY, AUDIENCE, MODIFIED):
            cell = self.sizeHintForIndex(self._model.widest(column, width))
            self.setColumnWidth(column, max(header.sectionSizeHint(column), cell.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that acts on an entry."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)
