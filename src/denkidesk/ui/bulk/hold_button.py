"""A button that acts when it was held for a second: what cannot be undone is not done by a key that slipped."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.ui.parts.key_binding import ENTER

HOLD_MS: Final = 1000
_TICK_MS: Final = 16
_RADIUS: Final = 6.0
_FILL: Final = QColor(255, 255, 255, 70)


class HoldButton(QPushButton):
    """Fills while Enter or the mouse button is held down, and tells of it by ``held``; a key that repeats itself is no second press."""

    held = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "primary")
        self._passed = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_held(self) -> bool:
        """Whether it is being held down."""
        return self._timer.isActive()

    def begin(self) -> None:
        """The key went down, here or where it stands for this button."""
        if self.isEnabled() and self.isVisible() and not self.is_held:
            self._passed.start()
            self._timer.start()
            self.update()

    def end(self) -> None:
        """It came up again: what was not held long enough is nothing."""
        self._timer.stop()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins; Space does nothing here."""
        if is_enter(event):
            if not event.isAutoRepeat():
                self.begin()
            event.accept()
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ends, unless the key only repeats itself."""
        if event.key() in ENTER and not event.isAutoRepeat():
            self.end()
        elif event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """As the key."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As the key."""
        super().mouseReleaseEvent(event)
        self.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who has gone elsewhere holds nothing."""
        super().focusOutEvent(event)
        self.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nor does who cannot see it."""
        super().hideEvent(event)
        self.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and how far it is filled."""
        super().paintEvent(event)
        if not self.is_held:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            painter.setClipPath(shape)
            share = min(1.0, self._passed.elapsed() / HOLD_MS)
            painter.fillRect(QRectF(0, 0, self.width() * share, self.height()), _FILL)

    def _on_tick(self) -> None:
        if not self.isEnabled():
            self.end()
        elif self._passed.elapsed() >= HOLD_MS:
            self.end()
            self.held.emit()
        else:
            self.update()


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter alone, on either place of the keyboard."""
    return event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
