"""Twenty menu changes out of Excel, by keys, at the real window and against the practice servers."""

import csv
from datetime import timedelta

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from denkidesk.texts import bulk as texts
from denkidesk.ui.bulk.model import BEFORE
from fakes.bulk_hand import HEADINGS, MENUS, BulkHand, copy, points, rows_of
from fakes.clerk import POINT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support (raise|grabbing)", extend=True)


@pytest.fixture
def clerk(come_to_work):
    return come_to_work(answer_timeout_s=30.0)


@pytest.fixture
def day(open_now):
    return f"{open_now().date() + timedelta(days=30):%Y/%m/%d}"


def filed(practice):
    return [one.supply_point_number for one in practice.utility.applications()]


def test_twenty_menu_changes_from_the_clipboard_to_the_numbers_in_excel(clerk, practice, day, tmp_path):
    hand, rows = BulkHand(clerk), rows_of(day)
    rows[3][1], rows[11][5] = "1.23457E+21", "2026/2/30"
    copy(rows)
    before = len(filed(practice))
    hand.paste()
    clerk.picture("pasted")
    assert hand.page.grid.hasFocus()
    assert "指数表示です" in hand.results()[3]
    assert "存在しない日付です" in hand.results()[11]
    assert "18件を送信する" in hand.page.pane.send.text()
    assert texts.CONFIRM_TITLE.format(count=18) in hand.words()
    assert "2行　見本 1号" in hand.words()
    assert "21行　見本 20号" in hand.words()
    hand.mend(points(4)[3])
    hand.mend("+30")
    assert hand.page.pane.send.hasFocus(), "no cell is wrong any more"
    clerk.picture("mended")
    hand.hold_enter()
    clerk.picture("running")
    clerk.until(lambda: not hand.rows.has_open)
    clerk.settle()
    clerk.picture("done")
    assert texts.DONE in hand.words()
    assert sorted(filed(practice)[before:]) == sorted(points(20)), "each once"
    hand.save(tmp_path / "変更_結果.xlsx")
    assert hand.keys <= 12, f"{hand.keys} beside {hand.mending} for two cells"
    sheet = openpyxl.load_workbook(tmp_path / "変更_結果.xlsx").active
    numbers = {item.application.supply_point_number: item.receipt_number for item in clerk.items()}
    assert [line[1].value for line in sheet.iter_rows(min_row=2)] == points(20), "the clerk's own order, all 22 digits"
    assert [line[7].value for line in sheet.iter_rows(min_row=2)] == [numbers[point] for point in points(20)]
    assert all(line[6].value == "受付済" for line in sheet.iter_rows(min_row=2))


def test_a_key_that_slips_or_repeats_itself_sends_nothing_and_two_keys_do(clerk, day):
    hand = BulkHand(clerk)
    copy(rows_of(day, 2))
    hand.paste()
    send, grid = hand.page.pane.send, hand.page.grid
    QTest.keyPress(grid, Qt.Key.Key_Return)
    assert send.is_held
    QTest.keyRelease(grid, Qt.Key.Key_Return)
    assert not send.is_held
    QApplication.sendEvent(send, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True))
    assert not send.is_held, "the key was down before it came here"
    send.setFocus()
    QTest.keyPress(send, Qt.Key.Key_Return)
    assert send.is_held
    grid.setFocus()
    assert not send.is_held, "who has gone elsewhere holds nothing"
    clerk.press("Ctrl+Return")
    assert send.text() == texts.SEND_ARMED.format(count=2)
    clerk.press("Esc")
    assert send.text() == texts.SEND.format(count=2)
    assert clerk.items() == ()
    clerk.press("Ctrl+Return")
    clerk.press("Ctrl+Return")
    clerk.until(lambda: len(hand.rows.sent()) == 2)
    clerk.settle()
    assert {item.state.value for item in clerk.items()} == {"accepted"}


