"""The list itself: table, empty states, selection that survives whatever comes."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import NEXT_UNREAD
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.columns import Columns
from denkidesk.ui.inbox.model import InboxModel
from denkidesk.ui.inbox.row_painter import RowPainter, row_height
from denkidesk.ui.inbox.rows import Page, Row, Snapshot
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.table import DeskTable

_REMEMBERED: Final = 200  # more chosen rows than these are not put back in another view


class InboxTable(DeskTable):
    """Space goes to the next unread row; what is copied may have to be brought from the store."""

    next_unread_requested = Signal()
    copy_wanted = Signal()

    def __init__(self, context: UiContext, model: InboxModel, parent: QWidget) -> None:
        super().__init__(texts.LIST_NAME, parent)
        self.setModel(model)
        self.setAlternatingRowColors(False)
        self.setMouseTracking(True)
        self._rows = model
        self._theme = context.theme
        self._painter = RowPainter(context)
        self._under_pointer = -1
        self._fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        """Rows are as high as their letters need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """All rows that have to be drawn anew; those that are not at hand stay empty until they come."""
        columns = range(self._rows.columnCount())
        widths = tuple(self.columnWidth(column) for column in columns)  # 0 of a hidden one
        places = [self.columnViewportPosition(column) for column in columns]
        self._painter.begin(widths, self.devicePixelRatioF())
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        chosen = self.chosen_ranges()
        current = self.currentIndex().row() if self.hasFocus() else -1
        left, width = -self.horizontalHeader().offset(), self.horizontalHeader().length()
        with QPainter(self.viewport()) as painter:
            for place in range(first, self._rows.rowCount() if last < 0 else last + 1) if first >= 0 else ():
                rect = QRect(left, self.rowViewportPosition(place), width, self.rowHeight(place))
                is_chosen = any(begin <= place <= end for begin, end in chosen)
                ground = "selected" if is_chosen else "accent_soft" if place == self._under_pointer else "surface"
                self._painter.ground(painter, rect, ground, is_chosen=is_chosen, is_current=place == current)
                row = self._rows.row_at(place)
                if row is None:
                    self._rows.miss(place)
                else:
                    self._painter.paint(painter, row, rect, places)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer has a ground of its own."""
        super().mouseMoveEvent(event)
        self._point_at(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, place: int) -> None:
        before, self._under_pointer = self._under_pointer, place
        if before != place:
            for row in (before, place):
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(max(0, row)))

    def selected_cells(self) -> list[list[str]]:
        """The chosen rows with all that is known of them, whatever columns are shown."""
        rows = (self._rows.row_at(place) for place in self.chosen_rows())
        return [list(texts.COLUMNS), *(list(row.cells) for row in rows if row is not None)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, as every mail program has it; all else as any table."""
        if is_pressed(NEXT_UNREAD, event):
            self.next_unread_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _copy_chosen(self) -> None:
        if self._rows.is_at_hand(self.chosen_ranges()):
            super()._copy_chosen()
        else:
            self.copy_wanted.emit()


