"""A second start on a data folder: the first window comes to the front, or the clerk is told why not."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtNetwork import QLocalServer

from denkidesk.settings import Places
from denkidesk.store.folder_lock import FolderLock
from denkidesk.ui.shell.single_window import SingleWindow, ask_first_window, name_of
from fakes.desk_home import environment

FIRST = """
import sys
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from PySide6.QtCore import Qt, QTimer
        def look():
            if window.isMinimized() and not told:
                told.append(1)
                print("minimized", flush=True)
            if told and not window.isMinimized() and window.isVisible():
                print("raised", flush=True)
                clock.stop()
                window._close_now()
        told = []
        clock = QTimer(window)
        clock.timeout.connect(look)
        clock.start(10)
        QTimer.singleShot(200, window.showMinimized)
        return app.exec()
denkidesk.compose.window.WindowRun = Run
sys.exit(denkidesk.main.main(["--home", sys.argv[1], "--practice"]))
"""
SECOND = """
import json, sys
import denkidesk.compose.window
import denkidesk.main
told = []
class Run(denkidesk.compose.window.WindowRun):
    def _application(self, settings):
        app, theme = super()._application(settings)
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        def look():
            box = QApplication.activeModalWidget()
            if box is not None and not told:
                told.append(box.text() + box.informativeText())
                box.escapeButton().click()
        clock = QTimer(app)
        clock.timeout.connect(look)
        clock.start(10)
        return app, theme
denkidesk.compose.window.WindowRun = Run
code = denkidesk.main.main(["--home", sys.argv[1], "--practice"])
print(json.dumps(told))
sys.exit(code)
"""


def start(program, home):
    env = environment(QT_QPA_PLATFORM="offscreen", PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8")
    return subprocess.Popen([sys.executable, "-c", program, str(home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)


def test_a_second_start_brings_the_first_window_to_the_front_and_ends_well(tmp_path):
    with start(FIRST, tmp_path) as first:
        try:
            assert first.stdout.readline() == "minimized\n"
            with start(SECOND, tmp_path) as second:
                out, err = second.communicate(timeout=30)
            assert (second.returncode, json.loads(out), err) == (0, [], "")
            assert first.stdout.readline() == "raised\n"
            assert first.wait(30) == 0
            assert " raised" in (Places(tmp_path, practice=True).log_dir / "denkidesk.log").read_text(encoding="utf-8")
        finally:
            first.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped by a signal")
def test_a_first_window_that_hangs_is_told_of(tmp_path):
    with start(FIRST, tmp_path) as first:
        try:
            assert first.stdout.readline() == "minimized\n"
            os.kill(first.pid, signal.SIGSTOP)
            with start(SECOND, tmp_path) as second:
                out, _ = second.communicate(timeout=30)
            (told,) = json.loads(out)
            assert "すでに開いていますが、応答がありません" in told
            assert str(tmp_path) in told.replace("\u200b", ""), "a long path may be broken after each folder"
            assert second.returncode == 4
        finally:
            os.kill(first.pid, signal.SIGCONT)
            first.kill()


def test_somebody_elses_lock_on_a_shared_folder_is_told_of_and_nothing_is_touched(tmp_path):
    """Another Windows user's window cannot be reached: it listens under that user's name."""
    folder = Places(tmp_path, practice=True).data_dir
    lock = FolderLock(folder)
    assert lock.acquire()
    try:
        with start(SECOND, tmp_path) as second:
            out, _ = second.communicate(timeout=30)
    finally:
        lock.release()
    (told,) = json.loads(out)
    assert "ほかの利用者" in told
    assert second.returncode == 4
    assert sorted(path.name for path in folder.iterdir()) == ["desk.lock"]


def test_a_name_that_a_dead_process_left_is_taken_over(tmp_path, qapp):
    name = name_of(tmp_path)
    script = f"""
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer
import os, signal
app = QCoreApplication([])
server = QLocalServer()
assert server.listen({name!r})
os._exit(9)
"""
    left = subprocess.run([sys.executable, "-c", script], env=environment(QT_QPA_PLATFORM="offscreen"), check=False)
    assert left.returncode == 9
    assert not ask_first_window(tmp_path, 0.2, 0.2)
    single = SingleWindow(tmp_path)
    try:
        assert single.is_listening
    finally:
        single.close()


def test_a_first_window_that_is_still_starting_is_asked_until_it_listens(tmp_path, qapp, qtbot):
    """A clerk on a slow machine clicks twice: the second start has looked in vain more than once before the first one listens."""
    script = f"""
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThread
from denkidesk.ui.shell import single_window
sleep = QThread.msleep
single_window.QThread.msleep = lambda ms: (print("in vain", flush=True), sleep(ms))
app = QCoreApplication([])
raise SystemExit(not single_window.ask_first_window(Path({str(tmp_path)!r}), 60.0, 60.0))
"""
    command, env = [sys.executable, "-c", script], environment(QT_QPA_PLATFORM="offscreen")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout is not None
        for _time in range(3):
            assert second.stdout.readline() == "in vain\n"
        single = SingleWindow(tmp_path)
        raised = []
        single.raise_requested.connect(lambda: raised.append(1))
        try:
            qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
        finally:
            single.close()
    assert (second.returncode, raised) == (0, [1])


def test_a_first_window_that_listens_and_never_answers_is_waited_for_its_own_time_only(tmp_path, qapp):
    """One that hangs: the clerk is told long before one that might still be starting is given up."""
    hung = QLocalServer()
    assert hung.listen(name_of(tmp_path))
    try:
        begun = time.monotonic()
        assert not ask_first_window(tmp_path, 0.2, 600.0)
        assert time.monotonic() - begun < 300.0
    finally:
        hung.close()


def test_strangers_who_say_something_else_raise_nothing(tmp_path, qapp, qtbot):
    from PySide6.QtNetwork import QLocalSocket

    single = SingleWindow(tmp_path)
    raised = []
    single.raise_requested.connect(lambda: raised.append(1))
    stranger = QLocalSocket()
    try:
        stranger.connectToServer(name_of(tmp_path))
        assert stranger.waitForConnected(2000)
        with qtbot.waitSignal(stranger.disconnected):
            stranger.write(b"x" * 200 + b"\n")
            stranger.flush()
        assert raised == []
    finally:
        stranger.abort()
        single.close()


def test_each_folder_has_a_name_of_its_own(tmp_path):
    assert name_of(tmp_path) == name_of(tmp_path / "x" / "..")
    assert name_of(tmp_path) != name_of(tmp_path / "x")
    assert QLocalServer.SocketOption.UserAccessOption.value
