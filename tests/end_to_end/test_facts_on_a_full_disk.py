"""What the server said when the store could not be written: told at once, kept elsewhere, and taken up by the next start."""

import json
import re
import resource
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from denkidesk.store.kept_aside import FOLDER_NAME
from fakes.desk_home import Ran, command_line, environment, run_program, write_application, write_settings
from fakes.small_disk import fill, small_disk
from fakes.soap_server import XML, SoapServer, fault, message

VERDICT = "<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>見本の言葉</m:receptionMessage>"
ACCEPTED = (200, XML, message("applyOutageResponse", VERDICT + "<m:receiptNumber>D26112600017</m:receiptNumber>"))
STATUS_ITEMS = "<m:receiptNumber>R1</m:receiptNumber><m:messages><m:message>折り返し</m:message></m:messages>"
STATUS = (200, XML, message("getApplicationStatusResponse", VERDICT + STATUS_ITEMS))
LISTED = (
    "<m:application><m:receiptNumber>R1</m:receiptNumber><m:workStage>PW01</m:workStage><m:registeredOn>20260102</m:registeredOn>"
    "<m:selectionCode>PS301</m:selectionCode><m:supplyPointNumber>0600000000000000000123</m:supplyPointNumber>"
    "<m:hasMessage>1</m:hasMessage></m:application>"
)


