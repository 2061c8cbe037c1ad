"""The page まとめて申込: a table is brought, checked, mended, confirmed, sent and written back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from denkidesk.desk.bulk_batches import BatchCounts, Queued
from denkidesk.domain.clock import Now, now_jst
from denkidesk.texts import bulk as texts
from denkidesk.texts.errors import said
from denkidesk.texts.shortcuts import BULK_BESIDE, BULK_OPEN, BULK_PASTE, BULK_REST, BULK_SAVE, BULK_SEND, ESCAPE, Shortcut
from denkidesk.ui.bulk.common_values import CommonValues
from denkidesk.ui.bulk.files import ask_for_result, ask_for_table, folder_of, remember
from denkidesk.ui.bulk.grid import BulkGrid
from denkidesk.ui.bulk.head import BulkChips, BulkFoot, BulkHead
from denkidesk.ui.bulk.kept_tables import KeptTables
from denkidesk.ui.bulk.model import BulkModel
from denkidesk.ui.bulk.pane import BulkPane
from denkidesk.ui.bulk.standing import Rows
from denkidesk.ui.bulk.table_desk import TableDesk
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.file_drop import FileDrop
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS

_PANE_WIDTH: Final = 396
_PANE_AT_MOST: Final = 520
_FOLDED_BELOW: Final = 1000  # narrower than this, grid and pane take turns
_LOW: Final = 300  # a window whose rows have need of every line
_KEY: Final = "bulk"


class BulkPage(Refitted, FileDrop):
    """What is on the screen belongs to :class:`TableDesk`; this page says what the clerk wants of it."""

    left = Signal()
    inbox_requested = Signal(str)  # receipt number
    outbox_wanted = Signal()
    outbox_changed = Signal(object)

    def __init__(self, context: UiContext, sender: AutoSender, parent: QWidget | None = None, *, now: Now = now_jst) -> None:
        super().__init__(parent)
        self._context = context
        self._sender = sender
        self._now = now
        self._is_folded = self._is_pane_open = self._is_arranged = False
        self._chip = "all"
        self.strips = Strips(self)
        self.tables = TableDesk(context, sender, now, self)
        self.kept = KeptTables(context, self)
        self.work = QWidget(self)
        self.head = BulkHead(context, self.work)
        self.common = CommonValues(self.work)
        self.chips = BulkChips(self.work)
        self.model = BulkModel(context.icons.icon("check", "muted"), self)
        self.grid = BulkGrid(context.theme, context.icons, self.model, self.work)
        self.pane = BulkPane(context, self.work)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.kept)
        self._stack.addWidget(self.work)
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        self.grid.setMinimumWidth(320)
        self.pane.setMinimumWidth(_PANE_WIDTH)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self.work)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.grid)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self._foot = BulkFoot(self.work)
        self._lines = VBox(self.work, margins=(0, SPACE_S, 0, SPACE_XS), spacing=SPACE_S)
        self._lines.add(self.head, self.common, self.chips, (self._splitter, 1), self._foot)
        VBox(self, margins=0, spacing=0).add((self._stack, 1))

    def _connect(self) -> None:
        for place in (self.kept, self.head):
            place.paste_requested.connect(self.paste)
            place.open_requested.connect(self.ask_for_file)
        self.kept.opened.connect(self.tables.open_again)
        self.kept.discarded.connect(self.tables.discard)
        self.kept.left.connect(self.left)
        self.files_dropped.connect(self._on_files_dropped)
        self.tables.brought.connect(self._on_brought)
        self.tables.changed.connect(self._show)
        self.tables.refused.connect(self._on_refused)
        self.tables.failed.connect(self._context.notices.failure)
        self.tables.listed.connect(self._on_listed)
        self.tables.queued.connect(self._on_queued)
        self.tables.taken_back.connect(self._on_taken_back)
        self.tables.saved.connect(self._on_saved)
        self.tables.through.connect(self._on_through)
        self.model.edited.connect(self.tables.mend)
        self.grid.tick_toggled.connect(self._on_tick_toggled)
        self.grid.column_assigned.connect(self.tables.assign)
        self.grid.walked_out.connect(self._on_walked_out)
        self.grid.opened.connect(self._on_row_opened)
        self.grid.enter_pressed.connect(self.pane.send.begin)
        self.grid.enter_released.connect(self.pane.send.end)
        self.grid.selectionModel().currentChanged.connect(self._on_current_changed)
        self.common.chosen.connect(self.tables.set_common)
        self.common.column_wanted.connect(self.tables.add_column)
        self.head.kind_chosen.connect(self.tables.lay_out_as)
        self.chips.chosen.connect(self._on_chip)
        self._foot.confirm_requested.connect(self._turn_to_pane)
        self._foot.save_requested.connect(self.ask_and_save)
        self.pane.sent.connect(self._on_confirmed)
        self.pane.pause_toggled.connect(self._sender.toggle_pause)
        self.pane.rest_stopped.connect(self.tables.take_back)
        self.pane.save_requested.connect(self.ask_and_save)
        self.pane.mend_requested.connect(self._on_mend_requested)
        self.pane.compare_requested.connect(self._on_compare)
        self.pane.left.connect(self._turn_to_grid)
        self._context.theme.changed.connect(self.grid.viewport().update)

    # -- what the tab asks for

    def take_focus(self) -> None:
        """The page came to the front."""
        if self.tables.rows is None or self._stack.currentWidget() is self.kept:
            self._show_kept()
        elif self._is_pane_open:
            self.pane.take_focus()
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._sender.look()

    def _show_kept(self) -> None:
        self._stack.setCurrentWidget(self.kept)
        self.tables.list_kept()
        self.kept.take_focus()

    def shut_down(self) -> None:
        """The window closes; what was sent goes on from the outbox."""
        self.tables.stop()

    # -- bringing

    def paste(self) -> None:
        """Takes the table on the clipboard."""
        if (text := QGuiApplication.clipboard().text()).strip():
            self.tables.paste(text)
            self._show_reading()
        else:
            self.strips.say(Message("warn", texts.NOTHING_TO_PASTE, key=_KEY))

    def ask_for_file(self) -> None:
        """Asks which file, and takes it."""
        if (path := ask_for_table(self, self._context.ui_state)) is not None:
            self._on_files_dropped((path,))

    def _on_files_dropped(self, files: tuple[Path, ...]) -> None:
        remember(self._context.ui_state, files[0])
        self.tables.open(files[0])
        self._show_reading()

    def _show_reading(self) -> None:
        self.kept.reading.setText(texts.READING if self.tables.is_reading else "")

    def _on_refused(self, error: object) -> None:
        what = said(error)
        self.strips.say(Message("error", what.text, key=_KEY, detail=what.detail))

    def _on_brought(self) -> None:
        rows = self.tables.rows
        if rows is None:
            return
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        was_asked = self.common.isAncestorOf(self.focusWidget() or self)
        is_new = self.model.shown is None or self.model.shown.brought.batch.batch_id != rows.brought.batch.batch_id
        self.strips.clear(_KEY)
        if rows.brought.twice:
            fields = "」「".join(map(rows.brought.form.label, rows.brought.twice))
            self.strips.say(Message("warn", texts.TWICE.format(fields=fields), key=_KEY))
        elif is_new and self.tables.last is not None:
            self.strips.say(Message("info", texts.REPLACED, texts.BACK_TO_LAST, self.tables.bring_back_last, key=_KEY))
        if is_new:
            self._chip = "all"
            self.pane.show_facts(())
        self.common.show_brought(rows.brought)
        self._turn_to(pane=self._is_pane_open and not is_new)
        self.model.show_rows(rows, self._chip)
        self._stack.setCurrentWidget(self.work)
        self.head.show_brought(rows, self._now().date())
        self._show()
        if is_new:
            self.grid.go_to_first()
            if not self.common.focus_missing(rows.brought):
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.grid.go_to(self.model.index(*here))
            if was_asked and not self.common.focus_missing(rows.brought):
                self.grid.go_to_first()
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing

    def _show(self) -> None:
        rows = self.tables.rows
        self._show_reading()
        if rows is None or self.model.shown is None:
            return
        if self.model.shown is not rows:
            return  # it is told of by its own signal
        self.model.tell_all()
        self.chips.show_rows(rows, self._chip)
        is_free = not rows.sent() and not self.tables.is_queueing
        self.head.kind.setEnabled(is_free)
        self.common.setEnabled(is_free)
        now = self._now()
        self.pane.show_rows(rows, now, is_queueing=self.tables.is_queueing)
        self.pane.show_row(rows, self.model.row_at_index(self.grid.currentIndex()))
        words = self.pane.run.title.text() if rows.sent() else self.pane.confirm.title.text()
        self._foot.show_rows(rows, words, has_answers=self.tables.has_answers)

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self.model.shown is not None:
            self.pane.show_row(self.model.shown, self.model.row_at_index(self.grid.currentIndex()))

    def _on_chip(self, name: str) -> None:
        self._chip = name
        self.model.show_rows(self.tables.rows, name)
        self.grid.go_to_first()
        self._show()

    def _on_listed(self, batches: tuple[BatchCounts, ...]) -> None:
        self.kept.show_batches(batches, self._now().date())

    # -- rows

    def _on_tick_toggled(self) -> None:
        self.tables.toggle([self.model.place_at(row) for row in self.grid.chosen_rows()])

    def _on_mend_requested(self) -> None:
        """To the first cell that is wrong, which every row is shown for."""
        if self._chip not in ("all", "bad"):
            self._on_chip("all")
        self._turn_to(pane=False)
        self.grid.go_to_first()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_walked_out(self, _forwards: bool) -> None:
        following = self._foot.to_confirm if self._is_folded else self.pane.send
        if following.isVisible() and following.isEnabled():
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            QWidget.focusNextPrevChild(self.grid, True)

    def _on_row_opened(self, row: int) -> None:
        rows, place = self.model.shown, self.model.place_at(row)
        if rows is not None and rows.double_from(place) == place:
            self._open_double(rows, place)

    def _on_compare(self) -> None:
        """The double of the row that the cursor is in, or the next row that has one."""
        rows = self.model.shown
        if rows is None:
            return
        here = self.grid.currentIndex()
        place = self.model.place_at(here.row()) if here.isValid() else -1
        if (double := rows.double_from(place)) == place:
            self._open_double(rows, place)
        elif double is not None and (row := self.model.row_of(double)) is not None:
            self.grid.go_to(self.model.index(row, self.model.result))
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_double(self, rows: Rows, place: int) -> None:
        similar = rows.rows[place].similar or ()
        if similar and similar[0].receipt_number:
            self.inbox_requested.emit(similar[0].receipt_number)
        elif similar:
            self.outbox_wanted.emit()
        elif (row := self.model.row_of(rows.twin_of(place))) is not None:
            self.grid.go_to(self.model.index(row, self.model.result))

    # -- sending

    def _on_confirmed(self, how: str) -> None:
        rows = self.tables.rows
        if rows is None:
            return
        facts = self.pane.facts(rows, self._now(), how)
        if self.tables.send():
            self.pane.show_facts(facts)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_queued(self, queued: Queued) -> None:
        self.outbox_changed.emit(queued)
        if queued.held_back:
            self.strips.say(Message("warn", texts.HELD_BACK.format(count=len(queued.held_back)), key=_KEY))

    def _on_through(self) -> None:
        """A clerk who looks elsewhere is told once, and not of each row."""
        QApplication.alert(self.window())
        self.outbox_changed.emit(None)

    def _on_taken_back(self, lines: frozenset[int]) -> None:
        words = texts.REST_STOPPED.format(count=len(lines)) if lines else texts.TOO_LATE
        self.strips.say(Message("ok" if lines else "warn", words, key=_KEY))

    # -- the result

    def ask_and_save(self) -> None:
        """Asks where to, and writes the table with its answers."""
        name = self.tables.result_name(folder_of(self._context.ui_state))
        if name is not None and self.tables.has_answers and (path := ask_for_result(self, self._context.ui_state, name)) is not None:
            self.tables.save(path)

    def _on_saved(self, path: Path) -> None:
        self.strips.say(Message("ok", texts.SAVED.format(name=path.name), key=_KEY))

    # -- grid and pane

    def _fit(self) -> None:
        """Where there is no room for both, grid and pane take turns."""
        self._is_folded = self.width() < _FOLDED_BELOW
        self._lines.setSpacing(SPACE_XS if self.height() < _LOW else SPACE_S)
        self.pane.setMaximumWidth(16_777_215 if self._is_folded else _PANE_AT_MOST)
        if not self._is_arranged and not self._is_folded:
            self._is_arranged = True
            self._splitter.setSizes([self.width() - _PANE_WIDTH, _PANE_WIDTH])
        self.chips.hint.setVisible(not self._is_folded)
        self.head.set_narrow(self._is_folded)
        self.common.set_narrow(self._is_folded)
        self._turn_to(pane=self._is_pane_open)

    def _turn_to(self, *, pane: bool) -> None:
        self._is_pane_open = pane and self._is_folded
        self.grid.setVisible(not self._is_pane_open)
        self.pane.setVisible(not self._is_folded or self._is_pane_open)
        self.pane.set_narrow(self._is_folded)
        self.chips.setVisible(not self._is_pane_open)
        self.common.setVisible(not self._is_pane_open and bool(self.common.editors))
        self._foot.setVisible(self._is_folded and not self._is_pane_open)

    def _turn_to_pane(self) -> None:
        self._turn_to(pane=True)
        self.pane.take_focus()

    def _turn_to_grid(self) -> None:
        self._turn_to(pane=False)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """The page's own keys are its own, whatever the tab around it has them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._act_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Carries out the page's own keys."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        acts: dict[Shortcut, Callable[[], object]] = {
            BULK_PASTE: self.paste,
            BULK_OPEN: self.ask_for_file,
            BULK_BESIDE: self._on_compare,
            BULK_REST: partial(self.tables.take_back, None),
            BULK_SAVE: self.ask_and_save,
            BULK_SEND: self._on_send_key,
            ESCAPE: self._on_escape,
        }
        return next((act for key, act in acts.items() if is_pressed(key, event)), None)

    def _on_send_key(self) -> None:
        """The first of two: to the button; the second sends."""
        if (rows := self.tables.rows) is not None:
            if self._is_folded and not self._is_pane_open:
                self._turn_to_pane()
            self.pane.arm(rows, self._now())

    def _on_escape(self) -> None:
        """One step back: the confirmation, the pane, the table, the page."""
        self.pane.disarm()
        if self._is_pane_open:
            self._turn_to_grid()
        elif self.pane.isAncestorOf(self.focusWidget() or self):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self.work:
            self._show_kept()
        else:
            self.left.emit()
