"""Where the window stood when it was closed, and which tab was open."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QMainWindow

from denkidesk.ui.parts.room import fitted
from denkidesk.ui.parts.ui_state import UiState

MINIMUM_SIZE: Final = QSize(480, 300)  # below the free area of any screen at any scale; from 800x480 on every screen is worked in
_USUAL_SIZE: Final = QSize(1440, 900)
_PLACE: Final = "shell.window"
_TAB: Final = "shell.tab"
_GRIP: Final = QPoint(80, 20)  # where the title bar can be taken hold of


def remember_place(window: QMainWindow, state: UiState, tab: int) -> None:
    """Keeps place, size and tab for the next start."""
    place = window.normalGeometry()
    state.put(_PLACE, [place.x(), place.y(), place.width(), place.height(), int(window.isMaximized())])
    state.put(_TAB, [tab])


def tab_of(state: UiState, count: int) -> int:
    """The tab that was open; the first one if that is no tab."""
    numbers = state.numbers(_TAB)
    return numbers[0] if len(numbers) == 1 and 0 <= numbers[0] < count else 0


def restore_place(window: QMainWindow, state: UiState) -> None:
    """Puts the window where it stood if that screen is still there, else into the middle of one; never larger than the room it has."""
    numbers = state.numbers(_PLACE)
    known = len(numbers) == 5
    there = QRect(*numbers[:4]) if known else QRect(QPoint(), _USUAL_SIZE)
    siblings = window.screen().virtualSiblings()
    screen = next((one for one in siblings if known and one.availableGeometry().contains(there.topLeft() + _GRIP)), None)
    if screen is None:
        screen = window.screen()
        there.moveCenter(screen.availableGeometry().center())
    window.setGeometry(fitted(there, screen))
    if known and numbers[4]:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


class ScreenWatch(QObject):
    """Makes a window smaller when its screen has less room for it: the window was moved to another one, or the scale was changed."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._screen: QScreen | None = None
        handle = window.windowHandle()
        handle.screenChanged.connect(self._on_screen_changed)
        self._on_screen_changed(handle.screen())

    def _on_screen_changed(self, screen: QScreen) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._fit)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        window = self._window
        if self._screen is not None and not window.isMaximized() and not window.isFullScreen():
            window.resize(fitted(window.geometry(), self._screen).size())
