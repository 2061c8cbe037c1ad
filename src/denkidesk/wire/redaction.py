"""Taking secrets out of what is stored or shown."""

import base64
import re
from collections.abc import Iterable
from typing import Final

MASK: Final = "****"

_XML_SPELLINGS: Final = {
    "&": ("&amp;", "&#38;", "&#x26;"),
    "<": ("&lt;", "&#60;", "&#x3[cC];"),
    ">": ("&gt;", "&#62;", "&#x3[eE];"),
    '"': ("&quot;", "&#34;", "&#x22;"),
    "'": ("&apos;", "&#39;", "&#x27;"),
}

# By local name, with any prefix: the official message may qualify them or not. Anything up to the matching end tag goes, CDATA included.
_SECRET_ELEMENT: Final = re.compile(
    rb"(<(?P<tag>(?:[^\s<>/:]+:)?(?P<local>password|loginid))(?:\s[^<>]*?)?(?<!/)>)(?P<text>.*?)(</(?P=tag)\s*>)", re.DOTALL | re.IGNORECASE
)


def redact(text: str, secrets: Iterable[str | None]) -> str:
    """``text`` without the secrets, however they are spelled: plain, XML- or URL-escaped, Base64."""
    patterns = [pattern for secret in secrets if secret for pattern in _spellings(secret)]
    patterns.sort(key=len, reverse=True)  # the longest first, as one spelling may contain another
    return re.sub("|".join(patterns), MASK, text) if patterns else text


def _spellings(secret: str) -> list[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    url = "".join(
        f"(?:{re.escape(chr(byte))}|%(?i:{byte:02x}){'|[+]' if byte == 0x20 else ''})" if byte < 0x80 else f"%(?i:{byte:02x})"
        for byte in raw
    )
    xml = "".join(f"(?:{'|'.join([re.escape(character), *_XML_SPELLINGS.get(character, ())])})" for character in secret)
    return [xml, url, re.escape(base64.b64encode(raw).decode()), re.escape(base64.urlsafe_b64encode(raw).decode().rstrip("="))]


def mask_envelope(xml: bytes) -> bytes:
    """A UTF-8 envelope with **** for the text of every ``password`` and ``loginID`` element, whatever its prefix; else unchanged."""
    return _SECRET_ELEMENT.sub(lambda match: match[1] + MASK.encode() + match[5], xml)
