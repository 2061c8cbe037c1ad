"""The page of each kind of application: built when it is first wanted, or a part a turn before that; it serves one after the other."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.context import UiContext


class FormPages(QObject):
    """``made``: a page stands, to be connected. ``built_ahead``: an outage's page before anybody asked, or None where it was there."""

    made = Signal(object)
    built_ahead = Signal(object)

    def __init__(self, context: UiContext, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._stack = context, stack
        self._pages: dict[ApplicationKind, FormPage] = {}
        self._ahead: FormPage | None = None  # being built before it is asked for
        self._tables: FormTables | None = None
        self._turns = QTimer(self, singleShot=True, interval=0)
        self._turns.timeout.connect(self._build_part)

    def page(self, kind: ApplicationKind, tables: FormTables) -> FormPage:
        """The page of a kind, built by now."""
        if kind in self._pages:
            return self._pages[kind]
        form, self._ahead = self._ahead or FormPage(self._context, kind, tables, self._stack), None
        if form.kind is not kind:
            form.deleteLater()
            form = FormPage(self._context, kind, tables, self._stack)
        form.complete()
        self._pages[kind] = form
        self._stack.addWidget(form)
        self.made.emit(form)
        return form

    def build_ahead(self, tables: FormTables) -> None:
        """Builds the page of an outage before a customer waits for it, a part in each turn of the event loop."""
        self._tables = tables
        self._turns.start()

    def stop(self) -> None:
        """Builds nothing more."""
        self._turns.stop()

    def _build_part(self) -> None:
        outage = ApplicationKind.OUTAGE
        if outage in self._pages or self._tables is None:
            self.built_ahead.emit(None)  # the clerk was quicker
        elif self._ahead is None:
            self._ahead = FormPage(self._context, outage, self._tables, self._stack)
            self._ahead.hide()  # it has no place yet, and would come up half built with whatever it stands on
            self._turns.start()
        elif self._ahead.build_next():
            self._turns.start()
        else:
            self.built_ahead.emit(self.page(outage, self._tables))
