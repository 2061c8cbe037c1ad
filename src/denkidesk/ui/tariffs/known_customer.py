"""Tells beside the customer's name on a bill that a paper bill of theirs was matched some day."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from denkidesk.domain.price_history import MatchedBill
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import paper as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.tariffs.bill_page import BillPage


class KnownCustomer(QObject):
    """``is_matched``: whether a paper bill of the customer at the desk is matched already; then there is nothing to tell."""

    def __init__(self, context: UiContext, bill_page: BillPage, is_matched: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._bill_page, self._is_matched = context, bill_page, is_matched
        self._job = LatestJob(context.jobs, self, self._on_found, context.notices.failure)
        bill_page.customer.editingFinished.connect(self._look_up)

    @property
    def is_busy(self) -> bool:
        """Whether the store is being asked."""
        return self._job.is_busy

    def cancel(self) -> None:
        """Gives up the question."""
        self._job.cancel()

    def _look_up(self) -> None:
        name = self._bill_page.customer_name()
        if name and not self._is_matched():
            self._job.run(LaneName.STORE, self._context.desk.paper.matches_of, name)

    def _on_found(self, matches: tuple[MatchedBill, ...]) -> None:
        if matches and not self._is_matched():
            self._bill_page.strips.say(Message("info", texts.KNOWN_CUSTOMER.format(match=texts.match_facts(matches[0])), key="match"))
