"""What the outbox panel shows and asks for, brought to the desk and back."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from denkidesk.domain.applications import OutboxState
from denkidesk.domain.clock import Now
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.apply.outbox_panel import OutboxPanel
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.double_check import WaitingCheck


class OutboxTraffic(QObject):
    """Reads the outbox, sends what waits, takes items back; the panel follows."""

    accepted = Signal(str)  # receipt number
    run_ended = Signal(object)  # the error that the run met last; None if all went well

    def __init__(self, context: UiContext, panel: OutboxPanel, now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._panel = panel
        self._now = now
        self._items = LatestJob(context.jobs, self)
        self._items.succeeded.connect(self._on_items)
        self._items.failed.connect(context.notices.failure)
        self._check = WaitingCheck(context, panel, now=now)
        self._check.cleared.connect(self._on_run_cleared)
        self._check.declined.connect(self._on_run_finished)
        panel.run_requested.connect(self.run)
        panel.cancel_requested.connect(self._on_cancel_requested)

    def refresh(self) -> None:
        """Reads the outbox anew."""
        self._items.run(LaneName.STORE, self._context.desk.outbox.items)

    def stop(self) -> None:
        """Gives up a look-up that is going on: the tab closes."""
        self._check.stop()

    def run(self) -> None:
        """Sends what waits, when it is clear that nothing of it would be filed twice."""
        self._panel.set_running(True)
        self._check.look()

    def _on_run_cleared(self) -> None:
        job = self._context.jobs.run(LaneName.KANSAI, self._context.desk.outbox.run, key="outbox.run")
        job.succeeded.connect(self._on_run_done)
        job.failed.connect(self._context.notices.failure)
        job.finished.connect(self._on_run_finished)

    def _on_items(self, items: Any) -> None:
        self._panel.show_items(items, self._now().date())

    def _on_run_done(self, results: Any) -> None:
        for result in results:
            if result.item.state is OutboxState.ACCEPTED:
                self.accepted.emit(result.item.receipt_number)
        self.run_ended.emit(next((result.error for result in reversed(results) if result.error is not None), None))

    def _on_run_finished(self) -> None:
        self._panel.set_running(False)
        self.refresh()

    def _on_cancel_requested(self, item_id: str) -> None:
        job = self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.cancel_item, item_id)
        job.failed.connect(self._context.notices.failure)
        job.finished.connect(self.refresh)
