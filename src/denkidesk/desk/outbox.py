"""The way of a new application to the utility: sent at most once, and never lost."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from denkidesk.desk.at_point import AtPoint
from denkidesk.desk.attempt import Attempts, SendResult
from denkidesk.desk.ports import Services
from denkidesk.desk.reconciliation import ReconciliationDesk
from denkidesk.domain.applications import ApplicationKind, Draft, NewApplication, OutboxItem, OutboxState, SimilarApplication
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import ClosedReason, OutcomeCode
from denkidesk.domain.errors import Closed, InputRefused, LoginRefused, OutcomeUnknown, SetupFault, Unreachable
from denkidesk.domain.fault_codes import FormCode, InputCode
from denkidesk.domain.values import dataclass
from denkidesk.store.folder_lock import Owner, owners_dir_of
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.outbox import NO_DOUBLE, AttemptEnd
from denkidesk.store.outbox_rows import Attempt, JournalEntry, OutboxEvent
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.kansai.code_tables import CodeEntry

__all__ = ["Attempt", "OutboxDesk", "OutboxEvent", "SendResult", "SimilarApplication", "WaitingBeside"]

_UNKNOWN_IN_A_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class WaitingBeside:
    """An item that waits for being sent although other applications like it are open."""

    item: OutboxItem
    similar: tuple[SimilarApplication, ...]


class OutboxDesk:
    """An item leaves ``queued`` by one committed transaction before its first byte leaves the machine.

    Only a proof brings it back to ``queued`` (never sent, or the server says that it did not take it) or to ``rejected``. Whatever
    else happens after the first byte leaves it ``unknown``, from where nothing but a person or the utility's listing brings it.
    Several threads and processes may work on one outbox: each item is claimed by one owner, and an owner counts as ended only when
    the operating system has released its lock.
    """

    def __init__(
        self, store: Store, services: Services, now: Now, *, aside: KeptAside, stages: "Callable[[], Iterable[CodeEntry]]" = tuple
    ) -> None:
        self._store = store
        self._at_point = AtPoint(store, now, stages)
        self._services = services
        self._aside = aside
        self._lock = threading.Lock()
        self._active: set[str] = set()
        self._asked: set[str] = set()  # refused by a status alone; the listing was asked for them

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written, and so nothing may be sent."""
        return self._store.unwritable is not None

    # -- the queue

    def queue(
        self,
        application: NewApplication,
        *,
        draft_id: str = "",
        despite: Collection[SimilarApplication] | None = None,
        countdown_s: float = 0.0,
    ) -> OutboxItem:
        """Keeps an application for sending; from here on it is not lost, and the draft that it came from is done with.

        ``despite``: the open applications that a person knows of. Raises InputRefused (``similar_open``) if another one is open by now.
        None: nobody asks. ``countdown_s``: nobody sends it before, unless by its name.
        """
        if despite is not None:
            self._refuse_beside_unknown(application, despite)
        item = self._store.outbox.add(application, draft_id=draft_id, countdown_s=countdown_s)
        self._store.outbox.note_no_double(item.item_id, [one.key for one in despite or ()])
        return item

    def items(self) -> tuple[OutboxItem, ...]:
        """Every item, the oldest first."""
        return self._store.outbox.items()

    def open_items(self) -> tuple[OutboxItem, ...]:
        """What is not settled yet, in the order of sending."""
        return self._store.outbox.open_items()

    def settled_since(self, accepted: datetime, rejected: datetime) -> tuple[OutboxItem, ...]:
        """What was accepted or rejected since, the newest first."""
        return self._store.outbox.settled_since(accepted, rejected)

    def item(self, item_id: str) -> OutboxItem | None:
        """The item of an id as the store has it now; None if there is none."""
        return self._store.outbox.item(item_id)

    def events(self, item_id: str) -> tuple[OutboxEvent, ...]:
        """The journal of one item, oldest first."""
        return self._store.outbox.events(item_id)

    def journal(self, most: int) -> tuple[JournalEntry, ...]:
        """The journal of all items, the newest step first."""
        return self._store.outbox.journal(most)

    def attempts(self, item_id: str) -> tuple[Attempt, ...]:
        """What was written down before each attempt."""
        return self._store.outbox.attempts(item_id)

    def cancel_item(self, item_id: str) -> bool:
        """Takes an item back; False once its first byte may have left."""
        return self._store.outbox.cancel(item_id)

    def undo_cancel(self, item: OutboxItem) -> bool:
        """An item that was taken back waits again, and goes as all that waits does; False if it is not taken back, or no longer what it
        was: a customer's data may have been erased.

        What was filed in its place meanwhile is seen before it goes: no clerk has counted it down.
        """
        standing = self._store.outbox.item(item.item_id)
        is_whole = standing is not None and standing.application == item.application
        return is_whole and self._store.outbox.undo_cancel(item.item_id)

    def stop(self, item_id: str) -> bool:
        """Keeps a waiting item where it is until :meth:`go_on`; False once its first byte may have left."""
        return self._store.outbox.stop(item_id)

    def go_on(self, item_id: str, *, countdown_s: float) -> bool:
        """The clerk wants a waiting item sent, whatever it was waiting for."""
        return self._store.outbox.go_on(item_id, countdown_s=countdown_s)

    def requeue(self, item_id: str, *, despite: Collection[SimilarApplication] | None = (), countdown_s: float = 0.0) -> bool:
        """Queues a refused item again, because a person says so. Items with an unknown outcome are not taken, nor one that was refused by a
        status alone and not asked for since (:meth:`similar_listed`).

        ``despite``: as in :meth:`queue`; it may have been mended and filed since it was refused.
        """
        item = self._store.outbox.item(item_id)
        if item is None or (item.by_status and item_id not in self._asked):
            return False
        if despite is not None:
            self._refuse_beside_unknown(item.application, despite, besides=item_id)
        done = self._store.outbox.requeue(item_id, countdown_s=countdown_s)
        self._store.outbox.note_no_double(item_id, [one.key for one in despite or ()])
        return done

    def similar_listed(
        self, application: NewApplication, *, besides: str = "", cancel: CancelToken | None = None
    ) -> tuple[SimilarApplication, ...]:
        """As :meth:`similar_open`; where one like it was refused by a status alone, the utility's listing is asked first."""
        for item in self._at_point.own(application.supply_point_number, application.kind):
            if item.state is OutboxState.REJECTED:
                ReconciliationDesk(self._store, self._services).ask_for(item, cancel)
                self._asked.add(item.item_id)
        return self.similar_open(application, besides=besides)

    def at_point(self, kind: ApplicationKind, supply_point_number: str) -> tuple[SimilarApplication, ...]:
        """What is open or recent at a supply point, of whatever kind, as far as the store knows."""
        return self._at_point.all(kind, supply_point_number)

    def similar_open(self, application: NewApplication, *, besides: str = "") -> tuple[SimilarApplication, ...]:
        """What may be the same application already: on its way, or open with the utility. ``besides``: an item left out."""
        found = self.at_point(application.kind, application.supply_point_number)
        return tuple(one for one in found if one.may_be_double and not (besides and one.item_id == besides))

    def waiting_beside(self, item_id: str | None = None) -> tuple[WaitingBeside, ...]:
        """Which of the waiting items, or whether the named one, would be sent although another application like it is open that nobody
        has confirmed to be another one.
        """
        waiting = [item for item in self._store.outbox.open_items() if item.state is OutboxState.QUEUED and item_id in (None, item.item_id)]
        found = [WaitingBeside(item, self.beside(item)) for item in waiting]
        return tuple(one for one in found if one.similar)

    def beside(self, item: OutboxItem) -> tuple[SimilarApplication, ...]:
        """The open applications like an item that nobody has confirmed to be others."""
        known = {event.detail for event in self._store.outbox.events(item.item_id) if event.code == NO_DOUBLE}
        return tuple(one for one in self.similar_open(item.application, besides=item.item_id) if one.key not in known)

    def confirm(self, beside: Sequence[WaitingBeside]) -> None:
        """A person has seen what is open beside these items: they are no doubles, and this is not asked again."""
        for one in beside:
            self._store.outbox.note_no_double(one.item.item_id, [similar.key for similar in one.similar])

    def _refuse_beside_unknown(self, application: NewApplication, despite: Collection[SimilarApplication], besides: str = "") -> None:
        known = {one.key for one in despite}
        if any(one.key not in known for one in self.similar_open(application, besides=besides)):
            raise InputRefused.of("supply_point_number", FormCode.SIMILAR_OPEN)

    def envelope_preview(self, application: NewApplication) -> str:
        """The request as it would go out, credentials masked."""
        service = self._services.kansai()
        return service.prepare(application, request_id=service.new_request_id()).preview

    # -- drafts

    def save_draft(self, draft_id: str, kind: ApplicationKind, values: Mapping[str, str]) -> None:
        """Keeps what was typed, right or wrong; a form in which nothing stands is not kept."""
        self._store.drafts.save(draft_id, kind, values)

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, the newest first."""
        return self._store.drafts.all()

    def take_draft(self, draft_id: str) -> Draft | None:
        """Opens a draft under a new id, so that no other form writes over it; None if it is no longer there."""
        return self._store.drafts.take(draft_id)

    def discard_draft(self, draft_id: str) -> None:
        """Forgets a draft; nothing happens if it is gone already."""
        self._store.drafts.discard(draft_id)

    # -- sending

    def send(self, item_id: str, cancel: CancelToken | None = None) -> SendResult:
        """One attempt for one item. An item that is not waiting, or that somebody else is sending, is returned as it stands.

        One that may not go yet is returned with Closed (``held``).
        """
        claimed = self._claim(item_id=item_id)
        if claimed is None:
            standing = self._store.outbox.item(item_id)
            if standing is None:
                raise InputRefused.of("item_id", InputCode.UNKNOWN, item_id=item_id)
            held = next((item for item in self._store.outbox.not_yet_due() if item.item_id == item_id), None)
            return SendResult(standing) if held is None else _held_back(held)
        return self._send_claimed(claimed, cancel)

    def run(self, cancel: CancelToken | None = None, on_change: Callable[[OutboxItem], None] | None = None) -> tuple[SendResult, ...]:
        """One attempt for each waiting item that may go now, outages first; where nothing but items that may not go yet is left, the
        next of these comes last, with Closed (``held``).

        Stops where going on would be useless or harmful: closed, unreachable, a fault of the connection's set-up, two unknown outcomes
        in a row, an outbox that cannot be written, and a refused login, because a second try may lock it. An item whose document cannot
        be made, or that is taken back while it waits for its turn, stops nothing but itself.
        """
        self.recover()
        results: list[SendResult] = []
        unknown_in_a_row = 0
        while not (cancel and cancel.is_cancelled):
            tried = frozenset(result.item.item_id for result in results)
            claimed = self._claim(besides=tried)
            if claimed is None:
                results += [_held_back(item) for item in self._store.outbox.not_yet_due()[:1] if item.item_id not in tried]
                break
            result = self._send_claimed(claimed, cancel)
            results.append(result)
            if on_change is not None:
                on_change(result.item)
            unknown_in_a_row = unknown_in_a_row + 1 if isinstance(result.error, OutcomeUnknown) else 0
            if _ends_a_run(result) or unknown_in_a_row >= _UNKNOWN_IN_A_ROW:
                break
        return tuple(results)

    def send_each(self, item_ids: Iterable[str], cancel: CancelToken | None = None) -> Iterator[SendResult]:
        """One attempt for each of these, in this order; ends where :meth:`run` would."""
        unknown_in_a_row = 0
        for item_id in item_ids:
            if cancel and cancel.is_cancelled:
                return
            result = self.send(item_id, cancel)
            yield result
            unknown_in_a_row = unknown_in_a_row + 1 if isinstance(result.error, OutcomeUnknown) else 0
            if _ends_a_run(result) or unknown_in_a_row >= _UNKNOWN_IN_A_ROW:
                return

    def recover(self) -> int:
        """Takes up what was kept aside, settles what ended processes left behind, and returns how many outcomes became unknown.

        Safe beside other processes and threads that are sending: an owner's items are touched only when it has ended.
        """
        if self.is_read_only:
            return 0
        own, owners_dir = self._store.owner.name, owners_dir_of(self._store.path)
        for path, end in self._aside.kept(AttemptEnd):
            with suppress(Exception):  # it stays where it is until the outbox takes it, and keeps nobody from working
                if self._store.outbox.take_end(end):
                    self._aside.forget(path)
        lost = 0
        for item, owner in self._store.outbox.held():
            # Under the lock, so that no thread of ours claims the item between the look and the act.
            with self._lock:
                if owner == own:
                    lost += item.item_id not in self._active and self._let_go(item, owner)
                    continue
            if Owner.has_ended(owners_dir, owner):
                lost += self._let_go(item, owner)
        return lost

    def _let_go(self, item: OutboxItem, owner: str) -> bool:
        """Settles what nobody works on any more; True if its outcome is unknown now."""
        if item.state is OutboxState.SENDING:
            self._store.outbox.settle(item.item_id, OutboxState.UNKNOWN, code=OutcomeCode.KILLED, if_owner=owner)
            return True
        self._store.outbox.release(item.item_id, owner)  # claimed, never begun: nothing was sent
        return False

    def _claim(self, *, item_id: str | None = None, besides: frozenset[str] = frozenset()) -> OutboxItem | None:
        owner = self._store.owner.name
        with self._lock:  # claimed and known as worked on in one step: a recovery in another thread would take it for left behind
            claimed = self._store.outbox.claim(owner, item_id=item_id, besides=besides)
            if claimed is not None:
                self._active.add(claimed.item_id)
        return claimed

    def _send_claimed(self, item: OutboxItem, cancel: CancelToken | None) -> SendResult:
        try:
            return Attempts(self._store, self._services, self._aside).make(item, self._store.owner.name, cancel)
        finally:
            with self._lock:
                self._active.discard(item.item_id)


def _held_back(item: OutboxItem) -> SendResult:
    return SendResult(item, Closed(ClosedReason.HELD, item.not_before))


def _ends_a_run(result: SendResult) -> bool:
    if result.is_of_the_item:
        return False
    match result.error:
        case LoginRefused():
            return True
        case OutcomeUnknown(code="timeout"):
            return True
        case Closed() | Unreachable() | SetupFault():
            return True
        case _:
            return result.kept_aside is not None
