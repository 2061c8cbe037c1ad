"""Small words that several pages of the tab need. Qt-free."""

from datetime import date

from denkidesk.domain.plans import Plan, PlanType
from denkidesk.texts import tariffs as texts
from denkidesk.texts.dates import paper_day


def is_over(plan: Plan, today: date) -> bool:
    """Whether the plan's prices are of the past."""
    return plan.valid_to is not None and plan.valid_to < today


def plan_words(plan: Plan, today: date, *, is_old: bool = False) -> str:
    """A plan's name with what sets it apart: how it prices, and whether it can be had. ``is_old``: its prices are of another time."""
    kind = "" if plan.plan_type is PlanType.METERED else f"（{texts.PLAN_TYPES[int(plan.plan_type)]}）"
    if is_over(plan, today):
        return f"{plan.name}{kind}{texts.EXPIRED}"
    if plan.valid_from is not None and plan.valid_from > today:
        return f"{plan.name}{kind}{texts.NOT_YET.format(day=paper_day(plan.valid_from))}"
    return plan.name + kind + (texts.OLD_PRICES if is_old else "")
