"""Our values as the JSON of the command line: names of the items, ISO dates."""

from datetime import date, datetime

from denkidesk.desk.outbox import SendResult
from denkidesk.domain.applications import ApplicationStatus, InboxEntry, ListedApplication, OutboxItem


def _text(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def listed_json(listed: ListedApplication) -> dict[str, object]:
    return {
        "receipt_number": listed.receipt_number,
        "work_stage": listed.work_stage,
        "registered_on": _text(listed.registered_on),
        "visit_on": _text(listed.visit_on),
        "selection_code": listed.selection_code,
        "supply_point_number": listed.supply_point_number,
        "has_message": listed.has_message,
        "extra": dict(listed.extra),
    }


def entry_json(entry: InboxEntry) -> dict[str, object]:
    return {
        **listed_json(entry.listed),
        "messages": list(entry.status.messages) if entry.status else [],
        "unread": entry.unread,
        "previous_stage": entry.previous_stage or None,
        "kind": entry.kind.value if entry.kind else None,
        "changed_at": _text(entry.changed_at),
        "synced_at": _text(entry.synced_at),
        "status_at": _text(entry.status_at),
    }


def status_json(status: ApplicationStatus) -> dict[str, object]:
    """One application as the utility describes it; items that have no name of ours are under ``extra``."""
    return {
        "receipt_number": status.receipt_number,
        "request_status": status.request_status,
        "reception_message": status.reception_message,
        "messages": list(status.messages),
        **status.items,
        "extra": dict(status.extra),
    }


def sent_json(result: SendResult) -> dict[str, object]:
    """An item after an attempt, with what the utility said beyond the items that have a name of ours."""
    return {**item_json(result.item), "extra": dict(result.extra)} if result.extra else item_json(result.item)


def item_json(item: OutboxItem) -> dict[str, object]:
    application = item.application
    return {
        "state": item.state.value,
        "receipt_number": item.receipt_number or None,
        "reception_message": item.reception_message or None,
        "request_id": item.request_id or None,
        "item_id": item.item_id,
        "kind": application.kind.value,
        "application": {**application.texts(), "extra": dict(application.extra)},
        "attempts": item.attempts,
        "failure_code": item.failure_code or None,
        "failure_message": item.failure_message or None,
        "not_before": _text(item.not_before),
        "created_at": _text(item.created_at),
        "changed_at": _text(item.changed_at),
    }
