"""Opens the desk behind the painted frame and the screen in it, one step in each turn of the event loop."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from denkidesk.ui.shell.main_window import MainWindow
    from denkidesk.ui.start.after_paint import AfterPaint


class Opening(Protocol):
    """The desk on its way; ``failure``: why there is none, and none can be had here."""

    failure: Exception | None

    def open(self) -> bool:
        """Whether the desk is open: False also where the clerk does not want to go on."""

    def tell(self, after_paint: "AfterPaint") -> None:
        """Tells the clerk what became of the data before the desk was open."""


class OpeningTurns(QObject):
    """Begins with :meth:`begin`; in between two steps the window answers. A step that fails ends the start: half a window is none.

    ``give_up`` ends the event loop.
    """

    def __init__(self, opening: Opening, window: "MainWindow", after_paint: "AfterPaint", give_up: Callable[[], None]) -> None:
        super().__init__(window)
        self._opening = opening
        self._window = window
        self._give_up = give_up
        self._steps: list[Callable[[], None]] = [
            window.load_screen,
            window.build_screen,
            window.open_screen,
            partial(opening.tell, after_paint),
        ]

    def begin(self) -> None:
        """When the frame is painted: opens the desk at once, the screen in the next turns."""
        if self._opening.open():
            self._next_turn()
        else:
            self._end()

    def _next_turn(self) -> None:
        if self._steps:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        try:
            self._steps.pop(0)()
        except Exception as error:  # noqa: BLE001 - told by whoever runs the event loop, which has to end first
            self._opening.failure = error
            self._end()
        else:
            self._next_turn()

    def _end(self) -> None:
        self._window.hide()
        self._give_up()
