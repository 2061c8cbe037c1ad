"""What waits in the outbox is sent by itself: what goes next and when, and why the rest does not."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from denkidesk.desk.attempt import SendResult
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.server_state import Condition
from denkidesk.desk.traffic import KANSAI, Traffic
from denkidesk.domain.applications import ApplicationKind, OutboxItem, OutboxState
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import OutboxCode
from denkidesk.domain.errors import Cancelled, DeskError, OutcomeUnknown, SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.store.ui_state import UiStateStore

PROBE_EVERY_S: Final = 15.0
_LOOK_EVERY_S: Final = 10.0  # other processes queue too
_LATE_S: Final = 5.0  # a count-down that ended this long ago, before anybody looked, is a clerk's all the same: the machine was busy
_GOOD_FOR_S: Final = 60.0  # how long the server's last word is believed
_REJECTED_SHOWN: Final = timedelta(days=7)
_UNKNOWN_IN_A_ROW: Final = 2
_PAUSE_KEY: Final = "outbox.paused"


class Hold(StrEnum):
    """Why an item has not gone yet."""

    COUNTING = "counting"  # the clerk may still stop it
    TURN = "turn"  # at most one a second
    CHECKING = "checking"  # whether the utility answers
    AWAY = "away"
    CLOSED = "closed"
    LOGIN_REFUSED = "login_refused"
    SETUP = "setup"
    PAUSED = "paused"
    STOPPED = "stopped"  # this one, by the clerk
    SIMILAR = "similar"  # another like it is open; a person has to say that it is no double
    FAULTY = "faulty"  # its document cannot be made


class Pause(StrEnum):
    """Who has stopped the sending."""

    CLERK = "clerk"
    UNKNOWN = "unknown"  # two outcomes in a row were unknown
    UNWRITTEN = "unwritten"  # the outbox cannot be written


@dataclass(frozen=True, slots=True)
class Planned:
    """A waiting item. ``at``: when it starts, or when it is looked at again; ``left_s`` of ``total_s``: its count-down."""

    item: OutboxItem
    hold: Hold
    at: datetime | None = None
    left_s: float = 0.0
    total_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How the outbox stands. ``send`` or ``probe``: the item with which to do that now; then, or after ``look_in_s``, look again.

    ``released``: the items of one count-down for all that no clerk has just sent, while it runs.
    """

    at: datetime
    waiting: tuple[Planned, ...] = ()
    unsettled: tuple[OutboxItem, ...] = ()  # being sent, or with an unknown outcome
    settled: tuple[OutboxItem, ...] = ()  # today; what was refused for a week
    pause: Pause | None = None
    send: OutboxItem | None = None
    probe: OutboxItem | None = None
    look_in_s: float = _LOOK_EVERY_S
    released: frozenset[str] = frozenset()


