"""The inbox: the newest listing row and status of each application, and an append-only history of what changed."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, InboxEntry, ListedApplication
from denkidesk.domain.clock import Now
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import UNREADABLE, Connection, Database, Row
from denkidesk.store.values import (
    canonical_json,
    from_date_or_none,
    refuse_unstorable,
    search_text,
    status_from_json,
    status_to_json,
    to_date_or_none,
    to_moment,
    to_moment_or_none,
    to_text,
)

_ROWS_AT_ONCE: Final = 2_000
KindOfSelection = Callable[[str], ApplicationKind | None]


class InboxFilter(StrEnum):
    """The one-click filters."""

    ALL = "all"
    UNREAD = "unread"  # 未読
    NEEDS_ACTION = "needs_action"  # 要対応: the utility left a message that is unread or was not fetched since
    OUTAGE = "outage"  # 停電
    VISIT_THIS_WEEK = "visit_this_week"  # 今週訪問: Monday to Sunday


@dataclass(frozen=True, slots=True)
class InboxView:
    """What of the inbox is asked for. ``search``: words, all of which must occur; blind to width, kana and case."""

    filter: InboxFilter = InboxFilter.ALL
    search: str = ""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many entries each filter shows."""

    all: int
    unread: int
    needs_action: int
    outage: int
    visit_this_week: int


