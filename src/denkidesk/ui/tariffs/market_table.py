"""Area prices as a map that is a table: a row a month, a column an hour, each cell its price on the colour of it; then the means."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGlyphRun, QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from denkidesk.domain.market import PricedMonth, PricedYear
from denkidesk.domain.usage import HOURS
from denkidesk.texts import market as texts
from denkidesk.ui.charts.style import ON_PRICE, PRICE_RAMP, between
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import Theme

MONTH: Final = 0
FLAT, WEIGHTED, DIFFERENCE = range(HOURS + 1, HOURS + 4)
_ROLE: Final = Qt.ItemDataRole
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_AIR: Final = 6
_HIGHEST_ROW: Final = 30
_LOWEST: Final = 116  # pixels: the heading and some months; a page with less room scrolls
_MEANS: Final = {FLAT: texts.HEAD_FLAT, WEIGHTED: texts.HEAD_WEIGHTED, DIFFERENCE: texts.HEAD_DIFFERENCE}


class MarketModel(RowsModel[PricedMonth | PricedYear]):
    """The months, and the whole below them. ``ends``: the prices at the ends of the scale of colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(texts.headings(), parent)
        self.year: PricedYear | None = None
        self.ends = (Decimal(0), Decimal(0))

    def show_year(self, year: PricedYear | None, ends: tuple[Decimal, Decimal]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self.year, self.ends = year, ends
        self._rows: Sequence[PricedMonth | PricedYear] = [] if year is None else [*year.months, year]
        self.endResetModel()

    def data(self, index: Index, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Text for eye, ear and clipboard."""
        row, column = self.row_at(index.row()), index.column()
        if role == _ROLE.TextAlignmentRole:
            return _CENTRE if 0 < column <= HOURS else _RIGHT
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(row, column, index.row())
        return self.words(row, column, index.row()) if role == _ROLE.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Hours stand in the middle of their column, means at the right end."""
        if role == _ROLE.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _CENTRE if 0 < section <= HOURS else _RIGHT
        return super().headerData(section, orientation, role)

    def words(self, row: PricedMonth | PricedYear, column: int, place: int) -> str:
        """What stands in a cell."""
        if column == MONTH:
            return texts.YEAR if isinstance(row, PricedYear) else texts.row_words(row, place == 0)
        if column <= HOURS:
            return texts.price(row.prices[column - 1], 1)
        return {FLAT: texts.price(row.flat), WEIGHTED: texts.price(row.weighted), DIFFERENCE: texts.signed(row.difference)}[column]

    def _spoken(self, row: PricedMonth | PricedYear, column: int, place: int) -> str:
        month = self.words(row, MONTH, place)
        if column == MONTH:
            return month
        yen = self.words(row, column, place)
        if column > HOURS:
            return texts.SPOKEN_MEAN.format(month=month, name=_MEANS[column], yen=yen)
        cheap = texts.SPOKEN_CHEAP if column - 1 in row.cheapest else ""
        return texts.SPOKEN_HOUR.format(month=month, hour=column - 1, yen=yen, cheap=cheap)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is painted of a cell, made once: its words laid out, and the colour of an hour's price."""

    glyphs: Sequence[QGlyphRun]
    size: QSizeF
    fill: QColor | None
    is_cheap: bool


class _MapPainter:
    """The price on its colour, a thick frame around the cheapest hours, another one around the current cell.

    All cells at a time: a delegate is asked some ten things of each, and lays out each price anew, 40 ms for two areas.
    """

    def __init__(self, theme: Theme, model: MarketModel) -> None:
        self._theme, self._model = theme, model
        self._on_price = QColor(ON_PRICE)
        self._frame = QPen(self._on_price, 2)
        self._made_of: tuple[object, ...] = ()
        self._cells: list[list[_Cell]] = []

    def paint(self, painter: QPainter, table: "MarketTable", part: QRect) -> None:
        """What lies in a part of the viewport."""
        self._make_cells(table.font())
        columns = [(column, table.columnViewportPosition(column), table.columnWidth(column)) for column in range(self._model.columnCount())]
        columns = [one for one in columns if one[1] <= part.right() and one[1] + one[2] > part.left()]
        hours, ends = ([one for one in columns if (0 < one[0] <= HOURS) is of_hours] for of_hours in (True, False))
        for place, cells in enumerate(self._cells):
            top, height = table.rowViewportPosition(place), table.rowHeight(place)
            if top <= part.bottom() and top + height >= part.top():
                self._paint_hours(painter, cells, hours, top, height)
                painter.setPen(self._theme.colour("text"))
                for column, left, width in ends:
                    self._paint_words(painter, cells[column], left + width - _AIR - cells[column].size.width(), top, height)
                if place == len(self._cells) - 1 and columns:  # the whole year
                    painter.setPen(QPen(self._theme.colour("line_strong"), 2))
                    painter.drawLine(QPointF(columns[0][1], top), QPointF(columns[-1][1] + columns[-1][2], top))
        current = table.currentIndex()
        if current.isValid() and table.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 3))
            painter.drawRect(QRectF(table.visualRect(current)).adjusted(1.5, 1.5, -2.5, -2.5))

    def _paint_hours(self, painter: QPainter, cells: list[_Cell], hours: list[tuple[int, int, int]], top: int, height: int) -> None:
        painter.setPen(self._on_price)
        for column, left, width in hours:
            cell = cells[column]
            if cell.fill is not None:
                painter.fillRect(left, top, width - 1, height - 1, cell.fill)
            self._paint_words(painter, cell, left + (width - cell.size.width()) / 2, top, height)
        painter.setPen(self._frame)
        for column, left, width in hours:
            if cells[column].is_cheap:
                painter.drawRect(QRectF(left, top, width, height).adjusted(1, 1, -2, -2))

    def _paint_words(self, painter: QPainter, cell: _Cell, left: float, top: int, height: int) -> None:
        for glyphs in cell.glyphs:
            painter.drawGlyphRun(QPointF(left, top + (height - cell.size.height()) / 2), glyphs)

    def _make_cells(self, font: QFont) -> None:
        model = self._model
        made_of = (model.year, model.ends, font.toString())
        if made_of == self._made_of:
            return
        self._made_of = made_of
        bold = QFont(font)
        bold.setBold(True)
        laid: dict[tuple[str, bool], tuple[Sequence[QGlyphRun], QSizeF]] = {}
        colours: dict[Decimal, QColor] = {}
        self._cells = []
        for place in range(model.rowCount()):
            row = model.row_at(place)
            self._cells.append([])
            for column in range(model.columnCount()):
                words, is_bold = model.words(row, column, place), isinstance(row, PricedYear) or column == WEIGHTED
                if (words, is_bold) not in laid:
                    laid[words, is_bold] = _laid_out(words, bold if is_bold else font)
                price = row.prices[column - 1] if 0 < column <= HOURS else None
                if price is not None and price not in colours:
                    colours[price] = self._fill(price)
                fill = None if price is None else colours[price]
                self._cells[-1].append(_Cell(*laid[words, is_bold], fill, price is not None and column - 1 in row.cheapest))

    def _fill(self, price: Decimal) -> QColor:
        low, high = self._model.ends
        return QColor(between(PRICE_RAMP, float((price - low) / (high - low)) if high > low else 0.3))


