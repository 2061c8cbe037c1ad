"""The settings dialog on a real desk: checks, secrets, tests, closed windows."""

from dataclasses import replace

import keyring.errors
import pytest
from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from denkidesk.credentials import Credentials
from denkidesk.desk.setup import SetupDesk
from denkidesk.domain.addresses import ip_address_fault
from denkidesk.settings import PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, load_settings
from denkidesk.ui.settings.closed_page import ClosedPage
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.settings.own_addresses import own_addresses
from fakes.memory_keyring import MemoryKeyring

CANARY = "CANARY-himitsu-4711"


@pytest.fixture
def keyring_store():
    return MemoryKeyring()


@pytest.fixture
def open_dialog(context, qtbot, settle, keyring_store, monkeypatch):
    # Only the real store of the system is taken otherwise; the check of that has its own tests.
    monkeypatch.setattr("denkidesk.credentials._only_secure", lambda backend: backend)

    def build(**changes):
        dialog = SettingsDialog(replace(context, setup=SetupDesk(context.places, Credentials({}, keyring_store)), **changes))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes and deletes it
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        return dialog

    return build


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def test_every_fault_stands_beside_its_field_and_nothing_typed_is_lost(dialog, context):
    dialog._lines["kansai.base_url"].setText("http://example.com/")
    dialog._lines["kansai.ip_address"].setText("300.1.1.1")
    dialog._lines["kansai.login_id"].setText("見本")
    dialog.save()
    assert dialog._rows["kansai.base_url"].error == "https で始まるアドレスにしてください。"
    assert dialog._rows["kansai.ip_address"].error == "IPアドレスの書き方が違います。"
    assert dialog._rows["kansai.login_id"].error == ""
    assert dialog._lines["kansai.login_id"].text() == "見本"
    assert dialog.isVisible()
    assert not context.places.settings_file.exists()
    dialog._lines["kansai.ip_address"].setText("192.0.2.7")
    dialog._on_edited()
    assert dialog._rows["kansai.ip_address"].error == ""


def test_a_calling_address_that_is_not_this_machines_is_told_and_may_stay(open_dialog, monkeypatch):
    monkeypatch.setattr("denkidesk.ui.settings.own_addresses.own_addresses", lambda: ("192.0.2.7", "2001:db8::1"))
    dialog = open_dialog()
    row, line = dialog._rows["kansai.ip_address"], dialog._lines["kansai.ip_address"]
    for typed, told in (("192.0.2.8", True), ("192.0.2.7", False), ("2001:DB8::0:1", False), ("", False), ("300.1.1.1", False)):
        line.setText(typed)
        line.editingFinished.emit()
        assert bool(row.caution) is told, typed
    line.setText("192.0.2.8")
    dialog._lines["kansai.base_url"].setText("http://127.0.0.1:8000/")
    line.editingFinished.emit()
    assert not row.caution, "a server on this machine asks for no address"


def test_the_addresses_of_this_machine_are_such():
    assert not [one for one in own_addresses() if ip_address_fault(one) or one.startswith(("127.", "169.254.", "fe80"))]


def test_saving_writes_settings_and_asks_for_a_fresh_start(open_dialog, context, settle):
    restarts = []
    dialog = open_dialog(request_restart=lambda: restarts.append(1))
    dialog._lines["desk.company_name"].setText("見本電力株式会社")
    dialog._lines["kansai.base_url"].setText("https://example.invalid/services/")
    dialog._scheme.choose("dark")
    dialog._type_size.choose("130")
    dialog.save()
    settle()
    stored = load_settings(context.places.settings_file)
    assert stored.desk.company_name == "見本電力株式会社"
    assert stored.desk.color_scheme == "dark"
    assert stored.desk.type_size == 130
    assert stored.kansai.base_url == "https://example.invalid/services/"
    assert restarts == [1]
    assert not dialog.isVisible()


