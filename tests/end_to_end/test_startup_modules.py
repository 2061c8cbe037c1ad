"""What is loaded when the window is there for the first time: nothing that the clerk would wait for."""

import json
import subprocess
import sys

import pytest

from fakes.desk_home import environment, write_settings

HEAVY = (
    "matplotlib",
    "numpy",
    "zeep",
    "lxml",
    "requests",
    "httpx",
    "httpcore",
    "keyring",
    "openpyxl",
    "jpholiday",
    "msgspec",
    "PIL",
    "_hashlib",  # OpenSSL
)
LATER = (
    "denkidesk.desk.backups",
    "denkidesk.desk.connection",
    "denkidesk.desk.quoting",
    "denkidesk.store.catalogue",
    "denkidesk.store.login_stops",
    "denkidesk.store.quotes",
    "denkidesk.ui.parts.plain_box",
    "decimal",
)
MOST_MODULES = 348  # each step of the database is one, on a first start; the main tabs keep still by ui.parts.tab_pages
WINDOW = """
import json, linecache, os, sys
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        from denkidesk.ui.start.first_paint import FirstPaint
        FirstPaint(window).happened.connect(tell)
        window.ready.disconnect()
        window.ready.connect(tell)
        window.ready.connect(lambda: os._exit(0))
        return app.exec()
def tell():
    sources = [name for name in linecache.cache if "denkidesk" in name]
    print(json.dumps([sorted(sys.modules), sources]), flush=True)
denkidesk.compose.window.WindowRun = Run
denkidesk.main.main(sys.argv[1:])
"""


@pytest.mark.parametrize("arguments", [["--practice"], []])
def test_neither_the_first_paint_nor_the_first_screen_needs_a_heavy_library(tmp_path, practice, arguments):
    write_settings(tmp_path, practice)
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, "--home", str(tmp_path), *arguments],
        capture_output=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (painted, _), (ready, sources) = map(json.loads, done.stdout.splitlines())
    assert "denkidesk.ui.shell.main_window" in painted
    assert "denkidesk.ui.inbox.tab" not in painted
    assert not {"denkidesk.domain.fault_codes", "denkidesk.domain.wsdl_codes"} & set(painted)  # a member of an enum costs 20 us
    assert len(painted) <= MOST_MODULES
    assert "denkidesk.ui.inbox.tab" in ready
    assert [name for name in ready if name.split(".")[0] in HEAVY] == []
    assert [name for name in LATER if name in ready] == []
    assert len(ready) <= MOST_MODULES
    assert sources == [], "PySide reads the source of what is imported after it"
