"""A home that a service copies elsewhere or that lies on another machine, and a gate that is not for all, are found."""

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.desk.surroundings import cautions, gate_file, is_on_network, is_remote_drive, is_synced
from denkidesk.settings import KansaiSettings, Places, Settings, resources_dir
from denkidesk.wire import gate_folder
from denkidesk.wire.gate_file import Record, State
from denkidesk.wire.gate_folder import gate_place
from fakes.filing import outage
from fakes.memory_keyring import MemoryKeyring

REAL = KansaiSettings(base_url="https://utility.example.invalid/services/", login_id="someone")


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("OneDrive/DenkiDesk", True),
        ("OneDrive - 見本電力株式会社/data", True),
        ("onedrive/data", True),
        ("Dropbox/data", True),
        ("Dropbox (見本)/data", True),
        ("Google Drive/data", True),
        ("GoogleDrive-someone@example.invalid/My Drive/data", True),
        ("マイドライブ/data", True),
        ("iCloudDrive/data", True),
        ("Documents/OneDriveNotes", False),
        ("AppData/Local/DenkiDesk", False),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path, folder, synced):
    assert is_synced(tmp_path / folder, {}) is synced


def test_a_synced_folder_is_known_by_what_the_service_says(tmp_path):
    place = tmp_path / "仕事" / "data"
    assert not is_synced(place, {"OneDriveCommercial": str(tmp_path / "他")})
    assert is_synced(place, {"OneDriveCommercial": str(tmp_path / "仕事")})
    info = tmp_path / ".dropbox" / "info.json"
    info.parent.mkdir()
    for content, synced in (
        (json.dumps({"business": {"path": str(tmp_path / "仕事")}}), True),
        (json.dumps({"personal": {"path": str(tmp_path / "他")}}), False),
        ("[", False),
        ("[]", False),
        ('{"personal": {}}', False),
    ):
        info.write_text(content, encoding="utf-8")
        assert is_synced(place, {"HOME": str(tmp_path)}) is synced


def test_a_link_into_a_synced_folder_is_one(tmp_path):
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "OneDrive")
    assert is_synced(tmp_path / "home" / "data", {})


@pytest.mark.parametrize(
    ("kind", "point", "remote"),
    [
        ("nfs4", "{place}", True),
        ("cifs", "{place}", True),
        ("cifs", "{place}/with\\040blank", True),
        ("ext4", "{place}", False),
        ("nfs", "{place}/elsewhere", False),
    ],
)
def test_a_folder_on_another_machine_is_known_by_its_mount(tmp_path, kind, point, remote):
    place = tmp_path / "with blank"
    mounts = tmp_path / "mountinfo"
    lines = [
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        f"40 22 0:50 / {point.format(place=str(tmp_path))} rw - {kind} server:/share rw,vers=4",
        "damaged",
    ]
    mounts.write_text("\n".join(lines), encoding="utf-8")
    assert is_on_network(place / "home", mounts) is remote
    assert not is_on_network(place, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        (r"\\server\share\DenkiDesk", True),
        (r"\\?\UNC\server\share\DenkiDesk", True),
        (r"Z:\DenkiDesk", True),
        (r"C:\Users\someone\AppData\Local\DenkiDesk", False),
        (r"\\?\C:\Users\someone", False),
    ],
)
def test_windows_names_a_server_or_a_letter_for_one(path, remote):
    asked = []

    def drive_type(root):
        asked.append(root)
        return 4 if root == "Z:\\" else 3

    assert is_remote_drive(path, drive_type) is remote
    assert set(asked) <= {"Z:\\", "C:\\"}


# -- the gate


@pytest.fixture
def shared(tmp_path, monkeypatch):
    place = tmp_path / "shared"
    monkeypatch.setattr(gate_folder, "shared_folder", lambda: place)
    return place


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "home", practice=False)


def test_a_company_has_one_gate_however_its_address_is_spelled(places, shared):
    def name(base_url, login_id="someone"):
        folder, name, fallback = gate_place(places, KansaiSettings(base_url=base_url, login_id=login_id))
        assert (folder, fallback) == (shared, places.gate_dir(REAL))
        return name

    one = name("https://utility.example.invalid/services/")
    assert name("https://Utility.example.invalid/other/", " someone ") == one
    assert name("https://utility.example.invalid/services/", "another") != one
    assert name("https://other.example.invalid/services/") != one
    assert name("https://utility.example.invalid:8443/services/") != one
    assert "someone" not in one
    assert "utility" not in one


def test_two_users_of_the_machine_count_request_numbers_together(tmp_path, shared, open_now, monkeypatch):
    """The company's requestID may not come twice, whoever of it sends."""
    folder = tmp_path / "set"
    shutil.copytree(resources_dir() / "kansai", folder)
    tree = json.loads((folder / "binding.json").read_text(encoding="utf-8"))
    (folder / "binding.json").write_text(json.dumps(tree | {"request_id_digits": 12}), encoding="utf-8")
    settings = Settings(kansai=replace(REAL, ip_address="192.0.2.1", wsdl_dir=str(folder)))
    numbers = []
    for user in ("one", "two"):
        monkeypatch.setattr("denkidesk.settings.default_home", lambda user=user: tmp_path / user)
        desk = open_desk(Run.decide(tmp_path / user / "home", settings, credentials=Credentials({}, MemoryKeyring())), now=open_now)
        preview = desk.outbox.envelope_preview(outage())
        desk.close()
        numbers.append(int(re.search(r"requestID>(\d{12})<", preview)[1]))
    assert numbers[1] == numbers[0] + 1
    assert [path.suffix for path in shared.iterdir()] == [".request-id"]


@pytest.mark.parametrize(("practice", "base_url"), [(True, REAL.base_url), (False, "http://127.0.0.1:9/services/")])
def test_a_server_on_this_machine_has_its_gate_in_the_home(tmp_path, shared, practice, base_url):
    places = Places(tmp_path / "home", practice=practice)
    settings = KansaiSettings(base_url=base_url)
    assert gate_place(places, settings) == (places.data_dir / "gate", "kansai", None)
    assert gate_file(places, settings) == places.data_dir / "gate" / "kansai.gate"


def test_a_gate_that_is_not_for_all_is_said(places, shared):
    assert cautions(places, REAL) == ()
    assert gate_file(places, REAL).parent == shared
    shared.write_bytes(b"somebody else's")
    (caution,) = cautions(places, REAL)
    assert (caution.file, caution.item, caution.code) == (str(shared), "gate", "not_shared")
    assert gate_file(places, REAL).parent == places.gate_dir(REAL)
    assert cautions(places, KansaiSettings()) == ()


def test_a_gate_with_foreign_content_is_said(places, shared):
    shared.mkdir()
    file = gate_file(places, REAL)
    file.write_bytes(Record(State.STARTED, 5).encode())
    assert cautions(places, REAL) == ()
    file.write_bytes(b"hostile")
    (caution,) = cautions(places, REAL)
    assert (caution.file, caution.code) == (str(file), "unreadable")


def test_the_home_is_looked_at(shared):
    (caution,) = cautions(Places(Path(os.sep) / "OneDrive" / "home", practice=False), KansaiSettings())
    assert (caution.item, caution.code) == ("folder", "synced_folder")
