"""From a place to a plan: area, prefecture or postcode, then retailer, plan, contract. All by keyboard, nothing lost on a slow server."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QScrollArea, QWidget

from denkidesk.desk.comparison import PlanChoice
from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import Area, area_of_quoting_code
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.plans import Company, Plan, PlanDetail, PlanType
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.plain import PlainLabel, plain_tip
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, keep_room, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.name_list import NameList
from denkidesk.ui.tariffs.name_search import NameSearch
from denkidesk.ui.tariffs.place_picker import AllCompanies, PlacePicker
from denkidesk.ui.tariffs.typed_amount import typed_amount
from denkidesk.ui.tariffs.words import is_over, plan_words

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_TYPING_PAUSE_MS = 350
_STATE = "tariffs_plan"


class PlanFinder(InParts, QWidget):
    """The left side of the tab. ``choice_changed`` carries a PlanChoice, or None while there is none."""

    choice_changed = Signal(object)
    choice_awaited = Signal()  # the capacity is being typed: the last choice does not count any more
    failed = Signal(object)
    fetched = Signal(object)  # each Fetched, for the screen's word about its age

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self._context = context
        self._companies: tuple[Company, ...] = ()
        self._plans: tuple[Plan, ...] = ()
        self._shown_companies: list[Company] = []
        self._shown_plans: list[Plan] = []
        self._plans_loading = False
        self._plans_are_of = ""  # the retailer whose plans are shown or asked for
        self._wanted = [*context.ui_state.text(_STATE).split("/"), "", "", ""][:3]  # retailer, plan, base: as they were left
        self._companies_job = LatestJob(context.jobs, self, self._on_companies, self._on_companies_failed)
        self._plans_job = LatestJob(context.jobs, self, self._on_plans, self._on_plans_failed)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._announce_choice)
        self.begin(self._build(), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether lists are still being fetched, or something is being typed."""
        jobs = (self._companies_job, self._plans_job, self.search)
        return any(job.is_busy for job in jobs) or self._plans_loading or self._pause.isActive()

    def reload(self) -> None:
        """Asks for the retailers of the present place again."""
        question = self.place.question()
        if question is not None:
            self._company_note.setText(texts.LOADING)
            self._plans_are_of = ""
            self._companies_job.run(LaneName.QUOTING, _companies, self._context.desk, *question, self.all_companies.isChecked())

    def focus_search(self) -> None:
        """Ctrl+F: the cursor goes to the search of retailers and plans."""
        self.search.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.editor.selectAll()

    def focus_capacity(self) -> None:
        """The cursor goes to the contract capacity, where one is needed."""
        if not self._capacity_row.isHidden():
            self.capacity_editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.capacity_editor.selectAll()

    def shut_down(self) -> None:
        """Gives up every fetch."""
        self._pause.stop()
        self._companies_job.cancel()
        self._plans_job.cancel()
        self.search.shut_down()

    def choose(self, company_name: str, plan_name: str) -> bool:
        """Picks by name in the lists that are shown; False if either is not there."""
        for lister, wanted in ((self.company_list, company_name), (self.plan_list, plan_name)):
            rows = [row for row in range(lister.count()) if lister.item(row).text().startswith(wanted)]
            if not rows:
                return False
            lister.setCurrentRow(rows[0])
        return True

    def go_to(self, detail: PlanDetail, capacity: Decimal | None, area: Area | None = None) -> None:
        """Picks the plan of these figures as soon as its retailer's plans are there; ``capacity`` in its unit, if known.

        ``area``: where the retailer is, if it may be another place than the one that is shown.
        """
        self._go([detail.epcorp_cd, detail.epplan_id, detail.base_cd], area, capacity)

    def _go(self, wanted: list[str], area: Area | None, capacity: Decimal | None = None) -> None:
        """``wanted``: retailer, plan, base."""
        if area is not None and wanted[0] not in {company.epcorp_cd for company in self._companies}:
            if capacity is not None:
                self.capacity_editor.setText(f"{capacity:f}")
            self.place.go_to(area)
        self._contract_type.setCurrentIndex(0)  # what was picked until now is announced once more by this
        self._wanted = wanted
        if not self._companies_job.is_busy:
            self._fill_companies()
        self._fill_plans()  # the retailer may be the same
        if capacity is not None and not self._capacity_row.isHidden():
            self.capacity_editor.setText(f"{capacity:f}")

    def _on_name_picked(self, company: Company, plan: Plan | None) -> None:
        which = ("", "") if plan is None else (plan.epplan_id, plan.bases[0].base_cd)
        self._go([company.epcorp_cd, *which], area_of_quoting_code(company.area_code))
        self.plan_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def choice(self) -> PlanChoice | None:
        """What is picked now."""
        company_row, plan_row, base_row = self.company_list.currentRow(), self.plan_list.currentRow(), self.base_combo.currentIndex()
        if company_row < 0 or plan_row < 0 or base_row < 0 or company_row >= len(self._shown_companies):
            return None
        plan = self._shown_plans[plan_row]
        return PlanChoice(self._shown_companies[company_row], plan, plan.bases[base_row], self._capacity_value())

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> Iterator[None]:
        area = QScrollArea(self, widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(area.viewport())
        page.setProperty("kind", "page")
        VBox(self, margins=0).add(area)
        self.place = PlacePicker(self._context.ui_state, page)
        self.place.changed.connect(self._on_place_changed)
        layout = VBox(page, margins=(0, 0, SPACE_XS, SPACE_S), spacing=SPACE_XS).add(self.place)
        yield
        self._build_companies(page, layout)
        yield
        self._build_plans(page, layout)
        yield
        self._build_contract(page, layout)
        yield
        area.setWidget(page)
        self.search.grown.connect(lambda: area.ensureWidgetVisible(self.search, 0, 0) if self.search.editor.hasFocus() else None)

    def _build_companies(self, page: QWidget, layout: VBox) -> None:
        self.all_companies = AllCompanies(self._context.ui_state, page)
        self.all_companies.toggled.connect(self.reload)
        self.search = NameSearch(self._context, self.all_companies.isChecked, lambda: self._companies, page)
        self.search.picked.connect(self._on_name_picked)
        self.company_list = NameList(page)
        self.company_list.setAccessibleName(without_mnemonic(texts.COMPANY))
        self.company_list.currentRowChanged.connect(self._on_company_row)
        self._company_note = PlainLabel("", page, tone="muted", scale=0.9)
        label = HBox().add((self._label(texts.COMPANY, self.search.editor), 1), self.all_companies)
        layout.add(label, self.search, (self.company_list, 2), self._company_note)

    def _build_plans(self, page: QWidget, layout: VBox) -> None:
        self._contract_type = QComboBox(page)
        self._contract_type.addItem(texts.CONTRACT_TYPE_ALL, None)
        for code, name in texts.CONTRACT_TYPES.items():
            self._contract_type.addItem(name, code)
        self._contract_type.currentIndexChanged.connect(self._fill_plans)
        self.plan_list = NameList(page)
        self.plan_list.currentRowChanged.connect(self._on_plan_row)
        self.plan_list.itemActivated.connect(self.focus_capacity)
        self._plan_note = PlainLabel(texts.NO_PLANS, page, tone="muted", scale=0.9)
        self._plan_note.hide()
        self.expired = QCheckBox(page)
        self.expired.hide()
        self.expired.toggled.connect(self._fill_plans)
        row = HBox().add(
            (self._label(texts.PLAN, self.plan_list), 1), self._label(texts.CONTRACT_TYPE, self._contract_type), self._contract_type
        )
        layout.add(Gap(SPACE_XS), row, (self.plan_list, 3), self.expired, self._plan_note)

    def _build_contract(self, page: QWidget, layout: VBox) -> None:
        self.base_combo = QComboBox(page, sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.base_combo.currentIndexChanged.connect(self._on_base)
        self.capacity_editor = QLineEdit(page)
        self.capacity_editor.setFixedWidth(96)
        self.capacity_editor.setAcceptDrops(False)
        self.capacity_editor.textChanged.connect(self._on_capacity_typed)
        self.capacity_editor.editingFinished.connect(self._normalise_capacity)
        self._unit = PlainLabel("", page)
        self._capacity_row = QWidget(page)
        HBox(self._capacity_row, margins=(0, SPACE_XS, 0, 0), spacing=SPACE_S).add(
            self._label(texts.CAPACITY, self.capacity_editor), self.capacity_editor, self._unit, Stretch()
        )
        self._capacity_note = PlainLabel(texts.CAPACITY_HINT, page, scale=0.9)
        layout.add(Gap(SPACE_XS), self._label(texts.BASE, self.base_combo), self.base_combo, self._capacity_row, self._capacity_note)
        self._capacity_row.hide()
        self._capacity_note.hide()
        for late in (self._company_note, self._plan_note, self._capacity_row, self._capacity_note):
            keep_room(late)  # what comes with a server's answer moves nothing that is being aimed at

    def _label(self, words: str, buddy: QWidget) -> PlainLabel:
        return label_of(buddy, words, self, scale=0.9)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_place_changed(self) -> None:
        self.reload()
        if self._companies_job.is_busy:
            self._companies = ()  # those of the last place
            self._fill_companies()
            self._company_note.setText(texts.LOADING)

    def _on_companies(self, answer: Fetched[tuple[Company, ...]]) -> None:
        self._companies = answer.value
        self.fetched.emit(answer)
        self._fill_companies()

    def _on_companies_failed(self, error: object) -> None:
        self._companies = ()
        self._fill_companies()
        self._company_note.setText("")
        self.failed.emit(error)

    def _fill_companies(self) -> None:
        # the former monopoly first: it is what most customers come from
        self._shown_companies = shown = sorted(self._companies, key=lambda c: (not c.former_monopoly, c.name))
        self.company_list.show_names([company.name for company in shown])
        self._company_note.setText("" if shown or self._companies_job.is_busy else texts.NO_COMPANIES)
        self._company_note.setVisible(not shown)
        row = next((n for n, c in enumerate(shown) if c.epcorp_cd == self._wanted[0]), 0 if shown else -1)
        self.company_list.setCurrentRow(row)
        if row < 0:
            self._plans, self._plans_are_of, self._plans_loading = (), "", False
            self._plans_job.cancel()
            self._fill_plans()

    def _on_company_row(self, row: int) -> None:
        if row < 0 or row >= len(self._shown_companies):
            return
        company = self._shown_companies[row]
        if company.epcorp_cd == self._plans_are_of:
            return  # the filter was typed on, the retailer is the same
        self._plans_are_of = company.epcorp_cd
        self._plans = ()  # another retailer's plans must not stand below this one's name while the server thinks
        self._plans_loading = True
        self._fill_plans()
        self._plans_job.run(LaneName.QUOTING, _plans, self._context.desk, company.epcorp_cd)

    def _on_plans(self, answer: Fetched[tuple[Plan, ...]]) -> None:
        self._plans, self._plans_loading = answer.value, False
        self.fetched.emit(answer)
        self._fill_plans()

    def _on_plans_failed(self, error: object) -> None:
        self._plans, self._plans_are_of, self._plans_loading = (), "", False
        self._fill_plans()
        self.failed.emit(error)

    def _fill_plans(self) -> None:
        wanted = self._contract_type.currentData()
        today = now_jst().date()
        usable = [plan for plan in self._plans if plan.bases and wanted in (None, plan.contract_type)]
        faults = self._context.desk.quoting.validity_faults
        # Nobody can have a plan that is over, but a customer may still be on one: it is shown if it was asked for, and below the others.
        over = [plan for plan in usable if is_over(plan, today)]
        self.expired.setText(texts.SHOW_EXPIRED.format(count=len(over)))
        self.expired.setVisible(bool(over))
        left_out = () if self.expired.isChecked() else [plan for plan in over if plan.epplan_id != self._wanted[1]]
        self._shown_plans = sorted((plan for plan in usable if plan not in left_out), key=lambda plan: is_over(plan, today))
        self.plan_list.show_names([plan_words(plan, today, is_old=bool(faults(plan, today))) for plan in self._shown_plans])
        self._plan_note.setText(texts.LOADING if self._plans_loading else texts.NO_PLANS)
        self._plan_note.setVisible(bool(self._plans_are_of) and not self._shown_plans)
        row = next((n for n, plan in enumerate(self._shown_plans) if plan.epplan_id == self._wanted[1]), 0 if self._shown_plans else -1)
        self.plan_list.setCurrentRow(row)
        if row < 0:
            self._on_plan_row(-1)

    def _on_plan_row(self, row: int) -> None:
        self.base_combo.blockSignals(True)
        self.base_combo.clear()
        if 0 <= row < len(self._shown_plans):
            plan = self._shown_plans[row]
            for base in plan.bases:
                self.base_combo.addItem(base.name or plan.name)
                self.base_combo.setItemData(self.base_combo.count() - 1, plain_tip(base.name or plan.name), Qt.ItemDataRole.ToolTipRole)
            if plan.epplan_id == self._wanted[1]:
                self.base_combo.setCurrentIndex(next((n for n, base in enumerate(plan.bases) if base.base_cd == self._wanted[2]), 0))
            self._unit.setText(plan.capacity_unit)
        self.base_combo.blockSignals(False)
        self._on_base()

    def _on_base(self) -> None:
        choice = self.choice()
        needed = choice is not None and choice.needs_capacity
        self._capacity_row.setVisible(needed)
        self._show_capacity_note()
        self._announce_choice()

    def _on_capacity_typed(self) -> None:
        self._show_capacity_note()
        self._pause.start()
        self.choice_awaited.emit()

    def _show_capacity_note(self) -> None:
        choice = self.choice()
        typed = typed_amount(self.capacity_editor.text())
        wrong = bool(typed.text) and typed.value is None
        needed = choice is not None and choice.needs_capacity
        self._capacity_note.setText((typed.damage or texts.CAPACITY_WRONG) if wrong else texts.CAPACITY_HINT)
        self._capacity_note.set_tone("error" if wrong else "muted")
        self._capacity_note.setVisible(needed and (wrong or not typed.text))
        set_tone(self.capacity_editor, "fault", "yes" if wrong else "no")

    def _normalise_capacity(self) -> None:
        typed = typed_amount(self.capacity_editor.text())
        if typed.value is not None and not self._capacity_row.isHidden():
            self.capacity_editor.setText(f"{typed.value:f}")
            if typed.changes:
                self._capacity_note.setText(typed.changes)
                self._capacity_note.show()

    def _capacity_value(self) -> Decimal | None:
        return None if self._capacity_row.isHidden() else typed_amount(self.capacity_editor.text()).value

    def _announce_choice(self) -> None:
        self._pause.stop()
        choice = self.choice()
        if choice is not None:
            self._wanted = [choice.company.epcorp_cd, choice.plan.epplan_id, choice.base.base_cd]
            self._context.ui_state.put(_STATE, "/".join(self._wanted))
        self.choice_changed.emit(choice)


def asked_detail(desk: "Desk", choice: PlanChoice, cancel: CancelToken | None = None) -> Fetched[PlanDetail]:
    """On a lane: all figures of what was picked, which for some plans depend on the capacity."""
    from denkidesk.desk.own_plans import plan_detail

    capacity = choice.capacity if choice.plan.plan_type is PlanType.VARIABLE_METERED else None
    return plan_detail(desk, choice.plan.epplan_id, choice.base.base_cd, capacity, cancel)


def _companies(
    desk: "Desk", area: Area | None, prefecture: str | None, zip_code: str | None, every: bool, cancel: CancelToken | None = None
) -> Fetched[tuple[Company, ...]]:
    """On a lane, which loads what it takes."""
    from denkidesk.desk.own_plans import companies

    return companies(desk, area, prefecture, zip_code, every, cancel)


def _plans(desk: "Desk", epcorp_cd: str, cancel: CancelToken | None = None) -> Fetched[tuple[Plan, ...]]:
    """The same."""
    from denkidesk.desk.own_plans import plans

    return plans(desk, epcorp_cd, cancel)
