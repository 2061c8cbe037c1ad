"""A wall clock that a test sets."""

from datetime import datetime


class Clock:
    """Stands at ``moment`` until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment
