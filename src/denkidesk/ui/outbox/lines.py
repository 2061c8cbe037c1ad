"""送信トレイ line by line, in words: what waits in the order of sending, what has no known outcome, what was sent today. Qt-free."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import ApplicationKind, OutboxItem, OutboxState
from denkidesk.domain.error_codes import OutboxCode
from denkidesk.domain.values import dataclass
from denkidesk.texts import outbox as texts
from denkidesk.texts.names import OUTBOX_STATE_NAMES, narrow_kind_name

if TYPE_CHECKING:
    from denkidesk.desk.sending import Plan, Planned

UNSETTLED: Final = (OutboxState.UNKNOWN, OutboxState.ASK)
ON_THEIR_WAY: Final = ("counting", "turn")


class Act(StrEnum):
    """The one thing that helps a line."""

    STOP = "stop"
    GO_ON = "go_on"
    RESUME = "resume"
    CONFIRM = "confirm"
    SETTLE = "settle"
    MEND = "mend"
    LOGIN = "login"
    RECEIPT = "receipt"


ACT_NAMES: Final = {
    Act.STOP: texts.STOP,
    Act.GO_ON: texts.GO_ON,
    Act.RESUME: texts.RESUME,
    Act.CONFIRM: texts.CONFIRM_SIMILAR,
    Act.SETTLE: texts.SETTLE,
    Act.MEND: texts.MEND_REJECTED,
    Act.LOGIN: texts.SETTLE,
    Act.RECEIPT: texts.RECEIPT,
}
_ACT_OF_HOLD: Final = {
    "paused": Act.RESUME,
    "stopped": Act.GO_ON,
    "similar": Act.CONFIRM,
    "faulty": Act.MEND,
    "login_refused": Act.LOGIN,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One application, or the heading of a group where ``item`` is None: then the first cell is all of it."""

    cells: tuple[str, ...]
    item: OutboxItem | None = None
    planned: "Planned | None" = None
    act: Act | None = None
    icon: tuple[str, str] = ("", "")  # name and tone


def lines_of(plan: "Plan") -> tuple[Line, ...]:
    """The lines of a plan."""
    now = plan.at
    sending = [item for item in plan.unsettled if item.state is OutboxState.SENDING]
    unknown = [item for item in plan.unsettled if item.state in UNSETTLED]
    lines: list[Line] = []
    if sending or plan.waiting:
        lines.append(_heading(texts.WAITING.format(count=f"{len(sending) + len(plan.waiting):,}"), "clock", "muted"))
        lines += [_settled(item, now) for item in sending]
        after_outage = bool(sending)
        for number, one in enumerate(plan.waiting, 1):
            is_outage = one.item.application.kind is ApplicationKind.OUTAGE
            lines.append(_waiting(number, one, now, after_outage=after_outage and not is_outage))
            after_outage = is_outage
    if unknown:
        lines.append(_heading(texts.UNKNOWN_GROUP.format(count=f"{len(unknown):,}"), "unknown", "warn"))
        lines += [_settled(item, now, Act.SETTLE) for item in unknown]
    if plan.settled:
        lines.append(_heading(texts.settled(plan.settled), "check-circle", "ok"))
        lines += [_settled(item, now, Act.MEND if item.state is OutboxState.REJECTED else Act.RECEIPT) for item in plan.settled]
    return tuple(lines)


def needs_a_person(plan: "Plan") -> bool:
    """Whether something waits for the clerk, and not for its turn or the server."""
    unknown = any(item.state in UNSETTLED for item in plan.unsettled)
    return unknown or (plan.pause is not None and bool(plan.waiting)) or any(one.hold in _ACT_OF_HOLD for one in plan.waiting)


def in_short(plan: "Plan", passed_s: float) -> str:
    """What waits, in all: until when, or why nothing moves. ``passed_s``: since the plan was made. Empty where nothing waits."""
    if not plan.waiting:
        return ""
    moments = [one.at for one in plan.waiting if one.hold in ON_THEIR_WAY and one.at is not None]
    left_s = (max(moments) - plan.at).total_seconds() - passed_s if moments else 0.0
    first = plan.waiting[0]
    hold = str(first.hold)
    plan_words = _plan(first, plan.at)
    why = texts.HOLDS[hold] if hold in ("paused", "stopped", "similar", "faulty", "setup") else f"{texts.HOLDS[hold]} {plan_words}"
    return texts.in_short(len(plan.waiting), len(moments), left_s, why)


def spoken(line: Line) -> str:
    """The whole line as one sentence."""
    return "、".join(cell for cell in line.cells if cell)


def why(item: OutboxItem) -> str:
    """Why an item stands where it stands, on one line; the server's own words last."""
    if item.state is OutboxState.ACCEPTED:
        return item.receipt_number
    words = "" if item.failure_code == OutboxCode.INPUT else " ".join(item.failure_message.split())
    parts = (texts.WHYS.get(item.failure_code, item.failure_code), texts.BY_STATUS if item.by_status else "", words)
    return " · ".join(part for part in parts if part)


def _heading(words: str, icon: str, tone: str) -> Line:
    return Line((words, *[""] * (len(texts.COLUMNS) - 1)), icon=(icon, tone))


def _waiting(number: int, one: "Planned", now: datetime, *, after_outage: bool) -> Line:
    hold = str(one.hold)
    on_its_way = hold in ON_THEIR_WAY
    act = Act.STOP if on_its_way or hold in ("away", "checking", "closed") else _ACT_OF_HOLD.get(hold)
    state = texts.SOON if hold == "counting" else texts.STOPPED if hold in ("paused", "stopped") else OUTBOX_STATE_NAMES[one.item.state]
    reason = texts.AFTER_OUTAGE if after_outage and hold == "turn" else texts.HOLDS[hold]
    if hold in ("setup", "faulty", "away") and one.item.failure_code:
        reason = why(one.item) or reason
    icon = ("send", "accent") if on_its_way else ("clock", "muted") if act is Act.STOP else ("warning", "warn")
    return Line(_cells(one.item, f"{number}  {state}", reason, _plan(one, now), act), one.item, one, act, icon)


def _plan(one: "Planned", now: datetime) -> str:
    hold = str(one.hold)
    if hold in ON_THEIR_WAY and one.at is not None:
        return texts.AROUND.format(time=texts.moment_of(one.at, now))
    if hold == "closed" and one.at is not None:
        return texts.GOES_ON.format(when=texts.moment_of(one.at, now))
    if hold in ("away", "checking") and one.at is not None:
        return texts.NEXT_LOOK.format(time=texts.moment_of(one.at, now))
    return texts.UNTIL_ANSWERED if hold in ("similar", "login_refused", "setup", "faulty") else texts.UNTIL_RESUMED


def _settled(item: OutboxItem, now: datetime, act: Act | None = None) -> Line:
    from denkidesk.ui.parts.item_icons import STATE_ICONS

    state, plan = OUTBOX_STATE_NAMES[item.state], texts.moment_of(item.changed_at, now)
    if item.state in UNSETTLED:
        plan = texts.NOT_BY_ITSELF
    return Line(_cells(item, state, why(item), plan, act), item, None, act, STATE_ICONS[item.state])


def _cells(item: OutboxItem, state: str, reason: str, plan: str, act: Act | None) -> tuple[str, ...]:
    application = item.application
    who = application.customer_name or application.supply_point_number
    act_name = "" if act is None else ACT_NAMES[act]
    return state, narrow_kind_name(application.kind), who or "", application.supply_point_address or "", reason, plan, act_name
