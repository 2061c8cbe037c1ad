"""Many applications of one kind out of one table: each row checked as a form is, each cell's fault at its cell."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field as dataclass_field
from dataclasses import replace
from datetime import date
from typing import Final

from denkidesk.desk.assembly import assemble
from denkidesk.desk.installed_set import FormTables
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.spreadsheets import TableRow
from denkidesk.domain.applications import NO_EXTRA, ApplicationKind, NewApplication, OutboxState, SimilarApplication
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import BulkCode
from denkidesk.domain.values import dataclass
from denkidesk.forms.checks import check_field
from denkidesk.forms.model import CodeChoices, Editor, Field, Form
from denkidesk.store.bulk import BulkAnswer
from denkidesk.texts import outbox as outbox_texts
from denkidesk.texts.errors import fault_text
from denkidesk.texts.names import OUTBOX_STATE_NAMES, field_name

_FIRST_ROWS: Final = 10  # titles and remarks may stand before the headings
_POINT: Final = "supply_point_number"


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row: ``values`` by the form's names, and the application, or what is wrong with it (``faults``).

    ``is_twice``: a row above is for the same supply point. ``similar``: open applications like it; None while nobody has looked.
    ``cautions`` stop nothing.
    """

    source: TableRow
    values: Mapping[str, str]
    application: NewApplication | None
    faults: tuple[FieldFault, ...] = ()
    cautions: tuple[FieldFault, ...] = ()
    is_twice: bool = False
    similar: tuple[SimilarApplication, ...] | None = None

    @property
    def doubts(self) -> tuple[FieldFault, ...]:
        """Why it may be filed already; a person can say that it is not."""
        codes = ((BulkCode.POINT_TWICE, self.is_twice), (BulkCode.SIMILAR_OPEN, bool(self.similar)))
        return tuple(FieldFault(_POINT, code) for code, applies in codes if applies and self.application is not None)

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be filed already, by what was looked up."""
        return self.application is not None and (self.is_twice or bool(self.similar))

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with it and nothing doubtful."""
        return self.application is not None and not self.is_doubtful

    @property
    def needs_listing(self) -> bool:
        """Whether one like it was refused by a status alone: only the utility's listing tells what became of that."""
        return any(one.state is OutboxState.REJECTED for one in self.similar or ())


@dataclass(frozen=True, slots=True)
class BulkTable:
    """``headings``: as they stand. ``fields``: for each column the name of the form's field, "" for a column that is not sent.

    ``common``: what every row has in a field that has no column.
    """

    kind: ApplicationKind
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[BulkRow, ...]
    common: Mapping[str, str] = dataclass_field(default_factory=lambda: NO_EXTRA)

    @property
    def not_sent(self) -> tuple[str, ...]:
        """The headings of columns that are no item of the message."""
        return tuple(heading for heading, name in zip(self.headings, self.fields, strict=True) if heading.strip() and not name)

    def heading_of(self, field: str) -> str:
        """The heading under which a field stands in the table; the field's own name where it has no column."""
        found = (heading for heading, name in zip(self.headings, self.fields, strict=True) if name == field)
        return next(found, "") or field_name(field)

    def column_of(self, field: str) -> int | None:
        """The column in which a field stands."""
        return self.fields.index(field) if field in self.fields else None


