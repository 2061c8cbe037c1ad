"""What the clerk must know about a usage before a bill is made of it, in words. Qt-free."""

from collections import Counter
from collections.abc import Sequence

from denkidesk.domain.usage import ImportedUsage, ImportNote
from denkidesk.ui.texts import tariffs as texts

_MOST_LINES = 5


def facts_of(imported: ImportedUsage) -> list[tuple[str, str]]:
    """Name and value, in reading order."""
    usage = imported.usage
    first, last = usage.days[0].day, usage.days[-1].day
    if usage.peak_kw is not None:
        peak = texts.FACT_PEAK_HALF_HOUR.format(kw=f"{usage.peak_kw:.2f}")
    else:
        hourly = max((v for day in usage.days for v in day.hourly_kwh if v is not None), default=0.0)
        peak = texts.FACT_PEAK_HOUR.format(kw=f"{hourly:.2f}")
    gaps = texts.GAPS_COUNT.format(hours=usage.gap_hours) if usage.gap_hours else texts.GAPS_NONE
    return [
        (texts.FACT_SOURCE, usage.source),
        (texts.FACT_KIND, texts.ESTIMATED if usage.estimated else texts.MEASURED),
        (texts.FACT_PERIOD, texts.PERIOD.format(first=first.isoformat(), last=last.isoformat(), days=len(usage.days))),
        (texts.FACT_TOTAL, f"{usage.total_kwh:,.1f} kWh"),
        (texts.FACT_PEAK, peak),
        (texts.FACT_GAPS, gaps),
    ]


def note_texts(notes: Sequence[ImportNote]) -> list[str]:
    """One sentence for each kind of note, with the first places where it happened."""
    kinds = Counter(note.code for note in notes)
    sentences = []
    for code, count in kinds.items():
        same = [note for note in notes if note.code == code]
        template = texts.IMPORT_NOTES.get(code, texts.IMPORT_NOTE_OTHER)
        facts = dict(same[0].facts)
        lines = [str(note.line) for note in same if note.line is not None]
        where = ""
        if lines:
            more = texts.MORE_LINES if len(lines) > _MOST_LINES else ""
            where = texts.AT_LINES.format(lines="・".join(lines[:_MOST_LINES]) + more)
        sentences.append(template.format_map(_Lenient(facts, code=code, count=str(count))) + where)
    return sentences


class _Lenient(dict[str, str]):
    """A fact that a sentence asks for and the note does not have is left out of the sentence."""

    def __init__(self, facts: dict[str, str], **more: str) -> None:
        super().__init__(facts | more)

    def __missing__(self, _key: str) -> str:
        return ""
