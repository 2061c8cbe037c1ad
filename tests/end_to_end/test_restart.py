"""Windows that follow each other in one process, as after changed settings; and a lane that never gets to its warm-up."""

import subprocess
import sys

from fakes.desk_home import environment

RESTARTS = """
import gc, sys, weakref
import denkidesk.compose.window
import denkidesk.main
windows, ready = [], []
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from PySide6.QtCore import QTimer
        from denkidesk.ui.start.garbage import GarbageCollector
        windows.append(weakref.ref(window))
        def look():
            if window.findChild(GarbageCollector) is not None:  # warmed up: all that is loaded is frozen
                clock.stop()
                from denkidesk.ui.inbox.application_view import ApplicationView
                ready.append(window.findChild(ApplicationView) is not None)
                context.request_restart() if len(windows) < 3 else window.close()
        clock = QTimer(window)
        clock.timeout.connect(look)
        clock.start(10)
        return app.exec()
denkidesk.compose.window.WindowRun = Run
code = denkidesk.main.main(["--home", sys.argv[1], "--practice"])
print(len(windows), sum(window() is not None for window in windows[:2]), *ready)
sys.exit(code)
"""
BUSY_LANE = """
import gc, sys, threading
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from PySide6.QtCore import QTimer
        from denkidesk.ui.start.garbage import GarbageCollector
        from denkidesk.jobs.job import LaneName
        from denkidesk.ui.start import warm_up
        warm_up.LIMIT_MS = 200
        answer = threading.Event()
        window.painted.connect(lambda: context.jobs.run(LaneName.KANSAI, answer.wait))
        def look():
            if window.findChild(GarbageCollector) is not None:
                clock.stop()
                print("zeep" in sys.modules, flush=True)
                answer.set()
                window._close_now()
        clock = QTimer(window)
        clock.timeout.connect(look)
        clock.start(10)
        return app.exec()
denkidesk.compose.window.WindowRun = Run
sys.exit(denkidesk.main.main(["--home", sys.argv[1], "--practice"]))
"""


def run(program: str, home: str) -> str:
    """What a program of ours printed; it ended well."""
    ended = subprocess.run(
        [sys.executable, "-c", program, home],
        capture_output=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.decode("ascii").strip()


def test_a_restart_lets_the_former_window_go_and_each_is_ready_to_read_an_application(tmp_path):
    assert run(RESTARTS, str(tmp_path)) == "3 0 True True True"


def test_garbage_is_looked_for_though_a_lane_waits_for_its_answer(tmp_path):
    assert run(BUSY_LANE, str(tmp_path)) == "False"  # what the lane would have loaded
