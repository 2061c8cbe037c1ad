"""How late a 10 ms timer of the window's thread gets while the desk works: a refresh of 1,000 applications, a year's bill.

A real window (offscreen unless QT_QPA_PLATFORM says otherwise), real HTTP, real store; the practice servers run in a process of their
own, as real servers do (``--in-process``: beside the window, as in practice mode). Prints JSON: for each phase the latest tick in
milliseconds and in B, the wall time of a bare Qt window's start in the same run (bars: 0.17 at the median, 0.33 at worst), what the
machine alone is late by (``idle``), and whether the bar of 50 ms holds; exits with 1 where it does not.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from startup import BARE, OFFSCREEN, once

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.desk.setup import SetupDesk
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.journal.reports import report_of
from denkidesk.practice.servers import start_practice
from denkidesk.settings import KansaiSettings, Settings, resources_dir
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.context import UiContext
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS, Theme
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.shell.main_window import INBOX, TARIFFS, MainWindow
from denkidesk.ui.start.garbage import GarbageCollector
from denkidesk.ui.start.interpreter import give_way_to_window, settle_memory
from denkidesk.ui.start.warm_up import load_screens

BAR_MS = 50.0
APPLICATIONS = 1_000
_TICK_MS = 10
_LIMIT_S = 120.0
_ROUNDS = 3


@dataclass(frozen=True)
class Addresses:
    """Where the servers of the other process listen."""

    kansai_base_url: str
    enegaeru_base_url: str


def serve(folder: Path, pipe: Connection) -> None:
    """The other process: servers with many applications, until the pipe says stop."""
    with start_practice(resources_dir(), folder / "utility.db") as servers:
        servers.utility.fill(APPLICATIONS)
        pipe.send((servers.kansai_base_url, servers.enegaeru_base_url))
        pipe.recv()


@contextmanager
def practice_servers(folder: Path, in_process: bool) -> Iterator[Addresses]:
    """Practice servers filled with applications."""
    if in_process:
        with start_practice(resources_dir(), folder / "utility.db") as servers:
            servers.utility.fill(APPLICATIONS)
            yield Addresses(servers.kansai_base_url, servers.enegaeru_base_url)
        return
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(folder, theirs))
    process.start()
    try:
        yield Addresses(*ours.recv())
    finally:
        ours.send("stop")
        process.join(20)


class Ticks(QObject):
    """A precise timer in the window's thread; what lies between two ticks beyond their interval is lateness."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last_ns = 0
        self.late_ms: list[float] = []

    def start(self) -> None:
        """Forgets what was before."""
        self.late_ms = []
        self._last_ns = time.perf_counter_ns()
        self._timer.start()

    def stop(self) -> list[float]:
        """All latenesses since the start."""
        self._tick()
        self._timer.stop()
        return self.late_ms

    def _tick(self) -> None:
        now_ns = time.perf_counter_ns()
        self.late_ms.append(max(0.0, (now_ns - self._last_ns) / 1e6 - _TICK_MS))
        self._last_ns = now_ns


class SlowEvents(QApplication):
    """With DENKIDESK_BENCH_TRACE=1 names every event that took longer than 10 ms."""

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Times one event."""
        begun, worked = time.perf_counter(), time.thread_time()
        kind = event.type()
        done = super().notify(receiver, event)
        took_ms, worked_ms = (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000
        if took_ms > 10:
            name = f"{type(receiver).__name__} {receiver.objectName()}"
            print(f"{took_ms:6.1f} ms, {worked_ms:5.1f} ms of work: {kind.name} {name}", file=sys.stderr)
        return done


def until(app: QApplication, done: Callable[[], bool]) -> None:
    """Runs the event loop until something has happened."""
    deadline = time.monotonic() + _LIMIT_S
    happened: list[bool] = []

    def look_again() -> None:
        # asked once: a moment later something else, such as a drawing after a resize, may have begun
        if done():
            happened.append(True)
        if happened or time.monotonic() > deadline:
            app.exit()

    look = QTimer()
    look.setInterval(20)
    look.timeout.connect(look_again)
    look.start()
    app.exec()
    look.stop()
    if not happened:
        raise SystemExit("a phase did not end")


def refresh_inbox(app: QApplication, window: MainWindow, jobs: Jobs) -> None:
    """A refresh as F5 does it, until nothing is under way any more."""
    window.refresh()
    until(app, lambda: jobs.is_idle)


def open_tariffs(app: QApplication, window: MainWindow, jobs: Jobs) -> None:
    """Ctrl+3, until the first price sheet stands."""
    window.show_tab(TARIFFS)
    until(app, lambda: window.screen_at(TARIFFS).is_settled and jobs.is_idle)


def bill(app: QApplication, window: MainWindow, jobs: Jobs, usage: Path) -> None:
    """Reads a year's file, makes the bill, draws its pictures, asks the server."""
    tab: Any = window.screen_at(TARIFFS)
    tab.bill_page.show_empty("")
    tab.open_usage_file(usage)
    tab.pages.setCurrentWidget(tab.bill_page)
    until(app, lambda: tab.bill_page.server_bill is not None and tab.bill_page.chart.has_picture and tab.is_settled and jobs.is_idle)


def switch_plans(app: QApplication, window: MainWindow, jobs: Jobs) -> None:
    """Another plan, its sheet and its bill, twice."""
    tab: Any = window.screen_at(TARIFFS)
    for row in (1, 4, 0):
        tab.finder.plan_list.setCurrentRow(row)
        until(app, lambda: tab.is_settled and jobs.is_idle)


