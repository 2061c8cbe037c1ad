"""送信トレイ: every application that this desk has kept, the newest first, and how it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import STATE_ICONS
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import SPACE_S

_WIDTHS: Final = (120, 120, 290, 190, 120)
_SHOWN: Final = 200

Index = QModelIndex | QPersistentModelIndex


class OutboxModel(QAbstractTableModel):
    """The newest items of the outbox as words."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._items: list[OutboxItem] = []
        self._today = date.min

    def show_items(self, items: Sequence[OutboxItem], today: date) -> None:
        """Replaces what is shown."""
        self.beginResetModel()
        self._items = sorted(items, key=lambda item: item.created_at, reverse=True)[:_SHOWN]
        self._today = today
        self.endResetModel()

    def item(self, row: int) -> OutboxItem:
        """The item of a row."""
        return self._items[row]

    @property
    def waiting_count(self) -> int:
        """How many items wait."""
        return sum(1 for item in self._items if item.state is OutboxState.QUEUED)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The rows of the table; a row has none below it."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The columns of the table; a row has none below it."""
        return 0 if parent.isValid() else len(texts.OUTBOX_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the columns; rows have none."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(texts.OUTBOX_COLUMNS):
            return texts.OUTBOX_COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, an icon for the state, and the whole row as one sentence for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(item)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._icons.icon(*STATE_ICONS[item.state])
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return "、".join(cell for cell in self._cells(item) if cell)
        return None

    def _cells(self, item: OutboxItem) -> tuple[str, ...]:
        return (
            OUTBOX_STATE_NAMES[item.state],
            KIND_NAMES[item.application.kind],
            texts.grouped(item.application.supply_point_number),
            item.receipt_number,
            dates.recent(item.changed_at, self._today),
        )


class OutboxPanel(QWidget):
    """Shows the outbox; what the clerk asks for goes out as signals."""

    run_requested = Signal()
    cancel_requested = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = OutboxModel(icons, self)
        self._count = PlainLabel("", self, tone="muted")
        self.run_button = QPushButton(texts.OUTBOX_RUN, self)
        icons.put(self.run_button, "send")
        self.run_button.clicked.connect(self.run_requested)
        self.cancel_button = QPushButton(texts.OUTBOX_CANCEL, self)
        self.cancel_button.setEnabled(False)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self.table = DeskTable(texts.OUTBOX_TITLE, self)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._empty = PlainLabel(texts.OUTBOX_EMPTY, self, tone="muted")
        header = QHBoxLayout()
        header.setSpacing(SPACE_S)
        header.addWidget(PlainLabel(texts.OUTBOX_TITLE, self, scale=1.2, bold=True))
        header.addWidget(self._count)
        header.addStretch(1)
        header.addWidget(self.cancel_button)
        header.addWidget(self.run_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addLayout(header)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty)
        layout.addStretch(0)
        self._is_running = False
        self.show_items((), date.min)

    def show_items(self, items: Sequence[OutboxItem], today: date) -> None:
        """Shows the outbox as it is now."""
        self.model.show_items(items, today)
        has_items = bool(items)
        self.table.setVisible(has_items)
        self._empty.setVisible(not has_items)
        self.cancel_button.setVisible(has_items)
        self.run_button.setVisible(has_items)
        waiting = self.model.waiting_count
        self._count.setText(texts.OUTBOX_WAITING.format(count=waiting) if waiting else "")
        self._on_selection_changed()
        self.set_running(self._is_running)

    def set_running(self, is_running: bool) -> None:
        """While the outbox is being sent it is not sent once more."""
        self._is_running = is_running
        self.run_button.setEnabled(not is_running and self.model.waiting_count > 0)

    def _chosen_waiting(self) -> list[OutboxItem]:
        chosen = [self.model.item(row) for row in self.table.chosen_rows()]
        return [item for item in chosen if item.state is OutboxState.QUEUED]

    def _on_selection_changed(self) -> None:
        self.cancel_button.setEnabled(bool(self._chosen_waiting()))

    def _on_cancel_clicked(self) -> None:
        for item in self._chosen_waiting():
            self.cancel_requested.emit(item.item_id)
