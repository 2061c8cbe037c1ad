"""JSON from outside becomes a bounded tree or is refused by name: nothing is guessed, nothing is rounded.

Numbers with a point or exponent are Decimals exactly as they were written. Refused: whatever is not UTF-8 JSON, NaN and infinities, a
name twice in one object, numbers beyond any price or meter, lone surrogates, nesting without end.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Final

from denkidesk.domain.areas import QuotingAreaCode, area_of_quoting_code, quoting_code
from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.errors import DeskError, InputRefused, Unreachable
from denkidesk.domain.fault_codes import InputCode

MAX_BYTES: Final = 4 * 1024 * 1024
"""No answer of the API comes near it; a year of half-hours as JSON is 0.2 MiB."""
MAX_FILE_BYTES: Final = 64 * 1024 * 1024
_MAX_NUMBER_CHARS: Final = 64
_MAX_DEPTH: Final = 32
_MAX_CONTAINERS: Final = 100_000
_MAX_COMMAS: Final = 600_000
"""Far above any real answer: what is allowed in bytes must not become hundreds of MiB of tiny objects."""
JSON_TEXT: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NOT_BRACKETS: Final = bytes(sorted(set(range(256)) - set(b"[]{}")))
_LARGEST: Final = Decimal(10) ** 15
_SMALLEST_EXPONENT: Final = -40
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_CODES_OF_FILES: Final = {
    ExchangeCode.NOT_JSON: InputCode.NOT_JSON,
    ExchangeCode.TOO_LARGE: InputCode.TOO_LARGE,
    ExchangeCode.SCHEMA: InputCode.SCHEMA,
}


class Origin(StrEnum):
    """Who gave the JSON: decides which error its faults become."""

    SERVER = "server"  # the quoting API: Unreachable, since asking again may help
    FILE = "file"  # the clerk: InputRefused, naming what is wrong


@dataclass(slots=True)
class BadJsonError(Exception):
    """Within this package only.

    ``code``: ``NOT_JSON``, ``TOO_LARGE`` or ``SCHEMA``; ``where``: a path such as ``conditions[2].timeTo``.
    """

    code: ExchangeCode
    where: str


def as_desk_error(error: BadJsonError, origin: Origin, what: str) -> DeskError:
    """The error that the clerk is shown; ``what`` names the answer or the input field."""
    if origin is Origin.FILE:
        return InputRefused.of(what, _CODES_OF_FILES[error.code], where=error.where)
    return Unreachable("enegaeru", error.code, 200, f"{what}: {error.where}"[:200])


def parse(data: bytes, max_bytes: int = MAX_BYTES) -> object:
    """The tree of one JSON document; raises BadJsonError and nothing else."""
    if len(data) > max_bytes:
        raise BadJsonError(ExchangeCode.TOO_LARGE, "size")
    if data.count(b"[") + data.count(b"{") > _MAX_CONTAINERS or data.count(b",") > _MAX_COMMAS:
        raise BadJsonError(ExchangeCode.TOO_LARGE, "items")
    try:
        text = data.decode("utf-8-sig")
        tree = json.loads(
            text, object_pairs_hook=_object, parse_float=partial(_bounded, where="number"), parse_int=_integer, parse_constant=_constant
        )
    except UnicodeDecodeError as error:
        raise BadJsonError(ExchangeCode.NOT_JSON, f"byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise BadJsonError(ExchangeCode.NOT_JSON, f"line {error.lineno}") from None
    except RecursionError:
        raise BadJsonError(ExchangeCode.NOT_JSON, "nesting") from None
    if _is_too_deep(data):
        raise BadJsonError(ExchangeCode.NOT_JSON, "nesting")
    if _SURROGATE_ESCAPE.search(data):
        _check_surrogates(tree)
    return tree


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise BadJsonError(ExchangeCode.NOT_JSON, "duplicate name")
    return result


def _integer(text: str) -> int:
    if len(text) > 16:
        raise BadJsonError(ExchangeCode.NOT_JSON, "number")
    return int(text)


def _constant(_text: str) -> object:
    raise BadJsonError(ExchangeCode.NOT_JSON, "number")


def _bounded(text: str, where: str, code: ExchangeCode = ExchangeCode.NOT_JSON) -> Decimal:
    if len(text) > _MAX_NUMBER_CHARS or not _NUMBER.match(text):
        raise BadJsonError(code, where)
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if abs(value) > _LARGEST or not isinstance(exponent, int) or exponent < _SMALLEST_EXPONENT:
        raise BadJsonError(code, where)
    return value


def _is_too_deep(valid_json: bytes) -> bool:
    """Whether containers stand in each other more than 32 deep; exact for valid JSON alone, whose texts all end."""
    brackets = JSON_TEXT.sub(b"", valid_json).translate(None, _NOT_BRACKETS)
    for _ in range(_MAX_DEPTH):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if not brackets:
            return False
    return bool(brackets)


def _check_surrogates(tree: object) -> None:
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting.extend(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, str) and any("\ud800" <= char <= "\udfff" for char in node):
            raise BadJsonError(ExchangeCode.NOT_JSON, "surrogate")


# -- one leaf at a time: each takes the value and the path that names it in a refusal ------------------------------------------------


def number(value: object, where: str) -> Decimal:
    """A number, or a string that holds nothing but one."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        return _bounded(value.strip(), where, ExchangeCode.SCHEMA)
    raise BadJsonError(ExchangeCode.SCHEMA, where)


