"""Where a new application begins: five choices, the drafts that wait, and how the outbox stands."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QSizePolicy, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.forms.steps import FORMS
from denkidesk.texts import apply as texts
from denkidesk.texts.names import KIND_NAMES
from denkidesk.texts.shortcuts import CHOOSE_KIND, NEW_OUTAGE
from denkidesk.ui.apply.draft_panel import DraftPanel
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.key_binding import ENTER, bind
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Theme

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
        if event.key() in ENTER and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        theme = self._theme
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


class StartPage(FittedPage):
    """``kind_chosen`` by mouse, by Alt and a digit, or by Enter on a tile: always for a fresh form."""

    kind_chosen = Signal(object)
    bulk_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[ApplicationKind, KindTile] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE_M)
        for number, (kind, keys) in enumerate(zip(FORMS, CHOOSE_KIND.keys, strict=True), start=1):
            is_main = kind is ApplicationKind.OUTAGE
            tile = KindTile(theme, icons, kind, f"{NEW_OUTAGE.label}  ·  {keys}" if is_main else keys, is_main=is_main, parent=self)
            tile.clicked.connect(self._on_tile_clicked)
            bind(keys, self, tile.click)
            if is_main:
                grid.addWidget(tile, 0, 0, 1, 2)
            else:
                grid.addWidget(tile, 1 + (number - 2) // 2, (number - 2) % 2)
            self.tiles[kind] = tile
        self.bulk = QPushButton(texts.START_BULK, self)
        icons.put(self.bulk, "copy")
        self.bulk.clicked.connect(self.bulk_wanted)
        self.drafts = DraftPanel(icons, self)  # made in the order in which Tab goes through them
        body = QWidget(self)
        VBox(body, margins=(SPACE_XL, SPACE_XS, SPACE_XL, SPACE_S), spacing=SPACE_M).add(
            PlainLabel(texts.START_TITLE, body, scale=1.6, bold=True),
            PlainLabel(texts.START_HINT, body, tone="muted"),
            Gap(SPACE_S),
            grid,
            HBox().add(self.bulk, Stretch()),
            Gap(SPACE_S),
            self.drafts,
            Stretch(),
        )
        self.set_body(body)

    def take_focus(self) -> None:
        """The most urgent choice comes first."""
        self.verticalScrollBar().setValue(0)
        self.tiles[ApplicationKind.OUTAGE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tile_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, KindTile):
            self.kind_chosen.emit(tile.kind)
