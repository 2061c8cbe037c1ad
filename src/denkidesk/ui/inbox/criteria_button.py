"""The way to the listing's own criteria: the dialog that asks for them, and what is asked for now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.values import dataclass
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import CRITERIA, LEAVE_CRITERIA
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.plain import set_tip

if TYPE_CHECKING:  # most days ask for everything
    from denkidesk.desk.listing_criteria import SavedView
    from denkidesk.forms.model import CodeChoices


@dataclass(frozen=True, slots=True)
class Asked:
    """A view as it is typed and kept, and the listing's criteria that it asks for today: None where they no longer can be asked for."""

    kept: "SavedView"
    criteria: ListingCriteria | None


class CriteriaButton(QPushButton):
    """Pressed in for as long as the list shows only what meets criteria; says which, and is no filter of the others."""

    chosen = Signal(object)  # an Asked with criteria, or None: the list shows everything again
    kept_changed = Signal()
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(texts.CRITERIA_BUTTON, parent)
        self.setAccessibleName(texts.CRITERIA)
        self._context = context
        self._asked: Asked | None = None
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        set_tip(self, texts.CRITERIA_TIP)
        self.clicked.connect(self.ask)
        self._tables = LatestJob(context.jobs, self, self._on_tables, self.failed)
        self._in_question: SavedView | None = None  # of the dialog that comes

    @property
    def asked(self) -> Asked | None:
        """What is asked for now."""
        return self._asked

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's own method
        """Pressing it opens the dialog and changes nothing by itself."""

    def bind_keys(self, screen: QWidget) -> None:
        """Its keys count on the whole screen."""
        bind(CRITERIA, screen, self.ask)
        bind(LEAVE_CRITERIA, screen, self.leave)

    def ask(self) -> None:
        """Opens the dialog, with what is asked for now."""
        self.mend(self._asked.kept if self._asked else None)

    def mend(self, kept: "SavedView | None") -> None:
        """Opens the dialog, with what is wrong with some criteria by now."""
        self._in_question = kept
        self._tables.run(LaneName.STORE, self._context.desk.listing_criteria.tables)

    def leave(self) -> None:
        """Lets the criteria go."""
        if self._asked is not None:
            self.show_asked(None)
            self.chosen.emit(None)

    def show_asked(self, asked: Asked | None) -> None:
        """Says what is asked for."""
        self._asked = asked
        self.setChecked(asked is not None)
        words = texts.CRITERIA_BUTTON if asked is None else texts.CRITERIA_SHOWN.format(name=asked.kept.name or texts.CRITERIA_UNNAMED)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(texts.CRITERIA if asked is None else words)

    def stop(self) -> None:
        """The screen closes."""
        self._tables.cancel()

    def _on_tables(self, tables: "CodeChoices") -> None:
        from denkidesk.ui.inbox.criteria_dialog import CriteriaDialog

        dialog = CriteriaDialog(self._context, self._in_question, tables, self.window())
        dialog.asked.connect(self._on_asked)
        dialog.forgotten.connect(self._on_forgotten)
        dialog.open()

    def _on_asked(self, asked: Asked) -> None:
        self.show_asked(asked)
        self.chosen.emit(asked)
        if asked.kept.name:
            job = self._context.jobs.run(LaneName.STORE, self._context.desk.listing_criteria.keep, asked.kept)
            job.then(self._on_kept, self.failed)

    def _on_forgotten(self, name: str) -> None:
        job = self._context.jobs.run(LaneName.STORE, self._context.desk.listing_criteria.forget, name)
        job.then(self._on_kept, self.failed)
        self.leave()

    def _on_kept(self, _nothing: object) -> None:
        self.kept_changed.emit()
