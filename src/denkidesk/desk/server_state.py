"""How a server was when it was asked last."""

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from denkidesk.domain.values import dataclass


class Condition(StrEnum):
    """How a server was when it was asked last."""

    NEVER_ASKED = "never_asked"
    FINE = "fine"  # it answered, if only with a no
    TROUBLED = "troubled"  # it is there, and answers what it should not
    AWAY = "away"
    LOGIN_REFUSED = "login_refused"
    CLOSED = "closed"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True, slots=True)
class ServerState:
    """``at``: of the newest call that told something; ``since``: when this condition began; ``until``: end of a closed time, if known.

    ``error``: how that call ended, None where it went well.
    """

    condition: Condition
    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    error: BaseException | None = field(default=None, compare=False)
