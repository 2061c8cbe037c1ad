"""How late a 10 ms timer of the window's thread gets while the desk warms up: ``python bench/warm_up.py [--rounds 5]``.

From the first paint on: the desk is opened, the inbox built and filled, then zeep, matplotlib, httpx, the service description and the
practice servers are loaded beside the window; until every lane has been idle and memory has settled. Prints JSON: for each start the
latest tick in milliseconds and how long the warm-up took; exits with 1 where the latest of all is above 50 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from startup import filled_home

BAR_MS = 50.0

DESK = """
import json, os, sys, time
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from PySide6.QtCore import QTimer
        from event_loop import Ticks
        from denkidesk.ui.start.first_paint import FirstPaint
        from denkidesk.ui.start.garbage import GarbageCollector
        ticks, begun = Ticks(), time.monotonic()
        FirstPaint(window).happened.connect(ticks.start)
        def look():
            if window.findChild(GarbageCollector) is not None and context.jobs.is_idle:
                print(json.dumps({"latest_ms": max(ticks.stop()), "took_s": time.monotonic() - begun}), flush=True)
                clock.stop()
                window._close_now()
        clock = QTimer(window)
        clock.setInterval(100)
        clock.timeout.connect(look)
        clock.start()
        return app.exec()
denkidesk.compose.window.WindowRun = Run
denkidesk.main.main(["--home", sys.argv[1], "--practice"])
"""


def main() -> int:
    """Prints the figures; fails when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join(path for path in (str(Path(__file__).parent), env.get("PYTHONPATH")) if path)
    env |= {"QT_QPA_PLATFORM": env.get("QT_QPA_PLATFORM") or "offscreen", "PYTHONPATH": paths}
    starts = []
    with tempfile.TemporaryDirectory() as directory:
        home = str(filled_home(Path(directory)))
        for number in range(options.rounds + 1):
            command = [sys.executable, "-c", DESK, home]
            done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, timeout=120, check=True)
            if number:
                starts.append(json.loads(done.stdout.splitlines()[-1]))
    figures = {name: [round(start[name], 1) for start in starts] for name in ("latest_ms", "took_s")}
    print(json.dumps({"bar_ms": BAR_MS, **figures}, indent=2))
    return 0 if max(figures["latest_ms"]) <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
