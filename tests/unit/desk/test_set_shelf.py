"""A set of the official interface is installed, and taken back: whole, or not at all."""

import json

import pytest

from denkidesk.desk.installed_set import InstalledSet, SetShelf
from denkidesk.domain.applications import Operation
from denkidesk.domain.errors import SetupFault
from denkidesk.settings import Places, Settings, load_settings, save_settings
from fakes import wsdl_variants as variants
from fakes.foreign_sets import Shape, write_set


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "home", practice=False)


@pytest.fixture
def shelf(places):
    return SetShelf(places)


def in_settings(places):
    return load_settings(places.settings_file).kansai.wsdl_dir


def test_a_good_set_is_copied_and_named_in_the_settings(places, shelf, tmp_path):
    folder = write_set(tmp_path / "公式", Shape(files="seven"))
    (folder / "手引き.pdf").write_bytes(b"not a part of the set")
    report = shelf.install(str(folder))
    assert report.ok
    assert in_settings(places) == report.installed == str(places.home / "wsdl" / "1")
    installed = InstalledSet(load_settings(places.settings_file).kansai).folder
    assert not (installed / "手引き.pdf").exists()
    for path in folder.rglob("*.*sd*"):
        assert (installed / path.relative_to(folder)).read_bytes() == path.read_bytes()
    assert shelf.check(str(installed)).ok


def test_a_wrong_set_changes_nothing(places, shelf, tmp_path):
    folder = write_set(tmp_path / "公式", Shape())
    save_settings(places.settings_file, Settings())
    before = places.settings_file.read_bytes()
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_other"].update(abset="nil"))
    report = shelf.install(str(folder))
    assert (report.ok, report.installed, report.missing) == (False, "", (Operation.NEW_OTHER,))
    assert places.settings_file.read_bytes() == before
    assert not (places.home / "wsdl").exists()
    assert shelf.install(str(tmp_path / "none")).installed == ""


def test_one_goes_back_step_by_step(places, shelf, tmp_path):
    for name in ("a", "b"):
        shelf.install(str(write_set(tmp_path / name, Shape())))
    assert shelf.in_use() == (str(places.home / "wsdl" / "2"), True)
    assert shelf.go_back() == in_settings(places) == str(places.home / "wsdl" / "1")
    assert shelf.go_back() == in_settings(places) == ""
    assert shelf.in_use() == ("", False)
    with pytest.raises(SetupFault):
        shelf.go_back()


def test_what_is_gone_cannot_be_gone_back_to(places, shelf, tmp_path):
    own = write_set(tmp_path / "own", Shape())
    settings = load_settings(places.settings_file)
    import dataclasses
    import shutil

    save_settings(places.settings_file, dataclasses.replace(settings, kansai=dataclasses.replace(settings.kansai, wsdl_dir=str(own))))
    installed = shelf.install(str(write_set(tmp_path / "new", Shape()))).installed
    shutil.rmtree(own)
    with pytest.raises(SetupFault) as fault:
        shelf.go_back()
    assert (fault.value.item, fault.value.code) == ("kansai.wsdl_dir", "missing")
    assert in_settings(places) == installed


def test_other_settings_stay(places, shelf, tmp_path):
    places.home.mkdir()
    places.settings_file.write_text('# ours\n[kansai]\nbase_url = "https://mihon.invalid/"\n', encoding="utf-8")
    shelf.install(str(write_set(tmp_path / "new", Shape())))
    assert places.settings_file.read_text(encoding="utf-8").startswith('# ours\n[kansai]\nbase_url = "https://mihon.invalid/"\n')


def test_a_set_installed_from_its_own_copy_is_a_further_one(places, shelf, tmp_path):
    first = shelf.install(str(write_set(tmp_path / "new", Shape()))).installed
    second = shelf.install(str(places.home / "wsdl" / "1")).installed
    assert second != first
    assert json.loads((places.home / "wsdl" / "2" / "binding.json").read_text(encoding="utf-8"))["format"] == 1
    assert shelf.go_back() == first
