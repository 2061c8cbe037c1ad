"""When the utility is closed: Sundays 01:00 to 03:00 Japan time, and the windows that the clerk entered."""

from datetime import datetime
from typing import TYPE_CHECKING

from denkidesk.domain.clock import Now
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.store.closed_windows import StoredWindow
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.wire.closed_hours import ClosedHours

__all__ = ["ClosedHoursDesk", "StoredWindow"]


class ClosedHoursDesk:
    """The one calendar of closed times; what the clerk enters counts from the next request on."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store = store
        self._now = now

    def windows(self) -> tuple[StoredWindow, ...]:
        """The windows that the clerk entered, earliest first."""
        return self._store.closed_windows.all()

    def add(self, starts_at: datetime, ends_at: datetime, note: str = "") -> int:
        """Enters a window; both moments aware."""
        if ends_at <= starts_at:
            raise InputRefused.of("ends_at", InputCode.BEFORE_START)
        return self._store.closed_windows.add(starts_at, ends_at, note)

    def remove(self, window_id: int) -> bool:
        """Takes a window out; False if it was not there. Applications that waited for its end alone may go at once."""
        removed = self._store.closed_windows.remove(window_id)
        if removed:
            self._store.outbox.bring_forward(self.closed_until())
        return removed

    def hours(self, *, weekly: bool = True) -> "ClosedHours":
        """The calendar as the wire asks for it before each request; without ``weekly`` only the windows that were entered."""
        from denkidesk.wire.closed_hours import ClosedHours, ClosedWindow

        windows = [ClosedWindow(one.starts_at, one.ends_at, one.note) for one in self.windows()]
        return ClosedHours(windows, weekly=weekly)

    def closed_until(self) -> datetime | None:
        """The end of the closed time that is now; None while open."""
        return self.hours().closed_until(self._now())