class Sender:
    """Decides; whoever asks does it, one thing at a time. An item whose outcome is unknown is never touched.

    What a clerk has just sent goes when its count-down is over, whatever is known of the server; many that were confirmed together go
    without one, until something is in the way. All else goes only after the server has
    answered a listing within the last minute, and after one count-down for all that waits: outages first, then in order. Times between
    are measured by ``clock``, which nobody sets. Safe from any thread.
    """

    def __init__(
        self,
        outbox: OutboxDesk,
        notes: UiStateStore,
        probe: Callable[[OutboxItem, CancelToken | None], None],
        traffic: Traffic,
        closed_until: Callable[[], datetime | None],
        now: Now,
        *,
        countdown_s: float = 10.0,
        outage_countdown_s: float = 3.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._notes = notes
        self._probe = probe
        self._traffic = traffic
        self._closed_until = closed_until
        self._now = now
        self._clock = clock
        self._countdown_s = countdown_s
        self._outage_countdown_s = outage_countdown_s
        self._lock = threading.RLock()
        self._counting: dict[str, float] = {}  # what a clerk has sent, and when it goes
        self._together: set[str] = set()  # what a clerk has sent at once after reading what it is: it goes without a count-down
        self._released_at: float | None = None  # when the rest goes
        self._released_s = 0.0
        self._tried: dict[str, float] = {}
        self._faulty: set[str] = set()
        self._beside: set[str] = set()
        self._recovered: float | None = None
        self._probed: float | None = None
        self._probe_fault: DeskError | None = None
        self._sending = ""
        self._unknown_in_a_row = 0
        self._unkept_pause: Pause | None = None

    def countdown_s(self, kind: ApplicationKind) -> float:
        """How long the clerk may still stop an application of a kind."""
        return min(self._outage_countdown_s, self._countdown_s) if kind is ApplicationKind.OUTAGE else self._countdown_s

    # -- the clerk

    @property
    def pause_of(self) -> Pause | None:
        """Who has stopped the sending; None while it goes."""
        if self._outbox.is_read_only:
            return Pause.UNWRITTEN
        kept = self._notes.get(_PAUSE_KEY)
        return self._unkept_pause or (Pause(kept) if kept in tuple(Pause) else None)

    def pause(self, why: Pause = Pause.CLERK) -> None:
        """Nothing goes any more until :meth:`resume`, restarts included."""
        self._unkept_pause = why
        self._notes.set(_PAUSE_KEY, why.value)
        self._unkept_pause = None

    def resume(self) -> None:
        """What waits goes on, after a count-down."""
        with self._lock:
            self._unkept_pause, self._unknown_in_a_row = None, 0
            self._faulty.clear()
            self._notes.set(_PAUSE_KEY, "")

    def try_now(self) -> None:
        """The clerk has removed what was in the way, or wants to see whether it is still there."""
        with self._lock:
            self._probed = None
            self._tried.clear()
            self._faulty.clear()

    def send_together(self, item_ids: Iterable[str]) -> None:
        """A clerk has just confirmed these at length: they go one after the other until something is in the way, then as all else."""
        with self._lock:
            self._together.update(item_ids)

    # -- what goes next

    def plan(self) -> Plan:
        """How things stand, and what is to be done now."""
        with self._lock:
            now, clock = self._now(), self._clock()
            self._recover(clock)
            items = self._outbox.open_items()
            queued = [item for item in items if item.state is OutboxState.QUEUED]
            self._forget_others({item.item_id for item in queued})
            pause = self.pause_of
            if pause is not None:
                self._counting.clear()
                self._together.clear()
            holds = {item.item_id: Hold.PAUSED if pause else self._hold_of(item, now, clock) for item in queued}
            free = [item for item in queued if holds[item.item_id] is None]
            obstacle, again_s = self._obstacle(now, clock) if free else (None, 0.0)
            if obstacle is None and free and self._released_at is None:
                free = self._release(free, clock)
            if obstacle is not None or not free:
                self._released_at = None
            released = {item.item_id for item in free}
            planned = tuple(
                self._planned(item, holds[item.item_id], obstacle if item.item_id in released else None, now, clock, again_s)
                for item in queued
            )
            return Plan(
                now,
                waiting=self._in_turn(planned, now),
                unsettled=tuple(item for item in items if item.state is not OutboxState.QUEUED),
                settled=self._outbox.settled_since(now.replace(hour=0, minute=0, second=0, microsecond=0), now - _REJECTED_SHOWN),
                pause=pause,
                send=next((one.item for one in planned if one.hold is Hold.TURN and not self._rests_s(one.item, clock)), None),
                probe=free[0] if obstacle is not None and again_s <= 0 else None,
                look_in_s=self._look_in(planned, clock, again_s),
                released=frozenset(released) if self._released_at is not None and clock < self._released_at else frozenset(),
            )

    def _recover(self, clock: float) -> None:
        """What another process left behind when it ended is settled before anything goes."""
        if self._recovered is None or clock - self._recovered >= _LOOK_EVERY_S:
            self._recovered = clock
            self._outbox.recover()

    def _forget_others(self, queued: set[str]) -> None:
        for known in (self._counting, self._tried):
            for name in known.keys() - queued:
                del known[name]
        self._faulty &= queued
        self._together &= queued
        self._beside &= queued

    def _hold_of(self, item: OutboxItem, now: datetime, clock: float) -> Hold | None:
        """What keeps this one item, None if nothing does but what keeps all."""
        name, code = item.item_id, item.failure_code
        if name == self._sending:
            return Hold.TURN
        if code == OutboxCode.STOPPED:
            self._counting.pop(name, None)
            return Hold.STOPPED
        left_s = 0.0 if item.not_before is None else (item.not_before - now).total_seconds()
        if code == OutboxCode.COUNTING and name not in self._counting and left_s > -_LATE_S:
            self._counting[name] = clock + min(max(left_s, 0.0), self.countdown_s(item.application.kind))
            self._tried.pop(name, None)
            self._faulty.discard(name)
        if name in self._counting:
            return Hold.COUNTING if clock < self._counting[name] else Hold.TURN
        if name in self._faulty:
            return Hold.FAULTY
        if name in self._together:
            return Hold.TURN
        if name in self._beside and self._outbox.beside(item):
            return Hold.SIMILAR
        self._beside.discard(name)
        if code == OutboxCode.CLOSED and left_s > 0 and item.changed_at <= now + timedelta(minutes=5):
            return Hold.CLOSED
        return None

    def _obstacle(self, now: datetime, clock: float) -> tuple[Hold | None, float]:
        """What keeps all that no clerk has just sent, and in how many seconds to probe."""
        state = self._traffic.server(KANSAI)
        age_s = 0.0 if state.at is None else abs((now - state.at).total_seconds())
        if state.condition is Condition.FINE and (self._released_at is not None or age_s <= _GOOD_FOR_S):
            self._probe_fault = None
            return None, 0.0
        again_s = 0.0 if self._probed is None else max(0.0, self._probed + PROBE_EVERY_S - clock)
        closed = self._closed_until() if state.condition is Condition.CLOSED else None
        if closed is not None:
            again_s = max(again_s, (closed - now).total_seconds())
        return _OBSTACLES.get(state.condition) or (Hold.SETUP if isinstance(self._probe_fault, SetupFault) else Hold.CHECKING), again_s

    def _release(self, free: list[OutboxItem], clock: float) -> list[OutboxItem]:
        """Begins one count-down for all that may go; returns these."""
        going = [item for item in free if not self._outbox.beside(item)]
        self._beside |= {item.item_id for item in free} - {item.item_id for item in going}
        if going:
            self._released_s = min(self.countdown_s(item.application.kind) for item in going)
            self._released_at = clock + self._released_s
        return going

    def _planned(self, item: OutboxItem, hold: Hold | None, obstacle: Hold | None, now: datetime, clock: float, again_s: float) -> Planned:
        if obstacle is not None:
            return Planned(item, obstacle, now + timedelta(seconds=again_s))
        if hold is Hold.COUNTING:
            return Planned(item, hold, left_s=self._counting[item.item_id] - clock, total_s=self.countdown_s(item.application.kind))
        if hold is None and item.item_id in self._beside:
            return Planned(item, Hold.SIMILAR)
        if hold is None and self._released_at is not None and clock < self._released_at:
            return Planned(item, Hold.COUNTING, left_s=self._released_at - clock, total_s=self._released_s)
        return Planned(item, hold or Hold.TURN, item.not_before if hold is Hold.CLOSED else None)

    def _in_turn(self, planned: tuple[Planned, ...], now: datetime) -> tuple[Planned, ...]:
        """The same with the moments at which they start by the gate's pace."""
        base_s = self._traffic.wait().eta_s
        period_s = max(0.0, self._traffic.wait(1).eta_s - base_s)
        moments: dict[str, datetime] = {}
        start_s = base_s
        for one in sorted((one for one in planned if one.hold in (Hold.COUNTING, Hold.TURN)), key=lambda one: one.left_s):
            start_s = max(start_s, one.left_s)
            moments[one.item.item_id] = now + timedelta(seconds=start_s)
            start_s += period_s
        return tuple(Planned(one.item, one.hold, moments.get(one.item.item_id, one.at), one.left_s, one.total_s) for one in planned)

    def _rests_s(self, item: OutboxItem, clock: float) -> float:
        """An item that came back as it was (another process has it) is not asked about all the time."""
        return max(0.0, self._tried.get(item.item_id, clock - PROBE_EVERY_S) + PROBE_EVERY_S - clock)

    def _look_in(self, planned: tuple[Planned, ...], clock: float, again_s: float) -> float:
        waits = [one.left_s or self._rests_s(one.item, clock) for one in planned if one.hold in (Hold.COUNTING, Hold.TURN)]
        return min([_LOOK_EVERY_S, *(wait for wait in (*waits, again_s) if wait > 0)])

    # -- doing it

    def ask(self, item: OutboxItem, cancel: CancelToken | None = None) -> None:
        """Probes; what comes of it is in the traffic, and in the next plan."""
        with self._lock:
            self._probed = self._clock()
        try:
            self._probe(item, cancel)
        except Cancelled:
            pass
        except DeskError as fault:
            self._probe_fault = fault

    def send(self, item: OutboxItem, cancel: CancelToken | None = None) -> SendResult | None:
        """One attempt for an item that a plan named; None where it must not go after all."""
        name = item.item_id
        with self._lock:
            if self.pause_of is not None:
                return None
            if name not in self._counting and self._outbox.beside(item):
                self._together.discard(name)
                self._beside.add(name)
                return None
            self._tried[name] = self._clock()
            self._counting.pop(name, None)
            self._together.discard(name)
            self._sending = name
            self._faulty.add(name)  # unless it comes back
        try:
            result = self._outbox.send(name, cancel)
        finally:
            self._sending = ""
        with self._lock:
            if not result.is_of_the_item:
                self._faulty.discard(name)
            self._count(result)
        return result

    def _count(self, result: SendResult) -> None:
        if result.error is not None:
            self._probed = self._clock()  # it was one, and failed
            if not result.is_of_the_item and result.item.state is not OutboxState.REJECTED:
                self._together.clear()
        if result.kept_aside is not None:
            self._stop_all(Pause.UNWRITTEN)
        elif isinstance(result.error, OutcomeUnknown) and not result.is_of_the_item:
            self._unknown_in_a_row += 1
            if self._unknown_in_a_row >= _UNKNOWN_IN_A_ROW:
                self._stop_all(Pause.UNKNOWN)
        elif result.item.state in (OutboxState.ACCEPTED, OutboxState.REJECTED):
            self._unknown_in_a_row = 0

    def _stop_all(self, why: Pause) -> None:
        with suppress(Exception):  # it is paused until the program ends, and the fault is told of the item itself
            self.pause(why)


_OBSTACLES: Final = {
    Condition.CLOSED: Hold.CLOSED,
    Condition.AWAY: Hold.AWAY,
    Condition.TROUBLED: Hold.AWAY,
    Condition.LOGIN_REFUSED: Hold.LOGIN_REFUSED,
    Condition.NOT_SET_UP: Hold.SETUP,
}
