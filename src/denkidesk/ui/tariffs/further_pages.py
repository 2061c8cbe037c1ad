"""市場価格 and 補助金: the pages that ask nothing of the finder, and what they tell the others."""

from functools import cached_property

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QTabWidget

from denkidesk.texts.market import PAGE as MARKET
from denkidesk.texts.subsidies import PAGE as SUBSIDIES
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.tab_pages import parent_of_pages
from denkidesk.ui.tariffs.market_page import MarketPage
from denkidesk.ui.tariffs.quote_output import QuoteOutput
from denkidesk.ui.tariffs.subsidies_page import SubsidiesPage
from denkidesk.ui.tariffs.usage_page import UsagePage


class FurtherPages(QObject):
    """Builds each when it is asked for, behind the others: both at once would hold the window up."""

    def __init__(
        self, context: UiContext, tabs: QTabWidget, usage_page: UsagePage, quote_output: QuoteOutput, settings_requested: SignalInstance
    ) -> None:
        super().__init__(tabs)
        self._context, self._tabs, self._settings_requested = context, tabs, settings_requested
        self._usage_page, self._quote_output = usage_page, quote_output

    @cached_property
    def market(self) -> MarketPage:
        """The first of them, built by now."""
        page = MarketPage(self._context, parent_of_pages(self._tabs))
        page.settings_requested.connect(self._settings_requested)
        page.show_usage(self._usage_page.usage)
        self._usage_page.usage_changed.connect(page.show_usage)
        self._tabs.addTab(page, MARKET)
        return page

    @cached_property
    def subsidies(self) -> SubsidiesPage:
        """The second, behind the first; both are built by now."""
        _ = self.market
        page = SubsidiesPage(self._context, parent_of_pages(self._tabs))
        page.ticked_changed.connect(self._quote_output.show_subsidies)
        page.settings_requested.connect(self._settings_requested)
        self._usage_page.replaced.connect(page.forget_customer)
        self._tabs.addTab(page, SUBSIDIES)
        return page

    @property
    def is_busy(self) -> bool:
        """Whether one of them waits for something."""
        return any(page.is_busy for page in self._built)

    @property
    def _built(self) -> list[MarketPage | SubsidiesPage]:
        return [page for page in vars(self).values() if isinstance(page, MarketPage | SubsidiesPage)]

    def refresh(self) -> bool:
        """Asks the server again for what the page in front shows; False where it is none of these."""
        page = self._tabs.currentWidget()
        if isinstance(page, MarketPage | SubsidiesPage):
            page.fetch()
            return True
        return False

    def shut_down(self) -> None:
        """Gives up every open question."""
        for page in self._built:
            page.shut_down()
