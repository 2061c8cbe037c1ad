"""Where in a JSON document something is wrong, in words; names of the document's own items stay as they are."""

import re
from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "number": "使えない数",
    "nesting": "入れ子が深すぎる",
    "RecursionError": "入れ子が深すぎる",
    "duplicate name": "同じ名前が2度ある",
    "surrogate": "文字にならない記号",
    "size": "大きさ",
    "items": "項目の数",
    "length": "行の数",
    "UnicodeDecodeError": "UTF-8 の文字ではない",
    "$": "全体",
}
_LINE: Final = re.compile(r"(?:line )?([0-9]+)(?::([0-9]+))?")
_BYTE: Final = re.compile(r"byte ([0-9]+)")


def place_text(where: str) -> str:
    """A place as the JSON readers name it ("line 3", "3:14", "byte 112", "conditions[1].timeTo") for people to read."""
    if line := _LINE.fullmatch(where):
        return f"{line[1]}行目" + (f"の{line[2]}文字目" if line[2] else "")
    if byte := _BYTE.fullmatch(where):
        return f"{int(byte[1]) + 1}バイト目が UTF-8 の文字ではない"
    return _WORDS.get(where, where)
