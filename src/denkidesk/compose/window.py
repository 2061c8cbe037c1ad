"""One window from start to end: builds its run and its objects, passes them on, and takes them down again."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.settings import Places, Settings, line_of, load_settings, resources_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from denkidesk.compose.run import Run
    from denkidesk.jobs.lanes import Jobs
    from denkidesk.journal.watch import Watch
    from denkidesk.ui.context import UiContext
    from denkidesk.ui.parts.theme import Theme
    from denkidesk.ui.shell.main_window import MainWindow

_SHUTDOWN_WAIT_S: Final = 5.0
"""Longer than any local work takes. A request that is on the wire longer is "outcome unknown" in the books at the next start."""

_EXIT_SETUP_FAULT: Final = 6
_EXIT_ALREADY_OPEN: Final = 4
_EXIT_BUG: Final = 1


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window was asked for."""

    home: Path
    practice: bool
    tour: Path | None
    usage: Path | None  # a customer's file for the tour
    when_ready: "Callable[[MainWindow, UiContext], None] | None" = None  # what drives the window instead of a person


def run_window(options: WindowOptions) -> int:
    """Opens the desk's window, again where the clerk's settings or a backup ask for it, and returns the exit code."""
    from denkidesk.ui.start.interpreter import put_off_garbage

    put_off_garbage()
    run = WindowRun(options)
    code = run.once()
    while run.restart_requested:
        _forget_window()
        run = WindowRun(options, run)
        code = run.once()
    if not run.threads_ended:
        # A lane still waits for a socket: everything is closed and written, so the process may go without waiting for it.
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a windowed program has none
                stream.flush()
        os._exit(code)
    return code


def _size_type(percent: int) -> None:
    """Sets the size of type before Qt starts, and with it that of all that has to hold type: nothing can be cut that is not cut at 100 %.

    On top of the factor that the system's user has set for Qt, if any.
    """
    if percent != 100:
        factor = float(os.environ.get("QT_SCALE_FACTOR") or 1)
        os.environ["QT_SCALE_FACTOR"] = f"{factor * percent / 100:.3f}"


