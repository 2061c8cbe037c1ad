"""Whether a key is the input method's own: while it composes, and for a moment after, when some pass on the Enter that ended it."""

import time
from typing import Final

from PySide6.QtGui import QInputMethodEvent

_AFTERGLOW_S: Final = 0.08


class Composition:
    """Told of every event of the input method in one editor."""

    def __init__(self) -> None:
        self.is_on = False
        self._ended_at = 0.0

    def note(self, event: QInputMethodEvent) -> None:
        """What comes whole, without having been composed, was not ended by an Enter."""
        was_on, self.is_on = self.is_on, bool(event.preeditString())
        if was_on and event.commitString():
            self._ended_at = time.monotonic()

    @property
    def has_enter(self) -> bool:
        """Whether an Enter now would be meant for the input method."""
        return self.is_on or time.monotonic() - self._ended_at <= _AFTERGLOW_S
