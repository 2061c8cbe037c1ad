"""The outbox of one window: what sends by itself, what the clerk does about it, what stands on every tab, and the tab."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.domain.applications import OutboxState
from denkidesk.jobs.job import LaneName
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.auto_sender import AutoSender
from denkidesk.ui.outbox.unknown_watch import UnknownWatch
from denkidesk.ui.parts.strip import Strips

if TYPE_CHECKING:
    from denkidesk.desk.sending import Plan
    from denkidesk.domain.applications import OutboxItem
    from denkidesk.ui.inbox.tab import InboxTab
    from denkidesk.ui.outbox.acts import OutboxActs
    from denkidesk.ui.outbox.tab import OutboxTab


class WindowOutbox(QObject):
    """Begins with :meth:`begin`, when the first screen stands."""

    counted = Signal(object, object)  # how many are not through yet, and whether a person is needed
    changed = Signal()  # by the clerk
    tab_wanted = Signal()
    application_requested = Signal()
    mend_requested = Signal(object)  # item
    receipt_requested = Signal(object)  # item
    follow_on_found = Signal(object)  # FollowOn
    settings_requested = Signal()

    def __init__(self, context: UiContext, strips: Strips, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._strips = strips
        self._window = window
        self.auto_sender = AutoSender(context, self)
        self.auto_sender.planned.connect(self._on_planned)
        self.unknown = UnknownWatch(context, strips, window)
        self.unknown.settled.connect(self._on_changed)
        self._acts: OutboxActs | None = None
        self._tab: OutboxTab | None = None
        self._is_over = False

    def begin(self) -> None:
        """From here on what waits goes by itself."""
        from denkidesk.ui.outbox.acts import OutboxActs

        if self._is_over:
            return
        self._acts = OutboxActs(self._context, self.auto_sender, self._strips, self._window)
        self._acts.changed.connect(self._on_changed)
        self._acts.settings_requested.connect(self.settings_requested)
        self._acts.outbox_wanted.connect(self.tab_wanted)
        self._acts.settle_requested.connect(self.unknown.open)
        self.auto_sender.look()

    def look(self, _what: object = None) -> None:
        """Something may have changed."""
        if self._acts is not None:
            self.auto_sender.look()

    def toggle_pause(self) -> None:
        """Stops all, or lets all go on."""
        self.auto_sender.toggle_pause()

    def stop(self) -> None:
        """The window closes."""
        self._is_over = True
        self.auto_sender.stop()
        self.unknown.stop()
        if self._acts is not None:
            self._acts.stop()

    def join_inbox(self, inbox: "InboxTab") -> None:
        """What the inbox brings may settle something, and what may settle something is marked there."""
        inbox.synced.connect(self.look)
        self.unknown.matched.connect(inbox.reading.mark_likely)
        inbox.reading.mark_likely(self.unknown.matches)

    def build_tab(self) -> "OutboxTab":
        """The tab, connected."""
        from denkidesk.ui.outbox.tab import OutboxTab

        tab = self._tab = OutboxTab(self._context)
        tab.act_requested.connect(self._on_act)
        tab.pause_toggled.connect(self.toggle_pause)
        tab.countdown_stopped.connect(self.auto_sender.stop_countdown)
        tab.mend_requested.connect(self._on_mend)
        tab.receipt_requested.connect(self.receipt_requested)
        tab.cancel_requested.connect(self._on_cancel)
        tab.requeue_requested.connect(self._on_requeue)
        tab.follow_on_requested.connect(self._on_follow_on)
        tab.application_requested.connect(self.application_requested)
        tab.shown.connect(self.look)
        if self.auto_sender.plan is not None:
            tab.show_plan(self.auto_sender.plan)
        return tab

    def _on_planned(self, plan: "Plan") -> None:
        from denkidesk.ui.outbox.lines import needs_a_person

        self.counted.emit(len(plan.waiting) + len(plan.unsettled), needs_a_person(plan))
        self.unknown.look(plan.unsettled)
        if self._tab is not None and self._tab.isVisible():  # else it asks when it comes to the front
            self._tab.show_plan(plan)

    def _on_changed(self) -> None:
        self.look()
        self.changed.emit()

    def _on_act(self, act: object, item: "OutboxItem") -> None:
        from denkidesk.ui.outbox.lines import Act

        if self._acts is not None and isinstance(act, Act):
            self._acts.carry_out(act, item)

    def _on_mend(self, item: "OutboxItem") -> None:
        """What waits is taken back first: it goes on in its form, or not at all."""
        if item.state is OutboxState.QUEUED and self._acts is not None:
            self._acts.take_into_form(item)
        self.mend_requested.emit(item)

    def _on_cancel(self, item: "OutboxItem") -> None:
        if self._acts is not None:
            self._acts.take_back(item)

    def _on_requeue(self, item: "OutboxItem") -> None:
        if self._acts is not None:
            self._acts.queue_again(item)

    def _on_follow_on(self, receipt_number: str) -> None:
        job = self._context.jobs.run(LaneName.STORE, self._context.desk.prefill.follow_on, receipt_number)
        job.then(self.follow_on_found, self._context.notices.failure)
