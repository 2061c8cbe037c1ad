"""Where the practice has its place in the window: a menu, a line under ヘルプ, and a page on the first start."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts.practice import ACT_FIRST
from denkidesk.ui.context import UiContext
from denkidesk.ui.practice.coach import PracticeCoach
from denkidesk.ui.shell.pages import LazyPage

if TYPE_CHECKING:
    from denkidesk.desk.troubles import TroubleDesk
    from denkidesk.ui.inbox.tab import InboxTab
    from denkidesk.ui.shell.main_window import MainWindow


class Practising(QObject):
    """Puts a coach into a window whose screen in front stands."""

    def __init__(self, window: "MainWindow", context: UiContext, troubles: "TroubleDesk", inbox_page: "LazyPage[InboxTab]") -> None:
        super().__init__(window)
        coach = self.coach = PracticeCoach(context, troubles, window)
        self._inbox_page = inbox_page
        *_, view_action, help_action = window.menuBar().actions()
        view_action.menu().addMenu(coach.menu())  # type: ignore[attr-defined] # PySide6's stub says QObject
        again = QAction(ACT_FIRST, window)
        again.triggered.connect(coach.open_page)
        help_menu = help_action.menu()
        help_menu.insertAction(help_menu.actions()[1], again)  # type: ignore[attr-defined] # PySide6's stub says QObject
        coach.outage_requested.connect(partial(window.start_application, ApplicationKind.OUTAGE))
        coach.refresh_requested.connect(window.refresh)
        coach.sending_wanted.connect(window.outgoing.auto_sender.try_now)
        window.outgoing.auto_sender.planned.connect(coach.planned)
        window.closed.connect(coach.stop)
        self._watch(window.inbox)

    def _watch(self, inbox: "InboxTab") -> None:
        """Reading in the inbox ends the first practice. The page of the first start stands in its place while it is empty."""
        inbox.list.turned.connect(self.coach.read)
        if self.coach.is_new and not inbox.list.model.rowCount():
            inbox.list.model.rowsInserted.connect(self._on_rows)
            inbox.list.model.modelReset.connect(self._on_rows)
            self._inbox_page.cover(self.coach.page(self._inbox_page.uncover))

    def _on_rows(self, *_what: object) -> None:
        if self._inbox_page.build().list.model.rowCount():
            self.coach.uncover()

    def began(self, kind: "ApplicationKind | None") -> None:
        """A form was opened."""
        if kind is ApplicationKind.OUTAGE:
            self.coach.outage_begun()