def test_doubles_are_left_out_until_the_clerk_ticks_them(clerk, practice, day):
    hand, rows = BulkHand(clerk), rows_of(day, 4)
    copy(rows[:1])
    hand.paste()
    hand.hold_enter()
    clerk.settle()
    rows[2][1] = rows[1][1]
    copy(rows)
    clerk.press("Ctrl+V")
    clerk.until(lambda: len(hand.rows.rows) == 4)
    clerk.settle()
    clerk.picture()
    assert [texts.DOUBLE in words for words in hand.results()] == [True, False, True, False]
    assert [row.source.line for row in hand.rows.going()] == [3, 5]
    clerk.press("Ctrl+Home")
    assert clerk.items()[0].receipt_number in hand.words(), "what it may be the double of"
    clerk.press("Space")
    assert [row.source.line for row in hand.rows.going()] == [2, 3, 5]
    hand.hold_enter()
    clerk.settle()
    assert [points(1)[0] == one for one in filed(practice)].count(True) == 2
    assert texts.DOUBLE in hand.results()[2]


def test_a_call_about_an_outage_goes_first_and_the_rest_can_be_stopped(clerk, practice, day):
    hand = BulkHand(clerk)
    copy(rows_of(day, 6))
    hand.paste()
    clerk.press("Ctrl+Shift+P")
    clerk.settle()
    hand.hold_enter()
    clerk.settle()
    assert texts.PAUSED in hand.words()
    assert filed(practice).count(points(1)[0]) == 0
    clerk.file_outage()
    clerk.press("Ctrl+Shift+N")
    clerk.until(lambda: hand.rows.overtaking is not None and hand.page.pane.run.outage.isVisible())
    clerk.picture("outage")
    hand.page.grid.go_to(hand.page.model.index(5, 0))
    clerk.press("Space")
    clerk.until(lambda: "止めました" in hand.results()[5])
    before = len(filed(practice))
    clerk.press("Ctrl+Shift+P")
    clerk.until(lambda: not hand.rows.has_open)
    clerk.settle()
    assert filed(practice)[before:] == [POINT, *points(5)], "the outage before all, the row that was taken back not at all"
    assert hand.page.pane.send.isHidden()


def test_the_rest_is_stopped_by_one_key_and_goes_only_after_another_confirmation(clerk, day):
    hand = BulkHand(clerk)
    copy(rows_of(day, 3))
    hand.paste()
    clerk.press("Ctrl+Shift+P")
    clerk.settle()
    hand.hold_enter()
    clerk.settle()
    clerk.press("Alt+C")
    clerk.until(lambda: all(texts.STOPPED in words for words in hand.results()))
    assert hand.rows.going() == ()
    assert {item.state.value for item in clerk.items()} == {"cancelled"}


