"""Tables of many applications on their way: brought, kept, sent through the outbox, answered, opened again."""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.desk.bulk import BulkForm, BulkRow, BulkTable, folded, looked_up, result_rows, twice_among
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.spreadsheets import RESULT, TableRow, pasted_table, read_table, result_file, write_table
from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BulkCode
from denkidesk.domain.values import dataclass
from denkidesk.store.bulk import BatchCounts, BulkAnswer, BulkBatch, Filing
from denkidesk.store.store import Store
from denkidesk.texts.bulk import NOT_FINISHED

if TYPE_CHECKING:
    from denkidesk.desk.sending import Sender

__all__ = ["BatchCounts", "BulkAnswer", "BulkBatch", "BulkDesk", "Brought", "Queued"]

_KEPT_FOR: Final = timedelta(days=62)
_LAYOUTS: Final = "bulk.layouts"
_MOST_LAYOUTS: Final = 50
_BY_LIKELIHOOD: Final = (ApplicationKind.MENU_CHANGE, *(kind for kind in ApplicationKind if kind is not ApplicationKind.MENU_CHANGE))


@dataclass(frozen=True, slots=True)
class Brought:
    """A table as it stands on the screen. ``is_known``: its headings are said to be what they were the last time.

    ``twice``: fields that two columns claim; the second is not sent. ``answers``: what its rows have become, by line.
    """

    batch: BulkBatch
    form: BulkForm
    table: BulkTable
    is_known: bool = False
    twice: tuple[str, ...] = ()
    answers: Mapping[int, BulkAnswer] | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """What is in the outbox now, by line, and the rows that are not because something like them was filed meanwhile."""

    batch_id: str
    items: Mapping[int, str]
    held_back: tuple[BulkRow, ...] = ()


