"""Japan's time, whatever the PC's time zone says."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

JST: Final = timezone(timedelta(hours=9), "JST")
"""Japan has kept UTC+9 without daylight saving since 1952, so no time zone database is needed."""

Now = Callable[[], datetime]
"""A clock as it is passed around: returns an aware datetime."""


def now_jst() -> datetime:
    """The present moment in Japan, aware."""
    return datetime.now(JST)
