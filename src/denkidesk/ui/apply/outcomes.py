"""What became of one application, as the page behind the form says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.domain.error_codes import ExchangeCode, OutboxCode, OutcomeCode, RefusalCode
from denkidesk.domain.errors import Closed, LoginRefused, OutcomeUnknown, ServerRefused, SetupFault, Unreachable
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.errors import said, unknown_outcome
from denkidesk.texts.outbox import HOLDS


class Action(StrEnum):
    """What the clerk may do next."""

    SHOW_IN_INBOX = "show_in_inbox"
    SETTLE = "settle"
    COPY_RECEIPT = "copy_receipt"
    NEXT_APPLICATION = "next_application"
    MEND = "mend"
    RETRY = "retry"
    TRY_ONCE = "try_once"
    TO_START = "to_start"
    SETTINGS = "settings"
    TO_OUTBOX = "to_outbox"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page. ``actions``: the most likely first. ``words``: the server's own, to be shown as plain text only."""

    tone: str  # "ok", "warn", "error" or "info"
    icon: str
    title: str
    lead: str
    points: tuple[str, ...] = ()
    receipt_number: str = ""
    words_title: str = ""
    words: str = ""
    actions: tuple[Action, ...] = (Action.NEXT_APPLICATION,)
    is_stored: bool = True

    @property
    def summary(self) -> str:
        """The page in two lines, for a clerk who has gone on to something else."""
        told = self.points[:1] if self.is_stored else self.points
        return "\n".join(line for line in (f"{self.lead}{''.join(told)}", self.words) if line)


_EVIDENCE: Final[Mapping[str, str]] = MappingProxyType(
    {OutcomeCode.RECEIPT_TAKEN: texts.OTHER_APPLICATION, ExchangeCode.SCHEMA: texts.RECEIPT_READ, OutcomeCode.LISTED: texts.RECEIPT_LABEL}
)
"""What the number is that an unknown outcome keeps, by its code."""


def outcome_of(item: OutboxItem, error: object) -> Outcome:
    """The page for an item as it stands after an attempt; ``error``: what the attempt raised, None if nothing."""
    match item.state:
        case OutboxState.ACCEPTED:
            return Outcome(
                "ok",
                "check-circle",
                texts.ACCEPTED_TITLE,
                "",
                receipt_number=item.receipt_number,
                words_title=texts.RECEPTION_MESSAGE if item.reception_message else "",
                words=item.reception_message,
            )
        case OutboxState.REJECTED:
            words = error.message if isinstance(error, ServerRefused) else item.failure_message
            code = error.code if isinstance(error, ServerRefused) else item.failure_code
            lead = texts.REJECTED_LEAD
            if item.by_status or code == RefusalCode.BAD_REQUEST:
                refused = ServerRefused("kansai", RefusalCode(code), by_status=item.by_status)
                lead = (texts.REJECTED_BY_STATUS if item.by_status else texts.REJECTED_BAD_REQUEST).format(reason=said(refused).happened)
            return Outcome(
                "error",
                "error",
                texts.REJECTED_TITLE,
                lead,
                words_title=texts.SERVER_WORDS,
                words=words or texts.NO_SERVER_WORDS,
                actions=(Action.MEND, Action.TO_START),
            )
        case OutboxState.UNKNOWN if item.failure_code == OutcomeCode.NOT_STORED:
            return Outcome(
                "warn",
                "warning",
                texts.NOT_STORED_TITLE,
                "",
                points=texts.NOT_STORED_POINTS,
                receipt_number=item.failure_message,
                is_stored=False,
                actions=(Action.COPY_RECEIPT, Action.SHOW_IN_INBOX, Action.NEXT_APPLICATION),
            )
        case OutboxState.UNKNOWN | OutboxState.ASK:
            happening = said(error).happened if isinstance(error, OutcomeUnknown) else unknown_outcome(item.failure_code)
            return Outcome(
                "warn",
                "unknown",
                texts.UNKNOWN_TITLE,
                texts.UNKNOWN_LEAD.format(reason=happening),
                points=texts.UNKNOWN_POINTS,
                words_title=_EVIDENCE.get(item.failure_code, "") if item.failure_message else "",
                words=item.failure_message if item.failure_code in _EVIDENCE and item.failure_message else said(error).detail,
                actions=(Action.SETTLE, Action.NEXT_APPLICATION),
            )
        case OutboxState.CANCELLED:
            return Outcome("info", "outbox", texts.CANCELLED_TITLE, texts.CANCELLED_LEAD, actions=(Action.MEND, Action.TO_START))
        case OutboxState.SENDING:
            return Outcome("info", "send", texts.SENDING_TITLE, texts.SENT_ELSEWHERE, actions=(Action.TO_START,))
        case OutboxState.QUEUED:
            return _kept(item, error)


