"""What the clerk has just done and can take back with one key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

_MOST: Final = 50


class Undo(QObject):
    """The newest act is taken back first, and each once; until the program ends. Every act has a name, which the menu says.

    An act that became impossible to take back meanwhile says so itself.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._acts: list[tuple[str, Callable[[], object]]] = []

    @property
    def name(self) -> str:
        """What would be taken back now (「停電 見本 花子」の取り消し); empty if there is nothing."""
        return self._acts[-1][0] if self._acts else ""

    def offer(self, name: str, take_back: Callable[[], object]) -> None:
        """Something was done that ``take_back`` takes back."""
        self._acts = [*self._acts[1 - _MOST :], (name, take_back)]
        self.changed.emit()

    def take_back(self) -> None:
        """Takes back what was done last; nothing happens if there is nothing."""
        if self._acts:
            _, act = self._acts.pop()
            self.changed.emit()
            act()
