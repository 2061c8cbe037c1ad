"""Everything known of one application, made ready on the store lane: finished strings for the pane."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from denkidesk.desk.inbox import HistoryEvent
from denkidesk.desk.inbox_acts import Chosen
from denkidesk.domain.applications import InboxEntry, OutboxItem
from denkidesk.domain.supply_point import grouped
from denkidesk.domain.values import dataclass
from denkidesk.texts import dates
from denkidesk.texts import inbox_acts as words
from denkidesk.texts.names import OUTBOX_STATE_NAMES, field_name, kind_name
from denkidesk.ui.inbox.rows import InboxReader, Row, message_line

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.point_records import PointRecord

_DAYS: Final = ("visit_on", "change_on", "registered_on")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened, in words. ``number`` as in the history; 0 of what that does not have. ``when``: "" where nobody knows."""

    number: int
    when: str
    text: str
    icon: str = "dot"


@dataclass(frozen=True, slots=True)
class PointLine:
    """Another record of the same supply point. ``receipt_number``: of one that the list can show; else empty."""

    what: str
    when: str
    text: str
    receipt_number: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Who and where, and who acts next; each empty where nobody knows."""

    selection: str
    name: str
    address: str
    next_to_act: str
    fetched: str
    tags: str
    follow_up: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One application in full, the newest line first; pairs of name and value."""

    row: Row
    head: Head
    messages: tuple[Line, ...]
    history: tuple[Line, ...]  # with the clerk's own note
    newest: int  # the number of what happened last
    moved: Line | None  # the newest change of its stage
    items: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]  # items that the binding does not name; shown, never dropped
    point: tuple[PointLine, ...]
    wire: tuple[tuple[str, str], ...]  # a heading, and the message as it was sent or what was read of it


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said on the phone: a sentence of one application, a line for each of several."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes on paper: a title, and for each application lines of which the first stands out."""

    title: str
    count: int
    blocks: tuple[tuple[str, ...], ...]


