"""プラン比較: all stored plans on the customer's usage, cheapest first, with the present plan in its place."""

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QStackedLayout, QWidget

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.ranking import LeftOut, RankedPlan, Trial
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import ranking as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts.errors import said
from denkidesk.texts.price_pairs import COMPARE
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.plain import CutLabel, PlainLabel
from denkidesk.ui.parts.steady import Steady
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.catalogue_fill import FillButton
from denkidesk.ui.tariffs.chosen_card import ChosenCard
from denkidesk.ui.tariffs.clerks_choice import ClerksChoice
from denkidesk.ui.tariffs.finder import PlanFinder
from denkidesk.ui.tariffs.fuel_of_plan import can_be_priced
from denkidesk.ui.tariffs.no_rows import NoRows
from denkidesk.ui.tariffs.other_lists import OtherLists
from denkidesk.ui.tariffs.own_plans_button import OwnPlansButton
from denkidesk.ui.tariffs.plan_filters import Marks, PlanFilters
from denkidesk.ui.tariffs.present_plan import PresentPlan
from denkidesk.ui.tariffs.put_away import PutAway
from denkidesk.ui.tariffs.ranking_acts import RankingActs
from denkidesk.ui.tariffs.ranking_counts import age_of, counts_of, has_others
from denkidesk.ui.tariffs.ranking_empty import RankingEmpty
from denkidesk.ui.tariffs.ranking_model import RankingModel
from denkidesk.ui.tariffs.ranking_pictures import ranking_menu
from denkidesk.ui.tariffs.ranking_room import RankingRoom
from denkidesk.ui.tariffs.ranking_table import FootRow, PinnedRow, RankingTable
from denkidesk.ui.tariffs.ranking_words import renewed_words
from denkidesk.ui.tariffs.trial_row import TrialRow, at_newest, ranked, tried
from denkidesk.ui.tariffs.why_page import WhyPage

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

_REST_MS: Final = 300


