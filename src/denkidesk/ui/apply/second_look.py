"""What is looked up while the clerk reads the review: days off, odd characters, applications that may be the same."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.domain.applications import NewApplication
from denkidesk.domain.errors import FieldFault
from denkidesk.forms.checks import cautions_of
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.apply.ports import Outbox, Similar

READING_MS: Final = 400
"""A review that was on the screen for less time than this has not been read: the key that led to it is still going down."""


class SecondLook(QObject):
    """``ready`` once everything was looked up and the review has been on the screen for a moment.

    What cannot be looked up is told by ``failed`` and does not keep the clerk from sending.
    """

    found = Signal(object, object)  # cautions, similar applications
    ready = Signal()
    failed = Signal(object)

    def __init__(self, outbox: Outbox, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._cautions: tuple[FieldFault, ...] = ()
        self._similar: tuple[Similar, ...] = ()
        self._awaited: set[str] = set()
        self._calendar = LatestJob(jobs, self)
        self._calendar.succeeded.connect(self._on_cautions)
        self._calendar.failed.connect(self.failed)
        self._calendar.finished.connect(self._on_calendar_finished)
        self._books = LatestJob(jobs, self)
        self._books.succeeded.connect(self._on_similar)
        self._books.failed.connect(self.failed)
        self._books.finished.connect(self._on_books_finished)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READING_MS)
        self._reading.timeout.connect(self._on_read)

    def start(self, application: NewApplication) -> None:
        """Looks everything up anew."""
        self.stop()
        self._cautions, self._similar = (), ()
        self._awaited = {"calendar", "books", "reading"}
        # The calendar of holidays is a library too, loaded when it is first needed.
        self._calendar.run(LaneName.WORK, cautions_of, application)
        self._books.run(LaneName.STORE, self._outbox.similar_open, application)
        self._reading.start()

    def stop(self) -> None:
        """Gives up what is still being looked up."""
        self._awaited = set()
        self._reading.stop()
        self._calendar.cancel()
        self._books.cancel()

    def _on_cautions(self, cautions: tuple[FieldFault, ...]) -> None:
        self._cautions = cautions
        self.found.emit(self._cautions, self._similar)

    def _on_similar(self, similar: tuple[Similar, ...]) -> None:
        self._similar = tuple(similar)
        self.found.emit(self._cautions, self._similar)

    def _on_calendar_finished(self) -> None:
        self._done("calendar")

    def _on_books_finished(self) -> None:
        self._done("books")

    def _on_read(self) -> None:
        self._done("reading")

    def _done(self, what: str) -> None:
        if what in self._awaited:
            self._awaited.discard(what)
            if not self._awaited:
                self.ready.emit()
