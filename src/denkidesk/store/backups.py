"""A copy of the database each day, and the way back to one."""

import contextlib
import os
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from denkidesk.domain.applications import OutboxState
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import InstallationCode, OutcomeCode
from denkidesk.domain.errors import SetupFault
from denkidesk.store.folder_lock import Owner, owners_dir_of
from denkidesk.store.migrations import NEWEST_VERSION
from denkidesk.store.process_lock import LockTaken, ProcessLock
from denkidesk.store.shape import differences
from denkidesk.store.store import Store
from denkidesk.store.taking_over import take_over

KEPT_DAYS: Final = 14
BACKUPS_DIR: Final = "backups"
SET_ASIDE_DIR: Final = "set-aside"
_NAME: Final = re.compile(r"desk-(\d{4}-\d{2}-\d{2})(?:-(\d{1,9}))?\.db")  # without a number: of an earlier version
_WAIT_S: Final = 1.0
"""Longer than a write takes. Whoever is at work for longer is waited for by the caller, who can say so."""
_COMPANIONS: Final = ("", "-wal", "-shm")
_COMPARED: Final[Mapping[str, str]] = {
    "quotes": "SELECT quote_id, sha256 FROM quotes",
    "drafts": "SELECT kind, fields FROM drafts",
    "closed_windows": "SELECT starts_at, ends_at, note FROM closed_windows",
    "read_marks": "SELECT receipt_number FROM inbox WHERE unread = 0",
    "unread_marks": "SELECT receipt_number FROM inbox WHERE unread = 1",
    "news": "SELECT receipt_number, at, kind, before, after FROM inbox_history",
    "tariffs": "SELECT topic, key, sha256 FROM catalogue",
}
"""What does not come along when the desk goes back to a copy: what tells one row from another, in every version."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One day's copy. ``number``: counts up from copy to copy, whatever the clock said."""

    path: Path
    day: date
    number: int
    bytes: int


def backups_dir_of(database: Path) -> Path:
    """Where the copies of a database lie."""
    return database.parent / BACKUPS_DIR


def listed(directory: Path) -> tuple[Backup, ...]:
    """The copies there are, the one made last first; not yet looked into."""
    found = []
    try:
        for path in directory.iterdir():
            match = _NAME.fullmatch(path.name)
            if match and path.is_file():
                with contextlib.suppress(ValueError):  # a name like 2026-99-99 is nobody's backup
                    found.append(Backup(path, date.fromisoformat(match[1]), int(match[2] or 0), path.stat().st_size))
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda backup: (backup.number, backup.day), reverse=True))


def day_of(backup: Path) -> date | None:
    """The day that a backup's name tells."""
    match = _NAME.fullmatch(backup.name)
    return date.fromisoformat(match[1]) if match else None


def make_daily(store: Store, directory: Path, *, now: Now = now_jst, keep: int = KEPT_DAYS) -> Path | None:
    """Makes today's copy unless there is one, and lets go of all but the newest ``keep``; None if there was nothing to do.

    A copy gets its name when it is whole and SQLite finds nothing wrong with it, so a damaged database never pushes a good copy out.
    Raises SetupFault (``damaged`` for the database, ``unwritable`` or ``full`` for the folder).
    """
    today, made = now().date(), listed(directory)
    if any(backup.day == today for backup in made):
        return None
    target = directory / f"desk-{today}-{made[0].number + 1 if made else 1}.db"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        make(store, target)
        for old in listed(directory)[keep:]:
            old.path.unlink(missing_ok=True)
    except OSError as error:
        raise SetupFault.of_os_error(directory, "folder", error) from error
    return target


