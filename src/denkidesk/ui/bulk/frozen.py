"""A table that is scrolled sideways under columns that stay: who a row is for, and what came of it, at the edges of what is seen.

One view, not a second one over the first: cursor, selection, editors, menus and what a screen reader hears are those of any table.
Only where a pinned cell is drawn, and which cell lies under the pointer, differs from Qt's own.
"""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.parts.theme import Theme

Places = dict[int, tuple[int, int]]
"""Where the pinned columns stand in what is seen: left edge and width by column."""


class FrozenTable(DeskTable):
    """``pin``: the columns that stay; the others are seen between them."""

    def __init__(self, accessible_name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(accessible_name, parent)
        self.theme = theme
        self._left: tuple[int, ...] = ()
        self._right: tuple[int, ...] = ()
        self.put_header(_FrozenHeader(self))
        self.horizontalScrollBar().rangeChanged.connect(self._on_moved)

    def pin(self, left: tuple[int, ...], right: tuple[int, ...] = ()) -> None:
        """These stay at the edges, from the left on and up to the right; they are the first and the last that are seen."""
        self._left, self._right = left, right
        self._on_moved()

    def pinned(self) -> Places:
        """Those that do not stand where they would by themselves; none while nothing is scrolled away."""
        offset, last = self.horizontalScrollBar().value(), self.horizontalScrollBar().maximum()
        found: Places = {}
        place = 0
        for column in self._left if offset else ():
            found[column] = (place, self.columnWidth(column))
            place += self.columnWidth(column)
        place = self.viewport().width()
        for column in reversed(self._right if offset < last else ()):
            place -= self.columnWidth(column)
            found[column] = (place, self.columnWidth(column))
        return found

    def column_under(self, x: int) -> int | None:
        """The pinned column at a place."""
        return next((column for column, (left, width) in self.pinned().items() if left <= x < left + width), None)

    def left_of(self, column: int) -> int:
        """Where a column is seen."""
        place = self.pinned().get(column)
        return self.columnViewportPosition(column) if place is None else place[0]

    # -- where cells are

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's own method
        """Of a pinned cell where it is seen."""
        rect = super().visualRect(index)
        place = self.pinned().get(index.column()) if index.isValid() and not rect.isNull() else None
        return rect if place is None else QRect(place[0], rect.top(), place[1], rect.height())

    def indexAt(self, pos: QPoint) -> QModelIndex:  # noqa: N802 - Qt's own method
        """A pinned cell lies over those that are scrolled away beneath it."""
        column, row = self.column_under(pos.x()), self.rowAt(pos.y())
        return super().indexAt(pos) if column is None or row < 0 else self.model().index(row, column)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:  # noqa: N802 - Qt's own method
        """A pinned column is in sight already; any other one comes to stand between the pinned ones."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(before)
        column = index.column()
        if column < 0 or column in (*self._left, *self._right) or self.isColumnHidden(column):
            return
        header = self.horizontalHeader()
        begin = sum(map(self.columnWidth, self._left))
        end = self.viewport().width() - sum(map(self.columnWidth, self._right))
        left = header.sectionPosition(column)
        right = left + self.columnWidth(column)
        if left - bar.value() < begin:
            bar.setValue(left - begin)
        elif right - bar.value() > end:
            bar.setValue(min(left - begin, right - end))

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and over them the pinned cells."""
        super().paintEvent(event)
        if places := self.pinned():
            with QPainter(self.viewport()) as painter:
                self._paint_pinned(painter, places, event.region())

    def _paint_pinned(self, painter: QPainter, places: Places, region: QRegion) -> None:
        height = self.viewport().height()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        ground = option.palette.base()
        for column, (left, width) in places.items():
            strip = QRect(left, 0, width, height)
            if not region.intersects(strip):
                continue
            painter.fillRect(strip, ground)
            for row in range(max(0, self.rowAt(0)), self.model().rowCount()):
                top = self.rowViewportPosition(row)
                if top >= height:
                    break
                self._paint_cell(painter, option, self.model().index(row, column), QRect(left, top, width, self.rowHeight(row)))
        painter.setPen(QPen(self.theme.colour("line_strong"), 1))
        for edge in _edges(places, self._left):
            painter.drawLine(edge, 0, edge, height)

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, rect: QRect) -> None:
        option.rect = rect
        state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Active
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and (self.hasFocus() or self.viewport().hasFocus()):
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        self.itemDelegate().paint(painter, option, index)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's own method
        """What Qt moves along has the pinned cells in it: all is drawn anew."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self._on_moved()

    def selectionChanged(self, selected: object, deselected: object) -> None:  # noqa: N802 - Qt's own method
        """Qt draws anew where the cells would be by themselves."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        if self.pinned():
            self.viewport().update()

    def _on_moved(self) -> None:
        self.updateEditorGeometries()  # Qt moves an editor along with what is scrolled
        self.viewport().update()
        self.horizontalHeader().viewport().update()


class _FrozenHeader(QHeaderView):
    """The headings of the pinned columns stand above them, and are pressed there."""

    def __init__(self, table: FrozenTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._pressed: int | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """All headings, and over them the pinned ones."""
        super().paintEvent(event)
        places = self._table.pinned()
        if not places:
            return
        with QPainter(self.viewport()) as painter:
            for column, (left, width) in places.items():
                rect = QRect(left, 0, width, self.height())
                painter.fillRect(rect, self.palette().window())
                painter.save()
                self.paintSection(painter, rect, column)
                painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A pinned heading is no edge to be dragged: what lies beneath it is out of sight."""
        self._pressed = self._table.column_under(event.position().toPoint().x())
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """No edge of a heading that is out of sight changes the pointer."""
        if self._pressed is None and (event.buttons() or self._table.column_under(event.position().toPoint().x()) is None):
            super().mouseMoveEvent(event)
        elif not event.buttons():
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressed and let go on the same pinned heading."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._table.column_under(event.position().toPoint().x()) == pressed:
            self.sectionClicked.emit(pressed)


def _edges(places: Places, left: tuple[int, ...]) -> list[int]:
    """Where the pinned columns end and what is scrolled begins."""
    ends = [place + width - 1 for column, (place, width) in places.items() if column in left]
    begins = [place for column, (place, _) in places.items() if column not in left]
    return [*([max(ends)] if ends else []), *([min(begins)] if begins else [])]