def test_a_secret_goes_to_the_store_and_to_no_file_and_never_comes_back(dialog, open_dialog, keyring_store, context, settle):
    editor = dialog._secrets["kansai.password"]
    assert editor.line.placeholderText() == "未登録"
    assert editor.line.echoMode() == QLineEdit.EchoMode.Password
    editor.line.setText(CANARY)
    dialog.save()
    settle()
    assert CANARY in keyring_store.entries.values()
    assert editor.line.text() == ""
    for file in context.places.home.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file
    again = open_dialog()
    assert again._secrets["kansai.password"].line.text() == ""
    assert again._secrets["kansai.password"].line.placeholderText().startswith("登録済み")


def test_a_secret_is_deleted_only_with_the_save(open_dialog, keyring_store, settle):
    Credentials({}, keyring_store).set("enegaeru.api_key", CANARY)
    dialog = open_dialog()
    dialog._secrets["enegaeru.api_key"].button.click()
    assert CANARY in keyring_store.entries.values()
    dialog.save()
    settle()
    assert CANARY not in keyring_store.entries.values()


def test_a_locked_store_is_said_and_what_was_typed_stays(dialog, keyring_store, settle):
    keyring_store.failure = keyring.errors.KeyringLocked("locked")
    dialog._secrets["kansai.password"].line.setText(CANARY)
    dialog.save()
    settle()
    (message,) = dialog._strips.messages
    assert message.tone == "error"
    assert CANARY not in message.text + message.detail
    assert dialog._secrets["kansai.password"].line.text() == CANARY
    assert dialog._save.isEnabled()


def test_the_connection_test_says_in_words_how_it_went(dialog, practice, settle):
    dialog._lines["kansai.base_url"].setText(practice.kansai_base_url)
    dialog._lines["kansai.login_id"].setText(PRACTICE_LOGIN_ID)
    dialog._lines["kansai.ip_address"].setText("192.0.2.1")
    dialog._secrets["kansai.password"].line.setText(PRACTICE_PASSWORD)
    dialog.test_kansai()
    assert dialog._tests["kansai"].text() == "試しています…"
    settle()
    assert dialog._strips.messages[-1].text.startswith("つながりました。今日の申込は ")
    dialog._secrets["kansai.password"].line.setText("違うパスワード")
    dialog.test_kansai()
    settle()
    (message,) = dialog._strips.messages
    assert message.tone == "error"
    assert "パスワード" in message.text
    assert dialog._tests["kansai"].isEnabled()


def test_the_quoting_servers_test(dialog, practice, settle):
    dialog._lines["enegaeru.base_url"].setText(practice.enegaeru_base_url)
    dialog._lines["enegaeru.login_id"].setText(PRACTICE_LOGIN_ID)
    dialog.test_enegaeru()
    settle()
    assert dialog._strips.messages[-1].text == "つながりました。"


def test_a_session_elsewhere_is_ended_after_a_question(dialog, practice, settle):
    dialog._lines["enegaeru.base_url"].setText(practice.enegaeru_base_url)
    dialog._lines["enegaeru.login_id"].setText(PRACTICE_LOGIN_ID)
    sessions = practice.quoting.service.sessions
    foreign = sessions.open(force=True)
    dialog._tests["enegaeru"].click()
    settle()
    (message,) = dialog._strips.messages
    assert message.action_text == "ほかの端末のログインを終了して使う"
    for answer in ("キャンセル", "終了して使う"):
        assert sessions.knows(foreign)
        message.action()
        (box,) = dialog.findChildren(QMessageBox)
        assert "ログアウトされます" in box.informativeText()
        next(button for button in box.buttons() if button.text() == answer).click()
        settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not sessions.knows(foreign)
    assert dialog._strips.messages[-1].text == "つながりました。"


