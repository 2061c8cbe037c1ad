"""A refresh of the inbox: the listing, then the statuses that may have changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.inbox import RefreshResult
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.bar import InboxBar
from denkidesk.ui.inbox.status_round import Round, StatusRound
from denkidesk.ui.parts.strip import Message, Strips

_KEY: Final = "inbox.refresh"


class InboxRefresh(QObject):
    """Says on the bar how far it is and in a message what came of it. ``synced_at``: when the list in sight was fetched."""

    brought = Signal()  # the store has something new to show

    def __init__(self, context: UiContext, bar: InboxBar, strips: Strips, say_failure: Callable[..., None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._bar = bar
        self._strips = strips
        self._say_failure = say_failure
        self.synced_at: datetime | None = None
        self._job: Job[RefreshResult] | None = None
        self._round = StatusRound(context, self)
        self._round.advanced.connect(self._on_round_advanced)
        self._round.ended.connect(self._on_round_ended)
        self._told = Message("ok", "", key=_KEY)  # of the newest listing
        self._news = 0  # of the round under way, as far as the list shows them

    def stop(self) -> None:
        """The screen closes: nothing more is heard."""
        self._round.stop()
        if self._job is not None:
            self._job.abandon()

    def begin(self) -> None:
        """Fetches the listing on the utility's lane; one that already waits is not asked for twice."""
        if self._job is not None:
            return
        self._round.stop()
        jobs = self._context.jobs
        seconds = 1 + round(self._desk.traffic.wait(jobs.load(LaneName.KANSAI)).eta_s)  # and one for the answer
        self._job = jobs.run(LaneName.KANSAI, self._desk.inbox.refresh, priority=Priority.REFRESH, key=_KEY)
        self._job.then(self._on_refreshed, self._on_refresh_failed, self._on_refresh_cancelled)
        self._job.finished.connect(self._on_refresh_finished)
        self._bar.set_refreshing(True)
        self._bar.busy.start(texts.REFRESHING.format(seconds=seconds))

    def cancel(self) -> None:
        """Ends what is under way; what came is kept."""
        if self._job is not None:
            self._job.cancel()
        elif self._round.is_running:
            self._round.stop()
            self._strips.say(replace(self._told, detail=self._told.detail + texts.ROUND_STOPPED))
            self._on_round_over()

    def _on_refreshed(self, result: RefreshResult) -> None:
        text = texts.REFRESHED.format(changes=texts.changes(result.added, result.changed), total=f"{result.total:,}")
        since = "" if result.since is None else texts.REFRESHED_SINCE.format(day=dates.day(result.since))
        self._told = Message("warn" if since else "ok", text, key=_KEY, detail=since)
        self._strips.say(self._told)
        self.brought.emit()
        self._round.begin()

    def _on_refresh_failed(self, error: object) -> None:
        when = dates.moment(self.synced_at)
        text = texts.REFRESH_FAILED if when else texts.REFRESH_FAILED_NEVER
        self._say_failure(error, text, self.begin, _KEY, when=when)

    def _on_refresh_cancelled(self) -> None:
        self._strips.say(Message("info", texts.REFRESH_CANCELLED, key=_KEY))

    def _on_refresh_finished(self) -> None:
        self._job = None
        self._bar.set_refreshing(False)
        if not self._round.is_running:
            self._bar.busy.stop()

    def _on_round_advanced(self, round_: Round) -> None:
        jobs = self._context.jobs
        seconds = 1 + round(self._desk.traffic.wait(jobs.load(LaneName.KANSAI) + round_.left).eta_s)
        text = texts.ROUND.format(left=f"{round_.left:,}", seconds=seconds)
        if round_.asked == 0:
            self._news = 0
            self._bar.busy.start(text)
        self._bar.busy.show_progress(round_.asked, round_.asked + round_.left, text)
        if round_.news > self._news:
            self._news = round_.news
            self.brought.emit()

    def _on_round_ended(self, round_: Round) -> None:
        if round_.error is None:
            self._strips.say(replace(self._told, detail=self._told.detail + texts.round_over(round_.asked, round_.news, round_.beyond)))
        else:
            self._say_failure(round_.error, texts.ROUND_FAILED, self._round.begin, _KEY, left=f"{round_.left + round_.beyond:,}")
        self._on_round_over()

    def _on_round_over(self) -> None:
        self._bar.busy.stop()
        self.brought.emit()
