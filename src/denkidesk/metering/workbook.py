"""Workbooks (xlsx) and archives (zip) -> tables, within bounds: what unpacks to too much is refused before it is unpacked."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.metering.text import MOST_BYTES, MOST_ROWS, Row, cleaned

_MOST_MEMBERS: Final = 1_000  # a file a day for a year, and some
_MOST_UNPACKED: Final = 4 * MOST_BYTES
_MOST_CELLS: Final = 1_000_000
_SHARED_TEXTS: Final = "xl/sharedstrings.xml"  # held in memory as a whole, and several times as large there
_MOST_SHARED_BYTES: Final = 16 * 2**20
_MOST_PART_BYTES: Final = 24 * 2**20
"""Of one part of a workbook; a year of half-hours in ten columns is 10 MB. Expat reads a token of n bytes in n x n time before 2.6."""
_BEFORE_EXCEL: Final = 1901  # 24:00 and more hours come as days of 1900


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, whose members hold no more than they say and all together not too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:  # the last: a version of zip that Python cannot read
        raise InputRefused.of("usage", UsageCode.DAMAGED_ARCHIVE) from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise InputRefused.of("usage", UsageCode.TOO_LARGE)
    if any(member.flag_bits & 1 for member in members):
        raise InputRefused.of("usage", UsageCode.LOCKED_FILE)
    return archive


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """An Excel workbook, and no archive of files."""
    return "xl/workbook.xml" in archive.namelist()


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in an archive."""
    for member in archive.infolist():
        if not member.is_dir():
            if member.file_size > MOST_BYTES:
                raise InputRefused.of("usage", UsageCode.TOO_LARGE, file=_name(member))
            yield _name(member), _bytes(archive, member)


def _name(member: zipfile.ZipInfo) -> str:
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return member.filename


def _bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(member)
    except Exception as error:
        raise InputRefused.of("usage", UsageCode.DAMAGED_ARCHIVE) from error


def sheets(
    data: bytes, archive: zipfile.ZipFile, clean: Callable[[list[str]], tuple[str, ...]] = cleaned
) -> Iterator[tuple[str, list[Row]]]:
    """Name and rows of every sheet that is not hidden and not empty; cells as they would stand in a CSV file, through ``clean``.

    A formula counts by the value that was saved with it; one without is refused.
    """
    has_formulas = False
    for member in archive.infolist():
        most = _MOST_SHARED_BYTES if member.filename.lower() == _SHARED_TEXTS else _MOST_PART_BYTES
        if member.file_size > most:
            raise InputRefused.of("usage", UsageCode.TOO_LARGE)
        if member.filename.endswith((".xml", ".rels")):
            has_formulas |= _looked_at(archive, member)
    try:
        yield from _sheets(data, has_formulas, clean)
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused.of("usage", UsageCode.DAMAGED_WORKBOOK) from error


def _looked_at(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part of the workbook holds formulas; refused where it declares entities of its own, which can unpack to anything."""
    found = False
    try:
        with archive.open(member) as part:
            tail = b""
            while block := part.read(2**20):
                text = tail + block
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise InputRefused.of("usage", UsageCode.DAMAGED_WORKBOOK)
                found = found or b"<f>" in text or b"<f " in text or b"<f/>" in text
                tail = block[-16:]
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused.of("usage", UsageCode.DAMAGED_WORKBOOK) from error
    return found and "worksheets/" in member.filename


def _sheets(data: bytes, has_formulas: bool, clean: Callable[[list[str]], tuple[str, ...]]) -> Iterator[tuple[str, list[Row]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if has_formulas else None
    cells = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows: list[Row] = []
        for line, (values, written) in enumerate(zip_longest(_rows(sheet), _rows(formulas[sheet.title]) if formulas else ()), 1):
            cells += len(values)
            if line > MOST_ROWS or cells > _MOST_CELLS:
                raise InputRefused.of("usage", UsageCode.TOO_MANY_ROWS, rows=str(MOST_ROWS))
            if written and any(value is None and formula is not None for value, formula in zip(values, written, strict=False)):
                raise InputRefused.of("usage", UsageCode.FORMULA_WITHOUT_VALUE, line=str(line))
            texts = clean([_text(value) for value in values])
            if any(texts) and not texts[0].startswith("#"):
                rows.append(Row(line, texts))
        if rows:
            yield sheet.title, rows


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file claims of its size is not believed
    return iter(sheet.iter_rows(values_only=True))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        near = value + timedelta(milliseconds=500)
        if near.year < _BEFORE_EXCEL:
            return _clock(timedelta(days=near.toordinal() - date(1899, 12, 31).toordinal(), seconds=near.hour * 3600 + near.minute * 60))
        return near.strftime("%Y-%m-%d %H:%M:%S") if near.time().replace(microsecond=0) != time() else near.strftime("%Y-%m-%d")
    if isinstance(value, time):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond))
    if isinstance(value, timedelta):
        return _clock(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _clock(passed: timedelta) -> str:
    minutes, seconds = divmod(round(passed.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
