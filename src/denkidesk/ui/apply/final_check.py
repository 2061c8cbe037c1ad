"""What is looked up when a form is filled in: the installed schema, days off, odd characters, applications that may be the same."""

from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.desk.outbox import OutboxDesk, SimilarApplication
from denkidesk.domain.applications import NewApplication, OutboxState
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.forms.checks import cautions_of
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob

READING_MS: Final = 400
"""A review that was on the screen for less time than this has not been read: the key that led to it is still going down."""


class Verdict(StrEnum):
    """What is known of applications that may be the same."""

    LOOKING = "looking"
    CLEAR = "clear"  # looked up: there is none
    OPEN = "open"
    UNPROVED = "unproved"  # could not be looked up


class FinalCheck(QObject):
    """``ready`` with a verdict once everything was looked up, and a review that came up has been on the screen for a moment.

    What could not be looked up is told by ``failed`` too; nothing is taken for proved by that. A fault of the set itself is not: then the
    application may be kept, and the sending says what is wrong.
    """

    cautions_found = Signal(object)
    similar_found = Signal(object)  # applications; None where they could not be looked up
    schema_refused = Signal(object)  # faults
    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, outbox: OutboxDesk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self.similar: tuple[SimilarApplication, ...] | None = None  # None while nothing is known
        self._application: NewApplication | None = None  # for which the listing was not asked yet
        self._awaited: set[str] = set()
        self._calendar = LatestJob[tuple[FieldFault, ...]](jobs, self, self.cautions_found, self.failed)
        self._calendar.finished.connect(self._on_calendar_finished)
        self._books = LatestJob(jobs, self, self._on_similar, self.failed)
        self._books.finished.connect(self._on_books_finished)
        self._schema = LatestJob[str](jobs, self, self._on_fitting, self._on_unfit)
        self._schema.finished.connect(self._on_schema_finished)
        self._reading = QTimer(self, singleShot=True, interval=READING_MS)
        self._reading.timeout.connect(self._on_read)

    @property
    def is_being_read(self) -> bool:
        """Whether a review that has just come up has not been on the screen for long enough."""
        return self._reading.isActive()

    def start(self, application: NewApplication, today: date, *, to_be_read: bool = False) -> None:
        """``to_be_read``: it came up with this, and was not seen before."""
        self.stop()
        self.similar, self._application = None, application
        self._awaited = {"calendar", "books", "schema", *(["reading"] if to_be_read else [])}
        # The calendar of holidays is a library too, loaded when it is first needed.
        self._calendar.run(LaneName.WORK, cautions_of, application, today)
        self._books.run(LaneName.STORE, self._outbox.similar_open, application)
        self._schema.run(LaneName.WORK, self._outbox.envelope_preview, application)
        if to_be_read:
            self._reading.start()

    def stop(self) -> None:
        self._awaited = set()
        self._reading.stop()
        self._calendar.cancel()
        self._books.cancel()
        self._schema.cancel()

    def _on_similar(self, similar: tuple[SimilarApplication, ...]) -> None:
        application, self._application = self._application, None
        if application is not None and any(one.state is OutboxState.REJECTED for one in similar):  # by a status alone
            self._books.run(LaneName.KANSAI, self._outbox.similar_listed, application)
            return
        self.similar = tuple(similar)

    def _on_calendar_finished(self) -> None:
        self._done("calendar")

    def _on_books_finished(self) -> None:
        if "books" in self._awaited:
            self.similar_found.emit(self.similar)
        self._done("books")

    def _on_fitting(self, _preview: str) -> None:
        pass

    def _on_unfit(self, error: BaseException) -> None:
        if isinstance(error, InputRefused):
            self.schema_refused.emit(error.faults)

    def _on_schema_finished(self) -> None:
        self._done("schema")

    def _on_read(self) -> None:
        self._done("reading")

    def _done(self, what: str) -> None:
        if what in self._awaited:
            self._awaited.discard(what)
            if not self._awaited:
                self.ready.emit(Verdict.UNPROVED if self.similar is None else Verdict.OPEN if self.similar else Verdict.CLEAR)