def test_practice_mode_reaches_no_other_host_even_in_a_test(dialog, settle):
    dialog._lines["kansai.base_url"].setText("https://example.invalid/services/")
    dialog._lines["kansai.login_id"].setText("x")
    dialog._lines["kansai.ip_address"].setText("192.0.2.1")
    dialog._secrets["kansai.password"].line.setText("x")
    dialog.test_kansai()
    settle()
    assert "練習モードでは" in dialog._strips.messages[-1].text


def test_closed_windows_are_entered_and_removed(dialog, context, settle):
    page = dialog.findChild(ClosedPage)
    assert page._list.item(0).text() == "登録した停止時間はありません。"
    page._starts.setDateTime(QDateTime(2027, 1, 9, 22, 0, 0))
    page._ends.setDateTime(QDateTime(2027, 1, 9, 21, 0, 0))
    page._on_add()
    settle()
    assert page._ends_row.error == "終了は開始より後にしてください。"
    page._ends.setDateTime(QDateTime(2027, 1, 10, 4, 30, 0))
    page._note.setText("<b>定期保守</b>")
    page._on_add()
    settle()
    assert page._list.item(0).text() == "2027年1月9日(土) 22:00 〜 2027年1月10日(日) 4:30  <b>定期保守</b>"
    (stored,) = context.desk.closed_hours.windows()
    assert stored.starts_at.isoformat() == "2027-01-09T22:00:00+09:00"
    page._list.setCurrentRow(0)
    page._remove.click()
    settle()
    assert context.desk.closed_hours.windows() == ()


def test_giving_up_brings_the_look_back(dialog, theme):
    dialog._scheme.choose("dark")
    assert theme.colours.is_dark
    dialog.reject()
    assert theme.scheme == "system"


def test_a_settings_file_that_cannot_be_read_is_named(open_dialog, context):
    context.places.settings_file.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings_file.write_text("[kansai\n", encoding="utf-8")
    dialog = open_dialog()
    (message,) = dialog._strips.messages
    assert "settings.toml" in message.detail


def test_a_proxys_login_has_fields_of_its_own_and_none_in_the_address(dialog, context, keyring_store, settle):
    proxy = dialog._lines["kansai.proxy"]
    proxy.setText("http://clerk:CANARY@proxy.example:8080")
    dialog.save()
    assert "アドレスにIDやパスワードは書けません" in dialog._rows["kansai.proxy"].error
    assert not context.places.settings_file.exists()
    proxy.setText("\u3000http://proxy.example:8080 \u200b")
    dialog._lines["kansai.proxy_login_id"].setText("clerk")
    editor = dialog._secrets["kansai.proxy_password"]
    editor.setFocus()
    editor.line.setText(f" {CANARY}\u200b")
    editor.line.editingFinished.emit()
    assert editor.line.text() == CANARY
    assert dialog._rows["kansai.proxy_password"]._hint.text() == "整えました：前後の空白を除去"
    dialog.save()
    settle()
    assert list(keyring_store.entries.values()) == [CANARY]
    written = context.places.settings_file.read_text(encoding="utf-8")
    assert 'proxy = "http://proxy.example:8080"' in written
    assert 'proxy_login_id = "clerk"' in written
    assert CANARY not in written


def test_the_count_downs_and_the_budget_are_set_by_keys_within_their_limits(dialog, context, qtbot, settle):
    for row, typed, taken in (
        ("desk.countdown_s", "5", 5.0),
        ("desk.outage_countdown_s", "99", 9.0),  # the second digit is not taken: ten seconds at most
        ("desk.unmoved_days", "10", 10),
        ("kansai.status_budget", "20", 20),
    ):
        editor = dialog._rows[row].editor
        editor.selectAll()
        qtbot.keyClicks(editor, typed)
        assert editor.value() == taken
    dialog.save()
    settle()
    stored = load_settings(context.places.settings_file)
    assert (stored.desk.countdown_s, stored.desk.outage_countdown_s, stored.kansai.status_budget) == (5.0, 9.0, 20)
    assert stored.desk.unmoved_days == 10
