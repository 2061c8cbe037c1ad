"""The drafts that wait: whose they are, when they were saved, and the keys that open and discard them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.domain.applications import Draft, OutboxItem
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import narrow_kind_name
from denkidesk.texts.receipt import parked
from denkidesk.texts.shortcuts import DISCARD_CHOSEN
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import CONTROL_HEIGHT, SPACE_M, SPACE_S

_WIDTHS: Final = (150, 400, 160)
_ROWS_IN_SIGHT: Final = 3


class DraftModel(RowsModel[Draft | OutboxItem]):
    """The receipts that are not closed and the drafts as words, the newest of each first."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(texts.DRAFTS_COLUMNS, parent)
        self._icons = icons
        self._today = date.min

    def show_drafts(self, drafts: Sequence[Draft | OutboxItem], today: date) -> None:
        self.beginResetModel()
        self._rows = list(drafts)
        self._today = today
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, the icon of the kind, and the whole row as one sentence for screen readers."""
        draft = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(draft)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._icons.icon(KIND_ICONS[draft.kind if isinstance(draft, Draft) else draft.application.kind], "muted")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return "、".join(self._cells(draft))
        return None

    def _cells(self, draft: Draft | OutboxItem) -> tuple[str, str, str]:
        if not isinstance(draft, Draft):
            of = draft.application
            customer = texts.draft_customer({"customer_name": of.customer_name or "", "supply_point_number": of.supply_point_number})
            return narrow_kind_name(of.kind), customer, parked(draft.changed_at, draft.receipt_number, self._today)
        return narrow_kind_name(draft.kind), texts.draft_customer(draft.fields), dates.recent(draft.saved_at, self._today)


class DraftPanel(QWidget):
    """Hidden while no draft waits. Enter and Delete on a row, Alt+W and the buttons from wherever the clerk is on the page."""

    open_requested = Signal(object)  # a draft, or an accepted item
    discard_requested = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DraftModel(icons, self)
        self._title = PlainLabel(texts.DRAFTS_TITLE, self, scale=1.2, bold=True)
        self._count = PlainLabel("", self, tone="muted")
        self.table = DeskTable(texts.DRAFTS_TITLE, self)
        self.table.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.activated.connect(self._on_open)
        bind(DISCARD_CHOSEN, self.table, self._on_discard, context=Qt.ShortcutContext.WidgetShortcut, auto_repeat=False)
        self.open_button = QPushButton(texts.DRAFTS_OPEN, self)
        self.discard_button = QPushButton(texts.DRAFTS_DISCARD, self)
        icons.put(self.open_button, "note")
        icons.put(self.discard_button, "trash")
        self.open_button.clicked.connect(self._on_open)
        self.discard_button.clicked.connect(self._on_discard)
        self.table.offer(self.open_button, self.discard_button)
        header = HBox(spacing=SPACE_S).add(
            self._title,
            self._count,
            Stretch(),
            PlainLabel(texts.DRAFTS_KEYS, self, tone="muted", scale=0.9),
            Gap(SPACE_M),
            self.discard_button,
            self.open_button,
        )
        VBox(self, margins=0, spacing=SPACE_S).add(header, self.table)
        QWidget.setTabOrder(self.table, self.discard_button)
        QWidget.setTabOrder(self.discard_button, self.open_button)
        self.setVisible(False)

    def show_drafts(self, drafts: Sequence[Draft], today: date, receipts: Sequence[OutboxItem] = ()) -> None:
        """Shows what waits; the row that was chosen stays chosen, and the newest is where none was."""
        chosen = self.chosen
        waiting: list[Draft | OutboxItem] = [*receipts, *drafts]
        self.model.show_drafts(waiting, today)
        self._title.setText(texts.DRAFTS_AND_RECEIPTS if receipts else texts.DRAFTS_TITLE)
        self._count.setText(texts.DRAFTS_COUNT.format(count=len(waiting)))
        rows = min(len(waiting), _ROWS_IN_SIGHT)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * CONTROL_HEIGHT + 2 * self.table.frameWidth())
        ids = [_id(one) for one in waiting]
        self.table.choose_row(ids.index(_id(chosen)) if chosen is not None and _id(chosen) in ids else 0)
        self.setVisible(bool(waiting))

    @property
    def chosen(self) -> Draft | OutboxItem | None:
        """What stands in the row that the cursor is in."""
        row = self.table.currentIndex().row()
        return self.model.row_at(row) if 0 <= row < self.model.rowCount() else None

    def _on_open(self) -> None:
        if (draft := self.chosen) is not None:
            self.open_requested.emit(draft)

    def _on_discard(self) -> None:
        if (draft := self.chosen) is not None:
            self.discard_requested.emit(draft)


def _id(one: Draft | OutboxItem) -> str:
    return one.draft_id if isinstance(one, Draft) else one.item_id
