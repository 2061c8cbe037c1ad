"""What the desk needs from the rooms that reach the outside, and who builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, Listing, ListingCriteria, NewApplication, Receipt
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.values import dataclass
from denkidesk.settings import EnegaeruSettings, KansaiSettings

if TYPE_CHECKING:  # quoting is loaded when it is asked for: the window paints first
    from decimal import Decimal

    from denkidesk.domain.areas import QuotingAreaCode
    from denkidesk.domain.bills import ServerBill
    from denkidesk.domain.plans import AreaPriceMonth, Company, Plan, PlanDetail, Subsidy
    from denkidesk.domain.usage import Usage

T = TypeVar("T")


class PreparedRequest(Protocol):
    """One request for an application, made and validated."""

    @property
    def request_id(self) -> str:
        """The requestID that the document carries."""
        ...

    @property
    def document(self) -> bytes:
        """The very bytes that leave, but for the password."""
        ...

    @property
    def preview(self) -> str:
        """The document without its secrets, as the clerk may see it."""
        ...


class ApplicationService(Protocol):
    """The utility's application API."""

    def list_applications(self, criteria: ListingCriteria, *, cancel: CancelToken | None = None) -> Listing:
        """The applications that meet the criteria, as the utility lists them now."""
        ...

    def application_status(self, receipt_number: str, *, cancel: CancelToken | None = None) -> ApplicationStatus:
        """One application in full, as the utility has it now."""
        ...

    def prepare(self, application: NewApplication, *, request_id: str) -> PreparedRequest:
        """The request for an application; needs no password."""
        ...

    # Any, because only the service that prepared a request can send it: another service's would not fit.
    def submit(self, request: Any, *, before_first_byte: Callable[[], None] | None = None, cancel: CancelToken | None = None) -> Receipt:
        """Files an application; ``before_first_byte`` runs when nothing was sent yet, and its exception stops the sending."""
        ...

    def new_request_id(self) -> str:
        """A requestID never used before."""
        ...


class QuotingService(Protocol):
    """What the desk needs of the quoting API's client."""

    def companies(
        self,
        *,
        area: QuotingAreaCode | None = None,
        prefecture_cd: str | None = None,
        zip_cd: str | None = None,
        unlimited: bool = False,
        cancel: CancelToken | None = None,
    ) -> tuple[Company, ...]:
        """The retailers of a place."""
        ...

    def plans(self, epcorp_cd: str, contract_type: int | None = None, *, cancel: CancelToken | None = None) -> tuple[Plan, ...]:
        """A retailer's plans."""
        ...

    def plan_detail(
        self, epplan_id: str, base_cd: str, capacity: Decimal | None = None, *, cancel: CancelToken | None = None
    ) -> PlanDetail:
        """All figures of a plan."""
        ...

    def charge(
        self,
        detail: PlanDetail,
        usage: Usage,
        *,
        capacity: Decimal | None = None,
        peak_kw: float | None = None,
        no_fuels: bool = False,
        cancel: CancelToken | None = None,
    ) -> ServerBill:
        """The bill that the server computes for the same question."""
        ...

    def area_prices(self, area: QuotingAreaCode, *, cancel: CancelToken | None = None) -> tuple[AreaPriceMonth, ...]:
        """Market prices of the last twelve months."""
        ...

    def subsidies(self, *, cancel: CancelToken | None = None) -> tuple[Subsidy, ...]:
        """Every subsidy that the API lists."""
        ...

    def login(self, force: bool = False, *, cancel: CancelToken | None = None) -> None:
        """Opens a session; ``force`` ends the same user's session elsewhere and needs the clerk's consent."""
        ...

    def test_connection(self, *, cancel: CancelToken | None = None) -> object:
        """A read-only call that needs the credentials."""
        ...


class GateView(Protocol):
    """The one-per-second gate as a status bar shows it."""

    @property
    def queue_length(self) -> int:
        """Calls of this process that wait."""
        ...

    @property
    def period_s(self) -> float:
        """Seconds between two starts, interval and margin."""
        ...

    def next_free_in_s(self) -> float:
        """Seconds until the next request could start."""
        ...


def no_kind(_selection_code: str) -> ApplicationKind | None:
    """Knows no selection code, so every application is of an unknown kind."""
    return None


@dataclass(frozen=True, slots=True)
class TrialService(Generic[T]):
    """A service that is used once."""

    service: T
    close: Callable[[], None]


Secrets = Mapping[str, str | None]
"""Secrets that are being tried, by name; None, or none of the name: the stored one."""


@dataclass(frozen=True, slots=True)
class Services:
    """The outside, built when first asked for.

    ``kansai`` and ``enegaeru`` return the same object each time. ``kansai_for`` and ``enegaeru_for`` build a client for settings that are
    only being tried; ``close`` of what they return is called after the trial.
    """

    kansai: Callable[[], ApplicationService]
    enegaeru: Callable[[], QuotingService]
    kansai_for: Callable[[KansaiSettings, Secrets], TrialService[ApplicationService]]
    enegaeru_for: Callable[[EnegaeruSettings, Secrets], TrialService[QuotingService]]
    kind_of_selection: Callable[[str], ApplicationKind | None] = no_kind