@dataclass(frozen=True, slots=True)
class StatusQueue:
    """Whose status is asked for next, in this order. ``beyond``: how many more may have news and have to wait."""

    receipt_numbers: tuple[str, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One change of one application as this desk noticed it. ``kind``: ``new``, ``message`` or the name of the item that changed."""

    at: datetime
    kind: str
    before: str
    after: str


_ENTRIES: Final = """
    SELECT * FROM inbox WHERE :filter = 'all'
        OR (:filter = 'unread' AND unread = 1)
        OR (:filter = 'needs_action' AND has_message = 1 AND (unread = 1 OR status_at IS NULL OR status_is_old = 1))
        OR (:filter = 'outage' AND kind = 'outage')
        OR (:filter = 'visit_this_week' AND visit_on BETWEEN :monday AND :sunday)
    ORDER BY registered_on DESC, receipt_number DESC
"""
# One line a filter, with the same meaning as above.
_COUNTS: Final = """
    SELECT COUNT(*) AS "all",
        COALESCE(SUM(unread), 0) AS unread,
        COALESCE(SUM(has_message = 1 AND (unread = 1 OR status_at IS NULL OR status_is_old = 1)), 0) AS needs_action,
        COALESCE(SUM(kind IS 'outage'), 0) AS outage,
        COALESCE(SUM(visit_on IS NOT NULL AND visit_on BETWEEN :monday AND :sunday), 0) AS visit_this_week
    FROM inbox
"""

_STATUS_QUEUE: Final = """
    SELECT receipt_number FROM inbox WHERE work_stage NOT IN (SELECT value FROM json_each(:closed))
    ORDER BY has_message = 1 OR status_is_old = 1 OR kind IS 'outage' OR (visit_on IS NOT NULL AND visit_on BETWEEN :today AND :soon) DESC,
        status_look, kind IS 'outage' DESC, registered_on DESC
    LIMIT :budget
"""
# How many come first in the order above.
_MAY_HAVE_NEWS: Final = """
    SELECT COUNT(*) FROM inbox WHERE work_stage NOT IN (SELECT value FROM json_each(:closed))
        AND (has_message = 1 OR status_is_old = 1 OR kind IS 'outage' OR visit_on BETWEEN :today AND :soon)
"""
_LOOKED: Final = "UPDATE inbox SET status_look = (SELECT MAX(status_look) + 1 FROM inbox) WHERE receipt_number = ?"
_VISIT_SOON: Final = timedelta(days=3)


class InboxStore:
    """Applications by receipt number."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def entries(self, view: InboxView) -> tuple[InboxEntry, ...]:
        """The entries of a view, newest registration first."""
        words = [word for word in (search_text(part) for part in view.search.split()) if word]
        found = self._database.read(_ENTRIES, {"filter": view.filter.value, **self._week()}, _entry_and_search_text, "inbox")
        return tuple(entry for entry, text in found if all(word in text for word in words))

    def entry(self, receipt_number: str) -> InboxEntry | None:
        """One entry; None if the desk has never seen it."""
        return next(iter(self._database.read("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,), _entry, "inbox")), None)

    def history(self, receipt_number: str) -> tuple[HistoryEvent, ...]:
        """What changed, oldest first."""
        query = "SELECT * FROM inbox_history WHERE receipt_number = ? ORDER BY id"
        return self._database.read(query, (receipt_number,), _event, "inbox_history")

    def counts(self) -> InboxCounts:
        """How many entries each filter shows."""
        with self._database.reading() as connection:
            row = connection.execute(_COUNTS, self._week()).fetchone()
        return InboxCounts(**{name: int(row[name]) for name in row.keys()})  # noqa: SIM118 - a Row iterates over its values

    def at_supply_point(self, supply_point_number: str, since: date) -> tuple[InboxEntry, ...]:
        """What was registered for a supply point since a day."""
        return self._database.read(
            "SELECT * FROM inbox WHERE supply_point_number = ? AND (registered_on IS NULL OR registered_on >= ?) "
            "ORDER BY registered_on DESC, receipt_number DESC",
            (supply_point_number, since.isoformat()),
            _entry,
            "inbox",
        )

    def status_queue(self, closed_stages: Collection[str], budget: int) -> StatusQueue:
        """The open applications that may have news, the one asked for longest ago first, then the others, ``budget`` in all.

        News: the utility left a message, the row changed since the last look, an outage, a visit within three days.
        """
        today = self._now().date()
        about = {"closed": json.dumps(sorted(closed_stages)), "today": today.isoformat(), "soon": (today + _VISIT_SOON).isoformat()}
        with self._database.reading() as connection:
            rows = connection.execute(_STATUS_QUEUE, {**about, "budget": budget}).fetchall()
            (count,) = connection.execute(_MAY_HAVE_NEWS, about).fetchone()
        return StatusQueue(tuple(row["receipt_number"] for row in rows), max(0, count - budget))

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
                        self._insert(connection, one, at, kind_of)
                        added += 1
                    else:
                        changed += self._take_row(connection, known, one, at)
        return added, changed

    def take_status(self, status: ApplicationStatus, kind_of: KindOfSelection, *, seen_by_clerk: bool = True) -> InboxEntry:
        """Stores a status answer; an application that was not listed before becomes an entry of its own.

        A message that came between two looks is news; those of the first look are news where the clerk did not ask for it.
        """
        text = status_to_json(status)
        at = to_text(self._now())
        number = status.receipt_number
        with self._database.writing() as connection:
            before = _known(connection, number)
            if before is None:
                self._insert(connection, _listed_of_status(None, status), at, kind_of)
                before = _load(connection, number)
            listed = _listed_of_status(before.listed, status)
            self._take_row(connection, before, listed, at)
            seen = before.status.messages if before.status else ()
            fresh = status.messages[len(seen) :] if status.messages[: len(seen)] == seen else status.messages
            for message in fresh:
                _record(connection, number, at, "message", before="", after=message)
            news = bool(fresh) and (before.status is not None or not seen_by_clerk)
            connection.execute(
                "UPDATE inbox SET status = ?, status_at = ?, status_is_old = 0, unread = MAX(unread, ?), search_text = ? "
                "WHERE receipt_number = ?",
                (text, at, int(news), _search_text(connection, listed, status), number),
            )
            connection.execute(_LOOKED, (number,))
            return _load(connection, number)

    def with_status(self, entry: InboxEntry | None, status: ApplicationStatus) -> InboxEntry:
        """The entry as :meth:`take_status` would leave it, stored nowhere."""
        now = self._now()
        listed = _listed_of_status(entry.listed if entry else None, status)
        known = entry or InboxEntry(listed, unread=False, first_seen_at=now, changed_at=now, synced_at=now)
        return replace(known, listed=listed, status=status, status_at=now)

    def mark(self, receipt_numbers: Iterable[str], *, unread: bool) -> int:
        """Marks entries; read ones forget the stage before. Returns how many there were."""
        done = 0
        with self._database.writing() as connection:
            for number in receipt_numbers:
                statement = (
                    "UPDATE inbox SET unread = 1 WHERE receipt_number = ?"
                    if unread
                    else "UPDATE inbox SET unread = 0, previous_stage = '' WHERE receipt_number = ?"
                )
                done += connection.execute(statement, (number,)).rowcount
        return done

    def _week(self) -> dict[str, str]:
        today = self._now().date()
        monday = today - timedelta(days=today.weekday())
        return {"monday": monday.isoformat(), "sunday": (monday + timedelta(days=6)).isoformat()}

    def _insert(self, connection: Connection, one: ListedApplication, at: str, kind_of: KindOfSelection) -> None:
        filed = connection.execute("SELECT kind FROM outbox WHERE receipt_number = ?", (one.receipt_number,)).fetchone()
        kind = ApplicationKind(filed["kind"]) if filed else kind_of(one.selection_code)
        connection.execute(
            """
            INSERT INTO inbox (receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, has_message, extra,
                kind, unread, previous_stage, first_seen_at, changed_at, synced_at, status, status_at, search_text)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '', ?, ?, ?, NULL, NULL, ?)
            """,
            (
                one.receipt_number,
                *_columns(one),
                kind.value if kind else None,
                at,
                at,
                at,
                _search_text(connection, one, None),
            ),
        )
        _record(connection, one.receipt_number, at, "new", before="", after=one.work_stage)

    def _take_row(self, connection: Connection, before: InboxEntry, one: ListedApplication, at: str) -> bool:
        changes = _changes(before.listed, one)
        if not changes:
            connection.execute("UPDATE inbox SET synced_at = ? WHERE receipt_number = ?", (at, one.receipt_number))
            return False
        for name, (old, new) in changes.items():
            _record(connection, one.receipt_number, at, name, before=old, after=new)
        moved = "work_stage" in changes
        news = moved or (one.has_message and not before.listed.has_message)
        connection.execute(
            """
            UPDATE inbox SET work_stage = ?, registered_on = ?, visit_on = ?, selection_code = ?, supply_point_number = ?, has_message = ?,
                extra = ?, unread = MAX(unread, ?), previous_stage = ?, changed_at = ?, synced_at = ?, status_is_old = 1, search_text = ?
            WHERE receipt_number = ?
            """,
            (
                *_columns(one),
                int(news),
                before.listed.work_stage if moved else before.previous_stage,
                at,
                at,
                _search_text(connection, one, before.status),
                one.receipt_number,
            ),
        )
        return True


def _load(connection: Connection, receipt_number: str) -> InboxEntry:
    return _entry(connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,)).fetchone())


def _known(connection: Connection, receipt_number: str) -> InboxEntry | None:
    """An entry before it is brought up to date; one that cannot be read makes room for what the utility says of it."""
    try:
        row = connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (receipt_number,)).fetchone()
        return None if row is None else _entry(row)
    except (*UNREADABLE, sqlite3.OperationalError):  # the latter of a text that is no UTF-8
        connection.execute("DELETE FROM inbox WHERE receipt_number = ?", (receipt_number,))
        return None


def _event(row: Row) -> HistoryEvent:
    return HistoryEvent(to_moment(row["at"]), row["kind"], row["before"], row["after"])


def _entry_and_search_text(row: Row) -> tuple[InboxEntry, str]:
    return _entry(row), row["search_text"]


def _entry(row: Row) -> InboxEntry:
    return InboxEntry(
        listed=ListedApplication(
            receipt_number=row["receipt_number"],
            work_stage=row["work_stage"],
            registered_on=to_date_or_none(row["registered_on"]),
            visit_on=to_date_or_none(row["visit_on"]),
            selection_code=row["selection_code"],
            supply_point_number=row["supply_point_number"],
            has_message=bool(row["has_message"]),
            extra=MappingProxyType(json.loads(row["extra"])),
        ),
        unread=bool(row["unread"]),
        first_seen_at=to_moment(row["first_seen_at"]),
        changed_at=to_moment(row["changed_at"]),
        synced_at=to_moment(row["synced_at"]),
        previous_stage=row["previous_stage"],
        status=None if row["status"] is None else status_from_json(row["status"]),
        status_at=to_moment_or_none(row["status_at"]),
        kind=None if row["kind"] is None else ApplicationKind(row["kind"]),
    )


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


def _record(connection: Connection, receipt_number: str, at: str, kind: str, *, before: str, after: str) -> None:
    connection.execute(
        "INSERT INTO inbox_history (receipt_number, at, kind, before, after) VALUES (?, ?, ?, ?, ?)",
        (receipt_number, at, kind, before, after),
    )


def _search_text(connection: Connection, listed: ListedApplication, status: ApplicationStatus | None) -> str:
    parts = [listed.receipt_number, listed.supply_point_number, *listed.extra.values()]
    if status is not None:
        parts += [*status.messages, *status.items.values(), *status.extra.values()]
    filed = connection.execute("SELECT application FROM outbox WHERE receipt_number = ?", (listed.receipt_number,)).fetchone()
    if filed is not None:
        with suppress(*UNREADABLE):
            sent = json.loads(filed["application"])
            parts += [sent.get("customer_name") or "", sent.get("supply_point_address") or ""]
    return search_text(*parts)
