"""How much of a screen a window may take: its free area, without the title bar and the edges that the system puts round a window."""

from typing import Final

from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

_FRAME: Final = QMargins(8, 32, 8, 8)  # before a window is shown nobody can ask the system


def fitted(place: QRect, screen: QScreen) -> QRect:
    """A window's place within the room of a screen: smaller where it is too large, and moved where it stands out."""
    room = screen.availableGeometry().marginsRemoved(_FRAME)
    size = place.size().boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(place.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def resize_within_screen(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog its usual size, or what its screen has room for; Qt puts it in the middle of the window it belongs to."""
    parent = dialog.parentWidget()
    dialog.resize(fitted(QRect(QPoint(), QSize(width, height)), (parent or dialog).screen()).size())
