"""The pane beside the list: everything known about one application, and what can be done with it or with many."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import ESCAPE, NEXT_UNREAD
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.key_binding import is_pressed

if TYPE_CHECKING:  # the first screen shows no application
    from denkidesk.domain.applications import InboxEntry
    from denkidesk.ui.inbox.application_view import ApplicationView
    from denkidesk.ui.inbox.details import Detail
    from denkidesk.ui.inbox.note_editor import NoteEditor
    from denkidesk.ui.inbox.rows import Row


class DetailPane(QFrame):
    """Shows one application, or how many are chosen; what it shows them with is built when the first one is. All outside text is plain."""

    act_requested = Signal(object)  # RowAct, for the chosen rows
    application_requested = Signal(str)  # another receipt number, of the same supply point
    next_unread_requested = Signal()
    left = Signal()  # back to the list, where the pane stands in its place

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.detail: Detail | None = None
        self._seen_to = 0
        self._is_fetching = self._is_folded = False
        self._built: ApplicationView | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(texts.DETAIL_NAME)
        self._empty = EmptyState(context.icons, "inbox", self)
        self._empty.show_text(texts.DETAIL_NONE_HEADING, texts.DETAIL_NONE_TEXT)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)

    @property
    def view(self) -> "ApplicationView":
        """What an application is shown with, built if need be."""
        if self._built is None:
            from denkidesk.ui.inbox.application_view import ApplicationView

            self._built = view = ApplicationView(self._context, self)
            view.act_requested.connect(self.act_requested)
            view.pages.application_requested.connect(self.application_requested)
            view.back.clicked.connect(self.left)
            view.back.setVisible(self._is_folded)
            view.set_fetching(self._is_fetching)
            self._stack.addWidget(view)
        return self._built

    def prepare(self) -> None:
        """Builds what an application is shown with before the first is chosen, and draws it once in a turn of its own."""
        QTimer.singleShot(0, self.view, self._rehearse)

    def _rehearse(self) -> None:
        from denkidesk.ui.start.rehearsal import rehearse

        rehearse(self.view, self.size())

    @property
    def editor(self) -> "NoteEditor":
        """The editor for notes, built if need be."""
        return self.view.editor

    def focus_text(self) -> None:
        """Puts the cursor where it scrolls, and presses nothing."""
        if self._built is not None:
            self._built.pages.focus_text()

    def show_nothing(self) -> None:
        """No row is chosen."""
        self.detail = None
        self._stack.setCurrentWidget(self._empty)

    def show_several(self, count: int, entries: "Sequence[InboxEntry]" = ()) -> None:
        """Several rows are chosen, ``entries`` where they are at hand: the acts are for all of them."""
        self.detail = None
        self.view.show_several(count, Counter(entry.kind for entry in entries).most_common())
        self._stack.setCurrentWidget(self.view)

    def show_detail(self, detail: "Detail", seen_to: int) -> None:
        """Shows one application; the place in the page stays where the same one is shown again. After ``seen_to`` all is new."""
        same = self.detail is not None and self.detail.row.receipt_number == detail.row.receipt_number
        if same and detail == self.detail and seen_to == self._seen_to:
            return
        self.detail, self._seen_to = detail, seen_to
        self.view.show_detail(detail, seen_to, same=same)
        self._stack.setCurrentWidget(self.view)

    def show_coming(self, row: "Row") -> None:
        """Another application is chosen: what the list knows of it stands here at once, and nothing of the last one any more."""
        if self.detail is not None and self.detail.row.receipt_number == row.receipt_number:
            return
        self.detail = None
        self.view.show_coming(row)
        self._stack.setCurrentWidget(self.view)

    def set_fetching(self, fetching: bool) -> None:
        """Whether the status is being fetched just now."""
        self._is_fetching = fetching
        if self._built is not None:
            self._built.set_fetching(fetching)

    def set_folded(self, folded: bool) -> None:
        """Whether it stands in the list's place: then there is a way back."""
        self._is_folded = folded
        if self._built is not None:
            self._built.back.setVisible(folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the list, Space on to the next unread one."""
        if is_pressed(ESCAPE, event):
            self.left.emit()
        elif is_pressed(NEXT_UNREAD, event):
            self.next_unread_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The Menu key opens what the rows' own menu has."""
        if self._built is not None and self._stack.currentWidget() is self._built:
            from denkidesk.ui.inbox.act_table import RowAct

            self.act_requested.emit(RowAct.MORE)
        else:
            super().contextMenuEvent(event)
