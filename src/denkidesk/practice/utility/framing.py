"""MIME multipart/related, as strictly as the strictest servers that were tried read it.

Refused: another media type, a bare or wrong ``type``, no or an impossible boundary, a ``start`` that names no part, line ends that are not
CRLF, a missing closing delimiter, attachments, a root part that is not ``text/xml`` in UTF-8.
"""

import re
from typing import Final

from denkidesk.practice.utility.refusal import Refusal

_TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_PARAMETER: Final = re.compile(rf"\s*;\s*({_TOKEN})=(?:\"((?:[^\"\\]|\\.)*)\"|({_TOKEN}))")
_BOUNDARY: Final = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_CONTENT_ID: Final = re.compile(r"<[^<>\s]+>")


def media_type(header: str, item: str) -> tuple[str, dict[str, str]]:
    """Media type and parameters, names in lower case. Raises Refusal (400) where the header is not well-formed."""
    essence, _, _ = header.partition(";")
    position = len(essence)
    parameters: dict[str, str] = {}
    while position < len(header.rstrip()):
        match = _PARAMETER.match(header, position)
        if match is None:
            raise Refusal(400, item, "form")
        name = match[1].lower()
        if name in parameters:
            raise Refusal(400, f"{item} {name}", "twice")
        parameters[name] = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        position = match.end()
    return essence.strip().lower(), parameters


def root_part(content_type: str, body: bytes) -> bytes:
    """The octets of the root part. Raises Refusal (400) naming what is wrong with the framing."""
    essence, parameters = media_type(content_type, "Content-Type")
    if essence != "multipart/related":
        raise Refusal(400, "Content-Type", "multipart/related")
    if parameters.get("type", "").lower() != "text/xml":
        raise Refusal(400, "Content-Type type", "text/xml")
    boundary = parameters.get("boundary", "")
    if not _BOUNDARY.fullmatch(boundary):
        raise Refusal(400, "Content-Type boundary", "required")
    start = parameters.get("start")
    if start is not None and not _CONTENT_ID.fullmatch(start):
        raise Refusal(400, "Content-Type start", "form")
    parts = [_part(octets) for octets in _split(body, boundary)]
    if start is not None and not any(headers.get("content-id") == start for headers, _ in parts):
        raise Refusal(400, "Content-Type start", "names no part")
    if len(parts) > 1:
        raise Refusal(400, "attachment", "unexpected")
    headers, content = parts[0]
    _check_root(headers, content)
    return content


def _split(body: bytes, boundary: str) -> list[bytes]:
    delimiter = b"--" + boundary.encode("ascii")
    # The CRLF before a delimiter belongs to it; a body may begin with one straight away.
    pieces = (b"\r\n" + body).split(b"\r\n" + delimiter)
    if len(pieces) < 2:
        raise Refusal(400, "boundary", "not in the body")
    if not re.fullmatch(rb"--[ \t]*(?:\r\n.*)?", pieces[-1], re.DOTALL):
        raise Refusal(400, "boundary", "no closing delimiter")
    parts: list[bytes] = []
    for piece in pieces[1:-1]:
        padding, line_end, part = piece.partition(b"\r\n")
        if not line_end or padding.strip(b" \t"):
            raise Refusal(400, "boundary", "line end")
        parts.append(part)
    if not parts:
        raise Refusal(400, "root part", "required")
    return parts


def _part(octets: bytes) -> tuple[dict[str, str], bytes]:
    if octets.startswith(b"\r\n"):
        return {}, octets[2:]
    head, blank, content = octets.partition(b"\r\n\r\n")
    if not blank:
        raise Refusal(400, "root part", "no empty line after its headers")
    headers: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if not colon or b"\n" in line or not re.fullmatch(_TOKEN.encode(), name):
            raise Refusal(400, "root part", "header line")
        headers[name.decode("ascii").lower()] = value.strip().decode("latin-1")
    return headers, content


def _check_root(headers: dict[str, str], content: bytes) -> None:
    if "content-type" not in headers:
        raise Refusal(400, "root part Content-Type", "required")
    essence, parameters = media_type(headers["content-type"], "root part Content-Type")
    if essence != "text/xml":
        raise Refusal(400, "root part Content-Type", "text/xml")
    if parameters.get("charset", "").lower() != "utf-8":
        raise Refusal(400, "root part charset", "UTF-8")
    encoding = headers.get("content-transfer-encoding", "7bit").lower()
    if encoding not in ("7bit", "8bit", "binary") or (encoding == "7bit" and not content.isascii()):
        raise Refusal(400, "root part Content-Transfer-Encoding", encoding)
