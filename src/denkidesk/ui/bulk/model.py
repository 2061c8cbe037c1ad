"""The table of many applications as the grid shows it: tick, the clerk's own line, the clerk's own columns, what came of it."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon

from denkidesk.desk.bulk import BulkRow
from denkidesk.texts import bulk as texts
from denkidesk.ui.bulk.standing import UNSENT, Rows, Standing
from denkidesk.ui.parts.plain import plain_tip
from denkidesk.ui.parts.table import Index, RowsModel

TICK, LINE = range(2)
BEFORE: Final = 2
"""Columns that stand before the clerk's own."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNED: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_CHECK: Final = int(Qt.ItemDataRole.CheckStateRole)


class BulkModel(RowsModel[int]):
    """Each row a place in the clerk's table; the rows of a filter stay until another is chosen, wherever they stand by then."""

    edited = Signal(int, int, str)  # place, column of the clerk's, text

    def __init__(self, tick: QIcon, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._tick = tick
        self._row_of: dict[int, int] = {}
        self.shown: Rows | None = None

    @property
    def result(self) -> int:
        """The last column."""
        return len(self._headings) - 1

    def show_rows(self, rows: Rows | None, chip: str) -> None:
        """Shows the rows of a filter."""
        self.beginResetModel()
        self.shown = rows
        self._headings = () if rows is None else (texts.SEND_COLUMN, texts.LINE, *self._own_headings(rows), texts.RESULT)
        self._rows = [] if rows is None else rows.places(chip)
        self._row_of = {place: row for row, place in enumerate(self._rows)}
        self.endResetModel()

    def tell_all(self) -> None:
        """Something about any of the rows has changed."""
        self._on_theme_changed()

    def place_at(self, row: int) -> int:
        """The place in the clerk's table of a row that is shown."""
        return self._rows[row]

    def row_at_index(self, index: Index) -> BulkRow | None:
        """The row of the clerk's table that a cell belongs to."""
        return None if self.shown is None or not index.isValid() else self.shown.rows[self._rows[index.row()]]

    def row_of(self, place: int) -> int | None:
        """Where a row of the clerk's table is shown."""
        return self._row_of.get(place)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The clerk's own cells can be changed until their row is sent."""
        flags = super().flags(index)
        is_own = self.shown is not None and BEFORE <= index.column() < self.result
        if is_own and self.shown is not None and self.shown.is_editable(self.shown.rows[self._rows[index.row()]]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Texts; the grid's delegate draws the rest from the rows themselves."""
        if self.shown is None or role not in (_DISPLAY, _EDIT, _TOOLTIP, _ACCESSIBLE, _CHECK):
            return None
        column = index.column()
        if role == _ACCESSIBLE:
            return self._spoken(index)
        if role == _CHECK:
            return None if column != TICK else Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        text = self.text(index.row(), column)
        if role == _TOOLTIP:
            fault = self.fault(index.row(), column)
            return plain_tip("\n".join(part for part in (text, fault) if part)) or None
        return text

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """What the clerk has typed into a cell."""
        if role != _EDIT or str(value) == self.text(index.row(), index.column()):
            return False
        self.edited.emit(self._rows[index.row()], index.column() - BEFORE, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The whole heading as a tip too: a column may be narrower."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == _TOOLTIP:
            return plain_tip(self._headings[section])
        if role == _ALIGNED and section == LINE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if section == TICK and role in (_DISPLAY, _DECORATION, _ACCESSIBLE):
            return {_DISPLAY: "", _DECORATION: self._tick, _ACCESSIBLE: texts.SEND_COLUMN}[role]
        if role == _DISPLAY and BEFORE <= section < self.result:
            return f"{self._headings[section]} ▾"
        return super().headerData(section, orientation, role)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if self.shown is None:
            return ""
        one = self.shown.rows[self._rows[row]]
        if column == TICK:
            return ""
        if column == LINE:
            return str(one.source.line)
        if column == self.result:
            said = self.shown.said(one)
            return "　".join(part for part in (said.words, said.more) if part)
        own = column - BEFORE
        return one.source.cells[own] if own < len(one.source.cells) else ""

    def fault(self, row: int, column: int) -> str:
        """What is wrong with a cell, in words."""
        if self.shown is None or not BEFORE <= column < self.result:
            return ""
        return self.shown.fault_at(self.shown.rows[self._rows[row]], column - BEFORE)

    def short_fault(self, row: int, column: int) -> str:
        """The same in a few words, for the cell itself."""
        if self.shown is None:
            return ""
        return self.shown.fault_at(self.shown.rows[self._rows[row]], column - BEFORE, short=True)

    def is_ticked(self, row: int) -> bool:
        """Whether a row goes, or has gone."""
        if self.shown is None:
            return False
        one = self.shown.rows[self._rows[row]]
        return one.source.line in self.shown.ticked or self.shown.standing(one) not in UNSENT

    def is_quiet(self, row: int) -> bool:
        """Whether a row is one that stays behind though nothing is wrong with it."""
        if self.shown is None or self.is_ticked(row):
            return False
        return self.shown.standing(self.shown.rows[self._rows[row]]) in (Standing.DOUBLE, Standing.READY)

    def _spoken(self, index: Index) -> str:
        """13行、変更希望日、2026/2/30、誤り、存在しない日付です."""
        row, column = index.row(), index.column()
        fault = self.fault(row, column)
        line = texts.LINE_OF.format(line=self.text(row, LINE))
        what = (texts.TICKED if self.is_ticked(row) else texts.UNTICKED) if column == TICK else self.text(row, column)
        parts = (line, "" if column in (TICK, LINE) else self._headings[column], what, texts.FAULTY if fault else "", fault)
        return "、".join(part for part in parts if part)

    def _own_headings(self, rows: Rows) -> Sequence[str]:
        """As the clerk has them, with what they mean where that is another word."""
        brought = rows.brought
        found = []
        for number, (heading, name) in enumerate(zip(brought.table.headings, brought.table.fields, strict=True), 1):
            said = " ".join(heading.split()) or texts.NO_HEADING.format(number=number)
            label = brought.form.label(name) if name else ""
            if not name:
                said = texts.COLUMN_NOT_SENT.format(heading=said)
            elif label != said:
                said = texts.COLUMN_AS.format(heading=said, field=label)
            found.append(said)
        return found
