"""An icon as a picture that follows the scheme."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QWidget

from denkidesk.ui.parts.icons import Icons


class Picture(QLabel):
    """One icon at a fixed size, drawn anew by the icon set after each change of scheme."""

    def __init__(self, icons: Icons, name: str, tone: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._size = size
        self._name = name
        self._tone = tone
        self.setFixedSize(QSize(size, size))
        icons.put(self, name, tone)

    def show_icon(self, name: str, tone: str) -> None:
        self._name = name
        self._tone = tone
        self._icons.put(self, name, tone)

    def setIcon(self, _icon: QIcon) -> None:  # noqa: N802 - the icon set calls it by Qt's name
        """Draws at this picture's own size, sharper than an icon's nearest one."""
        self.setPixmap(self._icons.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF()))