class InboxList(QStackedWidget):
    """Rows, or a sentence that says why there are none."""

    chosen_changed = Signal()
    looked_at = Signal(object)  # the receipt number that the clerk turned to just now
    all_requested = Signal()
    refresh_requested = Signal()
    place_wanted = Signal()  # of what is remembered
    turned = Signal()  # on to the next unread one, which is chosen
    next_unread_wanted = Signal(object)  # behind this receipt number
    copy_wanted = Signal()  # of the chosen rows, which are not all at hand

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filtered = False
        self._chosen: list[str] = []
        self._current = ""
        self._restoring = self._is_missing = False
        self._is_awaited = False  # the current one is brought into sight where it is found
        self._stood_at = 0  # where a list that is read in two parts stands again when it is as long as it was
        self.model = InboxModel(context.icons, context.theme, self)
        self.table = InboxTable(context, self.model, self)
        self.columns = Columns(self.table, context.ui_state)
        self._empty = EmptyState(context.icons, "inbox", self)
        self._empty.show_text(texts.LOADING, "")
        self._empty.action_requested.connect(self._on_empty_action)
        self.addWidget(self._empty)
        self.addWidget(self.table)
        self.setFocusProxy(self._empty)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_selection_changed)
        self.table.next_unread_requested.connect(self.go_to_next_unread)
        self.table.copy_wanted.connect(self.copy_wanted)
        self.table.clicked.connect(self._on_looked_at)
        self.table.activated.connect(self._on_looked_at)

    @property
    def chosen_count(self) -> int:
        """How many rows are selected."""
        return sum(last - first + 1 for first, last in self.table.chosen_ranges())

    def chosen_receipt_numbers(self) -> list[str]:
        """The selected applications, top to bottom, as far as they are at hand."""
        if self.chosen_count > _REMEMBERED:
            return []
        rows = (self.model.row_at(place) for place in self.table.chosen_rows())
        return [row.receipt_number for row in rows if row is not None]

    @property
    def current_row(self) -> Row | None:
        """The only row that is chosen, if it is at hand."""
        return next(map(self.model.row_at, self._only_place), None)

    @property
    def _only_place(self) -> list[int]:
        return self.table.chosen_rows() if self.chosen_count == 1 else []

    @property
    def remembered(self) -> list[str]:
        """The applications that are put back where they stand in another view; one of them is the current one."""
        return [*self._chosen, *([self._current] if self._current and self._current not in self._chosen else [])]

    @property
    def first_in_sight(self) -> int:
        """The place of the topmost row that is shown."""
        return max(0, self.table.rowAt(0))

    def show_view(self, snapshot: Snapshot, *, filtered: bool, anew: bool) -> None:
        """Shows a view; selection, current row and focus stay with the same applications, and the current one in sight."""
        page, self._filtered = snapshot.page, filtered
        rows = page.window.count if page.window.is_whole or any(page.rows) else 0  # a long search may have found none yet
        # While there are no rows the button of the empty state holds the focus in the table's place.
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (focused is self.table or self._empty.isAncestorOf(focused))
        scrolled = 0 if anew else self.table.verticalScrollBar().value()
        self._is_awaited = self._is_awaited or anew or self._is_in_sight()
        self._restoring = True
        many, known = self._many_chosen(), self.model.rowCount()
        if self.model.show_window(rows, page.first, page.rows, snapshot.places):
            self._select(snapshot.places)
            self._select_moved(many, rows - known)
        elif not self._stands_chosen(snapshot.places):
            self._select(snapshot.places)
        self._restoring = False
        self._miss_chosen()
        if rows:
            self._bring(self.table)
            self._scroll(scrolled, snapshot.places)
            self._stood_at = 0 if page.window.is_whole else scrolled
        else:
            self._show_empty(is_whole=page.window.is_whole)
        if had_focus and rows:
            self.table.setFocus()

    def grow(self, count: int) -> None:
        """All rows of a long list are known by now."""
        bar = self.table.verticalScrollBar()
        is_cut_short = self._stood_at > bar.value() == bar.maximum()
        self.model.grow(count)
        if is_cut_short:
            self.table.updateGeometries()  # or the bar ends where it did
            bar.setValue(self._stood_at)
        self._stood_at = 0
        if not count:
            self._show_empty(is_whole=True)
        elif self.currentWidget() is self._empty:
            self._bring(self.table)

    def _show_empty(self, *, is_whole: bool) -> None:
        if not is_whole:
            self._empty.show_text(texts.SEARCHING, "")
        elif self._filtered:
            self._empty.show_text(texts.NO_HIT_HEADING, texts.NO_HIT_TEXT, texts.NO_HIT_ACTION)
        else:
            self._empty.show_text(texts.EMPTY_HEADING, texts.EMPTY_TEXT, texts.EMPTY_ACTION)
        self._bring(self._empty)

    def _bring(self, widget: QWidget) -> None:
        self.setCurrentWidget(widget)
        self.setFocusProxy(widget)

    def _is_in_sight(self) -> bool:
        current = self.table.currentIndex()
        return current.isValid() and self.table.viewport().rect().intersects(self.table.visualRect(current))

    def put(self, page: Page) -> None:
        """Takes rows that were wanted; those that were chosen before they were here are chosen now. The only chosen one stays at hand."""
        place, row = next(((place, self.model.row_at(place)) for place in self._only_place), (-1, None))
        self.model.put(page.first, page.rows)
        if row is not None and self.model.row_at(place) is None:
            self.model.put(place, [row])
        if self._is_missing and len(self.chosen_receipt_numbers()) == self.chosen_count:
            self._on_selection_changed()

    def restore(self, places: Mapping[str, int]) -> None:
        """Chooses what was chosen, where it was found; the list is not turned to it where the clerk had turned away from it."""
        scrolled = self.table.verticalScrollBar().value()
        self._restoring = True
        self._select(places)
        self._restoring = False
        self._miss_chosen()
        self._scroll(scrolled, places)
        self.chosen_changed.emit()

    def want(self, receipt_number: str) -> None:
        """Chooses an application and brings it into sight now, or when it is found, whatever is read meanwhile."""
        self._chosen, self._current = [receipt_number], receipt_number
        place = self.model.place_of(receipt_number)
        if place is not None:
            self.table.choose_row(place)
        else:
            self._is_awaited, self._is_missing = True, False  # the row of another that was chosen may be on its way
            self.place_wanted.emit()

    def go_to_next_unread(self) -> None:
        """Chooses the next unread row and counts it as seen."""
        current = self.table.currentIndex()
        place = self.model.next_unread(current.row() if current.isValid() else -1)
        if place == -1:
            self.next_unread_wanted.emit(self._current)
        else:
            self.turn_to(place)

    def turn_to(self, place: int | None) -> None:
        """Chooses an unread row that was found; None: there is none."""
        if place is None:
            announce(self.table, texts.NO_UNREAD)
            return
        self.table.choose_row(place)
        self._look(place)
        self.turned.emit()

    def _on_looked_at(self, index: QModelIndex) -> None:
        self._look(index.row())

    def _look(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None and row.entry.unread:
            self.looked_at.emit(row.receipt_number)

    def _on_selection_changed(self) -> None:
        if self._restoring:
            return
        self._chosen = self.chosen_receipt_numbers()
        current = self.table.currentIndex()
        row = self.model.row_at(current.row()) if current.isValid() else None
        self._current = row.receipt_number if row is not None else ""
        self._is_missing = len(self._chosen) < self.chosen_count <= _REMEMBERED
        self._is_awaited = False
        self.chosen_changed.emit()

    def _select(self, places: Mapping[str, int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        chosen = QItemSelection()
        for number in self._chosen:
            if number in places:
                place = places[number]
                chosen.select(self.model.index(place, 0), self.model.index(place, self.model.columnCount() - 1))
        if self._current in places:
            selection.setCurrentIndex(self.model.index(places[self._current], 0), flags.NoUpdate)
        selection.select(chosen, flags.ClearAndSelect | flags.Rows)
        self._is_missing = any(number in places and self.model.place_of(number) is None for number in self._chosen)

    def _stands_chosen(self, places: Mapping[str, int]) -> bool:
        """Whether the rows that are chosen in the table are those that were chosen, or wished for, as far as their places are known."""
        selection = self.table.selectionModel()
        known = (places[number] for number in self._chosen if number in places)
        return not self._chosen or (self.chosen_count <= len(self._chosen) and all(map(selection.isRowSelected, known)))

    def _miss_chosen(self) -> None:
        """What is done with the only chosen row needs it, in sight or not."""
        for place in self._only_place:
            if self.model.row_at(place) is None:
                self._is_missing = True
                self.model.miss(place)

    def _scroll(self, scrolled: int, places: Mapping[str, int]) -> None:
        """Stands where it stood, or where the current one is in sight if somebody waits for it."""
        self.table.verticalScrollBar().setValue(scrolled)
        if self._is_awaited and self._current in places:
            self._is_awaited = False
            self.table.scrollTo(self.model.index(places[self._current], 0))

    def _many_chosen(self) -> list[tuple[int, int, str]]:
        """First and last place of each run where the rows are too many to be remembered by name, and which application is the first."""
        if self.chosen_count <= _REMEMBERED:
            return []
        runs = ((first, last, self.model.row_at(first)) for first, last in self.table.chosen_ranges())
        return [(first, last, "" if row is None else row.receipt_number) for first, last, row in runs]

    def _select_moved(self, runs: Sequence[tuple[int, int, str]], added: int) -> None:
        """Chooses runs of rows again where all that came stands above them: else some would be chosen that nobody has seen."""
        if self._chosen or any(self.model.place_of(number) != first + added for first, _, number in runs):
            return
        chosen = QItemSelection()
        for first, last, _ in runs:
            chosen.select(self.model.index(first + added, 0), self.model.index(last + added, self.model.columnCount() - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(chosen, flags.Select | flags.Rows)

    def _on_empty_action(self) -> None:
        if self._filtered:
            self.all_requested.emit()
        else:
            self.refresh_requested.emit()