def beside_the_outbox(outcome: Outcome, place: str) -> Outcome:
    """The page for what the outbox could not take; ``place``: the file that has it, may be empty."""
    return replace(outcome, points=(*outcome.points, texts.kept_aside(place)), is_stored=False)


def with_further_words(outcome: Outcome, extra: Mapping[str, str]) -> Outcome:
    """The page with what the utility said in items that have no name of ours, by their path."""
    if not extra:
        return outcome
    lines = [texts.NOTE_LINE.format(label=path, answer=text) for path, text in extra.items()]
    return replace(outcome, words="\n".join(filter(None, (outcome.words, *lines))), words_title=outcome.words_title or texts.SERVER_WORDS)


def held_back(hold: str, error: object) -> Outcome:
    """The page for an item that waits for something else than its turn. ``hold``: for what; ``error``: how the server's last call ended."""
    actions = (Action.TO_OUTBOX, Action.NEXT_APPLICATION)
    lead = texts.KEPT_HELD.format(why=HOLDS[hold])
    return Outcome("info", "outbox", texts.KEPT_TITLE, lead, words=said(error).line, points=(texts.KEPT_SAFE,), actions=actions)


def not_kept(error: object) -> Outcome:
    """The page for an application that could not even be stored."""
    return Outcome(
        "error", "error", texts.NOT_SAVED_TITLE, texts.NOT_SAVED_LEAD, words=said(error).line, actions=(Action.MEND, Action.TO_START)
    )


def _kept(item: OutboxItem, error: object) -> Outcome:
    actions = (Action.RETRY, Action.NEXT_APPLICATION)
    safe = (texts.KEPT_SAFE,)
    words = said(error).line
    if isinstance(error, LoginRefused):
        return Outcome(
            "error",
            "key",
            texts.LOGIN_TITLE,
            texts.LOGIN_LEAD.format(reason=said(error).happened),
            points=(texts.LOGIN_STOPPED, *safe),
            words_title=texts.SERVER_WORDS if error.message else "",
            words=error.message,
            actions=(Action.SETTINGS, Action.NEXT_APPLICATION, Action.TRY_ONCE),
        )
    if isinstance(error, SetupFault):
        return Outcome(
            "error", "settings", texts.SETUP_TITLE, texts.SETUP_LEAD, points=safe, words=words, actions=(Action.SETTINGS, *actions)
        )
    if isinstance(error, Closed) or item.failure_code == OutboxCode.CLOSED:
        until = item.not_before or (error.until if isinstance(error, Closed) else None)
        lead = texts.KEPT_CLOSED.format(until=dates.moment(until)) if until else texts.KEPT_CLOSED_OPEN_END
        return Outcome("info", "clock", texts.KEPT_TITLE, lead, points=safe, actions=actions[::-1])
    if isinstance(error, Unreachable):
        lead = said(error).text
        points = (texts.KEPT_UNREACHABLE, *safe)
        return Outcome("warn", "server-off", texts.KEPT_TITLE, lead, points=points, words=said(error).detail, actions=actions)
    return Outcome("info", "outbox", texts.KEPT_TITLE, texts.KEPT_STOPPED, points=safe, words=words, actions=actions)
