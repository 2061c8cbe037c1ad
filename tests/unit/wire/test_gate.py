"""The gate on a fake clock, and among the threads of one process."""

import itertools
import os
import random
import sys
import threading
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled, SetupFault
from denkidesk.wire.gate import Gate
from denkidesk.wire.gate_file import Record, State
from fakes.fake_machine import FakeMachine

INTERVAL_S, MARGIN_S = 1.0, 0.05
PERIOD_NS = 1_050_000_000
STANDS_BACK_NS = 30_000_000
"""Whoever started last asks that much later, and then counts the period: another one may have started since."""

times_of_change = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no time of change that a copy does not carry along")


@pytest.fixture
def machine():
    return FakeMachine()


@pytest.fixture
def gate(tmp_path, machine):
    return Gate(tmp_path, "company", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "company.gate"


def start(gate, machine, **options):
    with gate.turn(**options):
        return machine.now_ns


def test_the_first_start_ever_waits_a_period_as_nobody_knows_what_was_before(gate, machine):
    before = machine.now_ns
    assert gate.next_free_in_s() == 1.05
    assert start(gate, machine) == before + PERIOD_NS


def test_starts_are_exactly_a_period_apart(gate, machine):
    starts = [start(gate, machine) for _ in range(10)]
    assert [later - earlier for earlier, later in itertools.pairwise(starts)] == [PERIOD_NS] * 9


def test_an_older_record_does_not_make_a_gate_forget_its_own_start(gate, machine, file):
    """An older copy of the folder was put in its place while the program ran."""
    start(gate, machine)
    older = file.read_bytes()
    machine.now_ns += 10 * PERIOD_NS
    latest = start(gate, machine)
    file.write_bytes(older)
    assert 0 <= start(gate, machine) - (latest + PERIOD_NS) <= STANDS_BACK_NS


def test_a_period_that_is_already_over_costs_nothing(gate, machine):
    first = start(gate, machine)
    machine.now_ns = first + PERIOD_NS - 1
    assert start(gate, machine) == first + PERIOD_NS
    machine.now_ns += PERIOD_NS
    now = machine.now_ns
    assert start(gate, machine) == now


def test_the_period_counts_from_the_end_of_the_start(gate, machine):
    with gate.turn():
        machine.now_ns += 700_000_000
        ended = machine.now_ns
    assert start(gate, machine) == ended + PERIOD_NS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 64,
        b"garbage",
        b"started 5 00000000".ljust(63) + b"\n",
        Record(State.STARTED, 5).encode() + b"more",
        Record(State.STARTED, 5).encode()[:-1],
        Record(State.STARTED, 10**30).encode(),
        Record(State.IN_FLIGHT, 5).encode(),
        "開始".encode(),
        b"\xff" * 64,
        b"x" * 1_000_000,
    ],
    ids=repr,
)
def test_what_cannot_be_trusted_costs_exactly_one_period(gate, machine, file, content):
    file.write_bytes(content[:1000] if len(content) > 1000 else content)
    now = machine.now_ns
    assert gate.next_free_in_s() <= 1.05
    assert start(gate, machine) == now + PERIOD_NS
    assert start(gate, machine) == now + 2 * PERIOD_NS, "and only once"


def test_a_clock_that_began_anew_costs_exactly_one_period(gate, machine):
    machine.now_ns = 10**15
    start(gate, machine)
    machine.now_ns = 10**9
    again = Gate(gate._path.parent, "company", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait)
    assert again.next_free_in_s() == 1.05
    assert start(again, machine) == 10**9 + PERIOD_NS


def test_two_gates_of_one_name_are_one(tmp_path, machine):
    gates = [Gate(tmp_path, "company", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait) for _ in range(2)]
    first = start(gates[0], machine)
    assert start(gates[1], machine) == first + PERIOD_NS
    other = Gate(tmp_path, "other", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait)
    now = machine.now_ns
    assert start(other, machine) == now + PERIOD_NS, "another company has a gate of its own, of which nothing is known yet"
    assert start(gates[0], machine) == now + PERIOD_NS, "and it holds nobody else up"


