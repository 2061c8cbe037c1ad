"""Where the window stood when it was closed."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

from denkidesk.ui.parts.ui_state import UiState

MINIMUM_SIZE: Final = QSize(960, 600)
_USUAL_SIZE: Final = QSize(1440, 900)
_PLACE: Final = "shell.window"


def remember_place(window: QMainWindow, state: UiState) -> None:
    """Keeps place and size for the next start."""
    place = window.normalGeometry()
    state.put(_PLACE, [place.x(), place.y(), place.width(), place.height(), int(window.isMaximized())])


def restore_place(window: QMainWindow, state: UiState) -> None:
    """Puts the window where it stood, if that place is still on a screen, and never larger than the screen."""
    screen = window.screen().availableGeometry()
    numbers = state.numbers(_PLACE)
    size = QSize(*numbers[2:4]) if len(numbers) == 5 else _USUAL_SIZE
    # A screen below the smallest size (a test's, a kiosk's) cannot hold the window anyway: it keeps its usual size then.
    if screen.width() >= MINIMUM_SIZE.width() and screen.height() >= MINIMUM_SIZE.height():
        size = size.boundedTo(screen.size())
    window.resize(size.expandedTo(MINIMUM_SIZE))
    if len(numbers) == 5 and screen.contains(numbers[0] + 80, numbers[1] + 20):
        window.move(numbers[0], numbers[1])
        if numbers[4]:
            window.showMaximized()
