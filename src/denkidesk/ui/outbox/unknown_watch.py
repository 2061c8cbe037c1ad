"""A line on every tab for as long as an outcome is unknown."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips

if TYPE_CHECKING:  # most days have no unknown outcome
    from denkidesk.desk.reconciliation import LookedUp

_KEY: Final = "outbox.unknown"
_UNKNOWN: Final = (OutboxState.UNKNOWN, OutboxState.ASK)


class UnknownWatch(QObject):
    """Looks at what is stored of the listing whenever that or the outbox changes; asks for the listing once when an outcome is new."""

    inbox_requested = Signal(str)  # receipt number
    matched = Signal(object)  # the receipt numbers of all that are probably what became of an unknown one
    settled = Signal()  # the clerk answered: the outbox is not as it was

    def __init__(self, context: UiContext, strips: Strips, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._strips = strips
        self._window = window
        self._looks = LatestJob(context.jobs, self, self._on_looked_up, context.notices.failure)
        self._opens = LatestJob(context.jobs, self, self._on_asked_for, context.notices.failure)
        self._known: frozenset[str] | None = None
        self.matches: frozenset[str] = frozenset()

    def look(self, items: tuple[OutboxItem, ...]) -> None:
        """The outbox or the list is as it is shown now."""
        unknown = frozenset(item.item_id for item in items if item.state in _UNKNOWN)
        before, self._known = self._known, unknown
        if before is not None and unknown - before:
            job = self._context.jobs.run(LaneName.KANSAI, self._context.desk.reconciliation.ask, key="outbox.reconcile")
            job.then(on_failure=self._on_not_asked).finished.connect(self._look_up)
        if unknown or before:
            self._look_up()

    def open(self) -> None:
        """Opens the questions, if there are any by now: the outcome that the clerk has just read may be younger than what is watched."""
        self._opens.run(LaneName.STORE, self._context.desk.reconciliation.looked_up)

    def _on_asked_for(self, looked_up: "tuple[LookedUp, ...]") -> None:
        from denkidesk.texts import reconcile as texts

        if not looked_up:
            self._strips.say(Message("info", texts.NOTHING_OPEN, key=_KEY))
            return
        from denkidesk.ui.outbox.reconcile_dialog import ReconcileDialog

        dialog = ReconcileDialog(self._context, self._window)
        dialog.changed.connect(self.settled)
        dialog.inbox_requested.connect(self.inbox_requested)
        dialog.open()

    def stop(self) -> None:
        """The window closes."""
        self._looks.cancel()
        self._opens.cancel()

    def _look_up(self) -> None:
        self._looks.run(LaneName.STORE, self._context.desk.reconciliation.looked_up)

    def _on_not_asked(self, _error: object) -> None:
        """The line stands all the same, and the clerk can ask again."""

    def _on_looked_up(self, looked_up: "tuple[LookedUp, ...]") -> None:
        from denkidesk.texts import reconcile as texts

        matches = frozenset(one.match.receipt_number for one in looked_up if one.match is not None)
        if matches != self.matches:
            self.matches = matches
            self.matched.emit(matches)
        if not looked_up:
            self._strips.clear(_KEY)
            return
        text = texts.standing(len(looked_up), sum(one.match is not None for one in looked_up))
        self._strips.stand(Message("warn", text, texts.OPEN, self.open, key=_KEY, holds=True))
