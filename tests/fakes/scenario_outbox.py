"""An outbox in memory that plays one scenario at a time: what the wizard sees of the desk, without a server."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime

from denkidesk.desk.outbox import SimilarApplication, WaitingBeside
from denkidesk.domain.applications import Draft, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled, Closed, DeskError, InputRefused, OutcomeUnknown, ServerRefused, SetupFault, Unreachable

NOW = datetime(2026, 11, 20, 10, 15, tzinfo=JST)  # a Friday


@dataclass(frozen=True)
class Sent:
    item: OutboxItem
    error: DeskError | None = None
    kept_aside: str | None = None


def similar_one(receipt_number="", state=None, at=NOW):
    return SimilarApplication("" if receipt_number else "item-0", receipt_number, state, "", at)


class ScenarioOutbox:
    """``plays`` names what the next send does. ``release`` must be set before a held send goes on."""

    def __init__(self):
        self.plays = "server_accepts"
        self.message = ""
        self.similar = ()
        self.confirmed = []
        self.sends = []
        self.similar_fault = None
        self.similar_hold = None
        self.stored = {}
        self.draft_fault = None
        self.draft_saves = 0
        self.hold = False
        self.held = threading.Event()
        self.release = threading.Event()
        self.queue_fault = None
        self._items = {}
        self._lock = threading.Lock()

    def queue(self, application: NewApplication, *, draft_id="", despite=None) -> OutboxItem:
        if self.queue_fault is not None:
            raise self.queue_fault
        if despite is not None and any(one not in despite for one in self.similar):
            raise InputRefused.of("supply_point_number", "similar_open")
        with self._lock:
            self.stored.pop(draft_id, None)
            item = OutboxItem(f"item-{len(self._items) + 1}", application, OutboxState.QUEUED, NOW, NOW)
            self._items[item.item_id] = item
            return item

    def send(self, item_id, cancel=None):
        self.sends.append(item_id)
        if self.hold:
            self.held.set()
            assert self.release.wait(20)
        if cancel is not None and cancel.is_cancelled:
            raise Cancelled
        item = self._items[item_id]
        match self.plays:
            case "server_accepts":
                receipt = f"D2611200000{len(self.sends)}"
                return Sent(self._put(item, OutboxState.ACCEPTED, receipt_number=receipt, reception_message=self.message))
            case "server_refuses":
                error = ServerRefused("kansai", "declined", self.message, 200)
                return Sent(self._put(item, OutboxState.REJECTED, failure_code="declined", failure_message=self.message), error)
            case "server_times_out_after_sending":
                return Sent(self._put(item, OutboxState.UNKNOWN, failure_code="timeout"), OutcomeUnknown("kansai", "timeout"))
            case "server_is_away":
                return Sent(self._put(item, OutboxState.QUEUED, failure_code="connect"), Unreachable("kansai", "connect"))
            case "server_is_closed":
                until = datetime(2026, 11, 22, 3, 0, tzinfo=JST)
                return Sent(self._put(item, OutboxState.QUEUED, failure_code="closed", not_before=until), Closed("weekly", until))
            case "wsdl_is_broken":
                return Sent(self._put(item, OutboxState.QUEUED, failure_code="setup"), SetupFault("binding.json", "operations", "missing"))
        raise AssertionError(self.plays)

    def run(self, cancel=None, on_change=None):
        return tuple(self.send(item.item_id, cancel) for item in self.items() if item.state is OutboxState.QUEUED)

    def items(self):
        with self._lock:
            return tuple(self._items.values())

    def item(self, item_id):
        return self._items.get(item_id)

    def cancel_item(self, item_id):
        item = self._items[item_id]
        if item.state is not OutboxState.QUEUED:
            return False
        self._put(item, OutboxState.CANCELLED)
        return True

    def similar_open(self, application, *, besides=""):
        if self.similar_hold is not None:
            assert self.similar_hold.wait(20)
        if self.similar_fault is not None:
            raise self.similar_fault
        return self.similar

    def confirm(self, beside):
        self.confirmed += [one.item.item_id for one in beside]

    def waiting_beside(self, item_id=None):
        waiting = [item for item in self.items() if item.state is OutboxState.QUEUED and item_id in (None, item.item_id)]
        return tuple(WaitingBeside(item, self.similar) for item in waiting if self.similar)

    def envelope_preview(self, application):
        return f"<envelope><number>{application.supply_point_number}</number><password>****</password></envelope>"

    @property
    def draft_fields(self):
        """What the drafts hold, by kind, whatever their ids are."""
        with self._lock:
            return [(draft.kind, dict(draft.fields)) for draft in self.stored.values()]

    def save_draft(self, draft_id, kind, values):
        with self._lock:
            if self.draft_fault is not None:
                raise self.draft_fault
            self.draft_saves += 1
            self.stored.pop(draft_id, None)
            if any(values.values()):
                self.stored[draft_id] = Draft(draft_id, kind, dict(values), NOW)

    def drafts(self):
        with self._lock:
            return tuple(reversed(self.stored.values()))

    def take_draft(self, draft_id):
        with self._lock:
            draft = self.stored.pop(draft_id, None)
            if draft is None:
                return None
            taken = replace(draft, draft_id=f"{draft_id}+")
            self.stored[taken.draft_id] = taken
            return taken

    def discard_draft(self, draft_id):
        with self._lock:
            self.stored.pop(draft_id, None)

    def _put(self, item, state, **more):
        with self._lock:
            changed = replace(item, state=state, attempts=item.attempts + 1, **more)
            self._items[item.item_id] = changed
            return changed
