"""What the clerk must know about a usage before a bill is made of it, in words. Qt-free."""

from collections.abc import Sequence
from datetime import date

from denkidesk.desk.usage_estimates import Amounts, Estimate
from denkidesk.domain.usage import ImportedUsage, ImportNote, ImportNoteCode, Usage, years_later
from denkidesk.texts import quote as quote_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import PARTIAL_MARK
from denkidesk.texts.dates import in_words, paper_day, written
from denkidesk.texts.usage import settled_words

_MOST_PLACES = 3
_OLD_YEARS = 2


def facts_of(imported: ImportedUsage, usage: Usage) -> list[tuple[str, str]]:
    """Name and value, in reading order. ``usage``: what bills are made of, gaps filled and a year made by the clerk's rules."""
    first, last = usage.days[0].day, usage.days[-1].day
    peak = (texts.FACT_PEAK_HOUR if usage.peak_kw is None else texts.FACT_PEAK_HALF_HOUR).format(kw=f"{usage.largest_kw:.2f}")
    layout = texts.LAYOUTS.get(imported.layout, imported.layout)
    hours = imported.usage.gap_hours
    gaps = texts.GAPS_COUNT.format(hours=hours) if hours else texts.GAPS_NONE
    partial = "、".join(
        f"{written(month.month)} {PARTIAL_MARK.format(days=month.days, of=month.days_of)}"
        for month in usage.months
        if month.days < month.days_of and not usage.is_whole_year
    )
    return [
        (texts.FACT_SOURCE, usage.source),
        (texts.FACT_KIND, texts.ESTIMATED if usage.estimated else texts.MEASURED),
        (texts.FACT_PERIOD, texts.PERIOD.format(first=paper_day(first), last=paper_day(last), days=len(usage.days))),
        (texts.FACT_TOTAL, texts.TOTAL_OF_DAYS.format(kwh=f"{usage.total_kwh:,.1f}", days=usage.whole_days)),
        (texts.FACT_PEAK, peak),
        (texts.FACT_GAPS, gaps),
        (texts.FACT_LAYOUT, f"{layout}　{imported.encoding}".strip()),
        *([(texts.FACT_PARTIAL, partial)] if partial else []),
    ]


def warnings_of(notes: Sequence[ImportNote]) -> list[str]:
    """What can make a wrong yen: one sentence for each kind of note."""
    return _sentences([note for note in notes if note.code not in texts.IMPORT_REMARKS])


def remarks_of(notes: Sequence[ImportNote]) -> list[str]:
    """How the file was read, where nothing is doubtful."""
    return _sentences([note for note in notes if note.code in texts.IMPORT_REMARKS])


def usage_notes(usage: Usage) -> tuple[str, ...]:
    """What a quote says about how its usage was read, and by which rule its gaps were filled."""
    gaps = (quote_texts.GAPS.format(rule=texts.GAP_RULES[usage.filled_by]),) if usage.filled_by else ()
    return (*gaps, *warnings_of([note for note in usage.notes if note.code is not ImportNoteCode.YEAR_MADE]), *remarks_of(usage.notes))


def cautions_of(usage: Usage, today: date) -> tuple[str, ...]:
    """What about a usage makes its yen less than a measured year's at today's prices, to stand beside the sum."""
    found = warnings_of([note for note in usage.notes if note.code is ImportNoteCode.YEAR_MADE])
    last = usage.days[-1].day
    if not usage.estimated and years_later(last, _OLD_YEARS) < today:
        found.append(texts.OLD_USAGE.format(year=last.year, today=paper_day(today)))
    return tuple(found)


def estimate_words(amounts: Amounts, found: Estimate, plan: str) -> str:
    """From what a usage was estimated, as it stands on page and paper."""
    month = texts.month_label(amounts.first_month)
    if len(amounts.values) > 1:
        month = texts.TWELVE_MONTHS.format(month=month)
    kwh = f"{sum(found.kwh):f}"
    if not found.yen:
        return texts.ESTIMATED_FROM.format(month=month, kwh=kwh)
    return texts.ESTIMATED_FROM_YEN.format(month=month, yen=f"{sum(amounts.values):,f}", kwh=kwh, ours=f"{sum(found.yen):,f}", plan=plan)


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
    if code == ImportNoteCode.LOAD_SHAPE:
        facts["shape"] = texts.LOAD_SHAPES_MEANT[facts["shape"]]
    if code == ImportNoteCode.YEAR_MADE:
        facts["rule"] = texts.YEAR_RULES[facts["rule"]]
    if code == ImportNoteCode.ANSWERED:
        facts["answers"] = "、".join(settled_words(dict(note.facts)) for note in same)
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
