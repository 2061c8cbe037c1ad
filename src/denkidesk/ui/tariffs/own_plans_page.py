"""自社プラン: the plans of the own house, added, changed and deleted here, by hand or by file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QPushButton, QWidget

from denkidesk.desk.own_plan_form import blank_form, doubted_fields, form_of_plan, plan_of_form
from denkidesk.domain.areas import AREA_NAMES_JA, Area, QuotingAreaCode, area_of_quoting_code, quoting_code
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.own_plans import OwnPlan
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import own_plans as texts
from denkidesk.texts.bill import fault_sentence
from denkidesk.texts.tariffs import CONTRACT_TYPES
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.table import DeskTable
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S
from denkidesk.ui.tariffs.other_lists import TextRows
from denkidesk.ui.tariffs.own_plan_form import OwnPlanForm

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.own_plans import FileRead

T = TypeVar("T")
_LEAST_ROWS = 4


class OwnPlansPage(QWidget):
    """``left``: the clerk goes back to the comparison. ``changed``: the plans are others."""

    left = Signal()
    changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._area = quoting_code(Area.KANSAI)
        self._changing: OwnPlan | None = None
        self.plans: tuple[OwnPlan, ...] = ()
        self._job = LatestJob(context.jobs, self, self._on_plans, context.notices.failure)
        self._acting = 0
        self.strips = Strips(self)
        self.form = OwnPlanForm(self)
        self.form.kept.connect(self._keep)
        self.form.closed.connect(self._on_closed)
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether the store is asked, or a change is being kept."""
        return self._job.is_busy or self._acting > 0

    @property
    def chosen(self) -> OwnPlan | None:
        """The plan whose row is chosen."""
        rows = self.table.chosen_rows()
        return self.plans[rows[0]] if rows and rows[0] < len(self.plans) else None

    def open(self, area: QuotingAreaCode | None) -> None:
        """Shows what is kept now. ``area``: of a plan that is added, where the customer's is known."""
        self._area = area or self._area
        self._look()
        (self.table if self.plans else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def shut_down(self) -> None:
        """Gives up the question; what is being kept is kept."""
        self._job.cancel()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        area = FittedPage(self, shrinks=True)
        page = QWidget(area.viewport())
        back = QPushButton(texts.BACK, page)
        back.setProperty("kind", "quiet")
        back.clicked.connect(self.left)
        self.table = DeskTable(texts.TITLE, page)
        self.rows = TextRows(texts.HEAD, self)
        self.table.setModel(self.rows)
        self.table.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(_LEAST_ROWS * self.table.verticalHeader().defaultSectionSize())
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.table.activated.connect(self._change)
        self._none = PlainLabel(texts.NONE, page, tone="muted", wrap=True)
        buttons = {words: QPushButton(words, page) for words in (texts.ADD, texts.CHANGE, texts.DELETE, texts.READ, texts.WRITE)}
        acts = (self._add, self._change, self._delete, self._ask_to_read, self._ask_to_write)
        for button, act in zip(buttons.values(), acts, strict=True):
            button.clicked.connect(act)
        self.add = buttons[texts.ADD]
        self._of_chosen = [buttons[words] for words in (texts.CHANGE, texts.DELETE, texts.WRITE)]
        self.form.setParent(page)
        self._hint = PlainLabel(texts.HINT, page, tone="muted", wrap=True)
        self._buttons = QWidget(page)
        self._buttons.setLayout(Flow(SPACE_S).add(*buttons.values()))
        VBox(page, margins=(0, SPACE_S, SPACE_M, SPACE_M), spacing=SPACE_S).add(
            HBox().add(PlainLabel(texts.TITLE, page, scale=1.2, bold=True), Stretch(), back),
            self._hint,
            self._none,
            (self.table, 1),
            self._buttons,
            self.form,
            Stretch(0),
        )
        VBox(self, margins=0).add(area)
        area.set_body(page)
        self._allow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- what is kept -----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._job.run(LaneName.STORE, _all, self._context.desk)

    def _on_plans(self, plans: tuple[OwnPlan, ...]) -> None:
        before = self.chosen
        self.plans = plans
        self.rows.show_rows(texts.HEAD, [_cells(own) for own in plans])
        numbers = [own.detail.epplan_id for own in plans]
        if plans:
            self.table.choose_row(numbers.index(before.detail.epplan_id) if before and before.detail.epplan_id in numbers else 0)
        self._allow()

    def _allow(self) -> None:
        """While a plan is typed its form has the room of the list."""
        for button in self._of_chosen:
            button.setEnabled(self.chosen is not None)
        is_open = not self.form.isHidden()
        for part in (self.table, self._hint, self._buttons):
            part.setVisible(not is_open)
        self._none.setVisible(not is_open and not self.plans)

    def _act(self, done: Callable[[T], object], function: Callable[..., T], *arguments: object) -> None:
        """On the store's lane; what is refused is said where it was asked for."""
        self._acting += 1
        job = self._context.jobs.run(LaneName.STORE, function, self._context.desk, *arguments)
        job.then(done, self._on_failed).finished.connect(self._on_acted)

    def _on_acted(self) -> None:
        self._acting -= 1

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            return
        words = texts.failed_words(error)
        if self.form.isHidden():
            self.strips.say(Message("error", words, key="own"))
        else:
            fields = tuple(fault.field for fault in error.faults) if isinstance(error, InputRefused) else ()
            self.form.refuse(words, fields)

    # --- what the clerk does ----------------------------------------------------------------------------------------

    def _add(self) -> None:
        self._changing = None
        self._open_form(texts.ADDING, blank_form(self._area, now_jst().date()))

    def _change(self) -> None:
        own = self.chosen
        if own is None or not self.form.isHidden():
            return
        typed = form_of_plan(own.detail)
        if typed is None:
            self.strips.say(Message("info", texts.ONLY_BY_FILE.format(name=own.detail.name), key="own"))
            return
        self._changing = own
        self._open_form(texts.CHANGING.format(name=own.detail.name), {**typed, "area": own.area_code})

    def _open_form(self, heading: str, values: dict[str, str]) -> None:
        self.strips.clear()
        self.form.open(heading, values)
        self._allow()

    def _on_closed(self) -> None:
        self._allow()
        (self.table if self.plans else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        typed = self.form.values()
        number = "" if self._changing is None else self._changing.detail.epplan_id
        try:
            detail = plan_of_form(typed, number, texts.ENERGY)
        except InputRefused as refused:
            self._on_failed(refused)
            return
        doubts = self._context.desk.quoting.faults(detail, now_jst().date())
        if doubts and not self.form.is_doubted:
            self.form.doubt(texts.doubted_words(map(fault_sentence, doubts)), doubted_fields(detail, doubts))
            return
        own = OwnPlan(self._retailer, QuotingAreaCode(typed["area"]), detail)
        self._act(self._on_kept, _keep, own)

    @property
    def _retailer(self) -> str:
        return self._context.settings.desk.company_name or texts.RETAILER

    def _on_kept(self, own: OwnPlan) -> None:
        self.form.close_form()
        self._tell(Message("ok", texts.KEPT.format(name=own.detail.name), key="own"))

    def _delete(self) -> None:
        if (own := self.chosen) is not None:
            self._act(self._on_deleted, _delete, own)

    def _on_deleted(self, own: OwnPlan) -> None:
        words = texts.DELETED.format(name=own.detail.name)
        self._tell(Message("info", words, texts.UNDO, lambda: self._act(self._on_kept, _keep, own), key="own"))

    def _tell(self, message: Message) -> None:
        self.strips.say(message)
        self._look()
        self.changed.emit()

    def _ask_to_read(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, texts.READ_TITLE, self._context.ui_state.text("usage_folder"), texts.FILTER)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Takes plans in the shape of the API."""
        self._act(self._on_read, _read, path, self._retailer, self._area)

    def _on_read(self, read: "FileRead") -> None:
        today, replaced = now_jst().date(), read.replaced
        doubted = [own.detail.name for own in read.kept if self._context.desk.quoting.faults(own.detail, today)]
        words = texts.read_words(len(read.kept), [own.detail.name for own in replaced], doubted)
        tone = "warn" if doubted or replaced else "ok"
        undo = partial(self._act, self._on_put_back, _put_back, replaced) if replaced else None
        self._tell(Message(tone, words, texts.UNDO if undo else "", undo, key="own"))

    def _on_put_back(self, owns: tuple[OwnPlan, ...]) -> None:
        self._tell(Message("ok", texts.PUT_BACK.format(count=len(owns)), key="own"))

    def _ask_to_write(self) -> None:
        if (own := self.chosen) is None:
            return
        folder = Path(self._context.ui_state.text("quote_folder") or Path.home())
        suggested = texts.FILE_NAME.format(name="".join(letter for letter in own.detail.name if letter.isalnum()))
        name, _filter = QFileDialog.getSaveFileName(self, texts.WRITE_TITLE, str(folder / suggested), texts.FILTER)
        if name:
            self.write_file(Path(name), own)

    def write_file(self, path: Path, own: OwnPlan) -> None:
        """Writes a plan in that shape."""
        self._act(self._on_written, _write, path, own)

    def _on_written(self, path: Path) -> None:
        self.strips.say(Message("ok", texts.WRITTEN.format(name=path.name), key="own"))


def _cells(own: OwnPlan) -> tuple[str, ...]:
    area = area_of_quoting_code(own.area_code)
    prices = texts.price_words(f"{one.unit_yen:f}" for one in own.detail.conditions)
    return own.detail.name, "" if area is None else AREA_NAMES_JA[area], CONTRACT_TYPES.get(own.detail.contract_type, ""), prices


def _all(desk: "Desk") -> tuple[OwnPlan, ...]:
    return desk.own_plans.all()


def _keep(desk: "Desk", own: OwnPlan) -> OwnPlan:
    return desk.own_plans.keep(own)


def _delete(desk: "Desk", own: OwnPlan) -> OwnPlan:
    desk.own_plans.delete(own)
    return own


def _read(desk: "Desk", path: Path, retailer: str, area: QuotingAreaCode) -> "FileRead":
    return desk.own_plans.read_file(path, retailer, area)


def _write(desk: "Desk", path: Path, own: OwnPlan) -> Path:
    desk.own_plans.write_file(path, own)
    return path


def _put_back(desk: "Desk", owns: tuple[OwnPlan, ...]) -> tuple[OwnPlan, ...]:
    return tuple(desk.own_plans.keep(own) for own in owns)
