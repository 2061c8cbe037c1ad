"""The line above the list: refresh, search, filters, and the way to the outbox."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from denkidesk.desk.inbox import InboxCounts, InboxFilter
from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import LEAVE_SEARCH
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.busy import BusyBar
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import set_tip
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S

UNKNOWN: Final = "unknown"
_SEARCH_DELAY_MS: Final = 180
_FILTERS: Final = (
    (InboxFilter.UNREAD, texts.FILTER_UNREAD),
    (InboxFilter.NEEDS_ACTION, texts.FILTER_NEEDS_ACTION),
    (InboxFilter.OUTAGE, texts.FILTER_OUTAGE),
    (InboxFilter.VISIT_THIS_WEEK, texts.FILTER_VISIT),
    (UNKNOWN, texts.FILTER_UNKNOWN),
)


class SearchField(QLineEdit):
    """Tells of what was typed a moment after the last key; Esc empties it, and leaves it when it is empty."""

    search_changed = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(texts.SEARCH_HINT)
        self.setAccessibleName(texts.SEARCH_NAME)
        self.setClearButtonEnabled(True)
        action = QAction(self)
        context.icons.put(action, "search", "muted")
        self.addAction(action, QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._on_pause)
        self.textChanged.connect(self._timer.start)

    def stop(self) -> None:
        """Emits nothing more, not even for what was typed just now."""
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and the arrow down lead back to the list."""
        leaves = is_pressed(LEAVE_SEARCH, event)
        if leaves and self.text():
            self.clear()
        elif leaves or event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_pause(self) -> None:
        self.search_changed.emit(self.text())


class InboxBar(QWidget):
    """Says what the clerk asks to see; knows nothing of the rows."""

    refresh_requested = Signal()
    refresh_cancelled = Signal()
    filter_changed = Signal(object)  # an InboxFilter, or UNKNOWN
    search_changed = Signal(object)
    outbox_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refresh = QPushButton(texts.REFRESH, self)
        self._refresh.setProperty("kind", "primary")
        set_tip(self._refresh, texts.REFRESH_TIP)
        context.icons.put(self._refresh, "refresh", "on_accent")
        self._refresh.clicked.connect(self.refresh_requested)
        self.search = SearchField(context, self)
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(460)
        self.search.search_changed.connect(self.search_changed)
        self.search.left.connect(self.list_wanted)
        self.busy = BusyBar(texts.CANCEL, self)
        self.busy.cancel_requested.connect(self.refresh_cancelled)
        self.outbox = QPushButton(texts.OUTBOX_VIEW, self)
        self.outbox.setCheckable(True)
        context.icons.put(self.outbox, "outbox")
        self.outbox.clicked.connect(self._on_outbox)
        self.chips = {value: FilterChip(value, word, texts.FILTER_TIPS[str(value)], self) for value, word in _FILTERS}
        self._group = QButtonGroup(self, exclusive=False)
        for chip in self.chips.values():
            self._group.addButton(chip)
            chip.chosen.connect(self._on_chip)

        first = HBox(spacing=SPACE_M).add(self._refresh, (self.search, 2), (self.busy, 2), Stretch(), self.outbox)
        VBox(self, margins=0, spacing=SPACE_S).add(first, HBox(spacing=SPACE_S).add(*self.chips.values(), Stretch()))

    def show_counts(self, counts: InboxCounts, unknown: int, waiting: int) -> None:
        """All live counts; ``waiting``: items in the outbox that are not settled yet."""
        self.show_inbox_counts(counts)
        self.chips[UNKNOWN].set_count(unknown)
        self.outbox.setText(f"{texts.OUTBOX_VIEW} {waiting:,}" if waiting else texts.OUTBOX_VIEW)

    def show_inbox_counts(self, counts: InboxCounts) -> None:
        for name in (InboxFilter.UNREAD, InboxFilter.NEEDS_ACTION, InboxFilter.OUTAGE, InboxFilter.VISIT_THIS_WEEK):
            self.chips[name].set_count(getattr(counts, name.value))

    def choose(self, value: str) -> None:
        """Presses one filter and lets the others go; ``all`` lets all go."""
        for name, chip in self.chips.items():
            chip.setChecked(name == value)
        self.outbox.setChecked(value == UNKNOWN)
        self.filter_changed.emit(value)

    def set_refreshing(self, refreshing: bool) -> None:
        self._refresh.setEnabled(not refreshing)

    def show_outbox_chosen(self, chosen: bool) -> None:
        self.outbox.setChecked(chosen)

    def _on_chip(self, value: str) -> None:
        self.choose(value if self.chips[value].isChecked() else InboxFilter.ALL)

    def _on_outbox(self, checked: bool) -> None:
        if self.chips[UNKNOWN].isChecked():
            self.choose(InboxFilter.ALL)
        self.outbox.setChecked(checked)
        self.outbox_wanted.emit(checked)
