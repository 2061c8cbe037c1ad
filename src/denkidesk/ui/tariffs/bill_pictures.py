"""The pictures of a bill: which one is shown, the way from the year to a month and a day and back, and the numbers behind it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QPushButton, QScrollArea, QStackedLayout, QWidget

from denkidesk.desk.bill_pictures import compared
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.desk import Desk
from denkidesk.domain.bills import Bill
from denkidesk.domain.errors import Cancelled
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import pictures as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts.errors import said
from denkidesk.texts.shortcuts import LEAVE_PLACE
from denkidesk.ui.charts.canvas import ChartRenderer, ChartView
from denkidesk.ui.charts.pictures import MonthsOfBill, PictureKind, picture_of, table_of
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.charts.usage_pictures import Picture, PictureRow
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.key_binding import ENTER
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.strip import Strips, announce
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_S
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.picture_menu import PictureMenu

_ROW_HEIGHT: Final = 24
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FIRST_WIDTH: Final = 150
_WIDTH: Final = 96
_NARROW: Final = 58  # of one of many hours
_MANY: Final = 12


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture with the lines of its table, or why there is none."""

    picture: Picture | None
    rows: tuple[PictureRow, ...] = ()
    why_not: str = ""


class BillPictures(QWidget):
    """Shows the months of a bill until another picture is chosen; the choice stays for the next bill.

    ``kind_changed``: another picture was chosen.
    """

    kind_changed = Signal()

    def __init__(self, context: UiContext, renderer: ChartRenderer, style: ChartStyle, strips: Strips, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._style = context, style
        self._subject: tuple[BillQuestion, Bill, Decimal | None] | None = None
        self._present: BillQuestion | None = None
        self._levels: list[_Shown] = []
        self._way: list[str] = []  # what was opened in each level above
        self._whole_table: Sequence[Sequence[str]] | None = None  # of the months, with the year
        self._job = LatestJob(context.jobs, self, self._on_shown, self._on_failed)
        self.chart = ChartView(tariff_texts.CHARTS_MONTHS, context.jobs, renderer, self, leads=True)
        self.chart.place_opened.connect(self._open)
        self.chart.place_reached.connect(self._say_place)
        self.chart.left.connect(self.go_back)
        self.kind = _KindChoice(self)
        for kind in PictureKind:
            self.kind.addItem(texts.KINDS[kind], kind.value)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(11)
        self.kind.currentIndexChanged.connect(self._on_kind)
        set_tip(self.kind, texts.CHOOSE_TIP)
        self.kind.entered.connect(self._go_to_picture)
        self.numbers = QPushButton(texts.SHOW_NUMBERS, self)
        self.numbers.setCheckable(True)
        self.numbers.setProperty("kind", "quiet")
        self.numbers.toggled.connect(self._on_numbers)
        self.back = QPushButton(texts.BACK.format(key=LEAVE_PLACE.label), self)
        self.back.setProperty("kind", "quiet")
        self.back.clicked.connect(self.go_back)
        self.menu = PictureMenu(context, renderer, self.chart, strips, self.table_rows, self)
        self._words = PlainLabel("", self, tone="muted", wrap=True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.chart)
        for before, after in itertools.pairwise((self.kind, self.numbers, self.back, self.menu, self.chart)):
            QWidget.setTabOrder(before, after)
        line = Flow(SPACE_S).add(label_of(self.kind, texts.CHOOSE, self), self.kind, self.numbers, self.back, self.menu)
        VBox(self, margins=0, spacing=SPACE_S).add(line, self._words, (self._stack, 1))
        self._show_level()

    @cached_property
    def table(self) -> "_NumbersTable":
        """The numbers of what is shown, built when somebody asks for them."""
        table = _NumbersTable(_NumbersModel(self), self)
        table.row_opened.connect(self._open)
        table.left.connect(self.go_back)
        self._stack.addWidget(table)
        QWidget.setTabOrder(self.chart, table)
        return table

    @property
    def chosen(self) -> PictureKind:
        """The kind of picture that is chosen."""
        return PictureKind(str(self.kind.currentData()))

    @property
    def is_busy(self) -> bool:
        """Whether a picture or its numbers are awaited, here or for the clipboard or a file."""
        return self._job.is_busy or self.menu.is_busy

    @property
    def words(self) -> str:
        """What stands above the picture: its name where the choice does not say it, or why there is none."""
        return self._words.text()

    @property
    def picture(self) -> Picture | None:
        """What is shown, whatever its level."""
        return self._levels[-1].picture if self._levels else None

    def show_bill(self, question: BillQuestion, bill: Bill, months: Sequence[Sequence[str]], tried: Decimal | None) -> None:
        """Draws the chosen picture of another bill. ``months``: the table of its months with the year, for a spreadsheet;
        ``tried``: the capacity that both plans are tried with.
        """
        self._subject, self._whole_table = (question, bill, tried), months
        self._prepare()

    def show_present(self, present: BillQuestion | None) -> None:
        """Takes the customer's present plan, beside which a proposal's pictures stand."""
        before, self._present = self._present, present
        if self._subject is not None and before is not present and self.chosen in (PictureKind.PAIRS, PictureKind.WATERFALL):
            self._prepare()

    def forget(self) -> None:
        """Nothing of a bill is left; the kind of picture stays."""
        self._job.cancel()
        self._subject, self._levels, self._whole_table = None, [], None
        self.chart.clear()
        self._show_level()

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self._style = style
        self.chart.restyle(style)

    def table_rows(self) -> list[list[str]]:
        """The numbers of what is shown, for a spreadsheet."""
        if self.picture is None:
            return []
        if isinstance(self.picture, MonthsOfBill) and self._whole_table is not None:
            return [list(row) for row in self._whole_table]
        return table_of(self.picture)

    def go_back(self) -> None:
        """From a day to its month, from a month to the year; then from the numbers to the picture."""
        if len(self._levels) > 1:
            self._levels.pop()
            self._draw()
            self.chart.mark(self._way.pop())
        elif self.numbers.isChecked():
            self.numbers.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key for copying copies the numbers of the picture that has the focus."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.picture is not None:
            self.menu.copy_table()
        else:
            super().keyPressEvent(event)

    def _prepare(self) -> None:
        self.chart.clear()
        self._levels = []
        self._show_level()
        if self._subject is not None:
            question, bill, tried = self._subject
            self._job.run(LaneName.WORK, _prepared, self._context.desk, self.chosen, question, bill, self._present, tried)

    def _on_kind(self) -> None:
        self.kind_changed.emit()
        self._prepare()

    def _on_shown(self, shown: _Shown) -> None:
        self._levels, self._way = [shown], []
        self._draw()

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._on_shown(_Shown(None, (), said(error).text))

    def _open(self, to: str) -> None:
        found = self.picture.into(to) if self.picture is not None else None
        if found is not None:
            self._levels.append(_Shown(found, found.rows))
            self._way.append(to)
            self._draw()

    def _draw(self) -> None:
        if self.picture is not None:
            self.chart.setAccessibleName(self.picture.title)
            self.chart.show_figure(self.picture, self._style)
        self._show_level()

    def _show_level(self) -> None:
        shown = self._levels[-1] if self._levels else _Shown(None)
        title = shown.why_not if shown.picture is None else shown.picture.title
        is_said = title == texts.KINDS[self.chosen]
        self._words.setText("" if is_said else title)
        self._words.setVisible(bool(self._words.text()))
        self.back.setVisible(len(self._levels) > 1)
        self.numbers.setEnabled(shown.picture is not None)
        self.menu.setEnabled(shown.picture is not None)
        self.chart.may_leave = len(self._levels) > 1
        leads_on = any(row.to for row in shown.rows)
        set_tip(self.chart, texts.LEADS_ON.format(what=texts.MONTH_OR_DAY[len(self._levels) == 1]) if leads_on else "")
        if self.numbers.isChecked():
            self._fill_table()
        if title and not is_said:
            announce(self, title)

    def _fill_table(self) -> None:
        shown = self._levels[-1] if self._levels else _Shown(None)
        self.table.show_picture(() if shown.picture is None else shown.picture.head, shown.rows)

    def _on_numbers(self, shown: bool) -> None:
        self._fill_table()
        self._stack.setCurrentWidget(self.table if shown else self.chart)
        self._go_to_picture()

    def _go_to_picture(self) -> None:
        front = self.table if self.numbers.isChecked() else self.chart
        front.setFocus(Qt.FocusReason.OtherFocusReason)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(front, 0, 0)  # in a low window it stands below the edge

    def _say_place(self, to: str) -> None:
        row = next((row for row in self._levels[-1].rows if row.to == to), None) if self._levels else None
        if row is not None and self.picture is not None:
            announce(self.chart, texts.GO_IN.format(words=spoken(self.picture.head, row)))


def spoken(head: Sequence[str], row: PictureRow) -> str:
    """A line of a table with its headings."""
    return "、".join(f"{name} {cell}" for name, cell in zip(head, row.cells, strict=True) if cell)


class _KindChoice(QComboBox):
    """``entered``: Enter, on from the choice to what was chosen."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list takes Enter while it is open."""
        if event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _NumbersModel(RowsModel[PictureRow]):
    """The lines of whatever picture is shown: a cell is text only when it is looked at, a year has nine thousand."""

    def __init__(self, parent: QObject) -> None:
        super().__init__((), parent)

    def show_picture(self, head: Sequence[str], rows: Sequence[PictureRow]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._headings, self._rows = head, rows
        self.endResetModel()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Text; figures stand at the right."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return spoken(self._headings, self._rows[index.row()])
        return None


class _NumbersTable(DeskTable):
    """``row_opened`` carries what a line leads to; ``left``: Esc."""

    row_opened = Signal(str)
    left = Signal()

    def __init__(self, model: _NumbersModel, parent: QWidget) -> None:
        super().__init__(texts.NUMBERS, parent)
        self.setModel(model)
        self._rows = model
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.activated.connect(lambda index: self._open(index.row()))

    def show_picture(self, head: Sequence[str], rows: Sequence[PictureRow]) -> None:
        """Other numbers, in columns as wide as their figures; the many hours of a day narrower."""
        self._rows.show_picture(head, rows)
        count = self._rows.columnCount()
        self.set_widths([_FIRST_WIDTH, _WIDTH, *([_NARROW if count > _MANY else _WIDTH] * (count - 2))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current line, Esc goes back."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        if to := self._rows.row_at(row).to:
            self.row_opened.emit(to)


def _prepared(
    desk: Desk, kind: PictureKind, question: BillQuestion, bill: Bill, present: BillQuestion | None, tried: Decimal | None
) -> _Shown:
    """On the lane: everything that is computed before a picture is drawn."""
    both = compared(desk, present, question, bill, tried) if kind in (PictureKind.PAIRS, PictureKind.WATERFALL) else None
    found = picture_of(kind, question, bill, both)
    return _Shown(None, (), found) if isinstance(found, str) else _Shown(found, found.rows)
