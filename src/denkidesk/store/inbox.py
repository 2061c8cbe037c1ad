"""The inbox: the newest listing row and status of each application, and an append-only history of what changed."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import (
    ApplicationKind,
    ApplicationStatus,
    InboxEntry,
    ListedApplication,
    NewApplication,
)
from denkidesk.domain.clock import Now
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import UNREADABLE, Connection, Database, Row
from denkidesk.store.inbox_finding import WHO_AND_WHERE, find_by
from denkidesk.store.inbox_news import READ, HistoryEvent, came_after, event_of, mark_seen, newest_messages, record
from denkidesk.store.inbox_rows import entry_of
from denkidesk.store.inbox_views import InboxCounts, InboxView, Judging
from denkidesk.store.inbox_windows import InboxWindows
from denkidesk.store.values import (
    canonical_json,
    from_date_or_none,
    refuse_unstorable,
    status_to_json,
    to_date_or_none,
    to_text,
)

if TYPE_CHECKING:
    from denkidesk.store.inbox_notes import InboxNotes

_ROWS_AT_ONCE: Final = 2_000
_MOVES: Final = frozenset(("work_stage", "visit_on", "has_message"))
"""Changes of a row by which something moved; the others put right what is said of it."""
KindOfSelection = Callable[[str], ApplicationKind | None]


@dataclass(frozen=True, slots=True)
class StatusQueue:
    """Whose status is asked for next, in this order. ``beyond``: how many more may have news and have to wait."""

    receipt_numbers: tuple[str, ...]
    beyond: int


# Stage by stage along its index, for a handful of stages: most applications are closed, and nobody asks for those again.
_STAGES: Final = """
    WITH RECURSIVE stage (name) AS (
        SELECT MIN(work_stage) FROM inbox
        UNION ALL SELECT (SELECT MIN(work_stage) FROM inbox WHERE work_stage > name) FROM stage WHERE name IS NOT NULL
    )
    SELECT name FROM stage WHERE name NOT IN (SELECT value FROM json_each(:closed))
"""
_NEXT_LOOKS: Final = """
    SELECT receipt_number, status_look, is_outage, registered_key FROM inbox
    WHERE work_stage = :stage AND may_have_news = :news AND (:news OR visit_key NOT BETWEEN :today AND :soon)
    ORDER BY status_look, is_outage DESC, registered_key DESC LIMIT :budget
"""
_MAY_HAVE_NEWS: Final = "SELECT COUNT(*) FROM inbox WHERE work_stage = :stage AND may_have_news = 1"
_VISITED_SOON: Final = """
    SELECT receipt_number, status_look, is_outage, registered_key FROM inbox
    WHERE visit_key BETWEEN :today AND :soon AND may_have_news = 0 AND work_stage NOT IN (SELECT value FROM json_each(:closed))
