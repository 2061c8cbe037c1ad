"""The lanes: order, cancelling, failures, ends."""

import subprocess
import sys
import textwrap
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.latest import LatestJob
from denkidesk.jobs.uncaught import UncaughtExceptions


class Listener(QObject):
    """Records what it hears and on which thread."""

    def __init__(self):
        super().__init__()
        self.results = []
        self.failures = []
        self.progress = []
        self.ends = 0
        self.threads = set()

    @Slot(object)
    def on_result(self, value):
        self.results.append(value)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def on_failure(self, error):
        self.failures.append(error)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def on_progress(self, value):
        self.progress.append(value)

    @Slot()
    def on_end(self):
        self.ends += 1

    def listen(self, job):
        job.succeeded.connect(self.on_result)
        job.failed.connect(self.on_failure)
        job.progressed.connect(self.on_progress)
        job.finished.connect(self.on_end)
        return job


@pytest.fixture
def listener(qapp):
    return Listener()


def occupy(jobs, listener, lane):
    """Keeps a lane busy until the returned event is set."""
    begun, gate = threading.Event(), threading.Event()

    def hold():
        begun.set()
        return gate.wait(10)

    listener.listen(jobs.run(lane, hold))
    assert begun.wait(10)
    return gate


def test_a_result_comes_back_on_the_gui_thread(jobs, listener, qtbot):
    job = listener.listen(jobs.run(LaneName.STORE, lambda: (QThread.currentThread().objectName(), {"a": 2**40})))
    with qtbot.waitSignal(job.finished):
        pass
    assert listener.results == [("store-1", {"a": 2**40})]
    assert listener.threads == {listener.thread()}


def test_ten_thousand_quick_jobs_all_come_back_in_order_on_one_lane(jobs, listener, qtbot):
    ends = [listener.listen(jobs.run(LaneName.STORE, int, n)) for n in range(10_000)]
    qtbot.waitUntil(lambda: listener.ends == len(ends), timeout=60_000)
    assert listener.results == list(range(10_000))
    assert jobs.is_idle


def test_two_work_threads_run_side_by_side(jobs, listener, qtbot):
    meeting = threading.Barrier(2, timeout=10)
    for _ in range(2):
        listener.listen(jobs.run(LaneName.WORK, meeting.wait))
    qtbot.waitUntil(lambda: listener.ends == 2)
    assert sorted(listener.results) == [0, 1]


def test_an_outage_goes_before_all_and_a_refresh_goes_last(jobs, listener, qtbot):
    gate = occupy(jobs, listener, LaneName.KANSAI)
    for priority in (Priority.BACKGROUND, Priority.REFRESH, Priority.CLERK, Priority.OUTAGE):
        listener.listen(jobs.run(LaneName.KANSAI, lambda p=priority: p.name, priority=priority))
    gate.set()
    qtbot.waitUntil(lambda: listener.ends == 5)
    assert listener.results[1:] == ["OUTAGE", "CLERK", "REFRESH", "BACKGROUND"]


def test_an_equal_job_that_waits_is_not_queued_twice_but_moves_forward(jobs, listener, qtbot):
    gate = occupy(jobs, listener, LaneName.KANSAI)
    refresh = listener.listen(jobs.run(LaneName.KANSAI, lambda: "refresh", priority=Priority.BACKGROUND, key="refresh"))
    listener.listen(jobs.run(LaneName.KANSAI, lambda: "other", priority=Priority.REFRESH))
    again = jobs.run(LaneName.KANSAI, lambda: "refresh", priority=Priority.CLERK, key="refresh")
    assert again is refresh
    gate.set()
    qtbot.waitUntil(lambda: listener.ends == 3)
    assert listener.results[1:] == ["refresh", "other"]
    fresh = listener.listen(jobs.run(LaneName.KANSAI, lambda: "third", key="refresh"))
    assert fresh is not refresh
    qtbot.waitUntil(lambda: listener.ends == 4)


def test_an_equal_job_that_is_less_urgent_does_not_move_what_waits_back(jobs, listener, qtbot):
    gate = occupy(jobs, listener, LaneName.KANSAI)
    listener.listen(jobs.run(LaneName.KANSAI, lambda: "urgent", priority=Priority.OUTAGE, key="send"))
    listener.listen(jobs.run(LaneName.KANSAI, lambda: "other", priority=Priority.CLERK))
    jobs.run(LaneName.KANSAI, lambda: "urgent", priority=Priority.BACKGROUND, key="send")
    gate.set()
    qtbot.waitUntil(lambda: listener.ends == 3)
    assert listener.results[1:] == ["urgent", "other"]


def test_the_cancel_token_reaches_the_function(jobs, listener, qtbot):
    begun = threading.Event()

    def wait_long(cancel: CancelToken):
        begun.set()
        assert cancel.wait(30)
        cancel.raise_if_cancelled()

    job = listener.listen(jobs.run(LaneName.KANSAI, wait_long))
    assert begun.wait(10)
    with qtbot.waitSignals([job.cancelled, job.finished]):
        job.cancel()
    assert listener.failures == []


