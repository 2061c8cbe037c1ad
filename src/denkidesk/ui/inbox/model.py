"""The model of the list: finished strings, sorted by itself."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from denkidesk.texts import inbox as texts
from denkidesk.ui.inbox.rows import KIND, MARK, REGISTERED, Row
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.plain import plain_tip
from denkidesk.ui.parts.table import Index, RowsModel
from denkidesk.ui.parts.theme import Theme

# Plain integers: comparing a role with an enum's member costs an enum look-up at each of the seven calls a cell.
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_WANTED: Final = frozenset((_FONT, _DECORATION, _ACCESSIBLE, _TOOLTIP))


class InboxModel(RowsModel[Row]):
    """The rows of the list. ``restructured`` after other rows or another order came: selections have to be put back."""

    restructured = Signal()

    def __init__(self, icons: Icons, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(texts.COLUMNS, parent)
        self._icons = icons
        self._places: dict[str, int] = {}
        self._sort_column = REGISTERED
        self._descending = True
        self._bold = theme.font(bold=True)
        theme.changed.connect(self._on_theme_changed)

    # -- rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows; where the same applications stand in the same order, only the changed ones are told of."""
        ordered = self._in_order(rows)
        if [r.receipt_number for r in ordered] == [r.receipt_number for r in self._rows]:
            before, self._rows = self._rows, ordered
            for place, (old, new) in enumerate(zip(before, ordered, strict=True)):
                # What is seen, not the whole entry: comparing five thousand entries in full would cost a frame or two.
                if old.cells != new.cells or old.entry.kind is not new.entry.kind:
                    self._tell_changed(place, place)
            return
        self.beginResetModel()
        self._take(ordered)
        self.endResetModel()
        self.restructured.emit()

    def replace(self, row: Row) -> None:
        """Shows a newer state of one application where it stands."""
        place = self._places.get(row.receipt_number)
        if place is not None:
            self._rows[place] = row
            self._tell_changed(place, place)

    def place_of(self, receipt_number: str) -> int | None:
        return self._places.get(receipt_number)

    def receipt_numbers(self) -> list[str]:
        """All applications as they stand."""
        return [row.receipt_number for row in self._rows]

    def next_unread(self, after: int) -> int | None:
        """The place of the next unread row, going on from the top at the end."""
        count = len(self._rows)
        places = (place % count for place in range(after + 1, after + 1 + count))
        return next((place for place in places if self._rows[place].entry.unread), None)

    # -- Qt

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows in a role; its display is always text."""
        if role:
            return self._decoration(index, role) if role in _WANTED else None
        return self._rows[index.row()].cells[index.column()]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; what is selected stays selected."""
        self._sort_column = column
        self._descending = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        numbers = [(self._rows[i.row()].receipt_number, i.column()) for i in before]
        self._take(self._in_order(self._rows))
        self.changePersistentIndexList(before, [self.index(self._places[number], column) for number, column in numbers])
        self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[Row]) -> list[Row]:
        column = self._sort_column
        # Sorted twice, because Python's sort is stable: equal keys keep the newest receipt first in either direction.
        newest_first = sorted(rows, key=lambda row: row.receipt_number, reverse=True)
        return sorted(newest_first, key=lambda row: row.keys[column], reverse=self._descending)

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.receipt_number: place for place, row in enumerate(rows)}

    def _decoration(self, index: Index, role: int) -> Any:
        row = self._rows[index.row()]
        column = index.column()
        if role == _FONT:
            return QFont(self._bold) if row.entry.unread else None
        if role == _DECORATION:
            if column == KIND:
                return self._icons.icon(KIND_ICONS[row.entry.kind], "accent" if row.entry.unread else "muted")
            return self._icons.icon("dot", "accent") if column == MARK and row.entry.unread else None
        if role == _ACCESSIBLE:
            return row.spoken if column == 0 else row.cells[column]
        return plain_tip(row.cells[column]) or None
