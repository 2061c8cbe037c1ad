"""Short words on a tinted ground: a state, a kind, a mark. The word says it; the colour only helps the eye."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from denkidesk.ui.parts.theme import SPACE_S, Theme

_GROUND = {"accent": "accent_soft", "ok": "ok_soft", "warn": "warn_soft", "error": "error_soft", "muted": "surface_alternate"}


class Badge(QLabel):
    """A pill. ``tone``: ``accent``, ``ok``, ``warn``, ``error`` or ``muted``."""

    def __init__(self, theme: Theme, text: str = "", tone: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_word(self, text: str, tone: str) -> None:
        self._tone = tone if tone in _GROUND else "muted"
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * SPACE_S + 2, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its word."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_badge(painter, QRectF(self.rect()), self.text(), self._tone, self._theme)


def paint_badge(painter: QPainter, rect: QRectF, text: str, tone: str, theme: Theme) -> None:
    """Draws a pill into a rectangle; for delegates."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.colour(tone)
    ground = theme.colour(_GROUND.get(tone, "surface_alternate"))
    painter.setBrush(ground)
    line = QColor(edge)
    line.setAlpha(90)
    painter.setPen(QPen(line, 1))
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(edge)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
