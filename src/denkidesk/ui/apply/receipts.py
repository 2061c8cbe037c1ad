"""The cards of accepted applications that the clerk has not closed yet, over restarts too, and what stands on them."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.assembly import review_rows
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import receipt as texts
from denkidesk.ui.apply.receipt_page import ReceiptPage
from denkidesk.ui.context import UiContext

if TYPE_CHECKING:
    from pathlib import Path

    from denkidesk.desk.installed_set import FormTables
    from denkidesk.desk.receipts import OpenReceipt


class Receipts(QObject):
    """Of any number, one is on the page; the others wait among the drafts."""

    accepted = Signal(object)  # the item that was asked about, where it is accepted by now
    loaded = Signal()  # those of an earlier start are among the waiting

    def __init__(self, context: UiContext, page: ReceiptPage) -> None:
        super().__init__(page)
        self._context = context
        self._shelf = context.desk.receipts
        self._page = page
        self._open: dict[str, OutboxItem] = {}
        self._words: dict[str, str] = {}  # all that the utility said, of which the outbox keeps the reception message alone
        self._shown: tuple[OutboxItem, FormTables] | None = None
        self._course = LatestJob(context.jobs, self, self._on_course, context.notices.failure)
        self._unknown = LatestJob(context.jobs, self, self._on_looked_up, context.notices.failure)
        page.save_requested.connect(self._on_save)
        context.jobs.run(LaneName.STORE, self._shelf.open).then(self._on_loaded, context.notices.failure)

    @property
    def waiting(self) -> tuple[OutboxItem, ...]:
        """Those that are not closed, the newest first."""
        return tuple(reversed(self._open.values()))

    def add(self, item: OutboxItem, words: str) -> None:
        """An application was accepted, with these words of the utility."""
        self._open[item.item_id], self._words[item.item_id] = item, words
        self._context.jobs.run(LaneName.STORE, self._shelf.keep, item.item_id, words)

    def look(self, item: OutboxItem) -> None:
        """What became of an item whose outcome was unknown is settled somewhere else."""
        self._unknown.run(LaneName.STORE, self._context.desk.outbox.item, item.item_id)

    def show(self, item: OutboxItem, tables: "FormTables") -> None:
        """Puts a card on the page: at once, and its course as soon as the store has told it."""
        self._shown = item, tables
        self._page.show_receipt(item, self._rows())
        self._course.run(LaneName.STORE, _course, self._context.desk.outbox, item.item_id)

    def close(self) -> None:
        """The clerk needs the card on the page no more; its number stays in the inbox and in the outbox."""
        if self._shown is not None:
            self.discard(self._shown[0])
        self.stop()

    def discard(self, item: OutboxItem) -> None:
        """As :meth:`close`, of one that waits."""
        if self._open.pop(item.item_id, None) is not None:
            self._context.jobs.run(LaneName.STORE, self._shelf.put_away, item.item_id)

    def stop(self) -> None:
        """Nothing more is read for the page."""
        self._shown = None
        self._course.cancel()
        self._unknown.cancel()

    def _on_loaded(self, kept: "tuple[OpenReceipt, ...]") -> None:
        self._open = {one.item.item_id: one.item for one in kept} | self._open
        self._words = {one.item.item_id: one.words for one in kept} | self._words
        self.loaded.emit()

    def _on_looked_up(self, item: OutboxItem | None) -> None:
        if item is not None and item.state is OutboxState.ACCEPTED:
            self.accepted.emit(item)

    def _on_course(self, course: tuple[datetime | None, bool]) -> None:
        if self._shown is not None:
            self._page.show_receipt(self._shown[0], self._rows(*course))

    def _rows(self, sent_at: datetime | None = None, found_in_listing: bool = False) -> list[tuple[str, str]]:
        """What was sent and what was answered, with the times to the second."""
        if self._shown is None:
            return []
        item, tables = self._shown
        accepted = texts.FOUND_AT if found_in_listing else texts.ACCEPTED_AT
        sent = [(texts.SENT_AT, dates.exact_moment(sent_at))] if sent_at else []
        words = self._words.get(item.item_id, item.reception_message)
        answer = [(texts.MESSAGE, words)] if words else []
        return [(accepted, dates.exact_moment(item.changed_at)), *sent, *review_rows(item.application, tables), *answer]

    def _on_save(self) -> None:
        from denkidesk.ui.apply.receipt_paper import write_receipt
        from denkidesk.ui.parts.paper import ask_save_path

        item = self._page.item
        if item is None:
            return
        name = texts.FILE_NAME.format(number="".join(letter for letter in item.receipt_number if letter.isalnum()))
        path = ask_save_path(self._page, self._context.ui_state, "receipt_folder", texts.SAVE_TITLE, name)
        if path is not None:
            write = partial(write_receipt, path, item.receipt_number, self._page.pairs.pairs, practice=self._context.practice)
            self._context.jobs.run(LaneName.WORK, write).then(self._on_saved, self._context.notices.failure)

    def _on_saved(self, path: "Path") -> None:
        self._page.say_saved(path.name)


def _course(outbox: OutboxDesk, item_id: str) -> tuple[datetime | None, bool]:
    """When it was sent, and whether it was found in the listing, as no answer came. For the store lane."""
    attempts = outbox.attempts(item_id)
    found = any(event.code for event in outbox.events(item_id) if event.to_state == OutboxState.ACCEPTED)
    return attempts[-1].at if attempts else None, found