def optional_number(value: object, where: str) -> Decimal | None:
    """A number; None where the server left it out, said null or gave an empty string."""
    return None if is_missing(value) else number(value, where)


def number_or_zero(value: object, where: str, *, at_least_zero: bool = True) -> Decimal:
    """A number whose absence means "none"."""
    result = Decimal(0) if is_missing(value) else number(value, where)
    if at_least_zero and result < 0:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return result


def integer(value: object, where: str, low: int, high: int, *, missing: int | None = None) -> int:
    """A whole number within bounds: 1, "1", "01" and 1.0 are one and the same. ``missing``: what it is where the server said nothing."""
    if missing is not None and is_missing(value):
        return missing
    result = number(value, where)
    if result != result.to_integral_value() or not low <= result <= high:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return int(result)


def text(value: object, where: str, *, max_chars: int = 20_000) -> str:
    """Plain text without control characters; numbers as they print, null as empty."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or len(value) > max_chars:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return _CONTROL.sub(" ", value)


def required_text(value: object, where: str) -> str:
    """Text that is not empty."""
    result = text(value, where).strip()
    if not result:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return result


def code_without_zeros(value: object, where: str) -> str:
    """A numeric code in its one normal form: "4", "04" and 4 are "4"."""
    result = required_text(value, where)
    return (result.lstrip("0") or "0") if result.isascii() and result.isdigit() else result


def area_code(value: object, where: str) -> QuotingAreaCode:
    """An area in its one normal form: 1, "1" and "01" are "01"."""
    area = area_of_quoting_code(required_text(value, where))
    if area is None:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return quoting_code(area)


def open_date(value: object, where: str) -> date | None:
    """A date with - or /, a time behind it ignored; None where it is missing or means "open" (2999-12-31)."""
    raw = text(value, where).strip()[:10].replace("/", "-")
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise BadJsonError(ExchangeCode.SCHEMA, where) from None
    return None if day.year >= 2999 else day


def rows(value: object, where: str, at_most: int) -> list[object]:
    """A list of bounded length; empty where the server left it out."""
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > at_most:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return value


def is_missing(value: object) -> bool:
    """Whether the server said nothing: the name absent, null or an empty string."""
    return value is None or (isinstance(value, str) and not value.strip())


class Item:
    """One object of a document: ``item["timeTo"]`` is that item's value, None if absent, with its path for a refusal."""

    def __init__(self, tree: object, where: str = "") -> None:
        if not isinstance(tree, dict):
            raise BadJsonError(ExchangeCode.SCHEMA, where or "$")
        self._tree = tree
        self._where = where and where + "."

    def __getitem__(self, name: str) -> tuple[object, str]:
        return self._tree.get(name), self._where + name

    def present(self, name: str) -> tuple[object, str]:
        """The same for an item that may be null but not absent."""
        if name not in self._tree:
            raise BadJsonError(ExchangeCode.SCHEMA, self._where + name)
        return self[name]

    def lacks(self, name: str) -> bool:
        """Whether the server said nothing under that name."""
        return is_missing(self._tree.get(name))


def items(value: object, where: str, at_most: int) -> list[Item]:
    """A list of objects, of bounded length; empty where the server left it out."""
    return [Item(row, f"{where}[{place}]") for place, row in enumerate(rows(value, where, at_most))]
