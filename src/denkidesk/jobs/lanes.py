"""Lanes: few long-lived threads, each looping over a priority queue."""

import heapq
import inspect
import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Final, TypeVar, TypeVarTuple, cast

from PySide6.QtCore import QObject, Qt, QThread, Signal

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled
from denkidesk.jobs.job import Job, LaneName, Priority, Task

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
THREADS_OF: Final = {LaneName.KANSAI: 1, LaneName.QUOTING: 1, LaneName.STORE: 1, LaneName.WORK: 2}
_DELIVERY_BUDGET_S: Final = 0.006  # results are handed out in slices shorter than a frame, so that ten thousand do not freeze the window


class Lane:
    """A queue and its threads. An outage goes before everything; within a priority the first in is the first out.

    A QThread that is destroyed, or left behind by the interpreter, while it runs aborts the process: whoever closes a lane waits for its
    threads, and ends the process at once (``os._exit``) if one of them still hangs on a socket. What it had begun is in the books by then.
    """

    def __init__(self, name: LaneName, threads: int, deliver: Callable[[Task, str, object], None]) -> None:
        self.name = name
        self._deliver = deliver
        self._heap: list[tuple[int, int, Task]] = []
        self._order = count()
        self._changed = threading.Condition()
        self._running: set[Task] = set()
        self._closing = False
        self._threads = [_LaneThread(self._loop, f"{name}-{n + 1}") for n in range(threads)]
        for thread in self._threads:
            thread.start()

    @property
    def load(self) -> int:
        """How many tasks wait or run."""
        with self._changed:
            return len(self._heap) + len(self._running)

    @property
    def running_threads(self) -> tuple[str, ...]:
        """The names of its threads that have not ended."""
        return tuple(thread.objectName() for thread in self._threads if thread.isRunning())

    def put(self, task: Task, priority: Priority) -> None:
        """Queues a task; a closed lane takes none."""
        with self._changed:
            if not self._closing:
                heapq.heappush(self._heap, (priority, next(self._order), task))
                self._changed.notify()
                return
        self._deliver(task, "failed", Cancelled())

    def raise_priority(self, task: Task, priority: Priority) -> None:
        """Moves a waiting task forward if ``priority`` is more urgent than the one it has."""
        with self._changed:
            for index, (old, order, waiting) in enumerate(self._heap):
                if waiting is task and priority < old:
                    self._heap[index] = (priority, order, task)
                    heapq.heapify(self._heap)
                    return

    def withdraw(self, task: Task) -> None:
        """Takes a task out that has not begun; one that runs ends by its own token."""
        with self._changed:
            before = len(self._heap)
            self._heap = [entry for entry in self._heap if entry[2] is not task]
            if len(self._heap) == before:
                return
            heapq.heapify(self._heap)
        self._deliver(task, "failed", Cancelled())

    def close(self) -> None:
        """Takes no more, drops what waits, cancels what runs."""
        with self._changed:
            self._closing = True
            self._heap.clear()
            for task in self._running:
                task.cancel.cancel()
            self._changed.notify_all()

    def join(self, until: float) -> bool:
        """Waits for the threads until a moment of ``time.monotonic``; whether all have ended."""
        ended = [thread.wait(max(0, round((until - time.monotonic()) * 1000))) for thread in self._threads]
        return all(ended)

    def _loop(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._heap)
                if self._closing:
                    return
                task = heapq.heappop(self._heap)[2]
                task.waiting = False
                self._running.add(task)
            went_well, outcome = task.work()
            with self._changed:
                self._running.discard(task)
            self._deliver(task, "succeeded" if went_well else "failed", outcome)
            # The thread may now sleep for hours: it must not keep a result or a failure's frames alive.
            del task, outcome


