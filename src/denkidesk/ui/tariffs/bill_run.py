"""One question's bill: ours, then the server's, on the bill page and ready for the quote."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.desk.comparison import BillQuestion, BothBills, ServerAnswer, ask_server, compute
from denkidesk.domain.bills import FuelRule
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.ranking import Trial
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts.bill import beside_the_sum, fuel_of_plan
from denkidesk.texts.errors import said
from denkidesk.texts.quote_facts import trial_note
from denkidesk.texts.ranking import tried_words
from denkidesk.texts.tariffs import COMPUTING, SERVER_TAKES_LATEST
from denkidesk.ui.context import UiContext
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.quote_output import QuoteOutput
from denkidesk.ui.tariffs.trial_row import TrialRow
from denkidesk.ui.tariffs.usage_facts import cautions_of

_REST_MS: Final = 300


class BillRun(QObject):
    """``server_failed`` carries why the server gave no figure. The pages are asked for when there is something to show on them."""

    server_failed = Signal(object)

    def __init__(
        self, context: UiContext, bill_page: Callable[[], BillPage], quote_output: Callable[[], QuoteOutput], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._bill_page, self._quote_output = context, bill_page, quote_output
        self._question: BillQuestion | None = None  # as it was asked, on the usage as measured
        self._sliders: TrialRow | None = None
        self._trial, self._trial_note = Trial(), ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._bill_job = LatestJob(context.jobs, self, self._on_bills, self._on_bill_failed)
        self._server_job = LatestJob(context.jobs, self, self._on_server, self._on_server_failed)

    @property
    def is_busy(self) -> bool:
        """Whether one of the two is awaited, or a slider's rest."""
        return self._bill_job.is_busy or self._server_job.is_busy or self._rest.isActive()

    def cancel(self) -> None:
        """Nothing of the last question arrives any more."""
        self._rest.stop()
        self._bill_job.cancel()
        self._server_job.cancel()
        self._question = None

    def run(self, question: BillQuestion) -> None:
        """Computes on a lane, on what the sliders try: the quote says the same as the list of plans."""
        self._question = question
        if (row := self._sliders) is not None:
            self._trial, self._trial_note = row.trial, trial_note(tried_words(row.trial, row.unit))
        self._bill_job.run(LaneName.WORK, compute, self._context.desk, replace(question, trial=self._trial))

    def follow(self, sliders: TrialRow) -> None:
        """Computes anew wherever they come to rest."""
        self._sliders = sliders
        sliders.changed.connect(self._rest.start)

    def _on_rest(self) -> None:
        question = self._question
        if question is None or self._sliders is None or self._sliders.trial == self._trial:
            return
        self._server_job.cancel()
        self._quote_output().forget()
        self._bill_page().show_waiting(COMPUTING)
        self.run(question)

    def _on_bills(self, bills: BothBills) -> None:
        asked, question, page = self._question, bills.question, self._bill_page()
        assert asked is not None  # noqa: S101 - set before the job
        cautions = (*cautions_of(question.usage, question.as_of), *beside_the_sum(bills.shown, bills.period, bills.dearest, bills.cheapest))
        if typed := fuel_of_plan(question.fuel, question.detail.epplan_id):
            cautions = (*cautions, typed)
        if question.fuel.rule in (FuelRule.OWN_MONTH, FuelRule.TYPED):
            cautions = (*cautions, SERVER_TAKES_LATEST)
        on_screen = tuple(filter(None, (self._trial_note, *cautions)))
        page.show_bill(question, bills.shown, on_screen, self._trial.capacity)
        page.show_server_waiting()
        self._quote_output().show_question(question, bills.shown, cautions, self._trial, self._trial_note)
        of_server = replace(question, detail=asked.detail)
        self._server_job.run(LaneName.QUOTING, ask_server, self._context.desk, of_server, bills.unrounded)

    def _on_bill_failed(self, error: object) -> None:
        page = self._bill_page()
        is_of_fuel = isinstance(error, InputRefused) and any(fault.field == "fuel" for fault in error.faults)
        (page.show_refused if is_of_fuel else page.show_empty)(said(error).text)

    def _on_server(self, answer: ServerAnswer) -> None:
        self._bill_page().show_server_bill(answer)
        self._quote_output().show_server(answer)

    def _on_server_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._bill_page().show_server_away(said(error).text)
        self.server_failed.emit(error)
