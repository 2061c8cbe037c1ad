"""A retailer or a plan by any part of what it is called."""

import heapq
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from denkidesk.desk.quoting import kept_companies
from denkidesk.domain.areas import Area
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.name_folding import folded
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.plans import Company, Plan
from denkidesk.store.store import Store
from denkidesk.texts.plan_names import names_of

if TYPE_CHECKING:  # it loads what checks a plan, which is a lane's work
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.own_plans import OwnPlansDesk

_MOST: Final = 40
Place = tuple[Area | None, str | None, str | None]
"""Area, prefecture, postcode: one of them."""
Hit = tuple[Company, Plan | None]
"""A plan with its retailer, or the retailer itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is called so: ``hits`` are the first of ``count``."""

    hits: tuple[Hit, ...] = ()
    count: int = 0


class PlanNames:
    """Retailers and plans by all that they are called; immutable, and quick enough for each letter of ten thousand plans."""

    def __init__(self, offers: Iterable[tuple[Company, Sequence[Plan]]]) -> None:
        self._offers = {company.epcorp_cd: _Offer(company, plans) for company, plans in offers}

    def plans(self, words: str) -> tuple[tuple[Company, Plan], ...]:
        """The plans that hold every word, in the retailer's names or in their own; readings and short names count."""
        wanted = folded(words).split()
        return tuple((offer.company, plan) for offer in self._offers.values() for plan, _ in offer.held(wanted))

    def find(self, words: str, here: Sequence[Company], today: date) -> Found:
        """Retailers that hold every word, and plans as :meth:`plans` finds them.

        ``here``: the retailers of the place that is looked at; they come first, then retailers before plans, then what can still be had,
        what begins as it was typed, and former monopolies.
        """
        wanted = folded(words).split()
        if not wanted:
            return Found()
        codes = {company.epcorp_cd: company for company in here}
        near = [self._offers.get(code) or _Offer(company, ()) for code, company in codes.items()]
        far = [offer for code, offer in self._offers.items() if code not in codes]
        hits: list[Hit] = []
        count = 0
        for offers in (near, far):
            found = [(offer, offer.held(wanted)) for offer in offers]
            companies = [offer for offer in offers if all(word in offer.names for word in wanted)]
            count += len(companies) + sum(len(plans) for _, plans in found)
            if len(hits) < _MOST:
                ranked = [_ranked((offer.company, None), offer.names, wanted, today) for offer in companies]
                ranked += [_ranked((offer.company, plan), names, wanted, today) for offer, plans in found for plan, names in plans]
                hits += [hit for *_, hit in heapq.nsmallest(_MOST - len(hits), ranked, key=itemgetter(0, 1, 2, 3))]
        return Found(tuple(hits), count)


class _Offer:
    """A retailer with its plans, and all that they are called."""

    def __init__(self, company: Company, plans: Sequence[Plan]) -> None:
        self.company, self.names = company, names_of(company.name)
        self._plans = [(plan, names_of(plan.name)) for plan in plans if plan.bases]

    def held(self, wanted: Sequence[str]) -> Sequence[tuple[Plan, str]]:
        """The plans that hold what the retailer's names do not."""
        plans = self._plans
        for word in wanted:
            if word not in self.names:
                plans = [one for one in plans if word in one[1]]
        return plans


def _ranked(hit: Hit, names: str, wanted: Sequence[str], today: date) -> tuple[bool, bool, bool, bool, Hit]:
    company, plan = hit
    is_over = plan is not None and plan.valid_to is not None and plan.valid_to < today
    return plan is not None, is_over, not names.startswith(wanted[0]), not company.former_monopoly, hit


class PlanSearchDesk:
    """Everything that is stored, and nothing else: no server is asked for a name."""

    def __init__(self, store: Store, own: "OwnPlansDesk") -> None:
        self._store, self._own = store, own
        self._lock = threading.Lock()
        self._kept: dict[bool, tuple[object, PlanNames]] = {}

    def names(self, unlimited: bool = False) -> PlanNames:
        """``unlimited``: with retailers that are not allotted to the account. Read anew only where something was fetched or changed."""
        from denkidesk.desk.own_plans import TOPIC

        kept = self._store.catalogue
        with self._lock:
            seen = [{key: first for key, (first, _) in kept.stamps(topic).items()} for topic in ("companies", "plans", TOPIC)]
            if (known := self._kept.get(unlimited)) is None or known[0] != seen:
                own: dict[str, tuple[Company, list[Plan]]] = {}
                for one in self._own.all():
                    own.setdefault(one.company.epcorp_cd, (one.company, []))[1].append(one.plan)
                plans = {key: version.value for key, version in kept.all_newest("plans", tuple[Plan, ...]).items()}
                listed = kept_companies(self._store, unlimited=unlimited)
                offers = [(company, plans.get(f"{company.epcorp_cd}/", ())) for company in listed.values()]
                known = self._kept[unlimited] = seen, PlanNames([*own.values(), *offers])
            return known[1]


def find_plans(desk: "Desk", place: Place, words: str, cancel: CancelToken | None = None) -> tuple[tuple[Company, Plan], ...]:
    """All plans of a place, the own house's too, as :meth:`PlanNames.plans` finds them.

    The lists of the former monopoly and of retailers whose name holds one of the words are fetched; those of the others count as far as
    they are kept.
    """
    from denkidesk.desk.own_plans import companies, plans

    wanted = folded(words).split()
    here = sorted(companies(desk, *place, cancel=cancel).value, key=lambda company: not company.former_monopoly)
    offers: list[tuple[Company, Sequence[Plan]]] = []
    for company in here:
        is_named = any(word in names_of(company.name) for word in wanted)
        is_asked = is_named or company.former_monopoly or is_own(company.epcorp_cd)
        listed = plans(desk, company.epcorp_cd, cancel=cancel).value if is_asked else desk.quoting.kept_plans(company.epcorp_cd)
        offers.append((company, listed))
    return PlanNames(offers).plans(words)
