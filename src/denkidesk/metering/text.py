"""Bytes of a table file -> rows of cells, each with its line number."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import mark_for_value

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

MOST_BYTES: Final = 32 * 2**20  # a year of half-hours is 1 MB in the widest layout seen
MOST_ROWS: Final = 200_000
_FIRST_LINES: Final = 20
_SAMPLE: Final = 20_000  # characters that tell the separator
_ODD_BLANKS: Final = ("\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")

_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", UsageCode.EXCEL_FILE),
    (b"%PDF", UsageCode.PDF_FILE),
    (b"\x1f\x8b", UsageCode.COMPRESSED_FILE),
)


class Row(NamedTuple):
    """One row of the file: 1-based line where it begins, cells normalised to half width and stripped."""

    line: int
    cells: Sequence[str]


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; UTF-8, CP932, or UTF-16 with its mark.

    Raises InputRefused("usage", ...) for anything else.
    """
    if not data.strip():
        raise InputRefused.of("usage", UsageCode.EMPTY)
    if len(data) > MOST_BYTES:
        raise InputRefused.of("usage", UsageCode.TOO_LARGE, bytes=str(len(data)))
    for magic, code in _MAGIC:
        if data.startswith(magic):
            raise InputRefused.of("usage", code)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16"), "utf-16"
    if b"\x00" in data:
        raise InputRefused.of("usage", UsageCode.NOT_TEXT)
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig"), "utf-8-sig"
    for encoding in ("utf-8", "cp932"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputRefused.of("usage", UsageCode.UNKNOWN_ENCODING)


def is_xml(text: str) -> bool:
    """XML or HTML, by its first character: no table of figures begins with it."""
    return text.lstrip()[:1] == "<"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputRefused.of("usage", UsageCode.BROKEN_ENCODING, encoding=encoding, byte=str(error.start)) from error


def rows(text: str) -> list[Row]:
    """Rows that hold anything, without comment lines (#); a date that a spreadsheet wrote as ##### is none."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        found = _clean_rows(reader) if _is_clean(text, separator) else None
        if found is None:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            found = _rows_of(reader)
    except csv.Error as error:
        raise InputRefused.of("usage", UsageCode.NOT_A_TABLE, line=str(reader.line_num), detail=str(error)) from error
    if not found:
        raise InputRefused.of("usage", UsageCode.EMPTY)
    return found


def rows_as_written(text: str) -> list[Row]:
    """Rows that hold anything, with the cells as they stand; for tables of words."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    found: list[Row] = []
    last_line = 0
    try:
        for cells in reader:
            line, last_line = last_line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                found.append(Row(line, tuple(cells)))
            if len(found) > MOST_ROWS:
                raise InputRefused.of("usage", UsageCode.TOO_MANY_ROWS, rows=str(MOST_ROWS))
    except csv.Error as error:
        raise InputRefused.of("usage", UsageCode.NOT_A_TABLE, line=str(reader.line_num), detail=str(error)) from error
    return found


def _rows_of(lines: "CsvReader", most: int | None = None) -> list[Row]:
    found: list[Row] = []
    last_line = 0
    for cells in lines:
        line, last_line = last_line + 1, lines.line_num
        clean = cleaned(cells)
        if any(clean) and (clean[0][:1] != "#" or (mark_for_value(clean[0]) and any(clean[1:]))):
            found.append(Row(line, clean))
        if len(found) > MOST_ROWS:
            raise InputRefused.of("usage", UsageCode.TOO_MANY_ROWS, rows=str(MOST_ROWS))
        if most is not None and lines.line_num >= most:
            break
    return found


def _clean_rows(lines: "CsvReader") -> list[Row] | None:
    """The rows of a text that needs no cleaning behind its first lines; None where one of these is no plain row after all."""
    found = _rows_of(lines, _FIRST_LINES)
    first = lines.line_num + 1
    rest = list(islice(lines, MOST_ROWS))
    if lines.line_num - first + 1 != len(rest) or len(rest) + len(found) > MOST_ROWS:
        return None
    if not all(cells and cells[0] and cells[0][0] != "#" for cells in rest):
        return None
    new = tuple.__new__
    return found + [new(Row, numbered) for numbered in enumerate(rest, first)]


def _separator(text: str) -> str:
    """Tab or semicolon where most lines have one (commas are then in the numbers), else comma."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:200] if line.strip() and not line.startswith("#")]
    for separator in ("\t", ";"):
        if sum(separator in line for line in lines) * 2 > len(lines):
            return separator
    return ","


def _is_clean(text: str, separator: str) -> bool:
    """Whether the lines behind the first ones hold nothing to clean: half width, and no blank at the edge of a cell."""
    start = 0
    for _ in range(_FIRST_LINES):
        start = text.find("\n", start) + 1
        if not start:
            return False
    rest = text[start - 1 :]
    blanks = [" " + separator, separator + " ", "\n ", " \r", " \n", '" ', ' "', *_ODD_BLANKS, *({"\t"} - {separator})]
    return rest.isascii() and not any(blank in rest for blank in blanks)


def cleaned(cells: list[str]) -> tuple[str, ...]:
    """Cells in half width, without blanks around them."""
    if "".join(cells).isascii():
        return tuple([cell.strip() for cell in cells])
    return tuple([unicodedata.normalize("NFKC", cell).strip() for cell in cells])
