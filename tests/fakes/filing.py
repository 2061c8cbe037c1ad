"""Invented applications, filing straight through the client, and what an item says held against the server's books."""

from datetime import date
from typing import Any

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState, Receipt
from denkidesk.kansai.client import KansaiClient


def submit(client: KansaiClient, application: NewApplication, *, request_id: str, **options: Any) -> Receipt:
    """Prepares and sends."""
    return client.submit(client.prepare(application, request_id=request_id), **options)


def application(kind, number):
    """An invented application that its supply point number tells from all others."""
    point = f"06{number:020}"
    if kind is ApplicationKind.OUTAGE:
        return NewApplication(kind, "PS301", "PE301", point, customer_name="見本 太郎", supply_point_address="大阪府大阪市見本町0-0-0")
    return NewApplication(kind, "PS501", "PE501", point, customer_name="見本 花子", service_menu="PM02", change_on=date(2027, 1, 1))


def untrue(item, books):
    """What an item claims and the server's books deny; empty if they agree. ``books``: what was filed for its supply point."""
    receipts = [filed.receipt_number for filed in books]
    match item.state:
        case OutboxState.ACCEPTED:
            return "" if receipts == [item.receipt_number] else f"accepted as {item.receipt_number}, filed {receipts}"
        case OutboxState.UNKNOWN | OutboxState.ASK:
            return "" if len(receipts) <= 1 and not item.receipt_number else f"unknown, filed {receipts}"
        case _:
            return f"{item.state}, filed {receipts}" if receipts else ""


def outage(number: int = 123, **changes: Any) -> NewApplication:
    """One that can be filed; ``number`` is that of the supply point."""
    return NewApplication(
        ApplicationKind.OUTAGE,
        **{
            "selection_code": "PS301",
            "equipment_class": "PE301",
            "supply_point_number": f"06{number:020}",
            "supply_point_address": "大阪府大阪市見本町0-0-0",
            "customer_name": "見本 太郎",
            **changes,
        },
    )
