"""なぜ: why the chosen plan costs this customer less or more than the present one, to the yen, and what would turn it."""

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.desk.bill_pictures import Comparison
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.ranking import RankedPlan
from denkidesk.domain.why import Why
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import pictures as picture_texts
from denkidesk.texts import ranking as ranking_texts
from denkidesk.texts import why as texts
from denkidesk.texts.errors import said
from denkidesk.texts.plan_names import full_name
from denkidesk.texts.tariffs import COMPUTING
from denkidesk.ui.charts.pictures import PairedMonths, PictureKind, Waterfall
from denkidesk.ui.charts.steps import Steps
from denkidesk.ui.charts.usage_pictures import Picture
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Strips, announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S
from denkidesk.ui.tariffs.paper_table import RestDots, TextTable
from denkidesk.ui.tariffs.picture_menu import PictureMenu, UnseenPicture
from denkidesk.ui.tariffs.why_bars import PairBars, StepBars

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.ranking import Ranking
    from denkidesk.desk.why import WhyAnswer

_PICTURE = 4  # the column
_PICTURES: Final = (PictureKind.WATERFALL, PictureKind.PAIRS)


class WhyPage(QWidget):
    """``left``: the clerk goes back to the list."""

    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ranking: Ranking | None = None
        self.line: RankedPlan | None = None  # that is explained, or is being
        self.answer: WhyAnswer | None = None
        self._pictures: dict[PictureKind, Picture] = {}  # what is on the page, as it is handed on
        self.strips = Strips(self)
        self._job = LatestJob(context.jobs, self, self._on_answer, self._on_failed)
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._job.is_busy or self.picture_menu.is_busy

    @property
    def words(self) -> str:
        """The sentence, and what stands below it."""
        return " ".join(filter(None, (label.text() for label in (self._headline, self._below, self._doubts) if not label.isHidden())))

    def shut_down(self) -> None:
        """Gives up what is being computed."""
        self._job.cancel()

    def ask(self, ranking: "Ranking", line: RankedPlan) -> None:
        """Explains a line of a ranking; what stood here is gone at once."""
        self._ranking, self.line = ranking, line
        self._clear(COMPUTING)
        self._job.run(LaneName.WORK, _explained, self._context.desk, ranking, line)
        self.lines.setFocus()

    def follows(self, before: "Ranking | None", ranking: "Ranking") -> bool:
        """Whether what is explained is of this ranking too: it is told anew where prices are others by now."""
        if self.line is None or before is None:
            return False
        if (before.trial, before.question.usage, before.question.fuel) != (ranking.trial, ranking.question.usage, ranking.question.fuel):
            return False
        place = ranking.catalogue.place_of.get(self.line.detail.key)
        if place is None or place in ranking.left_out or before.held.detail.key != ranking.held.detail.key:
            return False
        line = ranking.row(place)
        if (line, ranking.held) != (self.line, before.held):
            self.ask(ranking, line)
        return True

    def _build(self) -> None:
        area = FittedPage(self)
        page = QWidget(area)
        self._back = QPushButton(texts.BACK, page)
        self._back.setProperty("kind", "quiet")
        self._back.clicked.connect(self.left)
        pictures = [UnseenPicture(picture_texts.KINDS[kind], partial(self._pictures.get, kind)) for kind in _PICTURES]
        self.picture_menu = PictureMenu.of(self._context, self.strips, pictures, page)
        self._trial = PlainLabel("", page, tone="warn", bold=True, wrap=True)
        self._headline = PlainLabel("", page, scale=1.5, bold=True, wrap=True, selectable=True)
        self._below = PlainLabel("", page, tone="muted", wrap=True, selectable=True)
        self._doubts = PlainLabel("", page, tone="warn", wrap=True, selectable=True)
        self._ages = PlainLabel("", page, tone="muted", scale=0.9, wrap=True)
        theme = self._context.theme
        self.lines = TextTable(texts.LINES, texts.HEAD, (0, _PICTURE), _PICTURE, page, needs=560)
        self._steps = StepBars(theme, self.lines)
        self.range = TextTable(texts.RANGE, texts.HEAD_IF, (0, _PICTURE), _PICTURE, page, needs=560)
        self._dots = RestDots(theme, 1.0, self.range)
        self.months = TextTable(texts.MONTHS, texts.HEAD_MONTHS, (0, _PICTURE), _PICTURE, page, needs=560)
        self._pairs = PairBars(theme, self.months)
        for table, delegate in ((self.lines, self._steps), (self.range, self._dots), (self.months, self._pairs)):
            table.setItemDelegateForColumn(_PICTURE, delegate)
        self._turning = PlainLabel("", page, wrap=True, selectable=True)
        headings = [PlainLabel(words, page, bold=True) for words in (texts.RANGE, texts.MONTHS)]
        self._range_parts: tuple[QWidget, ...] = (headings[0], self.range)
        self._of_months = headings[1]
        self._parts: tuple[QWidget, ...] = (self.lines, *self._range_parts, self.months, self._turning, self._of_months)
        VBox(page, margins=(0, SPACE_S, SPACE_M, SPACE_L), spacing=SPACE_S).add(
            HBox().add((self._trial, 1), Stretch(), self.picture_menu, self._back),
            self._headline,
            self._below,
            self._doubts,
            PlainLabel(texts.UNIT, page, tone="muted", scale=0.9),
            self._ages,
            self.lines,
            Gap(SPACE_S),
            headings[0],
            self.range,
            self._turning,
            Gap(SPACE_S),
            headings[1],
            self.months,
            PlainLabel(texts.NOTE, page, tone="muted", scale=0.9, wrap=True),
            Stretch(),
        )
        VBox(self, margins=0).add(area)
        area.set_body(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _clear(self, words: str) -> None:
        self.answer = None
        self._pictures.clear()
        self.picture_menu.setEnabled(False)
        self._headline.setText(words)
        self._below.setText("")
        self._doubts.hide()
        self._ages.setText("")
        for table in (self.lines, self.range, self.months):
            table.show_rows(())
        for part in self._parts:
            part.setVisible(part is self.lines)

    def _on_answer(self, answered: "tuple[WhyAnswer, dict[PictureKind, Picture]]") -> None:
        ranking = self._ranking
        if ranking is None:
            return
        self.answer, pictures = answered
        self._pictures.update(pictures)
        self.picture_menu.setEnabled(bool(pictures))
        found, is_year = self.answer.explained, ranking.is_year
        self._trial.setText(ranking_texts.trial_words(ranking.trial, ranking.size.unit))
        is_counted = found.why is not None or found.without_fuel is not None
        if not is_counted and self.lines.hasFocus():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)  # before what has it goes away
        self._ages.setText(texts.ages_words(self.answer.seen_at, now_jst().date()))
        for part in self._parts:
            part.setVisible(is_counted)
        sides = ((texts.PRESENT_SIDE, ranking.present), (texts.PROPOSED_SIDE, self.answer.line))
        doubts = [side.format(doubt=one) for side, line in sides if line for one in ranking_texts.doubt_sentences(line.doubts)]
        self._doubts.setText("\n".join(doubts))
        self._doubts.setVisible(bool(doubts))
        self._turning.setText("")
        if found.why is not None:
            self._headline.setText(texts.headline(found.why, is_year=is_year))
            self._below.setText(texts.below_headline(found.why, found.outlook))
            self._show_lines(ranking, found.why, "")
            self._turning.setText(texts.turning_words(found.why, found.outlook, found.kwh, is_year=is_year))
        else:
            self._headline.setText(texts.unknown_words(found.unknown, found.miscounted))
        if found.without_fuel is not None:
            self._below.setText(texts.below_unknown(found.without_fuel))
            self._show_lines(ranking, found.without_fuel, texts.WITHOUT)
        self._turning.setVisible(bool(self._turning.text()))
        ranges = texts.ranges_of(found.why, found.outlook)
        for part in self._range_parts:
            part.setVisible(bool(ranges))
        self.range.show_rows([texts.range_cells(name, both) for name, both in ranges], [name == texts.NOW for name, _ in ranges])
        self._dots.scale_yen = max(1.0, *(abs(both.difference) * 1.05 for _, both in ranges), 1.0)
        self.range.show_rests(_PICTURE, [Decimal(both.difference) for _, both in ranges])
        announce(self, self.words)

    def _show_lines(self, ranking: "Ranking", why: Why, marked: str) -> None:
        """The parts and the months. ``marked``: what is said behind both plans."""
        assert self.answer is not None  # noqa: S101 - it is what is shown
        question, line = ranking.held, self.answer.line
        self._steps.show_steps(Steps(why.present_yen, [one.difference for one in why.lines]))
        present, proposed = (
            f"{company.name} {full_name(detail.name, detail.base_name)}{marked}"
            for company, detail in ((question.company, question.detail), (line.company, line.detail))
        )
        rows = texts.lines_of(why, present, proposed)
        self.lines.show_rows(rows, [place in (0, len(rows) - 1) for place in range(len(rows))])
        self._of_months.setText(f"{texts.MONTHS}{marked}")
        self._pairs.show_pairs([(pair.present_yen, pair.proposed_yen) for pair in why.months])
        self.months.show_rows(texts.months_of(why))

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._clear(said(error).text)


def _explained(desk: "Desk", ranking: "Ranking", line: RankedPlan) -> "tuple[WhyAnswer, dict[PictureKind, Picture]]":
    """On the lane, which loads what it takes."""
    from denkidesk.desk.why import bills_of_line, explain_line

    answer, question = explain_line(desk, ranking, line), ranking.question
    if answer.explained.why is None:  # a picture is handed on: none of a difference that nobody knows
        return answer, {}
    both = Comparison(*bills_of_line(ranking, line), answer.explained.why)
    pairs = PairedMonths(question.usage, line.detail, both, question.estimated_months)
    return answer, {PictureKind.WATERFALL: Waterfall(both), PictureKind.PAIRS: pairs}
