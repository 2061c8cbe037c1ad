"""受付トレイ on a real desk, a real store and the practice server, over real HTTP."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from denkidesk.desk.inbox import InboxFilter
from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.jobs.job import LaneName
from denkidesk.ui.inbox.act_table import RowAct
from denkidesk.ui.inbox.tab import InboxTab

OUTAGE = NewApplication(
    ApplicationKind.OUTAGE,
    "PS301",
    "PE301",
    "0612345678901234567890",
    visit_on=date(2027, 1, 20),
    supply_point_address="大阪府大阪市見本町0-0-0",
    customer_name="見本 太郎",
)


@pytest.fixture
def tab(context, qtbot, settle):
    tab = InboxTab(context)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.show()
    settle()
    yield tab
    tab.shut_down()
    tab.hide()


@pytest.fixture
def filled(tab, settle):
    tab.refresh()
    settle()
    return tab


def test_a_tab_that_comes_to_the_front_while_the_store_is_read_waits_for_that(context, qtbot, settle, monkeypatch):
    reads, may_read = [], threading.Event()
    opened = context.desk.inbox.windows.open

    def held(view):
        reads.append(view)
        assert may_read.wait(60)
        return opened(view)

    monkeypatch.setattr(context.desk.inbox.windows, "open", held)
    tab = InboxTab(context)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: len(reads) == 1, timeout=20_000)
    tab.activated()
    may_read.set()
    settle()
    assert len(reads) == 1
    tab.activated()  # later: others may have filed something
    settle()
    assert len(reads) == 2
    tab.shut_down()


def read_all(tab, settle):
    tab._desk.inbox.mark_read(tab.list.model.receipt_numbers())
    tab.reload()
    settle()


def words_of(pane):
    return [label.text() for label in pane.findChildren(QLabel)]


def words(tab):
    """Everything in the pane that is marked as new, and the texts in their order."""
    labels = [label for label in tab.detail.findChildren(QLabel) if label.isVisible()]
    new = [label for label in labels if label.text() == "新着"]
    return len(new), [label.text() for label in labels]


def fetch(tab):
    """The button 状況を取得."""
    return next(act for act in tab.detail.view.acts if act.text() in ("状況を取得", "取得しています…"))


def strip_texts(tab):
    return [message.text for message in tab._strips.messages]


def test_an_empty_store_says_what_to_do(tab):
    assert tab.list.currentWidget() is not tab.list.table
    assert tab.list._empty._button.text() == "更新する"
    assert tab.list._empty._button.isVisible()


def test_a_refresh_brings_the_listing_and_says_what_is_new(filled):
    assert filled.list.model.rowCount() == 12
    assert strip_texts(filled) == ["更新しました。新着 12 件。(全 12 件)"]
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 12"
    assert not filled.bar.busy.isVisible()


def test_the_last_list_is_there_at_once_with_the_server_down(filled, context, practice, qtbot, settle):
    practice.stop()
    again = InboxTab(context)
    qtbot.addWidget(again)
    settle()
    assert again.list.model.rowCount() == 12
    again.refresh()
    settle()
    assert again.list.model.rowCount() == 12
    (message,) = again._strips.messages
    assert message.tone == "error"
    assert message.text.startswith("更新できませんでした。送配電会社につながりません。")
    assert message.action_text == "もう一度"
    again.refresh()
    settle()
    assert len(again._strips.messages) == 1
    again.shut_down()


def test_space_goes_from_unread_to_unread_and_counts_them_as_read(filled, qtbot, settle):
    filled.list.table.setFocus()
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    (first,) = filled.list.chosen_receipt_numbers()
    assert filled.detail.detail.row.receipt_number == first
    assert not filled.detail.detail.row.entry.unread
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 11"
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.list.chosen_receipt_numbers() != [first]
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 10"


def test_a_row_that_was_read_stays_until_the_filter_is_pressed_again(filled, qtbot, settle):
    filled.bar.views.chips[InboxFilter.UNREAD].click()
    settle()
    filled.list.go_to_next_unread()
    settle()
    (read,) = filled.list.chosen_receipt_numbers()
    assert filled.list.model.rowCount() == 12
    assert not filled.list.model.row_at(filled.list.model.place_of(read)).entry.unread
    filled.refresh()
    settle()
    assert filled.list.model.place_of(read) is not None
    assert filled.list.chosen_receipt_numbers() == [read]
    filled.bar.views.chips[InboxFilter.UNREAD].click()
    filled.bar.views.chips[InboxFilter.UNREAD].click()
    settle()
    assert filled.list.model.place_of(read) is None
    assert filled.list.model.rowCount() == 11


def test_selection_and_focus_survive_a_refresh_that_brings_new_rows(filled, practice, settle):
    filled.list.table.setFocus()
    number = filled.list.model.row_at(5).receipt_number
    filled.list.table.choose_row(5)
    settle()
    practice.utility.fill(30)
    filled.refresh()
    settle()
    assert filled.list.model.rowCount() == 42
    assert filled.list.chosen_receipt_numbers() == [number]
    assert filled.list.model.row_at(filled.list.table.currentIndex().row()).receipt_number == number
    assert filled.detail.detail.row.receipt_number == number
    assert QApplication.focusWidget() is filled.list.table


def test_search_finds_parts_whatever_their_width(filled, settle):
    filled.bar.search.setText("Ｐ０００００００００３")
    settle()
    assert filled.list.model.receipt_numbers() == ["P0000000003"]
    filled.bar.search.setText("見つからない言葉")
    settle()
    assert filled.list._empty._heading.text() == "該当する申込がありません"
    filled.list._empty._button.click()
    settle()
    assert filled.list.model.rowCount() == 12
    assert filled.bar.search.text() == ""


def test_the_status_shows_messages_items_and_unknown_items(filled, practice, settle):
    practice.utility.advance("P0000000001", message="<b>太字ではない</b>\n二行目")
    filled.list.want("P0000000001")
    settle()
    fetch(filled).click()
    assert fetch(filled).text() == "取得しています…"
    settle()
    detail = filled.detail.detail
    assert "<b>太字ではない</b>\n二行目" in [message.text for message in detail.messages]
    assert dict(detail.items)["供給地点特定番号"].startswith("06-")
    assert detail.extra
    assert detail.history
    assert fetch(filled).isEnabled()


def test_a_failed_status_is_said_and_the_rest_stays(filled, practice, settle):
    filled.list.want("P0000000002")
    settle()
    practice.utility.inject("cut-before-work", None)
    filled.fetch_status()
    settle()
    assert filled._strips.messages[-1].text.startswith("P0000000002 の状況を取得できませんでした。")
    assert filled.detail.detail.row.receipt_number == "P0000000002"


def test_cancelling_a_refresh_leaves_the_list(filled, practice, settle):
    practice.utility.inject("late", 1, seconds=20)
    filled.refresh()
    filled.bar.busy._cancel.click()
    settle()
    assert strip_texts(filled)[-1] == "更新を中止しました。受付トレイは前のままです。"
    assert filled.list.model.rowCount() == 12


def test_the_receipt_number_goes_to_the_clipboard(filled):
    filled.list.table.choose_row(3)
    filled.acts.carry_out(RowAct.COPY_NUMBER)
    assert QApplication.clipboard().text() == filled.list.model.row_at(3).receipt_number


def test_an_application_can_be_brought_to_the_eye_from_outside(filled, settle):
    filled.bar.views.chips[InboxFilter.OUTAGE].click()
    settle()
    filled.show_application("P0000000012")
    settle()
    assert filled.list.chosen_receipt_numbers() == ["P0000000012"]
    assert filled.detail.detail.row.receipt_number == "P0000000012"


def test_after_the_listing_come_the_statuses_and_what_is_new_is_unread(filled, practice, settle):
    assert "状況を" in filled._strips.messages[0].detail
    assert not filled.bar.busy.isVisible()
    number = filled.list.model.row_at(0).receipt_number
    practice.utility.advance(number, message="はじめの知らせ")
    filled.refresh()
    settle()
    read_all(filled, settle)
    practice.utility.advance(number, message="二つめの知らせ")  # the flag stays as it is
    filled.refresh()
    settle()
    place = filled.list.model.place_of(number)
    assert filled.list.model.row_at(place).entry.unread
    assert filled._strips.messages[0].text == "更新しました。新しい知らせ 1 件。(全 12 件)"
    assert "動きのありそうな申込は、ほかにありません。" in filled._strips.messages[0].detail


def test_what_the_clerk_asks_for_goes_before_the_rest_of_the_statuses(filled, context, settle, qtbot):
    """Also what is asked for while the next status waits already."""
    calls, gates = [], {"round": threading.Event(), "clerk": threading.Event()}
    look, fetch = filled._desk.inbox.look_for_news, filled._desk.inbox.fetch_status

    def held_look(number, cancel=None):
        calls.append("round")
        assert gates["round"].wait(60)
        return look(number, cancel)

    def held_fetch(number, cancel=None, **how):
        if not how:  # the round fetches too, unseen by the clerk
            calls.append("clerk")
            assert gates["clerk"].wait(60)
        return fetch(number, cancel, **how)

    filled._desk.inbox.look_for_news, filled._desk.inbox.fetch_status = held_look, held_fetch
    filled.refresh()
    qtbot.waitUntil(lambda: calls == ["round"], timeout=20_000)
    for place in (0, 1):
        filled._fetch_status_of(filled.list.model.row_at(place).receipt_number)
    gates["round"].set()
    qtbot.waitUntil(lambda: context.jobs.load(LaneName.KANSAI) == 3, timeout=20_000)  # one runs, one and the next status wait
    gates["clerk"].set()
    settle()
    assert calls[:4] == ["round", "clerk", "clerk", "round"]


def test_news_are_on_the_screen_before_the_round_is_over(filled, practice, settle, qtbot):
    numbers = filled._desk.inbox.status_queue(60).receipt_numbers
    read_all(filled, settle)
    practice.utility.advance(numbers[0], message="見本の知らせ")
    look, may_go = filled._desk.inbox.look_for_news, threading.Event()

    def second_held(number, cancel=None):
        assert number == numbers[0] or may_go.wait(60)
        return look(number, cancel)

    filled._desk.inbox.look_for_news = second_held
    filled._refresh._round.begin()
    try:
        qtbot.waitUntil(lambda: filled.list.model.row_at(filled.list.model.place_of(numbers[0])).entry.unread, timeout=20_000)
        assert filled._refresh._round.is_running
    finally:
        may_go.set()
        settle()


def test_the_statuses_can_be_stopped_and_a_failure_says_what_is_left(filled, practice, settle, qtbot):
    may_go = threading.Event()
    look = filled._desk.inbox.look_for_news

    def held(number, cancel=None):
        assert may_go.wait(60)
        return look(number, cancel)

    filled._desk.inbox.look_for_news = held
    filled.refresh()
    qtbot.waitUntil(lambda: filled._refresh._round.is_running and "あと" in filled.bar.busy._text.text(), timeout=20_000)
    filled.bar.busy.cancel_requested.emit()
    may_go.set()
    settle()
    assert "中止" in filled._strips.messages[0].detail
    assert not filled.bar.busy.isVisible()
    filled._desk.inbox.look_for_news = look
    practice.utility.inject("cut-before-work", operation="application_status")
    left = len(filled._desk.inbox.status_queue(60).receipt_numbers)
    filled.refresh()
    settle()
    assert f"残り {left} 件" in filled._strips.messages[0].text
    assert filled._strips.messages[0].action is not None


def news(tab, practice, settle, number, *messages):
    """What the next refresh finds of one that was read."""
    for message in messages:
        practice.utility.advance(number, message=message)
        tab.refresh()
        settle()


def test_what_is_new_is_on_top_and_marked_until_the_row_is_left(filled, practice, settle, qtbot):
    number = filled.list.model.row_at(3).receipt_number
    news(filled, practice, settle, number, "一つめ", "二つめ")
    read_all(filled, settle)
    news(filled, practice, settle, number, "三つめ")
    filled.list.table.setFocus()
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.list.chosen_receipt_numbers() == [number]
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"
    for again in (lambda: None, filled.reload, filled.refresh):  # it is read by now, and still marked where the clerk reads it
        again()
        settle()
        marked, texts = words(filled)
        assert marked == 2  # the message, and its line in the history
        assert texts.index("三つめ") < texts.index("二つめ") < texts.index("一つめ")
        assert texts[texts.index("三つめ") - 2] == "新着"
        assert filled.detail.detail.history[0].text == "メッセージが届きました"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(filled.list.table, key)
        settle()
    assert filled.list.chosen_receipt_numbers() == [number]
    assert words(filled)[0] == 0


def test_many_messages_are_all_there_and_cost_no_widget_each(filled, practice, settle):
    number = filled.list.model.row_at(0).receipt_number
    for turn in range(60):
        practice.utility.advance(number, message=f"知らせ {turn:02}。")
    filled.list.want(number)
    filled.fetch_status()
    settle()
    pane = filled.detail
    older = [editor.toPlainText() for editor in pane.findChildren(QPlainTextEdit)]
    said = [message.text for message in pane.detail.messages]
    assert said[0] == "知らせ 59。"
    assert all(any(text in words for words in (*words_of(pane), *older)) for text in said)
    assert older[0].count("新着") + words(filled)[0] >= 60
    assert len(pane.findChildren(QWidget)) < 200


def test_a_stage_that_moved_is_said_until_the_row_is_left(filled, practice, settle, qtbot):
    read_all(filled, settle)
    place = next(p for p in range(12) if filled.list.model.row_at(p).entry.listed.work_stage != "PW04")
    practice.utility.advance(filled.list.model.row_at(place).receipt_number, stage="PW04")
    filled.refresh()
    settle()
    filled.list.table.setFocus()
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    moved = [text for text in words(filled)[1] if "へ進みました" in text]
    assert len(moved) == 1
    assert words(filled)[0] == 1
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up) if place < 11 else (Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(filled.list.table, key)
    settle()
    assert words(filled)[0] == 0


def test_rows_that_fly_past_are_not_read(filled, settle, qtbot):
    """Space held down: only what stood in the pane counts as read."""
    gate, detail, shown = threading.Event(), filled._reader.details.detail, []

    def held(number):
        assert gate.wait(60)
        shown.append(number)
        return detail(number)

    filled._reader.details.detail = held
    filled.list.table.setFocus()
    for _ in range(6):
        qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    gate.set()
    settle()
    read = {row.receipt_number for place in range(12) if not (row := filled.list.model.row_at(place)).entry.unread}
    assert read == set(filled.list.chosen_receipt_numbers()) <= set(shown)


def test_a_message_that_comes_while_the_clerk_reads_stays_unread(filled, practice, settle, qtbot):
    """Between the reading of the row for the screen and the mark that it was read."""
    number = filled.list.model.row_at(0).receipt_number
    news(filled, practice, settle, number, "一つめ")
    read_all(filled, settle)
    news(filled, practice, settle, number, "二つめ")
    seen = filled._reader.mark_seen

    def late(receipt_number, seen_to):
        filled._reader.mark_seen = seen
        practice.utility.advance(number, message="三つめ")
        assert filled._desk.inbox.look_for_news(number) is False  # it was unread already
        return seen(receipt_number, seen_to)

    filled._reader.mark_seen = late
    filled.list.table.setFocus()
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 1"
    assert words(filled)[0] == 4
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"
    assert words(filled)[0] == 4


def test_what_the_clerk_fetches_for_the_row_in_sight_is_read_and_marked(filled, practice, settle):
    number = filled.list.model.row_at(0).receipt_number
    news(filled, practice, settle, number, "一つめ")
    read_all(filled, settle)
    practice.utility.advance(number, message="二つめ")
    filled.list.want(number)
    settle()
    filled.fetch_status()
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"
    assert words(filled)[0] == 2


def test_unread_again_stays_unread_until_the_clerk_turns_to_it(filled, settle, qtbot):
    read_all(filled, settle)
    filled.list.table.setFocus()
    filled.list.table.choose_row(2)
    settle()
    for unread in (1, 0, 1):
        qtbot.keyClick(filled.list.table, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert filled.bar.views.chips[InboxFilter.UNREAD].text() == f"未読 {unread}"
    filled.reload()
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 1"
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 0"


def test_a_round_goes_on_past_one_bad_answer_and_says_how_many_are_left(filled, practice, settle):
    news(filled, practice, settle, filled._desk.inbox.status_queue(2).receipt_numbers[1], "はじめ")
    read_all(filled, settle)
    queue = filled._desk.inbox.status_queue(60).receipt_numbers
    practice.utility.advance(queue[1], message="見本の知らせ")
    practice.utility.inject("not-xml", operation="application_status")
    practice.utility.forget_requests()
    filled.refresh()
    settle()
    assert len(practice.utility.request_starts()) == 1 + len(queue)
    assert "残り 1 件" in filled._strips.messages[0].text
    assert filled._desk.inbox.entry(queue[1]).unread
    practice.utility.inject("not-xml", times=2, operation="application_status")
    practice.utility.forget_requests()
    filled.refresh()
    settle()
    assert len(practice.utility.request_starts()) == 3
    assert f"残り {len(queue)} 件" in filled._strips.messages[0].text


def test_what_the_last_call_of_a_stopped_round_brings_is_on_the_screen(filled, context, practice, settle, qtbot):
    number = filled._desk.inbox.status_queue(1).receipt_numbers[0]
    news(filled, practice, settle, number, "はじめ")
    read_all(filled, settle)
    practice.utility.advance(number, message="見本の知らせ")
    look, begun, may_go = filled._desk.inbox.look_for_news, threading.Event(), threading.Event()

    def held(asked, cancel=None):
        if asked != number:
            return look(asked, cancel)
        begun.set()
        assert may_go.wait(60)
        return look(asked)  # too late to be cancelled

    filled._desk.inbox.look_for_news = held
    filled.refresh()
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    filled.bar.busy.cancel_requested.emit()
    qtbot.waitUntil(lambda: context.jobs.load(LaneName.STORE) == 0, timeout=20_000)  # what the stop itself shows is shown
    may_go.set()
    settle()
    assert filled.list.model.row_at(filled.list.model.place_of(number)).entry.unread


def test_what_is_not_on_the_screen_is_not_read(filled, settle, qtbot):
    """The pane folded away: a click chooses the row and shows nothing of it."""
    filled.resize(800, 480)
    filled.list.table.setFocus()
    filled.list.table.choose_row(0)
    filled.list._look(0)
    settle()
    assert filled.bar.views.chips[InboxFilter.UNREAD].text() == "未読 12"
    for left in (11, 10, 9):
        qtbot.keyClick(QApplication.focusWidget() or filled.list.table, Qt.Key.Key_Space)
        settle()
        assert filled.detail.isVisible()
        assert filled.bar.views.chips[InboxFilter.UNREAD].text() == f"未読 {left}"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert filled.list.isVisible()
