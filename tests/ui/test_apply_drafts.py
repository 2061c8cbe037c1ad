"""A new application begins with a fresh form, and what is half filled in waits as a draft of its own, whatever happens."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.jobs.job import LaneName
from denkidesk.texts.apply import draft_customer
from denkidesk.ui.apply.outcomes import Action
from fakes.apply_hand import CTRL, KEYS, OUTAGE, POINT, USUAL, field, opened, press, sent, to_review, write

ALT = Qt.KeyboardModifier.AltModifier
SECOND = "0612345678901234560002"


@pytest.fixture
def tab(make_apply_tab):
    return make_apply_tab()


def rows(tab):
    model = tab.start_page.drafts.model
    return [tuple(model.index(row, column).data() for column in range(model.columnCount())) for row in range(model.rowCount())]


def at_the_start(tab, qtbot):
    tab.show_start()
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)


def half_filled(tab, qtbot, point, name, kind=ApplicationKind.OUTAGE):
    form = opened(tab, qtbot, kind)
    write(qtbot, point)
    press(qtbot, KEYS.Key_Return)
    write(qtbot, name)
    return form


def delete(table, qtbot):
    table.window().activateWindow()  # no window manager hands the keyboard back after a question
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, KEYS.Key_Delete)


def test_every_way_to_a_new_application_begins_with_a_fresh_form(tab, qtbot, outbox):
    half_filled(tab, qtbot, POINT, "Taro")
    tab.start(ApplicationKind.OUTAGE)  # within the delay of the save
    assert tab.form.draft() == {}
    assert QApplication.focusWidget() is tab.form.customer.search.editor
    at_the_start(tab, qtbot)
    press(qtbot, KEYS.Key_Return)  # the tile that has the cursor
    assert tab.form.draft() == {}
    at_the_start(tab, qtbot)
    press(qtbot, KEYS.Key_1, ALT)
    assert tab.form.draft() == {}
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert tab.form.draft() == {}, "nothing comes into it later either"
    assert outbox.draft_fields == [(ApplicationKind.OUTAGE, {"supply_point_number": POINT, "customer_name": "Taro", **USUAL})]


def test_several_drafts_wait_with_kind_customer_and_time(tab, qtbot):
    half_filled(tab, qtbot, POINT, "Taro")
    half_filled(tab, qtbot, SECOND, "Hanako")
    opened(tab, qtbot, ApplicationKind.OTHER)
    write(qtbot, SECOND)
    opened(tab, qtbot, ApplicationKind.MENU_CHANGE)
    field(tab.form, "note").editor.insertPlainText("x")
    at_the_start(tab, qtbot)
    assert tab.start_page.drafts.isVisible()
    assert rows(tab) == [
        ("メニュー変更", "氏名未入力", "今日 10:15"),
        ("その他受付", "06-1234-5678-9012-3456-0002", "今日 10:15"),
        ("停電", "Hanako", "今日 10:15"),
        ("停電", "Taro", "今日 10:15"),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"customer_name": "見本　太郎", "supply_point_number": POINT}, "見本 太郎"),
        ({"customer_name": " ", "supply_point_number": POINT}, "06-1234-5678-9012-3456-7890"),
        ({"supply_point_number": "0612"}, "0612"),
        ({"note": "x"}, "氏名未入力"),
    ],
)
def test_a_draft_goes_by_its_customer(fields, words):
    assert draft_customer(fields) == words


def test_a_draft_is_opened_by_keyboard_and_saved_in_its_own_place(tab, qtbot, outbox):
    half_filled(tab, qtbot, POINT, "Taro")
    half_filled(tab, qtbot, SECOND, "Hanako")
    at_the_start(tab, qtbot)
    for _ in (*tab.start_page.tiles, "bulk"):
        press(qtbot, KEYS.Key_Tab)
    assert QApplication.focusWidget() is tab.start_page.drafts.table
    press(qtbot, KEYS.Key_Down)
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())
    assert tab.form.values() == {"supply_point_number": POINT, "customer_name": "Taro", **USUAL}
    assert tab.form.draft_label.text() == "下書きの続きです。今日 10:15 に保存"
    field(tab.form, "supply_point_address").take_focus()
    write(qtbot, "Osaka")
    at_the_start(tab, qtbot)
    assert [values for _, values in outbox.draft_fields] == [
        {"supply_point_number": SECOND, "customer_name": "Hanako", **USUAL},
        {"supply_point_number": POINT, "customer_name": "Taro", "supply_point_address": "Osaka", **USUAL},
    ]
    press(qtbot, KEYS.Key_W, ALT)  # from wherever the cursor is
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())
    assert tab.form.values()["customer_name"] == "Taro", "the newest"


def test_a_draft_is_discarded_by_keyboard_after_a_question(tab, qtbot, outbox):
    half_filled(tab, qtbot, POINT, "Taro")
    half_filled(tab, qtbot, SECOND, "Hanako")
    at_the_start(tab, qtbot)
    table = tab.start_page.drafts.table
    delete(table, qtbot)
    box = tab._waiting.question
    assert "Hanako" in box.text()
    qtbot.keyClick(box, KEYS.Key_Return)
    assert not box.isVisible()
    assert len(outbox.draft_fields) == 2, "Enter keeps it"
    delete(table, qtbot)
    yes = next(button for button in tab._waiting.question.buttons() if button.text() == "破棄する")
    qtbot.keyClick(yes, KEYS.Key_Space)
    qtbot.waitUntil(lambda: rows(tab) == [("停電", "Taro", "今日 10:15")])
    delete(table, qtbot)
    yes = next(button for button in tab._waiting.question.buttons() if button.text() == "破棄する")
    qtbot.keyClick(yes, KEYS.Key_Space)
    qtbot.waitUntil(lambda: not tab.start_page.drafts.isVisible())
    assert outbox.draft_fields == []


def test_a_draft_that_another_window_has_taken_is_told_of(tab, qtbot, outbox):
    half_filled(tab, qtbot, POINT, "Taro")
    at_the_start(tab, qtbot)
    outbox.take_draft(next(iter(outbox.stored)))
    press(qtbot, KEYS.Key_W, ALT)
    qtbot.waitUntil(lambda: any("もうありません" in message.text for message in tab.strips.messages))
    assert tab.start_page.isVisible()
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    press(qtbot, KEYS.Key_W, ALT)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())


def test_a_form_that_is_begun_while_a_draft_is_being_opened_stays(tab, qtbot, outbox):
    half_filled(tab, qtbot, POINT, "Taro")
    at_the_start(tab, qtbot)
    go_on = threading.Event()
    tab._context.jobs.run(LaneName.STORE, go_on.wait, 10)
    qtbot.keyClick(tab.start_page.drafts.table, KEYS.Key_Return)
    press(qtbot, KEYS.Key_2, ALT)
    go_on.set()
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert (tab.form.kind, tab.form.values()) == (ApplicationKind.MENU_CHANGE, {})
    assert len(outbox.draft_fields) == 1


def test_sending_ends_exactly_the_draft_it_came_from(tab, qtbot, outbox):
    half_filled(tab, qtbot, SECOND, "Hanako")
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    form.begin(OUTAGE, tab._today())
    form.edited.emit()
    qtbot.waitUntil(lambda: len(outbox.draft_fields) == 2)
    qtbot.waitUntil(form.review.foot.send_button.isEnabled)
    outbox.hold = True
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(outbox.held.is_set)
    tab.start(ApplicationKind.OUTAGE)  # while the first is on its way
    tab.form.fields.focus_first()
    write(qtbot, "06")
    outbox.release.set()
    qtbot.waitUntil(lambda: len(outbox.draft_fields) == 2 and tab._context.jobs.is_idle)
    assert [values.get("customer_name", "") for _, values in outbox.draft_fields] == ["Hanako", ""]


@pytest.mark.parametrize("plays", ["server_refuses"])
def test_what_was_refused_is_a_draft_again_at_once(tab, qtbot, outbox, plays):
    outbox.plays = plays
    page = sent(tab, qtbot)
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, OUTAGE)])
    page._buttons[Action.TO_START].click()
    qtbot.waitUntil(lambda: rows(tab) == [("停電", "見本 太郎", "今日 10:15")])


@pytest.mark.parametrize("fault", [SetupFault("desk.db", "database", "full"), InputRefused.of("customer_name", "control", character="x")])
def test_what_could_not_be_queued_is_still_a_draft(tab, qtbot, outbox, fault):
    outbox.queue_fault = fault
    to_review(tab, qtbot)
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, OUTAGE)])


def test_a_form_that_was_emptied_again_leaves_no_draft(tab, qtbot, outbox):
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06")
    qtbot.waitUntil(lambda: len(outbox.draft_fields) == 1)
    press(qtbot, KEYS.Key_A, CTRL)
    press(qtbot, KEYS.Key_Delete)
    qtbot.waitUntil(lambda: outbox.draft_fields == [])
    qtbot.waitUntil(lambda: tab.form.draft_label.text() == "")


def test_whoever_types_without_a_pause_is_saved_all_the_same(tab, qtbot):
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    timer = tab._drafts._timer

    def most_of_the_delay_is_over():
        if not timer.isActive():
            write(qtbot, "0")
        return 0 <= timer.remainingTime() <= 200

    qtbot.waitUntil(most_of_the_delay_is_over)
    write(qtbot, "1")
    assert timer.remainingTime() <= 200, "the next key does not put the save off"


def test_closing_keeps_what_was_typed_last(tab, qtbot, outbox):
    opened(tab, qtbot, ApplicationKind.OTHER)
    write(qtbot, "0")
    tab.shut_down()
    assert outbox.draft_fields == [(ApplicationKind.OTHER, {"supply_point_number": "0"})]


def test_closing_keeps_the_newest_words_of_several_forms_while_the_store_is_busy(tab, qtbot, outbox):
    go_on = threading.Event()
    opened(tab, qtbot, ApplicationKind.OTHER)
    tab._context.jobs.run(LaneName.STORE, go_on.wait, 10)
    write(qtbot, "0")
    tab._drafts.flush()
    write(qtbot, "6")
    tab.start(ApplicationKind.OUTAGE)
    tab.form.fields.focus_first()
    write(qtbot, "9")
    threading.Timer(0.2, go_on.set).start()  # while the window waits for its last save
    tab.shut_down()
    newest = {ApplicationKind.OTHER: "06", ApplicationKind.OUTAGE: "9"}
    assert {kind: values["supply_point_number"] for kind, values in outbox.draft_fields} == newest
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert {kind: values["supply_point_number"] for kind, values in outbox.draft_fields} == newest, "older words that waited come too late"


@pytest.mark.parametrize("ended_by", ["hand_over", "discard"])
def test_a_save_that_waits_does_not_bring_an_ended_draft_back(tab, qtbot, outbox, ended_by):
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    go_on = threading.Event()
    tab._context.jobs.run(LaneName.STORE, go_on.wait, 10)
    write(qtbot, "06")
    tab._drafts.flush()
    getattr(tab._drafts, ended_by)()
    go_on.set()
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    assert outbox.draft_fields == []
    assert outbox.draft_saves == 0


def test_what_could_not_be_saved_is_saved_later_though_its_form_is_gone(tab, qtbot, outbox, said):
    outbox.draft_fault = SetupFault("desk.db", "database", "full")
    opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, "06")
    qtbot.waitUntil(lambda: tab.form.draft_label.text() == "下書きを保存できません。")
    assert said
    tab.start(ApplicationKind.OTHER)
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)
    outbox.draft_fault = None
    at_the_start(tab, qtbot)
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, {"supply_point_number": "06", **USUAL})])


def test_an_unfinished_composition_is_kept_when_another_form_is_opened(tab, qtbot, outbox):
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    name = field(form, "customer_name")
    name.take_focus()
    done = QInputMethodEvent()
    done.setCommitString("見本")
    QApplication.sendEvent(name.editor, done)
    tab.start(ApplicationKind.OUTAGE)
    qtbot.waitUntil(lambda: outbox.draft_fields == [(ApplicationKind.OUTAGE, {"customer_name": "見本", **USUAL})])


def test_given_values_come_into_a_fresh_form(tab, qtbot, outbox):
    half_filled(tab, qtbot, SECOND, "Hanako")
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, {"supply_point_number": POINT})
    assert form.values() == {"supply_point_number": POINT}
    assert len(outbox.draft_fields) == 1


def test_the_list_of_drafts_keeps_qts_rules(tab, qtbot, qtmodeltester):
    half_filled(tab, qtbot, POINT, "Taro")
    at_the_start(tab, qtbot)
    qtmodeltester.check(tab.start_page.drafts.model)
