"""料金・見積: assembles finder and pages, and asks the desk when something has changed. Decides nothing about yen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.bills import FuelRule
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail, PlanType
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import Help, said
from denkidesk.ui.charts.style import DARK, LIGHT, ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_XS
from denkidesk.ui.start.rehearsal import rehearse
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.choice import PlanChoice, asks_the_same
from denkidesk.ui.tariffs.computing import BillQuestion, BothBills, ServerAnswer, ask_server, compute, estimated_months
from denkidesk.ui.tariffs.finder import PlanFinder
from denkidesk.ui.tariffs.price_page import PricePage
from denkidesk.ui.tariffs.price_sheet import Section, area_price_section, commission_row
from denkidesk.ui.tariffs.quote_output import QuoteOutput
from denkidesk.ui.tariffs.server_help import ServerHelp
from denkidesk.ui.tariffs.usage_page import UsagePage


class TariffsTab(QWidget):
    """The third tab of the main window."""

    settings_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._renderer = context.charts
        self._choice: PlanChoice | None = None
        self.detail: PlanDetail | None = None
        self._area_prices: tuple[AreaPriceMonth, ...] = ()
        self._asked_once = False
        self._lists_missing = ""  # why the lists at the left are empty, where the server did not give them
        self._detail_job = LatestJob(context.jobs, self, self._on_detail, self._on_plan_failed)
        self._prices_job = LatestJob(context.jobs, self, self._on_area_prices, self._on_prices_failed)
        self._bill_job = LatestJob(context.jobs, self, self._on_bills, self._on_bill_failed)
        self._server_job = LatestJob(context.jobs, self, self._on_server, self._on_server_failed)
        self._question: BillQuestion | None = None
        self.setAcceptDrops(True)
        # The pages behind the first one are built in turns of their own, or when one is asked for: all at once would hold the window up.
        self._usage_page: UsagePage | None = None
        self._bill_page: BillPage | None = None
        self._quote_output: QuoteOutput | None = None
        self._unrehearsed: list[QWidget] = []
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._build_next)
        self._build()
        self._server_help = ServerHelp(context, self.strips, self)
        self._server_help.retry_requested.connect(self.refresh)
        self._server_help.settings_requested.connect(self.settings_requested)
        self._later.start()
        context.theme.changed.connect(self._restyle)

    # --- what the shell calls ---------------------------------------------------------------------------------------

    def activated(self) -> None:
        """The tab came to the front: the first time, the retailers of the usual area are asked for."""
        if not self._asked_once:
            self._asked_once = True
            self.finder.reload()

    def refresh(self) -> None:
        """Asks the server again."""
        self._asked_once = True
        if self.finder.place.question() is not None:
            self.detail = None
            self.finder.reload()

    def focus_search(self) -> None:
        """Puts the cursor where a part of a retailer's name is typed."""
        self.finder.focus_search()

    def print_quote(self) -> None:
        """Prints the bill that is shown, or tells that there is none."""
        if self.bill_page.bill is None:
            self.strips.say(Message("info", texts.NO_BILL_TO_PRINT, key="print"))
        else:
            self.quote_output.print_quote()

    def shut_down(self) -> None:
        """Gives up every open question."""
        self._later.stop()
        self.finder.shut_down()
        self._server_help.shut_down()
        for job in (self._detail_job, self._prices_job, self._bill_job, self._server_job):
            job.cancel()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being fetched, computed or drawn."""
        if self._later.isActive():
            return False
        jobs = (self._detail_job, self._prices_job, self._bill_job, self._server_job)
        parts = (*jobs, self._server_help, self.finder, self.usage_page, self.quote_output, self.bill_page.picture_menu)
        return not any(part.is_busy for part in parts)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.finder = PlanFinder(self._context, self)
        self.finder.choice_changed.connect(self._on_choice)
        self.finder.choice_awaited.connect(self._on_choice_awaited)
        self.finder.failed.connect(self._on_lists_failed)
        self.finder.fetched.connect(self._on_fetched)
        self.price_page = PricePage(self._context, self)
        self.price_page.action_requested.connect(self._help)
        self.pages = QTabWidget(self, documentMode=True)
        self.pages.tabBar().setDrawBase(False)
        self.pages.addTab(self.price_page, texts.PAGE_PRICES)
        self.strips = Strips(self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.finder)
        splitter.addWidget(self.pages)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([324, 900])
        self.finder.setMinimumWidth(312)
        VBox(self, margins=(SPACE_L, SPACE_XS, SPACE_L, 0), spacing=SPACE_M).add((splitter, 1))

    @property
    def usage_page(self) -> UsagePage:
        """The second page, built by now."""
        return self._usage_page or self._build_usage_page()

    @property
    def bill_page(self) -> BillPage:
        """The third page, built by now."""
        return self._bill_page or self._build_bill_page()

    @property
    def quote_output(self) -> QuoteOutput:
        """Stores, prints and saves what the bill page shows; built with it."""
        if self._quote_output is None:
            self._quote_output = QuoteOutput(self._context, self._renderer, self.bill_page, self)
        return self._quote_output

    def _build_next(self) -> None:
        if self._usage_page is None:
            self._build_usage_page()
        elif self._bill_page is None:
            self._build_bill_page()
        elif self._unrehearsed:
            rehearse(self._unrehearsed.pop(0), self.pages.size())
        else:
            self._later.stop()

    def _build_usage_page(self) -> UsagePage:
        page = self._usage_page = UsagePage(self._context, self._renderer, self._style(), self)
        page.usage_awaited.connect(self._on_usage_awaited)
        page.usage_changed.connect(self._recompute)
        self.pages.insertTab(1, page, texts.PAGE_USAGE)
        self._unrehearsed.append(page)
        return page

    def _build_bill_page(self) -> BillPage:
        page = self._bill_page = BillPage(self._context, self._renderer, self._style(), self)
        page.options_changed.connect(self._recompute)
        page.help_requested.connect(self._help)
        self.usage_page.reading_began.connect(page.forget_customer)
        self.usage_page.reading_failed.connect(page.recall_customer)
        self.usage_page.replaced.connect(page.replace_customer)
        self._quote_output = QuoteOutput(self._context, self._renderer, page, self)
        self.pages.addTab(page, texts.PAGE_BILL)
        self._unrehearsed.append(page.full_view)
        return page

    def _style(self) -> ChartStyle:
        now = self._context.theme.colours
        return replace(DARK if now.is_dark else LIGHT, background=now.window, text=now.text, muted=now.muted, grid=now.line)

    def _restyle(self) -> None:
        style = self._style()
        self.usage_page.restyle(style)
        self.bill_page.restyle(style)

    # --- files let go anywhere on the tab ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes local files; that only one can be read is said when they are let go."""
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Reads the file that was let go here."""
        urls = event.mimeData().urls()
        event.acceptProposedAction()
        if len(urls) == 1:
            self.open_usage_file(Path(urls[0].toLocalFile()))
        else:
            self.strips.say(Message("info", texts.ONLY_ONE_FILE, key="drop"))

    def open_usage_file(self, path: Path) -> None:
        """Reads a customer's file, as if it had been dropped."""
        self.usage_page.open_file(path)
        self.pages.setCurrentWidget(self.usage_page)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_choice(self, choice: PlanChoice | None) -> None:
        before, self._choice = self._choice, choice
        if choice is not None and self.detail is not None and before is not None and asks_the_same(before, choice):
            self._recompute()  # the capacity of a plan whose prices do not depend on it
            return
        self.detail = None
        self._area_prices = ()
        self._detail_job.cancel()
        self._prices_job.cancel()
        self._withdraw_bill()
        if choice is None:
            if self.finder.is_busy:
                self._show_loading()
            else:
                self._show_nothing(self._lists_missing or texts.PICK_A_PLAN)
            return
        variable = choice.plan.plan_type is PlanType.VARIABLE_METERED
        if variable and choice.capacity is None:
            self._show_nothing(texts.CAPACITY_HINT, texts.GO_TO_CAPACITY)
            return
        self._show_loading()
        self._detail_job.run(
            LaneName.QUOTING,
            self._context.desk.quoting.plan_detail,
            choice.plan.epplan_id,
            choice.base.base_cd,
            choice.capacity if variable else None,
        )

    def _show_nothing(self, text: str, action_text: str = "") -> None:
        self.price_page.show_nothing(text, action_text)
        self.bill_page.show_empty(text, action_text)

    def _show_loading(self) -> None:
        self.price_page.show_nothing(texts.LOADING)
        self.bill_page.show_waiting(texts.LOADING)

    def _withdraw_bill(self) -> None:
        """The last figures do not count any more: nothing of them arrives late, and nothing of them goes on paper."""
        self._bill_job.cancel()
        self._server_job.cancel()
        self._question = None
        self.quote_output.forget()

    def _on_choice_awaited(self) -> None:
        self._withdraw_bill()
        if self.detail is not None and self.detail.plan_type is PlanType.VARIABLE_METERED:
            self.detail = None  # its prices depend on what is being typed
            self._show_loading()
        elif self.bill_page.bill is not None:
            self.bill_page.show_waiting(texts.COMPUTING)

    def _on_usage_awaited(self) -> None:
        self._withdraw_bill()
        if self.detail is not None or self.bill_page.bill is not None:
            self.bill_page.show_waiting(texts.COMPUTING)

    def _help(self) -> None:
        """The button of an empty page: to what is missing, the capacity or the usage."""
        choice = self._choice
        if choice is not None and choice.needs_capacity and choice.capacity is None:
            self.finder.focus_capacity()
        else:
            self.pages.setCurrentWidget(self.usage_page)
            self.usage_page.focus_first()

    def _on_detail(self, answer: Fetched[PlanDetail]) -> None:
        self._on_fetched(answer)
        choice = self._choice
        assert choice is not None  # noqa: S101 - the job is cancelled when the choice goes
        self.detail = answer.value
        area = area_of_quoting_code(choice.company.area_code)
        if answer.value.plan_type is PlanType.MARKET_LINKED and area is not None:
            self._prices_job.run(LaneName.QUOTING, self._context.desk.quoting.area_prices, area)
        self._show_sheet(())
        self._recompute()

    def _on_area_prices(self, answer: Fetched[tuple[AreaPriceMonth, ...]]) -> None:
        self._on_fetched(answer)
        self._prices_job.cancel()  # answered: a bill can be made now
        self._area_prices = answer.value
        self._show_sheet((area_price_section(answer.value, dates.moment(answer.fetched_at)),))
        self._recompute()

    def _show_sheet(self, more: Sequence[Section]) -> None:
        assert self._choice is not None  # noqa: S101 - comes with the detail
        assert self.detail is not None  # noqa: S101 - called with a detail only
        company, sections = self._choice.company, list(more)
        if self.detail.plan_type is PlanType.MARKET_LINKED:
            row = commission_row(company.commission, self._context.settings.enegaeru.commission_unit)
            sections.insert(0, Section(texts.COMMISSION, texts.HEAD_PAIR, (row,)))
        self.price_page.show_plan(company.name, self.detail, tuple(sections))

    def _recompute(self) -> None:
        self._withdraw_bill()
        usage, imported, detail, choice = self.usage_page.usage, self.usage_page.imported, self.detail, self._choice
        if detail is None or choice is None or self._prices_job.is_busy or self.usage_page.is_awaited:
            if self.bill_page.bill is not None:
                self.bill_page.show_waiting(texts.LOADING)
            return  # asked again when prices and usage are there
        if usage is None or imported is None:
            self.bill_page.show_empty(texts.PICK_USAGE if imported is None else texts.CHOOSE_GAP_RULE, texts.GO_TO_USAGE)
            return
        if choice.needs_capacity and choice.capacity is None:
            self.bill_page.show_empty(texts.CAPACITY_HINT, texts.GO_TO_CAPACITY)
            return
        self._question = BillQuestion(
            company=choice.company,
            base=choice.base,
            detail=detail,
            usage=usage,
            capacity=choice.capacity,
            area_prices=self._area_prices,
            no_fuels=self.bill_page.fuel_rule() is FuelRule.NONE,
            rounding=self.bill_page.rounding(),
            commission_unit=self._context.settings.enegaeru.commission_unit,
            estimated_months=estimated_months(usage, imported.usage),
        )
        self.bill_page.show_waiting(texts.COMPUTING)
        self._bill_job.run(LaneName.WORK, compute, self._context.desk, self._question)

    def _on_bills(self, bills: BothBills) -> None:
        question = self._question
        assert question is not None  # noqa: S101 - set before the job
        title = f"{question.company.name}　{question.detail.name}　{question.base.name}"
        self.bill_page.show_bill(title, bills.shown, bills.unrounded, estimated=question.estimated_months)
        self.bill_page.show_server_waiting()
        self.quote_output.show_question(question, bills.shown, self.usage_page.gap_rule())
        self._server_job.run(LaneName.QUOTING, ask_server, self._context.desk, question, bills.unrounded)

    def _on_bill_failed(self, error: object) -> None:
        self.bill_page.show_empty(said(error).text)

    def _on_server(self, answer: ServerAnswer) -> None:
        self.bill_page.show_server_bill(answer.bill, answer.words, answer.detail, agrees=answer.agrees)
        self.quote_output.show_server(answer)

    def _on_server_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self.bill_page.show_server_away(said(error).text)
        if said(error).help is Help.TAKE_OVER and all(message.key != "away" for message in self.strips.messages):
            self._server_help.tell(error)

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
        """The sheet stands; a bill cannot be made."""
        if not isinstance(error, Cancelled):
            self.bill_page.show_empty(said(error).text)
        self._server_help.tell(error)
