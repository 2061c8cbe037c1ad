"""A field that finds a plan by any part of either name; what it finds stands below it in the page, never in a popup (input methods)."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from denkidesk.desk.plan_search import find_plans
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.plans import Company, Plan
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import paper as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.stepping_edit import SteppingEdit
from denkidesk.ui.parts.theme import SPACE_XS
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.place_picker import PlacePicker
from denkidesk.ui.tariffs.words import plan_words

Found = tuple[Company, Plan]
_PAUSE_MS: Final = 200
_ROW_HEIGHT: Final = 32
_MOST_ROWS: Final = 6
_MOST: Final = 40


class PlanSearch(QWidget):
    """``picked``: a plan, or that there is none any more. ``go_on``: Enter, where nothing is left to pick."""

    picked = Signal()
    go_on = Signal()

    def __init__(self, context: UiContext, place: PlacePicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._place = place
        self.found: Found | None = None
        self._results: tuple[Found, ...] = ()
        self._words = ""  # what the results are of
        self._enter_waits = False
        self._job = LatestJob(context.jobs, self, self._on_found, self._on_failed)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.editor = SteppingEdit(self)
        self.editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        self.editor.setPlaceholderText(texts.PLAN_HINT)
        self.editor.textEdited.connect(self._on_typed)
        self.editor.returnPressed.connect(self._on_enter)
        self.editor.stepped.connect(self._step)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the field
        self.list.setAccessibleName(texts.PLAN_HINT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._pick)
        self.list.hide()
        self._note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        VBox(self, margins=0, spacing=SPACE_XS).add(label_of(self.editor, texts.PLAN, self, scale=0.9), self.editor, self.list, self._note)

    @property
    def is_busy(self) -> bool:
        """Whether plans are being looked for."""
        return self._job.is_busy or self._pause.isActive()

    def shut_down(self) -> None:
        """Gives the search up."""
        self._pause.stop()
        self._job.cancel()

    def _on_typed(self) -> None:
        self._results, self._enter_waits = (), False
        self._show_results()
        self._job.cancel()
        if self.found is not None:
            self.found = None
            self.picked.emit()
        self._note.setText("")
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self._words = " ".join(self.editor.text().split())
        place = self._place.question()
        if self._words and place is not None:
            self._job.run(LaneName.QUOTING, find_plans, self._context.desk, place, self._words)

    def _on_found(self, results: tuple[Found, ...]) -> None:
        self._results = results[:_MOST]
        note = texts.MORE_FOUND.format(count=f"{len(results):,}", shown=_MOST) if len(results) > _MOST else ""
        self._note.setText(note if results else texts.NOTHING_FOUND.format(words=self._words))
        self._show_results()
        if self._enter_waits and results:
            self._pick()

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._note.setText(said(error).text)

    def _show_results(self) -> None:
        today = now_jst().date()
        self.list.clear()
        faults = self._context.desk.quoting.validity_faults
        for company, plan in self._results:
            self.list.addItem(f"{' '.join(company.name.split())}　{plan_words(plan, today, is_old=bool(faults(plan, today)))}")
        self.list.setCurrentRow(0 if self._results else -1)
        self.list.setFixedHeight(min(len(self._results), _MOST_ROWS) * _ROW_HEIGHT + 2)
        self.list.setVisible(bool(self._results))

    def _step(self, rows: int) -> None:
        if self._results:
            self.list.setCurrentRow(min(max(self.list.currentRow() + rows, 0), len(self._results) - 1))

    def _on_enter(self) -> None:
        if self.found is not None:
            self.go_on.emit()
        elif self._results:
            self._pick()
        else:
            self._enter_waits = True  # the answer is on its way
            if not self._job.is_busy:
                self._search()

    def _pick(self) -> None:
        self.found = company, plan = self._results[self.list.currentRow()]
        self._results, self._enter_waits = (), False
        self._show_results()
        self.editor.setText(f"{' '.join(company.name.split())}　{' '.join(plan.name.split())}")
        self._note.setText(texts.FOUND_BY.format(words=self._words))
        self.picked.emit()
        self.go_on.emit()
