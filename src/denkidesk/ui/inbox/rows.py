"""What the inbox shows, made ready on the store lane: the GUI thread only hands out finished strings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from denkidesk.desk.inbox import HistoryEvent, InboxCounts, InboxFilter, InboxView
from denkidesk.domain.applications import InboxEntry, OutboxItem
from denkidesk.domain.supply_point import grouped
from denkidesk.domain.values import dataclass
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts.names import field_name, kind_name

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

MARK, KIND, STAGE, VISIT, REGISTERED, RECEIPT, SUPPLY_POINT, MESSAGE = range(8)
_NO_DAY: Final = date.max  # applications without a visit come last when the visits are sorted


@dataclass(frozen=True, slots=True)
class Row:
    """One application: ``cells`` to show, ``keys`` to sort by, ``spoken`` for a screen reader."""

    entry: InboxEntry
    cells: tuple[str, ...]
    keys: tuple[bool, str, str, date, date, str, str, str]
    spoken: str

    @property
    def receipt_number(self) -> str:
        """What the row is known by."""
        return self.entry.listed.receipt_number


@dataclass(frozen=True, slots=True)
class Detail:
    """One application in full: pairs of name and value, newest history first."""

    row: Row
    messages: tuple[str, ...]  # oldest first
    items: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]  # items that the binding does not name; shown, never dropped
    history: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """Some rows after a change of them alone, and the counts."""

    rows: tuple[Row, ...]
    counts: InboxCounts


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole tab at one moment."""

    rows: tuple[Row, ...]
    counts: InboxCounts
    outbox: tuple[OutboxItem, ...]
    synced_at: datetime | None


class InboxReader:
    """Reads the store for the tab. Lives on the store lane: the code tables are read there, once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._word: Callable[[str, str], str] | None = None

    def snapshot(self, view: InboxView, keep: frozenset[str] = frozenset()) -> Snapshot:
        """The entries of a view and those to ``keep``: what the clerk has just read stays in sight."""
        inbox = self._desk.inbox
        entries = list(inbox.entries(view))
        if keep:
            there = {entry.listed.receipt_number for entry in entries}
            everything = {e.listed.receipt_number: e for e in inbox.entries(replace(view, filter=InboxFilter.ALL))}
            entries += [everything[number] for number in sorted(keep - there) if number in everything]
            entries.sort(key=lambda e: (e.listed.registered_on or date.min, e.listed.receipt_number), reverse=True)
        rows = tuple(self.row(entry) for entry in entries)
        items = tuple(reversed(self._desk.outbox.items()))
        return Snapshot(rows, inbox.counts(), items, inbox.last_synced_at())

    def touched(self, receipt_numbers: Sequence[str]) -> Touched:
        """Some applications as they are now, after something was done to them alone."""
        entries = (self._desk.inbox.entry(number) for number in receipt_numbers)
        return Touched(tuple(self.row(entry) for entry in entries if entry is not None), self._desk.inbox.counts())

    def mark(self, receipt_numbers: Sequence[str], *, unread: bool) -> Touched:
        """Marks applications and returns them."""
        (self._desk.inbox.mark_unread if unread else self._desk.inbox.mark_read)(receipt_numbers)
        return self.touched(receipt_numbers)

    def detail(self, receipt_number: str) -> Detail | None:
        """One application as stored, every line of it in words; None if the desk does not know it."""
        entry = self._desk.inbox.entry(receipt_number)
        return None if entry is None else self.detail_of(entry)

    def detail_of(self, entry: InboxEntry) -> Detail:
        """As :meth:`detail`, for an entry that the store may not have."""
        listed, status = entry.listed, entry.status
        known: dict[str, str] = {
            "receipt_number": listed.receipt_number,
            "work_stage": listed.work_stage,
            "selection_code": listed.selection_code,
            "supply_point_number": listed.supply_point_number,
            "registered_on": dates.day(listed.registered_on),
            "visit_on": dates.day(listed.visit_on),
        }
        extra = dict(listed.extra)
        if status is not None:
            known |= {"request_status": status.request_status, "reception_message": status.reception_message, **status.items}
            extra |= status.extra
        items = tuple((field_name(name), self._value(name, value)) for name, value in known.items() if value)
        history = tuple(
            (dates.short_moment(event.at), self._event(event)) for event in reversed(self._desk.inbox.history(listed.receipt_number))
        )
        return Detail(self.row(entry), status.messages if status else (), items, tuple(extra.items()), history)

    def word(self, field: str, code: str) -> str:
        """A code in words; a code that the tables do not know reads as itself."""
        if self._word is None:
            # What is wrong with the tables is named where they are installed; the list shows bare codes meanwhile.
            self._word = self._desk.installed_set.readable_code_tables().label
        return self._word(field, code)

    def _value(self, name: str, value: str) -> str:
        if name == "supply_point_number":
            return grouped(value)
        if name in ("visit_on", "change_on", "registered_on"):
            try:
                return dates.day(date.fromisoformat(value))
            except ValueError:
                return value
        return self.word(name, value)

    def _event(self, event: HistoryEvent) -> str:
        if event.kind == "new":
            return texts.HISTORY_NEW.format(after=self.word("work_stage", event.after))
        if event.kind == "message":
            return texts.HISTORY_MESSAGE.format(after=event.after)
        before, after = (self._value(event.kind, text) if text else texts.NOTHING for text in (event.before, event.after))
        return texts.HISTORY_CHANGE.format(item=field_name(event.kind), before=before, after=after)

    def row(self, entry: InboxEntry) -> Row:
        """One row in words."""
        listed = entry.listed
        kind = kind_name(entry.kind)
        stage = self.word("work_stage", listed.work_stage)
        message = message_line(entry)
        cells = (
            texts.UNREAD if entry.unread else "",
            kind,
            stage,
            dates.short_day(listed.visit_on),
            dates.short_day(listed.registered_on),
            listed.receipt_number,
            grouped(listed.supply_point_number),
            message,
        )
        keys = (
            not entry.unread,
            kind,
            listed.work_stage,
            listed.visit_on or _NO_DAY,
            listed.registered_on or date.min,
            listed.receipt_number,
            listed.supply_point_number,
            message,
        )
        spoken = texts.ROW_SPOKEN.format(
            unread=f"{texts.UNREAD}、" if entry.unread else "",
            kind=kind,
            stage=stage,
            receipt=listed.receipt_number,
            registered=dates.day(listed.registered_on),
            message=message or texts.NOTHING,
        )
        return Row(entry, cells, keys, spoken)


def message_line(entry: InboxEntry) -> str:
    """The newest message on one line; a word if it was not fetched yet."""
    if entry.status is not None and entry.status.messages:
        return " ".join(entry.status.messages[-1].split())
    return texts.HAS_MESSAGE if entry.listed.has_message else ""
