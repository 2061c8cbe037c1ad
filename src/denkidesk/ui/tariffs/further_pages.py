"""市場価格 and 補助金: the pages that ask nothing of the finder, and what they tell the others."""

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
    """Builds them behind the others."""

    def __init__(
        self, context: UiContext, tabs: QTabWidget, usage_page: UsagePage, quote_output: QuoteOutput, settings_requested: SignalInstance
    ) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self.market = MarketPage(context, parent_of_pages(tabs))
        self.market.settings_requested.connect(settings_requested)
        self.market.show_usage(usage_page.usage)
        usage_page.usage_changed.connect(self.market.show_usage)
        tabs.addTab(self.market, MARKET)
        self.subsidies = SubsidiesPage(context, parent_of_pages(tabs))
        self.subsidies.ticked_changed.connect(quote_output.show_subsidies)
        self.subsidies.settings_requested.connect(settings_requested)
        usage_page.replaced.connect(self.subsidies.forget_customer)
        tabs.addTab(self.subsidies, SUBSIDIES)

    @property
    def is_busy(self) -> bool:
        """Whether one of them waits for something."""
        return self.market.is_busy or self.subsidies.is_busy

    def refresh(self) -> bool:
        """Asks the server again for what the page in front shows; False where it is none of these."""
        page = self._tabs.currentWidget()
        if isinstance(page, MarketPage | SubsidiesPage):
            page.fetch()
            return True
        return False

    def shut_down(self) -> None:
        """Gives up every open question."""
        self.market.shut_down()
        self.subsidies.shut_down()