def test_what_a_closed_window_left_goes_on_and_its_table_is_opened_again(come_to_work, day, tmp_path):
    clerk = come_to_work(answer_timeout_s=30.0)
    hand = BulkHand(clerk)
    copy(rows_of(day, 5))
    hand.paste()
    clerk.press("Ctrl+Shift+P")
    clerk.settle()
    hand.hold_enter()
    clerk.until(lambda: all("送信待ち" in words for words in hand.results()))
    clerk.leave()
    again = come_to_work(answer_timeout_s=30.0)
    again.settle()
    again.press("Ctrl+Shift+P")
    again.until(lambda: {item.state.value for item in again.items()} == {"accepted"})
    hand = BulkHand(again)
    again.press("Ctrl+Shift+N")
    again.until(again.apply.bulk.kept.table.isVisible)
    again.settle()
    again.picture("kept")
    again.apply.bulk.kept.table.setFocus()
    again.press("Return")
    again.until(lambda: hand.rows is not None and "受付済" in "".join(hand.results()))
    assert all("受付済" in words for words in hand.results())
    hand.save(tmp_path / "again.csv")
    with (tmp_path / "again.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[7] for line in lines[1:]] == [item.receipt_number for item in again.items()]


def test_one_step_back_leads_to_the_tables_and_the_next_to_the_kinds(clerk, day):
    hand = BulkHand(clerk)
    copy(rows_of(day, 2))
    hand.paste()
    clerk.press("Space")
    clerk.press("Esc")
    kept = hand.page.kept
    clerk.until(lambda: kept.table.isVisible() and kept.model.rowCount() == 1)
    clerk.press("Esc")
    assert clerk.apply.start_page.isVisible()
    clerk.press("Ctrl+Shift+N")
    clerk.until(kept.table.hasFocus)
    clerk.press("Return")
    clerk.until(hand.page.grid.isVisible)
    assert [row.source.line for row in hand.rows.going()] == [3], "as it stood"
    clerk.press("Esc")
    clerk.until(kept.table.hasFocus)
    clerk.press("Delete")
    clerk.until(lambda: kept.model.rowCount() == 0)
    assert kept.paste.hasFocus()
    assert hand.rows is None


def test_headings_are_assigned_and_remembered_and_a_missing_item_is_asked_once(clerk, day):
    hand = BulkHand(clerk)
    rows = [[point, "見本 太郎", MENUS[0], day] for point in points(2)]
    headings = ("番号", "需要者名", "接続送電サービスメニュー", "変更希望日")
    copy(rows, headings)
    hand.paste()
    page = hand.page
    page.grid.column_assigned.emit(0, "supply_point_number")
    clerk.until(lambda: hand.rows.brought.table.fields[0] == "supply_point_number")
    clerk.settle()
    page.common.editors["equipment_class"].setFocus()
    clerk.press("Down")
    clerk.until(lambda: len(hand.rows.going()) == 2)
    assert page.grid.hasFocus()
    copy([[point, "例示 次郎", MENUS[1], day] for point in points(3)], headings)
    clerk.press("Ctrl+V")
    clerk.until(lambda: len(hand.rows.rows) == 3 and len(hand.rows.going()) == 3)
    assert texts.KNOWN in hand.words()


def test_in_the_smallest_window_the_items_without_a_column_leave_room_for_the_rows(clerk, day):
    hand = BulkHand(clerk)
    copy([[point, "見本 太郎", MENUS[0], day] for point in points(8)], ("供給地点特定番号", *HEADINGS[2:3], *HEADINGS[4:]))
    hand.paste()
    common = hand.page.common
    assert texts.COMMON in hand.words()
    clerk.window.resize(800, 480)
    clerk.until(lambda: texts.COMMON_SHORT in hand.words())
    assert len(common.editors) == 2
    clerk.until(lambda: len({editor.mapTo(common, QPoint()).y() for editor in common.editors.values()}) == 1)
    assert texts.COMMON in common.editors["equipment_class"].accessibleName(), "said in full"
    clerk.window.resize(1280, 800)
    clerk.until(lambda: texts.COMMON in hand.words())


def test_an_item_without_a_column_gets_one_where_the_rows_differ_in_it(clerk, day):
    hand = BulkHand(clerk)
    copy([[point, "見本 太郎", MENUS[0], day] for point in points(3)], ("供給地点特定番号", *HEADINGS[2:3], *HEADINGS[4:]))
    hand.paste()
    page = hand.page
    assert page.common.editors["equipment_class"].hasFocus()
    clerk.press("Tab")
    assert "設備項目区分" in clerk.window.focusWidget().accessibleName()
    clerk.press("Space")
    clerk.until(lambda: "equipment_class" in hand.rows.brought.table.fields)
    clerk.settle()
    clerk.picture()
    column = hand.rows.brought.table.column_of("equipment_class") + BEFORE
    assert "equipment_class" not in page.common.editors
    assert page.grid.hasFocus()
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (0, column), "the first cell to be filled"
    codes = [code for code, _ in hand.rows.brought.form.choices("equipment_class")]
    for row in range(3):
        clerk.press("F2")
        clerk.window.focusWidget().setCurrentIndex(row % 2)
        clerk.press("Tab")
        clerk.settle()
    assert [row.application.equipment_class for row in hand.rows.going()] == [codes[0], codes[1], codes[0]]


WIDE = ("担当", "契約番号", *HEADINGS, "住所", "旧メニュー", "備考")


def wide(rows):
    return [["見本", f"C-{n:09}", *row, f"大阪市見本区例題町{n}-2-3 見本ビル", "従量電灯A", "なし"] for n, row in enumerate(rows)]


def test_whose_row_it_is_and_what_came_of_it_stay_in_sight_while_the_rest_is_scrolled(clerk, day):
    hand, rows = BulkHand(clerk), rows_of(day)
    rows[1][1], rows[3][5] = "1.23457E+21", "2026/2/30"
    copy(
        [["見本", f"C-{n:09}", *row, f"大阪市見本区例題町{n}-2-3 見本ビル", "従量電灯A", "とくになし"] for n, row in enumerate(rows)], WIDE
    )
    hand.paste()
    grid, model = hand.page.grid, hand.page.model
    bar, seen = grid.horizontalScrollBar(), grid.viewport()
    number, name = WIDE.index("供給地点特定番号") + BEFORE, WIDE.index("需要者名") + BEFORE
    assert not any(grid.isColumnHidden(column) for column in range(model.columnCount())), "what is not in sight is scrolled to"
    clerk.press("Right")
    bar.setValue(0)
    left = grid.visualRect(model.index(0, name))
    before = seen.grab().toImage().copy(0, 0, left.right() - 2, left.bottom())
    for _ in range(model.columnCount()):
        clerk.press("Right")
        cell = grid.visualRect(grid.currentIndex())
        assert seen.rect().contains(cell), "the cursor is always in sight"
        assert grid.indexAt(cell.center()) == grid.currentIndex(), "and under nothing"
    clerk.press("Left")
    clerk.press("Left")
    assert bar.value() > 0
    assert seen.grab().toImage().copy(0, 0, left.right() - 2, left.bottom()) == before, "the columns that stay are where they were"
    for column in (number, name, model.result):
        assert seen.rect().contains(grid.visualRect(model.index(0, column)))
    clerk.picture("scrolled")
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=grid.visualRect(model.index(1, number)).center())
    assert grid.currentIndex() == model.index(1, number)
    assert bar.value() > 0, "a column that stays is in sight already"
    clerk.press("F2")
    editor = clerk.window.focusWidget()
    assert editor.geometry().left() == grid.visualRect(model.index(1, number)).left()
    bar.setValue(0)
    assert editor.geometry().left() == grid.visualRect(model.index(1, number)).left(), "an editor stays at its cell"
    hand.mending += 1
    QTest.keyClicks(editor, points(2)[1])
    clerk.press("Tab")
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (3, WIDE.index("変更希望日") + BEFORE)
    assert grid.indexAt(grid.visualRect(grid.currentIndex()).center()) == grid.currentIndex(), "the next that is wrong is in sight"
    hand.mend("+30")
    assert [row.source.line for row in hand.rows.going()] == list(range(2, 22))


