"""Going back to a copy while real processes file: they are waited for with words, nothing of theirs is lost, nothing sent twice."""

import os
import signal
import subprocess
import threading
from collections import Counter
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from denkidesk.compose.opening import DeskOpening
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import OutboxState
from denkidesk.domain.errors import Cancelled, SetupFault
from denkidesk.settings import Places, load_settings
from denkidesk.store.backups import is_free, make_daily, restore
from denkidesk.store.store import Store
from denkidesk.texts import start as texts
from fakes.desk_home import command_line, environment, run_program, write_application, write_settings
from fakes.soap_server import XML, SoapServer, message

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PATIENCE_S = 60.0


def until(condition):
    tick = threading.Event()
    for _ in range(int(PATIENCE_S / 0.01)):
        if condition():
            return
        tick.wait(0.01)
    pytest.fail("the condition never came")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def start_filing(home, tmp_path):
    """Starts ``denkidesk apply`` for an outage at a supply point of its own."""
    running = []

    def start(number):
        file = write_application(tmp_path, f"{number}.json", supply_point_number=f"06{number:020}")
        words = command_line(home, "apply", "outage", str(file))
        running.append(subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def slow_utility(home):
    """A utility that answers when the test lets it."""
    may_answer = threading.Event()
    verdict = "<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>言葉</m:receptionMessage><m:receiptNumber>PR-7</m:receiptNumber>"

    def answer(*_):
        may_answer.wait(PATIENCE_S)
        return 200, XML, message("applyOutageResponse", verdict)

    with SoapServer(answer) as server:
        server.may_answer = may_answer
        write_settings(home, None, base_url=server.url)
        yield server
        may_answer.set()


@pytest.fixture
def copy(home):
    """A copy of the empty desk."""
    store = Store(home / "desk.db")
    made = make_daily(store, home / "backups")
    store.close()
    return made


def items_of(home):
    store = Store(home / "desk.db")
    try:
        return store.outbox.items()
    finally:
        store.close()


def test_a_process_that_files_is_waited_for_and_its_receipt_comes_along(home, slow_utility, copy, start_filing):
    filing = start_filing(1)
    until(lambda: slow_utility.requests)
    with pytest.raises(SetupFault) as refused:
        restore(home / "desk.db", copy)
    assert refused.value.code == "locked"
    slow_utility.may_answer.set()
    filing.communicate(timeout=PATIENCE_S)
    assert filing.returncode == 0
    restore(home / "desk.db", copy)
    (item,) = items_of(home)
    assert (item.state, item.receipt_number) == (OutboxState.ACCEPTED, "PR-7")
    assert run_program(home, "outbox", "run").json == []
    assert len(slow_utility.requests) == 1


def test_what_a_killed_process_was_sending_comes_along_as_unknown(home, slow_utility, copy, start_filing):
    filing = start_filing(1)
    until(lambda: slow_utility.requests)
    os.kill(filing.pid, signal.SIGKILL)
    filing.wait(PATIENCE_S)
    restore(home / "desk.db", copy)
    (item,) = items_of(home)
    assert (item.state, item.failure_code, item.attempts) == (OutboxState.UNKNOWN, "restored", 1)
    assert run_program(home, "outbox", "run").json == []
    assert len(slow_utility.requests) == 1


def test_nothing_is_lost_or_filed_twice_while_processes_come_and_go(home, practice, start_filing):
    """Four clerks file one after the other; in between the desk goes back to the empty copy, as often as it gets the file alone."""
    write_settings(home, practice)
    empty = Store(home / "desk.db")
    copy = make_daily(empty, home / "backups")
    empty.close()
    codes, went_back, over = [], [], threading.Event()

    def file_some(first):
        for number in range(first, first + 4):
            process = start_filing(number)
            process.communicate(timeout=PATIENCE_S)
            codes.append(process.returncode)

    def go_back():
        while not over.is_set():
            try:
                went_back.append(restore(home / "desk.db", copy))
            except SetupFault as fault:
                assert fault.code == "locked"  # noqa: PT017 - whatever else it is, it is wrong
                over.wait(0.01)

    clerks = [threading.Thread(target=file_some, args=(first,)) for first in (10, 20)]
    returner = threading.Thread(target=go_back)
    for thread in (*clerks, returner):
        thread.start()
    for clerk in clerks:
        clerk.join()
    over.set()
    returner.join()
    until(lambda: is_free(home / "desk.db"))
    went_back.append(restore(home / "desk.db", copy))
    filed = practice.utility.filed()
    items = items_of(home)
    assert codes == [0] * 8
    assert len(went_back) > 1
    assert Counter(item.state for item in items) == {OutboxState.ACCEPTED: 8}
    assert sorted(item.receipt_number for item in items) == sorted(one.receipt_number for one in filed)
    assert len({item.application.supply_point_number for item in items}) == 8


# -- as the clerk sees it


@pytest.fixture
def open_on(home, copy, qapp):
    """Opens the window's desk on the copy, while ``when_asked`` answers the first box that comes up."""
    closing = ExitStack()

    def build(when_asked):
        boxes = []
        clock = QTimer()

        def look():
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox) and box not in boxes:
                boxes.append(box)
                when_asked(box)

        clock.timeout.connect(look)
        clock.start(10)
        write_settings(home, None, base_url="http://127.0.0.1:9/services/")  # nobody answers there, and nobody is asked
        run = Run.decide(home, load_settings(Places(home, practice=False).settings_file), credentials=Credentials(environ={}))
        opening = DeskOpening(run, copy)
        closing.callback(opening.close)
        assert opening.open(), opening.failure
        clock.stop()
        return opening, [box.text() for box in boxes]

    yield build
    closing.close()


class Told:
    """What the clerk is told when the window stands."""

    def __init__(self, opening):
        self.said = []
        opening.tell(self)

    def say_restored(self, *_):
        self.said.append("restored")

    def say_not_restored(self, fault):
        self.said.append(type(fault))


def test_the_wait_is_said_and_ends_by_itself(home, copy, open_on):
    other = Store(home / "desk.db")
    other.ui_state.set("a", "written while the clerk waits")
    opening, asked = open_on(lambda _box: other.close())
    assert asked == [texts.WAIT_FOR_OTHERS]
    assert Told(opening).said == ["restored"]
    assert opening.desk().store.ui_state.get("a") == ""


def test_the_clerk_need_not_wait(home, copy, open_on):
    other = Store(home / "desk.db")
    other.ui_state.set("a", "present")
    opening, asked = open_on(lambda box: box.escapeButton().click())
    assert asked == [texts.WAIT_FOR_OTHERS]
    assert Told(opening).said == [Cancelled]
    assert opening.desk().store.ui_state.get("a") == "present"
    other.close()
