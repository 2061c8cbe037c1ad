"""At most one request starts per interval: over all threads, processes and starts of the program, through kills and clock changes.

For any two starts k and k+1 of one company on one machine, ``start(k+1) - start(k) >= interval``; N queued calls take at most
(N-1) x (interval + margin) x 1.02 as long as each start itself is quick.

What makes it hold, each point paid for by a design that failed:

- The start happens *under* the lock: a lock freed before the start lets the next process overtake.
- ``in flight`` is written before the start and the stamp after it: a stamp taken before is some milliseconds too early.
- The clock is monotonic and the same for all processes, never the wall clock, which may be set back or forward.
- The waiting ends at an absolute moment: "now + time left", read in two steps, is short when the process is descheduled between.
- What cannot be trusted (no file, a mark left by a kill, a damaged file, an older copy, a stamp of the future after a reboot) costs exactly
  one period.
"""

import random
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.wire.gate_file import GateFile, Record, State

_POLL_S: Final = 0.01
_SENIORITY_AT_MOST: Final = 4
"""A waiter asks for the lock up to five times as often when it has waited long; more would only cost computing."""
_GRACE_NS: Final = 1_000_000_000
"""Far longer than another user takes from making the file to opening it for all."""
_STUCK_NS: Final = 300_000_000_000
"""Longer than any start takes, with its connection and its sending."""
_QUEUE_POLL_S: Final = 0.05
_LEAD_S: Final = 0.03
"""How long before its start a caller prepares: long enough for one durable commit, so that the commit costs no time of the period."""
_PRECISE_S: Final = 0.02
"""The last stretch is slept, because waiting on a token is only as fine as the system's timer (15.6 ms on Windows)."""

Wait = Callable[[float, CancelToken | None], None]
"""Waits for at most so many seconds, and less when the token is cancelled."""


def machine_clock_ns() -> int:
    """Nanoseconds of a monotonic clock that all processes of this machine share.

    On Windows ``perf_counter`` (QueryPerformanceCounter), because ``monotonic`` is 15.6 ms coarse there before Python 3.13.
    """
    return time.perf_counter_ns() if sys.platform == "win32" else time.monotonic_ns()


def wait_at_most(seconds: float, cancel: CancelToken | None) -> None:
    """Waits, to the millisecond at the end of a wait."""
    if cancel is None or seconds <= _PRECISE_S:
        time.sleep(max(0.0, seconds))
    else:
        cancel.wait(seconds - _PRECISE_S / 2)


class Turn:
    """The right to start one request now. It counts as a start unless its holder says that certainly no byte was handed over."""

    is_started = True


