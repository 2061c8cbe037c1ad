"""Drafts: what is typed is kept a moment later, and is there again after a crash."""

import threading
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.errors import DeskError
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.ui.apply.ports import Outbox

SAVE_AFTER_MS: Final = 400
_LAST_SAVE_WAIT_S: Final = 2.0


class DraftKeeper(QObject):
    """Saves at most one draft a kind, at the latest ``SAVE_AFTER_MS`` after the last change, on the store lane."""

    restored = Signal(object, object)  # kind, values; no values where there is no draft
    saved = Signal()
    save_failed = Signal(object)
    presence_changed = Signal(object)  # kinds that have a draft

    def __init__(self, outbox: Outbox, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._jobs = jobs
        self._kind: ApplicationKind | None = None
        self._unsaved: dict[str, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def look(self) -> None:
        """Asks which kinds have a draft."""
        job = self._jobs.run(LaneName.STORE, self._kinds_with_drafts, key="apply.drafts")
        job.succeeded.connect(self.presence_changed)

    def load(self, kind: ApplicationKind) -> None:
        """Asks for the draft of a kind; what is still unsaved of another kind is saved first."""
        self.flush()
        self._kind = kind
        job = self._jobs.run(LaneName.STORE, _load, self._outbox, kind)
        job.succeeded.connect(self._on_loaded)
        job.failed.connect(self.save_failed)

    def keep(self, kind: ApplicationKind, values: Mapping[str, str]) -> None:
        """Notes a change."""
        self._kind = kind
        self._unsaved = dict(values)
        self._timer.start()

    def flush(self) -> None:
        """Saves now what is not saved yet."""
        self._timer.stop()
        if self._unsaved is not None and self._kind is not None:
            values, self._unsaved = self._unsaved, None
            job = self._jobs.run(LaneName.STORE, self._outbox.save_draft, self._kind, values)
            job.succeeded.connect(self._on_saved)
            job.failed.connect(self.save_failed)

    def discard(self, kind: ApplicationKind) -> None:
        """Forgets the draft of a kind, and what was to be saved of it."""
        if self._kind is kind:
            self._timer.stop()
            self._unsaved = None
        job = self._jobs.run(LaneName.STORE, self._outbox.discard_draft, kind)
        job.failed.connect(self.save_failed)

    def close(self) -> None:
        """Saves what is not saved yet, and waits for it a moment: the lanes drop what waits when they end."""
        self._timer.stop()
        if self._unsaved is None or self._kind is None:
            return
        done = threading.Event()
        values, self._unsaved = self._unsaved, None
        self._jobs.run(LaneName.STORE, _save_last, self._outbox.save_draft, self._kind, values, done, priority=Priority.OUTAGE)
        done.wait(_LAST_SAVE_WAIT_S)

    def _kinds_with_drafts(self) -> frozenset[ApplicationKind]:
        return frozenset(kind for kind in ApplicationKind if self._outbox.load_draft(kind))

    def _on_loaded(self, loaded: tuple[ApplicationKind, dict[str, str]]) -> None:
        kind, values = loaded
        if kind is self._kind:
            self.restored.emit(kind, values)

    def _on_saved(self, _nothing: object) -> None:
        self.saved.emit()


def _load(outbox: Outbox, kind: ApplicationKind) -> tuple[ApplicationKind, dict[str, str]]:
    return kind, outbox.load_draft(kind)


def _save_last(
    save: Callable[[ApplicationKind, Mapping[str, str]], None], kind: ApplicationKind, values: Mapping[str, str], done: threading.Event
) -> None:
    try:
        save(kind, values)
    except DeskError:
        return  # the window is going; the store's own log has it
    finally:
        done.set()
