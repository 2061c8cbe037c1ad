"""From a bill to paper: stores the quote, then writes the PDF, prints or previews it, all from the figures that were shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPicture
from PySide6.QtWidgets import QFileDialog, QWidget

from denkidesk.desk.quoting import engine_version
from denkidesk.domain.bills import Bill
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.jobs.job import Job, LaneName
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import warning_lines
from denkidesk.texts.dates import in_file_name
from denkidesk.texts.errors import said
from denkidesk.ui.charts.canvas import ChartRenderer
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.quote.coverage import ask_about_letters, coverage
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.printing import PreviewDialog, print_picture, record
from denkidesk.ui.quote.sheet import QuoteSheet, written_texts
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.computing import BillQuestion, ServerAnswer, assumed_words

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

VALID_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class _Output:
    what: str  # "pdf", "print" or "preview"
    question: BillQuestion
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    output: _Output
    picture: QPicture | None  # only a PDF leaves none


class QuoteOutput(QObject):
    """Works for the bill page. ``finished`` carries the path of a PDF that was written, or None after print and preview."""

    finished = Signal(object)

    def __init__(self, context: UiContext, renderer: ChartRenderer, page: BillPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._renderer = renderer
        self._page = page
        self._window = parent
        self._question: BillQuestion | None = None
        self._bill: Bill | None = None
        self._gap_rule = ""
        self._server: ServerAnswer | None = None
        self._making: list[Job[_Made]] = []
        page.save_pdf_requested.connect(self.ask_and_save)
        page.print_requested.connect(self.print_quote)
        page.preview_requested.connect(self.preview)

    @property
    def is_busy(self) -> bool:
        """Whether a page is being made."""
        return bool(self._making)

    def show_question(self, question: BillQuestion, bill: Bill, gap_rule: str) -> None:
        """What the next paper is about."""
        self._question, self._bill, self._gap_rule, self._server = question, bill, gap_rule, None

    def forget(self) -> None:
        """The figures on the screen are being replaced: nothing goes on paper until the new ones are there."""
        self._question = self._bill = self._server = None

    def show_server(self, answer: ServerAnswer) -> None:
        """Takes the server's answer, which the quote names."""
        self._server = answer

    def ask_and_save(self) -> None:
        """Asks where to, then writes the PDF."""
        if self._question is None:
            return
        folder = Path(self._context.ui_state.text("quote_folder") or Path.home())
        suggested = folder / texts.PDF_NAME.format(date=in_file_name(now_jst().date()))
        name, _filter = QFileDialog.getSaveFileName(self._window, texts.SAVE_PDF_TITLE, str(suggested), texts.PDF_FILTER)
        if name:
            path = Path(name)
            self._context.ui_state.put("quote_folder", str(path.parent))
            self.save_pdf(path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf"))

    def save_pdf(self, path: Path) -> None:
        self._make("pdf", path)

    def print_quote(self) -> None:
        self._make("print")

    def preview(self) -> None:
        self._make("preview")

    def _make(self, what: str, path: Path | None = None) -> None:
        if self._question is None or self._bill is None or self._page.bill is None:
            return
        output = _Output(what, self._question, path)
        draft = partial(self._sheet_of, self._question, self._bill, self._server, self._gap_rule, self._page.customer_name())
        go_on = partial(self._begin, output, self._bill, draft)
        found = coverage(written_texts(draft("")))
        if any(found):
            ask_about_letters(self._window, found, go_on)
        else:
            go_on()

    def _begin(self, output: _Output, bill: Bill, draft: Callable[[str], QuoteSheet]) -> None:
        # Heard of whatever the clerk does next: a quote that could not be saved must be told.
        job = self._context.jobs.run(LaneName.WORK, _store_and_make, self._context.desk, output, bill, self._renderer, draft)
        self._making.append(job)
        job.then(self._on_made, self._on_failed).finished.connect(self._on_finished)

    def _sheet_of(
        self, question: BillQuestion, bill: Bill, server: ServerAnswer | None, gap_rule: str, customer: str, number: str
    ) -> QuoteSheet:
        today = now_jst().date()
        detail = question.detail
        contract = question.base.name
        if question.capacity is not None:
            contract = f"{contract} {question.capacity:f} {detail.capacity_unit}".strip()
        return QuoteSheet(
            number=number,
            issued_on=today,
            valid_until=today + timedelta(days=VALID_DAYS),
            customer_name=customer,
            retailer_name=self._context.settings.desk.company_name,
            company_name=question.company.name,
            plan_name=detail.name,
            contract=contract,
            bill=bill,
            usage_first=question.usage.days[0].day,
            usage_last=question.usage.days[-1].day,
            usage_source=question.usage.source,
            usage_estimated=question.usage.estimated,
            estimated_months=question.estimated_months,
            plan_type=detail.plan_type,
            levy_unit=detail.levy_yen_per_kwh,
            tariff_source=detail.source,
            warnings=tuple(sentence for _, sentence in warning_lines(bill)),
            gap_rule=texts.GAP_RULES.get(gap_rule, ""),
            server_difference_yen=None if server is None else (Decimal(0) if server.agrees else server.difference_yen),
            server_difference_reason="" if server is None else server.reason,
            assumed="" if server is None or server.agrees or not bill.assumed else assumed_words(bill.assumed),
            engine_version=engine_version(),
            practice=self._context.practice,
        )

    def _on_made(self, made: _Made) -> None:
        output, picture = made.output, made.picture
        if output.path is not None:
            self._page.strips.say(Message("ok", texts.SAVED_PDF.format(name=output.path.name), key="paper"))
            self.finished.emit(output.path)
        elif picture is None or output.question is not self._question:
            return  # another plan or customer is on the screen by now: the last one's page must not come up in front of it
        else:
            if output.what == "preview":
                PreviewDialog(picture, self._window).open()
            elif print_picture(self._window, picture):
                self._page.strips.say(Message("ok", texts.PRINTED, key="paper"))
            self.finished.emit(None)

    def _on_finished(self) -> None:
        self._making = [job for job in self._making if not job.is_finished]

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            what = said(error)
            self._page.strips.say(Message("error", what.text, key="paper", detail=what.detail))


def _store_and_make(desk: "Desk", output: _Output, bill: Bill, renderer: ChartRenderer, draft: Callable[[str], QuoteSheet]) -> _Made:
    """The quote is in the books before it is on paper: a number on paper can always be opened again."""
    question, path = output.question, output.path
    number = desk.quoting.save_quote(question.detail.name, question.detail, question.usage, question.options(bill.rounding), bill)
    sheet = draft(number)
    made: list[QPicture] = []
    renderer.on_paper(lambda: write_pdf(path, sheet) if path is not None else made.append(record(sheet)))
    return _Made(output, made[0] if made else None)