def test_a_file_deleted_under_a_running_program_forgets_nothing_of_its_own_start(gate, machine, file):
    first = start(gate, machine)
    file.unlink()
    assert 0 <= start(gate, machine) - (first + PERIOD_NS) <= STANDS_BACK_NS


def test_a_turn_given_back_leaves_the_earlier_start_standing(gate, machine):
    first = start(gate, machine)
    with gate.turn() as turn:
        turn.is_started = False
        assert not turn.is_started
    given_back = machine.now_ns
    assert given_back == first + PERIOD_NS
    assert start(gate, machine) == given_back


def test_a_turn_given_back_on_a_new_gate_leaves_it_free(gate, machine):
    with gate.turn() as turn:
        turn.is_started = False
    now = machine.now_ns
    assert start(gate, machine) == now, "the period was waited once"


def gone(file, _older):
    file.unlink()


def witness_gone(file, _older):
    file.with_suffix(".seen").unlink()


def older_put_in_its_place(file, older):
    other = file.with_name("copy")
    other.write_bytes(older[file])
    other.replace(file)


def older_written_over_it(file, older):
    file.write_bytes(older[file])


def both_older_written_over_it(_file, older):
    for path, content in older.items():
        path.write_bytes(content)


def both_older_with_their_times(file, older):
    times = file.stat()
    both_older_written_over_it(file, older)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def another_users_content(file, _older):
    file.write_bytes(Record(State.STARTED, 5).encode())
    file.with_suffix(".seen").write_bytes(b"5 1 1")


@pytest.mark.parametrize(
    "change",
    [
        gone,
        witness_gone,
        older_put_in_its_place,
        older_written_over_it,
        pytest.param(both_older_written_over_it, marks=times_of_change),
        pytest.param(both_older_with_their_times, marks=times_of_change),
        another_users_content,
    ],
)
def test_a_file_that_is_not_the_one_written_last_costs_exactly_one_period(tmp_path, machine, file, change):
    """Each start is another process, so that nobody remembers it but the files."""

    def process():
        return Gate(tmp_path, "company", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait)

    start(process(), machine)
    older = {path: path.read_bytes() for path in (file, file.with_suffix(".seen"))}
    machine.now_ns += 10 * PERIOD_NS
    latest = start(process(), machine)
    change(file, older)
    assert start(process(), machine) == latest + PERIOD_NS
    assert start(process(), machine) == latest + 2 * PERIOD_NS
    machine.now_ns += 5 * PERIOD_NS
    now = machine.now_ns
    assert start(process(), machine) == now, "and no more than once"


def test_a_start_that_fails_counts_as_a_start(gate, machine):
    started = []

    def cut():
        started.append(machine.now_ns)
        raise OSError("cut")

    with pytest.raises(OSError, match="cut"), gate.turn():
        cut()
    assert start(gate, machine) == started[0] + PERIOD_NS


def test_preparing_costs_no_time_of_the_period(gate, machine):
    first = start(gate, machine)
    prepared = []

    def prepare():
        prepared.append(machine.now_ns)
        machine.now_ns += 20_000_000

    assert start(gate, machine, prepare=prepare) == first + PERIOD_NS
    assert prepared == [first + PERIOD_NS - 30_000_000]


def test_a_preparation_that_fails_leaves_the_gate_free(gate, machine):
    first = start(gate, machine)

    def prepare():
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        start(gate, machine, prepare=prepare)
    assert start(gate, machine) == first + PERIOD_NS
    assert gate.queue_length == 0


def test_cancelling_a_wait_starts_nothing(gate, machine):
    first = start(gate, machine)
    cancel = CancelToken()
    machine.on_wait = cancel.cancel
    prepared = []
    with pytest.raises(Cancelled):
        start(gate, machine, cancel=cancel, prepare=lambda: prepared.append(1))
    assert not prepared
    assert start(gate, machine) == first + PERIOD_NS


def test_next_free_counts_down_and_never_shows_more_than_a_period(gate, machine):
    start(gate, machine)
    assert gate.next_free_in_s() == 1.05
    machine.now_ns += 1_000_000_000
    assert gate.next_free_in_s() == pytest.approx(0.05)
    machine.now_ns += 10**12
    assert gate.next_free_in_s() == 0


