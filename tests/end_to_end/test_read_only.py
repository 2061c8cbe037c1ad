"""Reading needs no writing: a folder or a file that is read-only, with and without a log beside the database, as root and as anybody."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from denkidesk.domain.applications import ApplicationKind, ListedApplication, NewApplication
from denkidesk.store.store import Store
from fakes.desk_home import Ran, command_line, environment, write_application, write_settings
from fakes.window_home import WindowHome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and user ids")

DROPPED = "-dac_override,-dac_read_search"
"""Root keeps its name and its files and is bound by permissions like anybody."""


class ReadOnlyHome:
    """A home, and the program run by somebody who cannot write there."""

    def __init__(self, home):
        self.home = home

    def run(self, *arguments):
        words = [*bound_by_permissions(), *command_line(self.home, *arguments)]
        done = subprocess.run(words, capture_output=True, env=environment(), timeout=100, check=False)
        return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def bound_by_permissions():
    return ["setpriv", f"--bounding-set={DROPPED}", f"--inh-caps={DROPPED}"] if os.geteuid() == 0 else []


def fill(home):
    """Two applications and a listing; the last of them stands in the log alone, as after a crash."""
    write_settings(home, None, base_url="http://127.0.0.1:9/services/")
    store = Store(home / "desk.db")
    store.inbox.take_listing([ListedApplication("R1", "10")], lambda _: None)
    store.outbox.add(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{1:020}", customer_name="見本 太郎"))
    store.close()
    store = Store(home / "desk.db")
    store.outbox.add(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{2:020}", customer_name="見本 太郎"))
    log = (home / "desk.db-wal").read_bytes()
    assert log
    store.close()
    return log


def unpack(home, log, beside):
    if beside == "log":
        (home / "desk.db-wal").write_bytes(log)
    return home


@pytest.fixture
def mounted(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    allowed = shutil.which("mount") and os.geteuid() == 0
    if not allowed or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=False).returncode:
        pytest.skip("this system does not let us mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def common(tmp_path):
    """A folder whose permissions count."""
    if subprocess.run([*bound_by_permissions(), "true"], check=False).returncode:
        pytest.skip("root cannot be bound by permissions here")
    yield tmp_path / "common"
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)


@pytest.fixture(params=["mount", "permissions", "file"])
def locked(request):
    """Makes a home read-only: its whole disk, its folders and files for this user, or the data file alone."""

    def lock(beside):
        place = request.getfixturevalue("mounted" if request.param == "mount" else "common")
        log = fill(place / "home")
        home = unpack(place / "home", log, beside)
        if request.param == "mount":
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        elif request.param == "file":
            (home / "desk.db").chmod(0o444)
        else:
            for path in (*home.rglob("*"), home):
                path.chmod(0o555 if path.is_dir() else 0o444)
        return ReadOnlyHome(home)

    return lock


def everything(home):
    """All but SQLite's index of the log and a log in which nothing stands: any reader may make them."""
    files = [path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {path: content for path in files if (content := path.read_bytes())}


@pytest.mark.parametrize("beside", ["nothing", "log"])
def test_everything_that_reads_works(locked, beside):
    at = locked(beside)
    before = everything(at.home)
    outbox = at.run("outbox", "list")
    assert (outbox.code, len(outbox.json)) == (0, 2), outbox.stderr
    assert "見るだけの状態です" in outbox.stderr
    inbox = at.run("inbox", "list")
    assert (inbox.code, [entry["receipt_number"] for entry in inbox.json]) == (0, ["R1"]), inbox.stderr
    doctor = at.run("doctor")
    assert (doctor.code, doctor.json["database"]["ok"], doctor.json["database"]["writable"]) == (0, True, False), doctor.stderr
    assert everything(at.home) == before


def test_an_application_is_checked_and_shown_but_not_queued(locked, tmp_path):
    at = locked("nothing")
    file = write_application(tmp_path)
    shown = at.run("apply", "outage", str(file), "--dry-run")
    assert shown.code == 0, shown.stderr
    refused = at.run("apply", "outage", str(file))
    assert (refused.code, refused.stdout) == (6, b"")
    assert "書き込めません" in refused.stderr
    assert len(at.run("outbox", "list").json) == 2


def test_data_of_an_earlier_version_are_read_without_changing_them(mounted, pytestconfig):
    home = mounted / "home"
    write_settings(home, None, base_url="http://127.0.0.1:9/services/")
    connection = sqlite3.connect(home / "desk.db")
    connection.executescript((pytestconfig.rootpath / "tests" / "golden" / "store" / "v1.sql").read_text(encoding="utf-8"))
    connection.close()
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    before = everything(home)
    ran = ReadOnlyHome(home).run("outbox", "list")
    assert (ran.code, [item["application"]["customer_name"] for item in ran.json]) == (0, ["見本 太郎"]), ran.stderr
    assert everything(home) == before


def test_a_home_never_used_is_empty(mounted):
    home = mounted / "home"
    home.mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    ran = ReadOnlyHome(home).run("outbox", "list")
    assert (ran.code, ran.json) == (0, []), ran.stderr


def test_the_window_opens_on_a_read_only_file_and_says_what_does_not_work(common, tmp_path, monkeypatch):
    home = common / "home"
    fill(home)
    (home / "desk.db").chmod(0o444)
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {" ".join([*bound_by_permissions(), sys.executable])} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    end = WindowHome(home, tmp_path / "seen.json").open()
    assert (end.code, end.windows, end.reports) == (0, 1, []), end.stderr
    assert [message["text"] for message in end.said] == [
        "データに書き込めないため、見るだけの状態です。下書きや申込の保存、送信、一覧の更新はできません。"
    ]
