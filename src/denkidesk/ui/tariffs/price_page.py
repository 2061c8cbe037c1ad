"""The price sheet of one plan: sections of plain text that can be read aloud, selected and copied."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedLayout, QWidget

from denkidesk.domain.plans import PlanDetail
from denkidesk.texts import tariffs as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from denkidesk.ui.tariffs.price_sheet import Section, price_sheet


class PricePage(QWidget):
    """Shows a plan's figures in words, or what to do to see them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = EmptyState(context.icons, "search", self)
        self._empty.show_text(without_mnemonic(texts.PAGE_PRICES), texts.PICK_A_PLAN)
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(without_mnemonic(texts.PAGE_PRICES))
        self.action_requested = self._empty.action_requested
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        self.sections: tuple[Section, ...] = ()
        self._empty_text = texts.PICK_A_PLAN

    @property
    def empty_text(self) -> str:
        """What stands there instead of a sheet; empty while there is one."""
        return "" if self._stack.currentIndex() else self._empty_text

    def show_plan(self, company_name: str, detail: PlanDetail, more: tuple[Section, ...] = ()) -> None:
        """Replaces the sheet. ``more``: sections below it, such as the area prices used."""
        self.sections = (*price_sheet(detail), *more)
        page = QWidget()
        page.setProperty("kind", "page")
        layout = VBox(page, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_XL), spacing=SPACE_M).add(
            PlainLabel(company_name, page, tone="muted"), PlainLabel(detail.name, page, scale=1.6, bold=True, wrap=True, selectable=True)
        )
        layout.add(*(_card(section, page) for section in self.sections), Stretch())
        self._area.setWidget(page)
        self._stack.setCurrentWidget(self._area)

    def show_nothing(self, text: str, action_text: str = "") -> None:
        """Goes back to a sentence that says what to do, or why there is no sheet."""
        self.sections = ()
        self._empty_text = text
        self._empty.show_text(without_mnemonic(texts.PAGE_PRICES), text, action_text)
        self._stack.setCurrentWidget(self._empty)
        self._area.setWidget(QWidget())  # the last plan's sheet goes for good


def _card(section: Section, parent: QWidget) -> QFrame:
    card = QFrame(parent)
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
    if columns == 2:
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(1, 1)
    else:
        for column in range(columns):
            grid.setColumnStretch(column, 3 if column == 0 else 2)
    return card


def _alignment(column: int, columns: int) -> Qt.AlignmentFlag:
    # prices stand right-aligned below each other, so that a longer one is seen to be larger
    side = Qt.AlignmentFlag.AlignRight if columns > 2 and column == columns - 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignTop
