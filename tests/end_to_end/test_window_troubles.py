"""The clerk in trouble, in the real window on real servers: each trouble is said once, clearly, in its place, and nothing typed is lost."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import OutboxState
from denkidesk.domain.clock import JST
from denkidesk.kansai import listing_stream
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.main_window import OUTBOX
from fakes.clerk import ADDRESS, CUSTOMER, FILING, LISTING, NOTE, POINT, WRONG_PASSWORDS, Pulse
from fakes.clock import Clock
from fakes.desk_home import run_program, write_application, write_settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SUNDAY_STOP = datetime(2026, 11, 22, 1, 30, tzinfo=JST)
TYPED = {"supply_point_number": POINT, "customer_name": CUSTOMER, "supply_point_address": ADDRESS, "note": NOTE}
AWAY, TROUBLED = "つながりません", "応答が異常です"


def form_in_the_window(clerk) -> dict[str, str]:
    return {name: clerk.apply.form.values().get(name, "") for name in TYPED}


def filed_with_the_utility(practice) -> int:
    return len(practice.utility.filed())


# --- filing ---------------------------------------------------------------------------------------------------------


WAITING = "outbox.waiting"  # the line that stands on every tab


def waiting(clerk):
    """What stands on every tab of what waits."""
    return next((message.text for message in clerk.messages() if message.key == WAITING), "")


def outbox_line(clerk):
    """The first application of the outbox, below the heading of its group."""
    return [clerk.outbox.model.index(1, column).data() for column in range(clerk.outbox.model.columnCount())]


UNKNOWN = [
    # fault, seconds, whether the utility has it, what the page says of the reason, what the outbox says
    ("cut-after-accept", 0, True, "応答の前に接続が切れました", "接続が途中で切れました"),
    ("reset-after-accept", 0, True, "応答の前に接続が切れました", "接続が途中で切れました"),
    ("cut-before-work", 0, False, "応答の前に接続が切れました", "接続が途中で切れました"),
    ("late", 30, True, "時間内に応答がありませんでした", "時間内に返事がありません"),
    ("error-500", 0, False, "送配電会社の側でエラーが起きました", "サーバーの側の障害"),
    ("error-500-after-accept", 0, True, "送配電会社の側でエラーが起きました", "サーバーの側の障害"),
    ("maintenance-503-html", 0, False, "保守中と答えました", "保守中"),
    ("not-xml", 0, True, "応答を読み取れませんでした", "返事を読み取れません"),
    ("no-receipt", 0, True, "申込受付番号がありませんでした", "受付番号がありません"),
]


@pytest.mark.parametrize(("fault", "seconds", "taken", "reason", "why"), UNKNOWN, ids=[case[0] for case in UNKNOWN])
def test_nobody_knows_whether_it_was_taken(clerk, practice, fault, seconds, taken, reason, why):
    practice.utility.inject(fault, operation=FILING, seconds=seconds)
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "結果不明" in page
    assert reason in page
    assert "自動では再送しません" in page
    assert not re.search(r"[A-Za-z]{3,}", re.sub(r"IT担当用：.*", "", page)), "Japanese, but for the line that is not for the clerk"
    assert [message.key for message in clerk.messages()] == ["outbox.unknown"], "the page is the message; a line stands until it is settled"
    assert clerk.standing().startswith("接続済"), "the listing was asked at once, and came"
    (item,) = clerk.items()
    assert item.state is OutboxState.UNKNOWN
    assert (item.application.supply_point_number, item.application.customer_name) == (POINT, CUSTOMER)

    # it stands in the outbox by its name, and no key sends it again
    clerk.open_outbox()
    row = outbox_line(clerk)
    assert row[0] == "結果不明"
    assert why in row[4]
    assert row[5] == "自動では送らない"
    clerk.picture("outbox")
    for keys in ("F2", "Del", "Ctrl+Shift+P", "Ctrl+Shift+P"):
        clerk.press(keys)
        clerk.settle()
    assert not clerk.outbox.pane.requeue.isVisible()
    clerk.refresh()
    assert [one.state for one in clerk.items()] == [OutboxState.UNKNOWN]
    assert filed_with_the_utility(practice) == (1 if taken else 0)
    assert sorted(practice.utility.request_ids().values()).count(2) == 0


REFUSED = [
    ("bad-request-400", "項目に誤り", "接続済"),
    ("declined", "受け付け", "接続済"),
]


@pytest.mark.parametrize(("fault", "words", "state"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_refusal_is_a_proof_and_leads_back_to_the_form(clerk, practice, fault, words, state):
    practice.utility.inject(fault, operation=FILING)
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "受け付けられませんでした" in page
    assert words in page
    assert clerk.messages() == []
    assert clerk.standing().startswith(state)
    assert [item.state for item in clerk.items()] == [OutboxState.REJECTED]

    clerk.press("Alt+E")  # mend it
    clerk.until(clerk.apply.form.isVisible)
    assert form_in_the_window(clerk) == TYPED


def test_a_wrong_password_when_filing(come_to_work, practice):
    clerk = come_to_work(environ=WRONG_PASSWORDS)
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "ログインを断られました" in page
    assert "この申込は受け付けられていません" in page
    assert "ログインID・パスワード" in page
    assert "設定" in page
    assert [item.state for item in clerk.items()] == [OutboxState.QUEUED]
    assert "ログインを断られたため、送っていません" in waiting(clerk)
    assert clerk.standing() == "ログイン不可"
    assert len(practice.utility.request_starts()) == 1, "a second try might lock the company's login"
    clerk.press("Return")  # the button that has the focus leads to where the password is
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))
    clerk.press("Esc")
    clerk.back_in_the_window()
    (kept,) = clerk.items()
    assert (kept.application.supply_point_number, kept.application.customer_name) == (POINT, CUSTOMER)


def test_after_a_refused_login_ten_acts_of_window_and_command_line_ask_the_server_nothing(come_to_work, practice, tmp_path):
    home = tmp_path / "home"
    write_settings(home, practice)
    application = write_application(tmp_path)
    clerk = come_to_work(environ=WRONG_PASSWORDS)
    clerk.file_outage()
    assert len(practice.utility.request_starts()) == 1

    for _ in range(2):
        clerk.refresh()
        (message,) = [message for message in clerk.messages() if message.key != WAITING]
        assert "止めています" in message.text
    clerk.open_outbox()
    for _ in range(2):
        clerk.press("Ctrl+Shift+P")  # stops all, lets all go on
        clerk.settle()
    assert "ログインを断られたため、送っていません" in waiting(clerk)
    clerk.picture("outbox")
    clerk.press("Ctrl+,")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))
    settings = QApplication.activeModalWidget()
    clerk.settle()
    settings.test_kansai()
    clerk.settle()
    assert "止めています" in settings._strips.messages[0].text
    clerk.picture("settings")
    clerk.press("Esc")
    clerk.back_in_the_window()
    for command in (["apply", "outage", str(application)], ["outbox", "run"], ["inbox", "sync"], ["status", "P1"], ["outbox", "run"]):
        ran = run_program(home, *command, env=WRONG_PASSWORDS)
        assert ran.code == 4, ran.stderr
        assert "止めています" in ran.stderr
        assert "--try-once" in ran.stderr
    assert len(practice.utility.request_starts()) == 1
    again = come_to_work(environ=WRONG_PASSWORDS)  # a restart changes nothing
    again.refresh()
    assert len(practice.utility.request_starts()) == 1
    assert {item.state for item in clerk.items()} == {OutboxState.QUEUED}

    ran = run_program(home, "outbox", "run", "--try-once", env=WRONG_PASSWORDS)
    assert ran.code == 4
    assert len(practice.utility.request_starts()) == 2, "once"
    assert run_program(home, "outbox", "run", env=WRONG_PASSWORDS).code == 4
    assert len(practice.utility.request_starts()) == 2
    ran = run_program(home, "outbox", "run")  # the secret is another one
    assert (ran.code, [item["state"] for item in ran.json]) == (0, ["accepted", "accepted"])


def test_a_server_that_is_down_when_filing(clerk, practice):
    practice.kansai_server.stop()
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "送信トレイに入れました" in page
    assert "送配電会社につながりません" in page
    assert "届いていません" in page
    assert "つながり次第、自動で送ります" in waiting(clerk)
    assert clerk.standing() == "つながりません"
    (item,) = clerk.items()
    assert item.state is OutboxState.QUEUED
    assert item.application.customer_name == CUSTOMER


def test_the_sunday_stop_when_filing(come_to_work, practice):
    clock = Clock(SUNDAY_STOP)
    clerk = come_to_work(now=clock)
    practice.utility.set_now(SUNDAY_STOP)
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "送信トレイに入れました" in page
    assert "まだ送っていません" in page
    assert "再開" in page
    assert "再開したら、自動で送ります" in waiting(clerk)
    assert clerk.standing().startswith("停止中")
    assert [item.state for item in clerk.items()] == [OutboxState.QUEUED]
    assert filed_with_the_utility(practice) == 0

    # before its end no key sends it, though the utility would take it
    asked = len(practice.utility.request_starts())
    practice.utility.set_now(SUNDAY_STOP.replace(hour=3, minute=5))
    clerk.open_outbox()
    for _ in range(2):
        clerk.press("Ctrl+Shift+P")
        clerk.settle()
    clerk.picture("outbox")
    assert outbox_line(clerk)[4:6] == ["受付時間外", "3:00:00 に再開"]
    assert len(practice.utility.request_starts()) == asked

    # when the stop is over, it goes by itself
    clock.moment = SUNDAY_STOP.replace(hour=3, minute=5)
    clerk.until(lambda: [item.state for item in clerk.items()] == [OutboxState.ACCEPTED])
    assert waiting(clerk) == ""
    assert filed_with_the_utility(practice) == 1


def test_the_outbox_says_why_it_stopped_and_what_it_could_do(come_to_work, practice):
    clock = Clock(SUNDAY_STOP.replace(hour=0))
    clerk = come_to_work(now=clock)
    practice.utility.set_now(clock.moment)
    practice.utility.inject("maintenance-503-html", 1, operation=FILING)
    clerk.file_outage()
    clock.moment = SUNDAY_STOP
    practice.utility.set_now(SUNDAY_STOP)
    for last_digit in "89":
        clerk.press("Ctrl+N")
        clerk.settle()
        clerk.file_outage(POINT[:-1] + last_digit)
    clock.moment = SUNDAY_STOP.replace(hour=3)
    practice.utility.set_now(clock.moment)
    assert Counter(item.state for item in clerk.items()) == {OutboxState.UNKNOWN: 1, OutboxState.QUEUED: 2}

    practice.utility.inject("error-500", operation=FILING)
    clerk.open_outbox()
    clerk.until(lambda: "結果不明が続いたため、送信を止めています" in waiting(clerk))
    clerk.settle()
    clerk.picture("paused")
    assert Counter(item.state for item in clerk.items()) == {OutboxState.UNKNOWN: 2, OutboxState.QUEUED: 1}
    clerk.press("Ctrl+Shift+P")
    clerk.until(lambda: OutboxState.ACCEPTED in {item.state for item in clerk.items()})
    clerk.settle()
    clerk.picture("done")
    assert Counter(item.state for item in clerk.items()) == {OutboxState.UNKNOWN: 2, OutboxState.ACCEPTED: 1}


def test_what_waits_for_the_line_is_said_on_every_tab_and_leads_to_the_outbox(clerk, practice):
    practice.kansai_server.stop()
    clerk.file_outage()
    for keys in ("Ctrl+1", "Ctrl+4", "Ctrl+2"):
        clerk.press(keys)
        clerk.settle()
        assert waiting(clerk) == "未送信 1 件（停電 1 件）　送配電会社につながりません。つながり次第、自動で送ります。"
        assert clerk.window.tabs.tabBar().accessibleTabName(OUTBOX) == "送信トレイ 1件"
    clerk.picture()
    next(message for message in clerk.messages() if message.key == WAITING).action()
    clerk.until(clerk.outbox.isVisible)
    clerk.settle()
    assert outbox_line(clerk)[4] == "接続できません"
    assert outbox_line(clerk)[5].startswith("次の確認 ")
    clerk.picture("outbox")
    assert [item.state for item in clerk.items()] == [OutboxState.QUEUED]


def test_closed_hours_that_the_clerk_entered(clerk, practice, open_now):
    now = open_now()
    clerk.context.desk.closed_hours.add(now - timedelta(hours=1), now + timedelta(hours=2), "設備の点検")
    clerk.file_outage()
    clerk.picture()

    page = clerk.outcome()
    assert "送信トレイに入れました" in page
    assert "再開します" in page
    assert "再開したら、自動で送ります" in waiting(clerk)
    assert clerk.standing().startswith("停止中")
    assert "再開" in clerk.standing()
    assert [item.state for item in clerk.items()] == [OutboxState.QUEUED]
    assert practice.utility.request_starts() == (), "nothing leaves the machine"


def test_a_slow_answer_is_waited_for_in_a_window_that_answers(come_to_work, practice):
    clerk = come_to_work(answer_timeout_s=20)
    practice.utility.inject("late", operation=FILING, seconds=1.0)
    clerk.fill_outage()
    with Pulse(clerk) as pulse:
        clerk.press("Ctrl+Return")
        clerk.until(lambda: "送配電会社の応答を待っています" in clerk.outcome())
        clerk.picture("waiting")
        assert "失われません" in clerk.outcome()
        clerk.settle()
    assert pulse.ticks > 50
    assert "受け付けられました" in clerk.outcome()
    assert [item.state for item in clerk.items()] == [OutboxState.ACCEPTED]


# --- what is typed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (POINT[:21], "21桁です。あと1桁足りません"),
        (POINT + "0", "23桁です。1桁多すぎます"),
        ("0500000000000000000017", "関西は 06 で始まります"),
        ("06000000000000000000I7", "数字だけ"),
    ],
    ids=["21", "23", "hokuriku", "letter"],
)
def test_a_supply_point_number_that_cannot_be(clerk, practice, point, words):
    clerk.open_outage()
    clerk.type("supply_point_number", point)
    clerk.type("customer_name", CUSTOMER)
    field = clerk.field("supply_point_number")
    assert words in field.error, "said as soon as the field is left, beside the field"
    clerk.press("Ctrl+Return")
    clerk.picture()

    assert field.editor.hasFocus(), "the cursor stands where it has to be mended"
    assert words in clerk.words_in(field)
    assert field.value() == point
    assert clerk.field("customer_name").value() == CUSTOMER
    assert clerk.messages() == []
    clerk.until(lambda: clerk.draft().get("supply_point_number") == point)
    assert practice.utility.request_starts() == ()

    clerk.type("supply_point_number", POINT)
    assert field.error == ""
    clerk.type("supply_point_address", ADDRESS)
    clerk.choose("triage_scope")
    clerk.until(lambda: clerk.apply.form.review.may_send)


def test_what_was_typed_is_there_after_the_window_was_closed(come_to_work, qtbot):
    clerk = come_to_work()
    clerk.open_outage()
    clerk.type("supply_point_number", POINT[:21])
    clerk.type("customer_name", CUSTOMER)
    with qtbot.waitSignal(clerk.window.closed):
        clerk.press("Ctrl+Q")
    again = come_to_work()
    again.press("Ctrl+N")
    again.settle()
    again.press("Alt+W")
    again.until(lambda: again.apply.form is not None and again.field("customer_name").value() == CUSTOMER)
    assert again.field("supply_point_number").value() == POINT[:21]
    assert "下書きの続き" in again.words_in(again.apply.form)


# --- the inbox ------------------------------------------------------------------------------------------------------


LISTING_TROUBLES = [
    ("cut-after-accept", 0, "接続が途中で切れました", AWAY),
    ("cut-before-work", 0, "接続が途中で切れました", AWAY),
    ("late", 30, "時間内に応答がありません", AWAY),
    ("error-500", 0, "側でエラーが起きています", TROUBLED),
    ("maintenance-503-html", 0, "保守のため止まっています", "停止中"),
    ("not-xml", 0, "応答を読み取れません", TROUBLED),
    ("forbidden-403", 0, "ログインID・パスワード", "ログイン不可"),
    ("redirect-307", 0, "別のアドレスへ案内", TROUBLED),
]


@pytest.mark.parametrize(("fault", "seconds", "words", "state"), LISTING_TROUBLES, ids=[case[0] for case in LISTING_TROUBLES])
def test_a_refresh_that_fails_leaves_the_list_and_says_why(clerk, practice, fault, seconds, words, state):
    clerk.refresh()
    before = clerk.inbox.list.model.receipt_numbers()
    assert before
    practice.utility.inject(fault, operation=LISTING, seconds=seconds)
    clerk.refresh()
    clerk.picture()

    (message,) = clerk.messages()
    assert message in clerk.inbox._strips.messages, "in the screen's own strip"
    assert message.text.startswith("更新できませんでした。")
    assert words in message.text
    assert "時点のものです" in message.text
    assert message.action_text
    assert clerk.standing() == state
    assert clerk.inbox.list.model.receipt_numbers() == before

    if fault == "forbidden-403":
        assert message.action_text == "ログインを確かめる", "trying again may lock the login"
        asked = len(practice.utility.request_starts())
        clerk.press("F5")
        clerk.settle()
        (stopped,) = clerk.messages()
        assert "止めています" in stopped.text
        assert len(practice.utility.request_starts()) == asked, "nothing goes out by itself any more"
        stopped.action()
        clerk.tab_to("一度だけ試す")
        clerk.picture("asked")
        clerk.press("Space")
    else:
        message.action()  # もう一度
    clerk.settle()
    assert clerk.messages() == []
    assert clerk.standing().startswith("接続済")


def test_a_refresh_with_a_wrong_password(come_to_work):
    clerk = come_to_work(environ=WRONG_PASSWORDS)
    clerk.refresh()
    clerk.picture()
    (message,) = clerk.messages()
    assert message in clerk.inbox._strips.messages
    assert "ログインID・パスワード" in message.text
    assert clerk.standing() == "ログイン不可"


def test_a_refresh_while_the_server_is_down(clerk, practice):
    practice.kansai_server.stop()
    clerk.refresh()
    clerk.picture()
    (message,) = clerk.messages()
    assert message in clerk.inbox._strips.messages
    assert "送配電会社につながりません" in message.text
    assert clerk.standing() == "つながりません"


def test_a_refresh_in_the_sunday_stop(come_to_work, practice):
    clerk = come_to_work(now=Clock(SUNDAY_STOP))
    practice.utility.set_now(SUNDAY_STOP)
    clerk.refresh()
    clerk.picture()
    (message,) = clerk.messages()
    assert message in clerk.inbox._strips.messages
    assert "日曜日の 1:00 から 3:00 まで" in message.text
    assert "再開は" in message.text
    assert clerk.standing().startswith("停止中")


def test_a_listing_that_is_too_long_says_from_which_day_it_was_read(clerk, practice, monkeypatch):
    monkeypatch.setattr(listing_stream, "MAX_ROWS", 150)
    practice.utility.fill(300)
    clerk.refresh()
    clerk.picture()
    (said,) = clerk.messages()
    assert said.text.startswith("更新しました。")
    assert said.detail.startswith("申込が多すぎて一度に取り込めないため、")