class RankingPage(InParts, RankingRoom, QWidget):
    """Of whatever is the customer's present plan, from the moment when somebody looks at it."""

    help_requested = Signal()  # to what the customer's own bill lacks
    compare_asked = Signal(object, object)  # the prices of two plans, each with its retailer

    def __init__(
        self,
        context: UiContext,
        finder: PlanFinder,
        bill_page: BillPage,
        plans: PresentPlan,
        parent: QWidget | None = None,
        *,
        in_turns: bool = False,
    ) -> None:
        super().__init__(parent)
        self._context, self._finder, self._bill_page, self._plans = context, finder, bill_page, plans
        self.marks = Marks(context.ui_state)
        self._is_stale = False
        self._measured: Ranking | None = None
        self.ranking: Ranking | None = None
        self.why: WhyPage | None = None  # as soon as somebody asks
        self._job = LatestJob(context.jobs, self, self._on_ranked, self._on_failed)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._rank)
        self.begin(self._build(), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether a ranking is awaited, or the catalogue is being filled."""
        return (
            self._job.is_busy
            or (self.why is not None and self.why.is_busy)
            or self.other.is_busy
            or self.fill.is_busy
            or self.own_plans.is_busy
            or self.picture_menu.is_busy
            or self.card.reason.is_busy
            or self._rest.isActive()
        )

    @property
    def counts_text(self) -> str:
        """How many plans are compared, apart and left out, as it is shown."""
        return self._counts.text()

    @property
    def chosen(self) -> RankedPlan | None:
        """The plan whose row is chosen."""
        rows = self.table.chosen_rows()
        return self.model.line(rows[0]) if rows and self.model.ranking is not None else None

    def shut_down(self) -> None:
        """Gives up what is under way."""
        self._rest.stop()
        self._job.cancel()
        self.card.reason.shut_down()
        self.other.shut_down()
        self.fill.shut_down()
        if self.why is not None:
            self.why.shut_down()
        self.own_plans.shut_down()

    def await_usage(self) -> None:
        """The usage is being changed: the figures are of another one."""
        if self._present is not None:
            self._forget(partial(self._empty.say, tariff_texts.COMPUTING))

    @property
    def _present(self) -> BillQuestion | None:
        return self._plans.question

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> Iterator[None]:
        self.strips = Strips(self)
        self._choice = ClerksChoice(self._finder, self._plans, self.strips)
        self._stack = QStackedLayout()
        self._empty = RankingEmpty(self._context, self)
        self._empty.fill_asked.connect(self._press_fill)
        self._empty.help_asked.connect(self.help_requested)
        self._page = FittedPage(self, shrinks=True)  # the tools of a low window
        self._full = QWidget(self._page.viewport())  # where it will stand: of another parent, its style would be looked up twice
        theme = self._context.theme
        self.model = RankingModel(self.marks, self)
        self.pinned = PinnedRow(texts.TITLE, theme, self.marks, self._full)
        self.pinned_model = self.pinned.rows
        self.table = RankingTable(without_mnemonic(texts.PAGE), theme, self.model, self._full)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the pinned row has the same columns
        self.pinned.reserved = self.table.verticalScrollBar().sizeHint().width()
        self.table.proposed.connect(self._propose)
        self.table.excluded.connect(self._exclude)
        self.table.why_asked.connect(self._ask_why)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        yield
        self._side = QWidget(self._full)
        self.trial = TrialRow(self._side)
        self.trial.changed.connect(self._on_trial)
        self.trial.house.typed.connect(self._plans.show_house)
        self.card = ChosenCard(theme, self._context.jobs, (), self._side)
        VBox(self._side, margins=0, spacing=SPACE_M).add(self.trial, self.card, Stretch())
        yield
        self.other = OtherLists(self._context, self._full)
        self._counts = Steady(PlainLabel(wrap=True), self._full, selectable=True)
        self._age = CutLabel("", self, tone="muted", scale=0.9)
        self.fill = FillButton(self._context, self.strips, self)
        self.fill.filled.connect(self._rank)
        self.other.include_asked.connect(self._choice.include)
        self.other.fetch_asked.connect(self.fill.fetch_at_hand)
        self.tools = QPushButton(texts.TOOLS, self._full)
        self.tools.setCheckable(True)
        self._tools, self._filling = QWidget(self._full), QWidget(self)
        yield
        VBox(self._tools, margins=0, spacing=SPACE_S).add(self._build_filters())
        yield
        self._acts = self._build_acts()
        self._put_away = PutAway(self._full, self._acts, (self._tools,), self._filling, self.tools)
        self.own_plans = OwnPlansButton(self._context, self._stack, self._area, self._filling)
        self.own_plans.turned.connect(self.refit)
        self.own_plans.left.connect(self.table.setFocus)
        self.own_plans.changed.connect(self._finder.reload)
        self.own_plans.changed.connect(self._rank)
        HBox(self._filling, margins=0, spacing=SPACE_S).add(self.fill, (self._age, 1), self.own_plans, self.other.changes)
        head = HBox(spacing=SPACE_S).add((self._counts, 1), self.other.reasons, (self.tools, 0, Qt.AlignmentFlag.AlignRight))
        self._left = left = VBox(margins=0, spacing=SPACE_S).add(self._tools, head, self.pinned)
        left.add((self.table, 1), (self.other, 1), self._acts, Stretch(0))
        self._body = HBox(self._full, margins=0, spacing=SPACE_M).add((left, 1), self._side)
        yield
        self._stack.addWidget(self._empty)
        self._page.set_body(self._full)
        self._stack.addWidget(self._page)
        VBox(self, margins=(0, SPACE_S, 0, SPACE_S), spacing=SPACE_S).add((self._stack, 1), self._filling)
        self._follow_room()
        self._forget(self._show_missing)
        self._plans.changed.connect(self._on_present)
        self._finder.choice_changed.connect(self._on_choice)

    @cached_property
    def foot(self) -> FootRow:
        """The own house's first plan below the list, built when there is one."""
        foot = FootRow(self._context.theme, self.marks, self.table, self._full)
        foot.reserved = self.pinned.reserved
        self._left.insertWidget(self._left.indexOf(self.table) + 1, foot)
        return foot

    @cached_property
    def no_rows(self) -> NoRows:
        """Why the list is empty, built when it is."""
        return NoRows(self.table, self._clear_filters)

    def _clear_filters(self) -> None:
        self._filters.clear()
        if not self.filter.hasFocus():
            self.table.setFocus()

    def _build_filters(self) -> Flow:
        self._filters = PlanFilters(self._show_rows, self._full)
        self.filter = self._filters.words
        self.fuel = self._filters.fuel
        self.fuel.follow(self._bill_page.fuel)
        self.fuel.speak_for(self._bill_page.fuel)
        return Flow(SPACE_S).add(*self._filters.chips.values(), self.filter, self.fuel)

    def _build_acts(self) -> RankingActs:
        acts = (
            (texts.PROPOSE, self._propose),
            (texts.EXCLUDE, self._exclude),
            (texts.WHY, self._ask_why),
            (COMPARE, self._ask_compare),
            (texts.MARK_OWN, partial(self._mark, self.marks.toggle_own)),
            (texts.MARK_FAVOURITE, partial(self._mark, self.marks.toggle_favourite)),
            (texts.ENTER_PRICE, self._ask_price),
        )
        self.picture_menu = ranking_menu(self._context, self.strips, self.model, self._full)
        return RankingActs(acts, self.table, self._plans.take_picked, self.picture_menu, self._full)

    # --- what happens -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ranks what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale or self.ranking is None:
            self._rank()
        if self.why is not None and self._stack.currentWidget() is self.why:
            self.why.lines.setFocus()
        else:
            (self.table if self.ranking is not None else self._empty).setFocus()

    def _on_choice(self) -> None:
        if self._present is None:
            self._show_missing()

    def _show_missing(self) -> None:
        self._empty.show_missing(self._finder.choice())

    def _on_present(self, present: BillQuestion | None) -> None:
        self._measured = None  # of another question, as soon as there is a ranking of this one
        if present is None:
            self.trial.house.forget()
            self._forget(self._show_missing)
        else:
            self._rank()

    def _rank(self) -> None:
        if self._present is None:
            return
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._job.run(LaneName.WORK, ranked, self._context.desk, self._present, self.trial.trial)

    def _on_trial(self) -> None:
        """At once on what is compiled; where a slider rests, once more with what takes longer."""
        if self.ranking is None or self._present is None:
            return
        if self.ranking.question is self._present:
            self._job.run(LaneName.WORK, tried, self.ranking, self.trial.trial)
        self._rest.start()

    def _on_ranked(self, ranking: "Ranking") -> None:
        self.fill.at_hand = ranking.at_hand
        picked = self._plans.picked.detail if self._plans.picked else None
        if not has_others(ranking, picked):
            self._forget(self._empty.show_no_catalogue)
            return
        before, self.ranking = self.ranking, ranking
        if self._plans.renew(partial(at_newest, ranking)):
            self.strips.say(Message("info", renewed_words(before, ranking), key="renewed"))
        if ranking.trial == Trial():
            self._measured = ranking
            self.trial.show_size(ranking.question.own_capacity, ranking.size.unit)
        self.model.measured = self.pinned_model.measured = self._measured
        self._age.setText(age_of(ranking))
        if self.why is None or self._stack.currentWidget() is not self.why or not self.why.follows(before, ranking):
            self.own_plans.put_behind(self._page)
        proposed = self._choice.proposed()
        self.model.proposed = self.pinned_model.proposed = proposed
        self._acts.take.setEnabled(proposed is not None)
        self.other.show_ranking(ranking)
        self.refit()
        self._show_pinned()
        self._show_rows()
        if before is None and self.isVisible():
            self.table.setFocus()

    def _on_failed(self, error: object) -> None:
        self._forget(partial(self._empty.say, said(error).text))

    def _forget(self, say: Callable[[], None]) -> None:
        """``say``: why there is no ranking."""
        self._rest.stop()
        self._job.cancel()
        self.ranking = self._measured = None
        self.trial.reset()
        self.model.show_ranking(None, ())
        self.pinned_model.show_ranking(None, ())
        say()
        self.own_plans.put_behind(self._empty)
        self._show_card(None)
        self.refit()

    def _show_pinned(self) -> None:
        if self.ranking is not None:
            self.pinned.show_plan(self.ranking, self.ranking.present)

    def _show_rows(self) -> None:
        ranking = self.ranking
        if ranking is None:
            return
        before = self.chosen
        chosen = -1 if before is None else ranking.catalogue.place_of.get(before.detail.key, -1)
        places = self._filters.places(ranking, self.marks)
        stays = min(self.table.chosen_rows()[0], len(places) - 1) if ranking.left_out.get(chosen) is LeftOut.EXCLUDED else 0
        self.model.show_ranking(ranking, places)
        age = f"　{self._age.text()}" if self._filling.isHidden() else ""  # in a low window
        self._counts.say(counts_of(ranking, self.trial.unit) + age)
        if places:
            self.table.choose_row(places.index(chosen) if chosen in places else stays)
        if not places:
            self.no_rows.show_for(self._filters.active)
        elif "no_rows" in vars(self):
            self.no_rows.hide()
        own = self.marks.first_own(ranking, places)
        if own is not None or "foot" in vars(self):
            self.foot.show_own(ranking, None if own is None else places[own], own)
        self._allow()

    def _allow(self) -> None:
        chosen = self.chosen
        fuel = None if self.ranking is None else self.ranking.question.fuel
        self._acts.allow(is_chosen=chosen is not None, has_price_to_type=can_be_priced(chosen, fuel))
        self._show_card(chosen)

    def _show_card(self, chosen: RankedPlan | None) -> None:
        """What the chosen plan saves, month by month; beside the list only."""
        is_beside = self._body.direction() == QBoxLayout.Direction.LeftToRight
        self.card.show_line(self.ranking if is_beside else None, chosen)

    def _ask_compare(self) -> None:
        if (line := self.chosen) is not None and self._present is not None and (ranking := self.ranking) is not None:
            self.compare_asked.emit(*(ranking.catalogue.with_age(one.company, one.detail) for one in (self._present, line)))

    def _ask_why(self) -> None:
        line = self.chosen
        if line is None or self.ranking is None:
            return
        if self.why is None:
            self.why = WhyPage(self._context, self)
            self.why.left.connect(self._leave_why)
            self._stack.addWidget(self.why)
        self._stack.setCurrentWidget(self.why)
        self.refit()
        self.why.ask(self.ranking, line)

    def _leave_why(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self.refit()
        self.table.setFocus()

    def _mark(self, toggle: Callable[[RankedPlan], None]) -> None:
        if (line := self.chosen) is not None:
            toggle(line)
            self._show_rows()
            self._show_pinned()

    def _propose(self) -> None:
        if (line := self.chosen) is not None and self.ranking is not None:
            self._choice.propose(self.ranking, line)

    def _exclude(self) -> None:
        if (line := self.chosen) is not None and self.ranking is not None:
            self._choice.exclude(self.ranking, line)

    def _area(self) -> QuotingAreaCode | None:
        return None if self._present is None else self._present.company.area_code

    def _press_fill(self) -> None:
        if not self.fill.is_busy:
            self.fill.click()
