"""Pages behind the first one are built, and drawn once, in turns of their own: all at once would hold the window up."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from denkidesk.ui.parts.next_turn import NextTurn
from denkidesk.ui.start.rehearsal import rehearse

_PAUSE_MS: Final = 15  # between two of them: an answer, a key or a paint goes first


class PageTurns(NextTurn):
    """``all_built``: every page stands. ``parts``: each builds one part of a page, and says whether there may be more to come.

    ``around``: the widget whose size the pages have. ``goes_first``: whether something in sight is being built, which they wait for.
    """

    all_built = Signal()

    def __init__(self, parts: Sequence[Callable[[], bool]], around: QWidget, goes_first: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent, pause_ms=_PAUSE_MS)
        self._unbuilt = list(parts)
        self._unrehearsed: list[QWidget] = []
        self._around = around
        self._goes_first = goes_first
        self.came.connect(self._next)
        self.ask()

    @property
    def is_building(self) -> bool:
        """Whether some page may be missing."""
        return bool(self._unbuilt)

    def rehearse_later(self, page: QWidget) -> None:
        """Draws a page that is built, after all others stand."""
        self._unrehearsed.append(page)

    def _next(self) -> None:
        if self._goes_first():
            pass
        elif self._unbuilt:
            if not self._unbuilt[0]():
                self._unbuilt.pop(0)
            if not self._unbuilt:
                self.all_built.emit()
        elif self._unrehearsed:
            rehearse(self._unrehearsed.pop(0), self._around.size())
        else:
            return
        self.ask()
