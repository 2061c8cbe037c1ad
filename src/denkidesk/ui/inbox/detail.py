"""The pane beside the list: everything known about one application."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QStackedLayout, QWidget

from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import COPY_RECEIPT, FETCH_STATUS, LEAVE_SEARCH
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.rows import Detail, Row
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import Gap, HBox, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

_NAME_WIDTH = 128


class DetailPane(QFrame):
    """Shows one application and offers what can be done with it. All texts of the outside are plain."""

    status_requested = Signal()
    read_toggled = Signal()
    copy_requested = Signal()
    left = Signal()  # back to the list, where the pane stands in its place

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.detail: Detail | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(texts.DETAIL_NAME)
        self._empty = EmptyState(context.icons, "inbox", self)
        self._full = QWidget(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)

        self._receipt = PlainLabel("", self._full, scale=1.5, bold=True, selectable=True)
        self._kind = Badge(context.theme, parent=self._full)
        self._stage = Badge(context.theme, parent=self._full)
        self._stage_note = PlainLabel("", self._full, tone="accent", wrap=True)
        self._age = PlainLabel("", self._full, tone="muted", scale=0.9)
        self._fetch = QPushButton(texts.FETCH_STATUS, self._full)
        self._fetch.setProperty("kind", "primary")
        set_tip(self._fetch, FETCH_STATUS.label)
        self._read = QPushButton(texts.MARK_READ, self._full)
        self._copy = QPushButton(texts.COPY_RECEIPT, self._full)
        set_tip(self._copy, COPY_RECEIPT.label)
        context.icons.put(self._fetch, "refresh", "on_accent")
        context.icons.put(self._read, "mail-open")
        context.icons.put(self._copy, "copy")
        self.back = QPushButton(texts.BACK_TO_LIST, self._full)
        self.back.setProperty("kind", "quiet")
        set_tip(self.back, LEAVE_SEARCH.label)
        context.icons.put(self.back, "arrow-left", "accent")
        self.back.clicked.connect(self.left)
        self._fetch.clicked.connect(self.status_requested)
        self._read.clicked.connect(self.read_toggled)
        self._copy.clicked.connect(self.copy_requested)
        self._scroll = QScrollArea(self._full, widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._assemble()
        self.show_nothing()

    @property
    def acts(self) -> tuple[QPushButton, ...]:
        """What can be done with the application that is shown."""
        return self._fetch, self._read, self._copy

    def show_nothing(self, chosen: int = 0) -> None:
        """Nothing, or several rows, are chosen."""
        self.detail = None
        heading = texts.DETAIL_SEVERAL.format(count=chosen) if chosen > 1 else texts.DETAIL_NONE_HEADING
        self._empty.show_text(heading, texts.DETAIL_NONE_TEXT)
        self._stack.setCurrentWidget(self._empty)

    def show_detail(self, detail: Detail) -> None:
        """Shows one application; the place in the page stays where the same one is shown again."""
        same = self.detail is not None and self.detail.row.receipt_number == detail.row.receipt_number
        place = self._scroll.verticalScrollBar().value() if same else 0
        if same and detail == self.detail:
            return
        self.detail = detail
        self._show_head(detail.row)
        # The word before stands in the history; here it says that the stage moved since the clerk looked last.
        before = next((text for _, text in detail.history if "→" in text), "") if detail.row.entry.previous_stage else ""
        self._stage_note.setText(before)
        self._stage_note.setVisible(bool(before))
        self._scroll.setWidget(self._page(detail))
        self._scroll.verticalScrollBar().setValue(place)
        self._stack.setCurrentWidget(self._full)

    def show_coming(self, row: Row) -> None:
        """Another application is chosen: what the list knows of it stands here at once, and nothing of the last one any more."""
        if self.detail is not None and self.detail.row.receipt_number == row.receipt_number:
            return
        self.detail = None
        self._show_head(row)
        self._stage_note.hide()
        coming = PlainLabel(texts.DETAIL_LOADING, tone="muted")
        coming.setProperty("kind", "page")
        coming.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(coming)
        self._stack.setCurrentWidget(self._full)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the list."""
        if is_pressed(LEAVE_SEARCH, event) and self.back.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_head(self, row: Row) -> None:
        entry = row.entry
        self._receipt.setText(row.receipt_number)
        self._kind.show_word(row.cells[1], "accent")
        self._stage.show_word(row.cells[2], "warn" if entry.previous_stage else "muted")
        self._age.setText(texts.STATUS_AT.format(when=dates.moment(entry.status_at)) if entry.status_at else texts.STATUS_NEVER)
        self._read.setText(texts.MARK_READ if entry.unread else texts.MARK_UNREAD)
        self._context.icons.put(self._read, "mail-open" if entry.unread else "mail")

    def set_fetching(self, fetching: bool) -> None:
        """Whether the status is being fetched just now."""
        self._fetch.setEnabled(not fetching)
        self._fetch.setText(texts.FETCHING if fetching else texts.FETCH_STATUS)

    def _assemble(self) -> None:
        badges = HBox(margins=(0, 0, SPACE_S, 0), spacing=SPACE_S).add(self._kind, self._stage, (self._age, 1, Qt.AlignmentFlag.AlignRight))
        head = HBox().add((self._receipt, 1), self.back)
        buttons = Flow(SPACE_S).add(self._fetch, self._read, self._copy)
        # it may come while somebody aims at a button
        VBox(self._full, margins=(SPACE_L, SPACE_L, SPACE_S, SPACE_S), spacing=SPACE_S).add(
            head, badges, buttons, self._stage_note, Gap(SPACE_XS), (self._scroll, 1)
        )

    def _page(self, detail: Detail) -> QWidget:
        page = QWidget()
        page.setProperty("kind", "page")
        layout = VBox(page, margins=(0, 0, SPACE_S, SPACE_S), spacing=SPACE_S)
        self._heading(layout, texts.SECTION_MESSAGES)
        for number, message in enumerate(detail.messages, start=1):
            self._message(layout, number, message)
        if not detail.messages:
            waiting = detail.row.entry.listed.has_message
            layout.addWidget(PlainLabel(texts.MESSAGES_NOT_FETCHED if waiting else texts.MESSAGES_NONE, page, tone="muted", wrap=True))
        for title, pairs in (
            (texts.SECTION_ITEMS, detail.items),
            (texts.SECTION_EXTRA, detail.extra),
            (texts.SECTION_HISTORY, detail.history),
        ):
            if pairs:
                self._heading(layout, title)
                self._pairs(layout, pairs)
        layout.addStretch(1)
        return page

    def _heading(self, layout: VBox, title: str) -> None:
        if layout.count():
            layout.addSpacing(SPACE_M)
        layout.addWidget(PlainLabel(title, bold=True))

    def _message(self, layout: VBox, number: int, message: str) -> None:
        frame = QFrame()
        frame.setProperty("strip", "info")
        HBox(frame, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S), spacing=SPACE_M).add(
            (PlainLabel(str(number), tone="muted"), 0, Qt.AlignmentFlag.AlignTop), (PlainLabel(message, wrap=True, selectable=True), 1)
        )
        layout.addWidget(frame)

    def _pairs(self, layout: VBox, pairs: tuple[tuple[str, str], ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS + 2)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(pairs):
            label = PlainLabel(name, tone="muted", wrap=True)
            label.setMaximumWidth(_NAME_WIDTH)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(value, wrap=True, selectable=True), place, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(grid)
