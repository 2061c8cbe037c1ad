"""Windows on the inbox: its rows by place. A page begins behind a row that is known, never at a count from the top."""

import json
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import InboxEntry
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection, Database
from denkidesk.store.inbox_rows import entry_of
from denkidesk.store.inbox_views import InboxCounts, InboxOrder, InboxView, Judging, count_all, counts, order_by, ties_descend

if TYPE_CHECKING:
    from denkidesk.store.inbox_lists import InboxList

_STRIDE: Final = 1_024  # rows from anchor to anchor
_ABOVE: Final = 256
_READ_AT_ONCE: Final = 500
_FIRST_LOOK: Final = 500  # rows among which an unread one is looked for before all unread ones are
_ID: Final = "SELECT id FROM inbox WHERE receipt_number = ?"
_ENTRIES: Final = "SELECT * FROM inbox WHERE id IN (SELECT value FROM json_each(:ids))"


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of a view as they stood when it was opened.

    ``ids``: None where they are those of the order's index. ``is_whole``: all of them are known; else ``count`` may grow.
    """

    view: InboxView
    count: int
    ids: Sequence[int] | None = None
    anchors: dict[bool, list[int | None]] = field(default_factory=lambda: {False: [None], True: [None]})
    """By whether they are counted from the end: the row before each stride."""
    marks: dict[int, int] = field(default_factory=dict)
    """Rows at other places, a little above those that were asked for."""

    @property
    def is_whole(self) -> bool:
        """Whether every place is known."""
        return self.ids is None or len(self.ids) == self.count


@lru_cache(maxsize=64)
def _from_top(order: InboxOrder, descending: bool, shown: str = "1") -> str:
    return f"SELECT id FROM inbox WHERE {shown} ORDER BY {order_by(order, descending)} LIMIT :limit OFFSET :offset"  # noqa: S608 - constants only


@lru_cache(maxsize=64)
def _behind(order: InboxOrder, descending: bool, shown: str = "1") -> str:
    """The rows behind a row: the others of its own key, then those of the next keys."""
    key, number = (f"(SELECT {name} FROM inbox WHERE id = :anchor)" for name in (order, "receipt_number"))  # noqa: S608
    beyond, ties_beyond = "><"[descending], "><"[ties_descend(order, descending)]
    arms = (f"{order} = {key} AND receipt_number {ties_beyond} {number}", f"{order} {beyond} {key}")
    ordered = f"{shown} ORDER BY {order_by(order, descending)} LIMIT -1"
    rows = " UNION ALL ".join(f"SELECT id FROM (SELECT id FROM inbox WHERE {arm} AND {ordered})" for arm in arms)  # noqa: S608
    return f"{rows} LIMIT :limit OFFSET :offset"


class InboxWindows:
    """What a place shows is read when it is asked for: a window that was opened before a change may tell of rows that have moved."""

    def __init__(self, database: Database, judging: Callable[[], Judging]) -> None:
        self._database = database
        self._judging = judging

    def counts(self) -> InboxCounts:
        """How many entries each filter shows."""
        with self._database.reading() as connection:
            return counts(connection, self._judging())

    def open(self, view: InboxView) -> Window:
        """A view; of a long list its beginning, with as many places as are known of."""
        with self._database.reading() as connection:
            if view.is_everything:
                return Window(view, count_all(connection))
            ids, count = self._list(connection, view).beginning()
        return Window(view, count, ids)

    def count_of(self, view: InboxView) -> int:
        """How many applications a view shows."""
        with self._database.reading() as connection:
            return count_all(connection) if view.is_everything else self._list(connection, view).count()

    def whole(self, view: InboxView, cancel: CancelToken | None = None) -> Window:
        """A view with all its rows, whatever that takes. Raises Cancelled where nobody wants it any more."""
        with self._database.reading() as connection:
            ids = self._list(connection, view).all(cancel)
        return Window(view, len(ids), ids)

    def entries(self, window: Window, first: int, count: int) -> list[InboxEntry | None]:
        """The entries at these places; None for one that is not known yet, is gone or cannot be read."""
        first, count = max(0, first), min(count, window.count - max(0, first))
        with self._database.reading() as connection:
            ids = list(self._ids(connection, window, first, count))
        found = dict(self._database.read(_ENTRIES, {"ids": json.dumps(ids)}, lambda row: (row["id"], entry_of(row)), "inbox"))
        return [found.get(row_id) for row_id in ids] + [None] * (count - len(ids))

    def ids_of(self, window: Window, ranges: Sequence[tuple[int, int]]) -> list[int]:
        """The numbers of the rows at some runs of places, each with its first and its last place."""
        with self._database.reading() as connection:
            return [
                row_id for first, last in ranges for row_id in self._ids(connection, window, first, min(last + 1, window.count) - first)
            ]

    def all_entries(self, view: InboxView) -> tuple[InboxEntry, ...]:
        """The entries of a view, in its order, however many there are; without those that cannot be read."""
        window = self.whole(view)
        places = range(0, window.count, _READ_AT_ONCE)
        return tuple(entry for place in places for entry in self.entries(window, place, _READ_AT_ONCE) if entry is not None)

    def place_of(self, window: Window, receipt_number: str, at_most: int = -1) -> int | None:
        """Where an application stands; None where it does not, or in an index farther than ``at_most`` from both ends."""
        with self._database.reading() as connection:
            row_id = _id_of(connection, receipt_number)
            if window.ids is not None:
                return window.ids.index(row_id) if row_id in window.ids else None
            order, descending = window.view.order, window.view.is_descending
            for from_end in (False, True) if row_id is not None else ():
                statement = f"SELECT COUNT(*) FROM ({_behind(order, descending is from_end)})"  # noqa: S608 - constants only
                (before,) = connection.execute(statement, {"anchor": row_id, "limit": at_most, "offset": 0}).fetchone()
                if before != at_most:
                    place = int(window.count - 1 - before if from_end else before)
                    self._mark_above(connection, window, place, row_id)
                    return place
        return None

    def _mark_above(self, connection: Connection, window: Window, place: int, row_id: int | None) -> None:
        """What is looked at next are the rows about it: found from here, not by strides from the top."""
        statement = _behind(window.view.order, not window.view.is_descending)
        for row in connection.execute(statement, {"anchor": row_id, "limit": 1, "offset": _ABOVE - 1}):
            window.marks[place - _ABOVE] = int(row["id"])

    def next_unread(self, window: Window, receipt_number: str) -> str | None:
        """The next unread application of a window behind another one, going on from the top at the end; behind "" the first."""
        with self._database.reading() as connection:
            after = _id_of(connection, receipt_number)
            found = _unread_in_index(connection, window.view, after) if window.ids is None else _unread_of(connection, window.ids, after)
            row = connection.execute("SELECT receipt_number FROM inbox WHERE id = ?", (found,)).fetchone()
        return None if row is None else str(row["receipt_number"])

    def _list(self, connection: Connection, view: InboxView) -> "InboxList":
        from denkidesk.store.inbox_lists import InboxList  # the first screen shows everything

        return InboxList(connection, view, self._judging())

    def _ids(self, connection: Connection, window: Window, first: int, count: int) -> Sequence[int]:
        if window.ids is not None:
            return window.ids[first : first + max(0, count)]
        if count <= 0:
            return ()
        from_end = first > window.count // 2
        place = window.count - first - count if from_end else first
        order, descending = window.view.order, window.view.is_descending is not from_end
        anchors = window.anchors[from_end]

        def page(anchor: int | None, limit: int, offset: int) -> list[int]:
            statement = _from_top(order, descending) if anchor is None else _behind(order, descending)
            return [row["id"] for row in connection.execute(statement, {"anchor": anchor, "limit": limit, "offset": offset})]

        for mark, row_id in tuple(window.marks.items()):
            if mark < first <= mark + 2 * _ABOVE:
                statement = _behind(window.view.order, window.view.is_descending)
                about = {"anchor": row_id, "limit": count, "offset": first - mark - 1}
                return [row["id"] for row in connection.execute(statement, about)]
        while len(anchors) <= place // _STRIDE:
            anchors.extend(found := page(anchors[-1], 1, _STRIDE - 1))
            if not found:
                return ()
        ids = page(anchors[place // _STRIDE], count, place % _STRIDE)
        return ids[::-1] if from_end else ids


def _id_of(connection: Connection, receipt_number: str) -> int | None:
    found = connection.execute(_ID, (receipt_number,)).fetchone()
    return None if found is None else int(found["id"])


def _unread_in_index(connection: Connection, view: InboxView, after: int | None) -> int | None:
    is_default = view.order is InboxOrder.REGISTRATION
    shown = "unread = 1" if is_default else "+id IN (SELECT id FROM inbox WHERE is_read = 0)"
    for statement in (_behind(view.order, view.is_descending, shown), _from_top(view.order, view.is_descending, shown)):
        found = connection.execute(statement, {"anchor": after, "limit": 1, "offset": 0}).fetchone()
        if found is not None:
            return int(found["id"])
    return None


def _unread_of(connection: Connection, ids: Sequence[int], after: int | None) -> int | None:
    begin = ids.index(after) + 1 if after in ids else 0
    near = ids[begin : begin + _FIRST_LOOK]
    statement = "SELECT id FROM inbox WHERE id IN (SELECT value FROM json_each(?)) AND +unread = 1"
    unread = {row["id"] for row in connection.execute(statement, (json.dumps(list(near)),))}
    if not unread:
        unread = {row["id"] for row in connection.execute("SELECT id FROM inbox WHERE is_read = 0")}
    return next((row_id for part in (ids[begin:], ids[:begin]) for row_id in part if row_id in unread), None)
