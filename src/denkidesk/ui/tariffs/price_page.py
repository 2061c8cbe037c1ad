"""The price sheet of one plan: sections of plain text that can be read aloud, selected and copied."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QPushButton, QStackedLayout, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.plans import Company, PlanDetail, PlanType
from denkidesk.texts import price_pairs as pair_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import fault_sentence
from denkidesk.texts.ranking import age_words
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.next_turn import NextTurn
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from denkidesk.ui.tariffs.pair_table import PairTable
from denkidesk.ui.tariffs.price_pairs import Pair, pairs
from denkidesk.ui.tariffs.price_sheet import Section, commission_row, company_section, price_sheet
from denkidesk.ui.tariffs.schedule_view import ScheduleView, scale_of

_TWO_BESIDE: Final = 640  # pixels
_LABELS_A_TURN: Final = 12
Side = tuple[Company, PlanDetail, datetime | None]
"""A plan with its retailer, and when its figures were fetched."""


class PricePage(QWidget):
    """Shows a plan's figures in words, or what to do to see them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._empty = EmptyState(context.icons, "search", self)
        self._empty.show_text(without_mnemonic(texts.PAGE_PRICES), texts.PICK_A_PLAN)
        self._area = FittedPage(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a sheet is read, and keys scroll it
        self._area.setAccessibleName(without_mnemonic(texts.PAGE_PRICES))
        self.action_requested = self._empty.action_requested
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._full = QWidget(self)
        self.hold = QPushButton(pair_texts.PIN, self._full)
        self.hold.clicked.connect(self._toggle)
        self._hint = PlainLabel("", self._full, tone="muted")
        row = HBox(margins=(SPACE_XL, SPACE_M, SPACE_XL, 0), spacing=SPACE_M).add(self._hint, Stretch(), self.hold)
        VBox(self._full, margins=0, spacing=0).add(row, (self._area, 1))
        self._stack.addWidget(self._full)
        self.sections: tuple[Section, ...] = ()
        self.pairs: tuple[Pair, ...] = ()  # while two plans stand side by side
        self._shown: Side | None = None
        self._picked: Side | None = None  # in the list at the left, while a comparison may show another one
        self._more: tuple[Section, ...] = ()  # below the sheet of what is picked
        self._held: Side | None = None
        self._sides: HBox | None = None
        self._is_drawn = True  # what is to be seen is there, or on its way
        self._undrawn: Iterator[None] = iter(())  # what is missing of the sheet that is shown, a part for each turn of the event loop
        self._turns = NextTurn(self)
        self._turns.came.connect(self._draw_next)
        context.theme.changed.connect(self._restyle)
        self._empty_text = texts.PICK_A_PLAN

    @property
    def empty_text(self) -> str:
        """What stands there instead of a sheet; empty while there is one."""
        return self._empty_text if self._shown is None else ""

    @property
    def is_busy(self) -> bool:
        """Whether a part of the sheet is still to come."""
        return self._turns.isActive()

    def show_plan(self, company: Company, detail: PlanDetail, seen_at: datetime | None, *more: Section) -> None:
        """Replaces the sheet, or the right side while a plan is held at the left.

        ``seen_at``: when these figures were fetched. ``more``: sections below it, such as the area prices.
        """
        self._picked = self._shown = company, detail, None if is_own(detail.epplan_id) else seen_at
        self._more = more
        if self._held is not None and self._held[1].key != detail.key:
            self._show_pair(self._held, self._shown)
            return
        unit = self._context.settings.enegaeru.commission_unit
        if detail.plan_type is PlanType.MARKET_LINKED:
            row = commission_row(company.commission, unit)
            more = (Section(texts.COMMISSION, texts.HEAD_PAIR, (row,)), *more)
        self.sections, self.pairs = (*price_sheet(detail), *more, company_section(company, unit)), ()
        self._is_drawn = False
        if self.isVisible():
            self._draw()
        else:
            self._stack.setCurrentWidget(self._full)
            self._say_held()
            self._clear()

    def show_more(self, *more: Section) -> None:
        """Puts sections below the sheet of what is picked."""
        if self._picked is not None:
            self.show_plan(*self._picked, *more)

    def showEvent(self, event: QShowEvent) -> None:
        """The sheet is made of many labels: whoever looks at another page does not wait for them."""
        super().showEvent(event)
        if not self._is_drawn:
            self._draw()

    def _draw(self) -> None:
        self._is_drawn = True
        if self._shown is None or not self.sections:
            return
        self._undrawn = self._parts(self._shown)
        self._turns.ask()

    def _draw_next(self) -> None:
        """One part more: all at once would hold the window up."""
        for _part in self._undrawn:
            self._turns.ask()
            return

    def _parts(self, shown: Side) -> Iterator[None]:
        """The head with the picture, then section by section at the lower end, where nothing moves."""
        page, layout = self._new_page()
        picture = self._picture(shown, scale_of([shown[1]]), page)
        layout.add(self._head(*shown, page, scale=1.6), picture, Stretch())
        self._put(page)
        yield
        for section in self.sections:
            card = QFrame(page)
            yield from _fill(card, section)
            layout.insertWidget(layout.count() - 1, card)
            layout.setEnabled(False)  # in the page's old height it would squeeze the picture, which would be painted anew
            card.show()
            layout.setEnabled(True)
            self._area.fit()
            yield

    def _clear(self) -> None:
        """The last plan's sheet goes for good."""
        self._turns.stop()
        self._undrawn = iter(())
        self._area.setWidget(QWidget())

    def compare(self, left: Side, right: Side) -> None:
        """Two plans side by side; the left one stays while others are chosen, until the clerk lets it go."""
        self._held, self._shown = left, right
        self._show_pair(left, right)

    def _restyle(self) -> None:
        if self.pairs and self._held is not None and self._shown is not None:
            self._show_pair(self._held, self._shown)

    def _toggle(self) -> None:
        held, self._held = self._held, None
        if held is None:
            self._held = self._shown
        if (shown := self._picked or self._shown) is not None:
            self.show_plan(*shown, *self._more)

    def _show_pair(self, left: Side, right: Side) -> None:
        self.pairs = pairs(left[:2], right[:2], self._context.settings.enegaeru.commission_unit)
        self.sections = ()
        page, layout = self._new_page()
        ends = scale_of([left[1], right[1]])
        self._sides = sides = HBox(spacing=SPACE_M)
        for side in (left, right):
            card = QFrame(page)
            card.setProperty("kind", "card")
            VBox(card, margins=SPACE_M, spacing=SPACE_S).add(self._head(*side, card, scale=1.2), self._picture(side, ends, card), Stretch())
            sides.add((card, 1))
        layout.add(sides, PairTable(self._context.theme, (left[1].name, right[1].name), self.pairs, page), Stretch())
        self._fit()
        self._put(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where two pictures have no room beside each other, they stand one below the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.pairs and self._sides is not None:
            beside = self.width() >= _TWO_BESIDE
            self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _new_page(self) -> tuple[QWidget, VBox]:
        page = QWidget(self._area.viewport())
        page.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # or each section below has the picture painted anew
        return page, VBox(page, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_XL), spacing=SPACE_M)

    def _head(self, company: Company, detail: PlanDetail, seen_at: datetime | None, page: QWidget, *, scale: float) -> VBox:
        """Whose plan, its name, how old its figures are, and what makes it doubtful."""
        doubts = NoticeBox(self._context.icons, "warn", texts.DOUBTS, page)
        doubts.show_lines([fault_sentence(fault) for fault in self._context.desk.quoting.faults(detail, now_jst().date())])
        name = PlainLabel(detail.name, page, scale=scale, bold=True, wrap=True, selectable=True)
        age = PlainLabel(age_words(seen_at, None), page, tone="muted", scale=0.9, wrap=True)
        age.setVisible(seen_at is not None)
        return VBox(spacing=SPACE_S).add(PlainLabel(company.name, page, tone="muted"), name, age, doubts)

    def _picture(self, side: Side, ends: tuple[Decimal, Decimal], page: QWidget) -> QWidget:
        if side[1].plan_type is PlanType.MARKET_LINKED or not side[1].conditions:
            return PlainLabel(pair_texts.NO_PICTURE, page, tone="muted", wrap=True)
        return ScheduleView(self._context.theme, side[1], ends, page)

    def _put(self, page: QWidget) -> None:
        self._is_drawn = True
        self._turns.stop()
        self._area.set_body(page)
        self._stack.setCurrentWidget(self._full)
        self._say_held()

    def _say_held(self) -> None:
        is_held = self._held is not None
        self.hold.setText(pair_texts.UNPIN if is_held else pair_texts.PIN)
        self._hint.setText(pair_texts.PICK_OTHER if is_held and not self.pairs else "")

    def show_nothing(self, text: str, action_text: str = "") -> None:
        """Goes back to a sentence that says what to do, or why there is no sheet."""
        self.sections, self.pairs, self._shown, self._picked, self._more = (), (), None, None, ()
        self._empty_text = text
        self._empty.show_text(without_mnemonic(texts.PAGE_PRICES), text, action_text)
        self._stack.setCurrentWidget(self._empty)
        self._clear()


def _fill(card: QFrame, section: Section) -> Iterator[None]:
    """Builds a section into its card, some rows in each part."""
    card.setProperty("kind", "card")
    grid = QGridLayout(card)
    grid.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
    grid.setHorizontalSpacing(SPACE_L)
    grid.setVerticalSpacing(SPACE_S)
    columns = len(section.header)
    grid.addWidget(PlainLabel(section.title, card, bold=True), 0, 0, 1, columns)
    top = 1
    if columns > 2:
        for column, words in enumerate(section.header):
            label = PlainLabel(words, card, tone="muted", scale=0.9)
            label.setAlignment(_alignment(column, columns))
            grid.addWidget(label, top, column)
        top += 1
    for offset, row in enumerate(section.rows):
        for column, words in enumerate(row):
            label = PlainLabel(words, card, wrap=True, selectable=True, tone="muted" if columns == 2 and column == 0 else "")
            label.setAlignment(_alignment(column, columns))
            grid.addWidget(label, top + offset, column)
        if (offset + 1) * columns % _LABELS_A_TURN < columns:  # so many, or a few more, since the last
            yield
    if columns == 2:
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(1, 1)
    else:
        for column in range(columns):
            grid.setColumnStretch(column, 3 if column == 0 else 2)


def _alignment(column: int, columns: int) -> Qt.AlignmentFlag:
    # prices stand right-aligned below each other, so that a longer one is seen to be larger
    side = Qt.AlignmentFlag.AlignRight if columns > 2 and column == columns - 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignTop
