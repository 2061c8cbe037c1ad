"""Leads through the first practice, and has things go wrong where the clerk asks for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.troubles import Trouble
from denkidesk.jobs.job import LaneName
from denkidesk.texts import practice as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.practice.dialog import PracticeDialog
from denkidesk.ui.practice.page import PracticePage

if TYPE_CHECKING:
    from denkidesk.desk.sending import Plan
    from denkidesk.desk.troubles import TroubleDesk

_STATE: Final = "practice.first"
_KEY: Final = "practice.step"
_TROUBLE_KEY: Final = "practice.trouble"
_LOOK_EVERY_MS: Final = 1000  # while a trouble waits
_OVER: Final = "over"


class PracticeCoach(QObject):
    """What it says stands on the rail. The first practice is over when its third step is done, and is not offered again unasked."""

    outage_requested = Signal()
    refresh_requested = Signal()
    sending_wanted = Signal()  # what waited because of a trouble may go

    def __init__(self, context: UiContext, troubles: "TroubleDesk", window: QMainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._troubles = troubles
        self._window = window
        self._done = 0 if context.ui_state.text(_STATE) != _OVER else len(texts.STEPS)
        self._is_led = False
        self._leave_page: Callable[[], None] | None = None
        self._armed: Trouble | None = None
        self._watch = QTimer(self, interval=_LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)

    @property
    def is_new(self) -> bool:
        """Whether the first practice has not been done on this desk."""
        return self._done < len(texts.STEPS)

    def menu(self) -> QMenu:
        """What the menu 表示 gets."""
        menu = QMenu(texts.MENU, self._window)
        menu.addAction(texts.ACT_FIRST).triggered.connect(self.open_page)
        menu.addSeparator()
        for number, (trouble, words) in enumerate(texts.TROUBLES.items(), 1):
            action = menu.addAction(texts.ACT_TROUBLE.format(name=words.name, number=number))
            action.setProperty("tells", words.happens)
            action.triggered.connect(partial(self.arm, trouble))
        menu.addSeparator()
        self._end_action: QAction = menu.addAction(texts.ACT_END)
        self._end_action.setEnabled(False)
        self._end_action.setProperty("tells", texts.NONE_ARMED)
        self._end_action.triggered.connect(self.end)
        return menu

    def page(self, leave: Callable[[], None]) -> PracticePage:
        """The page, for the window's own place; ``leave`` takes it out of there."""
        page = PracticePage(self._context.icons, self._window)
        self._leave_page = leave
        self._connect(page)
        return page

    def open_page(self) -> None:
        """The same page in a dialog."""
        dialog = PracticeDialog(self._context.icons, self._window)
        dialog.page.show_progress(self._done)
        self._connect(dialog.page)
        dialog.open()

    def _connect(self, page: PracticePage) -> None:
        page.begin_requested.connect(self.begin)
        page.samples_requested.connect(self._on_samples)
        page.trouble_requested.connect(self.arm)

    # -- the first practice

    def begin(self) -> None:
        """From the first step on."""
        self._done, self._is_led = 0, True
        self.outage_requested.emit()

    def _on_samples(self) -> None:
        self.uncover()
        self.refresh_requested.emit()

    def uncover(self) -> None:
        """The page makes way for the screen."""
        if self._leave_page is not None:
            leave, self._leave_page = self._leave_page, None
            leave()

    def outage_begun(self) -> None:
        """The form of an outage is open."""
        if self._done == 0 and (self._is_led or self._leave_page is not None):
            self._is_led = True
            self._step_done()
        self.uncover()

    def planned(self, plan: "Plan") -> None:
        """How the outbox stands: an outage that was taken ends the second step."""
        kinds = {item.application.kind for item in plan.settled if item.state is OutboxState.ACCEPTED}
        if self._is_led and self._done <= 1 and ApplicationKind.OUTAGE in kinds:
            self._done = 1
            self._step_done()
        if self._armed is not None:
            self._look()

    def read(self) -> None:
        """The clerk has turned to an unread application."""
        if self._is_led and self._done == 2:
            self._step_done()

    def _step_done(self) -> None:
        self._done += 1
        if self.is_new:
            self._context.notices.say(Message("info", texts.STEPS[self._done].said, key=_KEY))
            return
        self._is_led = False
        self._context.ui_state.put(_STATE, _OVER)
        self._context.notices.say(Message("ok", texts.FINISHED, key=_KEY))

    # -- what goes wrong

    def arm(self, trouble: Trouble) -> None:
        """The next application that is sent meets this."""
        self.uncover()
        self._context.jobs.run(LaneName.STORE, self._troubles.arm, trouble).then(self._on_armed, self._context.notices.failure)

    def _on_armed(self, trouble: Trouble) -> None:
        self._armed = trouble
        self._end_action.setEnabled(True)
        self._watch.start()
        self._context.notices.say(Message("warn", texts.armed(trouble), texts.END, self.end, key=_TROUBLE_KEY))

    def end(self) -> None:
        """Nothing goes wrong on purpose any more."""
        self._context.jobs.run(LaneName.STORE, self._troubles.end).then(self._on_ended, self._context.notices.failure)

    def _on_ended(self, _done: object) -> None:
        self._rest()
        self._context.notices.say(Message("ok", texts.ENDED, key=_TROUBLE_KEY))

    def _look(self) -> None:
        self._context.jobs.run(LaneName.STORE, self._troubles.armed).then(self._on_looked, self._context.notices.failure)

    def _on_looked(self, armed: Trouble | None) -> None:
        if self._armed is None or armed is not None:
            return
        told = Message("info", texts.struck(self._armed), key=_TROUBLE_KEY)
        self._rest()
        self._context.notices.say(told)

    def _rest(self) -> None:
        self._armed = None
        self._watch.stop()
        self._end_action.setEnabled(False)
        self.sending_wanted.emit()

    def stop(self) -> None:
        """The window closes."""
        self._watch.stop()
