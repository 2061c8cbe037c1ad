"""Reads everything once, to find the rows that cannot be read before somebody needs them."""

from collections import defaultdict

from denkidesk.store.inbox_views import InboxView
from denkidesk.store.store import Store


def unreadable_rows(store: Store) -> dict[str, list[str]]:
    """The keys of all rows that cannot be read, by table."""
    for entry in store.inbox.entries(InboxView()):
        store.inbox.history(entry.listed.receipt_number)
    for item in store.outbox.items():
        store.outbox.events(item.item_id)
        store.outbox.attempts(item.item_id)
    for everything in (store.drafts.all, store.closed_windows.all, store.quotes.all, store.catalogue.check, store.paper_bills.check):
        everything()
    found = defaultdict(list)
    for table, key in sorted(store.unreadable):
        found[table].append(key)
    return dict(found)
