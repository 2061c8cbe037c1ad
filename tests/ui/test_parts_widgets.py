"""Strips, field rows, tables, icons: what every screen is made of."""

import json

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.busy import BusyBar
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.plain import SELECTABLE, PlainLabel
from denkidesk.ui.parts.refit import Refitted, size_when_shown
from denkidesk.ui.parts.steady import Steady
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import stepped
from denkidesk.ui.parts.ui_state import UiState

HOSTILE = '<b>x</b><img src="file:///etc/passwd">'


@pytest.fixture
def strips(qtbot):
    screen = QWidget()
    qtbot.addWidget(screen)
    strips = Strips(screen)
    yield strips
    strips.clear()


def test_a_message_with_the_same_key_takes_the_place_of_the_first(strips):
    strips.say(Message("error", "一つ目", key="a"))
    strips.say(Message("warn", "二つ目", key="b"))
    strips.say(Message("ok", "三つ目", key="a"))
    assert [m.text for m in strips.messages] == ["三つ目", "二つ目"]
    strips.clear("b")
    assert [m.text for m in strips.messages] == ["三つ目"]
    strips.clear()
    assert strips.messages == ()


def test_good_news_goes_by_itself_and_bad_news_stays(strips):
    strips.say(Message("ok", "できました"))
    strips.say(Message("error", "できません"))
    assert strips._passing.isActive()
    strips._passing.timeout.emit()
    assert [m.text for m in strips.messages] == ["できません"]
    strips.say(Message("ok", "取り消せます", "取り消す", lambda: None))
    assert not strips._passing.isActive(), "good news with a button stays"


def test_the_oldest_goes_when_there_are_too_many(strips):
    for number in range(5):
        strips.say(Message("error", f"ほか {number}"))
    assert [m.text for m in strips.messages] == ["ほか 2", "ほか 3", "ほか 4"]


def test_the_error_of_a_field_is_said_shown_and_taken_back(icons, qtbot):
    editor = QLineEdit()
    row = FieldRow(icons, "供給地点特定番号", editor, hint="22桁", required_text="必須")
    qtbot.addWidget(row)
    row.set_error("21桁です。")
    assert editor.property("fault") == "yes"
    assert editor.accessibleDescription() == "21桁です。 22桁"
    assert editor.accessibleName() == "供給地点特定番号、必須"
    row.set_error("")
    assert editor.property("fault") == "no"
    assert editor.accessibleDescription() == "22桁"


def test_the_line_below_a_field_moves_nothing_when_it_says_something(icons, qtbot):
    row = FieldRow(icons, "訪問希望日", QLineEdit())
    qtbot.addWidget(row)
    row.resize(600, 60)
    row.show()
    height = row.sizeHint().height()
    for say in (row.set_hint, row.set_caution, row.set_error):
        say("日曜です。")
        assert row.sizeHint().height() == height
    assert row._hint.text() == "日曜です。"
    row.set_error("")
    assert row.caution == "日曜です。"
    assert row._hint.text() == "日曜です。　日曜です。", "the hint and the caution beside each other"


def test_no_part_shows_markup(icons, theme, qtbot):
    row = FieldRow(icons, HOSTILE, QLineEdit(), hint=HOSTILE)
    row.set_error(HOSTILE)
    badge = Badge(theme, HOSTILE)
    for widget in (row, badge):
        qtbot.addWidget(widget)
    labels = [badge, *row.findChildren(QLabel)]
    hostile = [label for label in labels if HOSTILE in label.text()]
    assert len(hostile) == 3
    assert {label.textFormat() for label in hostile} == {Qt.TextFormat.PlainText}


def test_a_chip_shows_its_live_count(qtbot):
    chip = FilterChip("unread", "未読")
    qtbot.addWidget(chip)
    chip.set_count(1234)
    assert chip.text() == "未読 1,234"
    assert chip.accessibleName() == "絞り込み、未読 1,234"


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


class Fickle(Refitted, QWidget):
    """Its parts ask for another size while they are laid out."""

    def __init__(self, wanted):
        super().__init__()
        self.wanted, self.log = wanted, []

    def _fit(self):
        width = self.width()
        self.log.append(f"begin {width}")
        self.resize(self.wanted(width), 50)
        self.log.append(f"end {width}")


def test_parts_are_laid_out_by_one_run_at_a_time_and_the_last_one_knows_the_size(qtbot):
    widget = Fickle(lambda _width: 300)
    qtbot.addWidget(widget)
    widget.show()
    widget.log.clear()
    widget.resize(220, 50)
    assert widget.log == ["begin 220", "end 220", "begin 300", "end 300"]


