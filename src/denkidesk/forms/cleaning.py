"""The paste cleaner: takes what people paste, and tells what it changed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from denkidesk.domain.typed_numbers import DASHES, clean_digits, clean_figure, spreadsheet_damage, unwrapped
from denkidesk.domain.unseen import seen, trimmed

_POSTCODE_DIGITS: Final = 7
_INVISIBLE: Final = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]+")
_LINE_END: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
_LINE_SPACE: Final = re.compile(r"[\t\r\n\u0085\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text as it goes on, and stable words for what was changed on the way.

    ``changes``: ``width`` (full-width made half-width), ``kana`` (half-width kana made full-width), ``separators`` (spaces and hyphens
    taken out of a number), ``grouping`` (spaces and commas out of an amount), ``hyphens`` (blanks and dashes made plain), ``wrapping``
    (quotes and labels round a number), ``trimmed``, ``lines`` (line breaks and tabs made spaces), ``invisible`` (characters that nobody
    sees taken out), ``composed`` (marks joined with their letters).
    """

    text: str
    changes: tuple[str, ...] = ()


def clean_number(text: str) -> Cleaned:
    """Digits as they were pasted: half-width, without separators, quotes and labels. What a spreadsheet broke stays as it is."""
    return _cleaned_number(text, clean_digits)


def clean_amount(text: str) -> Cleaned:
    """As :func:`clean_number`, with the decimal point and the sign."""
    return _cleaned_number(text, clean_figure, separators="grouping", bare_labels=False)


def clean_phone(text: str) -> Cleaned:
    """As :func:`clean_number`; what stands between the digits stays, every dash as the one hyphen."""
    return _cleaned_number(text, _hyphenated, separators="hyphens")


def clean_postcode(text: str) -> Cleaned:
    """As :func:`clean_number`; seven digits as they stand on a letter: 100-0001."""
    cleaned = _cleaned_number(text, clean_digits)
    digits = cleaned.text
    if len(digits) != _POSTCODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        return cleaned
    return Cleaned(f"{digits[:3]}-{digits[3:]}", tuple(change for change in cleaned.changes if change != "separators"))


def _hyphenated(text: str) -> str:
    while (cleaned := " ".join(DASHES.sub("-", unicodedata.normalize("NFKC", unwrapped(seen(text)))).split())) != text:
        text = cleaned
    return text


def _cleaned_number(text: str, clean: Callable[[str], str], *, separators: str = "separators", bare_labels: bool = True) -> Cleaned:
    if spreadsheet_damage(text):
        return Cleaned(text)
    cleaned, shown = clean(text), seen(text)
    bare = unwrapped(shown, bare_labels=bare_labels)
    changes = []
    if shown != text:
        changes.append("invisible")
    if bare != trimmed(shown):
        changes.append("wrapping")
    # An ideographic space or a full-width hyphen is width and separator at once; it is named as a separator alone.
    if any(clean(ch) not in ("", ch) and not DASHES.match(ch) for ch in set(bare)):
        changes.append("width")
    if cleaned != unicodedata.normalize("NFKC", bare):
        changes.append(separators)
    elif bare == trimmed(shown) != shown:
        changes.append("trimmed")
    if cleaned != text and not changes:
        changes.append("composed")
    return Cleaned(cleaned, tuple(changes))


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
    letters: list[str] = []
    for ch in text:
        if letters and unicodedata.combining(ch):
            letters[-1] += ch
        else:
            letters.append(ch)
    return "".join(unicodedata.normalize("NFC", letter) if len(letter) > 1 else letter for letter in letters)


def clean_code(text: str) -> Cleaned:
    """A code out of a table: half-width and trimmed, nothing more."""
    narrow = unicodedata.normalize("NFKC", text)
    trimmed = unicodedata.normalize("NFKC", narrow.strip())
    changes = [*(["width"] if narrow != text else []), *(["trimmed"] if trimmed != narrow else [])]
    return Cleaned(trimmed, tuple(changes))
