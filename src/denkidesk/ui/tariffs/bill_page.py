"""The bill: the total in large, the months as bars and as a table, the server's figure beside ours, and the way to paper."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from denkidesk.desk.comparison import BillQuestion, ServerAnswer
from denkidesk.domain.bills import Bill, Rounding, ServerBill
from denkidesk.domain.supply_point import parse_and_mask
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import not_a_year, server_words, warning_lines
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.charts.canvas import ChartRenderer
from denkidesk.ui.charts.pictures import PictureKind
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel, plain_tip, set_tip
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.bill_pictures import BillPictures
from denkidesk.ui.tariffs.bill_rows import bill_rows, for_spreadsheet, total_words
from denkidesk.ui.tariffs.bill_table import BillTable, BillTableModel
from denkidesk.ui.tariffs.fuel_picker import FuelPicker
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.server_table import ServerTable

_CHART_HEIGHT: Final = 160  # in the smallest window; it grows with the room there is
_PICTURE_HEIGHT: Final = 280  # of one without the months' table
_TABLE_HEIGHT: Final = 124  # the year and a few months; the rest by scrolling
_NAME_CHARACTERS: Final = 60
_FIELD: Final = 104


class BillPage(InParts, QWidget):
    """Shows what it is given; says by signals what the clerk asks for."""

    options_changed = Signal()
    save_pdf_requested = Signal()
    save_table_requested = Signal()
    print_requested = Signal()
    preview_requested = Signal()
    help_requested = Signal()  # the button of the empty page: to whatever is missing

    def __init__(
        self, context: UiContext, renderer: ChartRenderer, style: ChartStyle, parent: QWidget | None = None, *, in_turns: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.bill: Bill | None = None
        self._estimated_months: frozenset[int] = frozenset()
        self.server_bill: ServerBill | None = None
        self._set_aside: tuple[str, str] | None = None  # name and supply point on the quote, while another usage is being read
        self._last_customer = ("", "")  # those that went with the usage before this one
        self.model = BillTableModel(self)
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(context.icons, "chart", self)
        self._empty.action_requested.connect(self.help_requested)
        self._stack.addWidget(self._empty)
        self.begin(self._build(renderer, style), in_turns=in_turns)

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
        """What is said above the table of differences; empty while there is none."""
        return self.server_table.note

    def rounding(self) -> Rounding:
        """The rounding that is chosen."""
        return Rounding(str(self._rounding.currentData()))

    def customer_name(self) -> str:
        """For the quote; may be empty."""
        return " ".join(self.customer.text().split())

    def supply_point(self) -> str:
        """For the quote, masked; may be empty. Raises InputRefused where it is none that can be."""
        typed = self.point.text()
        return texts.SUPPLY_POINT_MASKED.format(number=parse_and_mask(typed)) if typed.strip() else ""

    def forget_customer(self) -> None:
        """Another usage is being read, perhaps another customer's: the name of the last one must not get onto the next quote."""
        if self._set_aside is None:
            self._set_aside = (self.customer.text(), self.point.text())
        self._last_customer = ("", "")
        self.customer.clear()
        self.point.clear()

    def recall_customer(self) -> None:
        """Nothing came of it: the usage is the last customer's still."""
        if self._set_aside is not None and not self.customer.text() and not self.point.text():
            self._put(self._set_aside)
        self._set_aside = None

    def replace_customer(self) -> None:
        """The other usage is there. The last name can be had back as long as no new one was typed: a customer may bring two files."""
        self._last_customer, self._set_aside = self._set_aside or ("", ""), None

    def take_customer(self, name: str, point: str) -> None:
        """Whose quote it is, as if it had been typed."""
        self._put((name, point))
        self._on_customer_typed()

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

    def show_refused(self, words: str) -> None:
        """Says why there is no bill where it hangs on what is chosen here, which therefore stays in sight."""
        self._forget(texts.NO_SUM)
        self.doubts.show_lines([words])
        self.model.blank()
        self._stack.setCurrentIndex(1)

    def show_bill(self, question: BillQuestion, bill: Bill, cautions: Sequence[str] = (), tried: Decimal | None = None) -> None:
        """Shows our figure; the server's is not known yet.

        ``cautions``: what there is to say about the usage beside the sum; ``tried``: the capacity that both plans are tried with.
        """
        title, estimated = question.title, question.estimated_months
        self.bill, self.server_bill = bill, None
        self._title.setText(title)
        self._total.setText(total_words(bill))
        self._total.setAccessibleName(f"{title} {total_words(bill)}")
        self._estimated_months = estimated
        self._estimated.setVisible(bool(estimated))
        self.server_table.show_answer(None)
        self._fill_table()
        self._say_doubts(bill, cautions)
        self._say_customer_gone()
        self._allow_paper(True)
        self._stack.setCurrentIndex(1)
        self.pictures.show_bill(question, bill, for_spreadsheet(self.model.rows), tried)

    def show_server_waiting(self) -> None:
        """Tells that the server's figure is being fetched."""
        self._show_server(texts.SERVER_WAITING, "muted", "")

    def show_server_bill(self, answer: ServerAnswer) -> None:
        """Puts the server's figures beside ours, in a table below; a difference is explained above, agreement only in the tooltip."""
        self.server_bill = answer.bill
        words, detail = server_words(answer.ours, answer.difference_yen, answer.reasons, agrees=answer.agrees)
        self._show_server(words, "ok" if answer.agrees else "warn", "" if answer.agrees else detail, detail)
        self.server_table.show_answer(answer)

    def show_server_away(self, reason: str) -> None:
        """The server did not answer; our figure stands alone."""
        detail = texts.SERVER_AWAY_DETAIL.format(reason=reason)
        self._show_server(texts.SERVER_AWAY, "warn", detail, detail)

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self.pictures.restyle(style)

    def _forget(self, words: str) -> None:
        self.bill = self.server_bill = None
        self.strips.clear()
        self.doubts.show_lines(())
        self._title.setText("")
        self._total.setText(words)
        self._total.setAccessibleName(words)
        self._estimated.hide()
        self._show_server("", "muted", "")
        self.server_table.show_answer(None)
        self.pictures.forget()
        self._allow_paper(False)

    def _allow_paper(self, allowed: bool) -> None:
        for button in self._paper_buttons:
            button.setEnabled(allowed)

    def _say_customer_gone(self) -> None:
        if any(self._last_customer):
            self.strips.say(Message("info", texts.QUOTE_FOR_EMPTIED, texts.QUOTE_FOR_BACK, self._put_last_customer_back, key="name"))

    def _put_last_customer_back(self) -> None:
        self.take_customer(*self._last_customer)

    def _put(self, customer: tuple[str, str]) -> None:
        for line, text in zip((self.customer, self.point), customer, strict=True):
            line.setText(text)
            line.setCursorPosition(0)  # a long name is read from its beginning

    def _on_customer_typed(self) -> None:
        self._last_customer = ("", "")
        self.strips.clear("name")
        self.strips.clear("paper")  # what was saved or printed bears the name before

    def _show_server(self, words: str, tone: str, detail: str, hint: str = "") -> None:
        self._server_badge.show_word(words, tone)
        self._server_badge.setVisible(bool(words))
        set_tip(self._server_badge, hint)
        self._server_detail.setText(detail)
        self._server_detail.setVisible(bool(detail))

    def _say_doubts(self, bill: Bill, cautions: Sequence[str]) -> None:
        """Everything that can make a wrong yen, in one box that stays beside the figures."""
        doubts = [line for line in (not_a_year(bill), *cautions, *(sentence for _, sentence in warning_lines(bill))) if line]
        self.doubts.show_lines(doubts)

    def _make_room(self) -> None:
        """A picture of something else than the months stands in the place of their table as well: its numbers have a key of their own."""
        is_months = self.pictures.chosen is PictureKind.MONTHS
        self.table.setVisible(is_months)
        self.chart.setMinimumHeight(_CHART_HEIGHT if is_months else _PICTURE_HEIGHT)

    def _fill_table(self) -> None:
        assert self.bill is not None  # noqa: S101 - called with a bill only
        places = 0 if self.bill.rounding is Rounding.BILL else 2
        self.model.show_rows(bill_rows(self.bill, places, self._estimated_months))
        self.table.fit_columns()

    def _build(self, renderer: ChartRenderer, style: ChartStyle) -> Iterator[None]:
        self.full_view = page = QWidget(self)
        area = FittedPage(page, shrinks=True)  # or the picture gives up what the lines above it need in a narrow window
        content = QWidget(area.viewport())
        self.strips = Strips(self)
        yield
        self.doubts = NoticeBox(self._context.icons, "warn", texts.DOUBTS, content)
        self.pictures = BillPictures(self._context, renderer, style, self.strips, content)
        self.pictures.kind_changed.connect(self._make_room)
        self.chart, self.picture_menu = self.pictures.chart, self.pictures.menu
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        yield
        self.table = BillTable(without_mnemonic(texts.PAGE_BILL), self.model, content)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        yield
        self.server_table = ServerTable(self._context.theme, content)
        head, options = self._build_head(content), self._build_options(content)
        yield
        # below everything that is pressed or chosen here: they come with the figures
        VBox(content, margins=(SPACE_L, SPACE_S, SPACE_L, 0), spacing=SPACE_S).add(
            head,
            options,
            self.doubts,
            self._server_detail,
            (self.pictures, 1),
            (self.table, 1),
            self.server_table,
        )
        paper = self._build_paper(page)
        yield
        area.set_body(content)
        VBox(page, margins=0, spacing=0).add((area, 1), paper)
        self._stack.addWidget(page)
        self.show_empty(texts.PICK_A_PLAN)

    def _build_head(self, page: QWidget) -> VBox:
        self._title = PlainLabel("", page, tone="muted", wrap=True)
        self._total = PlainLabel("", page, scale=2.0, bold=True, selectable=True)
        self._estimated = Badge(self._context.theme, texts.ESTIMATED, "warn", page)
        self._server_badge = Badge(self._context.theme, "", "muted", page)
        self._server_detail = PlainLabel("", page, tone="muted", wrap=True, selectable=True)
        line = HBox(spacing=SPACE_M).add(self._total, self._estimated, self._server_badge, Stretch())
        return VBox(spacing=2).add(self._title, line)

    def _build_options(self, page: QWidget) -> Flow:
        self.fuel = FuelPicker(texts.FUEL_RULE, page, grows=False)
        self.fuel.changed.connect(self.options_changed)
        self._rounding = combo = QComboBox(page)
        for word, name in texts.ROUNDINGS.items():
            combo.addItem(name, word)
            combo.setItemData(combo.count() - 1, plain_tip(texts.ROUNDING_HINTS[word]), Qt.ItemDataRole.ToolTipRole)
        set_tip(combo, "\n".join(texts.ROUNDING_HINTS.values()))
        combo.currentIndexChanged.connect(self.options_changed)
        rounding = QWidget(page)
        HBox(rounding, margins=0, spacing=SPACE_S).add(label_of(combo, texts.ROUNDING, page), combo)
        return Flow(SPACE_M).add(self.fuel, rounding)

    def _build_paper(self, page: QWidget) -> Flow:
        self.customer = _Field(page, placeholderText=texts.QUOTE_FOR_HINT, maxLength=_NAME_CHARACTERS)
        self.point = _Field(page, placeholderText=texts.QUOTE_POINT_HINT, maxLength=_NAME_CHARACTERS)
        set_tip(self.point, texts.QUOTE_POINT_TIP)
        name = QWidget(page)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fields = HBox(name, margins=0, spacing=SPACE_S)
        for editor, words in ((self.customer, texts.QUOTE_FOR), (self.point, texts.QUOTE_POINT)):
            editor.textEdited.connect(self._on_customer_typed)
            editor.setAcceptDrops(False)  # a file that is let go here is a usage file
            fields.add(label_of(editor, words, page), (editor, 1))
        self._paper_buttons: list[QPushButton] = []
        for words, signal, tip in (
            (texts.PREVIEW, self.preview_requested, ""),
            (texts.PRINT, self.print_requested, ""),
            (texts.SAVE_XLSX, self.save_table_requested, texts.SAVE_XLSX_TIP),
        ):
            button = QPushButton(words, page)
            button.clicked.connect(signal)
            set_tip(button, tip)
            self._paper_buttons.append(button)
        save = QPushButton(texts.SAVE_PDF, page)
        save.setProperty("kind", "primary")
        save.clicked.connect(self.save_pdf_requested)
        self._context.icons.put(save, "save", "on_accent")
        self._paper_buttons.append(save)
        line = Flow(SPACE_S).add(name, *self._paper_buttons)
        line.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        return line


class _Field(QLineEdit):
    """Asks for little, so that the acts stay in its line, and grows where there is room."""

    def sizeHint(self) -> QSize:
        """Some letters wide."""
        return QSize(_FIELD, super().sizeHint().height())