def _forget_window() -> None:
    """Lets the window of the last run go; it was frozen with all that is loaded for good."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from denkidesk.ui.start.interpreter import unsettle_memory

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    unsettle_memory()


class WindowRun:
    """One window from start to end; changed settings, or going back to a backup, ask for another run."""

    def __init__(self, options: WindowOptions, before: "WindowRun | None" = None) -> None:
        self._options = options
        self.app: QApplication | None = before.app if before else None
        self._window: MainWindow | None = None
        self._jobs: Jobs | None = None
        self._restoring = before.restore_requested if before else None
        self.restore_requested: Path | None = None
        self.restart_requested = False
        self.threads_ended = True
        self._failure: Exception | None = None

    def once(self) -> int:
        """Builds everything, shows the window, and returns the exit code when it has closed. A bug before the window stands is raised."""
        code = self._until_closed()
        if self._failure is not None:
            raise self._failure
        return code

    def _until_closed(self) -> int:
        with ExitStack() as closing:
            try:
                settings, practice = self._settings()
                if settings is None:
                    return _EXIT_SETUP_FAULT
                from denkidesk.compose.run import Run

                return self._in_folder(closing, Run.decide(self._options.home, settings, practice=practice))
            except SetupFault as fault:
                self._application(Settings())
                from denkidesk.ui.start.questions import tell_folder_fault

                tell_folder_fault(fault)
                return _EXIT_SETUP_FAULT

    def _settings(self) -> tuple[Settings | None, bool]:
        """The settings and whether to practise; None where the clerk does not want to go on without them."""
        try:
            return load_settings(Places(self._options.home, practice=False).settings_file), self._options.practice
        except SetupFault as fault:
            if fault.item == "resources":
                raise
            self._application(Settings())
            from denkidesk.ui.start.questions import ask_about_settings

            return (Settings(), True) if ask_about_settings(fault, line_of(fault)) else (None, False)

    def _application(self, settings: Settings) -> "tuple[QApplication, Theme]":
        from denkidesk.ui.start.interpreter import load_qt

        load_qt()
        from PySide6.QtCore import QLibraryInfo, QTranslator
        from PySide6.QtWidgets import QApplication

        from denkidesk.ui.parts.theme import STYLE_ARGUMENTS, Theme
        from denkidesk.ui.start.branding import brand

        try:
            resources = resources_dir()
        except SetupFault:
            resources = Path()  # it is told by whoever needs more than its looks
        if self.app is None:
            _size_type(settings.desk.type_size)
            self.app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
            words = QTranslator(self.app)  # of Qt's own menus and dialogs
            if words.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self.app.installTranslator(words)
            brand(self.app, resources_dir())
            self.app.setQuitOnLastWindowClosed(False)
        return self.app, Theme(self.app, resources, settings.desk.color_scheme)

    def _in_folder(self, closing: ExitStack, run: "Run") -> int:
        from denkidesk.journal.watch import Watch
        from denkidesk.store.folder_lock import FolderLock

        lock = FolderLock(run.places.data_dir)
        if not lock.acquire():
            return self._second_start(run.places)
        closing.callback(lock.release)
        watch = Watch(run.places.log_dir)
        watch.begin()
        closing.callback(watch.end)
        closing.push(watch.leave)
        try:
            return self._with_window(closing, run, watch)
        except (SetupFault, KeyboardInterrupt):
            raise
        except Exception as error:  # noqa: BLE001 - raised again when all is closed: what closes would swallow it
            self._failure = error
            return _EXIT_BUG

    def _second_start(self, places: Places) -> int:
        self._application(Settings())
        from denkidesk.ui.shell.single_window import ask_first_window

        if ask_first_window(places.data_dir):
            return 0
        from denkidesk.ui.start.questions import tell_no_answer

        tell_no_answer(str(places.data_dir))
        return _EXIT_ALREADY_OPEN

    def _with_window(self, closing: ExitStack, run: "Run", watch: "Watch") -> int:
        from denkidesk.compose.opening import DeskOpening
        from denkidesk.desk.setup import SetupDesk

        app, theme = self._application(run.settings)
        from denkidesk.jobs.lanes import Jobs
        from denkidesk.jobs.qt_messages import QtMessages
        from denkidesk.jobs.uncaught import UncaughtExceptions
        from denkidesk.journal.reports import facts_of_program, report_of
        from denkidesk.ui.charts.renderer import ChartRenderer
        from denkidesk.ui.context import UiContext
        from denkidesk.ui.notices import Notices
        from denkidesk.ui.parts.icons import Icons
        from denkidesk.ui.parts.ui_state import UiState
        from denkidesk.ui.shell.main_window import MainWindow
        from denkidesk.ui.start.after_paint import AfterPaint
        from denkidesk.ui.start.interpreter import give_way_to_window
        from denkidesk.ui.start.turns import OpeningTurns

        watch.log.note("start", **facts_of_program(), mode="practice" if run.practice else "real")
        messages = QtMessages(watch.log)
        messages.install()
        closing.callback(messages.uninstall)
        from denkidesk.compose.practice_thread import PracticeInBackground

        servers = PracticeInBackground(run.places, always_open=self._options.tour is not None) if run.practice else None
        if servers is not None:
            closing.callback(servers.stop)
        opening = DeskOpening(replace(run, servers=servers), self._restoring)
        closing.callback(opening.close)
        give_way_to_window()
        jobs = self._jobs = Jobs()  # kept: threads that still run at the end must not lose their owner
        closing.callback(self._end_jobs, jobs)
        notices = Notices()
        jobs.unheard_failure.connect(notices.failure)
        uncaught = UncaughtExceptions(record=watch.record)
        uncaught.caught.connect(notices.failure)
        uncaught.install()
        closing.callback(uncaught.uninstall)
        notices.bug.connect(watch.record)
        notices.bug_seen.connect(watch.reports.seen)
        ui_state = UiState(run.places.data_dir / "window.json")
        context = UiContext(
            opened_desk=opening.desk,
            jobs=jobs,
            settings=run.settings,
            places=run.places,
            practice=run.practice,
            setup=SetupDesk.of_run(run.places, run.credentials, practice=run.practice),
            notices=notices,
            theme=theme,
            icons=Icons(theme, resources_dir() / "icons"),
            ui_state=ui_state,
            charts=ChartRenderer(resources_dir() / "fonts", run.places.chart_cache_dir),
            report_of=report_of,
            request_restart=self._request_restart,
            request_restore=self._request_restore,
        )
        window = self._window = MainWindow(context)
        window.closed.connect(app.quit)
        after_paint = AfterPaint(window, context, watch.log, watch.reports, servers.start if servers else lambda: None)
        turns = OpeningTurns(opening, window, after_paint, partial(app.exit, _EXIT_SETUP_FAULT))
        window.painted.connect(turns.begin)
        window.ready.connect(after_paint.begin)
        window.show()
        code = self._exec(app, context, window)
        ui_state.save()
        window.deleteLater()
        self._window = None
        if opening.failure is not None:
            raise opening.failure
        watch.log.note("end", code=code)
        return code

    def _exec(self, app: "QApplication", context: "UiContext", window: "MainWindow") -> int:
        if self._options.when_ready is not None:
            window.ready.connect(partial(self._options.when_ready, window, context))
            return app.exec()
        if self._options.tour is None:
            return app.exec()
        from denkidesk.ui.tour.day import ClerksDay
        from denkidesk.ui.tour.tour import Tour

        usage_file = self._options.usage or resources_dir() / "practice" / "sample_usage.csv"
        steps = ClerksDay(window, context, self._options.tour, usage_file).steps()
        tour = Tour(window, context, self._options.tour, steps)
        tour.ended.connect(app.exit)
        tour.start()
        return app.exec()

    def _end_jobs(self, jobs: "Jobs") -> None:
        self.threads_ended = jobs.shut_down(_SHUTDOWN_WAIT_S)

    def _request_restart(self) -> None:
        self.restart_requested = True
        if self._window is not None:
            self._window.leave_for_restart()

    def _request_restore(self, backup: Path) -> None:
        self.restore_requested = backup
        self._request_restart()
