"""送信トレイ: every line says where it stands, why and until when, and has the one button that helps; keys do the rest."""

from datetime import timedelta

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QSystemTrayIcon, QTabBar, QWidget

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.ui.outbox.lines import Act, lines_of
from denkidesk.ui.outbox.model import OutboxModel
from denkidesk.ui.shell.main_window import APPLY, OUTBOX
from fakes.apply_hand import CTRL, KEYS
from fakes.filing import application, outage

MENU = ApplicationKind.MENU_CHANGE


@pytest.fixture
def desk(context):
    return context.desk


@pytest.fixture
def window(main_window, context, qtbot, settle):
    main_window.resize(1280, 800)
    main_window.activateWindow()
    context.desk.sender.pause()  # each test lets go what it wants gone
    main_window.show_tab(OUTBOX)
    look(main_window, settle)
    return main_window


def look(window, settle):
    window.outgoing.look()
    settle()


def lines(window):
    model = window.outbox.model
    return [tuple(model.row_at(row).cells) for row in range(model.rowCount())]


def test_three_groups_in_the_order_of_sending(window, desk, practice, settle):
    desk.outbox.send(desk.outbox.queue(outage(901)).item_id)
    practice.utility.inject("cut-before-work")
    desk.outbox.send(desk.outbox.queue(outage(902)).item_id)
    desk.outbox.queue(application(MENU, 903))
    stopped = desk.outbox.queue(application(MENU, 904))
    desk.outbox.queue(outage(905))
    desk.sender.resume()
    desk.closed_hours.add(now_jst() - timedelta(hours=1), now_jst() + timedelta(hours=20))
    desk.outbox.run()
    desk.outbox.stop(stopped.item_id)
    look(window, settle)
    shown = lines(window)
    assert [line[0] for line in shown] == [
        "送信待ち 3 件",
        "1  送信待ち",
        "2  送信待ち",
        "3  停止中",
        "結果不明 1 件　自動では送り直しません",
        "結果不明",
        "今日送ったもの 1 件　受付済 1 件",
        "受付済",
    ]
    assert [line[1] for line in shown[1:4]] == ["停電", "メニュー変更", "メニュー変更"], "an outage goes first, whenever it came"
    assert [line[4] for line in shown[1:4]] == ["受付時間外", "受付時間外", "自分で止めました"]
    assert [line[6] for line in shown] == ["", "止める", "止める", "再開", "", "確かめる", "", "控え"]
    assert window.tabs.tabBar().accessibleTabName(OUTBOX) == "送信トレイ 4件、確かめるものがあります"
    assert window.outbox.title.text() == "送信待ち 3 件"


def test_the_model_keeps_qts_rules(qtmodeltester, context, desk):
    desk.outbox.queue(outage(901))
    desk.outbox.send(desk.outbox.queue(outage(902)).item_id)
    model = OutboxModel(context.icons, context.theme)
    model.show_lines(lines_of(desk.sender.plan()))
    assert model.rowCount() == 4
    qtmodeltester.check(model)


def test_enter_on_a_line_does_what_helps_it(window, desk, qtbot, settle):
    item = desk.outbox.queue(application(MENU, 903))
    desk.sender.resume()
    desk.sender._countdown_s = 30.0
    look(window, settle)
    qtbot.waitUntil(lambda: lines(window)[1][4] == "まもなく送ります", timeout=20_000)
    window.outbox.table.setFocus()
    qtbot.keyClick(window.outbox.table, KEYS.Key_Return)
    qtbot.waitUntil(lambda: lines(window)[1][4] == "自分で止めました")
    assert "止めたままの申込があります" in window._strips.messages[-1].text
    desk.sender._countdown_s = 0.05
    qtbot.keyClick(window.outbox.table, KEYS.Key_Return)
    qtbot.waitUntil(lambda: desk.outbox.item(item.item_id).state is OutboxState.ACCEPTED, timeout=20_000)
    settle()
    qtbot.waitUntil(lambda: not any(message.key == "outbox.waiting" for message in window._strips.messages))


def test_escape_stops_what_is_counted_down_and_all_of_it(window, desk, qtbot, settle):
    for number in (903, 904):
        desk.outbox.queue(application(MENU, number))
    desk.sender.resume()
    desk.sender._countdown_s = 30.0
    look(window, settle)
    pane = window.outbox.pane
    qtbot.waitUntil(pane.countdown.isVisible, timeout=20_000)
    assert "2 件を順に送信します" in pane.countdown._words.text()
    window.outbox.table.setFocus()
    qtbot.keyClick(window.outbox.table, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: [line[4] for line in lines(window)[1:]] == ["一時停止中"] * 2)
    assert not pane.countdown.isVisible()
    assert "送信を一時停止しています" in window._strips.messages[-1].text
    assert desk.sender.pause_of is not None, "over a restart too"


