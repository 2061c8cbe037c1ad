"""Secrets are taken out of text however they are spelled."""

import base64
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.wire.redaction import mask_envelope, redact

SECRET = "CANARY <&\"' 合言葉 +/="


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        escape(SECRET),
        quoteattr(SECRET),
        quote(SECRET),
        quote(SECRET, safe=""),
        base64.b64encode(SECRET.encode()).decode(),
    ],
)
def test_a_secret_is_masked_in_every_spelling(spelled):
    masked = redact(f"before {spelled} after", [SECRET, None, ""])
    assert "CANARY" not in masked
    assert spelled not in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")


def test_a_secret_within_a_secret_leaves_nothing():
    assert redact("abcdef abc", ["abc", "abcdef"]) == "**** ****"


@pytest.mark.parametrize(
    ("xml", "masked"),
    [
        (b"<a><password>p1</password><loginID>l1</loginID></a>", b"<a><password>****</password><loginID>****</loginID></a>"),
        (b'<h:password xsi:type="x">p1</h:password>', b'<h:password xsi:type="x">****</h:password>'),
        (b"<password>\n<![CDATA[p1</x>]]>\n</password >", b"<password>****</password >"),
        ("<password>合言葉</password>".encode(), b"<password>****</password>"),
        (b"<password/><note>n</note>", b"<password/><note>n</note>"),
        (b'<password a="b"/><note>n</note><password>p</password>', b'<password a="b"/><note>n</note><password>****</password>'),
        (b"<passwords>n</passwords>", b"<passwords>n</passwords>"),
        (b"<not xml password", b"<not xml password"),
    ],
)
def test_an_envelope_keeps_all_but_login_and_password(xml, masked):
    assert mask_envelope(xml) == masked


@given(st.text(min_size=1).filter(lambda text: "</" not in text))
def test_no_text_of_a_password_gets_through(text):
    secret = escape(text).encode("utf-8", "surrogatepass")
    assert mask_envelope(b"<e><s:password>" + secret + b"</s:password></e>") == b"<e><s:password>****</s:password></e>"