def test_a_folder_that_cannot_be_used_is_the_installations_fault(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SetupFault) as caught, Gate(tmp_path / "file" / "gate", "company", 1).turn():
        pass
    assert (caught.value.item, caught.value.code) == ("gate", "unwritable")


@given(st.integers(min_value=0), st.sampled_from([State.IN_FLIGHT, State.STARTED]))
def test_a_record_comes_back_as_written(at_ns, state):
    at_ns %= 10**20
    assert Record.decode(Record(state, at_ns).encode()) == Record(state, at_ns)


@given(st.binary(max_size=80))
def test_no_content_upsets_the_reader(raw):
    assert isinstance(Record.decode(raw), Record)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_no_gap_is_ever_short(tmp_path_factory, seed):
    """Waits end early or late, the scheduler takes the processor away at any reading of the clock, processes die in a start."""
    directory = tmp_path_factory.mktemp("gate")
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    machine = FakeMachine(stall=lambda: chance.randrange(5_000_000), part=lambda: chance.uniform(0.05, 1.5))
    gates = [Gate(directory, "company", INTERVAL_S, 0, clock=machine.clock, wait=machine.wait) for _ in range(3)]
    starts = []
    for _ in range(8):
        number = chance.randrange(3)
        machine.now_ns += chance.choice((0, chance.randrange(2_000_000_000)))
        act = chance.choice(("start", "start", "give back", "killed"))
        with gates[number].turn() as turn:
            if act == "give back":
                turn.is_started = False
            else:
                machine.now_ns += chance.randrange(5_000_000)
                starts.append(machine.now_ns)
        if act == "killed":  # as if the stamp had never been written, and with the process its memory is gone
            (directory / "company.gate").write_bytes(Record(State.IN_FLIGHT, starts[-1]).encode())
            gates[number] = Gate(directory, "company", INTERVAL_S, 0, clock=machine.clock, wait=machine.wait)
    assert all(later - earlier >= 1_000_000_000 for earlier, later in itertools.pairwise(starts))


# Threads


def until(condition):
    """Waits for a condition that another thread brings about."""
    tick = threading.Event()
    for _ in range(1000):
        if condition():
            return
        tick.wait(0.005)
    pytest.fail("the condition never came")


class Caller(threading.Thread):
    """One call at the gate, from its own thread."""

    def __init__(self, gate, order, name):
        super().__init__(name=name)
        self.cancel = CancelToken()
        self.failure = None
        self._gate, self._order = gate, order

    def run(self):
        try:
            with self._gate.turn(self.cancel):
                self._order.append(self.name)
        except Cancelled as cancelled:
            self.failure = cancelled


def test_threads_of_a_process_are_served_in_order_and_any_may_leave(tmp_path):
    gate = Gate(tmp_path, "company", 0.02, 0)
    order, callers = [], []
    with ExitStack() as first:
        first.enter_context(gate.turn())
        assert gate.queue_length == 1
        for number in range(8):
            caller = Caller(gate, order, str(number))
            callers.append(caller)
            caller.start()
            until(lambda expected=number + 2: gate.queue_length == expected)
        for number in (0, 4, 7):
            callers[number].cancel.cancel()
        until(lambda: gate.queue_length == 6)
    for caller in callers:
        caller.join(10)
    assert order == ["1", "2", "3", "5", "6"]
    assert [caller.name for caller in callers if caller.failure] == ["0", "4", "7"]
    assert gate.queue_length == 0


def test_an_unknown_past_is_waited_for_once_though_nobody_starts(tmp_path, machine):
    def process():
        return Gate(tmp_path, "company", INTERVAL_S, MARGIN_S, clock=machine.clock, wait=machine.wait)

    begun = machine.now_ns
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), process().turn(prepare=lambda: 1 / 0):
            pytest.fail("it was not prepared")
    assert machine.now_ns <= begun + PERIOD_NS
    assert start(process(), machine) == begun + PERIOD_NS
