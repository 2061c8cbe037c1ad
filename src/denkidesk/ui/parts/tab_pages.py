"""Pages of a tab widget, made where they will stand, and left alone there."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget


def parent_of_pages(tabs: QTabWidget) -> QWidget:
    """What the pages of a tab widget are children of.

    A page that is made as its child costs nothing when it is added; one of another parent has its style sheet looked up again, widget by
    widget, which takes as long as to build it.
    """
    return tabs.findChild(QStackedWidget) or tabs


class StillTabs(QTabWidget):
    """The page in front is not painted anew when something in it, or in a page behind it, asks for other room.

    Qt of itself paints all of it each time, in case the bar has become higher.
    """

    _bar = QSize()  # the room that it wanted at last

    def event(self, event: QEvent) -> bool:
        """Goes on to whoever has the tabs where their bar is as it was."""
        if event.type() == QEvent.Type.LayoutRequest:
            before, self._bar = self._bar, self.tabBar().sizeHint()
            if self._bar == before:
                self.updateGeometry()
                return True
        return super().event(event)
