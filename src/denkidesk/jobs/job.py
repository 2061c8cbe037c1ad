"""What a caller holds while its function runs on a lane."""

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum
from typing import Final, Generic, Self, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled, DeskError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Slot: TypeAlias = Callable[[T], object] | SignalInstance
"""A bound method of a QObject, or a signal to go on with."""
_NOTHING: Final[Mapping[str, object]] = {}


class LaneName(StrEnum):
    """The lanes, and why each exists."""

    KANSAI = "kansai"  # one thread: at one request a second a second one could only wait
    QUOTING = "quoting"  # so that a slow quoting server never delays an outage
    STORE = "store"  # one thread: SQLite takes one writer at a time anyway
    WORK = "work"  # two threads: bills and imports


class Priority(IntEnum):
    """What goes first on a lane; first in, first out within one priority."""

    OUTAGE = 0
    CLERK = 1
    REFRESH = 2
    BACKGROUND = 3


class Task:
    """What a worker thread sees of a job: no Qt object, so that a worker never holds the last reference to one."""

    __slots__ = ("args", "cancel", "function", "kwargs", "waiting")

    def __init__(self, function: Callable[..., object], args: tuple[object, ...], cancel: CancelToken) -> None:
        self.function: Callable[..., object] | None = function
        self.args = args
        self.kwargs: Mapping[str, object] = _NOTHING
        self.cancel = cancel
        self.waiting = True

    def work(self) -> tuple[bool, object]:
        """Runs the function on the calling thread: (True, result) or (False, exception); never raises."""
        if self.function is None:
            return False, Cancelled()
        try:
            self.cancel.raise_if_cancelled()
            return True, self.function(*self.args, **self.kwargs)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the GUI thread, not to a lane's loop
            return False, error

    def release(self) -> None:
        """Lets go of the function and its arguments, on the GUI thread."""
        self.function = None
        self.args = ()
        self.kwargs = _NOTHING


class Job(QObject, Generic[T_co]):
    """One function on its way to a T; lives on the GUI thread, and so do all of its signals.

    Exactly one of ``succeeded``, ``failed`` and ``cancelled`` comes, then ``finished``; :meth:`then` connects the three, types checked.
    Connect bound methods of QObjects: a lambda would outlive its widget. A failure that nobody listens to goes to ``Jobs.unheard_failure``.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    progressed = Signal(object)

    def __init__(self, task: Task, key: str | None, withdraw: Callable[[Task], None]) -> None:
        super().__init__()
        self.task = task
        self._withdraw = withdraw
        self.key = key
        self.is_finished = False
        self.is_abandoned = False

    @property
    def is_waiting(self) -> bool:
        """Whether no lane has taken it up yet."""
        return self.task.waiting and not self.is_finished

    def then(
        self,
        on_success: Slot[T_co] | None = None,
        on_failure: Slot[BaseException] | None = None,
        on_cancel: Callable[[], object] | None = None,
    ) -> Self:
        """Tells the listeners what comes of it."""
        for signal, slot in ((self.succeeded, on_success), (self.failed, on_failure), (self.cancelled, on_cancel)):
            if slot is not None:
                signal.connect(slot)
        return self

    def cancel(self) -> None:
        """Asks the work to end soon; what still waits never starts."""
        if not self.is_finished:
            self.task.cancel.cancel()
            self._withdraw(self.task)

    def abandon(self) -> None:
        """Cancels; none of its signals comes any more, not even that of a failure."""
        self.is_abandoned = True
        self.cancel()

    def settle(self, went_well: bool, outcome: object) -> object:
        """Tells the listeners; returns a failure that still has to be shown: nobody listened, or it is a bug."""
        self.is_finished = True
        self.task.release()
        unheard: object = None
        if self.is_abandoned:
            if not went_well and not isinstance(outcome, DeskError):
                unheard = outcome
        elif went_well:
            self.succeeded.emit(outcome)
        elif isinstance(outcome, Cancelled):
            self.cancelled.emit()
        else:
            if self.receivers("2failed(PyObject)") == 0 or not isinstance(outcome, DeskError):
                unheard = outcome
            self.failed.emit(outcome)
        self.finished.emit()
        return unheard
