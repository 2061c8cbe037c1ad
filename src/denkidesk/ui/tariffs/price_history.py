"""The fuel prices of a plan by bill month: what is known, where it comes from, and which months nobody knows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import QWidget

from denkidesk.desk.paper_question import LoadedPlan
from denkidesk.domain.clock import now_jst
from denkidesk.domain.paper_bills import month_of, months_later
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.bill import yen
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.paper_table import TextTable

_MONTHS_SHOWN = 24
_OF_CLERK = (PriceOrigin.HAND, PriceOrigin.STAND_IN)


class PriceHistory(QWidget):
    """``chosen``: a bill month is to be typed; ``erased``: what the clerk has put in for one is to go, as a FuelPrice."""

    chosen = Signal(str)
    erased = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._months: list[str] = []
        self._prices: dict[str, FuelPrice] = {}
        area = FittedPage(self)
        page = QWidget(area.viewport())
        self._heading = PlainLabel("", page, bold=True, wrap=True)
        self._hint = PlainLabel(texts.HISTORY_HINT, page, tone="muted", scale=0.9, wrap=True)
        self.table = TextTable(texts.HISTORY_TAB.partition("(")[0], texts.HEAD_HISTORY, (0, 4), 4, page)
        self.table.activated.connect(lambda index: self._choose(index.row()))
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(self._heading, self._hint, self.table, Stretch())
        VBox(self, margins=0).add(area)
        area.set_body(page)
        self.show_plan(None)

    def show_plan(self, plan: LoadedPlan | None) -> None:
        """The newest months first; those of the last two years that nobody knows are rows as well."""
        chosen = self.table.chosen_rows()
        self._prices = {} if plan is None else dict(plan.prices)
        newest = month_of(now_jst().date())
        self._months = sorted({*self._prices, *(months_later(newest, -back) for back in range(_MONTHS_SHOWN))}, reverse=True)
        self._heading.setText(
            texts.HISTORY_NEEDS if plan is None else texts.HISTORY_OF.format(contract_class=plan.supplement.contract_class)
        )
        self._hint.setVisible(plan is not None)
        self.table.setVisible(plan is not None)
        warn = QBrush(self._theme.colour("warn_soft"))
        known = [self._prices.get(month) for month in self._months]
        self.table.show_rows(
            [_cells(month, price) for month, price in zip(self._months, known, strict=True)],
            grounds=[warn if price is None or price.origin is PriceOrigin.STAND_IN else None for price in known],
        )
        if chosen:
            self.table.choose_row(chosen[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes back what the clerk has put in."""
        rows = self.table.chosen_rows()
        price = self._prices.get(self._months[rows[0]]) if rows else None
        if event.key() == Qt.Key.Key_Delete and price is not None and price.origin in _OF_CLERK:
            self.erased.emit(price)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        self.chosen.emit(self._months[row])


def _cells(month: str, price: FuelPrice | None) -> tuple[str, ...]:
    if price is None:
        return (dates.written(month), "", "", "", texts.HISTORY_UNKNOWN)
    subsidy = texts.HISTORY_OF_STATE if price.subsidy is None else yen(price.subsidy, 2)
    return (dates.written(month), yen(price.per_kwh, 2), yen(price.fixed, 2), subsidy, texts.price_source(price))
