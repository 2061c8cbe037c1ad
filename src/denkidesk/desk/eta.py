"""When each waiting call to the utility starts, and why it has not begun."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from denkidesk.desk.server_state import Condition, ServerState
from denkidesk.domain.values import dataclass

if TYPE_CHECKING:
    from denkidesk.wire.gate import Gate


class WaitReason(StrEnum):
    """Why a call has not begun."""

    GATE = "gate"  # at most one request a second
    CLOSED = "closed"  # the server's hours
    AWAY = "away"  # the server did not answer when it was asked last
    LOGIN_REFUSED = "login_refused"


@dataclass(frozen=True, slots=True)
class Wait:
    """What stands before a call. ``ahead``: calls of this process that start before it; ``eta_s``: seconds until it can start by the gate's
    own interval and margin, if no other process comes between.
    """

    ahead: int
    eta_s: float
    reason: WaitReason
    until: datetime | None = None  # of closed hours, if known


def wait_behind(queued_before: int, gate: "Gate | None", utility: ServerState) -> Wait:
    """What stands before a call behind ``queued_before`` others that have not come to the gate yet; no gate: nothing has to wait."""
    ahead = queued_before + (0 if gate is None else gate.queue_length)
    eta_s = 0.0 if gate is None else gate.next_free_in_s() + queued_before * gate.period_s
    return Wait(ahead, eta_s, _REASONS.get(utility.condition, WaitReason.GATE), utility.until)


_REASONS: Final = {
    Condition.CLOSED: WaitReason.CLOSED,
    Condition.AWAY: WaitReason.AWAY,
    Condition.LOGIN_REFUSED: WaitReason.LOGIN_REFUSED,
}
