"""The tab 新規申込: start page, form, outcome, receipt. Assembles the parts and connects their signals."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from denkidesk.desk.assembly import Assembled, at_fields, typed_again
from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind, Draft, NewApplication, OutboxItem
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import FieldFault
from denkidesk.domain.fault_codes import FormCode
from denkidesk.texts import apply as texts
from denkidesk.texts import shortcuts
from denkidesk.ui.apply.at_point import PointWatch
from denkidesk.ui.apply.dispatch import Dispatch
from denkidesk.ui.apply.draft_keeper import DraftKeeper
from denkidesk.ui.apply.form_helps import offer_outage_page, open_templates
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.apply.form_pages import FormPages
from denkidesk.ui.apply.form_tables import TablesReader
from denkidesk.ui.apply.live_review import LiveReview
from denkidesk.ui.apply.open_form import OpenForm
from denkidesk.ui.apply.outcome_actions import OutcomeActions
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.parked_strip import ParkedStrip
from denkidesk.ui.apply.receipt_page import ReceiptPage
from denkidesk.ui.apply.receipts import Receipts
from denkidesk.ui.apply.start_page import StartPage
from denkidesk.ui.apply.waiting_forms import WaitingForms
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.refit import size_when_shown
from denkidesk.ui.parts.strip import Message, Strips

if TYPE_CHECKING:  # loaded when a table is brought
    from denkidesk.ui.bulk.page import BulkPage


class ApplyTab(QWidget):
    """One form at a time; any number of applications may be on their way meanwhile."""

    inbox_requested = Signal(str)  # receipt number
    outbox_wanted = Signal()
    outbox_changed = Signal(object)  # Changes
    settings_requested = Signal()
    prepared = Signal()  # an outage's form is there before it is asked for
    settle_requested = Signal()  # of unknown outcomes

    def __init__(self, context: UiContext, sender: AutoSender, parent: QWidget | None = None, *, now: Now = now_jst) -> None:
        super().__init__(parent)
        self._context = context
        self._outbox = context.desk.outbox
        self._now = now
        self._sender = sender
        self.bulk: BulkPage | None = None
        self._wanted: tuple[ApplicationKind, Mapping[str, str] | Draft | NewApplication | OutboxItem | None] | None = None
        self._prepares = False

        self.strips = Strips(self)
        self.start_page = StartPage(context.theme, context.icons, self)
        self.outcome_page = OutcomePage(context.icons, self)
        self.receipt_page = ReceiptPage(context.icons, self)
        self._receipts = Receipts(context, self.receipt_page)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self.outcome_page)
        self._stack.addWidget(self.receipt_page)
        self._forms = FormPages(context, self._stack, self)
        self.parked = ParkedStrip(context.theme, context.icons, self)
        VBox(self, margins=0, spacing=0).add(self.parked, (self._stack, 1))

        self._drafts = DraftKeeper(self._outbox, context.jobs, self)
        self._waiting = WaitingForms(self._drafts, self._receipts, self.start_page.drafts, self.parked, self.strips, now)
        self._live = LiveReview(context, now, self)
        self._reader = TablesReader(context, self.strips, self)
        self._at_point = PointWatch(context, now, self)
        self._open_form = OpenForm(context, self._drafts, self._waiting, self._live, self._at_point, now, self)
        self._dispatch = Dispatch(context, sender, self.outcome_page, now, self)
        self._actions = OutcomeActions(context, self.outcome_page, self._dispatch, now, self)
        self._connect()

    @property
    def form(self) -> FormPage | None:
        """The one that is open."""
        return self._open_form.page

    def event(self, event: QEvent) -> bool:
        """What was settled in a dialog is seen as soon as the window has the keyboard again."""
        if event.type() == QEvent.Type.WindowActivate:
            self._look_at_outcome()
        return super().event(event)

    def activated(self) -> None:
        """Brings what is shown up to date and puts the cursor in, as the tab comes to the front."""
        self._reader.load()
        self._look_at_outcome()
        if self._stack.currentWidget() is self.start_page:
            self._drafts.look()
            self.start_page.take_focus()
        elif self._stack.currentWidget() is self.receipt_page:
            self.receipt_page.take_focus()
        elif self.bulk is not None and self._stack.currentWidget() is self.bulk:
            self.bulk.take_focus()
        elif self.form is not None and self._stack.currentWidget() is self.form:
            self.form.take_focus()
            self._at_point.look()

    def start(self, kind: ApplicationKind, prefill: Mapping[str, str] | None = None) -> None:
        """Opens a fresh form, always; one that is half filled in waits as a draft from here on."""
        self._want(kind, prefill)

    def mend(self, application: NewApplication) -> None:
        """Opens a fresh form with what an application holds."""
        self._want(application.kind, application)

    def show_receipt(self, item: OutboxItem) -> None:
        """Shows the card of an accepted application; what was typed waits as a draft."""
        self._want(item.application.kind, item)

    def open_bulk(self) -> None:
        """Goes to the table of many applications, as it stood; a form that is open waits as a draft."""
        if self.bulk is None:
            from denkidesk.ui.bulk.page import BulkPage

            self.bulk = BulkPage(self._context, self._sender, self, now=self._now)
            self.bulk.left.connect(self._show_start)
            self.bulk.inbox_requested.connect(self.inbox_requested)
            self.bulk.outbox_wanted.connect(self.outbox_wanted)
            self.bulk.outbox_changed.connect(self.outbox_changed)
            self._stack.addWidget(self.bulk)
        self._open_form.drop()
        self._show(self.bulk)
        self.bulk.take_focus()

    def show_start(self) -> None:
        """Goes to the choice of kinds; what was typed waits there as a draft."""
        self._open_form.drop()
        self._show_start()

    def prepare(self) -> None:
        """Builds the form of an outage before a customer waits for it, a part in each turn of the event loop."""
        self._prepares = True
        if self._reader.tables is None:
            self._reader.load()
        else:
            self._forms.build_ahead(self._reader.tables)

    def shut_down(self) -> None:
        """Keeps what was typed last and stops all timers; what is on its way stays in the outbox."""
        self._forms.stop()
        self._dispatch.look_away()
        self._live.stop()
        self._actions.stop()
        self._receipts.stop()
        if self.bulk is not None:
            self.bulk.shut_down()
        if self.form is not None:
            self.form.stop()
        self._drafts.close()

    # -- forms

    def _want(self, kind: ApplicationKind, contents: Mapping[str, str] | Draft | NewApplication | OutboxItem | None) -> None:
        self._wanted = (kind, contents)
        if self._reader.tables is None:
            self._reader.load()
        else:
            self._open_wanted()

    def _open_wanted(self) -> None:
        if self._wanted is None or self._reader.tables is None:
            return
        (kind, contents), self._wanted = self._wanted, None
        if isinstance(contents, OutboxItem):
            self._open_form.drop()
            self._show_receipt(contents)
            return
        if isinstance(contents, NewApplication):
            contents = typed_again(contents, self._reader.tables)
        form = self._forms.page(kind, self._reader.tables)
        form.resize(size_when_shown(self._stack))
        self._open_form.begin(form, contents, self._reader.tables)
        self._show(form)
        form.take_focus()
        self._drafts.look()
        if self._reader.tables.provisional and not self._reader.tables.choices_by_kind:
            self.strips.say(Message("warn", texts.PROVISIONAL, key="provisional"))

    def _on_form_made(self, form: FormPage) -> None:
        self._open_form.look_at(form)
        form.start_requested.connect(self.show_start)
        form.templates_requested.connect(self._open_templates)
        form.review.foot.countdown.stop_requested.connect(self._dispatch.stop_watched)
        offer_outage_page(self._context, form)

    def _on_draft_opened(self, draft: Draft) -> None:
        self._want(draft.kind, draft)

    # -- review and sending

    def _on_cleared(self, assembled: Assembled) -> None:
        form = self.form
        if form is None or form.is_locked:
            return
        form.lock()
        similar = self._live.similar
        self._live.stop()
        self._dispatch.send(assembled.application, self._drafts.hand_over(), similar, form.review.foot)

    def _on_input_refused(self, faults: tuple[FieldFault, ...]) -> None:
        self._on_stopped()
        if self.form is None or self._reader.tables is None:
            return
        if any(fault.code == FormCode.SIMILAR_OPEN for fault in faults):  # filed by somebody else since it was looked up
            self.strips.say(Message("warn", texts.FAULTS[FormCode.SIMILAR_OPEN], key="double"))
        else:
            self.form.show_faults(at_fields(faults, self.form.kind, self._reader.tables))

    def _on_stopped(self) -> None:
        if self.form is not None:
            self._open_form.keep()
            self._go_on_with(self.form)

    def _on_mend_requested(self) -> None:
        if self.form is None:
            self.show_start()
            return
        self._go_on_with(self.form)
        self.form.show_form()
        self.form.take_focus()

    def _go_on_with(self, form: FormPage) -> None:
        self._show(form)
        self._open_form.resume()

    def _on_outcome_shown(self) -> None:
        self._show(self.outcome_page)

    def _tick(self) -> None:
        """Answers, or takes back, that the application is no double, where that is asked."""
        if self.form is not None and self.form.confirm.isVisible():
            self.form.confirm.toggle()

    # -- receipts

    def _on_accepted(self, item: OutboxItem, words: str = "") -> None:
        self._receipts.add(item, words)
        shown = self._dispatch.shown_item
        if shown is not None and shown.item_id == item.item_id and self._stack.currentWidget() in (self.outcome_page, self.form):
            self._open_form.drop()
            self._show_receipt(item)

    def _look_at_outcome(self) -> None:
        if self._dispatch.shown_item is not None and self._stack.currentWidget() is self.outcome_page:
            self._receipts.look(self._dispatch.shown_item)

    def _show_receipt(self, item: OutboxItem) -> None:
        if self._reader.tables is not None:
            self._receipts.show(item, self._reader.tables)
            self._show(self.receipt_page)
            self.receipt_page.take_focus()
            self._waiting.show_receipt(item)
            self._drafts.look()

    def _on_receipts_loaded(self) -> None:
        if self._stack.currentWidget() is self.start_page:
            self._drafts.look()

    def _on_receipt_closed(self) -> None:
        self._receipts.close()
        self.show_start()

    # -- start page

    def _show_start(self) -> None:
        self.start_page.drafts.show_drafts((), self._today())  # the newest is to be chosen
        self._show(self.start_page)
        self._drafts.look()
        self.start_page.take_focus()

    # -- the rest

    def _on_tables(self, tables: FormTables) -> None:
        self._open_wanted()
        if self._prepares:
            self._forms.build_ahead(tables)

    def _on_tables_failed(self) -> None:
        if self._prepares:
            self.prepared.emit()

    def _on_built_ahead(self, form: FormPage | None) -> None:
        if form is not None:
            self._rehearse(form)
        self.prepared.emit()

    def _rehearse(self, form: FormPage) -> None:
        """Fills the form once with nothing: what that loads is there then. It is not drawn ahead: hidden, it must not be."""
        if self.isVisible() or self._reader.tables is None:
            return
        form.begin({}, self._today())
        self._live.watch(form, self._reader.tables)
        self._live.stop()

    def _on_send_key(self) -> None:
        if self.form is not None and self._stack.currentWidget() is self.form:
            self.form.go_on()

    def _open_templates(self) -> None:
        if self.form is None or self._stack.currentWidget() is not self.form or self.form.is_locked:
            return
        open_templates(self._context, self.form, self)

    def _on_back_key(self) -> None:
        if self.form is not None and self._stack.currentWidget() is self.form:
            self.form.back()

    def _show(self, page: QWidget) -> None:
        if page not in (self.outcome_page, self.receipt_page):
            self._dispatch.look_away()
        if page not in (self.form, self.receipt_page):
            self._waiting.show_nothing()
        self._stack.setCurrentWidget(page)

    def _today(self) -> date:
        return self._now().date()

    def _connect(self) -> None:
        self._reader.loaded.connect(self._on_tables)
        self._reader.failed.connect(self._on_tables_failed)
        self._forms.made.connect(self._on_form_made)
        self._forms.built_ahead.connect(self._on_built_ahead)
        self.start_page.kind_chosen.connect(self.start)
        self.start_page.bulk_wanted.connect(self.open_bulk)
        self._actions.inbox_requested.connect(self.inbox_requested)
        self._actions.outbox_wanted.connect(self.outbox_wanted)
        self._actions.settle_requested.connect(self.settle_requested)
        self._actions.settings_requested.connect(self.settings_requested)
        self._actions.mend_requested.connect(self._on_mend_requested)
        self._actions.left.connect(self.show_start)
        self._dispatch.stopped.connect(self._on_stopped)
        self._dispatch.outcome_shown.connect(self._on_outcome_shown)
        self._live.cleared.connect(self._on_cleared)
        self._dispatch.outbox_changed.connect(self.outbox_changed)
        self._dispatch.outbox_changed.connect(self._at_point.look)
        self._dispatch.outbox_wanted.connect(self.outbox_wanted)
        self._dispatch.input_refused.connect(self._on_input_refused)
        self._dispatch.mendable.connect(self._open_form.keep)
        self._dispatch.accepted.connect(self._on_accepted)
        self._receipts.accepted.connect(self._on_accepted)
        self._receipts.loaded.connect(self._on_receipts_loaded)
        self.receipt_page.inbox_requested.connect(self.inbox_requested)
        self.receipt_page.next_requested.connect(self.start)
        self.receipt_page.closed.connect(self._on_receipt_closed)
        self._waiting.draft_opened.connect(self._on_draft_opened)
        self._waiting.receipt_opened.connect(self._show_receipt)
        self._open_form.discarded.connect(self._show_start)
        bind(shortcuts.SEND, self, self._on_send_key, auto_repeat=False)
        bind(shortcuts.BACK_TO_FORM, self, self._on_back_key)
        bind(shortcuts.NOT_DOUBLE, self, self._tick, auto_repeat=False)
        bind(shortcuts.TEMPLATES, self, self._open_templates, auto_repeat=False)
        bind(shortcuts.BESIDE, self, self._at_point.step_beside)
        bind(shortcuts.PARKED_BEFORE, self, self._on_parked_before)
        bind(shortcuts.PARKED_NEXT, self, self._on_parked_next)

    def _on_parked_before(self) -> None:
        self._waiting.step(-1)

    def _on_parked_next(self) -> None:
        self._waiting.step(1)
