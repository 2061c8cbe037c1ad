"""Drafts: what is typed is kept a moment later, and is there again after a crash."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.desk.outbox import OutboxDesk
from denkidesk.domain.applications import ApplicationKind, Draft
from denkidesk.domain.errors import DeskError
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob

SAVE_AFTER_MS: Final = 200
_LAST_SAVE_WAIT_S: Final = 2.0


@dataclass(eq=False, slots=True)
class _Typed:
    """What stands in one form and is not known to be on the disk."""

    kind: ApplicationKind
    values: dict[str, str]
    is_on_its_way: bool = False
    error: DeskError | None = None


class DraftKeeper(QObject):
    """Saves the form that is open under an id of its own, at the latest ``SAVE_AFTER_MS`` after a change, on the store lane.

    What could not be saved is kept in memory and tried again with the next save, even when its form is no longer open.
    """

    opened = Signal(object, str)  # the draft that was asked for, None if it is gone, and the id that it had
    listed = Signal(object)  # every draft, the newest first
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, outbox: OutboxDesk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._jobs = jobs
        self._kind: ApplicationKind | None = None
        self._draft_id = ""
        self._wanted_id = ""
        self._typed: dict[str, _Typed] = {}  # by draft; read by the store lane, changed on the GUI thread alone
        self._listing: LatestJob[tuple[Draft, ...]] = LatestJob(jobs, self, self.listed, self.save_failed)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def open_id(self) -> str:
        """The id of the draft of the form that is open."""
        return self._draft_id

    def look(self) -> None:
        """Asks for the list of drafts; what is unsaved goes before. Only the newest list is told: an earlier one would move the choice."""
        self.flush()
        self._listing.run(LaneName.STORE, self._outbox.drafts)

    def open(self, draft_id: str) -> None:
        """Asks for a draft; what comes of a form that was begun meanwhile goes before."""
        self.flush()
        self._wanted_id = draft_id
        self._jobs.run(LaneName.STORE, _take, self._outbox, draft_id).then(self._on_taken, self.save_failed)

    def begin(self, kind: ApplicationKind, draft: Draft | None = None) -> None:
        """A form is open from here on: a fresh one, or one with a draft that was taken."""
        import uuid

        self.flush()
        self._kind = kind
        self._draft_id = str(uuid.uuid4()) if draft is None else draft.draft_id
        self._wanted_id = ""

    def keep(self, values: Mapping[str, str]) -> None:
        """Notes a change of the form that is open."""
        if self._kind is not None:
            self._typed[self._draft_id] = _Typed(self._kind, dict(values))
            if not self._timer.isActive():  # not put off by the next key: whoever types without a pause is not left unsaved
                self._timer.start()

    def flush(self) -> None:
        """Saves now what is not saved yet."""
        self._timer.stop()
        for draft_id, typed in self._typed.items():
            if not typed.is_on_its_way:
                typed.is_on_its_way = True
                self._jobs.run(LaneName.STORE, self._save, draft_id, typed).then(self._on_saved)

    def hand_over(self) -> str:
        """Leaves the draft of the form that is open to whoever queues it, who ends it too, and returns its id."""
        self._typed.pop(self._draft_id, None)
        return self._draft_id

    def discard(self, draft_id: str = "") -> None:
        """Forgets a draft, the open form's if none is named, and what was to be saved of it."""
        draft_id = draft_id or self._draft_id
        self._typed.pop(draft_id, None)
        self._jobs.run(LaneName.STORE, self._outbox.discard_draft, draft_id).then(on_failure=self.save_failed)

    def close(self) -> None:
        """Saves what is not saved yet, and waits for it a moment: the lanes drop what waits when they end."""
        self._timer.stop()
        if self._typed:
            done = threading.Event()
            self._jobs.run(LaneName.STORE, self._save_last, tuple(self._typed.items()), done, priority=Priority.OUTAGE)
            done.wait(_LAST_SAVE_WAIT_S)

    def _save(self, draft_id: str, typed: _Typed) -> tuple[str, _Typed]:
        """On the store lane; nothing is done where newer words, a discarding or a queueing came before it."""
        if self._typed.get(draft_id) is typed:
            try:
                self._outbox.save_draft(draft_id, typed.kind, typed.values)
            except DeskError as error:
                typed.error = error
        return draft_id, typed

    def _save_last(self, all_typed: tuple[tuple[str, _Typed], ...], done: threading.Event) -> None:
        try:
            for draft_id, typed in all_typed:
                self._save(draft_id, typed)  # the window is going: of a failure the store's own log has it
        finally:
            done.set()

    def _on_saved(self, saved: tuple[str, _Typed]) -> None:
        draft_id, typed = saved
        if self._typed.get(draft_id) is not typed:
            return
        if typed.error is None:
            del self._typed[draft_id]
            if draft_id == self._draft_id:
                self.saved.emit()
            return
        error, typed.error, typed.is_on_its_way = typed.error, None, False
        self.save_failed.emit(error)

    def _on_taken(self, taken: tuple[str, Draft | None]) -> None:
        asked_for, draft = taken
        if asked_for == self._wanted_id:  # else the clerk has begun something else; the draft waits on, under its new id
            self._wanted_id = ""
            self.opened.emit(draft, asked_for)


def _take(outbox: OutboxDesk, draft_id: str) -> tuple[str, Draft | None]:
    return draft_id, outbox.take_draft(draft_id)
