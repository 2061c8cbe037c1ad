"""The forms and receipts that are at hand, above the one that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import apply as texts
from denkidesk.texts.names import KIND_NAMES
from denkidesk.ui.parts.boxes import HBox, Stretch
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Theme

_SIGN: Final = 16
_RADIUS: Final = 6
_NAME_WIDTH: Final = 150


@dataclass(frozen=True, slots=True)
class Parked:
    """One of them. ``when``: in words. ``is_receipt``: of an application that was accepted."""

    parked_id: str
    kind: ApplicationKind
    customer: str
    when: str
    is_receipt: bool = False


class ParkedChip(QAbstractButton):
    """Kind, customer and time; the open one is ringed and underlined."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.parked: Parked | None = None
        self.is_open = False
        self._bold, self._small = theme.font(bold=True), theme.font(0.9)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+PgUp and PgDn lead here from every field, and Tab goes from field to field
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parked(self, parked: Parked, *, is_open: bool) -> None:
        """Shows one of them."""
        if (parked, is_open) == (self.parked, self.is_open):
            return
        self.parked, self.is_open = parked, is_open
        words = texts.PARKED_HERE if is_open else texts.PARKED_NAME
        self.setAccessibleName(words.format(kind=KIND_NAMES[parked.kind], customer=parked.customer, when=parked.when))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = max(28, self.fontMetrics().height() + SPACE_M)
        if self.parked is None:
            return QSize(0, height)
        return QSize(round(sum(width for width, *_ in self._words()) + _SIGN + 2 * SPACE_M + 3 * SPACE_S), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        parked, theme = self.parked, self._theme
        if parked is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = 2 if self.is_open else 1
            box = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
            painter.setPen(QPen(theme.colour("accent" if self.is_open or self.underMouse() else "line_strong"), ring))
            painter.setBrush(theme.colour("surface" if self.is_open else "window"))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
            if self.is_open:
                painter.fillRect(QRectF(_RADIUS, self.height() - 4, self.width() - 2 * _RADIUS, 2), theme.colour("accent"))
            left = float(SPACE_M)
            icon, tone = ("check-circle", "ok") if parked.is_receipt else (KIND_ICONS[parked.kind], "accent")
            self._icons.paint(painter, QRectF(left, (self.height() - _SIGN) / 2, _SIGN, _SIGN), icon, tone)
            left += _SIGN + SPACE_S
            for width, words, font, tone in self._words():
                painter.setFont(font)
                painter.setPen(theme.colour(tone))
                metrics = painter.fontMetrics()
                painter.drawText(QPointF(left, (self.height() + metrics.ascent() - metrics.descent()) / 2), words)
                left += width + SPACE_S

    def _words(self) -> list[tuple[int, str, QFont, str]]:
        parked = self.parked
        if parked is None:
            return []
        name = QFontMetrics(self._bold).elidedText(parked.customer, Qt.TextElideMode.ElideRight, _NAME_WIDTH)
        parts = ((KIND_NAMES[parked.kind], self.font(), "accent"), (name, self._bold, "text"), (parked.when, self._small, "muted"))
        return [(QFontMetrics(font).horizontalAdvance(words), words, font, tone) for words, font, tone in parts]


class ParkedStrip(Refitted, QFrame):
    """Hidden where there is nothing to go to. Of very many the open one and those after it are in sight."""

    chosen = Signal(str)  # the id

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._theme, self._icons = theme, icons
        self._count = PlainLabel("", self, tone="muted", scale=0.9)
        self._more = PlainLabel("", self, tone="muted", scale=0.9)
        self._keys = PlainLabel(texts.PARKED_KEYS, self, tone="muted", scale=0.9)
        self.chips: list[ParkedChip] = []
        self._row = HBox(spacing=SPACE_S)
        HBox(self, margins=(SPACE_L, SPACE_XS, SPACE_L, SPACE_XS), spacing=SPACE_S).add(
            self._count, self._row, self._more, Stretch(), self._keys
        )
        self.setVisible(False)

    def show_parked(self, parked: Sequence[Parked], open_id: str) -> None:
        """Shows what is at hand; ``open_id``: the one that has the page."""
        while len(self.chips) < len(parked):
            chip = ParkedChip(self._theme, self._icons, self)
            chip.clicked.connect(self._on_clicked)
            self._row.addWidget(chip)
            self.chips.append(chip)
        for chip in self.chips[len(parked) :]:
            chip.parked = None
        for chip, one in zip(self.chips, parked, strict=False):
            chip.show_parked(one, is_open=one.parked_id == open_id)
        self._count.setText(texts.PARKED_COUNT.format(count=len(parked)))
        self.refit()

    def _fit(self) -> None:
        """Leaves out what has no room: the word for the keys first, then chips from both ends, the open one last."""
        shown = [chip for chip in self.chips if chip.parked is not None]
        left = self.width() - 2 * SPACE_L - self._count.sizeHint().width() - SPACE_S
        widths = [chip.sizeHint().width() + SPACE_S for chip in shown]
        self._keys.setVisible(sum(widths) + self._keys.sizeHint().width() + SPACE_S <= left)
        place = next((at for at, chip in enumerate(shown) if chip.is_open), 0)
        begin = end = min(place, len(shown))
        if sum(widths) > left:
            left -= self._more.fontMetrics().horizontalAdvance(texts.PARKED_MORE.format(count=99)) + SPACE_S
        while end < len(shown) and widths[end] <= left:
            left -= widths[end]
            end += 1
        while begin > 0 and widths[begin - 1] <= left:
            begin -= 1
            left -= widths[begin]
        for at, chip in enumerate(shown):
            chip.setVisible(begin <= at < max(end, place + 1))
        for chip in self.chips:
            if chip.parked is None:
                chip.setVisible(False)
        hidden = sum(1 for chip in shown if chip.isHidden())
        self._more.setText(texts.PARKED_MORE.format(count=hidden))
        self._more.setVisible(bool(hidden))

    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, ParkedChip) and chip.parked is not None:
            self.chosen.emit(chip.parked.parked_id)
