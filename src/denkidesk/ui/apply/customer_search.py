"""The search line of a form: a past customer by any part of what is known; what it finds stands below it in the page."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from denkidesk.domain.customers import Customer
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import customers as texts
from denkidesk.texts.errors import said
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.hits import Hits
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_XS

_SHARES: Final = (0.45, 0.55, 0, 0)


class CustomerSearch(QWidget):
    """``picked``: a customer. ``advanced``: Enter, where there is nobody to pick: the form goes on by hand.

    Each committed letter asks anew, and only the newest answer counts; while an input method composes, nothing is asked.
    """

    picked = Signal(object)  # Customer
    advanced = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: tuple[Customer, ...] = ()
        self._enter_waits = False
        self._job = LatestJob(context.jobs, self, self._on_found, self._on_failed)
        self.editor = LineEditor(self)
        self.editor.setPlaceholderText(texts.SEARCH_HINT)
        self.editor.setAccessibleName(texts.CUSTOMER)
        self.editor.setAccessibleDescription(texts.SEARCH_HINT)
        glass = QAction(self.editor)
        context.icons.put(glass, "search", "muted")
        self.editor.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.hits = Hits(texts.HITS, texts.HIT_HEADINGS, _SHARES, self.editor, self)
        self.note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self.note.hide()
        VBox(self, margins=0, spacing=SPACE_XS).add(self.editor, self.hits, self.note)
        self.setFocusProxy(self.editor)
        self._ask = QTimer(self, singleShot=True, interval=0)  # behind the paint of what was typed: the lane wants the interpreter too
        self._ask.timeout.connect(self._search)
        self.editor.textEdited.connect(self._on_edited)
        self.editor.advanced.connect(self._on_enter)
        self.hits.picked.connect(self._pick)

    def clear(self) -> None:
        """An empty line, as for the next customer."""
        self.stop()
        self.editor.clear()
        self._show(())

    def stop(self) -> None:
        """Gives the search up."""
        self._ask.stop()
        self._job.cancel()

    def _on_edited(self, text: str) -> None:
        self._enter_waits = False
        self.stop()
        if text.strip():
            self._ask.start()
        else:
            self._show(())

    def _search(self) -> None:
        self._job.run(LaneName.STORE, self._context.desk.customers.search, self.editor.text())

    def _on_found(self, found: tuple[Customer, ...]) -> None:
        self._show(found, texts.CHOOSE_HIT if found else texts.NOBODY)
        if self._enter_waits and found:
            self._pick(0)
        elif self._enter_waits:
            self._enter_waits = False
            self.advanced.emit()

    def _on_failed(self, error: object) -> None:
        self._show((), f"{texts.NOT_SEARCHED}{said(error).text}")

    def _on_enter(self) -> None:
        """The list has Enter while it is open; here it is not, or not yet."""
        if self._ask.isActive() or self._job.is_busy:
            self._enter_waits = True
        else:
            self.advanced.emit()

    def _pick(self, row: int) -> None:
        customer = self._found[row]
        self._enter_waits = False
        self._show(())
        self.picked.emit(customer)

    def _show(self, found: tuple[Customer, ...], note: str = "") -> None:
        self._found = found
        self.hits.show_rows([texts.hit(customer) for customer in found])
        self.note.setText(note)
        self.note.setVisible(bool(note))
