"""One attempt to bring an application to the utility, and what is written down of it."""

import contextlib
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from denkidesk.desk.ports import Services
from denkidesk.desk.reconciliation import ReconciliationDesk
from denkidesk.domain.applications import NO_EXTRA, ListedApplication, OutboxItem, OutboxState, Receipt
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.error_codes import ExchangeCode, FailureCode, OutboxCode, OutcomeCode
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    DeskError,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.domain.values import dataclass
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.outbox import AttemptEnd
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.kansai.prepared import PreparedRequest


@dataclass(frozen=True, slots=True)
class SendResult:
    """One item after an attempt, and what went wrong with it if something did.

    ``is_of_the_item``: the fault is this item's alone, and no reason to stop before the next one. ``kept_aside``: None where the outbox
    has it all; where it could not be written, the file that the next run takes it from, empty where nothing could be written at all.
    Then ``item`` is what the outbox would say, and its ``failure_message`` the receipt number that came (``not_stored``).
    ``extra``: what the utility's acceptance says in items that the binding does not name; it is not stored.
    """

    item: OutboxItem
    error: DeskError | None = None
    is_of_the_item: bool = False
    kept_aside: str | None = None
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


class Attempts:
    """Makes attempts for one owner. Whatever becomes of a request that left is written down, or kept aside, or at least returned."""

    def __init__(self, store: Store, services: Services, aside: KeptAside) -> None:
        self._store = store
        self._services = services
        self._aside = aside

    def make(self, item: OutboxItem, owner: str, cancel: CancelToken | None) -> SendResult:
        """One attempt for a claimed item."""
        sent: list[str] = []  # its request id, from the first byte on

        def begin(request: "PreparedRequest") -> None:
            if not self._store.outbox.begin_attempt(item.item_id, owner, request_id=request.request_id, envelope=request.document):
                raise Cancelled  # taken back while it waited for its turn
            sent.append(request.request_id)

        try:
            if item.by_status and (listed := ReconciliationDesk(self._store, self._services).ask_for(item, cancel)):
                return self._found_listed(item, owner, listed)
            service = self._services.kansai()
            try:
                request = service.prepare(item.application, request_id=service.new_request_id())
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with one item's document, the sound ones behind it are sent
                error = (
                    fault
                    if isinstance(fault, DeskError)
                    else SetupFault("application", item.application.kind, WsdlCode.CANNOT_BUILD, _place(fault))
                )
                return replace(self._settle(item, owner, error, sent), is_of_the_item=True)
            receipt = service.submit(request, before_first_byte=lambda: begin(request), cancel=cancel)
        except DeskError as error:
            if isinstance(error, LoginRefused) and not sent and item.failure_code == OutboxCode.LOGIN_REFUSED:
                return SendResult(self._store.outbox.release(item.item_id, owner), error)  # nothing is new: no event for each look
            return self._settle(item, owner, error, sent)
        except BaseException:
            # A bug, or the end of the process: write down what is certain, then let it be seen.
            bug = OutcomeUnknown("kansai", ExchangeCode.UNEXPECTED) if sent else Unreachable("kansai", ExchangeCode.UNEXPECTED)
            self._settle(item, owner, bug, sent)
            raise
        return self._accept(item, owner, receipt, request.request_id)

    def _found_listed(self, item: OutboxItem, owner: str, listed: Sequence[ListedApplication]) -> SendResult:
        """It was refused by a status alone, and is filed all the same, or somebody else's is: a person decides."""
        numbers = " ".join(row.receipt_number for row in listed)
        code = OutcomeCode.LISTED
        settled = self._store.outbox.settle(item.item_id, OutboxState.UNKNOWN, code=code, message=numbers, if_owner=owner)
        return SendResult(settled, OutcomeUnknown("kansai", code, detail=numbers), is_of_the_item=True)

    def _accept(self, item: OutboxItem, owner: str, receipt: Receipt, request_id: str) -> SendResult:
        number = receipt.receipt_number
        try:
            accepted = self._store.outbox.accept(item.item_id, receipt)
        except BaseException as fault:
            # Taken by the utility, but not written down as such (a full disk, a damaged file): what can be kept is the number.
            end = AttemptEnd(item.item_id, request_id, OutboxState.ACCEPTED, "", receipt.reception_message, receipt_number=number)
            kept_aside = self._aside.keep(end)
            with contextlib.suppress(Exception):  # the next start says "unknown" in any case
                self._store.outbox.settle(item.item_id, OutboxState.UNKNOWN, code=OutcomeCode.NOT_STORED, message=number, if_owner=owner)
            if not isinstance(fault, Exception):
                raise
            untold = replace(end, state=OutboxState.UNKNOWN, code=OutcomeCode.NOT_STORED, message=number)
            error = OutcomeUnknown("kansai", OutcomeCode.NOT_STORED, 200, number)
            error.__cause__ = fault
            return SendResult(_as_it_ended(item, untold), error, kept_aside=kept_aside)
        if accepted.state is OutboxState.ACCEPTED:
            return SendResult(accepted, extra=receipt.extra)
        return SendResult(accepted, OutcomeUnknown("kansai", OutcomeCode.RECEIPT_TAKEN, 200, number))

    def _settle(self, item: OutboxItem, owner: str, error: DeskError, sent: list[str]) -> SendResult:
        told = _as_outcome(error, begun=bool(sent))
        end = _end_of(item.item_id, error, sent)
        if end is None:
            return SendResult(self._store.outbox.release(item.item_id, owner), told)
        try:
            settled = self._store.outbox.leave(end, if_owner=owner)
        except Exception:
            if not sent:
                raise  # it waits as before, and nothing came that could be lost
            return SendResult(_as_it_ended(item, end), told, kept_aside=self._aside.keep(end))
        return SendResult(settled, told)


