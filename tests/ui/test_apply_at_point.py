"""What is open or recent at the supply point is told under the number as soon as it is whole, and read beside the form."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind, OutboxState, SimilarApplication
from denkidesk.domain.errors import SetupFault
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.outbox.changes import Changes
from fakes.apply_hand import CTRL, KEYS, OUTAGE, POINT, field, opened, press, to_review, write
from fakes.scenario_outbox import similar_one

ALT = Qt.KeyboardModifier.AltModifier
DOUBLE = similar_one("D26111900009", OutboxState.ACCEPTED)
LISTED = SimilarApplication(
    "", "D26110100001", None, "完了", date(2026, 11, 1), ApplicationKind.MENU_CHANGE, date(2026, 11, 5), is_open=False, may_be_double=False
)


@pytest.fixture
def tab(make_apply_tab):
    return make_apply_tab()


@pytest.fixture
def both(outbox):
    """One that may be a double and one that is over, at the point of the tests."""
    outbox.similar, outbox.others = (DOUBLE,), (LISTED,)
    return outbox


def settle(tab, qtbot):
    qtbot.waitUntil(lambda: tab._context.jobs.is_idle)


@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_it_is_told_with_the_last_digit_for_every_kind_and_goes_with_it(tab, qtbot, both, kind):
    form = opened(tab, qtbot, kind)
    panel = form.at_point
    write(qtbot, POINT[:-1])
    settle(tab, qtbot)
    assert both.looked_at == []
    assert not panel.isVisible()
    write(qtbot, POINT[-1])
    settle(tab, qtbot)
    assert both.looked_at == [(kind, POINT)]
    assert panel.doubles.lines == ("D26111900009　停電　今日 10:15　受付済",)
    assert panel.others.lines == ("D26110100001　メニュー変更　11月1日(日)登録　完了　訪問 11月5日(木)",)
    assert panel.isVisible()
    number = field(form, "supply_point_number")
    assert panel.y() >= number.y() + number.height(), "it stands directly below the number"
    assert QApplication.focusWidget() is number.editor, "the cursor stays where it is"
    press(qtbot, KEYS.Key_Backspace)
    assert not panel.isVisible()


def test_with_nothing_open_only_what_is_recent_is_told(tab, qtbot, outbox):
    outbox.others = (LISTED,)
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    assert form.at_point.isVisible()
    assert not form.at_point.doubles.isVisible()
    qtbot.waitUntil(lambda: form.review.verdict is Verdict.CLEAR)
    assert not form.confirm.isVisible()


def test_typing_goes_on_while_the_store_is_slow_and_an_old_answer_is_not_shown(tab, qtbot, both):
    both.point_hold = threading.Event()
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT)
    press(qtbot, KEYS.Key_Backspace)
    write(qtbot, "5")
    press(qtbot, KEYS.Key_Tab)
    write(qtbot, "Mihon")
    assert field(form, "customer_name").value() == "Mihon"
    press(qtbot, KEYS.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, KEYS.Key_End)
    press(qtbot, KEYS.Key_Backspace)
    both.point_hold.set()
    settle(tab, qtbot)
    assert not form.at_point.isVisible(), "the number is not whole any more"


def test_a_store_that_cannot_be_read_is_told_once(tab, qtbot, outbox, said):
    outbox.point_fault = SetupFault("desk.db", "database", "damaged")
    form = opened(tab, qtbot, ApplicationKind.OUTAGE)
    write(qtbot, POINT)
    settle(tab, qtbot)
    assert len(said) == 1
    assert not form.at_point.isVisible()


def test_a_key_opens_one_after_the_other_beside_the_form_and_the_cursor_stays(tab, qtbot, both, monkeypatch):
    monkeypatch.setattr("denkidesk.ui.apply.at_point.beside_pairs", lambda _desk, one, *_: (("番号", one.receipt_number),))
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    name = field(form, "customer_name")
    name.take_focus()
    seen = []
    for _ in range(3):
        press(qtbot, KEYS.Key_O, ALT)
        settle(tab, qtbot)
        seen.append(dict(form.review.beside.pairs.pairs).get("番号") if form.review.beside.isVisible() else None)
        assert QApplication.focusWidget() is name.editor
    assert seen == ["D26111900009", "D26110100001", None]
    press(qtbot, KEYS.Key_O, ALT)
    settle(tab, qtbot)
    form.go_on()
    assert not form.review.beside.isVisible(), "nothing is sent before the review is in sight again"
    assert not form.is_locked
    press(qtbot, KEYS.Key_O, ALT)
    settle(tab, qtbot)
    field(form, "supply_point_number").take_focus()
    write(qtbot, "06")
    assert not form.review.beside.isVisible(), "of another point nothing is read"


def test_what_becomes_of_it_meanwhile_is_told_and_read_on(tab, qtbot, both, monkeypatch):
    monkeypatch.setattr("denkidesk.ui.apply.at_point.beside_pairs", lambda _desk, one, *_: (("状況", str(one.state)),))
    both.similar = (replace(DOUBLE, state=OutboxState.SENDING),)
    form = opened(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    press(qtbot, KEYS.Key_O, ALT)
    settle(tab, qtbot)
    assert dict(form.review.beside.pairs.pairs) == {"状況": "sending"}
    both.similar = (replace(DOUBLE, receipt_number="", item_id="item-1"), DOUBLE)  # a newer one stands before it
    tab._dispatch.outbox_changed.emit(Changes())
    settle(tab, qtbot)
    assert len(form.at_point.doubles.lines) == 2
    assert dict(form.review.beside.pairs.pairs) == {"状況": "accepted"}
    press(qtbot, KEYS.Key_O, ALT)
    press(qtbot, KEYS.Key_O, ALT)
    assert not form.review.beside.isVisible(), "two of three were behind"


def test_the_tick_stands_above_sending_names_the_other_one_and_has_a_key(tab, qtbot, outbox):
    outbox.similar = (replace(DOUBLE, receipt_number="D&1"),)
    form = to_review(tab, qtbot)
    tick = form.confirm
    assert tick.isVisible()
    assert tick.text() == "D&&1 とは別の停電です　Alt+D"
    assert (
        tick.mapTo(form, tick.rect().bottomLeft()).y()
        < form.review.foot.send_button.mapTo(form, form.review.foot.send_button.rect().topLeft()).y()
    )
    assert "あと 1 つ" in form.review.foot.missing
    press(qtbot, KEYS.Key_D, ALT)
    assert tick.isChecked()
    assert form.review.foot.missing == ""
    assert QApplication.focusWidget() is not form.review.foot.send_button
    press(qtbot, KEYS.Key_D, ALT)
    assert not form.review.foot.send_button.isEnabled()
    press(qtbot, KEYS.Key_D, ALT)
    press(qtbot, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(outbox.items()) == 1 and tab._dispatch._watched is None)


@pytest.mark.parametrize(("kind", "words"), [(ApplicationKind.OUTAGE, "別の停電です"), (ApplicationKind.MENU_CHANGE, "別の申込です")])
def test_several_are_ticked_together(kind, words):
    from denkidesk.texts.apply import no_double

    assert no_double(kind, (DOUBLE, LISTED)) == f"上の 2 件とは{words}　Alt+D"
    assert no_double(kind, (similar_one(),)) == f"上の 1 件とは{words}　Alt+D"


def test_of_very_many_the_first_are_told():
    from denkidesk.texts.apply import similar_lines

    lines = similar_lines([DOUBLE] * 50, date(2026, 11, 20))
    assert (len(lines), lines[-1]) == (9, "ほか 42 件")
