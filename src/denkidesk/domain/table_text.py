"""Rows as text for a spreadsheet: what goes onto the clipboard or into a file as a table."""

import re
from collections.abc import Iterable
from typing import Final

from denkidesk.domain.unseen import trimmed

_NUMBER: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?", re.ASCII)
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # https://owasp.org/www-community/attacks/CSV_Injection


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """Tab-separated, quoted as in RFC 4180; a cell that a spreadsheet would run as a formula begins with an apostrophe and stays text."""
    return "\n".join("\t".join(_quoted(inert(cell)) for cell in row) for row in rows)


def inert(cell: str) -> str:
    """The cell for a text file that a spreadsheet opens: what it would run as a formula begins with an apostrophe and stays text."""
    if _NUMBER.fullmatch(cell) or not (cell.startswith(_RUNS) or trimmed(cell).startswith(_RUNS)):
        return cell
    return f"'{cell}"


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
