"""Keeps the customer's window at what the clerk has chosen: a line of the comparison as the sliders stand, else the plan that is billed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.usage import Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import customer_view as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.customer.page import Head
from denkidesk.ui.customer.window import CustomerWindow

if TYPE_CHECKING:  # they load the engine, which is a lane's work
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.offers import Offer
    from denkidesk.desk.ranking import Ranking
    from denkidesk.domain.ranking import RankedPlan
    from denkidesk.ui.shell.main_window import MainWindow
    from denkidesk.ui.tariffs.ranking_page import RankingPage
    from denkidesk.ui.tariffs.tab import TariffsTab


@dataclass(frozen=True, slots=True)
class _Asked:
    """A ranking with a line of it, or two plans as they were billed."""

    of: "Ranking | BillQuestion"
    chosen: "RankedPlan | BillQuestion"

    @property
    def usage(self) -> Usage:
        """Whose bills they are."""
        return (self.of if isinstance(self.of, BillQuestion) else self.of.question).usage

    def is_as(self, other: "_Asked") -> bool:
        """Whether the answer is the same; a ranking is compared by what it is, not by its thousands of sums."""
        return self.of is other.of and (self.chosen is other.chosen or self.chosen == other.chosen)


class CustomerLink(QObject):
    """One for a window; it looks at the tab while the customer's window is open and at no other time."""

    def __init__(self, window: "MainWindow", context: UiContext, tab: "TariffsTab") -> None:
        super().__init__(window)
        self._context, self._owner, self._tab = context, window, tab
        self.window: CustomerWindow | None = None
        self._asked: _Asked | None = None  # what the page is of, or will be
        self._job: LatestJob[Offer] = LatestJob(context.jobs, self, self._on_offer, self._on_failed)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a ranking comes in several signals
        self._soon.timeout.connect(self._look)
        if tab.ranking is not None:
            self._join(tab.ranking)
        else:
            tab.ranking_built.connect(self._join)
        for signal in (
            tab.pages.currentChanged,
            tab.present.changed,
            tab.quote_output.changed,
            tab.bill_page.customer.textChanged,
        ):
            signal.connect(self._follow)
        window.closed.connect(self.close)

    def _join(self, page: "RankingPage") -> None:
        """The comparison may be opened later than the customer's window, and takes long to build."""
        for signal in (page.model.modelReset, page.model.dataChanged, page.table.selectionModel().selectionChanged):
            signal.connect(self._follow)

    @staticmethod
    def of(window: "MainWindow", context: UiContext, show_tab: Callable[[], object]) -> "CustomerLink":
        """The window's own, made at the first call; the tab is in front then."""
        show_tab()
        return window.findChild(CustomerLink) or CustomerLink(window, context, window.tariffs)

    def turn(self) -> None:
        """Opens the customer's window, or closes it."""
        if self.window is not None:
            self.close()
            return
        self.window = CustomerWindow(self._context.theme, self._owner)
        self.window.closed.connect(self._on_closed)
        self._asked = None
        self.window.page.show_message(self._head(), texts.NOTHING)
        self.window.open_beside(self._owner)
        self._look()

    def close(self) -> None:
        """Takes the customer's window away."""
        if self.window is not None:
            self.window.close()

    def _on_closed(self) -> None:
        self._soon.stop()
        self._job.cancel()
        self.window = None

    def _follow(self) -> None:
        if self.window is not None:
            self._soon.start()

    def _head(self) -> Head:
        settings, on_own_screen = self._context.settings, self.window is not None and self.window.has_own_screen
        return Head(
            customer=self._tab.bill_page.customer_name(),
            retailer=settings.desk.company_name,
            today=now_jst().date(),
            practice=self._context.practice,
            leave="" if on_own_screen else texts.LEAVE,
        )

    def _look(self) -> None:
        window = self.window
        if window is None:
            return
        asked, before, head = self._chosen(), self._asked, self._head()
        self._asked = asked
        if asked is not None and before is not None and asked.is_as(before):
            if window.page.offer is not None:  # the name is another one
                window.page.show_offer(head, window.page.offer)
            return
        if asked is None or before is None or asked.usage is not before.usage or window.page.offer is None:
            window.page.show_message(head, texts.NOTHING)  # nothing of another usage stays, not even for a moment
        if asked is None:
            self._job.cancel()
        else:
            self._job.run(LaneName.WORK, _offer, self._context.desk, asked)

    def _chosen(self) -> "_Asked | None":
        page = self._tab.ranking
        if page is not None and self._tab.pages.currentWidget() is page:
            ranking, line = page.ranking, page.chosen
            if ranking is not None and line is not None:
                return _Asked(ranking, line)
        pair = self._tab.quote_output.pair
        return None if pair is None else _Asked(*pair)

    def _on_offer(self, offer: "Offer") -> None:
        if self.window is not None:
            self.window.page.show_offer(self._head(), offer)

    def _on_failed(self, error: object) -> None:
        if self.window is not None and not isinstance(error, Cancelled):
            self.window.page.show_message(self._head(), texts.REFUSED)


def _offer(desk: "Desk", asked: _Asked) -> "Offer":
    """On the lane, which loads what it takes."""
    from denkidesk.desk.offers import offer_of_line, offer_of_questions

    of, chosen = asked.of, asked.chosen
    if isinstance(of, BillQuestion):
        assert isinstance(chosen, BillQuestion)  # noqa: S101 - as they were put together
        return offer_of_questions(desk, of, chosen)
    assert not isinstance(chosen, BillQuestion)  # noqa: S101 - likewise
    return offer_of_line(desk, of, chosen)
