"""The tab 送信トレイ: what waits, what has no known outcome, what was sent today."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedLayout, QWidget

from denkidesk.desk.sending import Plan, Planned
from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import outbox as texts
from denkidesk.texts import shell as shell_texts
from denkidesk.texts.shortcuts import DISCARD_CHOSEN, ESCAPE, FOLLOW_ON, MEND
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.details import Detail, DetailReader
from denkidesk.ui.outbox.lines import ACT_NAMES, ON_THEIR_WAY, Act, Line, lines_of
from denkidesk.ui.outbox.model import ACT, ADDRESS, REASON, ActButton, OutboxModel
from denkidesk.ui.outbox.pane import OutboxPane
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.key_binding import bind, is_pressed
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

_WIDTHS: Final = (124, 128, 112, 152, 168, 136, 72)
_PANE_WIDTH: Final = 320
_PANE_AT_MOST: Final = 520
_FOLDED_BELOW: Final = 1000  # narrower than this, list and pane take turns


class OutboxTab(Refitted, QWidget):
    """Shows a plan; says what the clerk wants by signals, and does nothing by itself."""

    act_requested = Signal(object, object)  # Act, item
    pause_toggled = Signal()
    countdown_stopped = Signal(object)  # item id
    mend_requested = Signal(object)  # item
    receipt_requested = Signal(object)  # item
    cancel_requested = Signal(object)  # item
    requeue_requested = Signal(object)
    follow_on_requested = Signal(str)  # receipt number
    application_requested = Signal()
    shown = Signal()  # it came to the front

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_folded = False
        self._is_pane_open = False
        self._is_arranged = False
        self._counting: Planned | None = None
        self._details = LatestJob(context.jobs, self, self._on_detail, context.notices.failure)
        self._reader = DetailReader(context.desk)
        self.title = PlainLabel("", self, scale=1.2, bold=True)
        self.sentence = PlainLabel("", self, tone="muted", wrap=True)
        self.pause = QPushButton(texts.PAUSE_ALL, self)
        self.pause.clicked.connect(self.pause_toggled)
        self.undo = QPushButton(texts.UNDO_BUTTON, self)
        self.undo.clicked.connect(context.undo.take_back)
        context.undo.changed.connect(self._show_undo)
        self._show_undo()
        self.model = OutboxModel(context.icons, context.theme, self)
        self.table = DeskTable(texts.NAME, self)
        self.table.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(False)
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(ACT, ActButton(context.theme, self.table))
        self.table.set_widths(context.ui_state.numbers("outbox.widths") or _WIDTHS)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_clicked)
        self.pane = OutboxPane(context, self)
        self.table.offer(self.pane.mend, self.pane.cancel, self.pane.requeue, self.pane.follow_on)
        self.pane.left.connect(self._close_pane)
        self.pane.countdown.next_in_focus = self._quiet_place
        self.pane.countdown.stop_requested.connect(self._on_countdown_stopped)
        self.pane.act.clicked.connect(self._on_pane_act)
        self.pane.mend.clicked.connect(self._on_mend)
        self.pane.cancel.clicked.connect(self._on_cancel)
        self.pane.requeue.clicked.connect(self._on_requeue)
        self.pane.follow_on.clicked.connect(self._on_follow_on)
        self._empty = EmptyState(context.icons, "outbox", self)
        self._empty.show_text(texts.EMPTY_HEADING, texts.EMPTY_TEXT, texts.EMPTY_ACTION)
        self._empty.action_requested.connect(self.application_requested)
        self._assemble()
        bind(MEND, self, self._on_mend, auto_repeat=False)
        bind(FOLLOW_ON, self, self._on_follow_on, auto_repeat=False)
        bind(DISCARD_CHOSEN, self.table, self._on_cancel, context=Qt.ShortcutContext.WidgetShortcut, auto_repeat=False)

    def _assemble(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self.pane.setMinimumWidth(_PANE_WIDTH)
        self.pane.setMaximumWidth(_PANE_AT_MOST)
        head = HBox(spacing=SPACE_M).add((VBox(spacing=SPACE_XS).add(self.title, self.sentence), 1), self.undo, self.pause)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._empty)
        self._top = VBox()
        VBox(self, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S), spacing=SPACE_S).add(head, self._top, (self._stack, 1))
        self.setFocusProxy(self.table)

    # -- what the shell asks for

    def activated(self) -> None:
        """The tab came to the front."""
        self.shown.emit()

    def shut_down(self) -> None:
        """Remembers the arrangement and ends what is only for the eye."""
        self._details.cancel()
        self.pane.countdown.stop()
        self._context.ui_state.put("outbox.widths", self.table.widths())

    def show_plan(self, plan: Plan) -> None:
        """Shows how things stand; what is chosen stays chosen."""
        now = plan.at
        going = [one for one in plan.waiting if one.hold in ON_THEIR_WAY]
        last = max((one.at for one in going if one.at is not None), default=now)
        holds = [str(one.hold) for one in plan.waiting]
        self.title.setText(texts.WAITING.format(count=f"{len(plan.waiting):,}"))
        self.sentence.setText(texts.head(len(going), (last - now).total_seconds(), holds, str(plan.pause or "")))
        self.pause.setText(texts.RESUME_ALL if plan.pause else texts.PAUSE_ALL)
        chosen = self.chosen
        lines = lines_of(plan)
        if self.model.show_lines(lines):
            self.table.clearSpans()
            for place, line in enumerate(lines):
                if line.item is None:
                    self.table.setSpan(place, 0, 1, self.model.columnCount())
            there = None if chosen is None else self.model.place_of(chosen.item_id)
            first = next((place for place, line in enumerate(lines) if line.item is not None), -1)
            self.table.choose_row(first if there is None else there)
        self._count(plan)
        self._stack.setCurrentWidget(self._splitter if lines else self._empty)
        self._show_chosen()

    def _show_undo(self) -> None:
        name = self._context.undo.name
        had_focus = self.undo.hasFocus()
        self.undo.setVisible(bool(name))
        self.undo.setAccessibleName(shell_texts.undo(name))
        set_tip(self.undo, shell_texts.undo(name))
        if had_focus and not name:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, plan: Plan) -> None:
        """Shows what goes next while it can be stopped, whatever is chosen."""
        counting = [one for one in plan.waiting if one.left_s > 0]
        self._counting = min(counting, key=lambda one: one.left_s, default=None)
        if self._counting is None:
            self.pane.countdown.stop()
        else:
            together = len(plan.released) if self._counting.item.item_id in plan.released else 1
            self.pane.countdown.count(self._counting.left_s, self._counting.total_s, texts.countdown(self._counting.item, together))

    @property
    def chosen(self) -> OutboxItem | None:
        """The application that the cursor is on."""
        line = self._line()
        return None if line is None else line.item

    def _line(self) -> Line | None:
        row = self.table.currentIndex().row()
        return self.model.row_at(row) if 0 <= row < self.model.rowCount() else None

    # -- list and pane

    def _fit(self) -> None:
        """Where there is no room for both, list and pane take turns."""
        was_folded, self._is_folded = self._is_folded, self.width() < _FOLDED_BELOW
        if was_folded is not self._is_folded:  # what counts is seen beside the list and above it
            self.pane.countdown.move_to(self._top if self._is_folded else self.pane.top)
        self.pane.setMaximumWidth(16_777_215 if self._is_folded else _PANE_AT_MOST)
        if not self._is_arranged and not self._is_folded:
            self._is_arranged = True
            self._splitter.setSizes([self.width() - _PANE_WIDTH, _PANE_WIDTH])
        for column in (ADDRESS, REASON):
            self.table.setColumnHidden(column, self._is_folded)
        self._turn_to(self._is_pane_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the running count-down, or leads back to the list."""
        if not is_pressed(ESCAPE, event):
            super().keyPressEvent(event)
        elif self._is_pane_open:
            self._close_pane()
        else:
            self.pane.countdown.stop_now()

    def _turn_to(self, pane: bool) -> None:
        self._is_pane_open = pane and self._is_folded
        self.table.setVisible(not self._is_pane_open)
        self.pane.setVisible(not self._is_folded or self._is_pane_open)
        self.pane.back.setVisible(self._is_folded)

    def _quiet_place(self) -> QWidget:
        """Where Enter does nothing: on a line it would let go again what it has just stopped."""
        return self.pane

    def _close_pane(self) -> None:
        self._turn_to(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self._line()
        if line is None or line.item is None:
            self._details.cancel()
            self.pane.show_nothing()
            return
        self.pane.show_line(line, "" if line.act is None else ACT_NAMES[line.act])
        self._details.run(LaneName.STORE, self._reader.detail, line.item.item_id)

    def _on_detail(self, detail: Detail | None) -> None:
        if detail is not None and self.chosen is not None and detail.item.item_id == self.chosen.item_id:
            self.pane.show_detail(detail)

    # -- acts

    def _on_activated(self, _index: QModelIndex) -> None:
        """Enter: the line's act, or its pane where that stands behind the list."""
        if self._is_folded:
            self._turn_to(True)
            buttons = (self.pane.countdown.button, self.pane.act, self.pane.mend, self.pane.back)
            next(button for button in buttons if button.isVisibleTo(self)).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_pane_act()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == ACT:
            self._on_pane_act()

    def _on_pane_act(self) -> None:
        line = self._line()
        if line is None or line.item is None or line.act is None:
            return
        if line.act is Act.MEND:
            self.mend_requested.emit(line.item)
        elif line.act is Act.RECEIPT:
            self.receipt_requested.emit(line.item)
        else:
            self.act_requested.emit(line.act, line.item)

    def _on_countdown_stopped(self) -> None:
        if self._counting is not None:
            self.countdown_stopped.emit(self._counting.item.item_id)

    def _on_mend(self) -> None:
        if (item := self.chosen) is not None and item.state in (OutboxState.QUEUED, OutboxState.REJECTED):
            self.mend_requested.emit(item)

    def _on_cancel(self) -> None:
        if (item := self.chosen) is not None and item.state is OutboxState.QUEUED:
            self.cancel_requested.emit(item)

    def _on_requeue(self) -> None:
        if (item := self.chosen) is not None and item.state is OutboxState.REJECTED:
            self.requeue_requested.emit(item)

    def _on_follow_on(self) -> None:
        if (item := self.chosen) is not None and item.state is OutboxState.ACCEPTED:
            self.follow_on_requested.emit(item.receipt_number)
