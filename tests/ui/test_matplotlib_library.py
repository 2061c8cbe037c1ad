"""What of matplotlib is left unloaded changes no picture."""

import subprocess
import sys

import pytest

DRAWS = """
import hashlib, sys
{first}
from PySide6.QtGui import QGuiApplication
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.figures import sample_bars
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.charts.style import PAPER

image = ChartRenderer(resources_dir() / "fonts").image(sample_bars, PAPER, 320, 160)
from matplotlib.lines import Line2D
line = Line2D([], [], color="red")
line.set(linewidth=3, color="blue")
assert (line.get_linewidth(), line.get_color()) == (3, "blue")
print(hashlib.sha256(bytes(image.constBits())).hexdigest(), "mpl_toolkits.mplot3d.axes3d" in sys.modules, bool(Line2D.set.__doc__))
"""


@pytest.fixture(scope="module")
def drawn():
    def draw(first):
        command = [sys.executable, "-W", "error", "-c", DRAWS.format(first=first)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout.split()

    return draw("pass"), draw("import matplotlib.artist")


def test_three_dimensions_and_help_texts_stay_out(drawn):
    ours, whole = drawn
    assert ours[1:] == ["False", "False"]
    assert whole[1:] == ["True", "True"]


def test_the_picture_is_the_same(drawn):
    ours, whole = drawn
    assert ours[0] == whole[0]
