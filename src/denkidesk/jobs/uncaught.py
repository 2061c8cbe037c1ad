"""Exceptions that nobody caught, on whatever thread, brought to the GUI thread."""

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from denkidesk.journal.reports import place_of

_MOST_EACH: Final = 3
_APART_S: Final = 2.0  # a paint that fails would fail again as soon as the dialog about it is closed


class UncaughtExceptions(QObject):
    """Every uncaught exception of the process is announced on the GUI thread by ``caught``; KeyboardInterrupt ends the program as ever.

    ``record`` is called first, on the thread where it happened: it counts even if the GUI thread never gets to it. The same fault is
    announced at most three times, and not twice within two seconds.
    """

    caught = Signal(object)
    _raised = Signal(object)

    def __init__(self, parent: QObject | None = None, *, record: Callable[[BaseException], object] = lambda _: None) -> None:
        super().__init__(parent)
        self._record = record
        self._announced: dict[tuple[str, str, int], list[float]] = {}
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Takes over both hooks of the interpreter."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        error = error.with_traceback(trace)
        self._record(error)
        self._raised.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._record(args.exc_value)
            self._raised.emit(args.exc_value)

    def _on_raised(self, error: BaseException) -> None:
        moments = self._announced.setdefault(place_of(error), [])
        now = time.monotonic()
        if len(moments) < _MOST_EACH and (not moments or now - moments[-1] > _APART_S):
            moments.append(now)
            self.caught.emit(error)
