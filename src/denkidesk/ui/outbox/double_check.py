"""Before an application is sent from the outbox: is another one like it open by now? If so, or if nobody can tell, the clerk is asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from denkidesk.desk.outbox import WaitingBeside
from denkidesk.domain.clock import Now, now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox  # the inbox stands without one

_SHOWN = 8


class DoubleQuestion(QObject):
    """Enter and Esc say no; only the other button, which has to be gone to, says yes."""

    confirmed = Signal()
    declined = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.box: QMessageBox | None = None

    def ask(self, lines: Sequence[str] | None, yes: str) -> None:
        """Asks with what is open; None: it could not be looked up; empty: the utility was asked, and lists nothing like it."""
        from PySide6.QtWidgets import QMessageBox

        from denkidesk.texts import apply as texts
        from denkidesk.ui.parts.plain_box import plain_box

        if lines:
            title, shown = texts.SIMILAR_TITLE, (*lines[:_SHOWN], *(["…"] if len(lines) > _SHOWN else []))
        elif lines is None:
            title, shown = texts.SIMILAR_UNPROVED_TITLE, (texts.SIMILAR_UNPROVED,)
        else:
            title, shown = texts.NOT_LISTED_TITLE, (texts.NOT_LISTED,)
        box = plain_box(self._window, QMessageBox.Icon.Warning, texts.DOUBLE_TITLE, title, "\n".join(shown))
        box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        stop = box.addButton(texts.DOUBLE_NO, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stop)
        box.setEscapeButton(stop)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(self._on_answered)
        self.box = box
        box.open()

    def _on_answered(self, button: QAbstractButton) -> None:
        from PySide6.QtWidgets import QMessageBox

        box, self.box = self.box, None
        if box is not None and box.buttonRole(button) == QMessageBox.ButtonRole.DestructiveRole:
            self.confirmed.emit()
        else:
            self.declined.emit()


class WaitingCheck(QObject):
    """``cleared`` when the waiting items may be sent: nothing like them is open, or the clerk has said that they are no doubles."""

    cleared = Signal()
    declined = Signal()

    def __init__(self, context: UiContext, window: QWidget, *, now: Now = now_jst) -> None:
        super().__init__(window)
        self._outbox = context.desk.outbox
        self._now = now
        self._jobs = context.jobs
        self._found: Sequence[WaitingBeside] = ()
        self._job = LatestJob(context.jobs, self, self._on_looked_up, self._on_failed)
        self.question = DoubleQuestion(window)
        self.question.confirmed.connect(self._on_confirmed)
        self.question.declined.connect(self.declined)

    def look(self, item_id: str | None = None) -> None:
        """Looks at every waiting item, or at the named one; while the clerk is being asked, nothing is asked again."""
        if self.question.box is None:
            self._job.run(LaneName.STORE, self._outbox.waiting_beside, item_id)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._job.cancel()

    def _on_looked_up(self, found: Sequence[WaitingBeside]) -> None:
        from denkidesk.texts import apply as texts
        from denkidesk.texts.names import KIND_NAMES

        self._found = found
        if not found:
            self.cleared.emit()
            return
        lines = []
        for one in found:
            application = one.item.application
            point = texts.grouped(application.supply_point_number)
            lines.append(texts.DOUBLE_ITEM.format(kind=KIND_NAMES[application.kind], point=point))
            lines += texts.similar_lines(one.similar, self._now().date())
        self.question.ask(lines, texts.DOUBLE_SEND)

    def _on_failed(self, _error: object) -> None:
        from denkidesk.texts import apply as texts

        self._found = ()
        self.question.ask(None, texts.DOUBLE_SEND)

    def _on_confirmed(self) -> None:
        """It is written down first, so that the next sending does not ask for the same again; where that fails it is sent all the same."""
        self._jobs.run(LaneName.STORE, self._outbox.confirm, self._found).finished.connect(self.cleared)
