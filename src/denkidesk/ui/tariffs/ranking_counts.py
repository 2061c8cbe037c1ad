"""What is said above and below the ranking: how many plans it is of, under which rule, how old they are."""

from typing import TYPE_CHECKING

from denkidesk.desk.quote_facts import fuel_months
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.ranking import Apart, LeftOut
from denkidesk.texts import dates
from denkidesk.texts import ranking as texts
from denkidesk.texts.bill import fuel_words
from denkidesk.texts.plan_names import full_name

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking


def counts_of(ranking: "Ranking", unit: str) -> str:
    """What is tried, how many plans are compared and how many are not, the present plan's place, the rule. ``unit``: of the capacity."""
    present = ranking.present
    rank = texts.present_words(present)
    if present is not None and not ranking.is_present_resized:
        rank += texts.PRESENT_STAYS.format(name=full_name(present.detail.name, present.detail.base_name))
    left_out = ranking.left_out.values()
    excluded = list(left_out).count(LeftOut.EXCLUDED) if ranking.question.excluded else 0
    apart = {Apart.FUEL: len(ranking.fuel_unknown), Apart.PRICES: len(ranking.miscounted)}
    counts = texts.count_words(len(ranking.compared), ranking.cheaper, apart, len(left_out), unlisted(ranking), excluded)
    return "　".join(filter(None, (texts.trial_words(ranking.trial, unit), counts, rank, house_of(ranking), rule_of(ranking))))


def house_of(ranking: "Ranking") -> str:
    """The capacity that was typed, or that none is known and plans of every size are compared."""
    house = ranking.question.house
    if ranking.is_unsized:
        return texts.UNSIZED
    return texts.HOUSE.format(size=f"{house.amount:f}{house.unit}") if house is not None and ranking.size == house else ""


def has_others(ranking: "Ranking", picked: PlanDetail | None) -> bool:
    """Whether any plan has figures beside the present one and the picked one, which were fetched by being picked."""
    looked_at = {one.key for one in (ranking.question.detail, picked) if one is not None}
    catalogue = ranking.catalogue
    return any(detail.key not in looked_at for (_, detail), has in zip(catalogue.plans, catalogue.listed.has_figures, strict=True) if has)


def unlisted(ranking: "Ranking") -> int:
    """How many retailers of the customer's area were never asked for their plans."""
    return ranking.catalogue.unlisted.get(ranking.question.company.area_code, 0)


def rule_of(ranking: "Ranking") -> str:
    """By which fuel prices all plans are compared."""
    return texts.FUEL_OF_ALL.format(rule=fuel_words(ranking.question.fuel, fuel_months(ranking.catalogue.checked_at)))


def age_of(ranking: "Ranking") -> str:
    """How many plans were fetched, and when; empty where all are typed ones."""
    seen = ranking.catalogue.checked_at
    if not seen:
        return ""
    return texts.AGE.format(count=f"{len(seen):,}", span=dates.short_span(seen[0], seen[-1]))
