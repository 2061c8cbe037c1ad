"""The months of a bill as a table that fits its place: columns as wide as their figures, what is left shared out."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.tariffs.bill_rows import BillRow
from denkidesk.ui.texts import tariffs as texts

_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROW_HEIGHT: Final = 24
_AIR: Final = 20  # beside a figure, both sides together


class BillTableModel(QAbstractTableModel):
    """The year and twelve months, every cell a string."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[BillRow] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def rows(self) -> Sequence[BillRow]:
        """As they are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[BillRow]) -> None:
        """Replaces all rows; the same number of them keeps the clerk's place in the table."""
        if len(rows) == len(self._rows) and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(texts.TABLE_HEAD) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """The year and its months."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as the header."""
        return 0 if parent is not None and parent.isValid() else len(texts.TABLE_HEAD)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Text, its side, bold for the year, and the whole row for a screen reader."""
        row = self._rows[index.row()]
        if role == _DISPLAY:
            return row.cells[index.column()]
        if role == _ALIGNMENT:
            return _LEFT if index.column() == 0 else _RIGHT
        if role == _FONT and row.is_total:
            return self._bold
        if role == _SPOKEN and index.column() == 0:
            heads = (" ".join(head.split()) for head in texts.TABLE_HEAD)
            return "、".join(f"{head} {cell}" for head, cell in zip(heads, row.cells, strict=True) if cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Column names, on two lines where one would be wide."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return texts.TABLE_HEAD[section]
        return (_LEFT if section == 0 else _RIGHT) if role == _ALIGNMENT else None


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
        model.dataChanged.connect(self._measure)
        model.modelReset.connect(self._measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shares the new width out."""
        super().resizeEvent(event)
        self._share_out()

    def _measure(self) -> None:
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
