"""Who is logged in to the practice quoting API: one session a user, ended by the next one that insists."""

import secrets
import threading
from datetime import datetime, timedelta
from typing import Final

from denkidesk.domain.clock import Now

LIVE_FOR: Final = timedelta(seconds=5)
"""A session nobody used for this long is in nobody's way: short, so that a desk started anew in practice need not push out its own past."""


class Sessions:
    """The tokens that are valid now. Safe from any thread."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._uid: str | None = None
        self._used_at: datetime | None = None

    def open(self, *, force: bool) -> str | None:
        """A new token; None where another session is in use and ``force`` was not asked for."""
        with self._lock:
            now = self._now()
            in_use = self._uid is not None and self._used_at is not None and now - self._used_at < LIVE_FOR
            if in_use and not force:
                return None
            self._uid = f"renshu-{secrets.token_hex(16)}"
            self._used_at = now
            return self._uid

    def knows(self, uid: str) -> bool:
        """Whether the token is valid; its use keeps the session alive."""
        with self._lock:
            if self._uid is None or not secrets.compare_digest(uid.encode(), self._uid.encode()):
                return False
            self._used_at = self._now()
            return True

    def end(self) -> None:
        """Ends the session, as a server that was restarted does: its token gets 403 from now on."""
        with self._lock:
            self._uid = None
