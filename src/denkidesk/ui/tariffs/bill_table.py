"""The months of a bill as a table that fits its place: columns as wide as their figures, what is left shared out."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.texts import tariffs as texts
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.tariffs.bill_rows import BillRow

_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROW_HEIGHT: Final = 24
_AIR: Final = 16  # beside a figure, both sides together


class BillTableModel(QStandardItemModel):
    """The year and twelve months, every cell a string.

    Qt keeps the cells itself: a model in Python is asked hundreds of times for each paint, and each time waits for its turn at the
    interpreter while the next bill's picture is drawn.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(texts.TABLE_HEAD), parent)
        self.rows: Sequence[BillRow] = ()
        self.setHorizontalHeaderLabels(list(texts.TABLE_HEAD))
        for column in range(len(texts.TABLE_HEAD)):
            self.setHeaderData(column, Qt.Orientation.Horizontal, _LEFT if column == 0 else _RIGHT, _ALIGNMENT)

    def show_rows(self, rows: Sequence[BillRow]) -> None:
        """Replaces all rows; cells that stay the same are not touched, and the clerk's place in the table is kept."""
        before, self.rows = self.rows, rows
        self.setRowCount(len(rows))
        heads = [" ".join(head.split()) for head in texts.TABLE_HEAD]
        for number, row in enumerate(rows):
            old = before[number] if number < len(before) else None
            if row == old:
                continue
            for column, text in enumerate(row.cells):
                if old is None:
                    self.setItem(number, column, _item(text, column, row.is_total))
                elif old.cells[column] != text:
                    self.item(number, column).setText(text)
            spoken = "、".join(f"{head} {cell}" for head, cell in zip(heads, row.cells, strict=True) if cell)
            self.item(number, 0).setData(spoken, _SPOKEN)

    def blank(self) -> None:
        """Takes every figure away; the rows stay, and with them the clerk's place."""
        self.show_rows(tuple(BillRow(("",) * len(texts.TABLE_HEAD), row.is_total) for row in self.rows))


def _item(text: str, column: int, bold: bool) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    item.setData(_LEFT if column == 0 else _RIGHT, _ALIGNMENT)
    if bold:
        font = QFont()
        font.setBold(True)
        item.setFont(font)
    return item


class BillTable(DeskTable):
    """A table of whole bills without a horizontal scroll bar wherever its figures fit."""

    def __init__(self, accessible_name: str, model: BillTableModel, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, parent)
        self.setModel(model)
        self._model = model
        self._needed: list[int] = []
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def fit_columns(self) -> None:
        """Measures the figures that are shown, and shares the room out by them."""
        metrics = self.fontMetrics()
        needed = []
        for column, head in enumerate(texts.TABLE_HEAD):
            width = max(metrics.horizontalAdvance(line) for line in head.split("\n"))
            cells = [row.cells[column] for row in self._model.rows]
            width = max([width, *(metrics.horizontalAdvance(cell) for cell in cells[1:])])
            if cells:
                width = max(width, round(metrics.horizontalAdvance(cells[0]) * 1.08))
            needed.append(width + _AIR)
        self._needed = needed
        self._share_out()

    def _share_out(self) -> None:
        if not self._needed:
            return
        room = max(0, self.viewport().width() - sum(self._needed))
        share, rest = divmod(room, len(self._needed))
        for column, width in enumerate(self._needed):
            self.setColumnWidth(column, width + share + (1 if column < rest else 0))
