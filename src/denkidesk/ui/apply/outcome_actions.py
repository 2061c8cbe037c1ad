"""What the buttons of the outcome page do with the application whose outcome stands there."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from denkidesk.domain.clock import Now
from denkidesk.ui.apply.dispatch import Dispatch
from denkidesk.ui.apply.outcome_page import OutcomePage
from denkidesk.ui.apply.outcomes import Action
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.double_check import WaitingCheck


class OutcomeActions(QObject):
    """What can be done on the spot is done here; where the clerk goes on elsewhere, a signal says where to.

    Nothing is sent once more before it was looked up that nothing like it is open.
    """

    inbox_requested = Signal(str)  # receipt number
    outbox_wanted = Signal()
    settle_requested = Signal()
    settings_requested = Signal()
    mend_requested = Signal()
    left = Signal()

    def __init__(self, context: UiContext, page: OutcomePage, dispatch: Dispatch, now: Now, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._page = page
        self._dispatch = dispatch
        self.retry_check = WaitingCheck(context, window, now=now)
        self.retry_check.cleared.connect(self._on_retry_cleared)
        page.action_requested.connect(self._on_requested)

    def stop(self) -> None:
        """Nobody waits for a look-up any more."""
        self.retry_check.stop()

    def _on_requested(self, action: Action) -> None:
        shown = self._dispatch.shown_item
        match action:
            case Action.COPY_RECEIPT:
                self._page.copy_receipt()
            case Action.SHOW_IN_INBOX if shown is not None and shown.receipt_number:
                self.inbox_requested.emit(shown.receipt_number)
            case Action.SHOW_IN_INBOX | Action.TO_OUTBOX:
                self.outbox_wanted.emit()
            case Action.SETTLE:
                self.settle_requested.emit()
            case Action.SETTINGS:
                self.settings_requested.emit()
            case Action.MEND:
                self.mend_requested.emit()
            case Action.TRY_ONCE if shown is not None:
                self._context.desk.login_guard.try_once()
                self.retry_check.look(shown.item_id)
            case Action.RETRY if shown is not None:
                self.retry_check.look(shown.item_id)
            case _:
                self.left.emit()

    def _on_retry_cleared(self) -> None:
        if (shown := self._dispatch.shown_item) is not None:
            self._dispatch.send_again(shown)
