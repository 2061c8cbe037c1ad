"""How the program begins: what it says where there is no screen, to words it cannot use, and on a Sunday at half past one."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from denkidesk.compose.practice_thread import PracticeInBackground
from denkidesk.domain.clock import JST, now_jst
from denkidesk.practice.utility.books import Books
from denkidesk.settings import Places
from fakes.desk_home import command_line, environment, run_program


def test_without_a_screen_it_says_so_and_does_not_abort(tmp_path: Path) -> None:
    env = environment()
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    ended = subprocess.run(command_line(tmp_path), env=env, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 6
    assert ended.stdout == b""
    assert "画面がない" in ended.stderr.decode("utf-8")
    assert "--tour" in ended.stderr.decode("utf-8")


@pytest.mark.parametrize("option", ["--home", "--tour", "--smoke"])
def test_an_option_without_its_value_is_named_in_japanese(tmp_path: Path, option: str) -> None:
    ran = run_program(tmp_path, option)
    assert ran.code == 2
    assert "値がありません" in ran.stderr
    assert option in ran.stderr


@pytest.mark.parametrize("always_open", [True, False])
def test_a_walk_that_must_succeed_leaves_the_sunday_stop(tmp_path: Path, always_open: bool) -> None:
    places = Places(tmp_path, practice=True)
    places.data_dir.mkdir(parents=True)
    books = Books(places.practice_state, now_jst)
    books.set_clock(fixed=datetime(2026, 11, 22, 1, 30, tzinfo=JST))
    books.close()
    servers = PracticeInBackground(places, always_open=always_open)
    assert servers.kansai_base_url.startswith("http://127.0.0.1:")
    servers.stop()
    books = Books(places.practice_state, now_jst)
    clock = books.now()
    books.close()
    assert (clock == datetime(2026, 11, 22, 1, 30, tzinfo=JST)) is not always_open
