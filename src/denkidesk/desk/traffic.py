"""Who waits for what at the gate and until when, and how each server is: one word for every screen.

Fed by the gate and by the services as they are called; nobody has to guess it from what a call brought.
"""

import threading
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from denkidesk.desk.eta import Wait, wait_behind
from denkidesk.desk.server_state import Condition, ServerState
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import ConnectCode, OutcomeCode, RefusalCode
from denkidesk.domain.errors import (
    Closed,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)

if TYPE_CHECKING:
    from denkidesk.wire.gate import Gate

T = TypeVar("T")

KANSAI: Final = "kansai"
ENEGAERU: Final = "enegaeru"


class Traffic:
    """Safe from any thread, and quick enough for a count-down: it reads one small file."""

    def __init__(self, gate: "Gate | None", now: Now) -> None:
        self._gate = gate
        self._now = now
        self._lock = threading.Lock()
        self._states: dict[str, ServerState] = {}

    def server(self, service: str) -> ServerState:
        """How a server is: ``KANSAI`` or ``ENEGAERU``."""
        with self._lock:
            return self._states.get(service, ServerState(Condition.NEVER_ASKED))

    def wait(self, queued_before: int = 0) -> Wait:
        """What stands before a call to the utility, behind ``queued_before`` others that have not come to the gate yet."""
        return wait_behind(queued_before, self._gate, self.server(KANSAI))

    def note(self, service: str, error: BaseException | None) -> None:
        """How a call to a server ended; what says nothing about the server changes nothing."""
        found = _condition(error)
        if found is None:
            return
        condition, until = found
        now = self._now()
        with self._lock:
            before = self._states.get(service)
            since = before.since if before is not None and before.condition is condition else now
            self._states[service] = ServerState(condition, now, since, until, error)

    def watched(self, service: T, name: str, calls: frozenset[str]) -> T:
        """The same service, of which every one of ``calls`` is noted."""
        return cast("T", _Watched(service, name, calls, self))


class _Watched:
    """Passes everything on to a service and notes how its calls end."""

    def __init__(self, service: Any, name: str, calls: frozenset[str], traffic: Traffic) -> None:
        self._service = service
        self._name = name
        self._calls = calls
        self._traffic = traffic

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._service, attribute)
        if attribute not in self._calls:
            return found

        def call(*args: Any, **options: Any) -> Any:
            try:
                result = found(*args, **options)
            except BaseException as error:
                self._traffic.note(self._name, error)
                raise
            self._traffic.note(self._name, None)
            return result

        return call


def _condition(error: BaseException | None) -> tuple[Condition, datetime | None] | None:
    match error:
        case None:
            return Condition.FINE, None
        case Closed():
            return Condition.CLOSED, error.until
        case OutcomeUnknown(code=OutcomeCode.MAINTENANCE):
            return Condition.CLOSED, None
        case Unreachable(code=ConnectCode()):  # a proxy's status is not the server's
            return Condition.AWAY, None
        case Unreachable(status=int()) | OutcomeUnknown(status=int()):
            return Condition.TROUBLED, None
        case Unreachable() | OutcomeUnknown():
            return Condition.AWAY, None
        case ServerRefused(code=RefusalCode.BAD_REQUEST):  # of a login too: it was not even read as one
            return Condition.FINE, None
        case LoginRefused() | ServerRefused(code=RefusalCode.FORBIDDEN):
            return Condition.LOGIN_REFUSED, None
        case ServerRefused():
            return Condition.FINE, None
        case SetupFault():
            return Condition.NOT_SET_UP, None
        case _:  # what was typed, a cancelled call, a bug: the server has no part in it
            return None
