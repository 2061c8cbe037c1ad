"""料金・見積: assembles finder and pages, and asks the desk when something has changed. Decides nothing about yen."""

from functools import cached_property, partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from denkidesk.desk.comparison import BillQuestion, PlanChoice
from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail, PlanType
from denkidesk.domain.usage import Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import said
from denkidesk.texts.paper import PAGE as PAPER
from denkidesk.texts.ranking import PAGE as RANKING
from denkidesk.texts.usage import QUESTION_OPEN
from denkidesk.ui.charts.style import ChartStyle, style_within
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.file_drop import FileDrop
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.tab_pages import parent_of_pages
from denkidesk.ui.parts.theme import SPACE_L, SPACE_XS
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.bill_run import BillRun
from denkidesk.ui.tariffs.finder import PlanFinder, asked_detail
from denkidesk.ui.tariffs.further_pages import FurtherPages
from denkidesk.ui.tariffs.known_customer import KnownCustomer
from denkidesk.ui.tariffs.page_bar import BarredPages
from denkidesk.ui.tariffs.page_frame import PageFrame
from denkidesk.ui.tariffs.page_turns import PageTurns
from denkidesk.ui.tariffs.paper_page import PaperPage
from denkidesk.ui.tariffs.present_plan import PresentPlan
from denkidesk.ui.tariffs.price_page import PricePage, Side
from denkidesk.ui.tariffs.price_sheet import area_price_section
from denkidesk.ui.tariffs.quote_anew import begin_anew
from denkidesk.ui.tariffs.quote_output import QuoteOutput
from denkidesk.ui.tariffs.ranking_empty import lead_to_plan
from denkidesk.ui.tariffs.ranking_page import RankingPage
from denkidesk.ui.tariffs.server_help import ServerHelp
from denkidesk.ui.tariffs.usage_page import UsagePage

_NO_USAGE = Usage(())
_FINDER_WIDTH: Final = 312  # at first, and at the least: pages built later must not make it narrower under the pointer
_OF_FINDER: Final = 3  # pages, the first ones, are of the plan that is picked; the others have no use for the finder and need its room