def test_enter_once_too_often_does_not_let_go_what_it_has_stopped(window, desk, qtbot, settle):
    item = desk.outbox.queue(application(MENU, 903))
    desk.sender.resume()
    desk.sender._countdown_s = 30.0
    look(window, settle)
    pane = window.outbox.pane
    qtbot.waitUntil(pane.countdown.isVisible, timeout=20_000)
    pane.countdown.take_focus()
    qtbot.keyClick(pane.countdown.button, KEYS.Key_Return)
    qtbot.waitUntil(lambda: lines(window)[1][4] == "自分で止めました")
    for _ in range(3):
        qtbot.keyClick(window.focusWidget(), KEYS.Key_Return)
        settle()
    assert desk.outbox.item(item.item_id).failure_code == "stopped"


def test_delete_takes_a_waiting_one_back_and_f2_leads_to_its_form(window, desk, qtbot, settle):
    first, second = desk.outbox.queue(application(MENU, 903)), desk.outbox.queue(outage(904, customer_name="見本 直"))
    look(window, settle)
    table = window.outbox.table
    table.setFocus()
    table.choose_row(window.outbox.model.place_of(first.item_id))
    qtbot.keyClick(table, KEYS.Key_Delete)
    qtbot.waitUntil(lambda: desk.outbox.item(first.item_id).state is OutboxState.CANCELLED)
    # The store has it before the window has: the message comes with the answer of the lane.
    qtbot.waitUntil(lambda: any("送配電会社には届いていません" in message.text for message in window._strips.messages))
    settle()
    table.choose_row(window.outbox.model.place_of(second.item_id))
    qtbot.keyClick(table, KEYS.Key_F2)
    qtbot.waitUntil(lambda: window.applications.form is not None and window.applications.form.isVisible())
    settle()
    assert window.tabs.currentIndex() == APPLY
    assert desk.outbox.item(second.item_id).state is OutboxState.CANCELLED, "it goes on in its form, and nowhere else"
    typed = window.applications.form.values()
    assert (typed["customer_name"], typed["supply_point_number"]) == ("見本 直", second.application.supply_point_number)


def test_a_narrow_window_shows_list_and_pane_in_turn(window, desk, qtbot, settle):
    desk.outbox.queue(outage(901))
    window.resize(800, 480)
    look(window, settle)
    tab = window.outbox
    assert (tab.table.isVisible(), tab.pane.isVisible()) == (True, False)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, KEYS.Key_Return)
    assert (tab.table.isVisible(), tab.pane.isVisible()) == (False, True)
    settle()
    assert "0000-0000-0000-0000-0901" in tab.pane._place.text()
    qtbot.keyClick(tab.focusWidget(), KEYS.Key_Escape)
    assert (tab.table.isVisible(), tab.pane.isVisible()) == (True, False)


def test_a_narrow_window_counts_down_above_the_list_and_escape_stops_it(window, desk, qtbot, settle):
    window.resize(800, 480)
    item = desk.outbox.queue(application(MENU, 903))
    desk.sender._countdown_s = 30.0
    desk.sender.resume()
    look(window, settle)
    tab = window.outbox
    qtbot.waitUntil(tab.pane.countdown.isVisible, timeout=20_000)
    assert tab.table.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: tab.pane.isVisible() and tab.pane.countdown.isVisible())
    assert tab.pane.isAncestorOf(tab.pane.countdown)
    window.resize(800, 480)
    qtbot.waitUntil(lambda: not tab.pane.isVisible() and tab.pane.countdown.isVisible())
    tab.table.setFocus()
    qtbot.keyClick(tab.table, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: desk.outbox.item(item.item_id).failure_code == "stopped")
    qtbot.waitUntil(lambda: not tab.pane.countdown.isVisible())


def test_the_course_says_each_step(window, desk, practice, settle):
    item = desk.outbox.queue(outage(901))
    desk.outbox.stop(item.item_id)
    desk.outbox.go_on(item.item_id, countdown_s=3.0)
    desk.outbox.send(item.item_id)
    look(window, settle)
    steps = [line.split("　")[1] for line in window.outbox.pane._course.text().split("\n")]
    receipt = desk.outbox.item(item.item_id).receipt_number
    words = ["送信待ちに入れました", "送信を止めました", "送信を再開しました", "送信を始めました", f"受け付けられました：{receipt}"]
    assert steps == words


