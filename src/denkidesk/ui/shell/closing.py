"""How the window closes: asks where something has not been sent, and waits for what is being sent, bounded."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.jobs.job import LaneName, Priority
from denkidesk.texts import shell as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips

if TYPE_CHECKING:
    from denkidesk.domain.applications import OutboxItem

_KEY: Final = "shell.closing"
_MARGIN_S: Final = 15.0  # on top of the utility's answer timeout


class Closing(QObject):
    """``ready`` when the window may go. Nobody is asked where the program is to begin anew at once."""

    ready = Signal()
    waits = Signal()  # for an answer that is on its way: nothing more may be begun

    def __init__(self, context: UiContext, strips: Strips, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._strips = strips
        self._window = window
        self._is_asking = self._is_leaving = self._is_sending = False
        self.is_asked_for = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(int((context.settings.kansai.answer_timeout_s + _MARGIN_S) * 1000))
        self._timer.timeout.connect(self._go)
        context.jobs.load_changed.connect(self._on_load_changed)

    def ask(self) -> None:
        """The clerk wants to go."""
        if not self._is_asking:
            self._is_asking = True
            job = self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.open_items, priority=Priority.CLERK)
            job.then(self._on_outbox_known, self._go, self._go)

    def _on_outbox_known(self, items: "tuple[OutboxItem, ...]") -> None:
        from denkidesk.domain.applications import OutboxState

        queued = [item for item in items if item.state is OutboxState.QUEUED]
        self._is_sending = any(item.state is OutboxState.SENDING for item in items)
        if queued and self.is_asked_for:
            self._ask_about(queued)
        else:
            self._leave_or_wait()

    def _ask_about(self, queued: "list[OutboxItem]") -> None:
        from PySide6.QtWidgets import QMessageBox

        from denkidesk.texts import outbox as outbox_texts
        from denkidesk.ui.parts.plain_box import ask, plain_box

        words = outbox_texts.closing(queued)
        box = plain_box(self._window, QMessageBox.Icon.Question, outbox_texts.CLOSING_TITLE, words, outbox_texts.CLOSING_DETAIL)
        ask(box, [(outbox_texts.CLOSING_YES, QMessageBox.ButtonRole.DestructiveRole, self._on_yes)], outbox_texts.CLOSING_NO)
        box.finished.connect(self._on_answered)

    def _on_answered(self, _result: int) -> None:
        self._is_asking = self._is_leaving

    def _on_yes(self) -> None:
        self._is_leaving = True
        QTimer.singleShot(0, self, self._leave_or_wait)  # after the box has gone

    def _leave_or_wait(self) -> None:
        if not self._is_sending or self._context.jobs.load(LaneName.KANSAI) == 0:
            self._go()
            return
        self.waits.emit()
        self._timer.start()
        self._strips.say(Message("warn", texts.CLOSING_WAIT, texts.CLOSING_NOW, self._go, key=_KEY, detail=texts.CLOSING_DETAIL))

    def _on_load_changed(self) -> None:
        if self._timer.isActive() and self._context.jobs.load(LaneName.KANSAI) == 0:
            self._go()

    def _go(self, _why: object = None) -> None:
        self._timer.stop()
        self.ready.emit()
