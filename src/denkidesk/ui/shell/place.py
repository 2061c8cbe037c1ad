"""Where the window stood when it was closed, and which tab was open."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QMainWindow

from denkidesk.ui.parts.ui_state import UiState

MINIMUM_SIZE: Final = QSize(960, 600)
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
    """Puts the window where it stood, if a screen is still there, and never larger than that screen."""
    numbers = state.numbers(_PLACE)
    known = len(numbers) == 5
    there = QRect(*numbers[:4]) if known else QRect(QPoint(), _USUAL_SIZE)
    screens = [screen.availableGeometry() for screen in window.screen().virtualSiblings()]
    screen = next((area for area in screens if known and area.contains(there.topLeft() + _GRIP)), None)
    area = screen or window.screen().availableGeometry()
    # A screen below the smallest size (a test's, a kiosk's) cannot hold the window anyway: it keeps its usual size then.
    fits = area.width() >= MINIMUM_SIZE.width() and area.height() >= MINIMUM_SIZE.height()
    size = there.size().boundedTo(area.size() if fits else _USUAL_SIZE)
    window.resize(size.expandedTo(MINIMUM_SIZE))
    if screen is not None:
        window.move(there.topLeft())
    if known and numbers[4]:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
