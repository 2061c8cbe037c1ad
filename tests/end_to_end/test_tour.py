"""``--practice --tour DIR``: the clerk's day in the real window, as a process of its own; every step happens, or the exit code says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from fakes.desk_home import command_line, environment, leave_the_sunday_stop

PICTURES = [
    "start",
    "inbox-refreshed",
    "inbox-message",
    "inbox-status",
    "outage-fault",
    "outage-point",
    "outage-triage",
    "outage-review",
    "outage-receipt",
    "apply-start",
    "menu-change-point",
    "menu-change-review",
    "menu-change-receipt",
    "price-sheet",
    "usage",
    "bill",
    "quote-saved",
    "settings",
    "help",
    "bill-dark",
    "inbox-dark",
]
# The least patience: how long the desk counts down before it sends, and asks for statuses, is tested where it is promised.
BRISK = "[kansai]\nmargin_s = 0.0\nstatus_budget = 1\n[desk]\ncountdown_s = 1\noutage_countdown_s = 1\n"
LIMIT_S = 280  # a hang is not an answer; pytest's own limit would leave the process behind


def walk(tmp_path: Path, *more: str, before: tuple[str, ...] = (), settings: str = "", **env: str) -> tuple[int, str, Path]:
    """Exit code, what was said on stderr, and the folder of the pictures."""
    home, pictures = tmp_path / "home", tmp_path / "絵"
    if settings:
        home.mkdir()
        (home / "settings.toml").write_text(settings, encoding="utf-8")
    leave_the_sunday_stop(home)
    command = [*before, *command_line(home, "--practice", "--tour", str(pictures), *more)]
    ended = subprocess.run(command, env=environment(**env), capture_output=True, timeout=LIMIT_S, check=False)
    return ended.returncode, ended.stderr.decode("utf-8", "replace"), pictures


def names_of(pictures: Path) -> list[str]:
    return [file.stem for file in sorted(pictures.glob("*.png"))]


def assert_whole(code: int, said: str, pictures: Path) -> None:
    assert code == 0, said
    assert names_of(pictures) == [f"{number:02}-{name}" for number, name in enumerate(PICTURES, 1)]
    for file in pictures.glob("*.png"):
        picture = QImage(str(file))
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 8, f"{file.name} shows next to nothing"


def test_the_whole_day_without_a_screen(tmp_path: Path) -> None:
    from pypdf import PdfReader

    code, said, pictures = walk(tmp_path, QT_QPA_PLATFORM="offscreen")

    assert_whole(code, said, pictures)
    quote = PdfReader(pictures / "quote.pdf")
    assert len(quote.pages) == 1
    words = "".join(quote.pages[0].extract_text().split())  # the file keeps the letters' places and not the spaces
    for expected in ("電気料金試算書", "見本太郎様", "関西電力", "従量電灯A", "練習用の見本です", "この試算の前提", "照合"):
        assert expected in words
    assert all(f"{month}月" in words for month in range(1, 13))


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed here")
@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is an X server")
def test_the_whole_day_on_a_virtual_screen(tmp_path: Path) -> None:
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24")

    code, said, pictures = walk(tmp_path, before=screen, settings=BRISK, QT_QPA_PLATFORM="xcb")

    assert_whole(code, said, pictures)


def test_a_step_that_does_not_happen_ends_it(tmp_path: Path) -> None:
    broken = tmp_path / "usage.csv"
    broken.write_bytes(b"%PDF-1.7\n" + os.urandom(64))

    code, said, pictures = walk(tmp_path, "--usage", str(broken), settings=BRISK, QT_QPA_PLATFORM="offscreen")

    assert code == 1
    assert "(usage) did not happen" in said
    done = PICTURES[: PICTURES.index("usage")]
    assert names_of(pictures) == [f"{number:02}-{name}" for number, name in enumerate([*done, "failed"], 1)]
    assert not (pictures / "quote.pdf").exists()
