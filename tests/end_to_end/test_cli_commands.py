"""The program as a process: JSON on stdout, Japanese on stderr, the exit codes of the contract."""

import json
import signal
import subprocess
import urllib.request
from datetime import timedelta

import pytest

from denkidesk.desk.closed_windows import ClosedHoursDesk
from denkidesk.store.store import NEWEST_VERSION, Store
from fakes.desk_home import MENU_CHANGE, OUTAGE, command_line, environment, run_program, write_application, write_settings


@pytest.fixture
def home(tmp_path, practice):
    folder = tmp_path / "ホーム"
    write_settings(folder, practice)
    return folder


def test_inbox_sync_list_and_status(home, practice):
    ran = run_program(home, "inbox", "sync")
    assert ran.code == 0, ran.stderr
    total = ran.json["total"]
    assert ran.json["added"] == total > 0
    listed = run_program(home, "inbox", "list").json
    assert len(listed) == total == len(run_program(home, "inbox", "list", "--unread").json)
    receipt = listed[0]["receipt_number"]
    status = run_program(home, "status", receipt).json
    assert status["receipt_number"] == receipt
    assert status["work_stage"] == listed[0]["work_stage"]
    assert isinstance(status["extra"], dict)
    narrowed = run_program(
        home, "inbox", "sync", "--receipt-number", receipt, "--registered-from", "2000-01-01", "--registered-to", "2999-12-31"
    )
    assert narrowed.json["total"] == 1
    assert narrowed.json["added"] == 0
    missing = run_program(home, "status", "P9999999999")
    assert (missing.code, missing.stdout) == (3, b"")
    assert "見つかりません" in missing.stderr


def test_bad_criteria_are_all_named(home):
    ran = run_program(home, "inbox", "sync", "--visit-from", "12/1", "--supply-point-number", "06-12", "--has-message", "perhaps")
    assert (ran.code, ran.stdout) == (2, b"")
    for name in ("訪問希望日（から）", "供給地点特定番号", "メッセージの有無"):
        assert name in ran.stderr


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("outage", OUTAGE),
        ("menu-change", {**MENU_CHANGE, "change_on": "tomorrow"}),
        ("utility-equipment", {"selection_code": "PS101", "equipment_class": "PE101", "content_code": "first"}),
        ("customer-equipment", {"selection_code": "PS201", "equipment_class": "PE201", "content_code": "first"}),
        ("other", {"selection_code": "PS401", "equipment_class": "PE401", "content_code": "first"}),
    ],
)
def test_each_kind_is_filed(home, tmp_path, practice, resources, open_now, kind, items):
    items = dict(items)
    if items.get("content_code"):
        tables = json.loads((resources / "kansai" / "code_tables.json").read_text(encoding="utf-8"))
        items |= {
            "content_code": tables["content_code"][kind][0]["code"],
            "supply_point_number": OUTAGE["supply_point_number"],
            "supply_point_address": OUTAGE["supply_point_address"],
        }
    if items.get("change_on"):
        items["change_on"] = (open_now().date() + timedelta(days=20)).isoformat()
    path = tmp_path / "kind.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    ran = run_program(home, "apply", kind, str(path))
    assert ran.code == 0, ran.stderr
    assert ran.json["state"] == "accepted"
    assert ran.json["reception_message"]
    (filed,) = practice.utility.filed()
    assert filed.receipt_number == ran.json["receipt_number"]
    assert practice.utility.request_ids()[ran.json["request_id"]] == 1