def test_a_waiting_job_that_is_cancelled_never_starts(jobs, listener, qtbot):
    gate = occupy(jobs, listener, LaneName.KANSAI)
    started = []
    job = listener.listen(jobs.run(LaneName.KANSAI, started.append, 1))
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: listener.ends == 2)
    assert started == []


def test_progress_comes_before_the_result(jobs, listener, qtbot):
    def count(report):
        for n in range(5):
            report(n)
        return "done"

    job = listener.listen(jobs.run(LaneName.WORK, count, progress_as="report"))
    with qtbot.waitSignal(job.finished):
        pass
    assert (listener.progress, listener.results) == ([0, 1, 2, 3, 4], ["done"])


def _refuse():
    raise InputRefused.of("usage", "gaps")


def _break():
    raise ZeroDivisionError


def test_a_failure_is_heard_where_it_is_listened_for_and_nowhere_else(jobs, listener, qtbot):
    unheard = Listener()
    jobs.unheard_failure.connect(unheard.on_failure)
    job = listener.listen(jobs.run(LaneName.WORK, _refuse))
    with qtbot.waitSignal(job.finished):
        pass
    assert [type(e) for e in listener.failures] == [InputRefused]
    assert unheard.failures == []


def test_a_failure_that_nobody_listens_for_is_still_announced(jobs, qtbot):
    with qtbot.waitSignal(jobs.unheard_failure) as unheard:
        jobs.run(LaneName.WORK, _refuse)
    assert isinstance(unheard.args[0], InputRefused)


def test_a_bug_is_announced_even_where_the_view_listens(jobs, listener, qtbot):
    with qtbot.waitSignal(jobs.unheard_failure) as unheard:
        listener.listen(jobs.run(LaneName.WORK, _break))
    assert isinstance(unheard.args[0], ZeroDivisionError)
    assert [type(e) for e in listener.failures] == [ZeroDivisionError]


def test_the_latest_question_alone_is_answered(jobs, listener, qtbot):
    latest = LatestJob(jobs, listener, listener.on_result, listener.on_failure)
    gate = threading.Event()
    latest.run(LaneName.STORE, gate.wait, 10)
    latest.run(LaneName.STORE, lambda: "middle")
    latest.run(LaneName.STORE, lambda: "newest")
    gate.set()
    with qtbot.waitSignal(latest.finished):
        pass
    assert listener.results == ["newest"]
    assert not latest.is_busy
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert listener.failures == []


def test_after_the_end_nothing_is_taken(qapp, listener):
    from denkidesk.jobs.lanes import Jobs

    lanes = Jobs()
    assert lanes.shut_down(10)
    listener.listen(lanes.run(LaneName.STORE, lambda: 1))
    qapp.processEvents()
    assert listener.results == []
    assert lanes.running_threads == ()


def test_the_end_cancels_what_runs(qapp, listener):
    from denkidesk.jobs.lanes import Jobs

    lanes = Jobs()
    begun = threading.Event()
    heard = []

    def wait_long(cancel: CancelToken):
        begun.set()
        heard.append(cancel.wait(30))
        raise Cancelled

    lanes.run(LaneName.KANSAI, wait_long)
    assert begun.wait(10)
    assert lanes.shut_down(10)
    assert heard == [True]


@pytest.mark.parametrize("state", ["idle", "waiting on its token", "deaf", "full queue"])
def test_the_program_ends_with_code_0_in_every_state(state):
    program = textwrap.dedent(
        """
        import os, sys, threading
        from PySide6.QtCore import QCoreApplication
        from denkidesk.jobs.job import LaneName
        from denkidesk.jobs.lanes import Jobs
        app = QCoreApplication([])
        jobs = Jobs()
        begun = threading.Event()
        def wait(cancel):
            begun.set(); cancel.wait(60)
        def deaf():
            begun.set(); threading.Event().wait(60)
        state = sys.argv[1]
        if state == "waiting on its token":
            jobs.run(LaneName.KANSAI, wait)
        elif state == "deaf":
            jobs.run(LaneName.KANSAI, deaf)
        elif state == "full queue":
            jobs.run(LaneName.KANSAI, wait)
            for n in range(1000):
                jobs.run(LaneName.KANSAI, int, n)
                jobs.run(LaneName.WORK, int, n)
        if state != "idle":
            begun.wait(10)
        ended = jobs.shut_down(0.2 if state == "deaf" else 10)
        assert ended == (state != "deaf"), ended
        if not ended:
            os._exit(0)  # as main does
        """
    )
    done = subprocess.run([sys.executable, "-c", program, state], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_exception_on_any_thread_reaches_the_gui_thread(qapp, qtbot):
    uncaught = UncaughtExceptions()
    uncaught.install()
    try:
        with qtbot.waitSignal(uncaught.caught) as caught:
            thread = threading.Thread(target=_break)
            thread.start()
        thread.join()
    finally:
        uncaught.uninstall()
    assert isinstance(caught.args[0], ZeroDivisionError)
