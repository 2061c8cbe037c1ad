"""Named faults for training and tests: each once, n times or for ever, for every operation or for one.

A rule is written ``[SERVER/]NAME[:SECONDS][@OPERATION][*TIMES]``, for example ``late:5``, ``cut-after-accept@new_outage*1`` or
``kansai/maintenance-503-html``. Without ``*TIMES`` a written rule holds for ever. ``filing`` is any of the new applications.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode


class Moment(StrEnum):
    """Who acts a fault out, and whether the request is worked on."""

    INSTEAD = "instead"  # the server answers or cuts; the request is not worked on
    AFTER = "after"  # the request is worked on, then the answer is spoilt
    HANDLER = "handler"  # the service itself: a well-formed answer with bad news


SERVERS: Final = ("kansai", "enegaeru")
DEFAULT_SECONDS: Final = 5.0
FILING: Final = "filing"
_NEW: Final = "new_"  # what the names of the new applications begin with

_MOMENTS: Final[Mapping[str, Moment]] = {
    # the connection
    "cut-on-request": Moment.INSTEAD,  # cut as soon as the request line is read
    "cut-before-work": Moment.INSTEAD,  # the whole request is read, nothing is done, cut
    "cut-after-accept": Moment.AFTER,  # the work is done, cut with no answer byte
    "reset-after-accept": Moment.AFTER,  # the same with a TCP reset
    "cut-in-head": Moment.AFTER,  # half of the status line, then cut
    "cut-body": Moment.AFTER,  # full Content-Length, half of the body, then cut
    # time
    "late": Moment.AFTER,  # the work is done at once, the answer comes after SECONDS
    "late-work": Moment.INSTEAD,  # nothing is done for SECONDS, then a normal answer
    "silent": Moment.AFTER,  # the work is done, no byte ever comes
    "trickle": Moment.AFTER,  # one byte of the answer's body every SECONDS / 10
    # statuses
    "error-500": Moment.INSTEAD,
    "error-500-after-accept": Moment.AFTER,
    "maintenance-503-html": Moment.INSTEAD,
    "forbidden-403": Moment.INSTEAD,
    "bad-request-400": Moment.INSTEAD,
    "redirect-302": Moment.INSTEAD,
    "redirect-307": Moment.INSTEAD,
    # contents
    "not-xml": Moment.AFTER,  # 200 with a page of HTML that is not well-formed (for JSON services: not JSON)
    "empty-200": Moment.AFTER,
    "huge-body": Moment.AFTER,  # 64 MiB
    # the service's own verdicts (utility)
    "soap-fault-500": Moment.HANDLER,
    "declined": Moment.HANDLER,  # 200 whose request status says no
    "no-receipt": Moment.HANDLER,  # filed, but the 200 has no receipt number
    "late-in-listing": Moment.HANDLER,  # filed, but the listing shows it only SECONDS later
    "unknown-element": Moment.HANDLER,  # an element that the schema does not have
    "doctype": Moment.HANDLER,  # a document type with an entity
}

FAULT_NAMES: Final = tuple(_MOMENTS)
"""Every fault by name, as ``denkidesk simulate --fault NAME`` takes it."""

_RULE: Final = re.compile(
    r"(?:(?P<server>[a-z]+)/)?(?P<name>[a-z0-9-]+)(?::(?P<seconds>\d+(?:\.\d+)?))?(?:@(?P<operation>[A-Za-z0-9_]+))?(?:\*(?P<times>[1-9]\d*))?"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, as it is acted out now."""

    name: str
    seconds: float = DEFAULT_SECONDS

    @property
    def moment(self) -> Moment:
        """Who acts the fault out, and whether the request is worked on."""
        return _MOMENTS[self.name]


@dataclass(frozen=True, slots=True)
class FaultRule:
    """A fault, where it strikes and how often. ``times`` None: for ever. ``operation`` None: every operation."""

    fault: Fault
    times: int | None = None
    operation: str | None = None
    server: str | None = None

    def strikes(self, operation: str) -> bool:
        """Whether it is meant for this operation."""
        return self.operation in (None, operation) or (self.operation == FILING and operation.startswith(_NEW))


def parse_fault(text: str) -> FaultRule:
    """Reads a written rule. Raises InputRefused (field ``fault``) with code ``form`` or ``unknown`` (facts: ``name``)."""
    match = _RULE.fullmatch(text.strip())
    if match is None:
        raise InputRefused.of("fault", InputCode.FORM, name=text)
    if match["name"] not in _MOMENTS or (match["server"] and match["server"] not in SERVERS):
        raise InputRefused.of("fault", InputCode.UNKNOWN, name=text)
    fault = Fault(match["name"], float(match["seconds"]) if match["seconds"] else DEFAULT_SECONDS)
    return FaultRule(fault, int(match["times"]) if match["times"] else None, match["operation"], match["server"])


class FaultBox:
    """The faults that one server has in store. Safe to use from any thread; rules strike in the order in which they came."""

    def __init__(self, rules: Iterable[FaultRule] = ()) -> None:
        self._lock = threading.Lock()
        self._rules: list[FaultRule] = list(rules)

    def inject(self, name: str, times: int | None = 1, operation: str | None = None, seconds: float = DEFAULT_SECONDS) -> None:
        """Adds a fault; ``times`` None holds for ever. Raises InputRefused (field ``fault``, code ``unknown``)."""
        if name not in _MOMENTS:
            raise InputRefused.of("fault", InputCode.UNKNOWN, name=name)
        self.add(FaultRule(Fault(name, seconds), times, operation))

    def add(self, rule: FaultRule) -> None:
        with self._lock:
            self._rules.append(rule)

    def take(self, operation: str) -> Fault | None:
        """The fault that strikes this request, counted down, or None."""
        with self._lock:
            for place, rule in enumerate(self._rules):
                if not rule.strikes(operation):
                    continue
                if rule.times is not None:
                    if rule.times <= 1:
                        del self._rules[place]
                    else:
                        self._rules[place] = replace(rule, times=rule.times - 1)
                return rule.fault
        return None

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def waiting(self) -> tuple[FaultRule, ...]:
        """The rules that are still to strike."""
        with self._lock:
            return tuple(self._rules)
