"""受付トレイ on a real desk, a real store and the practice server, over real HTTP."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from denkidesk.desk.inbox import InboxFilter
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.jobs.job import LaneName
from denkidesk.ui.inbox.bar import UNKNOWN
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
    entries = context.desk.inbox.entries

    def held(view=None):
        reads.append(view)
        assert may_read.wait(60)
        return entries(view)

    monkeypatch.setattr(context.desk.inbox, "entries", held)
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


def strip_texts(tab):
    return [message.text for message in tab._strips.messages]


def test_an_empty_store_says_what_to_do(tab):
    assert tab.list.currentWidget() is not tab.list.table
    assert tab.list._empty._button.text() == "更新する"
    assert tab.list._empty._button.isVisible()


def test_a_refresh_brings_the_listing_and_says_what_is_new(filled):
    assert filled.list.model.rowCount() == 12
    assert strip_texts(filled) == ["更新しました。新着 12 件。(全 12 件)"]
    assert filled.bar.chips[InboxFilter.UNREAD].text() == "未読 12"
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
    assert filled.bar.chips[InboxFilter.UNREAD].text() == "未読 11"
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Space)
    settle()
    assert filled.list.chosen_receipt_numbers() != [first]
    assert filled.bar.chips[InboxFilter.UNREAD].text() == "未読 10"


def test_a_row_that_was_read_stays_until_the_filter_is_pressed_again(filled, qtbot, settle):
    filled.bar.chips[InboxFilter.UNREAD].click()
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
    filled.bar.chips[InboxFilter.UNREAD].click()
    filled.bar.chips[InboxFilter.UNREAD].click()
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
    filled.bar.search._on_pause()
    settle()
    assert filled.list.model.receipt_numbers() == ["P0000000003"]
    filled.bar.search.setText("見つからない言葉")
    filled.bar.search._on_pause()
    settle()
    assert filled.list._empty._heading.text() == "当てはまる申込がありません"
    filled.list._empty._button.click()
    settle()
    assert filled.list.model.rowCount() == 12
    assert filled.bar.search.text() == ""


def test_the_status_shows_messages_items_and_unknown_items(filled, practice, settle):
    practice.utility.advance("P0000000001", message="<b>太字ではない</b>\n二行目")
    filled.list.want("P0000000001")
    settle()
    filled.detail._fetch.click()
    assert filled.detail._fetch.text() == "状況を取得しています…"
    settle()
    detail = filled.detail.detail
    assert "<b>太字ではない</b>\n二行目" in detail.messages
    assert dict(detail.items)["供給地点特定番号"].startswith("06-")
    assert detail.extra
    assert detail.history
    assert filled.detail._fetch.isEnabled()


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
    assert strip_texts(filled)[-1] == "更新を中止しました。一覧は前のままです。"
    assert filled.list.model.rowCount() == 12


def test_the_receipt_number_goes_to_the_clipboard(filled):
    filled.list.table.choose_row(3)
    filled.copy_receipt_number()
    assert QApplication.clipboard().text() == filled.list.model.row_at(3).receipt_number


def test_the_outbox_shows_each_item_on_its_way(tab, context, settle):
    context.desk.outbox.queue(OUTAGE)
    tab.reload()
    tab.show_outbox()
    settle()
    assert tab.outbox.model.index(0, 0).data() == "送信待ち"
    assert tab.bar.outbox.text() == "送信トレイ 1"
    assert tab.outbox._send.isEnabled()
    tab.outbox._send.click()
    settle()
    assert tab.outbox.model.index(0, 0).data() == "受付済"
    assert tab.outbox.model.index(0, 3).data() == "P0000000013"
    assert not tab.outbox._send.isEnabled()


def test_a_waiting_item_can_be_taken_back(tab, context, settle):
    queued = context.desk.outbox.queue(OUTAGE)
    tab.reload()
    settle()
    tab.show_outbox()
    tab.outbox.table.choose_row(0)
    tab.outbox._cancel.click()
    settle()
    assert tab.outbox.model.index(0, 0).data() == "取消"
    assert context.desk.outbox.item(queued.item_id).state is OutboxState.CANCELLED
    assert "送配電会社には届いていません" in strip_texts(tab)[-1]


def test_an_unknown_outcome_is_counted_and_shown_by_its_filter(tab, context, practice, settle):
    practice.utility.inject("cut-after-accept", 1)
    context.desk.outbox.queue(OUTAGE)
    tab.send_waiting()
    settle()
    assert tab.bar.chips[UNKNOWN].text() == "結果不明 1"
    tab.bar.chips[UNKNOWN].click()
    settle()
    assert tab._views.currentWidget() is tab.outbox
    assert tab.outbox.model.index(0, 0).data() == "結果不明"
    assert tab._strips.messages[-1].tone == "warn"
    tab.bar.chips[UNKNOWN].click()
    settle()
    assert tab._views.currentWidget() is not tab.outbox


def test_an_application_can_be_brought_to_the_eye_from_outside(filled, settle):
    filled.bar.chips[InboxFilter.OUTAGE].click()
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
    filled._mark_read(filled.list.model.receipt_numbers())
    settle()
    practice.utility.advance(number, message="二つめの知らせ")  # the flag stays as it is
    filled.refresh()
    settle()
    place = filled.list.model.place_of(number)
    assert filled.list.model.row_at(place).entry.unread
    assert "新しい知らせ 1 件" in filled._strips.messages[0].detail


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
    filled._mark_read(filled.list.model.receipt_numbers())
    settle()
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
