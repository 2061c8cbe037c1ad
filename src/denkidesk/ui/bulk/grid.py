"""The grid: Tab walks the cells that are wrong, F2 mends one in place, Space ticks; faults stand in their cells in words."""

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
from denkidesk.ui.bulk.hold_button import is_enter
from denkidesk.ui.bulk.model import BEFORE, LINE, TICK, BulkModel
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, Theme

_LEAST: Final = 48
_READABLE: Final = 84
_NARROW: Final = 820
_WIDEST: Final = 250
_RESULT: Final = 190
_SAMPLED: Final = 200


class BulkGrid(DeskTable):
    """Enter is told of as it goes down and comes up: it is a button's, wherever the cursor is in the grid."""

    enter_pressed = Signal()
    enter_released = Signal()
    tick_toggled = Signal()
    column_assigned = Signal(int, str)
    walked_out = Signal(bool)  # forwards: there is no further cell that is wrong
    opened = Signal(int)  # the row whose double is to be opened

    def __init__(self, theme: Theme, icons: Icons, model: BulkModel, parent: QWidget) -> None:
        super().__init__(texts.GRID_NAME, parent)
        self._model = model
        self._theme = theme
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
        """The cells that are wrong and in sight of the filter, in order."""
        shown = self._model.shown
        if shown is None:
            return []
        found = ((self._model.row_of(place), column) for place, column in shown.faulty_cells())
        return [self._model.index(row, column + BEFORE) for row, column in found if row is not None]

    def walk(self, *, forwards: bool) -> bool:
        """Goes to the next cell that is wrong, or the last; False where there is none that way."""
        here = self.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else (-1, -1)
        cells = self.faulty()
        ahead = [one for one in cells if ((one.row(), one.column()) > place) is forwards and (one.row(), one.column()) != place]
        if not ahead:
            return False
        self.go_to(ahead[0] if forwards else ahead[-1])
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Brings a cell into sight and the cursor to it."""
        self.setColumnHidden(index.column(), False)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_to_first(self) -> None:
        """The first cell that is wrong, or the first of all."""
        cells = self.faulty()
        first = next((column for column in range(BEFORE, self._model.result) if not self.isColumnHidden(column)), 0)
        self.go_to(cells[0] if cells else self._model.index(0, first))

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
        menu.popup(header.mapToGlobal(QPoint(header.sectionViewportPosition(column), header.height())))

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
        """Each column as wide as what stands in it where there is room; the supply point is the last to be cut."""
        model = self._model
        if model.shown is None or not model.columnCount():
            return
        metrics = self.fontMetrics()
        zoom = max(1.0, metrics.horizontalAdvance("0" * 10) / 97)  # of the size of type
        fixed = {TICK: metrics.height() + 2 * SPACE_S, LINE: metrics.horizontalAdvance("0" * 4) + 2 * SPACE_S}
        result, least = round(_RESULT * zoom), round(_LEAST * zoom)
        room = self.viewport().width() - sum(fixed.values()) - result
        wide = {column: self._wanted(column, least, round(_WIDEST * zoom)) for column in range(BEFORE, model.result)}
        rigid = {column: wide.pop(column) for column in self._rigid()}
        for column in range(BEFORE, model.result):
            self.setColumnHidden(column, False)
        is_narrow = self.viewport().width() < _NARROW * zoom
        for column in self._dispensable() if is_narrow else ():
            if sum(min(round(_READABLE * zoom), one) for one in wide.values()) + sum(rigid.values()) <= room:
                break
            del wide[column]
            self.setColumnHidden(column, True)
        most = next(
            (
                cap
                for cap in range(round(_WIDEST * zoom), least, -4)
                if sum(min(cap, one) for one in wide.values()) + sum(rigid.values()) <= room
            ),
            least,
        )
        widths = {column: min(most, one) for column, one in wide.items()} | rigid
        over = sum(widths.values()) - room
        for column in sorted(rigid, key=rigid.__getitem__):  # only where nothing else can give way, the number last
            give = max(0, min(over, widths[column] - 2 * least))
            widths[column] -= give
            over -= give
        spare = room - sum(widths.values())
        for column in sorted(widths):  # what is left goes to headings that do not fit
            heading = (
                self.fontMetrics().horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal))) + 2 * SPACE_S + SPACE_XS
            )
            more = max(0, min(spare, heading - widths[column]))
            widths[column] += more
            spare -= more
        self.horizontalHeader().setMinimumSectionSize(28)
        for column, width in (fixed | widths | {model.result: result + max(0, spare)}).items():
            self.setColumnWidth(column, width)

    def _rigid(self) -> list[int]:
        """The columns of numbers and days, of which a part says nothing."""
        shown = self._model.shown
        whole = (
            {field.name for field in shown.brought.form.fields if field.editor in (Editor.SUPPLY_POINT, Editor.DATE)} if shown else set()
        )
        return [place + BEFORE for place, name in enumerate(shown.brought.table.fields if shown else ()) if name in whole]

    def _dispensable(self) -> list[int]:
        """The columns that go first where there is no room for all: those that are not sent, then those that say the same in every row."""
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
        return [*not_sent, *(column for column in alike if column not in not_sent and column not in self._rigid())]

    def _wanted(self, column: int, least: int, most: int) -> int:
        """How wide what stands in a column is, marks of what is wrong included."""
        model, metrics = self._model, self.fontMetrics()
        rows = range(min(_SAMPLED, model.rowCount()))
        each = (metrics.horizontalAdvance(model.text(row, column)) + (ICON + SPACE_S if model.fault(row, column) else 0) for row in rows)
        return max(least, min(most, max(each, default=0) + 2 * AIR + SPACE_XS))
