"""How a row of the list looks: kind in its colour, what is unread bold, what is new in a pill, what waits too long with a clock."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QGlyphRun, QPainter, QPixmap, QTextLayout

from denkidesk.domain.values import dataclass
from denkidesk.texts import inbox as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.rows import ADDRESS, DAYS, KIND, MARK, MESSAGE, NAME, STAGE, VISIT, Row
from denkidesk.ui.parts.item_icons import KIND_ICONS, KIND_TONES
from denkidesk.ui.parts.theme import SPACE_XS

_LEAST_HEIGHT: Final = 24
_AROUND: Final = 6  # above and below the letters together
_MARGIN: Final = 4  # at both sides of a cell
_ICON: Final = 16
_DOT: Final = 18
_BAR: Final = 3  # at the left of a chosen row
_CUT_ROWS: Final = 400
_BOLD_IF_UNREAD: Final = frozenset((KIND, NAME, STAGE))


def row_height(metrics: QFontMetrics) -> int:
    """How high a row is for letters of this size."""
    return max(_LEAST_HEIGHT, metrics.height() + _AROUND)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of a row, cut to its column and laid out once. ``left``: from the left of the column; ``top``: from the row's middle."""

    column: int
    left: float
    top: float
    glyphs: Sequence[QGlyphRun]
    tone: str


