"""The tab 新規申込: start page, wizard, outcome. Assembles the parts and connects their signals."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QStackedWidget, QWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.applications import ApplicationKind, Draft
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import FormCode
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import apply as texts
from denkidesk.texts import dates, shortcuts
from denkidesk.texts.errors import said
from denkidesk.ui.apply.assembly import Assembled, assemble, at_fields, review_rows
from denkidesk.ui.apply.dispatch import Dispatch
from denkidesk.ui.apply.draft_keeper import DraftKeeper
from denkidesk.ui.apply.final_check import FinalCheck, Verdict
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.outcomes import Action
from denkidesk.ui.apply.start_page import StartPage
from denkidesk.ui.apply.tab_style import sheet
from denkidesk.ui.apply.wizard import WizardPage
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.double_check import WaitingCheck
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.plain_box import plain_box
from denkidesk.ui.parts.strip import Message, Strips


class ApplyTab(QWidget):
    """One form at a time; any number of applications may be on their way meanwhile."""

    inbox_requested = Signal(str)  # receipt number, or empty
    outbox_changed = Signal(object)  # Changes
    settings_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, now: Now = now_jst) -> None:
        super().__init__(parent)
        self._context = context
        self._outbox = context.desk.outbox
        self._now = now
        self._tables: FormTables | None = None
        self._wanted: tuple[ApplicationKind, Mapping[str, str] | Draft | None] | None = None
        self._doomed: Draft | None = None  # the draft that the clerk is asked about
        self._assembled: Assembled | None = None
        self._question: QMessageBox | None = None
        self.wizard: WizardPage | None = None

        self.strips = Strips(self)
        self.start_page = StartPage(context.theme, context.icons, self)
        self.outcome_page = OutcomePage(context.icons, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self.outcome_page)
        VBox(self, margins=0, spacing=0).add((self._stack, 1))

        self._drafts = DraftKeeper(self._outbox, context.jobs, self)
        self._final_check = FinalCheck(self._outbox, context.jobs, self)
        self._tables_job = LatestJob(context.jobs, self, self._on_tables, self._on_tables_failed)
        self._preview_job = LatestJob(context.jobs, self, self._on_preview, context.notices.failure)
        self._dispatch = Dispatch(context, self.outcome_page, now, self)
        self._outbox_job = LatestJob(context.jobs, self, self.start_page.outbox.show_items, context.notices.failure)
        self._retry_check = WaitingCheck(context, self, now=now)
        self._connect()
        self._on_theme_changed()

    def activated(self) -> None:
        """Brings what is shown up to date and puts the cursor in, as the tab comes to the front."""
        self._load_tables()
        self._look_at_outbox()
        if self._stack.currentWidget() is self.start_page:
            self._drafts.look()
            self.start_page.take_focus()
        elif self.wizard is not None and self._stack.currentWidget() is self.wizard:
            self.wizard.take_focus()

    def start(self, kind: ApplicationKind, prefill: Mapping[str, str] | None = None) -> None:
        """Opens a fresh form, always; one that is half filled in waits as a draft from here on."""
        self._want(kind, prefill)

    def show_start(self) -> None:
        """Goes to the choice of kinds; what was typed waits there as a draft."""
        self._drop_wizard()
        self._show_start()

    def shut_down(self) -> None:
        """Keeps what was typed last and stops all timers; what is on its way stays in the outbox."""
        self._dispatch.look_away()
        self._final_check.stop()
        self._retry_check.stop()
        self._outbox_job.cancel()
        if self.wizard is not None:
            self.wizard.stop()
        self._drafts.close()

    # -- forms

    def _want(self, kind: ApplicationKind, contents: Mapping[str, str] | Draft | None) -> None:
        self._wanted = (kind, contents)
        if self._tables is None:
            self._load_tables()
        else:
            self._open_wanted()

    def _open_wanted(self) -> None:
        if self._wanted is None or self._tables is None:
            return
        (kind, contents), self._wanted = self._wanted, None
        self._drop_wizard()
        draft = contents if isinstance(contents, Draft) else None
        self._drafts.begin(kind, draft)
        wizard = WizardPage(self._context.icons, self._tables.form(kind), self._tables.choices(kind), self)
        wizard.edited.connect(self._on_edited)
        wizard.review_requested.connect(self._on_review_requested)
        wizard.send_requested.connect(self._on_send_requested)
        wizard.discard_requested.connect(self._on_discard_requested)
        wizard.start_requested.connect(self.show_start)
        wizard.preview_requested.connect(self._on_preview_requested)
        wizard.customer_parted.connect(self._on_customer_parted)
        wizard.fill(contents.fields if isinstance(contents, Draft) else contents or {}, self._today())
        if draft is not None:
            wizard.draft_label.setText(texts.DRAFT_RESTORED.format(time=dates.recent(draft.saved_at, self._today())))
        self.wizard = wizard
        self._stack.addWidget(wizard)
        self._show(wizard)
        wizard.take_focus()
        if self._tables.provisional and not self._tables.choices_by_kind:
            self.strips.say(Message("warn", texts.PROVISIONAL, key="provisional"))

    def _drop_wizard(self) -> None:
        if self.wizard is not None:
            self.wizard.stop()
        self._drafts.flush()
        self._final_check.stop()
        self._preview_job.cancel()
        self._assembled = None
        wizard, self.wizard = self.wizard, None
        if wizard is not None:
            self._stack.removeWidget(wizard)
            wizard.hide()
            wizard.deleteLater()

    def _on_edited(self) -> None:
        if self.wizard is not None:
            self._drafts.keep(self.wizard.draft())

    def _on_customer_parted(self, earlier: Mapping[str, str]) -> None:
        """The form goes on for another customer: what was entered for the earlier one stays behind as a draft of its own."""
        if self.wizard is not None:
            self._drafts.keep(earlier)
            self._drafts.begin(self.wizard.kind)

    def _on_draft_opened(self, draft: Draft | None) -> None:
        if draft is not None:
            self._want(draft.kind, draft)
        else:
            self.strips.say(Message("info", texts.DRAFT_GONE, key="draft"))
            self._drafts.look()

    def _on_draft_open_requested(self, draft: Draft) -> None:
        self._drafts.open(draft.draft_id)

    def _on_draft_saved(self) -> None:
        if self.wizard is not None:
            now = self._now()
            is_kept = bool(self.wizard.values())
            self.wizard.draft_label.setText(texts.DRAFT_SAVED.format(time=dates.clock(now)) if is_kept else "")

    def _on_draft_failed(self, error: object) -> None:
        self._context.notices.failure(error)
        if self.wizard is not None:
            self.wizard.draft_label.setText(texts.DRAFT_FAILED)

    def _on_discard_requested(self) -> None:
        if self.wizard is None:
            return
        if self.wizard.values():
            self._ask_to_discard(texts.kind_title(self.wizard.kind), texts.DISCARD_QUESTION, texts.DISCARD_NO)
        else:
            self._discard()

    def _on_draft_discard_requested(self, draft: Draft) -> None:
        self._doomed = draft
        question = texts.DRAFT_DISCARD_QUESTION.format(customer=texts.draft_customer(draft.fields))
        self._ask_to_discard(texts.kind_title(draft.kind), question, texts.DRAFT_LEAVE)

    def _ask_to_discard(self, title: str, question: str, no: str) -> None:
        box = plain_box(self, QMessageBox.Icon.Question, title, question)
        box.addButton(texts.DISCARD_YES, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(self._on_discard_answered)
        self._question = box
        box.open()

    def _on_discard_answered(self, button: QAbstractButton) -> None:
        box, self._question = self._question, None
        doomed, self._doomed = self._doomed, None
        if box is None or box.buttonRole(button) != QMessageBox.ButtonRole.DestructiveRole:
            return
        if doomed is None:
            self._discard()
        else:
            self._drafts.discard(doomed.draft_id)
            self._drafts.look()

    def _discard(self) -> None:
        if self.wizard is not None:
            self.wizard.stop()
            self._drafts.discard()
            self._drop_wizard()
        self._show_start()

    # -- review and sending

    def _on_review_requested(self) -> None:
        if self.wizard is None or self._tables is None:
            return
        self._assembled = None
        try:
            assembled = assemble(self.wizard.kind, self.wizard.values(), self._tables, self._today())
        except InputRefused as refused:
            self.wizard.show_faults(refused.faults)
            return
        self._assembled = assembled
        self.wizard.review.show_application(review_rows(assembled.application, self._tables), assembled.kept_here)
        self._final_check.start(assembled.application, self._today())

    def _on_schema_refused(self, faults: tuple[FieldFault, ...]) -> None:
        """The installed schema does not take the application: said before anything is sent."""
        if self.wizard is not None and self._tables is not None and self._assembled is not None:
            self._assembled = None
            self._final_check.stop()
            self.wizard.show_faults(at_fields(faults, self.wizard.kind, self._tables))

    def _on_cautions_found(self, cautions: tuple[FieldFault, ...]) -> None:
        if self.wizard is not None:
            form = self.wizard.walk.form
            labels = {field.path: field.label for field in form.fields if field.path}
            self.wizard.review.show_cautions(cautions, labels)

    def _on_similar_found(self, similar: tuple[SimilarApplication, ...] | None) -> None:
        if self.wizard is not None:
            self.wizard.review.show_similar(similar, self._today())

    def _on_final_check_ready(self, verdict: Verdict) -> None:
        if self.wizard is not None and self._assembled is not None:
            self.wizard.review.show_verdict(verdict)

    def _on_preview_requested(self) -> None:
        if self._assembled is not None:
            self._preview_job.run(LaneName.WORK, self._outbox.envelope_preview, self._assembled.application)

    def _on_preview(self, text: str) -> None:
        if self.wizard is not None:
            self.wizard.review.show_xml(text)

    def _on_send_requested(self) -> None:
        if self._assembled is None or self.wizard is None or not self.wizard.review.may_send:
            return
        self.wizard.review.begin()
        application, self._assembled = self._assembled.application, None
        self._show(self.outcome_page)
        self._dispatch.send(application, self._drafts.hand_over(), self._final_check.similar)

    def _on_input_refused(self, faults: tuple[FieldFault, ...]) -> None:
        self._on_edited()
        if self.wizard is None:
            return
        self._show(self.wizard)
        if any(fault.code == FormCode.SIMILAR_OPEN for fault in faults):  # filed by somebody else since the review was shown
            self.wizard.show_review()
        else:
            self.wizard.show_faults(faults if self._tables is None else at_fields(faults, self.wizard.kind, self._tables))

    def _on_action_requested(self, action: Action) -> None:
        shown = self._dispatch.shown_item
        match action:
            case Action.COPY_RECEIPT:
                self.outcome_page.copy_receipt()
            case Action.SHOW_IN_INBOX:
                self.inbox_requested.emit(shown.receipt_number if shown is not None else "")
            case Action.SETTINGS:
                self.settings_requested.emit()
            case Action.MEND if self.wizard is not None:
                self.wizard.show_first_step()
                self._show(self.wizard)
                self.wizard.take_focus()
            case Action.TRY_ONCE if shown is not None:
                self._context.desk.login_guard.try_once()
                self._retry_check.look(shown.item_id)
            case Action.RETRY if shown is not None:
                self._retry_check.look(shown.item_id)
            case _:
                self.show_start()

    def _on_retry_cleared(self) -> None:
        if (shown := self._dispatch.shown_item) is not None:
            self._dispatch.send_again(shown)

    def _on_outbox_wanted(self) -> None:
        self.inbox_requested.emit("")

    # -- start page

    def _show_start(self) -> None:
        self._show(self.start_page)
        self._drafts.look()
        self._look_at_outbox()
        self.start_page.take_focus()

    def _look_at_outbox(self) -> None:
        self._outbox_job.run(LaneName.STORE, self._outbox.items)

    def _on_drafts_listed(self, drafts: tuple[Draft, ...]) -> None:
        self.start_page.drafts.show_drafts(drafts, self._today())

    # -- the rest

    def _load_tables(self) -> None:
        if self._tables is None and not self._tables_job.is_busy:
            self._tables_job.run(LaneName.WORK, self._context.desk.installed_set.form_tables)

    def _on_tables(self, tables: FormTables) -> None:
        self._tables = tables
        self.strips.clear("tables")
        self._open_wanted()

    def _on_tables_failed(self, error: object) -> None:
        self.strips.say(Message("error", texts.TABLES_FAILED, texts.TRY_AGAIN, self._load_tables, key="tables", detail=said(error).line))

    def _on_next_key(self) -> None:
        if self.wizard is not None and self._stack.currentWidget() is self.wizard:
            self.wizard.go_on()

    def _on_back_key(self) -> None:
        if self.wizard is not None and self._stack.currentWidget() is self.wizard:
            self.wizard.back()

    def _show(self, page: QWidget) -> None:
        if page is not self.outcome_page:
            self._dispatch.look_away()
        self._stack.setCurrentWidget(page)

    def _today(self) -> date:
        return self._now().date()

    def _on_theme_changed(self) -> None:
        self.setStyleSheet(sheet(self._context.theme.colours))

    def _connect(self) -> None:
        self.start_page.kind_chosen.connect(self.start)
        self.outcome_page.action_requested.connect(self._on_action_requested)
        self.start_page.drafts.open_requested.connect(self._on_draft_open_requested)
        self.start_page.drafts.discard_requested.connect(self._on_draft_discard_requested)
        self._dispatch.outbox_changed.connect(self._look_at_outbox)
        self._dispatch.outbox_changed.connect(self.outbox_changed)
        self._dispatch.outbox_wanted.connect(self._on_outbox_wanted)
        self._dispatch.input_refused.connect(self._on_input_refused)
        self._dispatch.mendable.connect(self._on_edited)
        self._retry_check.cleared.connect(self._on_retry_cleared)
        self.start_page.outbox.open_requested.connect(self._on_outbox_wanted)
        self._drafts.opened.connect(self._on_draft_opened)
        self._drafts.saved.connect(self._on_draft_saved)
        self._drafts.save_failed.connect(self._on_draft_failed)
        self._drafts.listed.connect(self._on_drafts_listed)
        self._final_check.cautions_found.connect(self._on_cautions_found)
        self._final_check.schema_refused.connect(self._on_schema_refused)
        self._final_check.similar_found.connect(self._on_similar_found)
        self._final_check.ready.connect(self._on_final_check_ready)
        self._final_check.failed.connect(self._context.notices.failure)
        self._context.theme.changed.connect(self._on_theme_changed)
        bind(shortcuts.NEXT_STEP, self, self._on_next_key, auto_repeat=False)
        bind(shortcuts.LAST_STEP, self, self._on_back_key)