class DetailReader:
    """Reads the store. Lives on the store lane. ``reader``: what the list reads rows and codes with."""

    def __init__(self, desk: "Desk", reader: InboxReader | None = None) -> None:
        self._desk = desk
        reader = reader or InboxReader(desk)
        self._word = reader.word
        self._row = reader.row

    def detail(self, receipt_number: str) -> Detail | None:
        """One application as stored; None if the desk does not know it."""
        entry = self._desk.inbox.entry(receipt_number)
        return None if entry is None else self.detail_of(entry)

    def detail_of(self, entry: InboxEntry) -> Detail:
        """An application that the store need not have."""
        listed, status = entry.listed, entry.status
        own = self._desk.point_records.filed_as(listed.receipt_number)
        known: dict[str, str] = {
            "receipt_number": listed.receipt_number,
            "work_stage": listed.work_stage,
            "selection_code": listed.selection_code,
            "supply_point_number": listed.supply_point_number,
            "registered_on": dates.day(listed.registered_on),
            "visit_on": dates.day(listed.visit_on),
        }
        extra = dict(listed.extra)
        if own is not None:
            known = {**own.application.texts(), **{name: value for name, value in known.items() if value}}
        if status is not None:
            known |= {"request_status": status.request_status, "reception_message": status.reception_message, **status.items}
            extra |= status.extra
        items = tuple((field_name(name), self._value(name, value)) for name, value in known.items() if value)
        messages = status.messages if status else ()
        events = self._desk.inbox.history(listed.receipt_number)
        course = tuple(self._course(entry, events, frozenset(messages)))
        stages = {event.number for event in events if event.kind == "work_stage"}
        return Detail(
            self._row(entry),
            self._head(entry, known),
            _messages(messages, events),
            course,
            events[-1].number if events else 0,
            next((line for line in course if line.number in stages), None),
            items,
            tuple(extra.items()),
            tuple(self._point(entry)),
            tuple(self._wire(entry, own)),
        )

    def summary(self, chosen: Chosen) -> Summary:
        """The chosen applications for the phone."""
        entries = self._desk.inbox_acts.entries(chosen)
        frame = words.summary if len(entries) == 1 else words.summary_line
        lines = []
        for entry in entries:
            listed, messages = entry.listed, entry.status.messages if entry.status else ()
            stage = self._word("work_stage", listed.work_stage) if listed.work_stage else ""
            lines.append(
                frame(entry.customer_name, entry.kind, listed.receipt_number, stage, listed.visit_on, messages[-1] if messages else "")
            )
        return Summary("\n".join(lines), len(entries))

    def paper(self, chosen: Chosen) -> Paper:
        """The chosen applications for the printer: one with all that is known of it, several in short."""
        entries = self._desk.inbox_acts.entries(chosen)
        when = dates.moment(self._desk.inbox_acts.now())
        title = words.PRINT_TITLE.format(count=f"{len(entries):,}", when=when)
        if len(entries) == 1:
            return Paper(title, 1, tuple(self._whole(self.detail_of(entries[0]))))
        return Paper(title, len(entries), tuple(map(self._in_short, entries)))

    def _in_short(self, entry: InboxEntry) -> tuple[str, ...]:
        listed = entry.listed
        stage = self._word("work_stage", listed.work_stage) if listed.work_stage else ""
        first = (listed.receipt_number, kind_name(entry.kind), entry.customer_name, stage)
        visit = f"{field_name('visit_on')} {dates.day(listed.visit_on)}" if listed.visit_on else ""
        second = (entry.supply_point_address, grouped(listed.supply_point_number), visit)
        newest = message_line(entry)
        lines = ("　".join(filter(None, first)), "　".join(filter(None, second)), newest, entry.note)
        return tuple(line for line in lines if line)

    def _whole(self, detail: Detail) -> Iterator[tuple[str, ...]]:
        row = detail.row
        yield (
            "　".join(filter(None, (row.receipt_number, kind_name(row.entry.kind), detail.head.name))),
            *filter(None, (detail.head.address, detail.head.next_to_act, detail.head.tags, detail.head.follow_up)),
        )
        yield words.TAB_ITEMS, *(f"{name}：{value}" for name, value in (*detail.items, *detail.extra))
        if detail.messages:
            yield field_name("messages"), *(f"{line.when}　{line.text}" for line in detail.messages)
        yield words.COURSE, *(f"{line.when}　{line.text}" for line in detail.history)

    def _head(self, entry: InboxEntry, known: dict[str, str]) -> Head:
        listed, today = entry.listed, self._desk.inbox_acts.today()
        who = words.WHO_ACTS.get(self._next_to_act(listed.work_stage), "")
        is_due = entry.follow_up_on is not None and entry.follow_up_on <= today
        follow_up = words.FOLLOW_UP_DUE if is_due else words.FOLLOW_UP_ON
        return Head(
            self._word("selection_code", listed.selection_code) if listed.selection_code else "",
            entry.customer_name or known.get("customer_name", ""),
            entry.supply_point_address or known.get("supply_point_address", ""),
            words.NEXT_TO_ACT.format(who=who) if who else "",
            words.FETCHED_AT.format(when=_short(entry.status_at, today)) if entry.status_at else words.NOT_FETCHED,
            words.TAGS.format(tags="　".join(entry.tags)) if entry.tags else "",
            follow_up.format(day=dates.recent_day(entry.follow_up_on, today)) if entry.follow_up_on else "",
            is_due,
        )

    def _next_to_act(self, stage: str) -> str:
        return next((entry.next_to_act for entry in self._desk.installed_set.stages() if entry.code == stage), "")

    def _value(self, name: str, value: str) -> str:
        if name == "supply_point_number":
            return grouped(value)
        if name in _DAYS:
            with suppress(ValueError):
                return dates.day(date.fromisoformat(value))
            return value
        return self._word(name, value)

    # -- the course

    def _course(self, entry: InboxEntry, events: Sequence[HistoryEvent], said: frozenset[str]) -> Iterator[Line]:
        """The newest first; the clerk's note stands at the time at which it was written."""
        today = self._desk.inbox_acts.today()
        noted_at = entry.noted_at if entry.note else None
        newest_message = max((event.number for event in events if event.kind == "message"), default=0)
        for event in reversed(events):
            if event.kind == "has_message" and event.after == "1" and event.number < newest_message:
                continue  # the message itself stands there
            if noted_at is not None and noted_at >= event.at:
                yield Line(0, dates.recent(noted_at, today), words.NOTED_LINE.format(text=entry.note), "note")
                noted_at = None
            for sentence in self._sentences(event, said):
                yield Line(event.number, dates.recent(event.at, today), sentence)
        if noted_at is not None:
            yield Line(0, dates.recent(noted_at, today), words.NOTED_LINE.format(text=entry.note), "note")

    def _sentences(self, event: HistoryEvent, said: frozenset[str]) -> tuple[str, ...]:
        match event.kind:
            case "filed":
                return (words.FILED,)
            case "new":
                stage = self._word("work_stage", event.after) if event.after else ""
                return (words.LISTED.format(stage=stage) if stage else words.LISTED_BARE,)
            case "message":
                return (words.MESSAGE if event.after in said else words.MESSAGE_GONE.format(text=event.after),)
            case "has_message":
                return (words.MESSAGE_FLAG[event.after == "1"],)
            case "work_stage":
                before, after = (self._word("work_stage", code) if code else "" for code in (event.before, event.after))
                return ((words.STAGE_MOVED if before else words.STAGE_SET).format(before=before, after=after),)
            case "extra":
                return tuple(_extra_changes(event)) or (_change(field_name("extra"), event.before, event.after),)
            case _:
                values = (self._value(event.kind, text) if text else "" for text in (event.before, event.after))
                return (_change(field_name(event.kind), *values),)

    # -- the supply point, the messages

    def _point(self, entry: InboxEntry) -> Iterator[PointLine]:
        today = self._desk.inbox_acts.today()
        for record in self._desk.point_records.at(entry.listed.supply_point_number):
            if not record.receipt_number or record.receipt_number != entry.listed.receipt_number:
                yield PointLine(_what(record), dates.recent_day(record.at.date(), today), _record(record), record.receipt_number)

    def _wire(self, entry: InboxEntry, own: OutboxItem | None) -> Iterator[tuple[str, str]]:
        today = self._desk.inbox_acts.today()
        if own is None:
            yield words.WIRE_NONE, ""
        else:
            for attempt in self._desk.outbox.attempts(own.item_id):
                when = dates.recent(attempt.at, today)
                heading = words.WIRE_SENT.format(when=when, request=attempt.request_id, attempt=attempt.attempt)
                yield heading, f"{_readable(attempt.envelope)}\n\n{words.WIRE_HASH.format(hash=attempt.envelope_sha256)}"
            yield words.WIRE_MASKED, ""
        if entry.status is None or entry.status_at is None:
            yield words.WIRE_NO_ANSWER, ""
            return
        of = entry.status
        answer = {
            "request_status": of.request_status,
            "reception_message": of.reception_message,
            "messages": list(of.messages),
            **of.items,
            **of.extra,
        }
        yield words.WIRE_ANSWER.format(when=dates.recent(entry.status_at, today)), json.dumps(answer, ensure_ascii=False, indent=2)


