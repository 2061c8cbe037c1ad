"""How soon the window is there: ``python bench/startup.py [--rounds 9] [--platform offscreen|xcb]``.

Interleaved rounds of a bare Qt window and of the desk on a data folder with a filled inbox: from the start of the process to a timer of
0 ms after the first paint, when the window listens to the clerk. Wall time, CPU time (user and system, of the process up to there) and
memory at that moment; the ratios are paired round by round, and their medians are printed as JSON. One round is not measured.
``rows_ms``: when the inbox stands in the frame with its applications.

With ``--git-cola VENV`` (an environment with git-cola, PyQt6 and python-xlib, and Xvfb on the system) the desk and git-cola are measured
too, each from the start of its process until its first large window has been drawn on one virtual screen; "not run" without it.
Fails above the bars: 2.0 for the CPU ratio, 1.5 for the memory ratio, 2.2 for the rows, 0.6 for the ratio to git-cola.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

OFFSCREEN = f"offscreen:configfile={Path(__file__).parents[1] / 'packaging' / 'screen.json'}"  # a desk's screen: Qt's own is 800x800
BAR_START = 2.0
BAR_MEMORY = 1.5
BAR_ROWS = 2.2
BAR_GIT_COLA = 0.6
ENTRIES = 40

BARE = """
import os, sys
from PySide6 import QtCore, QtGui, QtWidgets
class Window(QtWidgets.QMainWindow):
    painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QtCore.QTimer.singleShot(0, done)
app = QtWidgets.QApplication(sys.argv[:1])
window = Window()
window.resize(1000, 700)
window.setWindowTitle("bench")
window.show()
app.exec()
"""

DESK = """
import os, sys
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from denkidesk.ui.start.first_paint import FirstPaint
        FirstPaint(window).happened.connect(done)
        window.painted.connect(lambda: window.inbox.list.model.restructured.connect(rows))
        return app.exec()
denkidesk.compose.window.WindowRun = Run
denkidesk.main.main(["--home", sys.argv[1], "--practice"])
"""

DONE = """
import os
FIGURES = {}
def done():
    import sys, time
    now = time.monotonic_ns()
    cpu = time.process_time_ns()
    with open("/proc/self/status") as file:
        rss = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    wall = now - int(os.environ["SPAWNED_NS"])
    FIGURES.update({"wall_ms": wall / 1e6, "cpu_ms": cpu / 1e6, "rss_mb": rss / 1024, "modules": len(sys.modules)})
    if "denkidesk.main" not in sys.modules:
        rows()
def rows():
    import json, time
    wall = time.monotonic_ns() - int(os.environ["SPAWNED_NS"])
    print(json.dumps({**FIGURES, "rows_ms": wall / 1e6}), flush=True)
    os._exit(0)
