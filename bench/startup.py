"""How soon the window is there: ``python bench/startup.py [--rounds 9] [--platform offscreen|xcb]``.

Interleaved rounds of a bare Qt window and of the desk on a data folder with a filled inbox: from the start of the process to a timer of
0 ms after the first paint, when the window listens to the clerk. Wall time, CPU time (user and system, of the process up to there) and
memory at that moment; the ratios are paired round by round, and their medians are printed as JSON. One round is not measured. With
``--frozen DIR`` the frozen program of that folder is measured too, by the time of its window's first paint in its own log.
Fails above the bars: 2.0 for the CPU ratio and 1.5 for the memory ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

BAR_START = 2.0
BAR_MEMORY = 1.5
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
import denkidesk.main
class Run(denkidesk.main.WindowRun):
    def _exec(self, app, context, window):
        from denkidesk.ui.shell.first_paint import FirstPaint
        FirstPaint(window).happened.connect(done)
        return app.exec()
denkidesk.main.WindowRun = Run
denkidesk.main.main(["--home", sys.argv[1], "--practice"])
"""

DONE = """
def done():
    import json, os, sys, time
    now = time.monotonic_ns()
    cpu = time.process_time_ns()
    with open("/proc/self/status") as file:
        rss = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    wall = now - int(os.environ["SPAWNED_NS"])
    print(json.dumps({"wall_ms": wall / 1e6, "cpu_ms": cpu / 1e6, "rss_mb": rss / 1024, "modules": len(sys.modules)}), flush=True)
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


def main() -> int:
    """Prints the figures; fails when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        home = str(filled_home(Path(directory)))
        rounds = []
        for number in range(options.rounds + 1):
            pair = (once(BARE, options.platform), once(DESK, options.platform, home))
            if number:
                rounds.append(pair)
    figures = {name: middle(rounds, name) for name in ("wall_ms", "cpu_ms", "rss_mb", "modules")}
    print(json.dumps({"rounds": options.rounds, "platform": options.platform, **figures}, indent=2))
    return 0 if figures["cpu_ms"]["ratio"] <= BAR_START and figures["rss_mb"]["ratio"] <= BAR_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
