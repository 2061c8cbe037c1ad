"""What a reply is, decided before any SOAP library sees it.

The statuses of the overview: 200 goes on; 400 and 404 are refusals, 403 is that of the login; 500 is unknown for what changes something,
until the utility says otherwise in writing; 503 is the weekly stop inside it, and unknown for what changes something outside it.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.error_codes import ClosedReason, ExchangeCode, OutcomeCode, RefusalCode
from denkidesk.domain.errors import Closed, DeskError, LoginRefused, OutcomeUnknown, ServerRefused, Unreachable

SERVICE: Final = "kansai"
ENVELOPE_NAMESPACE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
MAX_TAGS: Final = 50_000  # of each ``MAX_BYTES`` that a reply may have: read into texts by their places, 200,000 cost 1 s and 120 MiB
MAX_ATTRIBUTES: Final = 1_000  # of one element: lxml looks each of them up among all, and 40,000 take ten seconds
MAX_PARTS: Final = 16
MAX_PART_HEADER_BYTES: Final = 8_192
MAX_MESSAGE_CHARACTERS: Final = 2_000
MAX_BYTES: Final = 2 * 1024 * 1024
_XML_TYPES: Final = frozenset({"text/xml", "application/soap+xml"})
_DECLARED_ENCODING: Final = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*([\"'])([A-Za-z0-9._-]{1,40})\1")
_HALVES: Final = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&#(?:[xX]([dD][89abAB][0-9a-fA-F]{2})|(5[5-6][0-9]{3}));&#(?:[xX]([dD][c-fC-F][0-9a-fA-F]{2})|(5[6-7][0-9]{3}));",
    re.DOTALL,
)
"""Two references that are halves of one character, as Axis 1.4 writes those beyond U+FFFF: XML allows neither."""
_REFUSALS: Final = {400: RefusalCode.BAD_REQUEST, 403: RefusalCode.FORBIDDEN, 404: RefusalCode.UNKNOWN_SERVICE}


class NotSoap(Exception):
    """The octets are not a SOAP 1.1 envelope. ``reason`` is a stable word. It never leaves this room."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP fault as the server worded it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Sorts failures of one call by what the clerk can do: a call that changes something is never merely 'unreachable' once sent."""

    changes_something: bool
    closed_until: datetime | None = None  # end of the closed hours that the call fell into
    closed_reason: ClosedReason = ClosedReason.WEEKLY
    receipt_number: str = ""  # that could be read all the same
    clean: Callable[[str], str] = str  # takes secrets out of what the server says

    def unreadable(self, code: ExchangeCode, status: int | None = None, detail: str = "") -> OutcomeUnknown | Unreachable:
        """No trustworthy answer came."""
        if self.changes_something:
            return OutcomeUnknown(SERVICE, code, status, self.clean(detail), self.receipt_number)
        return Unreachable(SERVICE, code, status, self.clean(detail))

    def faulted(self, fault: Fault, status: int) -> DeskError:
        """The server answered with a fault: for what changes something nobody knows how far it had come."""
        if self.changes_something:
            return OutcomeUnknown(SERVICE, OutcomeCode.FAULT, status, fault.message or fault.code)
        return ServerRefused(SERVICE, RefusalCode.FAULT, fault.message or fault.code, status)


def triage(status: int, headers: Mapping[str, str], content: bytes, verdicts: Verdicts, max_bytes: int = MAX_BYTES) -> etree._Element:
    """The one element inside the Body of a 200; everything else is raised as a DeskError. ``headers`` have lower-case names."""
    if status == 503:
        if verdicts.closed_until is not None:
            raise Closed(verdicts.closed_reason, verdicts.closed_until)
        if verdicts.changes_something:
            raise OutcomeUnknown(SERVICE, OutcomeCode.MAINTENANCE, status)
        raise Closed(ClosedReason.MAINTENANCE, None)
    if status in _REFUSALS:
        fault = _fault_of(headers, content, max_bytes, verdicts.clean)
        kind = LoginRefused if status == 403 else ServerRefused  # with a foreign page too: a gateway's refusal counts towards a lock-out
        raise kind(SERVICE, _REFUSALS[status], fault.message if fault else "", status, by_status=fault is None)
    if 300 <= status < 400:
        raise verdicts.unreadable(ExchangeCode.REDIRECT, status)
    if status >= 400:
        fault = _fault_of(headers, content, max_bytes, verdicts.clean)
        raise verdicts.faulted(fault, status) if fault else verdicts.unreadable(ExchangeCode.SERVER_ERROR, status)
    if status != 200:
        raise verdicts.unreadable(ExchangeCode.NOT_SOAP, status, "status")
    if len(content) > max_bytes:
        raise verdicts.unreadable(ExchangeCode.TOO_LARGE, status, str(len(content)))
    return payload_of(lambda: read_envelope(headers, content, max_bytes), verdicts)


