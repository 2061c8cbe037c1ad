"""Qt's tests run without a display, and leave neither a thread nor a timer behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from denkidesk.jobs.lanes import Jobs
from denkidesk.settings import resources_dir
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import Theme

# matplotlib and zeep may leave pools of their own; only ours are watched, by the names of the lanes.
_OWN_THREADS = ("kansai-", "quoting-", "store-", "work-", "practice")


@pytest.fixture(autouse=True)
def _nothing_left_alive(request):
    """Fails a test that leaves a lane's thread or a running timer of a widget alive."""
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and t.name.startswith(_OWN_THREADS)]
    app = QApplication.instance()
    timers = []
    if app is not None:
        gc.collect()
        timers = [timer for timer in app.findChildren(QTimer) if timer.isActive()]
        for window in app.topLevelWidgets():
            timers += [timer for timer in window.findChildren(QTimer) if timer.isActive() and window.isVisible()]
    assert not left, f"threads left alive: {left}"
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def jobs(qapp):
    """Real lanes, ended with the test."""
    lanes = Jobs()
    yield lanes
    assert lanes.shut_down(10)


@pytest.fixture
def theme(qapp):
    """The look, light, whatever this machine prefers."""
    look = Theme(qapp, resources_dir(), "light")
    yield look
    look.setParent(None)
    qapp.setStyleSheet("")


@pytest.fixture
def icons(theme):
    """The icon set."""
    return Icons(theme, resources_dir() / "icons")
