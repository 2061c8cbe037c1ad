"""The practice utility's books: one SQLite file that several processes may have open at once.

Holds what was filed, its messages, every request's start, and the practice clock. Each change is one transaction.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.clock import JST, Now

FORMAT: Final = 1
KEPT_STARTS: Final = 50_000
_REBOOT_NS: Final = 60 * 1_000_000_000

_SCHEMA: Final = """
CREATE TABLE applications (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt_number TEXT UNIQUE,
    kind TEXT NOT NULL,
    work_stage TEXT NOT NULL,
    registered_on TEXT NOT NULL,
    visit_on TEXT,
    selection_code TEXT NOT NULL,
    supply_point_number TEXT NOT NULL,
    items TEXT NOT NULL,       -- the other items by our names, JSON
    extra TEXT NOT NULL,       -- items of the message that have none of our names, by element name, JSON
    office TEXT NOT NULL,
    request_id TEXT NOT NULL,  -- empty: a sample
    moved_at REAL NOT NULL,    -- practice time of the newest change of stage, Unix seconds
    listed_from REAL NOT NULL, -- practice time from which the listing shows it; 0: always, however the clock is set
    message_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE messages (serial INTEGER PRIMARY KEY, receipt_number TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX messages_of ON messages (receipt_number);
CREATE TABLE starts (serial INTEGER PRIMARY KEY, boot INTEGER NOT NULL, started_ns INTEGER NOT NULL, path TEXT NOT NULL) STRICT;
CREATE INDEX starts_in_order ON starts (boot, started_ns);
CREATE TABLE request_ids (request_id TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

_COLUMNS: Final = (  # what Filed and Entry both hold, by the same names
    "kind", "work_stage", "registered_on", "visit_on", "selection_code", "supply_point_number", "items", "extra", "office", "request_id",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT INTO applications (serial, receipt_number, {', '.join(_COLUMNS)}, moved_at, listed_from, message_count)"  # noqa: S608 - constants only
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
CRITERIA: Final = tuple(each.name for each in fields(ListingCriteria))
_SELECT: Final = f"SELECT receipt_number, {', '.join(_COLUMNS)}, message_count FROM applications"  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Filed:
    """One application in the books. Dates are ISO; ``items`` and ``extra`` as in the table."""

    receipt_number: str
    kind: str
    work_stage: str
    registered_on: str
    visit_on: str | None
    selection_code: str
    supply_point_number: str
    items: Mapping[str, str]
    extra: Mapping[str, str]
    office: str
    request_id: str
    message_count: int
    messages: tuple[str, ...] = ()


def _filed(row: Sequence[Any], messages: Sequence[str]) -> Filed:
    columns = (*row[:7], json.loads(row[7]), json.loads(row[8]), *row[9:], tuple(messages))
    return Filed(*columns)


def _stored(value: str | Mapping[str, str] | None) -> str | None:
    return json.dumps(dict(value), ensure_ascii=False) if isinstance(value, Mapping) else value


@dataclass(frozen=True, slots=True)
class Entry:
    """An application on its way into the books. Dates are ISO."""

    kind: str
    work_stage: str
    registered_on: str
    selection_code: str
    supply_point_number: str
    office: str
    visit_on: str | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    messages: Sequence[str] = ()
    request_id: str = ""
    hidden_s: float = 0.0


class Books:
    """The state file, open. Safe to use from any thread; :meth:`close` it."""

    def __init__(self, path: Path, now: Now) -> None:
        self._real_now = now
        self._lock = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        # SQLite before 3.51.3 can damage a file when one process resets the log while another writes (its "WAL-reset bug"), so the log is
        # folded in only when the last connection closes. Practice books are small.
        self._connection.execute("PRAGMA wal_autocheckpoint=0")
        with self.writing() as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
                for statement in _SCHEMA.split(";\n"):
                    db.execute(statement)
                db.execute("INSERT INTO facts VALUES ('format', ?)", (str(FORMAT),))
            db.execute("DELETE FROM starts WHERE serial <= (SELECT max(serial) FROM starts) - ?", (KEPT_STARTS,))

    def close(self) -> None:
        """Closes the file; may be called twice."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction over all threads and processes; nested uses join the outer one."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()

    # The clock

    def fact(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM facts WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_fact(self, name: str, value: str | None) -> None:
        """Stores a fact; None forgets it."""
        with self.writing() as db:
            db.execute("DELETE FROM facts WHERE name = ?", (name,))
            if value is not None:
                db.execute("INSERT INTO facts VALUES (?, ?)", (name, value))

    def now(self) -> datetime:
        """The practice time in Japan, the same for all processes: fixed, or the real one and an offset."""
        fixed = self.fact("clock_fixed")
        if fixed is not None:
            return datetime.fromisoformat(fixed).astimezone(JST)
        offset_s = self.fact("clock_offset_s")
        return self._real_now().astimezone(JST) + timedelta(seconds=float(offset_s or 0))

    def set_clock(self, *, fixed: datetime | None = None, offset_s: float = 0.0) -> None:
        """Stops the practice clock at ``fixed``, or lets it run ``offset_s`` ahead of the real one."""
        with self.writing():
            self.set_fact("clock_fixed", fixed.isoformat() if fixed is not None else None)
            self.set_fact("clock_offset_s", repr(float(offset_s)) if offset_s else None)

    # Applications

    def file(self, entries: Iterable[Entry]) -> list[str]:
        """Enters applications; gives their receipt numbers. A practice number is ``P`` and ten digits."""
        at = self.now().timestamp()
        with self.writing() as db:
            first = int(db.execute("SELECT coalesce(max(serial), 0) + 1 FROM applications").fetchone()[0])
            numbered = [(f"P{serial:010d}", serial, entry) for serial, entry in enumerate(entries, first)]
            db.executemany(
                _INSERT,
                (
                    (
                        *(serial, number),
                        *(_stored(getattr(entry, name)) for name in _COLUMNS),
                        *(at, at + entry.hidden_s if entry.hidden_s else 0.0, len(entry.messages)),
                    )
                    for number, serial, entry in numbered
                ),
            )
            said = ((number, text) for number, _, entry in numbered for text in entry.messages)
            db.executemany("INSERT INTO messages (receipt_number, text) VALUES (?, ?)", said)
        return [number for number, _, _ in numbered]

    def application(self, receipt_number: str) -> Filed | None:
        """One application with its messages, oldest first."""
        found = self._filed("WHERE receipt_number = ?", (receipt_number,))
        return found[0] if found else None

    def applications(self) -> tuple[Filed, ...]:
        """All applications with their messages, oldest first."""
        return tuple(self._filed("ORDER BY serial", ()))

    def _filed(self, clause: str, parameters: Sequence[Any]) -> list[Filed]:
        with self._lock:
            rows = self._rows(f"{_SELECT} {clause}", parameters)
            messages: dict[str, list[str]] = {}
            if rows:
                only, chosen = ("WHERE receipt_number = ?", (rows[0][0],)) if len(rows) == 1 else ("", ())
                query = f"SELECT receipt_number, text FROM messages {only} ORDER BY serial"  # noqa: S608 - as above
                for number, text in self._rows(query, chosen):
                    messages.setdefault(number, []).append(text)
        return [_filed(row, messages.get(row[0], ())) for row in rows]

    def listing(self, criteria: Mapping[str, str | bool]) -> list[tuple[Any, ...]]:
        """Receipt number, stage, registered, visit, selection code, supply point, message count, office; oldest first.

        Criteria by our names; dates are ISO, ``has_message`` is a bool, what is not there does not restrict.
        """
        at = self.now().timestamp()
        return self._rows(
            "SELECT receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, message_count, office"
            " FROM applications WHERE listed_from <= :at"
            " AND (:receipt_number IS NULL OR receipt_number = :receipt_number)"
            " AND (:work_stage IS NULL OR work_stage = :work_stage)"
            " AND (:registered_from IS NULL OR registered_on >= :registered_from)"
            " AND (:registered_to IS NULL OR registered_on <= :registered_to)"
            " AND (:visit_from IS NULL OR visit_on >= :visit_from)"
            " AND (:visit_to IS NULL OR visit_on <= :visit_to)"
            " AND (:selection_code IS NULL OR selection_code = :selection_code)"
            " AND (:supply_point_number IS NULL OR supply_point_number = :supply_point_number)"
            " AND (:has_message IS NULL OR (message_count > 0) = :has_message)"
            " ORDER BY serial",
            {name: criteria.get(name) for name in CRITERIA} | {"at": at},
        )

    def advance(self, receipt_number: str, stage: str | None, message: str | None, extra: Mapping[str, str] | None = None) -> bool:
        """Moves one application to a stage, adds a message, adds extra items; False if there is no such application."""
        with self.writing() as db:
            rows = db.execute("SELECT extra FROM applications WHERE receipt_number = ?", (receipt_number,)).fetchall()
            if not rows:
                return False
            merged = json.loads(rows[0][0]) | dict(extra or {})
            db.execute(
                "UPDATE applications SET work_stage = coalesce(?, work_stage), moved_at = ?, extra = ? WHERE receipt_number = ?",
                (stage, self.now().timestamp(), json.dumps(merged, ensure_ascii=False), receipt_number),
            )
            if message:
                db.execute("INSERT INTO messages (receipt_number, text) VALUES (?, ?)", (receipt_number, message))
                db.execute("UPDATE applications SET message_count = message_count + 1 WHERE receipt_number = ?", (receipt_number,))
        return True

    def longest_unmoved(self, stages: Sequence[str]) -> tuple[str, str] | None:
        """Receipt number and stage of the application in one of ``stages`` that a trainee waits for longest; filed ones before samples."""
        rows = self._rows(
            "SELECT receipt_number, work_stage FROM applications WHERE work_stage IN (SELECT value FROM json_each(?))"
            " ORDER BY request_id = '', moved_at, serial LIMIT 1",
            (json.dumps(list(stages)),),
        )
        return (rows[0][0], rows[0][1]) if rows else None

    # Requests

    def note_start(self, path: str, started_ns: int) -> None:
        """Records one request's start. A clock that went back by more than a minute means that the machine was started anew."""
        with self.writing() as db:
            row = db.execute("SELECT boot, max(started_ns) FROM starts WHERE boot = (SELECT max(boot) FROM starts)").fetchone()
            boot = row[0] or 0
            if row[1] is not None and started_ns < row[1] - _REBOOT_NS:
                boot += 1
            db.execute("INSERT INTO starts (boot, started_ns, path) VALUES (?, ?, ?)", (boot, started_ns, path))

    def note_request_id(self, request_id: str) -> None:
        with self.writing() as db:
            db.execute("INSERT INTO request_ids VALUES (?, 1) ON CONFLICT (request_id) DO UPDATE SET times = times + 1", (request_id,))

    def starts_ns(self) -> tuple[tuple[int, int], ...]:
        """Every recorded start as (boot, nanoseconds), in order."""
        return tuple((row[0], row[1]) for row in self._rows("SELECT boot, started_ns FROM starts ORDER BY boot, started_ns"))

    def request_ids(self) -> dict[str, int]:
        return {row[0]: row[1] for row in self._rows("SELECT request_id, times FROM request_ids ORDER BY rowid")}

    def forget_requests(self) -> None:
        with self.writing() as db:
            db.execute("DELETE FROM starts")
            db.execute("DELETE FROM request_ids")