class Machine:
    """A home, a user's folder elsewhere, and a utility that makes the store unwritable before it answers."""

    def __init__(self, home: Path, user: Path) -> None:
        self.home = home
        self.user = user
        self.answer = ACCEPTED
        self.listing = (200, XML, message("listApplicationsResponse", f"{VERDICT}<m:applications>{LISTED}</m:applications>"))
        self.before_answer = lambda: None
        self.process = None
        self.server = SoapServer(self._answer)

    def _answer(self, path, *_):
        self.before_answer()
        return self.listing if "ichiran" in path else self.answer

    @property
    def environ(self):
        return {"HOME": str(self.user), "TMPDIR": str(self.user / "none"), "DENKIDESK_SECRET_KANSAI_PASSWORD": "secret-of-a-test"}

    def run(self, *arguments: str, stdout=subprocess.PIPE) -> Ran:
        """A command while the store becomes unwritable."""
        self.process = subprocess.Popen(
            command_line(self.home, *arguments), stdout=stdout, stderr=subprocess.PIPE, env=environment(**self.environ)
        )
        out, err = self.process.communicate(timeout=100)
        return Ran(self.process.returncode, out, err.decode())

    def later(self, *arguments: str) -> Ran:
        """A command when there is room again."""
        self.before_answer = lambda: None
        (self.home / "filler").unlink(missing_ok=True)
        return run_program(self.home, *arguments, env=self.environ)

    def limit_files(self, size: int) -> None:
        """No file of the process grows beyond ``size`` from here on."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, size))

    def kept(self) -> list[Path]:
        """What lies aside, anywhere."""
        return [path for folder in (self.home, self.user) for path in folder.rglob(f"{FOLDER_NAME}/*")]


@pytest.fixture
def machine(tmp_path):
    (tmp_path / "user").mkdir()
    with small_disk(tmp_path / "disk") as disk:
        machine = Machine(disk / "home", tmp_path / "user")
        with machine.server:
            write_settings(machine.home, None, base_url=machine.server.url)
            yield machine


MEANS = {
    "full disk": (lambda machine: fill(machine.home), lambda machine: machine.user),
    "store alone": (lambda machine: machine.limit_files(2_000), lambda machine: machine.home),
}


@pytest.mark.parametrize("means", MEANS)
def test_a_receipt_is_told_kept_elsewhere_and_taken_up(machine, tmp_path, means):
    spoil, where = MEANS[means]
    machine.before_answer = lambda: spoil(machine)
    ran = machine.run("apply", "outage", str(write_application(tmp_path)))
    assert ran.code == 5, ran.stderr
    assert "申込受付番号は D26112600017 です" in ran.stderr
    assert (ran.json["state"], ran.json["failure_code"], ran.json["failure_message"]) == ("unknown", "not_stored", "D26112600017")
    (kept,) = machine.kept()
    assert kept.is_relative_to(where(machine))
    assert str(kept) in ran.stderr
    assert "見本 太郎" not in kept.read_text(encoding="utf-8")
    (item,) = machine.later("outbox", "list").json
    assert (item["state"], item["receipt_number"], item["reception_message"]) == ("accepted", "D26112600017", "見本の言葉")
    assert machine.kept() == []
    assert machine.later("outbox", "run").json == []
    assert len(machine.server.requests) == 1


def test_where_nothing_can_be_written_the_number_is_told_and_nothing_is_sent_again(machine, tmp_path):
    machine.before_answer = lambda: machine.limit_files(0)
    ran = machine.run("apply", "outage", str(write_application(tmp_path)))
    assert (ran.code, ran.json["state"], machine.kept()) == (5, "unknown", []), ran.stderr
    assert "D26112600017" in ran.stderr
    assert "どこにも書き込めない" in ran.stderr
    machine.later("outbox", "run")
    (item,) = machine.later("outbox", "list").json
    assert (item["state"], item["failure_code"]) == ("unknown", "killed")
    assert len(machine.server.requests) == 1


def test_a_refusal_is_told_and_taken_up(machine, tmp_path):
    machine.answer = (400, XML, fault("見本の断り"))
    machine.before_answer = lambda: fill(machine.home)
    ran = machine.run("apply", "outage", str(write_application(tmp_path)))
    assert (ran.code, ran.json["state"]) == (3, "rejected"), ran.stderr
    assert "見本の断り" in ran.stderr
    assert str(machine.kept()[0]) in ran.stderr
    (item,) = machine.later("outbox", "list").json
    assert (item["state"], item["failure_code"], item["failure_message"]) == ("rejected", "bad_request", "見本の断り")


def test_a_refused_login_stops_the_next_start_too(machine, tmp_path):
    machine.answer = (403, XML, fault("見本の断り"))
    machine.before_answer = lambda: fill(machine.home)
    ran = machine.run("apply", "outage", str(write_application(tmp_path)))
    assert (ran.code, ran.json["state"]) == (4, "queued"), ran.stderr
    assert len(machine.kept()) == 2
    machine.answer = ACCEPTED
    for _ in range(2):
        (item,) = machine.later("outbox", "run").json
        assert (item["state"], item["failure_code"], item["failure_message"]) == ("queued", "login_refused", "見本の断り")
        assert machine.kept() == []
    assert len(machine.server.requests) == 1
    (item,) = machine.later("outbox", "run", "--try-once").json
    assert item["state"] == "accepted"


def test_a_status_is_printed_although_it_cannot_be_stored(machine):
    machine.answer = STATUS
    machine.before_answer = lambda: fill(machine.home)
    ran = machine.run("status", "R1")
    assert (ran.code, ran.json["messages"]) == (6, ["折り返し"]), ran.stderr
    assert "空きがありません" in ran.stderr


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_document_that_stdout_cannot_take_stands_on_stderr(machine, tmp_path, spoilt):
    machine.before_answer = lambda: spoilt and fill(machine.home)
    with Path("/dev/full").open("wb") as full:
        ran = machine.run("apply", "outage", str(write_application(tmp_path)), stdout=full)
    assert ran.code == (5 if spoilt else 6), ran.stderr
    (document,) = re.findall(r"^\{.*\}$", ran.stderr, re.MULTILINE)
    assert "D26112600017" in json.dumps(json.loads(document))
    assert "標準出力" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.fixture
def full_window(come_to_work, tmp_path, monkeypatch):
    """A clerk whose disk is full from the moment on at which the utility answers."""
    (tmp_path / "user").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    with small_disk(tmp_path / "home") as home:
        machine = Machine(home, tmp_path / "user")
        with machine.server:
            write_settings(home, None, base_url=machine.server.url)
            yield come_to_work(kansai_base_url=machine.server.url), machine


def test_the_page_keeps_a_receipt_that_the_store_cannot_take(full_window):
    clerk, machine = full_window
    machine.before_answer = lambda: fill(machine.home)
    QGuiApplication.clipboard().setText("the clerk's own")
    clerk.file_outage()
    clerk.picture()
    said = clerk.outcome()
    assert "受け付けられましたが、保存できませんでした" in said
    assert "D26112600017" in said.splitlines()
    assert str(machine.kept()[0]) in said
    assert QGuiApplication.clipboard().text() == "the clerk's own"
    clerk.press("Return")
    assert QGuiApplication.clipboard().text() == "D26112600017"
    assert "クリップボードにコピーしました" in clerk.outcome()
    (item,) = machine.later("outbox", "list").json  # while the window still stands
    assert (item["state"], item["receipt_number"]) == ("accepted", "D26112600017")
    assert clerk.outcome() != ""
    assert len(machine.server.requests) == 1


def test_a_status_that_cannot_be_stored_is_shown(full_window):
    clerk, machine = full_window
    machine.answer = STATUS
    clerk.refresh()
    assert clerk.messages() == []
    clerk.inbox.list.table.choose_row(0)
    clerk.settle()
    machine.answer = (200, XML, STATUS[2].replace("折り返し".encode(), "二度目".encode()))
    machine.before_answer = lambda: fill(machine.home)
    clerk.press("Shift+F5")
    clerk.settle()
    clerk.picture()
    assert "二度目" in clerk.words_in(clerk.inbox.detail)
    assert any("R1 の状況を取得しましたが、保存できませんでした" in strip.text for strip in clerk.messages())
