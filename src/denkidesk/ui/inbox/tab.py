"""受付トレイ: the list of the store, its refresh, and the outbox beside it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from denkidesk.desk.inbox import FetchedStatus, InboxFilter, InboxView
from denkidesk.domain.applications import OutboxState
from denkidesk.jobs.job import Job, LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import inbox as texts
from denkidesk.texts import settings as settings_texts
from denkidesk.texts.shortcuts import COPY_RECEIPT, FETCH_STATUS, UNREAD_ONLY
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.bar import UNKNOWN, InboxBar
from denkidesk.ui.inbox.detail import DetailPane
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.refresh import InboxRefresh
from denkidesk.ui.inbox.rows import Detail, InboxReader, Snapshot, Touched
from denkidesk.ui.outbox.acts import OutboxActs
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.outbox.model import UNSETTLED
from denkidesk.ui.outbox.view import OutboxView
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.refused_login import ask_refused_login
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

_SPLIT: Final = "inbox.split"
_DETAIL_WIDTH: Final = 440
_FOLDED_BELOW: Final = 1000  # narrower than this, list and detail take turns


class InboxTab(QWidget):
    """Shows the store at once and the utility's word when it comes. Nothing that the clerk chose is lost by a refresh."""

    unread_changed = Signal(object)
    synced = Signal(object)
    application_requested = Signal(object)
    settings_requested = Signal()
    outbox_shown = Signal(object)  # its items as the store has them now

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._reader = InboxReader(context.desk)
        self._filter: InboxFilter = InboxFilter.ALL
        self._search = ""
        self._keep: set[str] = set()  # read since the filter was pressed: they stay in sight
        self._fetching: dict[str, Job[FetchedStatus]] = {}  # by receipt number
        self._was_shown = False
        self._is_folded = self._is_detail_open = False

        self._strips = Strips(self)
        self.bar = InboxBar(context, self)
        # Each is made where it will stand: a widget that moves to another parent is styled anew, with all that is in it.
        self._views = QStackedWidget(self)
        self._list_side = QWidget(self._views)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._list_side)
        self.list = InboxList(context, self._splitter)
        self.detail = DetailPane(context, self._splitter)
        self.outbox = OutboxView(context, self._views)
        self._acts = OutboxActs(context, self.outbox, self._strips, self)
        self._refresh = InboxRefresh(context, self.bar, self._strips, self._say_failure, self)
        self._snapshots = LatestJob(context.jobs, self, self._on_snapshot, self._on_store_failed)
        self._details = LatestJob(context.jobs, self, self._on_detail, self._on_store_failed)
        self._assemble()
        self._connect()
        self.reload()

    # -- what the shell asks for

    def activated(self) -> None:
        """The tab came to the front: others may have filed something meanwhile. What is being read just now is new enough."""
        if not self._snapshots.is_busy:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Remembers that there was something to see."""
        super().showEvent(event)
        self._was_shown = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, list and detail take turns."""
        super().resizeEvent(event)
        self._is_folded = self.width() < _FOLDED_BELOW
        self._turn_to(self._is_detail_open)

    def _open_detail(self) -> None:
        if self._is_folded:
            self._turn_to(True)
            self.detail.acts[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_detail(self) -> None:
        self._turn_to(False)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, detail: bool) -> None:
        self._is_detail_open = detail and self._is_folded
        self.list.setVisible(not self._is_detail_open)
        self.detail.setVisible(not self._is_folded or self._is_detail_open)
        self.detail.back.setVisible(self._is_folded)

    def shut_down(self) -> None:
        """Remembers the arrangement and ends what is only for the eye."""
        self.bar.search.stop()
        self._snapshots.cancel()
        self._details.cancel()
        self._acts.stop()
        self._refresh.stop()
        state = self._context.ui_state
        state.put("inbox.widths", self.list.table.widths())
        state.put("inbox.outbox.widths", self.outbox.table.widths())
        if self._was_shown and not self._is_folded:  # else nobody has arranged it
            state.put(_SPLIT, self._splitter.sizes())

    def focus_search(self) -> None:
        """Puts the cursor into the search field."""
        self._views.setCurrentWidget(self._list_side)
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def refresh(self) -> None:
        """Fetches the listing, then the statuses that may have changed; what is under way already is not asked for twice."""
        self._refresh.begin()

    def reload(self) -> None:
        """Shows the store again."""
        view = InboxView(self._filter, self._search)
        self._snapshots.run(LaneName.STORE, self._reader.snapshot, view, frozenset(self._keep))

    def show_application(self, receipt_number: str) -> None:
        """Brings one application to the eye: it is chosen as soon as the list has it; an empty number shows the outbox."""
        if receipt_number:
            self._on_all_requested()
            self.list.want(receipt_number)
        else:
            self.show_outbox()

    def show_outbox(self, shown: bool = True) -> None:
        """Shows the outbox in the list's place, or the list again."""
        self._views.setCurrentWidget(self.outbox if shown else self._list_side)
        self.bar.show_outbox_chosen(shown)

    # -- assembling

    def _assemble(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(SPACE_M)
        self._splitter.setStretchFactor(0, 5)
        self._splitter.setStretchFactor(1, 3)
        self.detail.setMinimumWidth(_DETAIL_WIDTH)
        self._splitter.setSizes(self._context.ui_state.numbers(_SPLIT) or [956, 440])
        HBox(self._list_side, margins=0).add(self._splitter)
        self._views.addWidget(self._list_side)
        self._views.addWidget(self.outbox)
        VBox(self, margins=(SPACE_L, SPACE_XS, SPACE_L, SPACE_S), spacing=SPACE_S).add(self.bar, (self._views, 1))
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.table.offer(*self.detail.acts)
        self.list.table.activated.connect(self._open_detail)
        self.detail.left.connect(self._close_detail)
        self.bar.refresh_requested.connect(self.refresh)
        self.bar.refresh_cancelled.connect(self._refresh.cancel)
        self._refresh.brought.connect(self.reload)
        self.bar.filter_changed.connect(self._on_filter_changed)
        self.bar.search_changed.connect(self._on_search_changed)
        self.bar.outbox_wanted.connect(self.show_outbox)
        self.bar.list_wanted.connect(self.list.table.setFocus)
        self.list.chosen_changed.connect(self._on_chosen_changed)
        self.list.looked_at.connect(self._mark_read)
        self.list.all_requested.connect(self._on_all_requested)
        self.list.refresh_requested.connect(self.refresh)
        self.detail.status_requested.connect(self.fetch_status)
        self.detail.read_toggled.connect(self._on_read_toggled)
        self.detail.copy_requested.connect(self.copy_receipt_number)
        self._acts.changed.connect(self._on_outbox_changed)
        self._acts.settings_requested.connect(self.settings_requested)
        self.outbox.application_requested.connect(self._on_application_requested)
        bind(UNREAD_ONLY, self, self._on_unread_key)
        bind(FETCH_STATUS, self, self.fetch_status)
        bind(COPY_RECEIPT, self, self.copy_receipt_number)

    # -- the list

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._refresh.synced_at = snapshot.synced_at
        self.list.show_rows(snapshot.rows, filtered=self._filter is not InboxFilter.ALL or bool(self._search))
        self.outbox.show_items(snapshot.outbox)
        unsettled = sum(item.state in UNSETTLED for item in snapshot.outbox)
        waiting = sum(item.state not in (OutboxState.ACCEPTED, OutboxState.CANCELLED) for item in snapshot.outbox)
        self.bar.show_counts(snapshot.counts, unsettled, waiting)
        self.unread_changed.emit(snapshot.counts.unread)
        self.outbox_shown.emit(snapshot.outbox)
        self.synced.emit(snapshot.synced_at)
        self._strips.clear("inbox.store")
        self._show_chosen()

    def _on_store_failed(self, error: object) -> None:
        from denkidesk.texts.errors import said

        text = texts.STORE_FAILED.format(why=said(error).text)
        self._strips.say(Message("error", text, texts.RETRY, self.reload, key="inbox.store"))

    def _on_filter_changed(self, value: str) -> None:
        self._keep.clear()
        self.show_outbox(value == UNKNOWN)
        self.outbox.set_unsettled_only(value == UNKNOWN)
        self._filter = InboxFilter.ALL if value == UNKNOWN else InboxFilter(value)
        self.reload()

    def _on_search_changed(self, text: str) -> None:
        if text == self._search:
            return
        self._search = text
        self.show_outbox(False)
        self.reload()

    def _on_all_requested(self) -> None:
        self.bar.search.clear()
        self._search = ""
        self.bar.choose(InboxFilter.ALL)

    def _on_unread_key(self) -> None:
        self.bar.choose(InboxFilter.ALL if self._filter is InboxFilter.UNREAD else InboxFilter.UNREAD)

    # -- one application

    def _on_chosen_changed(self) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.list.chosen_receipt_numbers()
        self._show_fetching()
        if len(chosen) == 1:
            place = self.list.model.place_of(chosen[0])
            if place is not None:
                self.detail.show_coming(self.list.model.row_at(place))
            self._details.run(LaneName.STORE, self._reader.detail, chosen[0])
        else:
            self._details.cancel()
            self.detail.show_nothing(len(chosen))

    def _on_detail(self, detail: Detail | None) -> None:
        if detail is None:
            self.detail.show_nothing()
            return
        self.detail.show_detail(detail)
        self.list.model.replace(detail.row)

    def _mark_read(self, receipt_numbers: list[str]) -> None:
        self._mark(receipt_numbers, unread=False)

    def _on_read_toggled(self) -> None:
        shown = self.detail.detail
        if shown is not None:
            self._mark([shown.row.receipt_number], unread=not shown.row.entry.unread)

    def _mark(self, receipt_numbers: list[str], *, unread: bool) -> None:
        self._keep |= set(self.list.model.receipt_numbers()) if self._filter is not InboxFilter.ALL else set()
        job = self._context.jobs.run(LaneName.STORE, partial(self._reader.mark, receipt_numbers, unread=unread))
        job.then(self._on_touched, self._on_store_failed)

    def _on_touched(self, touched: Touched) -> None:
        for row in touched.rows:
            self.list.model.replace(row)
        self.bar.show_inbox_counts(touched.counts)
        self.unread_changed.emit(touched.counts.unread)
        self._show_chosen()

    def fetch_status(self) -> None:
        """Fetches the status of the chosen application; what a clerk asks for goes before a refresh."""
        for number in self.list.chosen_receipt_numbers()[:1]:
            self._fetch_status_of(number)

    def _fetch_status_of(self, number: str) -> None:
        if number in self._fetching:
            return
        job = self._context.jobs.run(LaneName.KANSAI, self._desk.inbox.fetch_status, number, key=f"inbox.status.{number}")
        self._fetching[number] = job
        self._show_fetching()
        job.then(self._on_status_fetched, self._on_status_failed)
        job.finished.connect(self._on_status_finished)

    def _on_status_fetched(self, fetched: FetchedStatus) -> None:
        if fetched.not_stored is None:
            self._strips.clear("inbox.status")
            self.reload()
            return
        number = fetched.entry.listed.receipt_number
        again = partial(self._fetch_status_of, number)
        self._say_failure(fetched.not_stored, texts.STATUS_NOT_STORED, again, "inbox.status", receipt=number)
        if self.list.chosen_receipt_numbers() == [number]:
            self._details.run(LaneName.STORE, self._reader.detail_of, fetched.entry)
            self._turn_to(True)  # nowhere else does it stand

    def _on_status_failed(self, error: object) -> None:
        number = next((number for number, job in self._fetching.items() if job.is_finished), "")
        again = partial(self._fetch_status_of, number)  # of the one that failed, whatever is chosen by then
        self._say_failure(error, texts.STATUS_FAILED, again, "inbox.status", receipt=number)

    def _on_status_finished(self) -> None:
        self._fetching = {number: job for number, job in self._fetching.items() if not job.is_finished}
        self._show_fetching()

    def _show_fetching(self) -> None:
        self.detail.set_fetching(any(number in self._fetching for number in self.list.chosen_receipt_numbers()))

    def copy_receipt_number(self) -> None:
        """Puts the receipt numbers of the chosen rows on the clipboard."""
        chosen = self.list.chosen_receipt_numbers()
        if chosen:
            from denkidesk.ui.parts.clipboard import copy_rows

            copy_rows([[number] for number in chosen])
            self._strips.say(Message("ok", texts.COPIED.format(receipt="、".join(chosen[:3])), key="inbox.copied"))

    def _say_failure(self, error: object, frame: str, again: Callable[[], None], key: str, **facts: str) -> None:
        """Says why something failed, with the button that helps."""
        from denkidesk.texts.errors import Help, said  # a day without a failure need not load their words

        what = said(error)
        buttons: dict[Help, tuple[str, Callable[[], object]]] = {
            Help.RETRY: (texts.RETRY, again),
            Help.SETTINGS: (texts.OPEN_SETTINGS, self.settings_requested.emit),
            Help.REFUSED_LOGIN: (settings_texts.REFUSED_LOGIN, partial(self._ask_refused_login, again)),
        }
        button, action = buttons.get(what.help, ("", None))
        self._strips.say(Message("error", frame.format(why=what.text, **facts), button, action, key, what.detail))

    def _ask_refused_login(self, again: Callable[[], None]) -> None:
        def try_once() -> None:
            self._desk.login_guard.try_once()
            again()

        ask_refused_login(self, try_once, self.settings_requested.emit)

    # -- the outbox

    def _on_outbox_changed(self, _changes: Changes) -> None:
        self.reload()

    def send_waiting(self) -> None:
        """Sends what waits, outages first."""
        self._acts.send_waiting()

    def _on_application_requested(self) -> None:
        self.application_requested.emit(None)
