"""Watches over a run: whatever nobody caught, on any thread or in C, leaves a line in the log and one report."""

import faulthandler
import logging
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from denkidesk.domain.clock import Now, now_jst
from denkidesk.journal.log import Log
from denkidesk.journal.reports import Reports, place_of, report_of


class Watch:
    """Begins with the first line of a run and ends with its last. ``stderr`` may be None: a windowed program has none."""

    def __init__(self, directory: Path, *, now: Now = now_jst) -> None:
        self.log = Log(directory, now=now)
        self.reports = Reports(directory, now=now)
        self.last_run_crashed = False
        self._hooks = (sys.excepthook, threading.excepthook)
        self._libraries = _LibraryWarnings(self.log)
        self._trace: IO[bytes] | None = None

    def begin(self) -> None:
        """Takes over both hooks of the interpreter, looks what the last run left, and has crashes in C written down."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        logging.getLogger().addHandler(self._libraries)
        self.last_run_crashed = self.reports.take_crash()
        if self.last_run_crashed:
            self.log.note("last_run_did_not_end")
        try:
            self.reports.trace.parent.mkdir(parents=True, exist_ok=True)
            self._trace = self.reports.trace.open("wb")  # faulthandler keeps to its number: open for life
            faulthandler.enable(self._trace, all_threads=True)
        except OSError:
            self._trace = None

    def end(self) -> None:
        """The run has ended well: gives everything back and leaves no trace."""
        faulthandler.disable()
        if self._trace is not None:
            self._trace.close()
            self._trace = None
            self.reports.end_trace()
        logging.getLogger().removeHandler(self._libraries)
        sys.excepthook, threading.excepthook = self._hooks

    def leave(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
        """For an ExitStack: what goes wrong while the run is taken down is written down, and keeps nothing from ending."""
        if not isinstance(error, Exception):
            return False
        self.record(error)
        return True

    def record(self, error: BaseException) -> bool:
        """Writes a bug down; False if this run has written it down before."""
        if not self.reports.add(error):
            return False
        name, file, line = place_of(error)
        self.log.note("bug", exception=name, file=file, line=line)
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.write(report_of(error) + "\n")
                sys.stderr.flush()
        return True

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
        else:
            self.record(error.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.record(args.exc_value)


class _LibraryWarnings(logging.Handler):
    """Notes that a library warned of something, and where; never what it said, as that may be a customer's."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One line a warning."""
        self._log.note("library", library=record.name, level=record.levelname, function=record.funcName, line=record.lineno)
