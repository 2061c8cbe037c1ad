"""The event loop of a process that has no pytest-qt, turned until something is so."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

_PAUSE_S = 0.002  # a loop that never rests keeps the interpreter's lock from the jobs that it waits for


def wait_until(condition: Callable[[], object], timeout: int = 0) -> None:
    """Turns the event loop until something is so, and still is a turn later; the test that has started this process bounds it."""
    while not (condition() and _still(condition)):
        QApplication.processEvents()
        time.sleep(_PAUSE_S)


def _still(condition: Callable[[], object]) -> bool:
    """Between two jobs of one act there is an instant at which none is under way."""
    QApplication.processEvents()
    return bool(condition())