class BulkDesk:
    """Reading and checking are work for a lane; what keeps and sends belongs onto the store's."""

    def __init__(self, store: Store, outbox: OutboxDesk, installed_set: InstalledSet, sender: "Callable[[], Sender]", now: Now) -> None:
        self._store = store
        self._outbox = outbox
        self._installed_set = installed_set
        self._sender = sender
        self._now = now

    # -- bringing

    def pasted(self, text: str) -> Brought:
        """The table on the clipboard. Raises InputRefused where it is none."""
        return self._brought(pasted_table(text), "")

    def opened(self, path: Path) -> Brought:
        """The table of a file. Raises InputRefused where it is none."""
        return self._brought(read_table(path), str(path))

    def as_kind(self, brought: Brought, kind: ApplicationKind) -> Brought:
        """The same table for applications of another kind."""
        form = self._form(kind)
        fields, twice = _once(form.guessed(brought.table.headings))
        return self._laid_out(replace(brought, form=form, twice=twice, is_known=False), fields, _only_choice(form, fields))

    def assigned(self, brought: Brought, column: int, field: str) -> Brought:
        """The same table with a column as another field; "" for one that is not sent."""
        fields = tuple(field if place == column else "" if name == field else name for place, name in enumerate(brought.table.fields))
        return self._laid_out(replace(brought, twice=()), fields, brought.table.common)

    def with_common(self, brought: Brought, field: str, text: str) -> Brought:
        """The same table with one value in all rows for a field that has no column."""
        return self._laid_out(brought, brought.table.fields, {**brought.table.common, field: text})

    def with_column(self, brought: Brought, field: str) -> Brought:
        """The same table with a column for a field that had none: its rows may differ in it from now on."""
        if brought.table.column_of(field) is not None:
            return brought
        table = brought.form.with_column(brought.table, field)
        batch = replace(brought.batch, headings=table.headings, fields=table.fields, common=table.common)
        return replace(brought, batch=batch, table=table)

    def checked_again(self, brought: Brought) -> Brought:
        """The same table, checked on today's day."""
        return self._laid_out(replace(brought, form=self._form(brought.table.kind)), brought.table.fields, brought.table.common)

    def _brought(self, rows: Sequence[TableRow], source: str) -> Brought:
        found = [
            (kind, form, place) for kind in _BY_LIKELIHOOD if (place := (form := self._form(kind)).place_of_headings(rows)) is not None
        ]
        if not found:
            raise InputRefused.of("file", BulkCode.HEADINGS)
        known: Mapping[str, object] = {}
        for _, _, place in found:
            known = known or self._layouts().get(_layout_key(rows[place].cells), {})
        kind, form, place = max(
            found,
            key=lambda one: (one[0].value == known.get("kind"), sum(map(bool, one[1].guessed(rows[one[2]].cells)))),
        )
        headings = rows[place].cells
        width = max(len(row.cells) for row in rows[place:])
        headings = (*headings, *[""] * (width - len(headings)))
        fields, twice = _once(form.guessed(headings))
        common = _only_choice(form, fields)
        is_known = kind.value == known.get("kind")
        if is_known:
            names = {field.name for field in form.fields}
            kept = [str(name) for name in _listed(known.get("fields"))]
            fields = tuple(name if name in names else "" for name in (*kept, *[""] * width)[:width])
            twice, fields = (), _once(fields)[0]
            values = known.get("common")
            if isinstance(values, dict):
                common = common | {str(name): str(text) for name, text in values.items() if name in names and name not in fields}
        batch = BulkBatch(str(uuid.uuid4()), kind, source, headings, fields, common, self._now())
        table = form.table(headings, fields, form.filled(rows[place + 1 :], fields), common)
        if not table.rows:
            raise InputRefused.of("file", BulkCode.NO_ROWS)
        return Brought(batch, form, table, is_known, twice)

    def _form(self, kind: ApplicationKind) -> BulkForm:
        return BulkForm(kind, self._installed_set.form_tables(), self._now().date())

    def _laid_out(self, brought: Brought, fields: Sequence[str], common: Mapping[str, str]) -> Brought:
        table = brought.form.table(brought.table.headings, fields, [row.source for row in brought.table.rows], common)
        batch = replace(brought.batch, kind=brought.form.kind, fields=tuple(fields), common=common)
        return replace(brought, batch=batch, table=table)

    # -- keeping

    def keep(self, batch: BulkBatch, rows: Sequence[BulkRow]) -> None:
        """Keeps a table, or some of its rows anew, and what its headings mean: the next one like it is laid out alike."""
        self._store.bulk.forget_before(self._now() - _KEPT_FOR)
        self._store.bulk.keep(batch, {row.source.line: row.source.cells for row in rows})
        layouts = {key: layout for key, layout in self._layouts().items() if key != _layout_key(batch.headings)}
        layouts[_layout_key(batch.headings)] = {"kind": batch.kind.value, "fields": batch.fields, "common": dict(batch.common)}
        newest = dict(list(layouts.items())[-_MOST_LAYOUTS:])
        self._store.ui_state.set(_LAYOUTS, json.dumps(newest, ensure_ascii=False))

    def _layouts(self) -> dict[str, Mapping[str, object]]:
        with suppress(ValueError):
            kept = json.loads(self._store.ui_state.get(_LAYOUTS, "{}"))
            if isinstance(kept, dict):
                return {str(key): layout for key, layout in kept.items() if isinstance(layout, dict)}
        return {}

    def batches(self) -> tuple[BatchCounts, ...]:
        """The tables that are kept, the newest first."""
        return self._store.bulk.batches()

    def opened_again(self, batch: BulkBatch) -> Brought:
        """A table that was kept, with what its rows have become."""
        form = self._form(batch.kind)
        sources = [TableRow(line, cells) for line, cells in self._store.bulk.rows(batch.batch_id)]
        return Brought(batch, form, form.table(batch.headings, batch.fields, sources, batch.common), answers=self.answers(batch.batch_id))

    def discard(self, batch_id: str) -> None:
        """Forgets a table; what was sent of it stays in the outbox."""
        self._store.bulk.discard(batch_id)

    # -- sending

    def looked_up(self, rows: Sequence[BulkRow]) -> tuple[BulkRow, ...]:
        """The rows, each with the open applications like it."""
        return looked_up(rows, self._outbox)

    def send(self, batch: BulkBatch, rows: Sequence[BulkRow]) -> Queued:
        """Queues the rows and has them sent at once; one beside which another application was opened since it was looked up stays back."""
        looked = looked_up(rows, self._outbox)
        going = [new for old, new in zip(rows, looked, strict=True) if {*_keys(new)} <= {*_keys(old)}]
        filings = [Filing(row.source.line, row.application, _keys(row)) for row in going if row.application is not None]
        self._store.bulk.keep(batch, {row.source.line: row.source.cells for row in going})
        items = self._store.bulk.queue(batch.batch_id, filings)
        self._sender().send_together(items.values())
        return Queued(batch.batch_id, items, tuple(row for row in looked if row.source.line not in items))

    def take_back(self, batch_id: str, lines: Collection[int] | None = None) -> frozenset[int]:
        """Takes back what still waits; returns the lines of the rows that were not too late."""
        return self._store.bulk.take_back(batch_id, lines)

    def answers(self, batch_id: str) -> dict[int, BulkAnswer]:
        """What the rows that were sent have become, by line."""
        return self._store.bulk.answers(batch_id)

    # -- the result

    def result_name(self, brought: Brought, folder: Path, *, is_whole: bool) -> Path:
        """Where the result goes unless the clerk wants it elsewhere: beside the file that it came from."""
        source = Path(brought.batch.source) if brought.batch.source else folder / f"{brought.batch.created_at:%Y%m%d_%H%M}.xlsx"
        source = source if source.suffix.lower() in (".xlsx", ".csv") else source.with_suffix(".xlsx")
        return result_file(source, RESULT if is_whole else f"{RESULT}_{NOT_FINISHED}")

    def write_result(self, brought: Brought, path: Path) -> Path:
        """Writes the table with what became of each row; never over another file. Returns where it stands."""
        target = path
        number = 1
        while target.exists():
            number += 1
            target = path.with_name(f"{path.stem}{number}{path.suffix}")
        write_table(target, *result_rows(brought.table, self.answers(brought.batch.batch_id)))
        return target


def _keys(row: BulkRow) -> tuple[str, ...]:
    return tuple(one.key for one in row.similar or ())


def _once(fields: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each field in the first of the columns that claim it, and which are claimed twice."""
    kept: list[str] = []
    for name in fields:
        kept.append("" if name in kept else name)
    return tuple(kept), twice_among(fields)


def _only_choice(form: BulkForm, fields: Sequence[str]) -> dict[str, str]:
    """For each required field without a column in which there is nothing to choose, what it must be."""
    return {name: form.choices(name)[0][0] for name in form.missing(fields, {}) if len(form.choices(name)) == 1}


def _layout_key(headings: Sequence[str]) -> str:
    return "\n".join(map(folded, headings)).rstrip("\n")


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