def test_closing_with_something_unsent_asks_and_the_next_start_says_it(window, desk, qtbot, settle):
    desk.outbox.queue(outage(901))
    window.close()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert box.text() == "停電の申込 1 件が未送信です。"
    qtbot.keyClick(box, KEYS.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)
    assert window.isVisible(), "Enter leaves everything as it is"
    window.close()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    with qtbot.waitSignal(window.closed):
        next(button for button in window.findChild(QMessageBox).buttons() if "閉じる" in button.text()).click()


def test_a_restart_for_the_settings_asks_nothing(window, desk, qtbot):
    desk.outbox.queue(outage(901))
    with qtbot.waitSignal(window.closed):
        window.leave_for_restart()


def test_every_hold_has_an_act_or_goes_by_itself():
    from denkidesk.desk.sending import Hold, Pause
    from denkidesk.texts import outbox as texts

    assert set(texts.HOLDS) == {hold.value for hold in Hold}
    assert set(texts.PAUSES) == {pause.value for pause in Pause}
    assert {act.value for act in Act} >= {"stop", "go_on", "resume", "confirm", "settle", "mend", "login"}


@pytest.mark.qt_log_ignore("No Icon set", "systemTrayWindowChanged", extend=True)  # only the program has an icon, and a tray
def test_a_clerk_who_looks_elsewhere_is_told_outside_and_no_customer_is_named(window, desk, practice, qtbot, settle, monkeypatch):
    shown = []  # the platform of these tests has no place for notes
    for name in ("isSystemTrayAvailable", "supportsMessages"):
        monkeypatch.setattr(QSystemTrayIcon, name, staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, *message: shown.append(message))
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(elsewhere.isActiveWindow)
    item = desk.outbox.queue(outage(901))
    desk.sender.resume()
    look(window, settle)
    qtbot.waitUntil(lambda: len(shown) == 1, timeout=20_000)
    (product, text, icon, _) = shown[0]
    assert (product, icon) == ("Denki Desk", QSystemTrayIcon.MessageIcon.Information)
    assert text == f"停電：受付済 {desk.outbox.item(item.item_id).receipt_number}"
    practice.utility.inject("cut-after-accept", operation="new_outage")
    desk.outbox.queue(outage(903))
    window.outgoing.look()
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=20_000)
    assert shown[1][1:3] == ("停電：結果不明", QSystemTrayIcon.MessageIcon.Warning)
    elsewhere.hide()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.outbox.queue(outage(902))
    window.outgoing.look()
    qtbot.waitUntil(lambda: lines(window)[-1][0] == lines(window)[-2][0] == "受付済", timeout=20_000)
    assert len(shown) == 2, "who looks at the window sees it there"
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(elsewhere.isActiveWindow)
    practice.kansai_server.stop()
    desk.outbox.queue(outage(904), countdown_s=0.05)  # goes without a probe, and comes back
    window.outgoing.look()
    qtbot.waitUntil(lambda: any("：送信待ち" in message.text for message in window._strips.messages), timeout=20_000)
    assert len(shown) == 2, "what waits on is no news"


def test_what_was_taken_back_is_brought_back_by_name(window, desk, qtbot, settle):
    item = desk.outbox.queue(outage(901, customer_name="見本 花子"), countdown_s=3.0)
    look(window, settle)
    menu_line = next(action for action in window.findChildren(QAction) if action.shortcut().toString() == "Ctrl+Z")
    assert (menu_line.text(), menu_line.isEnabled(), window.outbox.undo.isVisible()) == ("元に戻す(&Z)", False, False)
    window.outbox.table.setFocus()
    qtbot.keyClick(window.outbox.table, KEYS.Key_Delete)
    qtbot.waitUntil(lambda: menu_line.text() == "「停電 見本 花子」の取り消しを元に戻す(&Z)")
    assert any(message.text.startswith("「停電 見本 花子」の送信を取り消しました") for message in window._strips.messages)
    settle()
    assert (lines(window), window.outbox.undo.isVisible()) == ([], True), "the list is empty, and the way back is still there"
    assert window.focusWidget().isVisible()
    qtbot.keyClick(window.focusWidget(), KEYS.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(lines(window)) == 2)
    assert (menu_line.isEnabled(), window.outbox.undo.isVisible()) == (False, False)
    assert desk.outbox.item(item.item_id).state is OutboxState.QUEUED
    desk.sender.resume()
    look(window, settle)
    qtbot.waitUntil(lambda: lines(window)[-1][0] == "受付済", timeout=20_000)


