"""Looks for garbage where and when it does no harm."""

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

from denkidesk.ui.start.heap import give_holes_back

_LOOK_EVERY_MS: Final = 1_000
_TOO_LONG_S: Final = 0.05
_ENOUGH_OBJECTS: Final = 2_000


class GarbageCollector(QObject):
    """Takes Python's collector over, for as long as its parent lives.

    Left alone, the collector runs on whichever thread happens to make one object too many: on a lane it would take a closed form's widgets
    down there, and Qt's objects must not die on another thread than their own. It also waits for a quarter more objects than there were,
    which is 20 MB of closed forms and dialogs. Here it runs between two turns of the window's event loop, once a second at most while
    something is made, and takes 5 to 15 ms, because what is loaded for good is frozen (``interpreter.settle_memory``), and so is what
    made one look take long: an inbox of a hundred thousand applications.

    What was freed since the last look, by it or by a dialog that closed, goes back to the system.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._objects_last_seen = gc.get_count()[0]
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        objects = gc.get_count()[0]
        if objects == self._objects_last_seen:
            return  # nothing happened
        if objects >= _ENOUGH_OBJECTS:  # made and not gone since the last time
            begun_s = time.thread_time()
            gc.collect()
            if time.thread_time() - begun_s > _TOO_LONG_S:
                gc.freeze()
        give_holes_back()
        self._objects_last_seen = gc.get_count()[0]
