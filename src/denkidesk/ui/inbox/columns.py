"""The columns of the list as the clerk arranged them: which are shown, in which order, how wide, by which the rows are sorted."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt

from denkidesk.ui.inbox.rows import ADDRESS, DAYS, KIND, MESSAGE, NAME, RECEIPT, REGISTERED, STAGE, SUPPLY_POINT, VISIT
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.ui_state import UiState

USUAL: Final = (KIND, NAME, ADDRESS, STAGE, VISIT, DAYS, MESSAGE)
CHOICE: Final = (*USUAL, REGISTERED, RECEIPT, SUPPLY_POINT)
"""All but the dot, which is always shown and stands first."""
_WIDTHS: Final = (28, 116, 118, 138, 92, 92, 68, 120, 92, 132, 276)
_SCALED_TO: Final = 10.0  # points: so wide they are for letters of this size
_SHOWN, _WIDE, _SORTED = "inbox.columns", "inbox.widths", "inbox.sorted"


class Columns(QObject):
    """Kept over restarts. ``squeeze`` lets some go for as long as the window is too narrow for them."""

    def __init__(self, table: DeskTable, state: UiState) -> None:
        super().__init__(table)
        self._table = table
        self._state = state
        self._header = table.horizontalHeader()
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(False)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self.choose)
        scale = table.font().pointSizeF() / _SCALED_TO
        self._usual_widths = [round(width * scale) for width in _WIDTHS]
        kept = state.numbers(_WIDE)
        self._widths = kept if len(kept) == len(_WIDTHS) else self._usual_widths
        self._chosen: tuple[int, ...] = ()
        self._squeezed: frozenset[int] = frozenset()
        table.set_widths(self._widths)
        self.show(state.numbers(_SHOWN))
        table.setSortingEnabled(True)
        column, is_descending = [*state.numbers(_SORTED), REGISTERED, 1][:2]
        self.sort_by(column, descending=bool(is_descending))

    @property
    def shown(self) -> tuple[int, ...]:
        """Those that the clerk wants to see, from left to right, without the dot."""
        places = sorted(CHOICE, key=self._header.visualIndex)
        return tuple(column for column in places if column in self._chosen)

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column by which the rows are sorted, and whether it descends."""
        return self._header.sortIndicatorSection(), self._header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def show(self, columns: Sequence[int]) -> None:
        """Shows these, from left to right; the usual ones where these are none."""
        self._chosen = tuple(dict.fromkeys(column for column in columns if column in CHOICE)) or USUAL
        for place, column in enumerate(self._chosen, 1):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._fit()

    def choose(self) -> None:
        """Opens the dialog that arranges them."""
        from denkidesk.ui.inbox.columns_dialog import ColumnsDialog

        ColumnsDialog(self, self._table.window()).open()

    def squeeze(self, columns: Collection[int]) -> None:
        """There is no room for these just now."""
        if self._squeezed != frozenset(columns):
            self._chosen, self._squeezed = self.shown, frozenset(columns)
            self._fit()

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Sorts the rows, as a click on the heading does."""
        self._table.sortByColumn(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def reset(self) -> None:
        """As they come with the program."""
        self._widths = self._usual_widths
        self.show(())
        self._table.set_widths(self._widths)
        self.sort_by(REGISTERED, descending=True)

    def keep(self) -> None:
        """Remembers everything for the next start."""
        column, is_descending = self.sorted_by
        self._state.put(_SHOWN, list(self.shown))
        self._state.put(_WIDE, self._remembered_widths())
        self._state.put(_SORTED, [column, int(is_descending)])

    def _fit(self) -> None:
        self._widths = self._remembered_widths()
        wanted = [column for column in self._chosen if column not in self._squeezed] or [self._chosen[0]]
        for column in CHOICE:
            self._table.setColumnHidden(column, column not in wanted)
            if column in wanted:
                self._table.setColumnWidth(column, self._widths[column])

    def _remembered_widths(self) -> list[int]:
        """Qt says 0 of one that is hidden, and of the last one what is left for it."""
        places = sorted((self._header.visualIndex(column), column) for column in CHOICE if not self._table.isColumnHidden(column))
        now = {column: self._table.columnWidth(column) for _, column in places[:-1]}
        return [now.get(column, width) for column, width in enumerate(self._widths)]
