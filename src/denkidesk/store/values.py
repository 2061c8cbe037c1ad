"""How values are written down: times, JSON, texts as search compares them."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, NewApplication
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode

_SEPARATORS: Final = dict.fromkeys(map(ord, " \t\r\n\xa0　-‐‑‒–—―−ー~〜\"'“”‘’「」『』="))


def to_text(moment: datetime) -> str:
    """An aware moment in Japan's time; texts sort as the moments do."""
    return moment.astimezone(JST).isoformat(timespec="microseconds")


def to_moment(text: str) -> datetime:
    """What :func:`to_text` wrote."""
    return datetime.fromisoformat(text).astimezone(JST)


def to_moment_or_none(text: str | None) -> datetime | None:
    """As :func:`to_moment`; None stays None."""
    return None if text is None else to_moment(text)


def to_date_or_none(text: str | None) -> date | None:
    """An ISO date; None stays None."""
    return None if text is None else date.fromisoformat(text)


def from_date_or_none(day: date | None) -> str | None:
    """An ISO date; None stays None."""
    return None if day is None else day.isoformat()


def search_text(*parts: str) -> str:
    """Texts as search compares them: one form of each letter, without what stands between the digits of a number and round it."""
    from denkidesk.domain.name_folding import folded  # the inbox stands without

    return "\n".join(folded(part).translate(_SEPARATORS) for part in parts if part)


def canonical_json(value: object) -> str:
    """One JSON text for equal values: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def refuse_unstorable(field: str, value: object) -> None:
    """Raises InputRefused for what SQLite would refuse halfway or change in silence: lone surrogates, NaN, integers over 64 bits."""
    match value:
        case str():
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                raise InputRefused.of(field, InputCode.CHARACTERS) from None
        case bool() | None:
            pass
        case int():
            if not -(2**63) <= value < 2**63:
                raise InputRefused.of(field, InputCode.RANGE)
        case float():
            if not math.isfinite(value):
                raise InputRefused.of(field, InputCode.NUMBER)
        case Mapping():
            for name, inner in value.items():
                refuse_unstorable(field, name)
                refuse_unstorable(str(name), inner)
        case Sequence() if not isinstance(value, bytes):
            for inner in value:
                refuse_unstorable(field, inner)
        case _:
            pass


def application_to_json(application: NewApplication) -> str:
    """The canonical JSON of an application: what the outbox keeps and hashes."""
    items: dict[str, object] = {**application.texts(), "kind": application.kind.value, "extra": dict(application.extra)}
    refuse_unstorable("application", items)
    return canonical_json(items)


def application_from_json(text: str) -> NewApplication:
    """What :func:`application_to_json` wrote."""
    items = json.loads(text)
    kind, extra = ApplicationKind(items.pop("kind")), MappingProxyType(items.pop("extra"))
    return NewApplication.from_texts(kind, items, extra)


def status_to_json(status: ApplicationStatus) -> str:
    """The canonical JSON of a status answer."""
    plain = {
        "receipt_number": status.receipt_number,
        "request_status": status.request_status,
        "reception_message": status.reception_message,
        "messages": list(status.messages),
        "items": dict(status.items),
        "extra": dict(status.extra),
    }
    refuse_unstorable("status", plain)
    return canonical_json(plain)


def status_from_json(text: str) -> ApplicationStatus:
    """What :func:`status_to_json` wrote."""
    plain = json.loads(text)
    return ApplicationStatus(
        receipt_number=plain["receipt_number"],
        request_status=plain["request_status"],
        reception_message=plain["reception_message"],
        messages=tuple(plain["messages"]),
        items=MappingProxyType(plain["items"]),
        extra=MappingProxyType(plain["extra"]),
    )