class TariffsTab(FileDrop):
    """The third tab of the main window."""

    settings_requested = Signal()
    ranking_built = Signal(object)  # the RankingPage, when somebody looks at it for the first time

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._choice: PlanChoice | None = None
        self.detail: PlanDetail | None = None
        self._area_prices: tuple[AreaPriceMonth, ...] = ()
        self._asked_once = False
        self._lists_missing = ""  # why the lists at the left are empty, where the server did not give them
        self._detail_job = LatestJob(context.jobs, self, self._on_detail, self._on_plan_failed)
        self._prices_job = LatestJob(context.jobs, self, self._on_area_prices, self._on_prices_failed)
        self._bill_run = BillRun(context, lambda: self.bill_page, lambda: self.quote_output, self)
        self.present = PresentPlan(self)
        self._known: KnownCustomer | None = None
        self._nothing = (texts.PICK_A_PLAN, "")  # what stands in place of a bill
        self._build()
        self._server_help = ServerHelp(context, self.strips, self)
        self._bill_run.server_failed.connect(self._server_help.tell_of_session)
        self._server_help.retry_requested.connect(self.refresh)
        self._server_help.settings_requested.connect(self.settings_requested)
        context.theme.changed.connect(self._restyle)
        self.files_dropped.connect(lambda paths: self.open_usage_file(*paths))

    # --- what the shell calls ---------------------------------------------------------------------------------------

    def activated(self) -> None:
        """The tab came to the front: the first time, the retailers of the usual area are asked for."""
        if not self._asked_once and self._finder.is_built:
            self.finder.reload()
        self._asked_once = True

    def refresh(self) -> None:
        """Asks the server again."""
        self._asked_once = True
        if not self.further.refresh() and self.finder.place.question() is not None:
            self.detail = None
            self.finder.reload()

    def focus_search(self) -> None:
        """Puts the cursor where a part of a retailer's name is typed, or of a customer's on the list of quotes."""
        if not self.further.focus_search():
            self.finder.focus_search()

    def print_quote(self) -> None:
        """Prints the bill that is shown, or tells that there is none."""
        if not self._bill.is_built or self.bill_page.bill is None:
            self.strips.say(Message("info", texts.NO_BILL_TO_PRINT, key="print"))
        else:
            self.quote_output.print_quote()

    def shut_down(self) -> None:
        """Gives up every open question."""
        self._turns.stop()
        self._server_help.shut_down()
        for frame in (self._finder, self._paper, self._ranking):
            frame.stop()
            if frame.is_built:
                frame.page.shut_down()
        self.further.shut_down()
        for job in (self._detail_job, self._prices_job, self._bill_run, self._known):
            if job is not None:
                job.cancel()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being built, fetched, computed or drawn."""
        if self._turns.isActive() or self._is_building():
            return False
        built = [frame.page for frame in (self._finder, self._paper, self._ranking) if frame.is_built]
        pages = (*built, self.usage_page, self.bill_page.pictures, self.further)
        parts = (self._detail_job, self._prices_job, self._bill_run, *pages, self._server_help, self.quote_output)
        return not any(part.is_busy for part in parts) and not (self._known is not None and self._known.is_busy)

    def _is_building(self) -> bool:
        return self._finder.is_building or self.pages.is_building or self.price_page.is_busy

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self.pages = BarredPages(self._splitter)
        self.price_page = PricePage(self._context, parent_of_pages(self.pages))
        self.price_page.action_requested.connect(self._help)
        self.pages.addTab(self.price_page, texts.PAGE_PRICES)
        self.strips = Strips(self)
        place, context = parent_of_pages(self.pages), self._context
        self._finder = PageFrame(self._splitter, partial(PlanFinder, context, in_turns=True), self._join_finder)
        self._usage = PageFrame(place, partial(UsagePage, context, self._style, in_turns=True), self._join_usage)
        self._bill = PageFrame(place, partial(BillPage, context, context.charts, self._style, in_turns=True), self._join_bill)
        self._paper = PageFrame(
            place, lambda parent: PaperPage(context, self.finder.place, self.bill_page, parent, in_turns=True), self._join_paper
        )
        self._ranking = PageFrame(place, self._make_ranking, self._join_ranking, takes_cursor=True)
        named = (self._usage, texts.PAGE_USAGE), (self._bill, texts.PAGE_BILL), (self._paper, PAPER), (self._ranking, RANKING)
        for frame, name in named:
            self.pages.addTab(frame, name)
        self.further = FurtherPages(context, self.pages, lambda: self.usage_page, lambda: self.quote_output, self.settings_requested)
        self.further.anew_wished.connect(partial(begin_anew, self))
        self._finder.setMinimumWidth(_FINDER_WIDTH)
        self.pages.currentChanged.connect(lambda page: self._finder.setVisible(page < _OF_FINDER))
        self._splitter.addWidget(self.pages)
        self._splitter.insertWidget(0, self._finder)
        self._turns = PageTurns([self._usage.build_next, self._bill.build_next], self.pages, self._is_building, self)
        self._turns.all_built.connect(lambda: self._recompute() if self.detail else None)  # what came before there were pages for it
        self._splitter.setStretchFactor(1, 1)
        VBox(self, margins=(SPACE_L, 0, SPACE_L, 0), spacing=SPACE_XS).add(self.pages.bar, (self._splitter, 1))

    @property
    def _style(self) -> ChartStyle:
        return style_within(self._context.theme.colours)

    @property
    def finder(self) -> PlanFinder:
        """From a place to a plan, at the left, built by now."""
        return self._finder.page

    @property
    def usage_page(self) -> UsagePage:
        """The second page, built by now."""
        return self._usage.page

    @property
    def bill_page(self) -> BillPage:
        """The third page, built by now."""
        return self._bill.page

    @cached_property
    def quote_output(self) -> QuoteOutput:
        """Stores, prints and saves what the bill page shows."""
        output = QuoteOutput(self._context, self.bill_page, self)
        output.show_present(self.present.question)  # it may be known before there is anything to put on paper
        self.present.changed.connect(output.show_present)
        return output

    @property
    def paper_page(self) -> PaperPage:
        """The fourth page, built by now."""
        return self._paper.page

    @property
    def ranking_page(self) -> RankingPage:
        """The fifth page, built by now."""
        return self._ranking.page

    @property
    def ranking(self) -> RankingPage | None:
        """The same, None while nobody has looked at it."""
        return self._ranking.page if self._ranking.is_built else None

    def _join_finder(self, finder: PlanFinder) -> None:
        finder.choice_changed.connect(self._on_choice)
        finder.choice_awaited.connect(self._on_choice_awaited)
        finder.failed.connect(self._on_lists_failed)
        finder.fetched.connect(self._on_fetched)
        if self._asked_once:
            finder.reload()

    def _join_usage(self, page: UsagePage) -> None:
        page.usage_awaited.connect(self._on_usage_awaited)
        page.replaced.connect(self.present.forget_customer)
        page.usage_changed.connect(self._recompute)
        self._turns.rehearse_later(page)

    def _join_bill(self, page: BillPage) -> None:
        page.options_changed.connect(self._recompute)
        page.help_requested.connect(self._help)
        self.usage_page.reading_began.connect(page.forget_customer)
        self.usage_page.reading_failed.connect(page.recall_customer)
        self.usage_page.replaced.connect(page.replace_customer)
        page.show_empty(*self._nothing)
        self._known = KnownCustomer(self._context, page, lambda: self._paper.is_built and self.paper_page.match is not None, self)
        self._turns.rehearse_later(page.full_view)

    def _join_paper(self, page: PaperPage) -> None:
        page.matched.connect(self.quote_output.show_match)
        if self.usage_page.usage is not None:
            page.show_usage(self.usage_page.usage)
        self.usage_page.usage_changed.connect(page.show_usage)

    def _make_ranking(self, parent: QWidget) -> RankingPage:
        return RankingPage(self._context, self.finder, self.bill_page, self.present, parent, in_turns=True)

    def _join_ranking(self, page: RankingPage) -> None:
        self.usage_page.usage_awaited.connect(page.await_usage)
        self._bill_run.follow(page.trial)
        self.present.renewed.connect(self._on_renewed)
        page.compare_asked.connect(self._on_compare_asked)
        page.help_requested.connect(self._help)
        self.ranking_built.emit(page)

    def _restyle(self) -> None:
        for frame in (self._usage, self._bill):
            if frame.is_built:
                frame.page.restyle(self._style)

    def open_usage_file(self, *paths: Path) -> None:
        """Reads a customer's file or files, as if they had been dropped."""
        self.pages.setCurrentWidget(self.usage_page)
        self.usage_page.open_files(paths)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_compare_asked(self, left: Side, right: Side) -> None:
        self.price_page.compare(left, right)
        self.pages.setCurrentWidget(self.price_page)
        self.price_page.hold.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_choice(self, choice: PlanChoice | None) -> None:
        before, self._choice = self._choice, choice
        if choice is not None and self.detail is not None and before is not None and before.asks_the_same(choice):
            self._recompute()  # the capacity of a plan whose prices do not depend on it
            return
        self.detail = None
        if self._usage.is_built:
            self.usage_page.set_plan(None)
        self._area_prices = ()
        self._detail_job.cancel()
        self._prices_job.cancel()
        self._withdraw_bill()
        if choice is None:
            if self.finder.is_busy:
                self._show_nothing(texts.LOADING, waits=True)
            else:
                self._show_nothing(self._lists_missing or texts.PICK_A_PLAN)
            return
        if choice.plan.plan_type is PlanType.VARIABLE_METERED and choice.capacity is None:
            self._show_nothing(texts.CAPACITY_HINT, texts.GO_TO_CAPACITY)
            return
        self._show_nothing(texts.LOADING, waits=True)
        self._detail_job.run(LaneName.QUOTING, asked_detail, self._context.desk, choice)

    def _show_nothing(self, text: str, action_text: str = "", *, waits: bool = False) -> None:
        self.price_page.show_nothing(text, action_text)
        self._nothing = (text, action_text)
        if self._bill.is_built and waits:
            self.bill_page.show_waiting(text)
        elif self._bill.is_built:
            self.bill_page.show_empty(text, action_text)

    def _withdraw_bill(self) -> None:
        """The last figures do not count any more: nothing of them arrives late, and nothing of them goes on paper."""
        self._bill_run.cancel()
        if "quote_output" in vars(self):
            self.quote_output.forget()

    def _on_choice_awaited(self) -> None:
        self._withdraw_bill()
        if self.detail is not None and self.detail.plan_type is PlanType.VARIABLE_METERED:
            self.detail = None  # its prices depend on what is being typed
            self._show_nothing(texts.LOADING, waits=True)
        elif self._bill.is_built and self.bill_page.bill is not None:
            self.bill_page.show_waiting(texts.COMPUTING)

    def _on_usage_awaited(self) -> None:
        self._withdraw_bill()
        if self.detail is not None or self.bill_page.bill is not None:
            self.bill_page.show_waiting(texts.COMPUTING)

    def _help(self) -> None:
        """The button of an empty page: to what is missing, the plan, its capacity or the usage."""
        if not lead_to_plan(self.pages, self.finder, self._choice):
            self.pages.setCurrentWidget(self.usage_page)
            self.usage_page.focus_first()

    def _on_detail(self, answer: Fetched[PlanDetail]) -> None:
        self._on_fetched(answer)
        assert self._choice is not None  # noqa: S101 - the job is cancelled when the choice goes
        self.detail = answer.value
        if answer.value.plan_type is PlanType.MARKET_LINKED and (area := area_of_quoting_code(self._choice.company.area_code)) is not None:
            self._prices_job.run(LaneName.QUOTING, self._context.desk.quoting.area_prices, area)
        self.price_page.show_plan(self._choice.company, answer.value, answer.fetched_at)
        self._recompute()

    def _on_renewed(self, picked: BillQuestion) -> None:
        if self.detail is not None and self.detail.key == picked.detail.key:
            self.detail = picked.detail
            self.price_page.show_plan(picked.company, picked.detail, None)
            self._recompute()

    def _on_area_prices(self, answer: Fetched[tuple[AreaPriceMonth, ...]]) -> None:
        self._on_fetched(answer)
        self._prices_job.cancel()  # answered: a bill can be made now
        self._area_prices = answer.value
        assert self._choice is not None and self.detail is not None  # noqa: S101, PT018 - asked for after them
        self.price_page.show_more(area_price_section(answer.value, dates.moment(answer.fetched_at)))
        self._recompute()

    def _recompute(self) -> None:
        self._withdraw_bill()
        if self._turns.is_building:
            return  # asked again when all pages stand
        detail, choice = self.detail, self._choice
        self.usage_page.set_plan(self._question_about(_NO_USAGE))
        usage = self.usage_page.usage
        if detail is None or choice is None or self._prices_job.is_busy or self.usage_page.is_awaited:
            if self.bill_page.bill is not None:
                self.bill_page.show_waiting(texts.LOADING)
            return  # asked again when prices and usage are there
        if usage is None:
            is_open = self.usage_page.open_question
            self.bill_page.show_empty(QUESTION_OPEN.format(question=is_open) if is_open else texts.PICK_USAGE, texts.GO_TO_USAGE)
            return
        question = self._question_about(usage, self.usage_page.estimated_months)
        if question is None:
            self.bill_page.show_empty(texts.CAPACITY_HINT, texts.GO_TO_CAPACITY)
            return
        self.present.show_question(question)
        self.bill_page.show_waiting(texts.COMPUTING)
        self._bill_run.run(question)

    def _question_about(self, usage: Usage, estimated: frozenset[int] = frozenset()) -> BillQuestion | None:
        """None where the plan is not known whole."""
        if self.detail is None or self._choice is None or self._prices_job.is_busy:
            return None
        fuel, rounding, unit = self.bill_page.fuel.choice, self.bill_page.rounding(), self._context.settings.enegaeru.commission_unit
        return self._choice.question(self.detail, usage, self._area_prices, fuel, rounding, unit, estimated)

    def _on_fetched(self, answer: Fetched[object]) -> None:
        self._lists_missing = ""
        self.strips.clear("print")
        self._server_help.tell_age(answer)

    def _on_lists_failed(self, error: object) -> None:
        """Neither server nor store has a list: nobody is told to pick from it."""
        if not isinstance(error, Cancelled) and self._choice is None:
            self._lists_missing = said(error).text
            self._show_nothing(self._lists_missing)
        self._server_help.tell(error)

    def _on_plan_failed(self, error: object) -> None:
        """Neither server nor store has what the sheet needs: the old figures may not stand under the new name."""
        if not isinstance(error, Cancelled):
            self._show_nothing(said(error).text)
        self._server_help.tell(error)

    def _on_prices_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):  # the sheet stands; a bill cannot be made
            self.bill_page.show_empty(said(error).text)
        self._server_help.tell(error)
