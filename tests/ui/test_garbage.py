"""Who looks for garbage: the window's thread, between two turns of its event loop."""

import gc
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
