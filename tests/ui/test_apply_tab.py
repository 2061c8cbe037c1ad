"""The tab 新規申込, by keyboard, against an outbox that plays scenarios."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.ui.apply.outcomes import Action
from denkidesk.ui.parts.picture import Picture
from fakes.apply_hand import CTRL, KEYS, OUTAGE, POINT, field, opened, press, sent, shown, to_review, write
from fakes.scenario_outbox import similar_one

# The offscreen platform says so of every window with a minimum size; it says nothing of us.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MENU_CHANGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎",
    "selection_code": "PS501",
    "equipment_class": "PE501",
    "service_menu": "PM02",
    "change_on": "2026-12-01",
}
HOSTILE = "<b>太字</b><img src='file:///etc/passwd'><a href='http://192.0.2.1/'>押す</a>"


@pytest.fixture
def make_tab(make_apply_tab):
    return make_apply_tab


@pytest.fixture
def tab(make_tab):
    return make_tab()


def test_an_outage_is_filed_by_keyboard_alone(tab, qtbot, outbox):
    accepted = []
    tab.outbox_changed.connect(lambda changes: accepted.extend(changes.accepted))
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06-1234-5678-9012-3456-7890")
    press(qtbot, KEYS.Key_Return)
    number = field(form, "supply_point_number")
    assert (number.value(), number.editor.text()) == (POINT, "06-1234-5678-9012-3456-7890")
    assert "22桁・関西" in number.row._hint.text()
    write(qtbot, "Mihon Taro")
    for _ in ("name", "phone", "postcode"):
        press(qtbot, KEYS.Key_Return)
    write(qtbot, "Osaka 0-0-0")
    press(qtbot, KEYS.Key_Return)
    for digit in (KEYS.Key_1, KEYS.Key_2, KEYS.Key_2, KEYS.Key_3):
        press(qtbot, digit)
    press(qtbot, KEYS.Key_Return)
    write(qtbot, "+4")
    press(qtbot, KEYS.Key_Return)
    assert QApplication.focusWidget() is field(form, "note").editor
    qtbot.waitUntil(lambda: form.review.may_send)
    rows = dict(form.review.rows)
    assert rows["供給地点特定番号"] == "06-1234-5678-9012-3456-7890"
    assert rows["訪問希望日"] == "2026年11月24日(火)"
    assert "周囲も停電していますか：このお客さまだけ" in rows["備考（電話メモ）"]
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: accepted == ["D26112000001"])
    page = tab.receipt_page
    assert (page.title.text(), page.number.text()) == ("受け付けられました", "D26112000001")
    assert page.card.hasFocus()
    application = outbox.items()[0].application
    assert (application.selection_code, application.equipment_class) == ("PS301", "PE302")
    assert application.extra["remarks"].splitlines()[2] == "ブレーカー：落ちている"
    assert outbox.draft_fields == []


def test_21_digits_are_told_beside_the_field_and_nothing_typed_is_lost(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT[:-1])
    press(qtbot, KEYS.Key_Tab)
    point = field(form, "supply_point_number")
    assert point.error == "21桁です。あと1桁足りません（22桁）。"
    press(qtbot, KEYS.Key_Return, CTRL)
    assert QApplication.focusWidget() is point.editor
    assert field(form, "customer_name").error == "入力してください。"
    assert point.value() == POINT[:-1]
    write(qtbot, "0")
    assert point.error == ""


def test_all_faults_stand_beside_their_fields_at_once(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.MENU_CHANGE, {"supply_point_number": POINT, "customer_name": "見本"})
    field(form, "change_on").set_value("8/12/1")
    form.go_on()
    errors = {f.field.name: f.error for f in form.fields.all if f.error}
    assert set(errors) == {"selection_code", "equipment_class", "service_menu", "change_on"}
    assert errors["service_menu"] == "選んでください。"
    assert errors["change_on"].startswith("年がはっきりしません。")


def test_the_cleaner_says_what_it_changed(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    point = field(form, "supply_point_number")
    QGuiApplication.clipboard().setText("　０６１２３４５６７８-9012-3456-7890 ")
    press(qtbot, KEYS.Key_V, CTRL)
    press(qtbot, KEYS.Key_Tab)
    assert point.value() == POINT
    assert "整えました：全角を半角に、空白・ハイフンを除去" in point.row._hint.text()


def test_typed_dates_become_days_and_sundays_are_pointed_out(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE | {"visit_on": ""})
    visit = field(form, "visit_on")
    visit.take_focus()
    write(qtbot, "+2")
    assert "2026年11月22日(日)" in visit.row._hint.text()
    press(qtbot, KEYS.Key_Tab)
    assert visit.value() == "2026-11-22"
    assert visit.caution == "2026年11月22日(日)は日曜日です。"


def test_yesterday_typed_without_its_year_is_pointed_out_at_the_field_and_on_the_review(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE | {"visit_on": ""})
    visit = field(form, "visit_on")
    visit.take_focus()
    write(qtbot, "11/19")
    press(qtbot, KEYS.Key_Tab)
    assert visit.value() == "2027-11-19"
    said = "2027年11月19日(金)は364日先です。昨日の2026年11月19日(木)のことではありませんか。"
    assert visit.caution == said
    qtbot.waitUntil(lambda: said in " ".join(label.text() for label in form.review.findChildren(QLabel)))


def test_the_review_follows_what_is_typed_and_says_what_is_missing(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT)
    press(qtbot, KEYS.Key_Tab)
    write(qtbot, "Mihon")
    qtbot.waitUntil(lambda: dict(form.review.rows)["需要者名"] == "Mihon")
    rows = dict(form.review.rows)
    assert (rows["供給地点住所"], rows["設備項目区分"], rows["訪問希望日"]) == ("（未入力）", "（質問の答えで決まります）", "指定なし")
    assert form.review.foot.missing == "あと 供給地点住所・設備項目区分"
    assert not form.review.foot.send_button.isEnabled()


def test_the_answers_can_be_overruled_by_key(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, {"triage_scope": "all"})
    assert form.answers.button.text() == "設備項目区分　建物全体の停電"
    derived = field(form, "equipment_class")
    assert not derived.isVisible()
    form.answers.button.setFocus()
    press(qtbot, KEYS.Key_Return)
    assert derived.isVisible()
    press(qtbot, KEYS.Key_3)
    qtbot.waitUntil(lambda: dict(form.review.rows)["設備項目区分"].startswith("周辺一帯の停電"))
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    assert not derived.isVisible(), "the next one begins afresh"


def test_the_utilitys_outage_page_is_opened_by_the_clerk_alone(tab, qtbot, monkeypatch):
    went = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", went.append)
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    assert not form.answers.page_button.isVisible(), "no address is made up"
    form.answers.offer("https://outage.example/", "0000-00-0000")
    press(qtbot, KEYS.Key_2)  # in the number
    field(form, "triage_neighbours").take_focus()
    press(qtbot, KEYS.Key_2)
    assert form.answers.around.isVisible()
    assert went == []


@pytest.mark.parametrize("width", [1100, 800])
def test_stopping_gives_the_form_back_with_the_cursor_where_it_was(tab, qtbot, outbox, monkeypatch, width):
    tab.window().resize(width, 480)
    monkeypatch.setattr(tab.window().auto_sender, "countdown_s", lambda _kind: 60.0)
    form = to_review(tab, qtbot)
    note = field(form, "note").editor
    note.setFocus()
    write(qtbot, "a")
    press(qtbot, KEYS.Key_Return, CTRL)
    if width == 800:
        qtbot.waitUntil(lambda: form.review.may_send)
        press(qtbot, KEYS.Key_Return, CTRL)
    countdown = form.review.foot.countdown
    qtbot.waitUntil(countdown.isVisible)
    assert countdown.button.hasFocus()
    assert not note.isEnabled(), "nothing is changed while it counts"
    press(qtbot, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: not form.is_locked)
    if width == 1100:
        assert note.hasFocus()
    assert form.values()["note"] == "a"
    assert outbox.sends == []
    qtbot.waitUntil(lambda: [dict(fields)["note"] for _, fields in outbox.draft_fields] == ["a"])


def test_what_the_review_says_is_what_goes_out(tab, qtbot, outbox):
    form = to_review(tab, qtbot, kind=ApplicationKind.MENU_CHANGE, values=MENU_CHANGE)
    rows = dict(form.review.rows)
    form.go_on()
    qtbot.waitUntil(lambda: bool(outbox.items()) and outbox.items()[0].state is OutboxState.ACCEPTED)
    application = outbox.items()[0].application
    assert {k: str(v) for k, v in application.items().items()} == MENU_CHANGE
    assert rows == {
        "申込の種類": "メニュー変更",
        "供給地点特定番号": "06-1234-5678-9012-3456-7890",
        "需要者名": "見本 太郎",
        "選択項目": "接続送電サービスメニューの変更（PS501）",
        "設備項目区分": "低圧電灯（PE501）",
        "接続送電サービスメニュー": "電灯標準接続送電サービス（PM02）",
        "変更希望日": "2026年12月1日(火)",
    }
    qtbot.waitUntil(lambda: not tab._dispatch.is_busy)


def test_a_double_press_sends_once(tab, qtbot, outbox):
    form = to_review(tab, qtbot)
    outbox.hold = True
    send = form.review.foot.send_button
    send.click()
    send.click()
    form.send_requested.emit()
    form.go_on()
    qtbot.waitUntil(outbox.held.is_set)
    qtbot.waitUntil(lambda: form.review.foot.words.text() == "送配電会社の応答を待っています。")
    outbox.release.set()
    qtbot.waitUntil(tab.receipt_page.isVisible)
    assert (len(outbox.items()), len(outbox.sends)) == (1, 1)


def test_on_a_small_screen_the_key_that_opens_the_review_does_not_send_it(tab, qtbot, outbox):
    tab.window().resize(800, 480)
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    assert not form.review.isVisible()
    for _ in range(5):
        press(qtbot, KEYS.Key_Return, CTRL)
    assert form.review.isVisible()
    assert not form._side.isVisible()
    assert not form.review.may_send
    qtbot.waitUntil(lambda: form.review.may_send)
    assert outbox.items() == ()
    press(qtbot, KEYS.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert form._side.isVisible()
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.review.foot.send_button)
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: len(outbox.items()) == 1 and not tab._dispatch.is_busy)


def test_a_key_pressed_while_it_is_looked_up_need_not_be_pressed_again(tab, qtbot, outbox):
    outbox.similar_hold = threading.Event()
    form = shown(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    qtbot.waitUntil(lambda: tab._live._checks._awaited == {"books"})
    press(qtbot, KEYS.Key_Return, CTRL)
    assert outbox.items() == ()
    outbox.similar_hold.set()
    qtbot.waitUntil(lambda: len(outbox.items()) == 1 and not tab._dispatch.is_busy)
    assert form is not tab.form, "it is filed, and done with"


def test_the_envelope_is_shown_on_demand_and_masked(tab, qtbot):
    form = to_review(tab, qtbot)
    assert form.review.xml == ""
    form.review.xml_button.click()
    qtbot.waitUntil(lambda: POINT in form.review.xml)
    assert "****" in form.review.xml
    form.review.xml_button.click()
    assert form.review.xml == ""


def test_a_possible_double_and_odd_characters_are_pointed_out_on_the_review(tab, qtbot, outbox):
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED), similar_one("", OutboxState.UNKNOWN))
    form = to_review(tab, qtbot, values=OUTAGE | {"customer_name": "𠮷野 花子", "visit_on": "2026-11-23"})
    assert form.review.similar_lines == ("D26111900009　停電　今日 10:15　受付済", "受付番号なし　停電　今日 10:15　結果不明")
    assert any("𠮷" in line for line in form.review._cautions.lines)
    assert any("祝日" in line for line in form.review._cautions.lines)


@pytest.mark.parametrize(
    ("plays", "title", "state", "actions"),
    [
        ("server_times_out_after_sending", "結果不明", OutboxState.UNKNOWN, {Action.SETTLE, Action.NEXT_APPLICATION}),
        ("server_refuses", "受け付けられませんでした", OutboxState.REJECTED, {Action.MEND, Action.TO_START}),
        ("server_is_away", "送信トレイに入れました", OutboxState.QUEUED, {Action.RETRY, Action.NEXT_APPLICATION}),
        ("server_is_closed", "送信トレイに入れました", OutboxState.QUEUED, {Action.RETRY, Action.NEXT_APPLICATION}),
        ("wsdl_is_broken", "設定を確かめてください", OutboxState.QUEUED, {Action.SETTINGS, Action.RETRY, Action.NEXT_APPLICATION}),
    ],
)
def test_each_outcome_has_its_page_and_is_sent_only_once(tab, qtbot, outbox, plays, title, state, actions):
    outbox.plays = plays
    page = sent(tab, qtbot)
    assert page.title.text() == title
    assert {action for action, button in page._buttons.items() if button.isVisible()} == actions
    assert [item.state for item in outbox.items()] == [state]
    assert len(outbox.sends) == 1
    if plays == "server_is_closed":
        assert "11月22日(日) 3:00" in page.lead.text()
    if state is OutboxState.UNKNOWN:
        assert "自動では再送しません" in page.points.text()


def test_a_refused_application_can_be_mended_with_everything_in_place(tab, qtbot, outbox):
    outbox.plays = "server_refuses"
    outbox.message = HOSTILE
    page = sent(tab, qtbot)
    assert page.words.text() == HOSTILE
    page._buttons[Action.MEND].click()
    assert tab.form.isVisible()
    assert tab.form.values() == OUTAGE
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, OUTAGE)])


def test_what_waits_is_sent_again_when_the_clerk_says_so(tab, qtbot, outbox):
    outbox.plays = "server_is_away"
    page = sent(tab, qtbot)
    outbox.plays = "server_accepts"
    page._buttons[Action.RETRY].click()
    qtbot.waitUntil(tab.receipt_page.isVisible)
    assert len(outbox.items()) == 1


def test_a_fault_found_only_when_it_is_kept_goes_back_to_its_field(tab, qtbot, outbox):
    outbox.queue_fault = InputRefused([FieldFault("customer_name", "control", {"character": "U+0007"})])
    form = to_review(tab, qtbot)
    form.go_on()
    qtbot.waitUntil(lambda: field(form, "customer_name").error != "")
    assert form.isVisible()
    assert QApplication.focusWidget() is field(form, "customer_name").editor


def test_what_cannot_be_kept_is_not_sent_and_says_so(tab, qtbot, outbox):
    outbox.queue_fault = SetupFault("desk.db", "file", "unwritable")
    page = sent(tab, qtbot)
    assert page.title.text() == "保存できませんでした"
    assert outbox.sends == []


def test_a_second_outage_may_be_filed_while_the_first_is_on_its_way(tab, qtbot, outbox, said):
    form = to_review(tab, qtbot)
    outbox.hold = True
    form.go_on()
    qtbot.waitUntil(outbox.held.is_set)
    tab.start(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: tab.form is not None and not tab.form.is_locked and tab.form.isVisible())
    assert tab.form.draft() == {}
    outbox.release.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == "停電の申込：受け付けられました D26112000001"
    assert tab.form.isVisible()


def test_discarding_asks_once_and_then_forgets(tab, qtbot, outbox):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06")
    qtbot.waitUntil(lambda: bool(outbox.draft_fields))
    form.discard_button.click()
    keep, drop = (next(b for b in tab._open_form.question.buttons() if b.text() == text) for text in ("続ける", "破棄する"))
    keep.click()
    assert tab.form is form
    form.discard_button.click()
    drop = next(b for b in tab._open_form.question.buttons() if b.text() == "破棄する")
    drop.click()
    assert tab.start_page.isVisible()
    qtbot.waitUntil(lambda: outbox.draft_fields == [])


def test_the_enter_that_ends_a_composition_does_not_leave_the_field(tab, qtbot):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    name = field(form, "customer_name")
    name.take_focus()
    QApplication.sendEvent(name.editor, QInputMethodEvent("みほん", []))
    press(qtbot, KEYS.Key_Return)
    assert QApplication.focusWidget() is name.editor
    done = QInputMethodEvent()
    done.setCommitString("見本")
    QApplication.sendEvent(name.editor, done)
    press(qtbot, KEYS.Key_Return)
    assert QApplication.focusWidget() is name.editor
    assert name.value() == "見本"


def test_a_change_of_scheme_redraws_what_is_open(tab, qtbot, theme):
    form = to_review(tab, qtbot)
    picture = form.findChild(Picture)
    light = picture.pixmap().toImage()
    theme.set_scheme("dark")
    assert picture.pixmap().toImage() != light
    theme.set_scheme("light")
    assert picture.pixmap().toImage() == light


def test_the_kinds_are_chosen_by_key(tab, qtbot):
    tab.start_page.take_focus()
    press(qtbot, KEYS.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.kind is ApplicationKind.MENU_CHANGE)


@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_every_form_opens_with_the_cursor_in_its_first_field(tab, qtbot, kind):
    form = opened(tab, qtbot, kind)
    assert QApplication.focusWidget() is form.fields.all[0].editor
    for one in form.fields.all:
        assert one.editor.accessibleName()


def test_hostile_text_is_plain_everywhere(tab, qtbot, outbox):
    outbox.message = HOSTILE
    form = to_review(tab, qtbot, values=OUTAGE | {"customer_name": HOSTILE[:90]})
    labels = tab.findChildren(QLabel)
    form.go_on()
    qtbot.waitUntil(tab.receipt_page.isVisible)
    assert dict(tab.receipt_page.pairs.pairs)["受付メッセージ"] == HOSTILE
    formats = {label.textFormat() for label in [*labels, *tab.findChildren(QLabel)] if label.text()}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("width", [800, 1100, 1440])
@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_nothing_is_cut_at_any_width(tab, qtbot, kind, width):
    tab.window().resize(width, 480)
    form = opened(tab, qtbot, kind, OUTAGE if kind is ApplicationKind.OUTAGE else MENU_CHANGE)
    form.fields.settle()
    QApplication.processEvents()
    QApplication.processEvents()
    body, page = form._page.widget(), form._page
    assert body.width() <= page.viewport().width()
    for one in form.fields.all:
        if not one.isVisible():
            continue
        for button in one.findChildren(QPushButton):
            assert one.editor.rect().contains(button.geometry()), button.text()
            assert button.width() >= button.sizeHint().width()
        for label in one.findChildren(QLabel):
            if label.isVisible() and label.text():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
        assert body.rect().contains(one.geometry()), one.field.name
    for label in form.review.page.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap() and label.pixmap().isNull():
            assert label.width() >= label.sizeHint().width(), label.text()
