"""料金・見積: assembles finder and pages, and asks the desk when something has changed. Decides nothing about yen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.bills import FuelRule
from denkidesk.domain.errors import Cancelled, DeskError
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail, PlanType
from denkidesk.domain.usage import Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.charts.style import DARK, LIGHT, ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.computing import BillQuestion, BothBills, ServerAnswer, ask_server, compute
from denkidesk.ui.tariffs.finder import PlanChoice, PlanFinder
from denkidesk.ui.tariffs.paper import QuotePaper
from denkidesk.ui.tariffs.price_page import PricePage
from denkidesk.ui.tariffs.usage_page import UsagePage
from denkidesk.ui.texts import tariffs as texts


class TariffsTab(QWidget):
    """The third tab of the main window."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._renderer = context.charts
        self._choice: PlanChoice | None = None
        self._detail: PlanDetail | None = None
        self._area_prices: tuple[AreaPriceMonth, ...] = ()
        self._asked_once = False
        self._detail_job = _listening(LatestJob(context.jobs, self), self._on_detail, self._on_failed)
        self._prices_job = _listening(LatestJob(context.jobs, self), self._on_area_prices, self._on_failed)
        self._bill_job = _listening(LatestJob(context.jobs, self), self._on_bills, self._on_bill_failed)
        self._server_job = _listening(LatestJob(context.jobs, self), self._on_server, self._on_server_failed)
        self._question: BillQuestion | None = None
        self._build()
        context.theme.changed.connect(self._restyle)

    # --- what the shell calls ---------------------------------------------------------------------------------------

    def activated(self) -> None:
        """The tab came to the front: the first time, the retailers of the usual area are asked for."""
        if not self._asked_once:
            self._asked_once = True
            self.finder.reload()

    def refresh(self) -> None:
        """F5: asks the server again."""
        self._asked_once = True
        self.finder.reload()

    def print_quote(self) -> None:
        """Ctrl+P."""
        self.paper.print_quote()

    def shut_down(self) -> None:
        """Gives up every open question."""
        for job in (self._detail_job, self._prices_job, self._bill_job, self._server_job):
            job.cancel()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being fetched, computed or drawn."""
        jobs = (self._detail_job, self._prices_job, self._bill_job, self._server_job)
        return not (any(job.is_busy for job in jobs) or self.finder.is_busy or self.usage_page.is_busy or self.paper.is_busy)

    @property
    def detail(self) -> PlanDetail | None:
        """The plan whose sheet is shown."""
        return self._detail

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        style = self._style()
        self.finder = PlanFinder(self._context, self)
        self.finder.choice_changed.connect(self._on_choice)
        self.finder.failed.connect(self._on_failed)
        self.finder.fetched.connect(self._on_fetched)
        self.price_page = PricePage(self._context, self)
        self.usage_page = UsagePage(self._context, self._renderer, style, self)
        self.usage_page.usage_changed.connect(self._on_usage)
        self.bill_page = BillPage(self._context, self._renderer, style, self)
        self.bill_page.options_changed.connect(self._recompute)
        self.paper = QuotePaper(self._context, self._renderer, self.bill_page, self)
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        for page, words in ((self.price_page, texts.PAGE_PRICES), (self.usage_page, texts.PAGE_USAGE), (self.bill_page, texts.PAGE_BILL)):
            self.pages.addTab(page, words)
        self.strips = Strips(self._context.icons, texts.CLOSE, self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.finder)
        splitter.addWidget(self.pages)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([320, 900])
        self.finder.setMinimumWidth(280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self.strips)
        layout.addWidget(splitter, 1)

    def _style(self) -> ChartStyle:
        colours = self._context.theme.colours
        base = DARK if colours.is_dark else LIGHT
        return replace(base, background=colours.window, text=colours.text, muted=colours.muted, grid=colours.line)

    def _restyle(self) -> None:
        style = self._style()
        self.usage_page.restyle(style)
        self.bill_page.restyle(style)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_choice(self, choice: PlanChoice | None) -> None:
        self._choice = choice
        self._detail = None
        self._bill_job.cancel()
        self._server_job.cancel()
        if choice is None:
            self._detail_job.cancel()
            self.price_page.show_nothing()
            self.bill_page.show_empty(texts.PICK_A_PLAN)
            return
        variable = choice.plan.plan_type is PlanType.VARIABLE_METERED
        if variable and choice.capacity is None:
            self._detail_job.cancel()
            self.price_page.show_nothing()
            self.bill_page.show_empty(texts.CAPACITY_HINT)
            return
        self._detail_job.run(
            LaneName.QUOTING,
            self._context.desk.quoting.plan_detail,
            choice.plan.epplan_id,
            choice.base.base_cd,
            choice.capacity if variable else None,
        )

    def _on_detail(self, answer: Fetched[PlanDetail]) -> None:
        self._on_fetched(answer)
        self._detail = answer.value
        assert self._choice is not None  # noqa: S101 - the job is cancelled when the choice goes
        self.price_page.show_plan(self._choice.company.name, answer.value)
        self._area_prices = ()
        area = area_of_quoting_code(self._choice.company.area_code)
        if answer.value.plan_type is PlanType.MARKET_LINKED and area is not None:
            self._prices_job.run(LaneName.QUOTING, self._context.desk.quoting.area_prices, area)
        else:
            self._prices_job.cancel()
            self._recompute()

    def _on_area_prices(self, answer: Fetched[tuple[AreaPriceMonth, ...]]) -> None:
        self._on_fetched(answer)
        self._area_prices = answer.value
        self._recompute()

    def _on_usage(self, _usage: Usage | None) -> None:
        self._recompute()

    def _recompute(self) -> None:
        self._server_job.cancel()
        usage, detail, choice = self.usage_page.usage, self._detail, self._choice
        if detail is None or choice is None:
            return
        if usage is None:
            self._bill_job.cancel()
            self.bill_page.show_empty(texts.PICK_USAGE if self.usage_page.imported is None else texts.CHOOSE_GAP_RULE)
            return
        if choice.needs_capacity and choice.capacity is None:
            self._bill_job.cancel()
            self.bill_page.show_empty(texts.CAPACITY_HINT)
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
        )
        self._bill_job.run(LaneName.WORK, compute, self._context.desk, self._question)

    def _on_bills(self, bills: BothBills) -> None:
        question = self._question
        assert question is not None  # noqa: S101 - set before the job
        self.bill_page.strips.clear()
        for warning in bills.shown.warnings:
            self.bill_page.strips.say(Message("warn", texts.BILL_WARNINGS.get(warning, warning)))
        title = f"{question.company.name}　{question.detail.name}　{question.base.name}"
        self.bill_page.show_bill(title, bills.shown, bills.unrounded, estimated=question.usage.estimated)
        self.bill_page.show_server_waiting()
        self.paper.show_question(question, bills.shown, self.usage_page.gap_rule())
        self._server_job.run(LaneName.QUOTING, ask_server, self._context.desk, question, bills.unrounded)

    def _on_bill_failed(self, error: object) -> None:
        self.bill_page.show_empty(_words(error))

    def _on_server(self, answer: ServerAnswer) -> None:
        self.bill_page.show_server_bill(answer.bill, answer.words, agrees=answer.agrees)
        self.paper.show_server(answer)

    def _on_server_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self.bill_page.show_server_away(texts.SERVER_AWAY.format(reason=_words(error)))

    def _on_fetched(self, answer: Fetched[Any]) -> None:
        if not answer.from_store:
            self.strips.clear("away")
            return
        age = texts.age(answer.fetched_at)
        reason = "" if answer.error is None else _words(answer.error)
        self.strips.say(Message("warn", texts.FROM_STORE.format(age=age), texts.RETRY, self.refresh, key="away", detail=reason))

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self.strips.say(Message("error", _words(error), texts.RETRY, self.refresh, key="away"))

    def open_usage_file(self, path: Path) -> None:
        """Reads a customer's file, as if it had been dropped."""
        self.usage_page.open_file(path)
        self.pages.setCurrentWidget(self.usage_page)


def _listening(job: LatestJob, on_success: object, on_failure: object) -> LatestJob:
    job.succeeded.connect(on_success)
    job.failed.connect(on_failure)
    return job


def _words(error: object) -> str:
    if isinstance(error, DeskError):
        from denkidesk.ui.texts.errors import error_message

        text, detail = error_message(error)
        return f"{text} {detail}".strip()
    return texts.UNEXPECTED
