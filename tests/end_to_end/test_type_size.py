"""The size of type counts from the next start on, and all that holds type grows with it."""

import subprocess
import sys

import pytest

from fakes.desk_home import environment

WINDOW = """
import os, sys
import denkidesk.compose.window
import denkidesk.main
class Run(denkidesk.compose.window.WindowRun):
    def _exec(self, app, context, window):
        print(window.devicePixelRatioF(), flush=True)
        os._exit(0)
denkidesk.compose.window.WindowRun = Run
denkidesk.main.main(sys.argv[1:])
"""


@pytest.mark.parametrize(("size", "systems", "ratio"), [(100, "", 1.0), (150, "", 1.5), (130, "1.25", 1.625)])
def test_a_start_has_the_size_of_the_settings_on_top_of_the_systems(tmp_path, size, systems, ratio):
    (tmp_path / "settings.toml").write_text(f"[desk]\ntype_size = {size}\n", encoding="utf-8")
    env = environment(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=systems)
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, "--home", str(tmp_path), "--practice"], capture_output=True, env=env, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == pytest.approx(ratio)
