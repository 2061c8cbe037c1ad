"""The model of the list: a window on the store. It has as many places as the view has rows, and the rows near what is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, overload

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont

from denkidesk.texts import inbox as texts
from denkidesk.ui.inbox.rows import KIND, MARK, REGISTERED, Row
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS, KIND_TONES
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
PAGE: Final = 64
_PAGES_KEPT: Final = 40


class _Near(Sequence[Row | None]):
    """As many places as there are rows; None where a row is not at hand."""

    def __init__(self, count: int) -> None:
        self.size = count
        self.at: dict[int, Row] = {}
        self.places: dict[str, int] = {}
        self.blank: set[int] = set()  # asked for, and not there

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> Row | None: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row | None]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row | None] | None:
        return [self.at.get(one) for one in range(*place.indices(self.size))] if isinstance(place, slice) else self.at.get(place)

    def has_gaps(self, first: int, end: int) -> bool:
        """Whether a row was not asked for between two places."""
        return any(place not in self.at and place not in self.blank for place in range(max(0, first), min(end, self.size)))

    def put(self, first: int, rows: Sequence[Row | None]) -> None:
        """Takes what stands from a place on; what is far from it is let go."""
        if len(self.at) > PAGE * _PAGES_KEPT:
            self.at = {place: row for place, row in self.at.items() if abs(place - first) < PAGE * _PAGES_KEPT // 4}
        self.at.update((first + place, row) for place, row in enumerate(rows) if row is not None)
        self.blank.update(first + place for place, row in enumerate(rows) if row is None)
        self.places = {row.receipt_number: place for place, row in self.at.items()}


class InboxModel(RowsModel[Row | None]):
    """``restructured``: other rows or another order came. ``wanted``: first place and number of rows."""

    restructured = Signal()
    wanted = Signal(object, object)
    ordered = Signal()

    def __init__(self, icons: Icons, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(texts.COLUMNS, parent)
        self._rows: _Near = _Near(0)
        self._icons = icons
        self.sort_column = REGISTERED
        self.is_descending = True
        self._asked: set[int] = set()  # pages that are on their way
        self._missed: set[int] = set()  # pages that somebody looked at just now
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._want)
        self._bold = theme.font(bold=True)
        theme.changed.connect(self._on_theme_changed)

    # -- rows

    def show_window(self, count: int, first: int, rows: Sequence[Row | None], places: Mapping[str, int]) -> bool:
        """Shows a view with the rows that are at hand, and returns whether all was told anew or only what changed of rows that stand.

        ``places``: where the chosen ones stand now.
        """
        before, now = self._rows, _Near(count)
        now.put(first, rows)
        on_their_way = set(self._asked)
        self._asked.clear()
        numbers = [row and row.receipt_number for row in rows]
        same = count == len(before) and numbers == [row and row.receipt_number for row in before[first : first + len(rows)]]
        if same and all(before.places.get(number, place) == place for number, place in places.items()):
            self._rows = now
            for place, row in now.at.items():
                # What is seen, not the whole entry.
                old = before.at[place]
                if replace(old, entry=row.entry) != row or old.entry.kind is not row.entry.kind:
                    self._tell_changed(place, place)
            if on_their_way:  # of the view as it was read before: they come too late, and nobody asks for them by a paint
                self._missed |= on_their_way
                self._soon.start()
            return False
        self.beginResetModel()
        self._rows = now
        self.endResetModel()
        self.restructured.emit()
        return True

    def put(self, first: int, rows: Sequence[Row | None]) -> None:
        """Takes rows that were wanted."""
        self._asked.difference_update(range(first // PAGE, (first + len(rows)) // PAGE + 1))
        rows = rows[: max(0, len(self._rows) - first)]
        self._rows.put(first, rows)
        if rows:
            self._tell_changed(first, first + len(rows) - 1)

    def grow(self, count: int) -> None:
        """All rows of a long list are known by now."""
        self._asked.clear()
        self._rows.blank.clear()
        known = len(self._rows)
        if count > known:
            self.beginInsertRows(QModelIndex(), known, count - 1)
            self._rows.size = count
            self.endInsertRows()
        elif count < known:
            self.beginRemoveRows(QModelIndex(), count, known - 1)
            self._rows.size = count
            self.endRemoveRows()
        if count:
            self._tell_changed(0, count - 1)

    def replace(self, row: Row) -> None:
        """Shows a newer state of one application where it stands."""
        place = self.place_of(row.receipt_number)
        if place is not None:
            self._rows.at[place] = row
            self._tell_changed(place, place)

    def place_of(self, receipt_number: str) -> int | None:
        """Where an application stands, if it is at hand."""
        return self._rows.places.get(receipt_number)

    def receipt_numbers(self) -> list[str]:
        """The applications at hand as they stand."""
        return [self._rows.at[place].receipt_number for place in sorted(self._rows.at)]

    def next_unread(self, after: int) -> int | None:
        """The place of the next unread row, going on from the top at the end; None: none. -1: the rows at hand do not tell."""
        count = len(self._rows)
        for place in (place % count for place in range(after + 1, after + 1 + count)):
            row = self._rows[place]
            if row is None or row.entry.unread:
                return -1 if row is None else place
        return None

    def is_at_hand(self, ranges: Sequence[tuple[int, int]]) -> bool:
        """Whether all rows of some ranges are here."""
        count = sum(last - first + 1 for first, last in ranges)
        return count <= len(self._rows.at) and not any(self._rows.has_gaps(first, last + 1) for first, last in ranges)

    def miss(self, place: int) -> None:
        """Somebody looks at a place whose row is not at hand."""
        if self._rows.has_gaps(place, place + 1):
            self._missed.add(place // PAGE)
            self._soon.start()

    def _want(self) -> None:
        missed, self._missed = self._missed, set()
        near = {page + step for page in missed for step in (-1, 0, 1)} - self._asked
        pages = sorted(page for page in near if self._rows.has_gaps(page * PAGE, (page + 1) * PAGE))
        for _, run in groupby(enumerate(pages), lambda numbered: numbered[1] - numbered[0]):
            neighbours = [page for _, page in run]
            self._asked.update(neighbours)
            place = neighbours[0] * PAGE
            self.wanted.emit(place, min((neighbours[-1] + 1) * PAGE, len(self._rows)) - place)

    # -- Qt

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The dot stands under no word: there is no room for one, and a reader hears it in each row."""
        if section == MARK and orientation == Qt.Orientation.Horizontal:
            return {_DISPLAY: "", _TOOLTIP: texts.UNREAD, _ACCESSIBLE: texts.UNREAD}.get(role)
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows in a role; its display is always text, empty while the row is on its way."""
        if role and role not in _WANTED:
            return None
        row = self._rows.at.get(index.row())
        if row is None:
            self.miss(index.row())
            return None if role else ""
        return self._decoration(row, index.column(), role) if role else row.cells[index.column()]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The store sorts: whoever listens to ``ordered`` brings the rows."""
        wished = (column, order == Qt.SortOrder.DescendingOrder)
        if wished != (self.sort_column, self.is_descending):
            self.sort_column, self.is_descending = wished
            self.ordered.emit()

    def _decoration(self, row: Row, column: int, role: int) -> Any:
        if role == _FONT:
            return QFont(self._bold) if row.entry.unread else None
        if role == _DECORATION:
            if column == KIND:
                return self._icons.icon(KIND_ICONS[row.entry.kind], KIND_TONES[row.entry.kind])
            return self._icons.icon("dot", "accent") if column == MARK and row.entry.unread else None
        if role == _ACCESSIBLE:
            return row.spoken if column == 0 else row.cells[column]
        return plain_tip(row.cells[column]) or None