def _laid_out(words: str, font: QFont) -> tuple[Sequence[QGlyphRun], QSizeF]:
    layout = QTextLayout(words, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return layout.glyphRuns(), QSizeF(line.horizontalAdvance(), math.ceil(line.height()))


class MarketTable(DeskTable):
    """The arrows go from cell to cell; Ctrl+C copies the rows of the chosen cells. As wide as the room there is, else it scrolls."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("", parent)
        self.prices = MarketModel(self)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        self.setFont(font)
        self.setModel(self.prices)
        self._map = _MapPainter(theme, self.prices)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(DeskTable.SelectionBehavior.SelectItems)
        self.setMinimumHeight(_LOWEST)
        header = self.horizontalHeader()
        header.setFont(font)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(10)
        header.setProperty("kind", "narrow")

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is chosen, and the map on it."""
        chosen = QStyleOptionViewItem()
        self.initViewItemOption(chosen)
        chosen.state |= QStyle.StateFlag.State_Selected
        with QPainter(self.viewport()) as painter:
            for cells in self.selectionModel().selection().toList():
                chosen.rect = self.visualRect(cells.topLeft()) | self.visualRect(cells.bottomRight())
                self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewRow, chosen, painter, self)
            self._map.paint(painter, self, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hours share what the month and the means leave; the rows the height."""
        super().resizeEvent(event)
        self.spread()

    def spread(self) -> None:
        """Gives each column and row its room."""
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        ends = [metrics.horizontalAdvance(words) + 2 * _AIR for words in ("2026年10月", "−00.00", "−00.00", "−00.00")]
        for column, width in zip((MONTH, FLAT, WEIGHTED, DIFFERENCE), ends, strict=True):
            self.setColumnWidth(column, width)
        room = self.viewport().width() - sum(ends)
        least = metrics.horizontalAdvance("00.0") + 3
        for hour in range(HOURS):
            width = room // HOURS + (hour < room % HOURS)
            self.setColumnWidth(hour + 1, max(least, width))
        rows = self.prices.rowCount()
        if rows:
            height = self.viewport().height() // rows
            self.verticalHeader().setDefaultSectionSize(max(metrics.height() + 4, min(_HIGHEST_ROW, height)))
