"""What waits, drafts and receipts: opened from the strip above the forms or from the start page, or given up after a question."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from denkidesk.domain.applications import ApplicationKind, Draft, OutboxItem
from denkidesk.domain.clock import Now
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.receipt import parked as parked_words
from denkidesk.ui.apply.draft_keeper import DraftKeeper
from denkidesk.ui.apply.draft_panel import DraftPanel
from denkidesk.ui.apply.parked_strip import Parked, ParkedStrip
from denkidesk.ui.apply.receipts import Receipts
from denkidesk.ui.parts.plain_box import ask, plain_box
from denkidesk.ui.parts.strip import Message, Strips


class WaitingForms(QObject):
    """Each keeps its place among the others while it is worked in; what is new stands before them.

    Of a receipt nothing is lost that the inbox does not have: it goes without a question.
    """

    draft_opened = Signal(object)
    receipt_opened = Signal(object)

    def __init__(self, drafts: DraftKeeper, receipts: Receipts, panel: DraftPanel, strip: ParkedStrip, strips: Strips, now: Now) -> None:
        super().__init__(panel)
        self._drafts = drafts
        self._receipts = receipts
        self._panel = panel
        self._strip = strip
        self._strips = strips
        self._now = now
        self._listed: tuple[Draft, ...] = ()
        self._order: list[str] = []
        self._front: Parked | None = None
        self.question: QMessageBox | None = None
        panel.open_requested.connect(self._on_open)
        panel.discard_requested.connect(self._on_discard)
        strip.chosen.connect(self._open_by_id)
        drafts.listed.connect(self._on_listed)
        drafts.opened.connect(self._on_opened)

    def show_form(self, draft_id: str, kind: ApplicationKind, fields: Mapping[str, str], when: str = texts.PARKED_FRESH) -> None:
        """A form has the page."""
        self._put_in_front(Parked(draft_id, kind, texts.draft_customer(fields), when))

    def show_receipt(self, item: OutboxItem) -> None:
        """A receipt has the page."""
        self._put_in_front(self._receipt(item))

    def show_nothing(self) -> None:
        """Something else has the page."""
        self._put_in_front(None)

    def step(self, by: int) -> None:
        """Opens the next one, or with -1 the one before; after the last comes the first."""
        parked = self._parked()
        here = next((at for at, one in enumerate(parked) if self._front is not None and one.parked_id == self._front.parked_id), None)
        if parked and (here is None or len(parked) > 1):
            self._open_by_id(parked[0 if here is None else (here + by) % len(parked)].parked_id)

    def _put_in_front(self, front: Parked | None) -> None:
        if front != self._front:
            self._front = front
            self._show()

    def _parked(self) -> list[Parked]:
        """All that is at hand, in the order in which it came."""
        today = self._now().date()
        drafts = [Parked(one.draft_id, one.kind, texts.draft_customer(one.fields), _when_kept(one, today)) for one in self._listed]
        found = {one.parked_id: one for one in (*map(self._receipt, self._receipts.waiting), *drafts)}
        if self._front is not None:
            found = {self._front.parked_id: self._front} | found | {self._front.parked_id: self._front}
        self._order = [*(one for one in found if one not in self._order), *self._order]
        return [found[one] for one in self._order if one in found]

    def _receipt(self, item: OutboxItem) -> Parked:
        of = item.application
        customer = texts.draft_customer({"customer_name": of.customer_name or "", "supply_point_number": of.supply_point_number})
        when = parked_words(item.changed_at, item.receipt_number, self._now().date())
        return Parked(item.item_id, of.kind, customer, when, is_receipt=True)

    def _show(self) -> None:
        parked = self._parked()
        self._strip.show_parked(parked, self._front.parked_id if self._front is not None else "")
        others = len(parked) - (self._front is not None)
        self._strip.setVisible(self._front is not None and others > 0)

    def _open_by_id(self, parked_id: str) -> None:
        if self._front is not None and parked_id == self._front.parked_id:
            return
        receipt = next((item for item in self._receipts.waiting if item.item_id == parked_id), None)
        if receipt is not None:
            self.receipt_opened.emit(receipt)
        else:
            self._drafts.open(parked_id)

    def _on_open(self, chosen: Draft | OutboxItem) -> None:
        self._open_by_id(chosen.draft_id if isinstance(chosen, Draft) else chosen.item_id)

    def _on_opened(self, draft: Draft | None, asked_for: str) -> None:
        if draft is not None:
            self._order = [draft.draft_id if one == asked_for else one for one in self._order]
            self._listed = tuple(draft if one.draft_id == asked_for else one for one in self._listed)
            self.draft_opened.emit(draft)
        else:
            self._strips.say(Message("info", texts.DRAFT_GONE, key="draft"))
            self._drafts.look()

    def _on_listed(self, drafts: tuple[Draft, ...]) -> None:
        self._listed = drafts
        self._panel.show_drafts(drafts, self._now().date(), self._receipts.waiting)
        self._show()

    def _on_discard(self, chosen: Draft | OutboxItem) -> None:
        if isinstance(chosen, Draft):
            question = texts.DRAFT_DISCARD_QUESTION.format(customer=texts.draft_customer(chosen.fields))
            discard = partial(self._discard, chosen.draft_id)
            self.question = ask_to_discard(self._panel, texts.kind_title(chosen.kind), question, texts.DRAFT_LEAVE, discard)
        else:
            self._receipts.discard(chosen)
            self._drafts.look()

    def _discard(self, draft_id: str) -> None:
        self._drafts.discard(draft_id)
        self._drafts.look()


def _when_kept(draft: Draft, today: date) -> str:
    return texts.PARKED_DRAFT.format(time=dates.clock_or_day(draft.saved_at, today))


def ask_to_discard(parent: QWidget, title: str, question: str, no: str, discard: Callable[[], object]) -> QMessageBox:
    """Enter and Esc leave everything as it is."""
    box = plain_box(parent, QMessageBox.Icon.Question, title, question)
    return ask(box, [(texts.DISCARD_YES, QMessageBox.ButtonRole.DestructiveRole, discard)], no)
