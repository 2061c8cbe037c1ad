"""The gate among real processes: at work, killed, stopped, started anew."""

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from denkidesk.wire.gate import Gate, machine_clock_ns
from denkidesk.wire.gate_file import GateFile, State

WORKER = Path(__file__).parents[2] / "fakes" / "gate_worker.py"
FOREVER = 100_000

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and SIGSTOP are POSIX")


class Workshop:
    """Starts workers at one gate and reads when they started."""

    def __init__(self, directory, interval_s):
        self.directory = directory
        self.interval_s = interval_s
        self.interval_ns = round(interval_s * 1e9)
        self._starts_file = directory / "starts"
        self._starts_file.touch()
        self.workers = []

    def hire(self, count, *die):
        arguments = [self.directory, self.interval_s, 0, self._starts_file, count, *die]
        command = [sys.executable, str(WORKER), *map(str, arguments)]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.workers.append(worker)
        assert worker.stdout.readline() == "ready\n"
        return worker

    def begin(self, *workers):
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()

    def starts(self):
        """Machine clock readings (ns) and process ids, in the order of starting."""
        return sorted(tuple(map(int, line.split())) for line in self._starts_file.read_text().splitlines())

    def until_started(self, count):
        tick = threading.Event()
        for _ in range(3000):
            if len(self.starts()) >= count:
                return
            tick.wait(0.01)
        pytest.fail("the starts never came")

    def assert_no_gap_is_short(self):
        moments = [moment for moment, _ in self.starts()]
        gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
        assert min(gaps) >= self.interval_ns
        return gaps

    def close(self):
        for worker in self.workers:
            worker.kill()
            worker.wait(10)
            worker.stdin.close()
            worker.stdout.close()


@pytest.fixture
def workshop_at(tmp_path):
    opened = []

    def build(interval_s):
        opened.append(Workshop(tmp_path, interval_s))
        return opened[-1]

    yield build
    for workshop in opened:
        workshop.close()


def test_four_processes_never_start_too_close_and_lose_no_time(workshop_at):
    shop = workshop_at(0.15)
    workers = [shop.hire(10) for _ in range(4)]
    shop.begin(*workers)
    for worker in workers:
        assert worker.wait(60) == 0
    gaps = shop.assert_no_gap_is_short()
    assert len(gaps) == 39
    # 1.006 on an idle machine, 1.09 on a loaded one; the benchmark holds the idle figure.
    assert sum(gaps) <= 39 * shop.interval_ns * 1.25
    assert {pid for _, pid in shop.starts()[:20]} == {worker.pid for worker in workers}, "nobody is kept out"


@posix_only
def test_random_kills_cause_no_short_gap_and_no_standstill(workshop_at):
    shop = workshop_at(0.1)
    chance = random.Random(20261122)  # noqa: S311 - chance, not a secret
    at_work = [shop.hire(FOREVER) for _ in range(3)]
    shop.begin(*at_work)
    pause = threading.Event()
    for _ in range(20):
        pause.wait(chance.uniform(0.06, 0.26))
        victim = at_work.pop(chance.randrange(3))
        victim.send_signal(signal.SIGKILL)
        victim.wait(10)
        at_work.append(shop.hire(FOREVER))
        shop.begin(at_work[-1])
    before = len(shop.starts())
    shop.until_started(before + 3)
    shop.assert_no_gap_is_short()


@posix_only
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_process_killed_in_the_midst_of_its_start_costs_one_period(workshop_at, moment):
    shop = workshop_at(0.2)
    victim = shop.hire(2, moment)
    shop.begin(victim)
    assert victim.wait(20) == -signal.SIGKILL
    assert GateFile.peek(shop.directory / "company.gate").state is State.IN_FLIGHT
    gate = Gate(shop.directory, "company", shop.interval_s, 0)
    asked = machine_clock_ns()
    with gate.turn():
        started = machine_clock_ns()
    assert started - shop.starts()[-1][0] >= shop.interval_ns
    assert 1.0 <= (started - asked) / shop.interval_ns < 1.5
    assert len(shop.starts()) == (2 if moment == "after" else 1)


@posix_only
def test_a_process_that_is_stopped_for_a_while_overtakes_nobody(workshop_at):
    shop = workshop_at(0.1)
    chance = random.Random(20261123)  # noqa: S311 - chance, not a secret
    workers = [shop.hire(FOREVER) for _ in range(3)]
    shop.begin(*workers)
    shop.until_started(3)
    pause = threading.Event()
    for turn in range(9):
        stopped = workers[turn % 3]
        stopped.send_signal(signal.SIGSTOP)
        pause.wait(chance.uniform(0.1, 0.4))
        stopped.send_signal(signal.SIGCONT)
        pause.wait(chance.uniform(0.0, 0.15))
    shop.until_started(len(shop.starts()) + 3)
    gaps = shop.assert_no_gap_is_short()
    assert len(gaps) >= 10


@posix_only
def test_whoever_waits_can_cancel_while_a_stopped_process_holds_the_gate(workshop_at):
    shop = workshop_at(30)
    holder = shop.hire(FOREVER)
    shop.begin(holder)
    shop.until_started(1)
    os.kill(holder.pid, signal.SIGSTOP)

    from denkidesk.domain.cancel import CancelToken
    from denkidesk.domain.errors import Cancelled

    cancel = CancelToken()
    threading.Timer(0.2, cancel.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled), Gate(shop.directory, "company", 30, 0).turn(cancel):
        pytest.fail("the gate was open")
    assert time.monotonic() - began < 2
    os.kill(holder.pid, signal.SIGCONT)
