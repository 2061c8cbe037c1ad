"""The index of grams: every run of one, two and three letters of what a row is found by, each a word of SQLite's full-text index.

SQLite's own trigrams would not find two letters, nor one. A run is of letters that its ``ascii`` tokenizer takes for such: all but the
signs of ASCII, which the rows' own text is asked for.
"""

import re
from typing import Final

from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection

_RUN: Final = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
_DIGITS: Final = re.compile(r"[0-9]+")
_LONGEST: Final = 3
_LONG: Final = 6  # of digits, where numbers are looked for that share most of their runs of three
_ALIKE: Final = {length: re.compile(rf"(.)\1{{{length - 1},}}") for length in (_LONGEST, _LONG)}  # so many of one letter, or more
_MOST_ASKED: Final = 12  # more grams of one word tell no more apart


@dataclass(frozen=True, slots=True)
class Match:
    """What the index is asked for the words of a search. ``unsure``: the words that it alone cannot tell to be there as written."""

    expression: str
    unsure: tuple[str, ...]


def grams_of(text: str) -> str:
    """All grams of a row's search text, once each."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        for length in range(1, _LONGEST + 1):
            found.update(run[begin : begin + length] for begin in range(len(run) - length + 1))
    return " ".join(found)


def grams_of_numbers(text: str) -> str:
    """As :func:`grams_of`, and every run of six digits, for numbers that begin alike."""
    runs = _DIGITS.findall(text)
    long = {run[begin : begin + _LONG] for run in runs for begin in range(len(run) - _LONG + 1)}
    return " ".join((grams_of(text), *long))


def match_of(words: list[str], *, of_numbers: bool = False) -> Match:
    """The expression is empty where no word has a letter in it. ``of_numbers``: the index is of :func:`grams_of_numbers`."""
    asked: dict[str, None] = {}
    for word in words:
        for run in _RUN.findall(word):
            length = _LONG if of_numbers and len(run) >= _LONG and _DIGITS.fullmatch(run) else _LONGEST
            told = _telling(run, length)
            last = max(0, len(told) - length)
            begins = [*range(0, last, length - 1), last][:_MOST_ASKED]
            asked.update(dict.fromkeys(told[begin : begin + length] for begin in begins))
    unsure = tuple(word for word in words if len(word) > _LONGEST or not _RUN.fullmatch(word))
    return Match(" ".join(f'"{gram}"' for gram in asked), unsure)


def _telling(run: str, length: int) -> str:
    """A run whose grams are all grams of ``run``, without those of one letter alone where more than one other is left.

    Numbers are filled up with zeros: nearly every row has 000, and to meet it in the index takes longer than all the rest.
    """
    shorter = _ALIKE[length].sub(lambda alike: alike[1] * (length - 1), run)
    return shorter if len(shorter) > length else run


def index_grams(connection: Connection, row_id: int, before: str, after: str) -> None:
    """Has the index know a row by its new search text."""
    if before:
        connection.execute("INSERT INTO inbox_grams (inbox_grams, rowid, text) VALUES ('delete', ?, ?)", (row_id, grams_of(before)))
    connection.execute("INSERT INTO inbox_grams (rowid, text) VALUES (?, ?)", (row_id, grams_of(after)))