def test_a_dry_run_shows_the_envelope_and_sends_nothing(home, tmp_path, practice):
    path = write_application(tmp_path, customer_name="髙橋 <見本> & 太郎")
    ran = run_program(home, "apply", "outage", str(path), "--dry-run", env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-1"})
    assert ran.code == 0, ran.stderr
    assert "髙橋 &lt;見本&gt; &amp; 太郎" in ran.json["envelope"]
    assert "****" in ran.json["envelope"]
    assert "CANARY-1" not in ran.stdout.decode() + ran.stderr
    assert practice.utility.request_starts() == ()
    assert run_program(home, "outbox", "list").json == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", ["JSONとして読めません"]),
        ("[]", ["オブジェクト"]),
        (
            '{"selection_code": 1, "visit_on": "12/1", "nonsense": "x"}',
            ["選択項目", "訪問希望日", "nonsense", "需要者名", "供給地点特定番号"],
        ),
        ('{"customer_name": "a", "customer_name": "b"}', ["需要者名：同じ名前が2度"]),
        (json.dumps({**OUTAGE, "supply_point_number": "0" * 21}), ["21桁です。あと1桁足りません"]),
        (json.dumps({**OUTAGE, "extra": {"x": 3}}), ["x：文字列"]),
        (json.dumps({**OUTAGE, "customer_name": "\ud800"}), ["需要者名"]),
    ],
)
def test_bad_files_are_refused_with_every_fault(home, tmp_path, practice, content, words):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    ran = run_program(home, "apply", "outage", str(path))
    assert (ran.code, ran.stdout) == (2, b""), ran.stderr
    for word in words:
        assert word in ran.stderr
    assert practice.utility.request_starts() == ()


@pytest.mark.parametrize(
    "arguments",
    [["apply", "no-such-kind", "x.json"], ["apply", "outage", "nowhere.json"], ["inbox"], ["nonsense"], ["bill"], ["outbox", "run", "--x"]],
)
def test_bad_arguments_are_refused_in_japanese(home, arguments):
    ran = run_program(home, *arguments)
    assert (ran.code, ran.stdout) == (2, b"")
    assert "：" in ran.stderr


def test_server_away_keeps_the_application_and_run_sends_it(home, tmp_path, practice, start_practice_servers):
    path = write_application(tmp_path)
    practice.stop()
    ran = run_program(home, "apply", "outage", str(path))
    assert ran.code == 4, ran.stderr
    assert (ran.json["state"], ran.json["receipt_number"]) == ("queued", None)
    again = start_practice_servers()
    write_settings(home, again)
    sent = run_program(home, "outbox", "run")
    assert sent.code == 0, sent.stderr
    assert [item["state"] for item in sent.json] == ["accepted"]
    assert run_program(home, "outbox", "run").json == []
    assert [item["state"] for item in run_program(home, "outbox", "list").json] == ["accepted"]


def test_closed_hours_keep_the_application(home, tmp_path, open_now):
    store = Store(home / "desk.db")
    ClosedHoursDesk(store, open_now).add(open_now() - timedelta(hours=5), open_now() + timedelta(hours=5), "点検")
    store.close()
    ran = run_program(home, "apply", "outage", str(write_application(tmp_path)))
    assert ran.code == 4, ran.stderr
    assert ran.json["state"] == "queued"
    assert ran.json["not_before"] is not None
    assert "再開は" in ran.stderr


def test_a_cut_connection_is_unknown_and_stays_so(home, tmp_path, practice):
    practice.utility.inject("cut-after-accept")
    ran = run_program(home, "apply", "outage", str(write_application(tmp_path)))
    assert ran.code == 5, ran.stderr
    assert ran.json["state"] == "unknown"
    assert "自動では再送しません" in ran.stderr
    assert run_program(home, "outbox", "run").json == []
    assert len(practice.utility.filed()) == 1


def test_a_refusal_and_a_wrong_password(home, tmp_path, practice):
    practice.utility.inject("declined")
    path = write_application(tmp_path)
    ran = run_program(home, "apply", "outage", str(path))
    assert (ran.code, ran.json["state"]) == (3, "rejected")
    wrong = run_program(home, "inbox", "sync", env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-2"})
    assert (wrong.code, wrong.stdout) == (4, b"")
    assert "パスワード" in wrong.stderr
    assert "CANARY-2" not in wrong.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [("[kansai", "TOML"), ('[kansai]\nbase_ur = "x"\n', "知らない項目"), ('[kansai]\nbase_url = "http://example.com/"\n', "https")],
)
def test_a_faulty_installation_is_for_the_it_person(tmp_path, settings, words):
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    for arguments in (["inbox", "sync"], ["outbox", "list"], ["doctor"]):
        ran = run_program(home, *arguments)
        assert ran.code == 6, ran.stderr
        assert words in ran.stderr


