"""Numbers as people type and paste them: what stands round and between the digits, and what a spreadsheet made of them.

Nothing here guesses: what cannot be read as it stands is named, never mended.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from denkidesk.domain.fault_codes import SpreadsheetCode
from denkidesk.domain.unseen import seen, trimmed

_DASH: Final = "-‐-―⁃−─━〜ーｰ˗﹘﹣－~～∼〰"
DASHES: Final = re.compile(f"[{_DASH}]")
"""What input methods, telephone books and word processors write between the digits of a number."""
_SEPARATORS: Final = re.compile(rf"[{_DASH}_,.・･\s]+")
_LONGEST: Final = 200  # with all that may stand round it
_QUOTES: Final = "\"'“”„‘’＂＇「」『』｢｣【】"
_LABEL: Final = re.compile(r"[^\W\d_][^\d:：]{0,29}[:：]|[=＝](?=\s*[\"'＂＇\d])")  # 電話: · the = of ="06…", a text that is kept as one
_BARE_LABEL: Final = re.compile(  # 供給地点特定番号 06… · TEL06-… · 〒530-…; a numeral of kanji is no label
    r"(?:[^\W\d_a-zA-Zａ-ｚＡ-Ｚーｰ〇零一二三四五六七八九十]{1,15}|[a-z]{2,15}\.?(?=\s)|tel\.?|spin|〒)(?=\s*[\d(（])", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_ERROR_VALUE: Final = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_EXPONENT: Final = re.compile(r"[+-]?\d+(?:[.,]\d*)?E[+-]?\d+", re.IGNORECASE)
_DATE: Final = re.compile(
    r"(?:(?:19|20)\d\d[年/])?\d{1,2}(?:月(?:\d{1,2}日)?|/\d{1,2}(?:/\d{2,4})?)|(?:19|20)\d\d-\d{1,2}-\d{1,2}"
    r"|\d{1,2}-[a-z]{3}(?:-\d{2,4})?|[a-z]{3}-\d{2}",
    re.IGNORECASE,
)


def unwrapped(text: str, *, bare_labels: bool = True) -> str:
    """A number without what stands round it: quotes, the = of a spreadsheet's text, a label in front. A long text is no number."""
    while len(text) <= _LONGEST:
        bare = trimmed(text).strip(_QUOTES)
        label = _LABEL.match(bare) or (_BARE_LABEL.match(bare) if bare_labels else None)
        bare = bare[label.end() :] if label else bare
        if bare == text:
            return text
        text = bare
    return text


def clean_digits(text: str) -> str:
    """What was pasted as half-width digits without separators, quotes and labels; other characters stay, to be refused by name."""
    while (cleaned := _SEPARATORS.sub("", unicodedata.normalize("NFKC", unwrapped(seen(text))))) != text:
        text = cleaned
    return text


def clean_figure(text: str) -> str:
    """An amount as it was pasted: half-width, with an ASCII minus and its decimal point, without spaces and thousands separators."""
    narrow = "".join(unicodedata.normalize("NFKC", unwrapped(seen(text), bare_labels=False)).split())
    narrow = DASHES.sub("-", narrow)
    return narrow.replace(",", "") if _GROUPED.fullmatch(narrow) else narrow


def decimal_of(text: str) -> Decimal | None:
    """The amount, written plainly; None if it is none."""
    cleaned = clean_figure(text)
    return Decimal(cleaned) if _FIGURE.fullmatch(cleaned) else None


def mark_for_value(text: str) -> SpreadsheetCode | None:
    """Which mark a spreadsheet wrote instead of a value: a value of no field at all."""
    plain = unicodedata.normalize("NFKC", trimmed(text).strip(_QUOTES))
    if plain and not plain.strip("#"):
        return SpreadsheetCode.HIDDEN
    return SpreadsheetCode.ERROR_VALUE if _ERROR_VALUE.fullmatch(plain) else None


def spreadsheet_damage(text: str) -> SpreadsheetCode | None:
    """What a spreadsheet left of a number; None where nothing shows."""
    if mark := mark_for_value(text):
        return mark
    plain = unicodedata.normalize("NFKC", unwrapped(text))[: _LONGEST + 1]
    if _EXPONENT.fullmatch(plain):
        return SpreadsheetCode.EXPONENT
    return SpreadsheetCode.DATE if _DATE.fullmatch(plain) else None