def test_a_heading_that_stays_is_pressed_where_it_is_seen(clerk, day):
    hand = BulkHand(clerk)
    copy(
        [["見本", f"C-{n:09}", *row, f"大阪市見本区例題町{n}-2-3 見本ビル", "従量電灯A", "なし"] for n, row in enumerate(rows_of(day, 3))],
        WIDE,
    )
    hand.paste()
    grid = hand.page.grid
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    name = WIDE.index("需要者名")
    place = grid.visualRect(hand.page.model.index(0, name + BEFORE))
    QTest.mouseClick(grid.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.center().x(), 5))
    menu = QApplication.activePopupWidget()
    assert [action.data() for action in menu.actions() if action.isChecked()] == [(name, "customer_name")]
    assert menu.pos().x() == grid.mapToGlobal(place.topLeft()).x() + grid.viewport().x()
    menu.close()


@pytest.mark.parametrize("size", [(800, 480), (853, 533)])
def test_on_a_small_screen_grid_and_pane_take_turns(clerk, day, size):
    clerk.window.resize(*size)
    hand, rows = BulkHand(clerk), rows_of(day, 8)
    rows[6][5] = "2026/2/30"
    copy(rows)
    hand.paste()
    clerk.picture("grid")
    assert hand.page.pane.isHidden()
    hand.mend("+30")
    clerk.press("Ctrl+Return")
    assert hand.page.grid.isHidden()
    assert hand.page.pane.send.hasFocus()
    clerk.picture("pane")
    clerk.press("Esc")
    assert hand.page.grid.hasFocus()
    clerk.press("Ctrl+Return")
    hand.hold_enter()
    clerk.until(lambda: not hand.rows.has_open)
    clerk.settle()
    clerk.picture("done")
    assert clerk.window.focusWidget() is not None
    assert len(clerk.items()) == 8