def payload_of(read: Callable[[], etree._Element], verdicts: Verdicts) -> etree._Element:
    """The one element inside the Body of a 200's envelope; a fault, and what is no envelope, is raised as a DeskError."""
    try:
        root = read()
        if root.tag != f"{{{ENVELOPE_NAMESPACE}}}Envelope":
            raise NotSoap("root")
        payload = body_element(root)
    except NotSoap as refused:
        raise verdicts.unreadable(ExchangeCode.NOT_SOAP, 200, refused.reason) from None
    if _local(payload) == "Fault":
        raise verdicts.faulted(read_fault(payload, verdicts.clean), 200)
    return payload


def is_plain_xml(headers: Mapping[str, str]) -> bool:
    """Whether a body is one XML document, and no multipart, page or packed thing; a server may name no type."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in ("", *_XML_TYPES) and headers.get("content-encoding", "identity").strip().lower() in ("", "identity")


def read_envelope(headers: Mapping[str, str], content: bytes, max_bytes: int = MAX_BYTES) -> etree._Element:
    """The root element of what says that it is XML; raises NotSoap."""
    if not content.strip():
        raise NotSoap("empty")
    header = _mime_header(b"Content-Type: " + headers.get("content-type", "").encode("latin-1", "replace"))
    media_type = header.get_content_type() if headers.get("content-type") else ""
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotSoap("content_encoding")
    if media_type == "multipart/related":
        content = _root_part(header, content)
    elif media_type and media_type not in _XML_TYPES:  # a server that names no type may still have accepted an application
        raise NotSoap("media_type")
    return parse_xml(content, MAX_TAGS * max_bytes // MAX_BYTES)


def parse_xml(content: bytes, max_tags: int = MAX_TAGS) -> etree._Element:
    """A small, flat, UTF-8 document without DOCTYPE; raises NotSoap. The HTTP charset is not asked: XML's own declaration rules.

    A character written as two halves is joined. A byte order mark, white space before the declaration, and "utf8" in it are read: an
    acceptance must not be lost over them.
    """
    content = join_halves(content.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n"))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise NotSoap("encoding") from None
    if b"\x00" in content:
        raise NotSoap("encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotSoap("doctype")
    if content.count(b"<") > max_tags:
        raise NotSoap("too_many_tags")
    check_declared(content)
    try:
        root = etree.fromstring(content, safe_parser(etree.XMLParser))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise NotSoap("not_xml") from None
    if content.count(b"=") > MAX_ATTRIBUTES:
        refuse_crowded(root.iter())
    return without_doctype(root)


def refuse_crowded(elements: Iterable[etree._Element]) -> None:
    """Raises NotSoap where one of them has too many attributes."""
    if any(len(element.attrib) > MAX_ATTRIBUTES for element in elements):
        raise NotSoap("too_many_tags")


def without_doctype(root: etree._Element) -> etree._Element:
    """The root of a document without a document type; raises NotSoap."""
    if root.getroottree().docinfo.doctype:
        raise NotSoap("doctype")
    return root


def check_declared(content: bytes) -> None:
    """Raises NotSoap for a declaration of another encoding than UTF-8, which is the only one that is read."""
    declared = _DECLARED_ENCODING.match(content)
    if declared is not None and declared[2].lower().translate(None, b"-_") not in (b"utf8", b"usascii", b"ascii"):
        raise NotSoap("encoding")


def safe_parser(kind: Callable[..., Any], **options: object) -> Any:
    """A parser that fetches nothing, expands nothing and mends nothing."""
    return kind(
        encoding="utf-8",  # the only one that comes here; libxml2 knows no "utf8"
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        **options,
    )


def join_halves(content: bytes) -> bytes:
    """Characters that are written as two references, joined to one."""
    return _HALVES.sub(_joined, content) if b"&#" in content else content


def _joined(match: re.Match[bytes]) -> bytes:
    high = int(match[1], 16) if match[1] else int(match[2] or 0)
    low = int(match[3], 16) if match[3] else int(match[4] or 0)
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return match[0]
    return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def body_element(envelope: etree._Element) -> etree._Element:
    """The one element in the envelope's one Body; raises NotSoap."""
    bodies = envelope.findall(f"{{{ENVELOPE_NAMESPACE}}}Body")
    if len(bodies) != 1:
        raise NotSoap("body")
    if len(bodies[0]) != 1:
        raise NotSoap("empty_body" if len(bodies[0]) == 0 else "body")
    return bodies[0][0]