"""
_LOOKED: Final = "UPDATE inbox SET status_look = (SELECT MAX(status_look) + 1 FROM inbox) WHERE receipt_number = ?"
_VISIT_SOON: Final = timedelta(days=3)


class InboxStore:
    """Applications by receipt number."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now
        self.windows = self.windows_judged(lambda: Judging(now().date()))

    def windows_judged(self, judging: Callable[[], Judging]) -> InboxWindows:
        """Windows whose filters are held against something else than the day alone."""
        return InboxWindows(self._database, judging)

    @cached_property
    def notes(self) -> "InboxNotes":
        """What the clerk notes on entries; loaded by whoever asks first."""
        from denkidesk.store.inbox_notes import InboxNotes

        return InboxNotes(self._database, self._now)

    def entries(self, view: InboxView) -> tuple[InboxEntry, ...]:
        """The entries of a view, in its order."""
        return self.windows.all_entries(view)

    def entry(self, receipt_number: str) -> InboxEntry | None:
        """One entry; None if the desk has never seen it."""
        return next(iter(self._database.read("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,), entry_of, "inbox")), None)

    def history(self, receipt_number: str) -> tuple[HistoryEvent, ...]:
        """What changed, oldest first."""
        query = "SELECT * FROM inbox_history WHERE receipt_number = ? ORDER BY id"
        return self._database.read(query, (receipt_number,), event_of, "inbox_history")

    def newest_messages(self, receipt_numbers: Collection[str]) -> dict[str, int]:
        """The number of the change by which the newest message of each application came, of those that have one."""
        with self._database.reading() as connection:
            return newest_messages(connection, receipt_numbers)

    def counts(self) -> InboxCounts:
        """How many entries each filter shows."""
        return self.windows.counts()

    def at_supply_point(self, supply_point_number: str, since: date) -> tuple[InboxEntry, ...]:
        """What was registered for a supply point since a day."""
        return self._database.read(
            "SELECT * FROM inbox WHERE supply_point_number = ? AND (registered_on IS NULL OR registered_on >= ?) "
            "ORDER BY registered_on DESC, receipt_number DESC",
            (supply_point_number, since.isoformat()),
            entry_of,
            "inbox",
        )

    def status_queue(self, closed_stages: Collection[str], budget: int) -> StatusQueue:
        """The open applications that may have news, the one asked for longest ago first, then the others, ``budget`` in all.

        News: the utility left a message, the row changed since the last look, an outage, a visit within three days.
        """
        today = self._now().date()
        about = {"closed": json.dumps(sorted(closed_stages)), "today": today.isoformat(), "soon": (today + _VISIT_SOON).isoformat()}
        with self._database.reading() as connection:
            open_stages = [row["name"] for row in connection.execute(_STAGES, about) if row["name"] is not None]
            stages = [{**about, "budget": budget, "stage": name} for name in open_stages]
            visited = connection.execute(_VISITED_SOON, about).fetchall()
            first, then = ([row for stage in stages for row in connection.execute(_NEXT_LOOKS, stage | {"news": news})] for news in (1, 0))
            count = len(visited) + sum(connection.execute(_MAY_HAVE_NEWS, stage).fetchone()[0] for stage in stages)
        in_turn = [*_by_look([*first, *visited]), *_by_look(then)]
        return StatusQueue(tuple(row["receipt_number"] for row in in_turn[:budget]), max(0, count - budget))

    def note_look(self, receipt_number: str) -> None:
        """The utility was asked for this status, whatever it said: others come before it next time."""
        with self._database.writing() as connection:
            connection.execute(_LOOKED, (receipt_number,))

    def take_listing(self, listed: Iterable[ListedApplication], kind_of: KindOfSelection) -> tuple[int, int]:
        """Stores a listing and returns how many entries are new and how many changed; nothing is ever removed.

        A few thousand rows are one transaction, so that a long listing lets others write in between; each row counts for itself.
        """
        listed = tuple(listed)
        for one in listed:
            refuse_unstorable("listing", [one.receipt_number, one.work_stage, one.selection_code, one.supply_point_number, dict(one.extra)])
        at = to_text(self._now())
        added = changed = 0
        for begin in range(0, len(listed), _ROWS_AT_ONCE):
            with self._database.writing() as connection:
                for one in listed[begin : begin + _ROWS_AT_ONCE]:
                    known = _known(connection, one.receipt_number)
                    if known is None:
                        _insert(connection, one, at, kind_of)
                        added += 1
                    elif self._take_row(connection, known, one, at):
                        was_listed = bool(known.listed.work_stage)  # else it was filed here, and the listing shows it for the first time
                        added, changed = added + (not was_listed), changed + was_listed
        return added, changed

    def take_status(self, status: ApplicationStatus, kind_of: KindOfSelection, *, seen_by_clerk: bool = True) -> InboxEntry:
        """Stores a status answer; an application that was not listed before becomes an entry of its own.

        A message that came between two looks is news; those of the first look are news where the clerk did not ask for it.
        """
        from denkidesk.domain.customers import Customer  # the first screen reads only
        from denkidesk.store.customers import note_customer

        text = status_to_json(status)
        at = to_text(self._now())
        number = status.receipt_number
        with self._database.writing() as connection:
            before = _known(connection, number)
            if before is None:
                _insert(connection, _listed_of_status(None, status), at, kind_of)
                before = _load(connection, number)
            listed = _listed_of_status(before.listed, status)
            self._take_row(connection, before, listed, at)
            seen = before.status.messages if before.status else ()
            fresh = came_after(seen, status.messages)
            for message in fresh:
                record(connection, number, at, "message", before="", after=message)
            moved = bool(fresh) and before.status is not None  # else nobody knows since when they have been there
            news = moved or (bool(fresh) and not seen_by_clerk)
            connection.execute(
                """
                UPDATE inbox SET status = ?, status_at = ?, status_is_old = 0, unread = MAX(unread, ?),
                    moved_on = CASE WHEN ? THEN ? ELSE moved_on END
                WHERE receipt_number = ?
                """,
                (text, at, int(news), moved, _day(at), number),
            )
            find_by(connection, listed, status)
            connection.execute(_LOOKED, (number,))
            name, address = (status.items.get(item) or "" for item in WHO_AND_WHERE)
            note_customer(connection, Customer(listed.supply_point_number, name, address=address, seen_at=at))
            return _load(connection, number)

    def with_status(self, entry: InboxEntry | None, status: ApplicationStatus) -> InboxEntry:
        """The entry as :meth:`take_status` would leave it, stored nowhere."""
        now = self._now()
        listed = _listed_of_status(entry.listed if entry else None, status)
        known = entry or InboxEntry(listed, unread=False, first_seen_at=now, changed_at=now, synced_at=now)
        name, address = (status.items.get(item) or getattr(known, item) for item in WHO_AND_WHERE)
        return replace(known, listed=listed, status=status, status_at=now, customer_name=name, supply_point_address=address)

    def mark(self, receipt_numbers: Iterable[str], *, unread: bool) -> int:
        """Marks entries; read ones forget the stage before. Returns how many there were."""
        done = 0
        with self._database.writing() as connection:
            for number in receipt_numbers:
                statement = "UPDATE inbox SET unread = 1 WHERE receipt_number = ?" if unread else READ
                done += connection.execute(statement, (number,)).rowcount
        return done

    def mark_seen(self, receipt_number: str, seen_to: int) -> None:
        """The clerk has seen an entry with its history up to a change: read, unless news came after that."""
        mark_seen(self._database, receipt_number, seen_to)

    def _take_row(self, connection: Connection, before: InboxEntry, one: ListedApplication, at: str) -> bool:
        changes = _changes(before.listed, one)
        if not changes:
            connection.execute("UPDATE inbox SET synced_at = ? WHERE receipt_number = ?", (at, one.receipt_number))
            return False
        for name, (old, new) in changes.items():
            record(connection, one.receipt_number, at, name if old or name != "work_stage" else "new", before=old, after=new)
        has_new_stage = "work_stage" in changes
        news = has_new_stage or (one.has_message and not before.listed.has_message)
        moved_on = _day(at) if _MOVES.intersection(changes) else before.moved_on and before.moved_on.isoformat()
        connection.execute(
            """
            UPDATE inbox SET work_stage = ?, registered_on = ?, visit_on = ?, selection_code = ?, supply_point_number = ?, has_message = ?,
                extra = ?, unread = MAX(unread, ?), previous_stage = ?, changed_at = ?, synced_at = ?, status_is_old = 1, moved_on = ?
            WHERE receipt_number = ?
            """,
            (
                *_columns(one),
                int(news),
                before.listed.work_stage if has_new_stage else before.previous_stage,
                at,
                at,
                moved_on or _day(at),
                one.receipt_number,
            ),
        )
        find_by(connection, one, before.status)
        return True


def note_filed(connection: Connection, application: NewApplication, receipt_number: str, at: datetime) -> None:
    """An application of this desk that was just accepted is an entry at once: read, and without a stage until the listing shows one."""
    known = _known(connection, receipt_number)
    if known is None:
        of = application
        filed = ListedApplication(receipt_number, "", at.date(), of.visit_on, of.selection_code, of.supply_point_number)
        _insert(connection, filed, to_text(at), lambda _code: of.kind, event="filed")
        connection.execute(READ, (receipt_number,))
    else:
        find_by(connection, known.listed, known.status)  # now it is known whose it is
    connection.execute("UPDATE inbox SET kind = ? WHERE receipt_number = ?", (application.kind.value, receipt_number))


def _insert(connection: Connection, one: ListedApplication, at: str, kind_of: KindOfSelection, event: str = "new") -> None:
    filed = connection.execute("SELECT kind FROM outbox WHERE receipt_number = ?", (one.receipt_number,)).fetchone()
    kind = ApplicationKind(filed["kind"]) if filed else kind_of(one.selection_code)
    connection.execute(
        """
        INSERT INTO inbox (receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, has_message, extra,
            kind, unread, previous_stage, first_seen_at, changed_at, synced_at, search_text, moved_on)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '', ?, ?, ?, '', ?)
        """,
        (
            one.receipt_number,
            *_columns(one),
            kind.value if kind else None,
            at,
            at,
            at,
            from_date_or_none(one.registered_on) or _day(at),
        ),
    )
    find_by(connection, one, None)
    record(connection, one.receipt_number, at, event, before="", after=one.work_stage)


def _load(connection: Connection, receipt_number: str) -> InboxEntry:
    return entry_of(connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,)).fetchone())


def _known(connection: Connection, receipt_number: str) -> InboxEntry | None:
    """An entry before it is brought up to date; one that cannot be read makes room for what the utility says of it."""
    try:
        row = connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,)).fetchone()
        return None if row is None else entry_of(row)
    except (*UNREADABLE, sqlite3.OperationalError):  # the latter of a text that is no UTF-8
        connection.execute("DELETE FROM inbox WHERE receipt_number = ?", (receipt_number,))
        return None


