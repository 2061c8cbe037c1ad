"""The window and its dialogs are never larger than the room that their screen has, wherever they stood before."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from denkidesk.ui.parts.room import fitted, resize_within_screen
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.shell.place import MINIMUM_SIZE, ScreenWatch, remember_place, restore_place


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    window.setMinimumSize(MINIMUM_SIZE)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def state(tmp_path):
    return UiState(tmp_path / "window.json")


PLACES = {
    "never opened": None,
    "on a larger screen": [0, 0, 2560, 1400, 0],
    "on a screen that is gone": [4000, 300, 700, 500, 0],
    "on a screen at the left that is gone": [-1900, 200, 1400, 900, 0],
    "half out at the right": [600, 500, 700, 500, 0],
    "above the edge": [20, -10, 700, 500, 0],
    "tiny": [50, 50, 10, 10, 0],
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_it_opens_within_the_free_area(window, state, place):
    if place is not None:
        state.put("shell.window", place)
    restore_place(window, state)
    window.show()
    QApplication.processEvents()
    assert window.screen().availableGeometry().contains(window.frameGeometry())


def test_it_opens_where_it_stood_and_does_not_creep(window, state):
    state.put("shell.window", [60, 80, 640, 480, 0])
    for _start in range(3):
        restore_place(window, state)
        window.show()
        QApplication.processEvents()
        assert window.geometry() == QRect(60, 80, 640, 480)
        remember_place(window, state, 0)
        window.hide()


def test_a_smaller_screen_makes_the_window_smaller_while_it_is_open(window, qapp):
    window.resize(5000, 4000)
    window.show()
    watch = ScreenWatch(window)
    assert fitted(window.geometry(), window.screen()).size() == window.size()
    window.resize(5000, 4000)
    window.screen().availableGeometryChanged.emit(window.screen().availableGeometry())
    assert fitted(window.geometry(), window.screen()).size() == window.size()
    watch._on_screen_changed(window.screen())
    window.showMaximized()
    size = window.size()
    window.screen().availableGeometryChanged.emit(window.screen().availableGeometry())
    assert window.size() == size


def test_a_dialog_gets_its_usual_size_where_there_is_room(window):
    dialog = QDialog(window)
    resize_within_screen(dialog, 500, 400)
    assert (dialog.width(), dialog.height()) == (500, 400)
    resize_within_screen(dialog, 5000, 4000)
    free = window.screen().availableGeometry()
    assert dialog.width() < free.width()
    assert dialog.height() < free.height()
    dialog.deleteLater()
