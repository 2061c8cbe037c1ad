"""A customer's files, whatever their layout and encoding, joined to one year's hours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from denkidesk.domain.errors import ChoiceOpen, FieldFault, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import ImportedUsage, ImportNoteCode, UsageChoices
from denkidesk.metering import words, workbook
from denkidesk.metering.periods import reading_period
from denkidesk.metering.purchase import read_purchase
from denkidesk.metering.reader import Part, read_table
from denkidesk.metering.readings import Notes, Readings, minute_of, usage_of
from denkidesk.metering.table import chosen_point
from denkidesk.metering.text import Row, decoded, is_xml, rows

_ZIP: Final = b"PK\x03\x04"
_TABLES: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".json")
_NOTHING_IN_IT: Final = frozenset({UsageCode.NO_DAYS, UsageCode.NO_READINGS, UsageCode.EMPTY})


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    encoding: str
    part: Part


def read_files(files: Sequence[tuple[str, bytes]], choices: UsageChoices | None = None) -> ImportedUsage:
    """The usage in one file or several (name and bytes), and notes on everything that was odd; any bytes are safe.

    Files: CSV and other text tables, ``purchase`` arrays of JSON, workbooks, archives of these. Raises InputRefused("usage", ...) for what
    cannot be read, and ChoiceOpen for what the files leave open and ``choices`` do not settle.
    """
    choices = choices or UsageChoices()
    notes = Notes()
    found = [one for name, data in files for one in _read_file(name, data, choices, notes, alone=len(files) == 1)]
    if not found:
        raise InputRefused.of("usage", UsageCode.NO_USAGE_FILE)
    try:
        return _usage_of(files[0][0] if len(files) == 1 else f"{files[0][0]} +{len(files) - 1}", found, choices, notes)
    except ChoiceOpen as asked:
        asked.headings = found[0].part.headings
        raise


def _usage_of(source: str, found: list[_Found], choices: UsageChoices, notes: Notes) -> ImportedUsage:
    found = _of_one_point(found, choices)
    if len(found) == 1:
        readings, period = found[0].part.readings, found[0].part.period
    else:
        readings, period = _joined(found), None
        notes.note(ImportNoteCode.FILES_JOINED, count=str(len(found)))
    usage = usage_of(readings, notes, source, choices, trusted=all(one.part.trusted for one in found))
    usage = replace(usage, estimated=any(one.part.estimated for one in found))
    if period is not None and (usage.days[0].day, usage.days[-1].day) != period:
        notes.note(ImportNoteCode.PERIOD_NOT_COVERED, first=period[0].isoformat(), last=period[1].isoformat())
    if (read := reading_period(usage)) is not None:
        notes.note(ImportNoteCode.ONE_PERIOD, first=read[0].isoformat(), last=read[1].isoformat())
    usage = replace(usage, notes=tuple(notes.notes))
    return ImportedUsage(usage, found[0].part.layout, found[0].encoding, found[0].part.headings)


def _read_file(name: str, data: bytes, choices: UsageChoices, notes: Notes, *, alone: bool) -> list[_Found]:
    try:
        if not data.startswith(_ZIP):
            return [_read_text(name, data, choices, notes)]
        archive = workbook.opened(data)
        if workbook.is_workbook(archive):
            return _read_workbook(list(workbook.sheets(data, archive)), choices, notes)
        if not alone:
            raise InputRefused.of("usage", UsageCode.COMPRESSED_FILE)
    except ChoiceOpen:
        raise
    except InputRefused as refused:
        raise refused if alone else _in_file(refused, name) from refused
    found: list[_Found] = []
    for member, content in workbook.members(archive):
        if member.lower().endswith(_TABLES) and not member.rpartition("/")[2].startswith("."):
            found += _read_file(member, content, choices, notes, alone=False)
        else:
            notes.note(ImportNoteCode.FILE_IGNORED, name=member[:80])
    return found


def _in_file(refused: InputRefused, name: str) -> InputRefused:
    return InputRefused([FieldFault(fault.field, fault.code, {"file": name[:80], **fault.facts}) for fault in refused.faults])


def _read_text(name: str, data: bytes, choices: UsageChoices, notes: Notes) -> _Found:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"} or name.lower().endswith(".json"):
        usage = read_purchase(data)
        readings = Readings(60)
        for day in usage.days:
            readings.minutes.extend(range(minute_of(day.day), minute_of(day.day, 1440), 60))
            readings.kwh.extend(day.hourly_kwh)
            readings.lines.extend([0] * 24)
        return _Found(name, "utf-8", Part(readings, "purchase-json", trusted=True))
    text, encoding = decoded(data)
    if is_xml(text):
        raise InputRefused.of("usage", UsageCode.XML_FILE)
    return _Found(name, encoding, _read_rows(rows(text), choices, notes))


def _read_rows(table: Sequence[Row], choices: UsageChoices, notes: Notes) -> Part:
    part = read_table(table, choices, notes)
    notes.raise_faults()
    return part


def _read_workbook(sheets: Sequence[tuple[str, list[Row]]], choices: UsageChoices, notes: Notes) -> list[_Found]:
    """The sheets that hold usage; which one is asked where two hold figures of the same time."""
    titles = [title for title, _ in sheets]
    if choices.sheet is not None and choices.sheet not in titles:
        raise InputRefused.of("usage", UsageCode.NO_SUCH_CHOICE, value=choices.sheet[:40], choices=" / ".join(titles)[:400])
    found: list[_Found] = []
    first_fault: InputRefused | None = None
    for title, table in sheets:
        if choices.sheet not in (None, title):
            continue
        if len(sheets) > 1 and choices.sheet is None and words.is_sold(title):
            notes.note(ImportNoteCode.FILE_IGNORED, name=title)
            continue
        try:
            found.append(_Found(title, "xlsx", _read_rows(table, choices, notes)))
        except InputRefused as refused:
            if isinstance(refused, ChoiceOpen) or refused.faults[0].code not in _NOTHING_IN_IT:
                raise
            first_fault = first_fault or refused
            notes.note(ImportNoteCode.FILE_IGNORED, name=title)
    if not found:
        raise first_fault or InputRefused.of("usage", UsageCode.EMPTY)
    times: set[int] = set()
    for one in found:
        if not times.isdisjoint(one.part.readings.minutes):
            asked = ChoiceOpen(UsageCode.SHEETS, "sheet", [other.name for other in found])
            asked.headings = one.part.headings
            raise asked
        times.update(one.part.readings.minutes)
    return found


def _of_one_point(found: Sequence[_Found], choices: UsageChoices) -> list[_Found]:
    points = sorted(frozenset[str]().union(*(one.part.points for one in found)))
    if choices.supply_point is None:
        if len(points) > 1:
            raise ChoiceOpen(UsageCode.SUPPLY_POINTS, "supply_point", points)
        return list(found)
    if not points:
        raise InputRefused.of("usage", UsageCode.NO_SUCH_CHOICE, value=choices.supply_point[:40], choices="")
    chosen = chosen_point(choices.supply_point, points)
    return [one for one in found if not one.part.points or chosen in one.part.points]


def _joined(found: Sequence[_Found]) -> Readings:
    """The readings of several tables; their lines would be those of no file."""
    slots = {one.part.readings.slot_minutes for one in found}
    if len(slots) > 1 or len({(one.part.estimated, one.part.trusted) for one in found}) > 1:
        raise InputRefused.of("usage", UsageCode.SEVERAL_INTERVALS)
    ordered = sorted((one.part.readings for one in found), key=lambda readings: readings.minutes[:1])
    joined = Readings(slots.pop(), at_end=ordered[0].at_end, rises=ordered[0].rises)
    for readings in ordered:
        joined.minutes += readings.minutes
        joined.kwh += readings.kwh
        joined.lines += [0] * len(readings.lines)
    return joined
