"""A refresh of the inbox: the listing, then the statuses that may have changed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.inbox import RefreshResult
from denkidesk.domain.applications import ListingCriteria
from denkidesk.jobs.job import Job, LaneName, Priority
from denkidesk.texts import dates
from denkidesk.texts import inbox as texts
from denkidesk.texts import inbox_acts as act_texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.bar import InboxBar
from denkidesk.ui.inbox.status_round import Round, StatusRound
from denkidesk.ui.parts.strip import Message, Strips

_KEY: Final = "inbox.refresh"
_NONE: Final = ListingCriteria()


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
        self._criteria = _NONE  # of the one under way
        self._next: ListingCriteria | None = None  # asked for meanwhile
        self._round = StatusRound(context, self)
        self._round.advanced.connect(self._on_round_advanced)
        self._round.ended.connect(self._on_round_ended)
        self._round.stopped.connect(self.brought)
        self._result: RefreshResult | None = None  # of the newest listing
        self._news = 0  # of the round under way, as far as the list shows them
        self._is_of_listing = False  # the round under way; else the clerk has wished it

    def stop(self) -> None:
        """The screen closes: nothing more is heard."""
        self._round.blockSignals(True)
        self._round.stop()
        if self._job is not None:
            self._job.abandon()

    def begin(self, criteria: ListingCriteria = _NONE) -> None:
        """Fetches the listing on the utility's lane; one that is under way is not asked for twice, another one follows it."""
        if self._job is not None:
            self._next = None if criteria == self._criteria else criteria
            return
        self._criteria, self._next = criteria, None
        self._round.stop()
        jobs = self._context.jobs
        seconds = 1 + round(self._desk.traffic.wait(jobs.load(LaneName.KANSAI)).eta_s)  # and one for the answer
        self._job = jobs.run(LaneName.KANSAI, self._desk.inbox.refresh, criteria, priority=Priority.REFRESH, key=_KEY)
        self._job.then(self._on_refreshed, self._on_refresh_failed, self._on_refresh_cancelled)
        self._job.finished.connect(self._on_refresh_finished)
        self._bar.set_refreshing(True)
        self._bar.busy.start(texts.REFRESHING.format(seconds=seconds))

    def fetch(self, receipt_numbers: Iterable[str]) -> None:
        """Fetches the status of many, one call at a time behind everything else; a listing that is under way goes first."""
        if not self._round.is_running:
            self._is_of_listing = False
        self._round.ask(receipt_numbers)

    def cancel(self) -> None:
        """Ends what is under way; what came is kept."""
        self._next = None
        if self._job is not None:
            self._job.cancel()
        elif self._round.is_running:
            self._round.stop()
            if self._is_of_listing:
                self._tell(self._news, texts.ROUND_STOPPED)
            else:
                self._strips.say(Message("info", act_texts.FETCH_MANY_STOPPED, key=_KEY))
            self._on_round_over()

    def _on_refreshed(self, result: RefreshResult) -> None:
        self._result = result
        self._tell(0)
        self.brought.emit()
        self._is_of_listing = True
        self._round.begin()

    def _tell(self, news: int, more: str = "") -> None:
        """What the newest listing brought, and the statuses after it as far as they have come."""
        result = self._result
        if result is None:
            return
        frame = texts.REFRESHED if self._criteria == _NONE else texts.REFRESHED_FOR
        text = frame.format(changes=texts.changes(result.added, result.changed, news), total=f"{result.total:,}")
        since = "" if result.since is None else texts.REFRESHED_SINCE.format(day=dates.day(result.since))
        self._strips.say(Message("warn" if since else "ok", text, key=_KEY, detail=since + more))

    def _on_refresh_failed(self, error: object) -> None:
        when = dates.moment(self.synced_at)
        text = texts.REFRESH_FAILED if when else texts.REFRESH_FAILED_NEVER
        self._say_failure(error, text, partial(self.begin, self._criteria), _KEY, when=when)

    def _on_refresh_cancelled(self) -> None:
        self._strips.say(Message("info", texts.REFRESH_CANCELLED, key=_KEY))

    def _on_refresh_finished(self) -> None:
        self._job = None
        self._bar.set_refreshing(False)
        if not self._round.is_running:
            self._bar.busy.stop()
        if self._next is not None:
            self.begin(self._next)

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
        if not self._is_of_listing:
            self._tell_of_wish(round_)
        elif round_.error is None:
            self._tell(round_.news, texts.round_over(round_.asked, round_.beyond))
        else:
            self._say_failure(round_.error, texts.ROUND_FAILED, self._round.begin, _KEY, left=f"{round_.left + round_.beyond:,}")
        self._on_round_over()

    def _tell_of_wish(self, round_: Round) -> None:
        if round_.error is None:
            news = act_texts.FETCHED_NEWS.format(count=f"{round_.news:,}") if round_.news else ""
            text = act_texts.FETCHED_MANY.format(asked=f"{round_.asked:,}", news=news)
            self._strips.say(Message("ok", text, key=_KEY))
        else:
            again = partial(self.fetch, round_.rest)
            self._say_failure(round_.error, act_texts.FETCH_MANY_FAILED, again, _KEY, left=f"{round_.left:,}")

    def _on_round_over(self) -> None:
        self._bar.busy.stop()
        self.brought.emit()
