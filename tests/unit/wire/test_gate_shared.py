"""The gate in the folder that all users share: open to every user, and proof against what another user may put there."""

import itertools
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from denkidesk.domain.errors import SetupFault
from denkidesk.wire import gate_folder
from denkidesk.wire.gate import Gate
from denkidesk.wire.gate_file import GateFile, Record, State
from fakes.fake_machine import FakeMachine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")

INTERVAL_S = 3.0
PERIOD_NS = 3_000_000_000
OTHER_USERS = (60_001, 60_002)


@pytest.fixture
def machine():
    return FakeMachine()


@pytest.fixture
def shared(tmp_path):
    return tmp_path / "shared"


@pytest.fixture
def own(tmp_path):
    return tmp_path / "own"


@pytest.fixture
def gate_at(shared, own, machine):
    return lambda: Gate(shared, "company", INTERVAL_S, 0, fallback=own, clock=machine.clock, wait=machine.wait)


def start(gate, machine):
    with gate.turn():
        return machine.now_ns


def test_folder_and_files_are_open_to_every_user_whatever_the_umask(shared, own, machine, gate_at):
    before = os.umask(0o077)
    try:
        start(gate_at(), machine)
    finally:
        os.umask(before)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in shared.iterdir()} == {"company.gate": 0o666, "company.seen": 0o666}
    assert not own.exists()


def test_a_gate_of_ones_own_is_ones_own(tmp_path, machine):
    start(Gate(tmp_path / "gate", "company", INTERVAL_S, 0, clock=machine.clock, wait=machine.wait), machine)
    assert {stat.S_IMODE(path.stat().st_mode) & 0o022 for path in (tmp_path / "gate", *(tmp_path / "gate").iterdir())} == {0}


def link_for_folder(shared, victim):
    shared.symlink_to(victim.parent)


def file_for_folder(shared, _victim):
    shared.write_bytes(b"")


def link_for_file(shared, victim):
    shared.mkdir()
    (shared / "company.gate").symlink_to(victim)


def link_for_witness(shared, victim):
    shared.mkdir()
    (shared / "company.seen").symlink_to(victim)


def second_name_of_a_file(shared, victim):
    shared.mkdir()
    (shared / "company.gate").hardlink_to(victim)


def pipe_for_file(shared, _victim):
    shared.mkdir()
    os.mkfifo(shared / "company.gate")


def folder_for_file(shared, _victim):
    (shared / "company.gate").mkdir(parents=True)


@pytest.mark.parametrize(
    "trap", [link_for_folder, file_for_folder, link_for_file, link_for_witness, second_name_of_a_file, pipe_for_file, folder_for_file]
)
def test_a_trap_harms_no_file_and_the_gate_stands_at_home(tmp_path, shared, own, machine, gate_at, trap):
    victim = tmp_path / "elsewhere" / "company.gate"
    victim.parent.mkdir()
    victim.write_bytes(b"must stay as it is")
    trap(shared, victim)
    gate = gate_at()
    first = start(gate, machine)
    assert start(gate, machine) == first + PERIOD_NS
    assert start(gate_at(), machine) == first + 2 * PERIOD_NS, "a second process meets it there"
    assert (own / "company.gate").is_file()
    assert victim.read_bytes() == b"must stay as it is"
    assert sorted(path.name for path in victim.parent.iterdir()) == ["company.gate"]


@pytest.mark.parametrize("content", [b"", b"x" * 1_000_000, b"\xff" * 64, b"started 99999999999999999999 00000000".ljust(63) + b"\n"])
def test_no_content_stops_the_gate(shared, machine, gate_at, content):
    start(gate_at(), machine)
    for path in shared.iterdir():
        path.write_bytes(content)
    now = machine.now_ns
    assert start(gate_at(), machine) == now + PERIOD_NS
    now = machine.now_ns
    assert gate_at().next_free_in_s() == 3.0
    assert start(gate_at(), machine) == now + PERIOD_NS


def test_where_no_folder_can_be_used_it_is_said(shared, own, machine, gate_at):
    for place in (shared, own):
        place.write_bytes(b"")
    with pytest.raises(SetupFault) as refused:
        start(gate_at(), machine)
    assert (refused.value.file, refused.value.item) == (str(own / "company.gate"), "gate")


def test_what_can_be_used_is_told_without_writing(tmp_path, shared):
    assert gate_folder.is_usable(shared)
    assert not shared.exists()
    shared.write_bytes(b"")
    assert not gate_folder.is_usable(shared)
    shared.unlink()
    shared.symlink_to(tmp_path)
    assert not gate_folder.is_usable(shared)
    shared.unlink()
    gate_folder.make(shared)
    assert gate_folder.is_usable(shared)
    assert not gate_folder.is_usable(tmp_path / "nowhere" / "gate")


STARTER = """
import os, sys, tempfile  # loaded while Python's own files can be read
from pathlib import Path
from denkidesk.wire.gate import Gate, machine_clock_ns
user, shared, own, count = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
gate = Gate(shared, "company", 0.15, 0, fallback=own)
os.setgroups([])
os.setgid(user)
os.setuid(user)
for _ in range(count):
    with gate.turn():
        print(machine_clock_ns(), flush=True)
"""


@pytest.fixture
def common():
    """A folder that every user reaches; pytest's own are closed to others, and each run of it closes them again."""
    with tempfile.TemporaryDirectory(prefix="denkidesk-test-") as place:
        Path(place).chmod(0o1777)
        yield Path(place)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be two users")
def test_two_users_of_a_machine_have_one_gate(common):
    shared = common / "gate"
    users = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, str(user), str(shared), f"/nowhere-{user}", "6"], stdout=subprocess.PIPE, text=True
        )
        for user in OTHER_USERS
    ]
    lines = [user.communicate(timeout=60)[0].split() for user in users]
    assert [user.returncode for user in users] == [0, 0]
    starts = sorted(int(moment) for moments in lines for moment in moments)
    assert len(starts) == 12
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 150_000_000
    assert {path.stat().st_uid for path in shared.iterdir()} <= set(OTHER_USERS)


@pytest.fixture
def impatient(monkeypatch):
    """Five minutes are 30,000 looks of a fake machine."""
    monkeypatch.setattr("denkidesk.wire.gate._STUCK_NS", 10_000_000_000)


@pytest.mark.usefixtures("impatient")
def test_who_holds_the_gate_and_never_starts_is_named_in_the_end(shared, machine, gate_at):
    start(gate_at(), machine)
    holder = GateFile.open_locked(shared / "company.gate", for_all=True)
    began = machine.now_ns
    with pytest.raises(SetupFault) as refused:
        start(gate_at(), machine)
    assert (refused.value.item, refused.value.code) == ("gate", "locked")
    assert 10_000_000_000 < machine.now_ns - began < 11_000_000_000
    holder.close()
    start(gate_at(), machine)


@pytest.mark.usefixtures("impatient")
def test_who_waits_behind_others_that_start_is_not_told_that_the_gate_stands_still(shared, machine, gate_at):
    start(gate_at(), machine)
    holder = GateFile.open_locked(shared / "company.gate", for_all=True)
    began = machine.now_ns

    def others_start():
        holder.write(Record(State.STARTED, machine.now_ns))
        if machine.now_ns - began > 30_000_000_000:
            holder.close()
            machine.on_wait = lambda: None

    machine.on_wait = others_start
    assert start(gate_at(), machine) - began > 30_000_000_000
