"""What the pane shows of the chosen row, and what of it counts as read."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from denkidesk.domain.applications import InboxEntry
from denkidesk.jobs.job import LaneName, Slot
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.detail import DetailPane
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.rows import InboxReader, Touched

if TYPE_CHECKING:
    from denkidesk.ui.inbox.details import Detail


class Reading(QObject):
    """A row that the clerk turned to is read when its detail stands on the screen, as far as that shows it; what comes later is news."""

    marking = Signal(object)  # the receipt number of what is being marked
    touched = Signal(object)  # Touched

    def __init__(
        self,
        context: UiContext,
        reader: InboxReader,
        shown: InboxList,
        pane: DetailPane,
        on_failure: Slot[BaseException],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._reader = reader
        self._list = shown
        self._pane = pane
        self._on_failure = on_failure
        self._details = LatestJob(context.jobs, self, self._on_detail, on_failure)
        self._came_to = ("", 0)  # the row in the pane, and how much of it the clerk had seen before
        self._looked_at = ""
        self._chosen: Sequence[str] = ()

    def stop(self) -> None:
        """Brings nothing more."""
        self._details.cancel()

    def turn_to(self, chosen: Sequence[str]) -> None:
        """These are chosen: where they are others than before, what was being read is left."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._came_to, self._looked_at = ("", 0), ""

    def look_at(self, receipt_number: str) -> None:
        """The clerk turned to this row, which is chosen."""
        self._looked_at = receipt_number
        self.show_chosen()

    def show_chosen(self) -> None:
        """Brings the detail of the chosen row as it is now."""
        chosen, count = self._list.chosen_receipt_numbers(), self._list.chosen_count
        if count == 1 and chosen:
            place = self._list.model.place_of(chosen[0])
            row = None if place is None else self._list.model.row_at(place)
            if row is not None:
                self._pane.show_coming(row)
            self._details.run(LaneName.STORE, self._reader.details.detail, chosen[0])
        elif count != 1:  # else its row is on its way
            self._details.cancel()
            if count:
                rows = (self._list.model.place_of(number) for number in chosen)
                found = [self._list.model.row_at(place) for place in rows if place is not None]
                self._pane.show_several(count, [row.entry for row in found if row is not None])
            else:
                self._pane.show_nothing()

    def show_unstored(self, entry: InboxEntry) -> None:
        """Shows what the store could not take."""
        self._details.run(LaneName.STORE, self._reader.details.detail_of, entry)

    def mark_likely(self, receipt_numbers: frozenset[str]) -> None:
        """These, and no others, are probably what became of an application whose outcome is unknown."""
        before, self._reader.likely = self._reader.likely, receipt_numbers
        changed = sorted(before ^ receipt_numbers)
        if changed:
            self._jobs.run(LaneName.STORE, self._reader.touched, changed).then(self.touched, self._on_failure)

    def _on_detail(self, detail: "Detail | None") -> None:
        if detail is None:
            self._pane.show_nothing()
            return
        entry, number = detail.row.entry, detail.row.receipt_number
        if self._came_to[0] != number:
            self._came_to = (number, entry.seen_to)
        self._pane.show_detail(detail, self._came_to[1])
        self._list.model.replace(detail.row)
        if self._pane.isVisible() and (self._looked_at == number if entry.unread else detail.newest > entry.seen_to):
            self._looked_at = ""
            self._mark(number, partial(self._reader.mark_seen, number, detail.newest))

    def _mark(self, receipt_number: str, marked: Callable[[], Touched]) -> None:
        self.marking.emit(receipt_number)
        self._jobs.run(LaneName.STORE, marked).then(self.touched, self._on_failure)
