"""Rows of the inbox, as every part of it reads them."""

import json
from types import MappingProxyType

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, InboxEntry, ListedApplication
from denkidesk.store.connection import UNREADABLE, Row
from denkidesk.store.values import status_from_json, to_date_or_none, to_moment, to_moment_or_none

_UNFETCHED = " "  # the utility left a message that nobody has fetched: between those without one and those with its words
_MESSAGE_LETTERS = 80  # of a message, to sort by


def entry_of(row: Row) -> InboxEntry:
    """A row of the table as a value."""
    return InboxEntry(
        listed=ListedApplication(
            receipt_number=row["receipt_number"],
            work_stage=row["work_stage"],
            registered_on=to_date_or_none(row["registered_on"]),
            visit_on=to_date_or_none(row["visit_on"]),
            selection_code=row["selection_code"],
            supply_point_number=row["supply_point_number"],
            has_message=bool(row["has_message"]),
            extra=MappingProxyType(json.loads(row["extra"])),
        ),
        unread=bool(row["unread"]),
        first_seen_at=to_moment(row["first_seen_at"]),
        changed_at=to_moment(row["changed_at"]),
        synced_at=to_moment(row["synced_at"]),
        previous_stage=row["previous_stage"],
        status=None if row["status"] is None else status_from_json(row["status"]),
        status_at=to_moment_or_none(row["status_at"]),
        kind=None if row["kind"] is None else ApplicationKind(row["kind"]),
        seen_to=row["seen_to"],
        note=row["note"],
        noted_at=to_moment_or_none(row["noted_at"]),
        tags=tuple(row["tags"].split()),
        follow_up_on=to_date_or_none(row["follow_up_on"]),
        customer_name=row["customer_name"],
        supply_point_address=row["supply_point_address"],
        moved_on=to_date_or_none(row["moved_on"] or None),
    )


def newest_message(status: ApplicationStatus | None, has_message: bool) -> str:
    """What rows are sorted by in the order of messages."""
    if status is not None and status.messages:
        return " ".join(status.messages[-1].split())[:_MESSAGE_LETTERS]
    return _UNFETCHED if has_message else ""


def newest_message_of(status: bytes | None, has_message: int) -> str:
    """As :func:`newest_message`, of a row as it is stored; of one that cannot be read, nothing."""
    try:
        return newest_message(status_from_json(status.decode()) if status else None, bool(has_message))
    except UNREADABLE:
        return ""
