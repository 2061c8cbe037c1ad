"""The paste cleaner: takes what people paste, and tells what it changed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from denkidesk.domain.supply_point import clean_supply_point_number

_INVISIBLE: Final = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]+")
_LINE_END: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
_LINE_SPACE: Final = re.compile(r"[\t\r\n\u0085\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text as it goes on, and stable words for what was changed on the way.

    ``changes``: ``width`` (full-width made half-width), ``kana`` (half-width kana made full-width), ``separators`` (spaces and hyphens
    taken out of a number), ``trimmed``, ``lines`` (line breaks and tabs made spaces), ``invisible`` (characters that nobody sees
    taken out), ``composed`` (marks joined with their letters).
    """

    text: str
    changes: tuple[str, ...] = ()


def clean_number(text: str) -> Cleaned:
    """A number as it was pasted: half-width, without spaces, hyphens and invisible characters."""
    changes = []
    seen = _INVISIBLE.sub("", text)
    if seen != text:
        changes.append("invisible")
    narrow = unicodedata.normalize("NFKC", seen)
    # An ideographic space is width and separator at once; it is named as a separator alone.
    if any(clean_supply_point_number(ch) not in ("", ch) for ch in seen):
        changes.append("width")
    # Taking a space out may bring a letter and a mark together, which then are one character.
    joined = unicodedata.normalize("NFKC", clean_supply_point_number(seen))
    if joined != re.sub(r"^\s+|\s+$", "", narrow):
        changes.append("separators")
    elif narrow != narrow.strip():
        changes.append("trimmed")
    if joined != text and not changes:
        changes.append("composed")
    return Cleaned(joined, tuple(changes))


def clean_text(text: str, *, multiline: bool = False) -> Cleaned:
    """A name or an address: trimmed and readable, otherwise as it was typed.

    It is *not* folded as a whole: ㈱, ① and 髙 are what the clerk meant. Control characters stay, for the check to refuse them by name.
    """
    changes = []
    seen = _INVISIBLE.sub("", text)
    if seen != text:
        changes.append("invisible")
    ends = seen if multiline else seen.strip()
    lined = _LINE_END.sub("\n", ends).replace("\t", " ") if multiline else _LINE_SPACE.sub(" ", ends)
    if lined != ends:
        changes.append("lines")
    # Voiced half-width kana are two characters that belong together: the run is folded as a whole.
    wide = _HALF_KANA.sub(lambda run: unicodedata.normalize("NFKC", run.group()), lined)
    if wide != lined:
        changes.append("kana")
    composed = _compose(wide)
    if composed != wide:
        changes.append("composed")
    trimmed = "\n".join(line.rstrip() for line in composed.split("\n")).strip()
    if seen.strip() != seen or trimmed != composed:
        changes.append("trimmed")
    return Cleaned(trimmed, tuple(changes))


def _compose(text: str) -> str:
    """NFC for letters with marks, leaving compatibility ideographs alone: NFC would turn 神 (U+FA19) into another character."""
    out: list[str] = []
    run = ""
    for ch in text:
        if run and unicodedata.combining(ch):
            run += ch
            continue
        if run:
            out.append(unicodedata.normalize("NFC", run) if len(run) > 1 else run)
        run = ch
    if run:
        out.append(unicodedata.normalize("NFC", run) if len(run) > 1 else run)
    return "".join(out)


def clean_code(text: str) -> Cleaned:
    """A code out of a table: half-width and trimmed, nothing more."""
    narrow = unicodedata.normalize("NFKC", text)
    trimmed = unicodedata.normalize("NFKC", narrow.strip())
    changes = [*(["width"] if narrow != text else []), *(["trimmed"] if trimmed != narrow else [])]
    return Cleaned(trimmed, tuple(changes))
