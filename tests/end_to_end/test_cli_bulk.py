"""``apply-all``, ``export`` and ``backup``: tables in and out, as a process against practice servers."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest

from denkidesk.desk.inbox import InboxView
from denkidesk.domain.clock import now_jst
from denkidesk.practice.faults import parse_fault
from denkidesk.store.store import Store
from fakes.desk_home import run_program, write_settings

HEADINGS = ("No.", "供給地点特定番号", "需要者名", "選択項目", "設備項目区分", "接続送電サービスメニュー", "変更希望日", "社内メモ")


@pytest.fixture
def home(tmp_path, practice):
    write_settings(tmp_path / "home", practice)
    return tmp_path / "home"


def row(number, point, name="見本 花子", **changes):
    """A menu change as an office would keep it: words for codes, a remark of its own."""
    day = (now_jst().date() + timedelta(days=30)).strftime("%Y/%m/%d")
    cells = {"選択項目": "PS501", "設備項目区分": "PE501", "接続送電サービスメニュー": "PM02", "変更希望日": day, "社内メモ": "=1+1"}
    return [str(number), point, name, *({**cells, **changes}[heading] for heading in HEADINGS[3:])]


def points(count):
    return [f"06{number:020}" for number in range(771, 771 + count)]


def write_csv(path, rows, encoding="cp932"):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["サービスメニュー変更の一覧"], HEADINGS, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_workbook(path, rows):
    book = openpyxl.Workbook()
    for cells in (HEADINGS, *rows):
        book.active.append(list(cells))
    for cell in (cell for line in book.active.iter_rows() for cell in line):
        cell.data_type = "s"
    book.save(path)
    return path


def filed(practice):
    return {one["supply_point_number"] for one in practice.utility.applications()}


def listed(home):
    return run_program(home, "outbox", "list").json


def test_a_table_is_filed_row_by_row_and_comes_back_with_its_numbers(home, tmp_path, practice):
    path = write_workbook(tmp_path / "変更.xlsx", [row(number, point, name=f"=見本{number}") for number, point in enumerate(points(3))])
    ran = run_program(home, "apply-all", "menu-change", str(path))
    assert ran.code == 0, ran.stderr
    assert "社内メモ" in ran.stderr
    assert [(one["row"], one["state"], one["faults"]) for one in ran.json["rows"]] == [(line, "accepted", []) for line in (2, 3, 4)]
    receipts = [one["receipt_number"] for one in ran.json["rows"]]
    assert [item["receipt_number"] for item in listed(home)] == receipts
    assert [item["application"]["supply_point_number"] for item in listed(home)] == points(3)
    result = tmp_path / "変更_結果.xlsx"
    assert ran.json["file"] == str(result)
    sheet = openpyxl.load_workbook(result).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (*HEADINGS, "状態", "申込受付番号", "理由")
    assert [line[9] for line in rows[1:]] == receipts
    assert [line[1] for line in rows[1:]] == points(3)
    assert all(cell.data_type == "s" for line in sheet.iter_rows() for cell in line if cell.value is not None), "no formula, no number"


BAD = [row(1, points(1)[0]), row(2, "0612", 変更希望日="2026/2/30"), row(3, points(1)[0], name="")]


def test_one_bad_row_keeps_all_from_being_sent_and_each_fault_is_named(home, tmp_path):
    path = write_csv(tmp_path / "a.csv", BAD)
    ran = run_program(home, "apply-all", "menu-change", str(path))
    assert ran.code == 2
    assert listed(home) == []
    assert not (tmp_path / "a_結果.csv").exists()
    faults = {one["row"]: {fault["column"]: fault["code"] for fault in one["faults"]} for one in ran.json["rows"]}
    assert faults == {3: {}, 4: {"供給地点特定番号": "length", "変更希望日": "date_missing"}, 5: {"需要者名": "required"}}
    assert "4行目 変更希望日" in ran.stderr


def test_only_the_good_ones(home, tmp_path):
    path = write_csv(tmp_path / "a.csv", BAD, encoding="utf-8-sig")
    ran = run_program(home, "apply-all", "menu-change", str(path), "--only-good")
    assert ran.code == 0, ran.stderr
    assert [one["state"] for one in ran.json["rows"]] == ["accepted", None, None]
    with (tmp_path / "a_結果.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [line[8] for line in rows[1:]] == ["受付済", "未送信", "未送信"]
    assert rows[1][9] == ran.json["rows"][0]["receipt_number"]
    assert rows[1][7] == "'=1+1", "a spreadsheet would run it"
    assert "変更希望日" in rows[2][10]
    again = run_program(home, "apply-all", "menu-change", str(path), "--only-good")
    assert again.code == 2, "what is open is no good row"
    assert again.json["rows"][0]["faults"] == [{"column": "供給地点特定番号", "code": "similar_open"}]
    assert len(listed(home)) == 1


def test_a_dry_run_keeps_and_writes_nothing(home, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row(1, points(1)[0]), row(2, points(1)[0])])
    ran = run_program(home, "apply-all", "menu-change", str(path), "--dry-run")
    assert ran.code == 2
    assert [one["state"] for one in ran.json["rows"]] == ["dry-run", None]
    assert ran.json["rows"][1]["faults"][0]["code"] == "point_twice"
    assert ran.json["file"] is None
    assert listed(home) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "home", "practice"]


def test_a_server_that_goes_away_leaves_the_rest_waiting_and_the_table_tells(home, tmp_path, practice):
    practice.utility.faults.add(parse_fault("cut-after-accept@new_menu_change*1"))
    path = write_csv(tmp_path / "a.csv", [row(number, point) for number, point in enumerate(points(2))])
    ran = run_program(home, "apply-all", "menu-change", str(path))
    assert ran.code == 5
    assert [one["state"] for one in ran.json["rows"]] == ["unknown", "accepted"]
    rows = (tmp_path / "a_結果.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "結果不明" in rows[1]
    assert "受付済" in rows[2]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([["a", "b"], ["1", "2"]], "見出しの行"),
        ([HEADINGS], "見出しの下に"),
        ([["供給地点特定番号", "需要者名"], ["1", "2"]], "この見出しの列"),
        ([[*HEADINGS, "需要者名"], [*row(1, points(1)[0]), "x"]], "2つあります"),
        ([], "見出しの行"),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(home, tmp_path, lines, code):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    path = tmp_path / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    ran = run_program(home, "apply-all", "menu-change", str(path))
    assert (ran.code, ran.stdout) == (2, b"")
    assert code in ran.stderr


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_lists_as_tables(home, tmp_path, suffix):
    run_program(home, "inbox", "sync", "--no-status")
    application = tmp_path / "one.json"
    values = {"selection_code": "PS301", "equipment_class": "PE301", "supply_point_number": points(1)[0], "customer_name": "=見本"}
    application.write_text(json.dumps({**values, "supply_point_address": "見本町0-0-0"}), encoding="utf-8")
    receipt = run_program(home, "apply", "outage", str(application)).json["receipt_number"]
    tables = {}
    for name in ("inbox", "outbox"):
        path = tmp_path / f"{name}{suffix}"
        ran = run_program(home, "export", name, str(path))
        assert ran.code == 0, ran.stderr
        if suffix == ".csv":
            tables[name] = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        else:
            tables[name] = [["" if cell is None else cell for cell in line] for line in openpyxl.load_workbook(path).worksheets[0].values]
        assert len(tables[name]) == ran.json["rows"] + 1
    inbox, outbox = tables["inbox"], tables["outbox"]
    stored = {one["receipt_number"]: one for one in run_program(home, "inbox", "list").json}
    assert {line[0] for line in inbox[1:]} == set(stored)
    assert all(line[3] == stored[line[0]]["supply_point_number"] and len(line[3]) == 22 for line in inbox[1:])
    assert outbox[1][0] == "受付済"
    assert outbox[1][2] == receipt
    assert outbox[1][4] == ("=見本" if suffix == ".xlsx" else "'=見本")


def test_an_export_goes_to_a_spreadsheet_or_nowhere(home, tmp_path):
    ran = run_program(home, "export", "inbox", str(tmp_path / "a.txt"))
    assert ran.code == 2
    assert not (tmp_path / "a.txt").exists()
    assert run_program(home, "export", "inbox", str(tmp_path / "none" / "a.csv")).code == 6


def test_a_backup_is_everything_in_one_file_and_replaces_nothing_else(home, tmp_path):
    run_program(home, "inbox", "sync", "--no-status")
    target = tmp_path / "控え.db"
    ran = run_program(home, "backup", str(target))
    assert ran.code == 0, ran.stderr
    assert ran.json == {"file": str(target)}
    copy = Store(target)
    try:
        assert copy.check() == ()
        assert len(copy.inbox.entries(InboxView())) == len(run_program(home, "inbox", "list").json) > 0
    finally:
        copy.close()
    assert run_program(home, "backup", str(target)).code == 0, "an older copy gives way"
    other = tmp_path / "other.db"
    other.write_text("something else", encoding="utf-8")
    assert run_program(home, "backup", str(other)).code == 2
    assert other.read_text(encoding="utf-8") == "something else"
    assert run_program(home, "backup", str(tmp_path / "none" / "a.db")).code == 6
