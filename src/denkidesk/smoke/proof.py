"""One proof from start to end: the window, the walk through it, the report, and a watchdog for a program that hangs.

Runs inside the real window on the practice servers, with a home folder of its own in DIR. ``DIR/smoke.json`` is whole after every step, so
that a crash leaves the steps before it and ``"ok": false``. Needs no stdout. The one thing outside DIR is the system's own credential
store, where a canary of its own name is written and removed.
"""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from denkidesk.smoke.report import Report, in_words
from denkidesk.smoke.walk import Walk

if TYPE_CHECKING:
    from denkidesk.ui.context import UiContext
    from denkidesk.ui.shell.main_window import MainWindow

LIMIT_S: Final = 180.0
START_LIMIT_S: Final = 60.0  # a bug before the window shows itself in a dialog that nobody answers

_EXIT_FAILED: Final = 1
_EXIT_TIME_OVER: Final = 3


class Smoke:
    """One proof. ``home`` is where the window is to keep its files; whatever was there before is removed."""

    def __init__(self, directory: Path, limit_s: float = LIMIT_S) -> None:
        self._directory = directory
        self._limit_s = limit_s
        self.home: Final = directory / "home"
        shutil.rmtree(self.home, ignore_errors=True)
        directory.mkdir(parents=True, exist_ok=True)
        self._report = Report(directory)
        self._walked = False
        self._start_watchdog: threading.Timer | None = None

    def run(self, open_window: Callable[[], int]) -> int:
        """Opens the window, which calls :meth:`start`; returns 0 only if every step went well and the window closed again."""
        watchdog = self._watch(self._limit_s)
        self._start_watchdog = self._watch(min(self._limit_s, START_LIMIT_S))
        try:
            self._report.begin("start")
            code = open_window()
            reason = "" if self._walked and code == 0 else f"the window ended with {code}"
        except Exception as error:  # noqa: BLE001 - whatever it was, the report is what is looked at
            reason = in_words(error)
        watchdog.cancel()
        self._start_watchdog.cancel()
        return 0 if self._report.close(reason) else _EXIT_FAILED

    def start(self, window: "MainWindow", context: "UiContext") -> None:
        """Begins; the window is ready."""
        if self._start_watchdog is not None:
            self._start_watchdog.cancel()
        walk = Walk(window, context, self._directory, self._report, self._on_walked)
        QTimer.singleShot(0, walk, walk.go)

    def _on_walked(self) -> None:
        self._walked = True
        QApplication.exit(0)

    def _watch(self, limit_s: float) -> threading.Timer:
        watchdog = threading.Timer(limit_s, self._end_by_force, (limit_s,))
        watchdog.daemon = True
        watchdog.start()
        return watchdog

    def _end_by_force(self, limit_s: float) -> None:
        self._report.close(f"not done within {limit_s:g} s")
        os._exit(_EXIT_TIME_OVER)
