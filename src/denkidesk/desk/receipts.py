"""Which accepted applications the clerk has not put away yet: their cards are there again after a restart."""

import json
import threading
from typing import Final

from denkidesk.desk.outbox import OutboxDesk
from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.domain.values import dataclass
from denkidesk.store.ui_state import UiStateStore

_KEY: Final = "receipts.open"
_MOST: Final = 200
"""Older ones are put away by themselves: they are in the inbox and in the outbox all the same."""


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """``words``: all that the utility said when it accepted, of which the outbox has the reception message alone."""

    item: OutboxItem
    words: str


class ReceiptShelf:
    """Safe from any thread of one process: the window alone puts cards here."""

    def __init__(self, outbox: OutboxDesk, notes: UiStateStore) -> None:
        self._outbox = outbox
        self._notes = notes
        self._lock = threading.Lock()

    def open(self) -> tuple[OpenReceipt, ...]:
        """Those that are not put away, the oldest first, as the outbox has them now."""
        found = [(self._outbox.item(item_id), words) for item_id, words in self._kept().items()]
        return tuple(OpenReceipt(item, words) for item, words in found if item is not None and item.state is OutboxState.ACCEPTED)

    def keep(self, item_id: str, words: str) -> None:
        """An application was accepted."""
        with self._lock:
            kept = self._kept()
            kept[item_id] = words
            self._store(kept)

    def put_away(self, item_id: str) -> None:
        """The clerk needs its card no more; nothing happens if it is put away already."""
        with self._lock:
            kept = self._kept()
            if kept.pop(item_id, None) is not None:
                self._store(kept)

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self._notes.get(_KEY) or "[]"))

    def _store(self, kept: dict[str, str]) -> None:
        self._notes.set(_KEY, json.dumps(list(kept.items())[-_MOST:], ensure_ascii=False))
