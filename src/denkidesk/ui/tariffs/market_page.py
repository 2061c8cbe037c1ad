"""市場価格: an area's prices by month and hour, another area on the same scale, and what the customer's hours make of them."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QStackedLayout, QWidget

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import AREA_NAMES_JA, AREAS_WITH_PRICES, Area
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.market import AreaArchive, PricedYear, hourly_use, priced_year, scale_of
from denkidesk.domain.usage import Usage
from denkidesk.texts import dates
from denkidesk.texts import market as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.plain import CutLabel, PlainLabel
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS
from denkidesk.ui.tariffs.kept_then_fetched import KeptThenFetched
from denkidesk.ui.tariffs.market_pictures import MarketPictures
from denkidesk.ui.tariffs.market_table import MarketTable
from denkidesk.ui.tariffs.server_help import ServerHelp

_AREA: Final = "market_area"


class MarketPage(InParts, QWidget):
    """Shows what is kept at once; the server is asked behind it, once a day."""

    settings_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it has the finder's room
        self._context = context
        self._usage: Usage | None = None
        self.archive: AreaArchive | None = None
        self.other_archive: AreaArchive | None = None
        self.year: PricedYear | None = None
        self.strips = Strips(self)
        self._server_help = ServerHelp(context, self.strips, self)
        self._server_help.retry_requested.connect(self.fetch)
        self._server_help.settings_requested.connect(self.settings_requested)
        self._reading, self._other_reading = (
            KeptThenFetched(context.jobs, self, partial(_kept, context), partial(_fetched, context)) for _ in range(2)
        )
        self._reading.kept.connect(self._on_kept)
        self._reading.began.connect(lambda: self._age.setText(texts.FETCHING))
        self._other_reading.kept.connect(self._on_other)
        for reading, show_fetched in ((self._reading, self._on_fetched), (self._other_reading, self._on_other_fetched)):
            reading.fetched.connect(show_fetched)
            reading.failed.connect(self._on_failed)
        self.begin(self._build(), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether prices are being read or fetched."""
        return self.pictures.is_busy or self._reading.is_busy or self._other_reading.is_busy or self._server_help.is_busy

    @property
    def words(self) -> str:
        """Everything that is said beside the maps."""
        return "\n".join(label.text() for label in (self._headline, self._detail, self._doubts, self._age))

    def shut_down(self) -> None:
        """Gives up what is under way."""
        self._reading.cancel()
        self._other_reading.cancel()
        self._server_help.shut_down()

    def fetch(self) -> None:
        """Asks the server for the prices of the areas that are shown."""
        self._reading.fetch()
        if self.compared.currentData():
            self._other_reading.fetch()

    def show_usage(self, usage: Usage | None) -> None:
        """Takes the customer's hours; None: there are none."""
        self._usage = usage
        vars(self).pop("_use", None)
        if self.isVisible():
            self._show()

    @cached_property
    def _use(self) -> dict[int, tuple[Decimal, ...]]:
        """Of the customer, by calendar month and hour; added up when the page shows it: a page behind must not hold a bill up."""
        return {} if self._usage is None else hourly_use(self._usage)

    def _build(self) -> Iterator[None]:
        self.area, self.period, self.compared = (QComboBox(self) for _ in range(3))
        for area in AREAS_WITH_PRICES:
            self.area.addItem(AREA_NAMES_JA[area], area.value)
        self.area.setCurrentIndex(max(0, self.area.findData(self._context.ui_state.text(_AREA) or Area.KANSAI.value)))
        self._offer_areas()
        yield
        self.pictures = MarketPictures(self._context, self.strips, self)
        fields = [
            self._field(*pair)
            for pair in (
                (self.area, texts.AREA),
                (self.period, texts.PERIOD),
                (self.compared, texts.COMPARE),
                (self.pictures.show, texts.SHOW),
            )
        ]
        yield
        self.get = QPushButton(texts.FETCH, self)
        self.get.clicked.connect(self.fetch)
        self._age = CutLabel("", self, tone="muted", scale=0.9)
        self._headline = PlainLabel("", self, bold=True, scale=1.2, wrap=True)
        self._detail = PlainLabel("", self, tone="muted", wrap=True)
        self._doubts = PlainLabel("", self, tone="warn", wrap=True)
        self._doubts.hide()
        yield
        self.table, self.other_table = (MarketTable(self._context.theme, self) for _ in range(2))
        yield
        self._names = [PlainLabel("", self, bold=True) for _ in range(2)]
        self._maps = QWidget(self)
        VBox(self._maps, margins=0, spacing=SPACE_XS).add(
            self._names[0], (self.table, 1), self._names[1], (self.other_table, 1), CutLabel(texts.NOTE, self, tone="muted", scale=0.9)
        )
        yield
        self._page = FittedPage(self, shrinks=True)
        self._page.set_body(self._maps)
        self._empty = EmptyState(self._context.icons, "chart", self)
        self._empty.show_text(without_mnemonic(texts.PAGE), "")
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self.pictures.chart)
        VBox(self, margins=(0, SPACE_XS, 0, SPACE_XS), spacing=SPACE_XS).add(
            Flow(SPACE_S).add(*fields, self.get, self.pictures.menu),
            HBox(spacing=SPACE_S).add(PlainLabel(texts.LABEL, self, tone="accent"), (self._age, 1)),
            self._headline,
            self._detail,
            self._doubts,
            (self._stack, 1),
        )
        self.area.currentIndexChanged.connect(self._on_area)
        self.period.currentIndexChanged.connect(self._show)
        self.compared.currentIndexChanged.connect(self._on_compared)
        self.pictures.show.currentIndexChanged.connect(self._show)
        self._show()

    def _field(self, combo: QComboBox, words: str) -> QWidget:
        field = QWidget(self)
        label = PlainLabel(words, field)
        label.setBuddy(combo)
        combo.setAccessibleName(without_mnemonic(words))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        HBox(field, margins=0, spacing=SPACE_XS).add(label, combo)
        return field

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what is kept, and asks for newer prices where they are not of today."""
        super().showEvent(event)
        self._reading.turn_to(Area(self.area.currentData()))
        self.area.setFocus()

    # --- what the clerk chooses

    def _on_area(self) -> None:
        self._context.ui_state.put(_AREA, self.area.currentData())
        self._on_kept(None)
        self._offer_areas()
        self._reading.turn_to(Area(self.area.currentData()))

    def _offer_areas(self) -> None:
        """Every other area can be compared with the one that is shown."""
        before = self.compared.currentData()
        self.compared.blockSignals(True)
        self.compared.clear()
        self.compared.addItem(texts.NO_COMPARISON, "")
        for area in AREAS_WITH_PRICES:
            if area.value != self.area.currentData():
                self.compared.addItem(AREA_NAMES_JA[area], area.value)
        self.compared.setCurrentIndex(max(0, self.compared.findData(before)))
        self.compared.blockSignals(False)
        if before and not self.compared.currentData():
            self._on_compared()

    def _on_compared(self) -> None:
        self.other_archive = None
        if area := self.compared.currentData():
            self._other_reading.turn_to(Area(area))
        else:
            self._other_reading.cancel()
        self._show()

    # --- what comes

    def _on_kept(self, archive: AreaArchive | None) -> None:
        self.archive = archive
        chosen = self.period.currentText()
        self.period.blockSignals(True)
        self.period.clear()
        for months in archive.years() if archive else ():
            self.period.addItem(texts.span_words(months), months)
        self.period.setCurrentIndex(max(0, self.period.findText(chosen)) if self.period.count() else -1)
        self.period.blockSignals(False)
        self._age.setText(texts.kept_words(archive, now_jst().date()) if archive else "")
        self._show()

    def _on_other(self, archive: AreaArchive | None) -> None:
        self.other_archive = archive
        self._show()

    def _on_fetched(self, answer: Fetched[AreaArchive]) -> None:
        self._on_kept(answer.value)
        self._server_help.tell_age(answer)

    def _on_other_fetched(self, answer: Fetched[AreaArchive]) -> None:
        self._on_other(answer.value)
        self._server_help.tell_age(answer)

    def _on_failed(self, error: object) -> None:
        self._on_kept(self.archive)
        self._server_help.tell(error)

    def _show(self) -> None:
        place = self.period.currentIndex()
        months = self.archive.years()[place] if self.archive and place >= 0 else ()
        self.year = priced_year(months, self._use) if months else None
        wanted = {month.year_month for month in months}
        same = [month for month in self.other_archive.months if month.year_month in wanted] if self.other_archive else []
        other = priced_year(same, self._use) if same else None
        ends = scale_of([year for year in (self.year, other) if year]) if self.year else (Decimal(0), Decimal(0))
        for table, name, archive, year in (
            (self.table, self._names[0], self.archive, self.year),
            (self.other_table, self._names[1], self.other_archive, other if self.year else None),
        ):
            table.prices.show_year(year, ends)
            words = texts.TABLE.format(area=texts.area_name(archive)) if archive else ""
            table.setAccessibleName(words or without_mnemonic(texts.PAGE))
            name.setText(words)
            name.setVisible(other is not None)
            table.setVisible(year is not None)
            table.spread()
        self._headline.setText(texts.headline(self.year) if self.year else "")
        self._detail.setText(texts.detail(self.year) if self.year else "")
        doubts = self._doubts_of(self.year)
        self._doubts.setText(doubts)
        self._doubts.setVisible(bool(doubts))
        area = AREA_NAMES_JA[Area(self.area.currentData())]
        self._empty.show_text(without_mnemonic(texts.PAGE), texts.NOTHING.format(area=area))
        years = ((AREA_NAMES_JA[one.area], year) for one, year in ((self.archive, self.year), (self.other_archive, other)) if one and year)
        self.pictures.show_years(months, tuple(years))
        shown = self.pictures.chart if self.pictures.is_chosen else self._page
        self._stack.setCurrentWidget(shown if self.year else self._empty)

    def _doubts_of(self, year: PricedYear | None) -> str:
        usage = self._usage
        if usage is None or year is None or not year.used_months:
            return ""
        first, last = usage.days[0].day, usage.days[-1].day
        own = {month.month for month in usage.months}
        moved = any(month.weighted is not None and month.year_month not in own for month in year.months)
        parts = (
            texts.ESTIMATED if usage.estimated else "",
            texts.GAPS.format(hours=f"{usage.gap_hours:,}") if usage.gap_hours else "",
            texts.OTHER_YEAR.format(first=dates.paper_day(first), last=dates.paper_day(last)) if moved else "",
        )
        return "".join(parts)


def _kept(context: UiContext, area: Area) -> tuple[AreaArchive | None, bool]:
    """On the lane, which loads what it takes."""
    return context.desk.market.kept(area), context.desk.market.is_of_today(area)


def _fetched(context: UiContext, area: Area, cancel: CancelToken | None = None) -> Fetched[AreaArchive]:
    """As above."""
    return context.desk.market.fetch(area, cancel)