class BulkForm:
    """One kind of application as a table: which heading means which field, and what a row makes. Nothing of it ever changes."""

    def __init__(self, kind: ApplicationKind, tables: FormTables, today: date) -> None:
        self.kind = kind
        self.today = today
        self._tables = tables
        self._form = tables.form(kind)
        self._known = _headings_of(self._form)
        choices = tables.choices(kind)
        self._codes = {field.name: _codes_of(field, choices) for field in self._form.item_fields if field.editor is Editor.CHOICE}

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a column can be, in the order of the form."""
        return self._form.item_fields

    def label(self, name: str) -> str:
        """What the clerk reads for a field."""
        field = self._form.field(name)
        return field_name(name) if field is None or not field.label else field.label

    def is_required(self, name: str) -> bool:
        """Whether a row without it is refused."""
        field = self._form.field(name)
        return field is not None and field.required

    def choices(self, name: str) -> Sequence[tuple[str, str]]:
        """The codes of a field with their words; none where it is typed."""
        field = self._form.field(name)
        return () if field is None else self._tables.choices(self.kind).get(field.table, ())

    def guessed(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The field of each column by its heading; "" where none is meant."""
        return tuple(self._known.get(folded(cell), "") for cell in headings)

    def place_of_headings(self, rows: Sequence[TableRow]) -> int | None:
        """Which of the first rows is made of headings."""
        counts = [sum(map(bool, self.guessed(row.cells))) for row in rows[:_FIRST_ROWS]]
        best = max(counts, default=0)
        return counts.index(best) if best else None

    @staticmethod
    def filled(rows: Iterable[TableRow], fields: Sequence[str]) -> list[TableRow]:
        """The rows in which anything stands that is sent: remarks and sums below a table are none."""
        sent = [place for place, name in enumerate(fields) if name]
        return [row for row in rows if any(row.cells[place].strip() for place in sent if place < len(row.cells))]

    def missing(self, fields: Sequence[str], common: Mapping[str, str]) -> tuple[str, ...]:
        """The required fields that neither have a column nor are the same for all rows."""
        given = {*fields, *(name for name, text in common.items() if text)}
        return tuple(field.name for field in self.fields if field.required and not field.derived and field.name not in given)

    def row(self, source: TableRow, fields: Sequence[str], common: Mapping[str, str]) -> BulkRow:
        """A row, checked by the form's own rules."""
        values = dict(common)
        values.update((name, text) for name, text in zip(fields, source.cells, strict=False) if name)
        for name, codes in self._codes.items():
            if name in values:
                values[name] = codes.get(folded(values[name]), values[name])
        try:
            application = assemble(self.kind, values, self._tables, self.today).application
        except InputRefused as refused:
            return BulkRow(source, values, None, refused.faults)
        choices = self._tables.choices(self.kind)
        typed = (field for field in self.fields if field.editor is not Editor.CHOICE)  # a code has no cautions
        looked = (check_field(field, values.get(field.name, ""), choices, self.today) for field in typed)
        return BulkRow(source, values, application, cautions=tuple(caution for one in looked for caution in one.cautions))

    def table(
        self, headings: Sequence[str], fields: Sequence[str], sources: Iterable[TableRow], common: Mapping[str, str] = NO_EXTRA
    ) -> BulkTable:
        """The rows, each checked."""
        rows = tuple(self.row(source, fields, common) for source in sources)
        return BulkTable(self.kind, tuple(headings), tuple(fields), _told_twice(rows), common)

    def with_column(self, table: BulkTable, name: str) -> BulkTable:
        """The table with one more column at its end, for a field that was the same in all rows: each row begins with what all had."""
        code = table.common.get(name, "")
        text = next((label for value, label in self.choices(name) if value == code), code)
        width = len(table.headings)
        sources = (replace(row.source, cells=(*row.source.cells, *[""] * (width - len(row.source.cells)), text)) for row in table.rows)
        common = {field: value for field, value in table.common.items() if field != name}
        return self.table((*table.headings, self.label(name)), (*table.fields, name), sources, common)

    def mended(self, table: BulkTable, place: int, column: int, text: str) -> BulkTable:
        """The table with another text in one cell; a day that was said by today's is written out, as it stays in the table."""
        source = table.rows[place].source
        field = self._form.field(table.fields[column])
        if field is not None and field.editor is Editor.DATE:
            text = check_field(field, text, {}, self.today).value or text
        cells = [*source.cells, *[""] * (column + 1 - len(source.cells))]
        cells[column] = text
        made = self.row(replace(source, cells=tuple(cells)), table.fields, table.common)
        rows = (*table.rows[:place], made, *table.rows[place + 1 :])
        return replace(table, rows=_told_twice(rows))


