"""The card of an accepted application stays until it is closed, by whatever key else is pressed, and loses nothing."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import shortcuts
from fakes.apply_hand import CTRL, KEYS, OUTAGE, field, opened, press, sent

ALT = Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
NUMBER = "D26112000001"


@pytest.fixture
def tab(make_apply_tab):
    return make_apply_tab()


@pytest.fixture
def page(tab, qtbot, outbox):
    outbox.message = "申込を受け付けました。"
    QGuiApplication.clipboard().setText("the clerk's own")
    sent(tab, qtbot)
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    return tab.receipt_page


def waiting(tab, qtbot):
    """The rows of the start page."""
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    model = tab.start_page.drafts.model
    return [tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())]


def test_it_says_what_was_sent_and_answered_to_the_second_and_leaves_the_clipboard_alone(page):
    assert page.number.text() == NUMBER
    assert page.number.font().pointSizeF() == 24
    rows = dict(page.pairs.pairs)
    assert rows["受付の日時"] == "11月20日(金) 10:15:00"
    assert rows["送信の日時"] == "11月20日(金) 10:15:00"
    assert rows["受付メッセージ"] == "申込を受け付けました。"
    assert (rows["需要者名"], rows["供給地点特定番号"]) == ("見本 太郎", "06-1234-5678-9012-3456-7890")
    assert (
        page.sentences.text().replace("\n", "")
        == f"停電のお申し込みを受け付けました。受付番号は {NUMBER} です。訪問のご希望は 11月24日(火)で承りました。"
    )
    assert QGuiApplication.clipboard().text() == "the clerk's own"
    assert page.told.text() == "クリップボードは変えていません"


def test_no_key_that_is_still_being_pressed_closes_it(tab, page, qtbot, outbox):
    assert QApplication.focusWidget() is page.card
    for _ in range(5):
        for key, modifier in ((KEYS.Key_Return, CTRL), (KEYS.Key_Return, Qt.KeyboardModifier.NoModifier), (KEYS.Key_S, ALT)):
            press(qtbot, key, modifier)
        press(qtbot, KEYS.Key_Enter)
        press(qtbot, KEYS.Key_Space)
    assert page.isVisible()
    assert page.card.hasFocus()
    assert len(outbox.items()) == 1
    assert not any(button.isDefault() or button.property("kind") == "primary" for button in page.findChildren(QPushButton))


def test_it_copies_only_what_it_is_asked_for(page, qtbot):
    press(qtbot, KEYS.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == NUMBER
    assert "申込受付番号" in page.told.text()
    press(qtbot, KEYS.Key_C, CTRL_SHIFT)
    assert QGuiApplication.clipboard().text() == page.sentences.text().replace("\n", "")
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == NUMBER


def test_its_paper_has_the_number_and_all_that_was_sent(tab, page, qtbot, tmp_path, monkeypatch):
    offered = []

    def choose(_window, _title, name, _filter):
        offered.append(name)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(qtbot, KEYS.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.told.text() == "保存しました：mine.pdf")
    assert offered[0].endswith(f"申込控え_{NUMBER}.pdf")
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(tmp_path / "mine.pdf").pages)
    for words in (NUMBER, "見本 太郎", "06-1234-5678-9012-3456-7890", "申込を受け付けました。", "10:15:00", "練習用の見本です。"):
        assert words.replace(" ", "") in text, words
    assert page.isVisible()


def test_a_paper_that_cannot_be_written_is_told(tab, page, qtbot, tmp_path, monkeypatch, said):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no such folder" / "a.pdf"), ""))
    press(qtbot, KEYS.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(said))
    assert page.isVisible()


def test_it_leads_to_its_own_row_of_the_inbox_and_stays(tab, page, qtbot):
    wanted = []
    tab.inbox_requested.connect(wanted.append)
    press(qtbot, KEYS.Key_I, ALT)
    assert wanted == [NUMBER]
    tab.activated()
    assert page.isVisible()
    assert page.card.hasFocus()


def test_a_fresh_form_parks_it_and_it_is_opened_again_from_the_start_page(tab, page, qtbot, outbox):
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    assert not page.isVisible()
    tab.show_start()
    assert waiting(tab, qtbot) == [("停電", "見本 太郎", f"10:15　受付済 {NUMBER}")]
    press(qtbot, KEYS.Key_W, ALT)
    qtbot.waitUntil(page.isVisible)
    assert page.number.text() == NUMBER
    press(qtbot, KEYS.Key_Escape)
    qtbot.waitUntil(tab.start_page.isVisible)
    assert waiting(tab, qtbot) == []


def test_it_is_there_again_after_a_restart_until_it_is_closed(tab, page, make_apply_tab, qtbot, outbox):
    again = make_apply_tab()
    assert waiting(again, qtbot) == [("停電", "見本 太郎", f"10:15　受付済 {NUMBER}")]
    press(qtbot, KEYS.Key_W, ALT)
    qtbot.waitUntil(again.receipt_page.isVisible)
    assert again.receipt_page.number.text() == NUMBER
    assert dict(again.receipt_page.pairs.pairs)["受付メッセージ"] == "申込を受け付けました。"
    press(qtbot, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: again._context.jobs.is_idle)
    assert waiting(make_apply_tab(), qtbot) == []


def test_it_stands_above_the_drafts_and_goes_without_a_question(tab, page, qtbot, outbox):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    field(form, "customer_name").edited.emit()
    tab.show_start()
    rows = waiting(tab, qtbot)
    assert [row[2] for row in rows] == [f"10:15　受付済 {NUMBER}", "今日 10:15"]
    table = tab.start_page.drafts.table
    table.setFocus()
    table.choose_row(0)
    qtbot.keyClick(table, KEYS.Key_Delete)
    assert [row[2] for row in waiting(tab, qtbot)] == ["今日 10:15"]
    assert outbox.items()[0].receipt_number == NUMBER


def test_one_that_comes_while_another_form_is_open_waits_for_the_clerk(tab, qtbot, outbox, said):
    outbox.hold = True
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    qtbot.waitUntil(form.review.foot.send_button.isEnabled)
    form.go_on()
    qtbot.waitUntil(outbox.held.is_set)
    second = opened_without_waiting(tab, qtbot)
    outbox.release.set()
    qtbot.waitUntil(lambda: bool(said))
    assert second.isVisible()
    tab.show_start()
    assert [row[2] for row in waiting(tab, qtbot)] == [f"10:15　受付済 {NUMBER}"]


def test_an_unknown_outcome_that_is_settled_elsewhere_becomes_its_receipt(tab, qtbot, outbox):
    outbox.plays = "server_times_out_after_sending"
    assert sent(tab, qtbot).title.text() == "結果不明"
    QApplication.sendEvent(tab, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert tab.outcome_page.isVisible(), "nothing is known yet"
    (item,) = outbox.items()
    outbox.settle_as_found(item.item_id, "D26112000077")
    QApplication.sendEvent(tab, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(tab.receipt_page.isVisible)
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert tab.receipt_page.number.text() == "D26112000077"
    assert "受付の日時" not in dict(tab.receipt_page.pairs.pairs), "no answer came"
    assert "一覧で確かめた日時" in dict(tab.receipt_page.pairs.pairs)


def opened_without_waiting(tab, qtbot):
    tab.start(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: tab.form is not None and not tab.form.is_locked and tab.form.isVisible())
    return tab.form


def test_every_act_of_the_card_is_on_the_sheet_of_keys_and_shows_its_key(page):
    words = "".join(button.text() for button in page.findChildren(QPushButton))
    group = next(keys for title, keys in shortcuts.SHEET if title == "受付の控え")
    assert len(group) == 5
    assert all(shortcut.label in words for shortcut in group)
