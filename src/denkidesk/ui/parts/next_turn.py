"""Work that is done a step in each turn of the event loop, in turns that have nothing else to do."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

_BUSY_S: Final = 0.004
"""A turn that has got so far before it comes to the step has painted, laid out or taken an answer: the step would make it twice as long."""
_MOST_TURNS: Final = 3  # that a step lets pass; each of them may be long on a slow machine, and the step has to come


class NextTurn(QTimer):
    """Each :meth:`ask` brings one ``came``, ``pause_ms`` later at the soonest; until then :meth:`isActive`.

    A paint, an answer or a key of the same turn goes first, and the step comes in a turn of its own: what is to be done within one turn
    adds up, and is what the clerk waits for.
    """

    came = Signal()

    def __init__(self, parent: QObject, *, pause_ms: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent, singleShot=True, interval=pause_ms)
        self._clock = clock
        self._let_pass = 0
        self._due_s = 0.0
        self.timeout.connect(self._on_turn)

    def ask(self) -> None:
        """The step is wished; once, however often this is said before it comes."""
        self._due_s = self._clock() + self.interval() / 1000
        self.start()

    def _on_turn(self) -> None:
        if self._clock() - self._due_s > _BUSY_S and self._let_pass < _MOST_TURNS:
            self._let_pass += 1
            self.ask()
            return
        self._let_pass = 0
        self.came.emit()
