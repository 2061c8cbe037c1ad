"""What is open or recent at a supply point already: with the utility, or on its way there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import ApplicationKind, InboxEntry, OutboxItem, SimilarApplication
from denkidesk.domain.clock import Now
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.kansai.code_tables import CodeEntry

_RECENT: Final = timedelta(days=30)


class AtPoint:
    """Looks into the store alone. ``stages``: the stages that the code tables name; a stage that they do not know is open."""

    def __init__(self, store: Store, now: Now, stages: "Callable[[], Iterable[CodeEntry]]") -> None:
        self._store = store
        self._now = now
        self._read_stages = stages

    @cached_property
    def _stages(self) -> "Mapping[str, CodeEntry]":
        """By code; read once, as another set counts from the next start on."""
        return {entry.code: entry for entry in self._read_stages()}

    def own(self, supply_point_number: str, kind: ApplicationKind | None = None) -> tuple[OutboxItem, ...]:
        """Items of this desk that are on their way, or were taken within thirty days."""
        return self._store.outbox.at_supply_point(supply_point_number, kind, self._since())

    def all(self, kind: ApplicationKind, supply_point_number: str) -> tuple[SimilarApplication, ...]:
        """Everything that is open, and what is recent: registered within thirty days. What may be a double first, then what is open."""
        since = self._since()
        everything = date.min if supply_point_number else since  # many applications are for no point that is known
        entries = {entry.listed.receipt_number: entry for entry in self._store.inbox.at_supply_point(supply_point_number, everything)}
        found = []
        for item in self.own(supply_point_number):
            entry, application = entries.pop(item.receipt_number, None), item.application
            own = SimilarApplication(
                item.item_id, item.receipt_number, item.state, "", item.created_at, application.kind, application.visit_on
            )
            found.append(own if entry is None else self._with_stage(own, entry))
        for entry in entries.values():
            row = entry.listed
            at = row.registered_on or entry.first_seen_at.date()
            one = self._with_stage(SimilarApplication("", row.receipt_number, None, "", at, entry.kind), entry)
            if at >= since or (one.is_open and row.work_stage):
                found.append(one)
        alike = (kind, None) if supply_point_number else (kind,)
        judged = (replace(one, may_be_double=one.is_open and one.kind in alike) for one in found)
        at_one_point = (one for one in judged if supply_point_number or one.may_be_double)
        return tuple(sorted(at_one_point, key=lambda one: (not one.may_be_double, not one.is_open)))

    def _since(self) -> date:
        return (self._now() - _RECENT).date()

    def _with_stage(self, one: SimilarApplication, entry: InboxEntry) -> SimilarApplication:
        row = entry.listed
        stage = self._stages.get(row.work_stage)
        word = row.work_stage if stage is None else stage.label_ja
        return replace(one, stage=word, visit_on=row.visit_on or one.visit_on, is_open=stage is None or not stage.closed)
