"""What the clerk does with one application of the inbox or with many at once, and what each act needs to be taken back."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import InboxEntry
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.values import dataclass
from denkidesk.store.inbox_windows import Window

if TYPE_CHECKING:
    from denkidesk.store.inbox_notes import Before
    from denkidesk.store.store import Store

NOTE_LENGTH: Final = 2_000
TAG_LENGTH: Final = 40


class Act(StrEnum):
    """What is done with rows and can be taken back."""

    READ = "read"
    UNREAD = "unread"
    NOTE = "note"
    TAG = "tag"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows that the clerk has chosen: by their receipt numbers, or, where they are too many to be at hand, by their places in a window."""

    receipt_numbers: tuple[str, ...] = ()
    window: Window | None = None
    ranges: tuple[tuple[int, int], ...] = ()  # first and last place of each run

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.receipt_numbers) or sum(last - first + 1 for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was carried out. ``count``: on so many rows; none where they were so already."""

    act: Act
    count: int
    before: "Before"
    text: str = ""  # what was noted
    day: date | None = None  # to look again


class InboxActs:
    """Each act is one statement, however many rows it is for; a row that is gone meanwhile is passed over.

    Raises Cancelled where rows were chosen by their places and others stand there by now: nothing is done then.
    """

    def __init__(self, store: "Store", now: Now) -> None:
        self._inbox = store.inbox
        self._now = now

    def mark_read(self, chosen: Chosen) -> Done:
        """They are read, with all their news."""
        return self._done(Act.READ, self._inbox.notes.mark(self._ids(chosen), unread=False))

    def mark_unread(self, chosen: Chosen) -> Done:
        """The clerk wants to see them again."""
        return self._done(Act.UNREAD, self._inbox.notes.mark(self._ids(chosen), unread=True))

    def note(self, chosen: Chosen, text: str) -> Done:
        """Notes a text: of one application in the place of its note, of many below what is noted on each."""
        text = text.strip()[:NOTE_LENGTH]
        ids = self._ids(chosen) if text or chosen.count == 1 else []
        return self._done(Act.NOTE, self._inbox.notes.note(ids, text, replaces=chosen.count == 1), text=text)

    def tag(self, chosen: Chosen, tags: str) -> Done:
        """Tags, parted by spaces: of one application these alone, of many these too."""
        words = " ".join(word[:TAG_LENGTH] for word in tags.split())
        ids = self._ids(chosen) if words or chosen.count == 1 else []
        return self._done(Act.TAG, self._inbox.notes.tag(ids, words, replaces=chosen.count == 1), text=words)

    def follow_up(self, chosen: Chosen, day: date | None) -> Done:
        """The day to look at them again; None: none."""
        return self._done(Act.FOLLOW_UP, self._inbox.notes.follow_up(self._ids(chosen), day), day=day)

    def take_back(self, done: Done) -> Done:
        """What the act changed is as it was before; what came since stays."""
        self._inbox.notes.take_back(done.before)
        return done

    def entries(self, chosen: Chosen, most: int = -1) -> tuple[InboxEntry, ...]:
        """The applications, in their order; the first ones where there are more than ``most``."""
        ids = self._ids(chosen)
        return self._inbox.notes.entries(ids if most < 0 else ids[:most])

    def tags_in_use(self) -> tuple[str, ...]:
        """Every tag, the one used most first."""
        return self._inbox.notes.tags_in_use()

    def now(self) -> datetime:
        """By the desk's clock."""
        return self._now()

    def today(self) -> date:
        """The day by the desk's clock."""
        return self._now().date()

    def receipt_numbers(self, chosen: Chosen) -> tuple[str, ...]:
        """The applications, in their order."""
        return chosen.receipt_numbers or tuple(entry.listed.receipt_number for entry in self.entries(chosen))

    def _ids(self, chosen: Chosen) -> list[int]:
        window = chosen.window
        if window is None:
            return list(self._inbox.notes.ids_of(chosen.receipt_numbers))
        if window.ids is None and self._inbox.windows.open(window.view).count != window.count:
            raise Cancelled  # rows have come since, and stand at the places of those that were chosen
        return self._inbox.windows.ids_of(window if window.is_whole else self._inbox.windows.whole(window.view), chosen.ranges)

    def _done(self, act: Act, before: "Before", text: str = "", day: date | None = None) -> Done:
        return Done(act, before.count, before, text, day)
