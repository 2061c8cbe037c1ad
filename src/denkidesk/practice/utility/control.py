"""Steering the practice utility: in this process by :class:`UtilityControl`, from others over ``/practice/...``."""

import itertools
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused
from denkidesk.practice.faults import DEFAULT_SECONDS, FaultBox, parse_fault
from denkidesk.practice.http_server import CONTROL_PREFIX
from denkidesk.practice.messages import PracticeRequest, PracticeResponse
from denkidesk.practice.utility.books import Books, Filed
from denkidesk.practice.utility.interface import Interface
from denkidesk.practice.utility.samples import many_applications
from denkidesk.practice.utility.service import UtilityService

Values = dict[str, Any]  # an object of JSON; what does not fit is answered with 400
_NS: Final = 1_000_000_000
MAX_FILL: Final = 100_000


class UtilityControl:
    """What a trainer or a test can see and do. All of it but the faults is shared by every process on the same state file."""

    def __init__(self, interface: Interface, books: Books, service: UtilityService, faults: FaultBox) -> None:
        self.faults = faults
        self._interface = interface
        self._books = books
        self._service = service

    def request_starts(self) -> tuple[int, ...]:
        """Every request's start in nanoseconds of ``time.perf_counter_ns``, of all processes, in order."""
        return tuple(started_ns for _, started_ns in self._books.starts_ns())

    def gaps_s(self) -> tuple[float, ...]:
        """Seconds from each start to the next; a restart of the machine between two makes no gap."""
        starts = self._books.starts_ns()
        return tuple((later[1] - earlier[1]) / _NS for earlier, later in itertools.pairwise(starts) if earlier[0] == later[0])

    def request_ids(self) -> dict[str, int]:
        """How often each requestID came with a request that passed the header's checks."""
        return self._books.request_ids()

    def forget_requests(self) -> None:
        self._books.forget_requests()

    def now(self) -> datetime:
        return self._books.now()

    def set_now(self, moment: datetime | None) -> None:
        """Stops the practice clock at an aware moment; None lets it run with the real one again."""
        if moment is not None and moment.tzinfo is None:
            raise ValueError("a practice clock needs an aware moment")
        self._books.set_clock(fixed=moment)

    def set_clock_offset(self, ahead: timedelta) -> None:
        """Lets the practice clock run ahead of the real one."""
        self._books.set_clock(offset_s=ahead.total_seconds())

    def applications(self) -> tuple[Filed, ...]:
        """Everything in the books, oldest first."""
        return self._books.applications()

    def application(self, receipt_number: str) -> Filed | None:
        return self._books.application(receipt_number)

    def filed(self) -> tuple[Filed, ...]:
        """What came over the wire: everything but the samples."""
        return tuple(filed for filed in self._books.applications() if filed.request_id)

    def advance(self, receipt_number: str, stage: str | None = None, message: str | None = None) -> None:
        """Moves an application on; with neither stage nor message to its next stage. Raises KeyError if it is not in the books."""
        if not self._service.advance(receipt_number, stage, message):
            raise KeyError(receipt_number)

    def inject(self, fault_name: str, times: int | None = 1, operation: str | None = None, seconds: float = DEFAULT_SECONDS) -> None:
        """Lets a fault strike this process's server; ``operation`` is one of ours (``new_outage``), ``times`` None holds for ever."""
        self.faults.inject(fault_name, times, operation, seconds)

    def fill(self, count: int) -> None:
        self._books.file(many_applications(self._interface, self._books.now().date(), count))

    def report(self) -> dict[str, object]:
        """What ``GET /practice/report`` answers; times are seconds of the machine's monotonic clock."""
        starts = self.request_starts()
        gaps = self.gaps_s()
        request_ids = self._books.request_ids()
        return {
            "requests": len(starts),
            "gaps_below_1s": sum(gap < 1.0 for gap in gaps),
            "min_gap_s": min(gaps) if gaps else None,
            "first_start": starts[0] / _NS if starts else None,
            "last_start": starts[-1] / _NS if starts else None,
            "applications": len(self._books.listing({})),
            "filed": len(self.filed()),
            "request_ids": len(request_ids),
            "repeated_request_ids": sum(times > 1 for times in request_ids.values()),
            "now": self.now().isoformat(),
            "faults": [rule.fault.name for rule in self.faults.waiting()],
        }


def json_response(value: object, status: int = 200) -> PracticeResponse:
    return PracticeResponse(status, {"Content-Type": "application/json; charset=UTF-8"}, json.dumps(value, ensure_ascii=False).encode())


def apply_fault(faults: FaultBox, values: Values) -> dict[str, object]:
    """Adds a fault, or takes all away; gives those that wait.

    ``{"rule": "late:5@new_outage*1"}``, or ``{"name", "times", "operation", "seconds"}`` (times null: for ever), or ``{"clear": true}``.
    """
    if values.get("clear"):
        faults.clear()
    if "rule" in values:
        faults.add(parse_fault(str(values["rule"])))
    elif "name" in values:
        seconds = float(values.get("seconds", DEFAULT_SECONDS))
        faults.inject(str(values["name"]), values.get("times", 1), values.get("operation"), seconds)
    return {"faults": [rule.fault.name for rule in faults.waiting()]}


def control_handler(routes: dict[tuple[str, str], Callable[[Values], object]]) -> Callable[[PracticeRequest], PracticeResponse]:
    """Answers ``/practice/NAME`` by method and name; 400 names what the values lack."""

    def handle(request: PracticeRequest) -> PracticeResponse:
        route = routes.get((request.method, request.path.removeprefix(CONTROL_PREFIX)))
        if route is None:
            return json_response({"error": "unknown"}, 404)
        try:
            values = json.loads(request.body) if request.body else {}
            if not isinstance(values, dict):
                raise TypeError("not an object")
            return json_response(route(values))
        except (InputRefused, KeyError, TypeError, ValueError) as error:
            return json_response({"error": str(error)}, 400)

    return handle


def utility_control_handler(control: UtilityControl) -> Callable[[PracticeRequest], PracticeResponse]:
    """The utility's control over HTTP: report, applications, fault, clock, advance, fill, forget."""

    def clock(values: Values) -> dict[str, str]:
        if "offset_s" in values:
            control.set_clock_offset(timedelta(seconds=float(values["offset_s"])))
        else:
            fixed = values.get("fixed")
            moment = datetime.fromisoformat(fixed) if fixed else None
            control.set_now(moment.replace(tzinfo=moment.tzinfo or JST) if moment else None)
        return {"now": control.now().isoformat()}

    def advance(values: Values) -> dict[str, str]:
        control.advance(str(values["receipt_number"]), values.get("stage"), values.get("message"))
        filed = control.application(str(values["receipt_number"]))
        return {"work_stage": filed.work_stage if filed else ""}

    def fill(values: Values) -> dict[str, object]:
        count = int(values["count"])
        if not 0 <= count <= MAX_FILL:
            raise ValueError("count")
        control.fill(count)
        return control.report()

    def forget(_values: Values) -> dict[str, object]:
        control.forget_requests()
        return control.report()

    def applications(_values: Values) -> list[dict[str, object]]:
        told = ("receipt_number", "kind", "work_stage", "request_id", "messages")
        return [{name: getattr(filed, name) for name in told} for filed in control.applications()]

    return control_handler(
        {
            ("GET", "report"): lambda _values: control.report(),
            ("GET", "applications"): applications,
            ("POST", "fault"): lambda values: apply_fault(control.faults, values),
            ("POST", "clock"): clock,
            ("POST", "advance"): advance,
            ("POST", "fill"): fill,
            ("POST", "forget"): forget,
        }
    )
