"""Exceptions that nobody caught, on whatever thread, brought to the GUI thread."""

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal


class UncaughtExceptions(QObject):
    """Every uncaught exception of the process is announced on the GUI thread by ``caught``; KeyboardInterrupt ends the program as ever."""

    caught = Signal(object)
    _raised = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Takes over both hooks of the interpreter."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Gives both hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._raised.emit(error.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._raised.emit(args.exc_value)

    def _on_raised(self, error: object) -> None:
        self.caught.emit(error)