def test_what_went_into_its_form_is_not_brought_back(window, desk, context, qtbot, settle):
    desk.outbox.queue(outage(901))
    look(window, settle)
    window.outbox.table.setFocus()
    qtbot.keyClick(window.outbox.table, KEYS.Key_F2)
    qtbot.waitUntil(lambda: any(message.key == "outbox.cancel" for message in window._strips.messages))
    assert context.undo.name == ""


def test_enter_on_what_was_accepted_shows_its_card_and_parks_what_is_typed(window, desk, qtbot, settle):
    item = desk.outbox.send(desk.outbox.queue(outage(901)).item_id).item
    window.start_application(MENU)
    qtbot.waitUntil(lambda: window.applications.form is not None and window.applications.form.isVisible())
    window.show_tab(OUTBOX)
    look(window, settle)
    window.outbox.table.setFocus()
    qtbot.keyClick(window.outbox.table, KEYS.Key_Return)
    card = window.applications.receipt_page
    qtbot.waitUntil(card.isVisible)
    assert (window.tabs.currentIndex(), card.number.text(), card.card.hasFocus()) == (APPLY, item.receipt_number, True)
    settle()
    assert any(name == "受付メッセージ" for name, _ in card.pairs.pairs)
    assert window.applications.form is None


def in_the_status_bar(window):
    return window.status._going.text()


def ring(window):
    """Whether the count at the tab asks for a person."""
    badge = window.tabs.tabBar().tabButton(OUTBOX, QTabBar.ButtonPosition.RightSide)
    picture = badge.grab().toImage()
    return picture.pixelColor(picture.width() // 3, 0) == window._context.theme.colour("warn")


def test_the_status_bar_says_until_when_or_why_not_and_the_count_is_ringed_for_a_person_alone(window, desk, qtbot, settle):
    assert in_the_status_bar(window) == ""
    for number in (903, 904):
        desk.outbox.queue(application(MENU, number))
    look(window, settle)
    qtbot.waitUntil(lambda: in_the_status_bar(window) == "送信待ち 2 件・一時停止中")
    assert ring(window)
    desk.closed_hours.add(now_jst() - timedelta(hours=1), now_jst() + timedelta(hours=20))
    desk.sender.resume()
    look(window, settle)
    qtbot.waitUntil(lambda: in_the_status_bar(window).startswith("送信待ち 2 件・受付時間外"))
    assert in_the_status_bar(window).endswith("に再開")
    assert not ring(window), "it goes on by itself"
    (closed,) = desk.closed_hours.windows()
    desk.sender._countdown_s = 30.0
    desk.closed_hours.remove(closed.window_id)
    window.outgoing.auto_sender.try_now()
    qtbot.waitUntil(lambda: in_the_status_bar(window).startswith("送信待ち 2 件・約 "), timeout=20_000)
    seconds = int(in_the_status_bar(window).split()[-2])
    assert 25 <= seconds <= 31
    qtbot.waitUntil(lambda: int(in_the_status_bar(window).split()[-2]) < seconds)


def test_what_was_accepted_is_followed_by_a_form_with_all_that_is_known(window, desk, qtbot, settle):
    sent = desk.outbox.send(desk.outbox.queue(outage(901, customer_name="見本 太郎")).item_id).item
    desk.outbox.queue(outage(902))
    look(window, settle)
    tab = window.outbox
    tab.table.choose_row(1)
    settle()
    qtbot.keyClick(tab.table, KEYS.Key_R, CTRL)  # what waits has nothing to follow
    assert window.tabs.currentIndex() == OUTBOX
    assert not tab.pane.follow_on.isVisible()
    tab.table.choose_row(tab.model.place_of(sent.item_id))
    settle()
    assert tab.pane.follow_on.isVisible()
    qtbot.keyClick(tab.table, KEYS.Key_R, CTRL)
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == APPLY and shown_form(window) is not None)
    values = shown_form(window).values()
    assert (values["customer_name"], values["supply_point_number"]) == ("見本 太郎", sent.application.supply_point_number)
    assert "visit_on" not in values


def shown_form(window):
    return window.applications.form