class RowPainter:
    """Paints rows whole, from texts that were cut to the columns once: a cell at a time asks Python some thirty times a row."""

    def __init__(self, context: UiContext) -> None:
        self._theme = context.theme
        self._icons = context.icons
        self._made_for: tuple[object, ...] = ()
        self._fonts: tuple[QFont, ...] = ()
        self._metrics: tuple[QFontMetrics, ...] = ()
        self._baselines: tuple[float, ...] = ()  # from a row's middle
        self._colours: dict[str, QColor] = {}
        self._small = QFont()
        self._pill_width = 0
        self._widths: tuple[int, ...] = ()
        self._cut: dict[tuple[object, ...], list[_Piece]] = {}
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._ratio = 1.0

    def begin(self, widths: tuple[int, ...], ratio: float) -> None:
        """The columns are so wide, 0 where they are hidden; ``ratio``: device pixels to a logical one."""
        made_for = (self._theme.colours, ratio, self._theme.font().pointSizeF())
        if made_for != self._made_for:
            self._made_for, self._ratio = made_for, ratio
            self._fonts = (self._theme.font(), self._theme.font(bold=True))
            self._metrics = tuple(map(QFontMetrics, self._fonts))
            ascents = (QFontMetricsF(font).ascent() for font in self._fonts)  # rounded as Qt's own cells are
            self._baselines = tuple(ascent - metrics.height() // 2 for ascent, metrics in zip(ascents, self._metrics, strict=True))
            self._colours.clear()
            self._small = self._theme.font(0.85, bold=True)
            self._pill_width = QFontMetrics(self._small).horizontalAdvance(texts.NEW) + 2 * SPACE_XS + 2
            self._pixmaps.clear()
            self._cut.clear()
        if widths != self._widths or len(self._cut) > _CUT_ROWS:
            self._widths = widths
            self._cut.clear()

    @property
    def _noted_in(self) -> int:
        """The column with the sign of a note at its right: of the message, or of the name where that is hidden."""
        return MESSAGE if self._widths[MESSAGE] else NAME

    def ground(self, painter: QPainter, rect: QRect, ground: str, *, is_chosen: bool, is_current: bool) -> None:
        """What a row stands on: a hairline below, a bar at the left of a chosen one, a line around the one that keys go from."""
        painter.fillRect(rect, self._colour(ground))
        if not is_chosen:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._colour("faint"))
        if is_current:
            painter.setPen(self._colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if is_chosen:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), self._colour("accent"))

    def _colour(self, name: str) -> QColor:
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = self._theme.colour(name)
        return found

    def paint(self, painter: QPainter, row: Row, rect: QRect, places: Sequence[int]) -> None:
        """One row, on its ground."""
        middle = rect.top() + rect.height() // 2
        look = (
            row.cells,
            row.entry.unread,
            row.entry.kind,
            row.is_visited_soon,
            row.is_unmoved,
            row.has_new_message,
            row.is_likely,
            bool(row.entry.note),
        )
        pieces = self._cut.get(look)
        if pieces is None:
            pieces = self._cut[look] = self._pieces(row)
        tone = ""
        for piece in pieces:
            if piece.tone != tone:
                tone = piece.tone
                painter.setPen(self._colour(tone))
            for glyphs in piece.glyphs:
                painter.drawGlyphRun(QPointF(places[piece.column] + piece.left, middle + piece.top), glyphs)
        if row.entry.unread and self._widths[MARK]:
            self._icon(painter, "dot", "accent", _DOT, places[MARK] + (self._widths[MARK] - _DOT) // 2, middle)
        if self._widths[KIND]:
            self._icon(painter, KIND_ICONS[row.entry.kind], KIND_TONES[row.entry.kind], _ICON, places[KIND] + _MARGIN, middle)
        if row.is_unmoved and self._widths[DAYS]:
            left = next((piece.left for piece in pieces if piece.column == DAYS), 0)
            self._icon(painter, "clock", "warn", _ICON, round(places[DAYS] + left - _ICON - SPACE_XS), middle)
        if row.has_new_message and self._widths[MESSAGE]:
            self._pill(painter, QRectF(places[MESSAGE] + _MARGIN, rect.top() + 3, self._pill_width, rect.height() - 6))
        if row.is_likely and self._widths[MESSAGE]:
            self._icon(painter, "unknown", "warn", _ICON, places[MESSAGE] + _MARGIN, middle)
        if row.entry.note and self._widths[self._noted_in]:
            right = places[self._noted_in] + self._widths[self._noted_in]
            self._icon(painter, "note", "muted", _ICON, right - _MARGIN - _ICON, middle)

    def _pieces(self, row: Row) -> list[_Piece]:
        names = (text or (row.receipt_number if column == NAME else "") for column, text in enumerate(row.cells))
        pieces = [self._piece(row, column, text) for column, text in enumerate(names) if text and column != MARK and self._widths[column]]
        return sorted(pieces, key=lambda piece: piece.tone)  # the pen changes seldom

    def _piece(self, row: Row, column: int, text: str) -> _Piece:
        is_bold, tone = row.entry.unread and column in _BOLD_IF_UNREAD, "text"
        left, room = float(_MARGIN), self._widths[column] - 2 * _MARGIN
        match column:
            case _ if column == KIND:
                tone = KIND_TONES[row.entry.kind]
                left += _ICON + SPACE_XS
                room -= _ICON + SPACE_XS
            case _ if column == ADDRESS or (column == NAME and not row.cells[NAME]):  # the number stands in for a name
                tone = "muted"
            case _ if column == VISIT:
                is_bold = row.is_visited_soon
            case _ if column == DAYS and row.is_unmoved:
                is_bold, tone = True, "warn"
            case _ if column == MESSAGE and row.has_new_message:
                left += self._pill_width + SPACE_XS
                room -= self._pill_width + SPACE_XS
            case _ if column == MESSAGE and row.is_likely:
                tone = "warn"
                left += _ICON + SPACE_XS
                room -= _ICON + SPACE_XS
        if row.entry.note and column == self._noted_in:
            room -= _ICON + SPACE_XS
        cut = self._metrics[is_bold].elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
        layout = QTextLayout(cut.replace("\u2028", " "), self._fonts[is_bold])  # else it ends with its first line
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        if column == DAYS:
            left = max(left, self._widths[column] - _MARGIN - line.horizontalAdvance())
        # A letter that another font lends may be higher than those of its own: they all stand on one line.
        return _Piece(column, left, self._baselines[is_bold] - line.ascent(), layout.glyphRuns(), tone)

    def _icon(self, painter: QPainter, name: str, tone: str, side: int, left: float, middle: int) -> None:
        key = (name, tone, side)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._icons.pixmap(name, tone, side, self._ratio)
        painter.drawPixmap(QPointF(left, middle - side // 2), self._pixmaps[key])

    def _pill(self, painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("accent"))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(self._colour("on_accent"))
        painter.setFont(self._small)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, texts.NEW)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