def _columns(listed: ListedApplication) -> tuple[str | int | None, ...]:
    """What a listing says of an application, as it stands in the table behind its receipt number."""
    return (
        listed.work_stage,
        from_date_or_none(listed.registered_on),
        from_date_or_none(listed.visit_on),
        listed.selection_code,
        listed.supply_point_number,
        int(listed.has_message),
        canonical_json(dict(listed.extra)),
    )


def _changes(before: ListedApplication, after: ListedApplication) -> dict[str, tuple[str, str]]:
    pairs = {
        "work_stage": (before.work_stage, after.work_stage),
        "registered_on": (from_date_or_none(before.registered_on) or "", from_date_or_none(after.registered_on) or ""),
        "visit_on": (from_date_or_none(before.visit_on) or "", from_date_or_none(after.visit_on) or ""),
        "selection_code": (before.selection_code, after.selection_code),
        "supply_point_number": (before.supply_point_number, after.supply_point_number),
        "has_message": (str(int(before.has_message)), str(int(after.has_message))),
        "extra": (canonical_json(dict(before.extra)), canonical_json(dict(after.extra))),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _listed_of_status(listed: ListedApplication | None, status: ApplicationStatus) -> ListedApplication:
    """The listing row as a status answer amends it; what the answer leaves out stays."""
    items = status.items
    base = listed or ListedApplication(status.receipt_number, "", has_message=bool(status.messages))
    return replace(
        base,
        work_stage=items.get("work_stage") or base.work_stage,
        visit_on=_date(items.get("visit_on")) or base.visit_on,
        registered_on=_date(items.get("registered_on")) or base.registered_on,
        selection_code=items.get("selection_code") or base.selection_code,
        supply_point_number=items.get("supply_point_number") or base.supply_point_number,
    )


def _date(text: str | None) -> date | None:
    try:
        return to_date_or_none(text or None)
    except ValueError:
        return None  # shown as it came, among the items of the status


def _by_look(rows: list[Row]) -> list[Row]:
    """The one asked for longest ago first; of those, an outage, then the newest."""
    newest_first = sorted(rows, key=lambda row: (row["is_outage"], row["registered_key"]), reverse=True)
    return sorted(newest_first, key=lambda row: int(row["status_look"]))


def _day(at: str) -> str:
    return at[: len("2026-01-01")]
