"""The program as it comes: nothing set up, so every command works on practice servers of its own, and says so."""

import json
from pathlib import Path

import pytest

from denkidesk.wire.gate_folder import shared_folder
from fakes.desk_home import OUTAGE, leave_the_sunday_stop, run_program, write_application

PRACTICE_WORDS = "練習モードです。本物の送配電会社には送られません。"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "はじめて"
    leave_the_sunday_stop(folder)
    return folder


def test_a_newcomers_first_commands(home: Path, tmp_path: Path) -> None:
    synced = run_program(home, "inbox", "sync", "--no-status")
    assert synced.code == 0, synced.stderr
    assert PRACTICE_WORDS in synced.stderr
    assert synced.json["added"] == synced.json["total"] > 0

    filed = run_program(home, "apply", "outage", str(write_application(tmp_path)))
    assert filed.code == 0, filed.stderr
    assert PRACTICE_WORDS in filed.stderr
    assert filed.json["state"] == "accepted"
    receipt = filed.json["receipt_number"]

    # The practice servers of the next command remember what was filed with those of the last.
    again = run_program(home, "inbox", "sync", "--no-status")
    assert again.json["total"] == synced.json["total"] + 1
    listed = run_program(home, "inbox", "list").json
    assert receipt in {entry["receipt_number"] for entry in listed}
    assert len(listed) == again.json["total"]

    status = run_program(home, "status", receipt)
    assert status.code == 0, status.stderr
    assert status.json["supply_point_number"] == OUTAGE["supply_point_number"]
    assert status.json["customer_name"] == OUTAGE["customer_name"]

    (item,) = run_program(home, "outbox", "list").json
    assert (item["state"], item["receipt_number"]) == ("accepted", receipt)


def test_the_doctor_finds_nothing_wrong_and_writes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    ran = run_program(home, "doctor")
    assert ran.code == 0, ran.stderr
    assert ran.json["practice"] is True
    assert ran.json["faults"] == []
    assert ran.json["wsdl"]["operations_callable"] == 7
    assert Path(ran.json["paths"]["database"]).is_relative_to(home / "practice")
    assert sorted(home.rglob("*")) == before


def test_lists_are_empty_before_anything_was_fetched(home: Path) -> None:
    for command in (("inbox", "list"), ("outbox", "list")):
        ran = run_program(home, *command)
        assert (ran.code, ran.json) == (0, []), ran.stderr


def test_a_refused_application_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    path = write_application(tmp_path, supply_point_number=OUTAGE["supply_point_number"][:21])
    ran = run_program(home, "apply", "outage", str(path))
    assert (ran.code, ran.stdout) == (2, b"")
    assert "供給地点特定番号：21桁です。あと1桁足りません" in ran.stderr
    assert run_program(home, "outbox", "list").json == []
    for extra in ({"noSuchItem": "1"}, {"customerName": "見本 花子"}):
        ran = run_program(home, "apply", "outage", str(write_application(tmp_path, extra=extra)))
        assert (ran.code, ran.stdout) == (2, b""), ran.stderr
        assert next(iter(extra)) in ran.stderr
    assert run_program(home, "outbox", "list").json == []


def test_practice_never_reads_a_real_secret(home: Path, tmp_path: Path) -> None:
    path = write_application(tmp_path)
    ran = run_program(home, "apply", "outage", str(path), env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-REAL"})
    assert ran.code == 0, ran.stderr
    assert json.loads(ran.stdout)["state"] == "accepted"
    traces = [file for file in home.rglob("*") if file.is_file() and b"CANARY-REAL" in file.read_bytes()]
    assert traces == []


def test_practice_books_that_cannot_be_opened_are_a_setup_fault(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "practice").write_text("a file where a folder should be", encoding="utf-8")
    for arguments in (["simulate"], ["inbox", "sync"]):
        ran = run_program(home, *arguments)
        assert (ran.code, ran.stdout) == (6, b""), ran.stderr
        assert "データベース：書き込めません" in ran.stderr
    (home / "practice").unlink()
    (home / "practice").mkdir()
    (home / "practice" / "utility.db").write_bytes(b"no database" * 1000)
    ran = run_program(home, "simulate")
    assert (ran.code, ran.stdout) == (6, b""), ran.stderr
    assert "データベース：壊れています" in ran.stderr


def test_reading_what_is_stored_touches_nothing_outside_of_the_home_folder(home: Path, tmp_path: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('[kansai]\nbase_url = "https://www.example.invalid/services/"\n', encoding="utf-8")
    users = tmp_path / "user"
    users.write_text("a file where the user's own folder should be", encoding="utf-8")
    env = {"HOME": str(users), "XDG_DATA_HOME": str(users), "LOCALAPPDATA": str(users), "DENKIDESK_SECRET_KANSAI_PASSWORD": "x"}
    ran = run_program(home, "inbox", "list", env=env)
    assert (ran.code, ran.json) == (0, [])
    # The gate is one for the whole machine and stands elsewhere; it is made when something is sent.
    shared = shared_folder()
    before = sorted(shared.iterdir()) if shared.exists() else None
    ran = run_program(home, "doctor", env=env)
    assert ran.json["paths"]["gate"] == str(shared)
    assert (sorted(shared.iterdir()) if shared.exists() else None) == before


def test_help_is_japanese_throughout(home: Path) -> None:
    for arguments in (["--help"], ["bill", "-h"], ["inbox", "sync", "--help"]):
        ran = run_program(home, *arguments)
        assert ran.code == 0
        shown = ran.stdout.decode("utf-8")
        assert shown.startswith("使い方：")
        assert "この説明を表示して終わる" in shown
        assert "訪問希望日（から）" in shown or "sync" not in arguments
        assert not [word for word in ("usage:", "positional", "options:", "show this") if word in shown]


def test_a_terminal_without_japanese_is_no_bug(home: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = run_program(home, "--help", env=plain)
    assert ran.code == 0, ran.stderr
    assert b"--home" in ran.stdout
    assert run_program(home, "status", "見本", env=plain).code in (2, 3)
