"""受付トレイ: what the utility says about the company's applications, kept on this machine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from typing import Final

from denkidesk.desk.ports import Services
from denkidesk.domain.applications import NO_EXTRA, InboxEntry, Listing, ListingCriteria
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.errors import LoginRefused, ServerRefused, SetupFault, Unreachable
from denkidesk.domain.values import dataclass
from denkidesk.store.inbox import StatusQueue
from denkidesk.store.inbox_news import HistoryEvent
from denkidesk.store.inbox_views import InboxCounts, InboxFilter, InboxOrder, InboxView, Judging
from denkidesk.store.inbox_windows import Window
from denkidesk.store.store import Store
from denkidesk.store.values import to_moment, to_text

__all__ = [
    "FetchedStatus",
    "HistoryEvent",
    "InboxCounts",
    "InboxDesk",
    "InboxFilter",
    "InboxOrder",
    "InboxView",
    "Judging",
    "RefreshResult",
    "StatusQueue",
    "Window",
]

_FEWER_DAYS: Final = (365, 90, 30, 7)
_ANSWERED: Final = frozenset(
    (ExchangeCode.NOT_SOAP, ExchangeCode.SCHEMA, ExchangeCode.PROTOCOL, ExchangeCode.TOO_LARGE, ExchangeCode.SERVER_ERROR)
)
"""The server is there, and what it says of one application cannot be used."""
_SYNCED_KEY = "inbox.last_synced_at"


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a refresh changed the inbox, in numbers of applications."""

    added: int
    changed: int
    total: int  # rows of the utility's answer
    at: datetime
    since: date | None = None  # the first day of registration, where the utility has more than can be read at once
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)  # what the listing says beside its rows


@dataclass(frozen=True, slots=True)
class FetchedStatus:
    """An application with the status that just came. ``not_stored``: why the store could not take it, None where it did."""

    entry: InboxEntry
    not_stored: SetupFault | None = None


class InboxDesk:
    """Reads need no network: they show what was stored last, with its age."""

    def __init__(
        self, store: Store, services: Services, now: Now, closed_stages: Callable[[], frozenset[str]] = frozenset, unmoved_days: int = 7
    ) -> None:
        self._store = store
        self._services = services
        self._now = now
        self._closed_stages = closed_stages
        self.unmoved_days = unmoved_days
        self._known_closed: frozenset[str] | None = None
        self.windows = store.inbox.windows_judged(self.judging)

    def refresh(self, criteria: ListingCriteria | None = None, cancel: CancelToken | None = None) -> RefreshResult:
        """One listing call; what it does not list stays. A listing that is too long to be read is asked for anew, for fewer days.

        One for ``criteria`` says nothing about the others: the inbox as a whole is as old as it was.
        """
        listing, since = self._listing(criteria or ListingCriteria(), cancel)
        added, changed = self._store.inbox.take_listing(listing.applications, self._services.kind_of_selection)
        at = self._now()
        if criteria in (None, ListingCriteria()):
            self._store.ui_state.set(_SYNCED_KEY, to_text(at))
        return RefreshResult(added, changed, len(listing.applications), at, since, listing.extra)

    def _listing(self, criteria: ListingCriteria, cancel: CancelToken | None) -> tuple[Listing, date | None]:
        kansai = self._services.kansai()
        has_days = criteria.registered_from is not None or criteria.registered_to is not None
        since: date | None = None
        for days in () if has_days else _FEWER_DAYS:
            try:
                return kansai.list_applications(criteria, cancel=cancel), since
            except Unreachable as error:
                if error.code != ExchangeCode.TOO_LARGE:
                    raise
            since = self._now().date() - timedelta(days)
            criteria = replace(criteria, registered_from=since)
        return kansai.list_applications(criteria, cancel=cancel), since

    def status_queue(self, budget: int) -> StatusQueue:
        """Whose status a refresh asks for after the listing, at most ``budget``, and how many may have news beyond that."""
        return self._store.inbox.status_queue(self._closed_stages(), budget)

    def look_for_news(self, receipt_number: str, cancel: CancelToken | None = None) -> bool:
        """Asks for one application's status, unasked by the clerk; whether it is unread now and was not before.

        One that the utility does not know (ServerRefused) has no news. Raises SetupFault where the answer cannot be stored. Whatever is
        wrong with one answer, the others come before it next time.
        """
        before = self.entry(receipt_number)
        try:
            fetched = self.fetch_status(receipt_number, cancel, seen_by_clerk=False)
        except LoginRefused:
            raise
        except Unreachable as error:
            if concerns_one(error):
                self._store.inbox.note_look(receipt_number)
            raise
        except ServerRefused:
            self._store.inbox.note_look(receipt_number)
            return False
        if fetched.not_stored is not None:
            self._store.inbox.note_look(receipt_number)
            raise fetched.not_stored
        return fetched.entry.unread and not (before and before.unread)

    def fetch_status(self, receipt_number: str, cancel: CancelToken | None = None, *, seen_by_clerk: bool = True) -> FetchedStatus:
        """Fetches one application's status and stores it; what cannot be stored is returned all the same."""
        status = self._services.kansai().application_status(receipt_number, cancel=cancel)
        try:
            stored = self._store.inbox.take_status(status, self._services.kind_of_selection, seen_by_clerk=seen_by_clerk)
            return FetchedStatus(stored)
        except SetupFault as fault:
            return FetchedStatus(self._store.inbox.with_status(self.entry(receipt_number), status), fault)

    def entries(self, view: InboxView | None = None) -> tuple[InboxEntry, ...]:
        """The entries of a view, newest registration first."""
        return self.windows.all_entries(view or InboxView())

    def entry(self, receipt_number: str) -> InboxEntry | None:
        """One entry; None if the desk has never seen it."""
        return self._store.inbox.entry(receipt_number)

    def history(self, receipt_number: str) -> tuple[HistoryEvent, ...]:
        """What changed, oldest first."""
        return self._store.inbox.history(receipt_number)

    def counts(self) -> InboxCounts:
        """How many entries each filter shows."""
        return self.windows.counts()

    def with_new_message(self, entries: Iterable[InboxEntry]) -> frozenset[str]:
        """The receipt numbers of those whose newest message came after the clerk looked last."""
        seen = {entry.listed.receipt_number: entry.seen_to for entry in entries if entry.unread}
        newest = self._store.inbox.newest_messages(seen) if seen else {}
        return frozenset(number for number, came in newest.items() if came > seen[number])

    def judging(self) -> Judging:
        """What the filters are held against just now."""
        return Judging(self._now().date(), self._closed, self.unmoved_days)

    def _closed(self) -> frozenset[str]:
        if self._known_closed is None:  # as the list reads the words for the stages: once
            self._known_closed = self._closed_stages()
        return self._known_closed

    def mark_seen(self, receipt_number: str, seen_to: int) -> None:
        """The clerk has seen an application with its history up to a change; what came after that is still news."""
        self._store.inbox.mark_seen(receipt_number, seen_to)

    def mark_read(self, receipt_numbers: Iterable[str]) -> int:
        """The clerk has seen them."""
        return self._store.inbox.mark(receipt_numbers, unread=False)

    def last_synced_at(self) -> datetime | None:
        """When the newest refresh of the whole listing succeeded; None if none ever did."""
        try:
            return to_moment(self._store.ui_state.get(_SYNCED_KEY))
        except ValueError:
            return None


def concerns_one(error: BaseException) -> bool:
    """Whether a failed look says something of that application alone: the next one may be looked for, unless that fails in the same way."""
    return isinstance(error, Unreachable) and error.code in _ANSWERED
