"""Keeps the review beside a form true while it is being typed, and looks up what speaks against sending."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.desk.assembly import Assembled, Review, at_fields, review_of
from denkidesk.desk.installed_set import FormTables
from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import FieldFault
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import apply as texts
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.final_check import FinalCheck, Verdict
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.context import UiContext

SHOW_AFTER_MS: Final = 40
LOOK_UP_AFTER_MS: Final = 250
"""A form in which nothing has been typed for so long is worth looking up."""


class LiveReview(QObject):
    """``cleared`` when the clerk wants to send and everything that was looked up lets it go.

    Who presses the key before that is known has not to press it again, unless there is something to answer or something else is typed.
    """

    cleared = Signal(object)  # Assembled

    def __init__(self, context: UiContext, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._now = now
        self._form: FormPage | None = None
        self._tables: FormTables | None = None
        self._review = Review(())
        self._values: dict[str, str] = {}  # that it says
        self._is_wanted = False
        self._checks = FinalCheck(context.desk.outbox, context.jobs, self)
        self._preview = LatestJob(context.jobs, self, self._on_preview, context.notices.failure)
        self._show_soon = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._show_soon.timeout.connect(self._show)
        self._look_up_soon = QTimer(self, singleShot=True, interval=LOOK_UP_AFTER_MS)
        self._look_up_soon.timeout.connect(self._look_up)
        self._checks.cautions_found.connect(self._on_cautions_found)
        self._checks.schema_refused.connect(self._on_schema_refused)
        self._checks.similar_found.connect(self._on_similar_found)
        self._checks.ready.connect(self._on_ready)
        self._checks.failed.connect(context.notices.failure)

    @property
    def similar(self) -> tuple[SimilarApplication, ...] | None:
        """The open applications that the clerk was shown; None where nobody could tell."""
        return self._checks.similar

    def look_at(self, form: FormPage) -> None:
        """Connects a form, once."""
        form.edited.connect(self._on_edited)
        form.send_requested.connect(self._on_send_requested)
        form.review_opened.connect(self._on_review_opened)
        form.review.preview_requested.connect(self._on_preview_requested)

    def watch(self, form: FormPage, tables: FormTables) -> None:
        """Another application is in the form."""
        self.stop()
        self._form, self._tables = form, tables
        self._show()
        self._look_up_soon.start()

    def look_again(self) -> None:
        """Something may have been filed meanwhile."""
        if self._form is not None:
            self._is_wanted = False
            self._show()
            self._look_up()

    def stop(self) -> None:
        """The form goes, or its application is on its way."""
        self._is_wanted = False
        self._show_soon.stop()
        self._look_up_soon.stop()
        self._checks.stop()
        self._preview.cancel()
        self._form = None

    def _on_edited(self) -> None:
        if self._form is not None and self._form.values() == self._values:
            return  # the same answer once more
        self._is_wanted = False
        self._checks.stop()
        if self._form is not None:
            if self._form.review.verdict is not Verdict.LOOKING:
                self._form.review.foot.show_verdict(Verdict.LOOKING)  # at once: what is shown is of other words
            if not self._show_soon.isActive():
                self._show_soon.start()
            self._look_up_soon.start()

    def _show(self) -> None:
        self._show_soon.stop()
        form, tables = self._form, self._tables
        if form is None or tables is None:
            return
        self._values = form.values()
        self._review = review_of(form.kind, self._values, tables, self._now().date())
        missing = _unfilled([self._label(name) for name in self._review.missing])
        form.review.show_review(self._review, missing)
        form.show_missing(missing)

    def _look_up(self, *, to_be_read: bool = False) -> None:
        self._look_up_soon.stop()
        if self._show_soon.isActive():
            self._show()
        if self._review.assembled is not None and self._form is not None:
            self._checks.start(self._review.assembled.application, self._now().date(), to_be_read=to_be_read)
        elif self._form is not None:
            self._form.review.show_cautions((), {})

    def _on_review_opened(self) -> None:
        self._show()
        self._look_up(to_be_read=True)

    def _on_send_requested(self) -> None:
        form = self._form
        if form is None:
            return
        if self._show_soon.isActive() or self._look_up_soon.isActive():
            self._show()
            self._look_up()
        if self._review.assembled is not None and form.review.may_send:
            self._send(self._review.assembled)
        else:
            self._is_wanted = form.review.verdict is Verdict.LOOKING and not self._checks.is_being_read

    def _send(self, assembled: Assembled) -> None:
        self._is_wanted = False
        self.cleared.emit(assembled)

    def _on_schema_refused(self, faults: tuple[FieldFault, ...]) -> None:
        """The installed schema does not take the application: said before anything is sent."""
        if self._form is not None and self._tables is not None:
            self._checks.stop()
            self._is_wanted = False
            found = at_fields(faults, self._form.kind, self._tables)
            self._form.fields.show_faults(found)
            words = _unfilled([self._label(fault.field) for fault in found])
            self._form.review.foot.show_unfilled(words)
            self._form.show_missing(words)

    def _on_cautions_found(self, cautions: tuple[FieldFault, ...]) -> None:
        if self._form is not None:
            labels = {field.path: field.label for field in self._form.form.fields if field.path}
            self._form.review.show_cautions(cautions, labels)

    def _on_similar_found(self, similar: tuple[SimilarApplication, ...] | None) -> None:
        if self._form is not None:
            self._form.review.show_similar(similar, self._now().date())

    def _on_ready(self, verdict: Verdict) -> None:
        if self._form is None or self._review.assembled is None:
            return
        self._form.review.foot.show_verdict(verdict)
        self._form.on_verdict()
        if self._is_wanted:
            self._is_wanted = False
            if self._form.review.may_send:
                self._send(self._review.assembled)

    def _on_preview_requested(self) -> None:
        if self._review.assembled is not None:
            self._preview.run(LaneName.WORK, self._context.desk.outbox.envelope_preview, self._review.assembled.application)

    def _on_preview(self, text: str) -> None:
        if self._form is not None:
            self._form.review.show_xml(text)

    def _label(self, name: str) -> str:
        field = self._form.form.field(name) if self._form is not None else None
        return (field.label if field is not None else "") or field_name(name)


def _unfilled(labels: Sequence[str]) -> str:
    """あと 供給地点特定番号・需要者名."""
    if len(labels) <= _NAMED:
        return texts.UNFILLED.format(names="・".join(labels)) if labels else ""
    return texts.UNFILLED_MORE.format(count=len(labels), names="・".join(labels[:_NAMED]))


_NAMED: Final = 3
