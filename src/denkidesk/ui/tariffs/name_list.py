"""A list of names in the page: a few lines, more where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget, QWidget

from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.plain import plain_tip

_HEIGHT = 92


class NameList(QListWidget):
    """Content with a few lines, and takes what room there is: its own size hint would push the rest off the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumHeight(_HEIGHT)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def show_names(self, names: Sequence[str]) -> None:
        """Replaces everything; nothing is told meanwhile."""
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItems([" ".join(name.split()) for name in names])
        for row, name in enumerate(names):
            self.item(row).setToolTip(plain_tip(name))
        self.blockSignals(was_blocked)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the name that is chosen; Qt of itself would copy it as it is."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows([[item.text()] for item in self.selectedItems()])
        else:
            super().keyPressEvent(event)
