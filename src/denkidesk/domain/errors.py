"""Every way in which something that the clerk asked for can fail, sorted by what the clerk can do about it.

Errors carry facts, never sentences: the Japanese text is made in ``texts.errors`` alone. Whatever is not a
``DeskError`` is a bug.

    DeskError
    +- InputRefused     mend the named fields; nothing was sent
    |  +- ChoiceOpen    a file leaves something open: choose, and ask again
    +- ServerRefused    the server looked at it and said no; ``message`` is the server's own text
    |  +- LoginRefused  it would not even let us in
    +- Closed           outside the service's hours; kept, goes on at ``until``
    +- Unreachable      certainly not taken by the server: safe to try again
    +- OutcomeUnknown   bytes left this machine and no readable answer came: never repeated by itself
    +- SetupFault       a file, address or credential of the installation is wrong; for the IT person
    +- Cancelled        the clerk cancelled; silent
"""

import errno
from collections.abc import Mapping, Sequence
from dataclasses import field as dataclass_field
from datetime import datetime
from types import MappingProxyType

from denkidesk.domain.error_codes import (
    ClosedReason,
    ConnectCode,
    ExchangeCode,
    FaultCode,
    InstallationCode,
    OutcomeCode,
    RefusalCode,
    SettingCode,
    SetupCode,
)
from denkidesk.domain.values import dataclass

_NO_FACTS: Mapping[str, str] = MappingProxyType({})
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault of one input: which field, which rule, and the facts that a sentence about it needs."""

    field: str
    code: FaultCode
    facts: Mapping[str, str] = dataclass_field(default_factory=lambda: _NO_FACTS)


class DeskError(Exception):
    """A failure that the program foresees. The facts below hold what the failures that have them say; they may stand in a log."""

    code: str = ""  # a member of one of the enums of ``error_codes``
    service: str = ""
    status: int | None = None


class InputRefused(DeskError):
    """The input cannot be taken as it is; every fault is named at once."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        super().__init__(", ".join(f"{fault.field}:{fault.code}" for fault in faults))
        self.faults: tuple[FieldFault, ...] = tuple(faults)

    @classmethod
    def of(cls, field_name: str, code: FaultCode, **facts: str) -> "InputRefused":
        """One fault, spelled short."""
        return cls([FieldFault(field_name, code, MappingProxyType(facts))])


class ChoiceOpen(InputRefused):
    """A file leaves something open that is never guessed: ``item`` names the field of ``UsageChoices``, ``choices`` its possible values
    (``True`` alone: yes, or leave it).

    Whoever asks tries each choice for a picture of what it would mean. ``headings``: equal for files with the same headings, so that an
    answer can be remembered; "" where there are none.
    """

    headings = ""

    def __init__(self, code: FaultCode, item: str, choices: Sequence[object], **facts: str) -> None:
        named = {} if choices == (True,) else {"choices": " / ".join(str(choice) for choice in choices)[:400]}
        super().__init__([FieldFault("usage", code, MappingProxyType({**named, **facts}))])
        self.item = item
        self.choices: tuple[object, ...] = tuple(choices)


class ServerRefused(DeskError):
    """The server read the request and refused it.

    ``service``: "kansai" or "enegaeru". ``message``: the server's own words as plain text, possibly empty; to be shown as plain text only.
    ``by_status``: nothing but the HTTP status says so; the page may be a gateway's.
    """

    def __init__(self, service: str, code: RefusalCode, message: str = "", status: int | None = None, *, by_status: bool = False) -> None:
        super().__init__(f"{service}:{code}:{status}")
        self.by_status = by_status
        self.service = service
        self.code: RefusalCode = code
        self.message = message
        self.status = status


class LoginRefused(ServerRefused):
    """The login itself was refused: wrong id or password, no rights, or the same user is at work elsewhere. Nothing was done.

    Where the code is ``STOPPED`` the server was not even asked; ``message`` is what it said when it refused this very login before.

    The quoting API does not document how a wrong password and a session elsewhere differ on the wire, so the server's words tell the
    clerk, who may then choose to end the session elsewhere.
    """

    @property
    def may_be_used_elsewhere(self) -> bool:
        """Whether a session of the same user can be the reason: the application API has no sessions."""
        return self.service == "enegaeru" and self.code in (RefusalCode.FORBIDDEN, RefusalCode.BAD_REQUEST, RefusalCode.STOPPED)


class Closed(DeskError):
    """The service is closed now. ``until`` is aware, or None where nobody knows."""

    def __init__(self, reason: ClosedReason, until: datetime | None = None) -> None:
        super().__init__(f"{reason}:{until}")
        self.reason = reason
        self.until = until


class Unreachable(DeskError):
    """The server did not take the request, or the request changes nothing: trying again is safe."""

    def __init__(self, service: str, code: ConnectCode | ExchangeCode, status: int | None = None, detail: str = "") -> None:
        super().__init__(f"{service}:{code}:{status}:{detail}")
        self.service = service
        self.code: ConnectCode | ExchangeCode = code
        self.status = status
        self.detail = detail


class OutcomeUnknown(DeskError):
    """A request that changes something was handed to the socket and no trustworthy answer came.

    ``receipt_number``: one that could be read in the answer all the same; evidence, no proof, and never in a log.
    """

    def __init__(
        self, service: str, code: ExchangeCode | OutcomeCode, status: int | None = None, detail: str = "", receipt_number: str = ""
    ) -> None:
        super().__init__(f"{service}:{code}:{status}:{detail}")
        self.service = service
        self.code: ExchangeCode | OutcomeCode = code
        self.status = status
        self.detail = detail
        self.receipt_number = receipt_number


class SetupFault(DeskError):
    """The installation is wrong. ``file``: a path, setting or store; ``item``: what in it; ``code``: the rule broken."""

    def __init__(self, file: str, item: str, code: SetupCode | SettingCode, detail: str = "") -> None:
        super().__init__(f"{file}:{item}:{code}:{detail}")
        self.file = file
        self.item = item
        self.code: SetupCode | SettingCode = code
        self.detail = detail

    @classmethod
    def of_os_error(cls, file: object, item: str, error: OSError) -> "SetupFault":
        """A folder or file that the system refuses: ``FULL`` (disk or quota), else ``UNWRITABLE``."""
        code = InstallationCode.FULL if error.errno in _NO_ROOM else InstallationCode.UNWRITABLE
        return cls(str(file), item, code, errno.errorcode.get(error.errno or 0, type(error).__name__))


class Cancelled(DeskError):
    """The clerk, or the end of the program, cancelled the work."""
