"""Bugs wherever they may strike: one report each, no secret in it, the data whole, and never an abort at the end."""

import signal
import subprocess
import sys

import pytest

from denkidesk.settings import Places
from fakes.desk_home import environment

BUG_IN_THE_OPENING = """
import sys
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _application(self, settings):
        app, theme = super()._application(settings)
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from denkidesk.ui.shell.main_window import MainWindow
        def look():
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                clock.stop()
                frames = [w for w in app.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
                print(type(dialog).__name__, len(frames), flush=True)
                dialog.reject()
        clock = QTimer(app)
        clock.timeout.connect(look)
        clock.start(10)
        return app, theme
denkidesk.compose.window.WindowRun = Run
from importlib import import_module
def break_down(*_, **__):
    raise LookupError("a lost part")
module, name = sys.argv[2].split(":")
setattr(import_module(module), name, break_down)
sys.exit(denkidesk.main.main(["--home", sys.argv[1], "--practice"]))
"""

DRAFT = {"customer_name": "見本 次郎"}


@pytest.mark.parametrize("fault", ["slot", "qthread", "lane", "thread", "paint"])
def test_a_bug_leaves_one_report_and_the_desk_goes_on(window_home, fault):
    end = window_home.open(fault)
    assert end.code == 0, end.stderr
    assert len(end.reports) == 1
    assert "builtins.RuntimeError" in end.reports[0]
    assert "break_down" in end.reports[0]
    assert end.draft == DRAFT
    assert window_home.draft() == DRAFT
    assert window_home.unseen() == "", "a report that was shown is not shown again"
    assert window_home.log().count(" bug exception=RuntimeError") == 1
    assert window_home.secrets_found() == []
    assert "CANARY" not in end.stderr + "".join(end.reports)
    assert "見本" not in end.stderr + "".join(end.reports)


def test_what_nobody_has_seen_is_offered_at_the_next_start_and_gone_once_it_was_seen(window_home):
    window_home.open("thread_and_death")
    assert window_home.unseen().count("builtins.RuntimeError") == 1
    offered = window_home.open("see_report")
    assert [message["tone"] for message in offered.said] == ["warn"]
    (seen,) = offered.seen
    assert seen.count("break_down") == 1
    assert offered.draft == DRAFT
    assert window_home.secrets_found() == []
    assert window_home.unseen() == ""
    after = window_home.open()
    assert (after.code, after.said, after.reports) == (0, [], [])


@pytest.mark.parametrize(("fault", "code"), [("segfault", -signal.SIGSEGV), ("qfatal", -signal.SIGABRT)])
def test_a_crash_in_c_is_reported_at_the_next_start(window_home, fault, code):
    assert window_home.open(fault).code == code
    assert window_home.draft() == DRAFT
    offered = window_home.open("see_report")
    assert offered.code == 0, offered.stderr
    (seen,) = offered.seen
    assert "Fatal Python error" in seen
    assert f"_fault_{fault}" in seen
    assert "/" not in seen.replace("c/o", ""), "folders tell the user's name"
    assert offered.draft == DRAFT
    assert window_home.log().count("last_run_did_not_end") == 1
    assert window_home.secrets_found() == []
    assert window_home.open().said == []


def test_a_process_that_was_killed_leaves_nothing_to_report_and_loses_nothing(window_home):
    assert window_home.open("kill").code == -signal.SIGKILL
    after = window_home.open()
    assert (after.code, after.said, after.reports, after.draft) == (0, [], [], DRAFT)
    assert window_home.log().count("last_run_did_not_end") == 1


def test_qt_speaks_into_the_log_without_what_it_quotes(window_home):
    end = window_home.open("chatter")
    assert end.code == 0
    assert "propagateSizeHints" in window_home.log()
    assert "propagateSizeHints" not in end.stderr
    assert "QSomething: '...' has #### and ?" in window_home.log()
    assert window_home.secrets_found() == []


def test_a_refused_login_is_one_message_and_one_line_without_the_password(window_home):
    end = window_home.open("refused_login")
    assert end.code == 0, end.stderr
    assert [message["tone"] for message in end.said].count("error") <= 1
    assert "exception=LoginRefused code=forbidden service=kansai status=403" in window_home.log()
    assert window_home.secrets_found() == []


@pytest.mark.parametrize(
    "part", ["denkidesk.compose.desk:open_desk", "denkidesk.ui.inbox.tab:InboxTab", "denkidesk.ui.inbox.tab:InboxReader"]
)
def test_a_bug_behind_the_painted_frame_is_told_and_ends_the_program(tmp_path, part):
    end = subprocess.run(
        [sys.executable, "-c", BUG_IN_THE_OPENING, str(tmp_path), part],
        capture_output=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        timeout=60,
        check=False,
    )
    assert (end.returncode, end.stdout.split()) == (1, [b"BugDialog", b"0"]), end.stderr
    log = "".join(file.read_text(encoding="utf-8") for file in Places(tmp_path, practice=True).log_dir.glob("*.log"))
    assert log.count(" bug exception=LookupError") == 1
