"""The offline catalogue: companies, plans with their figures, area prices, subsidies; filled a few requests at a time, each a version."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from denkidesk.desk.quoting import Fetched, QuotingDesk, companies_key, detail_key
from denkidesk.domain.areas import AREAS_WITH_PRICES, Area, quoting_code
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import DeskError, LoginRefused, ServerRefused
from denkidesk.domain.plans import Company, Plan, PlanDetail, PlanType
from denkidesk.domain.ranking import AtHand
from denkidesk.domain.values import dataclass
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.store.catalogue import Version

_LISTS, _PLANS, _AT_HAND, _DETAILS, _SUBSIDIES, _AREA_PRICES = range(6)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """``asked``: requests made; ``priced``: of these, plans whose figures came. ``added``, ``changed``: plans with figures that are new.

    ``left``: plans and lists not asked for yet.

    ``failed``: what the server had no answer for, as (plan, company or topic, why); ``failed_names``: the plans' names, "" for others.
    ``stopped_by``: why nothing more was asked.
    """

    asked: int
    added: int
    changed: int
    left: int
    failed: tuple[tuple[str, DeskError], ...] = ()
    stopped_by: DeskError | None = None
    priced: int = 0
    failed_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The newest figures of a plan and those before. ``items``: name of the figure, before, after."""

    plan: PlanDetail
    at: datetime
    before_at: datetime
    items: tuple[tuple[str, str, str], ...]


