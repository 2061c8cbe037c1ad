"""What is done with the chosen rows of 受付トレイ, by real keys on a real desk, store and practice server."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPlainTextEdit

from denkidesk.desk.inbox import InboxFilter
from denkidesk.desk.inbox_acts import Chosen
from denkidesk.desk.spreadsheets import read_table
from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.texts.shortcuts import SUMMARY
from denkidesk.ui.inbox import printing
from denkidesk.ui.inbox.details import Paper
from denkidesk.ui.inbox.tab import InboxTab

KEYS, MODS = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = MODS.ControlModifier, MODS.ShiftModifier
OUTAGE = NewApplication(
    ApplicationKind.OUTAGE, "PS301", "PE301", "0600000000000000000001", customer_name="見本 太郎", supply_point_address="大阪市見本町0-0-1"
)


@pytest.fixture
def tab(context, qtbot, settle):
    tab = InboxTab(context)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.show()
    tab.refresh()
    settle()
    tab.list.table.setFocus()
    yield tab
    tab.shut_down()
    tab.hide()


@pytest.fixture
def press(tab, qtbot, settle):
    def press(key, modifiers=MODS.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or tab.list.table, key, modifiers)
        settle()

    return press


@pytest.fixture
def choose(tab, settle):
    def choose(number):
        tab.list.want(number)
        tab.list.table.setFocus()
        settle()

    return choose


def said(tab):
    return [message.text for message in tab._strips.messages]


def shown(tab):
    return [label.text() for label in tab.detail.findChildren(QLabel) if label.isVisible()]


def entry(tab, number):
    return tab._desk.inbox.entry(number)


def test_a_note_is_typed_in_place_kept_and_taken_back_by_name(tab, context, choose, press, qtbot):
    choose("P0000000003")
    press(KEYS.Key_M, CTRL)
    editor = QApplication.focusWidget()
    assert tab.detail.editor.isAncestorOf(editor)
    qtbot.keyClicks(editor, "Space key and  keys")
    press(KEYS.Key_Space)  # a letter here, and not the way to the next unread one
    press(KEYS.Key_M, CTRL)  # the editor's own: nothing is opened anew
    press(KEYS.Key_Return, CTRL)
    assert entry(tab, "P0000000003").note == "Space key and  keys"
    assert "メモ：Space key and  keys" in shown(tab)
    assert QApplication.focusWidget() is tab.list.table
    assert tab.list.chosen_receipt_numbers() == ["P0000000003"]
    assert said(tab)[-1] == "1 件のメモを残しました。"
    assert context.undo.name == "「1 件のメモ」"
    context.undo.take_back()
    qtbot.waitUntil(lambda: said(tab)[-1] == "元に戻しました：「1 件のメモ」")
    qtbot.waitUntil(lambda: "メモ：Space key and  keys" not in shown(tab))
    assert entry(tab, "P0000000003").note == ""


def test_what_is_typed_belongs_to_the_row_that_it_was_begun_for(tab, choose, press, qtbot, settle):
    choose("P0000000003")
    press(KEYS.Key_M, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "kagi")
    editor = QApplication.focusWidget()
    tab.list.want("P0000000005")
    settle()
    editor.setFocus()
    press(KEYS.Key_Return, CTRL)
    assert (entry(tab, "P0000000003").note, entry(tab, "P0000000005").note) == ("kagi", "")


def test_escape_lets_the_editor_go_and_gives_the_list_its_cursor_back(tab, choose, press, qtbot):
    choose("P0000000003")
    press(KEYS.Key_L, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "isogi")
    press(KEYS.Key_Escape)
    assert QApplication.focusWidget() is tab.list.table
    assert entry(tab, "P0000000003").tags == ()


def test_tags_go_to_all_chosen_rows(tab, press, qtbot):
    tab.list.table.choose_row(0)
    press(KEYS.Key_Down, SHIFT)
    numbers = tab.list.chosen_receipt_numbers()
    assert len(numbers) == 2
    assert "2 件を選択中" in shown(tab)
    press(KEYS.Key_L, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "isogi kagi")
    press(KEYS.Key_Return)
    assert [entry(tab, number).tags for number in numbers] == [("isogi", "kagi")] * 2
    assert tab.list.chosen_receipt_numbers() == numbers
    press(KEYS.Key_L, CTRL)  # what was used before is offered
    assert "使ったことのあるタグ：isogi　kagi" in shown(tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Ka")
    assert "→ で「kagi」" in shown(tab)
    press(KEYS.Key_Left)
    press(KEYS.Key_Right)
    assert tab.detail.editor.line.text() == "Ka", "within what is typed the cursor just moves"
    press(KEYS.Key_Right)
    assert tab.detail.editor.line.text() == "kagi "
    assert "使ったことのあるタグ：isogi" in shown(tab)
    assert "kagi" not in shown(tab)
    press(KEYS.Key_Right)
    assert tab.detail.editor.line.text() == "kagi ", "no word is begun"


@pytest.mark.parametrize(("typed", "days"), [("+3", 3), ("", None)])
def test_a_day_to_look_again_is_typed_like_any_day(tab, choose, press, qtbot, typed, days):
    choose("P0000000003")
    press(KEYS.Key_D, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "1/2/3")
    press(KEYS.Key_Return)  # no day: said, and nothing is lost
    assert tab.detail.editor.isVisible()
    assert entry(tab, "P0000000003").follow_up_on is None
    press(KEYS.Key_A, CTRL)
    press(KEYS.Key_Delete)
    qtbot.keyClicks(QApplication.focusWidget(), typed)
    press(KEYS.Key_Return)
    today = tab._desk.inbox_acts.today()
    assert entry(tab, "P0000000003").follow_up_on == (None if days is None else today + timedelta(days=days))
    assert any(text.startswith("確認する日") for text in shown(tab) if "この" not in text) or days is None


def test_what_is_due_stands_there_at_the_next_start_and_is_in_the_view_of_what_needs_action(tab, context, choose, press, qtbot, settle):
    choose("P0000000012")
    press(KEYS.Key_D, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "+0")
    press(KEYS.Key_Return)
    again = InboxTab(context)
    qtbot.addWidget(again)
    again.show()
    settle()
    (due,) = [message for message in again._strips.messages if message.action is not None]
    assert due.text == "確認する日の来た申込が 1 件あります。"
    due.action()
    settle()
    assert "P0000000012" in again.list.model.receipt_numbers()
    assert again.list.model.rowCount() < 12
    assert due not in again._strips.messages
    again.shut_down()
    again.hide()


def test_one_key_marks_all_chosen_rows_and_the_filter_keeps_them_in_sight(tab, context, press, qtbot):
    tab.bar.views.chips[InboxFilter.UNREAD].click()
    qtbot.waitUntil(lambda: context.jobs.is_idle)
    press(KEYS.Key_A, CTRL)
    chosen = tab.list.chosen_receipt_numbers()
    press(KEYS.Key_U, CTRL)
    assert tab.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"
    assert tab.list.chosen_receipt_numbers() == chosen
    assert said(tab)[-1] == f"{len(chosen)} 件を既読にしました。"
    context.undo.take_back()
    qtbot.waitUntil(lambda: tab.bar.views.chips[InboxFilter.UNREAD].text() == f"未読 {len(chosen)}")
    press(KEYS.Key_U, CTRL)
    press(KEYS.Key_U, CTRL)  # all are read: unread again
    assert tab.bar.views.chips[InboxFilter.UNREAD].text() == f"未読 {len(chosen)}"


def test_everything_shown_is_read_with_one_key(tab, press, context, qtbot):
    tab.bar.views.chips[InboxFilter.OUTAGE].click()
    qtbot.waitUntil(lambda: context.jobs.is_idle)
    outages = tab.list.model.rowCount()
    tab.list.table.setFocus()
    press(KEYS.Key_A, CTRL | SHIFT)
    assert tab.bar.views.chips[InboxFilter.UNREAD].text() == f"未読 {12 - outages}"
    assert 0 < outages < 12


def test_many_statuses_are_fetched_behind_the_clerk_and_can_be_stopped(tab, context, practice, press, qtbot, settle):
    press(KEYS.Key_A, CTRL)
    asked, look = [], context.desk.inbox.look_for_news

    def counted(number, cancel=None):
        asked.append(number)
        if len(asked) == 3:
            tab.bar.busy.cancel_requested.emit()  # queued to the window's own thread
        return look(number, cancel)

    chosen = tab.list.chosen_receipt_numbers()
    context.desk.inbox.look_for_news = counted
    press(KEYS.Key_F5, SHIFT)
    assert asked == chosen[: len(asked)]
    assert len(asked) < len(chosen)
    assert said(tab)[-1] == "状況の取得を中止しました。取得した分は残っています。"
    context.desk.inbox.look_for_news = look
    practice.utility.advance(chosen[-1], message="見本の知らせ")
    press(KEYS.Key_F5, SHIFT)
    qtbot.waitUntil(lambda: said(tab)[-1].startswith(f"{len(chosen)} 件の状況を取得しました。"))
    assert all(entry(tab, number).status is not None for number in chosen)
    assert tab.list.chosen_receipt_numbers() == chosen


def test_the_summary_for_the_phone_is_a_sentence_or_a_list(tab, practice, choose, press):
    practice.utility.advance("P0000000001", message="担当者が現地へ\n向かいます。")
    choose("P0000000001")
    press(KEYS.Key_F5, SHIFT)
    press(KEYS.Key_C, CTRL | SHIFT)
    text = QApplication.clipboard().text()
    assert text.startswith("見本 太郎 さまの停電のお申し込み（受付番号 P0000000001）は、ただいま「")
    assert text.endswith("送配電会社からの最新の連絡：担当者が現地へ 向かいます。")
    assert "訪問のご希望日は" in text
    press(KEYS.Key_A, CTRL)
    press(KEYS.Key_C, CTRL | SHIFT)
    assert len(QApplication.clipboard().text().split("\n")) == 12
    assert SUMMARY.label == "Ctrl+Shift+C"


def save_as(monkeypatch, path, kind="Excel ブック (*.xlsx)"):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), kind))


def test_the_chosen_rows_become_a_file_and_no_other_file_is_lost(tab, choose, press, monkeypatch, tmp_path):
    choose("P0000000003")
    press(KEYS.Key_M, CTRL)
    QApplication.focusWidget().insertPlainText("=1+1")
    press(KEYS.Key_Return, CTRL)
    (tmp_path / "見本.xlsx").write_bytes(b"mine")
    save_as(monkeypatch, tmp_path / "見本")  # the dialog asked about a name without its ending
    press(KEYS.Key_E, CTRL)
    assert (tmp_path / "見本.xlsx").read_bytes() == b"mine"
    headings, row = read_table(tmp_path / "見本 (2).xlsx")
    found = dict(zip(headings.cells, row.cells, strict=True))
    assert found["申込受付番号"] == "P0000000003"
    assert len(found["供給地点特定番号"]) == 22
    assert found["メモ"] == "=1+1"
    assert "見本 (2).xlsx" in said(tab)[-1]


def test_a_file_that_another_program_holds_open_is_named(tab, choose, press, monkeypatch, tmp_path):
    choose("P0000000003")
    target = tmp_path / "見本.csv"
    target.write_text("open")
    save_as(monkeypatch, target, "CSV (*.csv)")
    into = Path.replace

    def held(self, to):
        if Path(to) == target:
            raise PermissionError(13, "held")  # what Windows says of a file that Excel has open
        return into(self, to)

    monkeypatch.setattr(Path, "replace", held)
    press(KEYS.Key_E, CTRL)
    assert "見本.csv は、Excel などで開かれているため書き換えられません" in said(tab)[-1]
    assert target.read_text() == "open"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".csv"] == ["見本.csv"]


def test_pages_have_every_chosen_row_as_plain_text(tab, context, settle):
    tab.list.table.selectAll()
    settle()
    paper = tab._reader.details.paper(tab.acts.chosen)
    assert paper.count == len(paper.blocks) == 12
    assert len(printing.record(paper)) == 1
    long = Paper(paper.title, 1, tuple(("<b>見本</b>" * 9,) for _ in range(100)))
    assert len(printing.record(long)) > 2
    whole = tab._reader.details.paper(Chosen(("P0000000001",)))
    assert any("P0000000001" in line for block in whole.blocks for line in block)


@pytest.mark.qt_log_ignore(r"does not support (raise|grabbing)", extend=True)  # the offscreen plugin's shortcoming
def test_the_pane_opens_the_menu_of_all_acts(tab, choose, qtbot, settle):
    choose("P0000000003")
    tab.detail.view.acts[0].setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(tab.detail.view.acts[0], event)
    (menu,) = [menu for menu in tab.findChildren(QMenu) if menu.isVisible()]
    texts = [action.text() for action in menu.actions()]
    assert len(texts) == 11
    assert all("\t" in text for text in texts)
    menu.close()


def test_everything_about_a_supply_point_stands_in_one_place(tab, context, practice, choose, qtbot, settle):
    desk = context.desk
    number = desk.inbox.entry("P0000000001").listed.supply_point_number
    item = desk.outbox.queue(replace(OUTAGE, supply_point_number=number))
    desk.outbox.send(item.item_id)
    desk.outbox.save_draft("見本", ApplicationKind.OTHER, {"supply_point_number": number, "customer_name": "見本 太郎"})
    filed = desk.outbox.item(item.item_id).receipt_number
    tab.refresh()
    settle()
    choose("P0000000001")
    assert [tab.detail.view.pages.tabText(page) for page in range(4)] == ["経過", "申込の内容", "この地点 2件", "電文"]
    tab.detail.view.pages.setCurrentIndex(2)
    assert any(filed in text for text in shown(tab))
    assert "下書き" in shown(tab)
    choose(filed)
    tab.detail.view.pages.setCurrentIndex(3)
    sent = [editor.toPlainText() for editor in tab.detail.findChildren(QPlainTextEdit) if editor.isVisible()]
    assert any(number in text and "<" in text for text in sent)
    assert all(set(word) == {"*"} for text in sent for word in re.findall(r"<[^/>]*assword>([^<]*)<", text))


def test_who_acts_next_is_said_of_stages_that_are_known(tab, practice, choose, settle):
    practice.utility.advance("P0000000001", stage="PW03")
    tab.refresh()
    settle()
    choose("P0000000001")
    assert "次に動くのは 当社" in shown(tab)
    practice.utility.advance("P0000000001", stage="PW99")
    tab.refresh()
    settle()
    choose("P0000000001")
    assert not any(text.startswith("次に動くのは") for text in shown(tab))


def test_in_a_low_window_the_editor_has_the_place_and_gives_it_back(tab, choose, press, qtbot):
    tab.resize(800, 420)
    choose("P0000000003")
    press(KEYS.Key_M, CTRL)
    editor = QApplication.focusWidget()
    assert tab.detail.editor.isAncestorOf(editor)
    qtbot.waitUntil(lambda: editor.visibleRegion().boundingRect().height() == editor.height())
    head = tab.detail.view._head
    assert not head._next.isVisible()
    assert head._stage.x() == head._title.x(), "with nothing beside it the stage stands where the title does"
    press(KEYS.Key_Escape)
    assert QApplication.focusWidget() is tab.list.table
    press(KEYS.Key_Return)  # the very Enter that opens the pane presses nothing in it
    assert tab.detail.isVisible()
    assert tab.detail.view.pages.isVisible()
    assert said(tab)[-1].startswith("更新しました。")
