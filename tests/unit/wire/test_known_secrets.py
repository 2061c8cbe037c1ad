"""A secret that a server echoes is taken out in every spelling, and ordinary words stay whole."""

import base64
import json
from html import escape
from itertools import cycle
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denkidesk.wire.known_secrets import MASK, KnownSecrets

SECRET = "Canary-päss<&>wo rd+/\"'\\2"


def b64(text, encoding="utf-8"):
    return base64.b64encode(text.encode(encoding)).decode()


SPELLINGS = {
    "plain": str,
    "other case": str.upper,
    "named entities": escape,
    "decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(c):04X};" for c in text),
    "escaped twice": lambda text: escape(escape(text)),
    "URL": lambda text: quote(text, safe=""),
    "URL in lower case": lambda text: "".join(quote(c, safe="").lower() for c in text),
    "form": quote_plus,
    "URL twice": lambda text: quote(quote(text, safe=""), safe=""),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON as UTF-8": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON within JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "two bytes a letter": "\x00".join,
    "base64": b64,
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64 in a URL": lambda text: quote(b64(text), safe=""),
    "base64 of UTF-16": lambda text: b64(text, "utf-16"),
    "Basic": lambda text: b64(f"clerk:{text}"),
    "base64, one byte on": lambda text: b64(f"x{text}y"),
    "base64, two bytes on": lambda text: b64(f"xx{text}yy"),
    "hexadecimal": lambda text: text.encode().hex(),
}


def known(secret, login_id="clerk"):
    secrets = KnownSecrets()
    secrets.learn(secret, login_id)
    return secrets


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_found_wherever_it_stands(spelling):
    text = SPELLINGS[spelling](SECRET)
    secrets = known(SECRET)
    assert secrets.cleaned(f"値 '{text}' は不正です") == f"値 '{MASK}' は不正です"
    assert secrets.cleaned(f"見本{text}見本：{text}") == f"見本{MASK}見本：{MASK}"


def test_spellings_may_be_mixed():
    spelt = "".join(way(c) for way, c in zip(cycle([str, lambda c: f"&#{ord(c)};", lambda c: quote(c, safe="")]), SECRET, strict=False))
    assert known(SECRET).cleaned(f"[{spelt}]") == f"[{MASK}]"


@pytest.mark.parametrize(
    ("secret", "text", "cleaned"),
    [
        ("secret77", "asecret77b", "a***b"),
        ("key-55", "the key-55 is wrong", "the *** is wrong"),
        ("key-55", "monkey-551", "monkey-551"),
        ("key-55", "パスワードkey-55は", "パスワード***は"),
        ("20261201", "訪問 20261201 です", "訪問 *** です"),
        ("20261201", "D20261201", "D20261201"),
        ("the", "the value of the field", "the value of the field"),
        ("the", "値 'the' は不正", "値 '***' は不正"),
        ("the", "<password>the</password>", "<password>***</password>"),
        ("the", "the", "***"),
    ],
)
def test_a_short_secret_leaves_ordinary_words_whole(secret, text, cleaned):
    assert known(secret).cleaned(text) == cleaned


def test_numbers_and_codes_keep_what_a_short_secret_may_be_by_chance():
    assert known("20261201").cleaned("20261201", is_code=True) == "20261201"
    assert known(SECRET).cleaned(f"R{SECRET}", is_code=True) == f"R{MASK}"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_holds_no_secret_stays_as_it_is(text):
    assert known("canary-of-a-test").cleaned(text) == text


LETTERS = st.characters(max_codepoint=0x2FF, exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])


@settings(deadline=None)
@given(st.text(alphabet=LETTERS, min_size=8, max_size=40).filter(lambda text: not text.isdigit()))
def test_any_long_secret_is_found(secret):
    for spell in (str, escape, lambda text: quote(text, safe=""), lambda text: json.dumps(text)[1:-1], b64):
        assert secret not in known(secret).cleaned(f"値「{spell(secret)}」")
        assert MASK in known(secret).cleaned(f"値「{spell(secret)}」")


def test_texts_made_to_be_slow_end():
    secrets = known("\\" * 12 + "&&&&  ++" + SECRET)
    for piece in ("&", "%25", "\\", "&amp;", "A", " +"):
        assert secrets.cleaned(piece * 2_000 + "&") == piece * 2_000 + "&"
