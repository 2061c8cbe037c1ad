"""What begins when the window is ready: the warm-up, listening for second starts, today's backup, the report of a crash."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import Cancelled, DeskError, SetupFault
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.texts import dates
from denkidesk.texts import start as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message

if TYPE_CHECKING:
    from denkidesk.ui.shell.main_window import MainWindow

_CRASH_KEY: Final = "shell.crash"
_BACKUP_KEY: Final = "shell.backup"
_CAUTIONS: Final = "shell.cautions"
_UNREADABLE_KEY: Final = "shell.unreadable"


class Log(Protocol):
    """The run's log."""

    def note(self, event: str, **fields: object) -> None:
        """Writes one line."""


class Reports(Protocol):
    """The reports of bugs and crashes."""

    def unseen(self) -> str:
        """What was reported and not seen yet, in this run or before."""

    def seen(self) -> None:
        """Somebody has read them."""


class AfterPaint(QObject):
    """Begins with :meth:`begin`; nothing here holds up the window."""

    def __init__(self, window: "MainWindow", context: UiContext, log: Log, reports: Reports, start_servers: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._log = log
        self._reports = reports
        self._start_servers = start_servers
        self._report = reports.unseen()  # before this run can add one
        self._unreadable: Mapping[str, int] = {}
        context.jobs.settled.connect(self._on_settled)

    def begin(self) -> None:
        """When the window is ready: the screen in front stands."""
        from denkidesk.ui.shell.single_window import SingleWindow
        from denkidesk.ui.start.warm_up import WarmUp

        context, jobs = self._context, self._context.jobs
        WarmUp(context, self._start_servers, self._window.build_applications, self._prepare_reading, self).begin()
        single = SingleWindow(context.places.data_dir, self)
        single.raise_requested.connect(self._on_raise_requested)
        self._window.closed.connect(single.close)
        if not single.is_listening:
            self._log.note("not_listening")
        if self._report:
            message = Message("warn", texts.CRASHED, texts.SHOW_REPORT, self.show_report, key=_CRASH_KEY)
            context.notices.say(message)
        backup = jobs.run(LaneName.WORK, context.desk.backups.daily, priority=Priority.BACKGROUND)
        backup.then(self._on_backed_up, self._on_backup_failed)
        jobs.run(LaneName.WORK, context.setup.cautions, priority=Priority.BACKGROUND).then(self._on_cautions, context.notices.failure)
        jobs.settled.connect(self._say_unreadable)
        self._say_unreadable()

    def _prepare_reading(self) -> None:
        """The first application that is chosen opens like any other; a start on another tab has no inbox yet."""
        from denkidesk.ui.inbox.detail import DetailPane

        if (pane := self._window.findChild(DetailPane)) is not None:
            pane.prepare()

    def show_report(self) -> None:
        """Shows what the last run left; it is seen then, and gone."""
        from denkidesk.ui.shell.dialogs import ReportDialog

        dialog = ReportDialog(self._report, self._window)
        dialog.finished.connect(self._on_report_seen)
        dialog.open()

    def say_restored(self, day: date | None, aside: Path | None) -> None:
        """Tells that this run began with a backup, or with nothing."""
        text = texts.EMPTIED if day is None else texts.RESTORED.format(day=dates.full_day(day))
        detail = "" if aside is None else texts.RESTORED_DETAIL.format(place=aside)
        self._context.notices.say(Message("info", text, detail=detail))

    def say_not_restored(self, fault: SetupFault | Cancelled) -> None:
        """Tells that going back to a backup has failed, or was given up."""
        if isinstance(fault, Cancelled):
            self._context.notices.say(Message("info", texts.RESTORE_CANCELLED))
        else:
            self._context.notices.say(Message("error", texts.RESTORE_FAILED, detail=f"{fault.file} {fault.code}"))

    def say_read_only(self, fault: SetupFault) -> None:
        """Tells what cannot be done in a window that can only show."""
        self._context.notices.say(Message("warn", texts.READ_ONLY, detail=texts.PLACE.format(file=fault.file)))

    def _on_report_seen(self) -> None:
        self._reports.seen()
        self._context.notices.withdraw(_CRASH_KEY)

    def _on_raise_requested(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._log.note("raised")

    def _on_cautions(self, cautions: tuple[SetupFault, ...]) -> None:
        """Each is said once, not at every start."""
        known = self._context.ui_state.text(_CAUTIONS)
        said_now = "\n".join(str(caution) for caution in cautions)
        self._context.ui_state.put(_CAUTIONS, said_now)
        from denkidesk.texts.errors import said

        for caution in cautions:
            if str(caution) not in known.split("\n"):
                words = said(caution)
                self._context.notices.say(Message("warn", words.text, key=f"{_CAUTIONS}.{caution.code}", detail=words.detail))

    def _on_backed_up(self, made: Path | None) -> None:
        self._log.note("backup", name="" if made is None else made.name)

    def _on_backup_failed(self, error: BaseException) -> None:
        if not isinstance(error, SetupFault):
            self._context.notices.failure(error)
        elif error.code == InstallationCode.DAMAGED:
            message = Message(
                "error", texts.BACKUP_DAMAGED, texts.BACKUP_DAMAGED_ACTION, self._window.open_restore, key=_BACKUP_KEY, detail=error.file
            )
            self._context.notices.say(message)
        else:
            detail = texts.BACKUP_WHY.get(error.code, "") + error.file
            self._context.notices.say(Message("warn", texts.BACKUP_FAILED, key=_BACKUP_KEY, detail=detail))

    def _say_unreadable(self) -> None:
        """After any work: a row that cannot be read is left out wherever rows are shown, and that is said once."""
        unreadable = self._context.desk.unreadable_rows()
        if unreadable != self._unreadable:
            self._unreadable = unreadable
            self._context.notices.say(Message("warn", texts.unreadable_rows(unreadable), key=_UNREADABLE_KEY))

    def _on_settled(self, lane: LaneName, outcome: object) -> None:
        if isinstance(outcome, DeskError):
            facts = {"code": outcome.code, "service": outcome.service, "status": outcome.status}
            self._log.note("failed", lane=lane.value, exception=type(outcome).__name__, **facts)
