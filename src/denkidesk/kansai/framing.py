"""MIME multipart/related framing of a SOAP envelope with no attachment, as the utility's overview asks for."""

import secrets
from dataclasses import dataclass, field
from typing import Final

_CRLF: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class FramedRequest:
    """A request body and the Content-Type that describes it."""

    content_type: str
    body: bytes = field(repr=False)  # holds the password


def frame(envelope: bytes, *, boundary: str | None = None, content_id: str | None = None) -> FramedRequest:
    """The envelope as the one root part of a multipart/related body; the boundary never occurs in the envelope.

    Every parameter value is quoted: ``type`` has a slash, and the JAX-WS reference implementation refuses it bare. ``start`` and
    ``Content-ID`` are the same octets, angle brackets included. ``boundary`` and ``content_id`` are given by tests only.

    Raises ValueError for a boundary that occurs in the envelope or is longer than the 70 characters of RFC 2046.
    """
    if boundary is None:
        boundary = _fresh_boundary(envelope)
    if not 0 < len(boundary) <= 70 or boundary.encode("ascii") in envelope:
        raise ValueError("boundary")
    if content_id is None:
        content_id = f"<{secrets.token_hex(16)}@denkidesk.invalid>"
    delimiter = b"--" + boundary.encode("ascii")
    lines = [
        delimiter,
        b"Content-Type: text/xml; charset=UTF-8",
        b"Content-Transfer-Encoding: 8bit",
        b"Content-ID: " + content_id.encode("ascii"),
        b"",
        envelope,
        delimiter + b"--",
        b"",
    ]
    return FramedRequest(f'multipart/related; type="text/xml"; boundary="{boundary}"; start="{content_id}"', _CRLF.join(lines))


def _fresh_boundary(envelope: bytes) -> str:
    while True:
        boundary = "----=_Part_" + secrets.token_hex(16)
        if boundary.encode("ascii") not in envelope:
            return boundary
