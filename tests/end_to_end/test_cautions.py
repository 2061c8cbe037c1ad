"""A home in a synced folder: the doctor says it always, the window once."""

import pytest

from fakes.desk_home import run_program, write_settings
from fakes.window_home import WindowHome

WORDS = "クラウドと同期するフォルダー"


@pytest.fixture
def home(tmp_path):
    place = tmp_path / "OneDrive" / "DenkiDesk"
    write_settings(place, None, base_url="http://127.0.0.1:9/services/")
    return place


def test_the_doctor_says_it_each_time_and_it_is_no_fault(home):
    for _ in range(2):
        ran = run_program(home, "doctor")
        assert (ran.code, len(ran.json["cautions"])) == (0, 1)
        assert WORDS in ran.stderr


def test_the_window_says_it_once_and_again_only_after_it_was_put_right(home, tmp_path):
    window = WindowHome(home, tmp_path / "seen.json")

    def said(where=window):
        end = where.open()
        assert end.code == 0, end.stderr
        return [message["text"] for message in end.said if WORDS in message["text"]]

    assert len(said()) == 1
    assert said() == []
    moved = home.rename(tmp_path / "elsewhere")
    assert said(WindowHome(moved, tmp_path / "seen.json")) == []
    moved.rename(home)
    assert len(said()) == 1
