"""Unknown outcomes: whether the utility has an application whose answer never came, by its listing, the only way to ask."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from denkidesk.desk.ports import Services
from denkidesk.domain.applications import ListedApplication, ListingCriteria, OutboxItem, OutboxState
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.errors import Unreachable
from denkidesk.domain.values import dataclass
from denkidesk.store.store import Store

_OPEN: Final = (OutboxState.UNKNOWN, OutboxState.ASK)
_LATE: Final = time(23, 50)
"""What was sent later may be registered on the next day: the server's clock counts, and its work takes a while."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """An item with an unknown outcome and the listed applications that may be it.

    Everything that the listing shows is alike: supply point, selection, day. It shows no name, so another's application by telephone
    looks the same. ``match``: the only candidate, where no other item may be it either.
    """

    item: OutboxItem
    sent_at: datetime
    candidates: tuple[ListedApplication, ...]
    match: ListedApplication | None


class ReconciliationDesk:
    """Brings an item out of ``unknown`` by one match, or by a person's word. What the listing does not show proves nothing."""

    def __init__(self, store: Store, services: Services) -> None:
        self._store = store
        self._services = services

    def ask(self, cancel: CancelToken | None = None) -> None:
        """Asks for the listing of each supply point with an unknown outcome, and stores what it shows."""
        self._ask(self._unknown(), cancel)

    def ask_for(self, item: OutboxItem, cancel: CancelToken | None = None) -> tuple[ListedApplication, ...]:
        """As :meth:`ask`, for one item, whatever its state; returns the listed applications that may be it.

        A listing that shows what was not asked for is the answer to another question: that nothing like the item is in it proves nothing.
        """
        answers = self._ask([item], cancel)
        found = self._candidates(item)
        if not found and not answers:
            raise Unreachable("kansai", ExchangeCode.SCHEMA, 200, "listing")
        return found

    def probe(self, item: OutboxItem, cancel: CancelToken | None = None) -> None:
        """Whether the utility answers: the listing of one item's supply point, which changes nothing, and shows what is like it by now."""
        self._ask([item], cancel)

    def _ask(self, items: Iterable[OutboxItem], cancel: CancelToken | None) -> bool:
        """Whether all that came was asked for; it is kept in any case."""
        kansai, answers = self._services.kansai(), True
        for criteria in dict.fromkeys(map(self._criteria, items)):
            listing = kansai.list_applications(criteria, cancel=cancel)
            self._store.inbox.take_listing(listing.applications, self._services.kind_of_selection)
            answers = answers and all(criteria.is_met_by(row) for row in listing.applications)
        return answers

    def looked_up(self) -> tuple[LookedUp, ...]:
        """Each item with an unknown outcome, oldest first, against what is stored of the listing."""
        found = [(item, self._sent_at(item), self._candidates(item)) for item in self._unknown()]
        claims = [row.receipt_number for _, _, rows in found for row in rows]
        return tuple(
            LookedUp(item, at, rows, rows[0] if len(rows) == 1 and claims.count(rows[0].receipt_number) == 1 else None)
            for item, at, rows in found
        )

    def settle(self, item_id: str, receipt_number: str, *, by_clerk: bool = False) -> OutboxItem:
        """The application of this receipt number is the item: it counts as accepted. An item that is no longer unknown, or whose number
        turned out to be another's, stays as it is.
        """
        return self._store.outbox.accept_listed(item_id, receipt_number, by_clerk=by_clerk)

    def dismiss(self, item_id: str, receipt_number: str) -> bool:
        """The clerk says that the application of this number is not the item; it is proposed no more."""
        return self._store.outbox.note_unknown(item_id, NOT_THIS, receipt_number)

    def confirm_not_taken(self, item_id: str, *, said_by: str, at: str, countdown_s: float = 0.0) -> bool:
        """The utility's own word, by telephone, that it has no such application: the item is queued again."""
        return self._store.outbox.requeue_unknown(item_id, f"{said_by} {at}", countdown_s=countdown_s)

    def reconcile(self, cancel: CancelToken | None = None) -> tuple[tuple[OutboxItem, tuple[ListedApplication, ...]], ...]:
        """Asks, accepts each match, and returns every item that was unknown with what it is now and its candidates."""
        self.ask(cancel)
        return tuple(
            (self.settle(one.item.item_id, one.match.receipt_number) if one.match else one.item, one.candidates) for one in self.looked_up()
        )

    def _unknown(self) -> list[OutboxItem]:
        return [item for item in self._store.outbox.items() if item.state in _OPEN]

    def _sent_at(self, item: OutboxItem) -> datetime:
        attempts = self._store.outbox.attempts(item.item_id)
        return attempts[-1].at if attempts else item.changed_at

    def _days(self, item: OutboxItem) -> tuple[date, ...]:
        sent_at = self._sent_at(item)
        later = (sent_at.date() + timedelta(days=1),) if sent_at.time() > _LATE else ()
        return (sent_at.date(), *later)

    def _criteria(self, item: OutboxItem) -> ListingCriteria:
        """The supply point, or for an application that is to find its number the selection and the day."""
        if item.application.supply_point_number:
            return ListingCriteria(supply_point_number=item.application.supply_point_number)
        days = self._days(item)
        return ListingCriteria(selection_code=item.application.selection_code, registered_from=days[0], registered_to=days[-1])

    def _candidates(self, item: OutboxItem) -> tuple[ListedApplication, ...]:
        application, days = item.application, self._days(item)
        not_these = {event.detail for event in self._store.outbox.events(item.item_id) if event.code == NOT_THIS}
        return tuple(
            entry.listed
            for entry in self._store.inbox.at_supply_point(application.supply_point_number, days[0])
            if entry.listed.selection_code == application.selection_code
            and entry.listed.registered_on in days
            and entry.listed.receipt_number not in not_these
            and not self._store.outbox.is_anothers(entry.listed.receipt_number, item.item_id)
        )


NOT_THIS: Final = "not_this"
"""The journal's word for a proposal that the clerk refused."""
