"""The utility's application API as typed calls."""

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from denkidesk.domain.applications import (
    OPERATION_OF_KIND,
    ApplicationStatus,
    ListedApplication,
    Listing,
    ListingCriteria,
    NewApplication,
    Operation,
    Receipt,
)
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import JST, Now, now_jst
from denkidesk.domain.error_codes import ExchangeCode, InstallationCode, RefusalCode
from denkidesk.domain.errors import DeskError, LoginRefused, ServerRefused, SetupFault
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, Binding
from denkidesk.kansai.envelope import Value, build_envelope
from denkidesk.kansai.findings import Finding
from denkidesk.kansai.lenient import Verdict, judge
from denkidesk.kansai.listing_stream import ListingStream
from denkidesk.kansai.login import Login, LoginGuard, guarded_login
from denkidesk.kansai.prepared import PreparedRequest
from denkidesk.kansai.reading import ReplyReader, ReplyUnfit
from denkidesk.kansai.transport import MAX_LISTING_BYTES, SoapTransport, no_receipt
from denkidesk.kansai.triage import MAX_BYTES, SERVICE
from denkidesk.kansai.wsdl_set import CallPlan, WsdlSet, load_wsdl_set
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.http import WireClient
from denkidesk.wire.request_ids import RequestIds


class KansaiClient:
    """Calls the seven operations, each at most once; may be used from several threads.

    ``wsdl_dir`` holds WSDL and ``binding.json``; it is read at the first call, or by :meth:`warm_up`. ``closed_hours`` tells a 503 of
    the weekly stop or of an announced window from any other. ``login_guard`` is asked before each request and told of each verdict on
    the login. ``request_ids``: the company's numbers, for a set whose requestID is too short for the time. ``on_news``: told of what
    the server says beyond the installed set.
    """

    def __init__(
        self,
        wire: WireClient,
        *,
        base_url: str,
        wsdl_dir: Path,
        login_id: str,
        password: Callable[[], str | None],
        ip_address: str,
        answer_timeout_s: float = 60,
        now: Now = now_jst,
        closed_hours: Callable[[], ClosedHours] = ClosedHours,
        login_guard: LoginGuard | None = None,
        request_ids: RequestIds | None = None,
        on_news: Callable[[Finding], None] = lambda _finding: None,
    ) -> None:
        self._request_ids = request_ids
        self._on_news = on_news
        self._login_guard = login_guard
        self._transport = SoapTransport(wire, base_url=base_url, answer_timeout_s=answer_timeout_s, closed_hours=closed_hours, now=now)
        self._wsdl_dir = wsdl_dir
        self._login_id = login_id
        self._password = password
        self._ip_address = ip_address
        self._now = now
        self._loaded: WsdlSet | None = None
        self._loading = threading.Lock()

    def warm_up(self) -> None:
        """Loads the WSDL set, so that the first call need not. Raises nothing for a faulty set; the call that needs it will."""
        self._set()

    def new_request_id(self) -> str:
        """A requestID that this company has not used: the time to the microsecond and four random digits, or the company's next number."""
        binding = self._set().binding
        if binding is not None and binding.request_id_digits is not None and self._request_ids is not None:
            return self._request_ids.next(binding.request_id_digits)
        return self._now().astimezone(JST).strftime("%Y%m%d%H%M%S%f") + f"{secrets.randbelow(10_000):04d}"

    def list_applications(self, criteria: ListingCriteria, *, cancel: CancelToken | None = None) -> Listing:
        """All applications that meet the criteria, in the server's order."""
        self._transport.require_address()
        values = {f.name: value for f in fields(criteria) if (value := getattr(criteria, f.name)) is not None}
        binding, plan = self._plan(Operation.LIST_APPLICATIONS)
        reader = ReplyReader(binding, plan, self._transport.secrets)

        def read(reply: Any, rows: Iterable[Any]) -> list[ListedApplication]:
            self._refuse_faulty(plan, reply, is_part=True)
            return reader.read(rows)

        stream = ListingStream(plan.binding.rows_path, read)
        try:
            with self._login() as login:
                reply = self._read_call(binding, plan, values, login, cancel, MAX_LISTING_BYTES, stream)
                named, extra = reader.fields(reply)
                self._check_accepted(binding, named)
            rows = reader.rows(reply, stream.rows, stream.blocks)
        except ReplyUnfit as unfit:
            raise self._transport.verdicts(False).unreadable(ExchangeCode.SCHEMA, 200, unfit.item) from None
        self._tell_unreadable(plan, reader)
        return Listing(_first(named, "request_status"), _whole(named, "reception_message"), rows, extra)

    def application_status(self, receipt_number: str, *, cancel: CancelToken | None = None) -> ApplicationStatus:
        """One application as the utility describes it now."""
        self._transport.require_address()
        binding, plan = self._plan(Operation.APPLICATION_STATUS)
        reader = ReplyReader(binding, plan, self._transport.secrets)
        with self._login() as login:
            reply = self._read_call(binding, plan, {"receipt_number": receipt_number}, login, cancel, MAX_BYTES)
            named, extra = reader.fields(reply)
            self._check_accepted(binding, named)
        messages = tuple(text for text in named.pop("messages", ()) if text)
        items = reader.items(named, extra)
        self._tell_unreadable(plan, reader)
        if items.pop("receipt_number", receipt_number) != receipt_number:
            raise self._transport.verdicts(False).unreadable(ExchangeCode.SCHEMA, 200, "receipt_number")  # somebody else's application
        return ApplicationStatus(
            receipt_number=receipt_number,
            request_status=items.pop("request_status", ""),
            reception_message=items.pop("reception_message", ""),
            messages=messages,
            items=items,
            extra=extra,
        )

    def prepare(self, application: NewApplication, *, request_id: str) -> PreparedRequest:
        """The request for an application, made and validated once; needs no password.

        Raises InputRefused naming every field that does not fit, or SetupFault for a set or an account that cannot be used.
        """
        binding, plan = self._plan(OPERATION_OF_KIND[application.kind])
        values: dict[str, Value] = dict(application.items())
        if "login_id" in plan.binding.request:
            values["login_id"] = self._login_id
        header = self._header(plan, binding, request_id)
        return PreparedRequest(binding, plan, request_id, build_envelope(binding, plan, values, header, application.extra))

    def submit(
        self, request: PreparedRequest, *, before_first_byte: Callable[[], None] | None = None, cancel: CancelToken | None = None
    ) -> Receipt:
        """Files an application; returns only with a receipt number. Whatever else happens after the first byte is OutcomeUnknown."""
        self._transport.require_address()
        with self._login() as login:

            def begin() -> None:
                login.begin()
                if before_first_byte is not None:
                    before_first_byte()

            outgoing = request.outgoing(login.password, changes_something=True)
            reply = self._transport.exchange(outgoing, before_first_byte=begin, cancel=cancel)
            try:
                return self._receipt(request.binding, request.plan, reply, request.request_id)
            except DeskError:
                raise
            except Exception as error:  # noqa: BLE001 - it was sent: even a fault of our own may not hide that
                failure = self._transport.verdicts(True).unreadable(ExchangeCode.SCHEMA, 200, type(error).__name__)
            raise failure

    # Parts of a call

    def _set(self) -> WsdlSet:
        with self._loading:
            if self._loaded is None:
                self._loaded = load_wsdl_set(self._wsdl_dir)
            return self._loaded

    def _plan(self, operation: Operation) -> tuple[Binding, CallPlan]:
        loaded = self._set()
        plan = loaded.plan(operation)
        if loaded.binding is None:
            raise SetupFault(str(self._wsdl_dir), "binding.json", InstallationCode.MISSING)
        return loaded.binding, plan

    def _login(self) -> AbstractContextManager[Login]:
        password = self._password()
        if not password:
            raise SetupFault("credentials", "kansai.password", InstallationCode.MISSING)
        self._transport.secrets.learn(password, self._login_id)
        return guarded_login(self._login_guard, self._login_id, password)

    def _header(self, plan: CallPlan, binding: Binding, request_id: str) -> dict[str, str]:
        for name, value in (("login_id", self._login_id), ("ip_address", self._ip_address)):
            if not value:
                raise SetupFault("settings.toml", f"kansai.{name}", InstallationCode.MISSING)
        return {
            "request_id": request_id,
            "service_id": plan.binding.service_id,
            "ip_address": self._ip_address,
            "time_stamp": plan.header.time_stamp(self._now().astimezone(JST), binding.time_stamp_format),
            "login_id": self._login_id,
        }

    def _read_call(
        self,
        binding: Binding,
        plan: CallPlan,
        values: Mapping[str, str | date | bool],
        login: Login,
        cancel: CancelToken | None,
        max_bytes: int,
        stream: ListingStream | None = None,
    ) -> Any:
        request_id = self.new_request_id()
        request = PreparedRequest(binding, plan, request_id, build_envelope(binding, plan, values, self._header(plan, binding, request_id)))
        outgoing = request.outgoing(login.password, changes_something=False, max_bytes=max_bytes)
        reply = self._transport.exchange(outgoing, before_first_byte=login.begin, cancel=cancel, stream=stream)
        self._refuse_faulty(plan, reply)
        return reply

    def _refuse_faulty(self, plan: CallPlan, reply: Any, *, is_part: bool = False) -> None:
        verdict = self._judged(plan, reply, is_part=is_part)
        if verdict.faults:
            raise self._transport.verdicts(False).unreadable(ExchangeCode.SCHEMA, 200, verdict.faults)

    def _judged(self, plan: CallPlan, reply: Any, *, is_part: bool = False) -> Verdict:
        """The verdict on a reply; what in it is news to the installed set is told to whoever wants to know."""
        verdict = judge(plan, reply, is_part=is_part)
        for item in verdict.unknown:
            item = self._transport.secrets.cleaned(item)
            self._on_news(Finding(plan.binding.wsdl, f"{plan.binding.operation}/reply/{item}", WsdlCode.OLDER_THAN_SERVER, blocks=False))
        return verdict

    def _tell_unreadable(self, plan: CallPlan, reader: ReplyReader) -> None:
        for name in sorted(reader.unreadable):
            self._on_news(Finding(BINDING_FILE, name, WsdlCode.DATE_UNREADABLE, plan.binding.operation, blocks=False))

    def _receipt(self, binding: Binding, plan: CallPlan, reply: Any, request_id: str) -> Receipt:
        verdict = self._judged(plan, reply)
        named, extra = ReplyReader(binding, plan, self._transport.secrets).fields(reply)
        status, receipt = _first(named, "request_status"), _first(named, "receipt_number")
        verdicts = replace(self._transport.verdicts(True), receipt_number=receipt)
        if verdict.faults:
            raise verdicts.unreadable(ExchangeCode.SCHEMA, 200, verdict.faults)
        message = _whole(named, "reception_message")
        if not status:
            raise verdicts.unreadable(ExchangeCode.SCHEMA, 200, "request_status")
        if status not in binding.accepted_request_status:
            if receipt:  # it says no, and gives a receipt: neither is to be believed
                raise verdicts.unreadable(ExchangeCode.SCHEMA, 200, "declined_with_receipt")
            raise self._refusal(binding, status, message)
        if not receipt:
            raise no_receipt()
        return Receipt(receipt, message, request_id, extra)

    def _check_accepted(self, binding: Binding, named: Mapping[str, tuple[str, ...]]) -> None:
        status = _first(named, "request_status")
        if status in binding.accepted_request_status:
            return
        if not status:
            raise self._transport.verdicts(False).unreadable(ExchangeCode.SCHEMA, 200, "request_status")
        raise self._refusal(binding, status, _whole(named, "reception_message"))

    @staticmethod
    def _refusal(binding: Binding, status: str, message: str) -> ServerRefused:
        if status in binding.login_refused_request_status:
            return LoginRefused(SERVICE, RefusalCode.LOGIN_STATUS, message, 200)
        code = RefusalCode.NOT_FOUND if status in binding.not_found_request_status else RefusalCode.DECLINED
        return ServerRefused(SERVICE, code, message, 200)


def _whole(named: Mapping[str, tuple[str, ...]], name: str) -> str:
    """An item that may be written in several elements."""
    return "\n".join(text for text in named.get(name, ()) if text)


def _first(named: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(named.get(name, ())), "")
