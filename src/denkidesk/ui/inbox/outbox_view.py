"""送信トレイ: every application that this desk keeps, and how it stands on its way."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.rows import grouped
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS, STATE_ICONS
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, Theme

Index = QModelIndex | QPersistentModelIndex
WIDTHS: Final = (120, 140, 260, 160, 160, 300)
UNSETTLED: Final = (OutboxState.UNKNOWN, OutboxState.ASK)
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)


def why(item: OutboxItem) -> str:
    """Why an item stands where it stands, on one line; the server's own words last."""
    if item.state is OutboxState.ACCEPTED:
        return " ".join(item.reception_message.split())
    words = "" if item.failure_code == "input" else " ".join(item.failure_message.split())
    parts = [texts.WHYS.get(item.failure_code, item.failure_code), words]
    if item.not_before is not None and item.state is OutboxState.QUEUED:
        parts.append(texts.NOT_BEFORE.format(when=dates.moment(item.not_before)))
    return " · ".join(part for part in parts if part)


class OutboxModel(QAbstractTableModel):
    """The items, newest first, as words."""

    def __init__(self, icons: Icons, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._items: list[OutboxItem] = []
        self._cells: list[tuple[str, ...]] = []
        theme.changed.connect(self._on_theme_changed)

    def show_items(self, items: Sequence[OutboxItem]) -> None:
        """Shows the items; where the same ones stand, only the changed ones are told of."""
        same = [item.item_id for item in items] == [item.item_id for item in self._items]
        cells = [self._words(item) for item in items]
        if same:
            changed = [place for place, item in enumerate(items) if item != self._items[place]]
            self._items, self._cells = list(items), cells
            for place in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(texts.OUTBOX_COLUMNS) - 1))
            return
        self.beginResetModel()
        self._items, self._cells = list(items), cells
        self.endResetModel()

    def item_at(self, place: int) -> OutboxItem:
        """The item at a place."""
        return self._items[place]

    def place_of(self, item_id: str) -> int | None:
        """Where an item stands."""
        return next((place for place, item in enumerate(self._items) if item.item_id == item_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The rows of the table; a row has none below it."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The columns of the table; a row has none below it."""
        return 0 if parent.isValid() else len(texts.OUTBOX_COLUMNS)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows in a role; its display is always text."""
        if role:
            if role == _DECORATION and index.column() < 2:
                item = self._items[index.row()]
                if index.column() == 0:
                    return self._icons.icon(*STATE_ICONS[item.state])
                return self._icons.icon(KIND_ICONS[item.application.kind], "muted")
            return self._cells[index.row()][index.column()] or None if role == _TOOLTIP else None
        return self._cells[index.row()][index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The headings of the columns; rows have none."""
        if role or orientation != Qt.Orientation.Horizontal:
            return None
        return texts.OUTBOX_COLUMNS[section]

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

    def _on_theme_changed(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, 1))


class OutboxView(QWidget):
    """The items with what can be done about them."""

    send_requested = Signal()
    cancel_requested = Signal(object)
    requeue_requested = Signal(object)
    application_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[OutboxItem, ...] = ()
        self._unsettled_only = False
        self._sending = False
        self.model = OutboxModel(context.icons, context.theme, self)
        self.table = DeskTable(texts.OUTBOX_NAME, self)
        self.table.setModel(self.model)
        self.table.set_widths(context.ui_state.numbers("inbox.outbox.widths") or WIDTHS)
        self._empty = EmptyState(context.icons, context.theme, "outbox", self)
        self._empty.show_text(texts.OUTBOX_EMPTY_HEADING, texts.OUTBOX_EMPTY_TEXT, texts.OUTBOX_EMPTY_ACTION)
        self._empty.action_requested.connect(self.application_requested)
        self._send = QPushButton(texts.OUTBOX_SEND, self)
        self._send.setProperty("kind", "primary")
        self._cancel = QPushButton(texts.OUTBOX_CANCEL, self)
        self._requeue = QPushButton(texts.OUTBOX_REQUEUE, self)
        context.icons.put(self._send, "send", "on_accent")
        self._send.clicked.connect(self.send_requested)
        self._cancel.clicked.connect(self._on_cancel)
        self._requeue.clicked.connect(self._on_requeue)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)

        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self._send)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._requeue)
        buttons.addStretch(1)
        place = QWidget(self)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addLayout(buttons)
        layout.addWidget(place, 1)
        self._on_selection_changed()

    def show_items(self, items: tuple[OutboxItem, ...]) -> None:
        """Shows the items; what is selected stays selected."""
        self._items = items
        self._show()

    def set_unsettled_only(self, only: bool) -> None:
        """Shows only those of which nobody knows the outcome."""
        self._unsettled_only = only
        self._show()

    def set_sending(self, sending: bool) -> None:
        """Whether the waiting items are being sent just now."""
        self._sending = sending
        self._on_selection_changed()

    def _show(self) -> None:
        chosen = {self.model.item_at(place).item_id for place in self.table.chosen_rows()}
        shown = [item for item in self._items if not self._unsettled_only or item.state in UNSETTLED]
        self.model.show_items(shown)
        places = [place for item_id in chosen if (place := self.model.place_of(item_id)) is not None]
        if places and not self.table.chosen_rows():
            self.table.choose_row(places[0])
        self._stack.setCurrentWidget(self.table if shown else self._empty)
        self._on_selection_changed()

    def _chosen(self, *states: OutboxState) -> list[str]:
        items = [self.model.item_at(place) for place in self.table.chosen_rows()]
        return [item.item_id for item in items if item.state in states]

    def _on_selection_changed(self) -> None:
        waiting = any(item.state is OutboxState.QUEUED for item in self._items)
        self._send.setEnabled(waiting and not self._sending)
        self._cancel.setEnabled(bool(self._chosen(OutboxState.QUEUED)))
        self._requeue.setEnabled(bool(self._chosen(OutboxState.REJECTED)))

    def _on_cancel(self) -> None:
        self.cancel_requested.emit(self._chosen(OutboxState.QUEUED))

    def _on_requeue(self) -> None:
        self.requeue_requested.emit(self._chosen(OutboxState.REJECTED))
