"""The page that installs a set of the official interface, with real files and real buttons."""

import pytest
from PySide6.QtCore import Qt

from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding
from denkidesk.settings import load_settings
from denkidesk.texts import settings as texts
from denkidesk.texts import wsdl as wsdl_texts
from denkidesk.ui.settings.dialog import SettingsDialog
from fakes import wsdl_variants as variants
from fakes.foreign_sets import Shape, write_set


@pytest.fixture
def dialog(context, qtbot, settle):
    dialog = SettingsDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    dialog._pages.setCurrentIndex(4)
    yield dialog
    settle()


def press(qtbot, settle, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_a_set_is_checked_installed_and_taken_back(dialog, context, qtbot, settle, tmp_path):
    page = dialog.sets
    assert texts.SET_OWN in page._in_use.text()
    assert not page.back_button.isEnabled()
    page.folder.line.setText(str(write_set(tmp_path / "公式", Shape())))
    press(qtbot, settle, page.check_button)
    assert page.verdict.text() == wsdl_texts.ALL_CALLABLE
    assert load_settings(context.places.settings_file).kansai.wsdl_dir == ""
    press(qtbot, settle, page.install_button)
    installed = load_settings(context.places.settings_file).kansai.wsdl_dir
    assert installed
    assert installed in page._in_use.text()
    assert dialog._lines["kansai.wsdl_dir"].text() == installed, "what is saved later names the new set"
    assert dialog.rail.shown.text == texts.SET_INSTALLED
    press(qtbot, settle, page.back_button)
    assert load_settings(context.places.settings_file).kansai.wsdl_dir == dialog._lines["kansai.wsdl_dir"].text() == ""
    assert not page.back_button.isEnabled()


def test_a_wrong_set_changes_nothing_and_says_what_to_write(dialog, context, qtbot, settle, tmp_path):
    page = dialog.sets
    folder = write_set(tmp_path / "公式", Shape(extra_items='<x:element name="hanto" type="t:Moji"/>'))
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_other"].update(abset="nil"))
    page.folder.line.setText(str(folder))
    press(qtbot, settle, page.install_button)
    assert page.verdict.text().startswith(texts.SET_REFUSED)
    assert "新規申込（その他受付）" in page.verdict.text()
    shown = page.report.toPlainText()
    assert "binding.json operations.new_other.abset" in shown
    assert "もしかして absent" in shown
    assert '"constants": {"hanto": "決まった値"}' in shown
    assert load_settings(context.places.settings_file).kansai.wsdl_dir == ""
    assert dialog._lines["kansai.wsdl_dir"].text() == ""


def test_what_the_server_said_beyond_the_set_is_shown(context, qtbot, settle):
    context.desk.installed_set.note_news(Finding("a.wsdl", "new_outage/reply/colour", WsdlCode.OLDER_THAN_SERVER, blocks=False))
    dialog = SettingsDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    settle()
    assert "new_outage/reply/colour" in dialog.sets.report.toPlainText()
    assert texts.SET_NEWS in dialog.sets.report.toPlainText()


@pytest.mark.parametrize("typed", ["", "   ", "~nobody-of-that-name/wsdl", "no such folder", "a\0b", "\ud800"])
def test_a_folder_that_is_none_is_said_and_changes_nothing(dialog, context, qtbot, settle, typed):
    page = dialog.sets
    for button in (page.check_button, page.install_button):
        page.folder.line.setText(typed)
        press(qtbot, settle, button)
        assert page.verdict.text() != texts.SET_CHECKING
        assert page.verdict.text() or dialog.rail.shown.tone == "error"
        assert page.check_button.isEnabled()
    assert load_settings(context.places.settings_file).kansai.wsdl_dir == ""


def test_no_folder_is_not_the_one_that_the_program_was_started_in(dialog, context, qtbot, settle, tmp_path, monkeypatch):
    monkeypatch.chdir(write_set(tmp_path / "公式", Shape()))
    press(qtbot, settle, dialog.sets.install_button)
    assert dialog.rail.shown.tone == "error"
    assert load_settings(context.places.settings_file).kansai.wsdl_dir == ""
