"""The practice servers beside a window that must not wait for them."""

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from denkidesk.settings import Places, resources_dir

if TYPE_CHECKING:
    from denkidesk.practice.servers import PracticeServers


_OUT_OF_THE_STOP: Final = timedelta(hours=3)  # longer than the weekly stop lasts


class PracticeInBackground:
    """The practice servers, started on a thread of their own; whoever asks where they listen waits until they do.

    ``always_open``: within the weekly stop the practice clock is put past it, for a walk that must succeed on any day.
    """

    def __init__(self, places: Places, *, always_open: bool = False) -> None:
        self._places = places
        self._always_open = always_open
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._start, name="practice-start", daemon=True)
        self._servers: PracticeServers | None = None
        self._error: Exception | None = None

    @property
    def kansai_base_url(self) -> str:
        """What stands before a service name."""
        return self._started().kansai_base_url

    @property
    def enegaeru_base_url(self) -> str:
        """What stands before an endpoint's path."""
        return self._started().enegaeru_base_url

    def arm(self, rule: str) -> None:
        """Has a written rule strike the utility's server from now on."""
        self._started().arm(rule)

    def disarm(self) -> None:
        """Takes the utility's rules back."""
        self._started().disarm()

    def is_armed(self) -> bool:
        """Whether a rule of the utility's is still to strike."""
        return self._started().is_armed()

    def start(self) -> None:
        """Begins to start them, unless somebody did."""
        with self._lock:
            if self._thread.ident is None:
                self._thread.start()

    def stop(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()
            if self._servers is not None:
                self._servers.stop()

    def _started(self) -> "PracticeServers":
        self.start()
        self._thread.join()
        if self._servers is None:
            raise self._error or AssertionError("ended without a result")
        return self._servers

    def _start(self) -> None:
        from denkidesk.practice.servers import start_practice
        from denkidesk.practice.utility.service import is_closed

        try:
            servers = start_practice(resources_dir(), self._places.practice_state)
            if self._always_open and is_closed(servers.utility.now()):
                servers.utility.set_clock_offset(_OUT_OF_THE_STOP)
            self._servers = servers
        except Exception as error:  # noqa: BLE001 - whoever waits for the servers gets it
            self._error = error
