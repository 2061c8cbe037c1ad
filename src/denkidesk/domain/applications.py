"""Applications to the network utility (各種WEB申込): what goes out, what comes back, what the inbox lists."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from denkidesk.domain.application_items import NO_EXTRA as NO_EXTRA
from denkidesk.domain.application_items import ApplicationKind as ApplicationKind
from denkidesk.domain.application_items import NewApplication as NewApplication
from denkidesk.domain.values import dataclass


class Operation(StrEnum):
    """The seven operations of the application API, by our own stable names (used in bindings and service tables)."""

    LIST_APPLICATIONS = "list_applications"
    APPLICATION_STATUS = "application_status"
    NEW_UTILITY_EQUIPMENT = "new_utility_equipment"
    NEW_CUSTOMER_EQUIPMENT = "new_customer_equipment"
    NEW_OUTAGE = "new_outage"
    NEW_OTHER = "new_other"
    NEW_MENU_CHANGE = "new_menu_change"


OPERATION_OF_KIND: Final[Mapping[ApplicationKind, Operation]] = {
    ApplicationKind.UTILITY_EQUIPMENT: Operation.NEW_UTILITY_EQUIPMENT,
    ApplicationKind.CUSTOMER_EQUIPMENT: Operation.NEW_CUSTOMER_EQUIPMENT,
    ApplicationKind.OUTAGE: Operation.NEW_OUTAGE,
    ApplicationKind.OTHER: Operation.NEW_OTHER,
    ApplicationKind.MENU_CHANGE: Operation.NEW_MENU_CHANGE,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was begun and not sent (下書き): its fields as typed, by the names of the form."""

    draft_id: str
    kind: ApplicationKind
    fields: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ListingCriteria:
    """What the listing is asked for; None asks for no restriction."""

    receipt_number: str | None = None
    work_stage: str | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    visit_from: date | None = None
    visit_to: date | None = None
    selection_code: str | None = None
    supply_point_number: str | None = None
    has_message: bool | None = None

    def is_met_by(self, row: "ListedApplication") -> bool:
        """Whether a row is what was asked for; what the row leaves out speaks for it."""
        equal = ("receipt_number", "work_stage", "selection_code", "supply_point_number")
        if any(getattr(row, name) not in ("", wanted) for name in equal if (wanted := getattr(self, name)) is not None):
            return False
        ranges = ((self.registered_from, row.registered_on, self.registered_to), (self.visit_from, row.visit_on, self.visit_to))
        if any(day is not None and not (first or day) <= day <= (last or day) for first, day, last in ranges):
            return False
        return not (self.has_message is False and row.has_message)


@dataclass(frozen=True, slots=True)
class ListedApplication:
    """One row of the listing (申込件名一覧)."""

    receipt_number: str
    work_stage: str
    registered_on: date | None = None
    visit_on: date | None = None
    selection_code: str = ""
    supply_point_number: str = ""
    has_message: bool = False
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to one listing call. ``extra``: what it says beside the rows; what stands around a row is with the row."""

    request_status: str
    reception_message: str
    applications: tuple[ListedApplication, ...]
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """One application as the utility describes it (各種WEB申込状況).

    ``items``: every further item that has one of our names (``work_stage``, ``visit_on`` as an ISO date, ``customer_name`` and so on).
    ``extra``: items that the binding does not name, by element name; shown, never dropped.
    """

    receipt_number: str
    request_status: str
    reception_message: str
    messages: tuple[str, ...]  # 弊社からのメッセージ, oldest first
    items: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The utility's word that it took an application."""

    receipt_number: str  # 申込受付番号
    reception_message: str  # 受付メッセージ
    request_id: str
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


class OutboxState(StrEnum):
    """Where a new application stands on its way. Nothing leaves UNKNOWN by a timer.

    draft -> queued -> sending -> accepted | rejected | queued (provably not taken) | unknown
    unknown -> accepted (exactly one match in the listing) | ask (none or several: a person decides) | queued (a person said so)
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    ASK = "ask"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One queued or sent application. Times are aware, in Japan's time."""

    item_id: str  # our own UUID
    application: NewApplication
    state: OutboxState
    created_at: datetime
    changed_at: datetime
    attempts: int = 0
    request_id: str = ""  # requestID of the newest attempt
    receipt_number: str = ""
    reception_message: str = ""
    failure_code: str = ""  # code of the error that led to the present state
    failure_message: str = ""  # the server's own words
    not_before: datetime | None = None  # closed hours: goes on then
    by_status: bool = False  # refused by an HTTP status without the API's own words: no proof that nothing was filed


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One application as the desk stores it: the newest listing row, what the clerk has seen, the newest status."""

    listed: ListedApplication
    unread: bool
    first_seen_at: datetime
    changed_at: datetime
    synced_at: datetime
    previous_stage: str = ""  # work stage before the newest change, if it changed since last look
    status: ApplicationStatus | None = None
    status_at: datetime | None = None
    kind: ApplicationKind | None = field(default=None)  # known for applications that this desk filed
    seen_to: int = 0  # the number of the newest change that the clerk has seen
    # the clerk's own, on this machine alone
    note: str = ""
    noted_at: datetime | None = None
    tags: tuple[str, ...] = ()
    follow_up_on: date | None = None  # the day to look at it again
    customer_name: str = ""  # as the utility's status, else the own application has it
    supply_point_address: str = ""
    moved_on: date | None = None  # the day of the newest change that is known, else the day of registration


@dataclass(frozen=True, slots=True)
class SimilarApplication:
    """An application for the same supply point that is open or recent. One of the two names is set at least."""

    item_id: str
    receipt_number: str
    state: OutboxState | None  # of the outbox item
    stage: str  # in words, of the inbox entry; empty where the listing has not shown it yet
    at: datetime | date  # when it was queued here, or the day of registration
    kind: ApplicationKind | None = None
    visit_on: date | None = None
    is_open: bool = True
    may_be_double: bool = True  # open, and of the kind that was asked for or of none that is known

    @property
    def key(self) -> str:
        """Tells it from others, whatever becomes of it meanwhile."""
        return self.item_id or self.receipt_number
