"""請求書: the customer's paper bill is typed, rebuilt, and accepted as matched."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from denkidesk.desk.paper_question import LoadedPlan, PaperQuestion, Rebuilt, load_plan, rebuild, whole_kwh
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.paper_bills import Period, Supplement
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.usage import Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.bill import fault_sentence, yen
from denkidesk.texts.errors import said
from denkidesk.texts.tariffs import COMPUTING, LOADING
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.tab_pages import parent_of_pages
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.known_prices import KnownPrices
from denkidesk.ui.tariffs.match_view import MatchView
from denkidesk.ui.tariffs.page_frame import FramedPages, PageFrame
from denkidesk.ui.tariffs.paper_fields import base_of_size
from denkidesk.ui.tariffs.paper_form import PaperForm
from denkidesk.ui.tariffs.periods_view import PeriodsView
from denkidesk.ui.tariffs.place_picker import PlacePicker
from denkidesk.ui.tariffs.price_history import PriceHistory

_FORM_WIDTH = 392


class PaperPage(InParts, QWidget):
    """``matched``: the MatchedBill that is now a fact of the customer, or None where there is none any more."""

    matched = Signal(object)

    def __init__(
        self, context: UiContext, place: PlacePicker, bill_page: BillPage, parent: QWidget | None = None, *, in_turns: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._bill_page = bill_page  # where the customer's name is typed
        self._usage: Usage | None = None
        self._asked: tuple[object, ...] = ()  # what the plan that is loaded was asked for
        self._loaded: LoadedPlan | None = None
        self._rebuilt: Rebuilt | None = None
        self._is_entered = False  # the yen are there, and nothing was typed since
        self.match: MatchedBill | None = None
        self._load_job = LatestJob(context.jobs, self, self._on_loaded, self._on_load_failed)
        self._match_job = LatestJob(context.jobs, self, self._on_rebuilt, self._on_match_failed)
        self.strips = Strips(self)
        self.begin(self._build(place), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked for, fetched or computed."""
        if self._history.is_building or self._periods.is_building:
            return True
        parts = (self.form.search, self._load_job, self._match_job)
        return any(part.is_busy for part in parts) or (self._periods.is_built and self.periods.is_busy)

    def shut_down(self) -> None:
        """Gives up every question."""
        self.form.search.shut_down()
        for frame in (self._periods, self._history):
            frame.stop()
        if self._periods.is_built:
            self.periods.shut_down()
        for job in (self._load_job, self._match_job):
            job.cancel()

    def show_usage(self, usage: Usage | None) -> None:
        """Another usage, perhaps another customer's: a match stays only where the usage has the bill's own kWh.

        What is typed goes where the usage before had its kWh and this one has not: it is the bill of another customer, or of another year.
        """
        question = None if usage is None else self.form.question()
        others = question is not None and self._has_kwh_of(self._usage, question) and not self._has_kwh_of(usage, question)
        self._usage = usage
        match = self.match
        if match is not None and usage is not None and not self._holds(usage, match):
            self._forget_match()
            words = texts.FORGOTTEN.format(month=dates.written(match.bill.period.bill_month), yen=yen(match.bill.yen))
            self.strips.say(Message("info", words, key="match"))
        if others:
            self._clear_form()
        self._show_plan()
        self._compute()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self, place: PlacePicker) -> Iterator[None]:
        area = FittedPage(self)
        area.setFixedWidth(_FORM_WIDTH)
        body = QWidget(area.viewport())
        yield
        self.form = PaperForm(self._context, place, body)
        yield
        self.known = KnownPrices(self._context, self.strips, self)
        VBox(body, margins=(SPACE_L, SPACE_M, SPACE_M, SPACE_M), spacing=SPACE_S).add(
            self.form, Gap(SPACE_S), (self.known.button, 0, Qt.AlignmentFlag.AlignLeft), Stretch()
        )
        self.tabs = FramedPages(self, documentMode=True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setProperty("kind", "narrow")  # three stand beside what is typed in the smallest window
        yield
        self.view = MatchView(self._context, parent_of_pages(self.tabs), in_turns=True)
        while self.view.build_next():
            yield
        self.view.accepted.connect(self._accept)
        self.tabs.addTab(self.view, texts.MATCH_TAB)
        yield
        of_tabs = parent_of_pages(self.tabs)
        self._periods = PageFrame(of_tabs, partial(PeriodsView, self._context), self._join_periods)
        self.tabs.addTab(self._periods, texts.PERIODS_TAB)
        self._history = PageFrame(of_tabs, partial(PriceHistory, self._context), self._join_history)
        self.tabs.addTab(self._history, texts.HISTORY_TAB)
        yield
        right = VBox(margins=0, spacing=0).add((self.known, 1), (self.tabs, 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(area)
        row.addLayout(right, 1)
        area.set_body(body)
        self.form.contract_changed.connect(self._load)
        self.form.changed.connect(self._withdraw)
        self.form.changed.connect(self._compute)
        self.known.changed.connect(self._reload)
        self.known.opened.connect(self.tabs.hide)
        self.known.closed.connect(self.tabs.show)
        self.known.closed.connect(self._on_known_closed)
        self.form.entered.connect(self._on_entered)
        self.form.changed.connect(self._on_typed)

    @property
    def periods(self) -> PeriodsView:
        """The second tab, the bills of all reading periods, built by now."""
        return self._periods.page

    @property
    def history(self) -> PriceHistory:
        """The third tab, the plan's fuel prices; likewise."""
        return self._history.page

    def _join_periods(self, view: PeriodsView) -> None:
        view.stand_in_asked.connect(self.known.stand_in)
        view.show_question(*self._asked_of_periods())

    def _join_history(self, view: PriceHistory) -> None:
        view.chosen.connect(self.known.edit_price)
        view.erased.connect(self.known.erase)
        view.show_plan(self._loaded)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        found, size = self.form.search.found, self.form.contract_size()
        base = None if found is None else base_of_size(found[1], size)
        if found is None or base is None:
            self._asked, self._loaded = (), None
            self._load_job.cancel()
            self._show_plan()
            return
        asked = (*found, base, size)
        if asked == self._asked:
            self._show_plan()
            return
        self._asked, self._loaded = asked, None
        self._show_plan()
        self._load_job.run(LaneName.QUOTING, load_plan, self._context.desk, *found, base, size)

    def _reload(self) -> None:
        """What is known of prices has changed."""
        self._asked = ()
        self._load()

    def _on_loaded(self, loaded: LoadedPlan) -> None:
        self._loaded = loaded
        self._show_plan()
        self._compute()

    def _on_load_failed(self, error: object) -> None:
        self._asked = ()
        if not isinstance(error, Cancelled):
            self.view.show_nothing(said(error).text, "error")

    def _show_plan(self) -> None:
        """Which bands are asked for, and what the other places need of the plan."""
        period, loaded = self.form.period(), self._loaded
        self.known.show_plan(loaded, "" if period is None else period.bill_month)
        if self._history.is_built and (loaded is not None or not self._asked):  # being loaded anew the list stays, with the cursor in it
            self.history.show_plan(loaded)
        names: tuple[str, ...] = ()
        if loaded is not None and period is not None and self._kwh_of_file() is None:
            names = self._context.desk.paper.band_names(loaded.detail, period)
        self.form.ask_for_bands(names)
        if self._periods.is_built:
            self.periods.show_question(*self._asked_of_periods())

    def _asked_of_periods(self) -> tuple[LoadedPlan | None, Usage | None, BillOptions, Period | None]:
        loaded = self._loaded
        unit = self._context.settings.enegaeru.commission_unit
        options = BillOptions() if loaded is None else loaded.options(self.form.contract_size(), unit)
        own = self.form.own_terms()
        if loaded is not None and own is not None:
            loaded = loaded.of_customer(own)
        return loaded, self._usage, options, self.form.period()

    def _kwh_of_file(self) -> Decimal | None:
        period, own = self.form.period(), self.form.own_terms()
        if self._usage is None or period is None or own is None:
            return None
        return self._context.desk.paper.kwh_in(self._usage, period, own.added_to(Supplement()))

    def _withdraw(self) -> None:
        """What stands at the right is no answer to what is typed now."""
        self._match_job.cancel()
        self._rebuilt = None
        self.view.show_nothing(texts.PROMPT)
        self._forget_match()

    def _compute(self) -> None:
        question, loaded = self.form.question(), self._loaded
        of_file = self._kwh_of_file()
        usage = self._usage
        if of_file is None:
            self.form.say_of_file("")
        elif question is not None:
            same = abs(whole_kwh(of_file) - question.total_kwh) <= max(1, len(question.kwh) if isinstance(question.kwh, tuple) else 1)
            words = texts.SAME_PERIOD if same else texts.OTHER_KWH
            self.form.say_of_file(words.format(kwh=f"{of_file:,.1f}", whole=f"{whole_kwh(of_file):,f}"), "ok" if same else "warn")
            usage = usage if same else None
        if question is None:
            return
        if loaded is None:
            self.view.show_nothing(LOADING)
            return
        if self.match is not None:
            return  # accepted: the same bill is not asked again
        self.view.show_nothing(COMPUTING)
        hours = usage if of_file is not None else None
        unit = self._context.settings.enegaeru.commission_unit
        self._match_job.run(LaneName.WORK, rebuild, self._context.desk, loaded, question, hours, unit)

    def _on_rebuilt(self, rebuilt: Rebuilt) -> None:
        self._rebuilt = rebuilt
        fuel, source = rebuilt.match.fuel, ""
        if rebuilt.price is not None:
            source = texts.FUEL_SOURCE.format(
                month=dates.written(fuel.bill_month),
                per_kwh=yen(fuel.per_kwh, 2),
                fixed=texts.FUEL_SOURCE_FIXED.format(fixed=yen(fuel.fixed, 2)) if fuel.fixed else "",
                subsidy=texts.FUEL_SOURCE_SUBSIDY.format(subsidy=f"{fuel.subsidy:f}") if fuel.subsidy else "",
                source=texts.price_source(rebuilt.price),
            )
        self.view.show_match(rebuilt.match, rebuilt.bill, source, [fault_sentence(fault) for fault in rebuilt.faults])

    def _on_match_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            return
        self.view.show_nothing(said(error).text, "error")
        asked = self.tabs.currentWidget() is self.view
        if asked and isinstance(error, InputRefused) and any(fault.code == PaperCode.FUEL_MISSING for fault in error.faults):
            if not self.known.asks_for_price:
                self.known.ask_for_price()
            if self._is_entered:
                self.known.price.focus_first()

    def _on_known_closed(self) -> None:
        """The cursor goes back to where it was asked for: the list of prices, or the form unless it is there already."""
        if self._history.is_built and self.tabs.currentWidget() is self.history:
            self.history.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        focused = self.focusWidget()
        if focused is None or not self.form.isAncestorOf(focused):
            self.form.focus_yen()

    def _on_entered(self) -> None:
        """Enter after the yen: on to the price that nobody knows, if there is one, now or when it is found to be missing."""
        self._is_entered = True
        if self.known.asks_for_price:
            self.known.price.focus_first()

    def _on_typed(self) -> None:
        self._is_entered = False

    def _accept(self) -> None:
        rebuilt = self._rebuilt
        if rebuilt is None or self._loaded is None:
            return
        trials = rebuilt.match.explaining
        company, ours = self._loaded.company.name, rebuilt.match.ours.parts.charge
        self.match = MatchedBill(company, rebuilt.bill, ours, trials[0] if trials else None, self._bill_page.customer_name())
        self.view.show_accepted()
        # heard of whatever the clerk does next
        self._context.jobs.run(LaneName.STORE, self._context.desk.paper.accept, self.match).then(self._on_kept, self._on_not_kept)
        self.matched.emit(self.match)

    def _on_kept(self, _nothing: object) -> None:
        self.strips.say(Message("ok", texts.ACCEPTED_NOTE, key="match"))

    def _on_not_kept(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self.strips.say(Message("error", said(error).text, key="match", detail=said(error).detail))

    def _forget_match(self) -> None:
        if self.match is not None:
            self.match = None
            self.matched.emit(None)

    def _clear_form(self) -> None:
        typed = self.form.typed()
        self.form.put_in({})
        self.strips.say(Message("info", texts.BILL_CLEARED, texts.BILL_BACK, lambda: self.form.put_in(typed), key="bill"))

    def _has_kwh_of(self, usage: Usage | None, question: PaperQuestion) -> bool:
        if usage is None:
            return False
        kwh = self._context.desk.paper.kwh_in(usage, question.period, question.own.added_to(Supplement()))
        return kwh is not None and abs(whole_kwh(kwh) - question.total_kwh) <= 1

    def _holds(self, usage: Usage, match: MatchedBill) -> bool:
        kwh = self._context.desk.paper.kwh_in(usage, match.bill.period, match.bill.supplement)
        typed = match.bill.kwh
        total = typed if isinstance(typed, Decimal) else sum((one for _, one in typed or ()), Decimal(0))
        return kwh is not None and abs(whole_kwh(kwh) - total) <= 1
