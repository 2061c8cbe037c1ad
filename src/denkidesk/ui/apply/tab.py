"""The tab 新規申込: start page, wizard, outcome. Assembles the parts and connects their signals."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind, OutboxItem
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.apply.assembly import Assembled, assemble, review_rows
from denkidesk.ui.apply.dispatch import Dispatch
from denkidesk.ui.apply.draft_keeper import DraftKeeper
from denkidesk.ui.apply.look import sheet
from denkidesk.ui.apply.outbox_panel import OutboxPanel
from denkidesk.ui.apply.outbox_traffic import OutboxTraffic
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.outcomes import Action
from denkidesk.ui.apply.second_look import SecondLook
from denkidesk.ui.apply.start_page import StartPage
from denkidesk.ui.apply.wizard import WizardPage
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.plain_box import plain_box
from denkidesk.ui.parts.refused_login import ask_refused_login, is_refused_login
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_M, SPACE_XL
from denkidesk.ui.texts import apply as texts
from denkidesk.ui.texts import settings as settings_texts
from denkidesk.ui.texts.errors import error_line, error_message

_NEXT_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")


class ApplyTab(QWidget):
    """One form at a time; any number of applications may be on their way meanwhile."""

    application_accepted = Signal(str)  # receipt number
    inbox_requested = Signal(str)  # receipt number, or empty
    outbox_changed = Signal()
    settings_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, now: Now = now_jst) -> None:
        super().__init__(parent)
        self._context = context
        self._outbox = context.desk.outbox
        self._now = now
        self._tables: FormTables | None = None
        self._wanted: tuple[ApplicationKind, Mapping[str, str] | None] | None = None
        self._prefill: Mapping[str, str] = {}
        self._assembled: Assembled | None = None
        self._question: QMessageBox | None = None
        self.wizard: WizardPage | None = None

        self.strips = Strips(context.icons, texts.CLOSE, self)
        self.strips.setContentsMargins(SPACE_XL, SPACE_M, SPACE_XL, 0)
        self.outbox_panel = OutboxPanel(context.icons, self)
        self.start_page = StartPage(context.theme, context.icons, self.outbox_panel, self)
        self.outcome_page = OutcomePage(context.icons, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self.outcome_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strips)
        layout.addWidget(self._stack, 1)

        self._drafts = DraftKeeper(self._outbox, context.jobs, self)
        self._second_look = SecondLook(self._outbox, context.jobs, self)
        self._tables_job = LatestJob(context.jobs, self)
        self._preview_job = LatestJob(context.jobs, self)
        self._dispatch = Dispatch(context, self.outcome_page, now, self)
        self._traffic = OutboxTraffic(context, self.outbox_panel, now, self)
        self._connect()
        self._on_theme_changed()

    def activated(self) -> None:
        """The tab came to the front."""
        self._load_tables()
        self._traffic.refresh()
        if self._stack.currentWidget() is self.start_page:
            self._drafts.look()
            self.start_page.take_focus()
        elif self.wizard is not None and self._stack.currentWidget() is self.wizard:
            self.wizard.take_focus()

    def start(self, kind: ApplicationKind, prefill: Mapping[str, str] | None = None) -> None:
        """Opens a form at once; the form of that kind that is open already is gone back to, unless values are given."""
        if self.wizard is not None and self.wizard.kind is kind and not prefill and self._assembled_is_unsent():
            self._show(self.wizard)
            self.wizard.take_focus()
            return
        self._wanted = (kind, prefill)
        if self._tables is None:
            self._load_tables()
        else:
            self._open_wanted()

    def show_start(self) -> None:
        """Goes to the choice of kinds; what was typed waits there as a draft."""
        self._drop_wizard()
        self._show_start()

    def shut_down(self) -> None:
        """Keeps what was typed last and stops all timers; what is on its way stays in the outbox."""
        self._dispatch.look_away()
        self._second_look.stop()
        self._drafts.close()

    # -- forms

    def _open_wanted(self) -> None:
        if self._wanted is None or self._tables is None:
            return
        (kind, prefill), self._wanted = self._wanted, None
        self._drop_wizard()
        self._prefill = dict(prefill or {})
        wizard = WizardPage(self._context.icons, kind, self._tables.choices(kind), self)
        wizard.edited.connect(self._on_edited)
        wizard.review_requested.connect(self._on_review_requested)
        wizard.send_requested.connect(self._on_send_requested)
        wizard.discard_requested.connect(self._on_discard_requested)
        wizard.start_requested.connect(self.show_start)
        wizard.preview_requested.connect(self._on_preview_requested)
        wizard.fill(self._prefill, self._today())
        self.wizard = wizard
        self._stack.addWidget(wizard)
        self._show(wizard)
        wizard.take_focus()
        self._drafts.load(kind)
        if self._tables.provisional and not self._tables.choices_by_kind:
            self.strips.say(Message("warn", texts.PROVISIONAL, key="provisional"))

    def _drop_wizard(self) -> None:
        self._drafts.flush()
        self._second_look.stop()
        self._assembled = None
        wizard, self.wizard = self.wizard, None
        if wizard is not None:
            self._stack.removeWidget(wizard)
            wizard.hide()
            wizard.deleteLater()

    def _on_draft_restored(self, kind: ApplicationKind, values: Mapping[str, str]) -> None:
        wizard = self.wizard
        if wizard is None or wizard.kind is not kind or not values:
            return
        if self._prefill:
            self._draft_aside = dict(values)
            self.strips.say(Message("info", texts.DRAFT_ASIDE, texts.DRAFT_OPEN, self._open_draft_aside, key="draft"))
            return
        wizard.fill({**values, **wizard.values()}, self._today())
        wizard.draft_label.setText(texts.DRAFT_RESTORED)

    def _open_draft_aside(self) -> None:
        if self.wizard is not None:
            self._prefill = {}
            self.wizard.fill(self._draft_aside, self._today())
            self._on_edited()
        self.strips.clear("draft")

    def _on_edited(self) -> None:
        if self.wizard is not None:
            self._drafts.keep(self.wizard.kind, self.wizard.values())

    def _on_draft_saved(self) -> None:
        if self.wizard is not None:
            now = self._now()
            self.wizard.draft_label.setText(texts.DRAFT_SAVED.format(time=texts.moment(now, now.date())))

    def _on_draft_failed(self, error: object) -> None:
        self._context.notices.failure(error)
        if self.wizard is not None:
            self.wizard.draft_label.setText(texts.DRAFT_FAILED)

    def _on_discard_requested(self) -> None:
        if self.wizard is None:
            return
        if not self.wizard.values():
            self._discard()
            return
        box = plain_box(self, QMessageBox.Icon.Question, texts.kind_title(self.wizard.kind), texts.DISCARD_QUESTION)
        box.addButton(texts.DISCARD_YES, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(texts.DISCARD_NO, QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(self._on_discard_answered)
        self._question = box
        box.open()

    def _on_discard_answered(self, button: QAbstractButton) -> None:
        box, self._question = self._question, None
        if box is not None and box.buttonRole(button) == QMessageBox.ButtonRole.DestructiveRole:
            self._discard()

    def _discard(self) -> None:
        if self.wizard is not None:
            self._drafts.discard(self.wizard.kind)
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
        self._second_look.start(assembled.application)

    def _on_second_look_found(self, cautions: Any, similar: Any) -> None:
        if self.wizard is not None:
            self.wizard.review.show_second_look(cautions, similar, self._today())

    def _on_second_look_ready(self) -> None:
        if self.wizard is not None and self._assembled is not None:
            self.wizard.allow_sending(True)

    def _on_preview_requested(self) -> None:
        if self._assembled is not None:
            self._preview_job.run(LaneName.WORK, self._outbox.envelope_preview, self._assembled.application)

    def _on_preview(self, text: str) -> None:
        if self.wizard is not None:
            self.wizard.review.show_xml(text)

    def _on_send_requested(self) -> None:
        if self._assembled is None or self.wizard is None:
            return
        self.wizard.allow_sending(False)
        self._drafts.flush()
        application, self._assembled = self._assembled.application, None
        self._show(self.outcome_page)
        self._dispatch.send(application)

    def _on_kept(self, item: OutboxItem) -> None:
        """From here on the outbox keeps it, and the draft has done its work."""
        self._drafts.discard(item.application.kind)

    def _on_input_refused(self, faults: Any) -> None:
        if self.wizard is not None:
            self._show(self.wizard)
            self.wizard.show_faults(faults)

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
                self._on_edited()
            case Action.TRY_ONCE if shown is not None:
                self._context.desk.login_guard.try_once()
                self._dispatch.send_again(shown)
            case Action.RETRY if shown is not None:
                self._dispatch.send_again(shown)
            case _:
                self.show_start()

    def _on_outbox_wanted(self) -> None:
        self.inbox_requested.emit("")

    def _on_run_ended(self, error: object) -> None:
        self.strips.clear("run")
        if isinstance(error, DeskError):
            text, detail = error_message(error)
            message = Message("error", text, key="run", detail=detail)
            if is_refused_login(error):
                message = replace(message, action_text=settings_texts.REFUSED_LOGIN, action=self._ask_refused_login)
            self.strips.say(message)
        self.outbox_changed.emit()

    def _ask_refused_login(self) -> None:
        ask_refused_login(self, self._run_once, self.settings_requested.emit)

    def _run_once(self) -> None:
        self._context.desk.login_guard.try_once()
        self._traffic.run()

    # -- start page

    def _show_start(self) -> None:
        self._show(self.start_page)
        self._drafts.look()
        self._traffic.refresh()
        self.start_page.take_focus()

    # -- the rest

    def _load_tables(self) -> None:
        if self._tables is None and not self._tables_job.is_busy:
            self._tables_job.run(LaneName.WORK, self._context.desk.installed_set.form_tables)

    def _on_tables(self, tables: FormTables) -> None:
        self._tables = tables
        self.strips.clear("tables")
        self._open_wanted()

    def _on_tables_failed(self, error: object) -> None:
        detail = error_line(error) if isinstance(error, DeskError) else type(error).__name__
        self.strips.say(Message("error", texts.TABLES_FAILED, texts.TRY_AGAIN, self._load_tables, key="tables", detail=detail))

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

    def _assembled_is_unsent(self) -> bool:
        return self._stack.currentWidget() is self.wizard or self._stack.currentWidget() is self.start_page

    def _today(self) -> Any:
        return self._now().date()

    def _on_theme_changed(self) -> None:
        self.setStyleSheet(sheet(self._context.theme.colours))

    def _connect(self) -> None:
        self.start_page.kind_chosen.connect(self.start)
        self.outcome_page.action_requested.connect(self._on_action_requested)
        self._dispatch.kept.connect(self._on_kept)
        self._dispatch.accepted.connect(self.application_accepted)
        self._dispatch.outbox_changed.connect(self._traffic.refresh)
        self._dispatch.outbox_changed.connect(self.outbox_changed)
        self._dispatch.outbox_wanted.connect(self._on_outbox_wanted)
        self._dispatch.input_refused.connect(self._on_input_refused)
        self._traffic.accepted.connect(self.application_accepted)
        self._traffic.run_ended.connect(self._on_run_ended)
        self._drafts.restored.connect(self._on_draft_restored)
        self._drafts.saved.connect(self._on_draft_saved)
        self._drafts.save_failed.connect(self._on_draft_failed)
        self._drafts.presence_changed.connect(self.start_page.show_drafts)
        self._second_look.found.connect(self._on_second_look_found)
        self._second_look.ready.connect(self._on_second_look_ready)
        self._second_look.failed.connect(self._context.notices.failure)
        self._tables_job.succeeded.connect(self._on_tables)
        self._tables_job.failed.connect(self._on_tables_failed)
        self._preview_job.succeeded.connect(self._on_preview)
        self._preview_job.failed.connect(self._context.notices.failure)
        self._context.theme.changed.connect(self._on_theme_changed)
        for keys in _NEXT_KEYS:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._on_next_key)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._on_back_key)
