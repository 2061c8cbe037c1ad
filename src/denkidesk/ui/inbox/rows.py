"""What the inbox shows, made ready on the store lane: the GUI thread only hands out finished strings."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from denkidesk.desk.inbox import InboxCounts, InboxOrder, InboxView, Judging, Window
from denkidesk.domain.applications import InboxEntry
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.supply_point import grouped
from denkidesk.domain.values import dataclass
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts.names import kind_name, narrow_kind_name

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.ui.inbox.details import DetailReader

MARK, KIND, NAME, ADDRESS, STAGE, VISIT, DAYS, MESSAGE, REGISTERED, RECEIPT, SUPPLY_POINT = range(11)
ORDERS: Final = tuple(InboxOrder)  # what each of them is sorted by


@dataclass(frozen=True, slots=True)
class Row:
    """One application: ``cells`` to show, ``spoken`` for a screen reader; and what of it is to strike the eye."""

    entry: InboxEntry
    cells: tuple[str, ...]
    spoken: str
    is_visited_soon: bool = False
    is_unmoved: bool = False
    has_new_message: bool = False
    is_likely: bool = False  # what became of an application whose outcome is unknown

    @property
    def receipt_number(self) -> str:
        """What the row is known by."""
        return self.entry.listed.receipt_number


@dataclass(frozen=True, slots=True)
class Touched:
    """Some rows after a change of them alone, and the counts."""

    rows: tuple[Row, ...]
    counts: InboxCounts


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a view from a place on. ``place``: of the one that was asked for."""

    window: Window
    first: int
    rows: tuple[Row | None, ...]  # None for one that is not known yet, is gone or cannot be read
    place: int = -1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole tab at one moment."""

    page: Page
    places: Mapping[str, int]  # of the chosen ones, as far as they are in the view and not far from either end
    counts: InboxCounts
    synced_at: datetime | None


AT_ONCE: Final = 96  # rows; more than a screen has
_SOON_COUNTED: Final = 4_000  # places from an end
_TYPING_S: Final = 0.15


class InboxReader:
    """Reads the store for the tab. Lives on the store lane: the code tables are read there, once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.likely: frozenset[str] = frozenset()
        self._word: Callable[[str, str], str] | None = None

    @cached_property
    def details(self) -> "DetailReader":
        """What reads one application in full; its code is loaded with the first one that is looked at."""
        from denkidesk.ui.inbox.details import DetailReader

        return DetailReader(self._desk, self)

    def snapshot(self, view: InboxView, first: int, chosen: Sequence[str]) -> Snapshot:
        """A view, its rows from a place on, and where the chosen applications stand in it."""
        inbox = self._desk.inbox
        window = inbox.windows.open(view)
        first = max(0, min(first, window.count - AT_ONCE)) if window.is_whole else 0
        places = self.places(window, chosen, _SOON_COUNTED)
        return Snapshot(self.page_of(window, first, AT_ONCE), places, inbox.counts(), inbox.last_synced_at())

    def page(self, window: Window, first: int, count: int) -> tuple[Row | None, ...]:
        """Some rows of a view as they are now."""
        entries = self._desk.inbox.windows.entries(window, first, count)
        return self._rows(entries)

    def page_of(self, window: Window, first: int, count: int) -> Page:
        """As :meth:`page`, told apart from the pages of other views."""
        return Page(window, first, self.page(window, first, count))

    def places(self, window: Window, receipt_numbers: Sequence[str], at_most: int = -1) -> dict[str, int]:
        """Where applications stand in a view."""
        found = ((number, self._desk.inbox.windows.place_of(window, number, at_most)) for number in receipt_numbers)
        return {number: place for number, place in found if place is not None}

    def whole(self, view: InboxView, cancel: CancelToken | None = None) -> Window:
        """A view with all its rows, when nobody asked for another for a moment: the clerk may be typing."""
        if cancel is not None and cancel.wait(_TYPING_S):
            raise Cancelled
        return self._desk.inbox.windows.whole(view, cancel)

    def next_unread(self, window: Window, receipt_number: str) -> Page | None:
        """The next unread application of a view: its place in the rows about it."""
        number = self._desk.inbox.windows.next_unread(window, receipt_number)
        place = None if number is None else self.places(window, [number]).get(number)
        if place is None:
            return None
        first = max(0, place - AT_ONCE // 2)
        return Page(window, first, self.page(window, first, AT_ONCE), place)

    def rows(self, window: Window, ranges: Sequence[tuple[int, int]], most: int) -> list[Row]:
        """The first rows of some ranges."""
        rows: list[Row] = []
        for first, last in ranges:
            for place in range(first, min(last + 1, first + most - len(rows)), AT_ONCE):
                found = self.page(window, place, min(AT_ONCE, last + 1 - place))
                rows += [row for row in found if row is not None]
        return rows[:most]

    def touched(self, receipt_numbers: Sequence[str]) -> Touched:
        """Some applications as they are now, after something was done to them alone."""
        rows = self._rows([self._desk.inbox.entry(number) for number in receipt_numbers])
        return Touched(tuple(row for row in rows if row is not None), self._desk.inbox.counts())

    def mark_seen(self, receipt_number: str, seen_to: int) -> Touched:
        """Marks an application as seen up to a change, and returns it."""
        self._desk.inbox.mark_seen(receipt_number, seen_to)
        return self.touched([receipt_number])

    def word(self, field: str, code: str) -> str:
        """A code in words; a code that the tables do not know reads as itself."""
        if self._word is None:
            # What is wrong with the tables is named where they are installed; the list shows bare codes meanwhile.
            self._word = self._desk.installed_set.readable_code_tables().label
        return self._word(field, code)

    def row(self, entry: InboxEntry) -> Row:
        """One row in words."""
        return self._row(entry, self._desk.inbox.with_new_message([entry]), self._desk.inbox.judging())

    def _rows(self, entries: Sequence[InboxEntry | None]) -> tuple[Row | None, ...]:
        inbox = self._desk.inbox
        news, judging = inbox.with_new_message(entry for entry in entries if entry is not None), inbox.judging()
        return tuple(None if entry is None else self._row(entry, news, judging) for entry in entries)

    def _row(self, entry: InboxEntry, news: Container[str], judging: Judging) -> Row:
        listed, today = entry.listed, judging.today
        stage = self.word("work_stage", listed.work_stage) if listed.work_stage else texts.NOT_LISTED_YET
        is_likely = listed.receipt_number in self.likely
        visit, days = dates.coming_day(listed.visit_on, today), dates.days_since(entry.moved_on, today)
        message = texts.LIKELY if is_likely else message_line(entry)
        is_new, is_unmoved = listed.receipt_number in news and bool(message) and not is_likely, judging.is_unmoved(entry)
        cells = (
            texts.UNREAD if entry.unread else "",
            narrow_kind_name(entry.kind),
            entry.customer_name,
            entry.supply_point_address,
            stage,
            visit,
            days,
            message,
            dates.short_day(listed.registered_on),
            listed.receipt_number,
            grouped(listed.supply_point_number),
        )
        spoken = (
            cells[MARK],
            kind_name(entry.kind),
            entry.customer_name or texts.WHO_IS_UNKNOWN.format(receipt=listed.receipt_number),
            stage,
            visit and texts.VISIT_SPOKEN.format(day=visit),
            texts.UNMOVED_SPOKEN.format(days=days) if is_unmoved else days,
            texts.NEWS_SPOKEN.format(message=message) if is_new else message,
            texts.NOTED if entry.note else "",
        )
        is_soon = listed.visit_on is not None and 0 <= (listed.visit_on - today).days <= 1
        return Row(entry, cells, "、".join(part for part in spoken if part), is_soon, is_unmoved, is_new, is_likely)


def message_line(entry: InboxEntry) -> str:
    """The newest message on one line; a word if it was not fetched yet."""
    if entry.status is not None and entry.status.messages:
        return " ".join(entry.status.messages[-1].split())
    return texts.HAS_MESSAGE if entry.listed.has_message else ""
