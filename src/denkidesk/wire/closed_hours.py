"""When a service is closed: every Sunday 01:00 to 03:00 Japan time, and the windows that a clerk entered.

Source of the weekly hours: the public overview of the utility's application API.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from denkidesk.domain.clock import JST
from denkidesk.domain.error_codes import ClosedReason
from denkidesk.domain.errors import Closed

_WEEK: Final = timedelta(days=7)
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class ClosedWindow:
    """An announced closure, from ``starts_at`` until just before ``ends_at``; both aware."""

    starts_at: datetime
    ends_at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a closed window needs aware times")
        if self.ends_at <= self.starts_at:
            raise ValueError("a closed window must end after it starts")


class ClosedHours:
    """All closures of one service. A request may start only when its whole answer time lies outside of them."""

    def __init__(self, windows: Sequence[ClosedWindow] = (), weekly: bool = True) -> None:
        self._windows = tuple(sorted(windows, key=lambda window: window.starts_at))
        self._weekly = weekly

    def closed_until(self, now: datetime, answer_timeout_s: float = 0) -> datetime | None:
        """The moment (in Japan's time) from which a start is allowed again, or None if it is allowed ``now``.

        Windows that touch, overlap, or leave less room than an answer may take count as one.
        """
        found = self._blocking(now, answer_timeout_s)
        if found is None:
            return None
        until = found[1]
        while (following := self._blocking(until, answer_timeout_s)) is not None:
            until = following[1]
        return until.astimezone(JST)

    def check(self, now: datetime, answer_timeout_s: float = 0) -> None:
        """Raises Closed (``WEEKLY`` or ``WINDOW``) if a request may not start ``now``."""
        found = self._blocking(now, answer_timeout_s)
        if found is not None:
            raise Closed(found[0], self.closed_until(now, answer_timeout_s))

    def _blocking(self, start: datetime, answer_timeout_s: float) -> tuple[ClosedReason, datetime] | None:
        """The closure that forbids a start, as its reason and end; of several the one that ends last."""
        if start.tzinfo is None:
            raise ValueError("closed hours need an aware time")
        last = start + timedelta(seconds=answer_timeout_s)
        # A start exactly at a closing is forbidden, one whose answer time ends exactly at the closing is not.
        hits = [
            (reason, end) for reason, closes_at, end in self._spans(start, last) if start < end and (closes_at < last or closes_at <= start)
        ]
        return max(hits, key=lambda hit: hit[1]) if hits else None

    def _spans(self, earliest: datetime, latest: datetime) -> list[tuple[ClosedReason, datetime, datetime]]:
        """All closures that can touch the time from ``earliest`` to ``latest``."""
        spans = [(ClosedReason.WINDOW, window.starts_at, window.ends_at) for window in self._windows]
        if self._weekly:
            day = earliest.astimezone(JST).replace(hour=0, minute=0, second=0, microsecond=0)
            sunday = day - timedelta(days=(day.weekday() - _SUNDAY) % 7)
            while sunday <= latest:
                spans.append((ClosedReason.WEEKLY, sunday + timedelta(hours=1), sunday + timedelta(hours=3)))
                sunday += _WEEK
        return spans
