"""Where a table is brought: what to do, and the tables that were brought before."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.desk.bulk_batches import BatchCounts
from denkidesk.domain.applications import OutboxState
from denkidesk.texts import bulk as texts
from denkidesk.texts import dates
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.texts.outbox import NOT_SENT
from denkidesk.texts.shortcuts import DISCARD_CHOSEN
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XL, SPACE_XS

_WIDTHS: Final = (150, 240, 150, 70, 220)


class KeptModel(RowsModel[BatchCounts]):
    """The tables as words, the newest first."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(texts.KEPT_COLUMNS, parent)
        self._icons = context.icons
        self._today = date.min

    def show_batches(self, batches: Sequence[BatchCounts], today: date) -> None:
        """Shows them."""
        self.beginResetModel()
        self._rows, self._today = list(batches), today
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, the icon of the kind, and the whole row as one sentence for screen readers."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(one)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._icons.icon(KIND_ICONS[one.batch.kind], "muted")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return "、".join(self._cells(one))
        return None

    def _cells(self, one: BatchCounts) -> tuple[str, ...]:
        accepted = f"{OUTBOX_STATE_NAMES[OutboxState.ACCEPTED]} {one.accepted:,}"
        waits = f"　{texts.QUEUED} {one.open:,}" if one.open else ""
        how = f"{accepted}{waits}" if one.sent else NOT_SENT
        source = Path(one.batch.source).name if one.batch.source else texts.FROM_CLIPBOARD
        return KIND_NAMES[one.batch.kind], source, dates.recent(one.batch.created_at, self._today), f"{one.rows:,}", how


class KeptTables(QWidget):
    """``opened`` and ``discarded`` carry a batch."""

    paste_requested = Signal()
    open_requested = Signal()
    opened = Signal(object)
    discarded = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = KeptModel(context, self)
        self.paste = QPushButton(texts.PASTE, self)
        self.paste.setProperty("kind", "primary")
        self.open = QPushButton(texts.OPEN, self)
        self.leave = QPushButton(texts.LEAVE, self)
        context.icons.put(self.open, "folder")
        self.reading = PlainLabel("", self, tone="muted")
        self._title = PlainLabel(texts.KEPT_TITLE, self, scale=1.2, bold=True)
        self._keys = PlainLabel(texts.KEPT_KEYS, self, tone="muted", scale=0.9)
        self.table = _KeptTable(texts.KEPT_TITLE, self)
        self.table.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.activated.connect(self._on_open)
        self.table.discard_pressed.connect(self._on_discard)
        VBox(self, margins=(SPACE_XL, SPACE_M, SPACE_XL, SPACE_XS), spacing=SPACE_M).add(
            PlainLabel(texts.TITLE, self, scale=1.6, bold=True),
            PlainLabel(texts.EMPTY_TEXT, self, tone="muted", wrap=True),
            HBox(spacing=SPACE_S).add(self.paste, self.open, self.leave, Gap(SPACE_M), self.reading, Stretch()),
            HBox(spacing=SPACE_S).add(self._title, Stretch(), self._keys),
            (self.table, 1),
            Stretch(),
        )
        self.paste.clicked.connect(self.paste_requested)
        self.open.clicked.connect(self.open_requested)
        self.leave.clicked.connect(self.left)
        self.show_batches((), date.min)

    def show_batches(self, batches: Sequence[BatchCounts], today: date) -> None:
        """Shows the tables that are kept; nothing where there are none."""
        had_focus = self.table.hasFocus()
        self.model.show_batches(batches, today)
        for part in (self._title, self._keys, self.table):
            part.setVisible(bool(batches))
        self.table.choose_row(0)
        if had_focus and not batches:
            self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """To the tables, or to the way to bring one where there are none."""
        first = self.table if self.table.isVisibleTo(self) else self.paste
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> BatchCounts | None:
        row = self.table.currentIndex().row()
        return self.model.row_at(row) if 0 <= row < self.model.rowCount() else None

    def _on_open(self) -> None:
        if (one := self._chosen()) is not None:
            self.opened.emit(one.batch)

    def _on_discard(self) -> None:
        """What is on its way is not let out of sight."""
        if (one := self._chosen()) is not None and not one.open:
            self.discarded.emit(one.batch)


class _KeptTable(DeskTable):
    """Delete is a key of its rows alone."""

    discard_pressed = Signal()

    def keyPressEvent(self, event: Any) -> None:
        """Delete takes the row off the list."""
        if is_pressed(DISCARD_CHOSEN, event) and not event.isAutoRepeat():
            self.discard_pressed.emit()
        else:
            super().keyPressEvent(event)