class Gate:
    """At most one turn per ``interval_s + margin_s`` for all who open a gate of this name in this folder.

    Within a process first come is first served; between processes whoever asks next, and the one that started last stands back.
    With a ``fallback`` the folder is the one that all users of the machine share: where it cannot be used, the gate stands in the fallback
    from then on. Raises SetupFault when no folder can be used or another process holds the gate and never starts, Cancelled when the token
    is cancelled while waiting.
    """

    def __init__(
        self,
        directory: Path,
        name: str,
        interval_s: float,
        margin_s: float = 0.05,
        *,
        fallback: Path | None = None,
        clock: Callable[[], int] = machine_clock_ns,
        wait: Wait = wait_at_most,
    ) -> None:
        self._path = directory / f"{name}.gate"
        self._fallback = None if fallback is None else fallback / self._path.name
        self._period_ns = round((interval_s + margin_s) * 1e9)
        self._clock = clock
        self._wait = wait
        self._queue: deque[object] = deque()
        self._queue_changed = threading.Condition()
        self._own_start_ns: int | None = None

    @property
    def queue_length(self) -> int:
        """How many calls of this process wait or are just starting."""
        with self._queue_changed:
            return len(self._queue)

    @property
    def period_s(self) -> float:
        """The time between two starts at saturation."""
        return self._period_ns / 1e9

    def next_free_in_s(self) -> float:
        """Seconds until the next start could happen if nobody else asked; for the eye, not for deciding."""
        record = GateFile.peek(self._path)
        if record.state is State.UNREADABLE:
            return self.period_s
        left_ns = record.at_ns + self._period_ns - self._clock()
        return min(max(0, left_ns), self._period_ns) / 1e9

    @contextmanager
    def turn(self, cancel: CancelToken | None = None, prepare: Callable[[], None] | None = None) -> Iterator[Turn]:
        """Holds the gate through the start of one request; the body of the ``with`` is the start.

        ``prepare`` runs shortly before the start, for work that must be done by then; if it raises, nothing started and the turn stays
        free for others.
        """
        ticket = object()
        with self._queue_changed:
            self._queue.append(ticket)
        try:
            self._wait_until_first(ticket, cancel)
            file = self._lock(cancel)
            try:
                seen_ns = self._wait_for_period(file, cancel, prepare)
                turn = Turn()
                file.write(Record(State.IN_FLIGHT, self._clock()))
                try:
                    yield turn
                finally:
                    if turn.is_started:
                        self._own_start_ns = seen_ns = self._clock()
                    file.write(Record(State.STARTED, seen_ns))
            finally:
                file.close()
        finally:
            with self._queue_changed:
                self._queue.remove(ticket)
                self._queue_changed.notify_all()

    def _wait_until_first(self, ticket: object, cancel: CancelToken | None) -> None:
        with self._queue_changed:
            while self._queue[0] is not ticket:
                if cancel is not None:
                    cancel.raise_if_cancelled()
                self._queue_changed.wait(_QUEUE_POLL_S)

    def _lock(self, cancel: CancelToken | None) -> GateFile:
        own = self._own_start_ns
        if own is not None and (left_ns := own + self._period_ns - self._clock()) > 0:
            # Whoever started last stands back for a few polls: it costs nothing, as the period is not over, and nobody starves.
            self._wait(min(3 * _POLL_S, left_ns / 1e9 / 2), cancel)
        asked_ns = seen_ns = self._clock()
        seen: Record | None = None
        while True:
            if cancel is not None:
                cancel.raise_if_cancelled()
            try:
                file = GateFile.open_locked(self._path, for_all=self._fallback is not None)
            except SetupFault:
                if self._fallback is None:
                    raise
                if self._clock() - asked_ns > _GRACE_NS:
                    self._path, self._fallback = self._fallback, None
                file = None
            if file is not None:
                return file
            if (record := GateFile.peek(self._path)) != seen:
                seen, seen_ns = record, self._clock()
            elif self._clock() - seen_ns > max(_STUCK_NS, 3 * self._period_ns):
                raise SetupFault(str(self._path), "gate", InstallationCode.LOCKED)  # who holds it neither starts nor goes
            # At one fixed beat the same waiter can come too late every time. So the beat is uneven, and quicker for who has waited long.
            periods = (self._clock() - asked_ns) // max(1, self._period_ns)
            patience = 1 + min(periods, _SENIORITY_AT_MOST)
            self._wait(_POLL_S / patience * random.uniform(0.5, 1.0), cancel)  # noqa: S311 - chance, not a secret

    def _wait_for_period(self, file: GateFile, cancel: CancelToken | None, prepare: Callable[[], None] | None) -> int:
        """Waits under the lock until a start is due; gives the last moment at which an earlier start can have happened."""
        seen_ns = self._last_start_ns(file)
        due_ns = seen_ns + self._period_ns
        if prepare is not None:
            self._wait_until(due_ns - round(_LEAD_S * 1e9), cancel)
            prepare()
            self._wait_until(due_ns, None)  # what was prepared is now started, or the caller gets the reason why not
        else:
            self._wait_until(due_ns, cancel)
        return seen_ns

    def _wait_until(self, due_ns: int, cancel: CancelToken | None) -> None:
        while True:
            if cancel is not None:
                cancel.raise_if_cancelled()
            left_ns = due_ns - self._clock()
            if left_ns <= 0:
                return
            self._wait(left_ns / 1e9, cancel)

    def _last_start_ns(self, file: GateFile) -> int:
        """The latest moment at which the last start can have happened: now, where nothing can be known of it. That is then written down,
        so that nobody who comes next waits for it again.
        """
        record, now_ns = file.read(), self._clock()
        if record.state is State.STARTED and record.at_ns <= now_ns:
            return max(record.at_ns, self._own_start_ns or 0)
        file.write(Record(State.STARTED, now_ns))
        return now_ns