def read_fault(fault: etree._Element, clean: Callable[[str], str]) -> Fault:
    """Code and text of a fault by local names: servers disagree about whether its children are in a namespace."""
    code, message = "", ""
    for child in fault:
        name = _local(child)
        if name in ("faultcode", "Code"):
            code = code or _text(child, clean)
        elif name in ("faultstring", "Reason"):
            message = message or _text(child, clean)
    return Fault(code.rpartition(":")[2], message)


def _fault_of(headers: Mapping[str, str], content: bytes, max_bytes: int, clean: Callable[[str], str]) -> Fault | None:
    """The fault that an error status may carry; None for anything else, such as a page of HTML."""
    if len(content) > max_bytes:
        return None
    try:
        root = read_envelope(headers, content, max_bytes)
        payload = body_element(root)
    except NotSoap:
        return None
    if root.tag != f"{{{ENVELOPE_NAMESPACE}}}Envelope":
        return None
    return read_fault(payload, clean) if _local(payload) == "Fault" else None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: etree._Element, clean: Callable[[str], str]) -> str:
    return clean(" ".join("".join(element.itertext()).split()))[:MAX_MESSAGE_CHARACTERS]


def _mime_header(block: bytes) -> Message:
    return BytesHeaderParser().parsebytes(block)


def _root_part(header: Message, content: bytes) -> bytes:
    """The part that ``start`` names, or the first; raises NotSoap."""
    start = header.get_param("start")
    wanted = _bare_id(start) if isinstance(start, str) and start else None
    for part in _parts(header, content):
        heading, separator, body = _split_part(part)
        if not separator or len(heading) > MAX_PART_HEADER_BYTES:
            raise NotSoap("part")
        part_header = _mime_header(heading)
        if wanted is None or _bare_id(str(part_header.get("content-id", ""))) == wanted:
            return _decoded_part(part_header, body)
    raise NotSoap("start")


def _parts(header: Message, content: bytes) -> list[bytes]:
    """Every part of a whole multipart body; raises NotSoap. Split by hand: a parser of mails builds an object for every part."""
    boundary = header.get_boundary()
    if not boundary or not boundary.isascii() or len(boundary) > 200:
        raise NotSoap("boundary")
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("ascii")) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    parts: list[bytes] = []
    begin: int | None = None
    for match in delimiter.finditer(content):
        if begin is not None:
            parts.append(content[begin : match.start()])
        if match[1] and parts:
            return parts
        begin = match.end()
        if match[1]:
            break
        if len(parts) >= MAX_PARTS:
            raise NotSoap("too_many_parts")
    raise NotSoap("multipart_cut" if begin is not None else "boundary")


def _decoded_part(header: Message, body: bytes) -> bytes:
    """The octets of an XML part; raises NotSoap."""
    if header.get_content_type() not in _XML_TYPES:
        raise NotSoap("part_type")
    encoding = str(header.get("content-transfer-encoding", "8bit")).strip().lower()
    if encoding in ("7bit", "8bit", "binary"):
        return body
    if encoding in ("base64", "quoted-printable"):
        header.set_payload(body.decode("ascii", "replace"))
        decoded = header.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else b""
    raise NotSoap("part_encoding")


def _split_part(part: bytes) -> tuple[bytes, bytes, bytes]:
    part = part.removeprefix(b"\r\n") if part.startswith(b"\r\n") else part.removeprefix(b"\n")
    match = re.search(rb"\r?\n\r?\n", part)
    if match is None:
        return part, b"", b""
    return part[: match.start()], match[0], part[match.end() :]


def _bare_id(text: str) -> str:
    return text.strip().removeprefix("<").removesuffix(">")
