"""The list itself: table, empty states, selection that survives whatever comes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import NEXT_UNREAD
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.model import InboxModel
from denkidesk.ui.inbox.rows import REGISTERED, Row
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.table import DeskTable

WIDTHS: Final = (68, 118, 104, 84, 84, 126, 268, 88)


class InboxTable(DeskTable):
    """Space goes to the next unread row."""

    next_unread_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, as every mail program has it; all else as any table."""
        if is_pressed(NEXT_UNREAD, event):
            self.next_unread_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class InboxList(QStackedWidget):
    """Rows, or a sentence that says why there are none."""

    chosen_changed = Signal()
    looked_at = Signal(object)  # receipt numbers that the clerk has seen just now
    all_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filtered = False
        self._chosen: list[str] = []
        self._current = ""
        self._restoring = False
        self.model = InboxModel(context.icons, context.theme, self)
        self.table = InboxTable(texts.LIST_NAME, self)
        self.table.setModel(self.model)
        self.table.set_widths(context.ui_state.numbers("inbox.widths") or WIDTHS)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(REGISTERED, Qt.SortOrder.DescendingOrder)
        self._empty = EmptyState(context.icons, "inbox", self)
        self._empty.show_text(texts.LOADING, "")
        self._empty.action_requested.connect(self._on_empty_action)
        self.addWidget(self._empty)
        self.addWidget(self.table)
        self.setFocusProxy(self._empty)
        self.model.restructured.connect(self._restore)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_selection_changed)
        self.table.next_unread_requested.connect(self.go_to_next_unread)
        self.table.clicked.connect(self._on_looked_at)
        self.table.activated.connect(self._on_looked_at)

    def chosen_receipt_numbers(self) -> list[str]:
        """The selected applications, top to bottom."""
        return [self.model.row_at(place).receipt_number for place in self.table.chosen_rows()]

    def show_rows(self, rows: Sequence[Row], *, filtered: bool) -> None:
        """Shows rows; selection, current row and focus stay with the same applications."""
        self._filtered = filtered
        # While there are no rows the button of the empty state holds the focus in the table's place.
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (focused is self.table or self._empty.isAncestorOf(focused))
        scrolled = self.table.verticalScrollBar().value()
        self._restoring = True
        self.model.show_rows(rows)
        self._restoring = False
        if rows:
            self._bring(self.table)
            self.table.verticalScrollBar().setValue(scrolled)
        elif filtered:
            self._empty.show_text(texts.NO_HIT_HEADING, texts.NO_HIT_TEXT, texts.NO_HIT_ACTION)
            self._bring(self._empty)
        else:
            self._empty.show_text(texts.EMPTY_HEADING, texts.EMPTY_TEXT, texts.EMPTY_ACTION)
            self._bring(self._empty)
        if had_focus and rows:
            self.table.setFocus()

    def _bring(self, widget: QWidget) -> None:
        self.setCurrentWidget(widget)
        self.setFocusProxy(widget)

    def want(self, receipt_number: str) -> None:
        """Chooses an application now, or when the next rows bring it."""
        self._chosen, self._current = [receipt_number], receipt_number
        place = self.model.place_of(receipt_number)
        if place is not None:
            self.table.choose_row(place)

    def go_to_next_unread(self) -> None:
        """Chooses the next unread row and counts it as seen."""
        current = self.table.currentIndex()
        place = self.model.next_unread(current.row() if current.isValid() else -1)
        if place is None:
            announce(self.table, texts.NO_UNREAD)
            return
        self.table.choose_row(place)
        self._look(place)

    def _on_looked_at(self, index: QModelIndex) -> None:
        self._look(index.row())

    def _look(self, place: int) -> None:
        row = self.model.row_at(place)
        if row.entry.unread:
            self.looked_at.emit([row.receipt_number])

    def _on_selection_changed(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if self._restoring:
            return
        self._chosen = self.chosen_receipt_numbers()
        current = self.table.currentIndex()
        self._current = self.model.row_at(current.row()).receipt_number if current.isValid() else ""
        self.chosen_changed.emit()

    def _restore(self) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        chosen = QItemSelection()
        for number in self._chosen:
            place = self.model.place_of(number)
            if place is not None:
                chosen.select(self.model.index(place, 0), self.model.index(place, self.model.columnCount() - 1))
        current = self.model.place_of(self._current)
        if current is not None:
            selection.setCurrentIndex(self.model.index(current, 0), flags.NoUpdate)
        selection.select(chosen, flags.ClearAndSelect | flags.Rows)

    def _on_empty_action(self) -> None:
        if self._filtered:
            self.all_requested.emit()
        else:
            self.refresh_requested.emit()
