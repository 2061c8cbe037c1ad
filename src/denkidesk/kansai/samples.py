"""Sample texts that a schema takes, found by what the schema says against the last one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from denkidesk.kansai.schema import SchemaFault

K = TypeVar("K")

_ROUNDS: Final = 60
_SPREAD: Final = 40
"""How many more than the fewest repetitions of a pattern are tried, where a length asks for them."""
_ANY: Final = ("1", "A", "true", "2026-12-28", "2026-12-28T00:00:00+09:00", "20261228", "0001", "あ", "ア", "a@example.invalid")
_BUILT_IN: Final = {
    "date": "2026-12-28",
    "dateTime": "2026-12-28T00:00:00+09:00",
    "time": "00:00:00",
    "gYear": "2026",
    "gYearMonth": "2026-12",
    "boolean": "true",
    "base64Binary": "MQ==",
    "anyURI": "urn:x",
    "duration": "P1D",
}
_NAMES: Final = (
    *("見本 太郎", "見本　太郎", "見本太郎", "ミホン　タロウ", "ミホン タロウ", "ミホンタロウ"),
    *("ﾐﾎﾝ ﾀﾛｳ", "みほん　たろう", "MIHON TARO", "見本"),
)
_ADDRESSES: Final = ("大阪府大阪市見本町0-0-0", "大阪府大阪市見本町０－０－０", "大阪府見本町", "大阪府")
_PHONES: Final = ("06-0000-0000", "0600000000", "06(0000)0000", "０６－００００－００００")
TYPED: Final[Mapping[str, Sequence[str]]] = {
    "customer_name": _NAMES,
    "supply_point_address": _ADDRESSES,
    "supply_point_number": ("06" + "0" * 19 + "1",),
    "contact_phone": _PHONES,
    "note": (*_NAMES, "備考"),
    "ip_address": ("192.0.2.1", "203.0.113.10", "192.000.002.001"),
}
"""What a clerk or a setting would say; of a code, a login or a number of the utility nobody here knows the form."""
_CLASSES: Final = {
    "d": "0", "w": "a", "s": " ", "i": "a", "c": "a", "D": "a", "W": "-", "S": "a", "I": "-", "C": " ",
    "Lu": "A", "Ll": "a", "L": "a", "N": "0", "Nd": "0", "P": "-", "Z": " ", "Zs": " ",
    "IsHiragana": "あ", "IsKatakana": "ア", "IsCJKUnifiedIdeographs": "見", "IsBasicLatin": "a", "IsHalfwidthandFullwidthForms": "Ａ",
}  # fmt: skip
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_LIKELY: Final = "aA0あア見-_ .!"


def fitted(
    first: Mapping[K, str],
    broken: Callable[[Mapping[K, str]], list[tuple[K, SchemaFault]]],
    choices: Mapping[K, Sequence[str]],
) -> tuple[dict[K, str], list[tuple[K, SchemaFault]]]:
    """Texts that break no rule, or the nearest that was found with what speaks against it.

    ``choices``: for a key that may not have just any text, the texts that it may have; an empty list for one that stays as it is.
    """
    texts = dict(first)
    tried: dict[K, set[str]] = {key: {text} for key, text in texts.items()}
    faults = broken(texts)
    for _ in range(_ROUNDS):
        moved = False
        for key, own in _by_key(faults).items():
            candidates = choices[key] if key in choices else (*_wanted(texts.get(key, ""), own), *_ANY)
            following = next((text for text in candidates if text and text not in tried.get(key, set())), None)
            if key in texts and following is not None:
                texts[key] = following
                tried[key].add(following)
                moved = True
        if not moved:
            break
        faults = broken(texts)
        if not faults:
            break
    return texts, faults


def _by_key(faults: list[tuple[K, SchemaFault]]) -> dict[K, list[SchemaFault]]:
    found: dict[K, list[SchemaFault]] = {}
    for key, fault in faults:
        found.setdefault(key, []).append(fault)
    return found


def _wanted(text: str, faults: list[SchemaFault]) -> Iterator[str]:
    """What the broken rules ask for."""
    for fault in sorted(faults, key=lambda fault: fault.rule != "CVC_PATTERN_VALID"):
        if fault.rule == "CVC_PATTERN_VALID":
            yield from (sample_of(pattern, spread) for pattern in fault.values for spread in range(_SPREAD))
        elif fault.limit:
            yield (text * int(fault.limit))[: int(fault.limit)] if text else "1" * int(fault.limit)
        elif fault.rule.startswith("CVC_DATATYPE_VALID"):
            yield _BUILT_IN.get("".join(fault.values), "1")
        for value in fault.values:
            yield value
            if value.lstrip("-").isdigit():
                yield from (str(int(value) + 1), str(int(value) - 1))


def sample_of(pattern: str, spread: int = 0) -> str:
    """A text of an XSD pattern, each part as short as it may be, and the last that may be longer by ``spread`` repetitions.

    Not right for every pattern there can be: whoever asks tries it out.
    """
    try:
        return _Pattern(pattern, spread).branches("")
    except (IndexError, ValueError):
        return ""


class _Pattern:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str, spread: int) -> None:
        self._rest = pattern
        self._spread = spread

    def branches(self, end: str) -> str:
        """The first branch, up to ``end``; the others are read and left out."""
        made = [self._branch(end)]
        while self._rest.startswith("|"):
            self._rest = self._rest[1:]
            made.append(self._branch(end))
        if end:
            self._take()
        return made[0]

    def _branch(self, end: str) -> str:
        parts: list[tuple[str, int, int]] = []
        while self._rest and self._rest[0] not in ("|", end):
            parts.append((self._atom(), *self._repeat()))
        longest = max((place for place, (_, least, most) in enumerate(parts) if most > least), default=-1)
        return "".join(
            atom * (min(least + self._spread, most) if place == longest else least) for place, (atom, least, most) in enumerate(parts)
        )

    def _atom(self) -> str:
        character = self._take()
        if character == "(":
            return self.branches(")")
        if character == "[":
            return self._of_class()
        if character == "\\":
            return self._escape()[0]
        return "a" if character == "." else character

    def _of_class(self) -> str:
        is_negative = self._rest.startswith("^")
        if is_negative:
            self._take()
        ranges: list[tuple[str, str]] = []
        while not self._rest.startswith("]"):
            low = self._class_character()
            if self._rest[:2] == "-[":  # a subtraction: whoever asks finds out
                self._take()
                self._take()
                self._of_class()
            elif self._rest.startswith("-") and self._rest[1:2] not in ("]", ""):
                self._take()
                ranges.append((low, self._class_character()))
            else:
                ranges.append((low, low))
        self._take()
        if not is_negative:
            return ranges[0][0]
        return next(likely for likely in _LIKELY if not any(low <= likely <= high for low, high in ranges))

    def _class_character(self) -> str:
        character = self._take()
        return self._escape() if character == "\\" else character

    def _escape(self) -> str:
        character = self._take()
        if character in "pP":
            name, _, self._rest = self._rest[1:].partition("}")
            return _CLASSES.get(name, "a") if character == "p" else "-"
        return _CLASSES.get(character) or _ESCAPES.get(character, character)

    def _repeat(self) -> tuple[int, int]:
        match self._rest[:1]:
            case "?":
                bounds = (0, 1)
            case "*":
                bounds = (0, _SPREAD)
            case "+":
                bounds = (1, 1 + _SPREAD)
            case "{":
                inside, _, self._rest = self._rest[1:].partition("}")
                low, comma, high = inside.partition(",")
                return int(low), int(high) if high else int(low) + (_SPREAD if comma else 0)
            case _:
                return 1, 1
        self._take()
        return bounds

    def _take(self) -> str:
        character, self._rest = self._rest[0], self._rest[1:]
        return character
