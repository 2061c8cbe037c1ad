"""The one button beside a message about the quoting server, and what it leads to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import settings as settings_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import Help
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.take_over import ask_take_over


class ServerHelp(QObject):
    """``retry_requested`` when asking again may help: at once, or after the session elsewhere was ended."""

    retry_requested = Signal()
    settings_requested = Signal()
    failed = Signal(object)

    def __init__(self, context: UiContext, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._job = LatestJob(context.jobs, self)
        self._job.succeeded.connect(self._on_taken_over)
        self._job.failed.connect(self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether a session elsewhere is being ended."""
        return self._job.is_busy

    def shut_down(self) -> None:
        """Gives up the question that is open."""
        self._job.cancel()

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
