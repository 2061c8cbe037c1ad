"""The log and the reports: whitelisted, bounded, and silent where nothing can be written."""

import logging
import subprocess
import sys
import threading

import pytest

from denkidesk.journal.log import LOG_NAME, Log, plain
from denkidesk.journal.reports import Reports, place_of, report_of
from denkidesk.journal.watch import Watch

CANARY = "CANARY-geheim"


def fail(text="見本 太郎"):
    secret = CANARY
    raise ValueError(f"{text} {secret}")


def caught(text="見本 太郎"):
    try:
        fail(text)
    except ValueError as error:
        return error
    raise AssertionError


def everything_in(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode("utf-8")


def test_only_whitelisted_fields_reach_the_log(tmp_path):
    log = Log(tmp_path)
    log.note("failed", code="forbidden", status=403, password=CANARY, envelope=b"<x/>", name="desk.db", text="a b")
    (line,) = (tmp_path / LOG_NAME).read_text(encoding="utf-8").splitlines()
    assert line.split(" ", 3)[2:] == ["failed", 'code=forbidden status=403 name=desk.db text="a b"']


def test_a_value_of_no_plain_type_is_named_by_its_type(tmp_path):
    Log(tmp_path).note("bug", text=caught(), code=[CANARY])
    assert "code=list text=ValueError" in everything_in(tmp_path).replace("text=ValueError code=list", "code=list text=ValueError")
    assert CANARY not in everything_in(tmp_path)


def test_a_full_log_is_put_aside_and_the_oldest_goes(tmp_path):
    log = Log(tmp_path, most_bytes=400, kept_files=3)
    for number in range(60):
        log.note("start", count=number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [LOG_NAME, f"{LOG_NAME}.1", f"{LOG_NAME}.2"]
    assert all(path.stat().st_size <= 400 for path in tmp_path.iterdir())
    assert "count=59" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    counts = [int(word.partition("=")[2]) for word in everything_in(tmp_path).split() if word.startswith("count=")]
    assert sorted(counts) == list(range(60 - len(counts), 60)), "nothing between the oldest and the newest is lost"


def test_lines_of_many_threads_stay_whole(tmp_path):
    log = Log(tmp_path)
    threads = [threading.Thread(target=lambda: [log.note("start", count=n) for n in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / LOG_NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 200
    assert all(line.split()[2] == "start" for line in lines)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("This plugin does not support propagateSizeHints()", "This plugin does not support propagateSizeHints()"),
        ("Could not open '/home/someone/desk.db' for 見本 太郎", "Could not open '...' for ? ?"),
        ("number 0612345678901234567890 in C:\\Users\\someone\\x.log", "number #### in x.log"),
        ("an open quote 'and a secret", "an open quote '...'"),
    ],
)
def test_what_others_say_is_made_plain(text, kept):
    assert plain(text) == kept


def test_a_report_tells_where_and_nothing_else():
    error = caught()
    error.__cause__ = caught("another")
    report = report_of(error)
    assert report.count("builtins.ValueError") == 2
    assert "test_journal.py" in report
    assert " fail" in report
    assert CANARY not in report
    assert "見本" not in report
    assert "/" not in report.partition("\n")[2].partition("\n")[2]


def test_one_fault_is_one_report_however_often_it_strikes(tmp_path):
    reports = Reports(tmp_path)
    assert [reports.add(caught()) for _ in range(5)] == [True, False, False, False, False]
    assert reports.unseen().count("builtins.ValueError") == 1
    reports.seen()
    assert reports.unseen() == ""
    assert Reports(tmp_path).add(caught()), "the next run reports it again"


def test_a_flood_of_faults_stays_bounded(tmp_path):
    reports = Reports(tmp_path)
    for number in range(40):
        try:
            exec(compile("\n" * number + "1/0", "flood.py", "exec"))  # noqa: S102 - forty places to fail at
        except ZeroDivisionError as error:
            reports.add(error)
    assert reports.unseen().count("ZeroDivisionError") == 20


def test_a_folder_that_cannot_be_written_costs_the_log_and_nothing_else(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    watch = Watch(tmp_path / "file" / "logs")
    watch.begin()
    try:
        watch.log.note("start")
        assert watch.record(caught())
        assert watch.reports.unseen() == ""
        watch.reports.seen()
    finally:
        watch.end()
    assert (tmp_path / "file").read_bytes() == b""


def test_a_warning_of_a_library_is_noted_without_its_words(tmp_path):
    watch = Watch(tmp_path)
    watch.begin()
    try:
        logging.getLogger("zeep.transports").warning("%s has %s", "見本 太郎", CANARY)
    finally:
        watch.end()
    assert "library library=zeep.transports function=test_a_warning" in everything_in(tmp_path).replace(" level=WARNING", "")
    assert CANARY not in everything_in(tmp_path)


def test_hooks_are_given_back(tmp_path):
    before = (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers))
    watch = Watch(tmp_path)
    watch.begin()
    assert sys.excepthook != before[0]
    watch.end()
    assert (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)) == before


RUN = """
import sys, threading
from pathlib import Path
from denkidesk.journal.watch import Watch
sys.stderr = sys.stdout = None  # as in a windowed program
watch = Watch(Path(sys.argv[1]))
watch.begin()
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
if sys.argv[2] == "crash":
    import faulthandler
    faulthandler._sigsegv()
if sys.argv[2] == "bug":
    raise LookupError("CANARY-geheim")
watch.end()
"""


@pytest.mark.parametrize(("end", "code", "faults"), [("well", 0, 1), ("bug", 1, 2), ("crash", -11, 1)])
def test_a_program_without_a_terminal_writes_everything_down(tmp_path, end, code, faults):
    done = subprocess.run([sys.executable, "-c", RUN, str(tmp_path), end], capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")
    later = Watch(tmp_path)
    later.begin()
    try:
        unseen = later.reports.unseen()
        assert unseen.count("builtins.") == faults
        assert ("Fatal Python error: Segmentation fault" in unseen) == (end == "crash")
        assert later.last_run_crashed == (end != "well")
    finally:
        later.end()
    assert CANARY not in everything_in(tmp_path)


def test_faults_are_told_apart_by_their_place():
    first, second = caught(), caught()
    assert place_of(first) == place_of(second)
    assert place_of(ValueError()) == ("ValueError", "", 0)
