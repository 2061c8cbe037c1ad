"""Numbers that no process of the company uses twice."""

import os
import stat
import subprocess
import sys

import pytest

from denkidesk.domain.errors import SetupFault
from denkidesk.wire.file_lock import try_lock
from denkidesk.wire.request_ids import RequestIds

COUNT = """
import sys
from pathlib import Path
from denkidesk.wire.request_ids import RequestIds
ids = RequestIds(Path(sys.argv[1]), "kansai")
print("\\n".join(ids.next(12) for _ in range(100)))
"""


def test_several_processes_never_use_a_number_twice(tmp_path):
    running = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    numbers = [number for process in running for number in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0] * 4
    assert len(numbers) == len(set(numbers)) == 400


def test_numbers_have_their_length_and_go_on_after_a_restart(tmp_path):
    first = RequestIds(tmp_path, "kansai", clock=lambda: 5.0).next(8)
    assert (first, RequestIds(tmp_path, "kansai", clock=lambda: 99.0).next(8)) == ("00000005", "00000006")
    (tmp_path / "kansai.request-id").write_text("99999999", encoding="ascii")
    assert RequestIds(tmp_path, "kansai").next(8) == "00000000"


@pytest.mark.parametrize("content", [b"", b"\xff\xff", b"12 x"])
def test_a_damaged_file_is_begun_anew_from_the_clock(content, tmp_path):
    (tmp_path / "kansai.request-id").write_bytes(content)
    assert RequestIds(tmp_path, "kansai", clock=lambda: 1_795_651_815.0).next(12) == "001795651815"


def test_a_file_that_somebody_keeps_locked_is_a_setup_fault(tmp_path, monkeypatch):
    RequestIds(tmp_path, "kansai").next(8)
    monkeypatch.setattr("denkidesk.wire.request_ids._WAIT_S", 0.0)
    with (tmp_path / "kansai.request-id").open("r+b") as held:
        assert try_lock(held.fileno())
        with pytest.raises(SetupFault) as fault:
            RequestIds(tmp_path, "kansai").next(8)
    assert fault.value.code == "locked"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_the_number_is_one_for_all_users_of_the_machine(tmp_path):
    """Two users, whose own folders differ: the file is open to both, whatever the umask."""
    shared = tmp_path / "shared"
    before = os.umask(0o077)
    try:
        first, second = (RequestIds(shared, "company", tmp_path / user) for user in ("one", "two"))
        numbers = [int(one.next(12)) for one in (first, second, first)]
    finally:
        os.umask(before)
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert stat.S_IMODE((shared / "company.request-id").stat().st_mode) == 0o666
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shared"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_what_another_user_laid_there_is_not_written_to(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="ascii")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "company.request-id").symlink_to(victim)
    ids = RequestIds(tmp_path / "shared", "company", tmp_path / "own", clock=lambda: 7.0)
    assert [ids.next(4), ids.next(4)] == ["0007", "0008"]
    assert victim.read_text(encoding="ascii") == "mine"
    assert (tmp_path / "own" / "company.request-id").exists()
