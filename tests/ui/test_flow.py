"""A row goes on in the next line where the place is too narrow for it."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from denkidesk.ui.parts.flow import Flow


@pytest.fixture
def row(qtbot):
    """A line that grows and three buttons of 100 px."""
    widget = QWidget()
    qtbot.addWidget(widget)
    line = QLineEdit(widget)
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    buttons = [QPushButton(str(number), widget) for number in range(3)]
    for button in buttons:
        button.setFixedSize(100, 30)
    widget.setLayout(Flow(10).add(line, *buttons))
    return widget, line, buttons


def laid_out(widget, width):
    widget.resize(width, widget.layout().heightForWidth(width))
    widget.show()
    widget.layout().activate()


def test_in_a_wide_place_all_stand_in_one_line_and_what_grows_takes_the_rest(row):
    widget, line, buttons = row
    laid_out(widget, 900)
    assert {button.y() for button in buttons} == {buttons[0].y()}
    assert line.width() == 900 - 3 * 110
    assert buttons[2].x() + 100 == 900


def test_in_a_narrow_place_they_go_on_below_and_none_is_cut(row):
    widget, line, buttons = row
    laid_out(widget, 215)
    assert [button.width() for button in buttons] == [100, 100, 100]
    assert buttons[0].y() == buttons[1].y() > line.y()
    assert buttons[2].y() > buttons[1].y()
    assert widget.rect().contains(buttons[2].geometry())
    assert widget.layout().heightForWidth(215) > widget.layout().heightForWidth(900)


def test_hidden_parts_take_no_room(row):
    widget, _line, buttons = row
    buttons[0].hide()
    buttons[1].hide()
    laid_out(widget, 900)
    assert buttons[2].x() + 100 == 900
