"""A plan by any part of its retailer's name or of its own."""

from typing import Final

from denkidesk.desk.quoting import QuotingDesk
from denkidesk.domain.areas import Area
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.name_folding import folded
from denkidesk.domain.plans import Company, Plan
from denkidesk.texts.plan_names import names_of

_MOST: Final = 40
Place = tuple[Area | None, str | None, str | None]
"""Area, prefecture, postcode: one of them."""


def find_plans(quoting: QuotingDesk, place: Place, words: str, cancel: CancelToken | None = None) -> tuple[tuple[Company, Plan], ...]:
    """The plans of a place that hold every word, in the retailer's names or in their own; readings and short names count.

    The lists of retailers whose name holds one of the words, or of the area's former monopoly where none does, are fetched; those of the
    others count as far as they are kept.
    """
    wanted = [part for word in words.split() if (part := folded(word))]
    companies = sorted(quoting.companies(*place, cancel=cancel).value, key=lambda company: not company.former_monopoly)
    named = [company for company in companies if any(word in names_of(company.name) for word in wanted)]
    found: list[tuple[Company, Plan]] = []
    for company in named or companies:
        of_company = names_of(company.name)
        left = [word for word in wanted if word not in of_company]
        is_fetched = named or company.former_monopoly
        plans = quoting.plans(company.epcorp_cd, cancel=cancel).value if is_fetched else quoting.kept_plans(company.epcorp_cd)
        found += [(company, plan) for plan in plans if plan.bases and all(word in names_of(plan.name) for word in left)]
    return tuple(found[:_MOST])
