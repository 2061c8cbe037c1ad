"""A customer with several supply points: each retailer's cheapest plan at each of them, and what it comes to in all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from denkidesk.domain.plans import BaseOption, Company

if TYPE_CHECKING:
    from denkidesk.desk.comparison import BillQuestion
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.ranking import Ranking
    from denkidesk.domain.ranking import RankedPlan


@dataclass(frozen=True, slots=True)
class RetailerSum:
    """One retailer at all points. ``plans``: its cheapest at each, in the order of the points; ``difference``: yen more than at present."""

    company: Company
    plans: "tuple[RankedPlan, ...]"
    yen: int
    difference: int | None

    @property
    def names(self) -> tuple[str, ...]:
        """Of the plans, each once."""
        return tuple(dict.fromkeys(plan.detail.name for plan in self.plans))


@dataclass(frozen=True, slots=True)
class PointsRanking:
    """``retailers`` that have a plan for every point, the cheapest in all first; ``left_out``: how many have one for some of them only.

    ``present_yen``: of the present plans, None where one of them has no known sum.
    """

    retailers: tuple[RetailerSum, ...]
    left_out: int
    present_yen: int | None
    rankings: "tuple[Ranking, ...]"


def rank_points(desk: "Desk", presents: "Sequence[BillQuestion]") -> PointsRanking:
    """Ranks the stored catalogue at each point's present plan and adds up by retailer; needs no network."""
    rankings = tuple(desk.ranking.rank(question) for question in presents)
    cheapest = [_cheapest(ranking) for ranking in rankings]
    in_all = set.intersection(*(set(one) for one in cheapest)) if cheapest else set()
    sums = [ranking.present_yen for ranking in rankings]
    known = [one for one in sums if one is not None]
    present = sum(known) if sums and len(known) == len(sums) else None
    found = []
    for code in in_all:
        plans = tuple(one[code] for one in cheapest)
        yen = sum(plan.yen for plan in plans)
        found.append(RetailerSum(plans[0].company, plans, yen, None if present is None else yen - present))
    found.sort(key=lambda one: (one.yen, one.company.name))
    some = set.union(*(set(one) for one in cheapest)) if cheapest else set()
    return PointsRanking(tuple(found), len(some - in_all), present, rankings)


def question_at(ranking: "Ranking", plan: "RankedPlan") -> "BillQuestion":
    """What decides the bill of a plan of a ranking, as the ranking has billed it."""
    detail = plan.detail
    options = ranking.options_of(plan.company, detail, ranking.measured)
    base = BaseOption(detail.base_cd, detail.base_name, detail.base_type or 0, detail.ampere, detail.capacity_from, detail.capacity_to)
    return replace(
        ranking.question, company=plan.company, base=base, detail=detail, capacity=options.capacity, area_prices=options.area_prices
    )


def _cheapest(ranking: "Ranking") -> "dict[str, RankedPlan]":
    """By retailer; a plan whose fuel price is unknown is none."""
    found: dict[str, RankedPlan] = {}
    for place in ranking.compared:
        code = ranking.catalogue.plans[place][0].epcorp_cd
        if code not in found:
            found[code] = ranking.row(place)
    return found
