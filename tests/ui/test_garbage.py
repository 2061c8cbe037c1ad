"""Who looks for garbage: the window's thread, between two turns of its event loop."""

import gc
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from denkidesk.ui.start.garbage import GarbageCollector


@pytest.fixture
def collector(qapp):
    owner = QObject()
    yield GarbageCollector(owner)
    owner.deleteLater()
    gc.enable()


class ClosedForm:
    """Holds itself, as a form does by the slots that its buttons are connected to."""

    def __init__(self, ends):
        self.itself = self
        self.ends = ends

    def __del__(self):
        self.ends.append(threading.current_thread())


@pytest.mark.usefixtures("collector")
def test_what_a_lane_leaves_ends_in_the_windows_thread(qtbot):
    ends = []

    def lane():
        for _ in range(20_000):  # far above what makes Python look by itself
            ClosedForm(ends)

    thread = threading.Thread(target=lane)
    thread.start()
    thread.join()
    assert ends == []
    qtbot.waitUntil(lambda: len(ends) == 20_000, timeout=20_000)
    assert set(ends) == {threading.current_thread()}


FREES_MOST = """
from PySide6.QtCore import QCoreApplication
from denkidesk.ui.start.garbage import GarbageCollector

def taken_mb():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon")) / 1024

app = QCoreApplication([])
collector = GarbageCollector(app)
before = taken_mb()
blocks = [bytes(2_000) for _ in range(50_000)]  # too large for Python's own heap
kept = blocks[::50]  # so that nothing at the end of the heap is free
full = taken_mb()
del blocks

def look():
    if taken_mb() < before + (full - before) / 4:
        app.quit()

from PySide6.QtCore import QTimer
timer = QTimer(app, interval=50)
timer.timeout.connect(look)
timer.start()
app.exec()
assert len(kept) == 1_000 and full > before + 50
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Windows' heap gives back by itself")
def test_what_is_freed_goes_back_to_the_system():
    subprocess.run([sys.executable, "-c", FREES_MOST], check=True, timeout=120)
