"""The database: one file, one connection a thread, one writer at a time over all processes."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.store.closed_windows import ClosedWindowStore
from denkidesk.store.connection import UNREADABLE, Connection, Parameters, Row
from denkidesk.store.drafts import DraftStore
from denkidesk.store.folder_lock import Owner, owners_dir_of
from denkidesk.store.inbox import InboxStore
from denkidesk.store.migrations import NEWEST_VERSION
from denkidesk.store.outbox import OutboxStore
from denkidesk.store.process_lock import LockTaken, ProcessLock
from denkidesk.store.ui_state import UiStateStore

if TYPE_CHECKING:  # loaded by whoever asks first: the inbox stands without them
    from denkidesk.store.bulk import BulkStore
    from denkidesk.store.catalogue import CatalogueStore
    from denkidesk.store.customers import CustomerStore
    from denkidesk.store.login_stops import LoginStopStore
    from denkidesk.store.paper_bills import PaperBillStore
    from denkidesk.store.personal import PersonalStore
    from denkidesk.store.quote_drafts import QuoteDraftStore
    from denkidesk.store.quotes import QuoteStore
    from denkidesk.store.shape import Differences

T = TypeVar("T")

SQLITE_VERSION: Final = sqlite3.sqlite_version
_WAIT_S: Final = 30.0
_NO_MODULE: Final = "no such module"  # SQLite was built without what a table needs
_ROOM_BYTES: Final = 256 * 1024
"""SQLite reports a file that could not grow as an I/O error in some places; with less room than this it was the disk."""


class Store:
    """What was committed is on the disk, whatever happens to the process or the power afterwards.

    WAL with synchronous FULL, set on every connection and read back. SQLite 3.7.0 to 3.51.2 can damage a WAL database when two
    connections write or checkpoint at once (sqlite.org/wal.html, "the WAL-reset bug"), so every write also holds one lock over all
    processes. Raises SetupFault (file, "database", ``damaged`` | ``newer`` | ``locked`` | ``full`` | ``replaced``) where the file is at
    fault. Where nothing can be written, ``unwritable`` says why: then it is read from a copy of its own, and writing raises that.
    """

    def __init__(self, path: Path, *, now: Now = now_jst, wait_s: float = _WAIT_S) -> None:
        self.path = path
        self.unwritable: SetupFault | None = None
        self.unreadable: set[tuple[str, str]] = set()  # table and key of each row that was met and could not be read
        self._file = path
        self._identity: tuple[int, int] | None = None
        self._owner: Owner | None = None
        self._now = now
        self._wait_s = wait_s
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._closed = False
        self._room = ExitStack()
        self._thread_lock = threading.RLock()
        self._file_lock = ProcessLock(path.with_name(path.name + ".lock"))
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            try:
                self._begin_to_write()
            except SetupFault as fault:
                if fault.code != InstallationCode.UNWRITABLE:
                    raise
                self._read_from_a_copy(fault)
            on_failure.pop_all()
        self.inbox = InboxStore(self, now)
        self.outbox = OutboxStore(self, now)
        self.drafts = DraftStore(self, now)
        self.closed_windows = ClosedWindowStore(self)
        self.ui_state = UiStateStore(self)

    @cached_property
    def login_stops(self) -> "LoginStopStore":
        """Which logins a server has refused."""
        from denkidesk.store.login_stops import LoginStopStore

        return LoginStopStore(self, self._now)

    @cached_property
    def bulk(self) -> "BulkStore":
        """Tables of many applications."""
        from denkidesk.store.bulk import BulkStore

        return BulkStore(self, self._now)

    @cached_property
    def catalogue(self) -> "CatalogueStore":
        """Companies and their plans, as they were fetched last."""
        from denkidesk.store.catalogue import CatalogueStore

        return CatalogueStore(self, self._now)

    @cached_property
    def customers(self) -> "CustomerStore":
        """Past customers."""
        from denkidesk.store.customers import CustomerStore

        return CustomerStore(self)

    @cached_property
    def personal(self) -> "PersonalStore":
        """What is held of one customer, everywhere."""
        from denkidesk.store.personal import PersonalStore

        return PersonalStore(self)

    @cached_property
    def quote_drafts(self) -> "QuoteDraftStore":
        """The quotes that are being put together."""
        from denkidesk.store.quote_drafts import QuoteDraftStore

        return QuoteDraftStore(self, self._now)

    @cached_property
    def quotes(self) -> "QuoteStore":
        """The quotes that were made."""
        from denkidesk.store.quotes import QuoteStore

        return QuoteStore(self, self._now)

    @cached_property
    def paper_bills(self) -> "PaperBillStore":
        """What paper bills need beside plan and usage, and which were matched."""
        from denkidesk.store.paper_bills import PaperBillStore

        return PaperBillStore(self, self._now)

    @property
    def owner(self) -> Owner:
        """This process among all that may write here. Raises SetupFault where nothing can be written."""
        if self._owner is None:
            raise self.unwritable or SetupFault(str(self.path), "database", InstallationCode.CLOSED)
        return self._owner

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """This thread's connection; each statement sees what was committed before it."""
        with self._named_faults():
            yield self._connection()

    def read(self, query: str, parameters: Parameters, convert: Callable[[Row], T], table: str) -> tuple[T, ...]:
        """The rows of a query as values. One that cannot be read is left out, and noted with the key in its first column."""
        with self.reading() as connection:
            try:
                rows = connection.execute(query, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if hasattr(error, "sqlite_errorcode"):
                    raise
                rows = self._rows_of_texts(connection, query, parameters, table)  # Python's complaint: a text in one of them is no UTF-8
        found = []
        for row in rows:
            try:
                found.append(convert(row))
            except UNREADABLE:
                self.unreadable.add((table, str(row[0])))
            except IndexError as error:  # no such column
                raise SetupFault(str(self.path), "database", InstallationCode.DAMAGED, f"{table}: {error}") from error
        return tuple(found)

    def _rows_of_texts(self, connection: Connection, query: str, parameters: Parameters, table: str) -> list[Row]:
        connection.text_factory = _text_or_none
        try:
            rows = connection.execute(query, parameters).fetchall()
        finally:
            connection.text_factory = str
        is_bad = {row: any(isinstance(value, _NoText) for value in row) for row in rows}
        self.unreadable.update((table, str(row[0])) for row in rows if is_bad[row])
        return [row for row in rows if not is_bad[row]]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of the block is committed, or nothing."""
        if self.unwritable is not None:
            raise self.unwritable
        with self._named_faults(), self._writer():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, in its pages and in its shape; empty if it is sound."""
        with self.reading() as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
        return *(line for line in found if line != "ok"), *self.shape().harmful

    def shape(self) -> "Differences":
        """How the file differs from what its version should be."""
        from denkidesk.store.shape import differences

        with self.reading() as connection:
            return differences(connection)

    @property
    def version(self) -> int:
        """The version of the database's shape."""
        with self.reading() as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])

    def back_up(self, target: Path) -> None:
        """Copies the database, with everything committed so far, into one file."""
        with self.reading() as connection:
            copy = sqlite3.connect(target)
            try:
                connection.backup(copy)
            finally:
                copy.close()

    def close(self) -> None:
        """Closes the connections of all threads; whoever comes later gets an error."""
        self._closed = True
        with ExitStack() as stack:
            # The last connection to close writes the WAL back, which counts as writing. Where the lock cannot be had, because the folder
            # is read-only by now or another process hangs, the log stays beside the database and the next start reads it.
            with suppress(SetupFault):
                stack.enter_context(self._writer())
            while self._connections:
                self._connections.pop().close()
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.leave()
        self._room.close()

    def _begin_to_write(self) -> None:
        """Known as one who may write before the file is opened: whoever puts another one in its place waits for that."""
        self._owner = Owner(owners_dir_of(self.path))
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise SetupFault(str(self.path), "database", InstallationCode.UNWRITABLE)
        self._migrate()

    def _read_from_a_copy(self, fault: SetupFault) -> None:
        """A database in WAL mode cannot be read where nothing can be written; and one of an earlier version has another shape."""
        self.close()
        self._closed = False
        self.unwritable = fault
        self._local, self._identity = threading.local(), None
        from tempfile import TemporaryDirectory

        from denkidesk.store.unwritable import copy_unwritable

        try:
            self._file = Path(self._room.enter_context(TemporaryDirectory(prefix="denkidesk-"))) / self.path.name
            copy_unwritable(self.path, self._file)
        except OSError:
            raise fault from None
        self._file_lock = ProcessLock(self._file.with_name(self._file.name + ".lock"))
        self._migrate()

    def _keep_before_migration(self, version: int) -> None:
        """A migration begins when a copy of what it changes is on the disk, and not before."""
        copy = self._file.with_name(f"{self._file.stem}-before-v{NEWEST_VERSION}-was-v{version}.db")
        beside = copy.with_suffix(".part")
        try:
            beside.unlink(missing_ok=True)
            self.back_up(beside)
            beside.replace(copy)
        except OSError as error:
            raise SetupFault.of_os_error(copy, "database", error) from error

    @contextmanager
    def _writer(self) -> Iterator[None]:
        with self._thread_lock:
            try:
                self._file_lock.acquire(self._wait_s)
            except LockTaken as error:
                raise SetupFault(str(self.path), "database", InstallationCode.LOCKED) from error
            except OSError as error:
                raise SetupFault.of_os_error(self.path, "database", error) from error
            try:
                yield
            finally:
                self._file_lock.release()

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            name = getattr(error, "sqlite_errorname", str(error))  # without a name: a text that is no UTF-8
            raise SetupFault(str(self.path), "database", self._code_of(error), name) from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:
                raise  # IntegrityError, ProgrammingError: a bug of ours, not a fault of the file
            raise SetupFault(str(self.path), "database", InstallationCode.DAMAGED, error.sqlite_errorname) from error

    def _code_of(self, error: sqlite3.OperationalError) -> InstallationCode:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the upper bits say where in SQLite it was noticed
        if code == sqlite3.SQLITE_ERROR:
            is_lacking = str(error).startswith(_NO_MODULE)  # else: no such table or column
            return InstallationCode.NO_MODULE if is_lacking else InstallationCode.DAMAGED
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return InstallationCode.LOCKED
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and self._disk_is_full()):
            return InstallationCode.FULL
        return InstallationCode.UNWRITABLE

    def _disk_is_full(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free < _ROOM_BYTES
        except OSError:
            return False

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if self._closed:
            raise SetupFault(str(self.path), "database", InstallationCode.CLOSED)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        if self._identity not in (None, (identity := self._identity_of_file())):
            raise SetupFault(str(self.path), "database", InstallationCode.REPLACED)
        self._identity = identity
        return connection

    def _identity_of_file(self) -> tuple[int, int] | None:
        """Tells the file from another one that was put in its place: what is written into a file without a name is lost."""
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _open(self) -> sqlite3.Connection:
        # Closed by close(), which is called from another thread than the lanes; otherwise each thread keeps to its own.
        connection = sqlite3.connect(self._file, timeout=self._wait_s, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
            if mode != "wal" or synchronous != 2:
                raise SetupFault(str(self.path), "database", InstallationCode.NOT_DURABLE, f"{mode}/{synchronous}")
        except BaseException:
            connection.close()
            raise
        with self._thread_lock:
            self._connections.append(connection)
        return connection

    def _migrate(self) -> None:
        # The first connection switches a new file to WAL, which is a write.
        with self._named_faults(), self._writer():
            connection = self._connection()
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > NEWEST_VERSION:
                raise SetupFault(str(self.path), "database", InstallationCode.NEWER, str(version))
            if 0 < version < NEWEST_VERSION:
                self._keep_before_migration(version)
            if version < NEWEST_VERSION:
                from denkidesk.store.migrations.run import migrate

                migrate(connection, version, NEWEST_VERSION)


class _NoText(bytes):
    """What stands in a text column and is no UTF-8."""


def _text_or_none(raw: bytes) -> str | _NoText:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _NoText(raw)
