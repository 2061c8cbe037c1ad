"""The customer's usage: from files (opened or dropped) or from one month's kWh; what is open about it, what is known, its picture."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from denkidesk.desk.comparison import BillQuestion, estimated_months
from denkidesk.desk.usage_estimates import Amounts
from denkidesk.desk.usage_files import Contract, check_capacity, contract_of
from denkidesk.desk.usage_questions import CAPACITY, GAPS, Reading, Request, accepts_values, remember
from denkidesk.domain.errors import Cancelled, ChoiceOpen
from denkidesk.domain.usage import ImportedUsage, Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.texts import usage as question_texts
from denkidesk.texts.errors import said
from denkidesk.ui.charts.canvas import ChartView
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M
from denkidesk.ui.tariffs.month_card import Card, MonthCard
from denkidesk.ui.tariffs.usage_facts import estimate_words, warnings_of
from denkidesk.ui.tariffs.usage_question import QuestionPanel
from denkidesk.ui.tariffs.usage_summary import UsageSummary

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_REMEMBERED = "usage_answers"


class UsagePage(InParts, QWidget):
    """``usage_changed`` carries a Usage that a bill can be made of, or None.

    While another usage is on its way, or something about it is open, nothing of the last one is shown or handed out; where nothing comes of
    it, the last one comes back.
    """

    reading_began = Signal()  # perhaps another customer's
    reading_failed = Signal()
    replaced = Signal()  # by one that could be read
    usage_awaited = Signal()  # the last one does not count any more
    usage_changed = Signal(object)

    def __init__(self, context: UiContext, style: ChartStyle, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self._context = context
        self._style = style
        self._settled: tuple[tuple[Path, ...], Reading] | None = None  # the files, and the usage that bills are made of
        self._open: Reading | None = None  # with a question
        self._paths: tuple[Path, ...] = ()  # of what is being read or asked about
        self._is_new = False  # it is another usage than the settled one
        self._asked = 0  # questions that the clerk has answered about it
        self._plan: BillQuestion | None = None
        self._contract: Contract | None = None
        self._job = LatestJob(context.jobs, self, self._on_read, self._on_read_failed)
        self._reading = ""
        self.is_awaited = False
        self.begin(self._build(), in_turns=in_turns)

    @property
    def chart(self) -> ChartView:
        """The picture of the usage."""
        return self.summary.chart

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read."""
        return self._job.is_busy or self.summary.picture_menu.is_busy

    @property
    def usage(self) -> Usage | None:
        """What a bill can be made of now."""
        return None if self.is_awaited or self._open or self._settled is None else self._settled[1].usage

    @property
    def imported(self) -> ImportedUsage | None:
        """The usage as it was read, gaps and all; None before the first, and while the files cannot be read without an answer."""
        reading = self._open or (self._settled[1] if self._settled else None)
        return None if reading is None else reading.imported

    @property
    def estimated_months(self) -> frozenset[int]:
        """The calendar months of the usage that were not measured whole."""
        usage, imported = self.usage, self.imported
        return frozenset() if usage is None or imported is None else imported.estimated_months | estimated_months(usage, imported.usage)

    @property
    def open_question(self) -> str:
        """What is open about the usage, in words; empty where nothing is."""
        question = None if self._open is None else self._open.question
        return "" if question is None else question_texts.QUESTIONS[question.item]

    def open_files(self, paths: Sequence[Path]) -> None:
        """Reads files on a work lane, joined to one usage."""
        more = len(paths) - 1
        self._begin_reading(question_texts.SEVERAL_FILES.format(name=paths[0].name, count=more) if more else paths[0].name)
        self._read(tuple(paths), {})

    def take(self, usage: Usage, estimated: frozenset[int]) -> None:
        """A usage that was read before, of a quote that was kept. ``estimated``: the months that were not measured whole then."""
        self._begin_reading("")
        self._job.cancel()
        self._paths = ()
        self._on_read(Reading({}, frozenset(), ImportedUsage(usage, "quote", "", estimated_months=estimated), usage))

    def set_plan(self, plan: BillQuestion | None) -> None:
        """The plan that is chosen, None where it is not known whole: yen are its, and usage that its contract cannot have is asked about.

        The usage of the question does not count.
        """
        self._plan = plan
        contract = self._contract if plan is None else contract_of(plan.detail, plan.capacity)
        if contract != self._contract:
            self._contract = contract
            question = self._open.question if self._open else None
            if not self.is_awaited and (self._is_beyond() or (question is not None and question.item == CAPACITY)):
                self._read_again({})

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self._style = style
        self.chart.restyle(style)

    def focus_first(self) -> None:
        """Puts the cursor on what is asked, else where usage comes from."""
        (self.panel if self._open else self._open_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def type_one_month(self, month: int, amounts: str, *, in_yen: bool = False) -> None:
        """Fills in the form without a file and presses its button."""
        self._month_card.type_in(month, amounts, in_yen=in_yen)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> Iterator[None]:
        area = self._area = FittedPage(self)
        page = QWidget(area.viewport())
        VBox(self, margins=0).add(area)
        self.strips = Strips(self)
        self._month_card = MonthCard(page)
        self._month_card.wished.connect(self._on_estimate)
        yield
        self.panel = QuestionPanel(page)
        self.panel.answered.connect(self._on_answered)
        self.panel.given_up.connect(self._on_given_up)
        yield
        self.summary = UsageSummary(self._context, self.strips, page)
        self.summary.rule_chosen.connect(self._on_rule)
        self.summary.questions_wished.connect(self._on_ask_again)
        self._refused = NoticeBox(self._context.icons, "error", "", page)
        self._prompt = PlainLabel(texts.PICK_USAGE, page, tone="muted", wrap=True)
        yield
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_M).add(
            self.panel,
            self._refused,
            Flow(SPACE_M).add(self._file_card(page), self._month_card),
            (self.summary, 1),
            self._prompt,
            Stretch(0),
        )
        area.set_body(page)
        self._show_usage()

    def _file_card(self, page: QWidget) -> Card:
        card = Card(texts.FROM_FILE, page)
        self._open_button = QPushButton(texts.OPEN_FILE, card)
        self._context.icons.put(self._open_button, "folder")
        self._open_button.clicked.connect(self._ask_for_files)
        hint = PlainLabel(texts.DROP_HERE, card, tone="muted", scale=0.9, wrap=True)
        card.parts.add(HBox().add(self._open_button, Stretch()), hint, Stretch())
        return card

    # --- what happens -----------------------------------------------------------------------------------------------

    def _ask_for_files(self) -> None:
        folder = self._context.ui_state.text("usage_folder")
        names, _filter = QFileDialog.getOpenFileNames(self, texts.OPEN_FILE_TITLE, folder, texts.OPEN_FILE_FILTER)
        if names:
            self._context.ui_state.put("usage_folder", str(Path(names[0]).parent))
            self.open_files([Path(name) for name in names])

    def _on_estimate(self, amounts: Amounts) -> None:
        if amounts.in_yen and self._plan is None:
            self._month_card.say(texts.ONE_MONTH_NO_PLAN, "error")
            return
        self._begin_reading("")
        self._paths = ()
        self._job.run(LaneName.WORK, _estimated, self._context.desk, amounts, self._plan)

    def _begin_reading(self, name: str) -> None:
        self._reading = name
        self._is_new = True
        self._asked = 0
        self._open = None
        self.strips.clear()
        self._refused.show_lines(())
        self.reading_began.emit()
        self._await()

    def _await(self) -> None:
        self.is_awaited = True
        self._show_usage()
        self.usage_awaited.emit()

    def _read(self, paths: tuple[Path, ...], answers: Mapping[str, object], since: Reading | None = None, *, anew: bool = False) -> None:
        """``since``: how far it had come; its files need not be read again. ``anew``: no remembered answer counts."""
        self._paths = paths
        request = Request(
            paths,
            answers,
            {} if anew else self._remembered(),
            self._contract,
            since.imported if since else None,
            since.recalled if since else frozenset(),
        )
        self._job.run(LaneName.WORK, self._context.desk.quoting.read_usage, request)

    def _read_again(self, changed: Mapping[str, object]) -> None:
        """Goes on with what is open or settled, and the answers that have changed."""
        reading = self._open or (self._settled[1] if self._settled else None)
        if reading is not None:
            paths = self._paths if self._open or self._settled is None else self._settled[0]
            self._open = None
            self._await()
            self._read(paths, {**reading.answers, **changed}, reading)

    def _on_read(self, reading: Reading) -> None:
        self.is_awaited = False
        if reading.question is not None:
            self._open = reading
            if reading.question.item == CAPACITY and not self._is_new:
                self._settled = None  # it is this usage that is in question
        else:
            self._settled = (self._paths, reading)
            if self._paths and self._is_new:
                self._month_card.forget()
            if self._is_new:
                self.replaced.emit()
            self._is_new = False
            if self._is_beyond():  # another plan was chosen meanwhile
                self._read_again({})
                return
        self._show_usage()
        self.usage_changed.emit(self.usage)

    def _is_beyond(self) -> bool:
        """Whether the settled usage has a figure that the contract cannot have, and nobody has said that it is right."""
        if self._settled is None or self._open:
            return False
        reading = self._settled[1]
        try:
            if reading.imported is not None:
                check_capacity(reading.imported, self._contract, accepted=accepts_values(reading.answers))
        except ChoiceOpen:
            return True
        return False

    def _on_answered(self, value: object) -> None:
        assert self._open is not None  # noqa: S101 - the panel is shown with a question only
        assert self._open.question is not None  # noqa: S101 - likewise
        question = self._open.question
        self._keep(question.headings, question.item, value, [answer.value for answer in question.answers])
        self._asked += 1
        self._read_again({question.item: value})
        self._open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_given_up(self) -> None:
        self._open = None
        self._give_back()
        self.focus_first()

    def _on_rule(self, item: str, rule: str) -> None:
        if self._settled is not None:
            imported = self._settled[1].imported
            self._keep(imported.headings if imported and item == GAPS else "", item, rule, ())
            self._read_again({item: rule})

    def _on_ask_again(self) -> None:
        if self._settled is not None:
            self._asked = 0
            self._await()
            self._read(self._settled[0], {}, anew=True)

    def _remembered(self) -> dict[str, str]:
        try:
            kept = json.loads(self._context.ui_state.text(_REMEMBERED) or "{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self, headings: str, item: str, value: object, offered: Sequence[object]) -> None:
        self._context.ui_state.put(_REMEMBERED, json.dumps(remember(self._remembered(), headings, item, value, offered)))

    def _on_read_failed(self, error: object) -> None:
        self._give_back()
        if isinstance(error, Cancelled):
            return
        what = said(error)
        text = texts.FILE_REFUSED.format(name=self._reading, reason=what.text) if self._reading else what.text
        self._refused.show_lines(
            what.text.splitlines(), texts.NOT_USED.format(name=self._reading) if self._reading else texts.NOT_ESTIMATED
        )
        if self._settled is not None and self._reading:
            text += "\n" + texts.FORMER_USAGE_STAYS.format(source=self._settled_source())
        self.strips.say(Message("error", text, key="usage", detail=what.detail))

    def _settled_source(self) -> str:
        imported = self._settled[1].imported if self._settled else None
        return imported.usage.source if imported else ""

    def _give_back(self) -> None:
        """Nothing came of it: the usage before is there again, if there was one."""
        self.is_awaited = False
        if self._is_new:
            self._is_new = False
            self.reading_failed.emit()
        if self._is_beyond():
            self._read_again({})
            return
        self._show_usage()
        self.usage_changed.emit(self.usage)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_usage(self) -> None:
        imported = None if self.is_awaited else self.imported
        self.panel.show_question(self._open.question if self._open else None, self._asked + 1, self._contract)
        if self._open:
            self._area.verticalScrollBar().setValue(0)
        self._prompt.setText(texts.PICK_USAGE if not self.is_awaited else self._waiting_words())
        self._prompt.setVisible(imported is None and not self._open)
        if imported is None:
            self.summary.clear()
            return
        self.summary.show_usage(imported, self._settled[1] if self._settled and not self._open else None, self._style)
        warnings = warnings_of(imported.notes)
        if warnings:
            # one strip for all: three strips would push the picture off the screen
            self.strips.say(Message("warn", "\n".join(warnings), key="notes"))

    def _waiting_words(self) -> str:
        return texts.READING_FILE.format(name=self._reading) if self._reading else texts.COMPUTING


def _estimated(desk: "Desk", amounts: Amounts, plan: BillQuestion | None) -> Reading:
    found = desk.quoting.estimate(amounts, plan)
    usage = replace(found.usage, source=estimate_words(amounts, found, plan.detail.name if plan else ""))
    return Reading({}, frozenset(), ImportedUsage(usage, "estimate", ""), usage)