def test_wsdl_check(home, tmp_path, resources):
    good = run_program(home, "wsdl", "check", str(resources / "kansai"))
    assert good.code == 0, good.stderr
    assert len(good.json["operations_callable"]) == 7
    (tmp_path / "empty").mkdir()
    bad = run_program(home, "wsdl", "check", str(tmp_path / "empty"))
    assert bad.code == 6
    assert not bad.json["ok"]
    assert bad.json["findings"]
    assert run_program(home, "wsdl", "check", str(tmp_path / "nowhere")).code == 6


def test_secrets_are_never_written_to_a_plain_file(home):
    ran = run_program(home, "secret", "set", "kansai.password", stdin=b"CANARY-3\n", env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})
    assert ran.code == 6, ran.stderr
    assert "安全に保管する場所がありません" in ran.stderr
    assert run_program(home, "secret", "set", "no.such").code == 2
    assert run_program(home, "secret", "set", "kansai.password", stdin=b"").code == 2
    for path in home.rglob("*"):
        assert path.is_dir() or b"CANARY-3" not in path.read_bytes()


def test_doctor_tells_presence_and_never_values(home):
    run_program(home, "inbox", "sync")
    ran = run_program(home, "doctor", env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-4"})
    assert ran.code == 0, ran.stderr
    assert ran.json["credentials"]["kansai.password"] is True
    assert ran.json["database"] == {
        "exists": True,
        "ok": True,
        "version": NEWEST_VERSION,
        "bytes": ran.json["database"]["bytes"],
        "writable": True,
        "schema": {"missing": [], "foreign": []},
        "unreadable_rows": {},
    }
    assert ran.json["wsdl"]["ok"]
    assert "CANARY-4" not in ran.stdout.decode() + ran.stderr
    (home / "desk.db").write_bytes(b"rubbish " * 1000)
    for leftover in home.glob("desk.db-*"):
        leftover.unlink()
    assert run_program(home, "doctor").code == 6


def test_practice_mode_needs_nothing_set_up(tmp_path):
    home = tmp_path / "nothing yet"
    ran = run_program(home, "apply", "outage", str(write_application(tmp_path)), "--dry-run")
    assert ran.code == 0, ran.stderr
    assert run_program(home, "outbox", "list").json == []
    assert {path.name for path in home.iterdir()} == {"practice"}


def test_simulate_serves_until_it_is_ended(tmp_path):
    with subprocess.Popen(
        command_line(tmp_path, "simulate", "--fault", "declined@new_other*1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        ready = json.loads(process.stdout.readline())
        assert set(ready) >= {"kansai", "enegaeru", "login_id", "password", "api_key"}
        control = ready["kansai"].split("/kakusyuapi")[0] + "/practice/report"
        with urllib.request.urlopen(control, timeout=10) as answer:  # noqa: S310 - our own server on loopback
            assert json.load(answer)["requests"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stdout.read() == b""
    assert run_program(tmp_path, "simulate", "--fault", "no-such-fault").code == 2
    assert run_program(tmp_path, "simulate", "--kansai-port", "x").code == 2


def test_numbers_as_people_paste_them_are_filed_and_what_was_changed_is_said(home, tmp_path, practice):
    pasted = {
        **OUTAGE,
        "supply_point_number": "「SPIN：" + "ー".join((OUTAGE["supply_point_number"][:2], OUTAGE["supply_point_number"][2:])) + "」",
    }
    path = tmp_path / "pasted.json"
    path.write_text(json.dumps(pasted), encoding="utf-8")
    ran = run_program(home, "apply", "outage", str(path))
    assert (ran.code, ran.json["application"]["supply_point_number"]) == (0, OUTAGE["supply_point_number"])
    assert "供給地点特定番号：整えました" in ran.stderr
    path.write_text(json.dumps({**OUTAGE, "supply_point_number": "1.23457E+21"}), encoding="utf-8")
    ran = run_program(home, "apply", "outage", str(path))
    assert (ran.code, ran.stdout) == (2, b"")
    assert "指数" in ran.stderr
