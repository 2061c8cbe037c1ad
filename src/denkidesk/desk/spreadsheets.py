"""Tables that go to and come from a spreadsheet program: every cell a text, no formula written or run."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.desk.file_reading import read_bounded
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.table_text import inert
from denkidesk.domain.values import dataclass

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

SUFFIXES: Final = (".xlsx", ".csv")
RESULT: Final = "結果"
_ARCHIVE: Final = b"PK\x03\x04"
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class TableRow:
    """``line``: as the spreadsheet program counts it; ``cells``: as they stand."""

    line: int
    cells: tuple[str, ...]


def read_table(path: Path) -> tuple[TableRow, ...]:
    """The rows of a CSV file, or of the first sheet of a workbook that holds any. Raises InputRefused("file", ...)."""
    from denkidesk.metering import text, workbook

    data = read_bounded(path, "file")
    try:
        if data.startswith(_ARCHIVE):
            first = next(iter(workbook.sheets(data, workbook.opened(data), tuple)), None)
            rows = [] if first is None else first[1]
        else:
            rows = text.rows_as_written(text.decoded(data)[0])
    except InputRefused as refused:
        raise InputRefused([FieldFault("file", fault.code, fault.facts) for fault in refused.faults]) from refused
    return tuple(TableRow(row.line, tuple(row.cells)) for row in rows)


def pasted_table(pasted: str) -> tuple[TableRow, ...]:
    """The rows of what a spreadsheet program has put onto the clipboard. Raises InputRefused("file") where that is too much."""
    from denkidesk.metering.text import MOST_BYTES, MOST_ROWS

    if len(pasted) > MOST_BYTES:
        raise InputRefused.of("file", InputCode.TOO_LARGE)
    reader = csv.reader(io.StringIO(pasted.replace("\0", ""), newline=""), delimiter="\t")
    try:
        rows = tuple(TableRow(number, tuple(cells)) for number, cells in enumerate(islice(reader, MOST_ROWS), 1))
    except csv.Error as error:  # one cell of more than 131,072 characters
        raise InputRefused.of("file", InputCode.TOO_LARGE) from error
    return tuple(row for row in rows if any(cell.strip() for cell in row.cells))


def result_file(path: Path, mark: str = RESULT) -> Path:
    """Beside a table, under its name and ``mark``; an earlier result is never written over."""
    number, target = 1, path.with_name(f"{path.stem}_{mark}{path.suffix}")
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem}_{mark}{number}{path.suffix}")
    return target


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The file appears whole or not at all. Raises InputRefused("file") for another suffix, SetupFault where it cannot be written."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputRefused.of("file", InputCode.CHOICE, given=path.name)
    lines = [headings, *rows]
    write_whole(path, _workbook(lines) if path.suffix.lower() == ".xlsx" else _csv(lines))


def write_whole(path: Path, content: bytes) -> None:
    """The file appears whole or not at all. Raises SetupFault where it cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", suffix=path.suffix, delete=False) as file:
            beside = Path(file.name)
            try:
                file.write(content)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
        try:
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SetupFault.of_os_error(path, "file", error) from error


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([inert(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")  # Excel takes a file without the mark for Shift_JIS


def _workbook(lines: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            put_text(sheet.cell(number, column), text)
    for column, texts in enumerate(zip(*lines, strict=True), start=1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(_WIDEST, 2 + max(map(_width, texts)))
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def put_text(cell: "Cell", text: str, *, bold: bool = False) -> None:
    """A text into a cell, whatever it looks like: neither the file nor who edits the cell makes a formula of it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"  # or a text that begins with = would be a formula
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)
