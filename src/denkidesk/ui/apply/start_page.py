"""Where a new application begins: five choices, the drafts that wait, and the outbox below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.forms.catalogue import FORMS
from denkidesk.texts import apply as texts
from denkidesk.texts.shortcuts import CHOOSE_KIND, NEW_OUTAGE
from denkidesk.ui.apply.draft_panel import DraftPanel
from denkidesk.ui.apply.fitted_page import FittedPage
from denkidesk.ui.apply.kind_tile import KindTile
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.keys import bind_key
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Theme


class StartPage(FittedPage):
    """``kind_chosen`` by mouse, by Alt and a digit, or by Enter on a tile: always for a fresh form."""

    kind_chosen = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drafts = DraftPanel(icons, self)
        self.tiles: dict[ApplicationKind, KindTile] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE_M)
        for number, (kind, keys) in enumerate(zip(FORMS, CHOOSE_KIND.keys, strict=True), start=1):
            is_main = kind is ApplicationKind.OUTAGE
            tile = KindTile(theme, icons, kind, f"{NEW_OUTAGE.label}  ·  {keys}" if is_main else keys, is_main=is_main, parent=self)
            tile.clicked.connect(self._on_tile_clicked)
            bind_key(keys, self, tile.click)
            if is_main:
                grid.addWidget(tile, 0, 0, 1, 2)
            else:
                grid.addWidget(tile, 1 + (number - 2) // 2, (number - 2) % 2)
            self.tiles[kind] = tile
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_M)
        layout.addWidget(PlainLabel(texts.START_TITLE, body, scale=1.6, bold=True))
        layout.addWidget(PlainLabel(texts.START_HINT, body, tone="muted"))
        layout.addSpacing(SPACE_S)
        layout.addLayout(grid)
        layout.addSpacing(SPACE_S)
        layout.addWidget(self.drafts)
        layout.addSpacing(SPACE_S)
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it takes what is left, and scrolls by itself
        layout.addWidget(below, 1)
        self.set_body(body)
        QWidget.setTabOrder(list(self.tiles.values())[-1], self.drafts.table)

    def take_focus(self) -> None:
        """The most urgent choice comes first."""
        self.verticalScrollBar().setValue(0)
        self.tiles[ApplicationKind.OUTAGE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tile_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, KindTile):
            self.kind_chosen.emit(tile.kind)
