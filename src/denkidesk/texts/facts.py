"""Facts put into sentences."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their category, with nothing to see


def filled(sentence: str, facts: Mapping[str, str]) -> str:
    """The sentence with its facts; one that is not there reads as a question mark, so that nobody loses the sentence over it."""
    return sentence.format_map(_Facts(facts))


def letters_in_words(letters: Iterable[str]) -> str:
    """Each letter with its code points, 𠮷（U+20BB7）; one that nobody sees by them alone, U+200B."""
    return "、".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    code_points = " ".join(f"U+{ord(ch):04X}" for ch in letter)
    seen = unicodedata.category(letter[0])[0] in "LNPS" and letter[0] not in _BLANK_LETTERS
    return f"{letter}（{code_points}）" if seen else code_points


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "？"
