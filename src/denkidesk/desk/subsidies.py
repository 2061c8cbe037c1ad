"""Subsidies: the list as it was fetched last, kept for days without a server, with what is new in it."""

from typing import Final

from denkidesk.desk.catalogue import differing
from denkidesk.desk.quoting import Fetched, QuotingDesk
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.plans import Subsidy
from denkidesk.domain.subsidies import Standing, SubsidyList, row_of
from denkidesk.store.store import Store

TOPIC: Final = "subsidies"
_ORDER: Final = tuple(Standing)


class SubsidyDesk:
    """Nothing of an entry is interpreted: amounts stay the sentences that the list has."""

    def __init__(self, quoting: QuotingDesk, store: Store, now: Now) -> None:
        self._quoting = quoting
        self._store = store
        self._now = now

    def kept(self) -> SubsidyList | None:
        """The list as it was fetched last; None where it never was."""
        versions = self._store.catalogue.versions(TOPIC, "", tuple[Subsidy, ...], limit=2)
        if not versions:
            return None
        newest = versions[0]
        before = versions[1] if len(versions) > 1 else None
        known = {one.id: one for one in before.value} if before else {}
        rows = []
        for subsidy in newest.value:
            earlier = known.get(subsidy.id)
            changed = () if earlier is None else tuple(path.partition("[")[0] for path, _, _ in differing(earlier, subsidy))
            rows.append(row_of(subsidy, earlier, is_first_list=before is None, changed=tuple(dict.fromkeys(changed))))
        rows.sort(key=lambda row: row.subsidy.modified, reverse=True)
        rows.sort(key=lambda row: _ORDER.index(row.standing))  # what is new stands first, each part with the latest change first
        gone = len(known.keys() - {one.id for one in newest.value})
        return SubsidyList(tuple(rows), newest.checked_at, before.checked_at if before else None, gone)

    def is_of_today(self) -> bool:
        """Whether the list was seen today: it changes about monthly, so that a second look a day is one too many."""
        seen = self._store.catalogue.stamps(TOPIC, "").get("")
        return seen is not None and seen[1].date() >= self._now().date()

    def fetch(self, cancel: CancelToken | None = None) -> Fetched[SubsidyList]:
        """Asks the server for the list; where it is away, the kept one comes with the reason."""
        answer = self._quoting.subsidies(cancel)
        found = self.kept()
        if found is None:  # it could not be kept
            found = SubsidyList(tuple(row_of(one, None, is_first_list=True) for one in answer.value), answer.fetched_at)
        return Fetched(found, answer.fetched_at, answer.from_store, answer.error)
