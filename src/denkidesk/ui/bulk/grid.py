"""The grid: Tab walks the cells that are wrong, F2 mends one in place, Space ticks; faults stand in their cells in words."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QMenu,
    QWidget,
)

from denkidesk.forms.model import Editor
from denkidesk.texts import bulk as texts
from denkidesk.texts.shortcuts import BULK_COLUMN, BULK_MEND, BULK_TICK
from denkidesk.ui.bulk.cells import AIR, ICON, BulkDelegate
from denkidesk.ui.bulk.frozen import FrozenTable
from denkidesk.ui.bulk.hold_button import is_enter
from denkidesk.ui.bulk.model import BEFORE, LINE, TICK, BulkModel
from denkidesk.ui.bulk.widths import shared_room
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, Theme

_LEAST: Final = 48
_READABLE: Final = 72
_BETWEEN: Final = 150
"""Pixels that the columns between those that stay need at the least."""
_STAY: Final = ("customer_name", "supply_point_number")
"""Whose row it is; the first stays longest."""
_WIDEST: Final = 250
_RESULT: Final = 190
_SAMPLED: Final = 200


class BulkGrid(FrozenTable):
    """Enter is told of as it goes down and comes up: it is a button's, wherever the cursor is in the grid."""

    enter_pressed = Signal()
    enter_released = Signal()
    tick_toggled = Signal()
    column_assigned = Signal(int, str)
    walked_out = Signal(bool)  # forwards: there is no further cell that is wrong
    opened = Signal(int)  # the row whose double is to be opened

    def __init__(self, theme: Theme, icons: Icons, model: BulkModel, parent: QWidget) -> None:
        super().__init__(texts.GRID_NAME, theme, parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(BulkDelegate(theme, icons, model, self))
        self.setSelectionBehavior(DeskTable.SelectionBehavior.SelectItems)
        self.setEditTriggers(DeskTable.EditTrigger.DoubleClicked)
        self.setAlternatingRowColors(False)
        self.verticalHeader().setDefaultSectionSize(max(24, self.fontMetrics().height() + AIR))
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_header_clicked)
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self._fit)

    # -- cells that are wrong

    def faulty(self) -> list[QModelIndex]:
        """The cells that are wrong and in sight of the filter, in the order in which they stand there."""
        shown = self._model.shown
        if shown is None:
            return []
        found = ((self._model.row_of(place), column) for place, column in shown.faulty_cells())
        cells = [self._model.index(row, column + BEFORE) for row, column in found if row is not None]
        return sorted(cells, key=self._place)

    def _place(self, cell: QModelIndex) -> tuple[int, int]:
        return cell.row(), self.horizontalHeader().visualIndex(cell.column())

    def walk(self, *, forwards: bool) -> bool:
        """Goes to the next cell that is wrong, or the last; False where there is none that way."""
        here = self.currentIndex()
        place = self._place(here) if here.isValid() else (-1, -1)
        ahead = [one for one in self.faulty() if (self._place(one) > place) is forwards and self._place(one) != place]
        if not ahead:
            return False
        self.go_to(ahead[0] if forwards else ahead[-1])
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Brings a cell into sight and the cursor to it."""
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_to_first(self) -> None:
        """The first cell that is wrong, or the first of all."""
        cells = self.faulty()
        self.go_to(cells[0] if cells else self._model.index(0, max(0, self.horizontalHeader().logicalIndex(BEFORE))))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that act on the cell or on its row."""
        here = self.currentIndex()
        if is_enter(event):
            if not event.isAutoRepeat():
                self.enter_pressed.emit()
            event.accept()
        elif is_pressed(BULK_TICK, event):
            self.tick_toggled.emit()
        elif is_pressed(BULK_MEND, event) and here.isValid():
            self.edit(here)
        elif is_pressed(BULK_COLUMN, event) and BEFORE <= here.column() < self._model.result:
            self.offer_fields(here.column())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Enter came up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.enter_released.emit()
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's own method
        """Tab goes from one cell that is wrong to the next, and beyond the last one out of the grid."""
        if self.walk(forwards=forwards):
            return True
        if forwards and self._model.rowCount():
            self.walked_out.emit(True)
            return True
        return super().focusNextPrevChild(forwards)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's own method
        """After Tab in an editor the next cell that is wrong has the cursor."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint in (hints.EditNextItem, hints.EditPreviousItem):
            self.focusNextPrevChild(hint == hints.EditNextItem)

    # -- headings

    def offer_fields(self, column: int) -> None:
        """What a column can be, as a menu below its heading."""
        shown = self._model.shown
        if shown is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        present = shown.brought.table.fields[column - BEFORE]
        for name, label in (
            ("", texts.NOT_SENT),
            *((field.name, shown.brought.form.label(field.name)) for field in shown.brought.form.fields),
        ):
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(name == present)
            action.setData((column - BEFORE, name))
        menu.triggered.connect(self._on_field_chosen)
        header = self.horizontalHeader()
        menu.popup(header.mapToGlobal(QPoint(self.left_of(column), header.height())))

    def _on_field_chosen(self, action: Any) -> None:
        column, name = action.data()
        self.column_assigned.emit(column, name)

    def _on_header_clicked(self, section: int) -> None:
        if BEFORE <= section < self._model.result:
            self.offer_fields(section)
        elif section == TICK:
            self.selectAll()
            self.tick_toggled.emit()

    def _on_clicked(self, index: Index) -> None:
        if index.column() == TICK:
            self.tick_toggled.emit()
        elif index.column() == self._model.result:
            self.opened.emit(index.row())

    # -- widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each column as wide as what stands in it where there is room for all; else those that say least come last, to be scrolled to."""
        model = self._model
        if model.shown is None or not model.columnCount():
            return
        metrics = self.fontMetrics()
        zoom = max(1.0, metrics.horizontalAdvance("0" * 10) / 97)  # of the size of type
        result, least = round(_RESULT * zoom), round(_LEAST * zoom)
        widths = {TICK: metrics.height() + 2 * SPACE_S, LINE: metrics.horizontalAdvance("0" * 4) + 2 * SPACE_S, model.result: result}
        room = self.viewport().width() - sum(widths.values())
        own = range(BEFORE, model.result)
        rigid = self._rigid()
        wanted = {column: self._wanted(column, least, round(_WIDEST * zoom)) for column in own}
        readable = {column: wide if column in rigid else min(round(_READABLE * zoom), wide) for column, wide in wanted.items()}
        last: list[int] = [] if sum(readable.values()) <= room else self._dispensable()
        first = [column for column in own if column not in last]
        shared = shared_room({column: (readable[column], wanted[column]) for column in first}, room)
        spare = room - sum(shared.values())
        for column in first:  # what is left goes to headings that do not fit
            heading = metrics.horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal))) + 2 * SPACE_S + SPACE_XS
            more = max(0, min(spare, heading - shared[column]))
            shared[column] += more
            spare -= more
        widths |= shared | {column: wanted[column] for column in last}
        widths[model.result] += 0 if last else max(0, spare)
        left, right = self._pins(widths, sum(widths.values()) > self.viewport().width(), round(_BETWEEN * zoom))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(28)
        own_order = [column for column in (*first, *last) if column not in left]
        for place, column in enumerate((*left, *own_order, model.result)):
            header.moveSection(header.visualIndex(column), place)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.pin(left, right)

    def _pins(self, widths: Mapping[int, int], is_scrolled: bool, between: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The columns that stay in sight: whose row it is, and what came of it, as far as they leave the others some room."""
        shown, always = self._model.shown, (TICK, LINE)
        fields = shown.brought.table.fields if shown is not None and is_scrolled else ()
        free = self.viewport().width() - sum(map(widths.__getitem__, always)) - between
        kept: list[int] = []
        for column in [*(fields.index(name) + BEFORE for name in _STAY if name in fields), *([self._model.result] if fields else [])]:
            if widths[column] <= free:
                kept.append(column)
                free -= widths[column]
        right = tuple(column for column in kept if column == self._model.result)
        return (*always, *sorted(column for column in kept if column not in right)), right

    def _rigid(self) -> list[int]:
        """The columns of numbers and days, of which a part says nothing."""
        shown = self._model.shown
        whole = (
            {field.name for field in shown.brought.form.fields if field.editor in (Editor.SUPPLY_POINT, Editor.DATE)} if shown else set()
        )
        return [place + BEFORE for place, name in enumerate(shown.brought.table.fields if shown else ()) if name in whole]

    def _dispensable(self) -> list[int]:
        """The columns that come last where there is no room for all: those that say the same in every row, then those that are not sent."""
        model, shown = self._model, self._model.shown
        if shown is None:
            return []
        table, form = shown.brought.table, shown.brought.form
        own = range(BEFORE, model.result)
        not_sent = [] if form.missing(table.fields, table.common) else [column for column in own if not table.fields[column - BEFORE]]
        rows = range(min(_SAMPLED, model.rowCount()))
        alike = [
            column for column in own if len({model.text(row, column) for row in rows} | {model.fault(row, column) for row in rows}) == 2
        ]
        kept = (*not_sent, *self._rigid(), *(place + BEFORE for place, name in enumerate(table.fields) if name in _STAY))
        return [*(column for column in alike if column not in kept), *not_sent]

    def _wanted(self, column: int, least: int, most: int) -> int:
        """How wide what stands in a column is, marks of what is wrong included."""
        model, metrics = self._model, self.fontMetrics()
        rows = range(min(_SAMPLED, model.rowCount()))
        each = (metrics.horizontalAdvance(model.text(row, column)) + (ICON + SPACE_S if model.fault(row, column) else 0) for row in rows)
        return max(least, min(most, max(each, default=0) + 2 * AIR + SPACE_XS))
