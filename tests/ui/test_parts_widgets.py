"""Strips, field rows, tables, icons: what every screen is made of."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.busy import BusyBar
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.ui_state import UiState

HOSTILE = '<b>x</b><img src="file:///etc/passwd">'


@pytest.fixture
def strips(icons, qtbot):
    strips = Strips(icons, "閉じる")
    qtbot.addWidget(strips)
    return strips


def test_a_message_with_the_same_key_takes_the_place_of_the_first(strips):
    strips.say(Message("error", "一つ目", key="a"))
    strips.say(Message("warn", "二つ目", key="b"))
    strips.say(Message("ok", "三つ目", key="a"))
    assert [m.text for m in strips.messages] == ["三つ目", "二つ目"]
    strips.clear("b")
    assert [m.text for m in strips.messages] == ["三つ目"]
    strips.clear()
    assert strips.messages == ()


def test_the_button_of_a_message_acts(strips):
    acted = []
    strips.say(Message("error", "届きません", "もう一度", lambda: acted.append(1)))
    strips._strips[0]._button.click()
    assert acted == [1]


def test_good_news_goes_by_itself_and_bad_news_stays(strips, qtbot):
    strips.say(Message("ok", "できました"))
    strips.say(Message("error", "できません"))
    good, bad = strips._strips
    assert good._timer.isActive()
    assert not bad._timer.isActive()
    good._timer.timeout.emit()
    assert [m.text for m in strips.messages] == ["できません"]


def test_what_may_not_be_closed_stays_when_others_come(strips):
    strips.say(Message("warn", "金額の注意", key="doubts", closable=False))
    for number in range(4):
        strips.say(Message("error", f"ほか {number}"))
    assert [m.text for m in strips.messages] == ["金額の注意", "ほか 2", "ほか 3"]
    standing, other = strips._strips[:2]
    assert standing._close.isHidden()
    assert not other._close.isHidden()
    strips.say(Message("warn", "閉じられる", key="doubts"))
    assert not standing._close.isHidden()


def test_a_strip_follows_the_scheme(strips, theme):
    strips.say(Message("error", "できません"))
    picture = strips._strips[0]._picture
    light = picture.pixmap().toImage()
    theme.set_scheme("dark")
    assert picture.pixmap().toImage() != light


def test_the_error_of_a_field_is_said_shown_and_taken_back(icons, qtbot):
    editor = QLineEdit()
    row = FieldRow(icons, "供給地点特定番号", editor, hint="22桁", required_text="必須")
    qtbot.addWidget(row)
    row.set_error("21桁です。")
    assert editor.property("fault") == "yes"
    assert editor.accessibleDescription() == "21桁です。 22桁"
    assert editor.accessibleName() == "供給地点特定番号"
    row.set_error("")
    assert editor.property("fault") == "no"
    assert editor.accessibleDescription() == "22桁"


def test_no_part_shows_markup(icons, theme, strips, qtbot):
    row = FieldRow(icons, HOSTILE, QLineEdit(), hint=HOSTILE)
    row.set_error(HOSTILE)
    badge = Badge(theme, HOSTILE)
    for widget in (row, badge):
        qtbot.addWidget(widget)
    strips.say(Message("error", HOSTILE, detail=HOSTILE))
    labels = [badge, *row.findChildren(QLabel), *strips.findChildren(QLabel)]
    hostile = [label for label in labels if HOSTILE in label.text()]
    assert len(hostile) == 6
    assert {label.textFormat() for label in hostile} == {Qt.TextFormat.PlainText}


def test_a_chip_shows_its_live_count(qtbot):
    chip = FilterChip("unread", "未読")
    qtbot.addWidget(chip)
    chip.set_count(1234)
    assert chip.text() == "未読 1,234"
    assert chip.accessibleName() == "未読 1,234"


def test_a_busy_bar_that_stopped_keeps_no_timer(qtbot):
    bar = BusyBar("中止")
    qtbot.addWidget(bar)
    bar.start("取り込んでいます")
    bar.show_progress(3, 10, "3 / 10")
    bar.stop()
    assert bar._bar.maximum() == 1
    assert not bar.isVisible()


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": "x", "b": [1, "2", true, 1e9]}', "\x00"])
def test_a_damaged_memory_of_the_window_counts_as_empty(tmp_path, content):
    file = tmp_path / "window.json"
    file.write_text(content, encoding="utf-8")
    state = UiState(file)
    assert state.numbers("a") == []
    assert state.numbers("b") in ([], [1])
    state.put("widths", [10, 20])
    state.save()
    assert UiState(file).numbers("widths") == [10, 20]
    assert json.loads(file.read_text(encoding="utf-8"))["widths"] == [10, 20]
