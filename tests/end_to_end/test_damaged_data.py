"""Data that are not as they should be: the command line and the window show what can be read, say what cannot, and the doctor finds it."""

import shutil
import sqlite3

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.store.store import Store
from fakes.desk_home import run_program, write_application, write_settings
from fakes.window_home import WindowHome


@pytest.fixture
def home(tmp_path):
    """A desk whose servers nobody asks, with two applications that wait."""
    place = tmp_path / "home"
    write_settings(place, None, base_url="http://127.0.0.1:9/services/")
    store = Store(place / "desk.db")
    for number in (1, 2):
        store.outbox.add(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}", customer_name="見本 太郎"))
    store.close()
    return place


def change(home, statement):
    connection = sqlite3.connect(home / "desk.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def owners_is_a_file(home):
    shutil.rmtree(home / "owners")
    (home / "owners").write_bytes(b"")


@pytest.mark.parametrize("command", [("outbox", "list"), ("inbox", "list")])
def test_without_a_folder_for_owners_one_can_read_and_is_told(home, command):
    owners_is_a_file(home)
    ran = run_program(home, *command)
    assert (ran.code, len(ran.json)) == (0, 2 if command[0] == "outbox" else 0)
    assert (
        f"データに書き込めないため、見るだけの状態です。下書きや申込の保存、送信、一覧の更新はできません。場所: {home / 'owners'}"
        in ran.stderr
    )


def test_without_a_folder_for_owners_nothing_is_queued_and_the_doctor_names_it(home, tmp_path):
    owners_is_a_file(home)
    ran = run_program(home, "apply", "outage", str(write_application(tmp_path)))
    assert (ran.code, ran.stdout) == (6, b"")
    assert str(home / "owners") in ran.stderr
    assert "Traceback" not in ran.stderr
    doctor = run_program(home, "doctor")
    assert (doctor.code, doctor.json["database"]["ok"], doctor.json["database"]["writable"]) == (6, False, False)
    assert str(home / "owners") in doctor.stderr


def test_the_window_opens_to_be_looked_at_without_a_folder_for_owners(home, tmp_path):
    owners_is_a_file(home)
    end = WindowHome(home, tmp_path / "seen.json").open()
    assert (end.code, end.windows, end.reports) == (0, 1, []), end.stderr
    assert [message["text"] for message in end.said if "見るだけ" in message["text"]]


def test_one_unreadable_row_hides_itself_alone_and_is_said(home, tmp_path):
    change(home, "UPDATE outbox SET application = '{' WHERE position = 1")
    ran = run_program(home, "outbox", "list")
    assert (ran.code, len(ran.json)) == (0, 1)
    assert "読めない記録があるため、表示していません：送信トレイ 1件。" in ran.stderr
    doctor = run_program(home, "doctor")
    assert (doctor.code, doctor.json["database"]["unreadable_rows"]) == (6, {"outbox": ["1"]})
    assert "読めない記録があります" in doctor.stderr
    end = WindowHome(home, tmp_path / "seen.json").open()
    assert (end.code, end.reports) == (0, []), end.stderr
    assert [message["text"] for message in end.said] == [
        "読めない記録があるため、表示していません：送信トレイ 1件。ほかの記録は無事です。IT担当に知らせてください。"
    ]


@pytest.mark.parametrize(
    ("statement", "schema"),
    [
        ("DROP TABLE drafts", {"missing": ["table drafts"], "foreign": []}),
        ("ALTER TABLE quotes DROP COLUMN title", {"missing": ["quotes.title"], "foreign": []}),
        ("DROP INDEX outbox_by_state", {"missing": ["index outbox_by_state"], "foreign": []}),
        ("CREATE TABLE somebodys (x)", {"missing": [], "foreign": ["table somebodys"]}),
    ],
)
def test_the_doctor_looks_at_the_shape(home, statement, schema):
    assert run_program(home, "doctor").json["database"]["ok"]
    change(home, statement)
    doctor = run_program(home, "doctor")
    assert (doctor.code, doctor.json["database"]["ok"], doctor.json["database"]["schema"]) == (6, False, schema)
    assert "形が違います" in doctor.stderr


def test_a_missing_table_is_damage_from_which_a_backup_helps(home, tmp_path):
    window = WindowHome(home, tmp_path / "seen.json")
    assert window.open().code == 0
    change(home, "DROP TABLE outbox_events")
    change(home, "DROP TABLE outbox_attempts")
    change(home, "DROP TABLE outbox")
    ran = run_program(home, "outbox", "list")
    assert (ran.code, ran.stdout) == (6, b"")
    assert "データベース：壊れています。" in ran.stderr
    end = window.open(answer="バックアップから戻す")
    assert (end.code, [question["text"] for question in end.asked]) == (0, ["データが壊れていて、開けません。"]), end.stderr
    assert len(run_program(home, "outbox", "list").json) == 2
