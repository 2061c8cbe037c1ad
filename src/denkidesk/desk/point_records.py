"""Everything that this desk knows of one supply point, in one place: applications, drafts, bills that were matched, quotes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from denkidesk.domain.applications import ApplicationKind, InboxEntry, OutboxItem, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.typed_numbers import clean_digits
from denkidesk.domain.values import dataclass
from denkidesk.store.outbox_rows import items_at
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.kansai.code_tables import CodeEntry


class RecordSort(StrEnum):
    """What a record is."""

    APPLICATION = "application"
    DRAFT = "draft"
    BILL = "bill"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class PointRecord:
    """One thing that is known. ``at``: when it was filed, begun or made. ``stage``: in words; empty where the listing has not shown one."""

    sort: RecordSort
    at: datetime
    who: str = ""
    kind: ApplicationKind | None = None
    state: OutboxState | None = None  # of an application of this desk
    stage: str = ""
    receipt_number: str = ""
    name: str = ""  # of a quote


class PointRecords:
    """Looks into the store alone. ``stages``: those that the code tables name."""

    def __init__(self, store: Store, stages: "Callable[[], Iterable[CodeEntry]]") -> None:
        self._store = store
        self._stages = stages

    def filed_as(self, receipt_number: str) -> OutboxItem | None:
        """The application of this desk that the utility knows by a receipt number; None where it was filed elsewhere."""
        return self._store.outbox.of_receipt(receipt_number)

    def at(self, supply_point_number: str) -> tuple[PointRecord, ...]:
        """All of it, the newest first; nothing where the number is not known."""
        if not supply_point_number:
            return ()
        records = [*self._applications(supply_point_number), *self._drafts(supply_point_number)]
        for name in {record.who for record in records if record.who}:
            records += self._papers(name)
        return tuple(sorted(records, key=lambda record: record.at, reverse=True))

    def _applications(self, supply_point_number: str) -> Iterator[PointRecord]:
        labels = {entry.code: entry.label_ja for entry in self._stages()}
        entries = {e.listed.receipt_number: e for e in self._store.inbox.at_supply_point(supply_point_number, date.min)}
        for item in items_at(self._store, supply_point_number):
            entry, of = entries.pop(item.receipt_number, None), item.application
            stage = "" if entry is None else labels.get(entry.listed.work_stage, entry.listed.work_stage)
            who = of.customer_name or ""
            yield PointRecord(RecordSort.APPLICATION, item.created_at, who, of.kind, item.state, stage, item.receipt_number)
        for entry in entries.values():
            listed = entry.listed
            who = (entry.status.items if entry.status else {}).get("customer_name", "")
            stage = labels.get(listed.work_stage, listed.work_stage)
            yield PointRecord(RecordSort.APPLICATION, _moment(entry), who, entry.kind, None, stage, listed.receipt_number)

    def _drafts(self, supply_point_number: str) -> Iterator[PointRecord]:
        for draft in self._store.drafts.all():
            if clean_digits(draft.fields.get("supply_point_number", "")) == supply_point_number:
                yield PointRecord(RecordSort.DRAFT, draft.saved_at, draft.fields.get("customer_name", ""), draft.kind)

    def _papers(self, name: str) -> Iterator[PointRecord]:
        for at in self._store.paper_bills.matched_at(name):
            yield PointRecord(RecordSort.BILL, at, name)
        for quote_id, at, title in self._store.quotes.titled(name):
            yield PointRecord(RecordSort.QUOTE, at, name, name=f"{quote_id} {title}")


def _moment(entry: InboxEntry) -> datetime:
    day = entry.listed.registered_on
    return entry.first_seen_at if day is None else datetime(day.year, day.month, day.day, tzinfo=JST)
