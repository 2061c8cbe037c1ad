"""Taking secrets out of what is stored or shown."""

import base64
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

MASK: Final = "****"

# By local name, with any prefix: the official message may qualify them or not. Anything up to the matching end tag goes, CDATA included.
_SECRET_ELEMENT: Final = re.compile(
    rb"(<(?P<tag>(?:[^\s<>/:]+:)?(?P<local>password|loginid))(?:\s[^<>]*?)?(?<!/)>)(?P<text>.*?)(</(?P=tag)\s*>)", re.DOTALL | re.IGNORECASE
)


def redact(text: str, secrets: Iterable[str | None]) -> str:
    """``text`` without the secrets, however they are spelled: plain, XML- or URL-escaped, Base64."""
    spellings: set[str] = set()
    for secret in secrets:
        if not secret:
            continue
        escaped = escape(secret)
        spellings |= {secret, escaped, escape(secret, {'"': "&quot;", "'": "&apos;"}), escape(secret, {'"': "&#34;", "'": "&#39;"})}
        raw = secret.encode("utf-8", "surrogatepass")
        spellings |= {quote(raw, safe=""), quote(raw), quote_plus(raw)}
        spellings |= {base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode().rstrip("=")}
    for spelling in sorted(spellings, key=len, reverse=True):  # the longest first, as one spelling may contain another
        text = text.replace(spelling, MASK)
    return text


def mask_envelope(xml: bytes) -> bytes:
    """A UTF-8 envelope with **** for the text of every ``password`` and ``loginID`` element, whatever its prefix; else unchanged."""
    return _SECRET_ELEMENT.sub(lambda match: match[1] + MASK.encode() + match[5], xml)
