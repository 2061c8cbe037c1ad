"""Tables of the paper bill: rows of text, the odd ones tinted, and a column that draws how near each condition came."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen, QPolygonF, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import Theme

_ROW_HEIGHT: Final = 26
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_REST: Final = Qt.ItemDataRole.UserRole
_DOT: Final = 4.5
_AIR: Final = 12


class TextTable(DeskTable):
    """Rows of text under headings. ``texts``: the columns of words; all others are figures, ``least`` wide. As high as its rows.

    ``stretched``: the column that takes what is left, and goes where the table is narrower than it ``needs``.
    """

    def __init__(
        self, name: str, headings: Sequence[str], texts: Sequence[int], stretched: int, parent: QWidget, *, least: int = 76, needs: int = 0
    ) -> None:
        super().__init__(name, parent)
        self._stretched, self._needs = stretched, needs
        self._columns = [_LEFT if column in texts else _RIGHT for column in range(len(headings))]
        self.model_of_rows = QStandardItemModel(0, len(headings), self)
        self.model_of_rows.setHorizontalHeaderLabels(list(headings))
        for column, alignment in enumerate(self._columns):
            self.model_of_rows.setHeaderData(column, Qt.Orientation.Horizontal, alignment, int(Qt.ItemDataRole.TextAlignmentRole))
        self.setModel(self.model_of_rows)
        self.setAlternatingRowColors(False)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(least)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Sequence[str]], bold: Sequence[bool] = (), grounds: Sequence[QBrush | None] = ()) -> None:
        """Replaces all rows."""
        self.model_of_rows.setRowCount(0)
        for place, cells in enumerate(rows):
            items = [_item(text, alignment) for text, alignment in zip(cells, self._columns, strict=True)]
            for item in items:
                if bold and bold[place]:
                    font = QFont(self.font())
                    font.setBold(True)
                    item.setFont(font)
                if grounds and (ground := grounds[place]) is not None:
                    item.setBackground(ground)
            items[0].setData("、".join(cell.strip() for cell in cells if cell.strip()), int(Qt.ItemDataRole.AccessibleTextRole))
            self.model_of_rows.appendRow(items)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the column that takes what is left goes: its words are in the row's spoken text."""
        super().resizeEvent(event)
        narrow = self.width() < self._needs
        if narrow != self.isColumnHidden(self._stretched):
            self.setColumnHidden(self._stretched, narrow)
        self._fit()

    def _fit(self) -> None:
        scroll = self.horizontalScrollBar().sizeHint().height() if self.horizontalHeader().length() > self.viewport().width() else 0
        height = self.horizontalHeader().sizeHint().height() + self.model_of_rows.rowCount() * _ROW_HEIGHT + 4 + scroll
        if height != self.height():
            self.setFixedHeight(height)

    def rows(self) -> list[list[str]]:
        """What is shown."""
        model = self.model_of_rows
        return [[str(model.index(row, column).data() or "") for column in range(model.columnCount())] for row in range(model.rowCount())]

    def show_rests(self, column: int, rests: Sequence[Decimal]) -> None:
        """What a delegate of the column draws."""
        for row, rest in enumerate(rests):
            self.model_of_rows.item(row, column).setData(float(rest), int(_REST))


class RestDots(QStyledItemDelegate):
    """Each rest as a dot on one axis with zero in the middle; an arrow where it is off the scale. The number stands beside it."""

    def __init__(self, theme: Theme, scale_yen: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.scale_yen = scale_yen

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The axis, the way from zero, and the dot."""
        super().paint(painter, option, index)
        rest = index.data(int(_REST))
        if rest is None:
            return
        box = option.rect
        middle, half = QPointF(box.center()), box.width() / 2 - _AIR
        there = max(-1.0, min(1.0, rest / self.scale_yen))
        end = QPointF(middle.x() + there * half, middle.y() + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawLine(QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom() + 1))
        painter.drawLine(QPointF(middle.x(), end.y()), end)
        good = not rest
        painter.setPen(QPen(self._theme.colour("ok" if good else "text"), 1.5))
        painter.setBrush(self._theme.colour("ok" if good else "surface"))
        if abs(rest) > self.scale_yen:
            way = 6 if rest > 0 else -6
            painter.setBrush(self._theme.colour("text"))
            painter.drawPolygon(QPolygonF([end + QPointF(way, 0), end + QPointF(-way / 2, -5), end + QPointF(-way / 2, 5)]))
        else:
            painter.drawEllipse(end, _DOT, _DOT)
        painter.restore()


def _item(text: str, alignment: Qt.AlignmentFlag) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    item.setData(alignment, int(Qt.ItemDataRole.TextAlignmentRole))
    return item