"""


def once(program: str, platform: str, *arguments: str) -> dict[str, float]:
    """One start."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"QT_QPA_PLATFORM": platform, "SPAWNED_NS": str(time.monotonic_ns())}
    command = [sys.executable, "-c", DONE + program, *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def filled_home(folder: Path) -> Path:
    """A data folder as after some weeks of work."""
    from denkidesk.domain.applications import ListedApplication
    from denkidesk.settings import Places
    from denkidesk.store.store import Store

    store = Store(Places(folder, practice=True).database)
    listing = [
        ListedApplication(f"R{number:012}", "10", date(2026, 11, 1 + number % 20), None, "PS301", f"06{number:020}", False)
        for number in range(ENTRIES)
    ]
    store.inbox.take_listing(listing, lambda _: None)
    store.close()
    return folder


def middle(rounds: list[tuple[dict[str, float], dict[str, float]]], name: str) -> dict[str, float]:
    """Medians of a figure, and of its paired ratio."""
    return {
        "bare": round(statistics.median(bare[name] for bare, _ in rounds), 1),
        "desk": round(statistics.median(desk[name] for _, desk in rounds), 1),
        "ratio": round(statistics.median(desk[name] / bare[name] for bare, desk in rounds), 2),
    }


# Runs on git-cola's environment, which has python-xlib: waits for the first large window and for its first drawn pixels.
WATCH = """
import os, select, signal, subprocess, sys, time
from Xlib import X, display
from Xlib.ext import damage
screen = display.Display()
root = screen.screen().root
root.change_attributes(event_mask=X.SubstructureNotifyMask)
screen.damage_query_version()
began = time.monotonic()
program = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
mapped = drawn = None
while drawn is None and time.monotonic() < began + 40 and program.poll() is None:
    while screen.pending_events():
        event, now = screen.next_event(), time.monotonic() - began
        if event.type == X.MapNotify and mapped is None and not event.override:
            try:
                geometry = event.window.get_geometry()
            except Exception:
                continue
            if geometry.width >= 300 and geometry.height >= 200:
                mapped = now
                event.window.damage_create(damage.DamageReportRawRectangles)
                screen.flush()
        elif mapped is not None and drawn is None and event.type == screen.extension_event.DamageNotify:
            drawn = now
            user, system = open(f"/proc/{program.pid}/stat").read().rpartition(")")[2].split()[11:13]
            cpu = (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")
    select.select([screen.fileno()], [], [], 0.05)
os.killpg(program.pid, signal.SIGKILL)
program.wait()
print(drawn * 1000, cpu)
"""


def drawn_ms(watcher: Path, display: str, command: list[str]) -> tuple[float, float]:
    """Until a program's first large window has been drawn: wall time, and CPU time of its process."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [str(watcher), "-c", WATCH, *command], env={**env, "DISPLAY": display}, capture_output=True, text=True, check=True
    )
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A display of our own."""
    with tempfile.TemporaryFile() as number:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(number.fileno()), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
            pass_fds=(number.fileno(),),
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + 20
            while not (name := os.pread(number.fileno(), 16, 0).strip()) and time.monotonic() < until:
                time.sleep(0.05)
            yield f":{name.decode()}"
        finally:
            server.terminate()
            server.wait()


def against_git_cola(venv: Path, home: str, rounds: int) -> dict[str, float] | str:
    """Medians and the paired ratio, or why it was not run."""
    cola, watcher = venv / "bin" / "git-cola", venv / "bin" / "python"
    if not cola.exists() or not shutil.which("Xvfb"):
        return "not run"
    desk = [sys.executable, "-m", "denkidesk", "--home", home, "--practice"]
    pairs = []
    with tempfile.TemporaryDirectory() as repository, virtual_screen() as display:
        subprocess.run(["git", "init", "-q", repository], check=True)
        for count in range(rounds + 1):
            pair = (drawn_ms(watcher, display, [str(cola), "--repo", repository])[0], drawn_ms(watcher, display, desk)[0])
            if count:
                pairs.append(pair)
    return {
        "git_cola_ms": round(statistics.median(cola_ms for cola_ms, _ in pairs), 1),
        "desk_ms": round(statistics.median(desk_ms for _, desk_ms in pairs), 1),
        "ratio": round(statistics.median(desk_ms / cola_ms for cola_ms, desk_ms in pairs), 2),
    }


def main() -> int:
    """Prints the figures; fails when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default=OFFSCREEN)
    parser.add_argument("--git-cola", metavar="VENV", type=Path, default=Path("build/bench/venv"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        home = str(filled_home(Path(directory)))
        rounds = []
        for number in range(options.rounds + 1):
            pair = (once(BARE, options.platform), once(DESK, options.platform, home))
            if number:
                rounds.append(pair)
        cola = against_git_cola(options.git_cola.absolute(), home, options.rounds)
    figures = {name: middle(rounds, name) for name in ("wall_ms", "cpu_ms", "rss_mb", "modules", "rows_ms")}
    print(json.dumps({"rounds": options.rounds, "platform": options.platform, **figures, "git_cola": cola}, indent=2))
    slower = not isinstance(cola, str) and cola["ratio"] > BAR_GIT_COLA
    bars = {"cpu_ms": BAR_START, "rss_mb": BAR_MEMORY, "rows_ms": BAR_ROWS}
    return 1 if slower or any(figures[name]["ratio"] > bar for name, bar in bars.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
