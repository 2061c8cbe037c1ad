"""How each row of the table stands, in words: what is wrong with it, whether it goes, what became of it. Qt-free."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from denkidesk.desk.bulk import BulkRow
from denkidesk.desk.bulk_batches import Brought, BulkAnswer
from denkidesk.desk.sending import Plan, Planned
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.values import dataclass
from denkidesk.texts import bulk as texts
from denkidesk.texts import outbox as outbox_texts
from denkidesk.texts.errors import fault_text
from denkidesk.texts.names import OUTBOX_STATE_NAMES
from denkidesk.texts.outbox import moment_of
from denkidesk.ui.parts.item_icons import STATE_ICONS


class Standing(StrEnum):
    """Where a row stands; ``LOOKING``: whether it is filed already is being looked up."""

    BAD = "bad"
    LOOKING = "looking"
    DOUBLE = "double"
    READY = "ready"
    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


_OF_STATE: Final[Mapping[OutboxState, Standing]] = {
    OutboxState.QUEUED: Standing.WAITING,
    OutboxState.SENDING: Standing.SENDING,
    OutboxState.ACCEPTED: Standing.ACCEPTED,
    OutboxState.REJECTED: Standing.REJECTED,
    OutboxState.UNKNOWN: Standing.UNKNOWN,
    OutboxState.ASK: Standing.UNKNOWN,
}
UNSENT: Final = (Standing.BAD, Standing.LOOKING, Standing.DOUBLE, Standing.READY)
CHIPS: Final[Mapping[str, tuple[Standing, ...]]] = {
    "all": tuple(Standing),
    "bad": (Standing.BAD,),
    "double": (Standing.DOUBLE,),
    "ready": (Standing.READY, Standing.LOOKING),
    "waiting": (Standing.WAITING, Standing.SENDING),
    "accepted": (Standing.ACCEPTED,),
    "troubled": (Standing.REJECTED, Standing.UNKNOWN),
}
"""Which rows each filter shows."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the column of results."""

    icon: str
    tone: str
    words: str
    more: str = ""


