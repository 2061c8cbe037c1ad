"""The page of the practice in a dialog, for whoever is past the first start."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from denkidesk.texts import practice as texts
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.practice.page import PracticePage


class PracticeDialog(QDialog):
    """Goes with the first thing that is asked for."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        resize_within_screen(self, 1120, 560)
        self.page = PracticePage(icons, self)
        VBox(self, margins=0).add(self.page)
        for asked in (self.page.begin_requested, self.page.samples_requested, self.page.trouble_requested):
            asked.connect(self._on_asked)

    def _on_asked(self, _what: object = None) -> None:
        self.accept()
