"""Numbers that no process of the company uses twice."""

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
ids = RequestIds(Path(sys.argv[1]))
print("\\n".join(ids.next(12) for _ in range(100)))
"""


def test_several_processes_never_use_a_number_twice(tmp_path):
    running = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    numbers = [number for process in running for number in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0] * 4
    assert len(numbers) == len(set(numbers)) == 400


def test_numbers_have_their_length_and_go_on_after_a_restart(tmp_path):
    first = RequestIds(tmp_path, clock=lambda: 5.0).next(8)
    assert (first, RequestIds(tmp_path, clock=lambda: 99.0).next(8)) == ("00000005", "00000006")
    (tmp_path / "request-id").write_text("99999999", encoding="ascii")
    assert RequestIds(tmp_path).next(8) == "00000000"


@pytest.mark.parametrize("content", [b"", b"\xff\xff", b"12 x"])
def test_a_damaged_file_is_begun_anew_from_the_clock(content, tmp_path):
    (tmp_path / "request-id").write_bytes(content)
    assert RequestIds(tmp_path, clock=lambda: 1_795_651_815.0).next(12) == "001795651815"


def test_a_file_that_somebody_keeps_locked_is_a_setup_fault(tmp_path, monkeypatch):
    RequestIds(tmp_path).next(8)
    monkeypatch.setattr("denkidesk.wire.request_ids._WAIT_S", 0.0)
    with (tmp_path / "request-id").open("r+b") as held:
        assert try_lock(held.fileno())
        with pytest.raises(SetupFault) as fault:
            RequestIds(tmp_path).next(8)
    assert fault.value.code == "locked"