class Rows:
    """The rows of one table by their places; which are ticked, what became of them, and when each goes."""

    def __init__(self, brought: Brought) -> None:
        self.brought = brought
        self.answers: dict[int, BulkAnswer] = dict(brought.answers or {})
        self.ticked: set[int] = set()  # lines
        self._kept_out: set[int] = set()  # by the clerk
        self._mended: dict[int, str] = {}  # the item that a row was refused as before it was changed
        self._stopped = {line for line, answer in self.answers.items() if answer.state is OutboxState.CANCELLED}
        self._plan: Plan | None = None
        self._planned: Mapping[str, Planned] = {}
        self._turns: Mapping[str, int] = {}
        self._outages: list[OutboxItem] = []
        self._stand: list[tuple[BulkRow, Standing]] | None = None
        self._place_of_line = {row.source.line: place for place, row in enumerate(brought.table.rows)}

    def laid_out_as(self, brought: Brought) -> "Rows":
        """The same rows under another layout; what the clerk has kept out stays out."""
        rows = Rows(replace(brought, answers=self.answers))
        rows._kept_out = set(self._kept_out)
        return rows

    # -- reading

    @property
    def rows(self) -> tuple[BulkRow, ...]:
        """All of them, in the clerk's order."""
        return self.brought.table.rows

    def standing(self, row: BulkRow) -> Standing:
        """Where a row stands."""
        answer = self.answers.get(row.source.line)
        if answer is not None and answer.state is not OutboxState.CANCELLED:
            return _OF_STATE[answer.state]
        if row.application is None:
            return Standing.BAD
        if row.similar is None:
            return Standing.LOOKING
        return Standing.DOUBLE if row.is_doubtful else Standing.READY

    def _all(self) -> list[tuple[BulkRow, Standing]]:
        """Each row with where it stands: asked for many times between two changes."""
        if self._stand is None:
            self._stand = [(row, self.standing(row)) for row in self.rows]
        return self._stand

    def places(self, chip: str) -> list[int]:
        """The rows that a filter shows."""
        wanted = CHIPS[chip]
        return [place for place, (_, standing) in enumerate(self._all()) if standing in wanted]

    def counts(self) -> Counter[Standing]:
        """How many stand where."""
        return Counter(standing for _, standing in self._all())

    def lines(self, standing: Standing) -> list[int]:
        """The lines of the rows that stand somewhere."""
        return [row.source.line for row, where in self._all() if where is standing]

    def going(self) -> tuple[BulkRow, ...]:
        """The rows that would be sent now."""
        sent = (Standing.READY, Standing.DOUBLE)
        return tuple(row for row, standing in self._all() if row.source.line in self.ticked and standing in sent)

    def unticked(self) -> list[int]:
        """The lines of good rows that the clerk has kept out."""
        return [row.source.line for row, standing in self._all() if standing is Standing.READY and row.source.line not in self.ticked]

    def sent(self) -> tuple[BulkRow, ...]:
        """The rows that are in the outbox or through it."""
        return tuple(row for row, standing in self._all() if standing not in UNSENT)

    @property
    def is_looking(self) -> bool:
        """Whether a row that would go is still being looked up."""
        return any(standing is Standing.LOOKING for _, standing in self._all())

    def is_editable(self, row: BulkRow) -> bool:
        """A row that is on its way, or has a number, is not changed any more."""
        answer = self.answers.get(row.source.line)
        return self.standing(row) in UNSENT or (answer is not None and answer.state is OutboxState.REJECTED and not answer.by_status)

    def faulty_cells(self) -> list[tuple[int, int]]:
        """Place and column of every cell that has a fault, by rows."""
        table = self.brought.table
        found: list[tuple[int, int]] = []
        for place, (row, standing) in enumerate(self._all()):
            if standing is Standing.BAD:
                columns = {table.column_of(fault.field) for fault in row.faults}
                found += sorted((place, column) for column in columns if column is not None)
        return found

    def fault_at(self, row: BulkRow, column: int, *, short: bool = False) -> str:
        """What is wrong with a cell, in words; ``short``: in a few."""
        if self.standing(row) is not Standing.BAD:
            return ""
        name = self.brought.table.fields[column] if column < len(self.brought.table.fields) else ""
        said = texts.short_fault if short else fault_text
        return " ".join(said(fault) for fault in row.faults if fault.field == name and name)

    def double_from(self, place: int) -> int | None:
        """This row if it is doubtful, else the next that is, and after the last the first."""
        doubles = self.places("double")
        return next((one for one in doubles if one >= place), doubles[0] if doubles else None)

    def twin_of(self, place: int) -> int:
        """The first row for the same supply point."""
        application = self.rows[place].application
        wanted = application and application.supply_point_number
        return next(number for number, row in enumerate(self.rows) if row.application and row.application.supply_point_number == wanted)

    def said(self, row: BulkRow) -> Said:
        """What the column of results says of a row."""
        answer, standing = self.answers.get(row.source.line), self.standing(row)
        match standing:
            case Standing.BAD:
                first, *others = row.faults
                heading = "" if self.brought.table.column_of(first.field) is not None else f"{self.brought.form.label(first.field)}："
                words = heading + texts.short_fault(first)
                return Said("error", "error", texts.SEVERAL.format(text=words, count=len(others)) if others else words)
            case Standing.DOUBLE:
                return Said("warning", "warn", texts.DOUBLE, texts.DOUBLE_OPEN if row.similar else texts.DOUBLE_TWICE)
            case Standing.LOOKING:
                return Said("clock", "muted", texts.LOOKING)
            case Standing.READY:
                stopped = (texts.STOPPED,) if row.source.line in self._stopped else ()
                words = texts.READY_CAUTION if row.cautions else texts.READY
                return Said("check", "muted", words, "　".join((*stopped, *map(fault_text, row.cautions))))
            case Standing.WAITING if answer is not None:
                return self._waiting(answer)
        assert answer is not None  # noqa: S101 - all others have one
        icon, tone = STATE_ICONS[answer.state]
        more = answer.receipt_number or (outbox_texts.WHYS.get(answer.code, "") if standing is not Standing.REJECTED else answer.words)
        return Said(icon, tone, OUTBOX_STATE_NAMES[answer.state], more)

    def _waiting(self, answer: BulkAnswer) -> Said:
        one = self._planned.get(answer.item_id)
        if one is None or self._plan is None or self._plan.pause or one.hold not in ("turn", "counting") or one.at is None:
            held = "" if one is None or one.hold in ("turn", "counting") else outbox_texts.HOLDS[one.hold]
            return Said("clock", "muted", texts.QUEUED, held)
        place = self._turns[answer.item_id]
        if place == len(self._outages) and one.hold == "turn" and self.overtaking is not None:
            return Said("send", "accent", texts.NEXT, texts.AFTER_OUTAGE)
        if place == 0:
            return Said("send", "accent", texts.NEXT)
        return Said("clock", "muted", texts.AT.format(time=moment_of(one.at, self._plan.at)))

    # -- what is ahead

    def show_plan(self, plan: Plan) -> None:
        """How the outbox stands."""
        self._plan = plan
        self._planned = {one.item.item_id: one for one in plan.waiting}
        self._turns = {name: turn for turn, name in enumerate(self._planned)}
        self._outages = [one.item for one in plan.waiting if one.item.application.kind is ApplicationKind.OUTAGE]

    @property
    def planned(self) -> list[Planned]:
        """Those of this table that wait, in the order of sending."""
        own = {answer.item_id for answer in self.answers.values()}
        return [one for name, one in self._planned.items() if name in own]

    @property
    def pause(self) -> str:
        """Who has stopped the sending; "" while it goes."""
        return "" if self._plan is None else str(self._plan.pause or "")

    @property
    def overtaking(self) -> OutboxItem | None:
        """An outage that goes before this table's next row."""
        sending = [] if self._plan is None else [item for item in self._plan.unsettled if item.state is OutboxState.SENDING]
        outages = [*(item for item in sending if item.application.kind is ApplicationKind.OUTAGE), *self._outages]
        return outages[0] if outages and self.brought.table.kind is not ApplicationKind.OUTAGE and self.planned else None

    # -- what the clerk does

    def tick(self, rows: Iterable[BulkRow], *, on: bool) -> None:
        """A row that is doubtful goes only after this; one that needs the utility's listing does not go at all."""
        for row in rows:
            line = row.source.line
            if not on:
                self.ticked.discard(line)
                self._kept_out.add(line)
            elif self.standing(row) in (Standing.READY, Standing.DOUBLE) and not row.needs_listing:
                self.ticked.add(line)
                self._kept_out.discard(line)

    def mend(self, place: int, column: int, text: str) -> BulkRow:
        """Writes another text into a cell; the row is checked, and is not looked up yet."""
        self._stand = None
        before = self.rows
        table = self.brought.form.mended(self.brought.table, place, column, text)
        self.brought = replace(self.brought, table=table)
        for old, new in zip(before, table.rows, strict=True):
            if old.is_twice is not new.is_twice:  # the other row for its supply point was changed
                self._tick_if_good(new)
        line = table.rows[place].source.line
        self.ticked.discard(line)
        self._kept_out.discard(line)
        if (answer := self.answers.pop(line, None)) is not None:
            self._mended[line] = answer.item_id
        return table.rows[place]

    def take_looked_up(self, looked: Iterable[BulkRow]) -> None:
        """What was looked up; rows that were changed since are left alone. What is good is ticked unless the clerk has kept it out."""
        self._stand = None
        rows = list(self.rows)
        for new in looked:
            place = self._place_of_line.get(new.source.line)
            if place is None or rows[place].source != new.source or rows[place].application is None:
                continue
            row = rows[place] = replace(rows[place], similar=new.similar)
            self._tick_if_good(row)
        self.brought = replace(self.brought, table=replace(self.brought.table, rows=tuple(rows)))

    def _tick_if_good(self, row: BulkRow) -> None:
        line = row.source.line
        if row.is_doubtful or row.similar is None:
            self.ticked.discard(line)
        elif row.application is not None and line not in self._kept_out and line not in self.answers:
            self.ticked.add(line)

    def take_answers(self, answers: Mapping[int, BulkAnswer]) -> None:
        """What the rows have become. One that was taken back is to be sent again only by another tick."""
        self._stand = None
        for line, answer in answers.items():
            known = self.answers.get(line)
            if self._mended.get(line) == answer.item_id:
                continue
            if answer.state is OutboxState.CANCELLED and (known is None or known.state is not OutboxState.CANCELLED):
                self.ticked.discard(line)
                self._kept_out.add(line)
                self._stopped.add(line)
            self.answers[line] = answer

    def take_queued(self, items: Mapping[int, str]) -> None:
        """These are in the outbox now."""
        self._stand = None
        for line, item_id in items.items():
            self._stopped.discard(line)
            self.ticked.discard(line)
            self._mended.pop(line, None)
            self.answers[line] = BulkAnswer(item_id, OutboxState.QUEUED, "", "")

    @property
    def has_open(self) -> bool:
        """Whether more may come of it."""
        return any(answer.is_open for answer in self.answers.values())

    def is_whole(self) -> bool:
        """Whether nothing of it is on its way, nor would be sent any more."""
        return not self.has_open and not self.going()


def example(row: BulkRow) -> NewApplication:
    """The application of a row that goes."""
    assert row.application is not None  # noqa: S101 - a row without one does not go
    return row.application
