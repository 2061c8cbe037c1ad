"""Both practice servers together, on loopback ports."""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.practice.faults import FaultBox, parse_fault
from denkidesk.practice.http_server import PracticeHttpServer
from denkidesk.practice.quoting.server import QuotingService
from denkidesk.practice.quoting.server import operation_of as quoting_operation_of
from denkidesk.practice.utility.books import Books
from denkidesk.practice.utility.control import UtilityControl, apply_fault, control_handler, utility_control_handler
from denkidesk.practice.utility.interface import Interface
from denkidesk.practice.utility.service import AUTO_MOVE_S, BASE_PATH, UtilityService

ENEGAERU_PREFIX: Final = "/sys"


class QuotingControl:
    """What a trainer or a test can see of the quoting server, and do to it: by its faults, and by the session of its service."""

    def __init__(self, service: QuotingService, faults: FaultBox) -> None:
        self.service = service
        self.faults = faults
        self._lock = threading.Lock()
        self._requests: list[tuple[str, int]] = []

    def note_start(self, path: str, started_ns: int) -> None:
        with self._lock:
            self._requests.append((path, started_ns))

    def requests(self) -> tuple[tuple[str, int], ...]:
        """Path and start (nanoseconds of ``time.perf_counter_ns``) of each request to this process, in the order of arrival."""
        with self._lock:
            return tuple(self._requests)


class PracticeServers:
    """Both servers, running until :meth:`stop`; use it as a context manager or call ``stop``."""

    def __init__(
        self, kansai: PracticeHttpServer, enegaeru: PracticeHttpServer, utility: UtilityControl, quoting: QuotingControl, closing: ExitStack
    ) -> None:
        self.kansai_server = kansai
        self.enegaeru_server = enegaeru
        self.utility = utility
        self.quoting = quoting
        self._closing = closing

    @property
    def kansai_base_url(self) -> str:
        """What stands before a service name."""
        return f"{self.kansai_server.url}{BASE_PATH}"

    @property
    def enegaeru_base_url(self) -> str:
        """What stands before an endpoint's name."""
        return f"{self.enegaeru_server.url}{ENEGAERU_PREFIX}"

    def arm(self, rule: str) -> None:
        """Has a written rule strike the utility's server from now on. Raises InputRefused as :func:`parse_fault` does."""
        self.utility.faults.add(parse_fault(rule))

    def disarm(self) -> None:
        """Takes the utility's rules back."""
        self.utility.faults.clear()

    def is_armed(self) -> bool:
        """Whether a rule of the utility's is still to strike."""
        return bool(self.utility.faults.waiting())

    def handler_errors(self) -> tuple[Exception, ...]:
        """Bugs of the practice servers themselves, met while answering; a test wants none."""
        return (*self.kansai_server.handler_errors, *self.enegaeru_server.handler_errors)

    def stop(self) -> None:
        """Ends both servers and closes the books, at once whatever a fault waits for; may be called twice."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def _open_books(state_file: Path, now: Now) -> Books:
    try:
        return Books(state_file, now)
    except OSError as error:
        raise SetupFault.of_os_error(state_file, "database", error) from error
    except sqlite3.DatabaseError as error:
        code = InstallationCode.UNWRITABLE if isinstance(error, sqlite3.OperationalError) else InstallationCode.DAMAGED
        raise SetupFault(str(state_file), "database", code, type(error).__name__) from error


def start_practice(
    resources: Path,
    state_file: Path,
    *,
    kansai_port: int = 0,
    enegaeru_port: int = 0,
    faults: Sequence[str] = (),
    now: Now = now_jst,
    auto_move_s: float | None = AUTO_MOVE_S,
) -> PracticeServers:
    """Starts both servers on loopback; port 0 takes any free one.

    ``faults`` are written rules of :mod:`denkidesk.practice.faults`. Raises InputRefused for a fault that is not known, SetupFault for
    books that cannot be opened, and OSError for a port that is taken.
    """
    rules = [parse_fault(text) for text in faults]
    kansai_faults = FaultBox(rule for rule in rules if rule.server in (None, "kansai"))
    enegaeru_faults = FaultBox(rule for rule in rules if rule.server in (None, "enegaeru"))
    interface = Interface(resources / "kansai")
    quoting_service = QuotingService(resources, now)
    quoting = QuotingControl(quoting_service, enegaeru_faults)
    with ExitStack() as stack:
        books = _open_books(state_file, now)
        stack.callback(books.close)
        service = UtilityService(interface, books, auto_move_s=auto_move_s)
        utility = UtilityControl(interface, books, service, kansai_faults)
        kansai = PracticeHttpServer(
            "kansai",
            service.handle,
            kansai_faults,
            kansai_port,
            operation_of=service.operation_of,
            on_start=books.note_start,
            control=utility_control_handler(utility),
            now=books.now,
        )
        stack.callback(kansai.stop)
        enegaeru = PracticeHttpServer(
            "enegaeru",
            quoting_service,
            enegaeru_faults,
            enegaeru_port,
            operation_of=quoting_operation_of,
            on_start=quoting.note_start,
            control=control_handler({("POST", "fault"): lambda values: apply_fault(enegaeru_faults, values)}),
            takes_json=True,
            now=now,
        )
        stack.callback(enegaeru.stop)
        kansai.start()
        enegaeru.start()
        return PracticeServers(kansai, enegaeru, utility, quoting, stack.pop_all())
    raise AssertionError("unreachable")