class _LaneThread(QThread):
    """Runs a lane's loop; no event loop of its own."""

    def __init__(self, loop: Callable[[], None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._loop = loop

    def run(self) -> None:
        """Carries out task after task until the lane closes."""
        self._loop()


class Jobs(QObject):
    """All lanes; lives on the GUI thread. Every result comes back there, in the order in which the lanes ended."""

    unheard_failure = Signal(object)
    load_changed = Signal()
    settled = Signal(object, object)  # lane, result or exception: for those who watch a lane and not a job
    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mail: deque[tuple[Task, str, object]] = deque()
        self._mail_lock = threading.Lock()
        self._wake_pending = False
        self._closed = False
        self._open: dict[Task, tuple[Job[object], LaneName]] = {}
        self._waiting_by_key: dict[tuple[LaneName, str], Job[object]] = {}
        self._posted.connect(self._deliver_mail, Qt.ConnectionType.QueuedConnection)
        self._lanes = {name: Lane(name, threads, self._post) for name, threads in THREADS_OF.items()}

    def run(
        self,
        lane: LaneName,
        function: Callable[[*Ts], T],
        *args: *Ts,
        priority: Priority = Priority.CLERK,
        key: str | None = None,
        progress_as: str | None = None,
    ) -> Job[T]:
        """Runs ``function(*args)`` on a lane and returns its job at once; what goes by name is bound with ``functools.partial``.

        A parameter named ``cancel`` gets the job's CancelToken. ``key``: an equal job that still waits on the lane is returned instead of
        queueing another. ``progress_as``: the name of a parameter that takes a callback of one value; the values come by ``progressed``.
        """
        assert QThread.currentThread() is self.thread(), "jobs are started on the GUI thread"  # noqa: S101 - a bug of the caller
        if key is not None and (equal := self._waiting_by_key.get((lane, key))) is not None and equal.is_waiting:
            self._lanes[lane].raise_priority(equal.task, priority)
            return cast("Job[T]", equal)
        token = CancelToken()
        task = Task(function, args, token)
        injected: dict[str, object] = {"cancel": token} if _takes_cancel(function) else {}
        if progress_as is not None:
            injected[progress_as] = _Progress(self._post, task)
        task.kwargs = injected
        job = Job[T](task, key, self._lanes[lane].withdraw)
        self._open[task] = (job, lane)
        if key is not None:
            self._waiting_by_key[(lane, key)] = job
        self._lanes[lane].put(task, priority)
        self.load_changed.emit()
        return job

    def load(self, lane: LaneName) -> int:
        """How many jobs of a lane wait or run, as the GUI thread has heard so far."""
        return sum(1 for _, name in self._open.values() if name is lane)

    @property
    def running_threads(self) -> tuple[str, ...]:
        """The names of the threads that have not ended."""
        return tuple(name for lane in self._lanes.values() for name in lane.running_threads)

    @property
    def is_idle(self) -> bool:
        """Whether every job has come back."""
        return not self._open

    def shut_down(self, wait_s: float) -> bool:
        """Refuses new jobs, drops what waits, cancels what runs and waits for it at most ``wait_s``; no job is heard of afterwards.

        Returns whether all threads have ended. If not, keep this object and end the process by ``os._exit``: see :class:`Lane`.
        """
        self._closed = True
        for lane in self._lanes.values():
            lane.close()
        until = time.monotonic() + wait_s
        ended = [lane.join(until) for lane in self._lanes.values()]
        self._open.clear()
        self._waiting_by_key.clear()
        self._mail.clear()
        return all(ended)

    def _post(self, task: Task, what: str, value: object) -> None:
        """On any thread: puts a result into the mail and wakes the GUI thread once for all that lies there."""
        with self._mail_lock:
            if self._closed:
                return
            self._mail.append((task, what, value))
            if self._wake_pending:
                return
            self._wake_pending = True
        self._posted.emit()

    def _deliver_mail(self) -> None:
        until = time.monotonic() + _DELIVERY_BUDGET_S
        while time.monotonic() < until:
            with self._mail_lock:
                if not self._mail:
                    self._wake_pending = False
                    break
                task, what, value = self._mail.popleft()
            self._deliver(task, what, value)
        else:
            self._posted.emit()

    def _deliver(self, task: Task, what: str, value: object) -> None:
        entry = self._open.get(task)
        if entry is None:
            return
        job, lane = entry
        if what == "progressed":
            if not job.is_abandoned:
                job.progressed.emit(value)
            return
        del self._open[task]
        if job.key is not None and self._waiting_by_key.get((lane, job.key)) is job:
            del self._waiting_by_key[(lane, job.key)]
        try:
            unheard = job.settle(what == "succeeded", value)
        finally:
            self.load_changed.emit()
            self.settled.emit(lane, value)
        if unheard is not None:
            self.unheard_failure.emit(unheard)


class _Progress:
    """The callback that a function reports its progress to, on its own thread."""

    def __init__(self, post: Callable[[Task, str, object], None], task: Task) -> None:
        self._post = post
        self._task = task

    def __call__(self, value: object) -> None:
        self._post(self._task, "progressed", value)


def _takes_cancel(function: Callable[..., object]) -> bool:
    try:
        return "cancel" in inspect.signature(function).parameters
    except (TypeError, ValueError):  # some built-in functions have no signature
        return False
