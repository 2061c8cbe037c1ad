"""From a place to a plan: area, prefecture or postcode, then retailer, plan, contract. All by keyboard, nothing lost on a slow server."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import AREA_NAMES_JA, PREFECTURE_NAMES_JA, Area
from denkidesk.domain.plans import BaseOption, Company, Plan, PlanType
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, set_tone
from denkidesk.ui.texts import tariffs as texts

NEEDS_CAPACITY = frozenset({2, 3, 8, 9})
"""Base types whose charge is by contract capacity (billing rule 7)."""

_TYPING_PAUSE_MS = 350
_MODES = (texts.FIND_BY_AREA, texts.FIND_BY_PREFECTURE, texts.FIND_BY_ZIP)


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What the clerk picked. ``capacity`` is None where it was not given or is not needed."""

    company: Company
    plan: Plan
    base: BaseOption
    capacity: Decimal | None

    @property
    def needs_capacity(self) -> bool:
        """Whether neither price nor bill can be had without a capacity."""
        return self.base.base_type in NEEDS_CAPACITY or self.plan.plan_type is PlanType.VARIABLE_METERED


class PlanFinder(QWidget):
    """The left side of the tab. ``choice_changed`` carries a PlanChoice, or None while there is none."""

    choice_changed = Signal(object)
    failed = Signal(object)
    fetched = Signal(object)  # each Fetched, for the screen's word about its age

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._companies: tuple[Company, ...] = ()
        self._plans: tuple[Plan, ...] = ()
        self._shown_companies: list[Company] = []
        self._shown_plans: list[Plan] = []
        self._companies_job = LatestJob(context.jobs, self)
        self._companies_job.succeeded.connect(self._on_companies)
        self._companies_job.failed.connect(self._on_companies_failed)
        self._plans_job = LatestJob(context.jobs, self)
        self._plans_job.succeeded.connect(self._on_plans)
        self._plans_job.failed.connect(self._on_plans_failed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._announce_choice)
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether lists are still being fetched."""
        return self._companies_job.is_busy or self._plans_job.is_busy

    def reload(self) -> None:
        """Asks for the retailers of the present place again."""
        mode = self._modes.checkedId()
        if mode == 2 and len(self._zip_digits()) != 7:
            self._zip_note.setText(texts.ZIP_WRONG if self._zip.text().strip() else texts.ZIP_HINT)
            self._zip_note.set_tone("error" if self._zip.text().strip() else "muted")
            return
        self._zip_note.setText(texts.ZIP_HINT)
        self._zip_note.set_tone("muted")
        quoting = self._context.desk.quoting
        self._company_note.setText(texts.LOADING)
        if mode == 0:
            self._companies_job.run(LaneName.QUOTING, quoting.companies, area=Area(self._area.currentData()))
        elif mode == 1:
            self._companies_job.run(LaneName.QUOTING, quoting.companies, prefecture=self._prefecture.currentData())
        else:
            self._companies_job.run(LaneName.QUOTING, quoting.companies, zip_code=self._zip_digits())

    def choose(self, company_name: str, plan_name: str) -> bool:
        """Picks by name in the lists that are shown; False if either is not there."""
        for lister, wanted in ((self._company_list, company_name), (self._plan_list, plan_name)):
            rows = [row for row in range(lister.count()) if lister.item(row).text().startswith(wanted)]
            if not rows:
                return False
            lister.setCurrentRow(rows[0])
        return True

    @property
    def company_list(self) -> QListWidget:
        """The retailers shown."""
        return self._company_list

    @property
    def plan_list(self) -> QListWidget:
        """The plans shown."""
        return self._plan_list

    @property
    def capacity_editor(self) -> QLineEdit:
        """Where the contract capacity is typed."""
        return self._capacity

    def choice(self) -> PlanChoice | None:
        """What is picked now."""
        company_row, plan_row, base_row = self._company_list.currentRow(), self._plan_list.currentRow(), self._base.currentIndex()
        if company_row < 0 or plan_row < 0 or base_row < 0 or company_row >= len(self._shown_companies):
            return None
        plan = self._shown_plans[plan_row]
        return PlanChoice(self._shown_companies[company_row], plan, plan.bases[base_row], self._capacity_value())

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(PlainLabel(texts.FIND_TITLE, self, scale=1.2, bold=True))
        layout.addLayout(self._build_modes())
        layout.addWidget(self._build_places())
        layout.addSpacing(SPACE_S)
        self._company_filter = QLineEdit(self)
        self._company_filter.setPlaceholderText(texts.COMPANY_FILTER)
        self._company_filter.setClearButtonEnabled(True)
        self._company_filter.textChanged.connect(self._fill_companies)
        self._company_list = QListWidget(self)
        self._company_list.setMinimumHeight(104)
        self._company_list.currentRowChanged.connect(self._on_company_row)
        self._company_note = PlainLabel("", self, tone="muted", scale=0.9)
        self._labelled(layout, texts.COMPANY, self._company_filter)
        layout.addWidget(self._company_list, 2)
        layout.addWidget(self._company_note)
        self._contract_type = QComboBox(self)
        self._contract_type.addItem(texts.CONTRACT_TYPE_ALL, None)
        for code, name in texts.CONTRACT_TYPES.items():
            self._contract_type.addItem(name, code)
        self._contract_type.currentIndexChanged.connect(self._fill_plans)
        self._plan_list = QListWidget(self)
        self._plan_list.setMinimumHeight(104)
        self._plan_list.currentRowChanged.connect(self._on_plan_row)
        row = QHBoxLayout()
        row.addWidget(self._label(texts.PLAN, self._plan_list), 1)
        row.addWidget(self._label(texts.CONTRACT_TYPE, self._contract_type))
        row.addWidget(self._contract_type)
        layout.addSpacing(SPACE_S)
        layout.addLayout(row)
        layout.addWidget(self._plan_list, 3)
        self._base = QComboBox(self)
        self._base.currentIndexChanged.connect(self._on_base)
        self._capacity = QLineEdit(self)
        self._capacity.setFixedWidth(96)
        self._capacity.textChanged.connect(self._on_capacity_typed)
        self._capacity.editingFinished.connect(self._normalise_capacity)
        self._unit = PlainLabel("", self)
        layout.addSpacing(SPACE_S)
        self._labelled(layout, texts.BASE, self._base)
        self._capacity_row = QWidget(self)
        line = QHBoxLayout(self._capacity_row)
        line.setContentsMargins(0, SPACE_XS, 0, 0)
        line.addWidget(self._label(texts.CAPACITY, self._capacity))
        line.addWidget(self._capacity)
        line.addWidget(self._unit)
        line.addStretch(1)
        layout.addWidget(self._capacity_row)
        self._capacity_note = PlainLabel("", self, scale=0.9, wrap=True)
        layout.addWidget(self._capacity_note)
        self._capacity_row.hide()
        self._capacity_note.hide()

    def _build_modes(self) -> QHBoxLayout:
        self._modes = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        for number, words in enumerate(_MODES):
            button = QPushButton(words, self)
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            self._modes.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._modes.button(0).setChecked(True)
        self._modes.idClicked.connect(self._on_mode)
        return row

    def _build_places(self) -> QStackedWidget:
        self._area = QComboBox(self)
        for area in Area:
            self._area.addItem(AREA_NAMES_JA[area], area)
        self._area.setCurrentIndex(self._area.findData(Area.KANSAI))
        self._area.setAccessibleName(_plain(texts.FIND_BY_AREA))
        self._prefecture = QComboBox(self)
        for code, name in PREFECTURE_NAMES_JA.items():
            self._prefecture.addItem(name, code)
        self._prefecture.setCurrentIndex(self._prefecture.findData("27"))
        self._prefecture.setAccessibleName(_plain(texts.FIND_BY_PREFECTURE))
        self._zip = QLineEdit(self)
        self._zip.setPlaceholderText("530-0000")
        self._zip.setAccessibleName(_plain(texts.FIND_BY_ZIP))
        self._zip_note = PlainLabel(texts.ZIP_HINT, self, tone="muted", scale=0.9)
        self._area.currentIndexChanged.connect(self.reload)
        self._prefecture.currentIndexChanged.connect(self.reload)
        self._zip.editingFinished.connect(self._on_zip)
        self._places = QStackedWidget(self)
        prefecture_note = PlainLabel(texts.PREFECTURE_HINT, self, tone="muted", scale=0.9, wrap=True)
        for widgets in ((self._area,), (self._prefecture, prefecture_note), (self._zip, self._zip_note)):
            page = QWidget(self)
            box = QVBoxLayout(page)
            box.setContentsMargins(0, SPACE_XS, 0, 0)
            box.setSpacing(SPACE_XS)
            for widget in widgets:
                box.addWidget(widget)
            self._places.addWidget(page)
        self._places.setMaximumHeight(92)
        return self._places

    def _label(self, words: str, buddy: QWidget) -> PlainLabel:
        label = PlainLabel(words, self, tone="muted", scale=0.9)
        label.setBuddy(buddy)
        buddy.setAccessibleName(_plain(words))
        return label

    def _labelled(self, layout: QVBoxLayout, words: str, editor: QWidget) -> None:
        layout.addWidget(self._label(words, editor))
        layout.addWidget(editor)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_mode(self, mode: int) -> None:
        self._places.setCurrentIndex(mode)
        (self._area, self._prefecture, self._zip)[mode].setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _zip_digits(self) -> str:
        return "".join(c for c in unicodedata.normalize("NFKC", self._zip.text()) if c.isdigit())

    def _on_zip(self) -> None:
        digits = self._zip_digits()
        if len(digits) == 7:
            self._zip.setText(f"{digits[:3]}-{digits[3:]}")
        self.reload()

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
        wanted = unicodedata.normalize("NFKC", self._company_filter.text()).casefold().strip()
        before = self.choice()
        # the former monopoly first: it is what most customers come from
        shown = sorted(
            (c for c in self._companies if wanted in unicodedata.normalize("NFKC", c.name).casefold()),
            key=lambda c: (not c.former_monopoly, c.name),
        )
        self._company_list.blockSignals(True)
        self._company_list.clear()
        self._shown_companies = shown
        self._company_list.addItems([company.name for company in shown])
        self._company_list.blockSignals(False)
        self._company_note.setText("" if shown or self._companies_job.is_busy else texts.NOTHING_FOUND)
        self._company_note.setVisible(not shown)
        row = next((n for n, c in enumerate(shown) if before and c.epcorp_cd == before.company.epcorp_cd), 0 if shown else -1)
        self._company_list.setCurrentRow(row)
        if row < 0:
            self._plans = ()
            self._fill_plans()

    def _on_company_row(self, row: int) -> None:
        if row < 0 or row >= len(self._shown_companies):
            return
        self._plans_job.run(LaneName.QUOTING, self._context.desk.quoting.plans, self._shown_companies[row].epcorp_cd)

    def _on_plans(self, answer: Fetched[tuple[Plan, ...]]) -> None:
        self._plans = answer.value
        self.fetched.emit(answer)
        self._fill_plans()

    def _on_plans_failed(self, error: object) -> None:
        self._plans = ()
        self._fill_plans()
        self.failed.emit(error)

    def _fill_plans(self) -> None:
        wanted = self._contract_type.currentData()
        before = (
            self._shown_plans[self._plan_list.currentRow()].epplan_id if 0 <= self._plan_list.currentRow() < len(self._shown_plans) else ""
        )
        self._shown_plans = [plan for plan in self._plans if plan.bases and wanted in (None, plan.contract_type)]
        self._plan_list.blockSignals(True)
        self._plan_list.clear()
        for plan in self._shown_plans:
            kind = "" if plan.plan_type is PlanType.METERED else f"（{texts.PLAN_TYPES[int(plan.plan_type)]}）"
            self._plan_list.addItem(f"{plan.name}{kind}")
            self._plan_list.item(self._plan_list.count() - 1).setToolTip("")
        self._plan_list.blockSignals(False)
        row = next((n for n, plan in enumerate(self._shown_plans) if plan.epplan_id == before), 0 if self._shown_plans else -1)
        self._plan_list.setCurrentRow(row)
        if row < 0:
            self._on_plan_row(-1)

    def _on_plan_row(self, row: int) -> None:
        self._base.blockSignals(True)
        self._base.clear()
        if 0 <= row < len(self._shown_plans):
            for base in self._shown_plans[row].bases:
                self._base.addItem(base.name or self._shown_plans[row].name)
            self._unit.setText(self._shown_plans[row].capacity_unit)
        self._base.blockSignals(False)
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

    def _show_capacity_note(self) -> None:
        choice = self.choice()
        text = unicodedata.normalize("NFKC", self._capacity.text()).strip()
        wrong = bool(text) and self._capacity_value() is None
        needed = choice is not None and choice.needs_capacity
        self._capacity_note.setText(texts.CAPACITY_WRONG if wrong else texts.CAPACITY_HINT)
        self._capacity_note.set_tone("error" if wrong else "muted")
        self._capacity_note.setVisible(needed and (wrong or not text))
        set_tone(self._capacity, "fault", "yes" if wrong else "no")

    def _normalise_capacity(self) -> None:
        value = self._capacity_value()
        if value is not None:
            self._capacity.setText(f"{value:f}")

    def _capacity_value(self) -> Decimal | None:
        if self._capacity_row.isHidden():
            return None
        try:
            value = Decimal(unicodedata.normalize("NFKC", self._capacity.text()).strip())
        except InvalidOperation:
            return None
        return value if value.is_finite() and 0 < value < 1_000_000 else None

    def _announce_choice(self) -> None:
        self._pause.stop()
        self.choice_changed.emit(self.choice())


def _plain(words: str) -> str:
    return words.split("(&", maxsplit=1)[0]
