"""From a bill to paper: stores the quote, then writes the PDF, prints or previews it, all from the figures that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPicture
from PySide6.QtWidgets import QWidget

from denkidesk.desk.comparison import BillQuestion, ServerAnswer, beside_present
from denkidesk.desk.points_draft import Point
from denkidesk.domain.bills import Bill
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.ranking import Trial
from denkidesk.domain.subsidies import QuotedSubsidy
from denkidesk.jobs.job import Job, LaneName
from denkidesk.texts import tariffs as texts
from denkidesk.texts.dates import in_file_name
from denkidesk.texts.errors import said
from denkidesk.texts.paper import matched_words
from denkidesk.texts.points import POINT
from denkidesk.texts.quote import XLSX_FILTER
from denkidesk.texts.quote_facts import retailer_lines
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.paper import ask_save_path
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.quote.coverage import ask_about_letters, coverage
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.printing import PreviewDialog, print_pages, record
from denkidesk.ui.quote.sheet import written_texts
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.quote_draft import Letterhead, completed, contract_of, drafted, issued, kept, save_table

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class _Output:
    what: str  # "pdf", "xlsx", "print" or "preview"
    question: BillQuestion
    match: MatchedBill | None
    cautions: tuple[str, ...]
    customer: str
    supply_point: str  # masked
    present: BillQuestion | None = None  # the customer's plan now, where it is another one
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    output: _Output
    pages: list[QPicture]  # only a PDF leaves none


class QuoteOutput(QObject):
    """Works for the bill page. ``finished`` carries the path of a file that was written, or None after print and preview."""

    finished = Signal(object)
    changed = Signal()  # what the next paper is about

    def __init__(self, context: UiContext, page: BillPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._window = parent
        self._question: BillQuestion | None = None
        self._bill: Bill | None = None
        self._cautions: tuple[str, ...] = ()
        self._trial, self._trial_note = Trial(), ""
        self._server: ServerAnswer | None = None
        self._match: MatchedBill | None = None
        self._present: BillQuestion | None = None
        self._subsidies: tuple[QuotedSubsidy, ...] = ()
        self._making: list[Job[_Made]] = []
        page.save_pdf_requested.connect(self.ask_and_save)
        page.save_table_requested.connect(self.ask_and_save_table)
        page.print_requested.connect(self.print_quote)
        page.preview_requested.connect(self.preview)

    @property
    def is_busy(self) -> bool:
        """Whether a page is being made."""
        return bool(self._making)

    @property
    def pair(self) -> tuple[BillQuestion, BillQuestion] | None:
        """The customer's plan and the one that is billed, which may be the same, on one usage; None where nothing is billed."""
        question = self._question
        if question is None:
            return None
        present = self._present or question
        return replace(present, usage=question.usage, fuel=question.fuel), question

    def show_question(
        self, question: BillQuestion, bill: Bill, cautions: Sequence[str], trial: Trial | None = None, trial_note: str = ""
    ) -> None:
        """What the next paper is about. ``cautions``: what stands beside the sum on the screen; ``trial``: what was tried."""
        self._question, self._bill, self._cautions, self._server = question, bill, tuple(cautions), None
        self._trial, self._trial_note = trial or Trial(), trial_note
        self.changed.emit()

    def forget(self) -> None:
        """The figures on the screen are being replaced: nothing goes on paper until the new ones are there."""
        self._question = self._bill = self._server = None
        self.changed.emit()

    def show_server(self, answer: ServerAnswer) -> None:
        """Takes the server's answer, which the quote names."""
        self._server = answer

    def show_match(self, match: MatchedBill | None) -> None:
        """Takes the customer's paper bill that was matched, which the quote names; None: there is none any more."""
        self._match = match

    def show_present(self, present: BillQuestion | None) -> None:
        """Takes the customer's present plan: a quote of another one, and its pictures, set both side by side."""
        self._present = present
        self._page.pictures.show_present(present)

    def show_subsidies(self, ticked: tuple[QuotedSubsidy, ...]) -> None:
        """Takes what the clerk has ticked for the customer, which the quote names."""
        self._subsidies = ticked

    def point(self, name: str) -> Point | None:
        """What is billed as one of several supply points; None where nothing is. Raises InputRefused where its number is none."""
        question, bill = self._question, self._bill
        if question is None or bill is None or self._page.bill is None or self.pair is None:
            return None
        output = _Output("pdf", question, self._match, self._cautions, self._page.customer_name(), self._page.supply_point())
        draft = self._draft(output, bill, self._server)
        printed = "　".join(filter(None, (POINT.format(name=name), draft.supply_point)))
        return Point(name, self.pair[0], question, self._match, replace(draft, point_name=name, supply_point=printed))

    def ask_and_save(self) -> None:
        """Asks where to, then writes the PDF."""
        if self._question is None:
            return
        name = texts.PDF_NAME.format(date=in_file_name(now_jst().date()))
        if path := ask_save_path(self._window, self._context.ui_state, "quote_folder", texts.SAVE_PDF_TITLE, name):
            self.save_pdf(path)

    def ask_and_save_table(self) -> None:
        """Asks where to, then writes the workbook."""
        if self._question is None:
            return
        name = texts.XLSX_NAME.format(date=in_file_name(now_jst().date()))
        state = self._context.ui_state
        if path := ask_save_path(self._window, state, "quote_folder", texts.SAVE_XLSX_TITLE, name, XLSX_FILTER):
            self.save_table(path)

    def save_pdf(self, path: Path) -> None:
        self._make("pdf", path)

    def save_table(self, path: Path) -> None:
        self._make("xlsx", path)

    def print_quote(self) -> None:
        self._make("print")

    def preview(self) -> None:
        self._make("preview")

    def _make(self, what: str, path: Path | None = None) -> None:
        if self._question is None or self._bill is None or self._page.bill is None:
            return
        try:
            supply_point = self._page.supply_point()
        except InputRefused as refused:
            self._page.strips.say(Message("error", said(refused).text, key="paper"))
            self._page.point.setFocus()
            return
        present = beside_present(self._present, self._question, self._trial.capacity)
        output = _Output(what, self._question, self._match, self._cautions, self._page.customer_name(), supply_point, present, path)
        draft = self._draft(output, self._bill, self._server)
        go_on = partial(self._begin, output, draft)
        names = [] if present is None else [present.company.name, present.detail.name, contract_of(present)]
        found = coverage([*written_texts(draft), *names])
        if any(found) and what != "xlsx":
            ask_about_letters(self._window, found, go_on)
        else:
            go_on()

    def _begin(self, output: _Output, draft: QuoteSheet) -> None:
        # Heard of whatever the clerk does next: a quote that could not be saved must be told.
        job = self._context.jobs.run(LaneName.WORK, _store_and_make, self._context.desk, output, draft)
        self._making.append(job)
        job.then(self._on_made, self._on_failed).finished.connect(self._on_finished)

    def _draft(self, output: _Output, bill: Bill, server: ServerAnswer | None) -> QuoteSheet:
        matched = "" if output.match is None else matched_words(output.match)
        own = self._context.settings.desk
        lines = retailer_lines(own.company_address, own.company_phone, own.company_person)
        head = Letterhead(own.company_name, lines, output.customer, output.supply_point, self._context.practice, matched)
        sheet = drafted(output.question, bill, output.cautions, server, head)
        return replace(sheet, subsidies=self._subsidies, trial_note=self._trial_note)

    def _on_made(self, made: _Made) -> None:
        output, pages = made.output, made.pages
        if output.path is not None:
            self._page.strips.say(Message("ok", texts.SAVED_PDF.format(name=output.path.name), key="paper"))
            self.finished.emit(output.path)
        elif output.question is not self._question:
            return  # another plan or customer is on the screen by now: the last one's page must not come up in front of it
        else:
            if output.what == "preview":
                PreviewDialog(pages, self._window).open()
            elif print_pages(self._window, pages):
                self._page.strips.say(Message("ok", texts.PRINTED, key="paper"))
            self.finished.emit(None)

    def _on_finished(self) -> None:
        self._making = [job for job in self._making if not job.is_finished]

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            what = said(error)
            self._page.strips.say(Message("error", what.text, key="paper", detail=what.detail))


def _store_and_make(desk: "Desk", output: _Output, draft: QuoteSheet) -> _Made:
    """The quote is in the books before it is on paper: a number on paper can always be opened again. A preview has no number yet."""
    from denkidesk.desk.fuel_rules import under_rule

    question, path = output.question, output.path
    match = output.match
    if match is not None and output.customer and output.customer != match.customer:
        match = replace(match, customer=output.customer)  # whose bill it is was not known yet
        desk.paper.accept(match)
    sheet = issued(completed(desk, draft, question, output.present))
    if output.what != "preview":
        beside = output.present if sheet.present is not None else None
        plans = (question,) if beside is None else (question, under_rule(desk, beside))
        sheet = replace(sheet, number=kept(desk, sheet, question.usage, match, [one.quoted() for one in plans]))
    if path is None:
        return _Made(output, record(sheet))
    if output.what == "xlsx":
        save_table(desk, sheet.number, path)
    else:
        write_pdf(path, sheet)
    return _Made(output, [])
