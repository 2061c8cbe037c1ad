"""The lists as tables: a row an application, in the words of the screen, numbers and dates as texts that sort."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.desk.inbox_acts import Chosen
from denkidesk.desk.spreadsheets import SUFFIXES, write_table
from denkidesk.domain.applications import InboxEntry, OutboxItem
from denkidesk.texts import inbox as texts
from denkidesk.texts import inbox_acts as acts
from denkidesk.texts import outbox
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES, field_name, kind_name

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

__all__ = ["INBOX_HEADINGS", "OUTBOX_HEADINGS", "SUFFIXES", "export_chosen", "inbox_rows", "outbox_rows"]

_LISTED: Final = ("receipt_number", "kind", "work_stage", "supply_point_number", "registered_on", "visit_on")
_PERSON: Final = ("customer_name", "supply_point_address")
_OWN: Final = (acts.NOTE, acts.TAG, acts.FOLLOW_UP)
INBOX_HEADINGS: Final = (*map(field_name, (*_LISTED, *_PERSON)), texts.UNREAD, field_name("messages"), *_OWN)
_SENT: Final = (
    "supply_point_number",
    *_PERSON,
    "selection_code",
    "equipment_class",
    "content_code",
    "service_menu",
    "visit_on",
    "change_on",
)
OUTBOX_HEADINGS: Final = (
    outbox.STATE,
    *map(field_name, ("kind", "receipt_number", *_SENT)),
    outbox.PUT_IN_AT,
    outbox.CHANGED_AT,
    outbox.WHY,
)


def export_chosen(desk: "Desk", chosen: Chosen, path: Path, *, may_replace: bool) -> tuple[Path, int]:
    """Writes the chosen entries, and returns where to and how many; where another file may not be replaced, beside it.

    Raises SetupFault where nothing can be written there: another program may hold the file open.
    """
    entries = desk.inbox_acts.entries(chosen)
    if not may_replace:
        path = _free_name(path)
    write_table(path, INBOX_HEADINGS, inbox_rows(desk, entries))
    return path, len(entries)


def _free_name(path: Path) -> Path:
    for number in count(2):
        if not path.exists():
            break
        stem = path.stem.removesuffix(f" ({number - 1})")
        path = path.with_stem(f"{stem} ({number})")
    return path


def inbox_rows(desk: "Desk", entries: Sequence[InboxEntry] | None = None) -> tuple[tuple[str, ...], ...]:
    """These entries; or every one, the newest registration first."""
    word = desk.installed_set.readable_code_tables().label
    sent = {item.receipt_number: item for item in desk.outbox.items() if item.receipt_number}

    def row(entry: InboxEntry) -> tuple[str, ...]:
        listed, status = entry.listed, entry.status
        own = sent.get(listed.receipt_number)
        known = (status.items if status else {}) or (own.application.texts() if own else {})
        return (
            listed.receipt_number,
            kind_name(entry.kind),
            word("work_stage", listed.work_stage),
            listed.supply_point_number,
            _day(listed.registered_on),
            _day(listed.visit_on),
            *(known.get(name) or (own.application.texts().get(name, "") if own else "") for name in _PERSON),
            texts.UNREAD if entry.unread else "",
            "\n".join(reversed(status.messages)) if status and status.messages else (texts.HAS_MESSAGE if listed.has_message else ""),
            entry.note,
            " ".join(entry.tags),
            _day(entry.follow_up_on),
        )

    return tuple(map(row, desk.inbox.entries() if entries is None else entries))


def outbox_rows(desk: "Desk") -> tuple[tuple[str, ...], ...]:
    """Every item, the oldest first."""
    word = desk.installed_set.readable_code_tables().label

    def row(item: OutboxItem) -> tuple[str, ...]:
        items = item.application.texts()
        return (
            OUTBOX_STATE_NAMES[item.state],
            KIND_NAMES[item.application.kind],
            item.receipt_number,
            *(word(name, items.get(name, "")) if items.get(name) else "" for name in _SENT),
            _moment(item.created_at),
            _moment(item.changed_at),
            item.reception_message or item.failure_message,
        )

    return tuple(map(row, desk.outbox.items()))


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
