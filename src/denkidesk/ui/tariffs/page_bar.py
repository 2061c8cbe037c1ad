"""The pages of 料金・見積 under a bar of their names that is as wide as the window: beside the finder eight would not fit."""

from PySide6.QtWidgets import QTabBar, QWidget

from denkidesk.ui.tariffs.page_frame import FramedPages


class BarredPages(FramedPages):
    """A tab widget whose ``bar`` is laid out by whoever has the pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, documentMode=True)
        self.bar = QTabBar(parent, documentMode=True, drawBase=False, expanding=False)
        self.bar.setProperty("kind", "crowded")
        self.tabBar().hide()
        self.setFocusProxy(self.bar)
        self.bar.currentChanged.connect(self.setCurrentIndex)
        self.currentChanged.connect(self.bar.setCurrentIndex)

    def tabInserted(self, index: int) -> None:  # noqa: N802 - Qt's own method
        """The same names in the same order."""
        super().tabInserted(index)
        self.bar.insertTab(index, self.tabText(index))
