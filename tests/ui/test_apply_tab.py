"""The tab 新規申込, by keyboard, against an outbox that plays scenarios."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.ui.apply.outcomes import Action
from denkidesk.ui.parts.picture import Picture
from fakes.apply_hand import CTRL, KEYS, OUTAGE, POINT, field, opened, press, sent, to_review, write
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
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06-1234-5678-9012-3456-7890")
    press(qtbot, KEYS.Key_Return)
    assert field(wizard, "supply_point_number").value() == POINT
    assert "06-1234-5678-9012-3456-7890" in field(wizard, "supply_point_number").row._hint.text()
    write(qtbot, "Mihon Taro")
    press(qtbot, KEYS.Key_Return)
    write(qtbot, "Osaka 0-0-0")
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.step.key == "triage"
    for digit in (KEYS.Key_1, KEYS.Key_1, KEYS.Key_2, KEYS.Key_3):
        press(qtbot, digit)
    press(qtbot, KEYS.Key_Return)
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.step.key == "request"
    press(qtbot, KEYS.Key_1)
    press(qtbot, KEYS.Key_2)
    write(qtbot, "+4")
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.is_review
    rows = dict(wizard.review.rows)
    assert rows["供給地点特定番号"] == "06-1234-5678-9012-3456-7890"
    assert rows["訪問希望日"] == "2026年11月24日(火)"
    assert "周囲も停電していますか：この家だけ" in rows["備考（電話メモ）"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is wizard.next_button and wizard.next_button.isEnabled())
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: accepted == ["D26112000001"])
    page = tab.outcome_page
    assert (page.title.text(), page.receipt.text()) == ("受け付けられました", "D26112000001")
    assert QGuiApplication.clipboard().text() == "D26112000001"
    application = outbox.items()[0].application
    assert (application.selection_code, application.equipment_class) == ("PS301", "PE302")
    assert application.extra["remarks"].splitlines()[2] == "ブレーカー：落ちている"
    assert outbox.draft_fields == []


def test_21_digits_are_told_beside_the_field_and_nothing_typed_is_lost(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT[:-1])
    press(qtbot, KEYS.Key_Tab)
    point = field(wizard, "supply_point_number")
    assert point.error == "21桁です。あと1桁足りません（22桁）。"
    press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.at == 0
    assert QApplication.focusWidget() is point.editor
    assert field(wizard, "customer_name").error == "入力してください。"
    assert point.value() == POINT[:-1]
    write(qtbot, "0")
    assert point.error == ""


def test_all_faults_of_a_step_stand_beside_their_fields_at_once(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.MENU_CHANGE, {"supply_point_number": POINT, "customer_name": "見本"})
    wizard.go_on()
    field(wizard, "change_on").set_value("8/12/1")
    wizard.go_on()
    errors = {f.field.name: f.error for f in wizard.step_pages[1].fields if f.error}
    assert set(errors) == {"selection_code", "equipment_class", "service_menu", "change_on"}
    assert errors["service_menu"] == "選んでください。"
    assert errors["change_on"].startswith("年がはっきりしません。")


def test_the_cleaner_says_what_it_changed(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    point = field(wizard, "supply_point_number")
    QGuiApplication.clipboard().setText("　０６１２３４５６７８-9012-3456-7890 ")
    press(qtbot, KEYS.Key_V, CTRL)
    press(qtbot, KEYS.Key_Tab)
    assert point.value() == POINT
    assert "整えました：全角を半角に、空白・ハイフンを除去" in point.row._hint.text()


def test_typed_dates_become_days_and_sundays_are_pointed_out(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE | {"visit_on": ""})
    wizard.go_on()
    wizard.go_on()
    visit = field(wizard, "visit_on")
    visit.take_focus()
    write(qtbot, "+2")
    assert "2026年11月22日(日)" in visit.row._hint.text()
    press(qtbot, KEYS.Key_Tab)
    assert visit.value() == "2026-11-22"
    assert visit.caution == "2026年11月22日(日)は日曜日です。"


def test_yesterday_typed_without_its_year_is_pointed_out_at_the_field_and_on_the_review(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE | {"visit_on": ""})
    wizard.go_on()
    wizard.go_on()
    visit = field(wizard, "visit_on")
    visit.take_focus()
    write(qtbot, "11/19")
    press(qtbot, KEYS.Key_Tab)
    assert visit.value() == "2027-11-19"
    said = "2027年11月19日(金)は364日先です。昨日の2026年11月19日(木)のことではありませんか。"
    assert visit.caution == said
    wizard.go_on()
    qtbot.waitUntil(lambda: said in " ".join(label.text() for label in wizard.review.findChildren(QLabel)))


def test_back_and_the_step_list_keep_every_value(tab, qtbot):
    wizard = to_review(tab, qtbot)
    before = wizard.values()
    press_back = wizard.back_button
    qtbot.mouseClick(press_back, Qt.MouseButton.LeftButton)
    assert wizard.walk.at == 2
    wizard.steps.place_chosen.emit(0)
    assert wizard.walk.at == 0
    assert wizard.values() == before
    field(wizard, "supply_point_number").set_value("06")
    wizard.steps.place_chosen.emit(2)
    assert wizard.walk.at == 0, "a faulty step is not skipped"


def test_what_the_review_says_is_what_goes_out(tab, qtbot, outbox):
    wizard = to_review(tab, qtbot, kind=ApplicationKind.MENU_CHANGE, values=MENU_CHANGE)
    rows = dict(wizard.review.rows)
    wizard.go_on()
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
    qtbot.waitUntil(lambda: tab._dispatch._watched is None)


def test_a_double_press_sends_once(tab, qtbot, outbox):
    wizard = to_review(tab, qtbot)
    outbox.hold = True
    send = wizard.next_button
    send.click()
    send.click()
    wizard.send_requested.emit()
    wizard.go_on()
    qtbot.waitUntil(outbox.held.is_set)
    assert tab.outcome_page.title.text() == "送信しています"
    outbox.release.set()
    qtbot.waitUntil(lambda: tab.outcome_page.title.text() == "受け付けられました")
    assert (len(outbox.items()), len(outbox.sends)) == (1, 1)


def test_the_key_that_opens_the_review_does_not_send_it(tab, qtbot, outbox):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    for _ in range(5):
        press(qtbot, KEYS.Key_Return, CTRL)
    assert wizard.walk.is_review
    assert not wizard.next_button.isEnabled()
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert outbox.items() == ()


def test_the_envelope_is_shown_on_demand_and_masked(tab, qtbot):
    wizard = to_review(tab, qtbot)
    assert wizard.review.xml == ""
    wizard.review._xml_button.click()
    qtbot.waitUntil(lambda: POINT in wizard.review.xml)
    assert "****" in wizard.review.xml
    wizard.review._xml_button.click()
    assert wizard.review.xml == ""


def test_a_possible_double_and_odd_characters_are_pointed_out_on_the_review(tab, qtbot, outbox):
    outbox.similar = (similar_one("D26111900009", OutboxState.ACCEPTED), similar_one("", OutboxState.UNKNOWN))
    wizard = to_review(tab, qtbot, values=OUTAGE | {"customer_name": "𠮷野 花子", "visit_on": "2026-11-23"})
    assert wizard.review.similar_lines == ("今日 10:15　受付済　D26111900009", "今日 10:15　結果不明　受付番号なし")
    assert any("𠮷" in line for line in wizard.review.caution_lines)
    assert any("祝日" in line for line in wizard.review.caution_lines)


@pytest.mark.parametrize(
    ("plays", "title", "state", "actions"),
    [
        ("server_times_out_after_sending", "結果不明", OutboxState.UNKNOWN, {Action.SHOW_IN_INBOX, Action.NEXT_APPLICATION}),
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
    assert tab.wizard.isVisible()
    assert tab.wizard.values() == OUTAGE
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, OUTAGE)])


def test_what_waits_is_sent_again_when_the_clerk_says_so(tab, qtbot, outbox):
    outbox.plays = "server_is_away"
    page = sent(tab, qtbot)
    outbox.plays = "server_accepts"
    page._buttons[Action.RETRY].click()
    qtbot.waitUntil(lambda: page.title.text() == "受け付けられました")
    assert len(outbox.items()) == 1


def test_a_fault_found_only_when_it_is_kept_goes_back_to_its_field(tab, qtbot, outbox):
    outbox.queue_fault = InputRefused([FieldFault("customer_name", "control", {"character": "U+0007"})])
    wizard = to_review(tab, qtbot)
    wizard.go_on()
    qtbot.waitUntil(lambda: field(wizard, "customer_name").error != "")
    assert wizard.isVisible()
    assert wizard.walk.at == 0
    assert QApplication.focusWidget() is field(wizard, "customer_name").editor


def test_what_cannot_be_kept_is_not_sent_and_says_so(tab, qtbot, outbox):
    outbox.queue_fault = SetupFault("desk.db", "file", "unwritable")
    page = sent(tab, qtbot)
    assert page.title.text() == "保存できませんでした"
    assert outbox.sends == []


def test_a_second_outage_may_be_filed_while_the_first_is_on_its_way(tab, qtbot, outbox, said):
    wizard = to_review(tab, qtbot)
    outbox.hold = True
    wizard.go_on()
    qtbot.waitUntil(outbox.held.is_set)
    tab.start(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: tab.wizard is not None and tab.wizard is not wizard and tab.wizard.isVisible())
    assert tab.wizard.values() == {}
    outbox.release.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == "停電の申込：受け付けられました D26112000001"
    assert tab.wizard.isVisible()


def test_discarding_asks_once_and_then_forgets(tab, qtbot, outbox):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06")
    qtbot.waitUntil(lambda: bool(outbox.draft_fields))
    wizard.discard_button.click()
    keep, drop = (next(b for b in tab._question.buttons() if b.text() == text) for text in ("続ける", "破棄する"))
    keep.click()
    assert tab.wizard is wizard
    wizard.discard_button.click()
    drop = next(b for b in tab._question.buttons() if b.text() == "破棄する")
    drop.click()
    assert tab.start_page.isVisible()
    qtbot.waitUntil(lambda: outbox.draft_fields == [])


def test_the_enter_that_ends_a_composition_does_not_leave_the_field(tab, qtbot):
    wizard = opened(tab, qtbot, ApplicationKind.OUTAGE)
    name = field(wizard, "customer_name")
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
    assert wizard.walk.at == 0


def test_a_change_of_scheme_redraws_what_is_open(tab, qtbot, theme):
    wizard = to_review(tab, qtbot)
    picture = wizard.findChild(Picture)
    light = picture.pixmap().toImage()
    theme.set_scheme("dark")
    assert picture.pixmap().toImage() != light
    assert theme.colours.accent_soft in tab.styleSheet()
    theme.set_scheme("light")
    assert picture.pixmap().toImage() == light


def test_the_kinds_are_chosen_by_key(tab, qtbot):
    tab.start_page.take_focus()
    press(qtbot, KEYS.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: tab.wizard is not None and tab.wizard.kind is ApplicationKind.MENU_CHANGE)


@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_every_form_opens_with_the_cursor_in_its_first_field(tab, qtbot, kind):
    wizard = opened(tab, qtbot, kind)
    assert QApplication.focusWidget() is wizard.step_pages[0].fields[0].editor
    for page in wizard.step_pages:
        for one in page.fields:
            assert one.editor.accessibleName()


def test_the_start_page_says_how_the_outbox_stands_and_leads_to_it(tab, qtbot, outbox):
    summary = tab.start_page.outbox
    assert summary.label.text() == "送信トレイ：申込はありません"
    outbox.plays = "server_is_away"
    sent(tab, qtbot)
    sent(tab, qtbot)
    outbox.plays = "server_accepts"
    page = sent(tab, qtbot)
    page._buttons[Action.NEXT_APPLICATION].click()
    qtbot.waitUntil(lambda: summary.label.text() == "送信トレイ：送信待ち 2 件")
    wanted = []
    tab.inbox_requested.connect(wanted.append)
    qtbot.keyClick(summary.button, KEYS.Key_Space)
    assert wanted == [""], "an empty number is the outbox"


def test_hostile_text_is_plain_everywhere(tab, qtbot, outbox):
    outbox.message = HOSTILE
    wizard = to_review(tab, qtbot, values=OUTAGE | {"customer_name": HOSTILE[:90]})
    labels = tab.findChildren(QLabel)
    wizard.go_on()
    qtbot.waitUntil(lambda: tab.outcome_page.words.text() == HOSTILE)
    formats = {label.textFormat() for label in [*labels, *tab.findChildren(QLabel)] if label.text()}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("width", [960, 1100, 1440])
@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_nothing_is_cut_at_any_width(tab, qtbot, kind, width):
    tab.resize(width, 520)
    wizard = opened(tab, qtbot, kind, OUTAGE if kind is ApplicationKind.OUTAGE else MENU_CHANGE)
    for place, page in enumerate(wizard.step_pages):
        wizard.walk = wizard.walk.to(place)
        wizard._show_walk()
        page.settle()
        QApplication.processEvents()
        body = page.widget()
        assert body.width() <= page.viewport().width()
        for one in page.fields:
            for button in one.findChildren(QPushButton):
                assert one.editor.rect().contains(button.geometry()), button.text()
                assert button.width() >= button.sizeHint().width()
            for label in one.findChildren(QLabel):
                if label.isVisible() and label.text():
                    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                    assert label.height() >= needed, label.text()
            assert body.rect().contains(one.geometry()), one.field.name
