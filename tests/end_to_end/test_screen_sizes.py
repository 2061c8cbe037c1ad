"""Every screen and every dialog at the sizes and scales of real desks: all within the screen, all in reach, no word cut, no key twice.

Each size is a process of its own: Qt learns a screen's size and scale before it starts. With ``DENKIDESK_PICTURES`` set to a folder the
pictures stay there, to be looked at by a person.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.desk_home import environment
from fakes.dialog_sites import SOURCE

FAKES = Path(__file__).parents[1] / "fakes"
SIZES = {  # the screen's pixels below which a task bar stands, and its scale in percent
    "the smallest window": (816, 520, 100),
    "1366x768 at 125 %": (1366, 708, 125),
    "1366x768 at 150 %": (1366, 696, 150),
    "1920x1080 at 200 %": (1920, 984, 200),
}
_BOUND_S = 900  # ends a walk that hangs; the longest takes a minute on an idle machine
pytestmark = pytest.mark.timeout(_BOUND_S + 60)
SCREENS = 91  # pictures of the window and of the dialogs that have pages


def lines_of(driver, size, folder, tmp_path):
    """What a driver says that goes through the program on such a screen."""
    width, height, percent = SIZES[size]
    screen = {"name": "desk", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": False, "windowFrameMargins": True, "screens": [screen]}))
    env = environment(
        QT_QPA_PLATFORM=f"offscreen:configfile={config}",
        QT_SCALE_FACTOR=str(percent / 100),
        PYTHONPATH=os.pathsep.join([str(FAKES.parent), str(SOURCE.parent)]),
        HOME=str(tmp_path),
    )
    done = subprocess.run([sys.executable, str(FAKES / driver), str(folder)], capture_output=True, env=env, timeout=_BOUND_S, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def pictures_of(size, tmp_path):
    folder = os.environ.get("DENKIDESK_PICTURES")
    return Path(folder) / size.replace(" ", "-").replace("%", "percent") if folder else tmp_path / "pictures"


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_is_worked_in(size, tmp_path):
    lines = lines_of("every_screen.py", size, pictures_of(size, tmp_path), tmp_path)
    assert {line["screen"]: line["complaints"] for line in lines if line["complaints"]} == {}
    assert len(lines) == SCREENS


@pytest.mark.parametrize("size", ["the smallest window", "1366x768 at 150 %"])
def test_every_dialog_fits(size, tmp_path):
    lines = lines_of("every_dialog.py", size, tmp_path / "dialogs", tmp_path)
    assert {line["seen"]: line["complaints"] for line in lines if line.get("complaints")} == {}
    assert lines[-1] == {"ended": True}
