"""What the clerk must know about a usage before a bill is made of it, in words. Qt-free."""

from collections.abc import Sequence

from denkidesk.domain.usage import ImportedUsage, ImportNote, ImportNoteCode
from denkidesk.texts import tariffs as texts
from denkidesk.texts.dates import in_words, paper_day, written

_MOST_PLACES = 3


def facts_of(imported: ImportedUsage) -> list[tuple[str, str]]:
    """Name and value, in reading order."""
    usage = imported.usage
    first, last = usage.days[0].day, usage.days[-1].day
    if usage.peak_kw is not None:
        peak = texts.FACT_PEAK_HALF_HOUR.format(kw=f"{usage.peak_kw:.2f}")
    else:
        hourly = max((v for day in usage.days for v in day.hourly_kwh if v is not None), default=0.0)
        peak = texts.FACT_PEAK_HOUR.format(kw=f"{hourly:.2f}")
    layout = texts.LAYOUTS.get(imported.layout, imported.layout)
    gaps = texts.GAPS_COUNT.format(hours=usage.gap_hours) if usage.gap_hours else texts.GAPS_NONE
    return [
        (texts.FACT_SOURCE, usage.source),
        (texts.FACT_KIND, texts.ESTIMATED if usage.estimated else texts.MEASURED),
        (texts.FACT_PERIOD, texts.PERIOD.format(first=paper_day(first), last=paper_day(last), days=len(usage.days))),
        (texts.FACT_TOTAL, f"{usage.total_kwh:,.1f} kWh"),
        (texts.FACT_PEAK, peak),
        (texts.FACT_GAPS, gaps),
        (texts.FACT_LAYOUT, f"{layout}　{imported.encoding}".strip()),
    ]


def warnings_of(notes: Sequence[ImportNote]) -> list[str]:
    """What can make a wrong yen: one sentence for each kind of note."""
    return _sentences([note for note in notes if note.code not in texts.IMPORT_REMARKS])


def remarks_of(notes: Sequence[ImportNote]) -> list[str]:
    """How the file was read, where nothing is doubtful."""
    return _sentences([note for note in notes if note.code in texts.IMPORT_REMARKS])


def _sentences(notes: Sequence[ImportNote]) -> list[str]:
    found = []
    for code in dict.fromkeys(note.code for note in notes if note.code != ImportNoteCode.MORE_GAPS):
        same = [note for note in notes if note.code == code]
        found.append(_gaps(same, notes) if code == ImportNoteCode.GAP else _sentence(code, same))
    return found


def _sentence(code: ImportNoteCode, same: Sequence[ImportNote]) -> str:
    """The first note's facts, how many there are of its kind, and the lines where it happened."""
    template = texts.IMPORT_WARNINGS.get(code) or texts.IMPORT_REMARKS[code]
    facts = {"count": str(len(same)), **in_words(dict(same[0].facts))}
    if code == ImportNoteCode.MONTH_MISSING:
        facts["month"] = "・".join(written(dict(note.facts).get("month", "")) for note in same)
    lines = list(dict.fromkeys(str(note.line) for note in same if note.line is not None))
    where = ""
    if lines:
        more = texts.MORE_LINES if len(lines) > _MOST_PLACES else ""
        where = texts.AT_LINES.format(lines="・".join(lines[:_MOST_PLACES]) + more)
    return template.format_map(_Lenient(facts)) + where


def _gaps(gaps: Sequence[ImportNote], notes: Sequence[ImportNote]) -> str:
    unnamed = sum(int(dict(note.facts).get("count", "0")) for note in notes if note.code == ImportNoteCode.MORE_GAPS)
    runs = [dict(gap.facts) for gap in gaps]
    places = "、".join(_run(run.get("first", ""), run.get("last", "")) for run in runs[:_MOST_PLACES])
    if len(runs) + unnamed > _MOST_PLACES:
        places += texts.MORE_PLACES
    template = texts.IMPORT_GAPS_AT_LEAST if unnamed else texts.IMPORT_WARNINGS[ImportNoteCode.GAP]
    hours = sum(int(run.get("hours", "0")) for run in runs)
    return template.format(count=len(runs) + unnamed, hours=hours, places=places)


def _run(first: str, last: str) -> str:
    """Hours of one day by their ends; what goes over a midnight by its first and last hour."""
    (first_day, _, first_hour), (last_day, _, last_hour) = first.partition(" "), last.partition(" ")
    if first_day == last_day:
        return texts.HOURS_OF_DAY.format(day=written(first_day), first=int(first_hour[:2]), last=int(last_hour[:2]) + 1)
    return texts.DAYS_AND_HOURS.format(first=written(first), last=written(last))


class _Lenient(dict[str, str]):
    """A fact that a sentence asks for and the note does not have is left out of the sentence."""

    def __missing__(self, _key: str) -> str:
        return ""
