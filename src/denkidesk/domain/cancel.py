"""A word that the clerk can still take back: cancelling work that runs on another thread."""

import threading

from denkidesk.domain.errors import Cancelled


class CancelToken:
    """Set once, by any thread; whoever waits, waits on it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Asks the work to end soon."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> bool:
        """Sleeps for at most ``seconds``; True at once when somebody asks."""
        return self._event.wait(max(0.0, seconds))