def _short(moment: datetime, today: date) -> str:
    return dates.clock(moment) if moment.date() == today else dates.short_day(moment.date())


def _what(record: "PointRecord") -> str:
    return words.POINT_SORTS.get(record.sort, "") or kind_name(record.kind)


def _record(record: "PointRecord") -> str:
    stage = record.stage or (OUTBOX_STATE_NAMES[record.state] if record.state else "")
    kind = kind_name(record.kind) if record.sort == "draft" else ""
    return "　".join(part for part in (kind, record.who, stage, record.receipt_number, record.name) if part)


def _readable(envelope: bytes) -> str:
    """The very text, each element on a line of its own."""
    return envelope.decode("utf-8", "replace").replace("><", ">\n<")


def _change(item: str, before: str, after: str) -> str:
    frame = words.ITEM_CHANGED if before and after else words.ITEM_CAME if after else words.ITEM_GONE
    return frame.format(item=item, before=before, after=after)


def _extra_changes(event: HistoryEvent) -> Iterator[str]:
    with suppress(ValueError, AttributeError):
        before, after = (json.loads(text or "{}") for text in (event.before, event.after))
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                yield _change(name, str(before.get(name, "")), str(after.get(name, "")))


def _messages(messages: Sequence[str], events: Sequence[HistoryEvent]) -> tuple[Line, ...]:
    """The newest first, each with the change by which the desk learnt of it."""
    told: dict[str, list[HistoryEvent]] = {}
    for event in events:
        if event.kind == "message":
            told.setdefault(event.after, []).append(event)
    lines = []
    for text in reversed(messages):
        known = told.get(text)
        news = known.pop() if known else None
        lines.append(Line(news.number, dates.short_moment(news.at), text) if news else Line(0, "", text))
    return tuple(lines)
