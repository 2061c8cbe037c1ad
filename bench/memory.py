"""How much memory the desk takes: ``python bench/memory.py [--rounds 50]``.

After the tour through every screen, and again after many rounds through all tabs, forms and dialogs, as JSON. Ratios to a bare Qt window's
memory at its first paint. Fails above the bars: 4.5 after all screens, 5 % growth from the fifth round to the last.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from startup import BARE, OFFSCREEN, once

BAR_ALL_SCREENS = 4.5
BAR_GROWTH = 0.05
SETTLED_ROUND = 5
BRISK = "[kansai]\nstatus_budget = 1\n"
"""At one call a second a refresh with the desk's own budget takes a minute, and every round refreshes."""

DESK = """
import json, os, sys
from pathlib import Path
import denkidesk.compose.window
import denkidesk.main
from denkidesk.domain.applications import ApplicationKind

# httpx's own command line is loaded where rich and click are installed, as they are for the checks but never with the program.
sys.modules["httpx._main"] = None

ROUNDS = int(sys.argv[3])

def rss():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from PySide6.QtCore import QTimer
        from denkidesk.settings import resources_dir
        from denkidesk.ui.tour.day import ClerksDay
        from denkidesk.ui.tour.tour import Tour
        self.app, self.context, self.window = app, context, window
        self.figures, self.acts, self.round = [], [], 0
        usage = resources_dir() / "practice" / "sample_usage.csv"
        tour = Tour(window, context, Path(sys.argv[2]), ClerksDay(window, context, Path(sys.argv[2]), usage).steps())
        tour.ended.connect(self.toured)
        tour.start()
        self.clock = QTimer(window)
        self.clock.setInterval(5)
        self.clock.timeout.connect(self.step)
        return app.exec()

    def toured(self, code):
        from PySide6.QtCore import QTimer
        if code:
            os._exit(code)
        QTimer.singleShot(1500, self.look_back)  # the last picture and dialog are gone then

    def look_back(self):
        self.figures.append(rss())
        self.clock.start()

    def close_dialogs(self):
        from PySide6.QtWidgets import QDialog
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()

    def step(self):
        if not self.context.jobs.is_idle:
            return
        if not self.acts:
            if self.round:
                self.figures.append(rss())
            if self.round == ROUNDS:
                print(json.dumps(self.figures), flush=True)
                self.clock.stop()
                self.window._close_now()
                return
            self.round += 1
            window = self.window
            self.acts = [lambda tab=tab: window.show_tab(tab) for tab in (0, 1, 2, 3)]
            self.acts += [lambda kind=kind: window.start_application(kind) for kind in ApplicationKind]
            for open_dialog in (window.open_settings, window.open_help, window.open_about, window.open_restore):
                self.acts += [open_dialog, self.close_dialogs]
            self.acts += [lambda: window.show_tab(0), window.refresh]
        self.acts.pop(0)()

denkidesk.compose.window.WindowRun = Run
sys.exit(denkidesk.main.main(["--home", sys.argv[1], "--practice"]))
"""


def main() -> int:
    """Prints the figures; fails when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    bare = once(BARE, OFFSCREEN)["rss_mb"]
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        home.mkdir()
        (home / "settings.toml").write_text(BRISK, encoding="utf-8")
        command = [sys.executable, "-c", DESK, str(home), str(Path(directory) / "tour"), str(options.rounds)]
        env = {**os.environ, "QT_QPA_PLATFORM": OFFSCREEN}
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, timeout=1200, check=True)
    after_tour, *rounds = json.loads(done.stdout.splitlines()[-1])
    settled = rounds[min(SETTLED_ROUND, len(rounds)) - 1]
    growth = rounds[-1] / settled - 1
    figures = {
        "bare_mb": round(bare, 1),
        "after_tour_mb": round(after_tour, 1),
        "after_tour_ratio": round(after_tour / bare, 2),
        "rounds": len(rounds),
        f"after_{SETTLED_ROUND}_rounds_mb": round(settled, 1),
        "at_the_end_mb": round(rounds[-1], 1),
        "growth": round(growth, 4),
    }
    print(json.dumps(figures, indent=2))
    return 0 if after_tour / bare <= BAR_ALL_SCREENS and growth <= BAR_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
