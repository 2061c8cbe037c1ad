"""The list draws its rows whole: what each looks like, and that a paint asks nothing cell by cell."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest

from denkidesk.texts import inbox as texts
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.model import InboxModel
from denkidesk.ui.inbox.row_painter import RowPainter, row_height
from denkidesk.ui.inbox.rows import KIND, MARK, MESSAGE, NAME, STAGE
from denkidesk.ui.parts.ui_state import UiState
from fakes.inbox_entries import entry

ROWS = 300


@pytest.fixture
def shown(icons, theme, reader, qtbot, tmp_path):
    """The list with a page of rows, one in three unread."""
    context = SimpleNamespace(icons=icons, theme=theme, ui_state=UiState(tmp_path / "window.json"))
    shown = InboxList(context)
    qtbot.addWidget(shown)
    shown.resize(960, 700)
    shown.model.show_window(ROWS, 0, [reader.row(entry(n, unread=n % 3 == 0, day=1 + n % 28, message=n % 2 == 0)) for n in range(128)], {})
    shown.setCurrentWidget(shown.table)
    shown.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else a line stands around the current row
    shown.show()
    return shown


def row_picture(shown, place, column=None):
    """The pixels of a row, or of one cell of it."""
    table = shown.table
    rect = table.visualRect(shown.model.index(place, 0 if column is None else column))
    if column is None:
        rect.setRight(table.viewport().width())
    return table.viewport().grab(rect).toImage()


def ground(shown, place):
    return row_picture(shown, place).pixelColor(5, 1).name()


def test_a_paint_asks_for_no_cell(shown, monkeypatch):
    calls = []
    data = InboxModel.data
    monkeypatch.setattr(InboxModel, "data", lambda *asked: (calls.append(asked), data(*asked))[1])
    shown.table.grab()
    assert calls == []


def test_every_row_has_its_ground_and_a_chosen_one_another(shown, theme):
    assert [ground(shown, place) for place in (0, 1, 2)] == [theme.colours.surface] * 3
    shown.table.choose_row(1)
    shown.table.selectionModel().select(
        shown.model.index(4, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    assert [ground(shown, place) == theme.colours.selected for place in range(6)] == [False, True, False, False, True, False]
    QTest.mouseMove(shown.table.viewport(), shown.table.visualRect(shown.model.index(2, NAME)).center())
    assert ground(shown, 2) == theme.colours.accent_soft, "the pointer is there"
    theme.set_scheme("dark")
    assert ground(shown, 1) == theme.colours.selected
    assert ground(shown, 0) == theme.colours.surface


def test_unread_is_drawn_by_dot_weight_and_colour(shown, reader):
    unread = [row_picture(shown, 0, column) for column in (MARK, KIND, STAGE)]
    row = shown.model.row_at(0)
    shown.model.replace(reader.row(entry(0, day=1, message=True)))
    assert shown.model.row_at(0).cells[KIND] == row.cells[KIND]
    for before, column in zip(unread, (MARK, KIND, STAGE), strict=True):
        assert before != row_picture(shown, 0, column)
    blank = row_picture(shown, 0, MARK)
    assert {blank.pixelColor(x, y).name() for x in range(blank.width()) for y in range(blank.height() - 1)} == {ground(shown, 0)}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("name", ["見本 太郎", "①𠮷野家 Ångström 😀", "ｶﾅ ｼﾞﾂ", "عربي 12", "見本\u2028二行目", "x" * 200, " 　"])
def test_letters_stand_where_qt_draws_them(shown, reader, theme, name, ratio):
    row = reader.row(replace(entry(1), customer_name=name))
    widths = tuple(160 if column == NAME else 0 for column in range(len(row.cells)))
    rect, painter = QRect(0, 0, 160, row_height(shown.fontMetrics())), RowPainter(SimpleNamespace(theme=theme, icons=shown.model._icons))
    drawn, expected = (QImage(rect.size() * ratio, QImage.Format.Format_RGB32) for _ in range(2))
    for image in (drawn, expected):
        image.setDevicePixelRatio(ratio)
        image.fill(theme.colour("surface"))
    with QPainter(drawn) as on_image:
        painter.begin(widths, ratio)
        painter.paint(on_image, row, rect, [0] * len(widths))
    with QPainter(expected) as on_image:
        on_image.setFont(theme.font())
        on_image.setPen(theme.colour("text"))
        metrics = QFontMetrics(theme.font())
        baseline = rect.height() // 2 - metrics.height() // 2 + QFontMetricsF(theme.font()).ascent()
        on_image.drawText(QPointF(4, baseline), metrics.elidedText(name.replace("\u2028", " "), Qt.TextElideMode.ElideRight, 152))
    assert drawn == expected


def test_no_text_leaves_its_column(shown, reader):
    before = row_picture(shown, 0, STAGE + 1)
    listed = entry(0, unread=True, day=1, message=True)
    long = reader.row(listed)
    shown.model.replace(type(long)(long.entry, (*long.cells[:STAGE], "とても長い工程の名前 " * 9, *long.cells[STAGE + 1 :]), long.spoken))
    assert row_picture(shown, 0, STAGE + 1) == before
    shown.table.setColumnWidth(STAGE, 300)
    wide = row_picture(shown, 0, STAGE)
    shown.table.setColumnWidth(STAGE, 120)
    assert row_picture(shown, 0, STAGE) != wide.copy(0, 0, 120, wide.height()), "cut to its width, with dots"


def test_rows_that_are_not_at_hand_are_asked_for_and_drawn_when_they_come(shown, reader, qtbot):
    with qtbot.waitSignal(shown.model.wanted) as wanted:
        shown.table.verticalScrollBar().setValue(200)
    empty = row_picture(shown, 200)
    first, count = wanted.args
    assert first <= 200 < first + count
    shown.model.put(first, [reader.row(entry(first + n)) for n in range(count)])
    assert row_picture(shown, 200) != empty


def test_a_screen_reader_hears_the_row_as_a_sentence(shown):
    cell = shown.model.index(0, MARK)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole).startswith("未読、停電、受付番号 P0000、受付済、")
    assert shown.model.index(0, MESSAGE).data(Qt.ItemDataRole.AccessibleTextRole) == "あり(未取得)"


def test_a_note_and_a_likely_answer_are_signs_in_the_row(shown, reader, theme):
    plain = entry(2, message=True)
    before = row_picture(shown, 2, MESSAGE)
    shown.model.replace(reader.row(replace(plain, note="見本")))
    noted = row_picture(shown, 2, MESSAGE)
    assert noted != before
    assert noted.copy(0, 0, noted.width() - 24, noted.height()) == before.copy(0, 0, before.width() - 24, before.height()), "at the right"
    assert reader.row(replace(plain, note="見本")).spoken.endswith("、メモあり")
    name = row_picture(shown, 2, NAME)
    shown.table.setColumnHidden(MESSAGE, True)
    assert row_picture(shown, 2, NAME) != name, "where the column of the message is hidden, behind the name"
    shown.table.setColumnHidden(MESSAGE, False)
    reader.likely = frozenset((plain.listed.receipt_number,))
    likely = reader.row(plain)
    assert likely.cells[MESSAGE] == texts.LIKELY
    assert likely.spoken.endswith(f"、{texts.LIKELY}")
    assert reader.row(entry(4)).cells[MESSAGE] == ""
    shown.model.replace(likely)
    drawn = row_picture(shown, 2, MESSAGE)
    assert theme.colours.warn in {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}
