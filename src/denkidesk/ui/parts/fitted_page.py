"""A page that scrolls only when its contents, laid out at the width there is, do not fit.

Qt's own resizable scroll area asks wrapping labels how high they would be at some other width, and scrolls where nothing is hidden.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class FittedPage(QScrollArea):
    """As wide as its viewport, as high as its contents need, and at least as high as the viewport.

    ``shrinks``: tables give up height, as in any window, before it scrolls.
    """

    def __init__(self, parent: QWidget | None = None, *, shrinks: bool = False) -> None:
        super().__init__(parent)
        self._shrinks = shrinks
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_body(self, body: QWidget) -> None:
        """Takes the contents, whose layout is complete."""
        body.setProperty("kind", "page")
        self.setWidget(body)
        body.installEventFilter(self)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Gives the contents their room; of itself a turn of the event loop after they ask for another."""
        body = self.widget()
        layout = body.layout() if body is not None else None
        if body is None or layout is None:
            return
        width = max(self.viewport().width(), layout.totalMinimumSize().width())
        if self._shrinks:
            height = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalMinimumSize().height()
        else:
            height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        body.resize(width, max(self.viewport().height(), height))
