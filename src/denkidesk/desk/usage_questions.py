"""What a customer's files leave open: one question at a time, with what each answer would mean; answers are remembered by headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from denkidesk.desk.file_reading import read_bounded
from denkidesk.desk.usage_files import Contract, check_capacity
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import ChoiceOpen, FieldFault, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import GapRule, ImportedUsage, ImportNote, ImportNoteCode, Usage, UsageChoices, UsageMonth, YearRule

GAPS: Final = "gaps"
YEAR_RULE: Final = "year_rule"
CAPACITY: Final = "capacity"
_OF_A_FILE: Final = frozenset(UsageChoices.__slots__)
_NEVER_REMEMBERED: Final = frozenset({"year", "accept_values", CAPACITY})  # true of this file alone
_MOST_PICTURES: Final = 9  # as many digits answer
_MOST_REMEMBERED: Final = 300
_YEARS_OFFERED: Final = 3
_RULES: Final = (GapRule.DAY_CLASS_MEAN, GapRule.ZERO)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer makes of the file."""

    months: tuple[UsageMonth, ...]
    total_kwh: float
    days: int
    largest_kw: float

    @classmethod
    def of(cls, usage: Usage) -> "Meaning":
        """The usage in a few figures."""
        return cls(usage.months, usage.total_kwh, usage.whole_days, usage.largest_kw)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``refused``: why the file could not be read with it."""

    value: object
    meaning: Meaning | None = None
    refused: InputRefused | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is open. ``further``: answers that no picture is made of; ``left``: how many questions there are still, this one among them."""

    item: str
    fault: FieldFault
    headings: str
    answers: tuple[Answer, ...]
    further: tuple[object, ...] = ()
    left: int = 1

    @property
    def is_remembered(self) -> bool:
        """Whether the answer is true of other files with these headings."""
        return bool(self.headings) and self.item not in _NEVER_REMEMBERED


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading of some files has come: a question, or usage that a bill can be made of.

    ``answers``: what is settled by item, that of ``recalled`` by a remembered answer.
    """

    answers: Mapping[str, object]
    recalled: frozenset[str]
    imported: ImportedUsage | None = None
    usage: Usage | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Files to be read. ``answers``: what is settled, by item. ``remembered``: answers of earlier files, see :func:`remember`.

    ``contract``: whose largest demand is known. ``imported``: the files as they were read before, where no answer about them has changed;
    ``recalled``: which of the answers were remembered ones.
    """

    paths: tuple[Path, ...]
    answers: Mapping[str, object]
    remembered: Mapping[str, str]
    contract: Contract | None = None
    imported: ImportedUsage | None = None
    recalled: frozenset[str] = frozenset()


def read(request: Request, today: date, cancel: CancelToken | None = None) -> Reading:
    """As far as it goes without asking. Raises InputRefused for files that cannot be used whatever is answered."""
    reader = _Reader(request, today, cancel or CancelToken())
    try:
        imported = request.imported or reader.imported()
        usage = reader.treated(imported)
    except _Open as opened:
        return Reading(reader.answers, frozenset(reader.recalled), opened.imported, question=opened.question)
    return Reading(reader.answers, frozenset(reader.recalled), imported, usage)


def remember(remembered: Mapping[str, str], headings: str, item: str, value: object, offered: Sequence[object]) -> dict[str, str]:
    """The remembered answers with one more. Headings and answers are kept as digests: they may name a customer."""
    kept, mark = dict(remembered), _mark(item, value, offered)
    if headings and mark:
        kept.pop(_key(headings, item), None)
        kept[_key(headings, item)] = mark
    return dict(list(kept.items())[-_MOST_REMEMBERED:])


def accepts_values(answers: Mapping[str, object]) -> bool:
    """Whether the clerk has said that large figures are right."""
    return not answers.keys().isdisjoint({CAPACITY, "accept_values"})


class _Open(Exception):
    def __init__(self, question: Question, imported: ImportedUsage | None = None) -> None:
        self.question = question
        self.imported = imported


