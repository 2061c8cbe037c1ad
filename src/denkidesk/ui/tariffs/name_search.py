"""A field that finds any stored retailer or plan by a part of its name; nothing that is shown changes before one is picked."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from denkidesk.domain.areas import AREA_NAMES_JA, area_of_quoting_code
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.plans import Company
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.hits import Hits
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_XS
from denkidesk.ui.tariffs.words import plan_words

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.plan_search import Hit, PlanNames

_SHARES: Final = (0.6, 0.4)
_OTHER_WINDOW: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class _Field(QLineEdit):
    """``entered``: the cursor is here; ``left``: it is elsewhere in the window."""

    entered = Signal()
    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _OTHER_WINDOW:
            self.left.emit()


class NameSearch(QWidget):
    """``picked``: a retailer, and one of its plans or None. ``grown``: what was found needs more room, and has it.

    ``every``: whether those count that are not allotted to the account; ``here``: the retailers of the place that is shown.
    The names are read from the store when the cursor comes, and looked through at each letter.
    """

    picked = Signal(object, object)
    grown = Signal()

    def __init__(
        self, context: UiContext, every: Callable[[], bool], here: Callable[[], Sequence[Company]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._every, self._here = context, every, here
        self._names: PlanNames | None = None
        self._found: tuple[Hit, ...] = ()
        self._enter_waits = False
        self._job = LatestJob(context.jobs, self, self._on_names, self._on_failed)
        self.editor = _Field(self, placeholderText=texts.FIND_BY_NAME, clearButtonEnabled=True)
        self.editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        self.editor.entered.connect(self._read)
        self.editor.left.connect(self._close)
        self.editor.textChanged.connect(self._on_typed)
        self.editor.returnPressed.connect(self._on_enter)
        self.note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self.note.hide()
        self._column = VBox(self, margins=0, spacing=SPACE_XS).add(self.editor, self.note)
        self.setFocusProxy(self.editor)

    @cached_property
    def hits(self) -> Hits:
        """What was found, built when something is."""
        hits = Hits(texts.NAME_HITS, texts.NAME_HIT_HEADINGS, _SHARES, self.editor, self)
        hits.picked.connect(self._pick)
        self._column.insertWidget(1, hits)
        return hits

    @property
    def is_busy(self) -> bool:
        """Whether the names are being read."""
        return self._job.is_busy

    def shut_down(self) -> None:
        """Gives the search up."""
        self._job.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() > event.oldSize().height():
            self.grown.emit()

    def _read(self) -> None:
        self._job.run(LaneName.STORE, _names, self._context.desk, self._every())

    def _on_names(self, names: "PlanNames") -> None:
        is_known = names is self._names
        self._names = names
        if not is_known or self._enter_waits:
            self._find()
        if self._enter_waits and self._found:
            self._pick(0)
        self._enter_waits = False

    def _on_failed(self, error: object) -> None:
        self._enter_waits = False
        if not isinstance(error, Cancelled):
            self._say(said(error).text)

    def _on_typed(self) -> None:
        self._enter_waits = False
        if self._names is None and not self._job.is_busy and self.editor.text().strip():
            self._read()
        self._find()

    def _find(self) -> None:
        words = " ".join(self.editor.text().split())
        if self._names is None or not words or not self.editor.hasFocus():
            self._close()
            return
        today = now_jst().date()
        found = self._names.find(words, self._here(), today)
        self._found = found.hits
        here = {company.epcorp_cd for company in self._here()}
        faults = self._context.desk.quoting.validity_faults
        rows = []
        for company, plan in self._found:
            area = area_of_quoting_code(company.area_code)
            where = "" if company.epcorp_cd in here or area is None else AREA_NAMES_JA[area]
            name = company.name if plan is None else plan_words(plan, today, is_old=bool(faults(plan, today)))
            whose = texts.A_COMPANY if plan is None else company.name
            rows.append((" ".join(name.split()), " ".join([*filter(None, (where,)), *whose.split()])))
        self.hits.show_rows(rows)
        said_of_some = texts.NAMES_FOUND if found.count == len(rows) else texts.MORE_NAMES_FOUND
        self._say((said_of_some if rows else texts.NO_SUCH_NAME).format(count=f"{found.count:,}", shown=len(rows), words=words))

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _close(self) -> None:
        self._found, self._enter_waits = (), False
        if "hits" in vars(self):
            self.hits.close_hits()
        self._say("")

    def _on_enter(self) -> None:
        """The list has Enter while it is open; here it is not, or not yet."""
        if self._job.is_busy:
            self._enter_waits = True
        else:
            self._find()  # what Esc has closed

    def _pick(self, row: int) -> None:
        company, plan = self._found[row]
        self.editor.clear()
        self.picked.emit(company, plan)


def _names(desk: "Desk", every: bool) -> "PlanNames":
    """On a lane, which loads what it takes."""
    return desk.plan_search.names(every)
