"""Every application that this desk keeps, and how it stands on its way, as words."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.domain.error_codes import OutboxCode
from denkidesk.domain.supply_point import grouped
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS, STATE_ICONS
from denkidesk.ui.parts.plain import plain_tip
from denkidesk.ui.parts.table import Index, RowsModel
from denkidesk.ui.parts.theme import Theme

UNSETTLED: Final = (OutboxState.UNKNOWN, OutboxState.ASK)
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)


def why(item: OutboxItem) -> str:
    """Why an item stands where it stands, on one line; the server's own words last."""
    if item.state is OutboxState.ACCEPTED:
        return " ".join(item.reception_message.split())
    words = "" if item.failure_code == OutboxCode.INPUT else " ".join(item.failure_message.split())
    parts = [texts.WHYS.get(item.failure_code, item.failure_code), texts.BY_STATUS if item.by_status else "", words]
    if item.not_before is not None and item.state is OutboxState.QUEUED:
        parts.append(texts.NOT_BEFORE.format(when=dates.moment(item.not_before)))
    return " · ".join(part for part in parts if part)


class OutboxModel(RowsModel[OutboxItem]):
    """The items, newest first, as words."""

    def __init__(self, icons: Icons, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(texts.OUTBOX_COLUMNS, parent)
        self._icons = icons
        self._cells: list[tuple[str, ...]] = []
        theme.changed.connect(self._on_theme_changed)

    def show_items(self, items: Sequence[OutboxItem]) -> None:
        """Shows the items; where the same ones stand, only the changed ones are told of."""
        same = [item.item_id for item in items] == [item.item_id for item in self._rows]
        cells = [self._words(item) for item in items]
        if same:
            changed = [place for place, item in enumerate(items) if item != self._rows[place]]
            self._rows, self._cells = list(items), cells
            for place in changed:
                self._tell_changed(place, place)
            return
        self.beginResetModel()
        self._rows, self._cells = list(items), cells
        self.endResetModel()

    def place_of(self, item_id: str) -> int | None:
        return next((place for place, item in enumerate(self._rows) if item.item_id == item_id), None)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows in a role; its display is always text."""
        if role:
            if role == _DECORATION and index.column() < 2:
                item = self._rows[index.row()]
                if index.column() == 0:
                    return self._icons.icon(*STATE_ICONS[item.state])
                return self._icons.icon(KIND_ICONS[item.application.kind], "muted")
            return plain_tip(self._cells[index.row()][index.column()]) or None if role == _TOOLTIP else None
        return self._cells[index.row()][index.column()]

    def _words(self, item: OutboxItem) -> tuple[str, ...]:
        application = item.application
        return (
            OUTBOX_STATE_NAMES[item.state],
            KIND_NAMES[application.kind],
            grouped(application.supply_point_number),
            item.receipt_number,
            dates.moment(item.created_at),
            why(item),
        )