def pictures(app: QApplication, window: MainWindow, jobs: Jobs) -> None:
    """Each picture of a bill, then from a year to a month to a day and back."""
    tab: Any = window.screen_at(TARIFFS)
    shown = tab.bill_page.pictures

    def stands() -> bool:
        there = shown.chart.has_picture or (shown.picture is None and bool(shown.words))
        return there and tab.is_settled and jobs.is_idle

    for place in (*range(shown.kind.count()), 0):
        shown.kind.setCurrentIndex(place)
        until(app, stands)
    for _level in range(2):
        shown.chart.place_opened.emit(shown.chart.places[3].to)
        until(app, stands)
    for _level in range(2):
        shown.go_back()
        until(app, stands)


def look_at_each(app: QApplication, window: MainWindow, jobs: Jobs) -> None:
    """Every page of the tariffs, for the first time: those behind the bill are built then."""
    tab: Any = window.screen_at(TARIFFS)
    for page in (*range(tab.pages.count()), 0):
        tab.pages.setCurrentIndex(page)
        until(app, lambda: tab.is_settled and jobs.is_idle)


def rest(app: QApplication) -> None:
    """Nothing at all for two seconds: what is late then, the machine makes late."""
    until_s = time.monotonic() + 2.0
    until(app, lambda: time.monotonic() > until_s)


def measure(folder: Path, in_process: bool) -> dict[str, Any]:
    """All phases, each several times: the worst counts."""
    app = (SlowEvents if os.environ.get("DENKIDESK_BENCH_TRACE") else QApplication)([sys.argv[0], *STYLE_ARGUMENTS])
    app.setQuitOnLastWindowClosed(False)  # as main does: a phase ends by what it waits for
    theme = Theme(app, resources_dir(), "light")
    give_way_to_window()
    jobs = Jobs()
    ticks = Ticks()
    late: dict[str, list[float]] = {}
    with practice_servers(folder, in_process) as servers:
        run = Run.decide(folder / "home", Settings(kansai=KansaiSettings(status_budget=3)), servers=servers)  # at one a second
        desk = open_desk(run)
        context = UiContext(
            opened_desk=lambda: desk,
            jobs=jobs,
            settings=run.settings,
            places=run.places,
            practice=run.practice,
            setup=SetupDesk.of_run(run.places, run.credentials, practice=run.practice),
            notices=Notices(),
            theme=theme,
            icons=Icons(theme, resources_dir() / "icons"),
            ui_state=UiState(folder / "window.json"),
            charts=ChartRenderer(resources_dir() / "fonts"),
            report_of=report_of,
            request_restart=lambda: None,
        )
        window = MainWindow(context)
        window.resize(1240, 800)
        window.show()
        # what the program does after the first paint, not part of a phase: bench/warm_up.py
        window.open_screen()
        jobs.run(LaneName.KANSAI, desk.warm_up)
        jobs.run(LaneName.WORK, context.charts.warm_up)
        jobs.run(LaneName.WORK, load_screens)
        jobs.run(LaneName.QUOTING, desk.warm_up_quoting)
        until(app, lambda: jobs.is_idle)
        settle_memory()
        GarbageCollector(window)

        def phase(name: str, act: Callable[[], None]) -> None:
            ticks.start()
            act()
            late.setdefault(name, []).append(max(ticks.stop()))
            if os.environ.get("DENKIDESK_BENCH_TRACE"):
                print(f"-- {name}: {late[name][-1]:.1f} ms", file=sys.stderr)

        phase("idle", lambda: rest(app))
        for _ in range(_ROUNDS):
            window.show_tab(INBOX)
            phase("inbox_refresh_1000", lambda: refresh_inbox(app, window, jobs))
        phase("tariffs_opened", lambda: open_tariffs(app, window, jobs))
        usage = resources_dir() / "practice" / "sample_usage.csv"
        for _ in range(_ROUNDS):
            phase("year_bill_chart_server", lambda: bill(app, window, jobs, usage))
        for _ in range(_ROUNDS):
            phase("pictures", lambda: pictures(app, window, jobs))
        phase("plans_switched", lambda: switch_plans(app, window, jobs))
        phase("first_looks", lambda: look_at_each(app, window, jobs))
        rows = len(desk.inbox.entries())
        window.close()
        until(app, lambda: jobs.is_idle and not window.isVisible())
        window.screen_at(TARIFFS).shut_down()
        assert jobs.shut_down(10)
        desk.close()
    worst = {name: round(max(values), 1) for name, values in late.items()}
    return {
        "bar_ms": BAR_MS,
        "applications": rows,
        "max_lateness_ms": worst,
        "rounds_ms": {name: [round(value, 1) for value in values] for name, values in late.items()},
        "held": all(worst[name] <= BAR_MS for name in ("inbox_refresh_1000", "year_bill_chart_server", "pictures")),
    }


def main() -> int:
    """Prints the figures."""
    b_ms = statistics.median(once(BARE, OFFSCREEN)["wall_ms"] for _ in range(_ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), "--in-process" in sys.argv[1:])
    rounds = figures["rounds_ms"]
    figures["b_ms"] = round(b_ms, 1)
    figures["median_worst_b"] = {name: [round(pick(ms) / b_ms, 2) for pick in (statistics.median, max)] for name, ms in rounds.items()}
    print(json.dumps(figures, indent=2))
    return 0 if figures["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
