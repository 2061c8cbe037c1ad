"""The form that is open: what is typed into it is kept as a draft, and what it says is looked up, until another one takes its place."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import Draft
from denkidesk.domain.clock import Now
from denkidesk.texts import apply as texts
from denkidesk.texts import dates, shortcuts
from denkidesk.ui.apply.at_point import PointWatch
from denkidesk.ui.apply.draft_keeper import DraftKeeper
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.apply.live_review import LiveReview
from denkidesk.ui.apply.waiting_forms import WaitingForms, ask_to_discard
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.key_binding import bind


class OpenForm(QObject):
    """At most one. ``discarded``: the clerk wants neither the form nor its draft any more."""

    discarded = Signal()

    def __init__(
        self,
        context: UiContext,
        drafts: DraftKeeper,
        waiting: WaitingForms,
        live: LiveReview,
        at_point: PointWatch,
        now: Now,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._drafts = drafts
        self._waiting = waiting
        self._live = live
        self._at_point = at_point
        self._now = now
        self._window = window
        self._tables: FormTables | None = None
        self.page: FormPage | None = None
        self.question: QMessageBox | None = None  # whether to discard it
        drafts.saved.connect(self._on_saved)
        drafts.save_failed.connect(self._on_save_failed)

    def look_at(self, page: FormPage) -> None:
        """Connects a page, once."""
        page.edited.connect(self.keep)
        page.left.connect(self._drafts.flush)
        page.discard_requested.connect(self._on_discard_requested)
        page.customer_parted.connect(self._on_customer_parted)
        bind(shortcuts.UNDO_FILL, page, page.customer.undo, auto_repeat=False)
        self._at_point.look_at(page)
        self._live.look_at(page)

    def begin(self, page: FormPage, contents: Mapping[str, str] | Draft | None, tables: FormTables) -> None:
        """Another application, in the place of the one before; a draft is kept in its own place from here on."""
        self.drop()
        draft = contents if isinstance(contents, Draft) else None
        fields = contents.fields if isinstance(contents, Draft) else contents or {}
        today = self._now().date()
        self._tables = tables
        self._drafts.begin(page.kind, draft)
        self._at_point.watch(page, tables)
        page.begin(fields, today)
        if draft is not None:
            page.draft_label.setText(texts.DRAFT_RESTORED.format(time=dates.recent(draft.saved_at, today)))
        self.page = page
        self._live.watch(page, tables)
        self._waiting.show_form(self._drafts.open_id, page.kind, fields)

    def keep(self) -> None:
        """What stands in the form now is kept as its draft."""
        if self.page is not None:
            fields = self.page.draft()
            self._drafts.keep(fields)
            self._waiting.show_form(self._drafts.open_id, self.page.kind, fields)

    def resume(self) -> None:
        """The form is as it was before it was sent, and everything is looked up once more."""
        if self.page is not None and self._tables is not None:
            self.page.give_back()
            self._live.watch(self.page, self._tables)
            self._live.look_again()
            self._at_point.look()

    def drop(self) -> None:
        """No form is open; what was typed waits as a draft."""
        if self.page is not None:
            self.page.stop()
        self._drafts.flush()
        self._live.stop()
        self._at_point.stop()
        self.page = None

    def _on_customer_parted(self, earlier: Mapping[str, str]) -> None:
        """The form goes on for another customer: what was entered for the earlier one stays behind as a draft of its own."""
        if self.page is not None:
            self._drafts.keep(earlier)
            self._drafts.begin(self.page.kind)
            self._drafts.look()

    def _on_saved(self) -> None:
        if self.page is not None:
            is_kept = bool(self.page.draft())
            self.page.draft_label.setText(texts.DRAFT_SAVED.format(time=dates.clock(self._now())) if is_kept else "")

    def _on_save_failed(self, error: object) -> None:
        self._context.notices.failure(error)
        if self.page is not None:
            self.page.draft_label.setText(texts.DRAFT_FAILED)

    def _on_discard_requested(self) -> None:
        if self.page is not None and self.page.draft():
            title = texts.kind_title(self.page.kind)
            self.question = ask_to_discard(self._window, title, texts.DISCARD_QUESTION, texts.DISCARD_NO, self._discard)
        else:
            self._discard()

    def _discard(self) -> None:
        if self.page is not None:
            self.page.stop()
            self._drafts.discard()
            self.drop()
        self.discarded.emit()
