"""The stored catalogue is filled from the server, a few requests at a time, so that whatever else is asked of it goes between."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled, DeskError
from denkidesk.domain.ranking import AtHand
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.texts import ranking as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.tariffs.place_picker import wants_all_companies

if TYPE_CHECKING:
    from denkidesk.desk.catalogue import SyncResult
    from denkidesk.desk.desk import Desk

_AT_ONCE: Final = 10
BUDGET: Final = 500
"""Requests for one press of the button."""


class FillButton(QPushButton):
    """Begins, shows how far it is, and stops at the next press; what was fetched stays, and the next press goes on from there."""

    filled = Signal()  # more is stored than before

    def __init__(self, context: UiContext, strips: Strips, parent: QWidget | None = None) -> None:
        super().__init__(texts.FILL, parent)
        self._context = context
        self._strips = strips
        self._job: Job[SyncResult] | None = None
        self.at_hand: AtHand | None = None  # the contract that the ranking is of
        self._asked = self._priced = self._added = self._changed = self._left = 0
        self._failed: dict[str, tuple[str, DeskError]] = {}  # by its code: the plan's name, and why
        self._only_at_hand = False
        self.clicked.connect(self._on_clicked)

    @property
    def is_busy(self) -> bool:
        """Whether requests are under way."""
        return self._job is not None

    def shut_down(self) -> None:
        """Gives up what is under way."""
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _on_clicked(self) -> None:
        if self.is_busy:
            self.shut_down()
            self._end("")
            return
        self._begin(only_at_hand=False)

    def fetch_at_hand(self) -> None:
        """Only what variable-metered plans cost at the contract's capacity; what is under way asks for that by itself."""
        if not self.is_busy:
            self._begin(only_at_hand=True)

    def _begin(self, *, only_at_hand: bool) -> None:
        self._only_at_hand = only_at_hand
        self._asked = self._priced = self._added = self._changed = self._left = 0
        self._failed = {}
        self._strips.clear("fill")
        self.setText(texts.FILLING.format(asked=0, left="?"))
        self._go_on(is_first=True)

    def _go_on(self, *, is_first: bool) -> None:
        budget = min(_AT_ONCE, BUDGET - self._asked, *(() if is_first else (self._left,)))  # or what was seen first would be asked again
        scope = self.at_hand, is_first, self._only_at_hand
        what = (self._context.desk, budget, frozenset(self._failed), wants_all_companies(self._context.ui_state), scope)
        self._job = self._context.jobs.run(LaneName.QUOTING, _fill, *what, priority=Priority.BACKGROUND)
        self._job.then(self._on_part, self._on_failed)

    def _on_part(self, done: "SyncResult") -> None:
        self._job = None
        self._asked += done.asked
        self._priced += done.priced
        self._added += done.added
        self._changed += done.changed
        # each part begins with what was seen longest ago: once as many were asked as there are, all are of today
        self._left = left = done.asked + done.left + len(self._failed) - self._asked
        self._failed |= {code: (name, why) for (code, why), name in zip(done.failed, done.failed_names, strict=True)}
        if done.stopped_by is not None:
            self._end(said(done.stopped_by).text)
        elif left > 0 and self._asked < BUDGET and done.asked:
            self.setText(texts.FILLING.format(asked=f"{self._asked:,}", left=f"{left:,}"))
            self._go_on(is_first=False)
        else:
            self._end("")

    def _on_failed(self, error: object) -> None:
        self._job = None
        self._end("" if isinstance(error, Cancelled) else said(error).text)

    def _end(self, reason: str) -> None:
        self.setText(texts.FILL)
        refused = tuple((name, said(why).text) for name, why in self._failed.values())
        words = texts.filled_words(self._priced, self._added, self._changed, refused, self._left)
        if reason:
            self._strips.say(Message("warn", texts.FILL_STOPPED.format(reason=reason), detail=words, key="fill"))
        else:
            self._strips.say(Message("warn" if self._failed else "ok", words, key="fill"))
        self.filled.emit()


def _fill(
    desk: "Desk",
    budget: int,
    skip: frozenset[str],
    unlimited: bool,
    scope: tuple[AtHand | None, bool, bool],
    cancel: CancelToken | None = None,
) -> "SyncResult":
    """On the lane, which loads what it takes. The market prices of the contract's area come first, once."""
    at_hand, is_first, only_at_hand = scope
    area = area_of_quoting_code(at_hand.area_code) if at_hand and is_first and not only_at_hand else None
    return desk.ranking.fill(budget, area, skip, unlimited, at_hand, only_at_hand, cancel)
