"""One kind of table for all screens: whole rows by keyboard, quiet lines, Ctrl+C copies what is chosen as TSV."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QPushButton, QTableView, QWidget

from denkidesk.texts.shortcuts import COPY_ROWS
from denkidesk.ui.parts.theme import CONTROL_HEIGHT

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class RowsModel(QAbstractTableModel, Generic[R]):
    """Whole rows under headings, each of one value; whoever derives from it says by ``data`` what a cell shows."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: Sequence[R] = []

    def row_at(self, place: int) -> R:
        return self._rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The rows of the table; a row has none below it."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The columns of the table; a row has none below it."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The headings of the columns; rows have none."""
        return None if role or orientation != Qt.Orientation.Horizontal else self._headings[section]

    def _tell_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._headings) - 1))

    def _on_theme_changed(self) -> None:
        if self._rows:
            self._tell_changed(0, len(self._rows) - 1)


class DeskTable(QTableView):
    """A table of whole rows. ``widths`` in pixels by column; the last column takes what is left."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: tuple[QPushButton | QAction, ...] = ()
        self.setAccessibleName(accessible_name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(CONTROL_HEIGHT)
        self.put_header(self.horizontalHeader())

    def put_header(self, header: QHeaderView) -> None:
        """The headings of the columns, as every table has them."""
        if header is not self.horizontalHeader():
            self.setHorizontalHeader(header)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(32)
        header.setSectionsMovable(False)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Sets the columns' widths; a list of another length than the columns is ignored (an older version wrote it)."""
        model = self.model()
        if model is None or len(widths) != model.columnCount():
            return
        for column, width in enumerate(widths):
            self.setColumnWidth(column, max(32, width))

    def widths(self) -> list[int]:
        """The columns' widths as the clerk left them."""
        model = self.model()
        return [] if model is None else [self.columnWidth(column) for column in range(model.columnCount())]

    def chosen_rows(self) -> list[int]:
        """The selected rows, top to bottom."""
        return sorted(row for first, last in self.chosen_ranges() for row in range(first, last + 1))

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """The first and the last row of each run of selected ones: quickly told however many there are."""
        return sorted({(chosen.top(), chosen.bottom()) for chosen in self.selectionModel().selection().toList()})

    def choose_row(self, row: int) -> None:
        """Selects a row alone, makes it current and brings it into sight."""
        model, selection = self.model(), self.selectionModel()
        if model is None or not 0 <= row < model.rowCount():
            return
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(model.index(row, 0), flags.ClearAndSelect | flags.Rows)
        self.scrollTo(model.index(row, 0))

    def selected_cells(self) -> list[list[str]]:
        """The chosen rows with their headings."""
        model = self.model()
        columns = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        headings = [" ".join(_cell(model.headerData(c, Qt.Orientation.Horizontal)).split()) for c in columns]
        return [headings, *([_cell(model.index(row, c).data()) for c in columns] for row in self.chosen_rows())]

    def offer(self, *acts: QPushButton | QAction) -> None:
        """The screen's buttons and acts for the chosen rows are in the rows' menu too: right button, Menu key, Shift+F10."""
        self._acts = acts

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Opens the menu at the pointer, or below the current row."""
        if not self.chosen_ranges():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self._acts:
            if isinstance(act, QAction):
                menu.addAction(act)
                continue
            action = menu.addAction(act.icon(), act.text())
            action.setEnabled(act.isEnabled())
            action.triggered.connect(act.click)
        menu.addAction(COPY_ROWS.does, self._copy_chosen)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.popup(below if by_key else event.globalPos())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's own method
        """Home and End lead to the first and the last row, as in every list of rows; Qt's table goes along the row."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_chosen()
            event.accept()
            return
        super().keyPressEvent(event)

    def _copy_chosen(self) -> None:
        from denkidesk.ui.parts.clipboard import copy_rows

        copy_rows(self.selected_cells())


def _cell(value: object) -> str:
    return "" if value is None else str(value)
