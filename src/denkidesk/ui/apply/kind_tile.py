"""A large choice: icon, word, one sentence, and the key that chooses it."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import apply as texts
from denkidesk.texts.names import KIND_NAMES
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.theme import SPACE_L, SPACE_XS, Theme

_HEIGHT: Final = 84
_ICON: Final = 32
_RADIUS: Final = 8.0


class KindTile(QAbstractButton):
    """Chooses one kind. ``is_main``: the one that must be found in a hurry."""

    def __init__(self, theme: Theme, icons: Icons, kind: ApplicationKind, keys: str, *, is_main: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self._theme = theme
        self._icons = icons
        self._keys = keys
        self._is_main = is_main
        self._title_font = theme.font(1.3 if is_main else 1.2, bold=True)
        self._small_font = theme.font(0.9)
        self.setText(KIND_NAMES[kind])
        self.setAccessibleName(texts.KIND_ACCESSIBLE.format(title=KIND_NAMES[kind], sentence=texts.KIND_SENTENCES[kind], keys=keys))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """All tiles are equally high."""
        return QSize(320, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lights up under the mouse."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Draws the tile as it is without the mouse."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the tile in the colours of the moment."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.isDown()
        edge = "accent" if self.hasFocus() or lit or self._is_main else "line"
        painter.setBrush(theme.colour("accent_soft" if lit or self._is_main else "surface"))
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(theme.colour(edge), width))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        icon_box = QRectF(SPACE_L + SPACE_XS, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._icons.paint(painter, icon_box, KIND_ICONS[self.kind], "accent")
        left = icon_box.right() + SPACE_L
        painter.setFont(self._small_font)
        keys_width = painter.fontMetrics().horizontalAdvance(self._keys)
        right = self.width() - SPACE_L
        painter.setPen(theme.colour("muted"))
        title_line = self.height() / 2 - 4
        painter.drawText(QPointF(right - keys_width, title_line), self._keys)
        sentence = painter.fontMetrics().elidedText(texts.KIND_SENTENCES[self.kind], Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QPointF(left, title_line + 24), sentence)
        painter.setFont(self._title_font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QPointF(left, title_line), self.text())
        painter.end()
