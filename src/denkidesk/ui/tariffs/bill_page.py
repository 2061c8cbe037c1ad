"""The bill: the total in large, the months as bars and as a table, the server's figure beside ours, and the way to paper."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from denkidesk.domain.bills import Bill, FuelRule, Rounding, ServerBill
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import not_a_year, warning_lines
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.charts.canvas import ChartRenderer, ChartView
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel, plain_tip, set_tip
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.bill_rows import bill_rows, for_spreadsheet, total_words
from denkidesk.ui.tariffs.bill_table import BillTable, BillTableModel
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.picture_menu import PictureMenu

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CHART_HEIGHT: Final = 140  # in the smallest window; it grows with the room there is
_TABLE_HEIGHT: Final = 124  # the year and a few months; the rest by scrolling
_NAME_CHARACTERS: Final = 60
_WIDEST_CHOICE: Final = 236


class BillPage(QWidget):
    """Shows what it is given; says by signals what the clerk asks for."""

    options_changed = Signal()
    save_pdf_requested = Signal()
    print_requested = Signal()
    preview_requested = Signal()
    help_requested = Signal()  # the button of the empty page: to whatever is missing

    def __init__(self, context: UiContext, renderer: ChartRenderer, style: ChartStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._style = style
        self.bill: Bill | None = None
        self._unrounded: Bill | None = None
        self.server_bill: ServerBill | None = None
        self._set_aside: str | None = None  # the name on the quote, while another usage is being read
        self._last_customer = ""  # the name that went with the usage before this one
        self.chart = ChartView(texts.CHARTS_MONTHS, context.jobs, renderer, self)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self.model = BillTableModel(self)
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(context.icons, "chart", self)
        self._empty.action_requested.connect(self.help_requested)
        self._stack.addWidget(self._empty)
        self.full_view = self._build(renderer)
        self._stack.addWidget(self.full_view)
        self.show_empty(texts.PICK_A_PLAN)

    @property
    def empty_text(self) -> str:
        """What stands there instead of a bill; empty while there is one."""
        return "" if self._stack.currentIndex() else self._empty_text

    @property
    def total_text(self) -> str:
        """The sum as it is shown."""
        return self._total.text()

    @property
    def server_text(self) -> str:
        """What is said about the server's figure, badge and sentence."""
        return f"{self._server_badge.text()} {self._server_detail.text()}".strip()

    @property
    def difference_note(self) -> str:
        """What is said below the table about the column of differences; empty where nobody can wonder."""
        return "" if self._note.isHidden() else self._note.text()

    def fuel_rule(self) -> FuelRule:
        """The treatment of the fuel adjustment that is chosen."""
        return FuelRule(str(self._fuel.currentData()))

    def rounding(self) -> Rounding:
        """The rounding that is chosen."""
        return Rounding(str(self._rounding.currentData()))

    def choose_fuel_rule(self, rule: FuelRule) -> None:
        """Chooses a treatment of the fuel adjustment, as the list does."""
        self._fuel.setCurrentIndex(self._fuel.findData(rule.value))

    def customer_name(self) -> str:
        """For the quote; may be empty."""
        return " ".join(self.customer.text().split())

    def forget_customer(self) -> None:
        """Another usage is being read, perhaps another customer's: the name of the last one must not get onto the next quote."""
        if self._set_aside is None:
            self._set_aside = self.customer.text()
        self._last_customer = ""
        self.customer.clear()

    def recall_customer(self) -> None:
        """Nothing came of it: the usage is the last customer's still."""
        if self._set_aside and not self.customer.text():
            self.customer.setText(self._set_aside)
        self._set_aside = None

    def replace_customer(self) -> None:
        """The other usage is there. The last name can be had back as long as no new one was typed: a customer may bring two files."""
        self._last_customer, self._set_aside = self._set_aside or "", None

    def show_waiting(self, words: str) -> None:
        """Takes away at once all that belonged to the last question, and says in its place what is going on.

        What was typed and chosen here stays, and so does the cursor.
        """
        if self._stack.currentIndex() == 0:
            self.show_empty(words)
            return
        self._forget(words)
        self.model.blank()

    def show_empty(self, text: str, action_text: str = "") -> None:
        """Says why there is no bill yet; what was typed for the quote stays."""
        self._forget("")
        self.model.show_rows(())
        self._empty_text = text
        self._empty.show_text(without_mnemonic(texts.PAGE_BILL), text, action_text)
        self._stack.setCurrentIndex(0)

    def show_bill(self, title: str, bill: Bill, unrounded: Bill, *, estimated: frozenset[int]) -> None:
        """Shows our figure; the server's is not known yet. ``estimated``: calendar months that were not measured whole."""
        self.bill, self._unrounded, self.server_bill = bill, unrounded, None
        self._title.setText(title)
        self._total.setText(total_words(bill))
        self._total.setAccessibleName(f"{title} {total_words(bill)}")
        self._estimated.setVisible(bool(estimated))
        self._note.hide()
        self._fill_table()
        self._say_doubts(bill)
        self._say_customer_gone()
        self._allow_paper(True)
        self.chart.show_figure(_Bars(bill, estimated), self._style)
        self._stack.setCurrentIndex(1)

    def show_server_waiting(self) -> None:
        """Tells that the server's figure is being fetched."""
        self._show_server(texts.SERVER_WAITING, "muted", "")

    def show_server_bill(self, server: ServerBill, words: str, detail: str, *, agrees: bool) -> None:
        """Puts the server's figure beside ours; a difference is explained below, agreement only in the tooltip."""
        self.server_bill = server
        self._fill_table()
        self._note.setVisible(self.bill is not None and self.bill.rounding is not Rounding.NONE)
        self._show_server(words, "ok" if agrees else "warn", "" if agrees else detail, detail)

    def show_server_away(self, reason: str) -> None:
        """The server did not answer; our figure stands alone."""
        detail = texts.SERVER_AWAY_DETAIL.format(reason=reason)
        self._show_server(texts.SERVER_AWAY, "warn", detail, detail)

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self._style = style
        self.chart.restyle(style)

    def _forget(self, words: str) -> None:
        self.bill = self._unrounded = self.server_bill = None
        self.strips.clear()
        self.doubts.show_lines(())
        self._title.setText("")
        self._total.setText(words)
        self._total.setAccessibleName(words)
        self._estimated.hide()
        self._show_server("", "muted", "")
        self._note.hide()
        self.chart.clear()
        self._allow_paper(False)

    def _allow_paper(self, allowed: bool) -> None:
        for button in (*self._paper_buttons, self.picture_menu):
            button.setEnabled(allowed)

    def _say_customer_gone(self) -> None:
        if self._last_customer:
            self.strips.say(Message("info", texts.QUOTE_FOR_EMPTIED, texts.QUOTE_FOR_BACK, self._put_last_customer_back, key="name"))

    def _put_last_customer_back(self) -> None:
        self.customer.setText(self._last_customer)
        self._on_customer_typed()

    def _on_customer_typed(self) -> None:
        self._last_customer = ""
        self.strips.clear("name")
        self.strips.clear("paper")  # what was saved or printed bears the name before

    def _show_server(self, words: str, tone: str, detail: str, hint: str = "") -> None:
        self._server_badge.show_word(words, tone)
        self._server_badge.setVisible(bool(words))
        set_tip(self._server_badge, hint)
        self._server_detail.setText(detail)
        self._server_detail.setVisible(bool(detail))

    def _say_doubts(self, bill: Bill) -> None:
        """Everything that can make a wrong yen, in one box that stays beside the figures."""
        doubts = [line for line in (not_a_year(bill), *(sentence for _, sentence in warning_lines(bill))) if line]
        self.doubts.show_lines(doubts)

    def _fill_table(self) -> None:
        assert self.bill is not None  # noqa: S101 - called with a bill only
        assert self._unrounded is not None  # noqa: S101 - comes with the bill
        places = 0 if self.bill.rounding is Rounding.BILL else 2
        self.model.show_rows(bill_rows(self.bill, self._unrounded, self.server_bill, places))
        self.table.fit_columns()

    def _build(self, renderer: ChartRenderer) -> QWidget:
        page = QWidget(self)
        area = QScrollArea(page, widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget(area)
        content.setProperty("kind", "page")
        self.strips = Strips(self)
        self.doubts = NoticeBox(self._context.icons, "warn", texts.DOUBTS, content)
        self.table = BillTable(without_mnemonic(texts.PAGE_BILL), self.model, content)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        self._note = PlainLabel(texts.DIFFERENCE_NOTE, content, tone="muted", scale=0.9, wrap=True)
        self._note.hide()
        # below everything that is pressed or chosen here: they come with the figures
        VBox(content, margins=(SPACE_L, SPACE_S, SPACE_L, 0), spacing=SPACE_S).add(
            self._build_head(content, renderer),
            self._build_options(content),
            self.doubts,
            self._server_detail,
            (self.chart, 1),
            (self.table, 1),
            self._note,
        )
        area.setWidget(content)
        VBox(page, margins=0, spacing=0).add((area, 1), self._build_paper(page))
        return page

    def _build_head(self, page: QWidget, renderer: ChartRenderer) -> VBox:
        self._title = PlainLabel("", page, tone="muted", wrap=True)
        self._total = PlainLabel("", page, scale=2.0, bold=True, selectable=True)
        self._estimated = Badge(self._context.theme, texts.ESTIMATED, "warn", page)
        self._server_badge = Badge(self._context.theme, "", "muted", page)
        self._server_detail = PlainLabel("", page, tone="muted", wrap=True, selectable=True)
        line = HBox(spacing=SPACE_M).add(self._total, self._estimated, self._server_badge, Stretch())
        self.picture_menu = PictureMenu(self._context, renderer, self.chart, self.strips, lambda: for_spreadsheet(self.model.rows), page)
        # not beside the sum, which needs the width: it is of a year, of months or of days
        above = HBox().add((self._title, 1), self.picture_menu)
        return VBox(spacing=2).add(above, line)

    def _build_options(self, page: QWidget) -> HBox:
        self._fuel = QComboBox(page)
        self._rounding = QComboBox(page)
        line = HBox(spacing=SPACE_S)
        for words, combo, entries, hints in (
            (texts.FUEL_RULE, self._fuel, texts.FUEL_RULES, texts.FUEL_RULE_HINTS),
            (texts.ROUNDING, self._rounding, texts.ROUNDINGS, texts.ROUNDING_HINTS),
        ):
            for word, name in entries.items():
                combo.addItem(name, word)
                combo.setItemData(combo.count() - 1, plain_tip(hints[word]), Qt.ItemDataRole.ToolTipRole)
            set_tip(combo, "\n".join(hints.values()))
            combo.currentIndexChanged.connect(self.options_changed)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(5)
            combo.setMaximumWidth(_WIDEST_CHOICE)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            line.add(label_of(combo, words, page), (combo, 4))
        return line.add(Stretch())

    def _build_paper(self, page: QWidget) -> Flow:
        self.customer = QLineEdit(page, placeholderText=texts.QUOTE_FOR_HINT, maxLength=_NAME_CHARACTERS)
        self.customer.textEdited.connect(self._on_customer_typed)
        self.customer.setAcceptDrops(False)  # a file that is let go here is a usage file
        label = label_of(self.customer, texts.QUOTE_FOR, page)
        name = QWidget(page)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        HBox(name, margins=0).add(label, (self.customer, 1))
        self._paper_buttons: list[QPushButton] = []
        for words, signal in ((texts.PREVIEW, self.preview_requested), (texts.PRINT, self.print_requested)):
            button = QPushButton(words, page)
            button.clicked.connect(signal)
            self._paper_buttons.append(button)
        save = QPushButton(texts.SAVE_PDF, page)
        save.setProperty("kind", "primary")
        save.clicked.connect(self.save_pdf_requested)
        self._context.icons.put(save, "save", "on_accent")
        self._paper_buttons.append(save)
        line = Flow(SPACE_S).add(name, *self._paper_buttons)
        line.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        return line


class _Bars:
    """The bars of one bill, drawn in whatever style is asked for."""

    def __init__(self, bill: Bill, estimated: frozenset[int]) -> None:
        self._bill = bill
        self._estimated = estimated

    def __call__(self, style: ChartStyle) -> "Figure":
        from denkidesk.ui.charts.figures import monthly_bars

        return monthly_bars(self._bill, style, estimated=self._estimated)
