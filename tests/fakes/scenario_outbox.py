"""An outbox in memory that plays one scenario at a time: what the form sees of the desk, without a server."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from denkidesk.desk.outbox import Attempt, OutboxEvent, WaitingBeside
from denkidesk.domain.applications import ApplicationKind, Draft, NewApplication, OutboxItem, OutboxState, SimilarApplication
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled, Closed, DeskError, InputRefused, OutcomeUnknown, ServerRefused, SetupFault, Unreachable

NOW = datetime(2026, 11, 20, 10, 15, tzinfo=JST)  # a Friday


@dataclass(frozen=True)
class Sent:
    item: OutboxItem
    error: DeskError | None = None
    kept_aside: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    is_of_the_item: bool = False


def similar_one(receipt_number="", state=None, at=NOW):
    return SimilarApplication("" if receipt_number else "item-0", receipt_number, state, "", at, ApplicationKind.OUTAGE)


class ScenarioOutbox:
    """``plays`` names what the next send does. ``release`` must be set before a held send goes on."""

    def __init__(self):
        self.plays = "server_accepts"
        self.message = ""
        self.similar = ()
        self.others = ()  # at the point, and no doubles
        self.looked_at = []
        self.journal = {}
        self.point_hold = self.point_fault = None
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

    def queue(self, application: NewApplication, *, draft_id="", despite=None, countdown_s=0.0) -> OutboxItem:
        if self.queue_fault is not None:
            raise self.queue_fault
        if despite is not None and any(one not in despite for one in self.similar):
            raise InputRefused.of("supply_point_number", "similar_open")
        with self._lock:
            self.stored.pop(draft_id, None)
            item = OutboxItem(f"item-{len(self._items) + 1}", application, OutboxState.QUEUED, NOW, NOW)
            item = self._items[item.item_id] = replace(item, **_counted(countdown_s))
            return item

    is_read_only = False

    def recover(self):
        return 0

    def open_items(self):
        open_states = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.ASK)
        return tuple(item for item in self.items() if item.state in open_states)

    def settled_since(self, _accepted, _rejected):
        return tuple(item for item in self.items() if item.state in (OutboxState.ACCEPTED, OutboxState.REJECTED))

    def beside(self, item):
        return () if item.item_id in self.confirmed else self.similar

    def stop(self, item_id):
        self._items[item_id] = replace(self._items[item_id], failure_code="stopped", not_before=None)
        return True

    def go_on(self, item_id, *, countdown_s):
        self._items[item_id] = replace(self._items[item_id], **_counted(countdown_s))
        return True

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

    def items(self):
        with self._lock:
            return tuple(self._items.values())

    def item(self, item_id):
        return self._items.get(item_id)

    def attempts(self, item_id):
        return (Attempt(1, "1", "{}", b"", "", NOW),) if item_id in self._items else ()

    def events(self, item_id):
        return self.journal.get(item_id, ())

    def settle_as_found(self, item_id, receipt_number):
        """Another screen has found the item in the listing."""
        self.journal[item_id] = (OutboxEvent(NOW, OutboxState.UNKNOWN, OutboxState.ACCEPTED, 1, "clerk", receipt_number),)
        self._put(self._items[item_id], OutboxState.ACCEPTED, receipt_number=receipt_number)

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

    def at_point(self, kind, supply_point_number):
        self.looked_at.append((kind, supply_point_number))
        if self.point_hold is not None:
            assert self.point_hold.wait(20)
        if self.point_fault is not None:
            raise self.point_fault
        return (*self.similar, *self.others)

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


def _counted(countdown_s):
    return {"failure_code": "counting" if countdown_s else "", "not_before": NOW + timedelta(seconds=countdown_s) if countdown_s else None}