class CatalogueDesk:
    """Works on what :class:`QuotingDesk` stores; nothing here asks for the same thing twice in one round."""

    def __init__(self, quoting: QuotingDesk, store: Store, now: Now) -> None:
        self._quoting = quoting
        self._store = store
        self._now = now

    def sync(
        self,
        budget: int,
        *,
        skip: frozenset[str] = frozenset(),
        unlimited: bool = False,
        at_hand: AtHand | None = None,
        only_at_hand: bool = False,
        cancel: CancelToken | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> SyncResult:
        """Asks for what was never seen, then for what was seen longest ago: at most ``budget`` requests.

        Variable-metered plans have figures of one capacity each: those of the contract ``at_hand`` are asked for, first of all plans and
        ``only_at_hand`` nothing else; without one, none are. Nor are plans that have ended. ``unlimited``: of all retailers, not only of
        those that are allotted to the account. ``skip``: what an earlier round names in ``failed``, not to be asked for again.
        ``on_progress``: how many requests were made, and how much is left. A refused login or a server that is away ends the round.
        """
        round_ = _Round(self._quoting, self._store, self._now(), cancel, skip, unlimited, at_hand, only_at_hand)
        while round_.waits and round_.asked < budget and round_.stopped_by is None and not (cancel and cancel.is_cancelled):
            round_.ask_next()
            if on_progress is not None:
                on_progress(round_.asked, len(round_.waits))
        names = tuple(round_.names.get(code, "") for code, _ in round_.failed)
        told = round_.asked, round_.added, round_.changed, len(round_.waits), tuple(round_.failed), round_.stopped_by
        return SyncResult(*told, priced=round_.priced, failed_names=names)

    def details(self) -> "tuple[Version[PlanDetail], ...]":
        """The newest figures of every plan that was ever fetched."""
        return tuple(self._store.catalogue.all_newest("plan_detail", PlanDetail).values())

    def changes(self, since: datetime) -> tuple[PlanChange, ...]:
        """The plans whose newest figures were first seen since then and replaced others; the latest first."""
        found = []
        for newest, before in self._store.catalogue.changed_since("plan_detail", since, PlanDetail):
            items = tuple(differing(before.value, newest.value))
            if items:
                found.append(PlanChange(newest.value, newest.fetched_at, before.fetched_at, items))
        return tuple(sorted(found, key=lambda change: change.at, reverse=True))


class _Round:
    """One sync: what is still to be asked, the longest unseen first."""

    def __init__(
        self,
        quoting: QuotingDesk,
        store: Store,
        began: datetime,
        cancel: CancelToken | None,
        skip: frozenset[str],
        unlimited: bool,
        at_hand: AtHand | None,
        only_at_hand: bool,
    ) -> None:
        self._at_hand, self._only_at_hand = at_hand, only_at_hand
        self._quoting, self._store, self._began, self._cancel, self._unlimited = quoting, store, began, cancel, unlimited
        self._seen = {topic: store.catalogue.stamps(topic) for topic in ("companies", "plans", "plan_detail", "subsidies", "area_prices")}
        self.waits: list[tuple[str, int, tuple[str, ...]]] = []
        self._known: set[tuple[str, ...]] = set()
        self._companies: dict[str, Company] = {}
        self.names: dict[str, str] = {}
        self._skip = skip
        self.asked = self.priced = self.added = self.changed = 0
        self.failed: list[tuple[str, DeskError]] = []
        self.stopped_by: DeskError | None = None
        self._want(_LISTS, "companies", companies_key(unlimited=unlimited))
        self._want(_SUBSIDIES, "subsidies", "")
        for area in AREAS_WITH_PRICES:
            self._want(_AREA_PRICES, "area_prices", str(quoting_code(area)), area)
        for company in self._listed().values():
            self._want(_PLANS, "plans", f"{company.epcorp_cd}/", company.epcorp_cd)
            plans = store.catalogue.newest("plans", f"{company.epcorp_cd}/", tuple[Plan, ...])
            self._want_details(company, plans.value if plans else ())

    def _listed(self) -> dict[str, Company]:
        """The retailers of the stored list, or for the contract at hand alone those that any list has in its area."""
        kept = self._store.catalogue
        if self._only_at_hand and self._at_hand is not None:
            lists = [one.value for one in kept.all_newest("companies", tuple[Company, ...]).values()]
            area = self._at_hand.area_code
        else:
            known = kept.newest("companies", companies_key(unlimited=self._unlimited), tuple[Company, ...])
            lists, area = [known.value] if known else [], None
        return {one.epcorp_cd: one for companies in lists for one in companies if area in (None, one.area_code)}

    def ask_next(self) -> None:
        _, kind, what = heapq.heappop(self.waits)
        topic, key = what[0], what[1]
        self.asked += 1
        try:
            answer = self._ask(kind, what)
        except LoginRefused as error:
            self.stopped_by = error
            return
        except ServerRefused as error:
            self.failed.append((_name_of(topic, key), error))
            return
        except DeskError as error:
            self.stopped_by = error
            return
        if answer.error is not None:  # what is stored stands in for it
            if isinstance(answer.error, ServerRefused) and not isinstance(answer.error, LoginRefused):
                self.failed.append((_name_of(topic, key), answer.error))
            else:
                self.stopped_by = answer.error
            return
        if kind in (_DETAILS, _AT_HAND):
            before, now = self._seen[topic].get(key), self._store.catalogue.stamps(topic, key).get(key)
            self.priced += 1
            self.added += before is None
            self.changed += before is not None and now is not None and now[0] != before[0]

    def _ask(self, kind: int, what: tuple[str, ...]) -> Fetched[object]:
        answer: Fetched[object]
        if kind == _LISTS:
            companies = self._quoting.companies(unlimited=self._unlimited, cancel=self._cancel)
            for company in companies.value:
                self._companies[company.epcorp_cd] = company
                self._want(_PLANS, "plans", f"{company.epcorp_cd}/", company.epcorp_cd)
            answer = Fetched(companies.value, companies.fetched_at, companies.from_store, companies.error)
        elif kind == _SUBSIDIES:
            answer = self._quoting.subsidies(self._cancel)
        elif kind == _AREA_PRICES:
            answer = self._quoting.area_prices(Area(what[2]), self._cancel)
        elif kind == _PLANS:
            plans = self._quoting.plans(what[2], cancel=self._cancel)
            self._want_details(self._companies[what[2]], plans.value)
            answer = Fetched(plans.value, plans.fetched_at, plans.from_store, plans.error)
        else:
            capacity = Decimal(what[4]) if kind == _AT_HAND else None
            detail = self._quoting.plan_detail(what[2], what[3], capacity, cancel=self._cancel)
            answer = Fetched(detail.value, detail.fetched_at, detail.from_store, detail.error)
        return answer

    def _want_details(self, company: Company, plans: tuple[Plan, ...]) -> None:
        self._companies[company.epcorp_cd] = company
        today, at_hand = self._began.date(), self._at_hand
        for plan in plans:
            if plan.valid_to is not None and plan.valid_to < today:
                continue
            for base in plan.bases:
                name, capacity = (plan.epplan_id, base.base_cd), None
                if plan.plan_type is PlanType.VARIABLE_METERED:
                    if at_hand is None or company.area_code != at_hand.area_code:
                        continue
                    if (capacity := at_hand.capacity_for(plan, base)) is None:
                        continue
                key = detail_key(*name, capacity)
                self.names[_name_of("plan_detail", key)] = f"{company.name} {plan.name} {base.name}".strip()
                if capacity is None:
                    self._want(_DETAILS, "plan_detail", key, *name)
                else:
                    self._want(_AT_HAND, "plan_detail", key, *name, str(capacity))

    def _want(self, kind: int, topic: str, *what: str) -> None:
        """Once a round."""
        thing = (topic, *what)
        if self._only_at_hand and kind != _AT_HAND:
            return
        if thing not in self._known and _name_of(topic, what[0]) not in self._skip:
            self._known.add(thing)
            seen = self._seen[topic].get(what[0])
            heapq.heappush(self.waits, (seen[1].isoformat() if seen else "", kind, thing))


def _name_of(topic: str, key: str) -> str:
    """What is said of something that the server has no answer for: a plan or company by its code, anything else by its topic too."""
    key = key.rstrip("/")
    return key if topic in ("plans", "plan_detail") else f"{topic}/{key}".rstrip("/")


def differing(before: object, after: object, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Each figure that is another now: its path (``conditions[1].unit_yen``), before, after; "" for what was or is not there."""
    if before == after:
        return
    if is_dataclass(before) and is_dataclass(after):
        for field in fields(before):
            path = f"{where}.{field.name}" if where else field.name
            yield from differing(getattr(before, field.name), getattr(after, field.name), path)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        for place in range(max(len(before), len(after))):
            one, other = (pair[place] if place < len(pair) else None for pair in (before, after))
            yield from differing(one, other, f"{where}[{place + 1}]")
    else:
        yield where, _written(before), _written(after)


def _written(figure: object) -> str:
    if figure is None:
        return ""
    return str(figure.value) if isinstance(figure, Enum) else str(figure)