def make(store: Store, target: Path) -> None:
    """Copies everything into one file, which gets its name when it is whole and sound. Raises SetupFault as :func:`make_daily`."""
    beside = target.with_name(f"{target.stem}.part")
    try:
        beside.unlink(missing_ok=True)
        store.back_up(beside)
        if not is_good(beside):
            raise SetupFault(str(store.path), "database", InstallationCode.DAMAGED)
        _sync(beside)
        beside.replace(target)
    except OSError as error:
        raise SetupFault.of_os_error(target.parent, "folder", error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def is_good(path: Path) -> bool:
    """Whether a file is a database of ours, in one piece, and not of a newer program. Writes nothing, not even beside it."""
    try:
        with _unchanging(path) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            complete = not differences(connection).harmful
            sound = [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
    except (sqlite3.Error, OSError):
        return False
    return sound and complete and 0 < version <= NEWEST_VERSION


def newest_good(directory: Path) -> Backup | None:
    """The newest copy that is whole."""
    return next((backup for backup in listed(directory) if is_good(backup.path)), None)


def lost_with(database: Store, backup: Path) -> dict[str, int]:
    """How much of what is in the database now is not in a copy, by kind; ``waiting``: applications that would become ``unknown``.

    Raises SetupFault (``damaged``) where the copy cannot be read.
    """
    with database.reading() as connection:
        now = {name: Counter(map(tuple, connection.execute(rows))) for name, rows in _COMPARED.items()}
        waiting = int(connection.execute("SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending')").fetchone()[0])
    try:
        with _unchanging(backup) as connection:
            lost = {name: (now[name] - Counter(connection.execute(rows))).total() for name, rows in _COMPARED.items()}
    except (sqlite3.Error, OSError) as error:
        raise SetupFault(str(backup), "backup", InstallationCode.DAMAGED) from error
    return {**lost, "waiting": waiting}


def restore(database: Path, backup: Path, *, now: Now = now_jst) -> Path | None:
    """Puts a copy in the place of the database; returns the folder where the present one, damaged or not, is kept.

    What was filed since comes along, with its receipts, and so do refused logins. Of what waits for being sent nobody can tell any more
    whether it was: it becomes ``unknown``, which nobody sends without a person's decision. Until the very last step the present
    database stays where it is. Raises SetupFault: ``damaged`` for the copy, ``unwritable`` or ``full`` for the folder, and at once
    ``locked`` while anybody who may write has the database open, this process included; see :func:`is_free`.
    """
    if not is_good(backup):
        raise SetupFault(str(backup), "backup", InstallationCode.DAMAGED)
    with _alone(database):
        return _put_in_place(database, backup, now)


def start_anew(database: Path, *, now: Now = now_jst) -> Path | None:
    """As :func:`restore` where there is no copy: an empty database, with what can be read of the outbox."""
    with _alone(database):
        return _put_in_place(database, None, now)


def is_free(database: Path) -> bool:
    """Whether nobody who may write has the database open. Another may begin the next moment; for who waits and says so."""
    return not Owner.any_at_work(owners_dir_of(database))


@contextlib.contextmanager
def _alone(database: Path) -> Iterator[None]:
    # Whoever may write is known as an owner first, and then takes this lock before opening the file: from here on it gets the new one.
    lock = ProcessLock(database.with_name(database.name + ".lock"))
    try:
        lock.acquire(_WAIT_S)
    except LockTaken as error:
        raise SetupFault(str(database), "database", InstallationCode.LOCKED) from error
    except OSError as error:
        raise SetupFault.of_os_error(database, "database", error) from error
    try:
        if not is_free(database):
            raise SetupFault(str(database), "database", InstallationCode.LOCKED)
        yield
    finally:
        lock.release()


def _put_in_place(database: Path, backup: Path | None, now: Now) -> Path | None:
    fresh = database.with_name(f"{database.stem}-restoring.db")
    try:
        _remove(fresh)
        if backup is not None:
            with _unchanging(backup) as connection, contextlib.closing(sqlite3.connect(fresh)) as copy:
                connection.backup(copy)
        aside = _keep_aside(database, now)
        store = Store(fresh, now=now)
        try:
            take_over(store, database, now)
            _hold_what_may_have_been_sent(store)
        finally:
            store.close()
        _sync(fresh)
        # A write-ahead log that is left beside another database would be read into it.
        for companion in _COMPANIONS[1:]:
            database.with_name(database.name + companion).unlink(missing_ok=True)
        fresh.replace(database)
    except sqlite3.Error as error:
        raise SetupFault(str(database), "database", InstallationCode.UNWRITABLE, type(error).__name__) from error
    except OSError as error:
        raise SetupFault.of_os_error(database, "database", error) from error
    finally:
        with contextlib.suppress(OSError):
            _remove(fresh)
    return aside


def _hold_what_may_have_been_sent(store: Store) -> None:
    for item in store.outbox.items():
        if item.state in (OutboxState.QUEUED, OutboxState.SENDING):
            store.outbox.settle(item.item_id, OutboxState.UNKNOWN, code=OutcomeCode.RESTORED)


def _keep_aside(database: Path, now: Now) -> Path | None:
    present = [path for companion in _COMPANIONS if (path := database.with_name(database.name + companion)).exists()]
    if not present:
        return None
    stamp = f"{now():%Y%m%d-%H%M%S}"
    number = 0
    while (aside := database.parent / SET_ASIDE_DIR / (stamp + (f"-{number}" if number else ""))).exists():
        number += 1
    aside.mkdir(parents=True)
    for path in present:
        shutil.copy2(path, aside / path.name)
        _sync(aside / path.name)
    return aside


@contextlib.contextmanager
def _unchanging(path: Path) -> Iterator[sqlite3.Connection]:
    # "immutable": a copy carries the WAL mark of the database, and would else get companions of its own by being read.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
    finally:
        connection.close()


def _remove(database: Path) -> None:
    for companion in (*_COMPANIONS, ".lock"):
        database.with_name(database.name + companion).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
