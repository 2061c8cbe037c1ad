"""The year's bill: the total in large, the months as bars and as a table, the server's figure beside ours, and the way to paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from denkidesk.domain.bills import Bill, FuelRule, Rounding, ServerBill
from denkidesk.ui.charts.canvas import ChartRenderer, ChartView
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.bill_rows import BillRow, bill_rows, yen
from denkidesk.ui.texts import tariffs as texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class BillTableModel(QAbstractTableModel):
    """Twelve months and the year, every cell a string."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[BillRow] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_rows(self, rows: Sequence[BillRow]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Months and the year."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as the header."""
        return 0 if parent is not None and parent.isValid() else len(texts.TABLE_HEAD)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Text, its side, and bold for the year."""
        if role == _DISPLAY:
            return self._rows[index.row()].cells[index.column()]
        if role == _ALIGNMENT:
            return _LEFT if index.column() == 0 else _RIGHT
        if role == _FONT and self._rows[index.row()].is_total:
            return self._bold
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Column names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return texts.TABLE_HEAD[section].replace("\n", " ")
        return (_LEFT if section == 0 else _RIGHT) if role == _ALIGNMENT else None


class BillPage(QWidget):
    """Shows what it is given; says what the clerk wishes by signals."""

    options_changed = Signal()
    save_pdf_requested = Signal()
    print_requested = Signal()
    preview_requested = Signal()

    def __init__(self, context: UiContext, renderer: ChartRenderer, style: ChartStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._style = style
        self._bill: Bill | None = None
        self._unrounded: Bill | None = None
        self._server: ServerBill | None = None
        self.chart = ChartView(texts.CHARTS_MONTHS, context.jobs, renderer, self)
        self.model = BillTableModel(self)
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(context.icons, context.theme, "chart", self)
        self._empty.show_text(texts.PAGE_BILL.split("(&", maxsplit=1)[0], texts.PICK_USAGE)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._build())

    @property
    def bill(self) -> Bill | None:
        """What is shown."""
        return self._bill

    @property
    def server_bill(self) -> ServerBill | None:
        """The server's figure, once it is there."""
        return self._server

    def fuel_rule(self) -> FuelRule:
        """As chosen."""
        return FuelRule(str(self._fuel.currentData()))

    def rounding(self) -> Rounding:
        """As chosen."""
        return Rounding(str(self._rounding.currentData()))

    def customer_name(self) -> str:
        """For the quote; may be empty."""
        return " ".join(self.customer.text().split())

    def show_empty(self, text: str) -> None:
        """Says why there is no bill yet."""
        self._bill = self._unrounded = self._server = None
        self._empty.show_text(texts.PAGE_BILL.split("(&", maxsplit=1)[0], text)
        self._stack.setCurrentIndex(0)

    def show_bill(self, title: str, bill: Bill, unrounded: Bill, *, estimated: bool) -> None:
        """Shows our figure; the server's is not known yet."""
        self._bill, self._unrounded, self._server = bill, unrounded, None
        self._title.setText(title)
        self._total.setText(texts.YEAR_TOTAL.format(yen=yen(bill.year.charge)))
        self._estimated.setVisible(estimated)
        self._fill_table()
        self.chart.show_figure(_Bars(bill, estimated), self._style)
        self._stack.setCurrentIndex(1)

    def show_server_waiting(self) -> None:
        """The question is on its way."""
        self._server_badge.show_word(texts.SERVER_WAITING, "muted")

    def show_server_bill(self, server: ServerBill, words: str, *, agrees: bool) -> None:
        """Puts the server's figure beside ours."""
        self._server = server
        self._fill_table()
        self._server_badge.show_word(words, "ok" if agrees else "warn")

    def show_server_away(self, words: str) -> None:
        """The server did not answer; our figure stands alone."""
        self._server_badge.show_word(words, "warn")

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self._style = style
        self.chart.restyle(style)

    def _fill_table(self) -> None:
        assert self._bill is not None  # noqa: S101 - called with a bill only
        assert self._unrounded is not None  # noqa: S101 - comes with the bill
        places = 0 if self._bill.rounding is Rounding.BILL else 2
        self.model.show_rows(bill_rows(self._bill, self._unrounded, self._server, places))

    def _build(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        layout.setSpacing(SPACE_S)
        self.strips = Strips(self._context.icons, texts.CLOSE, page)
        layout.addWidget(self.strips)
        head = QHBoxLayout()
        head.setSpacing(SPACE_M)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = PlainLabel("", page, tone="muted", wrap=True)
        self._total = PlainLabel("", page, scale=2.0, bold=True, selectable=True)
        words.addWidget(self._title)
        line = QHBoxLayout()
        line.setSpacing(SPACE_M)
        self._estimated = Badge(self._context.theme, texts.ESTIMATED, "warn", page)
        self._server_badge = Badge(self._context.theme, "", "muted", page)
        line.addWidget(self._total)
        line.addWidget(self._estimated)
        line.addWidget(self._server_badge)
        line.addStretch(1)
        words.addLayout(line)
        head.addLayout(words, 1)
        layout.addLayout(head)
        layout.addLayout(self._build_options(page))
        splitter = QSplitter(Qt.Orientation.Vertical, page)
        splitter.addWidget(self.chart)
        self.table = DeskTable(texts.PAGE_BILL.split("(&", maxsplit=1)[0], page)
        self.table.setModel(self.model)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.set_widths([104, 96, 96, 104, 120, 120, 104, 128, 84])
        splitter.addWidget(self.table)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        layout.addWidget(splitter, 1)
        layout.addLayout(self._build_paper(page))
        return page

    def _build_options(self, page: QWidget) -> QHBoxLayout:
        self._fuel = QComboBox(page)
        self._rounding = QComboBox(page)
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        for words, combo, entries in ((texts.FUEL_RULE, self._fuel, texts.FUEL_RULES), (texts.ROUNDING, self._rounding, texts.ROUNDINGS)):
            label = PlainLabel(words, page, tone="muted")
            label.setBuddy(combo)
            combo.setAccessibleName(words.split("(&", maxsplit=1)[0])
            for word, name in entries.items():
                combo.addItem(name, word)
            combo.currentIndexChanged.connect(self.options_changed)
            line.addWidget(label)
            line.addWidget(combo)
            line.addSpacing(SPACE_M)
        line.addStretch(1)
        return line

    def _build_paper(self, page: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        self.customer = QLineEdit(page)
        self.customer.setPlaceholderText(texts.QUOTE_FOR_HINT)
        self.customer.setMaxLength(60)
        label = PlainLabel(texts.QUOTE_FOR, page, tone="muted")
        label.setBuddy(self.customer)
        self.customer.setAccessibleName(texts.QUOTE_FOR.split("(&", maxsplit=1)[0])
        line.addWidget(label)
        line.addWidget(self.customer, 1)
        wishes = (
            (texts.PREVIEW, "search", self.preview_requested),
            (texts.PRINT, "print", self.print_requested),
            (texts.SAVE_PDF, "save", self.save_pdf_requested),
        )
        for words, icon, wish in wishes:
            button = QPushButton(words, page)
            button.clicked.connect(wish)
            last = wish is self.save_pdf_requested
            if last:
                button.setProperty("kind", "primary")
            self._context.icons.put(button, icon, "on_accent" if last else "text")
            line.addWidget(button)
        return line


class _Bars:
    """The bars of one bill, drawn in whatever style is asked for."""

    def __init__(self, bill: Bill, estimated: bool) -> None:
        self._bill = bill
        self._estimated = estimated

    def __call__(self, style: ChartStyle) -> "Figure":
        from denkidesk.ui.charts.figures import monthly_bars

        return monthly_bars(self._bill, style, estimated=self._estimated)
