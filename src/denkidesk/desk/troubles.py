"""Practising what goes wrong: the trouble that a clerk asks for by name, made by the practice servers or by two minutes of closed time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol

from denkidesk.desk.closed_windows import ClosedHoursDesk
from denkidesk.domain.clock import Now
from denkidesk.domain.troubles import Trouble
from denkidesk.texts.practice import CLOSED_NOTE

CLOSED_FOR: Final = timedelta(minutes=2)
LATE_S: Final = 10

_RULES: Final[Mapping[Trouble, str]] = {
    Trouble.CUT: "cut-after-accept@filing*1",
    Trouble.LATE: f"late:{LATE_S}@filing*1",
    Trouble.MAINTENANCE: "maintenance-503-html@filing*1",
    Trouble.LOGIN: "forbidden-403@filing*1",
}
"""As the practice servers read them. Closed hours are none of theirs: the desk keeps them itself."""


class TroubleMaker(Protocol):
    """The practice utility; asking may wait until it runs."""

    def arm(self, rule: str) -> None:
        """Has a written rule strike from now on."""

    def disarm(self) -> None:
        """Takes all rules back."""

    def is_armed(self) -> bool:
        """Whether a rule is still to strike."""


class TroubleDesk:
    """One trouble at a time waits for the next application that is sent. Safe from the store's lane alone."""

    def __init__(self, maker: TroubleMaker, closed_hours: ClosedHoursDesk, now: Now) -> None:
        self._maker = maker
        self._closed_hours = closed_hours
        self._now = now
        self._armed: Trouble | None = None

    def arm(self, trouble: Trouble) -> Trouble:
        """From now on this one waits, in the place of another that did; returns it."""
        self.end()
        if trouble is Trouble.CLOSED:
            now = self._now()
            self._closed_hours.add(now, now + CLOSED_FOR, CLOSED_NOTE)
        else:
            self._maker.arm(_RULES[trouble])
        self._armed = trouble
        return trouble

    def end(self) -> None:
        """Nothing goes wrong on purpose any more; what waited for the end of the closed time goes at once."""
        if self._armed is not None and self._armed is not Trouble.CLOSED:
            self._maker.disarm()
        for window in self._closed_hours.windows():
            if window.note == CLOSED_NOTE:
                self._closed_hours.remove(window.window_id)
        self._armed = None

    def armed(self) -> Trouble | None:
        """What still waits; None also when it has struck, or the closed time is over."""
        if self._armed is Trouble.CLOSED:
            still = any(one.note == CLOSED_NOTE and one.ends_at > self._now() for one in self._closed_hours.windows())
        else:
            still = self._armed is not None and self._maker.is_armed()
        if not still and self._armed is not None:
            self.end()
        return self._armed
