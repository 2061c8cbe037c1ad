"""News in the window, by real keys: what came by itself, and what was asked for with criteria."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.desk.listing_criteria import SavedView
from denkidesk.texts import inbox as texts
from denkidesk.ui.inbox.criteria_dialog import CriteriaDialog
from fakes.desk_home import run_program, write_settings

REPORTED = {"selection_code": "PS301"}
OUTAGES = 2  # of them at the practice server
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_news_are_read_by_one_key_each(clerk, practice):
    clerk.refresh()
    clerk.context.desk.inbox.mark_read(clerk.inbox.list.model.receipt_numbers())
    numbers = clerk.inbox.list.model.receipt_numbers()[2:5]
    for turn in (
        "前の知らせです。",
        "担当者が現地へ向かいます。11時ごろ到着の予定です。",
    ):
        for number in numbers:
            practice.utility.advance(number, message=turn)
        clerk.refresh()
    practice.utility.advance(numbers[0], stage="PW04")
    clerk.refresh()
    for left in (3, 2, 1):
        assert clerk.window.tabs.tabBar().accessibleTabName(0) == f"受付トレイ {left}件"
        assert f"{left}" in clerk.window.windowTitle()
        clerk.press("Space")
        clerk.settle()
        (newest, *_), (line, *_) = clerk.inbox.detail.detail.messages, clerk.inbox.detail.detail.history
        assert newest.text.startswith("担当者")
        assert line.text in ("メッセージが届きました", "「受付済」から「現地対応中」へ進みました")
        assert "新着" in clerk.words_in(clerk.inbox.detail)
        clerk.picture(str(left))
    assert "件" not in clerk.window.tabs.tabBar().accessibleTabName(0)


def criteria(clerk):
    clerk.press("Ctrl+Shift+F")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), CriteriaDialog))
    return QApplication.activeModalWidget()


def fill(clerk, dialog, name, text):
    (field,) = [one for one in dialog.page.fields if one.field.name == name]
    write(clerk, field.editor, text)


def write(clerk, editor, text):
    editor.setFocus()
    clerk.press("Ctrl+A")
    clerk._keyboard.type(text, editor)


def shown(clerk):
    return clerk.inbox.list.model.receipt_numbers()


def test_criteria_are_asked_for_kept_and_left_by_keys(clerk, practice):
    clerk.refresh()
    everything = shown(clerk)
    point = next(one for one in practice.utility.applications() if one.receipt_number == everything[4]).supply_point_number
    synced = clerk.context.desk.inbox.last_synced_at()
    dialog = criteria(clerk)
    fill(clerk, dialog, "supply_point_number", point)
    clerk.press("Return")
    fill(clerk, dialog, "registered_from", "-30")
    fill(clerk, dialog, "registered_to", "-40")
    clerk.press("Ctrl+Return")
    assert dialog.isVisible()
    clerk.picture("fault")
    fill(clerk, dialog, "registered_to", "今日")
    write(clerk, dialog.name, "見本町のビル & 別館")
    clerk.picture("dialog")
    clerk.tab_to(texts.CRITERIA_ASK)
    clerk.press("Return")
    clerk.back_in_the_window()
    assert shown(clerk) == [everything[4]]
    assert clerk.inbox.bar.criteria.text() == "条件：見本町のビル && 別館"
    assert "条件に合うもの 1 件" in clerk.inbox._strips.messages[0].text
    assert clerk.context.desk.inbox.last_synced_at() == synced, "the whole inbox is no newer than it was"
    clerk.picture("view")

    number = everything[0]
    practice.utility.advance(number, message="条件の外の知らせ")
    clerk.refresh()  # F5 asks for everything, whatever is shown
    assert shown(clerk) == [everything[4]]
    assert clerk.context.desk.inbox.entry(number).unread
    clerk.press("Alt+0")
    clerk.settle()
    assert shown(clerk) == everything
    before = practice.utility.report()["requests"]
    clerk.press("Alt+7")  # behind the six of the program
    clerk.settle()
    assert shown(clerk) == [everything[4]]
    assert practice.utility.report()["requests"] > before
    clerk.press("Alt+8")  # nobody kept any there
    clerk.settle()
    assert shown(clerk) == [everything[4]]
    clerk.press("Alt+1")  # a filter of the list is a view of its own, and lets the criteria go
    clerk.settle()
    assert shown(clerk) == everything
    clerk.press("Alt+7")
    clerk.settle()

    dialog = criteria(clerk)
    assert dialog.name.value() == "見本町のビル & 別館"
    assert dialog.page.values()["registered_to"] == "今日"
    clerk.tab_to(texts.CRITERIA_FORGET)
    clerk.press("Return")
    clerk.back_in_the_window()
    assert shown(clerk) == everything
    assert clerk.context.desk.listing_criteria.kept() == ()


def test_what_is_kept_stands_beside_the_filters_with_its_count(clerk):
    clerk.refresh()
    kept = clerk.context.desk.listing_criteria
    kept.keep(SavedView("停電の依頼", REPORTED))
    kept.keep(SavedView("なくなった工程", {"work_stage": "見本にない"}))
    clerk.press("Alt+8")  # what can no longer be asked for is said where it can be mended
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), CriteriaDialog))
    (field,) = [one for one in QApplication.activeModalWidget().page.fields if one.field.name == "work_stage"]
    assert field.error
    clerk.press("Ctrl+Return")
    assert QApplication.activeModalWidget() is not None
    clerk.press("Esc")
    clerk.back_in_the_window()
    assert len(shown(clerk)) == 12
    views = clerk.inbox.bar.views
    clerk.until(lambda: [chip.text() for chip in views.own] == [f"停電の依頼 {OUTAGES}", "なくなった工程 0"])
    clerk.picture("chips")


def test_criteria_asked_for_during_a_refresh_follow_it(clerk, practice):
    clerk.refresh()
    clerk.context.desk.listing_criteria.keep(SavedView("停電の依頼", REPORTED))
    practice.utility.inject("late", operation="list_applications", seconds=0.5)
    clerk.press("F5")
    for _ in range(5):
        clerk.press("Alt+7")
    clerk.settle()
    assert "条件に合うもの" in clerk.inbox._strips.messages[0].text


def test_an_unplugged_server_leaves_the_criteria_and_says_so(clerk, practice):
    clerk.refresh()
    clerk.context.desk.listing_criteria.keep(SavedView("停電の依頼", REPORTED))
    practice.utility.inject("cut-before-work", operation="list_applications")
    clerk.press("Alt+7")
    clerk.settle()
    assert len(shown(clerk)) == OUTAGES
    (message,) = clerk.inbox._strips.messages
    assert message.text.startswith("更新できませんでした。")
    message.action()
    clerk.settle()
    assert "条件に合うもの" in clerk.inbox._strips.messages[0].text


def test_what_another_program_fetched_is_there_when_the_clerk_comes_back(clerk, practice, qtbot, tmp_path):
    clerk.refresh()
    number = shown(clerk)[0]
    clerk.context.desk.inbox.mark_read(shown(clerk))
    clerk.inbox.reload()
    practice.utility.advance(number, message="朝の知らせ")
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    write_settings(tmp_path / "home", practice)
    elsewhere.activateWindow()
    clerk.until(lambda: not clerk.window.isActiveWindow())
    clerk.settle()
    assert run_program(tmp_path / "home", "inbox", "sync").code == 0
    clerk.window.activateWindow()
    clerk.until(clerk.window.isActiveWindow)
    clerk.settle()
    assert clerk.window.tabs.tabBar().accessibleTabName(0) == "受付トレイ 1件"
    assert clerk.inbox.list.model.row_at(0).entry.unread


def test_what_the_morning_fetched_without_a_window_is_unread_when_it_opens(come_to_work, practice, tmp_path):
    clerk = come_to_work()
    clerk.refresh()
    (first, *_) = numbers = shown(clerk)
    clerk.context.desk.inbox.mark_read(numbers)
    clerk.leave()
    practice.utility.advance(first, message="朝の知らせ")
    write_settings(tmp_path / "home", practice)
    assert run_program(tmp_path / "home", "inbox", "sync").code == 0
    morning = come_to_work()
    assert morning.window.tabs.tabBar().accessibleTabName(0) == "受付トレイ 1件"
    morning.press("Space")
    morning.settle()
    assert morning.inbox.detail.detail.messages[0].text == "朝の知らせ"
    assert "新着" in morning.words_in(morning.inbox.detail)


def test_the_window_closes_in_the_middle_of_a_round(clerk, practice):
    practice.utility.inject("late", operation="application_status", seconds=2.0)
    clerk.press("F5")
    clerk.until(lambda: clerk.inbox._refresh._round.is_running)
    for _ in range(5):
        clerk.press("F5")
    clerk.press("Ctrl+Q")
    clerk.until(lambda: not clerk.window.isVisible())


def test_a_server_that_is_unplugged_in_the_round_leaves_what_came(clerk, practice):
    clerk.refresh()
    clerk.context.desk.inbox.mark_read(shown(clerk))
    queue = clerk.context.desk.inbox.status_queue(60).receipt_numbers
    for number in queue:
        practice.utility.advance(number, message="見本の知らせ")
    practice.utility.inject("late", times=None, operation="application_status", seconds=0.1)
    clerk.press("F5")
    clerk.until(lambda: clerk.context.desk.inbox.entry(queue[1]).status.messages[-1:] == ("見本の知らせ",))
    practice.stop()
    clerk.settle()
    (message,) = clerk.inbox._strips.messages
    assert message.tone == "error"
    assert "残り" in message.text
    assert {number for number in shown(clerk) if clerk.inbox.list.model.row_at(clerk.inbox.list.model.place_of(number)).entry.unread}
    for _ in range(10):
        clerk.press("F5")
    clerk.settle()
    (message,) = clerk.inbox._strips.messages
    assert message.text.startswith("更新できませんでした。")
    assert not clerk.inbox.bar.busy.isVisible()
