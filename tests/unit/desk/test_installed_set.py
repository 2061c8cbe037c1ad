"""One answer to which set of the application API is installed, for everybody who asks."""

import json
import shutil

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.domain.applications import ApplicationKind
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.settings import KansaiSettings, Settings, resources_dir
from fakes.foreign_sets import Shape, write_set

PROVISIONAL = resources_dir() / "kansai"
REAL = "https://utility.invalid/services/"


def test_practice_mode_uses_the_set_that_comes_with_the_program(tmp_path):
    installed = Settings(kansai=KansaiSettings(wsdl_dir=str(tmp_path)))
    assert InstalledSet(installed.kansai).folder == tmp_path
    practice = Run.decide(tmp_path, installed, practice=True)
    assert InstalledSet(practice.settings.kansai).folder == InstalledSet(KansaiSettings()).folder == PROVISIONAL


def test_the_home_folder_in_a_path_is_the_users(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert InstalledSet(KansaiSettings(wsdl_dir="~/wsdl")).folder == tmp_path / "wsdl"


@pytest.mark.parametrize(
    ("base_url", "own_codes", "offered"),
    [
        ("", False, True),
        ("http://127.0.0.1:1/", False, True),
        ("http://localhost:1/", False, True),
        (REAL, False, False),  # invented codes must never go out to the utility
        (REAL, True, True),
    ],
)
def test_invented_codes_are_offered_to_practice_alone(tmp_path, base_url, own_codes, offered):
    folder = tmp_path / "set"
    shutil.copytree(PROVISIONAL, folder)
    if own_codes:
        tables = json.loads((folder / "code_tables.json").read_text(encoding="utf-8"))
        (folder / "code_tables.json").write_text(json.dumps(tables | {"provisional": False}), encoding="utf-8")
    forms = InstalledSet(KansaiSettings(base_url=base_url, wsdl_dir=str(folder))).form_tables()
    assert bool(forms.choices(ApplicationKind.OUTAGE)) is offered
    assert bool(forms.further_items(ApplicationKind.OUTAGE))


def test_the_real_desk_offers_no_invented_code_in_any_place(tmp_path):
    """What the window's forms get is what the command line checks by: both ask the desk's set."""
    settings = Settings(kansai=KansaiSettings(base_url=REAL))
    desk = open_desk(Run.decide(tmp_path, settings, credentials=Credentials(environ={})))
    try:
        assert desk.installed_set.reaches_the_utility
        assert desk.installed_set.form_tables().choices_by_kind == {}
    finally:
        desk.close()


def test_a_set_without_code_lists_reads_by_the_provisional_ones(tmp_path):
    (tmp_path / "binding.json").write_text("{}", encoding="utf-8")
    tables = InstalledSet(KansaiSettings(wsdl_dir=str(tmp_path)))
    assert tables.code_tables().provisional
    (tmp_path / "code_tables.json").write_text("[", encoding="utf-8")
    assert tables.readable_code_tables().label("work_stage", "PW01") == "PW01", "a bare code, and no exception"


def test_a_stage_is_closed_where_the_tables_say_so_and_an_unknown_one_is_open(tmp_path):
    folder = write_set(tmp_path / "set", Shape())
    tables = json.loads((folder / "code_tables.json").read_text(encoding="utf-8"))
    tables["work_stage"] += [{"code": "S90", "label_ja": "完了", "closed": True}, {"code": "S91", "label_ja": "保留", "closed": False}]
    (folder / "code_tables.json").write_text(json.dumps(tables), encoding="utf-8")
    assert check_wsdl_set(folder).ok
    assert InstalledSet(KansaiSettings(wsdl_dir=str(folder))).closed_stages() == {"S90"}
