"""What the list wants of the view that it shows, brought from the store."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject

from denkidesk.desk.inbox import InboxView, Window
from denkidesk.jobs.job import LaneName, Slot
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import inbox as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.rows import InboxReader, Page, Row, Snapshot
from denkidesk.ui.parts.strip import announce

_MOST_COPIED: Final = 10_000


class InboxFeed(QObject):
    """Rows by page, a long list's end, places far down. What comes for a view that is no longer shown is let go."""

    def __init__(self, context: UiContext, reader: InboxReader, shown: InboxList, on_failure: Slot[BaseException], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._reader = reader
        self._list = shown
        self._on_failure = on_failure
        self._window: Window | None = None
        self._sought: list[str] = []  # which applications are looked for
        self._wholes = LatestJob(context.jobs, self, self._on_whole, on_failure)
        self._places = LatestJob(context.jobs, self, self._on_places, on_failure)
        self._unread = LatestJob(context.jobs, self, self._on_next_unread, on_failure)
        shown.model.wanted.connect(self._on_wanted)
        shown.place_wanted.connect(self._find_chosen)
        shown.next_unread_wanted.connect(self._on_next_unread_wanted)
        shown.copy_wanted.connect(self._on_copy_wanted)

    @property
    def window(self) -> Window | None:
        """What is shown; None before anything is."""
        return self._window

    def show(self, snapshot: Snapshot, *, filtered: bool) -> None:
        """Shows a view; what of it was not read yet is brought after it, and what the clerk wished for of the same view meanwhile."""
        window = snapshot.page.window
        anew = not self.shows(window.view)
        is_unread_wanted = self._unread.is_busy and not anew
        self.stop()
        self._window = window
        self._list.show_view(snapshot, filtered=filtered, anew=anew)
        if not window.is_whole:
            self._wholes.run(LaneName.WORK, self._reader.whole, window.view)
        if any(number not in snapshot.places for number in self._list.remembered):
            self._find_chosen()
        if is_unread_wanted:
            self._list.go_to_next_unread()

    def shows(self, view: InboxView) -> bool:
        """Whether it is this view that is shown, whatever of it is kept."""
        return self._window is not None and replace(self._window.view, kept=view.kept) == view

    def stop(self) -> None:
        """Brings nothing more."""
        for job in (self._wholes, self._places, self._unread):
            job.cancel()

    def _find_chosen(self) -> None:
        """At once, or as soon as all of the view is known."""
        self._sought = self._list.remembered
        if self._window is not None and self._window.is_whole:
            self._places.run(LaneName.WORK, self._reader.places, self._window, self._sought)

    def _on_places(self, places: dict[str, int]) -> None:
        sought, self._sought = self._sought, []
        if sought == self._list.remembered:  # else the clerk has chosen others by now
            self._list.restore(places)

    def _on_wanted(self, first: int, count: int) -> None:
        if self._window is not None:
            self._jobs.run(LaneName.STORE, self._reader.page_of, self._window, first, count).then(self._on_page, self._on_failure)

    def _on_page(self, page: Page) -> None:
        if page.window is self._window:
            self._list.put(page)

    def _on_whole(self, window: Window) -> None:
        self._window = window
        self._list.grow(window.count)
        if self._sought:
            self._find_chosen()

    def _on_next_unread_wanted(self, after: str) -> None:
        if self._window is not None and not self._unread.is_busy:
            self._unread.run(LaneName.STORE, self._reader.next_unread, self._window, after)

    def _on_next_unread(self, page: Page | None) -> None:
        if page is not None:
            self._list.put(page)
        self._list.turn_to(None if page is None else page.place)

    def copy_receipt_numbers(self) -> None:
        """Copies those of the chosen rows alone."""
        self._copy(self._on_rows_for_numbers)

    def _on_copy_wanted(self) -> None:
        self._copy(self._on_rows)

    def _copy(self, slot: Slot[list[Row]]) -> None:
        if self._window is not None:
            ranges = self._list.table.chosen_ranges()
            self._jobs.run(LaneName.STORE, self._reader.rows, self._window, ranges, _MOST_COPIED).then(slot, self._on_failure)

    def _on_rows(self, rows: list[Row]) -> None:
        self._put_on_clipboard([texts.COLUMNS, *(row.cells for row in rows)], len(rows))

    def _on_rows_for_numbers(self, rows: list[Row]) -> None:
        self._put_on_clipboard([[row.receipt_number] for row in rows], len(rows))

    def _put_on_clipboard(self, lines: Sequence[Sequence[str]], count: int) -> None:
        from denkidesk.ui.parts.clipboard import copy_rows

        copy_rows(lines)
        said = texts.COPIED_FIRST if count == _MOST_COPIED else texts.COPIED_ROWS
        announce(self._list.table, said.format(count=f"{count:,}"))
