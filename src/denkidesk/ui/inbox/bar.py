"""The line above the list: refresh, search, filters."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import ESCAPE
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.criteria_button import CriteriaButton
from denkidesk.ui.inbox.views import ViewChips
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.busy import BusyBar
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import set_tip
from denkidesk.ui.parts.theme import SPACE_S

_SEARCH_WIDTH: Final = 260
_NARROW_BELOW: Final = 928  # of the bar itself: the window has 960 then


class SearchField(QLineEdit):
    """Tells of each key; Esc empties it, and leaves it when it is empty."""

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
        self.textChanged.connect(self.search_changed.emit)

    def show_words(self, words: str) -> None:
        """Shows what is searched for already, and tells nobody."""
        self.blockSignals(True)
        self.setText(words)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and the arrow down lead back to the list."""
        leaves = is_pressed(ESCAPE, event)
        if leaves and self.text():
            self.clear()
        elif leaves or event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class InboxBar(QWidget):
    """Says what the clerk asks to see; knows nothing of the rows."""

    refresh_requested = Signal()
    refresh_cancelled = Signal()
    search_changed = Signal(object)
    list_wanted = Signal()
    keep_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refresh = QPushButton(texts.REFRESH_BUTTON, self)
        self._refresh.setAccessibleName(texts.REFRESH)
        set_tip(self._refresh, texts.REFRESH_TIP)
        context.icons.put(self._refresh, "refresh")
        self._refresh.clicked.connect(self.refresh_requested)
        self.search = SearchField(context, self)
        self.search.search_changed.connect(self.search_changed)
        self.search.left.connect(self.list_wanted)
        self.busy = BusyBar(texts.CANCEL, self)
        self.busy.cancel_requested.connect(self.refresh_cancelled)
        self.views = ViewChips(context, self)
        self.keep = QPushButton(self)
        self.keep.setProperty("kind", "quiet")
        self.keep.setAccessibleName(texts.KEEP_VIEW)
        set_tip(self.keep, texts.KEEP_VIEW_TIP)
        context.icons.put(self.keep, "plus", "accent")
        self.keep.clicked.connect(self.keep_requested)
        self.criteria = CriteriaButton(context, self)
        self._line = HBox(self, margins=0, spacing=SPACE_S).add(self._refresh, self.search, (self.views, 1), self.keep, self.criteria)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, one box stands for all chips, before the search line."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < _NARROW_BELOW)

    def set_refreshing(self, refreshing: bool) -> None:
        self._refresh.setEnabled(not refreshing)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.views.set_narrow(narrow)
        self._line.removeWidget(self.search)
        self._line.insertWidget(2 if narrow else 1, self.search, 1 if narrow else 0)
        self._line.setStretchFactor(self.views, 0 if narrow else 1)
        self.search.setMinimumWidth(160 if narrow else _SEARCH_WIDTH)
        self.search.setMaximumWidth(16_777_215 if narrow else _SEARCH_WIDTH)
        self.setTabOrder(self.views if narrow else self._refresh, self.search)
