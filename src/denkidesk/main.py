"""The composition root: the only file that knows all rooms. Builds the objects, passes them on, and takes them down again."""

import argparse
import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from denkidesk.domain.errors import SetupFault
from denkidesk.settings import Places, Settings, home_from, load_settings, resources_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from denkidesk.jobs.lanes import Jobs
    from denkidesk.practice.servers import PracticeServers
    from denkidesk.smoke.proof import Smoke
    from denkidesk.ui.context import UiContext
    from denkidesk.ui.shell.main_window import MainWindow

_SHUTDOWN_WAIT_S: Final = 5.0
"""Longer than any local work takes. A request that is on the wire longer is "outcome unknown" in the books at the next start."""

_EXIT_SETUP_FAULT: Final = 6
_EXIT_ALREADY_OPEN: Final = 4


@dataclass(frozen=True, slots=True)
class _Wish:
    """How the window was asked for."""

    home: Path
    practice: bool
    tour: Path | None
    usage: Path | None  # a customer's file for the tour
    smoke: "Smoke | None" = None


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the desk, or runs one command of the command line; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--home")
    parser.add_argument("--practice", action="store_true")
    parser.add_argument("--tour", metavar="DIR", type=_path)
    parser.add_argument("--usage", metavar="FILE", type=_path)
    parser.add_argument("--smoke", metavar="DIR", type=_path)
    options, rest = parser.parse_known_args(arguments)
    if options.smoke is not None:
        from denkidesk.smoke.proof import Smoke

        smoke = Smoke(options.smoke)
        return smoke.run(lambda: _run_window(_Wish(smoke.home, practice=True, tour=None, usage=None, smoke=smoke)))
    if rest:
        from denkidesk.cli.commands import run

        return run(arguments)
    return _run_window(_Wish(home_from(options.home), options.practice, options.tour, options.usage))


def _path(text: str) -> Path:
    return Path(text).absolute()


def _run_window(wish: _Wish) -> int:
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    app.setApplicationName("denkidesk")
    app.setApplicationDisplayName("Denki Desk")
    app.setQuitOnLastWindowClosed(False)
    run = _WindowRun(app, wish)
    code = run.once()
    while run.restart_wished:
        run = _WindowRun(app, wish)
        code = run.once()
    if not run.threads_ended:
        # A lane still waits for a socket: everything is closed and written, so the process may go without waiting for it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


