"""送信トレイ: the items with what can be done about them."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.texts import inbox as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.model import UNSETTLED, OutboxModel
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S

WIDTHS: Final = (120, 140, 260, 160, 160, 300)


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
        self._empty = EmptyState(context.icons, "outbox", self)
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
        self.table.offer(self._send, self._cancel, self._requeue)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)

        buttons = HBox(spacing=SPACE_S).add(self._send, self._cancel, self._requeue, Stretch())
        place = QWidget(self)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        VBox(self, margins=0, spacing=SPACE_M).add(buttons, (place, 1))
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
        chosen = {self.model.row_at(place).item_id for place in self.table.chosen_rows()}
        shown = [item for item in self._items if not self._unsettled_only or item.state in UNSETTLED]
        self.model.show_items(shown)
        places = [place for item_id in chosen if (place := self.model.place_of(item_id)) is not None]
        if places and not self.table.chosen_rows():
            self.table.choose_row(places[0])
        self._stack.setCurrentWidget(self.table if shown else self._empty)
        self._on_selection_changed()

    def _chosen(self, *states: OutboxState) -> list[str]:
        items = [self.model.row_at(place) for place in self.table.chosen_rows()]
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
