"""One envelope out, one Body element back: framing, limits, sending and triage in one place."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import ExchangeCode, InstallationCode, OutcomeCode
from denkidesk.domain.errors import Closed, DeskError, OutcomeUnknown, SetupFault
from denkidesk.kansai.framing import frame
from denkidesk.kansai.listing_stream import MAX_STREAMED_BYTES, ListingStream, TooManyRows
from denkidesk.kansai.triage import MAX_BYTES, SERVICE, NotSoap, Verdicts, payload_of, triage
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.http import Limits, Reply, WireClient

CONNECT_S: Final = 10.0
MAX_LISTING_BYTES: Final = 8 * 1024 * 1024
CLOCKS_AGREE: Final = timedelta(minutes=5)
"""How far a server's ``Date`` may be from our own clock and still count: PCs are minutes off, broken or lying servers by anything."""
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request, ready to be sent."""

    service_name: str
    soap_action: str
    envelope: bytes = field(repr=False)  # holds the password
    changes_something: bool
    max_bytes: int = MAX_BYTES


class SoapTransport:
    """Sends framed envelopes through the wire; each at most once, redirects never followed. Logs no envelope."""

    def __init__(
        self, wire: WireClient, *, base_url: str, answer_timeout_s: float, closed_hours: Callable[[], ClosedHours], now: Now
    ) -> None:
        self._wire = wire
        self.secrets = wire.secrets
        self._base_url = base_url.rstrip("/") + "/"
        self._answer_timeout_s = answer_timeout_s
        self._closed_hours = closed_hours
        self._now = now

    def require_address(self) -> None:
        """Raises SetupFault where no server is set up: said first, because login and password are of no use without one."""
        if self._base_url == "/":
            raise SetupFault("settings.toml", "kansai.base_url", InstallationCode.NO_BASE_URL)

    def exchange(
        self,
        outgoing: Outgoing,
        *,
        before_first_byte: Callable[[], None] | None = None,
        cancel: CancelToken | None = None,
        stream: ListingStream | None = None,
    ) -> etree._Element:
        """The one element inside the reply's Body. Raises DeskErrors only, sorted by what the clerk can do.

        ``stream`` takes a listing as it comes, and leaves the rest of it.
        """
        framed = frame(outgoing.envelope)
        begun_s = time.monotonic()

        def begin() -> None:
            nonlocal begun_s
            if before_first_byte is not None:
                before_first_byte()
            begun_s = time.monotonic()

        try:
            reply = self._wire.send(
                "POST",
                self._base_url + outgoing.service_name,
                headers={
                    "Content-Type": framed.content_type,
                    "SOAPAction": f'"{outgoing.soap_action}"',
                    "Accept": "text/xml, multipart/related",
                },
                content=framed.body,
                limits=Limits(outgoing.max_bytes, CONNECT_S, self._answer_timeout_s, MAX_STREAMED_BYTES),
                changes_something=outgoing.changes_something,
                cancel=cancel,
                before_first_byte=begin,
                into=None if stream is None else stream.begin,
            )
        except NotSoap as refused:  # of the stream: a listing changes nothing
            raise self.verdicts(outgoing.changes_something).unreadable(ExchangeCode.NOT_SOAP, 200, refused.reason) from None
        except TooManyRows:
            raise self.verdicts(outgoing.changes_something).unreadable(ExchangeCode.TOO_LARGE, 200, "rows") from None
        _LOG.info("service=%s status=%d bytes=%d", outgoing.service_name, reply.status, len(reply.content))
        verdicts = self._verdicts(outgoing.changes_something, reply, timedelta(seconds=time.monotonic() - begun_s))
        try:
            if stream is not None and stream.has_begun:
                return payload_of(stream.finish, verdicts)
            return triage(reply.status, reply.headers, reply.content, verdicts, outgoing.max_bytes)
        except DeskError:
            raise
        except Exception as error:  # noqa: BLE001 - the request was sent: even a fault of our own may not hide that
            failure = verdicts.unreadable(ExchangeCode.NOT_SOAP, reply.status, type(error).__name__)
        raise failure

    def verdicts(self, changes_something: bool) -> Verdicts:
        """Sorts failures of a call whose reply has come."""
        return Verdicts(changes_something, clean=self.secrets.cleaned)

    def _verdicts(self, changes_something: bool, reply: Reply, took: timedelta) -> Verdicts:
        """Closed by our clock, or by the clock that the server shows in ``Date`` where that is within ``CLOCKS_AGREE`` of ours.

        A ``Date`` further off proves nothing: believed, it would put an application back into the queue that may have been taken.
        What changes something was refused only if the service was closed from its first byte on: begun before the closing, it may have
        been taken, and only its answer been cut off.
        """
        if reply.status != 503:
            return self.verdicts(changes_something)
        now = self._now()
        for clock in (now, _date_of(reply)):
            if clock is None or abs(clock - now) > CLOCKS_AGREE:
                continue
            try:
                self._closed_hours().check(clock - took if changes_something else clock)
            except Closed as closed:
                until = None if closed.until is None else now + (closed.until - clock)
                return replace(self.verdicts(changes_something), closed_until=until, closed_reason=closed.reason)
        return self.verdicts(changes_something)


def _date_of(reply: Reply) -> datetime | None:
    try:
        shown = parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return shown if shown.tzinfo is not None else None


def no_receipt(status: int = 200) -> OutcomeUnknown:
    """A 200 for a new application without a readable receipt number: nobody knows whether it was taken."""
    return OutcomeUnknown(SERVICE, OutcomeCode.NO_RECEIPT, status)