class _WindowRun:
    """One window from start to end; settings that were changed ask for another run."""

    def __init__(self, app: "QApplication", wish: _Wish) -> None:
        self._app = app
        self._wish = wish
        self._window: MainWindow | None = None
        self._jobs: Jobs | None = None
        self.restart_wished = False
        self.threads_ended = True

    def once(self) -> int:
        """Builds everything, shows the window, and returns the exit code when it has closed."""
        from denkidesk.ui.parts.icons import Icons
        from denkidesk.ui.parts.theme import Theme

        places = Places(self._wish.home, practice=True)
        try:
            settings = load_settings(places.settings_file)
        except SetupFault as fault:
            Theme(self._app, resources_dir())
            self._say(fault)
            return _EXIT_SETUP_FAULT
        places = Places(self._wish.home, practice=self._wish.practice or not settings.real_servers_set_up)
        theme = Theme(self._app, resources_dir(), settings.desk.color_scheme)
        icons = Icons(theme, resources_dir() / "icons")
        with ExitStack() as closing:
            try:
                return self._with_desk(closing, settings, places, theme, icons)
            except SetupFault as fault:
                self._say(fault)
                return _EXIT_SETUP_FAULT

    def _with_desk(self, closing: ExitStack, settings: Settings, places: Places, theme: Any, icons: Any) -> int:
        from denkidesk.cli.compose import in_effect, open_desk
        from denkidesk.jobs.lanes import Jobs
        from denkidesk.jobs.uncaught import UncaughtExceptions
        from denkidesk.store.folder_lock import FolderLock
        from denkidesk.ui.context import UiContext
        from denkidesk.ui.notices import Notices
        from denkidesk.ui.parts.ui_state import UiState
        from denkidesk.ui.shell.first_paint import FirstPaint
        from denkidesk.ui.shell.main_window import MainWindow

        lock = FolderLock(places.data_dir)
        if not lock.acquire():
            self._say_already_open()
            return _EXIT_ALREADY_OPEN
        closing.callback(lock.release)
        servers = PracticeInBackground(places) if places.practice else None
        if servers is not None:
            closing.callback(servers.stop)
        credentials = _credentials(places)
        desk = open_desk(settings, places, credentials, servers)
        closing.callback(desk.close)
        jobs = self._jobs = Jobs()  # kept: threads that still run at the end must not lose their owner
        closing.callback(self._end_jobs, jobs)
        notices = Notices()
        jobs.unheard_failure.connect(notices.failure)
        uncaught = UncaughtExceptions()
        uncaught.caught.connect(notices.failure)
        uncaught.install()
        closing.callback(uncaught.uninstall)
        ui_state = UiState(places.data_dir / "window.json")
        context = UiContext(
            desk=desk,
            jobs=jobs,
            settings=in_effect(settings, places, None),
            places=places,
            practice=places.practice,
            credentials=credentials,
            notices=notices,
            theme=theme,
            icons=icons,
            ui_state=ui_state,
            request_restart=self._request_restart,
        )
        self._window = MainWindow(context)
        self._window.closed.connect(self._app.quit)
        first_paint = FirstPaint(self._window)
        first_paint.happened.connect(_WarmUp(context, servers))
        self._window.show()
        code = self._exec(context, self._window)
        ui_state.save()
        self._window.deleteLater()
        self._window = None
        return code

    def _exec(self, context: "UiContext", window: "MainWindow") -> int:
        if self._wish.smoke is not None:
            self._wish.smoke.start(window, context)
            return self._app.exec()
        if self._wish.tour is None:
            return self._app.exec()
        from denkidesk.ui.tour.day import ClerksDay
        from denkidesk.ui.tour.tour import Tour

        usage_file = self._wish.usage or resources_dir() / "practice" / "sample_usage.csv"
        steps = ClerksDay(window, context, self._wish.tour, usage_file).steps()
        tour = Tour(window, context, self._wish.tour, steps)
        tour.ended.connect(self._app.exit)
        tour.start()
        return self._app.exec()

    def _end_jobs(self, jobs: "Jobs") -> None:
        self.threads_ended = jobs.shut_down(_SHUTDOWN_WAIT_S)

    def _request_restart(self) -> None:
        self.restart_wished = True
        if self._window is not None:
            self._window.close()

    def _say(self, fault: SetupFault) -> None:
        from PySide6.QtWidgets import QMessageBox

        from denkidesk.ui.parts.plain import plain_box
        from denkidesk.ui.texts.errors import error_message

        text, detail = error_message(fault)
        plain_box(None, QMessageBox.Icon.Critical, "Denki Desk", text, detail).exec()

    def _say_already_open(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        from denkidesk.ui.parts.plain import plain_box
        from denkidesk.ui.texts import shell as texts

        plain_box(None, QMessageBox.Icon.Information, "Denki Desk", texts.ALREADY_OPEN).exec()


class PracticeInBackground:
    """The practice servers, started on a thread of their own; whoever asks where they listen waits until they do."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._servers: Future[PracticeServers] = Future()
        self._lock = threading.Lock()
        self._begun = False

    @property
    def kansai_base_url(self) -> str:
        """What stands before a service name."""
        return self._started().kansai_base_url

    @property
    def enegaeru_base_url(self) -> str:
        """What stands before an endpoint's path."""
        return self._started().enegaeru_base_url

    def start(self) -> None:
        """Begins to start them, unless somebody did."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        threading.Thread(target=self._start, name="practice-start", daemon=True).start()

    def stop(self) -> None:
        """Stops them if they were started."""
        if self._begun and self._servers.exception() is None:
            self._servers.result().stop()

    def _started(self) -> "PracticeServers":
        self.start()
        return self._servers.result()

    def _start(self) -> None:
        from denkidesk.practice.servers import start_practice

        try:
            self._servers.set_result(start_practice(resources_dir(), self._places.practice_state))
        except Exception as error:  # noqa: BLE001 - whoever waits for the servers gets it
            self._servers.set_exception(error)


class _WarmUp:
    """After the first paint: loads what the first act of the clerk needs, on the lanes where it is needed."""

    def __init__(self, context: "UiContext", servers: PracticeInBackground | None) -> None:
        self._context = context
        self._servers = servers

    def __call__(self) -> None:
        from denkidesk.jobs.job import LaneName, Priority

        if self._servers is not None:
            self._servers.start()
        self._context.jobs.run(LaneName.KANSAI, self._context.desk.warm_up, priority=Priority.BACKGROUND)
        self._context.jobs.run(LaneName.WORK, self._context.charts.warm_up, priority=Priority.BACKGROUND)


def _credentials(places: Places) -> Any:
    from denkidesk.credentials import Credentials, PracticeCredentials

    return PracticeCredentials() if places.practice else Credentials()
