"""Tells when a window has been painted for the first time and its event loop is free: the moment from which work may begin."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """``happened`` comes once, one turn of the event loop after the first paint."""

    happened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.happened.emit)
        return False
