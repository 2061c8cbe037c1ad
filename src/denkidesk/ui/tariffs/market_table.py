"""Area prices as a map that is a table: a row a month, a column an hour, each cell its price on the colour of it; then the means."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

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
_COLOURS_KEPT: Final = 1_000  # of some years' prices; a map asks for the same ones with every paint
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


class _MapDelegate(QStyledItemDelegate):
    """The price on its colour, a thick frame around the cheapest hours, another one around the current cell."""

    def __init__(self, theme: Theme, model: MarketModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._on_price = QColor(ON_PRICE)
        self._frame = QPen(self._on_price, 2)
        self._colours: dict[tuple[Decimal, Decimal, Decimal], QColor] = {}  # by price and ends

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """All of a cell."""
        row, column, rect = self._model.row_at(index.row()), index.column(), QRectF(option.rect)
        is_year = isinstance(row, PricedYear)
        painter.save()
        if is_year or column == WEIGHTED:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
        else:
            painter.setFont(option.font)
        words = self._model.words(row, column, index.row())
        if 0 < column <= HOURS:
            painter.fillRect(rect.adjusted(0, 0, -1, -1), self._fill(row.prices[column - 1]))
            painter.setPen(self._on_price)
            painter.drawText(rect, _CENTRE, words)
            if column - 1 in row.cheapest:
                painter.setPen(self._frame)
                painter.drawRect(rect.adjusted(1, 1, -2, -2))
        else:
            painter.setPen(self._theme.colour("text"))
            painter.drawText(rect.adjusted(0, 0, -_AIR, 0), _RIGHT, words)
        if is_year:
            painter.setPen(QPen(self._theme.colour("line_strong"), 2))
            painter.drawLine(rect.topLeft(), rect.topRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 3))
            painter.drawRect(rect.adjusted(1.5, 1.5, -2.5, -2.5))
        painter.restore()

    def _fill(self, price: Decimal) -> QColor:
        low, high = self._model.ends
        known = self._colours.get((price, low, high))
        if known is None:
            if len(self._colours) > _COLOURS_KEPT:
                self._colours.clear()
            known = QColor(between(PRICE_RAMP, float((price - low) / (high - low)) if high > low else 0.3))
            self._colours[price, low, high] = known
        return known


class MarketTable(DeskTable):
    """The arrows go from cell to cell; Ctrl+C copies the rows of the chosen cells. As wide as the room there is, else it scrolls."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("", parent)
        self.prices = MarketModel(self)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        self.setFont(font)
        self.setModel(self.prices)
        self.setItemDelegate(_MapDelegate(theme, self.prices, self))
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(DeskTable.SelectionBehavior.SelectItems)
        self.setMinimumHeight(_LOWEST)
        header = self.horizontalHeader()
        header.setFont(font)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(10)
        header.setProperty("kind", "narrow")

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
