"""The paper bill of every reading period that the usage holds: by the day of the month on which the meter is read, or by dates."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from denkidesk.desk.paper import newest_known
from denkidesk.desk.paper_question import LoadedPlan
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.paper_bills import PaperBill, Period
from denkidesk.domain.typed_numbers import decimal_of
from denkidesk.domain.usage import Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.bill import warning_lines
from denkidesk.texts.errors import said
from denkidesk.texts.tariffs import COMPUTING, DOUBTS
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.paper_fields import past_day
from denkidesk.ui.tariffs.paper_rows import period_rows
from denkidesk.ui.tariffs.paper_table import TextTable


class PeriodsView(QWidget):
    """Computes anew whenever plan, usage or readings are others.

    ``stand_in_asked``: the newest price is to stand in for these bill months, of which none is known.
    """

    stand_in_asked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plan: LoadedPlan | None = None
        self._usage: Usage | None = None
        self._options = BillOptions()
        self._job = LatestJob(context.jobs, self, self._on_bills, self._on_failed)
        area = FittedPage(self)
        page = QWidget(area.viewport())
        self.readings = QLineEdit(page)
        self.readings.setAcceptDrops(False)
        self.readings.returnPressed.connect(self._compute)
        self.readings.editingFinished.connect(self._compute)
        self._note = PlainLabel("", page, tone="muted", wrap=True)
        self._unknown: list[str] = []
        self.stand_in = QPushButton(page)
        self.stand_in.clicked.connect(lambda: self.stand_in_asked.emit(list(self._unknown)))
        self.doubts = NoticeBox(context.icons, "warn", DOUBTS, page)
        self.table = TextTable(texts.HEAD_PERIODS[-1], texts.HEAD_PERIODS, (0, 1), 1, page, least=40)
        self._sources = PlainLabel("", page, tone="muted", scale=0.9, wrap=True, selectable=True)
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            HBox().add(label_of(self.readings, texts.READINGS, page), (self.readings, 1)),
            PlainLabel(texts.READINGS_HINT, page, tone="muted", scale=0.9, wrap=True),
            self._note,
            HBox().add(self.stand_in, Stretch()),
            self.doubts,
            self.table,
            self._sources,
            Stretch(),
        )
        VBox(self, margins=0).add(area)
        area.set_body(page)
        self._show_nothing(texts.PERIODS_NEED)

    @property
    def is_busy(self) -> bool:
        """Whether bills are being computed."""
        return self._job.is_busy

    @property
    def note(self) -> str:
        """What is said above the table."""
        return self._note.text()

    def shut_down(self) -> None:
        """Gives up what is being computed."""
        self._job.cancel()

    def show_question(self, plan: LoadedPlan | None, usage: Usage | None, options: BillOptions, period: Period | None) -> None:
        """``period``: of the bill that is typed; its first day is the usual reading day."""
        self._plan, self._usage, self._options = plan, usage, options
        if period is not None and not self.readings.text().strip():
            self.readings.setText(str(period.first.day))
        self._compute()

    def _compute(self) -> None:
        self._job.cancel()
        readings = self._read()
        wrong = readings is None and bool(self.readings.text().strip())
        set_tone(self.readings, "fault", "yes" if wrong else "no")
        if self._plan is None or self._usage is None or readings is None:
            self._show_nothing(texts.READINGS_WRONG if wrong else texts.PERIODS_NEED)
            return
        self._show_nothing(COMPUTING)
        bills = self._context.desk.paper.bills
        self._job.run(LaneName.WORK, bills, self._plan.detail, self._usage, self._plan.supplement.terms, readings, self._options)

    def _read(self) -> int | list[date] | None:
        text = self.readings.text().strip()
        day = decimal_of(text)
        if day is not None:
            return int(day) if day == int(day) and 1 <= day <= 31 else None
        today = now_jst().date()
        found = [past_day(part, today) for part in text.replace("、", ",").split(",")]
        days = [one for one in found if one is not None]
        return days if len(days) == len(found) > 1 and days == sorted(set(days)) else None

    def _on_bills(self, bill: PaperBill) -> None:
        self.stand_in.hide()
        cut = "、".join(f"{dates.written(one.bill_month)}分（{dates.days_between(one.first, one.last)}）" for one in bill.cut)
        self._note.setText(texts.PERIODS_CUT.format(periods=cut) if cut else "")
        rows = period_rows(bill)
        self.table.show_rows([row.cells for row in rows], [row.is_total for row in rows])
        self.table.show()
        self.doubts.show_lines([sentence for _, sentence in warning_lines(bill)])
        prices = {} if self._plan is None else self._plan.prices
        self._sources.setText(texts.sources_words(prices[one.month] for one in bill.periods if one.month in prices))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            return
        unknown = [] if not isinstance(error, InputRefused) else [one for one in error.faults if one.code == PaperCode.FUEL_MISSING]
        months = "、".join(dates.written(one.facts["bill_month"]) for one in unknown)
        newest = None if self._plan is None else newest_known(self._plan.prices)
        self._show_nothing(texts.PRICES_UNKNOWN.format(months=months) if months else said(error).text)

        if unknown and newest is not None:
            self._unknown = [str(one.facts["bill_month"]) for one in unknown]
            self.stand_in.setText(texts.stand_in(newest))
            self.stand_in.show()

    def _show_nothing(self, words: str) -> None:
        self.stand_in.hide()
        self._note.setText(words)
        self.table.show_rows(())
        self.table.hide()
        self._sources.setText("")
        self.doubts.show_lines(())
