"""見積一覧, 市場価格 and 補助金: the pages that ask nothing of the finder, and what they tell the others."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from denkidesk.texts.market import PAGE as MARKET
from denkidesk.texts.quotes import PAGE as QUOTES
from denkidesk.texts.subsidies import PAGE as SUBSIDIES
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.tab_pages import parent_of_pages
from denkidesk.ui.tariffs.market_page import MarketPage
from denkidesk.ui.tariffs.page_frame import FramedPages, PageFrame
from denkidesk.ui.tariffs.quote_output import QuoteOutput
from denkidesk.ui.tariffs.quotes_page import QuotesPage
from denkidesk.ui.tariffs.subsidies_page import SubsidiesPage
from denkidesk.ui.tariffs.usage_page import UsagePage


class FurtherPages(QObject):
    """Each is built when somebody looks at it, and not before. ``usage_page``, ``quote_output``: what they are joined to then.

    ``anew_wished`` carries the QuoteStart that a new quote is to begin with.
    """

    anew_wished = Signal(object)

    def __init__(
        self,
        context: UiContext,
        tabs: FramedPages,
        usage_page: Callable[[], UsagePage],
        quote_output: Callable[[], QuoteOutput],
        settings_requested: SignalInstance,
    ) -> None:
        super().__init__(tabs)
        self._tabs, self._settings_requested = tabs, settings_requested
        self._usage_page, self._quote_output = usage_page, quote_output
        place = parent_of_pages(tabs)
        self._quotes = PageFrame(place, partial(QuotesPage, context, in_turns=True), self._join_quotes, takes_cursor=True)
        self._market = PageFrame(place, partial(MarketPage, context, in_turns=True), self._join_market, takes_cursor=True)
        self._subsidies = PageFrame(place, partial(SubsidiesPage, context, in_turns=True), self._join_subsidies, takes_cursor=True)
        for frame, name in ((self._quotes, QUOTES), (self._market, MARKET), (self._subsidies, SUBSIDIES)):
            tabs.addTab(frame, name)

    @property
    def quotes(self) -> QuotesPage:
        """The first of them, built by now."""
        return self._quotes.page

    @property
    def market(self) -> MarketPage:
        """The second, likewise."""
        return self._market.page

    @property
    def subsidies(self) -> SubsidiesPage:
        """The third, likewise."""
        return self._subsidies.page

    @property
    def is_busy(self) -> bool:
        """Whether one of them is being built, or waits for something."""
        return any(frame.is_building or (frame.is_built and frame.page.is_busy) for frame in self._frames)

    @property
    def _frames(self) -> tuple[PageFrame[QuotesPage] | PageFrame[MarketPage] | PageFrame[SubsidiesPage], ...]:
        return self._quotes, self._market, self._subsidies

    def _join_quotes(self, page: QuotesPage) -> None:
        page.anew_wished.connect(self.anew_wished)

    def _join_market(self, page: MarketPage) -> None:
        page.settings_requested.connect(self._settings_requested)
        usage_page = self._usage_page()
        page.show_usage(usage_page.usage)
        usage_page.usage_changed.connect(page.show_usage)

    def _join_subsidies(self, page: SubsidiesPage) -> None:
        page.ticked_changed.connect(self._quote_output().show_subsidies)
        page.settings_requested.connect(self._settings_requested)
        self._usage_page().replaced.connect(page.forget_customer)

    def refresh(self) -> bool:
        """Asks the server again for what the page in front shows; False where it shows nothing of the server's."""
        page = self._tabs.currentWidget()
        if isinstance(page, MarketPage | SubsidiesPage):
            page.fetch()
        return isinstance(page, MarketPage | SubsidiesPage) or page in (self._market, self._subsidies)

    def focus_search(self) -> bool:
        """Puts the cursor where a part of a row is typed; False where the page in front has no such place."""
        frame = self._tabs.widget(self._tabs.currentIndex())
        if frame is self._quotes:
            self.quotes.focus_search()
        elif frame is self._subsidies:
            self.subsidies.focus_search()
        return frame in (self._quotes, self._subsidies)

    def shut_down(self) -> None:
        """Gives up every open question."""
        for frame in self._frames:
            frame.stop()
            if frame.is_built:
                frame.page.shut_down()