def _end_of(item_id: str, error: DeskError, sent: list[str]) -> AttemptEnd | None:
    """How an attempt ended; None: as if it had never begun."""

    def end(state: OutboxState, code: FailureCode, message: str = "") -> AttemptEnd:
        until = error.until if isinstance(error, Closed) else None
        by_status = isinstance(error, ServerRefused) and error.by_status
        return AttemptEnd(item_id, "".join(sent), state, code, message, until, by_status=by_status)

    match error:
        case LoginRefused():  # the request itself was not looked at
            return end(OutboxState.QUEUED, OutboxCode.LOGIN_REFUSED, error.message)
        case ServerRefused():
            return end(OutboxState.REJECTED, error.code, error.message)
        case Closed():
            return end(OutboxState.QUEUED, OutboxCode.CLOSED)
        case Unreachable():
            return end(OutboxState.QUEUED, error.code)
        case _ if sent:
            code = error.code if isinstance(error, OutcomeUnknown | SetupFault) else ExchangeCode.UNEXPECTED
            return end(OutboxState.UNKNOWN, code, error.receipt_number if isinstance(error, OutcomeUnknown) else "")
        case InputRefused():
            return end(OutboxState.REJECTED, OutboxCode.INPUT)  # nobody else said anything about it
        case Cancelled():
            return None
        case _:
            return end(OutboxState.QUEUED, OutboxCode.SETUP)


def _as_it_ended(item: OutboxItem, end: AttemptEnd) -> OutboxItem:
    """The item as the outbox would show it if it could be written."""
    return replace(
        item,
        state=end.state,
        attempts=item.attempts + 1,
        request_id=end.request_id,
        failure_code=end.code,
        failure_message=end.message,
        not_before=end.not_before,
        by_status=end.by_status,
    )


def _place(bug: Exception) -> str:
    """Where a bug came up, for who mends it; no values."""
    frames = traceback.extract_tb(bug.__traceback__)
    return f"{type(bug).__name__} {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else type(bug).__name__


def _as_outcome(error: DeskError, *, begun: bool) -> DeskError:
    """What the clerk is told: after the first byte, anything that proves nothing is an unknown outcome."""
    if begun and not isinstance(error, ServerRefused | Closed | Unreachable | OutcomeUnknown):
        return OutcomeUnknown("kansai", ExchangeCode.UNEXPECTED, detail=type(error).__name__)
    return error
