"""受付トレイ: the list of the store and its refresh."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from denkidesk.desk.inbox import FetchedStatus, InboxFilter, InboxView
from denkidesk.domain.applications import ListingCriteria
from denkidesk.jobs.job import Job, LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import inbox as texts
from denkidesk.texts import settings as settings_texts
from denkidesk.texts.shortcuts import COLUMNS, KEEP_VIEW, UNREAD_ONLY
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.act_table import RowAct
from denkidesk.ui.inbox.acts import RowActs
from denkidesk.ui.inbox.bar import InboxBar
from denkidesk.ui.inbox.criteria_button import Asked
from denkidesk.ui.inbox.detail import DetailPane
from denkidesk.ui.inbox.feed import InboxFeed
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.reading import Reading
from denkidesk.ui.inbox.refresh import InboxRefresh
from denkidesk.ui.inbox.rows import ADDRESS, DAYS, ORDERS, InboxReader, Snapshot, Touched
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.refused_login import ask_refused_login
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XS

_SPLIT: Final = "inbox.split"
_DETAIL_WIDTH: Final = 376
_ABOVE: Final = 32  # rows that are read above those in sight
_FOLDED_BELOW: Final = 960  # narrower than this, list and detail take turns
_WITHOUT_ADDRESS, _WITHOUT_DAYS = 1100, 1040  # narrower than this, these columns have no room beside the message


class InboxTab(Refitted, QWidget):
    """Shows the store at once and the utility's word when it comes. Nothing that the clerk chose is lost by a refresh."""

    unread_changed = Signal(object)
    synced = Signal(object)
    settings_requested = Signal()
    follow_on_found = Signal(object)  # FollowOn

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._reader = InboxReader(context.desk)
        self._filter: InboxFilter = InboxFilter.ALL
        self._search = ""
        self._criteria = ListingCriteria()
        self._is_search_due = False  # typed while the answer to the last letter is out
        self._keep: set[str] = set()  # read since the filter was pressed: they stay in sight
        self._fetching: dict[str, Job[FetchedStatus]] = {}  # by receipt number
        self._was_shown = False
        self._is_folded = self._is_detail_open = self._came_for_editor = False

        self._strips = Strips(self)
        self.bar = InboxBar(context, self)
        # Each is made where it will stand: a widget that moves to another parent is styled anew, with all that is in it.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.list = InboxList(context, self._splitter)
        self.detail = DetailPane(context, self._splitter)
        self._refresh = InboxRefresh(context, self.bar, self._strips, self._say_failure, self)
        self._snapshots = LatestJob(context.jobs, self, self._on_snapshot, self._on_store_failed)
        self.reading = Reading(context, self._reader, self.list, self.detail, self._on_store_failed, self)
        self._feed = InboxFeed(context, self._reader, self.list, self._on_store_failed, self)
        self.acts = RowActs(context, self._reader, self.list, self._feed, self.detail, self._strips, self._say_failure, self)
        self._assemble()
        self._connect()
        self.reload()
        self.bar.views.look()

    # -- what the shell asks for

    def activated(self) -> None:
        """The tab came to the front: others may have filed something meanwhile. What is being read just now is new enough."""
        if not self._snapshots.is_busy:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Remembers that there was something to see."""
        super().showEvent(event)
        self._was_shown = True

    def event(self, event: QEvent) -> bool:
        """The clerk comes back to the window: another program may have refreshed the inbox meanwhile."""
        if event.type() == QEvent.Type.WindowActivate and self._was_shown:
            self.activated()
        return super().event(event)

    def _fit(self) -> None:
        """Where there is no room for both, list and detail take turns."""
        self._is_folded = self.width() < _FOLDED_BELOW
        squeezed = () if self.width() >= _WITHOUT_ADDRESS else (ADDRESS,) if self.width() >= _WITHOUT_DAYS else (ADDRESS, DAYS)
        self.list.columns.squeeze(squeezed)
        self._turn_to(self._is_detail_open)

    def _open_detail(self) -> None:
        if self._is_folded:
            self._turn_to(True)
            self.detail.focus_text()  # on a button the very Enter that led here would press it

    def _close_detail(self) -> None:
        self._turn_to(False)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_split(self) -> None:
        self._sizes = self._splitter.sizes()

    def _turn_to(self, detail: bool) -> None:
        self._is_detail_open = detail and self._is_folded
        self.list.setVisible(not self._is_detail_open)
        self.bar.setVisible(not self._is_detail_open)  # its place is wanted: the pane stands over the list
        self.detail.setVisible(not self._is_folded or self._is_detail_open)
        self.detail.set_folded(self._is_folded)

    def shut_down(self) -> None:
        """Remembers the arrangement and ends what is only for the eye."""
        self.bar.search.blockSignals(True)
        self.bar.views.stop()
        self.bar.criteria.stop()
        self._snapshots.cancel()
        self.reading.stop()
        self._feed.stop()
        self._refresh.stop()
        state = self._context.ui_state
        self.list.columns.keep()
        if self._was_shown:  # else nobody has arranged it
            state.put(_SPLIT, self._sizes)

    def focus_search(self) -> None:
        """Puts the cursor into the search field, and the list into sight."""
        self._turn_to(False)
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def refresh(self) -> None:
        """Fetches the listing, then the statuses that may have changed; what is under way already is not asked for twice."""
        self._refresh.begin()

    def reload(self) -> None:
        """Shows the store again."""
        self._is_search_due = False
        model = self.list.model
        order, kept = ORDERS[model.sort_column], frozenset(self._keep)
        is_descending = model.is_descending is not (model.sort_column == DAYS)  # many days are a day long ago
        view = InboxView(self._filter, self._search, self._criteria, order, is_descending, kept)
        first = self.list.first_in_sight - _ABOVE if self._feed.shows(view) else 0
        self._snapshots.run(LaneName.STORE, self._reader.snapshot, view, first, self.list.remembered)

    def show_application(self, receipt_number: str) -> None:
        """Brings one application to the eye: it is chosen as soon as the list has it."""
        self.list.want(receipt_number)
        self._on_all_requested()

    # -- assembling

    def _assemble(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self.detail.setMinimumWidth(round(_DETAIL_WIDTH * self.font().pointSizeF() / 10))  # two acts with their keys
        self._sizes = self._context.ui_state.numbers(_SPLIT) or [904, _DETAIL_WIDTH]
        self._splitter.setSizes(self._sizes)
        self._splitter.splitterMoved.connect(self._on_split)
        above = HBox(margins=(SPACE_L, SPACE_XS, SPACE_L, SPACE_S), spacing=0).add((self.bar, 1))
        VBox(self, margins=0, spacing=0).add(above, (self._splitter, 1))
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.table.offer(*self.acts.actions)
        self.list.table.activated.connect(self._open_detail)
        self.detail.next_unread_requested.connect(self.list.go_to_next_unread)
        self.detail.left.connect(self._close_detail)
        self.bar.refresh_requested.connect(self.refresh)
        self.bar.refresh_cancelled.connect(self._refresh.cancel)
        self._refresh.brought.connect(self.reload)
        self.bar.views.filter_chosen.connect(self._on_filter_chosen)
        self.bar.views.view_chosen.connect(self._on_view_chosen)
        self.bar.views.failed.connect(self._on_store_failed)
        self.bar.keep_requested.connect(self._on_keep_requested)
        self.bar.criteria.kept_changed.connect(self.bar.views.look)
        self.bar.search_changed.connect(self._on_search_changed)
        self.bar.criteria.chosen.connect(self._on_criteria_chosen)
        self.bar.criteria.failed.connect(self._on_store_failed)
        self.bar.list_wanted.connect(self.list.table.setFocus)
        self.list.model.ordered.connect(self.reload)
        self.list.chosen_changed.connect(self._on_chosen_changed)
        self.list.looked_at.connect(self.reading.look_at)
        self.list.turned.connect(self._on_turned)
        self.list.all_requested.connect(self._on_all_requested)
        self.list.refresh_requested.connect(self.refresh)
        self.detail.application_requested.connect(self.show_application)
        self.reading.marking.connect(self._on_marking)
        self.reading.touched.connect(self._on_touched)
        self.acts.changed.connect(self.reload)
        self.acts.due_wanted.connect(partial(self.bar.views.filter_chosen.emit, InboxFilter.NEEDS_ACTION))
        self.acts.kept_in_sight.connect(self._on_kept_in_sight)
        self.acts.editor_wanted.connect(self._on_editor_wanted)
        self.acts.editor_closed.connect(self._on_editor_closed)
        self.acts.statuses_requested.connect(self.fetch_statuses)
        self.acts.follow_on_found.connect(self.follow_on_found)
        bind(UNREAD_ONLY, self, self._on_unread_key)
        self.bar.views.bind_keys(self)
        bind(KEEP_VIEW, self, self._on_keep_requested)
        bind(COLUMNS, self, self.list.columns.choose)
        self.bar.criteria.bind_keys(self)

    # -- the list

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._refresh.synced_at = snapshot.synced_at
        is_filtered = self._filter is not InboxFilter.ALL or bool(self._search) or self._criteria != ListingCriteria()
        self._feed.show(snapshot, filtered=is_filtered)
        self.bar.views.show_counts(snapshot.counts)
        if self._is_search_due:
            self.reload()
        self.unread_changed.emit(snapshot.counts.unread)
        self.synced.emit(snapshot.synced_at)
        self._strips.clear("inbox.store")
        self._show_chosen()
        self.acts.tell_due(snapshot.counts.due)

    def _on_store_failed(self, error: object) -> None:
        from denkidesk.texts.errors import said

        text = texts.STORE_FAILED.format(why=said(error).text)
        self._strips.say(Message("error", text, texts.RETRY, self.reload, key="inbox.store"))

    def _on_filter_chosen(self, value: InboxFilter) -> None:
        """The filter alone: what the view before asked for besides goes with it; what the clerk typed stays."""
        before = self.bar.views.pressed
        words = "" if isinstance(before, Asked) and before.kept.search == self._search else self._search
        self._show_view(value, words, None)
        self.bar.views.press(value)

    def _on_view_chosen(self, asked: Asked) -> None:
        if asked.criteria is None:
            self.bar.criteria.mend(asked.kept)  # which says what is wrong with them by now
            return
        kept = asked.kept
        self._show_view(kept.filter, kept.search, asked if kept.values else None)
        self.bar.views.press(kept.name)

    def _show_view(self, shown: InboxFilter, words: str, asked: Asked | None) -> None:
        self._keep.clear()
        self._filter, self._search = shown, words
        self._criteria = (asked and asked.criteria) or ListingCriteria()
        self.bar.search.show_words(words)
        self.bar.criteria.show_asked(asked)
        self.reload()
        if asked is not None:
            self._refresh.begin(self._criteria)

    def _on_search_changed(self, text: str) -> None:
        """At once; while an answer is out, with what stands there when it comes."""
        if text == self._search:
            return
        self._search = text
        if isinstance(self.bar.views.pressed, Asked):  # other words than its own: it is that view no longer
            self.bar.views.press("" if self.bar.criteria.asked else self._filter)
        if self._snapshots.is_busy:
            self._is_search_due = True
        else:
            self.reload()

    def _on_criteria_chosen(self, asked: Asked | None) -> None:
        self._show_view(InboxFilter.ALL if asked else self._filter, "" if asked else self._search, asked)
        self.bar.views.press(asked.kept.name if asked else self._filter)

    def _on_all_requested(self) -> None:
        self._search = ""
        self._on_filter_chosen(InboxFilter.ALL)

    def _on_unread_key(self) -> None:
        self._on_filter_chosen(InboxFilter.ALL if self._filter is InboxFilter.UNREAD else InboxFilter.UNREAD)

    def _on_keep_requested(self) -> None:
        """The present view is kept by a name, in the place of the one that has it."""
        if not self.bar.views.keep(self._filter, self._search.strip(), self.bar.criteria.asked):
            self._strips.say(Message("info", texts.KEEP_VIEW_NOTHING, key="inbox.view"))

    # -- one application

    def _on_chosen_changed(self) -> None:
        self.reading.turn_to(self.list.remembered)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._show_fetching()
        self.reading.show_chosen()

    def _on_turned(self) -> None:
        if self._is_folded:
            self._turn_to(True)
            self.detail.focus_text()

    def _on_marking(self, receipt_number: str) -> None:
        if self._filter is not InboxFilter.ALL:
            self._keep.add(receipt_number)

    def _on_touched(self, touched: Touched) -> None:
        for row in touched.rows:
            self.list.model.replace(row)
        self.bar.views.show_counts(touched.counts)
        self.unread_changed.emit(touched.counts.unread)
        self._show_chosen()

    def fetch_status(self) -> None:
        """Fetches the status of the chosen applications."""
        self.acts.carry_out(RowAct.FETCH)

    def fetch_statuses(self, receipt_numbers: Sequence[str]) -> None:
        """Of one application at once, before a refresh; of many behind everything else, one after the other, and the clerk goes on."""
        if len(receipt_numbers) == 1:
            self._fetch_status_of(receipt_numbers[0])
        else:
            self._refresh.fetch(receipt_numbers)

    def _on_kept_in_sight(self, receipt_numbers: Sequence[str]) -> None:
        if self._filter is not InboxFilter.ALL:
            self._keep.update(receipt_numbers)

    def _on_editor_wanted(self) -> None:
        self._came_for_editor = self._is_folded and not self._is_detail_open
        if self._came_for_editor:
            self._turn_to(True)

    def _on_editor_closed(self) -> None:
        if self._is_detail_open and not self._came_for_editor:
            self.detail.focus_text()
        else:
            self._close_detail()

    def _fetch_status_of(self, number: str) -> None:
        if number in self._fetching:
            return
        job = self._context.jobs.run(LaneName.KANSAI, self._desk.inbox.fetch_status, number, key=f"inbox.status.{number}")
        self._fetching[number] = job
        self._show_fetching()
        job.then(self._on_status_fetched, self._on_status_failed)
        job.finished.connect(self._on_status_finished)

    def _on_status_fetched(self, fetched: FetchedStatus) -> None:
        number = fetched.entry.listed.receipt_number
        if fetched.not_stored is None:
            self._strips.clear("inbox.status")
            if self.list.chosen_receipt_numbers() == [number]:
                self.reading.look_at(number)
            self.reload()
            return
        again = partial(self._fetch_status_of, number)
        self._say_failure(fetched.not_stored, texts.STATUS_NOT_STORED, again, "inbox.status", receipt=number)
        if self.list.chosen_receipt_numbers() == [number]:
            self.reading.show_unstored(fetched.entry)
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
