"""What one call asks of the transport, beside the request itself: limits, cancelling, and who is told of its start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from denkidesk.domain.cancel import CancelToken
from denkidesk.wire.addresses import Address

EXCHANGE: Final = "denkidesk.exchange"
"""The name of an :class:`Exchange` among a request's extensions."""
REPLY_HEADERS: Final = "denkidesk.reply_headers"
"""The name of the checked headers, lower-case, among a response's extensions."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may cost: reply body in bytes, seconds to connect, seconds from the first byte to the end of the reply."""

    max_bytes: int
    connect_s: float
    total_s: float
    max_streamed_bytes: int = 0  # of a body that nobody keeps


Into = Callable[[int, Mapping[str, str]], Callable[[bytes], object] | None]
"""Asked with status and checked headers (lower-case names): where the body goes piece by piece, or None to keep it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call of ``WireClient.send``. ``address`` alone says where it goes: httpx quotes a URL anew, and would change it."""

    address: Address
    limits: Limits
    changes_something: bool
    cancel: CancelToken | None
    before_first_byte: Callable[[], None] | None
    into: Into | None = None
