"""What is said about the quoting server's troubles, with the one button that helps, and what it leads to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.errors import Cancelled
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import settings as settings_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import Help, said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.take_over import ask_take_over


class ServerHelp(QObject):
    """``retry_requested`` when asking again may help: at once, or after the session elsewhere was ended."""

    retry_requested = Signal()
    settings_requested = Signal()

    def __init__(self, context: UiContext, strips: Strips, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._strips = strips
        self._screen = screen
        self._job = LatestJob(context.jobs, self, self._on_taken_over, self.tell)

    @property
    def is_busy(self) -> bool:
        return self._job.is_busy

    def shut_down(self) -> None:
        self._job.cancel()

    def tell(self, error: object) -> None:
        """The server did not give what was asked for."""
        if not isinstance(error, Cancelled):
            what = said(error)
            self._strips.say(Message("error", what.text, *self.button(what.help), key="away", detail=what.detail))

    def tell_of_session(self, error: object) -> None:
        """Another question failed: only a session elsewhere is worth a word, and only where nothing is said yet."""
        if said(error).help is Help.TAKE_OVER and all(message.key != "away" for message in self._strips.messages):
            self.tell(error)

    def tell_age(self, answer: Fetched[object]) -> None:
        """The server did not give it, the store did; or the server is there again."""
        if not answer.from_store:
            self._strips.clear("away")
            return
        what = said(answer.error)
        text = texts.FROM_STORE.format(age=dates.moment(answer.fetched_at))
        reason = "\n".join(filter(None, (what.text, what.detail)))
        self._strips.say(Message("warn", text, *self.button(what.help), key="away", detail=reason))

    def button(self, help_: Help) -> tuple[str, Callable[[], object] | None]:
        """The words of the button that helps, and what it does; empty where none does."""
        match help_:
            case Help.TAKE_OVER:
                return settings_texts.TAKE_OVER, self._ask
            case Help.SETTINGS | Help.REFUSED_LOGIN:
                return settings_texts.OPEN_SETTINGS, self.settings_requested.emit
            case Help.RETRY:
                return texts.RETRY, self.retry_requested.emit
            case Help.NOTHING:
                return "", None

    def _ask(self) -> None:
        ask_take_over(self._screen, self._take_over, self.settings_requested.emit, self._log_in_again)

    def _take_over(self) -> None:
        self._job.run(LaneName.QUOTING, self._context.desk.quoting.take_over_session)

    def _log_in_again(self) -> None:
        self._job.run(LaneName.QUOTING, self._context.desk.quoting.log_in_again)

    def _on_taken_over(self, _nothing: object) -> None:
        self.retry_requested.emit()