def test_parts_that_never_agree_with_their_size_come_to_rest(qtbot):
    widget = Fickle(lambda width: width + 1)
    qtbot.addWidget(widget)
    widget.show()
    widget.log.clear()
    widget.resize(200, 50)
    assert widget.log == ["begin 200", "end 200", "begin 201", "end 201"]
    widget.refit()
    assert widget.log[4:6] == ["begin 202", "end 202"], "and are laid out again when they are asked to"


def test_words_in_place_can_be_marked_and_copied_where_the_pointer_is(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    steady, plain = Steady(PlainLabel("151,943 円"), page, selectable=True), Steady(PlainLabel("151,943 円"), page)
    steady.setGeometry(0, 0, 200, 40)
    plain.setGeometry(0, 50, 200, 40)
    page.show()

    def drag(widget):
        label = widget.label
        ends = [QPoint(x, label.height() // 2) for x in (1, 190)]
        QCoreApplication.sendEvent(widget, QEnterEvent(QPointF(ends[0]), QPointF(ends[0]), QPointF(ends[0])))
        QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=ends[0])
        QTest.mouseMove(label, ends[1])
        QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=ends[1])
        return label.selectedText()

    assert drag(plain) == ""
    assert drag(steady) == "151,943 円"
    QCoreApplication.sendEvent(steady, QEvent(QEvent.Type.Leave))
    assert steady.label.selectedText() == "151,943 円", "what is marked stays, to be copied"
    steady.say("160,000 円")
    QCoreApplication.sendEvent(steady, QEvent(QEvent.Type.Leave))
    assert steady.label.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction, "a document is slow to measure and to paint"
    QTest.mousePress(steady, Qt.MouseButton.LeftButton, pos=QPoint(1, 20))
    assert steady.label.textInteractionFlags() == SELECTABLE


def test_words_that_change_in_place_lay_the_page_out_anew_only_when_they_need_another_room(qtbot):
    page = _Asked()
    qtbot.addWidget(page)
    one_line, wrapped = Steady(PlainLabel("+10%"), page), Steady(PlainLabel(wrap=True), page)
    assert wrapped.hasHeightForWidth()
    wrapped.say("短い")
    VBox(page).add(HBox().add(one_line, Stretch()), wrapped, Stretch())
    page.resize(200, 300)
    page.show()
    qtbot.waitUntil(lambda: one_line.width() > 0)
    QCoreApplication.processEvents()
    height, page.asked = wrapped.height(), 0
    one_line.say("-5%")
    wrapped.say("同じ高さ")
    QCoreApplication.processEvents()
    assert (page.asked, one_line.text(), wrapped.text()) == (0, "-5%", "同じ高さ")
    assert wrapped.label.geometry() == wrapped.rect()
    one_line.say("とても広くなった")
    wrapped.say("一行には入らないので折り返す長い文。" * 3)
    QCoreApplication.processEvents()
    assert page.asked
    assert one_line.width() >= one_line.label.sizeHint().width()
    assert wrapped.height() == wrapped.label.heightForWidth(wrapped.width()) > height
    wrapped.say("短い")
    QCoreApplication.processEvents()
    assert wrapped.height() == height
    for widget in (wrapped.label, wrapped):  # a page's font does not reach its parts where the application has a style sheet
        widget.setFont(stepped(page.font(), 2.0))
    QCoreApplication.processEvents()
    assert wrapped.height() > height


class _Asked(QWidget):
    """How often its layout was to be done again."""

    asked = 0

    def event(self, event):
        self.asked += event.type() == QEvent.Type.LayoutRequest
        return super().event(event)


def test_new_lines_are_in_sight_with_those_that_were_there(qtbot):
    lines = Lines()
    qtbot.addWidget(lines)
    lines.show()
    lines.show_lines(("届いていません", "送信トレイに残っています"))  # no turn of the event loop since
    assert [label.isVisible() for label in lines.findChildren(QLabel)] == [True, True]


def test_what_is_hidden_knows_the_room_that_it_will_have(qtbot):
    window, tab = QWidget(), QWidget()
    qtbot.addWidget(window)
    tab.setParent(window)
    tab.hide()
    page = QWidget(tab)
    window.resize(640, 400)
    page.resize(100, 30)
    assert size_when_shown(page) == window.size(), "nothing is shown yet"
    window.show()
    assert size_when_shown(page) == window.size()
    tab.show()
    assert size_when_shown(page) == page.size() != window.size()


@pytest.mark.parametrize("width", [300, 452, 600, 1200])
def test_an_empty_screen_says_all_of_its_sentence(qtbot, icons, width):
    page = EmptyState(icons, "chart")
    qtbot.addWidget(page)
    page.show_text("比較", "左の一覧で今の契約のプランを選び、使用量を入れると、全プランを安い順に並べます。")
    page.resize(width, 250)
    page.show()
    assert page._text.height() >= page._text.heightForWidth(page._text.width())
    assert page.rect().contains(page._text.geometry())
