"""Applications as the store gives them."""

from datetime import date, datetime

from denkidesk.domain.applications import ApplicationKind, InboxEntry, ListedApplication
from denkidesk.domain.clock import JST

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)


def entry(number, *, unread=False, day=1, visit=None, kind=ApplicationKind.OUTAGE, message=False):
    listed = ListedApplication(f"P{number:04}", "PW01", date(2026, 11, day), visit, "PS301", "06" + "0" * 16 + f"{number:04}", message)
    return InboxEntry(listed, unread, NOON, NOON, NOON, kind=kind)