class _Reader:
    def __init__(self, request: Request, today: date, cancel: CancelToken) -> None:
        self._request = request
        self._today = today
        self._cancel = cancel
        self.answers = dict(request.answers)
        self.recalled = list(request.recalled)
        self._files: list[tuple[str, bytes]] = []

    def imported(self) -> ImportedUsage:
        """What the files hold; remembered answers are given where they are asked for."""
        self._files = [(path.name, read_bounded(path, "usage_file")) for path in self._request.paths]
        while True:
            try:
                return self._read(self.answers)
            except ChoiceOpen as asked:
                if asked.item in self.answers:  # the answer did not settle it
                    raise
                offered, further = self._offered(asked)
                value = self._recall(asked.headings, asked.item, offered)
                if value is None:
                    tries = [self._tried(asked.item, value) for value in offered[:_MOST_PICTURES]]
                    answers, more = tuple(answer for answer, _ in tries), max((count for _, count in tries), default=0)
                    rest = (*offered[_MOST_PICTURES:], *further)
                    raise _Open(Question(asked.item, _why(asked), asked.headings, answers, rest, 1 + more)) from None

    def treated(self, imported: ImportedUsage) -> Usage:
        """What a bill can be made of, by the clerk's rules for gaps and for a year."""
        from denkidesk.metering.gaps import apply_gap_rule, as_year

        usage, hours = imported.usage, imported.usage.gap_hours
        try:
            check_capacity(imported, self._request.contract, accepted=accepts_values(self.answers))
        except ChoiceOpen as asked:
            left = 1 + bool(hours and GAPS not in self.answers)
            raise _Open(Question(CAPACITY, _why(asked), "", (Answer(True, Meaning.of(usage)),), left=left), imported) from None
        if hours:
            if (self.answers.get(GAPS) or self._recall(imported.headings, GAPS, _RULES)) is None:
                fault = FieldFault("usage", UsageCode.GAPS, {"hours": str(hours), "first": usage.gaps[0][0].isoformat()})
                raise _Open(Question(GAPS, fault, imported.headings, tuple(_filled(usage, rule) for rule in _RULES)), imported)
            usage = apply_gap_rule(usage, GapRule(str(self.answers[GAPS])))
        usage = replace(usage, notes=(*usage.notes, *self._settled()))
        return as_year(usage, YearRule(str(self.answers.get(YEAR_RULE, YearRule.WHAT_IS_THERE))))

    def _settled(self) -> Iterator[ImportNote]:
        for item, value in self.answers.items():
            if item not in (GAPS, YEAR_RULE):  # the usage names its rules by itself
                facts = (("question", item), ("answer", str(value)), *((("recalled", "yes"),) if item in self.recalled else ()))
                yield ImportNote(ImportNoteCode.ANSWERED, None, facts)

    def _read(self, answers: Mapping[str, object]) -> ImportedUsage:
        from denkidesk.metering.files import read_files

        self._cancel.raise_if_cancelled()
        of_files = {item: value for item, value in answers.items() if item in _OF_A_FILE}
        return read_files(self._files, UsageChoices(**of_files))  # type: ignore[arg-type] # each is one of those that were offered

    def _offered(self, asked: ChoiceOpen) -> tuple[list[object], list[object]]:
        """The answers to show, and others to pick from a list."""
        if asked.item == "year":
            years: list[object] = list(range(self._today.year, 1999, -1))
            return years[:_YEARS_OFFERED], years[_YEARS_OFFERED:]
        further: list[object] = []
        if asked.item == "year_from":
            newest, first = (day for day in asked.choices if isinstance(day, date))
            months = range(first.year * 12 + first.month, newest.year * 12 + newest.month)
            further = [date(month // 12, month % 12 + 1, 1) for month in months]
        return list(asked.choices), [day for day in further if day not in asked.choices]

    def _tried(self, item: str, value: object) -> tuple[Answer, int]:
        """What an answer would mean, further questions answered by the first they offer; and how many these are."""
        answers, more = {**self.answers, item: value}, 0
        while True:
            try:
                usage = self._read(answers).usage
                return Answer(value, Meaning.of(usage)), more + bool(usage.gap_hours)
            except ChoiceOpen as asked:
                if asked.item in answers:
                    return Answer(value, refused=asked), more
                answers, more = {**answers, asked.item: self._offered(asked)[0][0]}, more + 1
            except InputRefused as refused:
                return Answer(value, refused=refused), more

    def _recall(self, headings: str, item: str, offered: Sequence[object]) -> object | None:
        mark = self._request.remembered.get(_key(headings, item)) if headings else None
        for value in offered if mark else ():
            if _mark(item, value, offered) == mark:
                self.answers[item] = value
                self.recalled.append(item)
                return value
        return None


def _why(asked: ChoiceOpen) -> FieldFault:
    (fault,) = asked.faults
    return replace(fault, facts={name: fact for name, fact in fault.facts.items() if name != "choices"})  # they stand below it


def _filled(usage: Usage, rule: GapRule) -> Answer:
    from denkidesk.metering.gaps import apply_gap_rule

    try:
        return Answer(rule, Meaning.of(apply_gap_rule(usage, rule)))
    except InputRefused as refused:
        return Answer(rule, refused=refused)


def _key(headings: str, item: str) -> str:
    return f"{_digest(headings)} {item}"


def _mark(item: str, value: object, offered: Sequence[object]) -> str:
    """What is kept of an answer; "" where it is true of this file alone."""
    if item in _NEVER_REMEMBERED:
        return ""
    if item == "year_from":
        return "newest" if offered and value == offered[0] else ""
    return _digest(str(value))


def _digest(text: str) -> str:
    from hashlib import blake2b

    return blake2b(text.encode(), digest_size=8).hexdigest()