def bulk_table(kind: ApplicationKind, rows: Sequence[TableRow], tables: FormTables, today: date) -> BulkTable:
    """Every row of the table below its headings.

    Raises InputRefused("file") where no row is made of headings, a heading stands twice, or nothing stands below them, and for each
    required field that has no column.
    """
    form = BulkForm(kind, tables, today)
    place = form.place_of_headings(rows)
    if place is None:
        raise InputRefused.of("file", BulkCode.HEADINGS)
    fields = form.guessed(rows[place].cells)
    twice = twice_among(fields)
    missing = form.missing(fields, {})
    if twice or missing:
        raise InputRefused(
            [*(FieldFault(name, BulkCode.HEADING_TWICE) for name in twice), *(FieldFault(name, BulkCode.NO_COLUMN) for name in missing)]
        )
    table = form.table(rows[place].cells, fields, form.filled(rows[place + 1 :], fields))
    if not table.rows:
        raise InputRefused.of("file", BulkCode.NO_ROWS)
    return table


def twice_among(fields: Sequence[str]) -> tuple[str, ...]:
    """The fields that more than one column is said to be."""
    return tuple(sorted({name for name in fields if name and fields.count(name) > 1}))


def _told_twice(rows: Sequence[BulkRow]) -> tuple[BulkRow, ...]:
    """The second row for a supply point is marked: one of the two is a slip, or wants a person's eye."""
    seen: set[str] = set()
    told = []
    for row in rows:
        number = row.application.supply_point_number if row.application else ""
        is_twice = bool(number) and number in seen
        told.append(row if row.is_twice is is_twice else replace(row, is_twice=is_twice))
        seen.add(number)
    return tuple(told)


def looked_up(rows: Iterable[BulkRow], outbox: OutboxDesk) -> tuple[BulkRow, ...]:
    """The same rows, each with what is open or recent at its supply point and may be the same application."""
    return tuple(row if row.application is None else replace(row, similar=outbox.similar_open(row.application)) for row in rows)


def result_rows(table: BulkTable, answers: Mapping[int, BulkAnswer]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and rows of the table as it came, each row with what became of it. ``answers`` by the rows' lines."""
    width = max([len(table.headings), *(len(row.source.cells) for row in table.rows)])

    def padded(cells: tuple[str, ...]) -> tuple[str, ...]:
        return (*cells, *[""] * (width - len(cells)))

    rows = []
    for row in table.rows:
        answer = answers.get(row.source.line)
        words = "\n".join(f"{table.heading_of(fault.field)}：{fault_text(fault)}" for fault in (*row.faults, *row.doubts))
        state = OUTBOX_STATE_NAMES[answer.state] if answer else outbox_texts.NOT_SENT
        told = (state, answer.receipt_number, answer.words) if answer else (state, "", words)
        rows.append((*padded(row.source.cells), *told))
    return (*padded(table.headings), outbox_texts.STATE, field_name("receipt_number"), outbox_texts.WHY), rows


def _headings_of(form: Form) -> dict[str, str]:
    """Every heading that means a field: its name, what the clerk reads, its path in the message."""
    found: dict[str, str] = {}
    for field in form.item_fields:
        for heading in (field.name, field.label or field_name(field.name), field.path):
            if heading:
                found.setdefault(folded(heading), field.name)
    return found


def _codes_of(field: Field, choices: CodeChoices) -> dict[str, str]:
    """What may stand in a cell for each code: the code, its words, or both as a list shows them."""
    found: dict[str, str] = {}
    for code, label in choices.get(field.table, ()):
        for text in (label, f"{code} {label}", f"{label} {code}", code):
            found[folded(text)] = code
    return found


def folded(text: str) -> str:
    """A heading or a code as it is compared: width, case, spaces and the mark of what is required do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")
