"""Disks, folders and files at fault: one clear message each, the data whole, and never an abort at the end."""

import subprocess

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.store.store import Store
from fakes.desk_home import write_settings
from fakes.small_disk import fill, small_disk
from fakes.window_home import WindowHome, with_draft

DRAFT = {"customer_name": "見本 次郎"}
OTHER_DRAFT = {"customer_name": "見本 花子"}
OUTAGE = NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", "0612345678901234567890", customer_name="見本 太郎")


def today_of(window_home):
    (backup,) = sorted((window_home.home / "backups").iterdir())
    return backup


def damage_header(database):
    database.write_bytes(b"\x00" * 100 + database.read_bytes()[100:])


def damage_inside(database):
    """Everything behind the first page: the file still says that it is a database."""
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


@pytest.mark.parametrize("damage", [damage_header, damage_inside])
def test_a_damaged_database_goes_back_to_the_newest_good_backup_and_is_kept(window_home, damage):
    assert window_home.open().code == 0
    good = today_of(window_home)
    later = good.with_name("desk-2999-01-01-2.db")
    later.write_bytes(b"a backup that is none")
    damage(window_home.home / "desk.db")
    damaged = (window_home.home / "desk.db").read_bytes()

    end = window_home.open(answer="バックアップから戻す")
    assert end.code == 0, end.stderr
    assert len(end.asked) == 1
    assert end.asked[0]["text"] == "データが壊れていて、開けません。"
    assert str(window_home.home / "desk.db") in end.asked[0]["detail"]
    assert end.draft == DRAFT
    assert [message["text"] for message in end.said if "バックアップに戻しました" in message["text"]]
    (aside,) = (window_home.home / "set-aside").iterdir()
    assert (aside / "desk.db").read_bytes() == damaged
    assert window_home.draft() == DRAFT
    assert later.exists()
    assert window_home.secrets_found() == []


def test_whoever_does_not_want_to_go_back_finds_everything_as_it_was(window_home):
    assert window_home.open().code == 0
    damage_header(window_home.home / "desk.db")
    before = (window_home.home / "desk.db").read_bytes()
    end = window_home.open()
    assert (end.code, len(end.asked), end.windows) == (6, 1, 0)
    assert (window_home.home / "desk.db").read_bytes() == before
    assert not (window_home.home / "set-aside").exists()


def test_a_damaged_database_without_a_backup_is_kept_and_an_empty_one_begun(window_home):
    damage_header(window_home.home / "desk.db")
    before = (window_home.home / "desk.db").read_bytes()
    end = window_home.open(answer="空のデータで始める")
    assert (end.code, len(end.asked), end.draft) == (0, 1, {}), end.stderr
    (aside,) = (window_home.home / "set-aside").iterdir()
    assert (aside / "desk.db").read_bytes() == before


def test_what_was_queued_when_the_backup_was_made_is_not_sent_again_by_itself(window_home):
    store = Store(window_home.home / "desk.db")
    item_id = store.outbox.add(OUTAGE).item_id
    store.close()
    assert window_home.open().code == 0
    damage_header(window_home.home / "desk.db")
    assert window_home.open(answer="バックアップから戻す").code == 0
    store = Store(window_home.home / "desk.db")
    try:
        item = store.outbox.item(item_id)
        assert (item.state, item.failure_code) == (OutboxState.UNKNOWN, "restored")
        assert store.outbox.claim("anybody") is None
    finally:
        store.close()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'[kansai]\nlogin_id = "someone"\nthis is no toml\n', 3),
        (b'[kansai]\nlogin_id = "someone"\n\n[desk]\n# a remark\ncolor_scheme = "pink"\n', 6),
        ('[desk]\ncompany_name = "見本電力"\n'.encode("cp932"), 2),
        (b"[kansai]\nbase_url = 5\n", 2),
    ],
)
def test_damaged_settings_are_named_with_their_line_and_left_alone(window_home, content, line):
    file = window_home.home / "settings.toml"
    file.write_bytes(content)
    end = window_home.open()
    assert (end.code, len(end.asked), end.windows) == (6, 1, 0)
    assert f"{file} の {line} 行目" in end.asked[0]["detail"]
    assert set(end.asked[0]["buttons"]) == {"終了", "練習モードで開く"}
    practising = window_home.open(answer="練習モードで開く")
    assert (practising.code, practising.windows) == (0, 1), practising.stderr
    assert file.read_bytes() == content
    assert window_home.draft() == DRAFT


@pytest.fixture
def disk(tmp_path, practice):
    """A small disk of its own with a home on it; needs the right to mount one."""
    with small_disk(tmp_path / "disk") as place:
        write_settings(place / "home", practice)
        yield with_draft(WindowHome(place / "home", tmp_path / "seen.json"))


def test_a_disk_that_fills_up_is_one_message_and_loses_nothing(disk):
    end = disk.open("full_disk")
    assert end.code == 0, end.stderr
    assert [message["tone"] for message in end.said].count("error") >= 1
    assert {message["text"] for message in end.said if message["tone"] == "error"} == {
        "データベース：ディスクに空きがありません。不要なファイルを消してください。"
    }
    assert end.reports == []
    (disk.home / "filler").unlink()
    assert disk.draft()["customer_name"][:4] in (DRAFT["customer_name"][:4], "xxxx")
    assert disk.secrets_found() == []
    assert disk.open().code == 0


def test_a_full_disk_at_the_start_is_one_message(disk):
    for companion in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (disk.home / companion).unlink(missing_ok=True)
    filler = fill(disk.home)
    end = disk.open()
    assert (end.code, end.windows) == (6, 0), end.stderr
    assert [question["text"] for question in end.asked] == ["ディスクに空きがないため、開けません。"]
    filler.unlink()
    assert disk.open().code == 0


def test_a_read_only_folder_is_one_message_and_nothing_changes(disk):
    before = {path: path.read_bytes() for path in disk.home.rglob("*") if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", str(disk.home.parent)], check=True)
    end = disk.open()
    assert (end.code, end.windows) == (6, 0), end.stderr
    assert [question["text"] for question in end.asked] == ["データフォルダーに書き込めないため、開けません。"]
    assert {path: path.read_bytes() for path in disk.home.rglob("*") if path.is_file()} == before
